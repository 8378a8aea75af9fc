/* coverage_spec.h - test coverage of the code behind each requirement; for
 * cmd_coverage.c.
 *
 * plan.md connects the requirements of spec.md with code: it lists the modules that
 * serve each one. A latency (trace/latency.h) names signals, not code. A
 * requirement that is not connected is reported as such, without a figure.
 */
#ifndef POSEDGE_COVERAGE_SPEC_H
#define POSEDGE_COVERAGE_SPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/mutant/coverage.h"

struct coverage_report;
struct workbench;

struct coverage_need {
	char *id;	      /* "R1" */
	struct strv modules;  /* modules that serve it, from plan.md */
	struct cover_sum sum; /* lines and branches in those modules that were run */
	bool run;	      /* at least one of them was run */
};

struct coverage_needs {
	struct coverage_need *v; /* in the order of spec.md */
	size_t n;
	bool planned; /* plan.md exists */
};

/* Uses both texts as on screen, otherwise as on disk. A spec without numbered
 * requirements gives none. */
void coverage_needs(struct workbench *w, const struct coverage_report *r,
		    struct coverage_needs *out);
void coverage_needs_fini(struct coverage_needs *n);

/* Prints a line per requirement, or a single line if there is no plan.md. */
void coverage_needs_print(const struct coverage_needs *n, struct str *out);

#endif
