#pragma once

#include "account/service.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaSheetRow:
 * @name: what a mail program asks for; translated
 * @value: what is to be filled in there
 * @is_exact: whether @value is to be copied letter by letter, and is no description
 *
 * One line of a sheet of settings.
 */
typedef struct
{
  char *name;
  char *value;
  gboolean is_exact;
} BaruaSheetRow;

/**
 * BaruaSheetGroup:
 * @title: what the group is for; translated
 * @note: (nullable): another way that is possible; a translated sentence
 * @rows: (element-type BaruaSheetRow): the lines
 *
 * The settings of one service.
 */
typedef struct
{
  char *title;
  char *note;
  GPtrArray *rows;
} BaruaSheetGroup;

/**
 * barua_sheet_new:
 * @services: (array length=n_services): services; those of one protocol stand together,
 *   the one to choose first
 * @n_services: how many
 * @username: (nullable): the address; %NULL for anybody's
 *
 * Returns: (transfer full) (element-type BaruaSheetGroup): what people search the web
 *   for: server, port, encryption, user name and kind of password of each protocol
 */
GPtrArray *
barua_sheet_new (const BaruaService *services, gsize n_services, const char *username);

/**
 * barua_sheet_group_add:
 * @self: a group
 * @name: what a mail program asks for; translated
 * @value: what is to be filled in there
 * @is_exact: whether it is to be copied letter by letter
 */
void barua_sheet_group_add (BaruaSheetGroup *self,
                            const char *name,
                            const char *value,
                            gboolean is_exact);

/**
 * barua_sheet_group_new:
 * @title: what it is for; translated
 *
 * Returns: (transfer full): a group without a line
 */
BaruaSheetGroup *barua_sheet_group_new (const char *title);

/**
 * barua_sheet_group_free:
 * @self: (transfer full): a group
 */
void barua_sheet_group_free (BaruaSheetGroup *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaSheetGroup, barua_sheet_group_free)

G_END_DECLS
