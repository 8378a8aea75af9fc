/* Reads a Markdown table row by row, checks it in one pass over the dump, and prints
 * it or writes it back with the values of the run.
 *
 * The check sends the dump one query, whose rows are the rising edges of the clock.
 * The stated rows are sorted by cycle, so each edge is compared with the next of them
 * without searching. Values are compared as numbers, not as texts: 8'h0a equals 10.
 */
#include "config.h"

#include "session/flow/walk.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"
#include "session/text/md_row.h"
#include "session/text/slice.h"
#include "session/trace/bits.h"
#include "session/trace/expr.h"
#include "session/trace/expr_number.h"
#include "session/trace/query.h"
#include "session/trace/trace.h"

#define CELL_MAX 200u /* bytes */

void walk_fini(struct walk *w)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; k < WALK_SIGNALS_MAX; k++) {
			free(w->rows[i].cell[k].text);
			free(w->rows[i].cell[k].is);
		}
	free(w->rows);
	free(w->testbench);
	free(w->clock);
	strv_free(&w->signals);
	strv_free(&w->missing);
	memset(w, 0, sizeof(*w));
}

/* Ignores case. */
static bool starts_word(struct slice s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && strncasecmp(s.p, word, n) == 0;
}

/* Reading ----------------------------------------------------------------------------- */

static bool read_head(struct walk *w, struct slice l, int line, struct err *err)
{
	struct slice cell;

	md_cell(&l, &cell);
	if (!starts_word(cell, "cycle"))
		return err_set(err, ERR_PARSE,
			       "walk.md:%d: the first column is \"%.*s\", cycle was expected", line,
			       (int)(cell.n < 40 ? cell.n : 40), cell.p);
	while (md_cell(&l, &cell)) {
		if (w->signals.n == WALK_SIGNALS_MAX || cell.n == 0 || cell.n > CELL_MAX)
			return err_set(err, ERR_PARSE,
				       "walk.md:%d: at most %u signals, each with its name, were "
				       "expected",
				       line, WALK_SIGNALS_MAX);
		strv_addn(&w->signals, cell.p, cell.n);
	}
	return w->signals.n ||
	       err_set(err, ERR_PARSE, "walk.md:%d: the header names no signal next to cycle",
		       line);
}

/* Accepts only a decimal number. */
static bool read_cycle(struct slice s, uint64_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || i > 15)
			return false;
		*n = *n * 10 + (uint64_t)(s.p[i] - '0');
	}
	return s.n > 0;
}

/* Converts "0xff" to Verilog's notation; text has no sign. The caller frees. */
static char *as_verilog(const char *text)
{
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');

	return hex ? str_fmt("'h%s", text + 2) : mem_strdup(text);
}

static bool is_stated(const char *text)
{
	return text[0] && strcmp(text, "-") != 0;
}

static bool is_unknown(const char *text)
{
	return strcmp(text, "x") == 0 || strcmp(text, "X") == 0;
}

/* False: text is not a number. The caller frees n.bits unless the number is real. */
static bool read_number(const char *text, bool *minus, struct expr_number *n)
{
	const char *at;
	char *own;
	bool ok;

	*minus = text[0] == '-';
	own = as_verilog(text + *minus);
	at = own;
	*n = (struct expr_number){ .bits = NULL };
	ok = *at && expr_number_read(&at, n);
	if (ok && *at) {
		free(n->bits);
		ok = false;
	}
	free(own);
	return ok;
}

static bool check_value(const char *text)
{
	struct expr_number n;
	bool minus, ok;

	if (!is_stated(text) || is_unknown(text))
		return true;
	ok = read_number(text, &minus, &n);
	if (ok)
		free(n.bits);
	return ok;
}

