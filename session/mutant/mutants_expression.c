/* Within an expression tokens are changed one at a time. Numbers in brackets are left alone: they
 * may be bounds. Where a slip is looked for, they are changed if the bounds stay in order. */
#include "config.h"

#include "session/mutant/mutants_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define FEW_BITS 4 /* widest literal that is tried with every value */

static const struct {
	const char *from, *to;
	bool unary; /* from may also be a unary operator, which is left alone */
} swaps[] = {
	{ "+", "-", true },	{ "-", "+", true },	 { "*", "+", false },
	{ "&", "|", true },	{ "|", "&", true },	 { "^", "&", true },
	{ "&&", "||", false },	{ "||", "&&", false },	 { "==", "!=", false },
	{ "!=", "==", false },	{ "===", "!==", false }, { "!==", "===", false },
	{ "<", "<=", false },	{ "<=", "<", false },	 { ">", ">=", false },
	{ ">=", ">", false },	{ "<<", ">>", false },	 { ">>", "<<", false },
	{ ">>>", ">>", false }, { "<<<", ">>", false },
};

static const struct {
	const char *from, *to;
} more_swaps[] = {
	{ "<", ">" }, { ">", "<" },   { "<=", ">=" }, { ">=", "<=" },  { "&", "^" },  { "|", "^" },
	{ "^", "|" }, { "==", ">=" }, { "==", "<=" }, { ">>", ">>>" }, { "&", "&~" },
};

char *mutants_word_of(const struct finder *f, const struct mutants_name *name)
{
	const struct vstmt_token *t = &f->s->tokens[name->token];

	return mem_strndup(f->s->text + t->off, t->len);
}

/* True if the token is all of a side of a comparison. */
static bool compares(const struct finder *f, size_t token)
{
	static const char *const words[] = { "==", "!=", "<", "<=", ">", ">=" };
	bool any = false, part = token + 1 < f->s->n_tokens && mutants_is(f, token + 1, "[");

	for (size_t k = 0; k < sizeof(words) / sizeof(*words) && !part; k++)
		any |= (token && mutants_is(f, token - 1, words[k])) ||
		       (token + 1 < f->s->n_tokens && mutants_is(f, token + 1, words[k]));
	return any;
}

/* True if a unary operator is before the token: none may follow it. */
static bool is_under_unary(const struct finder *f, size_t token)
{
	return token && f->s->tokens[token - 1].kind == VTOKEN_SYMBOL &&
	       strchr("~!&|^+-", f->s->text[f->s->tokens[token - 1].off]) &&
	       (token < 2 || !mutants_ends_operand(f, token - 2));
}

/* False for a member of another name, a function, and a name whose type is not known. */
bool mutants_may_be_another(const struct finder *f, size_t token, const struct mutants_name *own)
{
	size_t after = token + 1;
	bool more = after < f->s->n_tokens;

	return own && !(token && mutants_is(f, token - 1, ".")) &&
	       !(more && mutants_is(f, after, "(")) &&
	       !(more && mutants_is(f, after, ".") && !own->typed);
}

void mutants_add_names(struct finder *f, struct vspan span, struct vspan what, int line,
		       const struct mutants_name *own)
{
	const struct mutants_name *v[MUTANTS_OTHERS];
	size_t n = mutants_names_near(f, what.off, mutants_is_alike, own, v, MUTANTS_OTHERS);

	for (size_t i = 0; i < n; i++)
		mutants_add(f, "name", line, span, what, mutants_word_of(f, v[i]));
}

/* Likely replacements for a name: another name, its inverse, one more, one less. */
static void add_other_names(struct finder *f, struct vspan span, size_t token, bool bracket)
{
	const struct vstmts *s = f->s;
	const struct vstmt_token *t = &s->tokens[token];
	const struct mutants_name *own = mutants_names_at(&f->names, token);
	struct vspan what = { t->off, t->off + t->len };

	if (!mutants_may_be_another(f, token, own) || (own->constant && bracket)) /* a bound */
		return;
	if (!own->constant && !own->typed && !is_under_unary(f, token))
		mutants_add(f, "operator", t->line, span, what,
			    str_fmt(" ~%.*s", (int)t->len, s->text + t->off));
	for (int by = 1; by >= -1 && !own->set && !own->typed && compares(f, token); by -= 2)
		mutants_add(
			f, "number", t->line, span, what,
			str_fmt("(%.*s %c 1)", (int)t->len, s->text + t->off, by > 0 ? '+' : '-'));
	mutants_add_names(f, span, what, t->line, own);
}

