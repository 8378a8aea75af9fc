/* vpp_inner.h - the preprocessor at work; for session/vpp*.c only. */
#ifndef POSEDGE_VPP_INNER_H
#define POSEDGE_VPP_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vmacros.h"
#include "session/verilog/vpp.h"

/* A text being read: the first one, an included file, or what a macro made. */
struct vframe {
	const char *text;
	size_t len, off;
	int line;
	int use_line; /* of what a macro made: where the use ends, for __LINE__ */
	enum vlex_state lex;
	bool macro;
	const char *path; /* of the file it is, or is in */
	size_t conds;	  /* a file: how many conditions were open around it */
};

/* One `ifdef that is open. */
struct vcond {
	bool outer; /* what is around it holds */
	bool taken; /* one of its branches held already */
	/* of its first branch, which asks for what nothing defines: in uses, plus 1; else
	 * 0 */
	size_t use;
	bool wants; /* it is an `ifdef, not an `ifndef */
};

struct vchunk {
	struct vchunk *next;
	size_t used, size;
	char data[];
};

struct vpp {
	struct vframe frames[VPP_MACRO_DEPTH + VPP_FILE_DEPTH + 1];
	size_t depth; /* of frames; the last is being read */
	size_t included;
	size_t files; /* how many of them are files */
	const struct vpp_env *env;
	struct vmacros *macros;
	struct vcond *conds;
	size_t n_conds, cap_conds;
	bool dead;	    /* in a branch that does not hold */
	bool gap;	    /* something blank since the last token */
	bool want_include;  /* the next token names a file */
	struct str quoted;  /* what `" has begun */
	size_t quote_depth; /* frame that it stands in; 0: none */
	/* While more than the first text is open: where in it. */
	size_t from_off, from_to;
	int from_line;
	struct vchunk *arena; /* expansions; tokens point into them */
	size_t macro_bytes;   /* that may still be made */
	size_t macro_granted; /* of them for the length of the texts */
	size_t file_bytes;    /* of included files, so far */
	size_t unclosed;      /* uses whose brackets do not close, so far */
	struct vtimescale timescale;
	char *nettype;
	bool saw_directive, saw_dead, saw_tool, saw_2005;
	struct vmacro_use *uses;
	size_t n_uses, cap_uses;
	struct vmacros *used; /* to keep each name in uses once */
	struct vinclude *includes;
	size_t n_includes, cap_includes;
	struct strv notes;
};

/* vpp_text.c: what the other parts use. */

/* The next raw token of f (f->off < f->len), counting lines. */
struct vtoken vframe_raw(struct vframe *f);
void vframe_token(struct vframe *f, struct vtoken *t);

/* To the end of the line, on which a backslash takes the next one in. */
void vframe_skip_line(struct vframe *f);

/* A name on the same line; false: there is none. */
bool vframe_name(struct vframe *f, const char **name, size_t *len);

/* len bytes that stay as long as the preprocessor; NULL: over the limit, which
 * is then noted. */
char *vpp_keep(struct vpp *p, const char *s, size_t len);

/* A text of len bytes is read: that much more may come from macros. */
void vpp_grant(struct vpp *p, size_t len);

/* Each of them once. */
void vpp_note(struct vpp *p, char *text);

/* NULL: not defined. */
const struct vmacro *vpp_find(const struct vpp *p, const char *name, size_t len);

enum vdirective {
	DIR_NONE,  /* a macro */
	DIR_ALONE, /* nothing follows that belongs to it */
	DIR_LINE,  /* the rest of its line belongs to it */
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

/* vpp_directive.c. By its name, without the backquote. */
enum vdirective vpp_directive(const char *name, size_t len);

/* After the name of d in f. The first looks at what begins, goes on with or ends
 * a branch, in those that do not hold, too; true: d was such a one. */
bool vpp_cond_directive(struct vpp *p, struct vframe *f, enum vdirective d);
void vpp_other_directive(struct vpp *p, struct vframe *f, enum vdirective d);
void vpp_close_cond(struct vpp *p); /* one is open */

/* After `include: t, just read from f, must name the file. */
void vpp_include_token(struct vpp *p, struct vframe *f, const struct vtoken *t);

/* Each name once; a use says more than a question. */
void vpp_note_use(struct vpp *p, const char *name, size_t len, bool asked);

/* vpp_macro.c. After `define; live: keep it. */
void vpp_define(struct vpp *p, struct vframe *f, bool live);

/* The frame in which a use stands has just gone past its name: reads its
 * arguments, and opens a frame for what it makes. False: it is of a macro with
 * arguments and has none here. */
bool vpp_expand(struct vpp *p, const struct vmacro *m);

#endif
