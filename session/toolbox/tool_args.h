/* tool_args.h - arguments as a model wrote them, taken with care; for
 * session/toolbox only. Each failure is a sentence that the model is told. */
#ifndef POSEDGE_TOOL_ARGS_H
#define POSEDGE_TOOL_ARGS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

/* False: it is there and no string; or it is not there and needed. *value NULL:
 * not there. Borrowed from args. */
bool arg_text(const cJSON *args, const char *name, bool needed, const char **value,
	      struct err *err);

/* A whole number from least to most; not there: otherwise. */
bool arg_number(const cJSON *args, const char *name, uint64_t least, uint64_t most,
		uint64_t otherwise, uint64_t *value, struct err *err);

/* A path of the project as a tool may name it: below the root, none of its
 * folders hidden. *rel is the caller's. */
bool arg_path(const char *root, const cJSON *args, const char *name, char **rel, struct err *err);

#endif
