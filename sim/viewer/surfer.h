/* surfer.h - the viewer port for Surfer (surfer-project.org; not in Debian).
 *
 * As with GTKWave, one window serves many runs and outlives posedge. It is started in
 * the state folder, whose .surfer/config.toml makes it listen on a free port of
 * 127.0.0.1, so any later posedge can connect with wcp.h. (With --wcp-initiate it would
 * connect to the process that started it, and be lost with that.) The other files
 * there:
 *
 *	wave.vcd	link to the newest dump, or wave.fst: the file it loads
 *	surfer		its pid and start time, its port, and what it has loaded
 *	log		its output
 *
 * A reload keeps rows, zoom and markers. It shows no source.
 */
#ifndef POSEDGE_SURFER_H
#define POSEDGE_SURFER_H

#include "session/tool/viewer.h"

extern const struct viewer_ops viewer_surfer;

#endif
