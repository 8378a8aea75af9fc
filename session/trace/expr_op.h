/* expr_op.h - operators on evaluated operands. Pure; for expr_*.c only.
 *
 * A truth value is '0', '1' or 'x'.
 */
#ifndef POSEDGE_EXPR_OP_H
#define POSEDGE_EXPR_OP_H

#include <stdbool.h>

#include "session/trace/expr_inner.h"

char expr_not(char c);
char expr_and(char a, char b);

/* OP_LT to OP_NMATCH. Vectors have the same width. */
char expr_compare_reals(enum expr_op op, double a, double b);
char expr_compare_bits(enum expr_op op, const struct bits *a, const struct bits *b, bool sign);

/* OP_RAND to OP_RXNOR. */
char expr_reduce(enum expr_op op, const struct bits *a);

/* OP_COUNTONES to OP_CLOG2; the result is allocated from pool. */
struct bits expr_count(enum expr_op op, struct bits_pool *pool, const struct bits *a);

/* As a real number; unknown bits count as 0. */
double expr_bits_real(const struct bits *a, bool sign);

#endif
