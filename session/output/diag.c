/* Shared findings.
 *
 *  list --> v[0] --+
 *           v[1] --|--+--> finding: references | struct diag | its strings
 *  list --> v[0] --+  |
 *           v[1] -----+
 *
 * The parser's list creates a finding, in one block with its strings. Later steps
 * (dropping those that follow from others, one of each kind, those of one file)
 * create lists of pointers. A shared list is immutable except for its stamp,
 * which records that its findings have been checked.
 */
#include "config.h"

#include "session/output/diag.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"

/* Longer strings are cut; a tool may quote a line of a megabyte. */
#define TEXT_MAX 4096

struct finding {
	unsigned held; /* number of lists that hold it */
	struct diag d;
	char strings[]; /* of d, consecutive */
};

struct diag_list {
	struct finding **v;
	size_t n, cap, limit;
	unsigned shared; /* number of additional holders */
	uint64_t stamp;
	size_t *slots; /* for diag_list_add_new(): index of a finding plus 1, 0: empty */
	size_t n_slots, n_slotted;
	bool grave; /* it is full, and nothing in it is dropped */
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

static void unref(struct finding *f)
{
	if (--f->held == 0)
		free(f);
}

/* Reference counts and the stamp are not visible to readers. */
static struct diag_list *counted(const struct diag_list *l)
{
	return (struct diag_list *)l;
}

void diag_list_free(const struct diag_list *list)
{
	struct diag_list *l = counted(list);

	if (!l)
		return;
	if (l->shared) {
		l->shared--;
		return;
	}
	for (size_t i = 0; i < l->n; i++)
		unref(l->v[i]);
	free(l->v);
	free(l->slots);
	free(l);
}

const struct diag_list *diag_list_share(const struct diag_list *l)
{
	if (l)
		counted(l)->shared++;
	return l;
}

uint64_t diag_list_stamp(const struct diag_list *l)
{
	return l->stamp;
}

void diag_list_set_stamp(const struct diag_list *l, uint64_t stamp)
{
	counted(l)->stamp = stamp;
}

/* Cleans byte by byte, so that columns stay valid: a tab becomes a blank, each
 * byte of a control character or of invalid UTF-8 a '?'. */
void diag_clean(char *to, const char *from, size_t len)
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

static struct finding *make(const struct diag *d)
{
	const char *from[] = { d->path, d->code, d->text, d->context, d->hint };
	size_t len[5], total = 0;
	struct finding *f;
	char *to;

	for (int i = 0; i < 5; i++) {
		len[i] = length(from[i]);
		total += len[i] + 1;
	}
	f = mem_alloc(sizeof(*f) + total);
	f->held = 0;
	f->d = *d;
	f->d.line = at_least_0(d->line);
	f->d.col = at_least_0(d->col);
	f->d.len = at_least_0(d->len);
	to = f->strings;
	for (int i = 0; i < 5; i++) {
		const char **const members[] = { &f->d.path, &f->d.code, &f->d.text, &f->d.context,
						 &f->d.hint };

		*members[i] = to;
		diag_clean(to, from[i] ? from[i] : "", len[i]);
		to += len[i] + 1;
	}
	return f;
}

/* An error, an unsupported construct (which ends some tools), or a note that some
 * checks were skipped. */
static bool is_grave(const struct diag *d)
{
	return d->rank == DIAG_ERROR || (d->code && (strcmp(d->code, DIAG_UNSUPPORTED) == 0 ||
						     strcmp(d->code, DIAG_SKIMMED) == 0));
}

/* Drops the last findings that are not grave, a sixteenth of the limit, so that many
 * errors together cost little. */
static void drop_some(struct diag_list *l)
{
	size_t most = l->limit / 16 + 1, dropped = 0, kept = l->n;

	for (size_t i = l->n; i > 0; i--) {
		if (!is_grave(&l->v[i - 1]->d) && dropped < most) {
			unref(l->v[i - 1]);
			dropped++;
		} else {
			l->v[--kept] = l->v[i - 1];
		}
	}
	l->n -= dropped;
	memmove(l->v, l->v + kept, l->n * sizeof(*l->v));
	l->grave = dropped == 0;
	if (l->grave)
		return;
	free(l->slots);
	l->slots = NULL;
	l->n_slots = l->n_slotted = 0;
}

static bool full(struct diag_list *l, const struct diag *d)
{
	if (l->n >= l->limit && !l->grave && is_grave(d))
		drop_some(l);
	return l->n >= l->limit;
}

static void put(struct diag_list *l, struct finding *f)
{
	assert(!l->shared);
	MEM_PUSH(l->v, l->n, l->cap, f);
	f->held++;
	l->stamp = 0;
}

bool diag_list_add(struct diag_list *l, const struct diag *d, struct err *err)
{
	if (full(l, d))
		return err_set(err, ERR_LIMIT, "more than %zu findings", l->limit);
	put(l, make(d));
	return true;
}

bool diag_list_keep(struct diag_list *l, const struct diag_list *from, size_t i)
{
	assert(i < from->n);
	if (full(l, &from->v[i]->d))
		return false;
	put(l, from->v[i]);
	return true;
}

/* FNV-1a over what identifies a finding, seeded with an address so that messages
 * cannot be chosen to collide. */
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

