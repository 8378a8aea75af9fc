/* Better hints for a tool's finding, from the text it is about. */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/utf8.h"
#include "session/text/ascii_fold.h"
#include "session/text/slice.h"
#include "session/output/diag.h"
#include "session/verilog/verilog.h"

#define MAX_OPEN 100u /* `ifdef in `ifdef */

/* Finds the token at the finding's position, or the first one of its line. */
static bool token_at(const struct own_lint *o, const struct diag *d, size_t *token)
{
	size_t first = own_flat_line(&o->flat, d->line);

	for (size_t i = first; i < o->flat.n && o->flat.v[i].line == d->line; i++) {
		const struct own_piece *p = &o->flat.v[i];
		size_t start = p->off;

		while (start > 0 && o->t.text[start - 1] != '\n')
			start--;
		if (p->included || (d->col && p->off - start + 1 != (size_t)d->col))
			continue;
		*token = vstmts_token(&o->s, p->at);
		return *token < o->s.n_tokens;
	}
	return false;
}

/* Finds the unit that contains the token; false if that is not a module. */
static bool unit_at(const struct own_lint *o, size_t token, struct own_unit *u)
{
	size_t off = o->s.tokens[token].off;

	for (size_t i = 0; i < o->s.n; i++)
		if (o->s.v[i].kind == VSTMT_UNIT && o->s.v[i].all.off <= off &&
		    off < o->s.v[i].all.end)
			return own_unit_of(o, (int)i, u);
	return false;
}

/* Missing semicolons -------------------------------------------------------------- */

/* The opening parenthesis that matches the closing one at token. */
static size_t opening(const struct own_unit *u, size_t token)
{
	size_t depth = 0;

	for (size_t i = token + 1; i-- > 0;) {
		if (own_is_sign(u, i, ")"))
			depth++;
		else if (own_is_sign(u, i, "(") && --depth == 0)
			return i;
	}
	return 0;
}

/* True if a statement can end at token i: not after an operator, a keyword or "if (a)". */
static bool may_end(const struct own_unit *u, size_t i)
{
	static const char *const heads[] = { "if",    "while",	 "for", "repeat", "case", "casex",
					     "casez", "foreach", "@",	"#",	  "wait", NULL };
	size_t open;

	switch (u->s->tokens[i].kind) {
	case VTOKEN_NAME:
	case VTOKEN_NUMBER:
	case VTOKEN_STRING:
	case VTOKEN_SYSTEM:
		return true;
	default:
		break;
	}
	if (own_is_sign(u, i, "]") || own_is_sign(u, i, "}"))
		return true;
	if (!own_is_sign(u, i, ")"))
		return false;
	open = opening(u, i);
	for (const char *const *w = heads; open && *w; w++)
		if (own_is_sign(u, open - 1, *w))
			return false;
	return true;
}

/* True if token i cannot continue what precedes it. A number cannot as the label of a
 * case. */
static bool may_begin(const struct own_unit *u, size_t i)
{
	static const char *const never[] = {
		")", "]", "}", ",", ";", ".", "=", "<=", ":", "?", NULL
	};

	for (const char *const *w = never; *w; w++)
		if (own_is_sign(u, i, *w))
			return false;
	if (own_is_sign(u, i, "@") || own_is_sign(u, i, "{"))
		return true;
	if (u->s->tokens[i].kind == VTOKEN_NUMBER)
		return own_is_sign(u, i + 1, ":") || own_is_sign(u, i + 1, ",");
	return u->s->tokens[i].kind == VTOKEN_KEYWORD || u->s->tokens[i].kind == VTOKEN_NAME ||
	       u->s->tokens[i].kind == VTOKEN_SYSTEM;
}

static bool semicolon(const struct own_lint *o, size_t token, struct str *hint)
{
	struct own_unit u = { .file = &o->t, .flat = &o->flat, .s = &o->s };
	const struct own_piece *before;

	/* The parser may have read one word too many: for "q = 1 r = 2;" it
	 * reports the second '='. */
	if (token >= 2 && !may_begin(&u, token) && o->s.tokens[token - 1].kind == VTOKEN_NAME &&
	    may_end(&u, token - 2))
		token--;
	if (token == 0 || !may_begin(&u, token) || !may_end(&u, token - 1))
		return false;
	before = own_flat_at(&o->flat, o->s.tokens[token - 1].off);
	if (!before || before->included ||
	    before->line == own_flat_at(&o->flat, o->s.tokens[token].off)->line)
		return false;
	str_addf(hint, OWN_LINT_SEMICOLON " after '%.*s' in line %d, most likely",
		 (int)o->s.tokens[token - 1].len, o->s.text + o->s.tokens[token - 1].off,
		 before->line);
	return true;
}

