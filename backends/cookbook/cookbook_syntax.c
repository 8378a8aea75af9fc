/* A syntax error says where the parser gave up, seldom what is wrong: a missing `end`
 * is reported at `endmodule`, `if (a = b)` as an unexpected `=`. This file maps a
 * Verilator message to the card that explains the likely cause, from certain to vague:
 * what the message itself says (slip), what the source line shows (by_line), what the
 * parser expected (by_words), and last the keywords that end a block. The order
 * matters: a line such as `elseif (x)` also matches weaker rules. NULL means that no
 * card would help.
 */
#include "config.h"

#include "backends/cookbook/cookbook_syntax.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool has(const char *text, size_t n, const char *what)
{
	return memmem(text, n, what, strlen(what)) != NULL;
}

/* The source line in a message: the indented line after the first one. */
static const char *source(const char *message, size_t n, size_t *len)
{
	const char *end = message + n, *line = memchr(message, '\n', n);

	line = line ? line + 1 : end;
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	*len = strcspn(line, "\n");
	*len = *len < (size_t)(end - line) ? *len : (size_t)(end - line);
	return line;
}

/* "'define W 4": an apostrophe instead of a backquote. */
static bool apostrophe(const char *line, size_t len)
{
	static const char *const directives[] = { "define", "include", "timescale",
						  "ifdef",  "ifndef",  "else",
						  "endif",  "undef",   "default_nettype",
						  "elsif",  "resetall" };

	for (size_t i = 0;
	     len > 1 && line[0] == '\'' && i < sizeof(directives) / sizeof(*directives); i++) {
		size_t n = strlen(directives[i]);

		if (len > n && strncmp(line + 1, directives[i], n) == 0 &&
		    (len == n + 1 || !isalnum((unsigned char)line[n + 1])))
			return true;
	}
	return false;
}

static size_t word(const char *line, size_t len, size_t at)
{
	size_t n = 0;

	while (at + n < len && (isalnum((unsigned char)line[at + n]) || line[at + n] == '_'))
		n++;
	return n;
}

static size_t blanks(const char *line, size_t len, size_t at)
{
	while (at < len && (line[at] == ' ' || line[at] == '\t'))
		at++;
	return at;
}

/* Matches "sub u1 (", "sub #(4) u1 (", where the parser reports a name after a name. */
static bool instance(const char *line, size_t len)
{
	size_t at = word(line, len, 0), name;

	if (at == 0 || isdigit((unsigned char)line[0]))
		return false;
	at = blanks(line, len, at);
	if (at < len && line[at] == '#')
		return true;
	name = word(line, len, at);
	at = blanks(line, len, at + name);
	return name && at < len && line[at] == '(';
}

static bool begins(const char *line, size_t len, const char *what)
{
	size_t n = strlen(what);

	return len > n && strncmp(line, what, n) == 0 && word(line, len, 0) <= n;
}

/* True if the line opens more parentheses than it closes. */
static bool open_parens(const char *line, size_t len)
{
	int open = 0;

	for (size_t i = 0; i < len; i++) {
		if (line[i] == '/' && i + 1 < len && line[i + 1] == '/')
			break;
		open += (line[i] == '(') - (line[i] == ')');
	}
	return open > 0;
}

/* Matches "if (a = b)" unless a comparison precedes the "=". */
static bool assigns_in_condition(const char *line, size_t len)
{
	const char *condition = memmem(line, len, "if", 2), *equals;

	if (!condition)
		condition = memmem(line, len, "while", 5);
	if (!condition || !(equals = memchr(condition, '=', len - (size_t)(condition - line))))
		return false;
	return equals + 1 < line + len && equals[1] != '=' && !strchr("<>!=", equals[-1]) &&
	       open_parens(condition, (size_t)(equals - condition));
}

/* Matches "always (posedge clk)". */
static bool lacks_at(const char *line, size_t len)
{
	size_t at = word(line, len, 0);

	return len > 6 && strncmp(line, "always", 6) == 0 && (at = blanks(line, len, at)) < len &&
	       line[at] == '(';
}

/* Matches "part (.a(a))". */
static bool nameless(const char *line, size_t len)
{
	size_t at = word(line, len, 0);

	at = at ? blanks(line, len, at) : len;
	return at < len && line[at] == '(';
}

/* Messages that are not "syntax error" but come from typing mistakes as well. */
static const char *slip(const char *message, size_t n)
{
	if (has(message, n, "which is no character of Verilog"))
		return "SYNTAX-character";
	if (has(message, n, "Can't find definition of variable") ||
	    has(message, n, "Can't find definition of signal"))
		return "ERROR-undeclared";
	if (has(message, n, "Illegal character in"))
		return "ERROR-digit";
	if (has(message, n, "is not an unpacked array, but is in an unpacked array context"))
		return "ERROR-unpacked";
	return NULL;
}

/* Clues in the source line, regardless of where the parser stopped. */
static const char *by_line(const char *message, size_t n, const char *line, size_t len)
{
	if (begins(line, len, "elseif") || begins(line, len, "elsif") || begins(line, len, "elif"))
		return "SYNTAX-elseif";
	if (lacks_at(line, len))
		return "SYNTAX-at";
	if (has(message, n, "unexpected '='") && assigns_in_condition(line, len))
		return "SYNTAX-equals";
	if (has(message, n, "unexpected ';'") && open_parens(line, len))
		return "SYNTAX-paren";
	if (has(message, n, "unexpected '('") && nameless(line, len))
		return "SYNTAX-unnamed";
	return NULL;
}

/* Clues in the parser's message. */
static const char *by_words(const char *message, size_t n)
{
	if (has(message, n, "expecting ',' or '}'"))
		return "SYNTAX-braces";
	if (has(message, n, "expecting ')'") &&
	    (has(message, n, "unexpected input") || has(message, n, "unexpected output") ||
	     has(message, n, "unexpected inout")))
		return "SYNTAX-comma";
	if (has(message, n, "unexpected and,") || has(message, n, "unexpected or,") ||
	    has(message, n, "unexpected not,") || has(message, n, "unexpected xor,"))
		return "SYNTAX-words";
	if (has(message, n, "unexpected <=") || has(message, n, "unexpected '='"))
		return has(message, n, "expecting IDENTIFIER") ? "SYNTAX-begin" : NULL;
	return NULL;
}

const char *cookbook_syntax_card(const char *message, size_t n)
{
	size_t len;
	const char *line = source(message, n, &len);

	if (apostrophe(line, len) && has(message, n, " error "))
		return "SYNTAX-apostrophe";
	if (slip(message, n))
		return slip(message, n);
	if (!has(message, n, "syntax error"))
		return NULL;
	if (by_line(message, n, line, len))
		return by_line(message, n, line, len);
	if (by_words(message, n))
		return by_words(message, n);
	if (has(message, n, "unexpected endmodule") || has(message, n, "unexpected end of file") ||
	    has(message, n, "unexpected else") || has(message, n, "expecting endcase") ||
	    has(message, n, "unexpected always") || has(message, n, "unexpected endcase") ||
	    has(message, n, "unexpected assign"))
		return "SYNTAX-end";
	if (instance(line, len) &&
	    (has(message, n, "unexpected IDENTIFIER") || has(message, n, "unexpected '#'") ||
	     has(message, n, "unexpected '('")))
		return "SYNTAX-instance";
	return NULL;
}
