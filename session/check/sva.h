/* sva.h - rewrites concurrent assertions as clocked immediate ones, for tools
 * that only read those.
 *
 *     assert property (@(posedge clk) disable iff (rst) a ##1 b |=> c);
 *
 * becomes registers that remember a and b, and an always block that asserts c if
 * a held two edges ago, b one edge ago, and rst at none of them. Supported are
 * one clock, an optional disable iff, and sequences of expressions with ## and a
 * number, with at most one |-> or |=> between two of them. Everything else
 * (ranges, repetition, named properties, local variables, until, and, or) is left
 * out and reported, as are the actions of an immediate assertion. Line numbers do
 * not change. Pure; IEEE 1800-2017 16.
 */
#ifndef POSEDGE_SVA_H
#define POSEDGE_SVA_H

#include <stdbool.h>
#include <stddef.h>

struct str;
struct strv;

#define SVA_DELAY_MAX	 64 /* cycles, the sum of all ## in a property */
#define SVA_ELEMENTS_MAX 32

/* Whether a concurrent assertion whose value is x fails, as in a simulator, or holds. */
enum sva_x { SVA_X_FAILS, SVA_X_HOLDS };

/* Adds the rewritten text to out, and to unread a sentence "LINE: why" for each
 * assertion left out. False if there was nothing to rewrite. */
bool sva_rewrite(const char *text, size_t len, enum sva_x x, struct str *out, struct strv *unread);

/* Blanks all concurrent assertions and their declarations, for a tool that does
 * not need them; line numbers do not change. False if there were none. */
bool sva_take_out(char *text, size_t len);

#endif
