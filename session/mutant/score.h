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

/* Of a testbench that was judged by `of` mutants of that design, none left. */
bool score_note(struct workbench *w, const struct design *d, const char *testbench, size_t noticed,
		size_t of, struct err *err);

/* Adds " · notices 27 of 31 mutants"; nothing when that is not known of the texts as
 * they are. path: the testbench's file. */
void score_print(struct workbench *w, const char *testbench, const char *path, struct str *out);

#endif
