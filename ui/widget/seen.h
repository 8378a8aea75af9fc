/* seen.h - which lines of a suggestion have been on the screen.
 *
 * Kept per suggestion while the program runs, by line of the base and of the proposal,
 * so it survives splitting a unit and leaving the review. Looking is not an event;
 * applying records how many of the taken lines were seen.
 */
#ifndef POSEDGE_SEEN_H
#define POSEDGE_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct review;
struct suggestion;

struct seen { /* zero: none yet */
	struct seen_texts {
		uint64_t suggestion;
		bool *base, *fresh, moved;
		size_t n_base, n_fresh;
	} * v;
	size_t n, cap;
};

void seen_fini(struct seen *s);

/* Marks the rows that r shows in a pane of `lines` screen lines as seen. */
void seen_rows(struct seen *s, const struct review *r, int lines);

/* Number of unseen units with this decision (enum decision); *first (may be NULL) is
 * the first of them. */
size_t seen_unread(const struct seen *s, uint64_t suggestion, const struct suggestion *of,
		   int decision, size_t *first);

/* Like seen_unread() for the units first to last, with any decision. */
size_t seen_unread_between(const struct seen *s, uint64_t suggestion, const struct suggestion *of,
			   size_t first, size_t last);

#endif
