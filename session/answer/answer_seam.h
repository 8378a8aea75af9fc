/* answer_seam.h - whether code that continues in another block continues within a
 * line.
 *
 * A model that reaches its output limit may stop anywhere, even within a word:
 * "always @(pose", continued in the next block by "dge clk)". Both blocks end with
 * a newline anyway, so only the words can tell. Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_SEAM_H
#define POSEDGE_ANSWER_SEAM_H

#include "session/text/slice.h"

enum seam {
	SEAM_LINE,   /* after starts with a new line */
	SEAM_WITHIN, /* the last newline of before splits a word, an operator, or a string */
	SEAM_UNSURE, /* both are possible */
};

/* How after continues before; both are Verilog. */
enum seam seam_between(struct slice before, struct slice after);

#endif
