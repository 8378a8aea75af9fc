/* Units: the smallest things that a person can decide about.
 *
 * A diff gives hunks. Within a hunk, removed and added lines are paired so
 * that the sum of their likeness is greatest and pairs do not cross (the
 * alignment of two sequences by dynamic programming), for a line that was
 * changed is one decision and not two. Above PAIR_MAX lines a side the table
 * would be too large, and lines are paired in order.
 *
 * Composing walks base and units once and takes, of each unit, the side that
 * its decision says. Recorded units are checked against both texts before they
 * are believed: each line of either side is in one unit at most, and what is
 * in none is the same on both.
 */
#include "config.h"

#include "session/journal/suggestion.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/diff.h"

struct suggestion {
	char *path, *moves; /* moves NULL: it keeps its name */
	bool new_file, incomplete, removes, in_place;
	char *base, *proposed;
	size_t base_len, proposed_len;
	/* in place: what the file holds, once a line is rewritten; NULL: the proposal */
	char *there;
	size_t there_len;
	struct lines a, b;
	struct unit *units;
	size_t n, cap;
	bool settled;
	size_t counts[DECISIONS]; /* once settled */
};

static struct suggestion *make(const char *path, bool new_file, const char *base, size_t base_len,
			       const char *proposed, size_t proposed_len)
{
	struct suggestion *s = mem_zalloc(sizeof(*s));

	s->path = mem_strdup(path);
	s->new_file = new_file;
	s->base = mem_strndup(base, base_len);
	s->base_len = base_len;
	s->proposed = mem_strndup(proposed, proposed_len);
	s->proposed_len = proposed_len;
	lines_init(&s->a, s->base, base_len);
	lines_init(&s->b, s->proposed, proposed_len);
	return s;
}

static void free_texts(struct suggestion *s)
{
	lines_fini(&s->a);
	lines_fini(&s->b);
	free(s->units);
	free(s->base);
	free(s->proposed);
	free(s->there);
	s->there = NULL;
}

void suggestion_free(struct suggestion *s)
{
	if (!s)
		return;
	free_texts(s);
	free(s->path);
	free(s->moves);
	free(s);
}

static void add_unit(struct suggestion *s, enum unit_kind kind, size_t base_line, size_t new_line,
		     size_t hunk)
{
	s->cap = mem_grow((void **)&s->units, s->cap, s->n + 1, sizeof(*s->units));
	s->units[s->n++] = (struct unit){ .kind = kind,
					  .base_line = (uint32_t)base_line,
					  .new_line = (uint32_t)new_line,
					  .hunk = (uint32_t)hunk };
}

/* How alike two lines are, 0 to 100: the share of pairs of neighbouring bytes
 * (blanks left out) that both have. */
static int likeness(const struct suggestion *s, size_t i, size_t k)
{
	unsigned short seen[1024] = { 0 };
	size_t la, lb, na = 0, nb = 0, common = 0;
	const char *a = lines_at(&s->a, i, &la), *b = lines_at(&s->b, k, &lb);
	unsigned char before = 0;

	for (size_t x = 0; x < la && x < 2000; x++) {
		if (strchr(" \t\r\n", a[x]) && a[x])
			continue;
		seen[(before * 31u + (unsigned char)a[x]) & 1023]++;
		before = (unsigned char)a[x];
		na++;
	}
	before = 0;
	for (size_t x = 0; x < lb && x < 2000; x++) {
		unsigned short *p;

		if (strchr(" \t\r\n", b[x]) && b[x])
			continue;
		p = &seen[(before * 31u + (unsigned char)b[x]) & 1023];
		before = (unsigned char)b[x];
		nb++;
		if (*p) {
			(*p)--;
			common++;
		}
	}
	return na + nb ? (int)(200 * common / (na + nb)) : 100;
}

#define PAIR_MAX      200 /* lines of one side; larger hunks are paired in order */
#define PAIR_LIKENESS 40

