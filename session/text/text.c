/* The piece table. The tree is a treap over pieces in text order: each node holds
 * one run of bytes of one of the two buffers, and the sums of bytes and newlines of
 * its subtree. An edit only splits the tree at an offset and joins trees:
 *
 *      edit(off, removed, ins):   A | B | C  --split twice-->  A + new + C
 *
 * Newlines in a piece of the original come from an index of the newlines before
 * each block of BLOCK bytes, built when a line is first needed; until then nodes
 * hold no count (lines_known is false) and opening costs nothing.
 */
#include "config.h"

#include "session/text/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define BLOCK ((size_t)16384)

struct node {
	struct node *left, *right;
	uint32_t priority;
	bool added;		/* true: in the buffer of added text */
	size_t start, len;	/* its own bytes in that buffer */
	size_t lf;		/* newlines in them; set once lines_known */
	size_t sum_len, sum_lf; /* of the subtree */
};

/* A buffer and the number of newlines before each of its blocks. The index covers
 * whole blocks only. */
struct buffer {
	char *data;
	size_t len, cap;
	size_t *before;
	size_t blocks, cap_blocks;
};

struct text_start {
	char *data;
	unsigned holders;
};

struct text {
	struct text_start *start; /* owner of the data that original borrows */
	struct buffer original, added;
	struct node *root;
	bool lines_known;
	uint32_t random;
};

static size_t count_lf(const char *p, size_t len)
{
	size_t n = 0;

	/* Few enough for a byte to count; this lets the compiler vectorize the
	 * loop. */
	while (len >= 240) {
		uint8_t some = 0;

		for (size_t i = 0; i < 240; i++)
			some += p[i] == '\n';
		n += some;
		p += 240;
		len -= 240;
	}
	for (size_t i = 0; i < len; i++)
		n += p[i] == '\n';
	return n;
}

/* before[i] = number of newlines in [0, i * BLOCK). */
static void index_up_to(struct buffer *b, size_t len)
{
	size_t want = len / BLOCK + 1;

	if (b->blocks >= want)
		return;
	b->cap_blocks = mem_grow((void **)&b->before, b->cap_blocks, want, sizeof(*b->before));
	if (b->blocks == 0)
		b->before[b->blocks++] = 0;
	while (b->blocks < want) {
		b->before[b->blocks] = b->before[b->blocks - 1] +
				       count_lf(b->data + (b->blocks - 1) * BLOCK, BLOCK);
		b->blocks++;
	}
}

/* Number of newlines in [0, at). */
static size_t lf_before(struct buffer *b, size_t at)
{
	size_t block = at / BLOCK;

	index_up_to(b, at);
	return b->before[block] + count_lf(b->data + block * BLOCK, at - block * BLOCK);
}

static size_t lf_in(struct buffer *b, size_t start, size_t len)
{
	if (len <= 2 * BLOCK)
		return count_lf(b->data + start, len);
	return lf_before(b, start + len) - lf_before(b, start);
}

static struct buffer *buffer_of(const struct text *t, const struct node *n)
{
	return (struct buffer *)(n->added ? &t->added : &t->original);
}

static void update(struct node *n)
{
	n->sum_len = n->len + (n->left ? n->left->sum_len : 0) + (n->right ? n->right->sum_len : 0);
	n->sum_lf = n->lf + (n->left ? n->left->sum_lf : 0) + (n->right ? n->right->sum_lf : 0);
}

static struct node *piece(struct text *t, bool added, size_t start, size_t len)
{
	struct node *n = mem_zalloc(sizeof(*n));

	t->random = t->random * 1664525u + 1013904223u;
	n->priority = t->random;
	n->added = added;
	n->start = start;
	n->len = len;
	if (t->lines_known)
		n->lf = lf_in(buffer_of(t, n), start, len);
	update(n);
	return n;
}

static struct node *join(struct node *a, struct node *b)
{
	if (!a || !b)
		return a ? a : b;
	if (a->priority > b->priority) {
		a->right = join(a->right, b);
		update(a);
		return a;
	}
	b->left = join(a, b->left);
	update(b);
	return b;
}

