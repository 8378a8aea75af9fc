/* Which files a description compiles together. This is asked for every name that a source
 * refers to, so each file keeps the set of its targets as bits.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"

/* Notes that the last target has the file. */
static void add_place(struct manifest *m, const char *path)
{
	struct manifest_places none = { { 0 } };
	size_t at, t = m->n_targets - 1;

	if (name_map_put(&m->place_of, path, strlen(path), m->n_places))
		MEM_PUSH(m->places, m->n_places, m->cap_places, none);
	name_map_get(&m->place_of, path, strlen(path), &at);
	m->places[at].in[t / 64] |= 1ull << t % 64;
}

void manifest_add_targets(struct manifest *m, struct manifest_target *v, size_t n)
{
	bool fits = n <= MANIFEST_MAX_TARGETS - m->n_targets;

	for (size_t i = 0; i < n; i++) {
		if (!fits) {
			free(v[i].path);
			strv_free(&v[i].files);
			continue;
		}
		MEM_PUSH(m->targets, m->n_targets, m->cap_targets, v[i]);
		for (size_t k = 0; k < v[i].files.n; k++)
			add_place(m, v[i].files.v[k]);
	}
}

static bool is_in(const struct manifest_places *p, size_t target)
{
	return p->in[target / 64] >> target % 64 & 1;
}

bool manifest_apart(const struct manifest *m, const char *a, const char *b)
{
	bool has_a = false, has_b = false, apart = false;
	size_t at_a, at_b;

	if (!name_map_get(&m->place_of, a, strlen(a), &at_a) ||
	    !name_map_get(&m->place_of, b, strlen(b), &at_b))
		return false;
	for (size_t i = 0; i < m->n_targets; i++) {
		bool in_a = is_in(&m->places[at_a], i), in_b = is_in(&m->places[at_b], i);

		if (in_a && in_b)
			return false;
		if (i == 0 || strcmp(m->targets[i].path, m->targets[i - 1].path) != 0)
			has_a = has_b = false;
		has_a |= in_a;
		has_b |= in_b;
		apart |= has_a && has_b;
	}
	return apart;
}
