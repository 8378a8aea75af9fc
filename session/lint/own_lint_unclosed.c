/* Hints for errors of syntax whose cause is not where the tool reports them: a module, a begin or a
 * case that is not closed, and a covergroup, which the tools read past.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <string.h>

#include "session/output/diag.h"

#define MAX_OPEN 1000u
#define LINE_MAX 120 /* bytes shown of the line */

static int line_of(const struct own_lint *o, size_t token)
{
	const struct own_piece *p = own_flat_at(&o->flat, o->s.tokens[token].off);

	return p && !p->included ? p->line : 0;
}

/* The first token of that line; n_tokens if the line has none. */
static size_t token_of(const struct own_lint *o, int line)
{
	size_t first = own_flat_line(&o->flat, line);

	return first < o->flat.n && o->flat.v[first].line == line
		       ? vstmts_token(&o->s, o->flat.v[first].at)
		       : o->s.n_tokens;
}

/* The tools speak of a module inside of another one: is that one's endmodule missing? */
static bool no_endmodule(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	const struct vstmts *s = &o->s;
	size_t begin = s->n_tokens, depth = 0, all = 0;

	if (!strstr(d->text, "cannot nest into module") &&
	    !strstr(d->text, "module decls within module decls"))
		return false;
	for (size_t i = 0; i + 1 < s->n_tokens; i++) {
		bool opens = vstmts_is(s, i, "module");

		all += opens;
		if (opens && depth++ == 0 && line_of(o, i) <= d->line)
			begin = i;
		else if (vstmts_is(s, i, "endmodule") && depth)
			depth--;
	}
	if (s->n_tokens && vstmts_is(s, s->n_tokens - 1, "endmodule") && depth)
		depth--;
	if (depth == 0 || all < 2 || begin == s->n_tokens)
		return false;
	str_addf(hint,
		 "the module %.*s that begins in line %d is still open here: an endmodule is "
		 "missing",
		 (int)s->tokens[begin + 1].len, s->text + s->tokens[begin + 1].off,
		 line_of(o, begin));
	return true;
}

static bool is_case(const struct vstmts *s, size_t i)
{
	return vstmts_is(s, i, "case") || vstmts_is(s, i, "casez") || vstmts_is(s, i, "casex");
}

/* True if a unit, a task or a function ends at the token. */
static bool ends_more(const struct vstmts *s, size_t i)
{
	static const char *const ends[] = { "endmodule",    "endtask",	  "endfunction",
					    "endinterface", "endprogram", "endclass" };

	for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++)
		if (vstmts_is(s, i, ends[k]))
			return true;
	return false;
}

/* "endmodule" or "endtask" while a begin is open, or an end after which none is. */
static bool no_end(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	const struct vstmts *s = &o->s;
	size_t at = token_of(o, d->line), open[MAX_OPEN], n = 0;

	while (at < s->n_tokens && line_of(o, at) == d->line && !ends_more(s, at) &&
	       !vstmts_is(s, at, "end"))
		at++;
	if (at == s->n_tokens || line_of(o, at) != d->line)
		return false;
	for (size_t i = 0; i < at && n < MAX_OPEN; i++) {
		bool closes = vstmts_is(s, i, "end") || vstmts_is(s, i, "endcase");

		if (vstmts_is(s, i, "begin") || is_case(s, i))
			open[n++] = i;
		else if (closes && n)
			n--;
		else if (vstmts_is(s, i, "endmodule"))
			n = 0;
	}
	if (n && ends_more(s, at))
		str_addf(hint, "the '%.*s' in line %d is still open here: an '%s' is missing",
			 (int)s->tokens[open[n - 1]].len, s->text + s->tokens[open[n - 1]].off,
			 line_of(o, open[n - 1]), is_case(s, open[n - 1]) ? "endcase" : "end");
	else if (!n && vstmts_is(s, at, "end"))
		str_adds(hint, "no 'begin' is open for this 'end'");
	return hint->len > 0;
}

/* True if token i stands on the line and is the word covergroup, or the name of one. */
static bool is_covergroup(const struct own_lint *o, size_t i)
{
	const struct vstmts *s = &o->s;

	if (vstmts_is(s, i, "covergroup"))
		return true;
	for (size_t k = 0; k + 1 < i && s->tokens[i].kind == VTOKEN_NAME; k++)
		if (vstmts_is(s, k, "covergroup") && s->tokens[k + 1].len == s->tokens[i].len &&
		    memcmp(s->text + s->tokens[k + 1].off, s->text + s->tokens[i].off,
			   s->tokens[i].len) == 0)
			return true;
	return false;
}

static bool covergroup(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	for (size_t i = token_of(o, d->line); i < o->s.n_tokens && line_of(o, i) == d->line; i++) {
		if (!is_covergroup(o, i))
			continue;
		str_adds(hint, "Icarus 11 and Verilator 5.006 have no covergroups: put this below "
			       "an `ifdef, or count the values in variables");
		return true;
	}
	return false;
}

bool own_lint_unclosed(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	if (no_endmodule(o, d, hint))
		return true;
	return diag_is_syntax_error(d) && (covergroup(o, d, hint) || no_end(o, d, hint));
}

/* Icarus often says no more than "syntax error". */
bool own_lint_bare(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	const char *p = o->t.text, *end = o->t.text + o->t.len, *to;

	if (strcmp(d->text, "syntax error") != 0 || d->col)
		return false;
	for (int line = 1; p && line < d->line; line++)
		p = (p = memchr(p, '\n', (size_t)(end - p))) ? p + 1 : NULL;
	while (p && p < end && (*p == ' ' || *p == '\t'))
		p++;
	if (!p || p == end || *p == '\n' || *p == '\r')
		return false;
	to = memchr(p, '\n', (size_t)(end - p));
	to = to ? to : end;
	while (to > p && (to[-1] == '\r' || to[-1] == ' '))
		to--;
	str_addf(hint, "in this line, or at the end of the one before it: %.*s",
		 to - p < LINE_MAX ? (int)(to - p) : LINE_MAX, p);
	return true;
}
