#include "fuzz/fuzz.h"

#include "credentials/accounts.h"
#include "support/files.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

static char *room;

static void
leave (void)
{
  test_files_remove (room);
  g_free (room);
}

static gboolean
put_one (BaruaAccounts *accounts, gpointer user_data)
{
  barua_accounts_put (accounts, user_data);
  return TRUE;
}

static guint
count (const BaruaAccounts *accounts)
{
  g_autoptr (GPtrArray) list = barua_accounts_list (accounts);

  for (guint i = 0; i < list->len; i++)
    {
      const BaruaAccount *account = list->pdata[i];
      g_autoptr (BaruaAccount) found = barua_accounts_find (accounts, account->address);

      g_assert_nonnull (found);
    }
  return list->len;
}

/* The list of accounts, whatever happened to it: it is read, and one more can be put into
   it, with which the others stay. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaAccounts) accounts = NULL;
  g_autoptr (BaruaAccounts) again = NULL;
  g_autoptr (BaruaAccount) account = barua_account_new ("zoe@gmail.com");
  g_autoptr (BaruaAccount) there = NULL;
  g_autoptr (BaruaAccount) found = NULL;
  FILE *file = NULL;

  fuzz_no_criticals ();
  if (room == NULL)
    {
      room = test_files_make ();
      atexit (leave);
    }
  path = g_build_filename (room, "accounts.ini", NULL);
  (void) g_unlink (path);
  file = g_fopen (path, "we");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
  accounts = barua_accounts_load (path, &error);
  g_assert_no_error (error);
  there = barua_accounts_find (accounts, account->address);
  account->method = BARUA_METHOD_APP_PASSWORD;
  g_assert_true (barua_accounts_change (path, put_one, account, &error));
  g_assert_no_error (error);
  again = barua_accounts_load (path, &error);
  g_assert_no_error (error);
  found = barua_accounts_find (again, account->address);
  g_assert_nonnull (found);
  g_assert_cmpint (found->method, ==, BARUA_METHOD_APP_PASSWORD);
  g_assert_cmpuint (count (again), ==, count (accounts) + (there == NULL));
  return 0;
}
