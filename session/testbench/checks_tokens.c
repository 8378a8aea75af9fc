/* Predicates on a condition that decide whether a statement is a check: does it
 * compare, does it test for a difference, is it only the limit of a loop, is it a
 * constant? They examine tokens and not types, and err towards not counting a
 * check.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/base/str.h"
#include "session/testbench/checks_inner.h"

#define TEXT_MAX 120u

const char *const checks_exact[] = { "===", "!==", NULL };
const char *const checks_equal[] = { "==", "!=", "===", "!==", NULL };

size_t checks_first_token(const struct vstmts *s, struct vspan span)
{
	return span.off < span.end ? vstmts_token(s, span.off) : s->n_tokens;
}

bool checks_in_span(const struct vstmts *s, size_t i, struct vspan span)
{
	return i < s->n_tokens && s->tokens[i].off < span.end;
}

bool checks_is(const struct vstmts *s, size_t i, const char *word)
{
	return vstmts_is(s, i, word);
}

bool checks_is_any(const struct vstmts *s, size_t i, const char *const *words)
{
	for (; *words; words++) {
		if (checks_is(s, i, *words))
			return true;
	}
	return false;
}

size_t checks_sole_token(const struct vstmts *s, struct vspan in)
{
	size_t i = checks_first_token(s, in);

	return checks_in_span(s, i, in) && !checks_in_span(s, i + 1, in) ? i : s->n_tokens;
}

struct vspan checks_token(const struct vstmts *s, size_t i)
{
	return (struct vspan){ s->tokens[i].off, s->tokens[i].off + s->tokens[i].len };
}

bool checks_same(const struct vstmts *a, struct vspan x, const struct vstmts *b, struct vspan y)
{
	return x.end > x.off && x.end - x.off == y.end - y.off &&
	       memcmp(a->text + x.off, b->text + y.off, x.end - x.off) == 0;
}

bool checks_put(struct name_map *m, const struct vstmts *s, struct vspan name)
{
	return name.off < name.end && name_map_put(m, s->text + name.off, name.end - name.off, 0);
}

bool checks_has(const struct name_map *m, const struct vstmts *s, struct vspan name)
{
	return name_map_has(m, s->text + name.off, name.end - name.off);
}

struct vspan checks_routine(const struct vstmts *s, struct vspan called)
{
	struct vspan name = checks_last_name(s, called);

	if (name.off == name.end)
		name = called;
	name.off += name.off < name.end && s->text[name.off] == '`';
	return name;
}

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

bool checks_is_formal(const struct vstmts *s, const struct vstmt *define, struct vspan name)
{
	const char *at = s->text + define->head.off, *end = s->text + define->head.end;
	size_t len = name.end - name.off;

	while (at < end && (at = memmem(at, (size_t)(end - at), s->text + name.off, len))) {
		if (!in_word(at[-1]) && !in_word(at[len]))
			return true;
		at += len;
	}
	return false;
}

size_t checks_closing(const struct vstmts *s, size_t open, struct vspan in)
{
	return vstmts_closing(s, open, vstmts_token(s, in.end));
}

struct check_var *checks_var_at(const struct checks *c, const struct vstmts *s, size_t i)
{
	return s->tokens[i].kind == VTOKEN_NAME ? checks_var_in(c, s, checks_token(s, i)) : NULL;
}

struct vspan checks_place(const struct checks *c, const struct vstmts *s, struct vspan name)
{
	size_t i = name.off < name.end ? vstmts_token(s, name.end) : s->n_tokens;

	if (i + 2 < s->n_tokens && checks_is(s, i, "[") && s->tokens[i + 1].kind == VTOKEN_NUMBER &&
	    checks_is(s, i + 2, "]") && !checks_has(&c->whole, s, name))
		name.end = s->tokens[i + 2].off + 1;
	return name;
}

struct check_var *checks_var_in(const struct checks *c, const struct vstmts *s, struct vspan name)
{
	struct vspan key = checks_place(c, s, name);

	return checks_var(c, s->text + key.off, key.end - key.off);
}

struct check_var *checks_var(const struct checks *c, const char *name, size_t len)
{
	size_t i;

	return name_map_get(&c->by_name, name, len, &i) ? &c->vars[i] : NULL;
}

struct vspan checks_last_name(const struct vstmts *s, struct vspan span)
{
	struct vspan name = { span.end, span.end };
	int depth = 0;

	for (size_t i = checks_first_token(s, span); checks_in_span(s, i, span); i++) {
		depth += vstmts_bracket(s, i);
		if (depth == 0 && s->tokens[i].kind == VTOKEN_NAME)
			name = checks_token(s, i);
	}
	return name;
}

bool checks_has_any(const struct vstmts *s, struct vspan in, const char *const *words)
{
	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		if (checks_is_any(s, i, words))
			return true;
	}
	return false;
}

bool checks_mentions(const struct vstmts *s, struct vspan in, struct vspan name)
{
	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		if (s->tokens[i].kind == VTOKEN_NAME && checks_same(s, checks_token(s, i), s, name))
			return true;
	}
	return false;
}

bool checks_only_mentions(const struct vstmts *s, struct vspan in, struct vspan name)
{
	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++)
		if ((s->tokens[i].kind == VTOKEN_NAME &&
		     !checks_same(s, checks_token(s, i), s, name)) ||
		    s->tokens[i].kind == VTOKEN_SYSTEM)
			return false;
	return checks_mentions(s, in, name);
}

bool checks_calls(const struct vstmts *s, struct vspan in)
{
	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		if (s->tokens[i].kind == VTOKEN_NAME && checks_is(s, i + 1, "(") &&
		    !checks_name_is_chatty(s->text + s->tokens[i].off, s->tokens[i].len))
			return true;
	}
	return false;
}

bool checks_may_change(const struct checks *c, const struct vstmts *s, struct vspan side)
{
	for (size_t i = checks_first_token(s, side); checks_in_span(s, i, side); i++) {
		const struct vstmt_token *t = &s->tokens[i];
		const struct check_var *var;
		bool lower = false;

		if (t->kind != VTOKEN_NAME)
			continue;
		for (size_t k = 0; k < t->len && !lower; k++)
			lower = islower((unsigned char)s->text[t->off + k]) != 0;
		var = checks_var_at(c, s, i);
		if ((lower || t->len == 1) && !(var && var->parameter))
			return true;
	}
	return false;
}

bool checks_compares(const struct vstmts *s, struct vspan cond)
{
	static const char *const ops[] = { "==", "!=", "===", "!==", "==?", "!=?",
					   "<",	 ">",  "<=",  ">=",  NULL };

	return checks_has_any(s, cond, ops);
}

bool checks_names_comparison(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	for (size_t i = checks_first_token(s, cond); checks_in_span(s, i, cond); i++) {
		const struct check_var *var = checks_var_at(c, s, i);

		if (var && (var->equates || var->differs || var->differs_not))
			return true;
	}
	return false;
}

bool checks_differs(const struct vstmts *s, struct vspan cond)
{
	static const char *const ops[] = { "!=", "!==", "!=?", NULL };

	return checks_has_any(s, cond, ops);
}

bool checks_is_limit(const struct vstmts *s, struct vspan cond)
{
	static const char *const others[] = { "==",  "!=", "===", "!==", "==?",
					      "!=?", ">",  ">=",  NULL };

	return checks_compares(s, cond) && !checks_has_any(s, cond, others);
}

bool checks_is_zero(const struct vstmts *s, size_t i)
{
	const struct vstmt_token *t = &s->tokens[i];
	const char *p = s->text + t->off, *end = p + t->len, *quote = memchr(p, '\'', t->len);

	for (p = quote ? quote + 1 : p; p < end; p++) {
		if (isdigit((unsigned char)*p) && *p != '0')
			return false;
		if (quote && p > quote && strchr("xXzZ?", *p))
			return false;
		if (quote && p > quote + 1 && isxdigit((unsigned char)*p) && *p != '0' &&
		    !strchr("bBdDhHoO", *p))
			return false;
	}
	return true;
}

/* True for 1, 1'b1, 4'h1. */
bool checks_is_one(const struct vstmts *s, size_t i)
{
	const struct vstmt_token *t = &s->tokens[i];
	const char *p = s->text + t->off, *quote = memchr(p, '\'', t->len);
	size_t from = quote ? (size_t)(quote - p) + 1 : 0;

	for (size_t k = from; k + 1 < t->len; k++) {
		if (isdigit((unsigned char)p[k]) && p[k] != '0')
			return false;
	}
	return t->len > from && p[t->len - 1] == '1';
}

