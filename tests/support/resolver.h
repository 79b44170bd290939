#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestResolver:
 *
 * A GResolver that answers out of a table and never asks the network. A name that the
 * table does not hold is %G_RESOLVER_ERROR_NOT_FOUND, as is a family or record type that
 * it holds nothing of. Letter case and a final dot do not matter. Numeric addresses never
 * reach it: GResolver itself takes them. Its answers to the blocking calls come at once,
 * whatever the delay.
 */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

/**
 * TestQuestion:
 * @TEST_QUESTION_MX: the mail exchangers of a name
 * @TEST_QUESTION_NS: its name servers
 * @TEST_QUESTION_IPV4: its IPv4 addresses
 * @TEST_QUESTION_IPV6: its IPv6 addresses
 *
 * What can be asked about a name. Any #GResolverRecordType may stand for itself.
 */
typedef enum
{
  TEST_QUESTION_MX = G_RESOLVER_RECORD_MX,
  TEST_QUESTION_NS = G_RESOLVER_RECORD_NS,
  TEST_QUESTION_IPV4 = 0x100,
  TEST_QUESTION_IPV6,
} TestQuestion;

/**
 * TEST_RESOLVER_NEVER:
 *
 * A delay after which no answer comes, only cancelling or
 * test_resolver_answer_waiting() ends the look-up.
 */
#define TEST_RESOLVER_NEVER G_MAXUINT

/**
 * test_resolver_install:
 *
 * Makes a resolver with an empty table the default one of the process.
 *
 * Returns: (transfer full): the resolver; end with test_resolver_uninstall()
 */
TestResolver *test_resolver_install (void);

/**
 * test_resolver_uninstall:
 * @self: (transfer full): the resolver
 *
 * Puts the default resolver from before back, and sees that nothing holds @self any more.
 */
void test_resolver_uninstall (TestResolver *self);

/**
 * test_resolver_add_address:
 * @self: a resolver
 * @name: a host name
 * @address: one more address of it, "127.0.0.1" or "::1"; the family is seen from it
 */
void
test_resolver_add_address (TestResolver *self, const char *name, const char *address);

/**
 * test_resolver_add_mx:
 * @self: a resolver
 * @name: a domain
 * @preference: of the record; the lowest is tried first
 * @host: the mail exchanger
 */
void test_resolver_add_mx (TestResolver *self,
                           const char *name,
                           guint16 preference,
                           const char *host);

/**
 * test_resolver_add_record:
 * @self: a resolver
 * @name: a domain
 * @question: a record type
 * @record: (transfer floating): one more record, right or wrong for its type
 */
void test_resolver_add_record (TestResolver *self,
                               const char *name,
                               TestQuestion question,
                               GVariant *record);

/**
 * test_resolver_set_error:
 * @self: a resolver
 * @name: a name
 * @question: what is asked
 * @domain: %G_RESOLVER_ERROR or %G_IO_ERROR
 * @code: a code of @domain
 *
 * Lets each look-up of @name for @question fail.
 */
void test_resolver_set_error (
  TestResolver *self, const char *name, TestQuestion question, GQuark domain, int code);

/**
 * test_resolver_set_delay:
 * @self: a resolver
 * @name: a name
 * @question: what is asked
 * @ms: how long the answer takes, or %TEST_RESOLVER_NEVER. Asked for both families at
 *   once, the slower one counts
 */
void test_resolver_set_delay (TestResolver *self,
                              const char *name,
                              TestQuestion question,
                              guint ms);

/**
 * test_resolver_count:
 * @self: a resolver
 * @name: a name
 * @question: what is asked
 *
 * Returns: how often that was asked; asking for both families at once counts for each
 */
guint test_resolver_count (TestResolver *self, const char *name, TestQuestion question);

/**
 * test_resolver_count_waiting:
 * @self: a resolver
 *
 * Returns: how many look-ups have not been answered yet
 */
guint test_resolver_count_waiting (TestResolver *self);

/**
 * test_resolver_answer_waiting:
 * @self: a resolver
 *
 * Answers every look-up under way now, as the table stands.
 */
void test_resolver_answer_waiting (TestResolver *self);

G_END_DECLS
