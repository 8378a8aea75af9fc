/* flow_suggest.h - records a proposed text for a file; applies nothing. */
#ifndef POSEDGE_FLOW_SUGGEST_H
#define POSEDGE_FLOW_SUGGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/event.h"

struct session;

struct proposed {
	uint64_t ask;	  /* the request that it answers; 0: none */
	uint64_t group;	  /* first suggestion of the same answer; 0: this is the first, or the
			   * only one */
	const char *path; /* relative to the root */
	const char *by;	  /* "model NAME", "waive", "template" */
	bool new_file, incomplete, removes, in_place; /* see suggestion.h */
	const char *moves;			      /* new name of the file; NULL: not renamed */
	struct bytes base, text;
	const struct unit
		*units; /* units as recorded earlier, whatever was decided; NULL: cut them from
			 * the diff */
	size_t n_units;
};

/* *n (may be NULL) is the number of the suggestion. */
bool flow_suggest(struct session *s, const struct proposed *p, uint64_t *n, struct err *err);

#endif
