/* bind_select.h - array elements and struct members as ports of a checker. For
 * session/flow only. Pure.
 *
 *	pair.n		of "typedef struct packed { ... logic [1:0] n; } pair_t; pair_t pair;"
 *	memory[at]	of "logic [3:0] memory [0:15];"
 *	queue[0].data	of "pair_t queue [0:3];"
 *
 * The bind statement contains the expression, because the module's types and names
 * are visible there. The checker has a port with the type of the selected part:
 * pair_n, logic [1:0].
 */
#ifndef POSEDGE_BIND_SELECT_H
#define POSEDGE_BIND_SELECT_H

#include <stdbool.h>
#include <stddef.h>

struct str;
struct vstmts;

struct bind_select { /* strings are owned */
	char *of;    /* "memory[at]", one blank between adjacent words; NULL: the whole signal */
	char *name;  /* "memory_at" */
	char *type;  /* of the port */
	size_t end;  /* index of the token after the expression */
};

void bind_select_fini(struct bind_select *s);

/* Reads the expression at token i of words: the name of a signal of the given type
 * (or the beginning of a type), declared with that many array dimensions. s: the text
 * of its module. False with a clause in why: the expression cannot be bound. */
bool bind_select_read(const struct vstmts *s, const char *module, const char *type, size_t arrays,
		      const struct vstmts *words, size_t i, struct bind_select *out,
		      struct str *why);

/* Index of the token after "of" if it occurs at token i of words; 0 otherwise. */
size_t bind_select_at(const struct vstmts *words, size_t i, const char *of);

#endif
