/* Verilog and SystemVerilog as tokens that cover every byte of a text.
 *
 * The lexer never fails: a byte that belongs nowhere is a token of its own
 * kind. The only state between calls is whether a block comment or a string is
 * open, so that a line can be cut into tokens by itself, as highlighting does.
 *
 * Every name of a text is looked up among the reserved words, so this is where
 * the time goes. Words are compared as numbers of eight bytes, and only with
 * those of the same first letter.
 */
#include "config.h"

#include "session/verilog/verilog.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "session/verilog/verilog_words.h"

/* Reserved words, sorted by bytes. What Verilog-1995 reserves counts as 2001. */
#define LONGEST 24u /* of them, and more: a multiple of eight */

static const struct {
	char word[LONGEST]; /* filled up with NULs */
	enum lang since;
	enum vword what;
} words[] = {
	{ "accept_on", LANG_SV2017, VWORD_OTHER },
	{ "alias", LANG_SV2017, VWORD_OTHER },
	{ "always", LANG_V2001, VWORD_LOOP },
	{ "always_comb", LANG_SV2017, VWORD_SURE },
	{ "always_ff", LANG_SV2017, VWORD_SURE },
	{ "always_latch", LANG_SV2017, VWORD_SURE },
	{ "and", LANG_V2001, VWORD_OTHER },
	{ "assert", LANG_SV2017, VWORD_ASSERT },
	{ "assign", LANG_V2001, VWORD_OTHER },
	{ "assume", LANG_SV2017, VWORD_OTHER },
	{ "automatic", LANG_V2001, VWORD_LIFETIME },
	{ "before", LANG_SV2017, VWORD_OTHER },
	{ "begin", LANG_V2001, VWORD_BEGIN },
	{ "bind", LANG_SV2017, VWORD_BIND },
	{ "bins", LANG_SV2017, VWORD_OTHER },
	{ "binsof", LANG_SV2017, VWORD_OTHER },
	{ "bit", LANG_SV2017, VWORD_NEWTYPE },
	{ "break", LANG_SV2017, VWORD_OTHER },
	{ "buf", LANG_V2001, VWORD_OTHER },
	{ "bufif0", LANG_V2001, VWORD_OTHER },
	{ "bufif1", LANG_V2001, VWORD_OTHER },
	{ "byte", LANG_SV2017, VWORD_NEWTYPE },
	{ "case", LANG_V2001, VWORD_CONTROL },
	{ "casex", LANG_V2001, VWORD_CONTROL },
	{ "casez", LANG_V2001, VWORD_CONTROL },
	{ "cell", LANG_V2001, VWORD_CONFIG },
	{ "chandle", LANG_SV2017, VWORD_NEWTYPE },
	{ "checker", LANG_SV2017, VWORD_OTHER },
	{ "class", LANG_SV2017, VWORD_CLASS },
	{ "clocking", LANG_SV2017, VWORD_CLOCKING },
	{ "cmos", LANG_V2001, VWORD_OTHER },
	{ "config", LANG_V2001, VWORD_CONFIG },
	{ "const", LANG_SV2017, VWORD_CONST },
	{ "constraint", LANG_SV2017, VWORD_OTHER },
	{ "context", LANG_SV2017, VWORD_OTHER },
	{ "continue", LANG_SV2017, VWORD_OTHER },
	{ "cover", LANG_SV2017, VWORD_OTHER },
	{ "covergroup", LANG_SV2017, VWORD_COVERGROUP },
	{ "coverpoint", LANG_SV2017, VWORD_OTHER },
	{ "cross", LANG_SV2017, VWORD_OTHER },
	{ "deassign", LANG_V2001, VWORD_OTHER },
	{ "default", LANG_V2001, VWORD_OTHER },
	{ "defparam", LANG_V2001, VWORD_OTHER },
	{ "design", LANG_V2001, VWORD_CONFIG },
	{ "disable", LANG_V2001, VWORD_OTHER },
	{ "dist", LANG_SV2017, VWORD_OTHER },
	{ "do", LANG_SV2017, VWORD_OTHER },
	{ "edge", LANG_V2001, VWORD_OTHER },
	{ "else", LANG_V2001, VWORD_ELSE },
	{ "end", LANG_V2001, VWORD_END },
	{ "endcase", LANG_V2001, VWORD_END },
	{ "endchecker", LANG_SV2017, VWORD_END },
	{ "endclass", LANG_SV2017, VWORD_ENDCLASS },
	{ "endclocking", LANG_SV2017, VWORD_ENDSUB },
	{ "endconfig", LANG_V2001, VWORD_END },
	{ "endfunction", LANG_V2001, VWORD_ENDSUB },
	{ "endgenerate", LANG_V2001, VWORD_END },
	{ "endgroup", LANG_SV2017, VWORD_END },
	{ "endinterface", LANG_SV2017, VWORD_ENDINTERFACE },
	{ "endmodule", LANG_V2001, VWORD_ENDMODULE },
	{ "endpackage", LANG_SV2017, VWORD_ENDPACKAGE },
	{ "endprimitive", LANG_V2001, VWORD_ENDPRIMITIVE },
	{ "endprogram", LANG_SV2017, VWORD_ENDPROGRAM },
	{ "endproperty", LANG_SV2017, VWORD_END },
	{ "endsequence", LANG_SV2017, VWORD_END },
	{ "endspecify", LANG_V2001, VWORD_END },
	{ "endtable", LANG_V2001, VWORD_END },
	{ "endtask", LANG_V2001, VWORD_ENDSUB },
	{ "enum", LANG_SV2017, VWORD_ENUM },
	{ "event", LANG_V2001, VWORD_TYPE },
	{ "eventually", LANG_SV2017, VWORD_OTHER },
	{ "expect", LANG_SV2017, VWORD_OTHER },
	{ "export", LANG_SV2017, VWORD_EXPORT },
	{ "extends", LANG_SV2017, VWORD_OTHER },
	{ "extern", LANG_SV2017, VWORD_EXTERN },
	{ "final", LANG_SV2017, VWORD_FINAL },
	{ "first_match", LANG_SV2017, VWORD_OTHER },
	{ "for", LANG_V2001, VWORD_OTHER },
	{ "force", LANG_V2001, VWORD_OTHER },
	{ "foreach", LANG_SV2017, VWORD_SURE },
	{ "forever", LANG_V2001, VWORD_LOOP },
	{ "fork", LANG_V2001, VWORD_END },
	{ "forkjoin", LANG_SV2017, VWORD_OTHER },
	{ "function", LANG_V2001, VWORD_FUNCTION },
	{ "generate", LANG_V2001, VWORD_END },
	{ "genvar", LANG_V2001, VWORD_TYPE },
	{ "global", LANG_SV2017, VWORD_OTHER },
	{ "highz0", LANG_V2001, VWORD_OTHER },
	{ "highz1", LANG_V2001, VWORD_OTHER },
	{ "if", LANG_V2001, VWORD_CONTROL },
	{ "iff", LANG_SV2017, VWORD_OTHER },
	{ "ifnone", LANG_V2001, VWORD_OTHER },
	{ "ignore_bins", LANG_SV2017, VWORD_OTHER },
	{ "illegal_bins", LANG_SV2017, VWORD_OTHER },
	{ "implements", LANG_SV2017, VWORD_OTHER },
	{ "implies", LANG_SV2017, VWORD_OTHER },
	{ "import", LANG_SV2017, VWORD_IMPORT },
	{ "incdir", LANG_V2001, VWORD_CONFIG },
	{ "include", LANG_V2001, VWORD_CONFIG },
	{ "initial", LANG_V2001, VWORD_INITIAL },
	{ "inout", LANG_V2001, VWORD_INOUT },
	{ "input", LANG_V2001, VWORD_INPUT },
	{ "inside", LANG_SV2017, VWORD_OTHER },
	{ "instance", LANG_V2001, VWORD_CONFIG },
	{ "int", LANG_SV2017, VWORD_NEWTYPE },
	{ "integer", LANG_V2001, VWORD_TYPE },
	{ "interconnect", LANG_SV2017, VWORD_OTHER },
	{ "interface", LANG_SV2017, VWORD_INTERFACE },
	{ "intersect", LANG_SV2017, VWORD_OTHER },
	{ "join", LANG_V2001, VWORD_END },
	{ "join_any", LANG_SV2017, VWORD_END },
	{ "join_none", LANG_SV2017, VWORD_END },
	{ "large", LANG_V2001, VWORD_OTHER },
	{ "let", LANG_SV2017, VWORD_OTHER },
	{ "liblist", LANG_V2001, VWORD_CONFIG },
	{ "library", LANG_V2001, VWORD_CONFIG },
	{ "local", LANG_SV2017, VWORD_OTHER },
	{ "localparam", LANG_V2001, VWORD_LOCALPARAM },
	{ "logic", LANG_SV2017, VWORD_NEWTYPE },
	{ "longint", LANG_SV2017, VWORD_NEWTYPE },
	{ "macromodule", LANG_V2001, VWORD_MODULE },
	{ "matches", LANG_SV2017, VWORD_OTHER },
	{ "medium", LANG_V2001, VWORD_OTHER },
	{ "modport", LANG_SV2017, VWORD_MODPORT },
	{ "module", LANG_V2001, VWORD_MODULE },
	{ "nand", LANG_V2001, VWORD_OTHER },
	{ "negedge", LANG_V2001, VWORD_OTHER },
	{ "nettype", LANG_SV2017, VWORD_OTHER },
	{ "new", LANG_SV2017, VWORD_OTHER },
	{ "nexttime", LANG_SV2017, VWORD_OTHER },
	{ "nmos", LANG_V2001, VWORD_OTHER },
	{ "nor", LANG_V2001, VWORD_OTHER },
	{ "noshowcancelled", LANG_V2001, VWORD_OTHER },
	{ "not", LANG_V2001, VWORD_OTHER },
	{ "notif0", LANG_V2001, VWORD_OTHER },
	{ "notif1", LANG_V2001, VWORD_OTHER },
	{ "null", LANG_SV2017, VWORD_OTHER },
	{ "or", LANG_V2001, VWORD_OTHER },
	{ "output", LANG_V2001, VWORD_OUTPUT },
	{ "package", LANG_SV2017, VWORD_PACKAGE },
	{ "packed", LANG_SV2017, VWORD_SURE },
	{ "parameter", LANG_V2001, VWORD_PARAMETER },
	{ "pmos", LANG_V2001, VWORD_OTHER },
	{ "posedge", LANG_V2001, VWORD_OTHER },
	{ "primitive", LANG_V2001, VWORD_PRIMITIVE },
	{ "priority", LANG_SV2017, VWORD_UNIQUE },
	{ "program", LANG_SV2017, VWORD_PROGRAM },
	{ "property", LANG_SV2017, VWORD_OTHER },
	{ "protected", LANG_SV2017, VWORD_OTHER },
	{ "pull0", LANG_V2001, VWORD_OTHER },
	{ "pull1", LANG_V2001, VWORD_OTHER },
	{ "pulldown", LANG_V2001, VWORD_OTHER },
	{ "pullup", LANG_V2001, VWORD_OTHER },
	{ "pulsestyle_ondetect", LANG_V2001, VWORD_OTHER },
	{ "pulsestyle_onevent", LANG_V2001, VWORD_OTHER },
	{ "pure", LANG_SV2017, VWORD_PURE },
	{ "rand", LANG_SV2017, VWORD_OTHER },
	{ "randc", LANG_SV2017, VWORD_OTHER },
	{ "randcase", LANG_SV2017, VWORD_OTHER },
	{ "randsequence", LANG_SV2017, VWORD_OTHER },
	{ "rcmos", LANG_V2001, VWORD_OTHER },
	{ "real", LANG_V2001, VWORD_TYPE },
	{ "realtime", LANG_V2001, VWORD_TYPE },
	{ "ref", LANG_SV2017, VWORD_REF },
	{ "reg", LANG_V2001, VWORD_TYPE },
	{ "reject_on", LANG_SV2017, VWORD_OTHER },
	{ "release", LANG_V2001, VWORD_OTHER },
	{ "repeat", LANG_V2001, VWORD_OTHER },
	{ "restrict", LANG_SV2017, VWORD_OTHER },
	{ "return", LANG_SV2017, VWORD_OTHER },
	{ "rnmos", LANG_V2001, VWORD_OTHER },
	{ "rpmos", LANG_V2001, VWORD_OTHER },
	{ "rtran", LANG_V2001, VWORD_OTHER },
	{ "rtranif0", LANG_V2001, VWORD_OTHER },
	{ "rtranif1", LANG_V2001, VWORD_OTHER },
	{ "s_always", LANG_SV2017, VWORD_OTHER },
	{ "s_eventually", LANG_SV2017, VWORD_OTHER },
	{ "s_nexttime", LANG_SV2017, VWORD_OTHER },
	{ "s_until", LANG_SV2017, VWORD_OTHER },
	{ "s_until_with", LANG_SV2017, VWORD_OTHER },
	{ "scalared", LANG_V2001, VWORD_OTHER },
	{ "sequence", LANG_SV2017, VWORD_OTHER },
	{ "shortint", LANG_SV2017, VWORD_NEWTYPE },
	{ "shortreal", LANG_SV2017, VWORD_NEWTYPE },
	{ "showcancelled", LANG_V2001, VWORD_OTHER },
	{ "signed", LANG_V2001, VWORD_SIGNED },
	{ "small", LANG_V2001, VWORD_OTHER },
	{ "soft", LANG_SV2017, VWORD_OTHER },
	{ "solve", LANG_SV2017, VWORD_OTHER },
	{ "specify", LANG_V2001, VWORD_OTHER },
	{ "specparam", LANG_V2001, VWORD_OTHER },
	{ "static", LANG_SV2017, VWORD_LIFETIME },
	{ "string", LANG_SV2017, VWORD_NEWTYPE },
	{ "strong", LANG_SV2017, VWORD_OTHER },
	{ "strong0", LANG_V2001, VWORD_OTHER },
	{ "strong1", LANG_V2001, VWORD_OTHER },
	{ "struct", LANG_SV2017, VWORD_STRUCT },
	{ "super", LANG_SV2017, VWORD_OTHER },
	{ "supply0", LANG_V2001, VWORD_TYPE },
	{ "supply1", LANG_V2001, VWORD_TYPE },
	{ "sync_accept_on", LANG_SV2017, VWORD_OTHER },
	{ "sync_reject_on", LANG_SV2017, VWORD_OTHER },
	{ "table", LANG_V2001, VWORD_OTHER },
	{ "tagged", LANG_SV2017, VWORD_OTHER },
	{ "task", LANG_V2001, VWORD_FUNCTION },
	{ "this", LANG_SV2017, VWORD_OTHER },
	{ "throughout", LANG_SV2017, VWORD_OTHER },
	{ "time", LANG_V2001, VWORD_TYPE },
	{ "timeprecision", LANG_SV2017, VWORD_SURE },
	{ "timeunit", LANG_SV2017, VWORD_SURE },
	{ "tran", LANG_V2001, VWORD_OTHER },
	{ "tranif0", LANG_V2001, VWORD_OTHER },
	{ "tranif1", LANG_V2001, VWORD_OTHER },
	{ "tri", LANG_V2001, VWORD_TYPE },
	{ "tri0", LANG_V2001, VWORD_TYPE },
	{ "tri1", LANG_V2001, VWORD_TYPE },
	{ "triand", LANG_V2001, VWORD_TYPE },
	{ "trior", LANG_V2001, VWORD_TYPE },
	{ "trireg", LANG_V2001, VWORD_TYPE },
	{ "type", LANG_SV2017, VWORD_NEWTYPE },
	{ "typedef", LANG_SV2017, VWORD_TYPEDEF },
	{ "union", LANG_SV2017, VWORD_STRUCT },
	{ "unique", LANG_SV2017, VWORD_UNIQUE },
	{ "unique0", LANG_SV2017, VWORD_UNIQUE },
	{ "unsigned", LANG_V2001, VWORD_SIGNED },
	{ "until", LANG_SV2017, VWORD_OTHER },
	{ "until_with", LANG_SV2017, VWORD_OTHER },
	{ "untyped", LANG_SV2017, VWORD_OTHER },
	{ "use", LANG_V2001, VWORD_CONFIG },
	{ "uwire", LANG_V2005, VWORD_UWIRE },
	{ "var", LANG_SV2017, VWORD_NEWTYPE },
	{ "vectored", LANG_V2001, VWORD_OTHER },
	{ "virtual", LANG_SV2017, VWORD_VIRTUAL },
	{ "void", LANG_SV2017, VWORD_NEWTYPE },
	{ "wait", LANG_V2001, VWORD_OTHER },
	{ "wait_order", LANG_SV2017, VWORD_OTHER },
	{ "wand", LANG_V2001, VWORD_TYPE },
	{ "weak", LANG_SV2017, VWORD_OTHER },
	{ "weak0", LANG_V2001, VWORD_OTHER },
	{ "weak1", LANG_V2001, VWORD_OTHER },
	{ "while", LANG_V2001, VWORD_OTHER },
	{ "wildcard", LANG_SV2017, VWORD_OTHER },
	{ "wire", LANG_V2001, VWORD_TYPE },
	{ "with", LANG_SV2017, VWORD_WITH },
	{ "within", LANG_SV2017, VWORD_OTHER },
	{ "wor", LANG_V2001, VWORD_TYPE },
	{ "xnor", LANG_V2001, VWORD_OTHER },
	{ "xor", LANG_V2001, VWORD_OTHER },
};

