/* score.h - how many mutants a testbench noticed, beside its verdict.
 *
 * In the journal it is a note. Beside it a hash of all that was judged, sources,
 * macros and parameters, is remembered (option/remember.h): with another text the
 * score is no longer known, and with the old text it is again.
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
	size_t same;	 /* more that were chosen, and are proved to mean the same */
	size_t possible; /* of which those were chosen */
};

/* Of a testbench that was judged by mutants of that design, none left. */
bool score_note(struct workbench *w, const struct design *d, const char *testbench,
		const struct score *s, struct err *err);

/* " · notices 27 of 31 mutants", ", 2 more mean the same" where that is proved of some,
 * ", chosen of 80" where that is more. */
void score_words(const struct score *s, struct str *out);

/* Adds these words; nothing when that is not known of the texts as
 * they are. path: the testbench's file. */
void score_print(struct workbench *w, const char *testbench, const char *path, struct str *out);

#endif
