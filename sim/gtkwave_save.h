/* gtkwave_save.h - the layout that GTKWave opens with, as a save file.
 *
 * Pure. Clock and reset stand first, then the signals of each module as a group: ports,
 * what is inside, parameters, with a comment before each kind where there are several.
 * The testbench's group is open and those of modules inside modules are closed. Buses are
 * in hex, states decimal, reals as steps. Clock and reset are yellow, inputs violet, outputs
 * orange, all others as GTKWave has them. The first failure is the
 * marker, the named marker A, and a comment on top. At most GTKWAVE_SIGNALS signals;
 * the others can be taken from the viewer's own tree.
 */
#ifndef POSEDGE_GTKWAVE_SAVE_H
#define POSEDGE_GTKWAVE_SAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str;
struct trace;

#define GTKWAVE_SIGNALS 400

/* The first line of a file that we wrote and GTKWave did not write since. */
#define GTKWAVE_OURS "[*] posedge: remade for each run, unless saved from GTKWave\n"

struct gtkwave_layout {
	struct trace *trace;	/* NULL: no signals are named */
	size_t clock;		/* as in struct view_request */
	const char *directions; /* likewise */
	const char *wave_path, *save_path;
	bool has_marker;
	uint64_t marker; /* in the dump's units */
};

void gtkwave_save_text(const struct gtkwave_layout *l, struct str *out);

#endif
