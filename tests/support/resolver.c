#include "config.h"

#include "support/resolver.h"

#include <string.h>

/* What the table holds for one question about one name. */
typedef struct
{
  GPtrArray *items;
  GError *error;
  guint delay_ms;
  guint asked;
} Answer;

/* One look-up under way. */
typedef struct
{
  char *name;
  TestQuestion questions[2];
  gsize n_questions;
  GSource *timer;
  GSource *cancelled;
} Lookup;

struct _TestResolver
{
  GResolver parent;
  GResolver *before;
  GHashTable *answers;
  GPtrArray *waiting;
};

G_DEFINE_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_ptr_array_unref (answer->items);
  g_clear_error (&answer->error);
  g_free (answer);
}

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->name);
  g_clear_pointer (&lookup->timer, g_source_unref);
  g_clear_pointer (&lookup->cancelled, g_source_unref);
  g_free (lookup);
}

static Answer *
find_answer (TestResolver *self, const char *name, TestQuestion question)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *key = NULL;
  Answer *answer = NULL;

  if (g_str_has_suffix (lower, "."))
    lower[strlen (lower) - 1] = '\0';
  key = g_strdup_printf ("%d %s", (int) question, lower);
  answer = g_hash_table_lookup (self->answers, key);
  if (answer == NULL)
    {
      gboolean is_address =
        question == TEST_QUESTION_IPV4 || question == TEST_QUESTION_IPV6;

      answer = g_new0 (Answer, 1);
      answer->items = g_ptr_array_new_with_free_func (
        is_address ? g_object_unref : (GDestroyNotify) g_variant_unref);
      g_hash_table_insert (self->answers, g_steal_pointer (&key), answer);
    }
  return answer;
}

/* The list is of addresses or of records, each with a reference of its own. */
static GList *
copy_items (const Answer *answer, gboolean are_addresses)
{
  GList *items = NULL;

  for (guint i = answer->items->len; i > 0; i--)
    {
      gpointer item = g_ptr_array_index (answer->items, i - 1);

      items = g_list_prepend (items, are_addresses ? g_object_ref (item)
                                                   : (gpointer) g_variant_ref (item));
    }
  return items;
}

static GList *
look_up (TestResolver *self, const Lookup *lookup, GError **error)
{
  const GError *first = NULL;
  GList *items = NULL;

  for (gsize i = 0; i < lookup->n_questions; i++)
    {
      const Answer *answer = find_answer (self, lookup->name, lookup->questions[i]);

      if (answer->error == NULL)
        items = g_list_concat (
          items, copy_items (answer, lookup->questions[i] >= TEST_QUESTION_IPV4));
      else if (first == NULL)
        first = answer->error;
    }
  if (items != NULL)
    return items;
  if (first != NULL)
    g_propagate_error (error, g_error_copy (first));
  else
    g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                 "The test knows nothing of %s", lookup->name);
  return NULL;
}

static void
free_addresses (gpointer data)
{
  g_resolver_free_addresses (data);
}

static void
free_records (gpointer data)
{
  g_list_free_full (data, (GDestroyNotify) g_variant_unref);
}

static gboolean
on_answer (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));
  TestResolver *self = g_task_get_source_object (task);
  Lookup *lookup = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *items = look_up (self, lookup, &error);

  g_source_destroy (lookup->timer);
  if (lookup->cancelled != NULL)
    g_source_destroy (lookup->cancelled);
  g_ptr_array_remove (self->waiting, task);
  if (items == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, items,
                           lookup->questions[0] >= TEST_QUESTION_IPV4 ? free_addresses
                                                                      : free_records);
  return G_SOURCE_REMOVE;
}

/* The task looks at its cancellable itself, so being cancelled is an answer as any. */
static gboolean
on_cancelled (G_GNUC_UNUSED GCancellable *cancellable, gpointer user_data)
{
  return on_answer (user_data);
}

static void
start (TestResolver *self,
       Lookup *lookup,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  guint delay = 0;

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, lookup, lookup_free);
  g_ptr_array_add (self->waiting, task);
  for (gsize i = 0; i < lookup->n_questions; i++)
    {
      Answer *answer = find_answer (self, lookup->name, lookup->questions[i]);

      answer->asked++;
      delay = MAX (delay, answer->delay_ms);
    }
  lookup->timer = g_timeout_source_new (delay == TEST_RESOLVER_NEVER ? 0 : delay);
  if (delay == TEST_RESOLVER_NEVER)
    g_source_set_ready_time (lookup->timer, -1);
  g_task_attach_source (task, lookup->timer, on_answer);
  if (cancellable == NULL)
    return;
  lookup->cancelled = g_cancellable_source_new (cancellable);
  g_task_attach_source (task, lookup->cancelled, G_SOURCE_FUNC (on_cancelled));
}

static Lookup *
name_lookup_new (const char *name, GResolverNameLookupFlags flags)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->name = g_strdup (name);
  if ((flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) == 0)
    lookup->questions[lookup->n_questions++] = TEST_QUESTION_IPV4;
  if ((flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY) == 0)
    lookup->questions[lookup->n_questions++] = TEST_QUESTION_IPV6;
  return lookup;
}

