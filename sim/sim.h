/* sim.h - the map of this folder, and the tables that main.c registers.
 *
 *   sandbox        wraps an argv in bubblewrap and limits
 *   sandbox_probe  what of that this machine allows
 *   confine        likewise for an agent or a tool server
 *   seccomp        system calls that a sandbox refuses
 *   lane           one sandbox for several lints
 *   stage          a job's sources, and a run's files, as a small tree of their own
 *   engine engine_lint engine_run    jobs as tasks; shared by all real simulators
 *   engine_seeds engine_variants     repeated runs: other initial values, other variants
 *   batch batch_inside               variants in one sandbox, and the program that starts them
 *   batch_module                     that program as a VPI module of Icarus, compiled once
 *   standby        the sandbox of a run, started early
 *   attempt        one try to build and run   counting   sources that count their checks
 *   script         build and run as one sh script       left   files left by a run
 *   totals watch   total resource use of a run, and its end beyond the limits
 *   processes      the processes of a run
 *   verilator      its arguments and its build   runtime   its precompiled library
 *   icarus         its arguments      icarus_direct  the two programs behind iverilog
 *   command_sim    a command of the user's own, and its report
 *   fake_sim       scripted answers: for tests and demos
 *   place verilator_diag icarus_diag              tools' messages as findings
 *   blanks         paths cut at a blank
 *   pragmas        lint codes of newer Verilators in the sources
 *   vxml vxml_types                               a reader for Verilator's XML, and its types
 *   tool_says      a tool's version, cached
 *   nested         nested modules, lifted for the tools
 *   netlist netlist_blocks netlist_tree           XML to session/tool/hardware
 *   circuit_xml circuit_names circuit_pins        XML to session/tool/circuit
 *   circuit_arrays                                arrays of instances, expanded
 *   vcd_scan       parses a dump into events     vcd_words    single words, oddities
 *   trace_open     a recording of any format as a session/trace
 *   trace_vcd      a dump of any size, with an index   trace_block    a part of it in memory
 *   trace_keep trace_vcd_index                    the index, cached
 *   trace_fst      an FST file   trace_seek     queries on traces stored in blocks
 *   trace_held                                    the part common to both
 *   fst_file fst_names fst_value fst_unpack       structure, names, values, compression
 *   fst_enum                                      and enums of an FST file
 *   ghw_file ghw_vcd               a GHW file's strings and types, and all of it as VCD
 *   trace_convert  other formats, through tools that convert them to VCD
 *   yosys_run      yosys scripts on a staged design
 *   yosys_netlist  ports, clocks, resets and registers of its netlist (yosys_cells)
 *   yosys_order    whether steps with several clocks are those of a simulator
 *   yosys_harness  the module that states what must hold, and its traces
 *   yosys_steps    a query to its `sat`       yosys_equal   compares two designs
 *   yosys_smt      the same query to z3        yosys_text    what yosys reads differently
 *   yosys_pdr      a proof by ABC, where induction finds none
 *   yosys_prove    assertions, one at a time        yosys_size    cells and the longest path
 *   git            older versions of the project's files   git_places  the files git reads
 *   git_odd        pipes and devices that would make git block
 *   gtkwave gtkwave_layout gtkwave_save           the viewer, and its layout
 *   gtkwave_window                                controls its window
 *   gtkwave_elsewhere                             how to view without a display
 *   surfer         the other viewer                wcp    its control protocol
 *   display        shared by both viewers          detach  starts their programs
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

extern const struct viewer_ops *const viewer_table[]; /* likewise */
extern const struct revisions_ops revisions_git;
extern const struct prover_ops prover_yosys;
extern const struct confine_ops confine_bwrap;

#endif
