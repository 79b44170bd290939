#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestCertificates:
 *
 * A temporary folder with all that make-certificates makes; see there for the names of
 * the cases.
 */
typedef struct _TestCertificates TestCertificates;

/**
 * test_certificates_new:
 *
 * Makes all certificates afresh, which takes about half a second.
 *
 * Returns: (transfer full): the certificates
 */
TestCertificates *test_certificates_new (void);

/**
 * test_certificates_free:
 * @self: (transfer full): certificates; their folder is removed
 */
void test_certificates_free (TestCertificates *self);

/**
 * test_certificates_get_trust:
 * @self: certificates
 *
 * Returns: (transfer none): a database that trusts ca.pem and nothing else
 */
GTlsDatabase *test_certificates_get_trust (TestCertificates *self);

/**
 * test_certificates_load:
 * @self: certificates
 * @name: a case: "good", "expired"…
 *
 * Returns: (transfer full): the chain of that case with its key
 */
GTlsCertificate *test_certificates_load (TestCertificates *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestCertificates, test_certificates_free)

G_END_DECLS
