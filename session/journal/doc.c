#include "config.h"

#include "session/journal/doc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/text.h"

static uint32_t add_node(struct doc *d, uint32_t parent)
{
	d->cap_nodes = (uint32_t)mem_grow((void **)&d->nodes, d->cap_nodes, d->n_nodes + 1u,
					  sizeof(*d->nodes));
	d->nodes[d->n_nodes] = (struct doc_node){ .parent = parent };
	return d->n_nodes++;
}

struct doc *doc_new(const char *path)
{
	struct doc *d = mem_zalloc(sizeof(*d));

	d->path = mem_strdup(path);
	add_node(d, 0);
	d->nodes[0].by = mem_strdup("");
	return d;
}

/* Not after the one before it, whose name it may share. */
static void free_node(struct doc *d, uint32_t at)
{
	struct doc_node *node = &d->nodes[at];

	for (size_t i = 0; i < node->n; i++)
		free(node->v[i].removed_text);
	free(node->v);
	if (at == 0 || node->by != d->nodes[at - 1].by)
		free(node->by);
}

void doc_free(struct doc *d)
{
	if (!d)
		return;
	for (uint32_t i = d->n_nodes; !d->lender && i-- > 0;)
		free_node(d, i);
	if (!d->lender)
		free(d->nodes);
	text_free(d->text);
	free(d->path);
	free(d);
}

struct doc *doc_copy(const struct doc *d)
{
	struct doc *c = mem_dup(d, sizeof(*d));

	c->path = mem_strdup(d->path);
	c->lender = d->lender ? d->lender : d;
	c->nodes = c->lender->nodes;
	c->cap_nodes = 0;
	c->text = NULL;
	return c;
}

bool doc_unsaved(const struct doc *d)
{
	return d->current != d->saved;
}

/* Takes the first n changes of a node back. False, with nothing changed, when
 * what they removed is not known: the document was too large to be recorded
 * and is warm only since after that edit. */
static bool backward(struct doc *d, struct doc_node *node, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!node->v[i].removed_text && node->v[i].removed)
			return false;
	while (n-- > 0) {
		struct doc_change *c = &node->v[n];

		text_edit(d->text, c->off, c->ins_len, c->removed_text, c->removed);
	}
	return true;
}

/* Applies a node's changes to the text; takes them all back if one does not
 * fit. What each removes is remembered the first time, for the way back. */
static bool forward(struct doc *d, struct doc_node *node)
{
	for (size_t i = 0; i < node->n; i++) {
		struct doc_change *c = &node->v[i];

		if (c->off > text_len(d->text) || c->removed > text_len(d->text) - c->off) {
			backward(d, node, i);
			return false;
		}
		if (!c->removed_text && c->removed) {
			struct str s = STR_INIT;

			text_get(d->text, c->off, c->removed, &s);
			c->removed_text = str_take(&s);
		}
		text_edit(d->text, c->off, c->removed, c->ins, c->ins_len);
	}
	return true;
}

/* Moves the warm text from one node to another by way of where their paths
 * to the root meet: a parent is below its own number, so the higher one is not
 * there yet. On failure the text stands at *at. */
static bool walk(struct doc *d, uint32_t from, uint32_t to, uint32_t *at)
{
	uint32_t up = from, down = to;
	uint32_t *way = NULL;
	size_t cap = 0, n = 0;
	bool ok = true;

	*at = from;
	while (ok && up != down) {
		if (up > down) {
			ok = backward(d, &d->nodes[up], d->nodes[up].n);
			if (!ok)
				break;
			up = d->nodes[up].parent;
			*at = up;
		} else {
			cap = mem_grow((void **)&way, cap, n + 1, sizeof(*way));
			way[n++] = down;
			down = d->nodes[down].parent;
		}
	}
	while (ok && n > 0) {
		ok = forward(d, &d->nodes[way[--n]]);
		if (ok)
			*at = way[n];
	}
	free(way);
	return ok;
}

bool doc_warm(struct doc *d, uint32_t node, char *text, size_t len, struct err *err)
{
	uint32_t at;

	text_free(d->text);
	d->text = text_take(text, len);
	if (walk(d, node, d->current, &at))
		return true;
	text_free(d->text);
	d->text = NULL;
	return err_set(err, ERR_CONFLICT,
		       "%s: what was recorded does not fit the text it starts from", d->path);
}

/* A letter typed is a node, so it is to be small: its bytes stand behind its
 * changes, and its author is the name that the node before has, mostly. */
static void fill_node(struct doc *d, uint32_t at, const struct change *v, size_t n, const char *by)
{
	struct doc_node *node = &d->nodes[at];
	char *before = at ? d->nodes[at - 1].by : NULL, *ins;
	size_t bytes = 0;

	by = by ? by : "";
	for (size_t i = 0; i < n; i++)
		bytes += v[i].ins.len;
	node->by = before && strcmp(before, by) == 0 ? before : mem_strdup(by);
	node->v = mem_alloc(n * sizeof(*node->v) + bytes + 1);
	node->n = n;
	ins = (char *)(node->v + n);
	for (size_t i = 0; i < n; i++) {
		node->v[i] = (struct doc_change){ .off = v[i].off, .removed = v[i].removed, .ins = ins,
						  .ins_len = v[i].ins.len };
		if (v[i].ins.len)
			memcpy(ins, v[i].ins.data, v[i].ins.len);
		ins += v[i].ins.len;
	}
}

