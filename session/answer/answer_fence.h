/* answer_fence.h - fenced blocks as models write them.
 *
 * CommonMark's fences, but more lenient: any indentation is allowed, also after a list
 * marker; its width is removed from each line inside. Part of answer_parse(); pure.
 */
#ifndef POSEDGE_ANSWER_FENCE_H
#define POSEDGE_ANSWER_FENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/slice.h"

struct str;

struct fence {
	char mark;	   /* '`' or '~' */
	size_t width;	   /* number of marks, at least 3 */
	size_t indent;	   /* bytes before them */
	struct slice info; /* trimmed */
};

bool fence_opens(struct slice line, struct fence *f);
bool fence_closes(struct slice line, const struct fence *f);

/* Appends inner to out without f's indentation. */
void fence_outdent(const struct fence *f, struct slice inner, struct str *out);

/* Code that stands on the line of its fence, as in ```module q(input d); or endmodule```,
 * is put on a line of its own. False, with nothing appended: there is none. */
bool fence_unglue(struct slice text, struct str *out);

/* Leaves out the tokens with which a chat template ends an answer (text/end_marks.h), at the end
 * of any line. One within a block also closes the block, which the model did not get to do.
 * False, with nothing appended: there is none. In answer_end.c. */
bool fence_drop_ends(struct slice text, struct str *out);

#endif
