/* proposals.h - suggestions for people without a screen: printed as diffs, as
 * numbered units, and decided on by those numbers. What `ask`, `apply`, `review`
 * and the plain mode share.
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

/* What waits for a decision, in the order it came, for the shell, the plain mode and
 * the screen alike: the first after number after, and around; NULL: nothing does. */
struct proposal *proposals_next_open(const struct state *s, uint64_t after);
size_t proposals_waiting(const struct state *s);

/* As unified diffs; then what was changed to place it and what could not be placed,
 * as notes. */
void proposals_print(const struct workbench *w, const struct place_result *r);

/* Whether none of them was cut off, or takes most of a file away. */
bool proposals_whole(struct session *session, const struct place_result *r);

/* In a task. All that are whole, or none of them. */
bool proposals_apply(struct workbench *w, const struct place_result *r, const char *how,
		     struct err *err);

/* No editor is open: what is on disk is the text, and edits that a killed
 * session left unsaved stay in the undo history. */
bool proposals_follow_disk(struct session *s, const char *path, struct err *err);

/* Each unit with its number, from 1, and its decision: "   3 ?   12 - old". */
void units_print(const struct suggestion *s, struct str *out);

/* "1,3-5", "all" or "rest" (the open ones): chosen[i] for unit i of n. False
 * with err for anything else, and nothing is chosen. */
bool units_choose(const char *given, const struct suggestion *s, bool *chosen, struct err *err);

/* Records decision on all units that given names; *n: how many. */
bool units_decide(struct session *s, const struct proposal *p, const char *given, enum decision d,
		  size_t *n, struct err *err);

#endif
