/* The statement tree (verilog/vstmt.h) tells where expressions start and end;
 * within one, tokens are changed one at a time. A token alone does not
 * distinguish a sign from a subtraction; the token before it does. Numbers in
 * brackets are left alone, as they may be bounds, and so is one before a brace,
 * which is a repetition count. */
#include "config.h"

#include "session/mutant/mutants.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/mutant/active.h"
#include "session/verilog/vstmt.h"

struct finder {
	const struct vstmts *s;
	struct mutants *out;
};

static const struct {
	const char *from, *to;
	bool unary; /* also a unary operator, which is left alone */
} swaps[] = {
	{ "+", "-", true },	{ "-", "+", true },	 { "*", "+", false },
	{ "&", "|", true },	{ "|", "&", true },	 { "^", "&", true },
	{ "&&", "||", false },	{ "||", "&&", false },	 { "==", "!=", false },
	{ "!=", "==", false },	{ "===", "!==", false }, { "!==", "===", false },
	{ "<", "<=", false },	{ "<=", "<", false },	 { ">", ">=", false },
	{ ">=", ">", false },	{ "<<", ">>", false },	 { ">>", "<<", false },
	{ ">>>", ">>", false }, { "<<<", ">>", false },
};

static void add(struct finder *f, const char *kind, int line, struct vspan holder,
		struct vspan what, char *becomes)
{
	struct mutants *m = f->out;

	if (m->n >= MUTANTS_MAX) {
		free(becomes);
		return;
	}
	m->cap = mem_grow((void **)&m->v, m->cap, m->n + 1, sizeof(*m->v));
	m->v[m->n++] = (struct mutant){ .kind = kind,
					.line = line,
					.off = what.off,
					.len = what.end - what.off,
					.becomes = becomes,
					.holder_off = holder.off,
					.holder_end = holder.end };
}

static bool is(const struct finder *f, size_t token, const char *word)
{
	return vstmt_token_is(f->s, &f->s->tokens[token], word);
}

/* True if the token ends an operand, so that a following operator is binary. */
static bool ends_operand(const struct finder *f, size_t token)
{
	const struct vstmt_token *t = &f->s->tokens[token];
	char c = f->s->text[t->off];

	return isalnum((unsigned char)c) || strchr("_$\\`)]}'\"", c) != NULL;
}

/* The number plus one as a literal, or NULL if its digits are not a number. */
static char *counted_up(const char *s, size_t len)
{
	const char *quote = memchr(s, '\'', len), *digits;
	uint64_t n = 0;
	unsigned base = 10, width = 0;
	char *end;

	if (!quote) {
		n = strtoull(s, &end, 10);
		return end == s + len && len < 10 ? str_fmt("%llu", (unsigned long long)n + 1)
						  : NULL;
	}
	for (const char *p = s; p < quote; p++)
		if (isdigit((unsigned char)*p) && width < 1000)
			width = width * 10 + (unsigned)(*p - '0');
	digits = quote + 1;
	if (quote == s)
		return len == 2 && (s[1] == '0' || s[1] == '1')
			       ? str_fmt("'%c", s[1] == '0' ? '1' : '0')
			       : NULL;
	if (digits < s + len && (*digits == 's' || *digits == 'S'))
		digits++;
	if (digits >= s + len || width == 0 || width > 64)
		return NULL;
	switch (tolower((unsigned char)*digits++)) {
	case 'h':
		base = 16;
		break;
	case 'o':
		base = 8;
		break;
	case 'b':
		base = 2;
		break;
	}
	for (; digits < s + len; digits++) {
		char c = (char)tolower((unsigned char)*digits);
		unsigned d =
			isdigit((unsigned char)c) ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10;

		if (c == '_' || c == ' ')
			continue;
		if (d >= base)
			return NULL; /* x, z, ? */
		n = n * base + d;
	}
	n++;
	if (width < 64)
		n &= (UINT64_C(1) << width) - 1;
	return str_fmt("%.*s'd%llu", (int)(quote - s), s, (unsigned long long)n);
}

