#pragma once

#include "ui/trip.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaPage:
 *
 * What one page of the window is derived from. Properties:
 *
 * - "trip" (construct only): what the pages of the path share
 * - "title": what the page is called; translated
 * - "next-label": (nullable): what the window's button says that leads on; %NULL for no
 *   such button
 * - "next-plain": whether that button is not what is suggested
 * - "help-topic": (nullable): which topic of the help tells of the page: a
 *   #BaruaHelpTopic's id; %NULL for none
 * - "complete": whether it can be gone on from here
 * - "busy": whether something is under way that is waited for
 *
 * Signals:
 *
 * - "proceed": the page has all it needs: the window goes on, as if the button had been
 *   pressed
 * - "kept": what was signed in with is kept: pages of the path forget what was typed
 *
 * A page knows the trip and values, and nothing of the window: where else it leads, it
 * says with the window's actions ("win.open", "win.restart", "win.toast").
 */
#define BARUA_TYPE_PAGE (barua_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (BaruaPage, barua_page, BARUA, PAGE, AdwBin)

/**
 * BaruaPageClass:
 * @parent_class: the parent's
 * @enter: (nullable): the page comes into view, for the first time or again; what the
 *   trip knows may have changed
 * @leave: (nullable): the page goes out of view: whatever is under way ends at once
 * @forget: (nullable): a secret that was typed here is kept where it belongs: it is to
 *   go from the page
 * @apply_async: (nullable): the button that leads on was pressed; without it a page
 *   leads on at once
 * @apply_finish: ends @apply_async; %FALSE, without an error too, stays on the page,
 *   which has said why
 */
struct _BaruaPageClass
{
  AdwBinClass parent_class;

  void (*enter) (BaruaPage *self);
  void (*leave) (BaruaPage *self);
  void (*forget) (BaruaPage *self);
  void (*apply_async) (BaruaPage *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*apply_finish) (BaruaPage *self, GAsyncResult *result, GError **error);
};

/**
 * barua_page_get_trip:
 * @self: a page
 *
 * Returns: (transfer none): what the pages of the path share
 */
BaruaTrip *barua_page_get_trip (BaruaPage *self);

/**
 * barua_page_get_title:
 * @self: a page
 *
 * Returns: what the page is called, translated
 */
const char *barua_page_get_title (BaruaPage *self);

/**
 * barua_page_set_title:
 * @self: a page
 * @title: what it is called now, translated
 */
void barua_page_set_title (BaruaPage *self, const char *title);

/**
 * barua_page_get_next_label:
 * @self: a page
 *
 * Returns: (nullable): what the button says that leads on
 */
const char *barua_page_get_next_label (BaruaPage *self);

/**
 * barua_page_set_next_label:
 * @self: a page
 * @label: (nullable): what the button says, translated; %NULL for none
 */
void barua_page_set_next_label (BaruaPage *self, const char *label);

/**
 * barua_page_get_next_plain:
 * @self: a page
 *
 * Returns: whether the button that leads on is not what is suggested
 */
gboolean barua_page_get_next_plain (BaruaPage *self);

/**
 * barua_page_set_next_plain:
 * @self: a page
 * @plain: whether something else is suggested than to go on
 */
void barua_page_set_next_plain (BaruaPage *self, gboolean plain);

/**
 * barua_page_get_help_topic:
 * @self: a page
 *
 * Returns: (nullable): which topic of the help tells of it
 */
const char *barua_page_get_help_topic (BaruaPage *self);

/**
 * barua_page_set_help_topic:
 * @self: a page
 * @id: (nullable): which topic of the help tells of it now
 */
void barua_page_set_help_topic (BaruaPage *self, const char *id);

/**
 * barua_page_get_complete:
 * @self: a page
 *
 * Returns: whether it can be gone on from here
 */
gboolean barua_page_get_complete (BaruaPage *self);

/**
 * barua_page_set_complete:
 * @self: a page
 * @complete: whether it can be gone on from here
 */
void barua_page_set_complete (BaruaPage *self, gboolean complete);

/**
 * barua_page_get_busy:
 * @self: a page
 *
 * Returns: whether something is under way that is waited for
 */
gboolean barua_page_get_busy (BaruaPage *self);

/**
 * barua_page_set_busy:
 * @self: a page
 * @busy: whether something is under way
 */
void barua_page_set_busy (BaruaPage *self, gboolean busy);

/**
 * barua_page_proceed:
 * @self: a page
 *
 * Says that the page has all it needs, so that the window goes on by itself.
 */
void barua_page_proceed (BaruaPage *self);

/**
 * barua_page_set_kept:
 * @self: a page
 *
 * Says that what was signed in with is kept, so that it goes from the trip and from the
 * page where it was typed.
 */
void barua_page_set_kept (BaruaPage *self);

/**
 * barua_page_enter:
 * @self: a page that comes into view; to be called by the window
 */
void barua_page_enter (BaruaPage *self);

/**
 * barua_page_leave:
 * @self: a page that goes out of view; to be called by the window
 */
void barua_page_leave (BaruaPage *self);

/**
 * barua_page_forget:
 * @self: a page of whose path something was kept; to be called by the window
 */
void barua_page_forget (BaruaPage *self);

/**
 * barua_page_apply_async:
 * @self: a page
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Does what is to be done before the next page. To be called by the window.
 */
void barua_page_apply_async (BaruaPage *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * barua_page_apply_finish:
 * @self: a page
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, or what the page has shown already
 *
 * Returns: whether to go on
 */
gboolean barua_page_apply_finish (BaruaPage *self, GAsyncResult *result, GError **error);

G_END_DECLS
