/* icarus_diag.h - what iverilog said, as findings.
 *
 * Pure: text in, findings out, in the tool's order. Knows the wording of
 * Icarus Verilog 11 and 12:
 *
 *	message  = [FILE ":" LINE ": "] word ": " text
 *	         | FILE ":" LINE ": " text		"syntax error" and a few more
 *	         | FILE ": No such file or directory"
 *	         | text				in any other wording
 *	word     = "error" | "warning" | "sorry" | "vvp.tgt error" | ...
 *	follows  = [FILE ":" LINE ":"] blanks ": " text
 *	         | FILE ":" LINE ": ...: " text
 *
 * "sorry" means not supported: a risk with the code DIAG_UNSUPPORTED, for the
 * design may be right; so are the tool's own faults, with the code INTERNAL.
 * Warnings get the -W class that Icarus files them under as code, where there
 * is one. What is worded in no known way is no error but a note, as it came:
 * style, with the code DIAG_NOTE. There are no columns. Not findings: "I give
 * up.", the count of errors, "Elaboration failed", the list of missing modules.
 * Paths are as the tool printed them. Time and memory are linear in len.
 */
#ifndef POSEDGE_ICARUS_DIAG_H
#define POSEDGE_ICARUS_DIAG_H

#include <stddef.h>

struct diag_list;

/* Adds to out until it is full. */
void icarus_diag_parse(const char *text, size_t len, struct diag_list *out);

#endif
