/* flow_apply.h - writes decided suggestions into their files: one task.
 *
 * Map of session/review: from a proposal to a file, by decisions. The only way to a
 * file.
 *
 *   flow_place flow_suggest   text that proposes changes becomes suggestions
 *   flow_merge flow_replace   rebase a suggestion on a changed text; replace one by another
 *   flow_decide flow_apply    record decisions; write taken lines into their files
 *   apply_lint                syntax errors of what is applied without a review
 *   import_worktree           changes that others made to the files, as suggestions
 *   flow_rewind               return to an earlier moment
 *   proposals                 suggestions without a screen
 *
 * A file that is renamed is written under its new name before the old one is
 * removed, and never over another file.
 *
 * A document must be byte for byte the text that the suggestion was made for.
 */
#ifndef POSEDGE_FLOW_APPLY_H
#define POSEDGE_FLOW_APPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct options;
struct session;

struct applied {
	uint64_t suggestion;
	size_t taken, refused, open; /* units */
	bool moved;		     /* file has its new name now */
	bool saved;		     /* false when the document already had unsaved edits */
	uint64_t rest;		     /* new suggestion for the open units; 0: none */
};

/* Applies the decisions on n suggestions to all of their files or to none. Each
 * file gets one undo step for the taken units; refused units are closed; open units
 * become a new suggestion on the new text. If nothing is taken the file is not
 * touched. A suggestion without any decision is left as it is; its out[i] counts
 * all units as open. how: who decided, for the record. looked: for each suggestion,
 * how many of the taken lines were on a screen, for the record; NULL: none.
 *
 * ERR_CONFLICT: a file changed since, the target of a rename exists, or the answer
 * was cut off. ERR_USAGE: nothing is decided. ERR_IO: a file could not be written;
 * files written before are restored and the suggestions stay open. */
bool flow_apply_together(struct session *s, const uint64_t *suggestions, size_t n, const char *how,
			 const size_t *looked, struct applied *out, struct err *err);

/* Like flow_apply_together() for one suggestion, after a review. */
bool flow_apply_decided(struct session *s, uint64_t suggestion, struct applied *out,
			struct err *err);

/* Takes all open units (`--apply` is a decision too); flow_apply() also applies
 * them. */
bool flow_take_open(struct session *s, uint64_t suggestion, struct err *err);
bool flow_apply(struct session *s, uint64_t suggestion, const char *how, struct err *err);

/* ERR_USAGE when every line must be looked at (option review.must_read), so that
 * only a review may apply. */
bool flow_apply_unseen(const struct options *o, struct err *err);

/* Checks that it could be applied now; changes nothing. */
bool flow_apply_check(struct session *s, uint64_t suggestion, struct err *err);

#endif
