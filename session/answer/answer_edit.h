/* answer_edit.h - search/replace blocks and unified diffs within an answer:
 * where they start, how far they reach, which file they name.
 *
 * What they mean is patch.h's. Part of answer_parse(); pure.
 */
#ifndef POSEDGE_ANSWER_EDIT_H
#define POSEDGE_ANSWER_EDIT_H

#include <stdbool.h>

#include "session/text/slice.h"

struct edit {
	struct slice search, text;
	bool cut; /* a marker is missing */
};

bool edit_starts(struct slice line); /* <<<<<<< SEARCH, or ------- SEARCH, or a conflict mark */
bool edit_conflict_starts(struct slice line); /* <<<<<<< HEAD: what stands there, and what would */

/* rest is after that line; moves it past the block. */
struct edit edit_read(struct slice *rest);

/* Whether the lines that rest starts with are the head of a diff. */
bool diff_starts(struct slice rest);

/* Whether a block is a diff although no fence says so: its first line that is
 * not blank starts one, or is a hunk's. */
bool diff_is(struct slice block);

/* What of block is a diff by its head and its first hunk, up to the block's end,
 * with something else above it, such as the head of a mail; empty: nothing. */
struct slice diff_within(struct slice block);

/* How much of rest, which has such a head, is the diff. cut: it ends with
 * rest, and its last hunk promises more lines. */
struct slice diff_take(struct slice *rest, bool *cut);

/* Whether its last hunk has all lines that its counts promise. */
bool diff_is_paid(struct slice diff);

/* Takes the diff of one file off *diffs. */
struct slice diff_take_file(struct slice *diffs);

/* The file it is for; empty: its head names none. */
struct slice diff_path(struct slice diff);

/* The file that it renames or copies: DIFF_RENAMES and DIFF_COPIES say so in
 * git's words. DIFF_CHANGES of two names: the other one, else empty. */
struct slice diff_old_path(struct slice diff);

enum diff_purpose { DIFF_CHANGES, DIFF_CREATES, DIFF_DELETES, DIFF_RENAMES, DIFF_COPIES };
enum diff_purpose diff_purpose(struct slice diff);

#endif
