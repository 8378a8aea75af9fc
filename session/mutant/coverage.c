/* A file of counts was written by a program that ran the design, so it may
 * contain anything: it is read into a list of its own, which is only added if the
 * whole file is valid. Both lists are sorted by place, so adding is a merge. */
#include "config.h"

#include "session/mutant/coverage.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/mutant/coverage_chain.h"

#define FIRST_LINE "# SystemC::Coverage-3"
#define VALUE_MAX  4096 /* bytes of one value in a key */
#define IF_SHOWN   60	/* bytes of a condition that is quoted */

static void point_fini(struct cover_point *p)
{
	free(p->path);
	free(p->module);
	free(p->what);
	free(p->lines);
}

void coverage_fini(struct coverage *c)
{
	for (size_t i = 0; i < c->n; i++)
		point_fini(&c->v[i]);
	free(c->v);
	*c = (struct coverage){ 0 };
}

void coverage_keep(struct coverage *c, bool (*keep)(void *ctx, const struct cover_point *p),
		   void *ctx)
{
	size_t n = 0, out = 0;
	struct cover_point *gone = mem_calloc(c->n + 1, sizeof(*gone));

	for (size_t i = 0; i < c->n; i++) {
		if (keep(ctx, &c->v[i]))
			c->v[n++] = c->v[i];
		else
			gone[out++] = c->v[i];
	}
	c->n = n;
	while (out > 0)
		point_fini(&gone[--out]); /* not earlier: keep() may remember one */
	free(gone);
}

static int by_place(const void *a, const void *b)
{
	const struct cover_point *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	if (order == 0 && x->line != y->line)
		order = x->line < y->line ? -1 : 1;
	if (order == 0 && x->col != y->col)
		order = x->col < y->col ? -1 : 1;
	if (order == 0 && x->kind != y->kind)
		order = x->kind < y->kind ? -1 : 1;
	return order != 0 ? order : strcmp(x->what, y->what);
}

/* Reading ------------------------------------------------------------------------ */

/* The unquoted value of a name in a key, or NULL. */
static const char *value(const char *key, const char *end, const char *name, size_t *len)
{
	size_t n = strlen(name);

	for (const char *p = key; p < end; p++) {
		const char *to;

		if (*p != '\001' || (size_t)(end - p) < n + 2 || memcmp(p + 1, name, n) != 0 ||
		    p[1 + n] != '\002')
			continue;
		p += n + 2;
		to = memchr(p, '\001', (size_t)(end - p));
		*len = (size_t)((to ? to : end) - p);
		return p;
	}
	return NULL;
}

static char *text_of(const char *key, const char *end, const char *name)
{
	size_t len = 0;
	const char *v = value(key, end, name, &len);

	return v && len <= VALUE_MAX && !memchr(v, '\0', len) ? mem_strndup(v, len) : NULL;
}

static bool number(const char *p, size_t len, uint64_t most, uint64_t *n)
{
	*n = 0;
	for (size_t i = 0; i < len; i++) {
		if (p[i] < '0' || p[i] > '9' || *n > (UINT64_MAX - 9) / 10)
			return false;
		*n = *n * 10 + (uint64_t)(p[i] - '0');
	}
	return len > 0 && *n <= most;
}

static bool place_of(const char *key, const char *end, const char *name, int *out)
{
	size_t len = 0;
	const char *v = value(key, end, name, &len);
	uint64_t n;

	if (!v || !number(v, len, COVERAGE_LINE_MAX, &n))
		return false;
	*out = (int)n;
	return true;
}

static bool kind_of(const char *page, size_t len, enum cover_kind *kind, const char **module)
{
	static const struct {
		const char *page;
		enum cover_kind kind;
	} pages[] = { { "v_line/", COVER_LINE },
		      { "v_branch/", COVER_BRANCH },
		      { "v_toggle/", COVER_TOGGLE } };

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		size_t n = strlen(pages[i].page);

		if (len > n && memcmp(page, pages[i].page, n) == 0) {
			*kind = pages[i].kind;
			*module = page + n;
			return true;
		}
	}
	return false;
}

/* Parses the next "4" or "10-12" of a list; false at the end or on a syntax error. */
static bool next_range(const char **p, int *from, int *to)
{
	const char *s = *p;
	uint64_t a, b;
	size_t n = strspn(s, "0123456789");

	if (!number(s, n, COVERAGE_LINE_MAX, &a))
		return false;
	s += n;
	b = a;
	if (*s == '-') {
		n = strspn(++s, "0123456789");
		if (!number(s, n, COVERAGE_LINE_MAX, &b))
			return false;
		s += n;
	}
	*from = (int)a;
	*to = (int)b;
	*p = s + (*s == ',');
	return a >= 1 && b >= a;
}

