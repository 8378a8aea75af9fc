/* Splits Verilog and SystemVerilog into tokens that cover every byte of a text.
 *
 * The lexer never fails: bytes that are not part of the language form tokens of
 * their own kind. The only state between calls is whether a block comment or a
 * string is open, so that a line can be split on its own, as highlighting does.
 */
#include "config.h"

#include "session/verilog/verilog.h"

#include <assert.h>
#include <string.h>

#include "session/verilog/verilog_words.h"

/* Longer ones first. A bracket is always a separate token, so "(*" and "'{" are
 * two: brackets can then be matched without knowing attributes, and "@(*)" needs
 * no special case. */
static const char *const operators[] = {
	"<<<=", ">>>=", "<<<", ">>>", "<<=", ">>=", "===", "!==", "==?", "!=?", "->>", "<->", "|->",
	"|=>",	"&&&",	"#-#", "#=#", "<<",  ">>",  "<=",  ">=",  "==",	 "!=",	"&&",  "||",  "**",
	"++",	"--",	"+=",  "-=",  "*=",  "/=",  "%=",  "&=",  "|=",	 "^=",	"~&",  "~|",  "~^",
	"^~",	"->",	"=>",  "*>",  "+:",  "-:",  "::",  ":=",  ":/",	 "##",	".*",
};

/* Byte classes as a table, since every byte of a text is classified. */
enum { BLANK = 1, DIGIT = 2, LETTER = 4, DOLLAR = 8 };

#define B BLANK
#define D DIGIT
#define L LETTER
static const unsigned char kinds[256] = {
	['\t'] = B, ['\n'] = B, ['\v'] = B, ['\f'] = B, ['\r'] = B, [' '] = B, ['$'] = DOLLAR,
	['_'] = L,  ['0'] = D,	['1'] = D,  ['2'] = D,	['3'] = D,  ['4'] = D, ['5'] = D,
	['6'] = D,  ['7'] = D,	['8'] = D,  ['9'] = D,	['A'] = L,  ['B'] = L, ['C'] = L,
	['D'] = L,  ['E'] = L,	['F'] = L,  ['G'] = L,	['H'] = L,  ['I'] = L, ['J'] = L,
	['K'] = L,  ['L'] = L,	['M'] = L,  ['N'] = L,	['O'] = L,  ['P'] = L, ['Q'] = L,
	['R'] = L,  ['S'] = L,	['T'] = L,  ['U'] = L,	['V'] = L,  ['W'] = L, ['X'] = L,
	['Y'] = L,  ['Z'] = L,	['a'] = L,  ['b'] = L,	['c'] = L,  ['d'] = L, ['e'] = L,
	['f'] = L,  ['g'] = L,	['h'] = L,  ['i'] = L,	['j'] = L,  ['k'] = L, ['l'] = L,
	['m'] = L,  ['n'] = L,	['o'] = L,  ['p'] = L,	['q'] = L,  ['r'] = L, ['s'] = L,
	['t'] = L,  ['u'] = L,	['v'] = L,  ['w'] = L,	['x'] = L,  ['y'] = L, ['z'] = L,
};
#undef B
#undef D
#undef L

static bool is_digit(char c)
{
	return kinds[(unsigned char)c] & DIGIT;
}

static bool starts_name(char c)
{
	return kinds[(unsigned char)c] & LETTER;
}

static bool in_name(char c)
{
	return kinds[(unsigned char)c] & (LETTER | DIGIT | DOLLAR);
}

static bool is_blank(char c)
{
	return kinds[(unsigned char)c] & BLANK;
}

static bool is_based_digit(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
	       (c && strchr("xXzZ?_", c));
}

/* The functions below return the end of the token that starts or continues at off. */

static size_t block_comment(const char *text, size_t len, size_t off, enum vlex_state *state)
{
	while (off < len) {
		const char *star = memchr(text + off, '*', len - off);

		if (!star)
			break;
		off = (size_t)(star - text) + 1;
		if (off < len && text[off] == '/') {
			*state = VLEX_CODE;
			return off + 1;
		}
	}
	*state = VLEX_COMMENT;
	return len;
}

/* A string ends with its line, unless a backslash escapes the newline. */
static size_t string(const char *text, size_t len, size_t off, enum vlex_state *state)
{
	*state = VLEX_CODE;
	while (off < len) {
		char c = text[off];

		if (c == '"')
			return off + 1;
		if (c == '\n')
			return off;
		off++;
		if (c != '\\')
			continue;
		if (off < len && text[off] == '\r')
			off++;
		if (off >= len || (text[off] == '\n' && off + 1 == len)) {
			*state = VLEX_STRING;
			return len;
		}
		off++;
	}
	return len;
}

