/* flow_suggest.h - something proposes a text for a file: recorded, not applied. */
#ifndef POSEDGE_FLOW_SUGGEST_H
#define POSEDGE_FLOW_SUGGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/event.h"

struct session;

struct proposed {
	uint64_t ask;	  /* whose answer it is from; 0: none */
	uint64_t group;	  /* of those that it came with; 0: it is the first, or alone */
	const char *path; /* relative to the root */
	const char *by;	  /* "model NAME", "waive", "template" */
	bool new_file, incomplete, removes, in_place; /* see suggestion.h */
	const char *moves;			      /* NULL: it keeps its name */
	struct bytes base, text;
	const struct unit
		*units; /* as they were cut before, whatever was decided; NULL: by a diff */
	size_t n_units;
};

/* *n (may be NULL): the suggestion's number. */
bool flow_suggest(struct session *s, const struct proposed *p, uint64_t *n, struct err *err);

#endif
