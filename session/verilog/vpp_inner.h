/* vpp_inner.h - the state of the preprocessor; for session/verilog/vpp*.c only. */
#ifndef POSEDGE_VPP_INNER_H
#define POSEDGE_VPP_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vmacros.h"
#include "session/verilog/vpp.h"

/* A text being read: the first one, an included file, or a macro expansion. */
struct vframe {
	const char *text;
	size_t len, off;
	int line;
	int use_line; /* of an expansion: line where the use ends, for __LINE__ */
	enum vlex_state lex;
	bool macro;
	const char *path; /* of the file it is or belongs to */
	size_t conds;	  /* of a file: number of conditions open around it */
};

/* An open `ifdef. */
struct vcond {
	bool outer; /* the enclosing branch is active */
	bool taken; /* one of its branches was active already */
	/* If its first branch tests an undefined macro: index in uses, plus 1; else 0. */
	size_t use;
	bool wants; /* `ifdef, not `ifndef */
};

struct vchunk {
	struct vchunk *next;
	size_t used, size;
	char data[];
};

struct vpp {
	struct vframe frames[VPP_MACRO_DEPTH + VPP_FILE_DEPTH + 1];
	size_t depth; /* number of frames; the last is being read */
	size_t included;
	size_t files; /* how many of these are files */
	const struct vpp_env *env;
	struct vmacros *macros;
	struct vcond *conds;
	size_t n_conds, cap_conds;
	bool dead;	    /* in an inactive branch */
	bool gap;	    /* white space since the last token */
	bool want_include;  /* the next token names a file */
	struct str quoted;  /* text since `" */
	size_t quote_depth; /* frame of the `"; 0: none */
	/* If more than the first text is open: position in the first text. */
	size_t from_off, from_to;
	int from_line;
	struct vchunk *arena; /* expansions; tokens point into them */
	size_t macro_bytes;   /* bytes that may still be created */
	size_t macro_granted; /* part of these granted for the length of texts */
	size_t file_bytes;    /* bytes of included files so far */
	size_t unclosed;      /* uses with unclosed brackets so far */
	struct vtimescale timescale;
	char *nettype;
	bool saw_directive, saw_dead, saw_tool, saw_2005;
	struct vmacro_use *uses;
	size_t n_uses, cap_uses;
	struct vmacros *used; /* to avoid duplicates in uses */
	struct vinclude *includes;
	size_t n_includes, cap_includes;
	struct strv notes;
};

/* vpp_text.c: used by the other parts. */

/* The next raw token of f (f->off < f->len); counts lines. */
struct vtoken vframe_raw(struct vframe *f);
void vframe_token(struct vframe *f, struct vtoken *t);

/* Skips to the end of the line, which a backslash continues. */
void vframe_skip_line(struct vframe *f);

/* Reads a name on the same line; false if there is none. */
bool vframe_name(struct vframe *f, const char **name, size_t *len);

/* Copies len bytes that live as long as the preprocessor; NULL if that exceeds
 * the limit, which is noted. */
char *vpp_keep(struct vpp *p, const char *s, size_t len);

/* Allows more macro text for a text of len bytes. */
void vpp_grant(struct vpp *p, size_t len);

/* Adds a note unless it is there already. */
void vpp_note(struct vpp *p, char *text);

/* NULL if it is not defined. */
const struct vmacro *vpp_find(const struct vpp *p, const char *name, size_t len);

enum vdirective {
	DIR_NONE,  /* a macro */
	DIR_ALONE, /* takes no operand */
	DIR_LINE,  /* takes the rest of its line */
	DIR_BEGIN_KEYWORDS,
	DIR_DEFINE,
	DIR_ELSE,
	DIR_ELSIF,
	DIR_ENDIF,
	DIR_ERROR,
	DIR_FILE,
	DIR_IFDEF,
	DIR_IFNDEF,
	DIR_INCLUDE,
	DIR_LINENO,
	DIR_NETTYPE,
	DIR_PRAGMA,
	DIR_RESETALL,
	DIR_TIMESCALE,
	DIR_UNDEF,
	DIR_UNDEFALL,
};

/* vpp_directive.c: by name, without the backquote. */
enum vdirective vpp_directive(const char *name, size_t len);

/* Called after the name of d in f. The first handles directives that start,
 * continue or end a branch, also in inactive ones; true if d was one of these. */
bool vpp_cond_directive(struct vpp *p, struct vframe *f, enum vdirective d);
void vpp_other_directive(struct vpp *p, struct vframe *f, enum vdirective d);
void vpp_close_cond(struct vpp *p); /* one must be open */

/* After `include: t, just read from f, must name the file. */
void vpp_include_token(struct vpp *p, struct vframe *f, const struct vtoken *t);

/* One entry per name; a use takes precedence over a test. */
void vpp_note_use(struct vpp *p, const char *name, size_t len, bool asked);

/* vpp_macro.c: called after `define; live: store it. */
void vpp_define(struct vpp *p, struct vframe *f, bool live);

/* Called when the frame of a use has just passed its name: reads the arguments
 * and opens a frame with the expansion. False if the macro has arguments and none
 * follow. */
bool vpp_expand(struct vpp *p, const struct vmacro *m);

#endif
