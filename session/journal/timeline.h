/* timeline.h - the session so far, for people: one event, one line. */
#ifndef POSEDGE_TIMELINE_H
#define POSEDGE_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/journal/event.h"

struct str;

/* Adds "13:37:02  #12 asked cookbook: 8-bit up counter ..." without newline;
 * adds nothing for events that only carry on another (pieces, bases). Local
 * time. */
void timeline_line(const struct event *e, struct str *out);

/* The same for one event after the other: edits of one file by one author, with
 * nothing between that has a line, are one line, which grows. True: the line
 * takes the place of the one before. */
struct timeline {   /* zero: at the beginning */
	char *path; /* of the edits under way; NULL: none */
	struct edit_by by;
	uint64_t edits, out, in;
};

bool timeline_next(struct timeline *t, const struct event *e, struct str *out);
void timeline_fini(struct timeline *t);

/* Of an APPLY: lines taken in a review that nobody had on a screen before. */
uint64_t timeline_unread(const struct event *e);

/* What follows the number. False: it only carries on another event. */
bool timeline_text(const struct event *e, struct str *out);

#endif
