/* vpp.h - the Verilog preprocessor: a file as the compiler sees it.
 *
 * Processes the directives of a text (IEEE 1800-2017, clause 22) and returns its
 * tokens one by one: only those of active `ifdef branches, with macros expanded
 * and included files in place. Every token knows its bytes and line in the first
 * text; tokens from a macro or an included file have the position of the macro's
 * use or of the `include.
 *
 * Pure: a callback supplies the text of included files. Never fails and does not
 * recurse. What exceeds a limit is dropped with a note:
 *     macros within macros     64 deep
 *     files within files       16 deep, a file at most once within itself
 *     bytes made by macros     1 MiB plus 32 for each byte read, 17 MiB in all
 *     bytes of included files  32 MiB in all
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
#define VPP_INCLUDES_MAX    4096u  /* files included by one text, counting repetitions */
#define VPP_LIST_MAX	    10000u /* entries per list below */

struct vpp_token {
	enum vtoken_kind kind; /* never SPACE or COMMENT; DIRECTIVE: an undefined macro */
	bool gap;	       /* white space or a comment precedes it */
	bool included;	       /* from an included file */
	bool sv_word;	       /* see struct vtoken */
	unsigned char word;
	const char *s; /* len bytes, borrowed until vpp_free() */
	size_t len;
	size_t left;	/* bytes from s to the end of its text, including len */
	size_t off, to; /* byte range in the first text */
	int line;	/* in the first text, 1-based */
};

struct vpp;

/* text and what env refers to must outlive it. path: name of text, for __FILE__
 * and the callback. env may be NULL: nothing is defined, nothing can be included. */
struct vpp *vpp_new(const char *path, const char *text, size_t len, const struct vpp_env *env);
void vpp_free(struct vpp *p); /* NULL is fine */

bool vpp_next(struct vpp *p, struct vpp_token *t); /* false at the end; t then has the position */

/* State at the current position; after the end, the state for a following file. */
const struct vmacros *vpp_macros(const struct vpp *p); /* without env's */
struct vtimescale vpp_timescale(const struct vpp *p);  /* by `timescale */
const char *vpp_nettype(const struct vpp *p);	       /* of `default_nettype; "": none given */

/* Results so far. The lists move to the caller and are empty afterwards. */
void vpp_take_uses(struct vpp *p, struct vmacro_use **v, size_t *n);
void vpp_take_includes(struct vpp *p, struct vinclude **v, size_t *n);
void vpp_take_notes(struct vpp *p, struct strv *notes);
struct vmacros *vpp_take_macros(struct vpp *p);
bool vpp_saw_directive(const struct vpp *p); /* a `define or the like in the first text */
bool vpp_saw_dead(const struct vpp *p);	     /* tokens in an inactive branch of the first text */
bool vpp_saw_tool(
	const struct vpp
		*p); /* a test for a macro that one of the tools predefines, such as VERILATOR */
bool vpp_saw_2005(const struct vpp *p); /* a directive missing in Verilog-2001 */

/* Parses "1ns" or "100 ps" to a power of ten, -9 or -10; false if it is no such time. */
bool vpp_time(const char *s, size_t len, int *exponent);

#endif
