/* proposals.h - suggestions without a screen: prints them as diffs and as numbered
 * units, and records decisions by number. Shared by `ask`, `apply`, `review` and
 * the plain mode.
 */
#ifndef POSEDGE_PROPOSALS_H
#define POSEDGE_PROPOSALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/suggestion.h"

struct place_result;
struct proposal;
struct session;
struct state;
struct str;
struct suggestion;
struct workbench;

/* The next suggestion that waits for a decision, in the order of arrival: the first
 * one after number `after`, wrapping around; NULL if none. The shell, the plain
 * mode and the screen all use this order. */
struct proposal *proposals_next_open(const struct state *s, uint64_t after);
size_t proposals_waiting(const struct state *s);

/* Prints unified diffs; then, as notes, what was changed to place the answer and
 * what could not be placed. */
void proposals_print(const struct workbench *w, const struct place_result *r);

/* True if the answer was not cut off, and no note says that somebody has to look at one of them. */
bool proposals_whole(struct session *session, const struct place_result *r);

/* In a task. Applies all of them, or none: ERR_CONFLICT if they are not whole. */
bool proposals_apply(struct workbench *w, const struct place_result *r, struct err *err);

/* The same for `--apply`: also fails as apply_lint() does. A file that a note asks somebody to
 * look at is left out: the others are written, and then it fails with ERR_CONFLICT. */
bool proposals_apply_linted(struct workbench *w, const struct place_result *r, struct err *err);

/* Makes the text on disk current, because no editor is open. Edits that a killed
 * session left unsaved stay in the undo history. */
bool proposals_follow_disk(struct session *s, const char *path, struct err *err);

/* Appends each unit with its number, from 1, and its decision: " 3 ? 12 - old". */
void units_print(const struct suggestion *s, struct str *out);

/* Parses "1,3-5", "all" or "rest" (the open units): sets chosen[i] for unit i of n.
 * False with err for anything else; nothing is chosen then. */
bool units_choose(const char *given, const struct suggestion *s, bool *chosen, struct err *err);

/* Records decision d on all units that `given` names; *n is their number. */
bool units_decide(struct session *s, const struct proposal *p, const char *given, enum decision d,
		  size_t *n, struct err *err);

#endif
