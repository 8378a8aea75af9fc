/* export_text.h - shared by the printers of export.h; for export_*.c only. */
#ifndef POSEDGE_EXPORT_TEXT_H
#define POSEDGE_EXPORT_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "session/journal/suggestion.h"
#include "session/text/slice.h"

struct story_lint;
struct story_run;
struct str;

/* A part of an answer: prose or a fenced block. */
struct segment {
	bool code;
	struct slice info; /* after the opening fence */
	struct slice text; /* without the fences */
};

/* Takes the next segment off rest; false at the end. */
bool segment_next(struct slice *rest, struct segment *out);

void export_clock(uint64_t t_ms, struct str *out); /* "13:37:02", local */
void export_date(uint64_t t_ms, struct str *out);  /* "2026-03-01 13:37", local */
void export_span(uint64_t ms, struct str *out);	   /* "41 s", "3 min", "2 h 5 min" */

/* "taken", "refused", "open", "rewritten": what happened to a line. */
const char *export_fate(enum decision d, bool edited);

/* "good" for PASS, "bad" for FAIL, else "none". */
const char *export_grade(const struct story_run *r);

/* "lint ok", "2 errors, 1 risk", or why there is no result. */
void export_findings(const struct story_lint *l, struct str *out);

#endif
