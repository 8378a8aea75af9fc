/* event_inner.h - the table of event.c; private to event*.c. */
#ifndef POSEDGE_EVENT_INNER_H
#define POSEDGE_EVENT_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/journal/event.h"

enum event_kind {
	K_STRING,
	K_BYTES,
	K_KEPT,
	K_UINT,
	K_INT,
	K_COUNT, /* int64_t; -1 is written as null */
	K_BOOL,
	K_DECISION,
	K_BY,
	K_CHANGES,
	K_AUTHORS,
	K_UNITS,
	K_DIAGS
};

struct event_member {
	const char *name;
	const char *key; /* as a line has it: ,"name": */
	size_t key_len;
	enum event_kind kind;
	size_t at;
	bool later;   /* may be missing in journals of older versions; it is zero or "" then */
	bool outside; /* may hold a secret, which event_redact() removes */
};

/* Name of each type, and its members; the last one has a NULL name. */
extern const struct event_row {
	const char *name;
	struct event_member m[28];
} event_rows[EVENT_TYPES];

#define EVENT_SOURCES 3 /* sources with a name; a suggestion has a number */
extern const char *const event_sources[EVENT_SOURCES];
extern const char *const event_author_names[AUTHOR_KINDS];

/* Makes p owned by the event; diags: p is a list of findings. Returns p. */
void *event_own(struct event *e, void *p, bool diags);

#endif
