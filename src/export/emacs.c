#include "config.h"

#include "export/exporters.h"

#include "export/fetcher.h"
#include "export/formats/edits.h"
#include "export/formats/elisp.h"

#include <glib/gi18n.h>
#include <string.h>

#define SCHEMA "org.freedesktop.Secret.Generic"

static const char HEAD[] =
  ";;; @key@.el --- Gmail for @plain@  -*- lexical-binding: t; coding: utf-8; "
  "no-byte-compile: t -*-\n"
  "\n"
  ";; Written by Barua, and written anew when the account is handed over again.\n"
  "\n"
  "(defvar gnus-message-archive-group)\n"
  "(defvar gnus-posting-styles)\n"
  "(defvar gnus-secondary-select-methods)\n"
  "(defvar gnus-select-method)\n"
  "(defvar message-send-mail-function)\n"
  "(defvar smtpmail-smtp-server)\n"
  "(defvar smtpmail-smtp-service)\n"
  "(defvar smtpmail-smtp-user)\n"
  "(defvar smtpmail-stream-type)\n"
  "\n"
  "(defun @key@-value (variable)\n"
  "  \"Return what VARIABLE is, or what it will be when its library is loaded.\"\n"
  "  (if (boundp variable)\n"
  "      (symbol-value variable)\n"
  "    (eval (car (get variable 'saved-value)) t)))\n"
  "\n"
  "(defun @key@-untouched-p (variable)\n"
  "  \"Return whether nobody has set VARIABLE.\"\n"
  "  (if (boundp variable)\n"
  "      (equal (symbol-value variable)\n"
  "             (eval (car (get variable 'standard-value)) t))\n"
  "    (not (get variable 'saved-value))))\n"
  "\n";

/* secrets.el looks items up by host, user and port. */
static const char KEYRING[] = ";; The password is in the keyring.\n"
                              "(with-eval-after-load 'auth-source\n"
                              "  (add-to-list 'auth-sources \"secrets:default\"))\n"
                              "\n";

/* What is remembered of a search is the function, which is called for each secret: a
 * token that Emacs itself remembered would end after an hour. */
static const char TOKENS[] =
  "(defvar nnimap-authenticator)\n"
  "(declare-function nnimap-command \"nnimap\")\n"
  "\n"
  ";; A token is asked for whenever one is needed.\n"
  "(defun @key@-token ()\n"
  "  \"Return a token that is good now.\"\n"
  "  (with-temp-buffer\n"
  "    (when (eq 0 (call-process @program@ nil '(t nil) nil \"token\" @address@))\n"
  "      (goto-char (point-min))\n"
  "      (buffer-substring (point) (line-end-position)))))\n"
  "\n"
  "(defun @key@-search (&rest spec)\n"
  "  \"Return the account, if it is what SPEC is looking for.\"\n"
  "  (let ((hosts (plist-get spec :host))\n"
  "        (users (plist-get spec :user)))\n"
  "    (unless (listp hosts) (setq hosts (list hosts)))\n"
  "    (unless (listp users) (setq users (list users)))\n"
  "    (when (and (or (member @imap@ hosts) (member @smtp@ hosts))\n"
  "               (or (null users) (memq t users) (member @address@ users))\n"
  "               (not (plist-get spec :delete)))\n"
  "      (list (list :host (car hosts) :user @address@ :smtp-auth \"xoauth2\"\n"
  "                  :secret #'@key@-token)))))\n"
  "\n"
  "(defun @key@-source (entry)\n"
  "  \"Return the source that ENTRY stands for, if it is this account's.\"\n"
  "  (when (equal entry '(:source @key@))\n"
  "    (auth-source-backend :source \"@key@\" :type '@key@\n"
  "                         :search-function #'@key@-search)))\n"
  "\n"
  "(with-eval-after-load 'auth-source\n"
  "  (add-hook 'auth-source-backend-parser-functions #'@key@-source)\n"
  "  (add-to-list 'auth-sources '(:source @key@)))\n"
  "\n"
  ";; By itself Emacs 28 cuts a long token into lines, which the server does not take.\n"
  "(defun @key@-login (login user password)\n"
  "  \"Sign USER in with the token PASSWORD, or leave that to LOGIN.\"\n"
  "  (if (not (and (eq nnimap-authenticator 'xoauth2) (equal user @address@)))\n"
  "      (funcall login user password)\n"
  "    (nnimap-command \"AUTHENTICATE XOAUTH2 %s\"\n"
  "                    (base64-encode-string\n"
  "                     (format \"user=%s\\1auth=Bearer %s\\1\\1\" user password) t))))\n"
  "(with-eval-after-load 'nnimap\n"
  "  (advice-add 'nnimap-login :around #'@key@-login))\n"
  "\n";