static bool read_row(struct walk *w, struct slice l, int line, struct err *err)
{
	struct walk_row *row;
	struct slice cell;
	uint64_t cycle;

	if (md_is_rule(l))
		return true;
	md_cell(&l, &cell);
	if (!read_cycle(cell, &cycle))
		return err_set(err, ERR_PARSE, "walk.md:%d: \"%.*s\" is not a cycle", line,
			       (int)(cell.n < 40 ? cell.n : 40), cell.p);
	if (w->n == WALK_ROWS_MAX)
		return err_set(err, ERR_LIMIT, "walk.md:%d: more than %u rows", line,
			       WALK_ROWS_MAX);
	w->rows = mem_realloc(w->rows, (w->n + 1) * sizeof(*w->rows));
	row = &w->rows[w->n++];
	*row = (struct walk_row){ .cycle = cycle, .line = line };
	for (size_t k = 0; k < w->signals.n; k++) {
		if (!md_cell(&l, &cell))
			cell.n = 0;
		row->cell[k].text = mem_strndup(cell.n ? cell.p : "", cell.n);
		if (cell.n > CELL_MAX || !check_value(row->cell[k].text))
			return err_set(err, ERR_PARSE,
				       "walk.md:%d: %s: \"%.40s\" is not a number, x or -", line,
				       w->signals.v[k], row->cell[k].text);
	}
	return !md_cell(&l, &cell) ||
	       err_set(err, ERR_PARSE, "walk.md:%d: more values than the table has signals", line);
}

/* Reads "Clock: clk" or "**Clock:** clk"; false: another kind of line. */
static bool read_word(struct slice l, const char *name, char **out)
{
	struct slice t = l;

	while (t.n && strchr("*_-` ", t.p[0]))
		t = slice_from(t, 1);
	if (!starts_word(t, name))
		return false;
	t = slice_from(t, strlen(name));
	while (t.n && strchr("*_` ", t.p[0]))
		t = slice_from(t, 1);
	if (!slice_starts(t, ":"))
		return false;
	t = slice_trim(slice_from(t, 1));
	while (t.n && strchr("`* ", t.p[0]))
		t = slice_from(t, 1);
	while (t.n && strchr("`*. ", t.p[t.n - 1]))
		t.n--;
	if (t.n == 0 || t.n > CELL_MAX)
		return true;
	free(*out);
	*out = slice_dup(t);
	return true;
}
/* True for a row: it begins with a bar, which is stripped, or, below the head, with
 * its cycle. */
static bool is_row(const struct walk *w, struct slice *l)
{
	if (slice_starts(*l, "|")) {
		*l = slice_from(*l, 1);
		return true;
	}
	return w->signals.n && l->n && l->p[0] >= '0' && l->p[0] <= '9' && memchr(l->p, '|', l->n);
}

bool walk_read(struct walk *w, const char *text, size_t len, struct err *err)
{
	struct slice rest = { text, len };
	bool ok = true;

	for (int line = 1; ok && rest.n; line++) {
		struct slice l = slice_trim(slice_chomp(slice_line(&rest)));

		if (read_word(l, "testbench", &w->testbench) || read_word(l, "clock", &w->clock))
			continue;
		if (is_row(w, &l))
			ok = w->signals.n == 0 ? read_head(w, l, line, err)
					       : read_row(w, l, line, err);
	}
	if (ok && w->n == 0)
		return err_set(
			err, ERR_PARSE,
			"walk.md: a table \"| cycle | SIGNAL | ...\" with a row was expected");
	return ok;
}

/* Checking ---------------------------------------------------------------------------- */

static bool same_number(const struct expr_value *v, const struct expr_number *n, bool minus)
{
	struct bits_pool pool = { 0 };
	unsigned width = (unsigned)strlen(n->bits), all = width;
	struct bits stated, is;
	bool same;

	if (v->bits.width > all)
		all = v->bits.width;
	stated = n->fill ? bits_all(&pool, all, n->bits[0])
			 : bits_text(&pool, width, n->bits, width);
	stated = bits_resize(&pool, &stated, all, false);
	if (minus)
		stated = bits_negate(&pool, &stated);
	if (n->fill)
		stated = bits_resize(&pool, &stated, v->bits.width, false);
	is = bits_resize(&pool, &v->bits, stated.width, minus);
	same = bits_same(&stated, &is) == '1';
	bits_free(&pool);
	return same;
}

static bool is_right(const char *text, const struct expr_value *v)
{
	struct expr_number n;
	bool minus, same;

	if (is_unknown(text))
		return v->kind == EXPR_BITS && bits_unknown(&v->bits);
	if (!read_number(text, &minus, &n))
		return false;
	if (n.real || v->kind != EXPR_BITS)
		same = v->kind == EXPR_REAL && n.real && v->real == (minus ? -n.value : n.value);
	else
		same = same_number(v, &n, minus);
	free(n.bits);
	return same;
}

