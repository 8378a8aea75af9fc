/* A testbench that computes what it expects has the numbers of the algorithm a second time: round
 * constants, polynomials, tables of angles. If the two share several, then one that the design
 * alone has, next to one that the testbench alone has, is a slip of the pen on one of the sides:
 * a bit or a digit that differs, or two digits that are swapped. A wrong table entry shows up many
 * steps later, mixed with everything else; this finds it without a step.
 *
 * Numbers that come up by themselves are no evidence: small ones, and those of one block of ones.
 */
#include "config.h"

#include "session/why/why_odd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/why/why_making.h"

#define LEAST	     100      /* smaller numbers are anywhere */
#define SHARED	     2	      /* numbers that both sides must have in common */
#define PAIRS_MAX    2	      /* more are chance */
#define NUMBERS_MAX  20000u   /* of a side; above that no search is made */
#define COMPARED_MAX 1000000u /* pairs, about a second; above that no search is made */
#define BITS	     2	      /* that may differ */

struct number {
	uint64_t value;
	uint32_t node, top; /* top: its process, function or parameter's value */
	uint32_t var;	    /* of a parameter; else CIRCUIT_NONE */
};

struct side {
	struct number *v;
	size_t n, cap;
};

/* True for 0..0111000, and for its complement in 64 bits. */
static bool is_plain(uint64_t v)
{
	uint64_t low = v & (0 - v), up = v + low;

	return v < LEAST || !(up & (up - 1)) || 0 - v < LEAST;
}

static bool value_of(const struct circuit *c, uint32_t node, uint64_t *out)
{
	const char *h = strchr(c->texts[c->nodes[node].ref], '\'');
	char *end;
	size_t len;

	if (!h)
		return false;
	h += h[1] == 's' ? 3 : 2;
	len = strlen(h);
	if (h[-1] != 'h' || len == 0 || len > 16)
		return false;
	*out = strtoull(h, &end, 16);
	/* As a positive number: a table may have either sign. */
	if (c->nodes[node].width && c->nodes[node].width < 64 &&
	    *out >> (c->nodes[node].width - 1) & 1 && h[-2] == 's')
		*out = (UINT64_C(1) << c->nodes[node].width) - *out;
	return !*end;
}

static void collect(const struct circuit *c, uint32_t top, uint32_t var, struct side *to)
{
	struct circuit_walk walk = { 0 };
	uint64_t value;

	for (uint32_t n = circuit_walk(c, &walk, top); n; n = circuit_walk(c, &walk, top))
		if (c->nodes[n].op == CIRCUIT_CONST && c->nodes[n].line && to->n < NUMBERS_MAX &&
		    value_of(c, n, &value) && !is_plain(value))
			MEM_PUSH(to->v, to->n, to->cap, (struct number){ value, n, top, var });
	circuit_walk_end(&walk);
}

static int by_value(const void *a, const void *b)
{
	const struct number *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

static bool has(const struct side *s, uint64_t value)
{
	size_t low = 0, high = s->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->v[mid].value < value)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->n && s->v[low].value == value;
}

/* One digit differs, or two next to each other are swapped. */
static bool is_slip(bool hex, uint64_t a, uint64_t b)
{
	char x[24], y[24];
	size_t differ = 0, first = 0;

	snprintf(x, sizeof(x), hex ? "%llx" : "%llu", (unsigned long long)a);
	snprintf(y, sizeof(y), hex ? "%llx" : "%llu", (unsigned long long)b);
	if (strlen(x) != strlen(y))
		return false;
	for (size_t i = 0; x[i]; i++)
		if (x[i] != y[i] && differ++ == 0)
			first = i;
	return differ == 1 || (differ == 2 && x[first] == y[first + 1] && x[first + 1] == y[first]);
}

static bool is_near(uint64_t a, uint64_t b)
{
	int bits = 0;

	for (uint64_t x = a ^ b; x && bits <= BITS; x &= x - 1)
		bits++;
	return bits <= BITS || is_slip(false, a, b) || is_slip(true, a, b);
}

/* The constants of one module's processes, parameters and functions, or of all others'. */
static void read_side(const struct circuit *c, uint32_t module, bool others, struct side *out)
{
	for (uint32_t p = 0; p < c->n_processes; p++)
		if ((c->processes[p].module != module) == others)
			collect(c, c->processes[p].node, CIRCUIT_NONE, out);
	for (uint32_t v = 0, last = 0; v < c->n_vars; v++) {
		if ((c->vars[v].module != module) != others)
			continue;
		if (c->vars[v].function && c->vars[v].function != last)
			collect(c, last = c->vars[v].function, CIRCUIT_NONE, out);
		if (c->vars[v].value)
			collect(c, c->vars[v].value, v, out);
	}
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_value);
}

/* The innermost assignment around a constant; 0: none. */
static uint32_t statement_of(const struct circuit *c, const struct number *k)
{
	struct circuit_walk walk = { 0 };
	uint32_t found = 0;

	for (uint32_t n = circuit_walk(c, &walk, k->top); n; n = circuit_walk(c, &walk, k->top)) {
		struct circuit_walk inside = { 0 };

		if (c->nodes[n].op != CIRCUIT_ASSIGN && c->nodes[n].op != CIRCUIT_ASSIGN_LATER)
			continue;
		for (uint32_t i = circuit_walk(c, &inside, n); i; i = circuit_walk(c, &inside, n))
			if (i == k->node)
				found = n;
		circuit_walk_end(&inside);
	}
	circuit_walk_end(&walk);
	return found;
}

