/* own_lint_inner.h - what the rules of own_lint.h share; for session/own_lint*.c only. */
#ifndef POSEDGE_OWN_LINT_INNER_H
#define POSEDGE_OWN_LINT_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/lint/own_lint.h"
#include "session/text/name_map.h"
#include "session/verilog/vstmt.h"

/* The text as the compiler sees it, in one piece, and where each of its tokens
 * comes from. */
struct own_piece {
	size_t at;     /* in the flat text */
	size_t off;    /* in the file */
	size_t to;     /* where it ends there; of a macro, where its use does */
	int line;      /* in the file, 1-based */
	bool included; /* of an included file: nothing is said of it here */
};

struct own_flat {
	struct str text;
	struct own_piece *v;
	size_t n, cap;
};

void own_flatten(struct own_flat *f, const struct own_lint_text *t);
void own_flat_fini(struct own_flat *f);
/* The first piece at or after that line of the file; f->n: there is none. */
size_t own_flat_line(const struct own_flat *f, int line);
const struct own_piece *own_flat_at(const struct own_flat *f, size_t at); /* NULL: nowhere */

enum own_signal {
	OWN_REG = 1u << 0, /* by the keyword */
	OWN_OUTPUT = 1u << 1,
	OWN_INPUT = 1u << 2,
	OWN_NUMBER = 1u << 3, /* integer, real, genvar, event: no hardware by itself */
	OWN_ARRAY = 1u << 4,  /* has unpacked dimensions */
	OWN_MANY = 1u << 5,   /* declared in more than one scope: cannot be told apart */
	OWN_PORT = 1u << 6,   /* in the header */
	OWN_INOUT = 1u << 7,
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
		names; /* of what it declares, to a set of enum own_signal; keys in the flat text */
	bool simulates; /* a testbench or a model, with delays: no hardware */
};

/* False: the node is no module. Otherwise u->names is to be freed. */
bool own_unit_of(const struct own_lint *o, int node, struct own_unit *u);

/* Fills in names and simulates. */
void own_unit_read(struct own_unit *u);

/* Whether the token is a signal of the unit; *set what it is. */
bool own_signal_of(const struct own_unit *u, const struct vstmt_token *t, size_t *set);
/* Whether that process declares the name itself. */
bool own_is_local(const struct own_unit *u, int process, const struct vstmt_token *name);
bool own_is_sign(const struct own_unit *u, size_t token,
		 const char *word); /* false after the last one */

/* The targets of an assignment: the tokens of their first names, in order; with
 * the extent of what follows each, selects and members. */
struct own_target {
	size_t token;
	struct vspan rest; /* "[3:0]", ".field"; empty: the whole */
};
size_t own_targets(const struct own_unit *u, struct vspan lhs, struct own_target *out, size_t max);

/* Whether a synthesiser takes the file for Verilog: by its name, and by its text. */
bool own_is_verilog(const struct own_unit *u);

/* Adds a finding at the token. */
void own_add(const struct own_unit *u, size_t token, const char *code, const char *text,
	     const char *hint);

void own_rule_drivers(struct own_unit *u);
void own_rule_comb(struct own_unit *u);

bool own_has_edge(const struct own_unit *u, struct vspan head);

#endif
