/* why_unnamed.h - variables of blocks without a name; for session/why only. */
#ifndef POSEDGE_WHY_UNNAMED_H
#define POSEDGE_WHY_UNNAMED_H

#include "session/why/why_inner.h"

/* Adds to w->signals what the trace has of them under a name of its own. */
void unnamed_bind(struct why *w);

#endif
