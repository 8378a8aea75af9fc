#include "config.h"

#include "session/verdict/diag.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"

/* A tool that quotes a line of a megabyte is not quoted in full. */
#define TEXT_MAX 4096

/* Each finding's strings lie behind one another in one block, which begins
 * at path. */
struct diag_list {
	struct diag *v;
	size_t n, cap, limit;
	unsigned shared;	/* so many more hold it */
	size_t *slots;		/* for diag_list_add_new(): 0, or the number of a finding plus 1 */
	size_t n_slots, n_slotted;
};

static const char *const rank_names[] = {
	[DIAG_ERROR] = "error",
	[DIAG_RISK] = "risk",
	[DIAG_STYLE] = "style",
};

struct diag_list *diag_list_new(size_t limit)
{
	struct diag_list *l = mem_zalloc(sizeof(*l));

	l->limit = limit;
	return l;
}

void diag_list_free(struct diag_list *l)
{
	if (!l)
		return;
	if (l->shared) {
		l->shared--;
		return;
	}
	for (size_t i = 0; i < l->n; i++)
		free((char *)l->v[i].path);
	free(l->v);
	free(l->slots);
	free(l);
}

struct diag_list *diag_list_share(struct diag_list *l)
{
	if (l)
		l->shared++;
	return l;
}

/* Byte for byte, so that columns stay right: a tab becomes a blank, what
 * could steer a terminal or is no UTF-8 a '?' for each of its bytes. */
static size_t add_clean(char *to, const char *from, size_t len)
{
	size_t i = 0;

	while (i < len) {
		unsigned cp;
		size_t n = utf8_decode(from + i, len - i, &cp);
		bool bad = n == 0 || utf8_is_control(cp);

		if (n == 0)
			n = 1;
		if (!bad)
			memcpy(to + i, from + i, n);
		else
			memset(to + i, from[i] == '\t' ? ' ' : '?', n);
		i += n;
	}
	to[len] = '\0';
	return len + 1;
}

static size_t length(const char *s)
{
	size_t len;

	if (!s)
		return 0;
	len = strnlen(s, TEXT_MAX + 1);
	if (len <= TEXT_MAX)
		return len;
	len = TEXT_MAX;
	return len - utf8_partial_tail(s, len);
}

static int at_least_0(int n)
{
	return n > 0 ? n : 0;
}

bool diag_list_add(struct diag_list *l, const struct diag *d, struct err *err)
{
	const char *from[] = { d->path, d->code, d->text, d->context, d->hint };
	const char *to[5];
	size_t len[5], total = 0;
	struct diag *copy;
	char *block;

	if (l->n >= l->limit)
		return err_set(err, ERR_LIMIT, "more than %zu findings", l->limit);
	for (int i = 0; i < 5; i++) {
		len[i] = length(from[i]);
		total += len[i] + 1;
	}
	block = mem_alloc(total);
	for (int i = 0; i < 5; i++) {
		to[i] = block;
		block += add_clean(block, from[i] ? from[i] : "", len[i]);
	}
	l->cap = mem_grow((void **)&l->v, l->cap, l->n + 1, sizeof(*l->v));
	copy = &l->v[l->n++];
	*copy = *d;
	copy->line = at_least_0(d->line);
	copy->col = at_least_0(d->col);
	copy->len = at_least_0(d->len);
	copy->path = to[0];
	copy->code = to[1];
	copy->text = to[2];
	copy->context = to[3];
	copy->hint = to[4];
	return true;
}

/* FNV-1a over what tells one finding from another, begun with an address so
 * that messages cannot be chosen to collide. */
static size_t hash_of(const struct diag_list *l, const struct diag *d)
{
	const char *const parts[] = { d->path, d->code, d->text };
	uint64_t h = 14695981039346656037ull ^ (uint64_t)(uintptr_t)l;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		for (const char *p = parts[i] ? parts[i] : ""; *p; p++)
			h = (h ^ (unsigned char)*p) * 1099511628211ull;
		h = (h ^ 0xff) * 1099511628211ull;
	}
	h = (h ^ (uint64_t)d->line) * 1099511628211ull;
	h = (h ^ (uint64_t)d->col) * 1099511628211ull;
	return (size_t)(h ^ (h >> 29));
}

static bool is_same(const struct diag *a, const struct diag *b)
{
	return a->line == b->line && a->col == b->col && strcmp(a->path, b->path) == 0 &&
	       strcmp(a->code, b->code) == 0 && strcmp(a->text, b->text) == 0;
}

