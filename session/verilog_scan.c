#include "config.h"

#include "session/verilog_scan.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define TEXT_MAX 4096u

static bool same(const char *s, size_t len, const char *word)
{
	return len == strlen(word) && memcmp(s, word, len) == 0;
}

static bool listed(const char *s, size_t len, const char *const *list)
{
	for (; *list; list++)
		if (same(s, len, *list))
			return true;
	return false;
}

bool vtok_is(const struct vtok *t, const char *symbol)
{
	return t->kind == VTOKEN_SYMBOL && !t->end && same(t->s, t->len, symbol);
}

bool vtok_text_is(const struct vtok *t, const char *text)
{
	return !t->end && same(t->s, t->len, text);
}

bool vtok_name(const struct vtok *t)
{
	return !t->end && (t->kind == VTOKEN_NAME || (t->kind == VTOKEN_KEYWORD && !t->old));
}

bool vtok_opens(const struct vtok *t)
{
	return t->symbol == '(' || t->symbol == '[' || t->symbol == '{';
}

bool vtok_closes(const struct vtok *t)
{
	return t->symbol == ')' || t->symbol == ']' || t->symbol == '}';
}

bool vtok_breaks(const struct vtok *t)
{
	switch (t->word) {
	case VWORD_MODULE:
	case VWORD_ENDMODULE:
	case VWORD_ENDINTERFACE:
	case VWORD_ENDPACKAGE:
	case VWORD_ENDPRIMITIVE:
	case VWORD_ENDPROGRAM:
	case VWORD_ENDCLASS:
		return true;
	default:
		return t->end;
	}
}

/* Directives ---------------------------------------------------------------- */

static const char *const with_line[] = { "`define", "`timescale", "`default_nettype", "`line", "`pragma",
	"`begin_keywords", "`unconnected_drive", "`default_decay_time", "`default_trireg_strength", NULL };
static const char *const with_name[] = { "`ifdef", "`ifndef", "`elsif", "`undef", NULL };
static const char *const alone[] = { "`else", "`endif", "`resetall", "`celldefine", "`endcelldefine",
	"`nounconnected_drive", "`end_keywords", "`undefineall", NULL };

static bool is_directive(const char *s, size_t len)
{
	return listed(s, len, with_line) || listed(s, len, with_name) || listed(s, len, alone) ||
	       same(s, len, "`include");
}

static struct vtoken raw(struct vscan *s)
{
	struct vtoken t = vlex_next(s->text, s->len, s->off, &s->lex);

	s->off += t.len;
	return t;
}

static size_t newlines(const char *s, size_t len)
{
	size_t n = 0;

	for (const char *end = s + len; (s = memchr(s, '\n', (size_t)(end - s))); s++)
		n++;
	return n;
}

static void count_lines(struct vscan *s, size_t from)
{
	s->line += (int)newlines(s->text + from, s->off - from);
}

/* To the end of the line; a backslash at its end, also in a comment, takes the
 * next one in. */
static void skip_line(struct vscan *s)
{
	size_t from = s->off;

	while (s->off < s->len) {
		struct vtoken t = raw(s);
		const char *p = s->text + t.off;
		bool taken_in = t.off > 0 && p[-1] == '\\';

		if (t.kind != VTOKEN_SPACE)
			continue;
		if (newlines(p, t.len) > (taken_in ? 1u : 0u))
			break;
	}
	count_lines(s, from);
}

static void skip_name(struct vscan *s)
{
	while (s->off < s->len && (s->text[s->off] == ' ' || s->text[s->off] == '\t'))
		s->off++;
	if (s->off < s->len && s->text[s->off] != '\n') {
		enum vlex_state state = VLEX_CODE;
		struct vtoken t = vlex_next(s->text, s->len, s->off, &state);

		if (t.kind == VTOKEN_NAME || t.kind == VTOKEN_KEYWORD)
			s->off += t.len;
	}
}

/* "name" or <name>; a macro in its place says nothing. */
static void include(struct vscan *s)
{
	size_t from = s->off, n = s->off;
	char close;

	while (n < s->len && (s->text[n] == ' ' || s->text[n] == '\t'))
		n++;
	s->off = n;
	if (n >= s->len || (s->text[n] != '"' && s->text[n] != '<'))
		return;
	close = s->text[n] == '<' ? '>' : '"';
	for (n++; n < s->len && s->text[n] != close && s->text[n] != '\n'; n++)
		;
	if (n < s->len && s->text[n] == close) {
		if (n - s->off - 1 <= TEXT_MAX && s->on_include)
			s->on_include(s->ctx, s->text + s->off + 1, n - s->off - 1);
		n++;
	}
	s->off = n;
	count_lines(s, from);
}

