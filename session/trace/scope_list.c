/* Open addressing, at most half full, with a salt, so that no file can choose
 * colliding names. A dump lists the signals of a scope one after the other, so the
 * last result is cached. */
#include "config.h"

#include "session/trace/scope_list.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "session/base/mem.h"

static uint64_t mix(uint64_t h)
{
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdull;
	return h ^ h >> 33;
}

static uint64_t hash(const struct scope_list *l, size_t parent, const char *name, size_t len)
{
	uint64_t h = mix(l->salt ^ (uint64_t)parent);

	for (size_t i = 0; i < len; i++)
		h = mix(h ^ (unsigned char)name[i]);
	return h;
}

static void put(struct scope_list *l, size_t scope)
{
	const struct trace_scope *s = &l->scopes[scope];
	size_t i = hash(l, s->parent, s->name, strlen(s->name)) & (l->n_slots - 1);

	while (l->slots[i])
		i = (i + 1) & (l->n_slots - 1);
	l->slots[i] = (uint32_t)scope + 1;
}

static void grow(struct scope_list *l)
{
	if (!l->salt && getrandom(&l->salt, sizeof(l->salt), GRND_NONBLOCK) != sizeof(l->salt))
		l->salt = (uint64_t)(uintptr_t)l;
	l->n_slots = l->n_slots ? l->n_slots * 2 : 64;
	free(l->slots);
	l->slots = mem_calloc(l->n_slots, sizeof(*l->slots));
	for (size_t i = 0; i < l->n; i++)
		put(l, i);
}

static size_t child(struct scope_list *l, size_t parent, const char *name, size_t len)
{
	if (2 * (l->n + 1) > l->n_slots)
		grow(l);
	for (size_t i = hash(l, parent, name, len) & (l->n_slots - 1); l->slots[i];
	     i = (i + 1) & (l->n_slots - 1)) {
		const struct trace_scope *s = &l->scopes[l->slots[i] - 1];

		if (s->parent == parent && strncmp(s->name, name, len) == 0 && !s->name[len])
			return l->slots[i] - 1;
	}
	MEM_ROOM(l->scopes, l->n, l->cap);
	l->scopes[l->n] = (struct trace_scope){ mem_strndup(name, len), "module", parent };
	put(l, l->n);
	return l->n++;
}

size_t scope_list_of(struct scope_list *l, const char *path)
{
	size_t scope = TRACE_NONE;

	if (l->last.len && strcmp(str_cstr(&l->last), path) == 0)
		return l->last_scope;
	str_clear(&l->last);
	str_adds(&l->last, path);
	while (*path) {
		size_t len = strcspn(path, ".");

		scope = child(l, scope, path, len);
		path += len + (path[len] == '.');
	}
	l->last_scope = scope;
	return scope;
}

void scope_list_free(struct scope_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free((char *)l->scopes[i].name);
	free(l->scopes);
	free(l->slots);
	str_free(&l->last);
	*l = (struct scope_list){ 0 };
}
