/* tools.h - the tools' functions, as the table of toolbox.c names them. */
#ifndef POSEDGE_TOOLS_H
#define POSEDGE_TOOLS_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/base/err.h"

struct str;
struct workbench;

bool tool_read_file(struct workbench *w, const cJSON *args, struct str *out, struct err *err);
bool tool_search(struct workbench *w, const cJSON *args, struct str *out, struct err *err);
bool tool_design(struct workbench *w, const cJSON *args, struct str *out, struct err *err);
bool tool_lint(struct workbench *w, const cJSON *args, struct str *out, struct err *err);
bool tool_simulate(struct workbench *w, const cJSON *args, struct str *out, struct err *err);
bool tool_wave(struct workbench *w, const cJSON *args, struct str *out, struct err *err);
bool tool_propose_edit(struct workbench *w, const cJSON *args, struct str *out, struct err *err);

#endif
