/* why_time.h - parses a time as the user writes it into the unit of a trace. */
#ifndef POSEDGE_WHY_TIME_H
#define POSEDGE_WHY_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct trace;
struct why;
struct why_unit;

/* Accepts "30ns", "2.5us", "1200" (in the trace's unit) and "#5", rising edge
 * number 5, counted from 0, of the clock that most processes of the design wait
 * for; each may begin with "@". Fails with ERR_USAGE if it is none of these or
 * the trace has no unit, with ERR_NOT_FOUND if there is no such cycle or the time
 * is after the end of the trace. */
bool why_time(struct why *w, struct trace *t, const char *text, uint64_t *time, struct err *err);

/* How to show the trace's times: in ns, or as plain numbers if it has no unit. */
void why_time_unit(const struct trace *t, struct why_unit *out);

#endif
