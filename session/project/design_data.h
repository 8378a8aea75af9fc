/* design_data.h - the files that a simulation reads, and where it starts.
 *
 * Based on the names in the sources. The start folder is the one from which most
 * of them are found; a file that is not found from there, but exists where its
 * author probably meant, is placed there. Knows no tool.
 */
#ifndef POSEDGE_DESIGN_DATA_H
#define POSEDGE_DESIGN_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/tool/simulator.h"

struct options;
struct project;

#define DESIGN_MAX_DATA 1000 /* for code with unknown file names */

/* A name that the code reads and that no file in a plausible place has. */
struct data_missing {
	char *name; /* as written in the source */
	char *path; /* path of the source, relative to the root */
	int line;   /* 1-based */
};

struct design_data {
	struct sim_file *files; /* strings owned by `own` */
	size_t n, cap;
	struct strv own;
	struct strv folders; /* that it writes to, relative like those of files */
	/* string literals "/..." that a run reads or writes below its start folder; at
	 * most 100; a sentence in guesses says if there are more */
	struct strv rooted;
	struct strv guesses; /* sentences: which file is used for a path of another machine */
	char *start;	     /* start folder, relative; NULL: the root */
	char *why;	     /* the reason, a clause without full stop; never NULL */
	bool devices;	     /* the code opens files in /dev, or may */
	bool open_names;     /* some name is unknown, so files has everything it might mean */
	struct data_missing *missing; /* in the order of the sources */
	size_t n_missing, cap_missing;
};

/* sources: compiled and included files. testbench_path: file of the testbench.
 * parameters: "NAME=VALUE" for the top. */
void design_data_init(struct design_data *d, const struct project *p, const struct options *o,
		      const struct strv *sources, const char *testbench_path,
		      const struct strv *parameters);
void design_data_fini(struct design_data *d);

#endif
