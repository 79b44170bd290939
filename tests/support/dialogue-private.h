#pragma once

#include "support/dialogue.h"

G_BEGIN_DECLS

typedef enum
{
  ITEM_LINE,
  ITEM_RAW,
  ITEM_CLIENT,
  ITEM_SKIP,
  ITEM_TLS,
  ITEM_WAIT,
  ITEM_DRIP,
  ITEM_CLOSE,
  ITEM_RESET,
  ITEM_HANG,
} DialogueItemKind;

typedef struct
{
  DialogueItemKind kind;
  guint line;
  guint number;
  char *text;
} DialogueItem;

typedef struct
{
  BaruaStage stage;
  BaruaOutcome outcome;
  guint code;
} DialogueStep;

struct _Dialogue
{
  char *name;
  BaruaService service;
  BaruaLogin *login;
  BaruaGoal goal;
  GPtrArray *items;
  GArray *steps;
  GPtrArray *offered;
  GPtrArray *lacking;
  GPtrArray *hidden;
  char *words;
  char *challenge;
  char *detail;
  char *mechanism;
  char *found;
  char *moved;
  GPtrArray *folders;
};

/* What the variables of a dialogue stand for; each may be NULL. */
typedef struct
{
  const char *user;
  const char *secret;
  const char *tag;
} DialogueValues;

/* The words for BaruaOutcome in a dialogue, in its order. */
extern const char *const DIALOGUE_OUTCOMES[BARUA_OUTCOME_MISSING + 1];

/* Appends the text from @p to @end with what its escapes and variables stand for. */
void dialogue_expand (const char *p,
                      const char *end,
                      const DialogueValues *values,
                      GString *out);

G_END_DECLS
