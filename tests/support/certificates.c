#include "config.h"

#include "support/certificates.h"

#include <glib/gstdio.h>

struct _TestCertificates
{
  char *folder;
  GTlsDatabase *trust;
};

TestCertificates *
test_certificates_new (void)
{
  TestCertificates *self = g_new0 (TestCertificates, 1);
  g_autofree char *script =
    g_test_build_filename (G_TEST_DIST, "support", "make-certificates", NULL);
  g_autofree char *authority = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) maker = NULL;

  self->folder = g_dir_make_tmp ("barua-certificates-XXXXXX", &error);
  g_assert_no_error (error);
  maker = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "bash", script, self->folder,
                            NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (maker, NULL, &error);
  g_assert_no_error (error);
  authority = g_build_filename (self->folder, "ca.pem", NULL);
  self->trust = g_tls_file_database_new (authority, &error);
  g_assert_no_error (error);
  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  for (const char *name = folder != NULL ? g_dir_read_name (folder) : NULL; name != NULL;
       name = g_dir_read_name (folder))
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (g_file_test (below, G_FILE_TEST_IS_DIR))
        remove_tree (below);
      else
        g_unlink (below);
    }
  g_rmdir (path);
}

void
test_certificates_free (TestCertificates *self)
{
  remove_tree (self->folder);
  g_free (self->folder);
  g_object_unref (self->trust);
  g_free (self);
}

GTlsDatabase *
test_certificates_get_trust (TestCertificates *self)
{
  return self->trust;
}

GTlsCertificate *
test_certificates_load (TestCertificates *self, const char *name)
{
  g_autofree char *chain = g_build_filename (self->folder, name, "chain.pem", NULL);
  g_autofree char *key = g_build_filename (self->folder, name, "key.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (chain, key, &error);

  g_assert_no_error (error);
  return certificate;
}
