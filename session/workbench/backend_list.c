/* Backends by name. Adding an entry again replaces the earlier one and drops its
 * open connection, because the address may differ.
 */
#include "config.h"

#include "session/workbench/backend_list.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/workbench/backend_lease.h"

void backend_entry_fini(struct backend_entry *b)
{
	free(b->name);
	free(b->protocol);
	free(b->url);
	free(b->model);
	free(b->key);
	for (char **o = b->options; o && *o; o++)
		free(*o);
	free(b->options);
	backend_lease_drop(b->lease);
}

struct backend_list *backend_list_new(void)
{
	return mem_zalloc(sizeof(struct backend_list));
}

void backend_list_free(struct backend_list *l)
{
	for (size_t i = 0; l && i < l->n; i++)
		backend_entry_fini(&l->v[i]);
	if (l)
		free(l->v);
	free(l);
}

static char **copy_options(char *const *from)
{
	struct strv copy = STRV_INIT;

	for (; from && *from; from++)
		strv_add(&copy, *from);
	return copy.v;
}

struct backend_entry backend_entry_copy(const struct backend_entry *b)
{
	return (struct backend_entry){
		.name = mem_strdup(b->name),
		.protocol = mem_strdup(b->protocol),
		.url = mem_strdup(b->url),
		.model = mem_strdup(b->model),
		.key = mem_strdup(b->key),
		.options = copy_options(b->options),
	};
}

void backend_list_add(struct backend_list *l, const struct backend_entry *b)
{
	struct backend_entry copy = backend_entry_copy(b);
	struct backend_entry *same = backend_list_find(l, b->name);

	if (same) {
		backend_entry_fini(same);
		*same = copy;
		return;
	}
	MEM_PUSH(l->v, l->n, l->cap, copy);
}

struct backend_entry *backend_list_find(const struct backend_list *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].name, name) == 0)
			return &l->v[i];
	return NULL;
}
