/* composite.h - the files of an answer as they would be: the texts that a
 * review may still give, for tools to look at. Owns the texts it composes.
 */
#ifndef POSEDGE_COMPOSITE_H
#define POSEDGE_COMPOSITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/lint/flow_lint.h"

struct state;

enum composite_kind {
	COMPOSITE_BASE, /* nothing taken: as it was */
	COMPOSITE_HERE, /* what would be written now */
	COMPOSITE_REST, /* with the rest taken, too */
};

struct composite {
	struct overlay *v; /* suggestion n's file first, then the others of its answer */
	struct str *kept;
	struct strv paths; /* of its own: a suggestion may be over while a tool runs */
	size_t n;
};

/* only: of the file of suggestion n those units, whatever is decided; NULL.
 * HERE leaves out other files of which nothing is taken. */
void composite_init(struct composite *c, const struct state *st, uint64_t n,
		    enum composite_kind kind, const bool *only);
void composite_fini(struct composite *c);

#endif