static void directive(struct vscan *s, const struct vtoken *t)
{
	const char *name = s->text + t->off;

	if (same(name, t->len, "`include"))
		include(s);
	else if (listed(name, t->len, with_name))
		skip_name(s);
	else if (listed(name, t->len, with_line))
		skip_line(s);
	if (same(name, t->len, "`pragma") || same(name, t->len, "`begin_keywords"))
		s->v2005 = true;
}

/* Attributes ---------------------------------------------------------------- */

/* After "(" at off: is it that of (* ... *) rather than of @(*)? */
static bool opens_attribute(const struct vscan *s, size_t off)
{
	enum vlex_state state = VLEX_CODE;

	if (off + 2 >= s->len || s->text[off + 1] != '*')
		return false;
	for (size_t o = off + 2; o < s->len;) {
		struct vtoken t = vlex_next(s->text, s->len, o, &state);

		if (t.kind != VTOKEN_SPACE && t.kind != VTOKEN_COMMENT)
			return s->text[o] != ')';
		o += t.len;
	}
	return false;
}

/* One that is not closed ends before a semicolon, which it cannot hold. */
static void skip_attribute(struct vscan *s)
{
	size_t from = s->off;

	s->off++;
	while (s->off < s->len && s->text[s->off] != ';') {
		struct vtoken t = raw(s);

		if (t.kind == VTOKEN_SYMBOL && s->text[s->off - 1] == '*' && s->off < s->len &&
		    s->text[s->off] == ')') {
			s->off++;
			break;
		}
		if (t.kind == VTOKEN_KEYWORD &&
		    (same(s->text + t.off, t.len, "module") || same(s->text + t.off, t.len, "endmodule"))) {
			s->off = t.off;
			break;
		}
	}
	count_lines(s, from);
}

/* Tokens -------------------------------------------------------------------- */

static struct vtok fetch(struct vscan *s)
{
	while (s->off < s->len) {
		struct vtoken t = raw(s);
		const char *p = s->text + t.off;
		struct vtok out = { .kind = t.kind, .s = p, .off = t.off, .len = t.len, .line = s->line };

		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT || t.kind == VTOKEN_STRING)
			s->line += (int)newlines(p, t.len);
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT || t.kind == VTOKEN_OTHER)
			continue;
		if (t.kind == VTOKEN_DIRECTIVE) {
			directive(s, &t);
			continue;
		}
		if (t.kind == VTOKEN_SYMBOL && *p == '(' && opens_attribute(s, t.off)) {
			skip_attribute(s);
			continue;
		}
		if (t.kind == VTOKEN_SYMBOL && t.len == 1)
			out.symbol = *p;
		if (t.kind == VTOKEN_KEYWORD) {
			enum lang since;

			out.word = vword_find(p, t.len, &since);
			out.old = since != LANG_SV2017;
		}
		return out;
	}
	return (struct vtok){ .end = true, .off = s->len, .line = s->line };
}

/* Signs of the language. A Verilog-2001 design may call a signal "bit" or
 * "do": a word counts only where it stands as SystemVerilog would have it. */

static bool is_word(const struct vtok *t)
{
	return !t->end && (t->kind == VTOKEN_NAME || t->kind == VTOKEN_KEYWORD);
}

static bool word_tells(const struct vtok *prev, const struct vtok *t, const struct vtok *next)
{
	bool item = prev->symbol == ';' || prev->symbol == ')' || prev->kind == VTOKEN_KEYWORD ||
		    prev->len == 0;

	switch (t->word) {
	case VWORD_SURE:
		return true;
	case VWORD_NEWTYPE:
		return (is_word(next) || next->symbol == '[') && prev->word != VWORD_TYPE &&
		       (item || prev->symbol == '(' || prev->symbol == ',' || prev->symbol == '{');
	case VWORD_ENUM:
		return is_word(next) || next->symbol == '{';
	case VWORD_STRUCT:
		return next->symbol == '{' || next->kind == VTOKEN_KEYWORD;
	case VWORD_UNIQUE:
		return next->word == VWORD_CONTROL;
	case VWORD_ASSERT:
		return item && (next->symbol == '(' || next->kind == VTOKEN_KEYWORD);
	case VWORD_FINAL:
		return item && next->word == VWORD_BEGIN;
	case VWORD_TYPEDEF:
	case VWORD_MODPORT:
	case VWORD_BIND:
	case VWORD_CLASS:
	case VWORD_PACKAGE:
	case VWORD_INTERFACE:
	case VWORD_PROGRAM:
	case VWORD_EXTERN:
		return is_word(next);
	case VWORD_IMPORT:
		return is_word(next) || next->kind == VTOKEN_STRING;
	case VWORD_ENDCLASS:
	case VWORD_ENDINTERFACE:
	case VWORD_ENDPACKAGE:
	case VWORD_ENDPROGRAM:
		return true;
	default:
		return false;
	}
}

