/* netlist.h - converts Verilator's --xml-only output to session/tool/hardware.
 *
 * Map of sim/netlist: the elaborated design, from Verilator's XML. Starts nothing.
 *
 *   vxml vxml_types    a reader for this XML, and its types
 *   netlist netlist_*  XML to session/tool/hardware
 *   circuit_xml circuit_names circuit_pins
 *                      XML to session/tool/circuit
 *   circuit_arrays     arrays of instances, expanded
 *
 * Hostile until parsed: no DOCTYPE and no entities; limits on bytes, depth, elements of
 * a module and work, beyond which it is ERR_LIMIT; anything but this XML is ERR_PARSE.
 * A module is analysed at its end and then freed.
 *
 * Taken directly: modules, ports, parameters (no localparam), instances, widths.
 * Derived by heuristics, since the XML has assignments after Verilator's first
 * simplifications, and not what they become:
 *
 *   register   assigned in an always block with an edge; an int or integer only
 *              by <=, others are loop counters
 *   clock      the first edge of the block that its statements do not read
 *   reset      asynchronous: an edge that the statements read, and the register
 *              is assigned where that is active. Synchronous: an if that tests
 *              one signal (or several with "or") and assigns only constants to
 *              the register on the side that comes first in the source, while
 *              the register is also assigned elsewhere; so a synchronous clear
 *              is a reset, as it is in hardware
 *   latch      assigned in an always block without an edge, but not on every
 *              path through it. A part counts as the whole, a loop as run once,
 *              a case as full if it has a default or lists all values
 *
 * Not covered: assignments in tasks and functions, feedback through assign, blocks with
 * delays or waits (testbenches), interfaces and packages.
 */
#ifndef POSEDGE_NETLIST_H
#define POSEDGE_NETLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct hardware;
struct netlist;

#define NETLIST_LIMIT (16u << 20) /* bytes of XML */

/* Fed piece by piece, so that the caller can let other tasks run in between. */
struct netlist *netlist_new(void);
void netlist_free(struct netlist *n); /* NULL is fine */
bool netlist_feed(struct netlist *n, const char *text, size_t len, struct err *err);

/* Call after the last piece: adds to *out. False: *out is unchanged. */
bool netlist_end(struct netlist *n, struct hardware *out, struct err *err);

#endif
