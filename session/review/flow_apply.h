/* flow_apply.h - taking suggestions into their files: one task.
 *
 * Map of session/review: from a proposal to a file, by decisions. The only way
 * to a file.
 *
 *   flow_place flow_suggest   a text that proposes changes, as suggestions
 *   flow_merge flow_replace   a suggestion for a text that has changed, one in another's place
 *   flow_decide flow_apply    decisions recorded, taken lines into their files
 *   import_worktree           changes that others made to the files, as suggestions
 *   flow_rewind               back to an earlier moment
 *   proposals                 suggestions without a screen
 *
 * A file that gets another name is written there before it is gone here, and is
 * never written over another one.
 *
 * A document must hold what the suggestion was made for, byte for byte.
 */
#ifndef POSEDGE_FLOW_APPLY_H
#define POSEDGE_FLOW_APPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/suggestion.h"

struct options;
struct session;

struct applied {
	uint64_t suggestion;
	size_t taken, refused, open; /* units */
	bool moved;		     /* the file has its other name now */
	bool saved;		     /* not when the document had unsaved edits before */
	uint64_t rest;		     /* the suggestion that holds the open ones now; 0: none */
};

/* looked: of each suggestion, how many of the lines taken were on a screen, for
 * the record; NULL: none.
 * What was decided and no more, in n files together or in none: in each one
 * undo step for the taken units, the refused ones are closed, those still open
 * become a suggestion of their own on the new text. With nothing taken a file
 * is not touched; a suggestion without a decision is left as it is (out[i]
 * says so: all open). how: who decided, as recorded.
 *
 * ERR_CONFLICT: a file changed since, one is where a renamed one goes, or the
 * answer was cut off. ERR_USAGE:
 * nothing is decided. ERR_IO: a file could not be written; those before it are
 * put back, the suggestions stay open. */
bool flow_apply_together(struct session *s, const uint64_t *suggestions, size_t n, const char *how,
			 const size_t *looked, struct applied *out, struct err *err);

/* The same for one, after a review. */
bool flow_apply_decided(struct session *s, uint64_t suggestion, struct applied *out,
			struct err *err);

/* Takes all units ("--apply" is a decision, too); then applies. */
bool flow_take_open(struct session *s, uint64_t suggestion, struct err *err);
bool flow_apply(struct session *s, uint64_t suggestion, const char *how, struct err *err);

/* Where each line is to be looked at (option review.must_read), only a review
 * applies: ERR_USAGE otherwise. */
bool flow_apply_unseen(const struct options *o, struct err *err);

/* Whether it could be applied now; changes nothing. */
bool flow_apply_check(struct session *s, uint64_t suggestion, struct err *err);

#endif
