#include "config.h"

#include "export/isync.h"

#include "export/audit.h"
#include "export/fetcher.h"
#include "export/formats/mbsync-rc.h"

#include <glib/gi18n.h>
#include <string.h>

#define PORT_TLS 993

/* One account while it is looked at. @texts are freed with it. */
typedef struct
{
  const BaruaHome *home;
  const BaruaMbsyncRc *rc;
  const char *path;
  const char *text;
  gsize length;
  guint section;
  GPtrArray *texts;
  GPtrArray *faults;
} Look;

static char *
hold (const Look *self, char *text)
{
  if (text != NULL)
    g_ptr_array_add (self->texts, text);
  return text;
}

static BaruaValue
look_up (const Look *self, const char *key)
{
  BaruaValue value = { .key = key };
  gboolean ended = FALSE;

  value.text = hold (self, barua_mbsync_rc_dup (self->rc, self->section, key));
  if (barua_mbsync_rc_locate (self->rc, self->section, key, &value.span))
    return value;
  ended = barua_mbsync_rc_locate_end (self->rc, self->section, &value.span);
  value.lead = hold (self, g_strconcat (ended ? "" : "\n", key, " ", NULL));
  value.tail = ended ? "\n" : "";
  return value;
}

/* The keyword has another name since 1.5. */
static BaruaValue
look_up_either (const Look *self, const char *key, const char *other)
{
  BaruaValue value = look_up (self, other);

  return value.text != NULL ? value : look_up (self, key);
}

static BaruaSecurityKind
read_security (const char *word)
{
  /* What is not said is STARTTLS, on a port that Gmail does not have. */
  if (word == NULL || g_ascii_strcasecmp (word, "STARTTLS") == 0)
    return BARUA_SECURITY_KIND_STARTTLS;
  if (g_ascii_strcasecmp (word, "None") == 0)
    return BARUA_SECURITY_KIND_NONE;
  return BARUA_SECURITY_KIND_TLS;
}

static const char *
write_security (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_TLS ? "IMAPS" : NULL;
}

static gboolean
names_one_of (char **ways, const char *const *wanted)
{
  for (gsize i = 0; ways[i] != NULL; i++)
    {
      g_autofree char *way = g_ascii_strup (ways[i], -1);

      if (g_strv_contains (wanted, way))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_retired (char **ways)
{
  return ways[0] != NULL &&
         !names_one_of (ways, (const char *const[]){ "PLAIN", "LOGIN", "XOAUTH2",
                                                     "OAUTHBEARER", "*", NULL });
}

/* The former name is understood for ever. */
static const char *
get_ways_key (const Look *self)
{
  BaruaSpan span = { 0 };

  return barua_mbsync_rc_locate (self->rc, self->section, "AuthMech", &span)
           ? "AuthMech"
           : "AuthMechs";
}

/* Left to itself, it takes what a plugin offers, and sends the password as a token. */
static void
audit_choice (const Look *self, char **ways)
{
  BaruaValue value = look_up (self, get_ways_key (self));
  g_autofree char *command = barua_mbsync_rc_dup (self->rc, self->section, "PassCmd");
  BaruaFault *fault = NULL;

  if ((ways[0] != NULL && !names_one_of (ways, (const char *const[]){ "*", NULL })) ||
      (command != NULL && strstr (command, "token") != NULL) ||
      !barua_fetcher_has_plugin (self->home, "xoauth2"))
    return;
  fault = barua_audit_add (self->faults, "isync", self->path, &value, "PLAIN", "PLAIN");
  fault->cause = "auth-mechanism-mismatch";
  fault->why = g_strdup (
    _ ("On this computer there is a plugin for OAuth2, and mbsync takes it where no way "
       "is named: it then sends the password as if it were a token."));
}

/* The line whole: one that is left empty would end the section. */
static void
widen (const Look *self, BaruaSpan *span)
{
  const char *feed =
    memchr (self->text + span->offset, '\n', self->length - span->offset);
  gsize end = feed != NULL ? (gsize) (feed - self->text) + 1 : self->length;
  gsize begin = span->offset;

  while (begin > 0 && self->text[begin - 1] != '\n')
    begin--;
  /* What is added at the end begins a line of its own. */
  if (feed == NULL && begin > 0)
    begin -= begin > 1 && self->text[begin - 2] == '\r' ? 2 : 1;
  span->offset = begin;
  span->length = end - begin;
}

/* mbsync takes none of them together with SSLType, and alone they mean TLS 1.0. */
static void
audit_old_words (const Look *self)
{
  for (gsize i = 0; barua_isync_old_words[i] != NULL; i++)
    {
      BaruaValue value = look_up (self, barua_isync_old_words[i]);
      BaruaFault *fault = NULL;

      if (value.text == NULL)
        continue;
      widen (self, &value.span);
      fault = barua_audit_add (self->faults, "isync", self->path, &value, NULL, "");
      fault->cause = "tls-wrong-mode";
      fault->why =
        g_strdup (_ ("Port and encryption do not fit together: 465, 993 and 995 are "
                     "encrypted from the first moment, and 587 switches over with "
                     "STARTTLS."));
    }
}

static void
audit_password (const Look *self)
{
  BaruaValue value = look_up (self, "Pass");

  if (value.text != NULL)
    barua_audit_add_password (self->faults, "isync", self->path, &value, NULL, NULL);
}

static void
audit_account (const Look *self)
{
  const char *key = get_ways_key (self);
  g_auto (GStrv) ways = barua_mbsync_rc_list (self->rc, self->section, key);
  BaruaValue host = look_up (self, "Host");
  BaruaValue user = look_up (self, "User");
  BaruaValue tunnel = look_up (self, "Tunnel");
  BaruaSetServer server = {
    .client = "isync",
    .file = self->path,
    .protocol = BARUA_PROTOCOL_IMAP,
    .host = host,
    .port = look_up (self, "Port"),
    .default_port = PORT_TLS,
    .security = look_up_either (self, "SSLType", "TLSType"),
    .user = user,
    .authentication = look_up (self, key),
    .retired = is_retired (ways),
    .write_security = write_security,
    .write_authentication = "PLAIN",
    .quote = barua_mbsync_rc_quote,
  };

  /* A tunnel signs in by itself. */
  if (tunnel.text != NULL || !barua_audit_is_gmail (host.text, user.text))
    return;
  server.security_kind = read_security (server.security.text);
  barua_audit_server (&server, self->faults);
  audit_old_words (self);
  audit_choice (self, ways);
  audit_password (self);
}

void
barua_isync_audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autofree char *path = NULL;
  g_autoptr (BaruaPlan) none = barua_plan_new ("isync");
  g_autoptr (BaruaMbsyncRc) rc = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  g_return_if_fail (home != NULL && faults != NULL);

  path = barua_isync_find_file (home);
  if (!barua_plan_read (none, path, &text, &length, NULL) || text == NULL)
    return;
  rc = barua_mbsync_rc_new (text, (gssize) length);
  for (guint i = 0; i < barua_mbsync_rc_count (rc); i++)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

      if (barua_mbsync_rc_is (rc, i, "IMAPAccount") ||
          barua_mbsync_rc_is (rc, i, "IMAPStore"))
        audit_account (&(Look){ home, rc, path, text, length, i, texts, faults });
    }
}
