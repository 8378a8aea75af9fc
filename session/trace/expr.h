/* expr.h - SystemVerilog expressions over the signals of a trace.
 *
 * Operators, their precedence, widths, signs and four states are those of IEEE
 * 1800-2017, clause 11: + - * / % ** << >> <<< >>> < <= > >= == != === !== ==?
 * !=? & | ^ ~^ && || -> ! ~ ?: and the reductions, {} and {n{}}, selects,
 * inside {}. Numbers 12, 8'hx0, 'b1, '1, 4'sd3, 1.5; "text" where a signal is
 * one. Functions: $signed $unsigned $past(e [, n]) $rose $fell $stable $changed
 * $countones $onehot $onehot0 $isunknown $bits $clog2.
 *
 * A name is a signal's, or as many of the last parts of its path as tell it from
 * others; a signal is unsigned, since traces do not say. An expression that has
 * a real in it is one where the operator is + - * / or a comparison.
 *
 * Where values come from is the caller's business, see expr_source. Limits:
 * 4096 bytes, 64 levels, values of 131072 bits (of ** 1024), 1000 cycles back.
 */
#ifndef POSEDGE_EXPR_H
#define POSEDGE_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/trace/bits.h"

struct expr;
struct str;
struct trace;

#define EXPR_PAST_MAX 1000

/* ERR_PARSE names the column; ERR_NOT_FOUND a name that is no signal's, or is
 * several signals' names, with some of them. t must outlive the expression. */
struct expr *expr_parse(const struct trace *t, const char *text, struct err *err);
void expr_free(struct expr *e); /* NULL is fine */

/* The signals that it reads, each once, in the order of their first mention; a
 * leaf's number is its place here. */
size_t expr_leaves(const struct expr *e);
size_t expr_leaf(const struct expr *e, size_t i);
unsigned expr_past(const struct expr *e); /* how many cycles back it looks */

/* The value of a leaf, back cycles ago, as in struct trace_point; NULL: there
 * was none, which counts as x. */
struct expr_source {
	const char *(*value)(void *ctx, size_t leaf, unsigned back, size_t *len);
	void *ctx;
};

enum expr_kind { EXPR_BITS, EXPR_REAL, EXPR_TEXT };

struct expr_value {
	enum expr_kind kind;
	bool sign;
	struct bits bits;
	double real;
	const char *text;
	size_t len;
};

/* Lives until the next call on e. */
struct expr_value expr_value(struct expr *e, const struct expr_source *from);
char expr_truth(struct expr *e, const struct expr_source *from); /* 0, 1 or x */

/* "8'h1f", "1", "x", "-3" where signed, "1.5". */
void expr_print(const struct expr_value *v, struct str *out);

#endif
