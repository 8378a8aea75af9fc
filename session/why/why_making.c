/* Presents a statement. One may extend over several source lines, so each selection on the
 * way to the value gets its own line; a condition that was passed is not repeated for its
 * other side. A read names the relevant bits and when they
 * got their value; for an x, since when, because that is where to look next.
 */
#include "config.h"

#include "session/why/why_making.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/trace/trace.h"

#define BLOCKED_SHOWN 4 /* branches not taken */
#define PARTS_SHOWN   6 /* earlier statements for other bits */

char *making_bits(const struct bits *b, struct range range)
{
	struct str s = STR_INIT;
	uint32_t n = range.n ? range.n : b->width;

	for (uint32_t i = n; i-- > 0;)
		str_addc(&s, range.low + i < b->width ? bits_get(b, range.low + i) : 'x');
	return str_take(&s);
}

char *making_signal(const struct why *w, const struct place *p, struct range range)
{
	struct str s = STR_INIT;

	place_name(w, p, &s);
	if (range.n && (range.low || range.n != place_width(w, p))) {
		if (range.n == 1)
			str_addf(&s, "[%u]", range.low);
		else
			str_addf(&s, "[%u:%u]", range.low + range.n - 1, range.low);
	}
	return str_take(&s);
}

/* Lines ------------------------------------------------------------------------------- */

void making_line(struct making *m, uint16_t file, uint32_t line, char *text)
{
	const struct circuit *c = m->w->c;
	struct why_step *s = m->step;
	const char *path = line && file < c->n_files ? c->files[file] : "";

	if (s->n_lines >= MAKING_LINES_MAX) {
		free(text);
		return;
	}
	MEM_PUSH(s->lines, s->n_lines, s->cap_lines,
		 (struct why_line){ mem_strdup(path), line, text });
}

/* The first line of an expression. */
static uint32_t first_line(const struct circuit *c, uint32_t node)
{
	struct circuit_walk walk = { 0 };
	uint32_t line = c->nodes[node].line;

	for (uint32_t n = circuit_walk(c, &walk, node); n; n = circuit_walk(c, &walk, node))
		if (c->nodes[n].line && c->nodes[n].line < line &&
		    c->nodes[n].file == c->nodes[node].file)
			line = c->nodes[n].line;
	circuit_walk_end(&walk);
	return line;
}

static bool holds(const struct circuit *c, uint32_t node, uint32_t wanted)
{
	struct circuit_walk walk = { 0 };
	bool found = false;

	for (uint32_t n = circuit_walk(c, &walk, node); n && !found;
	     n = circuit_walk(c, &walk, node))
		found = n == wanted;
	circuit_walk_end(&walk);
	return found;
}

void making_statement(struct making *m, const struct write *x)
{
	const struct circuit *c = m->w->c;
	const struct circuit_node *n = &c->nodes[x->node];
	const struct circuit_node *leaf = &c->nodes[x->leaf];
	struct str text = STR_INIT;

	if (n->op == CIRCUIT_CALL) {
		str_addf(&text, "%s(...)", c->texts[c->nodes[n->ref].ref]);
	} else {
		why_expression(c, c->nodes[n->first].next, &text);
		str_adds(&text, n->op == CIRCUIT_ASSIGN_LATER ? " <= " : " = ");
		why_expression(c, x->leaf ? x->leaf : x->right, &text);
	}
	if (x->leaf != x->right && leaf->line && leaf->file == n->file)
		making_line(m, leaf->file, first_line(c, x->leaf), str_take(&text));
	else
		making_line(m, n->file, n->line, str_take(&text));
}