/* Splits n: its first off bytes into *a, the rest into *b. */
static void split(struct text *t, struct node *n, size_t off, struct node **a, struct node **b)
{
	size_t left;

	if (!n) {
		*a = *b = NULL;
		return;
	}
	left = n->left ? n->left->sum_len : 0;
	if (off <= left) {
		split(t, n->left, off, a, &n->left);
		update(n);
		*b = n;
	} else if (off >= left + n->len) {
		split(t, n->right, off - left - n->len, &n->right, b);
		update(n);
		*a = n;
	} else { /* within this piece */
		size_t head = off - left;
		struct node *tail = piece(t, n->added, n->start + head, n->len - head);

		*b = join(tail, n->right);
		n->right = NULL;
		n->len = head;
		if (t->lines_known)
			n->lf -= tail->lf;
		update(n);
		*a = n;
	}
}

static void free_tree(struct node *n)
{
	while (n) {
		struct node *right = n->right;

		free_tree(n->left);
		free(n);
		n = right;
	}
}

struct text *text_take(char *data, size_t len)
{
	struct text *t = mem_zalloc(sizeof(*t));

	t->random = 12345;
	t->start = mem_zalloc(sizeof(*t->start));
	t->start->data = t->original.data = data;
	t->start->holders = 1;
	t->original.len = len;
	if (len)
		t->root = piece(t, false, 0, len);
	return t;
}

struct text *text_new(const char *data, size_t len)
{
	return text_take(mem_dup(data, len), len);
}

struct text_start *text_hold(const struct text *t, const char **data, size_t *len)
{
	t->start->holders++;
	*data = t->original.data ? t->original.data : "";
	*len = t->original.len;
	return t->start;
}

void text_release(struct text_start *start)
{
	if (start && --start->holders == 0) {
		free(start->data);
		free(start);
	}
}

void text_free(struct text *t)
{
	if (!t)
		return;
	free_tree(t->root);
	text_release(t->start);
	free(t->original.before);
	free(t->added.data);
	free(t->added.before);
	free(t);
}

size_t text_len(const struct text *t)
{
	return t->root ? t->root->sum_len : 0;
}

static void count_tree(struct text *t, struct node *n)
{
	if (!n)
		return;
	count_tree(t, n->left);
	count_tree(t, n->right);
	n->lf = lf_in(buffer_of(t, n), n->start, n->len);
	update(n);
}

/* Changes only what is cached, not the text. */
static void know_lines(const struct text *t)
{
	struct text *cache = (struct text *)t;

	if (t->lines_known)
		return;
	cache->lines_known = true;
	count_tree(cache, t->root);
}

size_t text_lines(const struct text *t)
{
	know_lines(t);
	return (t->root ? t->root->sum_lf : 0) + 1;
}

/* The piece that ends at off; NULL: none does. */
static struct node *ending_at(const struct text *t, size_t off)
{
	struct node *n = t->root;

	while (n) {
		size_t left = n->left ? n->left->sum_len : 0;

		if (off <= left) {
			n = n->left;
		} else if (off <= left + n->len) {
			return off == left + n->len ? n : NULL;
		} else {
			off -= left + n->len;
			n = n->right;
		}
	}
	return NULL;
}

/* Typing usually continues where the last key was: then the piece that ends at the
 * end of the added text, where ins is already, grows instead of a new one being made.
 * False when that is not possible. */
static bool grow_last(struct text *t, size_t off, const char *ins, size_t len)
{
	struct node *last = ending_at(t, off), *n = t->root;
	size_t lf;

	if (!last || !last->added || last->start + last->len != t->added.len - len)
		return false;
	lf = t->lines_known ? count_lf(ins, len) : 0;
	for (;;) { /* the sums on the way down to it */
		size_t left = n->left ? n->left->sum_len : 0;

		n->sum_len += len;
		n->sum_lf += lf;
		if (n == last)
			break;
		if (off <= left) {
			n = n->left;
		} else {
			off -= left + n->len;
			n = n->right;
		}
	}
	last->len += len;
	last->lf += lf;
	return true;
}

