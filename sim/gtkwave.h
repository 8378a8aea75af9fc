/* gtkwave.h - the viewer port, with GTKWave.
 *
 * One window serves many runs. It is started once, in a session of its own,
 * and outlives us; what is needed to talk to it lies in the state folder:
 *
 *	wave.vcd	a link to the newest dump; this is what it has opened, or
 *			wave.fst, or source.fst with the source beside it
 *	layout.gtkw	a link to its layout
 *	commands	a FIFO from which it reads Tcl, one command a line
 *	replies		a file to which it adds one line for each
 *	init.tcl	how it answers; read at its start
 *	window		its process id and start time, whether it listens, and what
 *			it has opened
 *	lock		held by the one of us that opens it or talks to it
 *	names		signals that it is to add, one a line
 *	stems, src/	where modules stand, for its window of the source
 *	log		what it printed
 *
 * So that any later process of ours can make it reload. The dump must be
 * whole before show() is called, and is never to be written in place while a
 * window may be open: write under another name and rename() (GTKWave blocks
 * on an empty file). A layout that the person saved from inside GTKWave is
 * kept; one that we wrote is remade. Of one that would start programs a copy
 * without them, harmless.gtkw, is opened.
 *
 * A GTKWave without Tcl (built so, or the 3.4 branch and 4) gets the layout
 * and a new window each time. Without a display only files are written.
 */
#ifndef POSEDGE_GTKWAVE_H
#define POSEDGE_GTKWAVE_H

#include "session/tool/viewer.h"

extern const struct viewer_ops viewer_gtkwave;

#endif
