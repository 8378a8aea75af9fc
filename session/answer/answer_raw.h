/* answer_raw.h - Verilog in an answer without a fence. Part of answer_parse(); pure. */
#ifndef POSEDGE_ANSWER_RAW_H
#define POSEDGE_ANSWER_RAW_H

#include <stdbool.h>

#include "session/text/slice.h"

/* True if rest starts with a line that opens a module, interface, package, program
 * or primitive: the keyword, a name, then what may follow it. */
bool raw_starts(struct slice rest);

/* True for a line that may precede a module: a directive, a comment, an import.
 * within: inside a comment of several lines; updated. */
bool raw_leads(struct slice line, bool *within);

/* True if text has a module, preceded only by lines that raw_leads() accepts. */
bool raw_begins(struct slice text);

/* Takes the module at the start of *rest, and the modules, comments and directives
 * after it, up to anything else. cut: its end is missing. */
struct slice raw_take(struct slice *rest, bool *cut);

/* Finds the body of a module without its header: from the first declaration or
 * similar line up to endmodule. False: none. */
bool raw_body(struct slice text, struct slice *body);

/* Offset after the next word of line that ends a module or the like, outside comments and strings;
 * 0: none. Scans from an offset in code. */
size_t raw_unit_end(struct slice line, size_t from);

#endif