/* "counter (clk, q);", "counter #(8) (clk, q);" where no statement can stand. Some tools invent
 * a name. */
static bool no_name(const struct own_lint *o, size_t token, struct str *hint)
{
	struct own_unit u = { .file = &o->t, .flat = &o->flat, .s = &o->s };
	size_t end = token > 1 && own_is_sign(&u, token - 1, ")") ? opening(&u, token - 1) : 0;
	bool values = end && own_is_sign(&u, end - 1, "#");
	size_t at = (values ? end - 1 : token) - (token > 0);
	const struct vstmt_token *module = &o->s.tokens[at];

	if (at == 0 || !own_is_sign(&u, token, "(") || module->kind != VTOKEN_NAME ||
	    (!own_is_sign(&u, at - 1, ";") && !own_is_sign(&u, at - 1, "end")))
		return false;
	str_addf(hint, "an instance needs a name: write %.*s %su_%.*s (...)", (int)module->len,
		 o->s.text + module->off, values ? "#(...) " : "", (int)module->len,
		 o->s.text + module->off);
	return true;
}

/* A declaration that the tool found twice at one place: its file was read twice. */
static bool read_twice(const struct diag *d, struct str *hint)
{
	char *place = str_fmt("original declaration (%s:%d:%d)", d->path, d->line, d->col);
	bool is = str_starts(d->text, "Duplicate declaration") && strstr(d->hint, place);

	if (is)
		str_addf(hint,
			 "%s is included more than once: `ifndef NAME, `define NAME and "
			 "`endif around its text guard against that",
			 d->path);
	free(place);
	return is;
}

/* "sub ref (.a(a));" in a .v file that is read as SystemVerilog, because of an assert in it or
 * in another file: a name in Verilog only. */
static bool reserved(const struct own_lint *o, size_t token, const struct diag *d, struct str *hint)
{
	static const char start[] = "syntax error, unexpected ";
	const struct vstmt_token *t = &o->s.tokens[token];
	const char *word = o->s.text + t->off;

	if (!o->t.verilog || !str_starts(d->text, start) ||
	    strncmp(d->text + strlen(start), word, t->len) != 0 ||
	    !vkeyword(word, t->len, LANG_SV2017) || vkeyword(word, t->len, LANG_V2005))
		return false;
	str_addf(hint,
		 "%.*s is a keyword of SystemVerilog, as which this file is read: choose "
		 "another name",
		 (int)t->len, word);
	return true;
}

/* "2nd_stage": the lexer takes it for a number, or for a number and a name. */
static bool digit_first(const struct own_lint *o, size_t token, struct str *hint)
{
	const struct vstmt_token *t = &o->s.tokens[token];
	const char *text = o->s.text + t->off;
	bool joined = token + 1 < o->s.n_tokens && t[1].kind == VTOKEN_NAME &&
		      t[1].off == t->off + t->len;
	size_t n = t->len + (joined ? t[1].len : 0), digits = 0, letters;

	while (digits < n && isdigit((unsigned char)text[digits]))
		digits++;
	for (letters = digits;
	     letters < n && (isalnum((unsigned char)text[letters]) || text[letters] == '_');)
		letters++;
	/* Not 10ns, 1e9, 4'b0. */
	if (t->kind != VTOKEN_NUMBER || digits == 0 || letters < n || n < digits + 3 - joined ||
	    (text[digits] == 'e' && isdigit((unsigned char)text[digits + 1])))
		return false;
	str_addf(hint, "a name cannot begin with a digit: %.*s", (int)n, text);
	return true;
}

/* The name that the message quotes or starts with, as in "io is not a valid l-value". */
static struct slice_name {
	const char *s;
	size_t len;
} name_in(const char *text)
{
	const char *quote = strchr(text, '\'');

	if (quote)
		return (struct slice_name){ quote + 1, strcspn(quote + 1, "'") };
	return (struct slice_name){ text, strcspn(text, " ") };
}

static bool inout(const struct own_lint *o, size_t token, const struct diag *d, struct str *hint)
{
	struct slice_name name = name_in(d->text);
	struct own_unit u;
	size_t set = 0;
	bool is;

	if (!unit_at(o, token, &u))
		return false;
	is = name_map_get(&u.names, name.s, name.len, &set) && set & OWN_INOUT;
	if (is)
		str_addf(hint,
			 "'%.*s' " OWN_LINT_INOUT
			 ": drive it with assign %.*s = enable ? value : 'z",
			 (int)name.len, name.s, (int)name.len, name.s);
	name_map_fini(&u.names);
	return is;
}

