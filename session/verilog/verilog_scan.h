/* verilog_scan.h - the relevant tokens, one at a time, with one token of
 * look-ahead.
 *
 * Internal header, for session/verilog/verilog*.c only. Reads from the
 * preprocessor and drops attributes and undefined macros. As every token passes
 * through here exactly once, it also notes packages, signs of the language
 * version, and calls that name files.
 */
#ifndef POSEDGE_VERILOG_SCAN_H
#define POSEDGE_VERILOG_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/verilog_words.h"

struct vcalls;
struct vpp;

struct vtok {
	bool end; /* of the text; all other members except off and line are then zero */
	enum vtoken_kind kind;
	enum vword word;
	bool old;      /* a word reserved in Verilog-2005 and by the tools */
	char symbol;   /* a one-character symbol, else 0 */
	bool included; /* from an included file */
	const char *s;
	size_t len;
	size_t off, to; /* in the first text, see struct vpp_token */
	size_t at;	/* offset on the tape */
	int line;
};

struct vscan {
	struct vpp *pp;
	const char *text; /* the first text, len bytes */
	size_t len;
	unsigned absent; /* bit set of end keywords known to be missing in the text */
	struct vtok prev, cur, next;
	bool behind_virtual; /* the token before prev is `virtual` */
	bool before_dot;     /* the token before prev, if that is a dot, allows ".clk," */
	bool systemverilog;
	bool new_forms; /* SystemVerilog that Verilator refuses below `begin_keywords "1364-2005" */
	bool old_names; /* "integer bit;", "output reg do," */
	bool v2005;
	bool taping;
	struct str tape;      /* text since vscan_tape(), white space reduced to one blank */
	struct vcalls *calls; /* gets each token as well */
	void *ctx;
	/* each token, with its neighbours */
	void (*on_token)(void *ctx, const struct vtok *prev, const struct vtok *cur,
			 const struct vtok *next);
	void (*on_package)(void *ctx, const struct vtok *name); /* NAME:: */
	void (*on_head)(void *ctx, const struct vtok *name);	/* NAME.x */
};

void vscan_start(struct vscan *s); /* call after pp, text, calls and the callback are set */
void vscan_next(struct vscan *s);
void vscan_fini(struct vscan *s);

/* True if t, a word such as "program", starts a unit. Without "endprogram" in the
 * text it is a plain name, as in Verilog-2001. */
bool vscan_has_end(struct vscan *s, const struct vtok *t);

/* True for "priority p(a, y);" and "bit #(4) b(x);": at the start of an item, cur
 * is a word that only SystemVerilog reserves, but no SystemVerilog item starts
 * like this, so it is a module's name. */
bool vscan_names_module(struct vscan *s);

/* Starts recording at the current token for vscan_text(); drops an earlier recording. */
void vscan_tape(struct vscan *s);
void vscan_tape_stop(struct vscan *s);

bool vtok_text_is(const struct vtok *t, const char *text);
/* a name, including words that only SystemVerilog reserves */
bool vtok_name(const struct vtok *t);
bool vtok_opens(const struct vtok *t); /* ( [ { */
bool vtok_closes(const struct vtok *t);

/* True for keywords that end everything still open: module, endmodule, endpackage
 * and so on. */
bool vtok_breaks(const struct vtok *t);

/* Skips from an opening bracket past its partner; stops before a semicolon, a
 * breaking keyword, or the end. */
void vscan_skip_brackets(struct vscan *s);

/* The recorded text from one token (its at) to another, on one line, macros
 * expanded. declaration: with a blank between a word and its range. Longer text
 * is cut at 4,096 bytes and ends in "...". The caller frees. */
char *vscan_text(const struct vscan *s, size_t from, size_t to, bool declaration);

/* The name without escaping: foo for \foo. The caller frees. */
char *vtok_text(const struct vtok *t);

#endif