/* The number before the quote of a literal such as 4'd3; 0: it has none. */
static unsigned width_of(const char *text, size_t len)
{
	const char *quote = memchr(text, '\'', len);
	unsigned n = 0;

	for (const char *p = text; quote && p < quote && isdigit((unsigned char)*p) && n < 1000;)
		n = n * 10 + (unsigned)(*p++ - '0');
	return n;
}

/* The value of a number without base, size and underscores. */
static bool plain_number(const struct finder *f, size_t token, unsigned long *out)
{
	const struct vstmt_token *t = &f->s->tokens[token];
	char digits[10];

	if (token >= f->s->n_tokens || t->kind != VTOKEN_NUMBER || t->len >= sizeof(digits))
		return false;
	memcpy(digits, f->s->text + t->off, t->len);
	digits[t->len] = '\0';
	*out = strtoul(digits, NULL, 10);
	return strspn(digits, "0123456789") == t->len;
}

/* Both bounds of a range such as [7:0]. False if one of them is an expression. */
static bool plain_range(const struct finder *f, size_t colon, unsigned long *left,
			unsigned long *right)
{
	return colon >= 2 && colon + 2 < f->s->n_tokens && mutants_is(f, colon - 2, "[") &&
	       mutants_is(f, colon + 2, "]") && plain_number(f, colon - 1, left) &&
	       plain_number(f, colon + 1, right);
}

/* True if the number is no bound of a range, or the range keeps its direction with the other
 * number. False also if that is not known. */
static bool may_be_in_range(const struct finder *f, size_t token, const char *other)
{
	bool first = token + 1 < f->s->n_tokens && mutants_is(f, token + 1, ":");
	unsigned long left, right, value = strtoul(other, NULL, 10);
	bool down;

	if (token && (mutants_is(f, token - 1, "+:") || mutants_is(f, token - 1, "-:")))
		return false;
	if (!mutants_is_bound(f, token))
		return true;
	if (!token || !plain_range(f, first ? token + 1 : token - 1, &left, &right))
		return false;
	down = left >= right;
	return first == down ? value >= (first ? right : left) : value <= (first ? right : left);
}

/* Replaces a number: one of few bits by every value, any other by the likely ones. */
static void add_other_numbers(struct finder *f, struct vspan span, size_t token, bool bracket)
{
	const struct vstmt_token *t = &f->s->tokens[token];
	struct vspan what = { t->off, t->off + t->len };
	const char *text = f->s->text + t->off;
	unsigned width = width_of(text, t->len);
	bool all = width > 1 && width <= FEW_BITS;
	char *one = all ? mutants_other_literal(text, t->len, OTHER_UP) : NULL;

	for (unsigned n = 1; one && n < 1u << width; n++) {
		char *next = n + 1 < 1u << width ? mutants_other_literal(one, strlen(one), OTHER_UP)
						 : NULL;

		mutants_add(f, "number", t->line, span, what, one);
		one = next;
	}
	for (enum other k = OTHER_UP; k < OTHERS && !all; k++) {
		char *other = mutants_other_literal(text, t->len, k);

		if (other && (!bracket || may_be_in_range(f, token, other)))
			mutants_add(f, "number", t->line, span, what, other);
		else
			free(other);
	}
}

