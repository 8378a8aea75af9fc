/* coverage_spec.h - what tests reach of the code behind each requirement; for cmd_coverage.c.
 *
 * What ties a requirement of spec.md to code is plan.md: the modules that serve it. A
 * latency (trace/latency.h) names signals, which is no code. Where nothing ties one that
 * is said, and no figure is made up.
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
	struct strv modules;  /* that serve it, by plan.md */
	struct cover_sum sum; /* lines and branches of those of them that were run */
	bool run;	      /* any of them was */
};

struct coverage_needs {
	struct coverage_need *v; /* as spec.md has them */
	size_t n;
	bool planned; /* there is a plan.md */
};

/* Both texts as they are on the screen, else on the disk. A spec without numbers has none. */
void coverage_needs(struct workbench *w, const struct coverage_report *r,
		    struct coverage_needs *out);
void coverage_needs_fini(struct coverage_needs *n);

/* A line for each, or one for all where there is no plan.md. */
void coverage_needs_print(const struct coverage_needs *n, struct str *out);

#endif