/* best[i][k]: the most likeness that pairing lines from i and k on can give,
 * pairs never crossing. */
static void pair_best(struct suggestion *s, const struct diff_hunk *h, size_t hunk)
{
	size_t n = h->a_len, m = h->b_len, i = 0, k = 0;
	int *like = mem_calloc(n * m + 1, sizeof(*like));
	int *best = mem_calloc((n + 1) * (m + 1), sizeof(*best));

	for (size_t x = n; x-- > 0;) {
		for (size_t y = m; y-- > 0;) {
			int l = likeness(s, h->a_start + x, h->b_start + y);
			int skip_a = best[(x + 1) * (m + 1) + y],
			    skip_b = best[x * (m + 1) + y + 1];
			int take = l >= PAIR_LIKENESS ? l + best[(x + 1) * (m + 1) + y + 1] : -1;

			like[x * m + y] = l;
			best[x * (m + 1) + y] = take > skip_a && take > skip_b ? take
						: skip_a > skip_b	       ? skip_a
									       : skip_b;
		}
	}
	while (i < n || k < m) {
		int now = best[i * (m + 1) + k];

		if (i < n && k < m && like[i * m + k] >= PAIR_LIKENESS &&
		    now == like[i * m + k] + best[(i + 1) * (m + 1) + k + 1]) {
			add_unit(s, UNIT_REPLACED, h->a_start + i, h->b_start + k, hunk);
			i++, k++;
		} else if (i < n && (k == m || now == best[(i + 1) * (m + 1) + k])) {
			add_unit(s, UNIT_REMOVED, h->a_start + i, 0, hunk);
			i++;
		} else {
			add_unit(s, UNIT_ADDED, h->a_start + i, h->b_start + k, hunk);
			k++;
		}
	}
	free(best);
	free(like);
}

static void pair_in_order(struct suggestion *s, const struct diff_hunk *h, size_t hunk)
{
	size_t common = h->a_len < h->b_len ? h->a_len : h->b_len;

	for (size_t i = 0; i < common; i++)
		add_unit(s, UNIT_REPLACED, h->a_start + i, h->b_start + i, hunk);
	for (size_t i = common; i < h->a_len; i++)
		add_unit(s, UNIT_REMOVED, h->a_start + i, 0, hunk);
	for (size_t i = common; i < h->b_len; i++)
		add_unit(s, UNIT_ADDED, h->a_start + h->a_len, h->b_start + i, hunk);
}

static const char *const decision_names[DECISIONS] = {
	[DECISION_OPEN] = "open", [DECISION_TAKEN] = "take", [DECISION_REFUSED] = "refuse"
};

const char *decision_name(enum decision d)
{
	return decision_names[d];
}

bool decision_parse(const char *name, enum decision *d)
{
	for (int i = 0; i < DECISIONS; i++) {
		if (strcmp(decision_names[i], name) == 0) {
			*d = (enum decision)i;
			return true;
		}
	}
	return false;
}

struct suggestion *suggestion_new(const char *path, bool new_file, const char *base,
				  size_t base_len, const char *proposed, size_t proposed_len)
{
	struct suggestion *s = make(path, new_file, base, base_len, proposed, proposed_len);
	struct diff d;

	diff_init(&d, &s->a, &s->b);
	for (size_t i = 0; i < d.n; i++) {
		if (d.hunks[i].a_len <= PAIR_MAX && d.hunks[i].b_len <= PAIR_MAX)
			pair_best(s, &d.hunks[i], i);
		else
			pair_in_order(s, &d.hunks[i], i);
	}
	diff_fini(&d);
	return s;
}

static bool has_move(const struct suggestion *s)
{
	return s->n && s->units[0].kind == UNIT_MOVED;
}

/* A move comes first. Units stand in the order of the text, each line of either
 * side in one unit at most, and what stands in none is the same on both sides.
 * Hunks are counted from 0, none is left out. */
