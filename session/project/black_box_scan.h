/* black_box_scan.h - how a module without a source is instantiated.
 *
 * Inner header: for session/black_box*.c only. Reads the instances of chosen
 * modules off the tokens of a file: the ports and parameters that they name, or
 * how many they give by position, and which signals they connect.
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
};

struct box_instance {
	struct box_shape shape;
	char *name;	     /* NULL: it has none */
	int first, last;     /* lines */
	struct strv signals; /* names in its connections */
};

/* Calls on_instance for each instance of a module that wants() takes; borrowed for
 * the call. What `defparam` says of instances that came up comes at the end, as an
 * instance without connections and with first 0. text NULL: as it is in the
 * project. At most 4,096 ports of one, 4,096 instances and defparams. */
void box_scan(const struct project *p, const char *path, const char *text, size_t len,
	      bool (*wants)(void *ctx, const char *module, size_t len),
	      void (*on_instance)(void *ctx, const struct box_instance *in), void *ctx);

/* The same of the tokens that pp has left. */
struct vpp;
void box_scan_tokens(struct vpp *pp, bool (*wants)(void *ctx, const char *module, size_t len),
		     void (*on_instance)(void *ctx, const struct box_instance *in), void *ctx);

/* The vendor's or the PDK's library that the module is of, by its name; NULL: of none
 * that is known. *pattern: the glob that tells. Both are constant. */
const char *box_library(const char *module, const char **pattern);

/* The macro that nobody defines and that would leave out what stands in that line: it
 * is in an `ifndef, or in the `else of an `ifdef. To be freed; NULL: there is none. */
char *box_condition(const struct project *p, const char *path, int line);

/* The module that fits these instances; types: names of parameters that are types. */
void box_shape_print(const struct box_shape *s, const struct strv *types, struct str *out);
void box_shape_fini(struct box_shape *s);

#endif