/* Whether the lender's next node is this edit. */
static bool lends_edit(const struct doc *d, const struct change *v, size_t n, const char *by)
{
	const struct doc_node *node = d->n_nodes < d->lender->n_nodes ? &d->lender->nodes[d->n_nodes] : NULL;

	if (!node || node->parent != d->current || node->n != n ||
	    strcmp(node->by, by ? by : "") != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (node->v[i].off != v[i].off || node->v[i].removed != v[i].removed ||
		    node->v[i].ins_len != v[i].ins.len ||
		    (v[i].ins.len && memcmp(node->v[i].ins, v[i].ins.data, v[i].ins.len) != 0))
			return false;
	return true;
}

/* What was removed is known again once the copy is warm again; so a copy that
 * goes its own way is cold. */
static void own_nodes(struct doc *d)
{
	struct doc_node *lent = d->nodes;

	d->nodes = mem_calloc(d->n_nodes, sizeof(*d->nodes));
	d->cap_nodes = d->n_nodes;
	d->lender = NULL;
	for (uint32_t i = 0; i < d->n_nodes; i++) {
		struct change *v = mem_calloc(lent[i].n, sizeof(*v));

		for (size_t k = 0; k < lent[i].n; k++)
			v[k] = (struct change){ lent[i].v[k].off, lent[i].v[k].removed,
						{ lent[i].v[k].ins, lent[i].v[k].ins_len } };
		d->nodes[i].parent = lent[i].parent;
		fill_node(d, i, v, lent[i].n, lent[i].by);
		free(v);
	}
	text_free(d->text);
	d->text = NULL;
}

static uint32_t next_node(struct doc *d, const struct change *v, size_t n, const char *by)
{
	uint32_t at;

	if (d->lender && lends_edit(d, v, n, by))
		return d->n_nodes++;
	if (d->lender)
		own_nodes(d);
	at = add_node(d, d->current);
	fill_node(d, at, v, n, by);
	return at;
}

bool doc_edit(struct doc *d, const struct change *v, size_t n, const char *by, struct err *err)
{
	uint32_t at = next_node(d, v, n, by);
	struct doc_node *node = &d->nodes[at];

	if (d->text && !forward(d, node)) {
		if (!d->lender)
			free_node(d, at);
		d->n_nodes--;
		return err_set(err, ERR_CONFLICT, "%s: an edit lies outside of the text", d->path);
	}
	d->current = at;
	return true;
}

uint64_t doc_suggestion(const struct doc *d, uint32_t node)
{
	static const char of[] = "suggestion ";
	const char *by = node ? d->nodes[node].by : "";

	return str_starts(by, of) ? strtoull(by + strlen(of), NULL, 10) : 0;
}

bool doc_goto(struct doc *d, uint32_t node, struct err *err)
{
	uint32_t at = d->current;
	bool ok = true;

	if (node >= d->n_nodes)
		return err_set(err, ERR_USAGE, "%s: there is no state %u", d->path, node);
	if (d->text)
		ok = walk(d, d->current, node, &at);
	d->current = ok ? node : at;
	return ok || err_set(err, ERR_CONFLICT, "%s: that state's text is not known any more", d->path);
}

/* A letter typed or deleted by hand, not a line end. */
static const struct doc_change *keystroke(const struct doc_node *n)
{
	const struct doc_change *c = n->v;

	if (n->n != 1 || strcmp(n->by, "you") != 0)
		return NULL;
	if (c->removed == 0 && c->ins_len >= 1 && c->ins_len <= 4 && c->ins[0] != '\n')
		return c;
	return c->ins_len == 0 && c->removed <= 4 ? c : NULL;
}

/* Whether node carries on what its parent did: the next letter of a word, or
 * the next one deleted. What was saved in between stays a step. */
static bool carries_on(const struct doc *d, uint32_t node)
{
	uint32_t parent = d->nodes[node].parent;
	const struct doc_change *c = node ? keystroke(&d->nodes[node]) : NULL;
	const struct doc_change *was = parent ? keystroke(&d->nodes[parent]) : NULL;

	if (!c || !was || parent == d->saved || (c->ins_len == 0) != (was->ins_len == 0))
		return false;
	if (c->ins_len == 0)
		return was->off == c->off + c->removed || was->off == c->off;
	return was->off + was->ins_len == c->off && (was->ins[0] != ' ' || c->ins[0] == ' ');
}

uint32_t doc_undo_node(const struct doc *d)
{
	uint32_t node = d->current;

	while (carries_on(d, node))
		node = d->nodes[node].parent;
	return d->nodes[node].parent;
}

static uint32_t youngest_child(const struct doc *d, uint32_t node)
{
	for (uint32_t i = d->n_nodes; i-- > node + 1;)
		if (d->nodes[i].parent == node)
			return i;
	return node;
}

uint32_t doc_redo_node(const struct doc *d)
{
	uint32_t node = youngest_child(d, d->current), next;

	while ((next = youngest_child(d, node)) != node && carries_on(d, next))
		node = next;
	return node;
}

void change_between(const char *a, size_t a_len, const char *b, size_t b_len,
		    struct change *c)
{
	size_t head = 0, tail = 0;

	while (head < a_len && head < b_len && a[head] == b[head])
		head++;
	while (tail < a_len - head && tail < b_len - head && a[a_len - 1 - tail] == b[b_len - 1 - tail])
		tail++;
	*c = (struct change){ head, a_len - head - tail, { b + head, b_len - head - tail } };
}