static bool units_fit(const struct suggestion *s)
{
	size_t i = 0, k = 0;

	if (has_move(s) && (s->units[0].base_line || s->units[0].new_line || s->units[0].hunk))
		return false;
	for (size_t u = has_move(s); u <= s->n; u++) {
		const struct unit *unit = u < s->n ? &s->units[u] : NULL;
		size_t upto = unit ? unit->base_line : s->a.n;

		for (; i < upto; i++, k++) { /* unchanged lines */
			size_t la, lb;

			if (i >= s->a.n || k >= s->b.n || lines_at(&s->a, i, &la) == NULL ||
			    lines_at(&s->b, k, &lb) == NULL || la != lb ||
			    memcmp(lines_at(&s->a, i, &la), lines_at(&s->b, k, &lb), la) != 0)
				return false;
		}
		if (!unit)
			break;
		if (unit->kind == UNIT_MOVED || i != unit->base_line ||
		    (unit->kind != UNIT_ADDED && i >= s->a.n) ||
		    (unit->kind != UNIT_REMOVED && (k != unit->new_line || k >= s->b.n)) ||
		    (u > 0 ? unit->hunk < unit[-1].hunk || unit->hunk - unit[-1].hunk > 1
			   : unit->hunk != 0))
			return false;
		i += unit->kind != UNIT_ADDED;
		k += unit->kind != UNIT_REMOVED;
	}
	return k == s->b.n;
}

struct suggestion *suggestion_restore(const char *path, bool new_file, const char *base,
				      size_t base_len, const char *proposed, size_t proposed_len,
				      const struct unit *units, size_t n, struct err *err)
{
	struct suggestion *s = make(path, new_file, base, base_len, proposed, proposed_len);

	s->units = mem_dup(units, n * sizeof(*units));
	s->n = s->cap = n;
	if (units_fit(s))
		return s;
	suggestion_free(s);
	err_set(err, ERR_PARSE, "the units of the suggestion for %s do not fit its texts", path);
	return NULL;
}

const char *suggestion_path(const struct suggestion *s)
{
	return s->path;
}

struct suggestion *suggestion_copy(const struct suggestion *s)
{
	struct suggestion *c =
		make(s->path, s->new_file, s->base, s->base_len, s->proposed, s->proposed_len);

	c->moves = s->moves ? mem_strdup(s->moves) : NULL;
	c->incomplete = s->incomplete;
	c->removes = s->removes;
	c->in_place = s->in_place;
	if (s->there)
		suggestion_set_before(c, s->there, s->there_len);
	c->units = mem_dup(s->units, s->n * sizeof(*s->units));
	c->n = c->cap = s->n;
	c->settled = s->settled;
	memcpy(c->counts, s->counts, sizeof(c->counts));
	return c;
}

bool suggestion_is_new_file(const struct suggestion *s)
{
	return s->new_file;
}

const char *suggestion_base(const struct suggestion *s, size_t *len)
{
	*len = s->base_len;
	return s->base;
}

const char *suggestion_proposed(const struct suggestion *s, size_t *len)
{
	*len = s->proposed_len;
	return s->proposed;
}

void suggestion_set_incomplete(struct suggestion *s, bool incomplete)
{
	s->incomplete = incomplete;
}

void suggestion_set_removes(struct suggestion *s, bool removes)
{
	s->removes = removes;
}

bool suggestion_removes(const struct suggestion *s)
{
	return s->removes;
}

void suggestion_set_in_place(struct suggestion *s, bool in_place)
{
	s->in_place = in_place;
}

bool suggestion_in_place(const struct suggestion *s)
{
	return s->in_place;
}

void suggestion_set_moves(struct suggestion *s, const char *to)
{
	free(s->moves);
	s->moves = mem_strdup(to);
	if (s->settled || has_move(s))
		return;
	add_unit(s, UNIT_MOVED, 0, 0, 0);
	memmove(s->units + 1, s->units, (s->n - 1) * sizeof(*s->units));
	s->units[0] = (struct unit){ .kind = UNIT_MOVED };
	for (size_t i = 1; i < s->n; i++)
		s->units[i].hunk++;
}

