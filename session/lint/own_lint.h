/* own_lint.h - faults that a teacher would flag and the tools let pass.
 *
 * Each finding is a risk whose code begins with OWN_LINT_PREFIX:
 *
 *     MULTIDRIVEN  a register that two processes write, also through a task
 *     LATCH        a combinational block with a `case` in which a signal keeps
 *                  its value on some path
 *     ASSIGNREG    `assign` to a reg in a text read as Verilog
 *     SENSLIST     a block without an edge that reads a signal its list lacks
 *     EDGELIST     a list that mixes edges and levels, or waits for a vector's edge
 *     TWICE        a net that its module declares twice
 *     ENDLESS      a for loop whose variable has too few bits to end it; a forever or
 *                  while in which no time passes
 *
 * Nothing is elaborated, so a rule stays silent where it would have to know more:
 * unknown macros, parts of a vector, names declared in two scopes, branches of a
 * generate. All but TWICE and ENDLESS also skip testbenches and models with delays. The
 * tools' pragmas apply: Verilator's `lint_off LATCH` silences LATCH here as well; `posedge
 * lint_off SENSLIST` in a comment silences a rule that only posedge has.
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
#define OWN_LINT_MAX	(1u << 20) /* bytes; longer texts are netlists and are skipped */

struct own_lint_text {
	const char *path; /* as used in findings */
	const char *text;
	size_t len;
	bool verilog; /* synthesisers take it for Verilog, not SystemVerilog, by its file name */
	const struct vpp_env *env; /* NULL: no macros are defined, no file can be included */
};

/* The parsed text. Borrows t's strings and env, which must outlive it. */
struct own_lint;

struct own_lint *own_lint_open(const struct own_lint_text *t);
void own_lint_close(struct own_lint *o); /* o may be NULL */

void own_lint_find(const struct own_lint *o, struct diag_list *out);

/* Adds a sentence to hint that explains the tool's finding d better than the tool
 * does: a ';' missing before a syntax error, an inout assigned in a block, a `=`
 * in a block that waits for no edge, a character that only looks like an ASCII
 * one. False if there is nothing to add. The sentences contain the words below,
 * by which error cards are looked up. */
#define OWN_LINT_SEMICOLON "a ';' is missing"
#define OWN_LINT_INOUT	   "is an inout"
#define OWN_LINT_NO_EDGE   "waits for no edge"
#define OWN_LINT_ALIKE	   "which is no character of Verilog"
bool own_lint_explain(const struct own_lint *o, const struct diag *d, struct str *hint);

/* The tool quotes the preprocessed line and counts columns in it. Moves d's mark
 * to the matching column of the original line, which is added to line. False,
 * with nothing changed, if the line has no macro or the two cannot be aligned. */
bool own_lint_place(const struct own_lint *o, struct diag *d, struct str *line);

/* True if found has a tool's finding for the same signal in the same file that
 * says the same as d, one of posedge's own. */
bool own_lint_said(const struct diag_list *found, const struct diag *d);

#endif