static void mends_at(struct finder *f, struct vspan span, size_t token, bool binary, bool bracket)
{
	const struct vstmt_token *t = &f->s->tokens[token];
	struct vspan what = { t->off, t->off + t->len };
	bool more = token + 1 < f->s->n_tokens;

	for (size_t k = 0; binary && k < sizeof(more_swaps) / sizeof(*more_swaps); k++)
		if (mutants_is(f, token, more_swaps[k].from) &&
		    !(strcmp(more_swaps[k].to, "&~") == 0 && more &&
		      strchr("~!&|^+-", f->s->text[f->s->tokens[token + 1].off])))
			mutants_add(f, "operator", t->line, span, what,
				    mem_strdup(more_swaps[k].to));
	if (t->kind == VTOKEN_NUMBER)
		add_other_numbers(f, span, token, bracket);
	add_other_names(f, span, token, bracket);
}

/* `a - b` as `b - a`, if that is all of the expression. */
static void add_turned(struct finder *f, struct vspan span)
{
	static const char *const turns[] = { "-", "<", ">", "<=", ">=", "<<", ">>", NULL };
	const struct vstmts *s = f->s;
	size_t first = vstmts_token(s, span.off), at = 0;
	int operators = 0;

	for (size_t i = first; i < s->n_tokens && s->tokens[i].off < span.end;
	     i = vstmts_behind(s, i, s->n_tokens)) {
		if (i == first || s->tokens[i].kind != VTOKEN_SYMBOL || vstmts_bracket(s, i) ||
		    mutants_is(f, i, ".") || !mutants_ends_operand(f, i - 1))
			continue;
		operators++;
		for (size_t k = 0; turns[k]; k++)
			at = mutants_is(f, i, turns[k]) ? i : at;
	}
	/* A line comment would hide the operand that is moved behind it. */
	if (operators == 1 && at && !memchr(s->text + span.off, '\n', span.end - span.off))
		mutants_add(f, "turned", s->tokens[at].line, span, span,
			    str_fmt("%.*s %.*s %.*s", (int)(span.end - s->tokens[at + 1].off),
				    s->text + s->tokens[at + 1].off, (int)s->tokens[at].len,
				    s->text + s->tokens[at].off,
				    (int)(s->tokens[at].off - span.off), s->text + span.off));
}

/* Skips repetition counts, as (W-1) in { (W-1){1'b0} }, which are not values of the design. */
static size_t past_copies(const struct finder *f, struct vspan span, size_t i)
{
	const struct vstmts *s = f->s;
	size_t after = vstmts_behind(s, i, s->n_tokens);

	return after < s->n_tokens && s->tokens[after].off < span.end &&
			       mutants_is(f, after, "{") && mutants_ends_operand(f, after - 1)
		       ? after
		       : i;
}

/* Finds mutants in the expression span. */
void mutants_in_expression(struct finder *f, struct vspan span)
{
	const struct vstmts *s = f->s;
	size_t first = vstmts_token(s, span.off);
	int brackets = 0;

	if (f->mends)
		add_turned(f, span);
	for (size_t i = past_copies(f, span, first); i < s->n_tokens && s->tokens[i].off < span.end;
	     i = past_copies(f, span, i + 1)) {
		const struct vstmt_token *t = &s->tokens[i];
		struct vspan what = { t->off, t->off + t->len };
		bool binary = i > first && mutants_ends_operand(f, i - 1);
		char c = s->text[t->off];

		brackets += mutants_is(f, i, "[") - mutants_is(f, i, "]");
		for (size_t k = 0; k < sizeof(swaps) / sizeof(*swaps); k++)
			if (mutants_is(f, i, swaps[k].from) && (binary || !swaps[k].unary) &&
			    !(brackets > 0 && mutants_is_bound(f, i)))
				mutants_add(f, "operator", t->line, span, what,
					    mem_strdup(swaps[k].to));
		if ((mutants_is(f, i, "!") || mutants_is(f, i, "~")) && !binary)
			mutants_add(f, "operator", t->line, span, what, mem_strdup(" "));
		if (f->mends) {
			mends_at(f, span, i, binary, brackets > 0);
			continue;
		}
		if ((isdigit((unsigned char)c) || (c == '\'' && t->len > 1)) && brackets == 0) {
			char *up = mutants_other_literal(s->text + t->off, t->len, OTHER_UP);

			if (up)
				mutants_add(f, "number", t->line, span, what, up);
		}
	}
}
