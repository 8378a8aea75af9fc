#include "config.h"

#include "backends/cookbook_syntax.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool has(const char *text, size_t n, const char *what)
{
	return memmem(text, n, what, strlen(what)) != NULL;
}

/* The source line: what is indented behind the first line. */
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

/* "'define W 4": an apostrophe where a backquote must stand. */
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

/* "sub u1 (", "sub #(4) u1 (": the parser sees a name behind a name. */
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

const char *cookbook_syntax_card(const char *message, size_t n)
{
	size_t len;
	const char *line = source(message, n, &len);

	if (apostrophe(line, len) && has(message, n, " error "))
		return "SYNTAX-apostrophe";
	if (!has(message, n, "syntax error"))
		return NULL;
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
