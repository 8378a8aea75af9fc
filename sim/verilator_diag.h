/* verilator_diag.h - what Verilator's lint said, as findings.
 *
 * Pure: text in, findings out, in the tool's order. Knows the wording of
 * Verilator 5.006 and of the neighbours that share it (4.2xx to 5.02x):
 *
 *	message  = "%" ("Warning" | "Error") ["-" CODE] ": " [place] text
 *	place    = FILE ":" LINE ":" COL ": "
 *	follows  = blanks ": ... " note		instance, suggestion
 *	         | blanks place ["... "] note	a second place
 *	         | blanks LINE " | " source	the line it quotes
 *	         | blanks "| " blanks "^~~~"	the mark: starts at COL
 *	         | blanks "... " help		not kept
 *
 * What Verilator does not support, and its own faults ("Internal Error", code
 * INTERNAL), are risks: the design may be right. A line in another form is a
 * note, as it came: style, with the code DIAG_NOTE. Not findings: "Exiting due
 * to", "Cannot continue", "Command Failed", the search path explained, "-Info",
 * "- ", and what is indented below no message. Paths are as the tool printed
 * them. Time and memory are linear in len.
 */
#ifndef POSEDGE_VERILATOR_DIAG_H
#define POSEDGE_VERILATOR_DIAG_H

#include <stddef.h>

struct diag_list;

/* Adds to out until it is full. */
void verilator_diag_parse(const char *text, size_t len, struct diag_list *out);

#endif
