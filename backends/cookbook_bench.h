/* cookbook_bench.h - "write a testbench for my counter": the project's own module.
 *
 * Pure. The modules are read from the files that came with the request; a file
 * that was cut or left out there is not known, and a module that is not known
 * gets no testbench but the command that makes one.
 */
#ifndef POSEDGE_COOKBOOK_BENCH_H
#define POSEDGE_COOKBOOK_BENCH_H

#include <stdbool.h>

struct prompt;
struct str;

/* Adds the whole answer. False: p asks for no testbench of an own module, and
 * nothing was added. */
bool cookbook_bench(const struct prompt *p, struct str *out);

#endif
