/* Texts at some nodes of an undo tree, so the text at any node needs a bounded
 * number of changes. Node numbers grow from parent to child, so the path up from a
 * node and the list of stops, sorted by number, are walked down together (nearest).
 * A stop is made after STOPS_EVERY changes, or later in a large text, because its
 * copy costs more.
 */
#include "config.h"

#include "session/journal/doc_checkpoints.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/text/text.h"

struct stop {
	uint32_t node;
	char *text;
	size_t len;
};

struct doc_checkpoints {
	struct stop *v; /* sorted by node, starting with 0 */
	size_t n, cap;
};

/* The nodes from a stop, without it, to a document's current node. */
struct way {
	uint32_t *v; /* the last node first */
	size_t n, cap;
};

struct doc_checkpoints *doc_checkpoints_new(char *text, size_t len)
{
	struct doc_checkpoints *s = mem_zalloc(sizeof(*s));

	MEM_PUSH(s->v, s->n, s->cap, (struct stop){ 0, text, len });
	return s;
}

void doc_checkpoints_free(struct doc_checkpoints *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i].text);
	free(s->v);
	free(s);
}

size_t doc_checkpoints_count(const struct doc_checkpoints *s)
{
	return s->n;
}

/* The nearest stop above node. A parent has a lower number, so nodes and stops are
 * walked down together. */
static size_t nearest(const struct doc_checkpoints *s, const struct doc *d, struct way *way)
{
	uint32_t node = d->current;
	size_t i = s->n - 1;

	for (;;) {
		while (s->v[i].node > node)
			i--;
		if (s->v[i].node == node)
			return i;
		MEM_PUSH(way->v, way->n, way->cap, node);
		node = d->nodes[node].parent;
	}
}

static bool warm_from(struct doc *d, const struct stop *from, struct err *err)
{
	return doc_load_text(d, from->node, mem_dup(from->text, from->len), from->len, err);
}

/* Keeps the text of a later node; *at is the nearest stop before it, and afterwards
 * the new one. */
static bool keep(struct doc_checkpoints *s, const struct doc *d, uint32_t node, size_t *at,
		 struct err *err)
{
	struct doc *c = doc_copy(d);
	struct str text = STR_INIT;
	size_t i = s->n, len;
	bool ok;

	c->current = node;
	ok = warm_from(c, &s->v[*at], err);
	if (!ok)
		goto out;
	text_get_all(c->text, &text);
	len = text.len;
	MEM_ROOM(s->v, s->n, s->cap);
	while (s->v[i - 1].node > node)
		i--;
	memmove(s->v + i + 1, s->v + i, (s->n++ - i) * sizeof(*s->v));
	s->v[i] = (struct stop){ node, str_take(&text), len };
	*at = i;
out:
	doc_free(c);
	return ok;
}

bool doc_checkpoints_load(struct doc_checkpoints *s, struct doc *d, struct err *err)
{
	struct way way = { 0 };
	size_t at = nearest(s, d, &way), changes = 0;
	bool ok = true;

	while (ok && way.n > 0) {
		uint32_t node = way.v[--way.n];

		changes += d->nodes[node].n;
		if (changes < STOPS_EVERY + s->v[at].len / STOPS_BYTES)
			continue;
		ok = keep(s, d, node, &at, err);
		changes = 0;
	}
	free(way.v);
	return ok && warm_from(d, &s->v[at], err);
}
