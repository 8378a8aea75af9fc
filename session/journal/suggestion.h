/* suggestion.h - what a model proposes for one file, and one decision per unit.
 *
 * Base text, proposed text, and units between them: a removed line, an added
 * line, or a pair of which one replaces the other. What a person takes is the
 * text composed of the base with the taken units; nothing else ever reaches a
 * file. Where the file is also to have another name, that is the first unit and
 * is decided like a line. Owns copies of both texts. Knows no model, no file and no screen.
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
	/* MOVED: 0; REMOVED, REPLACED: that line of the base; ADDED: the line before which
	 * it goes */
	uint32_t base_line;
	uint32_t new_line; /* ADDED, REPLACED: that line of the proposal; REMOVED, MOVED: 0 */
	uint32_t hunk;	   /* which run of changes it belongs to, from 0 */
	enum decision decision;
};

struct suggestion;

/* As commands and journals spell it: "open", "take", "refuse". */
const char *decision_name(enum decision d);
bool decision_parse(const char *name, enum decision *d);

/* Computes the units by diff_init(). path is relative to the project. */
struct suggestion *suggestion_new(const char *path, bool new_file, const char *base,
				  size_t base_len, const char *proposed, size_t proposed_len);

/* The same with units as they were recorded: no diff. ERR_PARSE when they do
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

/* The answer it comes from was cut off: never applied by itself. */
void suggestion_set_incomplete(struct suggestion *s, bool incomplete);
bool suggestion_incomplete(const struct suggestion *s);

/* With all of it taken the file is deleted, not empty. */
void suggestion_set_removes(struct suggestion *s, bool removes);
bool suggestion_removes(const struct suggestion *s);

/* The file holds the proposal already (somebody else wrote it): what is refused
 * is put back as the base has it, what is undecided stays. */
void suggestion_set_in_place(struct suggestion *s, bool in_place);
bool suggestion_in_place(const struct suggestion *s);

/* The file gets another name, too: path is where it is now, `to` where it goes
 * with the first unit taken, or in place where it goes back to with that refused.
 * Gives it that unit, unless it was restored with it. */
void suggestion_set_moves(struct suggestion *s, const char *to);
const char *suggestion_moves(const struct suggestion *s); /* NULL: it keeps its name */

/* Whether it has the other name once it is applied as decided. */
bool suggestion_leaves(const struct suggestion *s);

/* "moves to rtl/b.sv", "moved here from rtl/a.sv". */
void suggestion_say_move(const struct suggestion *s, struct str *out);

/* What a person should know beside the path: "", " (new file)", " (deletes the
 * file)", with "there already" in place. */
const char *suggestion_remark(const struct suggestion *s);

/* What the document holds before it is applied: the base, or in place the
 * proposal as it was before lines of it were rewritten. Borrowed. */
const char *suggestion_before(const struct suggestion *s, size_t *len);
void suggestion_set_before(struct suggestion *s, const char *text,
			   size_t len); /* in place, restored */

size_t suggestion_units(const struct suggestion *s);
const struct unit *suggestion_unit(const struct suggestion *s, size_t i);

/* The line that unit i adds or, if it adds none, the one it removes; without its
 * end. Of a move the other path. Borrowed; *len bytes. */
const char *suggestion_line(const struct suggestion *s, size_t i, size_t *len);
const char *suggestion_base_line(const struct suggestion *s, size_t i,
				 size_t *len); /* that it replaces or removes */
void suggestion_decide(struct suggestion *s, size_t i, enum decision d);
void suggestion_decide_all(struct suggestion *s, enum decision d); /* only the open ones */
size_t suggestion_count(const struct suggestion *s, enum decision d);

/* It is over: its texts and units are let go, so that a long session stays
 * small. Its path and its counts stay; it has no units from then on. */
void suggestion_settle(struct suggestion *s);
bool suggestion_settled(const struct suggestion *s);

/* One that is over, as it was written down. */
struct suggestion *suggestion_restore_settled(const char *path, bool new_file,
					      const size_t counts[DECISIONS]);

/* A replaced pair becomes a removed and an added line with the pair's decision.
 * False, and nothing changes, for a unit of another kind. */
bool suggestion_split(struct suggestion *s, size_t i);

/* Another line in place of the proposed one; its end stays. False for a unit
 * that adds no line, and for a text of more than one line. */
bool suggestion_amend(struct suggestion *s, size_t i, const char *line, size_t len);

/* The base with all taken units. */
void suggestion_compose(const struct suggestion *s, struct str *out);

/* What would be written now: that, or in place the open units, too. */
void suggestion_result(const struct suggestion *s, struct str *out);

/* The base with those units i for which taken[i] is set, whatever is decided. */
void suggestion_compose_set(const struct suggestion *s, const bool *taken, struct str *out);

/* The same as if the open units were taken, too. */
void suggestion_compose_rest(const struct suggestion *s, struct str *out);

/* As a unified diff with context lines around each change ("a/path", "b/path",
 * "/dev/null" for a new file, "\ No newline at end of file" where due). */
void suggestion_print(const struct suggestion *s, int context, struct str *out);

#endif