/* Checks a list of lines; *n: number of lines. */
static bool are_lines(const char *s, size_t *n)
{
	int from, to;

	for (*n = 0; *s; *n += (size_t)(to - from) + 1)
		if (!next_range(&s, &from, &to))
			return false;
	return true;
}

/* Verilator includes the branches of an `else if` chain in the line coverage, and
 * of all but the last `if` only the branch taken. */
static bool is_side(const char *what)
{
	return strcmp(what, "if") == 0 || strcmp(what, "elsif") == 0 || strcmp(what, "else") == 0;
}

/* Parses a key; *skip: it counts something else. */
static bool read_key(const char *key, const char *end, struct cover_point *p, size_t *spread,
		     bool *skip)
{
	size_t len = 0;
	const char *page = value(key, end, "page", &len), *module;

	*skip = !page || !kind_of(page, len, &p->kind, &module);
	if (*skip)
		return true;
	p->path = text_of(key, end, "f");
	p->what = text_of(key, end, "o");
	p->lines = text_of(key, end, "S");
	p->module = mem_strndup(module, (size_t)(page + len - module));
	if (!p->lines)
		p->lines = mem_strdup("");
	if (p->kind == COVER_LINE && p->what && is_side(p->what))
		p->kind = COVER_BRANCH;
	return p->path && p->what && are_lines(p->lines, spread) &&
	       place_of(key, end, "l", &p->line) && place_of(key, end, "n", &p->col);
}

/* Parses C 'KEY' COUNT. */
static bool read_line(const char *line, size_t len, struct coverage *c)
{
	const char *end = line + len, *quote;
	struct cover_point p = { 0 };
	size_t spread = 0;
	bool skip = false;

	if (len < 5 || memcmp(line, "C '", 3) != 0)
		return false;
	for (quote = end - 1; quote > line + 2 && *quote != '\''; quote--)
		;
	if (quote <= line + 2 || end - quote < 3 || quote[1] != ' ' ||
	    !number(quote + 2, (size_t)(end - quote - 2), UINT64_MAX, &p.count) ||
	    !read_key(line + 3, quote, &p, &spread, &skip)) {
		point_fini(&p);
		return false;
	}
	if (skip)
		return true;
	if (c->n == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 256;
		c->v = mem_realloc(c->v, c->cap * sizeof(*c->v));
	}
	c->v[c->n++] = p;
	c->spread += spread;
	return true;
}

/* Moves the points of *from into *c; both are sorted. */
static void merge(struct coverage *c, struct coverage *from)
{
	struct coverage all = { .cap = c->n + from->n, .spread = c->spread + from->spread };
	size_t i = 0, k = 0;

	all.v = mem_calloc(all.cap + 1, sizeof(*all.v));
	while (i < c->n || k < from->n) {
		bool first = k == from->n || (i < c->n && by_place(&c->v[i], &from->v[k]) <= 0);
		struct cover_point *p = first ? &c->v[i++] : &from->v[k++];
		struct cover_point *last = all.n ? &all.v[all.n - 1] : NULL;

		if (last && by_place(last, p) == 0) {
			last->count = coverage_add(last->count, p->count);
			point_fini(p);
		} else {
			all.v[all.n++] = *p;
		}
	}
	free(c->v);
	free(from->v);
	*c = all;
}

bool coverage_read(struct coverage *c, const char *text, size_t len, struct err *err)
{
	const char *p = text, *end = text + len;
	struct coverage read = { 0 };
	int line = 1;

	if (len > COVERAGE_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "the coverage has more than %u MB",
			       COVERAGE_BYTES_MAX >> 20);
	if (len < strlen(FIRST_LINE) + 1 || memcmp(p, FIRST_LINE "\n", strlen(FIRST_LINE) + 1) != 0)
		return err_set(err, ERR_PARSE, "this is not a Verilator coverage file");
	for (p += strlen(FIRST_LINE) + 1; p < end; line++) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		bool full = c->n + read.n >= COVERAGE_POINTS_MAX ||
			    c->spread + read.spread > COVERAGE_SPREAD_MAX;

		if (full || !lf || !read_line(p, (size_t)(lf - p), &read)) {
			coverage_fini(&read);
			return full ? err_set(err, ERR_LIMIT,
					      "the coverage has more than %u places or %u lines",
					      COVERAGE_POINTS_MAX, COVERAGE_SPREAD_MAX)
				    : err_set(err, ERR_PARSE,
					      "the coverage cannot be read: line %d", line + 1);
		}
		p = lf + 1;
	}
	if (read.n)
		qsort(read.v, read.n, sizeof(*read.v), by_place);
	merge(c, &read);
	return true;
}

/* Numbers ------------------------------------------------------------------------- */

