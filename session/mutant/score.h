/* score.h - how many mutants a testbench noticed, printed with its verdict.
 *
 * The score is a note in the journal. In addition a hash of everything judged
 * (sources, macros, parameters) is stored by option/remember.h: the score is only
 * shown for these texts, also when they are restored later.
 */
#ifndef POSEDGE_SCORE_H
#define POSEDGE_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct design;
struct str;
struct workbench;

struct score {
	size_t noticed, of;
	size_t same;	 /* also selected, and proved equivalent */
	size_t possible; /* mutants these were selected from */
};

/* Records the score of a testbench for that design after a complete run. */
bool score_note(struct workbench *w, const struct design *d, const char *testbench,
		const struct score *s, struct err *err);

/* Adds " · notices 27 of 31 mutants", with ", 2 more mean the same" if some are
 * proved equivalent and ", chosen of 80" if there were more. */
void score_words(const struct score *s, struct str *out);

/* Adds these words if the score is known for the current texts. path: the
 * testbench's file. */
void score_print(struct workbench *w, const char *testbench, const char *path, struct str *out);

#endif
