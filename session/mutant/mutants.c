/* The statement tree (verilog/vstmt.h) tells where expressions start and end. */
#include "config.h"

#include "session/mutant/mutants.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/mutant/active.h"
#include "session/mutant/mutants_inner.h"

static bool names_reset(const struct finder *f, struct vspan span)
{
	const char *text = f->s->text + span.off;

	for (size_t i = 0; i + 3 <= span.end - span.off; i++)
		if (strncasecmp(text + i, "rst", 3) == 0 || strncasecmp(text + i, "reset", 5) == 0)
			return true;
	return false;
}

static void in_condition(struct finder *f, const struct vstmt *node)
{
	struct str not = STR_INIT;

	if (node->generate || !mutants_fits(f, node->head))
		return;
	str_addf(&not, "!(%.*s)", (int)(node->head.end - node->head.off),
		 f->s->text + node->head.off);
	mutants_add(f, "condition", node->line, node->head, node->head, str_take(&not ));
	if (f->mends)
		mends_in_condition(f, node->head, node->line);
	if (f->mends || names_reset(f, node->head))
		mutants_add(f, "never", node->line, node->head, node->head, mem_strdup("1'b0"));
	mutants_in_expression(f, node->head);
}

/* `wire a = b;`, a continuous assignment. */
static bool is_net(const struct finder *f, const struct vstmt *n)
{
	return n->kind == VSTMT_DECL && n->rhs.end > n->rhs.off &&
	       vstmts_is_net(f->s, vstmts_token(f->s, n->all.off));
}

/* True for a task, and for a function that elaboration does not call. Those of a package are
 * left out of a score: a parameter in another file may call them, and a mutant that does not
 * build says nothing about the testbench. */
static bool runs(struct finder *f, int node)
{
	int unit = vstmts_around(f->s, node, VSTMT_UNIT);

	if (!f->mends &&
	    (unit < 0 || !mutants_is(f, vstmts_token(f->s, f->s->v[unit].all.off), "module")))
		return false;
	if (f->s->v[node].kind == VSTMT_TASK)
		return true;
	if (f->function != node) {
		f->function = node;
		f->runs = mends_runs(f, node);
	}
	return f->runs;
}

/* True if node i is in a process or continuous assignment of a module, and not in
 * code that elaboration or a testbench runs. */
static bool counts(struct finder *f, int i)
{
	const struct vstmts *s = f->s;
	bool process = s->v[i].kind == VSTMT_ASSIGN || is_net(f, &s->v[i]);

	for (int k = i; k >= 0; k = s->v[k].parent) {
		switch (s->v[k].kind) {
		case VSTMT_FUNCTION:
		case VSTMT_TASK:
			process = runs(f, k);
			if (!process)
				return false;
			break;
		case VSTMT_INITIAL:
		case VSTMT_FINAL:
		case VSTMT_DEFINE:
		case VSTMT_PROPERTY:
		case VSTMT_ASSERT:
			return false;
		case VSTMT_ALWAYS:
			process = true;
			break;
		default:
			break;
		}
	}
	return process;
}

/* n assigns n->rhs; in a declaration, to the last name of n->lhs. process: -1: none. */
static void in_value(struct finder *f, const struct vstmt *n, int process)
{
	if (!mutants_fits(f, n->rhs))
		return;
	if (f->mends)
		mends_in_assignment(f, n, process);
	else
		mutants_stuck(f, n);
	mutants_in_expression(f, n->rhs);
}

/* `wire a = b, c = d;` and `assign a = b, c = d;`, one after the other. */
static void in_values(struct finder *f, const struct vstmt *n)
{
	const struct vstmts *s = f->s;
	size_t end = vstmts_token(s, n->all.end), from = vstmts_token(s, n->lhs.off);

	for (size_t equals = from; from < end; equals = from) {
		struct vstmt one = *n;
		size_t to;

		while (equals < end && !mutants_is(f, equals, "=") && !mutants_is(f, equals, ","))
			equals = vstmts_behind(s, equals, end);
		for (to = equals; to < end && !mutants_is(f, to, ",") && !mutants_is(f, to, ";");)
			to = vstmts_behind(s, to, end);
		one.lhs = vstmts_span(s, from, equals);
		one.rhs = vstmts_span(s, equals + 1, to);
		from = to + 1;
		if (equals >= to) /* a name without a value */
			continue;
		one.line = s->tokens[equals + 1].line;
		in_value(f, &one, -1);
	}
}