static size_t base_end(const char *text, size_t len, size_t off)
{
	off++;
	if (off < len && (text[off] == 's' || text[off] == 'S'))
		off++;
	if (off >= len || !text[off] || !strchr("bodhBODH", text[off]))
		return 0;
	return off + 1;
}

/* off is at a quote: returns the end of 'hff or '0, or 0 if it is not a number. */
static size_t based(const char *text, size_t len, size_t off, bool sized)
{
	size_t end = base_end(text, len, off);

	if (end) {
		while (end < len && is_based_digit(text[end]))
			end++;
		return end;
	}
	if (!sized && off + 1 < len && text[off + 1] && strchr("01xXzZ", text[off + 1]))
		return off + 2;
	return 0;
}

/* Reads 12, 4'b10x0, 1.5e-3, 10ns. A unit includes any letters that follow:
 * "12abc" is one wrong number rather than two valid tokens. */
static size_t number(const char *text, size_t len, size_t off)
{
	while (off < len && (is_digit(text[off]) || text[off] == '_'))
		off++;
	if (off + 1 < len && text[off] == '.' && is_digit(text[off + 1])) {
		off++;
		while (off < len && (is_digit(text[off]) || text[off] == '_'))
			off++;
	}
	if (off + 2 < len && (text[off] == 'e' || text[off] == 'E') &&
	    (text[off + 1] == '+' || text[off + 1] == '-') && is_digit(text[off + 2]))
		off += 2;
	while (off < len && in_name(text[off]))
		off++;
	if (off < len && text[off] == '\'') {
		size_t end = based(text, len, off, true);

		return end ? end : off;
	}
	return off;
}

/* May be second in an operator; brackets and one-character operators are not continued. */
static const bool may_continue[128] = {
	['<'] = true, ['>'] = true, ['='] = true, ['&'] = true, ['|'] = true,
	['#'] = true, ['*'] = true, ['+'] = true, ['-'] = true, ['^'] = true,
	['~'] = true, [':'] = true, ['/'] = true,
};

static const bool is_single[128] = {
	['('] = true, [')'] = true, ['['] = true, [']'] = true, ['{'] = true,
	['}'] = true, [','] = true, [';'] = true, ['@'] = true, ['?'] = true,
};

static bool among(const bool set[128], char c)
{
	return (unsigned char)c < 128 && set[(unsigned char)c];
}

static size_t operator_end(const char *text, size_t len, size_t off)
{
	if (among(is_single, text[off]) || off + 1 == len || !among(may_continue, text[off + 1]))
		return off + 1;
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
		size_t n;

		if (operators[i][0] != text[off])
			continue;
		n = strlen(operators[i]);
		if (len - off >= n && memcmp(text + off, operators[i], n) == 0)
			return off + n;
	}
	return off + 1;
}

static size_t name_end(const char *text, size_t len, size_t off)
{
	while (off < len && in_name(text[off]))
		off++;
	return off;
}

static size_t escaped_end(const char *text, size_t len, size_t off)
{
	while (off < len && text[off] > ' ' && text[off] < 0x7f)
		off++;
	return off;
}

/* Reads a run of bytes that are not part of the language. */
static size_t other_end(const char *text, size_t len, size_t off)
{
	off++;
	while (off < len && !(text[off] >= ' ' && text[off] < 0x7f) && !is_blank(text[off]))
		off++;
	return off;
}

static size_t backquote(const char *text, size_t len, size_t off, enum vtoken_kind *kind)
{
	char next = off + 1 < len ? text[off + 1] : '\0';

	*kind = VTOKEN_SYMBOL;
	if (next == '`' || next == '"') /* in a macro body: `` and `" */
		return off + 2;
	if (next == '\\' && len - off >= 4 && memcmp(text + off, "`\\`\"", 4) == 0)
		return off + 4;
	if (next == '\\' && escaped_end(text, len, off + 2) > off + 2) {
		*kind = VTOKEN_DIRECTIVE;
		return escaped_end(text, len, off + 2);
	}
	*kind = starts_name(next) ? VTOKEN_DIRECTIVE : VTOKEN_OTHER;
	return name_end(text, len, off + 1);
}

