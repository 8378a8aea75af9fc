/* initial.h - `reg a = 1;` as Verilog means it, for a tool that reads SystemVerilog.
 *
 * In Verilog that is short for `reg a; initial a = 1;` (IEEE 1364-2005 6.2.1): the
 * variable changes from x at time 0, and an `always @*` or `@(posedge clk)` sees it.
 * SystemVerilog sets it before anything runs (IEEE 1800-2017 6.8), so that such a
 * block waits for the next change. The copy is written in the long form, on the same
 * lines. What stands in a function, a task or a primitive, and values of several lines,
 * stay as they are.
 *
 * Pure.
 */
#ifndef POSEDGE_INITIAL_H
#define POSEDGE_INITIAL_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Appends the copy to out. False, with nothing appended: there is nothing to change. */
bool initial_move(const char *text, size_t len, struct str *out);

#endif
