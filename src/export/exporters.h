#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/* The list's own header: nobody but exporters.c and tests needs the exporters by name. */

G_END_DECLS
