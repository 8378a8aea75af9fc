/* A document's text is determined by the current node of its undo tree.
 *
 *	0 ── 1 ── 2 ── 3	current: 5
 *	     └─── 4 ── 5
 *
 * A node stores the inserted and removed bytes, so the text at any node is reached
 * by undoing changes up to the common ancestor and applying those down to the node.
 * What a change removed is stored when it is first applied to a warm text rather
 * than when it is recorded, since a cold document has no text to take it from. A
 * node's parent has a lower number, which makes finding the common ancestor a loop
 * of two comparisons.
 */
#include "config.h"

#include "session/journal/doc.h"

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
	return d;
}

static void free_node(struct doc *d, uint32_t at)
{
	struct doc_node *node = &d->nodes[at];

	for (size_t i = 0; i < node->n; i++)
		free(node->v[i].removed_text);
	free(node->v);
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

bool doc_has_file(const struct doc *d)
{
	return d->mtime_us > 0 || d->size > 0;
}

/* Undoes the first n changes of a node. False, with nothing changed, when the
 * removed text is unknown: the document was too large to be recorded and became
 * warm only after that edit. */
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

/* Applies a node's changes to the text; undoes them all if one does not fit. Stores
 * what each removes the first time, for undoing it. */
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

/* Moves the warm text from one node to another through their common ancestor: a parent has a
 * lower number, so the higher node steps up first. On failure the text is at *at. */
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
			MEM_PUSH(way, n, cap, down);
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

bool doc_load_text(struct doc *d, uint32_t node, char *text, size_t len, struct err *err)
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

/* Typing a letter makes a node, so nodes are kept small. One block contains the
 * changes, then data of a rename, then all bytes:
 *
 *	v[0] ... v[n-1] | doc_move | authors | other path | inserted bytes
 */
static struct doc_move *put_move(struct doc_node *node, const struct doc_move *m, char **bytes)
{
	struct doc_move *to = (struct doc_move *)(node->v + node->n);
	struct author_run *authors = (struct author_run *)(to + 1);
	char *path = (char *)(authors + m->n_authors);

	if (m->n_authors)
		memcpy(authors, m->authors, m->n_authors * sizeof(*authors));
	memcpy(path, m->path, strlen(m->path) + 1);
	*to = (struct doc_move){ path, m->node, authors, m->n_authors };
	*bytes = path + strlen(path) + 1;
	return to;
}

static size_t move_bytes(const struct doc_move *m)
{
	return m->path ? sizeof(*m) + m->n_authors * sizeof(*m->authors) + strlen(m->path) + 1 : 0;
}

static void fill_node(struct doc_node *node, const struct doc_step *x)
{
	size_t bytes = move_bytes(&x->move);
	char *ins;

	for (size_t i = 0; i < x->n; i++)
		bytes += x->v[i].ins.len;
	node->v = mem_alloc(x->n * sizeof(*node->v) + bytes + 1);
	node->n = x->n;
	node->source = (uint8_t)x->by.source;
	node->suggestion = x->by.suggestion;
	node->kind = (uint8_t)x->kind;
	node->renamed = x->move.path != NULL;
	ins = (char *)(node->v + x->n);
	if (node->renamed)
		put_move(node, &x->move, &ins);
	for (size_t i = 0; i < x->n; i++) {
		node->v[i] = (struct doc_change){ .off = x->v[i].off,
						  .removed = x->v[i].removed,
						  .ins = ins,
						  .ins_len = x->v[i].ins.len };
		if (x->v[i].ins.len)
			memcpy(ins, x->v[i].ins.data, x->v[i].ins.len);
		ins += x->v[i].ins.len;
	}
}

static const struct doc_move *move_of(const struct doc_node *node)
{
	return node->renamed ? (const struct doc_move *)(node->v + node->n) : NULL;
}

static bool same_move(const struct doc_move *a, const struct doc_move *b)
{
	bool same =
		a->node == b->node && strcmp(a->path, b->path) == 0 && a->n_authors == b->n_authors;

	for (size_t i = 0; same && i < a->n_authors; i++)
		same = a->authors[i].lines == b->authors[i].lines &&
		       a->authors[i].by.kind == b->authors[i].by.kind &&
		       a->authors[i].by.suggestion == b->authors[i].by.suggestion;
	return same;
}

/* True if the lender's next node is this step. */
static bool lends_step(const struct doc *d, const struct doc_step *x)
{
	const struct doc_node *node =
		d->n_nodes < d->lender->n_nodes ? &d->lender->nodes[d->n_nodes] : NULL;

	if (!node || node->parent != d->current || node->n != x->n ||
	    node->source != x->by.source || node->suggestion != x->by.suggestion ||
	    node->kind != x->kind || node->renamed != (x->move.path != NULL) ||
	    (node->renamed && !same_move(move_of(node), &x->move)))
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (node->v[i].off != x->v[i].off || node->v[i].removed != x->v[i].removed ||
		    node->v[i].ins_len != x->v[i].ins.len ||
		    (x->v[i].ins.len &&
		     memcmp(node->v[i].ins, x->v[i].ins.data, x->v[i].ins.len) != 0))
			return false;
	return true;
}

/* Gives the copy its own nodes. They do not know what was removed until the copy is
 * warmed again, so it must be cold. */
static void own_nodes(struct doc *d)
{
	struct doc_node *lent = d->nodes;

	d->nodes = mem_calloc(d->n_nodes, sizeof(*d->nodes));
	d->cap_nodes = d->n_nodes;
	d->lender = NULL;
	for (uint32_t i = 0; i < d->n_nodes; i++) {
		struct change *v = mem_calloc(lent[i].n, sizeof(*v));
		struct doc_step x = { v,
				      lent[i].n,
				      { (enum edit_source)lent[i].source, lent[i].suggestion },
				      (enum doc_kind)lent[i].kind,
				      { 0 } };

		if (lent[i].renamed)
			x.move = *move_of(&lent[i]);
		for (size_t k = 0; k < lent[i].n; k++)
			v[k] = (struct change){ lent[i].v[k].off,
						lent[i].v[k].removed,
						{ lent[i].v[k].ins, lent[i].v[k].ins_len } };
		d->nodes[i].parent = lent[i].parent;
		fill_node(&d->nodes[i], &x);
		free(v);
	}
	text_free(d->text);
	d->text = NULL;
}

static uint32_t next_node(struct doc *d, const struct doc_step *x)
{
	uint32_t at;

	if (d->lender && lends_step(d, x))
		return d->n_nodes++;
	if (d->lender)
		own_nodes(d);
	at = add_node(d, d->current);
	fill_node(&d->nodes[at], x);
	return at;
}

bool doc_step(struct doc *d, const struct doc_step *x, struct err *err)
{
	uint32_t at = next_node(d, x);
	struct doc_node *node = &d->nodes[at];

	if (d->text && !forward(d, node)) {
		if (!d->lender)
			free_node(d, at);
		d->n_nodes--;
		return err_set(err, ERR_CONFLICT, "%s: an edit is outside the text", d->path);
	}
	d->current = at;
	return true;
}

const struct doc_move *doc_move(const struct doc *d, uint32_t node)
{
	return move_of(&d->nodes[node]);
}

uint64_t doc_suggestion(const struct doc *d, uint32_t node)
{
	return d->nodes[node].suggestion;
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
	return ok ||
	       err_set(err, ERR_CONFLICT, "%s: that state's text is not known any more", d->path);
}

/* The change of a node that inserts or deletes one typed character, except a
 * newline; otherwise NULL. */
static const struct doc_change *keystroke(const struct doc_node *n)
{
	const struct doc_change *c = n->v;

	if (n->n != 1 || n->source != EDIT_BY_YOU || n->kind != DOC_EDIT)
		return NULL;
	if (c->removed == 0 && c->ins_len >= 1 && c->ins_len <= 4 && c->ins[0] != '\n')
		return c;
	return c->ins_len == 0 && c->removed <= 4 ? c : NULL;
}

/* True if node continues its parent: the next letter of a word, or the next one
 * deleted. A node that was saved remains a step of its own. */
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

void change_between(const char *a, size_t a_len, const char *b, size_t b_len, struct change *c)
{
	size_t head = 0, tail = 0;

	while (head < a_len && head < b_len && a[head] == b[head])
		head++;
	while (tail < a_len - head && tail < b_len - head &&
	       a[a_len - 1 - tail] == b[b_len - 1 - tail])
		tail++;
	*c = (struct change){ head, a_len - head - tail, { b + head, b_len - head - tail } };
}
