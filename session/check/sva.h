/* sva.h - concurrent assertions as clocked immediate ones, for tools that read only those.
 *
 *	assert property (@(posedge clk) disable iff (rst) a ##1 b |=> c);
 *
 * becomes registers that remember a and b, and an always block that asserts c where a held
 * two edges ago, b one, and rst at none of them. What is written is one clock, an optional
 * disable iff, and sequences of expressions with ## and a number, with |-> or |=> or
 * neither between two of them. All else (ranges, repetition, named properties, local
 * variables, until, and, or) is left out and named. So are the actions of an immediate
 * assertion. Lines stay where they are. Pure; IEEE 1800-2017 16.
 */
#ifndef POSEDGE_SVA_H
#define POSEDGE_SVA_H

#include <stdbool.h>
#include <stddef.h>

struct str;
struct strv;

#define SVA_DELAY_MAX	 64 /* cycles, of all ## of a property together */
#define SVA_ELEMENTS_MAX 32

/* Adds the text to out; to unread a sentence, "LINE: why", for each that is left out. False:
 * there is nothing to rewrite, and the text is as it was. */
bool sva_rewrite(const char *text, size_t len, struct str *out, struct strv *unread);

/* Blanks all concurrent assertions and what is declared for them, for a tool that needs none;
 * lines stay. False: there was none. */
bool sva_take_out(char *text, size_t len);

#endif
