/* manifest_core.h - shared by the readers of FuseSoC cores and of edalize's EDA metadata.
 *
 * Both formats describe files and parameters with the same keys. For
 * session/manifest/manifest*.c only.
 */
#ifndef POSEDGE_MANIFEST_CORE_H
#define POSEDGE_MANIFEST_CORE_H

#include <stdbool.h>

#include "session/base/json.h"

struct reading;

/* The attributes of a file; borrowed from the JSON. */
struct core_file {
	const char *type; /* file_type; NULL: by extension */
	bool include;
	const char *include_path;
};

/* Sets what object says; the rest of *t stays. */
void core_file_read(struct core_file *t, const cJSON *object);

/* Adds a file that is Verilog, VHDL or data; others are left out. */
void core_add_file(struct reading *r, const char *name, const struct core_file *t);

/* Adds the parameter of all.parameters that a target lists as "NAME" or "NAME=VALUE": a macro, a
 * parameter of the top or a plusarg. Without a value it is not set. */
void core_add_parameter(struct reading *r, const cJSON *all, const char *text);

#endif