static Lookup *
record_lookup_new (const char *name, GResolverRecordType type)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->name = g_strdup (name);
  lookup->questions[lookup->n_questions++] = (TestQuestion) type;
  return lookup;
}

static GList *
answer_now (GResolver *resolver,
            Lookup *lookup,
            GCancellable *cancellable,
            GError **error)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  GList *items = NULL;

  for (gsize i = 0; i < lookup->n_questions; i++)
    find_answer (self, lookup->name, lookup->questions[i])->asked++;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    items = look_up (self, lookup, error);
  lookup_free (lookup);
  return items;
}

static GList *
lookup_by_name_with_flags (GResolver *resolver,
                           const char *name,
                           GResolverNameLookupFlags flags,
                           GCancellable *cancellable,
                           GError **error)
{
  return answer_now (resolver, name_lookup_new (name, flags), cancellable, error);
}

static GList *
lookup_by_name (GResolver *resolver,
                const char *name,
                GCancellable *cancellable,
                GError **error)
{
  return answer_now (resolver, name_lookup_new (name, 0), cancellable, error);
}

static GList *
lookup_records (GResolver *resolver,
                const char *name,
                GResolverRecordType type,
                GCancellable *cancellable,
                GError **error)
{
  return answer_now (resolver, record_lookup_new (name, type), cancellable, error);
}

static void
lookup_by_name_with_flags_async (GResolver *resolver,
                                 const char *name,
                                 GResolverNameLookupFlags flags,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  start (TEST_RESOLVER (resolver), name_lookup_new (name, flags), cancellable, callback,
         user_data);
}

static void
lookup_by_name_async (GResolver *resolver,
                      const char *name,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  lookup_by_name_with_flags_async (resolver, name, 0, cancellable, callback, user_data);
}

static void
lookup_records_async (GResolver *resolver,
                      const char *name,
                      GResolverRecordType type,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  start (TEST_RESOLVER (resolver), record_lookup_new (name, type), cancellable, callback,
         user_data);
}

static GList *
finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  g_assert_true (g_task_is_valid (result, resolver));
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_finalize (GObject *object)
{
  TestResolver *self = TEST_RESOLVER (object);

  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->answers);
  G_OBJECT_CLASS (test_resolver_parent_class)->finalize (object);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_resolver_finalize;
  resolver_class->lookup_by_name = lookup_by_name;
  resolver_class->lookup_by_name_async = lookup_by_name_async;
  resolver_class->lookup_by_name_finish = finish;
  resolver_class->lookup_by_name_with_flags = lookup_by_name_with_flags;
  resolver_class->lookup_by_name_with_flags_async = lookup_by_name_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = finish;
  resolver_class->lookup_records = lookup_records;
  resolver_class->lookup_records_async = lookup_records_async;
  resolver_class->lookup_records_finish = finish;
}

static void
test_resolver_init (TestResolver *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  self->waiting = g_ptr_array_new ();
}

TestResolver *
test_resolver_install (void)
{
  TestResolver *self = g_object_new (TEST_TYPE_RESOLVER, NULL);

  self->before = g_resolver_get_default ();
  g_resolver_set_default (G_RESOLVER (self));
  return self;
}

void
test_resolver_uninstall (TestResolver *self)
{
  g_autoptr (GResolver) before = g_steal_pointer (&self->before);

  g_resolver_set_default (before);
  g_assert_cmpuint (self->waiting->len, ==, 0);
  g_assert_finalize_object (self);
}

void
test_resolver_add_address (TestResolver *self, const char *name, const char *address)
{
  g_autoptr (GInetAddress) parsed = g_inet_address_new_from_string (address);
  TestQuestion question = TEST_QUESTION_IPV4;

  g_assert_nonnull (parsed);
  if (g_inet_address_get_family (parsed) == G_SOCKET_FAMILY_IPV6)
    question = TEST_QUESTION_IPV6;
  g_ptr_array_add (find_answer (self, name, question)->items, g_steal_pointer (&parsed));
}

void
test_resolver_add_mx (TestResolver *self,
                      const char *name,
                      guint16 preference,
                      const char *host)
{
  test_resolver_add_record (self, name, TEST_QUESTION_MX,
                            g_variant_new ("(qs)", preference, host));
}

void
test_resolver_add_record (TestResolver *self,
                          const char *name,
                          TestQuestion question,
                          GVariant *record)
{
  g_ptr_array_add (find_answer (self, name, question)->items,
                   g_variant_ref_sink (record));
}

void
test_resolver_set_error (
  TestResolver *self, const char *name, TestQuestion question, GQuark domain, int code)
{
  Answer *answer = find_answer (self, name, question);

  g_clear_error (&answer->error);
  answer->error = g_error_new (domain, code, "The test says so of %s", name);
}

void
test_resolver_set_delay (TestResolver *self,
                         const char *name,
                         TestQuestion question,
                         guint ms)
{
  find_answer (self, name, question)->delay_ms = ms;
}

guint
test_resolver_count (TestResolver *self, const char *name, TestQuestion question)
{
  return find_answer (self, name, question)->asked;
}

guint
test_resolver_count_waiting (TestResolver *self)
{
  return self->waiting->len;
}

void
test_resolver_answer_waiting (TestResolver *self)
{
  while (self->waiting->len > 0)
    on_answer (g_ptr_array_index (self->waiting, 0));
}
