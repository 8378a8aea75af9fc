/* Prepares the preprocessor's tokens for the outline's parser.
 *
 * The parser sees one token and one token of look-ahead. Attributes, undefined
 * macros and white space are filtered out. The text of a declaration is recorded
 * on a tape during the scan, because a port's type is needed as written, with
 * macros expanded.
 */
#include "config.h"

#include "session/verilog/verilog_scan.h"

#include <ctype.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/text/slice.h"
#include "session/verilog/verilog_calls.h"
#include "session/verilog/vpp.h"

#define TEXT_MAX 4096u
#define TAPE_MAX (16u << 10) /* bytes per declaration */

/* Tokens -------------------------------------------------------------------- */

static bool in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '$';
}

/* A macro may put two words next to each other without a blank. */
static size_t put_on_tape(struct vscan *s, const char *text, size_t len, bool gap)
{
	struct str *tape = &s->tape;
	size_t at;

	if (tape->len && (gap || (in_word(tape->data[tape->len - 1]) && in_word(*text))))
		str_addc(tape, ' ');
	at = tape->len;
	str_add(tape, text, len);
	return at;
}

/* After "(": true if this starts "(* ... *)" rather than "(*)" of an event
 * control. The whole attribute is in the same text as its bracket. */
static bool opens_attribute(const struct vpp_token *t)
{
	enum vlex_state lex = VLEX_CODE;
	const char *s = t->s + 1;
	size_t left = t->left - 1, off = 1;

	if (left < 2 || *s != '*')
		return false;
	while (off < left) {
		struct vtoken next = vlex_next(s, left, off, &lex);

		if (next.kind != VTOKEN_SPACE && next.kind != VTOKEN_COMMENT)
			return s[off] != ')';
		off += next.len;
	}
	return false;
}

static void set_token(struct vtok *out, const struct vpp_token *t)
{
	out->end = false;
	out->kind = t->kind;
	out->word = t->word;
	out->old = t->word && !t->sv_word && t->word != VWORD_CONFIG;
	out->symbol = t->kind == VTOKEN_SYMBOL && t->len == 1 ? *t->s : '\0';
	out->included = t->included;
	out->s = t->s;
	out->len = t->len;
	out->off = t->off;
	out->to = t->to;
	out->at = 0;
	out->line = t->line;
}

/* Skips to "*)". An unclosed attribute ends before a semicolon, which it cannot
 * contain, and before a module. True: *t is the token that ended it. */
static bool skip_attribute(struct vscan *s, struct vpp_token *t)
{
	bool star = false;

	while (vpp_next(s->pp, t)) {
		struct slice word = { t->s, t->len };

		if (star && *t->s == ')' && !t->gap)
			return false;
		if (t->kind == VTOKEN_SYMBOL && *t->s == ';')
			return true;
		if (t->kind == VTOKEN_KEYWORD &&
		    (slice_is(word, "module") || slice_is(word, "endmodule")))
			return true;
		star = t->kind == VTOKEN_SYMBOL && t->s[t->len - 1] == '*';
	}
	return false;
}

/* Reads the next token into s->next. */
static void fetch(struct vscan *s)
{
	struct vpp_token t;

	while (vpp_next(s->pp, &t)) {
		if (t.kind == VTOKEN_DIRECTIVE) {
			if (s->taping)
				put_on_tape(s, t.s, t.len, t.gap);
			continue;
		}
		if (t.kind == VTOKEN_SYMBOL && *t.s == '(' && opens_attribute(&t) &&
		    !skip_attribute(s, &t))
			continue;
		set_token(&s->next, &t);
		if (s->taping)
			s->next.at = put_on_tape(s, t.s, t.len, t.gap);
		return;
	}
	s->next = (struct vtok){
		.end = true, .off = t.off, .to = t.to, .at = s->tape.len, .line = t.line
	};
}