void text_edit(struct text *t, size_t off, size_t removed, const char *ins, size_t ins_len)
{
	struct node *a, *b, *c;
	struct buffer *add = &t->added;

	assert(off <= text_len(t) && removed <= text_len(t) - off);
	if (ins_len) {
		add->cap = mem_grow((void **)&add->data, add->cap, add->len + ins_len, 1);
		memcpy(add->data + add->len, ins, ins_len);
		add->len += ins_len;
		if (removed == 0 && grow_last(t, off, ins, ins_len))
			return;
	}
	split(t, t->root, off, &a, &b);
	split(t, b, removed, &b, &c);
	free_tree(b);
	b = ins_len ? piece(t, true, add->len - ins_len, ins_len) : NULL;
	t->root = join(join(a, b), c);
}

/* The piece that contains off, and its start; NULL at the end. */
static const struct node *find(const struct text *t, size_t off, size_t *start)
{
	const struct node *n = t->root;
	size_t base = 0;

	while (n) {
		size_t left = n->left ? n->left->sum_len : 0;

		if (off < base + left) {
			n = n->left;
		} else if (off < base + left + n->len) {
			*start = base + left;
			return n;
		} else {
			base += left + n->len;
			n = n->right;
		}
	}
	return NULL;
}

const char *text_run(const struct text *t, size_t off, size_t *len)
{
	size_t start = 0;
	const struct node *n = find(t, off, &start);

	*len = 0;
	if (!n)
		return "";
	*len = n->len - (off - start);
	return buffer_of(t, n)->data + n->start + (off - start);
}

void text_get(const struct text *t, size_t off, size_t len, struct str *out)
{
	assert(off <= text_len(t) && len <= text_len(t) - off);
	while (len > 0) {
		size_t n;
		const char *run = text_run(t, off, &n);

		if (n > len)
			n = len;
		str_add(out, run, n);
		off += n;
		len -= n;
	}
}

void text_get_all(const struct text *t, struct str *out)
{
	text_get(t, 0, text_len(t), out);
}

/* The offset, within buffer bytes [start, start + len), just after the k-th newline
 * (1-based). */
static size_t after_lf(struct buffer *b, size_t start, size_t len, size_t k)
{
	size_t at = start, end = start + len;

	if (len > 2 * BLOCK) { /* jump to the block that contains it */
		size_t want = lf_before(b, start) + k;
		size_t low = start / BLOCK, high;

		index_up_to(b, end);
		high = end / BLOCK;
		while (low < high) { /* the last block with fewer than want before it */
			size_t middle = (low + high + 1) / 2;

			if (b->before[middle] < want)
				low = middle;
			else
				high = middle - 1;
		}
		if (low * BLOCK > start) {
			at = low * BLOCK;
			k = want - b->before[low];
		}
	}
	while (k > 0) {
		const char *lf = memchr(b->data + at, '\n', end - at);

		assert(lf);
		at = (size_t)(lf - b->data) + 1;
		k--;
	}
	return at - start;
}

size_t text_line_start(const struct text *t, size_t line)
{
	const struct node *n;
	size_t base = 0;

	know_lines(t);
	if (line == 0)
		return 0;
	for (n = t->root; n;) {
		size_t left_lf = n->left ? n->left->sum_lf : 0;
		size_t left_len = n->left ? n->left->sum_len : 0;

		if (line <= left_lf) {
			n = n->left;
		} else if (line <= left_lf + n->lf) {
			return base + left_len +
			       after_lf(buffer_of(t, n), n->start, n->len, line - left_lf);
		} else {
			line -= left_lf + n->lf;
			base += left_len + n->len;
			n = n->right;
		}
	}
	assert(!"a line beyond the last");
	return text_len(t);
}

size_t text_line_end(const struct text *t, size_t line)
{
	return line + 1 < text_lines(t) ? text_line_start(t, line + 1) - 1 : text_len(t);
}

size_t text_line_of(const struct text *t, size_t off)
{
	const struct node *n;
	size_t lines = 0;

	know_lines(t);
	for (n = t->root; n;) {
		size_t left = n->left ? n->left->sum_len : 0;

		if (off < left) {
			n = n->left;
			continue;
		}
		lines += n->left ? n->left->sum_lf : 0;
		off -= left;
		if (off < n->len)
			return lines + lf_in(buffer_of(t, n), n->start, off);
		lines += n->lf;
		off -= n->len;
		n = n->right;
	}
	return lines;
}
