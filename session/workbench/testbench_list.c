#include "config.h"

#include "session/workbench/testbench_list.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

static void free_entry(struct testbench_entry *t)
{
	free(t->name);
	free(t->command);
	free(t->results);
	free(t->waves);
}

struct testbench_list *testbench_list_new(void)
{
	return mem_zalloc(sizeof(struct testbench_list));
}

void testbench_list_free(struct testbench_list *l)
{
	for (size_t i = 0; l && i < l->n; i++)
		free_entry(&l->v[i]);
	if (l)
		free(l->v);
	free(l);
}

static struct testbench_entry *find(const struct testbench_list *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].name, name) == 0)
			return &l->v[i];
	return NULL;
}

void testbench_list_add(struct testbench_list *l, const struct testbench_entry *t)
{
	struct testbench_entry copy = { mem_strdup(t->name), mem_strdup(t->command),
					mem_strdup(t->results), mem_strdup(t->waves) };
	struct testbench_entry *same = find(l, t->name);

	if (same) {
		free_entry(same);
		*same = copy;
		return;
	}
	MEM_PUSH(l->v, l->n, l->cap, copy);
}

const struct testbench_entry *testbench_list_find(const struct testbench_list *l, const char *name)
{
	return find(l, name);
}