/* Signs of the language version. A Verilog-2001 design may call a signal "bit" or
 * "do", so a word only counts where SystemVerilog would have it. */

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
	static const char *const only[] = { "::",  "->>",  "<->",  "|->", "|=>", "==?",
					    "!=?", "##",   "+=",   "*=",  "/=",	 "<<=",
					    ">>=", "<<<=", ">>>=", ".*",  NULL };

	if (t->len > 1 && (vtok_text_is(t, "++") || vtok_text_is(t, "--")))
		return next->symbol == ';' || next->symbol == ')';
	if (t->len > 1)
		return words_has_n(only, t->s, t->len);
	if (t->symbol == '\'')
		return next->symbol == '{' || next->symbol == '(';
	/* "endmodule : fifo" */
	return t->symbol == ':' && prev->len && vtok_breaks(prev);
}

bool vscan_has_end(struct vscan *s, const struct vtok *t)
{
	static const char *const ends[] = { "endclass", "endinterface", "endpackage", "endprogram",
					    "endchecker" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		if (!vtok_text_is(t, ends[i] + strlen("end")) || t->included)
			continue;
		if (!(s->absent & 1u << i) && !memmem(s->text, s->len, ends[i], strlen(ends[i])))
			s->absent |= 1u << i;
		return !(s->absent & 1u << i);
	}
	return true;
}

/* True if next is a name that a bracket follows. */
static bool next_is_called(const struct vscan *s)
{
	size_t at = s->next.to;

	while (at < s->len && isspace((unsigned char)s->text[at]))
		at++;
	return s->next.kind == VTOKEN_NAME && at < s->len && s->text[at] == '(';
}

bool vscan_names_module(struct vscan *s)
{
	static const char *const words[] = { "context", "cross", "expect", "global", "new", NULL };
	const struct vtok *t = &s->cur;

	if (t->kind != VTOKEN_KEYWORD || t->old || !(next_is_called(s) || s->next.symbol == '#'))
		return false;
	return t->word == VWORD_NEWTYPE || t->word == VWORD_LIFETIME || t->word == VWORD_UNIQUE ||
	       t->word == VWORD_FINAL || t->word == VWORD_STRUCT ||
	       words_has_n(words, t->s, t->len) || !vscan_has_end(s, t);
}

/* "fifo #(4) ref (": the name of an instance, not a word that begins a statement or joins
 * two expressions. */
static bool names_instance(const struct vtok *prev, const struct vtok *t, const struct vtok *next)
{
	static const char *const others[] = { "assert",	 "assume", "cover",   "expect",
					      "foreach", "iff",	   "matches", "new",
					      "return",	 "with",   NULL };

	return (prev->kind == VTOKEN_NAME || prev->symbol == ')') && next->symbol == '(' &&
	       !words_has_n(others, t->s, t->len);
}

/* "wire [3:0] rand;": a word that only SystemVerilog reserves, where a name is declared. */
static bool declares_word(const struct vtok *prev, const struct vtok *t, const struct vtok *next)
{
	bool typed = prev->word == VWORD_TYPE || prev->word == VWORD_INPUT ||
		     prev->word == VWORD_OUTPUT || prev->word == VWORD_INOUT || prev->symbol == ']';
	bool ends = next->symbol == ';' || next->symbol == ',' || next->symbol == '=' ||
		    next->symbol == ')' || (next->symbol == '[' && t->word != VWORD_NEWTYPE);

	return !t->included && ((typed && ends) || names_instance(prev, t, next));
}

/* "virtual bus_if v", "virtual interface bus_if v" */
static bool is_virtual_interface(const struct vscan *s)
{
	return s->prev.word == VWORD_VIRTUAL ||
	       (s->prev.word == VWORD_INTERFACE && s->behind_virtual);
}

