/* Loops that never end. The variable has too few bits to fail the condition:
 *
 *     reg [3:0] i;
 *     for (i = 0; i < 16; i = i + 1)	after 15 comes 0
 *     for (i = 15; i >= 0; i = i - 1)	after 0 comes 15
 *
 * or no time passes, so that no other process can end it:
 *
 *     forever clk = ~clk;
 *     while (n < 4) q = ~q;		the loop does not use n
 *
 * A simulation hangs there, or runs until its time limit. A loop that something in it may end
 * is left alone.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <stdlib.h>
#include <string.h>

#define CODE "ENDLESS"

/* True if a statement in the loop may leave it: break, disable, return, $finish. */
static bool is_left(const struct vstmts *s, int loop)
{
	for (int i = loop + 1; i < s->v[loop].end; i++)
		if (s->v[i].kind == VSTMT_JUMP || vspan_is(s, s->v[i].name, "$finish") ||
		    vspan_is(s, s->v[i].name, "$stop") || vspan_is(s, s->v[i].name, "$fatal"))
			return true;
	return false;
}

/* True if "NAME < NUMBER", with the operator at token op, holds for all values of width bits. */
static bool always_holds(const struct own_unit *u, size_t op, int width)
{
	int n = own_number_at(u->s, op + 1);

	if (width <= 0 || width > 16 || n < 0)
		return false;
	return own_is_sign(u, op, "<")	  ? n >= 1 << width
	       : own_is_sign(u, op, "<=") ? n >= (1 << width) - 1
	       : own_is_sign(u, op, ">=") ? n == 0
					  : false;
}

/* The first token of the condition in "i = 0; i < 16; i = i + 1"; end if there is none. */
static size_t condition(const struct own_unit *u, size_t i, size_t end)
{
	while (i < end && !own_is_sign(u, i, ";"))
		i++;
	return i < end ? i + 1 : end;
}

static void flag(const struct own_unit *u, size_t name, int width)
{
	const struct vstmt_token *t = &u->s->tokens[name];
	struct str text = STR_INIT;

	str_addf(&text, "this loop never ends: '%.*s' has %d bit%s, so the condition always holds",
		 (int)t->len, u->s->text + t->off, width, width == 1 ? "" : "s");
	own_add(u, name, CODE, str_cstr(&text), "count with an integer, or with one bit more");
	str_free(&text);
}

/* True if time may pass in the loop, or something in it is not known: a task, a macro. */
static bool may_wait(const struct own_unit *u, int loop)
{
	static const char *const waits[] = { "#", "##", "@", "wait", "wait_order", "expect", NULL };
	const struct vstmts *s = u->s;
	size_t end = vstmts_token(s, s->v[loop].all.end);

	for (int i = loop + 1; i < s->v[loop].end; i++)
		if (s->v[i].kind == VSTMT_CALL || s->v[i].kind == VSTMT_MACRO ||
		    s->v[i].kind == VSTMT_OTHER || s->v[i].kind == VSTMT_FORK)
			return true;
	for (size_t t = vstmts_token(s, s->v[loop].all.off); t < end; t++) {
		if (s->tokens[t].kind == VTOKEN_DIRECTIVE)
			return true;
		for (const char *const *w = waits; *w; w++)
			if (vstmts_is(s, t, *w))
				return true;
	}
	return false;
}

/* True if the loop uses a name of its condition, or the condition calls something. */
static bool may_change(const struct own_unit *u, int loop)
{
	const struct vstmts *s = u->s;
	size_t end = vstmts_token(s, s->v[loop].head.end);
	size_t last = vstmts_token(s, s->v[loop].all.end);

	for (size_t t = vstmts_token(s, s->v[loop].head.off); t < end; t++) {
		if (s->tokens[t].kind == VTOKEN_SYSTEM || s->tokens[t].kind == VTOKEN_DIRECTIVE)
			return true;
		if (s->tokens[t].kind != VTOKEN_NAME)
			continue;
		if (own_is_sign(u, t + 1, "("))
			return true;
		for (size_t k = end; k < last; k++)
			if (s->tokens[k].len == s->tokens[t].len &&
			    memcmp(s->text + s->tokens[k].off, s->text + s->tokens[t].off,
				   s->tokens[t].len) == 0)
				return true;
	}
	return false;
}

static void flag_timeless(struct own_unit *u, int loop)
{
	const struct vstmts *s = u->s;
	bool always = vspan_is(s, s->v[loop].name, "forever");

	if (!always && (!vspan_is(s, s->v[loop].name, "while") || may_change(u, loop)))
		return;
	if (may_wait(u, loop) || is_left(s, loop))
		return;
	own_add(u, vstmts_token(s, s->v[loop].name.off), CODE,
		always ? "this loop never ends: no time passes in it"
		       : "this loop never ends once it is entered: no time passes in it, "
			 "and nothing in it changes its condition",
		"put a delay into it, such as #5, or an @(posedge clk)");
}

void own_rule_endless(struct own_unit *u)
{
	const struct vstmts *s = u->s;

	for (int i = u->node + 1; i < s->v[u->node].end; i++) {
		size_t end = vstmts_token(s, s->v[i].head.end), name, set;
		int width;

		if (s->v[i].kind != VSTMT_LOOP || s->v[i].generate)
			continue;
		if (!vspan_is(s, s->v[i].name, "for")) {
			flag_timeless(u, i);
			continue;
		}
		name = condition(u, vstmts_token(s, s->v[i].head.off), end);
		if (name + 3 >= end || !own_is_sign(u, name + 3, ";") ||
		    !own_signal_of(u, &s->tokens[name], &set) ||
		    set & (OWN_MANY | OWN_NUMBER | OWN_ARRAY))
			continue;
		width = own_declared_width(u, name);
		if (always_holds(u, name + 1, width) && !own_is_signed(u, name) && !is_left(s, i))
			flag(u, name, width);
	}
}
