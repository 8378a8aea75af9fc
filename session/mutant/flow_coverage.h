/* flow_coverage.h - testbenches run to see what of the design they reach: one task.
 *
 * Verilator counts; its build is a four-state design's two-state model, so what only
 * an x would reach is not reached. The design's files are those that nobody judges
 * it by (toolbox/judges.h). Several testbenches are added up.
 */
#ifndef POSEDGE_FLOW_COVERAGE_H
#define POSEDGE_FLOW_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/mutant/coverage.h"
#include "session/tool/simulator.h"

struct workbench;

struct coverage_file {
	char *path;
	char *text; /* as it was run */
	size_t len;
	struct cover_sum sum;
	size_t states, states_hit; /* labels of case items that are names */
};

struct coverage_bench {
	char *testbench;
	struct run_result result;
};

struct coverage_report {
	struct coverage_bench *benches;
	size_t n_benches;
	struct coverage_file *files; /* of the design, in which something runs; in order */
	size_t n_files;
	struct coverage counts; /* of all files, testbenches too */
};

/* names: n testbenches as for `sim`; none: the usual one. ERR_TOOL: Verilator is not
 * here or cannot build the design; ERR_CONFLICT: a run ended before it could tell,
 * or nothing was counted. A file with a blank in its name is left out, with a note. */
bool flow_coverage(struct workbench *w, const char *const *names, size_t n,
		   struct coverage_report *out, struct err *err);
void coverage_report_fini(struct coverage_report *r);

#endif
