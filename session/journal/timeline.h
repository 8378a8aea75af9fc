/* timeline.h - the session so far for people: one line per event. */
#ifndef POSEDGE_TIMELINE_H
#define POSEDGE_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/journal/event.h"

struct str;

/* Appends "13:37:02 #12 asked cookbook: 8-bit up counter ..." without a newline;
 * nothing for events that only continue another (pieces, bases). Local time. */
void timeline_line(const struct event *e, struct str *out);

/* Like timeline_line() for consecutive events: edits of one file by one author,
 * with no other line between them, are combined into one line. True: the line
 * replaces the previous one. */
struct timeline {   /* zero: at the start */
	char *path; /* file of the current run of edits; NULL: none */
	struct edit_by by;
	uint64_t edits, out, in;
};

bool timeline_next(struct timeline *t, const struct event *e, struct str *out);
void timeline_fini(struct timeline *t);

/* For an APPLY: number of lines taken in a review that were never on a screen. */
uint64_t timeline_unread(const struct event *e);

/* How an answer ended before it was whole: "cut off", "ended by a refusal"; NULL: it did
 * not. finish and cut: as in the event. */
const char *timeline_lack(const char *finish, bool cut);

/* The text after the number. False: the event only continues another. */
bool timeline_text(const struct event *e, struct str *out);

#endif
