/* vpp.h - the Verilog preprocessor: a file as the compiler sees it.
 *
 * Reads a text through its directives (IEEE 1800-2017, clause 22) and gives
 * its tokens one by one: only of the branches of `ifdef that hold, with macros
 * expanded and included files in their place. Every token knows the bytes and
 * the line of the first text that it comes from; what a macro or an included
 * file brings lies at the macro's use or at the `include.
 *
 * Pure: a callback brings the text of an included file. Never fails and does
 * not recurse; what is over a limit is left out and said in a note:
 *	macros within macros		64 deep
 *	files within files		16 deep, a file at most once in itself
 *	bytes that macros make		1 MiB and 32 for each byte that is read, 17 MiB in all
 *	bytes of included files		32 MiB in all
 */
#ifndef POSEDGE_VPP_H
#define POSEDGE_VPP_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vmacros.h"

#define VPP_MACRO_DEPTH	    64u
#define VPP_FILE_DEPTH	    16u
#define VPP_MACRO_BYTES	    (1u << 20)
#define VPP_MACRO_BYTES_MAX (16u << 20)
#define VPP_FILE_BYTES	    (32u << 20)
#define VPP_INCLUDES_MAX    4096u  /* files included by one text, each as often as it is */
#define VPP_LIST_MAX	    10000u /* entries in each list below */

struct vpp_token {
	enum vtoken_kind
		kind;  /* neither SPACE nor COMMENT; DIRECTIVE: a macro that is not defined */
	bool gap;      /* something blank stood before it */
	bool included; /* of an included file */
	bool sv_word;  /* see struct vtoken */
	unsigned char word;
	const char *s; /* len bytes, borrowed until vpp_free */
	size_t len;
	size_t left;	/* bytes from s to the end of the text that it stands in, len among them */
	size_t off, to; /* bytes of the first text */
	int line;	/* in the first text, 1-based */
};

struct vpp;

/* text must outlive it, as must what env gives. path is the name of text for
 * __FILE__ and for the callback; env may be NULL: nothing is defined, nothing
 * can be included. */
struct vpp *vpp_new(const char *path, const char *text, size_t len, const struct vpp_env *env);
void vpp_free(struct vpp *p); /* NULL is fine */

bool vpp_next(struct vpp *p, struct vpp_token *t); /* false: the end; t then says where */

/* What holds at this place; after the end: what a next file would meet. */
const struct vmacros *vpp_macros(const struct vpp *p); /* without env's */
struct vtimescale vpp_timescale(const struct vpp *p);  /* by `timescale */
const char *vpp_nettype(const struct vpp *p);	       /* by `default_nettype; "" = none said */

/* What was met so far. The lists move to the caller and are empty then. */
void vpp_take_uses(struct vpp *p, struct vmacro_use **v, size_t *n);
void vpp_take_includes(struct vpp *p, struct vinclude **v, size_t *n);
void vpp_take_notes(struct vpp *p, struct strv *notes);
struct vmacros *vpp_take_macros(struct vpp *p);
bool vpp_saw_directive(const struct vpp *p); /* a `define or the like in the first text */
bool vpp_saw_dead(
	const struct vpp *p); /* tokens in a branch of the first text that does not hold */
bool vpp_saw_tool(
	const struct vpp
		*p); /* a question for what one of the tools defines by itself, as VERILATOR */
bool vpp_saw_2005(const struct vpp *p); /* a directive that Verilog-2001 lacks */

/* "1ns", "100 ps": the power of ten, -9, -10; false: it is no such time. */
bool vpp_time(const char *s, size_t len, int *exponent);

#endif