static bool no_edge(const struct own_lint *o, size_t token, const char *so, struct str *hint)
{
	const struct vstmts *s = &o->s;
	struct own_unit u = { .file = &o->t, .flat = &o->flat, .s = s };
	int at = -1;

	for (size_t i = 0; i < s->n && s->v[i].all.off <= s->tokens[token].off; i++)
		if (s->v[i].kind == VSTMT_ALWAYS && s->tokens[token].off < s->v[i].all.end)
			at = (int)i;
	if (at < 0 || at + 1 >= s->v[at].end || s->v[at + 1].kind != VSTMT_PREFIX ||
	    own_has_edge(&u, s->v[at + 1].head))
		return false;
	str_addf(hint, "the block in line %d " OWN_LINT_NO_EDGE ", so %s%s",
		 own_flat_at(&o->flat, s->v[at].all.off)->line, so,
		 own_is_sign(&u, vstmts_token(s, s->v[at + 1].head.off), "#")
			 ? "" /* always #5 clk = ~clk */
			 : "; its sensitivity list is not right: write always @(*)");
	return true;
}

/* Finds "Location of async usage (a.v:15:8)" in the hint of SYNCASYNCNET, if it
 * is in this text. */
static bool async_usage(const struct own_lint *o, const struct diag *d, struct diag *used)
{
	static const char before[] = "async usage (";
	const char *at = strstr(d->hint, before);
	size_t n = strlen(o->t.path);

	if (!at)
		return false;
	at += strlen(before);
	*used = (struct diag){ 0 };
	return strncmp(at, o->t.path, n) == 0 && sscanf(at + n, ":%d:", &used->line) == 1;
}

/* A case that a tool finds incomplete: which signals it makes a latch of. */
static bool kept(const struct own_lint *o, size_t token, struct str *hint)
{
	struct str names = STR_INIT;
	struct own_unit u;
	bool any = false;

	for (size_t i = 0; i < o->s.n && !o->s.cut; i++) {
		int unit = vstmts_around(&o->s, (int)i, VSTMT_UNIT);

		if (o->s.v[i].kind != VSTMT_CASE ||
		    vstmts_token(&o->s, o->s.v[i].all.off) != token || unit < 0)
			continue;
		any = own_unit_of(o, unit, &u) && own_case_keeps(&u, (int)i, &names);
		name_map_fini(&u.names);
	}
	if (any)
		str_addf(hint,
			 "for the other values a latch keeps %s: add a default, or give it "
			 "a value before the case",
			 str_cstr(&names));
	str_free(&names);
	return any;
}

/* Look-alikes -------------------------------------------------------------------- */

/* Finds the first non-ASCII character of the line outside of comments and
 * strings; *column counts characters from the start. False if there is none. */
static bool foreign_character(const struct own_lint_text *t, int line, struct slice *character,
			      int *column)
{
	enum vlex_state state = VLEX_CODE;
	struct vtoken k = { 0 };
	size_t start = 0;
	int at = 1;

	for (size_t off = 0; off < t->len && at <= line; off += k.len) {
		k = vlex_next(t->text, t->len, off, &state);
		if (at == line && k.kind == VTOKEN_OTHER && (unsigned char)t->text[off] >= 0x80) {
			unsigned cp;
			size_t n = utf8_decode(t->text + off, t->len - off, &cp);

			*character = (struct slice){ t->text + off, n };
			for (*column = 1; start < off; start++)
				*column += ((unsigned char)t->text[start] & 0xc0) != 0x80;
			return n > 0;
		}
		for (size_t i = off; i < off + k.len; i++) {
			at += t->text[i] == '\n';
			start = t->text[i] == '\n' ? i + 1 : start;
		}
	}
	return false;
}

