/* Splits a Python script into tokens and matches its brackets.
 *
 * As in Python, a line ends at its line break unless a bracket is open or a
 * backslash precedes it, so that later steps see whole statements. Indentation is
 * dropped: which statements belong to a branch or a loop does not matter here.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/python_value.h"

bool python_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static void add_token(struct python *p, struct python_token t)
{
	MEM_PUSH(p->v, p->n, p->cap, t);
}

/* Reads the string whose quote is at s[i]; returns one past it. */
static size_t text_token(const char *s, size_t len, size_t i, struct python_token *t)
{
	size_t q = len - i > 2 && s[i + 1] == s[i] && s[i + 2] == s[i] ? 3 : 1, from = i + q;

	t->kind = PYTHON_TEXT;
	t->at = s + from;
	for (i = from; i < len; i++) {
		if (s[i] == '\\') {
			i++;
		} else if (q == 1 && s[i] == '\n') {
			break;
		} else if (s[i] == s[from - 1] &&
			   (q == 1 || (len - i > 2 && s[i + 1] == s[i] && s[i + 2] == s[i]))) {
			t->len = i - from;
			return i + q;
		}
	}
	i = i < len ? i : len;
	t->len = i - from;
	return i;
}

static size_t word_token(const char *s, size_t len, size_t i, struct python_token *t)
{
	size_t n = i;

	while (n < len && python_name_char(s[n]))
		n++;
	if (n < len && (s[n] == '"' || s[n] == '\'') && n - i <= 2) {
		for (size_t k = i; k < n; k++) {
			t->formatted = t->formatted || s[k] == 'f' || s[k] == 'F';
			t->raw = t->raw || s[k] == 'r' || s[k] == 'R';
		}
		return text_token(s, len, n, t);
	}
	t->kind = isdigit((unsigned char)s[i]) ? PYTHON_NUMBER : PYTHON_NAME;
	t->len = n - i;
	return n;
}

int python_bracket(const struct python *p, size_t i)
{
	if (p->v[i].kind != PYTHON_MARK)
		return 0;
	return strchr("([{", *p->v[i].at) ? 1 : strchr(")]}", *p->v[i].at) ? -1 : 0;
}

/* Matches brackets; an unclosed one extends to the end. */
static void match(struct python *p)
{
	size_t *open = mem_calloc(p->n, sizeof(*open)), n = 0;

	for (size_t i = 0; i < p->n; i++) {
		if (python_bracket(p, i) > 0) {
			p->v[i].after = p->n;
			open[n++] = i;
		} else if (python_bracket(p, i) < 0 && n > 0) {
			p->v[open[--n]].after = i + 1;
		}
	}
	free(open);
}

void python_read(struct python *p, const char *s, size_t len, const char *file)
{
	int deep = 0, line = 1;

	*p = (struct python){ .file = file };
	for (size_t i = 0; i < len && p->n < PYTHON_MAX_TOKENS;) {
		struct python_token t = { PYTHON_MARK, s + i, 1, false, false, line, 0 };
		size_t from = i;

		if (s[i] == '#') {
			while (i < len && s[i] != '\n')
				i++;
			continue;
		}
		if (s[i] == '\\' && i + 1 < len && (s[i + 1] == '\n' || s[i + 1] == '\r')) {
			i += 2 + (s[i + 1] == '\r' && i + 2 < len && s[i + 2] == '\n');
			line++;
			continue;
		}
		if (s[i] == '\n' || s[i] == ';') {
			line += s[i++] == '\n';
			t.kind = PYTHON_LINE;
			if (deep <= 0)
				add_token(p, t);
			continue;
		}
		if (isspace((unsigned char)s[i])) {
			i++;
			continue;
		}
		if (python_name_char(s[i]))
			i = word_token(s, len, i, &t);
		else if (s[i] == '"' || s[i] == '\'')
			i = text_token(s, len, i, &t);
		else
			i++;
		for (size_t k = from; k < i; k++)
			line += s[k] == '\n';
		deep += t.kind == PYTHON_MARK && strchr("([{", *t.at) != NULL;
		deep -= t.kind == PYTHON_MARK && strchr(")]}", *t.at) != NULL;
		add_token(p, t);
	}
	add_token(p, (struct python_token){ PYTHON_LINE, s + len, 0, false, false, line, 0 });
	match(p);
}

bool python_is(const struct python *p, size_t i, const char *word)
{
	return i < p->n && (p->v[i].kind == PYTHON_MARK || p->v[i].kind == PYTHON_NAME) &&
	       p->v[i].len == strlen(word) && memcmp(p->v[i].at, word, p->v[i].len) == 0;
}

size_t python_skip(const struct python *p, size_t i)
{
	return i >= p->n ? p->n : p->v[i].after ? p->v[i].after : i + 1;
}

size_t python_end(const struct python *p, size_t i)
{
	for (; i < p->n; i++) {
		if (p->v[i].kind == PYTHON_LINE || python_bracket(p, i) < 0 ||
		    python_is(p, i, ",") || python_is(p, i, ":") || python_is(p, i, "=") ||
		    python_is(p, i, "for"))
			return i;
		if (python_bracket(p, i) > 0)
			i = python_skip(p, i) - 1;
	}
	return p->n;
}
