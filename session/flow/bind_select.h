/* bind_select.h - elements of arrays and members of structs, as ports of a checker; for
 * session/flow only. Pure.
 *
 *	pair.n		of "typedef struct packed { ... logic [1:0] n; } pair_t; pair_t pair;"
 *	memory[at]	of "logic [3:0] memory [0:15];"
 *	queue[0].data	of "pair_t queue [0:3];"
 *
 * The expression stands in the bind, where the module's types and names are seen; the checker
 * has a port for it, of the type that is left: pair_n, logic [1:0].
 */
#ifndef POSEDGE_BIND_SELECT_H
#define POSEDGE_BIND_SELECT_H

#include <stdbool.h>
#include <stddef.h>

struct str;
struct vstmts;

struct bind_select { /* strings are owned */
	char *of;    /* "memory[at]", single blanks where words meet; NULL: the signal itself */
	char *name;  /* "memory_at" */
	char *type;  /* of the port */
	size_t end;  /* the token after it */
};

void bind_select_fini(struct bind_select *s);

/* What begins at token i of words, the name of a signal with that type (or the beginning of
 * one) and so many brackets after its name. s: the text of its module. False with a clause in
 * why: that is not bound. */
bool bind_select_read(const struct vstmts *s, const char *module, const char *type, size_t arrays,
		      const struct vstmts *words, size_t i, struct bind_select *out,
		      struct str *why);

/* The token after "of" where it stands at token i of words; 0: it does not. */
size_t bind_select_at(const struct vstmts *words, size_t i, const char *of);

#endif
