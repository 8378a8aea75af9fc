/* design.h - which files and which top module a lint or a simulation is for.
 *
 * Between the project (what is there) and the simulator's job (what to read):
 * owns the lists that a sim_job points to, copies of overlays too, since the
 * person types on while a job runs.
 */
#ifndef POSEDGE_DESIGN_H
#define POSEDGE_DESIGN_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/project/design_data.h"
#include "session/project/read_plan.h"
#include "session/tool/simulator.h"

struct options;
struct project;
struct vmodule;

struct design {
	struct strv files; /* first-needed first; included ones last */
	struct strv include_dirs;
	struct strv defines, parameters, plusargs;
	struct strv notes; /* sentences for the person */
	struct source *sources;
	char *top;		 /* NULL: the tool's choice */
	struct sim_job job;	 /* points into the above */
	struct design_data data; /* zero until design_add_data() */
};

/* What is needed for module top, which is defined in path. Defines, include
 * folders, parameters and plusargs are those that the project says of itself and
 * those of o, which win. */
void design_init(struct design *d, const struct project *p, const struct options *o,
		 const char *path, const char *top);
void design_fini(struct design *d);

/* The outline of d->top, which is defined in path; NULL: it has none. Borrowed. */
const struct vmodule *design_top(const struct design *d, const struct project *p, const char *path);

/* Once, for a run: the files that it reads. path is that of design_init(). */
void design_add_data(struct design *d, const struct project *p, const struct options *o,
		     const char *path);

/* Plusargs, files and start folder of the run; borrowed from d. */
void design_fill_run(const struct design *d, struct run_job *job);

/* What `set language` says, else what the files speak. */
enum lang design_lang(const struct project *p, const struct options *o);

/* The modules of a file that nothing else in it instantiates. */
void design_roots(const struct project *p, const char *path, struct strv *modules);

/* Which testbench `sim NAME` means: a testbench module, a file (then one in that
 * very file, or else one that needs it), a module under test, or a folder that it lies
 * below; NULL: the option's. Of several the one remembered, or the one the project
 * names; else ERR_USAGE lists them. The caller frees *testbench and *path, its file. */
bool design_testbench(const struct project *p, const struct options *o, const char *name,
		      char **testbench, char **path, struct err *err);

/* Whether a testbench stands in a file below the folder, relative to the root. */
bool design_tests_in(const struct project *p, const char *folder);

#endif