const char *suggestion_moves(const struct suggestion *s)
{
	return s->moves;
}

bool suggestion_leaves(const struct suggestion *s)
{
	return has_move(s) &&
	       s->units[0].decision == (s->in_place ? DECISION_REFUSED : DECISION_TAKEN);
}

void suggestion_say_move(const struct suggestion *s, struct str *out)
{
	str_addf(out, s->in_place ? "moved here from %s" : "moves to %s", s->moves);
}

const char *suggestion_remark(const struct suggestion *s)
{
	if (s->moves)
		return s->in_place ? " (moved already)" : " (moves)";
	if (s->new_file)
		return s->in_place ? " (new file, there already)" : " (new file)";
	if (s->removes)
		return s->in_place ? " (deleted already)" : " (deletes the file)";
	return s->in_place ? " (there already)" : "";
}

void suggestion_set_before(struct suggestion *s, const char *text, size_t len)
{
	free(s->there);
	s->there = mem_strndup(text, len);
	s->there_len = len;
}

const char *suggestion_before(const struct suggestion *s, size_t *len)
{
	if (s->in_place && s->there) {
		*len = s->there_len;
		return s->there;
	}
	return s->in_place ? suggestion_proposed(s, len) : suggestion_base(s, len);
}

bool suggestion_incomplete(const struct suggestion *s)
{
	return s->incomplete;
}

size_t suggestion_units(const struct suggestion *s)
{
	return s->n;
}

const struct unit *suggestion_unit(const struct suggestion *s, size_t i)
{
	return &s->units[i];
}

static const char *without_end(const struct lines *l, size_t i, size_t *len)
{
	const char *line = lines_at(l, i, len);

	*len -= *len && line[*len - 1] == '\n';
	return line;
}

static const char *name(const char *path, size_t *len)
{
	*len = path ? strlen(path) : 0;
	return path ? path : "";
}

const char *suggestion_base_line(const struct suggestion *s, size_t i, size_t *len)
{
	if (s->units[i].kind == UNIT_MOVED)
		return name(s->path, len);
	return without_end(&s->a, s->units[i].base_line, len);
}

const char *suggestion_line(const struct suggestion *s, size_t i, size_t *len)
{
	if (s->units[i].kind == UNIT_MOVED)
		return name(s->moves, len);
	return s->units[i].kind == UNIT_REMOVED ? suggestion_base_line(s, i, len)
						: without_end(&s->b, s->units[i].new_line, len);
}

void suggestion_decide(struct suggestion *s, size_t i, enum decision d)
{
	s->units[i].decision = d;
}

void suggestion_decide_all(struct suggestion *s, enum decision d)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->units[i].decision == DECISION_OPEN)
			s->units[i].decision = d;
}

size_t suggestion_count(const struct suggestion *s, enum decision d)
{
	size_t n = 0;

	if (s->settled)
		return s->counts[d];
	for (size_t i = 0; i < s->n; i++)
		n += s->units[i].decision == d;
	return n;
}

static void settle(struct suggestion *s, const size_t counts[DECISIONS])
{
	memcpy(s->counts, counts, sizeof(s->counts));
	free_texts(s);
	s->base = mem_strdup("");
	s->proposed = mem_strdup("");
	s->base_len = s->proposed_len = 0;
	s->units = NULL;
	s->n = s->cap = 0;
	lines_init(&s->a, s->base, 0);
	lines_init(&s->b, s->proposed, 0);
	s->settled = true;
}

void suggestion_settle(struct suggestion *s)
{
	size_t counts[DECISIONS];

	if (s->settled)
		return;
	for (int d = 0; d < DECISIONS; d++)
		counts[d] = suggestion_count(s, (enum decision)d);
	settle(s, counts);
}

bool suggestion_settled(const struct suggestion *s)
{
	return s->settled;
}

