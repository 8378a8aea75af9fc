/* After a primitive's name there may be delays, then a list of instances:
 *
 *     my_and #(1, 2) (y, a, b), u2 (z, c, d);
 *            ^ skipped                        each bracket without a name gets one
 *
 * Nothing else that begins with the name of a primitive has a bracket there, except
 * its own definition. Strengths are not told from connections; they are rare, and a
 * tool then reports what it cannot read.
 */
#include "config.h"

#include "sim/stage/unnamed.h"

#include <string.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"

struct naming {
	const char *text;
	size_t len, at; /* of the token */
	struct vtoken t;
	enum vlex_state lex;
	struct str *out;
	size_t copied, n;
};

static bool is(const struct naming *g, char symbol)
{
	return g->at < g->len && g->t.kind == VTOKEN_SYMBOL && g->t.len == 1 &&
	       g->text[g->at] == symbol;
}

static void read_token(struct naming *g)
{
	while (g->at < g->len) {
		vlex_into(g->text, g->len, g->at, &g->lex, &g->t);
		if (g->t.kind != VTOKEN_SPACE && g->t.kind != VTOKEN_COMMENT)
			return;
		g->at += g->t.len;
	}
}

static void next(struct naming *g)
{
	g->at += g->at < g->len ? g->t.len : 0;
	read_token(g);
}

static void skip_brackets(struct naming *g)
{
	size_t depth = 0;

	do {
		if (is(g, '('))
			depth++;
		else if (is(g, ')'))
			depth--;
		next(g);
	} while (depth > 0 && g->at < g->len && !is(g, ';'));
}

static bool is_one_of(const struct naming *g, const char *const *names)
{
	for (; *names; names++)
		if (strlen(*names) == g->t.len && memcmp(*names, g->text + g->at, g->t.len) == 0)
			return true;
	return false;
}

static void instances(struct naming *g)
{
	next(g);
	if (is(g, '#')) {
		next(g);
		if (is(g, '('))
			skip_brackets(g);
		else
			next(g);
	}
	for (;;) {
		if (g->at < g->len && g->t.kind == VTOKEN_NAME) {
			next(g);
		} else if (is(g, '(') && g->n < UNNAMED_MAX) {
			str_add(g->out, g->text + g->copied, g->at - g->copied);
			str_addf(g->out, " posedge_unnamed_%zu ", g->n++);
			g->copied = g->at;
		}
		if (!is(g, '('))
			return;
		skip_brackets(g);
		if (!is(g, ','))
			return;
		next(g);
	}
}

bool unnamed_name(const char *text, size_t len, const char *const *primitives, struct str *out)
{
	struct naming g = { .text = text, .len = len, .out = out };
	bool defines = false;

	read_token(&g);
	while (g.at < len) {
		if (g.t.kind == VTOKEN_NAME && !defines && is_one_of(&g, primitives)) {
			instances(&g);
			continue;
		}
		defines = g.t.kind == VTOKEN_KEYWORD && g.t.len == strlen("primitive") &&
			  memcmp(text + g.at, "primitive", g.t.len) == 0;
		next(&g);
	}
	if (g.n)
		str_add(out, text + g.copied, len - g.copied);
	return g.n > 0;
}