/* Longer ones first. A bracket is always a token of its own, so that "(*" and
 * "'{" are two: brackets can then be matched without knowing attributes, and
 * "@(*)" needs no exception. */
static const char *const operators[] = {
	"<<<=", ">>>=", "<<<", ">>>", "<<=", ">>=", "===", "!==", "==?", "!=?", "->>", "<->", "|->",
	"|=>",	"&&&",	"#-#", "#=#", "<<",  ">>",  "<=",  ">=",  "==",	 "!=",	"&&",  "||",  "**",
	"++",	"--",	"+=",  "-=",  "*=",  "/=",  "%=",  "&=",  "|=",	 "^=",	"~&",  "~|",  "~^",
	"^~",	"->",	"=>",  "*>",  "+:",  "-:",  "::",  ":=",  ":/",	 "##",	".*",
};

/* Kinds of bytes, since every byte of a text is asked for its kind. */
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

/* Eight bytes as one number, so that numbers are in the order of the words. */
static uint64_t eight(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
	       (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
	       (uint64_t)p[6] << 8 | p[7];
}

/* Where the words with each first letter begin, and after the last one. */
static const unsigned char by_letter[27] = {
	0,   11,  22,  40,  47,	 75,  84,  87,	89,  109, 112, 112, 120, 125,
	137, 139, 156, 156, 175, 202, 221, 230, 234, 246, 248, 248, 248,
};

/* Below 0: word comes before the key. */
static int order(const char *word, const uint64_t *key)
{
	for (size_t i = 0; i < LONGEST / 8; i++) {
		uint64_t n = eight(word + 8 * i);

		if (n != key[i])
			return n < key[i] ? -1 : 1;
	}
	return 0;
}

/* Every name in a text is looked for here, so numbers are compared rather than
 * strings. */
enum vword vword_find(const char *word, size_t len, enum lang *since)
{
	size_t lo, hi;
	char padded[LONGEST] = { 0 };
	uint64_t key[LONGEST / 8];

	if (len < 2 || len > LONGEST || *word < 'a' || *word > 'z')
		return VWORD_NONE;
	memcpy(padded, word, len);
	for (size_t i = 0; i < LONGEST / 8; i++)
		key[i] = eight(padded + 8 * i);
	lo = by_letter[*word - 'a'];
	hi = by_letter[*word - 'a' + 1];
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int o = order(words[mid].word, key);

		if (o == 0) {
			if (since)
				*since = words[mid].since;
			return words[mid].what;
		}
		if (o < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return VWORD_NONE;
}

bool vkeyword(const char *word, size_t len, enum lang lang)
{
	enum lang since;

	return vword_find(word, len, &since) != VWORD_NONE && since <= lang;
}

/* The functions below return the end of the token that begins, or goes on, at
 * off. */

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

/* A string ends with its line, unless a backslash takes the newline in. */
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

/* off is at a quote: the end of 'hff or '0, or 0 when it is no number. */
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

/* 12, 4'b10x0, 1.5e-3, 10ns. A unit is swallowed with whatever letters stand
 * there: "12abc" is one wrong number rather than two right tokens. */
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

/* What may be the second character of an operator; brackets and the like end
 * here, as do operators of one character. */
static bool goes_on(char c)
{
	switch (c) {
	case '<':
	case '>':
	case '=':
	case '&':
	case '|':
	case '#':
	case '*':
	case '+':
	case '-':
	case '^':
	case '~':
	case ':':
	case '/':
		return true;
	default:
		return false;
	}
}

static bool stands_alone(char c)
{
	switch (c) {
	case '(':
	case ')':
	case '[':
	case ']':
	case '{':
	case '}':
	case ',':
	case ';':
	case '@':
	case '?':
		return true;
	default:
		return false;
	}
}

static size_t operator_end(const char *text, size_t len, size_t off)
{
	if (stands_alone(text[off]) || off + 1 == len || !goes_on(text[off + 1]))
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

/* Bytes that belong nowhere, as one token. */
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
	if (next == '`' || next == '"') /* of a macro's body: `` and `" */
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

static size_t slash(const char *text, size_t len, size_t off, enum vtoken_kind *kind,
		    enum vlex_state *state)
{
	char next = off + 1 < len ? text[off + 1] : '\0';
	const char *newline;

	if (next == '*') {
		*kind = VTOKEN_COMMENT;
		return block_comment(text, len, off + 2, state);
	}
	if (next != '/') {
		*kind = VTOKEN_SYMBOL;
		return operator_end(text, len, off);
	}
	*kind = VTOKEN_COMMENT;
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
		return slash(text, len, off, kind, state);
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
		/* An empty line ends it: the newline is a token like any other. */
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