/* Adds the selections, c ? x : y, between the statement and the leaf. */
static void choice_lines(struct making *m, const struct write *x)
{
	const struct circuit *c = m->w->c;
	uint32_t at = x->right;

	for (int depth = 0; at && at != x->leaf && depth < NEST_MAX; depth++) {
		const struct circuit_node *n = &c->nodes[at];
		uint32_t k = n->first;

		if (n->op == CIRCUIT_COND) {
			uint32_t then = c->nodes[k].next;
			bool first = holds(c, then, x->leaf);
			struct str text = STR_INIT;

			str_adds(&text, "if ");
			why_expression(c, k, &text);
			str_addf(&text, " is %d", first);
			making_line(m, c->nodes[k].file, first_line(c, k), str_take(&text));
			at = first ? then : c->nodes[then].next;
			continue;
		}
		while (k && !holds(c, k, x->leaf))
			k = c->nodes[k].next;
		at = k;
	}
}

static void guard_line(struct making *m, const struct guard *g)
{
	const struct circuit *c = m->w->c;
	uint32_t place = g->item ? g->item : g->node;
	struct str text = STR_INIT;

	if (!g->item) {
		str_adds(&text, "if ");
		why_expression(c, g->node, &text);
		str_addf(&text, " is %c", g->truth);
	} else {
		uint32_t k = c->nodes[g->item].first;
		bool any = false;

		str_adds(&text, "case ");
		why_expression(c, g->node, &text);
		str_adds(&text, g->passed ? " is " : " is not ");
		for (; k && circuit_is_expression(c, k); k = c->nodes[k].next) {
			str_adds(&text, any ? ", " : "");
			why_expression(c, k, &text);
			any = true;
		}
		if (!any)
			str_adds(&text, "any of them: default");
	}
	making_line(m, c->nodes[place].file, g->item ? c->nodes[place].line : first_line(c, place),
		    str_take(&text));
}

void making_port(void *ctx, uint32_t port)
{
	struct making *m = ctx;
	const struct circuit *c = m->w->c;
	const struct circuit_node *n = &c->nodes[port];
	struct str text = STR_INIT;

	if (n->op == CIRCUIT_ASSIGN) {
		why_expression(c, c->nodes[n->first].next, &text);
		str_adds(&text, " = ");
		why_expression(c, n->first, &text);
		making_line(m, n->file, n->line, str_take(&text));
		return;
	}
	str_addc(&text, '.');
	why_name(c->texts[n->ref], &text);
	str_addc(&text, '(');
	if (n->first)
		why_expression(c, n->first, &text);
	str_addc(&text, ')');
	making_line(m, n->file, n->line, str_take(&text));
}

/* Reads ------------------------------------------------------------------------------- */

/* Since when those bits have been x. */
static uint64_t first_x(struct why *w, const struct place *p, struct range range, uint64_t time)
{
	struct trace_point point;
	struct bits value;
	uint64_t since = time;
	size_t signal;
	bool there;

	if (!place_signal(w, p, &signal))
		return time;
	there = trace_at(w->t, signal, time, &point);
	for (int i = 0; there && i < 10000; i++) {
		bool x = false;
		uint32_t n;

		value = bits_text(&w->pool, place_width(w, p), point.value, point.len);
		n = range.n ? range.n : value.width;
		for (uint32_t k = range.low; k < range.low + n && k < value.width; k++)
			x |= bits_get(&value, k) != '0' && bits_get(&value, k) != '1';
		if (!x)
			break;
		since = point.time;
		there = trace_prev(w->t, signal, point.time, &point);
	}
	return since;
}

void making_need(struct making *m, const struct need *need, uint64_t time, uint64_t here,
		 bool is_condition)
{
	struct why_step *s = m->step;
	uint64_t at = need->here ? here : time;
	char *name = making_signal(m->w, &need->place, need->range);
	struct bits value;

	/* An x that feeds itself: what matters is where it began. */
	if (m->only_x && place_same(&need->place, &m->place))
		at = first_x(m->w, &m->place, need->range, at);
	for (size_t i = 0; i < s->n_reads; i++)
		if (s->reads[i].time == at && strcmp(s->reads[i].signal, name) == 0) {
			free(name);
			return;
		}
	MEM_PUSH(s->reads, s->n_reads, s->cap_reads,
		 (struct why_read){
			 .signal = name,
			 .value = place_value(m->w, &need->place, at, &value)
					  ? making_bits(&value, need->range)
					  : mem_strdup(""),
			 .time = at,
			 .condition = is_condition || need->chose,
			 .index = need->index,
			 .before = m->before && at == time,
			 .step = SIZE_MAX,
		 });
	s->reads[s->n_reads - 1].at = (struct why_signal){ .instance = need->place.instance,
							   .var = need->place.var,
							   .low = need->range.low,
							   .bits = need->range.n };
	memcpy(s->reads[s->n_reads - 1].at.element, need->place.element,
	       sizeof(need->place.element));
}

