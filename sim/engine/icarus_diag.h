/* icarus_diag.h - parses the messages of iverilog into findings.
 *
 * Pure: text in, findings out, in the tool's order. Knows the wording of Icarus Verilog
 * 11 and 12:
 *
 *	message  = [FILE ":" LINE ": "] word ": " text
 *	         | FILE ":" LINE ": " text		"syntax error" and a few more
 *	         | FILE ": No such file or directory"
 *	         | text				in any other wording
 *	word     = "error" | "warning" | "sorry" | "vvp.tgt error" | ...
 *	follows  = [FILE ":" LINE ":"] blanks ": " text
 *	         | FILE ":" LINE ": ...: " text
 *
 * "sorry" means not supported: a risk with the code DIAG_UNSUPPORTED, as the design may
 * be right; so are internal errors of the tool, with the code INTERNAL. The code of a
 * warning is its -W class, if it has one. Unknown wording is not an error but a
 * verbatim note: style, with the code DIAG_NOTE. There are no columns. Not findings: "I
 * give up.", the count of errors, "Elaboration failed", the list of missing modules.
 * Paths are as printed. Time and memory are linear in len.
 */
#ifndef POSEDGE_ICARUS_DIAG_H
#define POSEDGE_ICARUS_DIAG_H

#include <stddef.h>

struct diag_list;

/* Appends to out until it is full. */
void icarus_diag_parse(const char *text, size_t len, struct diag_list *out);

#endif