/* "input a，" was pasted from a document or typed with another keyboard layout. */
static bool look_alike(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	struct slice c;
	struct str plain = STR_INIT;
	unsigned cp;
	int column;
	bool alike;

	if (!foreign_character(&o->t, d->line, &c, &column))
		return false;
	utf8_decode(c.p, c.n, &cp);
	alike = ascii_fold(c, &plain) > 0;
	if (alike && plain.len == 0)
		str_addf(hint,
			 "column %d has an invisible character, U+%04X, " OWN_LINT_ALIKE
			 ": delete it",
			 column, cp);
	else if (alike && strcmp(str_cstr(&plain), " ") == 0)
		str_addf(hint,
			 "column %d has a blank, U+%04X, " OWN_LINT_ALIKE ": write a plain one",
			 column, cp);
	else if (alike)
		str_addf(hint, "column %d has U+%04X, " OWN_LINT_ALIKE ": write %s", column, cp,
			 str_cstr(&plain));
	else
		str_addf(hint, "column %d has the character '%.*s' (U+%04X), " OWN_LINT_ALIKE,
			 column, (int)c.n, c.p, cp);
	str_free(&plain);
	return true;
}

/* "`ifdef not terminated at EOF": which one. The tool names a line behind the last. */
static bool unclosed(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	enum vlex_state state = VLEX_CODE;
	int open[MAX_OPEN], line = 1;
	size_t n = 0;

	if (!strstr(d->text, "not terminated at EOF"))
		return false;
	for (size_t off = 0; off < o->t.len;) {
		struct vtoken k = vlex_next(o->t.text, o->t.len, off, &state);
		const char *word = o->t.text + off;

		if (k.kind == VTOKEN_DIRECTIVE) {
			bool opens = (k.len == 6 && memcmp(word, "`ifdef", 6) == 0) ||
				     (k.len == 7 && memcmp(word, "`ifndef", 7) == 0);

			if (opens && n < MAX_OPEN)
				open[n++] = line;
			else if (n && k.len == 6 && memcmp(word, "`endif", 6) == 0)
				n--;
		}
		for (size_t i = off; i < off + k.len; i++)
			line += o->t.text[i] == '\n';
		off += k.len;
	}
	if (n)
		str_addf(hint, "%s:%d begins what no `endif ends", o->t.path, open[n - 1]);
	return n > 0;
}

/* "always #0.4 clk = ~clk;", "always #(PERIOD/2) ..." with an odd PERIOD of 1. */
static bool no_delay(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	const struct vstmts *s = &o->s;
	size_t token, i = 0;

	if (!diag_is_endless_process(d) || !token_at(o, d, &token))
		return false;
	while (i < s->n &&
	       (s->v[i].kind != VSTMT_ALWAYS || s->v[i].all.end <= s->tokens[token].off))
		i++;
	if (i + 1 >= s->n || s->v[i].all.off > s->tokens[token].off ||
	    s->v[i + 1].kind != VSTMT_PREFIX ||
	    !vstmts_is(s, vstmts_token(s, s->v[i + 1].head.off), "#"))
		return false;
	str_addf(hint,
		 "the delay %.*s comes to 0 in steps of the timescale: a finer `timescale, such as "
		 "1ns/1ps, or a larger number keeps it",
		 (int)(s->v[i + 1].head.end - s->v[i + 1].head.off),
		 s->text + s->v[i + 1].head.off);
	return true;
}

bool own_lint_explain(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	bool syntax = diag_is_syntax_error(d);
	bool assigns =
		strcmp(d->code, "PROCASSWIRE") == 0 || strstr(d->text, "is not a valid l-value");
	bool blocking = strcmp(d->code, "BLKSEQ") == 0;
	struct diag used;
	size_t token;

	if (d->rank == DIAG_ERROR &&
	    (look_alike(o, d, hint) || unclosed(o, d, hint) || read_twice(d, hint)))
		return true;
	if (diag_is_implicit_net(d))
		return own_lint_once(o, d, hint);
	if (d->rank == DIAG_ERROR && no_delay(o, d, hint))
		return true;
	if (own_lint_unclosed(o, d, hint))
		return true;
	if (strcmp(d->code, "SYNCASYNCNET") == 0)
		return async_usage(o, d, &used) && token_at(o, &used, &token) &&
		       no_edge(o, token, "nothing in it is asynchronous", hint);
	if (strcmp(d->code, "CASEINCOMPLETE") == 0)
		return token_at(o, d, &token) && kept(o, token, hint);
	if ((!syntax && !assigns && !blocking) || !token_at(o, d, &token))
		return syntax && own_lint_bare(o, d, hint);
	if (syntax && strstr(d->text, "unexpected '('") && no_name(o, token, hint))
		return true;
	if (syntax && digit_first(o, token, hint))
		return true;
	return syntax ? semicolon(o, token, hint) || reserved(o, token, d, hint) ||
				own_lint_bare(o, d, hint)
	       : assigns ? inout(o, token, d, hint)
			 : no_edge(o, token, "= is right", hint);
}
