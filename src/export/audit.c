#include "config.h"

#include "export/audit.h"

#include "account/app-password.h"
#include "base/text.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHOWN_MAX 200

static char *
shown (const char *text)
{
  return text != NULL ? barua_text_one_line (text, -1, SHOWN_MAX) : NULL;
}

BaruaFault *
barua_audit_add (GPtrArray *faults,
                 const char *client,
                 const char *file,
                 const BaruaValue *value,
                 const char *expected,
                 const char *replacement)
{
  BaruaFault *fault = NULL;

  g_return_val_if_fail (faults != NULL && client != NULL && file != NULL, NULL);
  g_return_val_if_fail (value != NULL && value->key != NULL, NULL);

  fault = g_new0 (BaruaFault, 1);
  fault->client = client;
  fault->file = g_strdup (file);
  fault->line = value->span.line;
  fault->key = shown (value->key);
  fault->value = shown (value->text);
  fault->expected = shown (expected);
  fault->cause = "unknown";
  fault->offset = value->span.offset;
  fault->length = value->span.length;
  fault->fixable = replacement != NULL && value->span.line > 0;
  if (fault->fixable && value->lead != NULL && value->span.length == 0)
    fault->replacement = g_strconcat (value->lead, replacement,
                                      value->tail != NULL ? value->tail : "", NULL);
  else if (fault->fixable)
    fault->replacement = g_strdup (replacement);
  g_ptr_array_add (faults, fault);
  return fault;
}

void
barua_audit_add_sent_copy (GPtrArray *faults,
                           const char *client,
                           const char *file,
                           const BaruaValue *value,
                           const char *expected,
                           const char *replacement)
{
  BaruaFault *fault =
    barua_audit_add (faults, client, file, value, expected, replacement);

  g_return_if_fail (fault != NULL);

  fault->cause = "ok";
  fault->why = g_strdup (
    _ ("Gmail keeps what you send by itself. The program saves it once more, so "
       "every sent message is there twice."));
}

void
barua_audit_add_password (GPtrArray *faults,
                          const char *client,
                          const char *file,
                          const BaruaValue *value,
                          const char *expected,
                          const char *replacement)
{
  g_autoptr (BaruaSecret) typed = NULL;
  g_autoptr (BaruaSecret) secret = NULL;
  BaruaValue hidden;
  BaruaFault *fault = NULL;

  g_return_if_fail (value != NULL && value->text != NULL);

  typed = barua_secret_new (value->text, -1);
  secret = barua_app_password_normalize (typed);
  hidden = *value;
  hidden.text = NULL;
  hidden.lead = NULL;
  fault = barua_audit_add (faults, client, file, &hidden, expected, replacement);
  g_return_if_fail (fault != NULL);
  if (barua_secret_shape (secret) == BARUA_SECRET_SHAPE_APP_PASSWORD)
    {
      fault->cause = "ok";
      fault->why = g_strdup (_ ("The app password stands here in plain text: whoever can "
                                "read the file can read your mail. It belongs in the "
                                "keyring."));
      return;
    }
  fault->cause = "app-password-required";
  fault->why = g_strdup (_ ("A password stands here in plain text, and it is no app "
                            "password. Google takes only app passwords from mail "
                            "programs, and they belong in the keyring."));
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const BaruaFault *first = *(const BaruaFault *const *) a;
  const BaruaFault *second = *(const BaruaFault *const *) b;

  if (first->offset != second->offset)
    return first->offset < second->offset ? -1 : 1;
  return (first->length > second->length) - (first->length < second->length);
}

/* In the order of the file; g_ptr_array_sort() keeps the order of equal ones. */
static GPtrArray *
list_fixable (const char *file, const GPtrArray *faults)
{
  GPtrArray *fixable = g_ptr_array_new ();

  for (guint i = 0; i < faults->len; i++)
    {
      BaruaFault *fault = faults->pdata[i];

      if (fault->fixable && fault->replacement != NULL && strcmp (fault->file, file) == 0)
        g_ptr_array_add (fixable, fault);
    }
  g_ptr_array_sort (fixable, compare_places);
  return fixable;
}

static guint
mend (GString *out, const char *text, gsize length, const GPtrArray *fixable)
{
  gsize at = 0;
  guint mended = 0;

  for (guint i = 0; i < fixable->len; i++)
    {
      const BaruaFault *fault = fixable->pdata[i];

      if (fault->offset < at || fault->offset > length ||
          fault->length > length - fault->offset)
        continue;
      g_string_append_len (out, text + at, (gssize) (fault->offset - at));
      g_string_append (out, fault->replacement);
      at = fault->offset + fault->length;
      mended++;
    }
  g_string_append_len (out, text + at, (gssize) (length - at));
  return mended;
}

static gboolean
plan_file (BaruaPlan *plan, const char *file, const GPtrArray *faults, GError **error)
{
  g_autoptr (GPtrArray) fixable = list_fixable (file, faults);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *summary = NULL;
  gsize length = 0;
  guint mended = 0;

  if (fixable->len == 0)
    return TRUE;
  if (!barua_plan_read (plan, file, &text, &length, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  mended = mend (out, text, length, fixable);
  /* Translators: %u is how many settings of a mail program are corrected. */
  summary = g_strdup_printf (
    ngettext ("Correct %u setting.", "Correct %u settings.", mended), mended);
  barua_plan_write (plan, file, out->str, (gssize) out->len, BARUA_FILE_ORDINARY,
                    summary);
  return TRUE;
}

BaruaPlan *
barua_audit_plan (const char *client,
                  const GPtrArray *faults,
                  const BaruaHome *home,
                  GError **error)
{
  g_autoptr (BaruaPlan) plan = NULL;
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (client != NULL && faults != NULL && home != NULL, NULL);

  plan = barua_plan_new (client);
  for (guint i = 0; i < faults->len; i++)
    {
      const BaruaFault *fault = faults->pdata[i];

      if (g_hash_table_add (done, fault->file) &&
          !plan_file (plan, fault->file, faults, error))
        return NULL;
    }
  return g_steal_pointer (&plan);
}
