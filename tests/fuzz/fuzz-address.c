#include "fuzz/fuzz.h"

#include "account/address.h"
#include "account/app-password.h"
#include "account/folder.h"
#include "account/pasted.h"

/* What people type and paste, and how servers call folders. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaAddress) address = NULL;
  g_autoptr (BaruaSecret) typed = barua_secret_new ((const char *) data, (gssize) size);
  g_autoptr (BaruaSecret) normal = NULL;
  g_autoptr (BaruaFolder) folder = NULL;
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  g_autofree char *pasted = NULL;
  g_autofree char *valid = NULL;

  fuzz_no_criticals ();
  address = barua_address_new (text, &error);
  g_assert_true ((address == NULL) == (error != NULL));
  if (address != NULL)
    g_assert_true (g_utf8_validate (barua_address_get_text (address), -1, NULL));
  valid = g_utf8_make_valid (text, -1);
  pasted = barua_pasted_address (valid, &name);
  normal = barua_app_password_normalize (typed);
  (void) barua_secret_shape (normal);
  (void) barua_app_password_count_letters (typed);
  folder = barua_folder_parse (text);
  title = barua_folder_dup_title (text);
  g_assert_true (g_utf8_validate (title, -1, NULL));
  return 0;
}
