/* sim.h - the map of this folder, and the tables that main.c wires in.
 *
 *   sandbox        an argv wrapped in bubblewrap and limits
 *   confine        the same for a foreign program: an agent, a server of tools
 *   lane           one sandbox for several lints
 *   stage          a job's sources, and a run's files, as a small tree of their own
 *   engine engine_lint engine_run    jobs as tasks; what all real simulators share
 *   engine_seeds engine_variants     a run once more: other initial values, other variants
 *   batch batch_inside               variants in one sandbox, and the program that starts them there
 *   batch_module                     that program as a module of Icarus, compiled once
 *   standby        its sandbox, started early
 *   attempt        one try to build and run   counting   sources that count their checks
 *   script         build and run as one program for sh   left   what a run left behind
 *   totals watch   what a run uses in all, and its end when that is too much
 *   processes      who belongs to a run
 *   verilator      its arguments and its build   runtime   the precompiled library it links
 *   icarus         its arguments      icarus_direct  the two programs that iverilog starts
 *   command_sim  a command of the person's own, and its report
 *   fake_sim       answers as it is told: for tests and demos
 *   message verilator_diag icarus_diag            tools' messages as findings
 *   blanks         paths cut at a blank
 *   pragmas        codes of newer Verilators that the sources name
 *   vxml vxml_types                               Verilator's XML by its elements, and its types
 *   tool_says      a tool's version, kept in the cache
 *   nested         modules within modules, side by side for the tools
 *   netlist netlist_blocks netlist_tree           built from it: session/tool/hardware
 *   circuit_xml circuit_names circuit_pins        built from it: session/tool/circuit
 *   circuit_arrays                                arrays of instances, unrolled
 *   vcd_scan       the words of a dump as events    vcd_words    what some mean, odd ones
 *   trace_open     a file of any format as a session/trace
 *   trace_vcd      a dump of any size, by an index   trace_block    a stretch of it
 *   trace_keep trace_vcd_index                    its index, kept in the cache
 *   trace_fst      an FST file   trace_seek     questions to what lies in blocks, as both do
 *   trace_held                                   what both hold of a trace in memory
 *   fst_file fst_names fst_value fst_unpack       where what is in it, its names, its values,
 *   fst_enum                                      its compressions, its enums
 *   trace_convert  other formats, through the tools that turn them into VCD
 *   yosys_run      scripts of it on one staged design
 *   yosys_netlist  what it says of ports, clocks, resets and registers
 *   yosys_harness  the module around designs that says what is to hold, and its traces
 *   yosys_steps    one question to its `sat`       yosys_equal   two designs compared
 *   yosys_smt      the same question to z3
 *   yosys_prove    assertions, one at a time        yosys_size    cells and the longest path
 *   git            older versions of the project's files   git_places  what git has to see for that
 *   gtkwave gtkwave_layout gtkwave_save           the viewer, and the layout it is given
 *   gtkwave_window                                a window that can be told things
 *   gtkwave_elsewhere                             how to look without a display
 *   surfer         the other viewer                wcp    its control protocol
 *   display        what both viewers share
 */
#ifndef POSEDGE_SIM_H
#define POSEDGE_SIM_H

#include "session/tool/confine.h"
#include "session/tool/prover.h"
#include "session/tool/revisions.h"
#include "session/tool/simulator.h"
#include "session/tool/viewer.h"
#include "sim/sandbox.h"
#include "sim/trace_open.h"

extern const struct simulator_ops simulator_verilator;
extern const struct simulator_ops simulator_icarus;
extern const struct simulator_ops simulator_fake;
extern const struct simulator_ops simulator_command;
extern const struct simulator_ops *const simulator_table[]; /* ends with NULL */

extern const struct viewer_ops *const viewer_table[]; /* the same */
extern const struct revisions_ops revisions_git;
extern const struct prover_ops prover_yosys;
extern const struct confine_ops confine_bwrap;

#endif
