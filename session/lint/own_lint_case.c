/* The values of a case expression and of its labels. */
#include "config.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "session/lint/own_lint_inner.h"

#define MAX_WIDTH 10 /* bits of an expression whose values are counted */

/* Width given to the name at token by its declaration: 4 for x in "input [3:0] a,
 * x"; 0 if this is no such declaration. */
static int width_declared_at(const struct own_unit *u, size_t token, size_t from)
{
	int left, right;

	while (token > from &&
	       (u->s->tokens[token].kind == VTOKEN_NAME || own_is_sign(u, token, ",")))
		token--;
	if (u->s->tokens[token].kind == VTOKEN_KEYWORD)
		return own_is_sign(u, token, "input") || own_is_sign(u, token, "reg") ||
		       own_is_sign(u, token, "wire") || own_is_sign(u, token, "logic");
	if (token < from + 5 || !own_is_sign(u, token, "]") || !own_is_sign(u, token - 2, ":") ||
	    !own_is_sign(u, token - 4, "[") || u->s->tokens[token - 5].kind != VTOKEN_KEYWORD)
		return 0;
	left = own_number_at(u->s, token - 3);
	right = own_number_at(u->s, token - 1);
	return left < 0 || right < 0 ? 0 : left > right ? left - right + 1 : right - left + 1;
}

/* The same of the first declaration before token `to` of the name at token. */
static int declared_width(const struct own_unit *u, size_t name, size_t to)
{
	const struct vstmts *s = u->s;
	size_t from = vstmts_token(s, s->v[u->node].all.off);
	int width = 0;

	for (size_t i = from; width == 0 && i < to; i++)
		if (s->tokens[i].kind == VTOKEN_NAME && s->tokens[i].len == s->tokens[name].len &&
		    memcmp(s->text + s->tokens[i].off, s->text + s->tokens[name].off,
			   s->tokens[i].len) == 0)
			width = width_declared_at(u, i, from);
	return width;
}

int own_declared_width(const struct own_unit *u, size_t name)
{
	return declared_width(u, name, name);
}

int own_case_width(const struct own_unit *u, int process, int node)
{
	const struct vstmts *s = u->s;
	struct vspan head = s->v[node].head;
	size_t name = vstmts_token(s, head.off), end = vstmts_token(s, head.end);

	return end == name + 1 ? declared_width(u, name, vstmts_token(s, s->v[process].all.off))
			       : 0;
}

static int digit(char c)
{
	return isdigit((unsigned char)c)    ? c - '0'
	       : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10
					    : 99;
}

/* Value of 12, 4'd12, 4'b1100, 'hc; -1 if it is no such number or has an x or a z. */
static int literal(const char *text, size_t len)
{
	const char *tick = memchr(text, '\'', len);
	size_t i = tick ? (size_t)(tick - text) + 1 : 0;
	int base = 10, n = 0;

	if (tick) {
		i += i < len && tolower((unsigned char)text[i]) == 's';
		switch (i < len ? tolower((unsigned char)text[i++]) : 0) {
		case 'b':
			base = 2;
			break;
		case 'o':
			base = 8;
			break;
		case 'd':
			break;
		case 'h':
			base = 16;
			break;
		default:
			return -1;
		}
	}
	if (i == len)
		return -1;
	for (; i < len; i++) {
		if (text[i] == '_')
			continue;
		if (digit(text[i]) >= base || n > 1 << MAX_WIDTH)
			return -1;
		n = n * base + digit(text[i]);
	}
	return n;
}

static int token_value(const struct vstmts *s, size_t i)
{
	return literal(s->text + s->tokens[i].off, s->tokens[i].len);
}

/* Value of a label of one token, a number or a parameter that is set to one; -1 if
 * unknown. */
static int label_value(const struct own_unit *u, size_t label)
{
	const struct vstmts *s = u->s;
	const struct vstmt_token *name = &s->tokens[label];
	size_t from = vstmts_token(s, s->v[u->node].all.off),
	       end = vstmts_token(s, s->v[u->node].all.end);
	bool constant = false;

	if (name->kind != VTOKEN_NAME)
		return token_value(s, label);
	for (size_t i = from; i + 3 < end; i++) {
		const struct vstmt_token *t = &s->tokens[i];

		if (own_is_sign(u, i, "parameter") || own_is_sign(u, i, "localparam"))
			constant = true;
		else if (own_is_sign(u, i, ";") || own_is_sign(u, i, ")"))
			constant = false;
		if (constant && t->kind == VTOKEN_NAME && t->len == name->len &&
		    memcmp(s->text + t->off, s->text + name->off, t->len) == 0 &&
		    own_is_sign(u, i + 1, "=") &&
		    (own_is_sign(u, i + 3, ",") || own_is_sign(u, i + 3, ";") ||
		     own_is_sign(u, i + 3, ")")))
			return token_value(s, i + 2);
	}
	return -1;
}

/* True if a declaration before token `to` says so of the name: of 2 bits, the label 3 is never
 * met, since the value would be -1. */
static bool is_signed(const struct own_unit *u, size_t name_token, size_t to)
{
	const struct vstmts *s = u->s;
	const struct vstmt_token *name = &s->tokens[name_token];
	bool in = false;

	for (size_t i = vstmts_token(s, s->v[u->node].all.off); i < to; i++) {
		const struct vstmt_token *t = &s->tokens[i];

		if (own_is_sign(u, i, "signed"))
			in = true;
		else if (t->kind == VTOKEN_KEYWORD || own_is_sign(u, i, ";"))
			in = false;
		else if (in && t->kind == VTOKEN_NAME && t->len == name->len &&
			 memcmp(s->text + t->off, s->text + name->off, t->len) == 0)
			return true;
	}
	return false;
}

bool own_case_covers(const struct own_unit *u, int process, int node)
{
	const struct vstmts *s = u->s;
	int width = own_case_width(u, process, node);
	uint64_t seen[(1u << MAX_WIDTH) / 64] = { 0 };
	size_t n = 0;

	if (width <= 0 || width > MAX_WIDTH ||
	    is_signed(u, vstmts_token(s, s->v[node].head.off),
		      vstmts_token(s, s->v[process].all.off)))
		return false;
	for (int k = node + 1; k < s->v[node].end; k = s->v[k].end) {
		size_t from = vstmts_token(s, s->v[k].head.off),
		       end = vstmts_token(s, s->v[k].head.end);

		for (size_t i = from; i < end; i++) {
			bool alone = (i == from || own_is_sign(u, i - 1, ",")) &&
				     (i + 1 == end || own_is_sign(u, i + 1, ",") ||
				      own_is_sign(u, i + 1, ":"));
			int v = alone ? label_value(u, i) : -1;

			if (v < 0 || v >= 1 << width || seen[v / 64] >> v % 64 & 1)
				continue;
			seen[v / 64] |= UINT64_C(1) << v % 64;
			n++;
		}
	}
	return n == (size_t)1 << width;
}

bool own_is_signed(const struct own_unit *u, size_t name)
{
	return is_signed(u, name, name);
}