/* End of the comment that a slash opens; 0: it opens none. */
static size_t comment_end(const char *text, size_t len, size_t off, enum vlex_state *state)
{
	char next = off + 1 < len ? text[off + 1] : '\0';
	const char *newline;

	if (next == '*')
		return block_comment(text, len, off + 2, state);
	if (next != '/')
		return 0;
	newline = memchr(text + off, '\n', len - off);
	return newline ? (size_t)(newline - text) : len;
}

static size_t word(const char *text, size_t len, size_t off, struct vtoken *t)
{
	size_t end = name_end(text, len, off);
	enum lang since = LANG_V2001;
	enum vword what = vword_find(text + off, end - off, &since);

	t->kind = what ? VTOKEN_KEYWORD : VTOKEN_NAME;
	t->word = (unsigned char)what;
	t->sv_word = since == LANG_SV2017;
	return end;
}

static size_t code(const char *text, size_t len, size_t off, struct vtoken *t,
		   enum vlex_state *state)
{
	enum vtoken_kind *kind = &t->kind;
	char c = text[off];
	size_t end;

	if (is_blank(c)) {
		*kind = VTOKEN_SPACE;
		for (end = off + 1; end < len && is_blank(text[end]); end++)
			;
		return end;
	}
	if (starts_name(c))
		return word(text, len, off, t);
	if (is_digit(c)) {
		*kind = VTOKEN_NUMBER;
		return number(text, len, off);
	}
	switch (c) {
	case '/':
		*kind = VTOKEN_COMMENT;
		end = comment_end(text, len, off, state);
		if (end)
			return end;
		break;
	case '"':
		*kind = VTOKEN_STRING;
		return string(text, len, off + 1, state);
	case '`':
		return backquote(text, len, off, kind);
	case '\\':
		end = escaped_end(text, len, off + 1);
		*kind = end > off + 1 ? VTOKEN_NAME : VTOKEN_OTHER;
		return end;
	case '$':
		end = name_end(text, len, off + 1);
		*kind = end > off + 1 ? VTOKEN_SYSTEM : VTOKEN_SYMBOL;
		return end;
	case '\'':
		end = based(text, len, off, false);
		*kind = end ? VTOKEN_NUMBER : VTOKEN_SYMBOL;
		return end ? end : off + 1;
	}
	if (c > ' ' && c < 0x7f) {
		*kind = VTOKEN_SYMBOL;
		return operator_end(text, len, off);
	}
	*kind = VTOKEN_OTHER;
	return other_end(text, len, off);
}

void vlex_into(const char *text, size_t len, size_t off, enum vlex_state *state, struct vtoken *t)
{
	size_t end;

	assert(off < len);
	t->word = 0;
	t->sv_word = false;
	switch (*state) {
	case VLEX_COMMENT:
		t->kind = VTOKEN_COMMENT;
		end = block_comment(text, len, off, state);
		break;
	case VLEX_STRING:
		t->kind = VTOKEN_STRING;
		end = string(text, len, off, state);
		/* An empty line ends it: the newline is an ordinary token. */
		if (end == off)
			end = code(text, len, off, t, state);
		break;
	default:
		end = code(text, len, off, t, state);
		break;
	}
	t->off = off;
	t->len = end - off;
}

struct vtoken vlex_next(const char *text, size_t len, size_t off, enum vlex_state *state)
{
	struct vtoken t;

	vlex_into(text, len, off, state, &t);
	return t;
}

bool vwalk_next(struct vwalk *w)
{
	w->before = w->at + (w->at < w->len ? w->t.len : 0);
	do {
		w->at += w->at < w->len ? w->t.len : 0;
		if (w->at >= w->len)
			return false;
		vlex_into(w->text, w->len, w->at, &w->lex, &w->t);
	} while (w->t.kind == VTOKEN_SPACE || w->t.kind == VTOKEN_COMMENT);
	return true;
}

bool vwalk_is(const struct vwalk *w, const char *word)
{
	return w->at < w->len && strlen(word) == w->t.len &&
	       memcmp(w->text + w->at, word, w->t.len) == 0;
}

bool vwalk_is_any(const struct vwalk *w, const char *const *words)
{
	for (; *words; words++)
		if (vwalk_is(w, *words))
			return true;
	return false;
}

void vwalk_skip_brackets(struct vwalk *w)
{
	static const char *const opens[] = { "(", "[", "{", NULL };
	static const char *const closes[] = { ")", "]", "}", NULL };
	size_t depth = 0;

	do {
		depth += vwalk_is_any(w, opens);
		depth -= vwalk_is_any(w, closes);
	} while (vwalk_next(w) && depth > 0);
}
