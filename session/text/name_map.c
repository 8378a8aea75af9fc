/* A hash table from names to numbers, open addressing with linear probing, at
 * most three quarters full. Keys are borrowed. The hash is FNV-1a begun with
 * the address of the table, so a file cannot be made whose names all collide.
 * Nothing is ever removed, which is what keeps probing this simple.
 */
#include "config.h"

#include "session/text/name_map.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

/* FNV-1a, seeded with an address so that nobody can choose names that collide. */
static size_t hash(const struct name_map *m, const char *key, size_t len)
{
	uint64_t h = 14695981039346656037ull ^ (uint64_t)(uintptr_t)m->slots;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)key[i]) * 1099511628211ull;
	return (size_t)(h ^ (h >> 29));
}

static struct name_slot *find(const struct name_map *m, const char *key, size_t len)
{
	size_t i = hash(m, key, len) & (m->cap - 1);

	while (m->slots[i].key &&
	       (m->slots[i].len != len || memcmp(m->slots[i].key, key, len) != 0))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

static void grow(struct name_map *m)
{
	struct name_map old = *m;

	m->cap = old.cap ? 2 * old.cap : 16;
	m->slots = mem_calloc(m->cap, sizeof(*m->slots));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].key)
			*find(m, old.slots[i].key, old.slots[i].len) = old.slots[i];
	free(old.slots);
}

void name_map_fini(struct name_map *m)
{
	free(m->slots);
	*m = NAME_MAP_INIT;
}

bool name_map_put(struct name_map *m, const char *key, size_t len, size_t value)
{
	struct name_slot *slot;

	if (4 * (m->n + 1) > 3 * m->cap)
		grow(m);
	slot = find(m, key, len);
	if (slot->key)
		return false;
	*slot = (struct name_slot){ .key = key, .len = len, .value = value };
	m->n++;
	return true;
}

bool name_map_get(const struct name_map *m, const char *key, size_t len, size_t *value)
{
	struct name_slot *slot = m->cap ? find(m, key, len) : NULL;

	if (!slot || !slot->key)
		return false;
	*value = slot->value;
	return true;
}

bool name_map_has(const struct name_map *m, const char *key, size_t len)
{
	size_t ignored;

	return name_map_get(m, key, len, &ignored);
}
