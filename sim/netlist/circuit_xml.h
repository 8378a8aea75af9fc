/* circuit_xml.h - converts Verilator's --xml-only output to session/tool/circuit.
 *
 * Reads the statements of the XML that sim/netlist/netlist.h reads for its structure. Hostile
 * until parsed: no DOCTYPE, limits on bytes, depth and nodes; beyond them ERR_LIMIT;
 * anything but this XML is ERR_PARSE.
 * What Verilator 5.006 keeps and what it has changed by then (measured with
 * -O0 and --coverage-line, which keep most places: a counter in each branch, which is
 * ignored here, keeps Verilator from merging branches):
 *
 *   kept      every process, assignment, condition and port connection with its
 *             line; generate loops unrolled; parameters as numbers; names
 *   widths    each extension and each cut is a node of its own; part selects
 *             count from bit 0, array indices from the lowest element
 *   merged    neighbours that assign neighbouring bits are one assignment of a
 *             concatenation. Between coverage_off and coverage_on also branches:
 *             if (c) a = x; else a = y; is one assignment of c ? x : y with the
 *             line of the first, of one bit also c & x. The lines of x and y are
 *             still on their own nodes
 *   swapped   operands, so that a constant comes first; branches of if (!c) with
 *             an else
 *   lost      whether a case was casez or casex: x and z in an item match all;
 *             which block a break, continue or return leaves, when two are open:
 *             the inner one is taken
 */
#ifndef POSEDGE_CIRCUIT_XML_H
#define POSEDGE_CIRCUIT_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct circuit;
struct circuit_xml;

#define CIRCUIT_XML_LIMIT (128u << 20) /* bytes of XML */

/* Fed piece by piece, so that the caller can stop in between. */
struct circuit_xml *circuit_xml_new(void);
void circuit_xml_free(struct circuit_xml *x); /* NULL is fine */
bool circuit_xml_feed(struct circuit_xml *x, const char *text, size_t len, struct err *err);

/* Call after the last piece: fills *out, which must be empty. False: *out is still
 * empty. */
bool circuit_xml_end(struct circuit_xml *x, struct circuit *out, struct err *err);

#endif
