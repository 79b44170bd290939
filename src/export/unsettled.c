#include "config.h"

#include "export/apply.h"

#include "export/roll-back.h"

#include <string.h>
#include <unistd.h>

/* @receipts: those of @records, in the same order. */
struct _BaruaUnsettled
{
  GPtrArray *records;
  GPtrArray *receipts;
  int lock;
};

static void
record_free (gpointer data)
{
  barua_record_free (data);
}

BaruaUnsettled *
barua_unsettled_new (int lock)
{
  BaruaUnsettled *self = g_new0 (BaruaUnsettled, 1);

  self->records = g_ptr_array_new_with_free_func (record_free);
  self->receipts = g_ptr_array_new ();
  self->lock = lock;
  return self;
}

void
barua_unsettled_free (BaruaUnsettled *self)
{
  g_return_if_fail (self != NULL);

  (void) close (self->lock);
  g_ptr_array_unref (self->receipts);
  g_ptr_array_unref (self->records);
  g_free (self);
}

static void
list_receipts (BaruaUnsettled *self)
{
  g_ptr_array_set_size (self->receipts, 0);
  for (guint i = 0; i < self->records->len; i++)
    g_ptr_array_add (self->receipts, ((BaruaRecord *) self->records->pdata[i])->receipt);
}

void
barua_unsettled_add (BaruaUnsettled *self, BaruaRecord *record)
{
  g_ptr_array_add (self->records, record);
  list_receipts (self);
}

static int
compare_latest_first (gconstpointer a, gconstpointer b)
{
  const BaruaRecord *first = *(const BaruaRecord *const *) a;
  const BaruaRecord *second = *(const BaruaRecord *const *) b;

  if (first->order == second->order)
    return strcmp (second->receipt->id, first->receipt->id);
  return first->order < second->order ? 1 : -1;
}

void
barua_unsettled_sort (BaruaUnsettled *self)
{
  g_ptr_array_sort (self->records, compare_latest_first);
  list_receipts (self);
}

const GPtrArray *
barua_unsettled_get_receipts (const BaruaUnsettled *self)
{
  return self != NULL ? self->receipts : NULL;
}

void
barua_unsettled_settle (BaruaUnsettled *self, guint index)
{
  const BaruaRecord *record = NULL;

  g_return_if_fail (self != NULL && index < self->records->len);

  record = self->records->pdata[index];
  /* The receipt of something undone stays, and tells that it was. */
  if (record->undoing)
    barua_record_forget_rest (record->folder);
  else
    barua_record_discard (record->folder);
}

GPtrArray *
barua_unsettled_steal_receipts (BaruaUnsettled *self)
{
  GPtrArray *receipts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_receipt_free);

  for (guint i = 0; i < self->records->len; i++)
    {
      BaruaRecord *record = self->records->pdata[i];

      g_ptr_array_add (receipts, g_steal_pointer (&record->receipt));
    }
  g_ptr_array_set_size (self->receipts, 0);
  return receipts;
}