static void look(struct vscan *s)
{
	static const char *const new_tasks[] = { "$error",    "$fatal",	    "$warning",
						 "$info",     "$bits",	    "$onehot",
						 "$onehot0",  "$isunknown", "$countones",
						 "$sformatf", NULL };
	static const char *const old_tasks[] = { "$urandom", "$urandom_range", NULL };
	const struct vtok *t = &s->cur;

	switch (t->kind) {
	case VTOKEN_KEYWORD:
		s->v2005 |= t->word == VWORD_UWIRE;
		s->old_names |=
			!t->old && t->word != VWORD_CONFIG && declares_word(&s->prev, t, &s->next);
		if (!s->new_forms && !t->old && word_tells(&s->prev, t, &s->next))
			s->new_forms = vscan_has_end(s, t) &&
				       (s->prev.kind == VTOKEN_KEYWORD || !next_is_called(s));
		break;
	case VTOKEN_SYSTEM:
		s->v2005 |= vtok_text_is(t, "$clog2");
		s->new_forms |= words_has_n(new_tasks, t->s, t->len);
		s->systemverilog |= words_has_n(old_tasks, t->s, t->len);
		break;
	case VTOKEN_NUMBER:
		s->systemverilog |= t->len == 2 && t->s[0] == '\'';
		break;
	case VTOKEN_SYMBOL:
		s->new_forms |= symbol_tells(&s->prev, t, &s->next);
		break;
	case VTOKEN_NAME:
		if (s->on_package && (vtok_text_is(&s->next, "::") || is_virtual_interface(s)))
			s->on_package(s->ctx, t);
		if (s->on_head && s->next.symbol == '.' && s->prev.symbol != '.' &&
		    !vtok_text_is(&s->prev, "::"))
			s->on_head(s->ctx, t);
		/* ".clk," in a list of connections */
		if (s->prev.symbol == '.' && s->before_dot &&
		    (s->next.symbol == ',' || s->next.symbol == ')'))
			s->new_forms = true;
		break;
	default:
		break;
	}
	s->systemverilog |= s->new_forms;
}

void vscan_next(struct vscan *s)
{
	s->before_dot = s->cur.symbol == '.' && (s->prev.symbol == '(' || s->prev.symbol == ',');
	s->behind_virtual = s->prev.word == VWORD_VIRTUAL;
	s->prev = s->cur;
	s->cur = s->next;
	fetch(s);
	if (s->cur.end)
		return;
	look(s);
	if (s->calls)
		vcalls_token(s->calls, &s->prev, &s->cur, &s->next);
	if (s->on_token)
		s->on_token(s->ctx, &s->prev, &s->cur, &s->next);
}

void vscan_start(struct vscan *s)
{
	s->tape = STR_LIMIT(TAPE_MAX);
	fetch(s);
	vscan_next(s);
	s->prev = (struct vtok){ 0 };
}

void vscan_fini(struct vscan *s)
{
	str_free(&s->tape);
}

void vscan_tape(struct vscan *s)
{
	str_clear(&s->tape);
	s->tape.full = false;
	s->taping = true;
	if (!s->cur.end)
		s->cur.at = put_on_tape(s, s->cur.s, s->cur.len, false);
	if (!s->next.end)
		s->next.at = put_on_tape(s, s->next.s, s->next.len, s->next.off != s->cur.to);
}

void vscan_tape_stop(struct vscan *s)
{
	s->taping = false;
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

/* Writes "reg[3:0]" like a declaration, with a blank before the range. */
static void add_spaced(struct str *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char last = out->len ? out->data[out->len - 1] : ' ';

		if (s[i] == '[' && !strchr(" ]([", last))
			str_addc(out, ' ');
		str_addc(out, s[i]);
	}
}

char *vscan_text(const struct vscan *s, size_t from, size_t to, bool declaration)
{
	struct str out = STR_INIT;
	const char *tape = str_cstr(&s->tape);
	bool cut;

	if (to > s->tape.len)
		to = s->tape.len;
	while (from < to && tape[from] == ' ')
		from++;
	while (to > from && tape[to - 1] == ' ')
		to--;
	cut = to - from > TEXT_MAX || (s->tape.full && to == s->tape.len);
	if (to - from > TEXT_MAX)
		to = from + TEXT_MAX;
	if (declaration)
		add_spaced(&out, tape + from, to - from);
	else
		str_add(&out, tape + from, to - from);
	if (cut)
		str_adds(&out, "...");
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
