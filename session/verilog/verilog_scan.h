/* verilog_scan.h - the tokens that matter, one at a time, with one to look ahead.
 *
 * Inner header: for session/verilog*.c only. Takes them from the preprocessor
 * and leaves out attributes and macros that are not defined; notes packages,
 * signs of the language, and calls that name files in passing, since every
 * token comes by here exactly once.
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
	bool end; /* of the text; the rest is then zero but off and line */
	enum vtoken_kind kind;
	enum vword word;
	bool old;      /* a word that Verilog-2005 reserves and the tools do, too */
	char symbol;   /* a symbol of one character, else 0 */
	bool included; /* from an included file */
	const char *s;
	size_t len;
	size_t off, to; /* in the first text, see struct vpp_token */
	size_t at;	/* in the tape */
	int line;
};

struct vscan {
	struct vpp *pp;
	const char *text; /* the first one, len bytes */
	size_t len;
	unsigned absent; /* words that end units and are known not to be there */
	struct vtok prev, cur, next;
	bool before_dot; /* what stands before prev, if that is a dot, allows ".clk," */
	bool systemverilog;
	bool v2005;
	bool taping;
	struct str tape; /* the text of what came since vscan_tape, a blank where there was space */
	struct vcalls *calls; /* each token goes there, too */
	void *ctx;
	void (*on_package)(void *ctx, const struct vtok *name); /* NAME:: */
};

void vscan_start(struct vscan *s); /* after pp, text, calls and the callback are set */
void vscan_next(struct vscan *s);
void vscan_fini(struct vscan *s);

/* Is t, a word such as "program", one that begins a unit? Without an "endprogram" in the
 * text it is a name, as Verilog-2001 has it. */
bool vscan_has_end(struct vscan *s, const struct vtok *t);

/* "priority p(a, y);", "bit #(4) b(x);": where an item begins, cur is a word that only
 * SystemVerilog reserves, and nothing of SystemVerilog begins so: it names a module. */
bool vscan_names_module(struct vscan *s);

/* From the current token on, texts are kept, for vscan_text. Drops the ones kept
 * before. */
void vscan_tape(struct vscan *s);
void vscan_tape_stop(struct vscan *s);

bool vtok_is(const struct vtok *t, const char *symbol); /* "::" */
bool vtok_text_is(const struct vtok *t, const char *text);
bool vtok_name(const struct vtok *t);  /* a name, also one that only SystemVerilog reserves */
bool vtok_opens(const struct vtok *t); /* ( [ { */
bool vtok_closes(const struct vtok *t);

/* A keyword after which nothing that was open before can still be: module,
 * endmodule, endpackage and so on. */
bool vtok_breaks(const struct vtok *t);

/* From an opening bracket to after its partner; stops before a semicolon, a
 * breaking keyword, or the end. */
void vscan_skip_brackets(struct vscan *s);

/* What lies on the tape from one token (its at) to another, on one line, macros
 * expanded. declaration: with a blank also between a word and its range. What is
 * longer than 4,096 bytes is cut and ends in "...". The caller frees. */
char *vscan_text(const struct vscan *s, size_t from, size_t to, bool declaration);

/* The name as others spell it: \foo is foo. The caller frees. */
char *vtok_text(const struct vtok *t);

#endif
