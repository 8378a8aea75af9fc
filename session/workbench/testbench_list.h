/* testbench_list.h - testbenches that are commands, from `testbench add`.
 *
 * Owns a copy of each entry. Runs nothing: check/flow_sim.h does.
 */
#ifndef POSEDGE_TESTBENCH_LIST_H
#define POSEDGE_TESTBENCH_LIST_H

#include <stddef.h>

struct testbench_entry {
	char *name, *command;
	char *results, *waves; /* relative to the project's root; NULL: none */
};

struct testbench_list {
	struct testbench_entry *v;
	size_t n, cap;
};

struct testbench_list *testbench_list_new(void);
void testbench_list_free(struct testbench_list *l); /* NULL is fine */

/* Copies t; replaces an entry of the same name. */
void testbench_list_add(struct testbench_list *l, const struct testbench_entry *t);

/* Borrowed until the list changes. NULL: no such name. */
const struct testbench_entry *testbench_list_find(const struct testbench_list *l, const char *name);

#endif