static void tell(struct making *m, const struct number *k, const struct number *want)
{
	const struct circuit *c = m->w->c;
	const struct circuit_node *n = &c->nodes[k->node], *other = &c->nodes[want->node];
	uint32_t at = statement_of(c, k), left = at ? c->nodes[c->nodes[at].first].next : 0;
	struct str text = STR_INIT, note = STR_INIT;

	if (k->var != CIRCUIT_NONE)
		str_addf(&text, "%s = ", c->vars[k->var].name);
	else if (left) {
		why_expression(c, left, &text);
		str_adds(&text, c->nodes[at].op == CIRCUIT_ASSIGN ? " = " : " <= ");
	}
	why_expression(c, left ? c->nodes[at].first : k->node, &text);
	making_line(m, n->file, n->line, str_take(&text));
	str_addf(&note, "%s%sonly modules below the testbench have ", m->step->note,
		 m->step->note[0] ? "; " : "");
	why_expression(c, k->node, &note);
	str_adds(&note, ", only the testbench itself has ");
	why_expression(c, want->node, &note);
	if (other->file < c->n_files)
		str_addf(&note, " (%s:%u)", c->files[other->file], other->line);
	free(m->step->note);
	m->step->note = str_take(&note);
}

/* Names the step after what is assigned, in the first instance of its module. */
static void name_step(struct making *m, const struct number *k)
{
	const struct circuit *c = m->w->c;
	uint32_t at = statement_of(c, k), base = 0, var = k->var, module;
	struct bits value = bits_number(&m->w->pool, c->nodes[k->node].width, k->value);
	bool named;

	if (at)
		base = circuit_base_node(c, c->nodes[c->nodes[at].first].next);
	if (base && c->nodes[base].op == CIRCUIT_VAR)
		var = c->nodes[base].ref;
	module = var != CIRCUIT_NONE ? c->vars[var].module : CIRCUIT_NONE;
	for (uint32_t i = 0; i < c->n_instances && !m->step->signal; i++)
		if (c->instances[i].module == module)
			m->step->signal = str_fmt("%s.%s", c->instances[i].path, c->vars[var].name);
	named = m->step->signal != NULL;
	if (!named)
		m->step->signal = mem_strdup("a constant");
	m->step->driven = mem_strdup(m->step->signal);
	/* What is assigned may have another value at that time. */
	if (named && k->var == CIRCUIT_NONE) {
		free(m->step->signal);
		m->step->signal = str_fmt("a constant of %s", m->step->driven);
	}
	m->step->value = making_bits(&value, (struct range){ 0, 0 });
}

/* A number of the design and the one of the testbench that it may be a slip of. */
struct pairs {
	const struct number *v[PAIRS_MAX][2];
	size_t n; /* above PAIRS_MAX: too many to be slips */
};

/* A side has its numbers sorted: the first of equal ones. */
static bool is_first(const struct side *s, size_t i)
{
	return !i || s->v[i - 1].value != s->v[i].value;
}

/* True if the sides have enough in common, and few enough numbers, to be compared. */
static bool is_comparable(const struct side *design, const struct side *bench)
{
	size_t shared = 0, alone = 0;

	for (size_t i = 0; i < design->n; i++) {
		if (!is_first(design, i))
			continue;
		if (has(bench, design->v[i].value))
			shared++;
		else
			alone++;
	}
	return shared >= SHARED && design->n < NUMBERS_MAX && bench->n < NUMBERS_MAX &&
	       alone * bench->n <= COMPARED_MAX;
}

static void pair(const struct side *design, const struct number *d, const struct side *bench,
		 struct pairs *out)
{
	for (size_t k = 0; k < bench->n && out->n <= PAIRS_MAX; k++) {
		const struct number *b = &bench->v[k];

		if (!is_first(bench, k) || !is_near(d->value, b->value) || has(design, b->value))
			continue;
		if (out->n < PAIRS_MAX) {
			out->v[out->n][0] = d;
			out->v[out->n][1] = b;
		}
		out->n++;
	}
}

/* False: none, too many, or stopped. */
static bool find_pairs(const struct why *w, const struct side *design, const struct side *bench,
		       struct pairs *out)
{
	for (size_t i = 0; i < design->n && out->n <= PAIRS_MAX; i++) {
		if (!is_first(design, i) || has(bench, design->v[i].value))
			continue;
		if (w->stop && atomic_load(w->stop))
			return false;
		pair(design, &design->v[i], bench, out);
	}
	return out->n && out->n <= PAIRS_MAX;
}

bool odd_constant(struct why *w, uint64_t time, struct why_step *out)
{
	const struct circuit *c = w->c;
	struct side design = { 0 }, bench = { 0 };
	struct pairs pairs = { .n = 0 };
	bool found;
	struct making m = { .w = w, .step = out, .time = time };

	if (c->n_instances < 2)
		return false;
	read_side(c, c->instances[0].module, true, &design);
	read_side(c, c->instances[0].module, false, &bench);
	found = is_comparable(&design, &bench) && find_pairs(w, &design, &bench, &pairs);
	if (found) {
		*out = (struct why_step){ .kind = WHY_CONSTANT,
					  .time = time,
					  .since = time,
					  .note = mem_strdup(""),
					  .from = SIZE_MAX };
		name_step(&m, pairs.v[0][0]);
		for (size_t i = 0; i < pairs.n; i++)
			tell(&m, pairs.v[i][0], pairs.v[i][1]);
	}
	free(design.v);
	free(bench.v);
	return found;
}