static void in_node(struct finder *f, int i)
{
	const struct vstmt *n = &f->s->v[i];
	bool assigns = n->kind == VSTMT_BLOCKING || n->kind == VSTMT_NONBLOCKING;

	if (n->kind == VSTMT_IF)
		in_condition(f, n);
	if (f->mends && n->kind == VSTMT_CHOICE && !n->generate)
		mends_in_choice(f, i);
	if (n->kind == VSTMT_ASSIGN || is_net(f, n))
		in_values(f, n);
	if (assigns) {
		f->whole = f->mends && assigns && mutants_fits(f, n->all) ? n : NULL;
		in_value(f, n, vstmts_around(f->s, i, VSTMT_ALWAYS));
		f->whole = NULL;
	}
	if (assigns && mutants_fits(f, n->all)) {
		struct mutant *m =
			mutants_add(f, "left out", n->line, n->all, n->all, mem_strdup(";"));

		if (m)
			m->statement = true;
	}
}

/* The next directive in [p, end) outside of comments and strings. */
static const char *next_directive(const char *p, const char *end)
{
	while (p < end && *p != '`') {
		if (*p == '"') {
			for (p++; p < end && *p != '"' && *p != '\n'; p++)
				p += *p == '\\' && p + 1 < end;
		} else if (*p == '/' && p + 1 < end && p[1] == '/') {
			p = memchr(p, '\n', (size_t)(end - p));
			if (!p)
				return end;
		} else if (*p == '/' && p + 1 < end && p[1] == '*') {
			p = memmem(p + 2, (size_t)(end - p - 2), "*/", 2);
			if (!p)
				return end;
			p++;
		}
		p += p < end;
	}
	return p;
}

static bool is_word(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(end - p) >= n && memcmp(p, word, n) == 0 &&
	       (p + n == end || !(isalnum((unsigned char)p[n]) || p[n] == '_'));
}

/* The name after a directive of len bytes; *n: its length. */
static const char *name_after(const char *p, size_t len, const char *end, size_t *n)
{
	for (p += len; p < end && (*p == ' ' || *p == '\t');)
		p++;
	for (*n = 0; p + *n < end && (isalnum((unsigned char)p[*n]) || p[*n] == '_');)
		++*n;
	return p;
}

/* True for `ifndef NAME directly followed by `define NAME. */
static bool is_guard(const char *p, const char *end)
{
	const char *name, *define, *same;
	size_t n, m;

	if (!is_word(p, end, "`ifndef"))
		return false;
	name = name_after(p, strlen("`ifndef"), end, &n);
	define = next_directive(name, end);
	if (!is_word(define, end, "`define"))
		return false;
	same = name_after(define, strlen("`define"), end, &m);
	return n == m && memcmp(name, same, n) == 0;
}

/* True if the mutant's place is known to be compiled, although an `ifdef or `ifndef encloses it. */
static bool is_read(const struct active *read, const struct mutant *m)
{
	return read && read->certain && active_has(read, m->off) && active_has(read, m->holder_off);
}

/* Drops mutants under a preprocessor condition. */
static void drop_conditional(const char *text, size_t len, const struct active *read,
			     struct mutants *m)
{
	const char *end = text + len;
	size_t depth = 0, guards = 0, kept = 0, i = 0;

	for (const char *p = next_directive(text, end);; p = next_directive(p + 1, end)) {
		for (; i < m->n && (p == end || text + m->v[i].off < p); i++) {
			if (depth > guards && !is_read(read, &m->v[i]))
				free(m->v[i].becomes);
			else
				m->v[kept++] = m->v[i];
		}
		if (p == end)
			break;
		if (depth == 0 && is_guard(p, end))
			guards = depth = 1;
		else if (is_word(p, end, "`ifdef") || is_word(p, end, "`ifndef"))
			depth++;
		else if (is_word(p, end, "`endif") && depth > 0)
			depth--;
		else if ((is_word(p, end, "`else") || is_word(p, end, "`elsif")) && depth == guards)
			guards = 0;
		if (depth == 0)
			guards = 0;
	}
	m->n = kept;
}

static int by_place(const void *a, const void *b)
{
	const struct mutant *x = a, *y = b;

	if (x->off != y->off)
		return x->off < y->off ? -1 : 1;
	return x->len > y->len ? -1 : x->len < y->len;
}

void mutants_find(const char *text, size_t len, const struct active *read, bool mends,
		  struct mutants *out)
{
	struct vstmts s;
	struct finder f = { .s = &s, .out = out, .mends = mends };

	*out = (struct mutants){ 0 };
	if (len > MUTANTS_TEXT_MAX)
		return;
	vstmts_init(&s, text, len);
	mutants_names_find(&s, &f.names);
	for (int late = 0; late <= mends; late++) {
		f.late = late > 0;
		for (size_t i = 0; i < s.n; i++)
			if (counts(&f, (int)i))
				in_node(&f, (int)i);
			else if (s.v[i].kind == VSTMT_ITEM)
				mutants_in_instance(&f, (int)i);
	}
	free(f.near);
	mutants_names_fini(&f.names);
	vstmts_fini(&s);
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_place);
	drop_conditional(text, len, read, out);
}

void mutants_fini(struct mutants *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->v[i].becomes);
	free(m->v);
	*m = (struct mutants){ 0 };
}
