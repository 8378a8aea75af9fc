/* answer_raw.h - Verilog that stands in an answer without a fence.
 * Part of answer_parse(); pure.
 */
#ifndef POSEDGE_ANSWER_RAW_H
#define POSEDGE_ANSWER_RAW_H

#include <stdbool.h>

#include "session/text/slice.h"

/* Whether rest starts with a line that opens a module, interface, package,
 * program or primitive: the keyword, a name, then what may follow one. */
bool raw_starts(struct slice rest);

/* A directive, a comment, an import: what stands above a module. within: in a
 * comment of several lines; moved on. */
bool raw_leads(struct slice line, bool *within);

/* Whether text has a module, and above it nothing but what raw_leads() knows. */
bool raw_begins(struct slice text);

/* Takes the module, which rest starts with, and the modules, comments and
 * directives after it, up to anything else. cut: its end is missing. */
struct slice raw_take(struct slice *rest, bool *cut);

/* The body of a module without its head, within text: from the first line that
 * is a declaration or the like up to endmodule. False: there is none. */
bool raw_body(struct slice text, struct slice *body);

#endif
