/* flow_rows.h - the flows, each in its own file. For flow.c only. */
#ifndef POSEDGE_FLOW_ROWS_H
#define POSEDGE_FLOW_ROWS_H

#include "session/flow/flow.h"

extern const struct flow_row flow_assert;
extern const struct flow_row flow_clarify;
extern const struct flow_row flow_complete;
extern const struct flow_row flow_differ;
extern const struct flow_row flow_explain;
extern const struct flow_row flow_plan;
extern const struct flow_row flow_solve;
extern const struct flow_row flow_tests;
extern const struct flow_row flow_walk;
extern const struct flow_row flow_where; /* never run: see find_row.c */

#endif