/* Removes brackets around all of the span: as many as are open throughout. */
struct vspan checks_unwrapped(const struct vstmts *s, struct vspan in)
{
	size_t first = checks_first_token(s, in), end = vstmts_token(s, in.end), n = 0, closed = 0;
	size_t least, depth;

	while (first + n < end && checks_is(s, first + n, "("))
		n++;
	while (n && first + n < end - closed && checks_is(s, end - closed - 1, ")"))
		closed++;
	if (!n || !closed || first + n == end - closed)
		return in;
	depth = least = n;
	for (size_t i = first + n; i < end - closed && least; i++) {
		int change = vstmts_bracket(s, i);

		depth = change < 0 ? depth - 1 : depth + (size_t)change;
		least = depth < least ? depth : least;
	}
	n = least < closed ? least : closed;
	return vstmts_span(s, first + n, end - n);
}

bool checks_next_part(const struct vstmts *s, struct vspan in, const char *join, size_t *at,
		      struct vspan *part)
{
	int depth = 0;

	if (!checks_in_span(s, *at, in))
		return false;
	*part = (struct vspan){ s->tokens[*at].off, s->tokens[*at].off };
	for (; checks_in_span(s, *at, in); ++*at) {
		depth += vstmts_bracket(s, *at);
		if (depth == 0 && checks_is(s, *at, join)) {
			++*at;
			return true;
		}
		part->end = checks_token(s, *at).end;
	}
	return true;
}

