/* verilog_build.h - an outline under construction.
 *
 * Internal header, for session/verilog/verilog*.c only. Open units form a stack,
 * since packages contain classes and modules may be nested.
 */
#ifndef POSEDGE_VERILOG_BUILD_H
#define POSEDGE_VERILOG_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/text/name_map.h"
#include "session/verilog/verilog.h"
#include "session/verilog/verilog_calls.h"
#include "session/verilog/verilog_scan.h"
#include "session/verilog/verilog_types.h"

#define VBUILD_MAX   10000u /* of each kind */
#define VBUILD_DEPTH 64u    /* nesting of units */

struct vopen {
	size_t unit;   /* index in the outline */
	bool included; /* its keyword is in an included file */
	size_t cap_ports, cap_params, cap_instances, cap_imports, cap_heads, cap_calls;
	struct name_map ports; /* of a module whose header only lists names; to their index */
	struct name_map imports, heads, calls;
	bool has_header_params; /* #( ): parameters in the body are then local */
	size_t depth;		/* of begin ... end */
};

/* NAME = "value" in a unit. */
struct vliteral {
	char *unit, *name, *value;
};

struct vbuild {
	struct vscan s;
	struct vcalls calls;
	struct vtypes types;
	struct voutline *o;
	size_t cap_modules, cap_binds, cap_data, cap_data_params, cap_plusargs;
	struct vliteral *literals;
	size_t n_literals, cap_literals;
	/* Whether the file has units or ends of them, and which items outside of units. */
	bool has_units, outside_subs, outside_types, outside_decls, outside_items, outside_config;
	struct vopen stack[VBUILD_DEPTH];
	size_t depth;
	struct strv file_imports; /* outside of units: apply to all following units */
	/* Bytes that may still be copied. Many ports can share one type, so a
	 * small text could otherwise produce a huge outline. */
	size_t budget;
};

void vbuild_token(void *ctx, const struct vtok *prev, const struct vtok *cur,
		  const struct vtok *next);

struct vopen *vbuild_top(struct vbuild *b);    /* NULL: no unit is open */
struct vmodule *vbuild_unit(struct vbuild *b); /* the innermost; NULL: none */

/* Append a zeroed element to a list and return it; NULL if a limit is reached.
 * cost: in bytes. */
struct vport *vbuild_port(struct vbuild *b, size_t cost);
struct vparam *vbuild_param(struct vbuild *b, size_t cost);
struct vinstance *vbuild_instance(struct vbuild *b, size_t cost);
struct vbind *vbuild_bind(struct vbuild *b, size_t cost); /* outside of units */
/* Also callbacks of vscan; ctx is the vbuild. */
void vbuild_import(void *ctx, const struct vtok *name);
void vbuild_head(void *ctx, const struct vtok *name);
void vbuild_call(struct vbuild *b, const struct vtok *name);

/* Opens a unit inside the innermost one; false if a limit is reached. */
bool vbuild_open(struct vbuild *b, enum vunit_kind kind, const struct vtok *keyword,
		 const struct vtok *name);

/* Closes the innermost unit at byte off; line 0: the text ended first. included:
 * its end is in an included file; a unit that is there completely is dropped. */
void vbuild_close(struct vbuild *b, size_t off, int line, bool included);

/* verilog_decl.c: cur is at the bracket after "#"; at the one that opens the
 * ports; or, in a body, at "input" or "parameter". All stop after what they
 * understand. */
void vdecl_header_params(struct vbuild *b);
void vdecl_header_ports(struct vbuild *b);
void vdecl_body_params(struct vbuild *b);
void vdecl_body_ports(struct vbuild *b);
/* at "reg" or "wire": may be the type of an earlier port */
void vdecl_body_type(struct vbuild *b);

/* verilog_facts.c: callbacks for vcalls; ctx is the vbuild. */
void vfacts_call(void *ctx, const struct vcall *c);
void vfacts_literal(void *ctx, const struct vtok *name, const struct vtok *value);
void vfacts_override(void *ctx, const struct vtok *module, const struct vtok *name, size_t position,
		     const struct vtok *value);
void vfacts_outside(struct vbuild *b,
		    const struct vtok *first); /* an item that starts outside of units */
void vfacts_includes(struct voutline *o);      /* lists those of the file itself, as written */
void vfacts_finish(struct vbuild *b);	       /* at the end of the text */
/* True if the bytes are not text that a tool reads, such as UTF-16; *kind says what
 * they are. */
bool vfacts_unreadable(const char *text, size_t len, enum vfile_kind *kind);
enum vfile_kind vfacts_kind(const struct vbuild *b, bool directives, bool dead, bool tool);
void vfacts_fini(struct voutline *o);

void vmodule_fini(struct vmodule *m);

#endif