static const char SENDING[] =
  ";; Mail from this address goes through Gmail; all other mail does where nothing else\n"
  ";; is set up for it.\n"
  "(when (and (memq send-mail-function '(nil sendmail-query-once smtpmail-send-it))\n"
  "           (member (@key@-value 'smtpmail-smtp-server)\n"
  "                   '(nil \"\" @smtp@ \"smtp.googlemail.com\"))\n"
  "           (member (@key@-value 'smtpmail-smtp-user) '(nil @address@)))\n"
  "  (setq send-mail-function #'smtpmail-send-it\n"
  "        message-send-mail-function #'smtpmail-send-it\n"
  "        smtpmail-smtp-server @smtp@\n"
  "        smtpmail-smtp-service @port@\n"
  "        smtpmail-stream-type '@stream@\n"
  "        smtpmail-smtp-user @address@)\n"
  "  (when (@key@-untouched-p 'user-mail-address)\n"
  "    (setq user-mail-address @address@)))\n"
  "\n"
  "(defun @key@-send (send &rest arguments)\n"
  "  \"Call SEND with ARGUMENTS, by way of Gmail for what this address sends.\"\n"
  "  (let ((from (save-excursion\n"
  "                (save-restriction\n"
  "                  (goto-char (point-min))\n"
  "                  (re-search-forward\n"
  "                   (concat \"^\\\\(\" (regexp-quote mail-header-separator) "
  "\"\\\\)?$\")\n"
  "                   nil 'move)\n"
  "                  (narrow-to-region (point-min) (point))\n"
  "                  (mail-fetch-field \"from\")))))\n"
  "    (if (not (equal (downcase (or (cadr (mail-extract-address-components\n"
  "                                         (or from \"\")))\n"
  "                                  \"\"))\n"
  "                    @address@))\n"
  "        (apply send arguments)\n"
  "      (require 'smtpmail)\n"
  "      (let ((smtpmail-smtp-server @smtp@)\n"
  "            (smtpmail-smtp-service @port@)\n"
  "            (smtpmail-stream-type '@stream@)\n"
  "            (smtpmail-smtp-user @address@))\n"
  "        (apply send arguments)))))\n"
  "(advice-add 'smtpmail-send-it :around #'@key@-send)\n"
  "\n";

static const char NAME[] = "(when (@key@-untouched-p 'user-full-name)\n"
                           "  (setq user-full-name @name@))\n"
                           "\n";

static const char READING[] =
  ";; Gnus: the mailbox comes first only where nothing else does.\n"
  "(defun @key@-known-p (method)\n"
  "  \"Return whether METHOD is this mailbox.\"\n"
  "  (and (eq (car-safe method) 'nnimap)\n"
  "       (member (cadr (assq 'nnimap-address (cddr method)))\n"
  "               '(@imap@ \"imap.googlemail.com\"))\n"
  "       (member (cadr (assq 'nnimap-user (cddr method))) '(nil @address@))))\n"
  "\n"
  "(let ((rest '((nnimap-address @imap@) (nnimap-server-port \"@imap-port@\")\n"
  "              (nnimap-stream ssl) (nnimap-user @address@)@authenticator@)))\n"
  "  (cond\n"
  "   ((@key@-untouched-p 'gnus-select-method)\n"
  "    (setq gnus-select-method (append '(nnimap \"@key@\") rest))\n"
  "    ;; Gmail keeps a copy of what is sent by itself.\n"
  "    (when (@key@-untouched-p 'gnus-message-archive-group)\n"
  "      (setq gnus-message-archive-group nil)))\n"
  "   ((@key@-known-p (@key@-value 'gnus-select-method))\n"
  "    (setq gnus-select-method\n"
  "          (append (list 'nnimap (cadr (@key@-value 'gnus-select-method)))\n"
  "                  rest)))\n"
  "   (t\n"
  "    (let ((others nil) (name \"@key@\"))\n"
  "      (dolist (method (@key@-value 'gnus-secondary-select-methods))\n"
  "        (if (@key@-known-p method)\n"
  "            (setq name (cadr method))\n"
  "          (push method others)))\n"
  "      (setq gnus-secondary-select-methods\n"
  "            (reverse (cons (append (list 'nnimap name) rest) others)))\n"
  "      (setq gnus-posting-styles (@key@-value 'gnus-posting-styles))\n"
  "      (add-to-list 'gnus-posting-styles\n"
  "                   (list (format \"\\\\`nnimap\\\\+%s:\" (regexp-quote name))\n"
  "                         '(address @address@)))))))\n"
  "\n";

