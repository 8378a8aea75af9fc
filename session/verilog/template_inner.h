/* template_inner.h - writes ports and names; for session/verilog/template*.c only. */
#ifndef POSEDGE_TEMPLATE_INNER_H
#define POSEDGE_TEMPLATE_INNER_H

#include <stdbool.h>

#include "session/base/str.h"
#include "session/verilog/lang.h"
#include "session/verilog/verilog.h"

/* Adds a name; an escaped one with the blank that ends it. */
void template_name(const char *name, struct str *out);

/* "NAME", or "NAME_" and so on, such that no port or parameter of m has that
 * name; the caller frees. */
char *template_free_name(const struct vmodule *m, const char *name);

/* Adds an instance from "MODULE" to ");" with one line ".a(a)," per port. */
void template_connect(const struct vmodule *m, const char *instance, const char *indent,
		      struct str *out);

enum port_shape {
	SHAPE_BITS,   /* packed bits of any width */
	SHAPE_NUMBER, /* int, real */
	SHAPE_NAMED,  /* a user-defined type */
	SHAPE_INTERFACE,
};

enum port_shape template_shape(const struct vport *p);

/* Declares a signal for the port in a testbench, without a value. driven: an
 * initial block assigns it. */
void template_declare(const struct vport *p, enum lang lang, bool driven, struct str *out);

/* The files of new/, as the build embeds them; the last one has a NULL name. */
extern const struct template_file {
	const char *name, *text;
} template_files[];

bool template_is_clock(const struct vport *p);
bool template_is_reset(const struct vport *p, bool *low);

#endif