/* Finds mutants in the expression span. */
static void in_expression(struct finder *f, struct vspan span)
{
	const struct vstmts *s = f->s;
	size_t first = vstmts_token(s, span.off);
	int brackets = 0;

	for (size_t i = first; i < s->n_tokens && s->tokens[i].off < span.end; i++) {
		const struct vstmt_token *t = &s->tokens[i];
		struct vspan what = { t->off, t->off + t->len };
		bool binary = i > first && ends_operand(f, i - 1);
		char c = s->text[t->off];

		brackets += is(f, i, "[") - is(f, i, "]");
		for (size_t k = 0; k < sizeof(swaps) / sizeof(*swaps); k++)
			if (is(f, i, swaps[k].from) && (binary || !swaps[k].unary))
				add(f, "operator", t->line, span, what, mem_strdup(swaps[k].to));
		if ((is(f, i, "!") || is(f, i, "~")) && !binary)
			add(f, "operator", t->line, span, what, mem_strdup(" "));
		if ((isdigit((unsigned char)c) || (c == '\'' && t->len > 1)) && brackets == 0 &&
		    !(i + 1 < s->n_tokens && is(f, i + 1, "{"))) {
			char *up = counted_up(s->text + t->off, t->len);

			if (up)
				add(f, "number", t->line, span, what, up);
		}
	}
}

/* True if the expression can be an operand of ?: unchanged: no delay, pattern or string. */
static bool fits(const struct finder *f, struct vspan span)
{
	const struct vstmts *s = f->s;

	if (span.end <= span.off || memchr(s->text + span.off, '`', span.end - span.off))
		return false;
	for (size_t i = vstmts_token(s, span.off); i < s->n_tokens && s->tokens[i].off < span.end;
	     i++)
		if (is(f, i, "#") || is(f, i, "@") || is(f, i, "'{") || is(f, i, "'") ||
		    is(f, i, "new") || s->text[s->tokens[i].off] == '"' ||
		    s->text[s->tokens[i].off] == '`')
			return false;
	return true;
}

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

	if (node->generate || !fits(f, node->head))
		return;
	str_addf(&not, "!(%.*s)", (int)(node->head.end - node->head.off),
		 f->s->text + node->head.off);
	add(f, "condition", node->line, node->head, node->head, str_take(&not ));
	if (names_reset(f, node->head))
		add(f, "never", node->line, node->head, node->head, mem_strdup("1'b0"));
	in_expression(f, node->head);
}

/* True if node i is in a process or continuous assignment of a module, and not in
 * code that elaboration or a testbench runs. */
static bool counts(const struct vstmts *s, int i)
{
	bool process = s->v[i].kind == VSTMT_ASSIGN;

	for (int k = i; k >= 0; k = s->v[k].parent) {
		switch (s->v[k].kind) {
		case VSTMT_INITIAL:
		case VSTMT_FINAL:
		case VSTMT_FUNCTION:
		case VSTMT_TASK:
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

static void in_node(struct finder *f, int i)
{
	const struct vstmt *n = &f->s->v[i];
	bool assigns = n->kind == VSTMT_BLOCKING || n->kind == VSTMT_NONBLOCKING;

	if (n->kind == VSTMT_IF)
		in_condition(f, n);
	if ((assigns || n->kind == VSTMT_ASSIGN) && fits(f, n->rhs))
		in_expression(f, n->rhs);
	if (assigns && fits(f, n->all)) {
		add(f, "left out", n->line, n->all, n->all, mem_strdup(";"));
		if (f->out->n)
			f->out->v[f->out->n - 1].statement = true;
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

/* True if a compiler reads it, although it is under a condition. */
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

void mutants_find(const char *text, size_t len, const struct active *read, struct mutants *out)
{
	struct vstmts s;
	struct finder f = { &s, out };

	*out = (struct mutants){ 0 };
	if (len > MUTANTS_TEXT_MAX)
		return;
	vstmts_init(&s, text, len);
	for (size_t i = 0; i < s.n; i++)
		if (counts(&s, (int)i))
			in_node(&f, (int)i);
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