static int by_cycle(const void *a, const void *b)
{
	const struct walk_row *x = *(struct walk_row *const *)a, *y = *(struct walk_row *const *)b;

	return (x->cycle > y->cycle) - (x->cycle < y->cycle);
}

struct checking {
	struct walk *w;
	struct walk_row **order; /* sorted by cycle */
	size_t next;
	bool missing[WALK_SIGNALS_MAX]; /* columns that are not evaluated */
};

static void check_row(const struct checking *ch, struct walk_row *row,
		      const struct expr_value *value)
{
	struct walk *w = ch->w;

	for (size_t k = 0; k < w->signals.n; k++) {
		struct walk_cell *c = &row->cell[k];
		struct str is = STR_INIT;

		if (ch->missing[k])
			continue;
		expr_print(value, &is);
		free(c->is);
		c->is = str_take(&is);
		value++;
		if (!is_stated(c->text))
			continue;
		c->mark = is_right(c->text, value - 1) ? WALK_RIGHT : WALK_WRONG;
		w->right += c->mark == WALK_RIGHT;
		w->wrong += c->mark == WALK_WRONG;
	}
}

static bool on_row(void *ctx, const struct query_row *r)
{
	struct checking *c = ctx;

	while (c->next < c->w->n && c->order[c->next]->cycle == r->sample) {
		c->order[c->next]->time = r->time;
		check_row(c, c->order[c->next++], r->values);
	}
	return c->next < c->w->n;
}

static void mark_rest(struct checking *c)
{
	for (; c->next < c->w->n; c->next++)
		for (size_t k = 0; k < c->w->signals.n; k++) {
			struct walk_cell *cell = &c->order[c->next]->cell[k];

			if (c->missing[k] || !is_stated(cell->text))
				continue;
			cell->mark = WALK_NOT_REACHED;
			c->w->not_reached++;
		}
	for (size_t i = 0; i < c->w->n; i++)
		for (size_t k = 0; k < c->w->signals.n; k++) {
			struct walk_cell *cell = &c->w->rows[i].cell[k];

			if (!c->missing[k] || !is_stated(cell->text))
				continue;
			cell->mark = WALK_NO_SIGNAL;
			c->w->no_signal++;
		}
}

/* A name shared by several signals resolves to the testbench's own. The caller frees. */
static char *resolve(const struct walk *w, const struct trace *t, const char *name)
{
	char *full = w->testbench ? str_fmt("%s.%s", w->testbench, name) : NULL;
	bool own = full && trace_find(t, full) != TRACE_NONE;

	if (own)
		return full;
	free(full);
	return mem_strdup(name);
}

/* column: only that one; WALK_SIGNALS_MAX: all that are not missing. */
static struct query *open_query(const struct checking *c, struct trace *t, size_t column,
				struct err *err)
{
	const struct walk *w = c->w;
	char *clock = resolve(w, t, w->clock ? w->clock : "clk");
	char *on = str_fmt("posedge %s", clock);
	struct query_spec spec = { .on = on, .from = trace_begin(t), .to = trace_end(t) };
	struct strv names = STRV_INIT;
	struct query *q;

	for (size_t k = 0; k < w->signals.n; k++)
		if (column == WALK_SIGNALS_MAX ? !c->missing[k] : k == column)
			strv_give(&names, resolve(w, t, w->signals.v[k]));
	spec.eval = (const char *const *)names.v;
	spec.n_eval = names.n;
	q = query_open(t, &spec, err);
	strv_free(&names);
	free(on);
	free(clock);
	return q;
}

/* A model often names a signal that is not there; the other columns count all the same. */
static bool find_missing(struct checking *c, struct trace *t, struct err *err)
{
	struct walk *w = c->w;
	bool any = false;

	strv_free(&w->missing);
	for (size_t k = 0; k < w->signals.n; k++) {
		struct query *q = open_query(c, t, k, err);

		c->missing[k] = !q;
		any |= q != NULL;
		if (!q)
			strv_add(&w->missing, err->text);
		query_close(q);
	}
	return any;
}