static bool symbol_tells(const struct vtok *prev, const struct vtok *t, const struct vtok *next)
{
	static const char *const only[] = { "::", "->>", "<->", "|->", "|=>", "==?", "!=?", "##", "+=", "*=",
		"/=", "<<=", ">>=", "<<<=", ">>>=", ".*", NULL };

	if (t->len > 1 && (same(t->s, t->len, "++") || same(t->s, t->len, "--")))
		return next->symbol == ';' || next->symbol == ')';
	if (t->len > 1)
		return listed(t->s, t->len, only);
	if (t->symbol == '\'')
		return next->symbol == '{' || next->symbol == '(';
	/* "endmodule : fifo" */
	return t->symbol == ':' && prev->len && vtok_breaks(prev);
}

static void look(struct vscan *s)
{
	static const char *const new_tasks[] = { "$error", "$fatal", "$warning", "$info", "$bits", "$urandom",
		"$urandom_range", "$onehot", "$onehot0", "$isunknown", "$countones", "$sformatf", NULL };
	const struct vtok *t = &s->cur;

	switch (t->kind) {
	case VTOKEN_KEYWORD:
		s->v2005 |= t->word == VWORD_UWIRE;
		if (!t->old && word_tells(&s->prev, t, &s->next))
			s->systemverilog = true;
		break;
	case VTOKEN_SYSTEM:
		s->v2005 |= same(t->s, t->len, "$clog2");
		s->systemverilog |= listed(t->s, t->len, new_tasks);
		break;
	case VTOKEN_NUMBER:
		if (t->len == 2 && t->s[0] == '\'')
			s->systemverilog = true;
		break;
	case VTOKEN_SYMBOL:
		if (symbol_tells(&s->prev, t, &s->next))
			s->systemverilog = true;
		break;
	case VTOKEN_NAME:
		if (vtok_is(&s->next, "::") && s->on_package)
			s->on_package(s->ctx, t);
		/* ".clk," in a list of connections */
		if (s->prev.symbol == '.' && s->before_dot && (s->next.symbol == ',' || s->next.symbol == ')'))
			s->systemverilog = true;
		break;
	default:
		break;
	}
}

void vscan_next(struct vscan *s)
{
	s->before_dot = s->cur.symbol == '.' && (s->prev.symbol == '(' || s->prev.symbol == ',');
	s->prev = s->cur;
	s->cur = s->next;
	s->next = fetch(s);
	if (!s->cur.end)
		look(s);
}

void vscan_start(struct vscan *s)
{
	/* A byte-order mark is no token. */
	if (s->len >= 3 && memcmp(s->text, "\xef\xbb\xbf", 3) == 0)
		s->off = 3;
	s->line = 1;
	s->next = fetch(s);
	vscan_next(s);
	s->prev = (struct vtok){ 0 };
}

void vscan_skip_brackets(struct vscan *s)
{
	size_t depth = 0;

	do {
		if (s->cur.symbol == ';' || vtok_breaks(&s->cur))
			return;
		if (vtok_opens(&s->cur))
			depth++;
		else if (vtok_closes(&s->cur))
			depth--;
		vscan_next(s);
	} while (depth > 0);
}

/* Text ---------------------------------------------------------------------- */

static bool is_space_before(const struct str *out, char c, bool gap, bool declaration)
{
	char last = out->len ? out->data[out->len - 1] : '\0';

	if (out->len == 0)
		return false;
	if (last == ' ')
		return false;
	return gap || (declaration && c == '[' && last != ']' && last != '(' && last != '[');
}

char *vscan_text(const struct vscan *s, size_t from, size_t to, bool declaration)
{
	struct vscan in = { .text = s->text, .off = from, .len = to };
	struct str out = STR_LIMIT(TEXT_MAX);
	bool gap = false;

	while (in.off < to && !out.full) {
		struct vtoken t = raw(&in);
		const char *p = in.text + t.off;

		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT || t.kind == VTOKEN_OTHER) {
			gap = true;
			continue;
		}
		if (t.kind == VTOKEN_DIRECTIVE && is_directive(p, t.len)) {
			directive(&in, &t);
			gap = true;
			continue;
		}
		if (is_space_before(&out, *p, gap, declaration))
			str_addc(&out, ' ');
		gap = false;
		str_add(&out, p, t.len);
	}
	if (out.full) {
		out = (struct str){ .data = out.data, .len = out.len, .cap = out.cap };
		str_adds(&out, "...");
	}
	return str_take(&out);
}

char *vtok_text(const struct vtok *t)
{
	const char *s = t->s;
	size_t len = t->len;

	if (len > TEXT_MAX)
		len = TEXT_MAX;
	if (len > 1 && s[0] == '\\') {
		enum vlex_state state = VLEX_CODE;
		struct vtoken rest = vlex_next(s + 1, len - 1, 0, &state);

		if (rest.kind == VTOKEN_NAME && rest.len == len - 1 && s[1] != '\\')
			return mem_strndup(s + 1, len - 1);
	}
	return mem_strndup(s, len);
}
