#pragma once

#include "account/service.h"
#include "export/exporter.h"
#include "export/formats/key-file.h"

G_BEGIN_DECLS

/**
 * BaruaValue:
 * @key: what the setting is called in its file
 * @text: (nullable): what it is, unquoted; %NULL if it is not there
 * @span: where it stands, quotes and all. If it is not there: where it can be put in, of
 *   length 0; all 0 if that is not known
 * @lead: (nullable): what has to stand before it where it is put in: "port "
 * @tail: (nullable): what has to stand behind it there: a line end
 *
 * One value as a mail program's file has it.
 */
typedef struct
{
  const char *key;
  const char *text;
  BaruaSpan span;
  const char *lead;
  const char *tail;
} BaruaValue;

/**
 * BaruaSecurityKind:
 * @BARUA_SECURITY_KIND_NONE: no encryption
 * @BARUA_SECURITY_KIND_STARTTLS: it is switched on with STARTTLS
 * @BARUA_SECURITY_KIND_TLS: from the first byte
 * @BARUA_SECURITY_KIND_UNSAID: the file does not say
 *
 * What a mail program is set to.
 */
typedef enum
{
  BARUA_SECURITY_KIND_NONE,
  BARUA_SECURITY_KIND_STARTTLS,
  BARUA_SECURITY_KIND_TLS,
  BARUA_SECURITY_KIND_UNSAID,
} BaruaSecurityKind;

/**
 * BaruaSetServer:
 * @client: the mail program's id; constant
 * @file: the file
 * @protocol: what is spoken there
 * @host: the server
 * @port: its port; no text where the program's own default holds
 * @default_port: that default
 * @security: how the file says the encryption; its text is the file's own word
 * @security_kind: what that means
 * @user: the user name
 * @address: (nullable): the address that the file gives the account: tells what a user
 *   name without a domain means
 * @authentication: how the file says the way of signing in
 * @retired: whether that is a way which Google takes no more
 * @write_security: the file's own word for an encryption; %NULL for what it cannot say
 * @write_authentication: (nullable): the file's own word for a way that works
 * @quote: (nullable): (transfer full): writes a text as the file's format wants it;
 *   %NULL where it stands as it is
 *
 * One server as a mail program has it set, for barua_audit_server().
 */
typedef struct
{
  const char *client;
  const char *file;
  BaruaProtocol protocol;
  BaruaValue host;
  BaruaValue port;
  guint default_port;
  BaruaValue security;
  BaruaSecurityKind security_kind;
  BaruaValue user;
  const char *address;
  BaruaValue authentication;
  gboolean retired;
  const char *(*write_security) (BaruaSecurityKind kind);
  const char *write_authentication;
  char *(*quote) (const char *text);
} BaruaSetServer;

/**
 * barua_audit_is_gmail:
 * @host: (nullable): a server's name
 * @user: (nullable): a user name
 *
 * Returns: whether this is meant for Gmail: a host of Google's, right or wrong, or a user
 *   name at gmail.com or googlemail.com. Not a host on this machine or in the local
 *   network, as a program in between has it, and not one of those mail services at which
 *   people have their Gmail address as the user name
 */
gboolean barua_audit_is_gmail (const char *host, const char *user);

/**
 * barua_audit_server:
 * @server: a server as it is set
 * @faults: (element-type BaruaFault): gets what is wrong with it
 *
 * Compares one server with what Gmail needs: host, port, encryption, user name, way of
 * signing in. googlemail.com's names are as right as gmail.com's. Silent about a server
 * that is not meant for Gmail.
 */
void barua_audit_server (const BaruaSetServer *server, GPtrArray *faults);

/**
 * barua_audit_add:
 * @faults: (element-type BaruaFault): gets the fault
 * @client: the mail program's id; constant
 * @file: the file
 * @value: what is wrong; without its text if that is a secret
 * @expected: (nullable): what it should be, as people read it; %NULL if it should not be
 *   there
 * @replacement: (nullable): the bytes that mend it, in place of its span, quotes and all;
 *   with its lead and tail where it is put in. %NULL if it cannot be mended by replacing
 *   it
 *
 * Adds a fault that is not about a server.
 *
 * Returns: (transfer none): the fault, for its @cause and @why, which must be set
 */
BaruaFault *barua_audit_add (GPtrArray *faults,
                             const char *client,
                             const char *file,
                             const BaruaValue *value,
                             const char *expected,
                             const char *replacement);

/**
 * barua_audit_add_sent_copy:
 * @faults: (element-type BaruaFault): gets the fault
 * @client: the mail program's id; constant
 * @file: the file
 * @value: the setting that makes the program save sent mail to a folder of Gmail's
 * @expected: (nullable): as for barua_audit_add()
 * @replacement: (nullable): as for barua_audit_add()
 *
 * Adds that a second copy of sent mail is saved. Its cause is "ok": mail works all the
 * same.
 */
void barua_audit_add_sent_copy (GPtrArray *faults,
                                const char *client,
                                const char *file,
                                const BaruaValue *value,
                                const char *expected,
                                const char *replacement);

/**
 * barua_audit_add_password:
 * @faults: (element-type BaruaFault): gets the fault
 * @client: the mail program's id; constant
 * @file: the file
 * @value: the password that stands there in plain text: looked at, and left out
 * @expected: (nullable): as for barua_audit_add()
 * @replacement: (nullable): as for barua_audit_add()
 *
 * Adds that a password can be read by whoever reads the file. Its cause is
 * "app-password-required" if it does not look like an app password, and else "ok": mail
 * works all the same.
 */
void barua_audit_add_password (GPtrArray *faults,
                               const char *client,
                               const char *file,
                               const BaruaValue *value,
                               const char *expected,
                               const char *replacement);

/**
 * barua_audit_plan:
 * @client: the mail program's id; constant
 * @faults: (element-type BaruaFault): faults of that program, from audits of now
 * @home: whose
 * @error: %G_FILE_ERROR
 *
 * Plans to mend all that can be mended.
 *
 * Returns: (transfer full) (nullable): the plan
 */
BaruaPlan *barua_audit_plan (const char *client,
                             const GPtrArray *faults,
                             const BaruaHome *home,
                             GError **error);

G_END_DECLS
