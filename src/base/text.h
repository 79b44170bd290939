#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_TEXT_SERVER_MAX:
 *
 * The most characters of a server's own words that a person is shown.
 */
#define BARUA_TEXT_SERVER_MAX 500

/**
 * barua_text_printable:
 * @bytes: (array length=length): anything at all
 * @length: how many bytes, or -1 when @bytes ends with NUL
 * @characters: the most characters to keep, or 0 for all
 *
 * Makes foreign bytes fit to be shown in a terminal, a label or a file: valid UTF-8
 * without C0, C1, bidirectional, tag and other invisible control characters, and without
 * combining marks that stand on nothing or pile up. Line feeds and tabs stay; a network
 * line end becomes a line feed; whatever else is taken out is replaced with U+FFFD, and
 * what is cut off at the end with "…".
 *
 * Returns: (transfer full): the text
 */
char *barua_text_printable (const char *bytes, gssize length, gsize characters);

/**
 * barua_text_one_line:
 * @bytes: (array length=length): anything at all
 * @length: how many bytes, or -1 when @bytes ends with NUL
 * @characters: the most characters to keep, or 0 for all
 *
 * Like barua_text_printable(), with every run of white space folded into one blank.
 *
 * Returns: (transfer full): the text
 */
char *barua_text_one_line (const char *bytes, gssize length, gsize characters);

/**
 * barua_text_host_in_domain:
 * @host: a host name, with or without a final dot
 * @domain: a domain
 *
 * Returns: whether @host is @domain or lies below it, letter case aside. Compares whole
 *   labels: "evilgoogle.com" is not in "google.com"
 */
gboolean barua_text_host_in_domain (const char *host, const char *domain);

G_END_DECLS
