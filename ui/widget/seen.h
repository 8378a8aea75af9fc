/* seen.h - which lines of a suggestion have been on the screen.
 *
 * Kept for each suggestion while the program runs, by line of the base and of
 * the proposal, so that it outlives splitting a unit and leaving the review.
 * Looking is no event; how many of the lines taken were looked at is recorded
 * when they are applied.
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

/* The rows that r shows on a pane of that many lines were seen. */
void seen_rows(struct seen *s, const struct review *r, int lines);

/* How many units with that decision (enum decision) nobody has looked at; *first
 * (may be NULL) is the first of them. */
size_t seen_unread(const struct seen *s, uint64_t suggestion, const struct suggestion *of,
		   int decision, size_t *first);

/* The same of units first to last, whatever is decided. */
size_t seen_among(const struct seen *s, uint64_t suggestion, const struct suggestion *of,
		  size_t first, size_t last);

#endif
