/* Removes promises to synthesis from a copy of a source: `unique`, `unique0`,
 * `priority`, full_case and parallel_case. yosys believes them and optimises
 * accordingly, and then proves designs equal that differ where a promise is broken,
 * which is where bugs are. The length of the text stays the same, and so do lines and
 * columns.
 */
#include "config.h"

#include "sim/yosys/yosys_text.h"
#include "session/text/slice.h"

#include <ctype.h>
#include <string.h>

enum where { CODE, ATTRIBUTE, LINE_COMMENT, COMMENT, STRING };

static bool is(const char *p, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(p, word, len) == 0;
}

static size_t word_at(const char *text, size_t len, size_t at)
{
	size_t n = 0;

	while (at + n < len && slice_word_char(text[at + n]))
		n++;
	return n;
}

/* Elsewhere `unique` and `priority` are names, as in Verilog. */
static bool chooses(const char *text, size_t len, size_t at)
{
	size_t n;

	while (at < len && isspace((unsigned char)text[at]))
		at++;
	n = word_at(text, len, at);
	return is(text + at, n, "if") || is(text + at, n, "case") || is(text + at, n, "casez") ||
	       is(text + at, n, "casex");
}

static bool take_out(char *text, size_t len, size_t at, size_t n, enum where w)
{
	char *word = text + at;

	if (w == CODE &&
	    (is(word, n, "unique") || is(word, n, "unique0") || is(word, n, "priority"))) {
		if (!chooses(text, len, at + n))
			return false;
		memset(word, ' ', n);
		return true;
	}
	if (w == CODE || w == STRING ||
	    (!is(word, n, "full_case") && !is(word, n, "parallel_case")))
		return false;
	word[n - 1] = '_'; /* an unknown attribute, or a comment */
	return true;
}

/* "(*", but not in "@(* )". */
static bool opens_attribute(const char *p, size_t left)
{
	size_t n = 2;

	if (p[0] != '(' || p[1] != '*')
		return false;
	while (n < left && isspace((unsigned char)p[n]))
		n++;
	return n < left && p[n] != ')';
}

/* Bytes at p that change the context, and the new context in *next; 0: none. */
static size_t turn(const char *p, size_t left, enum where w, enum where *next)
{
	bool two = left > 1;

	*next = CODE;
	switch (w) {
	case STRING:
		*next = STRING;
		if (*p == '\\' && two)
			return 2;
		*next = CODE;
		return *p == '"' || *p == '\n';
	case LINE_COMMENT:
		return *p == '\n';
	case COMMENT:
		return two && p[0] == '*' && p[1] == '/' ? 2 : 0;
	case ATTRIBUTE:
		return two && p[0] == '*' && p[1] == ')' ? 2 : 0;
	case CODE:
		break;
	}
	*next = *p == '"'			    ? STRING
		: two && p[0] == '/' && p[1] == '/' ? LINE_COMMENT
		: two && p[0] == '/' && p[1] == '*' ? COMMENT
		: two && opens_attribute(p, left)   ? ATTRIBUTE
						    : CODE;
	return *next == STRING ? 1 : *next == CODE ? 0 : 2;
}

bool yosys_text_promises(char *text, size_t len)
{
	enum where w = CODE, next;
	bool any = false;

	for (size_t at = 0, n; at < len; at += n) {
		n = turn(text + at, len - at, w, &next);
		if (n) {
			w = next;
			continue;
		}
		n = word_at(text, len, at);
		if (!n)
			n = 1;
		else if ((at == 0 || !strchr("\\`", text[at - 1])) && take_out(text, len, at, n, w))
			any = true;
	}
	return any;
}

/* (A ^ A) is 0, or x if the value is unknown, as yosys computes it for other labels. */

const char *yosys_text_labels(void)
{
	return "(* techmap_celltype = \"$eq\" *)\n"
	       "module posedge_label(A, B, Y);\n"
	       "  parameter A_SIGNED = 0, B_SIGNED = 0, A_WIDTH = 1, B_WIDTH = 1, Y_WIDTH = 1;\n"
	       "  parameter [B_WIDTH-1:0] _TECHMAP_CONSTMSK_B_ = 0;\n"
	       "  parameter [B_WIDTH-1:0] _TECHMAP_CONSTVAL_B_ = 0;\n"
	       "  input [A_WIDTH-1:0] A;\n"
	       "  input [B_WIDTH-1:0] B;\n"
	       "  output [Y_WIDTH-1:0] Y;\n"
	       "  wire _TECHMAP_FAIL_ = !(&_TECHMAP_CONSTMSK_B_) || (^_TECHMAP_CONSTVAL_B_) !== "
	       "1'bx;\n"
	       "  assign Y = ^(A ^ A);\n"
	       "endmodule\n";
}
