/* patch.h - an edit that says what it replaces, applied to a text or refused.
 *
 * Two forms: a search/replace pair, and a diff of one file. What is to
 * be replaced must stand in the text exactly once. Lines are compared first
 * without their ending, then also without blanks at their end, then with one of
 * the changes of enum patch_how made to all of them, then with another indentation
 * and one of the others, never more loosely. A search that no lines are may begin
 * and end within one. A hunk of a diff may also be told from others like it by its
 * line number, but only when its line counts are right. Models count badly and
 * quote well, so wrong numbers are forgiven where the quoted lines settle it.
 *
 * Lines that stay are kept byte for byte; added ones get the text's own line
 * ending. All of it takes linear time. Pure.
 */
#ifndef POSEDGE_PATCH_H
#define POSEDGE_PATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;

/* What was done to the lines of an edit so that they stand in the text, and to
 * those that it adds; flags. Of two at once only indentation is one. */
enum patch_how {
	PATCH_AS_IS = 0,
	PATCH_NUMBERS = 1u << 0,
	PATCH_INDENT = 1u << 1,
	PATCH_LOOKS = 1u << 2,
	PATCH_WITHIN = 1u << 3 /* it begins or ends within a line, with whole words */
};

const char *patch_how_text(enum patch_how how); /* for people: half a sentence; "" for as it is */

/* Adds base with search replaced by text to out. An empty search fits only an
 * empty base. ERR_CONFLICT when search stands there not at all, or more than
 * once; then nothing is added. */
bool patch_replace(const char *base, size_t base_len, const char *search, size_t search_len,
		   const char *text, size_t text_len, struct str *out, enum patch_how *how,
		   struct err *err);

/* The same for a unified diff, or one of those of patch_form.h; lines before
 * its first hunk are skipped, and what
 * a mail has under it. Without a line that starts with @@ it is one hunk, or each
 * of its runs of changed lines is one. ERR_PARSE when a line of a hunk is not valid.
 * All hunks fit, or none is applied. */
bool patch_apply(const char *base, size_t base_len, const char *diff, size_t diff_len,
		 struct str *out, enum patch_how *how, struct err *err);

/* The line counts of a line that starts with @@; false when it has none. */
bool patch_hunk_counts(const char *line, size_t len, size_t *old_n, size_t *new_n);

/* Whether most lines of text end in CR LF. */
bool patch_is_crlf(const char *text, size_t len);

/* Adds text to out, each line ending as crlf says. */
void patch_add_lines(struct str *out, const char *text, size_t len, bool crlf);

#endif