static const char TAIL[] = ";;; @key@.el ends here\n";

/* Emacs takes one of the first two where it is there, else the one in its folder, which
 * is the older place unless only the newer one is there. */
static char *
find_init (const BaruaHome *home)
{
  static const char *const NAMES[] = { ".emacs.el", ".emacs", ".emacs.d/init.el" };
  g_autofree char *older = barua_home_dup_path (home, ".emacs.d");
  g_autofree char *newer = barua_home_dup_config_path (home, "emacs");

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = barua_home_dup_path (home, NAMES[i]);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  if (!g_file_test (older, G_FILE_TEST_IS_DIR) && g_file_test (newer, G_FILE_TEST_IS_DIR))
    return g_build_filename (newer, "init.el", NULL);
  return g_build_filename (older, "init.el", NULL);
}

/* What Gnus reads of its own, if it is there. */
static char *
find_gnus (const BaruaHome *home)
{
  static const char *const NAMES[] = { ".gnus.el", ".gnus" };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = barua_home_dup_path (home, NAMES[i]);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static char *
dup_place (const BaruaHome *home, const char *init, const char *key)
{
  g_autofree char *name = g_strconcat (key, ".el", NULL);
  g_autofree char *folder = g_path_get_dirname (init);
  g_autofree char *usual = barua_home_dup_path (home, ".emacs.d");

  return g_build_filename (g_str_has_suffix (init, "/init.el") ? folder : usual, name,
                           NULL);
}

/* As it stands in a file of the person's: "~/.emacs.d/gmail-zoe.el". */
static char *
dup_later (const BaruaHome *home, const char *path)
{
  g_autofree char *later = barua_home_dup_later (home, path);
  gsize length = strlen (home->lives);

  if (strncmp (later, home->lives, length) == 0 && later[length] == '/')
    return g_strconcat ("~", later + length, NULL);
  return g_steal_pointer (&later);
}

static char *
write_lisp (const BaruaExportRequest *request, const char *key)
{
  static const char *const NAMES[] = { "key",  "plain",     "address",       "imap",
                                       "smtp", "imap-port", "port",          "stream",
                                       "name", "program",   "authenticator", NULL };
  const BaruaService *in = request->incoming;
  const BaruaService *out = request->outgoing;
  gboolean token = barua_export_request_uses_token (request);
  gboolean named = request->account->name != NULL && *request->account->name != '\0';
  g_autofree char *address = barua_elisp_quote (request->account->address);
  g_autofree char *imap = barua_elisp_quote (in->host);
  g_autofree char *smtp = barua_elisp_quote (out->host);
  g_autofree char *imap_port = g_strdup_printf ("%u", in->port);
  g_autofree char *port = g_strdup_printf ("%u", out->port);
  g_autofree char *name = barua_elisp_quote (named ? request->account->name : "");
  g_autofree char *program = barua_elisp_quote (request->program);
  g_autofree char *form = g_strconcat (HEAD, token ? TOKENS : KEYRING, SENDING,
                                       named ? NAME : "", READING, TAIL, NULL);

  return barua_elisp_fill (
    form, NAMES,
    (const char *const[]){ key, request->account->address, address, imap, smtp, imap_port,
                           port, out->security == BARUA_SECURITY_TLS ? "ssl" : "starttls",
                           name, program,
                           token ? " (nnimap-authenticator xoauth2)" : "" });
}

/* The line goes to the end, so that it can see what was set before. */
static gboolean
plan_line (const BaruaExportRequest *request,
           const BaruaHome *home,
           BaruaPlan *plan,
           const char *path,
           const char *place,
           GError **error)
{
  g_autofree char *later = dup_later (home, place);
  g_autofree char *quoted = barua_elisp_quote (later);
  g_autofree char *code = g_strdup_printf ("(load %s", quoted);
  g_autofree char *line =
    g_strdup_printf ("%s t) ; Gmail for %s\n", code, request->account->address);
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;
  g_autoptr (BaruaEdits) edits = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  if (barua_elisp_has (text, length, code))
    return TRUE;
  edits = barua_edits_new (text, length);
  barua_edits_append_paragraph (edits, line);
  written = barua_edits_apply (edits, &length);
  barua_fetcher_write (plan, path, written, length, request, "Emacs");
  return TRUE;
}

/* secrets.el fetches a secret by the label of its item: each has one of its own. */
static void
keep_password (const BaruaExportRequest *request,
               BaruaPlan *plan,
               const BaruaService *service)
{
  const char *address = request->account->address;
  g_autofree char *port = g_strdup_printf ("%u", service->port);
  g_autofree char *label =
    g_strdup_printf ("%s, %s:%s (Emacs)", address, service->host, port);
  g_autofree char *summary = g_strdup_printf (
    /* Translators: the name of a mail program */
    _ ("Put the app password where %s looks for it in the keyring."), "Emacs");
  GVariantBuilder attributes = { 0 };
  BaruaKeyringItem item = { .schema = SCHEMA, .label = label };

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", "host", service->host);
  g_variant_builder_add (&attributes, "{ss}", "port", port);
  g_variant_builder_add (&attributes, "{ss}", "user", address);
  item.attributes = g_variant_builder_end (&attributes);
  barua_plan_keep (plan, &item, summary);
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *init = find_init (home);
  g_autofree char *gnus = find_gnus (home);
  g_autofree char *place = dup_place (home, init, key);
  g_autofree char *lisp = write_lisp (request, key);

  barua_fetcher_write (plan, place, lisp, strlen (lisp), request, "Emacs");
  if (!plan_line (request, home, plan, init, place, error) ||
      (gnus != NULL && !plan_line (request, home, plan, gnus, place, error)))
    return FALSE;
  if (barua_export_request_uses_password (request))
    {
      keep_password (request, plan, request->incoming);
      keep_password (request, plan, request->outgoing);
    }
  else if (!barua_export_request_uses_token (request))
    barua_plan_add_question (plan, _ ("Emacs will ask for the password, and offer to "
                                      "keep it in the keyring."));
  barua_plan_add_note (plan, _ ("Start Emacs anew. Mail is read with “M-x gnus”, and "
                                "written with “C-x m”."));
  return TRUE;
}

/* Whether a line ends with that. */
static gboolean
has_line_end (const char *text, const char *end)
{
  for (const char *at = strstr (text, end); at != NULL; at = strstr (at + 1, end))
    if (strchr ("\r\n", at[strlen (end)]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *init = find_init (home);
  g_autofree char *gnus = find_gnus (home);
  g_autofree char *marked = g_strdup_printf ("t) ; Gmail for %s", address);
  g_autofree char *quoted = barua_elisp_quote (address);
  const char *const paths[] = { init, gnus };
  g_autoptr (BaruaPlan) none = barua_plan_new ("emacs");

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text = NULL;
      gsize length = 0;

      if (paths[i] == NULL || !barua_plan_read (none, paths[i], &text, &length, NULL))
        continue;
      if (text != NULL && (has_line_end (text, marked) ||
                           (barua_elisp_has (text, length, quoted) &&
                            barua_elisp_has (text, length, "imap.gmail.com"))))
        return TRUE;
    }
  return FALSE;
}

const BaruaExporter barua_exporter_emacs = {
  .id = "emacs",
  .name = "Emacs",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_SENDING | BARUA_EXPORTS_PASSWORD |
         BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "emacs", NULL },
  .desktop_ids = (const char *const[]){ "emacs", NULL },
  .packages = (const char *const[]){ "emacs-gtk", "emacs-lucid", "emacs-nox",
                                     "emacs-pgtk", "emacs", NULL },
  .has_account = has_account,
  .plan = plan,
};
