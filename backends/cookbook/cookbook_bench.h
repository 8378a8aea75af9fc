/* cookbook_bench.h - "write a testbench for my counter": a testbench for the project's
 * module.
 *
 * Pure. Modules are read from the files in the request; a file that was cut or left out
 * is not known, and for an unknown module the answer names the command that makes a
 * testbench.
 */
#ifndef POSEDGE_COOKBOOK_BENCH_H
#define POSEDGE_COOKBOOK_BENCH_H

#include <stdbool.h>

struct prompt;
struct str;

/* Appends the whole answer. False: p does not ask for a testbench of a module of the
 * project, and nothing was added. */
bool cookbook_bench(const struct prompt *p, struct str *out);

#endif
