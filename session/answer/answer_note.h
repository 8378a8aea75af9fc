/* answer_note.h - parses a line of an answer that refers to lines of a file:
 * "12-18: words".
 *
 * Pure. Models may add a bullet, a quote or the file's name in front, in the form
 * that posedge prints:
 *
 *	12: words	- 12-18: words	`gate.v:12-18`: words
 */
#ifndef POSEDGE_ANSWER_NOTE_H
#define POSEDGE_ANSWER_NOTE_H

#include <stdbool.h>

#include "session/text/slice.h"

struct answer_note {
	unsigned long first, last; /* 1 <= first <= last; the file may be shorter */
	struct slice words;	   /* not blank; part of the line */
};

/* path: the file that may be named in front; a line with another file's name is
 * rejected; NULL: accept any. False: the line has another form. */
bool answer_note(struct slice line, const char *path, struct answer_note *out);

#endif
