/* suggestion.h - what a model proposes for one file, with a decision per unit.
 *
 * It consists of a base text, a proposed text, and units between them: a removed
 * line, an added line, or a line that replaces another. The user gets the base with
 * the taken units applied; nothing else ever reaches a file. If the file is renamed
 * too, that is the first unit and is decided like a line. Owns copies of both
 * texts. Knows no model, no file and no screen.
 */
#ifndef POSEDGE_SUGGESTION_H
#define POSEDGE_SUGGESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;

enum unit_kind { UNIT_REMOVED, UNIT_ADDED, UNIT_REPLACED, UNIT_MOVED, UNIT_KINDS };
enum decision { DECISION_OPEN, DECISION_TAKEN, DECISION_REFUSED, DECISIONS };

struct unit {
	enum unit_kind kind;
	/* MOVED: 0; REMOVED, REPLACED: that line of the base; ADDED: the base line
	 * that it is inserted before */
	uint32_t base_line;
	uint32_t new_line; /* ADDED, REPLACED: that line of the proposal; REMOVED, MOVED: 0 */
	uint32_t hunk;	   /* number of its run of changes, from 0 */
	enum decision decision;
};

struct suggestion;

/* As in commands and journals: "open", "take", "refuse". */
const char *decision_name(enum decision d);
bool decision_parse(const char *name, enum decision *d);

/* Computes the units by diff_init(). path is relative to the project. */
struct suggestion *suggestion_new(const char *path, bool new_file, const char *base,
				  size_t base_len, const char *proposed, size_t proposed_len);

/* Like suggestion_new() with recorded units, without a diff. ERR_PARSE when they do
 * not fit the texts. */
struct suggestion *suggestion_restore(const char *path, bool new_file, const char *base,
				      size_t base_len, const char *proposed, size_t proposed_len,
				      const struct unit *units, size_t n, struct err *err);
struct suggestion *suggestion_copy(const struct suggestion *s);
void suggestion_free(struct suggestion *s); /* NULL is fine */

const char *suggestion_path(const struct suggestion *s);
bool suggestion_is_new_file(const struct suggestion *s);
const char *suggestion_base(const struct suggestion *s, size_t *len);
const char *suggestion_proposed(const struct suggestion *s, size_t *len);

/* The answer was cut off: it is never applied automatically. */
void suggestion_set_incomplete(struct suggestion *s, bool incomplete);
bool suggestion_incomplete(const struct suggestion *s);

/* Taking all of it deletes the file instead of leaving it empty. */
void suggestion_set_removes(struct suggestion *s, bool removes);
bool suggestion_removes(const struct suggestion *s);

/* The file already contains the proposal, because somebody else wrote it: refused
 * lines are changed back to the base, undecided lines stay. */
void suggestion_set_in_place(struct suggestion *s, bool in_place);
bool suggestion_in_place(const struct suggestion *s);

/* The file is renamed too: path is its current path, `to` the new one if the first
 * unit is taken, or, in place, the old one that it returns to if that unit is
 * refused. Adds that unit unless it was restored. */
void suggestion_set_moves(struct suggestion *s, const char *to);
const char *suggestion_moves(const struct suggestion *s); /* NULL: it is not renamed */

/* True if applying the decisions renames the file. */
bool suggestion_renames_file(const struct suggestion *s);

/* "moves to rtl/b.sv", "moved here from rtl/a.sv". */
void suggestion_print_move(const struct suggestion *s, struct str *out);

/* What the user should know besides the path: "", " (new file)", " (deletes the
 * file)", with "there already" if it is in place. */
const char *suggestion_remark(const struct suggestion *s);

/* The text of the document before it is applied: the base, or, in place, the
 * proposal before any of its lines were rewritten. Borrowed. */
const char *suggestion_before(const struct suggestion *s, size_t *len);
void suggestion_set_before(struct suggestion *s, const char *text,
			   size_t len); /* in place, when restored */

size_t suggestion_units(const struct suggestion *s);
const struct unit *suggestion_unit(const struct suggestion *s, size_t i);

/* The line that unit i adds or, if it adds none, the line it removes, without its
 * line ending. For a rename the other path. Borrowed; *len bytes. */
const char *suggestion_line(const struct suggestion *s, size_t i, size_t *len);
const char *suggestion_base_line(const struct suggestion *s, size_t i,
				 size_t *len); /* the line it replaces or removes */
void suggestion_decide(struct suggestion *s, size_t i, enum decision d);
size_t suggestion_count(const struct suggestion *s, enum decision d);

/* Closes it and frees its texts and units, so that a long session stays small. Path
 * and counts are kept; it has no units any more. */
void suggestion_close(struct suggestion *s);
bool suggestion_closed(const struct suggestion *s);

/* A closed suggestion, as recorded. */
struct suggestion *suggestion_restore_closed(const char *path, bool new_file,
					     const size_t counts[DECISIONS]);

/* Splits a replacement into a removed and an added line, both with its decision.
 * False, and nothing changes, for other kinds of units. */
bool suggestion_split(struct suggestion *s, size_t i);

/* Replaces the proposed line and keeps its line ending. False for a unit that adds
 * no line, and for a text of several lines. */
bool suggestion_amend(struct suggestion *s, size_t i, const char *line, size_t len);

/* Appends the base with all taken units applied. */
void suggestion_compose(const struct suggestion *s, struct str *out);

/* Appends what would be written now: like suggestion_compose(), and in place with
 * the open units too. */
void suggestion_result(const struct suggestion *s, struct str *out);

/* Appends the base with the units i for which taken[i] is set, regardless of
 * decisions. */
void suggestion_compose_set(const struct suggestion *s, const bool *taken, struct str *out);

/* Like suggestion_compose() as if the open units were taken too. */
void suggestion_compose_rest(const struct suggestion *s, struct str *out);

/* Appends it as a unified diff with 3 lines around each change ("a/path",
 * "b/path", "/dev/null" for a new file, "\ No newline at end of file" where
 * needed). */
void suggestion_print(const struct suggestion *s, struct str *out);

#endif