	while (l->slots[i] && !is_same(&l->v[l->slots[i] - 1]->d, d))
		i = (i + 1) & (l->n_slots - 1);
	return &l->slots[i];
}

/* Indexes findings that were added without the index. */
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
		size_t *slot = slot_of(l, &l->v[l->n_slotted]->d);

		if (!*slot)
			*slot = l->n_slotted + 1;
	}
}

static bool put_new(struct diag_list *l, struct finding *f)
{
	index_all(l);
	if (*slot_of(l, &f->d) != 0)
		return true;
	if (full(l, &f->d))
		return false;
	put(l, f);
	return true;
}

/* Creates the finding first, because only the cleaned copy can be compared with
 * the others. */
bool diag_list_add_new(struct diag_list *l, const struct diag *d)
{
	struct finding *f = make(d);
	bool ok;

	f->held++;
	ok = put_new(l, f);
	unref(f);
	return ok;
}

bool diag_list_keep_new(struct diag_list *l, const struct diag_list *from, size_t i)
{
	assert(i < from->n);
	return put_new(l, from->v[i]);
}

size_t diag_list_len(const struct diag_list *l)
{
	return l->n;
}

const struct diag *diag_list_at(const struct diag_list *l, size_t i)
{
	assert(i < l->n);
	return &l->v[i]->d;
}

size_t diag_list_count(const struct diag_list *l, enum diag_rank rank)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->v[i]->d.rank == rank;
	return n;
}

const struct diag *diag_list_error(const struct diag_list *l)
{
	for (size_t i = 0; i < diag_list_len(l); i++)
		if (diag_list_at(l, i)->rank == DIAG_ERROR)
			return diag_list_at(l, i);
	return NULL;
}

bool diag_is_syntax_error(const struct diag *d)
{
	return d->rank == DIAG_ERROR && str_starts(d->text, "syntax error");
}

bool diag_is_implicit_net(const struct diag *d)
{
	return strcasecmp(d->code, "implicit") == 0; /* of Icarus in small letters */
}

bool diag_is_endless_loop(const struct diag *d)
{
	return strcmp(d->code, "POSEDGE_ENDLESS") == 0;
}

bool diag_is_endless_process(const struct diag *d)
{
	return d->rank == DIAG_ERROR &&
	       str_starts(d->text, "always process does not have any delay");
}

const struct diag *diag_list_unsupported(const struct diag_list *l)
{
	for (size_t i = 0; i < diag_list_len(l); i++)
		if (strcmp(diag_list_at(l, i)->code, DIAG_UNSUPPORTED) == 0)
			return diag_list_at(l, i);
	return NULL;
}

/* Number of similar findings among the first upto. */
static size_t alike(const struct diag_list *l, size_t upto, const struct diag *d)
{
	size_t n = 0;

	for (size_t i = 0; i < upto; i++) {
		const struct diag *x = diag_list_at(l, i);

		n += x->rank == d->rank && strcmp(x->code, d->code) == 0 &&
		     strcmp(x->text, d->text) == 0 && strcmp(x->path, d->path) == 0;
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
