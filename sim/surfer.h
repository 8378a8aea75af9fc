/* surfer.h - the viewer port, with Surfer (surfer-project.org; in no Debian).
 *
 * As with GTKWave one window serves many runs and outlives us. It is started in the state
 * folder, whose .surfer/config.toml lets it listen on a port of 127.0.0.1 that was free; so
 * any later process of ours can connect, by wcp.h. (With --wcp-initiate it would connect to
 * the one that started it, and be lost with that.) Besides that file:
 *
 *	wave.vcd	a link to the newest dump, or wave.fst: this is what it loads
 *	surfer		its process id and start time, its port, and what it has loaded
 *	log		what it printed
 *
 * A reload keeps rows, zoom and markers. It shows no source.
 */
#ifndef POSEDGE_SURFER_H
#define POSEDGE_SURFER_H

#include "session/tool/viewer.h"

extern const struct viewer_ops viewer_surfer;

#endif