bool checks_next_argument(const struct vstmts *s, struct vspan in, size_t *at, struct vspan *arg)
{
	return checks_next_part(s, in, ",", at, arg);
}

/* True for a single number, possibly with a sign or in brackets. */
bool checks_is_constant(const struct vstmts *s, struct vspan span, bool *zero)
{
	bool found = false;

	for (size_t i = checks_first_token(s, span); checks_in_span(s, i, span); i++) {
		if (s->tokens[i].kind == VTOKEN_NUMBER && !found) {
			found = true;
			*zero = checks_is_zero(s, i);
		} else if (!checks_is(s, i, "(") && !checks_is(s, i, ")") &&
			   !checks_is(s, i, "-") && !checks_is(s, i, "+")) {
			return false;
		}
	}
	return found;
}

/* The first such token at or after i that is outside of brackets and not the ":"
 * of another "?". */
static size_t outside(const struct vstmts *s, struct vspan span, size_t i, const char *mark)
{
	int depth = 0, inner = 0;

	for (; checks_in_span(s, i, span); i++) {
		depth += vstmts_bracket(s, i);
		if (depth || s->tokens[i].kind == VTOKEN_STRING)
			continue;
		if (inner == 0 && checks_is(s, i, mark))
			return i;
		inner += checks_is(s, i, "?") - checks_is(s, i, ":");
	}
	return i;
}

/* Splits "c ? a : b", whatever a and b are. */
bool checks_split_choice(const struct vstmts *s, struct vspan span, struct vspan *cond,
			 struct vspan *then, struct vspan *other)
{
	size_t question = outside(s, span, checks_first_token(s, span), "?");
	size_t colon = outside(s, span, question + 1, ":");

	if (!checks_in_span(s, colon, span))
		return false;
	*cond = (struct vspan){ span.off, s->tokens[question].off };
	*then = vstmts_span(s, question + 1, colon);
	*other = vstmts_span(s, colon + 1, vstmts_token(s, span.end));
	return true;
}

char *checks_text(const struct vstmts *s, struct vspan span)
{
	struct str out = STR_LIMIT(TEXT_MAX);
	bool blank = false;

	for (size_t i = vstmts_token(s, span.off); i < s->n_tokens && s->tokens[i].off < span.end;
	     i++) {
		const struct vstmt_token *t = &s->tokens[i];

		blank = i > 0 && s->tokens[i - 1].off + s->tokens[i - 1].len < t->off && out.len;
		if (blank)
			str_addc(&out, ' ');
		if (out.len + t->len > TEXT_MAX)
			break;
		str_add(&out, s->text + t->off, t->len);
	}
	return str_take(&out);
}

