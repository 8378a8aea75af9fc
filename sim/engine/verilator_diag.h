/* verilator_diag.h - parses the messages of Verilator's lint into findings.
 *
 * Pure: text in, findings out, in the tool's order. Knows the wording of Verilator
 * 5.006 and of nearby versions that share it (4.2xx to 5.02x):
 *
 *	message  = "%" ("Warning" | "Error") ["-" CODE] ": " [place] text
 *	place    = FILE ":" LINE ":" COL ": "
 *	follows  = blanks ": ... " note		instance, suggestion
 *	         | blanks place ["... "] note	a second place
 *	         | blanks LINE " | " source	the line it quotes
 *	         | blanks "| " blanks "^~~~"	the mark: starts at COL
 *	         | blanks "... " help		not kept
 *
 * Unsupported constructs and internal errors ("Internal Error", code INTERNAL) are
 * risks: the design may be right. A line in another form is a verbatim note: style,
 * with the code DIAG_NOTE. Not findings: "Exiting due to", "Cannot continue", "Command
 * Failed", the explanation of the search path, "-Info", "- ", and indented lines that
 * follow no message. Paths are as printed. Time and memory are linear in len.
 */
#ifndef POSEDGE_VERILATOR_DIAG_H
#define POSEDGE_VERILATOR_DIAG_H

#include <stddef.h>

struct diag_list;

/* Appends to out until it is full. */
void verilator_diag_parse(const char *text, size_t len, struct diag_list *out);

#endif
