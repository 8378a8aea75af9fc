/* flow_coverage.h - runs testbenches to see what they reach of the design; waits
 * in the task.
 *
 * Verilator does the counting. It builds a two-state model, so what only an x
 * would reach is not reached. The design's files are those that do not judge it
 * (toolbox/judges.h). Several testbenches are added up.
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
	char *text; /* text during the run */
	size_t len;
	struct cover_sum sum;
	size_t states, states_hit; /* case items whose label is a name */
};

struct coverage_bench {
	char *testbench;
	struct run_result result;
};

struct coverage_report {
	struct coverage_bench *benches;
	size_t n_benches;
	struct coverage_file *files; /* files of the design with executable lines, in order */
	size_t n_files;
	struct coverage counts; /* of all files, testbenches as well */
};

/* names: n testbenches as for `sim`; n 0: the usual one. Fails with ERR_TOOL if
 * Verilator is missing or cannot build the design, with ERR_CONFLICT if a run
 * ended early or nothing was counted. Files with a blank in their name are left
 * out with a note. */
bool flow_coverage(struct workbench *w, const char *const *names, size_t n,
		   struct coverage_report *out, struct err *err);
void coverage_report_fini(struct coverage_report *r);

#endif
