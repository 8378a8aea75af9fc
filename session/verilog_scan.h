/* verilog_scan.h - the tokens that matter, one at a time, with one to look ahead.
 *
 * Inner header: for session/verilog*.c only. Leaves out space, comments,
 * attributes, macro uses, and directives with what belongs to them; notes
 * includes, packages and signs of the language in passing, since every token
 * comes by here exactly once.
 */
#ifndef POSEDGE_VERILOG_SCAN_H
#define POSEDGE_VERILOG_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/verilog.h"
#include "session/verilog_words.h"

struct vtok {
	bool end;		/* of the text; the rest is then zero but off and line */
	enum vtoken_kind kind;
	enum vword word;
	bool old;		/* a word that Verilog-2005 reserves */
	char symbol;		/* a symbol of one character, else 0 */
	const char *s;
	size_t off, len;
	int line;
};

struct vscan {
	const char *text;
	size_t len, off;
	int line;
	enum vlex_state lex;
	struct vtok prev, cur, next;
	bool before_dot;	/* what stands before prev, if that is a dot, allows ".clk," */
	bool systemverilog, v2005;
	void *ctx;
	void (*on_include)(void *ctx, const char *name, size_t len);
	void (*on_package)(void *ctx, const struct vtok *name);	/* NAME:: */
};

void vscan_start(struct vscan *s);	/* after text, len and the callbacks are set */
void vscan_next(struct vscan *s);

bool vtok_is(const struct vtok *t, const char *symbol);	/* "::" */
bool vtok_text_is(const struct vtok *t, const char *text);
bool vtok_name(const struct vtok *t);		/* a name, also one that only SystemVerilog reserves */
bool vtok_opens(const struct vtok *t);		/* ( [ { */
bool vtok_closes(const struct vtok *t);

/* A keyword after which nothing that was open before can still be: module,
 * endmodule, endpackage and so on. */
bool vtok_breaks(const struct vtok *t);

/* From an opening bracket to after its partner; stops before a semicolon, a
 * breaking keyword, or the end. */
void vscan_skip_brackets(struct vscan *s);

/* Bytes [from, to) on one line, without comments and directives, a blank where
 * there was space. declaration: also one between a word and its range. What is
 * longer than 4,096 bytes is cut and ends in "...". The caller frees. */
char *vscan_text(const struct vscan *s, size_t from, size_t to, bool declaration);

/* The name as others spell it: \foo is foo. The caller frees. */
char *vtok_text(const struct vtok *t);

#endif
