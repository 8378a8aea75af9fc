/* gtkwave.h - the viewer port for GTKWave.
 *
 * One window serves many runs. It is started once, in its own session, and outlives
 * posedge. The files needed to control it are in the state folder:
 *
 *	wave.vcd	link to the newest dump; the window has opened this, or
 *			wave.fst, or source.fst with the source next to it
 *	layout.gtkw	link to its layout
 *	commands	FIFO from which it reads Tcl, one command per line
 *	replies		file to which it appends one line per command
 *	init.tcl	the code that does so; read at its start
 *	window		its pid and start time, whether it listens, and what it
 *			has opened
 *	lock		held by the posedge that opens it or talks to it
 *	names		signals to add, one per line
 *	stems, src/	positions of modules, for its source window
 *	log		its output
 *
 * So any later posedge can make it reload. The dump must be complete before show() is
 * called, and must never be written in place while a window may be open: write another
 * file and rename() it (GTKWave blocks on an empty file). A layout saved by the user in
 * GTKWave is kept; one that we wrote is remade. If a layout would start programs, a
 * copy without them, harmless.gtkw, is opened.
 *
 * A GTKWave without Tcl (built so, or the 3.4 branch and 4) gets the layout and a new
 * window each time. Without a display only the files are written.
 */
#ifndef POSEDGE_GTKWAVE_H
#define POSEDGE_GTKWAVE_H

#include "session/tool/viewer.h"

extern const struct viewer_ops viewer_gtkwave;

#endif
