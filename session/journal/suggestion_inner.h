/* suggestion_inner.h - private to suggestion*.c. */
#ifndef POSEDGE_SUGGESTION_INNER_H
#define POSEDGE_SUGGESTION_INNER_H

#include "session/journal/suggestion.h"
#include "session/text/diff.h"

struct suggestion {
	char *path, *moves; /* moves NULL: not renamed */
	bool new_file, incomplete, removes, in_place;
	char *base, *proposed;
	size_t base_len, proposed_len;
	/* in place: the text of the file once a line was rewritten; NULL: the
	 * proposal */
	char *there;
	size_t there_len;
	struct lines a, b;
	struct unit *units;
	size_t n, cap;
	bool settled;
	size_t counts[DECISIONS]; /* valid once settled */
};

/* True if its first unit is a rename, which has no line. */
static inline bool suggestion_has_move(const struct suggestion *s)
{
	return s->n && s->units[0].kind == UNIT_MOVED;
}

void suggestion_add_unit(struct suggestion *s, enum unit_kind kind, size_t base_line,
			 size_t new_line, size_t hunk);

/* Adds the units of a hunk with this number. */
void suggestion_pair(struct suggestion *s, const struct diff_hunk *h, size_t hunk);

#endif
