/* expr.h - SystemVerilog expressions over the signals of a trace.
 *
 * Operators, precedence, widths, signs and four states follow IEEE 1800-2017, clause 11:
 * + - * / % ** << >> <<< >>> < <= > >= == != === !== ==? !=? & | ^ ~^ && || -> ! ~ ?: and
 * the reductions, {} and {n{}}, selects, inside {}. Numbers 12, 8'hx0, 'b1, '1, 4'sd3,
 * 1.5; "text" for string signals. Functions: $signed $unsigned $past(e [, n]) $rose $fell
 * $stable $changed $countones $onehot $onehot0 $isunknown $bits $clog2.
 *
 * A name is a signal's full name, or as many of its last parts as make it unique; signals
 * are unsigned, since traces do not tell. With a real operand, + - * / and comparisons
 * are real.
 *
 * The caller provides the values, see expr_source. Limits: 4096 bytes, 64 levels, values
 * of 131072 bits (1024 for **), 1000 cycles back.
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

/* ERR_PARSE names the column; ERR_NOT_FOUND a name that matches no signal or several,
 * with some of them. t must outlive the expression. */
struct expr *expr_parse(const struct trace *t, const char *text, struct err *err);
void expr_free(struct expr *e); /* NULL is fine */

/* The signals that it reads, each once, in order of their first use; the index here is
 * the leaf's number. */
size_t expr_leaves(const struct expr *e);
size_t expr_leaf(const struct expr *e, size_t i);
unsigned expr_past(const struct expr *e); /* how many cycles it looks back */

/* The value of a leaf `back` cycles ago, as in struct trace_point; NULL: none, which
 * counts as x. */
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

/* Valid until the next call on e. */
struct expr_value expr_value(struct expr *e, const struct expr_source *from);
char expr_truth(struct expr *e, const struct expr_source *from); /* 0, 1 or x */

/* "8'h1f", "1", "x", "-3" if signed, "1.5". */
void expr_print(const struct expr_value *v, struct str *out);

#endif
