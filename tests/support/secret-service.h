#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SupportPrompt:
 * @SUPPORT_PROMPT_NONE: the service asks nothing
 * @SUPPORT_PROMPT_ACCEPTED: the person answers
 * @SUPPORT_PROMPT_DISMISSED: the person closes the question
 * @SUPPORT_PROMPT_OPEN: the question stays until it is taken away
 * @SUPPORT_PROMPT_CRASHES: the service goes away with the question on the screen
 *
 * What becomes of a question.
 */
typedef enum
{
  SUPPORT_PROMPT_NONE,
  SUPPORT_PROMPT_ACCEPTED,
  SUPPORT_PROMPT_DISMISSED,
  SUPPORT_PROMPT_OPEN,
  SUPPORT_PROMPT_CRASHES,
} SupportPrompt;

/**
 * SupportSecretSituation:
 * @locked: whether the default collection is locked at first
 * @prompt: what becomes of questions
 * @no_collection: whether there is no default collection at first
 * @plain_only: whether it knows no encrypted session
 * @crash_at: (nullable): the method at which it goes away instead of answering
 * @refuse_at: (nullable): the method that it refuses
 * @refusal: (nullable): the D-Bus error for @refuse_at
 *
 * How the played service behaves. Zeros are an ordinary, open keyring.
 */
typedef struct
{
  gboolean locked;
  SupportPrompt prompt;
  gboolean no_collection;
  gboolean plain_only;
  const char *crash_at;
  const char *refuse_at;
  const char *refusal;
} SupportSecretSituation;

/**
 * SupportSecretService:
 *
 * A Secret Service played on a bus of the test's own.
 */
typedef struct _SupportSecretService SupportSecretService;

/**
 * SupportCallFunc:
 * @method: what was asked
 * @user_data: what was given with the function
 *
 * Called for each request before it is answered.
 */
typedef void (*SupportCallFunc) (const char *method, gpointer user_data);

/**
 * support_secret_service_new:
 * @address: the bus
 * @situation: how to behave; copied, its texts are not
 *
 * Returns: (transfer full): a service that owns its name already
 */
SupportSecretService *support_secret_service_new (const char *address,
                                                  const SupportSecretSituation *situation);

/**
 * support_secret_service_free:
 * @self: (transfer full): a service; it leaves the bus
 */
void support_secret_service_free (SupportSecretService *self);

/**
 * support_secret_service_watch:
 * @self: a service
 * @func: called for each request
 * @user_data: passed to @func
 */
void support_secret_service_watch (SupportSecretService *self,
                                   SupportCallFunc func,
                                   gpointer user_data);

/**
 * support_secret_service_listen_for:
 * @self: a service
 * @needle: bytes that must not pass over the bus
 *
 * To be called before there is any traffic.
 */
void support_secret_service_listen_for (SupportSecretService *self, const char *needle);

/**
 * support_secret_service_heard:
 * @self: a service
 *
 * Returns: whether the needle passed in the clear, in either direction
 */
gboolean support_secret_service_heard (SupportSecretService *self);

/**
 * support_secret_service_add:
 * @self: a service
 * @attributes: "{'service': 'barua', …}", GVariant's text format of an "a{ss}"
 * @secret: the secret
 */
void support_secret_service_add (SupportSecretService *self,
                                 const char *attributes,
                                 const char *secret);

/**
 * support_secret_service_dup_items:
 * @self: a service
 *
 * Returns: (transfer full): one line for each item in the order in which they were made:
 *   label, a bar, attributes sorted by name as "name=value" with blanks between, a bar,
 *   the secret
 */
char *support_secret_service_dup_items (SupportSecretService *self);

/**
 * support_secret_service_get_calls:
 * @self: a service
 *
 * Returns: (transfer none): the methods asked for, with a blank after each
 */
const char *support_secret_service_get_calls (SupportSecretService *self);

/**
 * support_secret_service_count_sessions:
 * @self: a service
 *
 * Returns: how many sessions are open
 */
guint support_secret_service_count_sessions (SupportSecretService *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SupportSecretService, support_secret_service_free)

G_END_DECLS
