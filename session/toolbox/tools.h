/* tools.h - posedge's own tools: the table and its functions. */
#ifndef POSEDGE_TOOLS_H
#define POSEDGE_TOOLS_H

#include "session/toolbox/toolbox.h"

extern const struct tool own_tools[]; /* ends with a NULL name */

bool tool_read_file(struct tool_call *c, struct err *err);
bool tool_search(struct tool_call *c, struct err *err);
bool tool_design(struct tool_call *c, struct err *err);
bool tool_lint(struct tool_call *c, struct err *err);
bool tool_simulate(struct tool_call *c, struct err *err);
bool tool_wave(struct tool_call *c, struct err *err);
bool tool_why(struct tool_call *c, struct err *err);
bool tool_propose_edit(struct tool_call *c, struct err *err);
bool tool_ask_person(struct tool_call *c, struct err *err);
bool tool_done(struct tool_call *c, struct err *err);

/* tools_wave.c: describes a dump for a model: time unit, end, signals, last cycles.
 * Call in a task. */
struct workbench;
bool wave_summary(struct workbench *w, const char *path, struct str *out, struct err *err);

#endif