struct suggestion *suggestion_restore_settled(const char *path, bool new_file,
					      const size_t counts[DECISIONS])
{
	struct suggestion *s = make(path, new_file, "", 0, "", 0);

	settle(s, counts);
	return s;
}

bool suggestion_split(struct suggestion *s, size_t i)
{
	struct unit pair = i < s->n ? s->units[i] : (struct unit){ 0 };

	if (i >= s->n || pair.kind != UNIT_REPLACED)
		return false;
	s->cap = mem_grow((void **)&s->units, s->cap, s->n + 1, sizeof(*s->units));
	memmove(s->units + i + 2, s->units + i + 1, (s->n - i - 1) * sizeof(*s->units));
	s->n++;
	s->units[i].kind = UNIT_REMOVED;
	s->units[i].new_line = 0;
	s->units[i + 1] = pair;
	s->units[i + 1].kind = UNIT_ADDED;
	s->units[i + 1].base_line++;
	return true;
}

bool suggestion_amend(struct suggestion *s, size_t i, const char *line, size_t len)
{
	struct str text = STR_INIT;
	size_t start, end;

	if (i >= s->n || s->units[i].kind == UNIT_REMOVED || s->units[i].kind == UNIT_MOVED ||
	    memchr(line, '\n', len))
		return false;
	start = s->b.starts[s->units[i].new_line];
	end = s->b.starts[s->units[i].new_line + 1];
	end -= end > start && s->proposed[end - 1] == '\n';
	str_add(&text, s->proposed, start);
	str_add(&text, line, len);
	str_add(&text, s->proposed + end, s->proposed_len - end);
	/* An empty last line without an end would be no line at all. */
	if (len == 0 && end == s->proposed_len)
		str_addc(&text, '\n');
	lines_fini(&s->b);
	if (s->in_place && !s->there) {
		s->there = s->proposed;
		s->there_len = s->proposed_len;
		s->proposed = NULL;
	}
	free(s->proposed);
	s->proposed_len = text.len;
	s->proposed = str_take(&text);
	lines_init(&s->b, s->proposed, s->proposed_len);
	return true;
}

static void add_line(const struct lines *l, size_t i, struct str *out)
{
	size_t len;
	const char *line = lines_at(l, i, &len);

	str_add(out, line, len);
}

/* A last line without an end must get one when something follows it that was
 * taken from the other text: two lines must not become one. */
static void end_line(struct str *out)
{
	if (out->len && out->data[out->len - 1] != '\n')
		str_addc(out, '\n');
}

void suggestion_compose_set(const struct suggestion *s, const bool *take, struct str *out)
{
	size_t i = 0, n = 0, first = has_move(s);

	for (size_t u = first; u < s->n; u++)
		n += take[u];
	if (n == s->n - first) { /* also when they differ in no line but in bytes to come */
		str_add(out, s->proposed, s->proposed_len);
		return;
	}
	for (size_t u = first; u <= s->n; u++) {
		const struct unit *unit = u < s->n ? &s->units[u] : NULL;
		size_t upto = unit ? unit->base_line : s->a.n;
		bool taken = unit && take[u];

		for (; i < upto; i++) {
			end_line(out);
			add_line(&s->a, i, out);
		}
		if (!unit)
			break;
		if (unit->kind != UNIT_ADDED) {
			if (!taken) {
				end_line(out);
				add_line(&s->a, i, out);
			}
			i++;
		}
		if (unit->kind != UNIT_REMOVED && taken) {
			end_line(out);
			add_line(&s->b, unit->new_line, out);
		}
	}
}

static void compose(const struct suggestion *s, bool open_too, struct str *out)
{
	bool *take = mem_calloc(s->n + 1, sizeof(*take));

	for (size_t u = 0; u < s->n; u++)
		take[u] = s->units[u].decision == DECISION_TAKEN ||
			  (open_too && s->units[u].decision == DECISION_OPEN);
	suggestion_compose_set(s, take, out);
	free(take);
}

void suggestion_compose(const struct suggestion *s, struct str *out)
{
	compose(s, false, out);
}

