#include "config.h"

#include "export/git.h"

#include "export/audit.h"
#include "export/formats/git-config.h"

#include <string.h>

#define SECTION "sendemail"
#define PORT_PLAIN 25
#define PORT_TLS 465

/* One section, and what has to stand before a value that is put in. */
typedef struct
{
  const char *path;
  const BaruaGitConfig *config;
  const char *part;
  const BaruaGitValue *anchor;
  const char *line_end;
  guint line;
  GPtrArray *leads;
} Look;

static const char *
encryption_word (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_TLS        ? "ssl"
         : kind == BARUA_SECURITY_KIND_STARTTLS ? "tls"
                                                : NULL;
}

static BaruaValue
look_up (const Look *self, const char *name)
{
  const BaruaGitValue *found =
    barua_git_config_find (self->config, SECTION, self->part, name);
  BaruaValue value = { .key = name };
  char *lead = NULL;

  if (found != NULL)
    {
      value.text = found->value != NULL ? found->value : "";
      value.span = found->span;
      value.lead = found->value == NULL ? " = " : NULL;
      return value;
    }
  lead = g_strdup_printf ("%s\t%s = ", self->line_end, name);
  g_ptr_array_add (self->leads, lead);
  value.span =
    (BaruaSpan){ self->anchor->span.offset + self->anchor->span.length, 0, self->line };
  value.lead = lead;
  return value;
}

static BaruaSecurityKind
read_encryption (const char *word)
{
  if (word != NULL && g_ascii_strcasecmp (word, "ssl") == 0)
    return BARUA_SECURITY_KIND_TLS;
  if (word != NULL && g_ascii_strcasecmp (word, "tls") == 0)
    return BARUA_SECURITY_KIND_STARTTLS;
  return BARUA_SECURITY_KIND_NONE;
}

static gboolean
is_retired (const char *ways)
{
  static const char *const WORKING[] = { "PLAIN",       "LOGIN", "XOAUTH2",
                                         "OAUTHBEARER", "none",  NULL };
  g_auto (GStrv) words = ways != NULL ? g_strsplit (ways, " ", 0) : NULL;

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (g_strv_contains (WORKING, words[i]))
      return FALSE;
  return words != NULL && words[0] != NULL;
}

static void
audit_section (const Look *self, GPtrArray *faults)
{
  BaruaValue password = look_up (self, "smtpPass");
  BaruaSetServer server = {
    .client = "git",
    .file = self->path,
    .protocol = BARUA_PROTOCOL_SMTP,
    .host = look_up (self, "smtpServer"),
    .port = look_up (self, "smtpServerPort"),
    .security = look_up (self, "smtpEncryption"),
    .user = look_up (self, "smtpUser"),
    .address = look_up (self, "from").text,
    .authentication = look_up (self, "smtpAuth"),
    .write_security = encryption_word,
    .write_authentication = "PLAIN",
    .quote = barua_git_config_quote,
  };

  server.security_kind = read_encryption (server.security.text);
  server.default_port =
    server.security_kind == BARUA_SECURITY_KIND_TLS ? PORT_TLS : PORT_PLAIN;
  server.retired = is_retired (server.authentication.text);
  if (!barua_audit_is_gmail (server.host.text, server.user.text))
    return;
  barua_audit_server (&server, faults);
  if (password.text != NULL && *password.text != '\0')
    barua_audit_add_password (faults, "git", self->path, &password, NULL, NULL);
}

static void
audit_file (const char *path, GPtrArray *faults)
{
  g_autoptr (BaruaPlan) plan = barua_plan_new ("git");
  g_autoptr (GPtrArray) leads = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BaruaGitConfig) config = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, NULL) || text == NULL)
    return;
  config = barua_git_config_new (text, length);
  for (guint i = 0; config != NULL && i < config->values->len; i++)
    {
      const BaruaGitValue *value = config->values->pdata[i];
      Look look = { path,
                    config,
                    value->part,
                    value,
                    barua_edits_line_end (text, length),
                    value->span.line,
                    leads };

      /* One server for each section, wherever its values stand; a path is a program. */
      if (g_str_equal (value->section, SECTION) && value->value != NULL &&
          barua_git_config_find (config, SECTION, value->part, "smtpServer") == value &&
          !g_path_is_absolute (value->value))
        audit_section (&look, faults);
    }
}

void
barua_git_audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autoptr (GPtrArray) paths = barua_git_list_files (home);

  for (guint i = 0; i < paths->len; i++)
    audit_file (paths->pdata[i], faults);
}
