/* engine_choice.h - which engine runs a testbench first, and how two results
 * differ.
 *
 * With engine auto, the engine that was faster in earlier runs of this testbench
 * goes first: Icarus for nearly every small one, since it needs no compiler;
 * Verilator for long ones. The other engine then confirms the result. Times are
 * stored by remember.h; losing one only costs a slower start.
 */
#ifndef POSEDGE_ENGINE_CHOICE_H
#define POSEDGE_ENGINE_CHOICE_H

#include <stdint.h>

struct sim_job;
struct sim_result;
struct str;
struct ports;
struct workbench;

/* "icarus" or "verilator", whichever is installed if only one is. A constant string. */
const char *engine_first(const struct workbench *w, const char *testbench);

/* The other engine; NULL if it is not installed or engine is neither of the two. */
const char *engine_other(const struct ports *p, const char *engine);

/* Records how long a run of the testbench took, build included. */
void engine_took(const char *root, const char *testbench, const char *engine, uint64_t ms);

/* Display name: "Icarus" for "icarus". */
const char *engine_title(const char *engine);

/* Adds a sentence if two runs of a testbench had different verdicts, "Icarus:
 * FAIL at 30 ns, q is x; Verilator: PASS. Usually a register without reset"; adds
 * nothing if they agree or one of them did not run. j: their sources. */
void engine_differ(const struct sim_result *a, const struct sim_result *b, const struct sim_job *j,
		   struct str *out);

#endif
