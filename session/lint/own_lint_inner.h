/* own_lint_inner.h - shared by the rules of own_lint.h; for session/lint/own_lint*.c only. */
#ifndef POSEDGE_OWN_LINT_INNER_H
#define POSEDGE_OWN_LINT_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/lint/own_lint.h"
#include "session/text/name_map.h"
#include "session/verilog/vstmt.h"

/* The preprocessed text in one piece, with the origin of each token. */
struct own_piece {
	size_t at;     /* offset in the flat text */
	size_t off;    /* offset in the file */
	size_t to;     /* end offset in the file; of a macro, the end of its use */
	int line;      /* in the file, 1-based */
	bool included; /* from an included file: not reported here */
};

struct own_flat {
	struct str text;
	struct own_piece *v;
	size_t n, cap;
};

void own_flatten(struct own_flat *f, const struct own_lint_text *t);
void own_flat_fini(struct own_flat *f);
/* Index of the first piece at or after that line of the file; f->n if there is none. */
size_t own_flat_line(const struct own_flat *f, int line);
/* NULL if no piece is there */
const struct own_piece *own_flat_at(const struct own_flat *f, size_t at);

enum own_signal {
	OWN_REG = 1u << 0, /* declared with the keyword reg */
	OWN_OUTPUT = 1u << 1,
	OWN_INPUT = 1u << 2,
	OWN_NUMBER = 1u << 3, /* integer, real, genvar, event: not hardware by itself */
	OWN_ARRAY = 1u << 4,  /* has unpacked dimensions */
	OWN_MANY = 1u << 5,   /* declared in more than one scope: ambiguous */
	OWN_PORT = 1u << 6,   /* declared in the module header */
	OWN_INOUT = 1u << 7,
	OWN_WIDE = 1u << 8, /* a range of two different numbers */
};

struct own_lint {
	struct own_lint_text t;
	struct own_flat flat;
	struct vstmts s;
};

/* One module. */
struct own_unit {
	const struct own_lint_text *file;
	const struct own_flat *flat;
	const struct vstmts *s;
	struct diag_list *out;
	int node;
	struct name_map
		names;	/* declared names to sets of enum own_signal; keys borrow the flat text */
	bool simulates; /* a testbench, or a model with delays or times: not hardware */
};

/* False if the node is not a module. On success the caller frees u->names. */
bool own_unit_of(const struct own_lint *o, int node, struct own_unit *u);

/* Fills in names and simulates. */
void own_unit_read(struct own_unit *u);

/* True if the token names a signal of the unit; *set is its set of enum own_signal. */
bool own_signal_of(const struct own_unit *u, const struct vstmt_token *t, size_t *set);
/* True if the process, or task, itself declares the name. */
bool own_is_local(const struct own_unit *u, int process, const struct vstmt_token *name);
bool own_is_sign(const struct own_unit *u, size_t token,
		 const char *word); /* false past the last token */

/* One target of an assignment: the token of its first name, and the span of the
 * selects and members that follow. own_targets() lists them in order. */
struct own_target {
	size_t token;
	struct vspan rest; /* "[3:0]", ".field"; empty: all of the signal */
};
size_t own_targets(const struct own_unit *u, struct vspan lhs, struct own_target *out, size_t max);

/* Reads "[5]" or "[7:4]" into bits, the lower one first; false if rest is no such select. */
bool own_bits_of(const struct own_unit *u, struct vspan rest, unsigned long bits[2]);

/* A combinational block with its list. written: the names that it writes. */
struct own_list {
	int process, body; /* body: the statement behind the list */
	struct vspan list;
	const struct name_map *written;
};
void own_check_list(const struct own_unit *u, const struct own_list *l);

/* True if a synthesiser would read the file as Verilog, by its name and its text. */
bool own_is_verilog(const struct own_unit *u);

/* Adds a finding at that token. */
void own_add(const struct own_unit *u, size_t token, const char *code, const char *text,
	     const char *hint);

void own_rule_drivers(struct own_unit *u);
void own_rule_comb(struct own_unit *u);
void own_rule_edges(struct own_unit *u);
void own_rule_endless(struct own_unit *u);
void own_rule_twice(struct own_unit *u);

/* Value of a plain decimal number; -1 if it is not one or above the range supported. */
int own_number_at(const struct vstmts *s, size_t token);
/* Width in bits that the declaration of the name at token gives it; 0 if unknown. */
int own_declared_width(const struct own_unit *u, size_t name);
bool own_is_signed(const struct own_unit *u, size_t name);
/* Width in bits of the expression of the case at node, in that process, if it is one
 * plainly declared name; 0 if unknown. */
int own_case_width(const struct own_unit *u, int process, int node);
/* True if its choices name each value of the expression. False if that is not known. */
bool own_case_covers(const struct own_unit *u, int process, int node);

/* Adds "'y'" or "'y', 'z'": what the combinational block around the case at node does not
 * write for a value that no choice names. False if it is none, or writes all. */
bool own_case_keeps(struct own_unit *u, int node, struct str *names);

/* For a net that a tool declares implicitly: a hint if its module uses the name only there. */
bool own_lint_once(const struct own_lint *o, const struct diag *d, struct str *hint);

/* For an error that the tool reports behind its cause: what is not closed before it, or that the
 * tool knows no covergroup. */
bool own_lint_unclosed(const struct own_lint *o, const struct diag *d, struct str *hint);
/* For a "syntax error" without a column, as Icarus has it: where to look. */
bool own_lint_bare(const struct own_lint *o, const struct diag *d, struct str *hint);

bool own_has_edge(const struct own_unit *u, struct vspan head);

#endif
