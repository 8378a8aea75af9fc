/* lint_inout.h - an input of a module at an inout of a part: legal, and refused by the tool.
 *
 * A pad has an inout, and the chip around it an input for that pin. The part could drive
 * the input, a net, which Verilator refuses, whatever the part does. An output there is a
 * mistake that people make.
 */
#ifndef POSEDGE_LINT_INOUT_H
#define POSEDGE_LINT_INOUT_H

#include <stdbool.h>

struct diag;
struct project;

/* True if the error is about the named connection of such a port. */
bool lint_is_inout(const struct project *p, const struct diag *d);

#endif
