/* design.h - the files and the top module of a lint or a simulation.
 *
 * Between the project (which files exist) and the simulator's job (what to read).
 * Owns the lists that a sim_job points to, including copies of overlays, since
 * the user continues to type while a job runs.
 */
#ifndef POSEDGE_DESIGN_H
#define POSEDGE_DESIGN_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/project/design_data.h"
#include "session/tool/simulator.h"

struct options;
struct project;
struct vmodule;

struct design {
	struct strv files; /* dependencies first; included files last */
	struct strv include_dirs;
	struct strv defines, parameters, plusargs;
	struct strv roots, unnamed; /* see sim_job */
	struct strv notes;	    /* sentences for the user */
	struct strv missing;	    /* modules that a tool did not find in it */
	struct source *sources;
	char *top;		 /* NULL: the tool chooses */
	char *times;		 /* see sim_job; NULL */
	struct sim_job job;	 /* points into the members above */
	struct design_data data; /* zero until design_add_data() */
};

/* Collects what module top, defined in path, needs. Defines, include folders,
 * parameters and plusargs come from the project's descriptions and from o; those
 * of o take precedence. */
void design_init(struct design *d, const struct project *p, const struct options *o,
		 const char *path, const char *top);
void design_fini(struct design *d);

/* Outline of d->top, which path defines, or NULL. Borrowed. */
const struct vmodule *design_top(const struct design *d, const struct project *p, const char *path);

/* For a run, call once: adds the data files it reads. path: as for design_init(). */
void design_add_data(struct design *d, const struct project *p, const struct options *o,
		     const char *path);

/* Fills in plusargs, files and start folder of the run; borrowed from d. */
void design_fill_run(const struct design *d, struct run_job *job);

/* The language from `set language`, else the language of the files. */
enum lang design_lang(const struct project *p, const struct options *o);

/* Adds the modules of a file that nothing else in it instantiates. */
void design_roots(const struct project *p, const char *path, struct strv *modules);

/* Finds the testbench that `sim NAME` means. name: a testbench module; a file (a
 * testbench in it, or else one that needs it); a module under test; a folder with
 * the testbench below it; NULL: the option's. Of several, takes the one used last
 * or the one the project names; otherwise fails with ERR_USAGE and lists them.
 * The caller frees *testbench and *path, its file. */
bool design_testbench(const struct project *p, const struct options *o, const char *name,
		      char **testbench, char **path, struct err *err);

/* Lists those that it chooses from, with their files: parallel. */
void design_testbenches(const struct project *p, const struct options *o, const char *name,
			struct strv *testbenches, struct strv *paths);

/* True if a file below the folder, relative to the root, has a testbench. */
bool design_tests_in(const struct project *p, const char *folder);

#endif
