/* project_types.h - files that only declare types, parameters, functions or tasks, outside of
 * packages:
 *
 *     typedef enum logic { ADD, SUB } op_t;	in types.sv, which nothing includes
 *
 * A tool knows the name in each file that it reads after this one. For
 * session/project/project_closure.c only.
 */
#ifndef POSEDGE_PROJECT_TYPES_H
#define POSEDGE_PROJECT_TYPES_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/name_map.h"

struct project;

struct project_type { /* a name that a file declares */
	size_t file;  /* its index in the project */
	size_t next;  /* the next with that name; 0: none */
};

struct project_types {
	struct project_type *v;
	size_t n;
	struct name_map names; /* to the first of each in v */
};

void project_types_init(struct project_types *t, const struct project *p);
void project_types_fini(struct project_types *t);

/* The file nearest to `from` that declares the name; false if there is none, or a package that
 * from imports has it. */
bool project_types_find(const struct project_types *t, const struct project *p, const char *name,
			size_t from, size_t *file);

#endif
