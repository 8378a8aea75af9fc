/* composite.h - the files of an answer with the texts that a review may still
 * produce, for tools to run on. Owns the texts.
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
	COMPOSITE_BASE, /* nothing taken */
	COMPOSITE_HERE, /* what would be written now */
	COMPOSITE_REST, /* as if everything still open were taken, too */
};

struct composite {
	struct overlay *v; /* suggestion n's file first, then the others of its answer */
	struct str *kept;
	struct strv paths; /* copies: a suggestion may be closed while a tool runs */
	size_t n;
};

/* only: exactly these units of suggestion n's file, whatever was decided; may be
 * NULL. HERE leaves out other files of which nothing is taken. */
void composite_init(struct composite *c, const struct state *st, uint64_t n,
		    enum composite_kind kind, const bool *only);
void composite_fini(struct composite *c);

#endif
