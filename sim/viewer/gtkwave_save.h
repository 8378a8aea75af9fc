/* gtkwave_save.h - writes the layout for GTKWave as a save file. Pure.
 *
 * Clock and reset come first, then a group per module: ports, internal signals,
 * parameters, with a comment before each kind if there are several. The testbench's
 * group is open, those of nested modules are closed. Buses are in hex, states in
 * decimal, reals as steps. Clock and reset are yellow, inputs violet, outputs orange,
 * others in GTKWave's default. The first failure is the marker, the named marker A, and
 * a comment at the top. At most GTKWAVE_SIGNALS signals; the others are in the viewer's
 * own tree.
 */
#ifndef POSEDGE_GTKWAVE_SAVE_H
#define POSEDGE_GTKWAVE_SAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str;
struct trace;

#define GTKWAVE_SIGNALS 400

/* First line of a file that we wrote and GTKWave has not overwritten. */
#define GTKWAVE_OURS "[*] posedge: remade for each run, unless saved from GTKWave\n"

struct gtkwave_layout {
	struct trace *trace;	/* NULL: no signals are listed */
	size_t clock;		/* as in struct view_request */
	const char *directions; /* as in struct view_request */
	const char *wave_path, *save_path;
	bool has_marker;
	uint64_t marker; /* in the dump's units */
};

void gtkwave_save_text(const struct gtkwave_layout *l, struct str *out);

#endif