/* Adds what functions did on the way. */
static void told_lines(struct making *m, const struct told_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct told *t = &l->v[i];

		if (t->right) {
			struct write x = { .node = t->node, .right = t->right, .leaf = t->leaf };

			making_statement(m, &x);
			choice_lines(m, &x);
			continue;
		}
		guard_line(m, &(struct guard){ .node = t->node,
					       .item = t->item,
					       .truth = t->truth,
					       .passed = t->passed });
	}
}

void making_guard(struct making *m, const struct guard *g, const struct pass *r, uint64_t here)
{
	guard_line(m, g);
	told_lines(m, &g->told);
	for (size_t i = 0; i < g->n_needs; i++)
		making_need(m, &g->needs[i], r->time, here, true);
}

/* True if g is the other side of a passed if, which is not repeated. */
static bool is_passed(const struct guard *passed, const struct guard *g)
{
	while (passed && (passed->node != g->node || passed->item != g->item || g->item))
		passed = passed->outer;
	return passed != NULL;
}

static void reasons(struct making *m, const struct site *s, const struct write *x)
{

	m->before = s->clocked && s->pass.time + 1 == s->since;
	told_lines(m, &x->told);
	choice_lines(m, x);
	for (size_t i = 0; i < x->n_needs; i++)
		making_need(m, &x->needs[i], s->pass.time, s->since, false);
	for (const struct guard *g = x->guard; g; g = g->outer)
		making_guard(m, g, &s->pass, s->since);
	for (size_t i = 0; i < x->n_where; i++)
		making_need(m, &x->where[i], s->pass.time, s->since, true);
	/* Conditions that prevented later assignments. */
	for (size_t i = x->blocked;
	     !m->kept && i < s->pass.n_blocked && i < x->blocked + BLOCKED_SHOWN; i++)
		if (!is_passed(x->guard, s->pass.blocked[i]))
			making_guard(m, s->pass.blocked[i], &s->pass, s->since);
}

void making_reasons(struct making *m, const struct site *s)
{
	reasons(m, s, &s->pass.writes[s->write]);
}

/* Removes the bits of a write from those still open; true if there were any. */
static bool covers(struct bits *open, const struct write *x, struct range wanted)
{
	uint32_t low = x->range.n ? x->range.low : 0;
	uint32_t end = x->range.n ? low + x->range.n : open->width;
	bool any = false;

	if (wanted.n && low < wanted.low)
		low = wanted.low;
	if (wanted.n && end > wanted.low + wanted.n)
		end = wanted.low + wanted.n;
	for (uint32_t i = low; i < end && i < open->width; i++) {
		any |= bits_get(open, i) == '1';
		bits_set(open, i, '0');
	}
	return any;
}

void making_write(struct making *m, const struct site *s)
{
	const struct write *x = &s->pass.writes[s->write];
	struct bits open = bits_all(&m->w->pool, s->value.width ? s->value.width : 1, '1');
	int shown = 0;

	making_statement(m, x);
	making_reasons(m, s);
	covers(&open, x, m->range);
	for (size_t i = s->write; i-- > 0 && shown < PARTS_SHOWN;) {
		x = &s->pass.writes[i];
		if (!covers(&open, x, m->range))
			continue;
		shown++;
		making_statement(m, x);
		reasons(m, s, x);
	}
}
