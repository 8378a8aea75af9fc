/* design_data.h - the files that a simulation reads, and where it starts.
 *
 * From the names that stand in the sources: the folder from which most of them
 * are found is the one to start in, and what is not found from there but lies
 * where its author must have meant it is given a place there. Knows no tool.
 */
#ifndef POSEDGE_DESIGN_DATA_H
#define POSEDGE_DESIGN_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/tool/simulator.h"

struct options;
struct project;

#define DESIGN_MAX_DATA 1000 /* files for code whose names cannot be told */

/* A name that the code reads and that is no file anywhere it could be meant. */
struct data_missing {
	char *name; /* as the source says it */
	char *path; /* of the source, relative to the root */
	int line;   /* 1-based */
};

struct design_data {
	struct sim_file *files; /* into own */
	size_t n, cap;
	struct strv own;
	struct strv folders; /* that it writes into, places like those of files */
	struct strv rooted;  /* literals "/..." that a run reads or writes below its start; at
			      * most 100, which guesses tells */
	struct strv guesses; /* sentences: which file stands for a path of another machine */
	char *start;	     /* folder, relative; NULL: the root */
	char *why;	     /* why there, a clause without full stop; never NULL */
	bool devices;	     /* the code opens what lies in /dev, or may */
	bool open_names;     /* some name cannot be told, so files holds all that might be meant */
	struct data_missing *missing; /* in the order of the sources */
	size_t n_missing, cap_missing;
};

/* sources: what is compiled or included. top: the testbench, which testbench_path
 * defines. parameters: "NAME=VALUE" of top. */
void design_data_init(struct design_data *d, const struct project *p, const struct options *o,
		      const struct strv *sources, const char *testbench_path,
		      const struct strv *parameters);
void design_data_fini(struct design_data *d);

#endif