static size_t *slot_of(const struct diag_list *l, const struct diag *d)
{
	size_t i = hash_of(l, d) & (l->n_slots - 1);

	while (l->slots[i] && !is_same(&l->v[l->slots[i] - 1], d))
		i = (i + 1) & (l->n_slots - 1);
	return &l->slots[i];
}

/* What was added without it is caught up with. */
static void index_all(struct diag_list *l)
{
	if (2 * (l->n + 1) > l->n_slots) {
		free(l->slots);
		l->n_slots = l->n_slots ? l->n_slots : 64;
		while (l->n_slots < 4 * (l->n + 1))
			l->n_slots *= 2;
		l->slots = mem_calloc(l->n_slots, sizeof(*l->slots));
		l->n_slotted = 0;
	}
	for (; l->n_slotted < l->n; l->n_slotted++) {
		size_t *slot = slot_of(l, &l->v[l->n_slotted]);

		if (!*slot)
			*slot = l->n_slotted + 1;
	}
}

/* Added first, also to a full list, for only the copy is what the others are:
 * cut and made fit to be shown. Taken out again when there is one like it, or
 * no room. */
bool diag_list_add_new(struct diag_list *l, const struct diag *d, struct err *err)
{
	bool full = l->n >= l->limit, known;
	struct diag *copy;

	index_all(l);
	l->limit += full;
	diag_list_add(l, d, NULL);
	l->limit -= full;
	copy = &l->v[l->n - 1];
	known = *slot_of(l, copy) != 0;
	if (known || full) {
		free((char *)copy->path);
		l->n--;
	}
	return known || !full || err_set(err, ERR_LIMIT, "more than %zu findings", l->limit);
}

size_t diag_list_len(const struct diag_list *l)
{
	return l->n;
}

const struct diag *diag_list_at(const struct diag_list *l, size_t i)
{
	assert(i < l->n);
	return &l->v[i];
}

size_t diag_list_count(const struct diag_list *l, enum diag_rank rank)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->v[i].rank == rank;
	return n;
}

static bool equal(const struct diag *a, const struct diag *b)
{
	return a->rank == b->rank && a->line == b->line && a->col == b->col && a->len == b->len &&
	       a->waivable == b->waivable && strcmp(a->path, b->path) == 0 && strcmp(a->code, b->code) == 0 &&
	       strcmp(a->text, b->text) == 0 && strcmp(a->context, b->context) == 0 &&
	       strcmp(a->hint, b->hint) == 0;
}

/* Among the first upto. */
static size_t alike(const struct diag_list *l, size_t upto, const struct diag *d)
{
	size_t n = 0;

	for (size_t i = 0; i < upto; i++) {
		const struct diag *x = diag_list_at(l, i);

		n += x->rank == d->rank && strcmp(x->code, d->code) == 0 && strcmp(x->text, d->text) == 0 &&
		     strcmp(x->path, d->path) == 0;
	}
	return n;
}

size_t diag_list_gained(const struct diag_list *a, const struct diag_list *b, enum diag_rank rank)
{
	size_t gained = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct diag *d = diag_list_at(b, i);

		gained += d->rank == rank && alike(b, i, d) >= alike(a, a->n, d);
	}
	return gained;
}

bool diag_list_equal(const struct diag_list *a, const struct diag_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		if (!equal(&a->v[i], &b->v[i]))
			return false;
	}
	return true;
}

const char *diag_rank_name(enum diag_rank rank)
{
	return rank_names[rank];
}

bool diag_rank_parse(const char *name, enum diag_rank *rank)
{
	for (size_t i = 0; i < sizeof(rank_names) / sizeof(*rank_names); i++) {
		if (strcmp(rank_names[i], name) == 0) {
			*rank = (enum diag_rank)i;
			return true;
		}
	}
	return false;
}

void diag_print(const struct diag *d, struct str *out)
{
	if (d->path && *d->path) {
		str_adds(out, d->path);
		if (d->line > 0)
			str_addf(out, ":%d", d->line);
		if (d->line > 0 && d->col > 0)
			str_addf(out, ":%d", d->col);
		str_addc(out, ' ');
	}
	str_adds(out, diag_rank_name(d->rank));
	if (d->code && *d->code)
		str_addf(out, " %s", d->code);
	str_addf(out, " %s", d->text ? d->text : "");
}
