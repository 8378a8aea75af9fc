/* yosys_text.h - constructs that yosys interprets differently from a simulator.
 *
 * A promise that a `case` is complete or its labels are exclusive (`unique`,
 * `priority`, full_case, parallel_case, as an attribute or in a comment) allows
 * synthesis to build anything if it is broken; a simulator ignores it. And a label with
 * x, z or ? in a `case` matches no known value (IEEE 1800-2017 12.5), while yosys
 * compares it to x. Both would hide differences.
 */
#ifndef POSEDGE_YOSYS_TEXT_H
#define POSEDGE_YOSYS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Overwrites the promises in text byte by byte, so positions stay. False: there were
 * none. Strings and other words are not touched. */
bool yosys_text_promises(char *text, size_t len);

/* A `techmap` map for YOSYS_TEXT_LABELS, used after `proc`: a label that matches no
 * known value never matches. */
#define YOSYS_TEXT_LABELS "c:$procmux$*_CMP*"
const char *yosys_text_labels(void);

#endif
