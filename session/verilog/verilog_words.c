/* The reserved words, and the first version of the language that reserves each.
 *
 * Every name in a text is looked up here, so this dominates the lexer's run time.
 * Words are compared as numbers of eight bytes, and only with those that have the
 * same first letter.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "session/verilog/verilog.h"
#include "session/verilog/verilog_words.h"

/* Sorted by bytes. Words reserved by Verilog-1995 count as 2001. */
#define LONGEST 24u /* maximum length, rounded up to a multiple of eight */

static const struct {
	char word[LONGEST]; /* padded with NULs */
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

/* Eight bytes as a number; the order of the numbers is that of the words. */
static uint64_t eight(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
	       (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
	       (uint64_t)p[6] << 8 | p[7];
}

/* Index of the first word with each letter; the last entry is the end. */
static const unsigned char by_letter[27] = {
	0,   11,  22,  40,  47,	 75,  84,  87,	89,  109, 112, 112, 120, 125,
	137, 139, 156, 156, 175, 202, 221, 230, 234, 246, 248, 248, 248,
};

/* Below 0 if word sorts before the key. */
static int order(const char *word, const uint64_t *key)
{
	for (size_t i = 0; i < LONGEST / 8; i++) {
		uint64_t n = eight(word + 8 * i);

		if (n != key[i])
			return n < key[i] ? -1 : 1;
	}
	return 0;
}

/* Called for every name in a text, so it compares numbers rather than strings. */
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
