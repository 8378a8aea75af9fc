/* yosys_text.h - what yosys would read otherwise than a simulator does.
 *
 * A promise that a `case` is complete or its labels exclude each other (`unique`,
 * `priority`, full_case, parallel_case, as an attribute or in a comment) lets synthesis
 * build anything where it is broken; a simulator goes on as if it were not there. And a
 * label with x, z or ? is met by no known value in a `case` (IEEE 1800-2017 12.5), while
 * yosys compares it to x. Both would hide differences.
 */
#ifndef POSEDGE_YOSYS_TEXT_H
#define POSEDGE_YOSYS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Takes the promises out of len bytes, each byte by another: places and lines stay.
 * False: there was none. Strings and other words stay as they are. */
bool yosys_text_promises(char *text, size_t len);

/* A map for `techmap`, to be used on YOSYS_TEXT_LABELS after `proc`: a label that no known
 * value meets is not met. */
#define YOSYS_TEXT_LABELS "c:$procmux$*_CMP*"
const char *yosys_text_labels(void);

#endif
