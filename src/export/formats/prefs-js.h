#pragma once

#include "export/formats/key-file.h"

G_BEGIN_DECLS

/**
 * BaruaPrefs:
 *
 * A file of Mozilla's settings, prefs.js or user.js: user_pref("name", value); with
 * comments of three kinds between. The value is a string, a whole number, true or false;
 * of a name that comes twice the last one holds. Everything that is not changed stays
 * byte for byte: comments, order, blanks, line ends, quotes.
 */
typedef struct _BaruaPrefs BaruaPrefs;

/**
 * barua_prefs_new:
 * @text: (nullable): any text; %NULL for an empty one
 * @length: how many bytes, or -1 when @text ends with NUL
 * @name: what people call the file, for the message of an error; printable
 * @error: %BARUA_EXPORT_ERROR_UNREADABLE, with the line that cannot be understood
 *
 * Reads such a file by the rules of Mozilla's own reader. That one drops what it cannot
 * read, so a file with an error in it is none that can be added to.
 *
 * Returns: (transfer full) (nullable): the settings
 */
BaruaPrefs *
barua_prefs_new (const char *text, gssize length, const char *name, GError **error);

/**
 * barua_prefs_free:
 * @self: (transfer full): settings
 */
void barua_prefs_free (BaruaPrefs *self);

/**
 * barua_prefs_has:
 * @self: settings
 * @name: a setting
 *
 * Returns: whether it is there
 */
gboolean barua_prefs_has (const BaruaPrefs *self, const char *name);

/**
 * barua_prefs_get_string:
 * @self: settings
 * @name: a setting
 *
 * Returns: (nullable): its text, without quotes and escapes; %NULL if it is not there or
 *   no string. Valid until the setting is changed
 */
const char *barua_prefs_get_string (const BaruaPrefs *self, const char *name);

/**
 * barua_prefs_get_text:
 * @self: settings
 * @name: a setting
 *
 * Returns: (nullable): its value whatever its kind, without quotes and escapes; %NULL if
 *   it is not there. Valid until the setting is changed
 */
const char *barua_prefs_get_text (const BaruaPrefs *self, const char *name);

/**
 * barua_prefs_get_int:
 * @self: settings
 * @name: a setting
 * @value: (out): what it is
 *
 * Returns: whether it is there and a number
 */
gboolean barua_prefs_get_int (const BaruaPrefs *self, const char *name, int *value);

/**
 * barua_prefs_get_bool:
 * @self: settings
 * @name: a setting
 * @value: (out): what it is
 *
 * Returns: whether it is there and true or false
 */
gboolean barua_prefs_get_bool (const BaruaPrefs *self, const char *name, gboolean *value);

/**
 * barua_prefs_list:
 * @self: settings
 * @prefix: how their names begin
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, each once, sorted
 */
char **barua_prefs_list (const BaruaPrefs *self, const char *prefix);

/**
 * barua_prefs_locate:
 * @self: settings
 * @name: a setting that was there when they were read
 * @span: (out): where its value stands, quotes and all, in the text that was read
 *
 * Returns: whether it was there
 */
gboolean barua_prefs_locate (const BaruaPrefs *self, const char *name, BaruaSpan *span);

/**
 * barua_prefs_set_string:
 * @self: settings
 * @name: a setting
 * @value: any text
 *
 * Sets a value, in its place where there is one, else at the end. Nothing is touched
 * where it is that already.
 */
void barua_prefs_set_string (BaruaPrefs *self, const char *name, const char *value);

/**
 * barua_prefs_set_int:
 * @self: settings
 * @name: a setting
 * @value: a number
 *
 * The same for a number.
 */
void barua_prefs_set_int (BaruaPrefs *self, const char *name, int value);

/**
 * barua_prefs_set_bool:
 * @self: settings
 * @name: a setting
 * @value: true or false
 *
 * The same for true and false.
 */
void barua_prefs_set_bool (BaruaPrefs *self, const char *name, gboolean value);

/**
 * barua_prefs_dup_text:
 * @self: settings
 * @length: (out) (optional): how many bytes
 *
 * Returns: (transfer full): the whole file
 */
char *barua_prefs_dup_text (const BaruaPrefs *self, gsize *length);

/**
 * barua_prefs_quote:
 * @text: any text
 *
 * Returns: (transfer full): @text as Mozilla writes a string, quotes and all
 */
char *barua_prefs_quote (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaPrefs, barua_prefs_free)

G_END_DECLS
