#include "config.h"

#include "export/formats/msmtp-rc.h"

#include "export/match.h"

#include <string.h>

/* How many accounts may be taken over, directly or by others. */
#define ACCOUNTS_MAX 64

static void
account_free (gpointer data)
{
  BaruaMsmtpAccount *self = data;

  g_free (self->name);
  g_strfreev (self->bases);
  g_free (self);
}

/* "zoe : gmail, common" */
static void
read_heading (BaruaMsmtpAccount *account, const char *value)
{
  g_auto (GStrv) halves = g_strsplit (value, ":", 2);

  account->name = g_strdup (halves[0] != NULL ? g_strstrip (halves[0]) : "");
  account->bases =
    g_strsplit (halves[0] != NULL && halves[1] != NULL ? halves[1] : "", ",", 0);
  for (gsize i = 0; account->bases[i] != NULL; i++)
    g_strstrip (account->bases[i]);
}

static BaruaMsmtpAccount *
add_account (BaruaMsmtpFile *self, guint first, const BaruaWord *heading)
{
  BaruaMsmtpAccount *account = g_new0 (BaruaMsmtpAccount, 1);

  account->first = first;
  account->end = first;
  if (heading == NULL)
    read_heading (account, "default");
  else if (g_str_equal (heading->name, "account"))
    read_heading (account, heading->value != NULL ? heading->value : "");
  else
    account->bases = g_new0 (char *, 1);
  if (heading != NULL)
    account->after = heading->offset + heading->length;
  g_ptr_array_add (self->accounts, account);
  return account;
}

BaruaMsmtpFile *
barua_msmtp_file_new (const char *text, gsize length)
{
  BaruaMsmtpFile *self = g_new0 (BaruaMsmtpFile, 1);
  BaruaMsmtpAccount *current = NULL;

  self->words = barua_words_read (text, length);
  self->accounts = g_ptr_array_new_with_free_func (account_free);
  for (guint i = 0; i < self->words->len; i++)
    {
      const BaruaWord *word = self->words->pdata[i];

      if (g_str_equal (word->name, "account") || g_str_equal (word->name, "defaults"))
        {
          current = add_account (self, i + 1, word);
          continue;
        }
      /* What stands before the first heading is the account "default". */
      if (current == NULL)
        current = add_account (self, i, NULL);
      current->end = i + 1;
      current->after = word->offset + word->length;
    }
  return self;
}

void
barua_msmtp_file_free (BaruaMsmtpFile *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->accounts);
  g_free (self);
}

const BaruaMsmtpAccount *
barua_msmtp_file_find (const BaruaMsmtpFile *self, const char *name)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const BaruaMsmtpAccount *account = self->accounts->pdata[i];

      if (g_strcmp0 (account->name, name) == 0)
        return account;
    }
  return NULL;
}

static const BaruaWord *
find_own (const BaruaMsmtpFile *self, const BaruaMsmtpAccount *account, const char *name)
{
  for (guint i = account->end; i > account->first; i--)
    {
      const BaruaWord *word = self->words->pdata[i - 1];

      if (g_str_equal (word->name, name))
        return word;
    }
  return NULL;
}

static const BaruaWord *
find_default (const BaruaMsmtpFile *self,
              const BaruaMsmtpAccount *account,
              const char *name)
{
  const BaruaWord *found = NULL;

  for (guint i = 0; i < self->accounts->len && self->accounts->pdata[i] != account; i++)
    {
      const BaruaMsmtpAccount *other = self->accounts->pdata[i];
      const BaruaWord *word = other->name == NULL ? find_own (self, other, name) : NULL;

      found = word != NULL ? word : found;
    }
  return found;
}

/* @seen: the accounts that were looked through already: what is not said there is not
 * said when they are taken over once more. */
static const BaruaWord *
find_deep (const BaruaMsmtpFile *self,
           const BaruaMsmtpAccount *account,
           const char *name,
           GHashTable *seen)
{
  const BaruaWord *word = NULL;

  if (g_hash_table_size (seen) >= ACCOUNTS_MAX ||
      !g_hash_table_add (seen, (gpointer) account))
    return NULL;
  word = find_own (self, account, name);
  for (gsize i = g_strv_length (account->bases); word == NULL && i > 0; i--)
    {
      const BaruaMsmtpAccount *base = barua_msmtp_file_find (self, account->bases[i - 1]);

      if (base != NULL)
        word = find_deep (self, base, name, seen);
    }
  return word != NULL ? word : find_default (self, account, name);
}

static const BaruaWord *
find (const BaruaMsmtpFile *self, const BaruaMsmtpAccount *account, const char *name)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  return find_deep (self, account, name, seen);
}

const BaruaWord *
barua_msmtp_file_look_up (const BaruaMsmtpFile *self,
                          const BaruaMsmtpAccount *account,
                          const char *name,
                          gboolean *own)
{
  g_return_val_if_fail (self != NULL && account != NULL && name != NULL, NULL);

  if (own != NULL)
    *own = find_own (self, account, name) != NULL;
  return find (self, account, name);
}

const BaruaMsmtpAccount *
barua_msmtp_file_find_login (const BaruaMsmtpFile *self, const char *address)
{
  g_return_val_if_fail (self != NULL && address != NULL, NULL);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      const BaruaMsmtpAccount *account = self->accounts->pdata[i];
      const BaruaWord *host = find (self, account, "host");
      const BaruaWord *user = find (self, account, "user");

      if (account->name != NULL && host != NULL && user != NULL &&
          barua_match_login (host->value, user->value, address))
        return account;
    }
  return NULL;
}

gboolean
barua_msmtp_is_on (const BaruaWord *word, gboolean usual)
{
  return word == NULL
           ? usual
           : word->value == NULL || g_ascii_strcasecmp (word->value, "on") == 0;
}
