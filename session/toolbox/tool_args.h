/* tool_args.h - checked access to arguments written by a model; for session/toolbox
 * only. The text of each failure is sent to the model. */
#ifndef POSEDGE_TOOL_ARGS_H
#define POSEDGE_TOOL_ARGS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

/* *value is borrowed from args; NULL if absent. False: it is not a string, or it is
 * needed and absent. */
bool arg_text(const cJSON *args, const char *name, bool needed, const char **value,
	      struct err *err);

/* A whole number from least to most; `otherwise` if absent. */
bool arg_number(const cJSON *args, const char *name, uint64_t least, uint64_t most,
		uint64_t otherwise, uint64_t *value, struct err *err);

/* The argument "path", a path in the project that a tool may name: below the root, without hidden
 * folders. The caller frees *rel. */
bool arg_path(const char *root, const cJSON *args, char **rel, struct err *err);

#endif
