/* engine_choice.h - which engine runs a testbench first, and how two differ.
 *
 * With engine auto the one runs first that by earlier runs of this testbench
 * gives its verdict sooner: Icarus for nearly every small one, since it needs
 * no compiler; Verilator for those that run for long. The other one then
 * confirms. Times are kept by remember.h, so a lost one costs a slower start.
 */
#ifndef POSEDGE_ENGINE_CHOICE_H
#define POSEDGE_ENGINE_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

struct run_result;
struct sim_result;
struct str;
struct ports;
struct workbench;

/* "icarus" or "verilator"; or the one that is installed.
 * Constant. */
const char *engine_first(const struct workbench *w, const char *testbench);

/* The other one; NULL: not installed, or engine is neither. */
const char *engine_other(const struct ports *p, const char *engine);

/* A whole run of the testbench took so long, build included. */
void engine_took(const char *root, const char *testbench, const char *engine, uint64_t ms);

/* "Icarus" of "icarus". */
const char *engine_title(const char *engine);

/* A sentence when two runs of one testbench came to different verdicts, "Icarus:
 * FAIL at 30 ns, q is x; Verilator: PASS. Usually a register without reset";
 * nothing when they agree, or when one of them did not run. */
void engine_differ(const struct sim_result *a, const struct sim_result *b, struct str *out);

#endif
