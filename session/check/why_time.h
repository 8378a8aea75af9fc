/* why_time.h - a time as a person writes it, in the unit of a trace. */
#ifndef POSEDGE_WHY_TIME_H
#define POSEDGE_WHY_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct trace;
struct why;
struct why_unit;

/* "30ns", "2.5us", "#5": the fifth rising edge of the clock that most processes
 * of the design wait for, "1200": in the trace's unit; each may begin with "@".
 * ERR_USAGE: it is not one of these, or the trace has no unit; ERR_NOT_FOUND: there
 * is no such cycle. A time beyond the end is the end. */
bool why_time(struct why *w, struct trace *t, const char *text, uint64_t *time, struct err *err);

/* How the trace's times are shown: in ns, or as they are where it has no unit. */
void why_time_unit(const struct trace *t, struct why_unit *out);

#endif