void suggestion_result(const struct suggestion *s, struct str *out)
{
	compose(s, s->in_place, out);
}

void suggestion_compose_rest(const struct suggestion *s, struct str *out)
{
	compose(s, true, out);
}

/* A line of a diff; the mark for a missing end is what patch and git expect. */
static void print_line(char sign, const struct lines *l, size_t i, struct str *out)
{
	str_addc(out, sign);
	add_line(l, i, out);
	if (out->data[out->len - 1] != '\n')
		str_adds(out, "\n\\ No newline at end of file\n");
}

static void print_range(char sign, size_t start, size_t len, struct str *out)
{
	/* An empty range names the line before it. */
	str_addf(out, "%c%zu", sign, len ? start + 1 : start);
	if (len != 1)
		str_addf(out, ",%zu", len);
}

static void print_group(const struct suggestion *s, const struct diff_hunk *h, size_t n,
			size_t context, struct str *out)
{
	const struct diff_hunk *last = h + n - 1;
	size_t before = h->a_start < context ? h->a_start : context;
	size_t left = s->a.n - (last->a_start + last->a_len);
	size_t after = left < context ? left : context;
	size_t i = h->a_start - before;

	str_adds(out, "@@ ");
	print_range('-', i, last->a_start + last->a_len + after - i, out);
	str_addc(out, ' ');
	print_range('+', h->b_start - before,
		    last->b_start + last->b_len + after - (h->b_start - before), out);
	str_adds(out, " @@\n");
	for (size_t k = 0; k < n; k++) {
		for (; i < h[k].a_start; i++)
			print_line(' ', &s->a, i, out);
		for (; i < h[k].a_start + h[k].a_len; i++)
			print_line('-', &s->a, i, out);
		for (size_t b = 0; b < h[k].b_len; b++)
			print_line('+', &s->b, h[k].b_start + b, out);
	}
	for (size_t k = 0; k < after; k++)
		print_line(' ', &s->a, i + k, out);
}

/* As git has it: with a share of lines that stay. */
static void print_move(const struct suggestion *s, const struct diff *d, struct str *out)
{
	const char *from = s->in_place ? s->moves : s->path, *to = s->in_place ? s->path : s->moves;
	size_t most = s->a.n > s->b.n ? s->a.n : s->b.n, stay = s->a.n;

	for (size_t i = 0; i < d->n; i++)
		stay -= d->hunks[i].a_len;
	str_addf(out,
		 "diff --git a/%s b/%s\nsimilarity index %zu%%\nrename from %s\nrename to %s\n",
		 from, to, most ? 100 * stay / most : 100, from, to);
	if (d->n)
		str_addf(out, "--- a/%s\n+++ b/%s\n", from, to);
}

void suggestion_print(const struct suggestion *s, int context, struct str *out)
{
	size_t c = (size_t)context, first = 0;
	struct diff d;

	diff_init(&d, &s->a, &s->b);
	if (s->moves) {
		print_move(s, &d, out);
	} else if (d.n || s->new_file || s->removes) {
		str_addf(out, "diff --git a/%s b/%s\n", s->path, s->path);
		if (s->new_file)
			str_adds(out, "new file mode 100644\n--- /dev/null\n");
		else
			str_addf(out, "%s--- a/%s\n",
				 s->removes ? "deleted file mode 100644\n" : "", s->path);
		if (s->removes)
			str_adds(out, "+++ /dev/null\n");
		else
			str_addf(out, "+++ b/%s\n", s->path);
	}
	while (first < d.n) {
		size_t n = 1;

		/* Hunks whose context would touch are printed as one. */
		while (first + n < d.n &&
		       d.hunks[first + n].a_start - (d.hunks[first + n - 1].a_start +
						     d.hunks[first + n - 1].a_len) <=
			       2 * c)
			n++;
		print_group(s, &d.hunks[first], n, c, out);
		first += n;
	}
	diff_fini(&d);
}
