/* read_plan.h - how a whole project is read: from which modules, and which files
 * are left out.
 *
 * Every Verilog file of the project is in the closure of at least one root, or
 * among the missed with the reason. A root is a module that only testbenches
 * instantiate, a testbench, or a file that none of these needs: a package nobody
 * imports, a file without a recognised unit. Owns its strings. Knows no tool.
 */
#ifndef POSEDGE_READ_PLAN_H
#define POSEDGE_READ_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct project;

#define READ_PLAN_ROOTS 24u /* of one file; a file with more is one root, without a top */

struct read_root {
	char *path; /* the file that defines top, or is read on its own */
	char *top;  /* module; NULL: the file on its own, the tool chooses */
	bool testbench;
	struct strv files; /* files compiled or included for it, path among them; relative */
	struct strv first; /* files that no earlier root has */
};

struct read_miss {
	char *path; /* relative */
	char *why;  /* "too large (5.2 MB)", "VHDL", "duplicate of rtl/a.v", ... */
};

struct read_plan {
	struct read_root *roots; /* designs first, then testbenches, then files on their own */
	size_t n_roots, cap_roots;
	struct read_miss *missed; /* sorted by path */
	size_t n_missed, cap_missed;
};

/* Makes a plan for all of p with its current overlays. top (may be NULL or "") makes
 * that module the only root; files that it does not need are then missed as "not part
 * of MODULE". */
void read_plan_init(struct read_plan *r, const struct project *p, const char *top);
void read_plan_fini(struct read_plan *r);

/* The library that the file needs and that neither the tools here nor the project
 * provide, such as "UVM"; NULL if there is none. */
const char *project_lacks_library(const struct project *p, const char *path);

#endif
