/* A hash table of values as text, by place and time. When it is full all are forgotten: the values
 * that are asked for next are computed again, and no order of use has to be kept.
 */
#include "config.h"

#include "session/why/why_memo.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

struct entry {
	struct place place;
	uint64_t time;
	char *value; /* in binary; "": it has none; NULL: free */
};

struct why_memo {
	struct entry *entries; /* open addressing, at most half full */
	size_t cap, n;
	size_t bytes; /* of the values */
};

static size_t hash(const struct place *p, uint64_t time)
{
	uint64_t h = (uint64_t)p->instance << 32 ^ p->var ^ time * 0x9e3779b97f4a7c15ull;

	for (const char *s = p->element; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3ull;
	h = (h ^ h >> 31) * 0xff51afd7ed558ccdull;
	return (size_t)(h ^ h >> 29);
}

static bool is_of(const struct entry *e, const struct place *p, uint64_t time)
{
	return e->time == time && e->place.var == p->var && e->place.instance == p->instance &&
	       strcmp(e->place.element, p->element) == 0;
}

static struct entry *find(const struct why_memo *m, const struct place *p, uint64_t time)
{
	size_t i = hash(p, time) & (m->cap - 1);

	while (m->entries[i].value && !is_of(&m->entries[i], p, time))
		i = (i + 1) & (m->cap - 1);
	return &m->entries[i];
}

static void forget(struct why_memo *m)
{
	for (size_t i = 0; i < m->cap; i++)
		free(m->entries[i].value);
	free(m->entries);
	*m = (struct why_memo){ 0 };
}

static void grow(struct why_memo *m)
{
	struct why_memo old = *m;

	m->cap = old.cap ? 2 * old.cap : 256;
	m->entries = mem_calloc(m->cap, sizeof(*m->entries));
	for (size_t i = 0; i < old.cap; i++)
		if (old.entries[i].value)
			*find(m, &old.entries[i].place, old.entries[i].time) = old.entries[i];
	free(old.entries);
}

bool memo_get(const struct why_memo *m, const struct place *p, uint64_t time,
	      struct bits_pool *pool, struct bits *out, bool *ok)
{
	const struct entry *e = m ? find(m, p, time) : NULL;
	size_t n;

	if (!e || !e->value)
		return false;
	n = strlen(e->value);
	*ok = n > 0;
	if (n)
		*out = bits_text(pool, (unsigned)n, e->value, n);
	return true;
}

void memo_put(struct why_memo **memo, const struct place *p, uint64_t time,
	      const struct bits *value)
{
	struct why_memo *m = *memo ? *memo : (*memo = mem_zalloc(sizeof(*m)));
	struct str text = STR_INIT;
	struct entry *e;

	if (m->n >= MEMO_MAX || m->bytes >= MEMO_BYTES)
		forget(m);
	if (2 * (m->n + 1) > m->cap)
		grow(m);
	if (value)
		bits_print(value, &text);
	e = find(m, p, time);
	m->n += !e->value;
	m->bytes += text.len;
	free(e->value);
	*e = (struct entry){ *p, time, mem_strdup(str_cstr(&text)) };
	str_free(&text);
}

void memo_free(struct why_memo *m)
{
	if (m)
		forget(m);
	free(m);
}
