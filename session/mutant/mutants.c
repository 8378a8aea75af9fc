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
#include "session/mutant/mutants_names.h"
#include "session/verilog/vstmt.h"

#define OTHER_NAMES 24 /* per place */

struct finder {
	const struct vstmts *s;
	struct mutants *out;
	bool mends;
	struct mutants_names names; /* only if it mends */
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

/* Likewise, only to mend. */
static const struct {
	const char *from, *to;
} more_swaps[] = {
	{ "<", ">" }, { ">", "<" },   { "<=", ">=" }, { ">=", "<=" },  { "&", "^" },  { "|", "^" },
	{ "^", "|" }, { "==", ">=" }, { "==", "<=" }, { ">>", ">>>" }, { "&", "&~" },
};

static void add(struct finder *f, const char *kind, int line, struct vspan holder,
		struct vspan what, char *becomes)
{
	struct mutants *m = f->out;

	if (m->n >= MUTANTS_MAX) {
		free(becomes);
		return;
	}
	MEM_PUSH(m->v, m->n, m->cap,
		 (struct mutant){ .kind = kind,
				  .line = line,
				  .off = what.off,
				  .len = what.end - what.off,
				  .becomes = becomes,
				  .holder_off = holder.off,
				  .holder_end = holder.end });
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

enum other { OTHER_UP, OTHER_DOWN, OTHER_TWICE, OTHER_HALF, OTHER_ZERO, OTHERS };

/* False: that is no other number, or an unlikely one. */
static bool other_number(uint64_t n, enum other which, uint64_t *out)
{
	const uint64_t numbers[] = { n + 1, n - 1, n * 2, n / 2, 0 };

	*out = numbers[which];
	return which == OTHER_UP || (which == OTHER_DOWN && n > 0) || n > 2;
}

/* Another number as a literal, or NULL if there is none or the digits are not a number. */
static char *other_literal(const char *s, size_t len, enum other which)
{
	const char *quote = memchr(s, '\'', len), *digits;
	uint64_t n = 0;
	unsigned base = 10, width = 0;
	bool is_signed = false;
	char *end;

	if (!quote) {
		n = strtoull(s, &end, 10);
		return end == s + len && len < 10 && other_number(n, which, &n)
			       ? str_fmt("%llu", (unsigned long long)n)
			       : NULL;
	}
	for (const char *p = s; p < quote; p++)
		if (isdigit((unsigned char)*p) && width < 1000)
			width = width * 10 + (unsigned)(*p - '0');
	digits = quote + 1;
	if (quote == s)
		return len == 2 && which == OTHER_UP && (s[1] == '0' || s[1] == '1')
			       ? str_fmt("'%c", s[1] == '0' ? '1' : '0')
			       : NULL;
	if (digits < s + len && (*digits == 's' || *digits == 'S')) {
		is_signed = true;
		digits++;
	}
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
	if (which == OTHER_DOWN ? width == 1 : !other_number(n, which, &n))
		return NULL;
	if (which == OTHER_DOWN)
		n--;
	if (width < 64)
		n &= (UINT64_C(1) << width) - 1;
	return str_fmt("%.*s'%sd%llu", (int)(quote - s), s, is_signed ? "s" : "",
		       (unsigned long long)n);
}

/* True if the token is all of a side of a comparison. */
static bool compares(const struct finder *f, size_t token)
{
	static const char *const words[] = { "==", "!=", "<", "<=", ">", ">=" };
	bool any = false, part = token + 1 < f->s->n_tokens && is(f, token + 1, "[");

	for (size_t k = 0; k < sizeof(words) / sizeof(*words) && !part; k++)
		any |= (token && is(f, token - 1, words[k])) ||
		       (token + 1 < f->s->n_tokens && is(f, token + 1, words[k]));
	return any;
}

/* True if a unary operator is before the token: none may follow it. */
static bool is_under_unary(const struct finder *f, size_t token)
{
	return token && f->s->tokens[token - 1].kind == VTOKEN_SYMBOL &&
	       strchr("~!&|^+-", f->s->text[f->s->tokens[token - 1].off]) &&
	       (token < 2 || !ends_operand(f, token - 2));
}

/* What a name could have been instead: another one, inverted, one more or less. */
static void add_other_names(struct finder *f, struct vspan span, size_t token, bool bracket)
{
	const struct vstmts *s = f->s;
	const struct vstmt_token *t = &s->tokens[token];
	const struct mutants_name *own = NULL, *v = f->names.v;
	struct vspan what = { t->off, t->off + t->len };
	size_t shown = 0;

	if (t->kind != VTOKEN_NAME || (token && is(f, token - 1, ".")) ||
	    (token + 1 < s->n_tokens && (is(f, token + 1, ".") || is(f, token + 1, "("))))
		return;
	for (size_t i = 0; i < f->names.n && !own; i++) {
		const struct vstmt_token *n = &s->tokens[v[i].token];

		if (span.off >= s->v[v[i].unit].all.off && span.off < s->v[v[i].unit].all.end &&
		    n->len == t->len && memcmp(s->text + n->off, s->text + t->off, t->len) == 0)
			own = &v[i];
	}
	if (own && own->constant && bracket)
		return; /* a bound */
	if (own && !own->constant && !is_under_unary(f, token))
		add(f, "operator", t->line, span, what,
		    str_fmt(" ~%.*s", (int)t->len, s->text + t->off));
	for (int by = 1; own && by >= -1 && compares(f, token); by -= 2)
		add(f, "number", t->line, span, what,
		    str_fmt("(%.*s %c 1)", (int)t->len, s->text + t->off, by > 0 ? '+' : '-'));
	for (size_t i = 0; own && i < f->names.n && shown < OTHER_NAMES; i++) {
		const struct vstmt_token *n = &s->tokens[v[i].token];

		if (&v[i] == own || v[i].edge || !mutants_names_alike(s, own, &v[i]))
			continue;
		add(f, "name", t->line, span, what, mem_strndup(s->text + n->off, n->len));
		shown++;
	}
}

/* `a - b` as `b - a`, if that is all of the expression. */
static void add_turned(struct finder *f, struct vspan span)
{
	static const char *const turns[] = { "-", "<", ">", "<=", ">=", "<<", ">>", NULL };
	const struct vstmts *s = f->s;
	size_t first = vstmts_token(s, span.off), at = 0;
	int depth = 0, operators = 0;

	for (size_t i = first; i < s->n_tokens && s->tokens[i].off < span.end; i++) {
		char c = s->text[s->tokens[i].off];

		depth += (c == '[' || c == '(' || c == '{') - (c == ']' || c == ')' || c == '}');
		if (depth || i == first || s->tokens[i].kind != VTOKEN_SYMBOL ||
		    strchr("])}.", c) || !ends_operand(f, i - 1))
			continue;
		operators++;
		for (size_t k = 0; turns[k]; k++)
			at = is(f, i, turns[k]) ? i : at;
	}
	/* A comment in it would end what follows. */
	if (operators == 1 && at && !memchr(s->text + span.off, '\n', span.end - span.off))
		add(f, "turned", s->tokens[at].line, span, span,
		    str_fmt("%.*s %.*s %.*s", (int)(span.end - s->tokens[at + 1].off),
			    s->text + s->tokens[at + 1].off, (int)s->tokens[at].len,
			    s->text + s->tokens[at].off, (int)(s->tokens[at].off - span.off),
			    s->text + span.off));
}

static void add_more(struct finder *f, struct vspan span, size_t token, bool binary, bool bracket)
{
	const struct vstmt_token *t = &f->s->tokens[token];
	struct vspan what = { t->off, t->off + t->len };

	for (size_t k = 0; binary && k < sizeof(more_swaps) / sizeof(*more_swaps); k++)
		if (is(f, token, more_swaps[k].from) &&
		    !(strcmp(more_swaps[k].to, "&~") == 0 && token + 1 < f->s->n_tokens &&
		      strchr("~!&|^+-", f->s->text[f->s->tokens[token + 1].off])))
			add(f, "operator", t->line, span, what, mem_strdup(more_swaps[k].to));
	if (t->kind == VTOKEN_NUMBER && !(token + 1 < f->s->n_tokens && is(f, token + 1, "{")))
		for (enum other k = OTHER_UP; k < OTHERS; k++) {
			bool left = bracket && token + 1 < f->s->n_tokens && is(f, token + 1, ":");
			char *other = left && k >= OTHER_HALF
					      ? NULL /* the lower bound may be above it */
					      : other_literal(f->s->text + t->off, t->len, k);

			if (other)
				add(f, "number", t->line, span, what, other);
		}
	add_other_names(f, span, token, bracket);
}

/* Finds mutants in the expression span. */
static void in_expression(struct finder *f, struct vspan span)
{
	const struct vstmts *s = f->s;
	size_t first = vstmts_token(s, span.off);
	int brackets = 0;

	if (f->mends)
		add_turned(f, span);
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
		if (f->mends) {
			add_more(f, span, i, binary, brackets > 0);
			continue;
		}
		if ((isdigit((unsigned char)c) || (c == '\'' && t->len > 1)) && brackets == 0 &&
		    !(i + 1 < s->n_tokens && is(f, i + 1, "{"))) {
			char *up = other_literal(s->text + t->off, t->len, OTHER_UP);

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
		if (is(f, i, "#") || is(f, i, "@") || is(f, i, "'") || is(f, i, "new") ||
		    s->text[s->tokens[i].off] == '"' || s->text[s->tokens[i].off] == '`')
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
	if (f->mends)
		add(f, "always", node->line, node->head, node->head, mem_strdup("1'b1"));
	if (f->mends || names_reset(f, node->head))
		add(f, "never", node->line, node->head, node->head, mem_strdup("1'b0"));
	in_expression(f, node->head);
}

/* `wire a = b;`, an assignment, too. */
static bool is_net(const struct finder *f, const struct vstmt *n)
{
	return f->mends && n->kind == VSTMT_DECL && n->rhs.end > n->rhs.off &&
	       is(f, vstmts_token(f->s, n->all.off), "wire");
}

/* True if node i is in a process or continuous assignment of a module, and not in
 * code that elaboration or a testbench runs. */
static bool counts(const struct finder *f, int i)
{
	const struct vstmts *s = f->s;
	bool process = s->v[i].kind == VSTMT_ASSIGN || is_net(f, &s->v[i]);

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
	if ((assigns || n->kind == VSTMT_ASSIGN || is_net(f, n)) && fits(f, n->rhs))
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

void mutants_find(const char *text, size_t len, const struct active *read, bool mends,
		  struct mutants *out)
{
	struct vstmts s;
	struct finder f = { .s = &s, .out = out, .mends = mends };

	*out = (struct mutants){ 0 };
	if (len > MUTANTS_TEXT_MAX)
		return;
	vstmts_init(&s, text, len);
	if (mends)
		mutants_names_find(&s, &f.names);
	for (size_t i = 0; i < s.n; i++)
		if (counts(&f, (int)i))
			in_node(&f, (int)i);
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
