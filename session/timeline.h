/* timeline.h - the session so far, for people: one event, one line. */
#ifndef POSEDGE_TIMELINE_H
#define POSEDGE_TIMELINE_H

#include <stdbool.h>

struct event;
struct str;

/* Adds "13:37:02  #12 asked cookbook: 8-bit up counter ..." without newline;
 * adds nothing for events that only carry on another (pieces, bases). Local
 * time. */
void timeline_line(const struct event *e, struct str *out);

/* What stands behind the number. False: it only carries on another event. */
bool timeline_text(const struct event *e, struct str *out);

#endif
