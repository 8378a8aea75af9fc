/* answer_note.h - one line of an answer that is about lines of a file: "12-18: words".
 *
 * Pure. Models put a bullet or a quote in front, or the file's name, as posedge prints it:
 *
 *	12: words        - 12-18: words        `gate.v:12-18`: words
 */
#ifndef POSEDGE_ANSWER_NOTE_H
#define POSEDGE_ANSWER_NOTE_H

#include <stdbool.h>

#include "session/text/slice.h"

struct answer_note {
	unsigned long first,
		last;	    /* 1 <= first <= last; whether they are there is not known here */
	struct slice words; /* not blank; of the line */
};

/* path: the file that may be named in front, another one's lines are not ours; NULL: any.
 * False: it is no such line. */
bool answer_note(struct slice line, const char *path, struct answer_note *out);

#endif
