/* patch.h - applies an edit that quotes what it replaces, or refuses it.
 *
 * There are two forms: a search/replace pair, and a diff of one file. The quoted
 * lines must occur in the text exactly once. Lines are compared first without their
 * ending, then also without trailing blanks, then with one of the changes of enum
 * patch_how applied to all of them, then with another indentation together with one
 * other change, but never more loosely. Context that lacks its leading blanks is taken
 * as it is. A search may have other blank lines between its lines than the text. If it
 * matches no whole lines, it may begin and end within a line. If several places match a
 * hunk, its line number may decide, but only if its line counts are right: models count
 * badly and quote well, so wrong numbers are ignored where the quoted lines are enough. So
 * may the line that its header names, which the place must follow.
 *
 * Kept lines stay byte for byte as they are; added lines get the text's own line
 * ending. Takes linear time. Pure.
 */
#ifndef POSEDGE_PATCH_H
#define POSEDGE_PATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;

/* Flags: what was changed in the lines of an edit, both quoted and added, to make
 * it match. When two are set, one is PATCH_INDENT. */
enum patch_how {
	PATCH_AS_IS = 0,
	PATCH_NUMBERS = 1u << 0,
	PATCH_INDENT = 1u << 1,
	PATCH_LOOKS = 1u << 2, /* look-alike characters, or other runs of blanks in a line */
	PATCH_WITHIN = 1u << 3 /* begins or ends within a line, but not within a word */
};

const char *patch_how_text(enum patch_how how); /* for people: half a sentence; "" for
						 * PATCH_AS_IS */

/* Appends base with search replaced by text to out. An empty search matches only an
 * empty base. ERR_CONFLICT when search does not occur in base, or more than once;
 * then nothing is appended. */
bool patch_replace(const char *base, size_t base_len, const char *search, size_t search_len,
		   const char *text, size_t text_len, struct str *out, enum patch_how *how,
		   struct err *err);

/* The same at every place where search occurs, byte for byte but for line endings, as the
 * "replace all" of an editing tool does: also within words. Like patch_replace() if it occurs
 * nowhere so. */
bool patch_replace_all(const char *base, size_t base_len, const char *search, size_t search_len,
		       const char *text, size_t text_len, struct str *out, enum patch_how *how,
		       struct err *err);

/* Like patch_replace() for a unified diff, or a form of patch_form.h. Lines before
 * the first hunk and the signature that mail programs append are skipped. A diff
 * without an @@ line is one hunk, or if that fails, one hunk per run of changed
 * lines. ERR_PARSE when a line of a hunk is invalid. Either all hunks fit or none
 * is applied. */
bool patch_apply(const char *base, size_t base_len, const char *diff, size_t diff_len,
		 struct str *out, enum patch_how *how, struct err *err);

/* Line counts in an @@ line; false when it has none. */
bool patch_hunk_counts(const char *line, size_t len, size_t *old_n, size_t *new_n);

/* True if most lines of text end in CR LF. */
bool patch_is_crlf(const char *text, size_t len);

/* Appends text to out, each line ending in CR LF or LF according to crlf. */
void patch_add_lines(struct str *out, const char *text, size_t len, bool crlf);

#endif
