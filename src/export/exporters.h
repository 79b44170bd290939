#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/* The list's own header: nobody but exporters.c and tests needs the exporters by name. */
extern const BaruaExporter barua_exporter_aerc;
extern const BaruaExporter barua_exporter_alpine;
extern const BaruaExporter barua_exporter_apple;
extern const BaruaExporter barua_exporter_autoconfig;
extern const BaruaExporter barua_exporter_balsa;
extern const BaruaExporter barua_exporter_claws_mail;
extern const BaruaExporter barua_exporter_emacs;
extern const BaruaExporter barua_exporter_evolution;
extern const BaruaExporter barua_exporter_exim;
extern const BaruaExporter barua_exporter_fetchmail;
extern const BaruaExporter barua_exporter_geary;
extern const BaruaExporter barua_exporter_getmail;
extern const BaruaExporter barua_exporter_git;
extern const BaruaExporter barua_exporter_gnome_online_accounts;
extern const BaruaExporter barua_exporter_isync;
extern const BaruaExporter barua_exporter_kmail;
extern const BaruaExporter barua_exporter_msmtp;
extern const BaruaExporter barua_exporter_himalaya;
extern const BaruaExporter barua_exporter_mutt;
extern const BaruaExporter barua_exporter_neomutt;
extern const BaruaExporter barua_exporter_offlineimap;
extern const BaruaExporter barua_exporter_postfix;
extern const BaruaExporter barua_exporter_settings;
extern const BaruaExporter barua_exporter_sylpheed;
extern const BaruaExporter barua_exporter_thunderbird;
extern const BaruaExporter barua_exporter_thunderbird_android;

G_END_DECLS
