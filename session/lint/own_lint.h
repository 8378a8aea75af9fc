/* own_lint.h - what a teacher would flag and the tools let pass.
 *
 * Findings of posedge's own, each a risk whose code begins with
 * OWN_LINT_PREFIX:
 *
 *	MULTIDRIVEN	a register that two processes write
 *	LATCH		a combinational block with a `case` in which a signal keeps
 *			its value on some way through
 *	ASSIGNREG	`assign` to a reg in what is read as Verilog
 *	SENSLIST	a block without an edge that reads what its list lacks
 *
 * Nothing is elaborated, so each rule keeps silent where it would have to know
 * more: a macro it does not know, parts of a vector, a name that two scopes
 * declare, branches of a generate; of testbenches and models with delays.
 * The tools' pragmas count: what is under `lint_off LATCH`, as Verilator
 * spells it, is not flagged here either; `posedge lint_off SENSLIST` in a
 * comment is for those that only posedge has.
 *
 * Pure; knows the text and how its includes are found.
 */
#ifndef POSEDGE_OWN_LINT_H
#define POSEDGE_OWN_LINT_H

#include <stdbool.h>
#include <stddef.h>

struct diag;
struct diag_list;
struct str;
struct vpp_env;

#define OWN_LINT_PREFIX "POSEDGE_"
#define OWN_LINT_MAX	(1u << 20) /* bytes; a longer text is a netlist and not looked at */

struct own_lint_text {
	const char *path; /* as findings name it */
	const char *text;
	size_t len;
	bool verilog; /* by its name a synthesiser takes it for Verilog, not SystemVerilog */
	const struct vpp_env *env; /* NULL: nothing is defined, nothing can be included */
};

/* What is known of one text; it and what env gives must outlive it. */
struct own_lint;

struct own_lint *own_lint_open(const struct own_lint_text *t);
void own_lint_close(struct own_lint *o); /* NULL is fine */

void own_lint_find(const struct own_lint *o, struct diag_list *out);

/* What the text tells of a tool's finding d in it, as a sentence, where the
 * tool's own hint says nothing or misleads: a ';' that is missing before the
 * place of a syntax error, an inout that is assigned in a block, a `=` in a block
 * that waits for no edge, a character that only looks like one of Verilog.
 * False: nothing. The sentences hold the words below,
 * by which a card is found. */
#define OWN_LINT_SEMICOLON "a ';' is missing"
#define OWN_LINT_INOUT	   "is an inout"
#define OWN_LINT_NO_EDGE   "waits for no edge"
#define OWN_LINT_ALIKE	   "which is no character of Verilog"
bool own_lint_explain(const struct own_lint *o, const struct diag *d, struct str *hint);

/* Moves the mark of a tool's finding from the line as the preprocessor left it, which the
 * tool quotes, to the line of the text, which is added to line. False, and nothing is
 * changed: no macro stands in it, or the two cannot be laid on each other. */
bool own_lint_place(const struct own_lint *o, struct diag *d, struct str *line);

/* True when found holds the finding of a tool that says the same as d, one of
 * posedge's own: about the same signal, in the same file. */
bool own_lint_said(const struct diag_list *found, const struct diag *d);

#endif
