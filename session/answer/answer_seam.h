/* answer_seam.h - whether code that goes on in another block goes on within a line.
 *
 * A model that runs out of room stops anywhere, also within a word: "always @(pose",
 * and in the next block "dge clk)". Each block ends with a line end either way, so it is
 * the words themselves that tell. Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_SEAM_H
#define POSEDGE_ANSWER_SEAM_H

#include "session/text/slice.h"

enum seam {
	SEAM_LINE,   /* before goes on with the next line */
	SEAM_WITHIN, /* its last line end stands within a word, an operator, or a string */
	SEAM_UNSURE, /* either may be meant */
};

/* How after goes on what before begins; both in Verilog. */
enum seam seam_between(struct slice before, struct slice after);

#endif