/* Raises the counts of lines from..to to at least count, growing v as needed. */
static int64_t *raise_lines(int64_t *v, int *n, int from, int to, uint64_t count)
{
	int64_t most = count > INT64_MAX ? INT64_MAX : (int64_t)count;

	if (to > *n) {
		v = mem_realloc(v, ((size_t)to + 1) * sizeof(*v));
		while (*n < to)
			v[++*n] = -1;
	}
	for (int l = from; l <= to; l++)
		v[l] = v[l] < most ? most : v[l];
	return v;
}

/* Verilator counts the line of an `if` with the statement below it; but the line
 * ran if either branch did. */
int64_t *coverage_lines(const struct coverage *c, const char *path, const char *text, size_t len,
			int *n)
{
	uint64_t *asked = coverage_asked(c, path, text, len);
	int64_t *v = NULL;

	*n = 0;
	for (size_t i = 0; i < c->n; i++) {
		const struct cover_point *p = &c->v[i];
		const char *s = p->lines;
		int from, to;

		if (p->kind == COVER_TOGGLE || strcmp(p->path, path) != 0)
			continue;
		if (p->kind == COVER_BRANCH && p->line > 0)
			v = raise_lines(v, n, p->line, p->line, asked[i]);
		while (*s && next_range(&s, &from, &to))
			v = raise_lines(v, n, from, to, p->count);
	}
	free(asked);
	return v;
}

void coverage_sum(const struct coverage *c, const char *path, const char *text, size_t len,
		  struct cover_sum *out)
{
	int n;
	int64_t *lines = coverage_lines(c, path, text, len, &n);

	*out = (struct cover_sum){ 0 };
	for (int l = 1; l <= n; l++) {
		out->lines += lines[l] >= 0;
		out->lines_hit += lines[l] > 0;
	}
	free(lines);
	for (size_t i = 0; i < c->n; i++) {
		const struct cover_point *p = &c->v[i];
		bool toggle = p->kind == COVER_TOGGLE, hit = p->count > 0;

		if (p->kind == COVER_LINE || strcmp(p->path, path) != 0)
			continue;
		*(toggle ? &out->bits : &out->branches) += 1;
		*(toggle ? &out->bits_hit : &out->branches_hit) += hit;
	}
}

static const char *line_of(const struct cover_point *p, const char *text, size_t len)
{
	const char *at = text, *end = text + len;

	for (int l = 1; at && l < p->line; l++) {
		at = memchr(at, '\n', (size_t)(end - at));
		at = at ? at + 1 : NULL;
	}
	return at;
}

/* Column of the `if` that a branch belongs to: its other side is one further. */
static int if_column(const struct cover_point *p)
{
	return p->col - (strcmp(p->what, "else") == 0);
}

/* False: it is the only `if` on its line. */
static bool has_neighbour(const struct coverage *c, size_t i)
{
	const struct cover_point *p = &c->v[i];

	for (size_t k = 0; k < c->n; k++) {
		const struct cover_point *o = &c->v[k];

		if (o->kind == COVER_BRANCH && o->line == p->line && if_column(o) != if_column(p) &&
		    strcmp(o->path, p->path) == 0)
			return true;
	}
	return false;
}

char *coverage_if(const struct coverage *c, size_t i, const char *text, size_t len)
{
	const struct cover_point *p = &c->v[i];
	const char *at = line_of(p, text, len), *end = text + len, *from;
	int col = if_column(p), open = 0;

	if (!at || col < 1 || end - at < col + 2 || memchr(at, '\n', (size_t)col + 1) ||
	    strncmp(at + col - 1, "if", 2) != 0 || !has_neighbour(c, i))
		return NULL;
	from = at + col - 1;
	for (at = from + 2; at < end && *at != '\n' && at - from < IF_SHOWN; at++) {
		open += (*at == '(') - (*at == ')');
		if (open == 0 && *at == ')')
			return mem_strndup(from, (size_t)(at + 1 - from));
	}
	return NULL;
}

char *coverage_state(const struct cover_point *p, const char *text, size_t len)
{
	const char *at, *end = text + len, *from;

	if (p->kind != COVER_LINE || strcmp(p->what, "case") != 0)
		return NULL;
	at = line_of(p, text, len);
	if (!at || p->col < 1 || end - at < p->col || memchr(at, '\n', (size_t)p->col) ||
	    at[p->col - 1] != ':')
		return NULL;
	from = at + p->col - 1;
	for (end = from; end > at && (end[-1] == ' ' || end[-1] == '\t');)
		end--;
	for (from = end; from > at && (isalnum((unsigned char)from[-1]) || from[-1] == '_');)
		from--;
	if (from == end || isdigit((unsigned char)*from) ||
	    (from > at && !strchr(" \t;", from[-1])))
		return NULL;
	return mem_strndup(from, (size_t)(end - from));
}
