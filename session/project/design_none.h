/* design_none.h - why a project has no testbench. */
#ifndef POSEDGE_DESIGN_NONE_H
#define POSEDGE_DESIGN_NONE_H

#include <stdbool.h>

#include "session/base/err.h"

struct project;

/* Sets err to a sentence that names what the nearest candidate lacks: an include, or a macro
 * that selects its code. Always false. */
bool design_none(const struct project *p, struct err *err);

#endif
