/* sim.h - what main.c registers: the tools that posedge works with.
 *
 *   sandbox/  confinement and limits
 *   stage/    what a tool gets to read
 *   engine/   simulators: Verilator, Icarus, a command of the user's own, a fake
 *   netlist/  the elaborated design, from Verilator's XML
 *   trace/    formats of recorded runs: VCD, FST, GHW
 *   yosys/    the prover
 *   viewer/   GTKWave and Surfer
 *   git/      older versions of files
 *
 * The main header of each folder opens with a map of it. A new engine or viewer is a
 * row of a table in sim.c.
 */
#ifndef POSEDGE_SIM_H
#define POSEDGE_SIM_H

#include "session/tool/confine.h"
#include "session/tool/prover.h"
#include "session/tool/revisions.h"
#include "session/tool/simulator.h"
#include "session/tool/viewer.h"

extern const struct simulator_ops simulator_verilator;
extern const struct simulator_ops simulator_icarus;
extern const struct simulator_ops simulator_fake;
extern const struct simulator_ops simulator_command;
extern const struct simulator_ops *const simulator_table[]; /* ends with NULL */

extern const struct viewer_ops *const viewer_table[]; /* likewise */
extern const struct revisions_ops revisions_git;
extern const struct prover_ops prover_yosys;
extern const struct confine_ops confine_bwrap;

#endif