bool walk_check(struct walk *w, struct trace *t, struct err *err)
{
	struct query_totals totals;
	struct checking c = { .w = w };
	struct query *q =
		find_missing(&c, t, err) ? open_query(&c, t, WALK_SIGNALS_MAX, err) : NULL;

	if (!q)
		return false;
	c.order = mem_calloc(w->n + 1, sizeof(*c.order));
	for (size_t i = 0; i < w->n; i++)
		c.order[i] = &w->rows[i];
	qsort(c.order, w->n, sizeof(*c.order), by_cycle);
	w->right = w->wrong = w->not_reached = w->no_signal = 0;
	query_run(q, on_row, &c, &totals);
	mark_rest(&c);
	query_close(q);
	free(c.order);
	return true;
}

/* Writing ----------------------------------------------------------------------------- */

static bool is_wrong(const struct walk *w, const struct walk_row *row)
{
	for (size_t k = 0; k < w->signals.n; k++)
		if (row->cell[k].mark > WALK_RIGHT)
			return true;
	return false;
}

void walk_count(const struct walk *w, struct str *out)
{
	str_addf(out, "%zu right, %zu wrong, %zu not reached", w->right, w->wrong, w->not_reached);
	if (w->no_signal)
		str_addf(out, ", %zu of no signal", w->no_signal);
	str_addc(out, '\n');
	for (size_t i = 0; i < w->missing.n; i++)
		str_addf(out, "%s\n", w->missing.v[i]);
}

static void print_head(const struct walk *w, const char *before, struct str *out)
{
	str_addf(out, "%s| cycle |", before);
	for (size_t k = 0; k < w->signals.n; k++)
		str_addf(out, " %s |", w->signals.v[k]);
	str_addc(out, '\n');
}

void walk_print(const struct walk *w, bool only_wrong, struct str *out)
{
	print_head(w, "  ", out);
	for (size_t i = 0; i < w->n; i++) {
		const struct walk_row *row = &w->rows[i];
		bool wrong = is_wrong(w, row);

		if (only_wrong && !wrong)
			continue;
		str_addf(out, "%s| %llu |", wrong ? "! " : "  ", (unsigned long long)row->cycle);
		for (size_t k = 0; k < w->signals.n; k++) {
			const struct walk_cell *c = &row->cell[k];

			str_addf(out, " %s", c->text);
			if (c->mark == WALK_WRONG)
				str_addf(out, " (is %s)", c->is);
			else if (c->mark == WALK_NOT_REACHED)
				str_adds(out, " (not reached)");
			else if (c->mark == WALK_NO_SIGNAL)
				str_adds(out, " (no such signal)");
			str_adds(out, " |");
		}
		str_addc(out, '\n');
	}
}

void walk_write(const struct walk *w, const bool *fixed, struct str *out)
{
	str_addf(out, "# Walk\n\n");
	if (w->testbench)
		str_addf(out, "Testbench: %s\n", w->testbench);
	str_addf(out, "Clock: %s\n\n", w->clock ? w->clock : "clk");
	print_head(w, "", out);
	str_adds(out, "| --- |");
	for (size_t k = 0; k < w->signals.n; k++)
		str_adds(out, " --- |");
	str_addc(out, '\n');
	for (size_t i = 0; i < w->n; i++) {
		str_addf(out, "| %llu |", (unsigned long long)w->rows[i].cycle);
		for (size_t k = 0; k < w->signals.n; k++) {
			const struct walk_cell *c = &w->rows[i].cell[k];
			bool fix = fixed && fixed[i * WALK_SIGNALS_MAX + k] && c->is;

			str_addf(out, " %s |", fix ? c->is : c->text);
		}
		str_addc(out, '\n');
	}
}

void walk_fix(const struct walk *w, const bool *fixed, const char *text, size_t len,
	      struct str *out)
{
	struct slice rest = { text, len };
	const char *done = text;

	for (size_t line = 1, i = 0; rest.n && i < w->n; line++) {
		struct slice l = slice_trim(slice_chomp(slice_line(&rest))), cell;

		if ((size_t)w->rows[i].line != line)
			continue;
		is_row(w, &l);
		md_cell(&l, &cell);
		for (size_t k = 0; k < w->signals.n && md_cell(&l, &cell); k++) {
			if (!fixed[i * WALK_SIGNALS_MAX + k] || !w->rows[i].cell[k].is)
				continue;
			str_add(out, done, (size_t)(cell.p - done));
			str_adds(out, w->rows[i].cell[k].is);
			done = cell.p + cell.n;
		}
		i++;
	}
	str_add(out, done, (size_t)(text + len - done));
}
