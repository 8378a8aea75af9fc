/* black_box_scan.h - how modules without a source are instantiated.
 *
 * Internal header for session/project/black_box*.c. Extracts the instances of
 * chosen modules from the tokens of a file: the ports and parameters they name or
 * their number by position, and the signals they connect.
 */
#ifndef POSEDGE_BLACK_BOX_SCAN_H
#define POSEDGE_BLACK_BOX_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct project;

struct box_shape {
	char *module;
	struct strv ports, params; /* by name */
	size_t n_ports, n_params;  /* by position */
	struct strv nets;	   /* NAME of "module.NAME" */
};

struct box_instance {
	struct box_shape shape;
	char *name;	     /* NULL: unnamed */
	int first, last;     /* line numbers */
	struct strv signals; /* names in its connections */
};

/* Calls on_instance for each instance of a module that wants() accepts; the
 * argument is borrowed for the call. A name in the module, "glbl.GSR", is reported as an
 * instance without connections and with first 0. Defparams for these instances are reported
 * at the end, as an instance without connections and with first 0. text NULL: as
 * in the project. Limited to 4,096 ports per instance, 4,096 instances and
 * defparams. */
void box_scan(const struct project *p, const char *path, const char *text, size_t len,
	      bool (*wants)(void *ctx, const char *module, size_t len),
	      void (*on_instance)(void *ctx, const struct box_instance *in), void *ctx);

/* The same for the remaining tokens of pp. */
struct vpp;
void box_scan_tokens(struct vpp *pp, bool (*wants)(void *ctx, const char *module, size_t len),
		     void (*on_instance)(void *ctx, const struct box_instance *in), void *ctx);

/* Name of the vendor or PDK library that the module belongs to in this project, or NULL.
 * *pattern: the glob that matched. Both are constant. */
const char *box_library(const struct project *p, const char *module, const char **pattern);
/* The library whose models refer to this module without instantiating it, as Xilinx's do to
 * glbl.GSR, or NULL. */
const char *box_library_of_global(const char *name);
const char *box_global(const char *name); /* the same name, constant; NULL if it is none */

/* The undefined macro that would exclude that line if it were defined: the line
 * is in an `ifndef, or in the `else of an `ifdef. The caller frees; NULL if there
 * is none. */
char *box_condition(const struct project *p, const char *path, int line);

/* Writes a module that fits these instances. types: names of parameters that are types. */
void box_shape_print(const struct box_shape *s, const struct strv *types, struct str *out);
void box_shape_fini(struct box_shape *s);

#endif
