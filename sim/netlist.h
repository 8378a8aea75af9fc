/* netlist.h - Verilator's --xml-only output as session/hardware.
 *
 * Hostile until parsed: no DOCTYPE and no entities, limits on bytes, depth,
 * elements of a module and work; what is beyond them is ERR_LIMIT, what is no
 * such XML is ERR_PARSE. A module is looked at when it ends and forgotten then.
 *
 * Read off as it stands: modules, ports, parameters (no localparam), instances,
 * widths. Told by rules of thumb, since the XML says what is assigned and not
 * what becomes of it, and comes after Verilator's first simplifications:
 *
 *   register   assigned in an always block with an edge; an int or integer only
 *              by <=, others are loop counters
 *   clock      the first edge of the block that its statements do not read
 *   reset      asynchronous: an edge that the statements read, and the register
 *              is assigned where that is active. Synchronous: an if that tests
 *              one signal (or several with "or") and assigns only constants to
 *              the register on the side that stands first in the source, while
 *              the register is assigned elsewhere, too; so a synchronous clear
 *              is a reset, as it is in hardware
 *   latch      assigned in an always block without an edge, but not on every
 *              way through it. A part counts as the whole, a loop as run once,
 *              a case as full when it has a default or lists all values
 *
 * Not seen: what tasks and functions assign, feedback through assign, blocks
 * with delays or waits in them (testbenches), interfaces and packages.
 */
#ifndef POSEDGE_NETLIST_H
#define POSEDGE_NETLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct hardware;
struct netlist;

#define NETLIST_LIMIT (16u << 20) /* bytes of XML */

/* Piece by piece, so that the caller can let others run between them. */
struct netlist *netlist_new(void);
void netlist_free(struct netlist *n); /* NULL is fine */
bool netlist_feed(struct netlist *n, const char *text, size_t len, struct err *err);

/* After the last piece: adds to *out. False: out is as it was. */
bool netlist_end(struct netlist *n, struct hardware *out, struct err *err);

#endif