int checks_node_at(const struct vstmts *s, size_t off)
{
	size_t from = 0, to = s->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (s->v[mid].all.off <= off)
			from = mid + 1;
		else
			to = mid;
	}
	return (int)from - 1;
}

bool checks_below_if(const struct vstmts *s, int i)
{
	for (i = s->v[i].parent; i >= 0; i = s->v[i].parent) {
		if (s->v[i].kind == VSTMT_IF || s->v[i].kind == VSTMT_CASE ||
		    s->v[i].kind == VSTMT_ASSERT)
			return true;
	}
	return false;
}

enum checks_direction checks_direction(const struct vstmts *s, int routine, struct vspan name)
{
	static const char *const others[] = { "inout", "ref", ";", NULL };
	const struct vstmt *v = &s->v[routine];
	bool listed = v->head.off < v->head.end;
	struct vspan in = listed ? v->head : v->all;
	enum checks_direction now = listed ? DIRECTION_INPUT : DIRECTION_NONE;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		if (checks_is(s, i, "input"))
			now = DIRECTION_INPUT;
		else if (checks_is(s, i, "output"))
			now = DIRECTION_OUTPUT;
		else if (checks_is_any(s, i, others))
			now = DIRECTION_NONE;
		else if (now != DIRECTION_NONE && checks_same(s, checks_token(s, i), s, name))
			return now;
	}
	return DIRECTION_NONE;
}

#define BITS_MAX 4096 /* tokens of an argument; a longer one is left as it is */

bool checks_counts_bits(const struct vstmts *s, size_t i, struct vspan *in)
{
	static const char *const counts[] = { "$countones", "$isunknown", "$onehot", "$onehot0",
					      NULL };
	size_t end = i + BITS_MAX < s->n_tokens ? i + BITS_MAX : s->n_tokens, last;

	if (s->tokens[i].kind != VTOKEN_SYSTEM || !checks_is_any(s, i, counts) ||
	    !checks_is(s, i + 1, "("))
		return false;
	last = vstmts_closing(s, i + 1, end);
	if (last == end || last <= i + 3) /* "$countones(q)" */
		return false;
	*in = (struct vspan){ s->tokens[i + 2].off,
			      s->tokens[last - 1].off + s->tokens[last - 1].len };
	return true;
}

/* An expression that is evaluated a second time must give the same value, in both
 * engines. */
void checks_add_tokens(const struct vstmts *s, struct vspan span, struct str *out)
{
	struct vspan bits = { 0, 0 };

	for (size_t i = vstmts_token(s, span.off); i < s->n_tokens && s->tokens[i].off < span.end;
	     i++) {
		size_t end = s->tokens[i].off + s->tokens[i].len;
		bool opens = bits.end && s->tokens[i].off == bits.off;

		str_adds(out, opens ? CHECKS_BITS_OPEN : "");
		str_add(out, s->text + s->tokens[i].off, s->tokens[i].len);
		str_adds(out, bits.end && end == bits.end ? CHECKS_BITS_CLOSE : "");
		str_addc(out, ' ');
		if (!bits.end || end >= bits.end)
			bits = (struct vspan){ 0, 0 };
		if (!bits.end)
			checks_counts_bits(s, i, &bits);
	}
}

enum check_end checks_end(const struct vstmts *s, const struct vstmt *v)
{
	if (v->kind != VSTMT_SYSTEM)
		return END_NONE;
	if (vspan_is(s, v->name, "$finish") || vspan_is(s, v->name, "$finish_and_return"))
		return END_FINISH;
	return vspan_is(s, v->name, "$stop")	? END_STOP
	       : vspan_is(s, v->name, "$fatal") ? END_FATAL
						: END_NONE;
}

bool checks_returns_bad(const struct vstmts *s, const struct vstmt *v)
{
	bool zero;

	return vspan_is(s, v->name, "$finish_and_return") &&
	       checks_is_constant(s, v->head, &zero) && !zero;
}

bool checks_is_instance(const struct vstmts *s, const struct vstmt *v)
{
	size_t i = checks_first_token(s, v->all);

	return v->kind == VSTMT_ITEM && checks_in_span(s, i + 2, v->all) &&
	       s->tokens[i].kind == VTOKEN_NAME &&
	       (checks_is(s, i + 1, "#") || s->tokens[i + 1].kind == VTOKEN_NAME);
}
