/* answer_edit.h - finds search/replace blocks and unified diffs in an answer: where
 * they start and end, and which file they name.
 *
 * patch.h applies them. Part of answer_parse(); pure.
 */
#ifndef POSEDGE_ANSWER_EDIT_H
#define POSEDGE_ANSWER_EDIT_H

#include <stdbool.h>

#include "session/text/slice.h"

struct edit {
	struct slice search, text;
	bool cut; /* a marker is missing */
};

/* A line that begins, divides or ends an edit. */
bool edit_is_mark(struct slice line);

bool edit_starts(struct slice line); /* <<<<<<< SEARCH, or ------- SEARCH, or a conflict mark */
bool edit_conflict_starts(struct slice line); /* <<<<<<< HEAD: the current text, then the
					       * proposed one */

/* open is that line, rest what follows it; advances it past the block. */
struct edit edit_read(struct slice open, struct slice *rest);

/* True if rest starts with the header of a diff. */
bool diff_starts(struct slice rest);

/* True if a block is a diff although no fence says so: its first line that is not
 * blank starts a diff or a hunk. */
bool diff_is(struct slice block);

/* The diff in block, from its header or first hunk to the end of the block, if
 * other text precedes it, such as the header of a mail; empty: none. */
struct slice diff_within(struct slice block);

/* Takes the diff, whose header is at the start of *rest, off *rest. cut: it ends
 * with *rest and its last hunk announces more lines. */
struct slice diff_take(struct slice *rest, bool *cut);

/* True if its last hunk has all the lines that its counts announce. */
bool diff_is_complete(struct slice diff);

/* Takes the diff of one file off *diffs. */
struct slice diff_take_file(struct slice *diffs);

/* True if it only has lines that it adds, and nothing says where: no file that they are added
 * to, no place in it. That is all of a new file. */
bool diff_only_adds(struct slice diff);

/* The file it changes; empty: its header names none. */
struct slice diff_path(struct slice diff);

/* The file that it renames or copies; git's header says so for DIFF_RENAMES and
 * DIFF_COPIES. For a DIFF_CHANGES with two names, the other one; otherwise empty. */
struct slice diff_old_path(struct slice diff);

enum diff_purpose { DIFF_CHANGES, DIFF_CREATES, DIFF_DELETES, DIFF_RENAMES, DIFF_COPIES };
enum diff_purpose diff_purpose(struct slice diff);

#endif
