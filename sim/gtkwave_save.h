/* gtkwave_save.h - the layout that GTKWave opens with, as a save file.
 *
 * Pure. Clock and reset stand first, then the signals of each module as a
 * group, ports (of FST, VCD does not tell them) first and parameters last, the testbench's open, those of modules inside modules closed; buses
 * in hex, states decimal, reals as steps. At most GTKWAVE_SIGNALS signals;
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
	struct trace *trace; /* NULL: no signals are named */
	size_t clock;	     /* as in struct view_request */
	const char *wave_path, *save_path;
	bool has_marker;
	uint64_t marker; /* in the dump's units */
};

void gtkwave_save_text(const struct gtkwave_layout *l, struct str *out);

#endif
