/* File lists: options and files of a tool, spread over lines.
 *
 * There is no specification; this is what Verilator (its manual under -f), Icarus
 * (iverilog(1), COMMAND FILES) and the commercial tools agree on: words are
 * separated by blanks, quotes keep blanks, and `//`, `#` or a slash with a star
 * at the start of a word starts a comment.
 *
 * A list may have any name, which a Makefile or a person gives to the tool. One found
 * by a name such as sources.txt is read only if each word in it is an option or the
 * name of a Verilog file, since texts of that name are usually something else.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/word_table.h"
#include "session/manifest/manifest_inner.h"

#define MAX_WORDS 100000u

struct words {
	struct strv v;
	int *lines;
	size_t cap;
};

/* Returns the offset after a comment at text[i], or i if there is none. */
static size_t comment(const char *text, size_t len, size_t i, int *line)
{
	if (text[i] == '#' || (i + 1 < len && text[i] == '/' && text[i + 1] == '/')) {
		while (i < len && text[i] != '\n')
			i++;
	} else if (i + 1 < len && text[i] == '/' && text[i + 1] == '*') {
		for (i += 2; i < len && !(text[i] == '*' && i + 1 < len && text[i + 1] == '/'); i++)
			*line += text[i] == '\n';
		i = i < len ? i + 2 : len;
	}
	return i;
}

/* Reads one word from text[i] on, without its quotes. */
static size_t word(const char *text, size_t len, size_t i, struct str *out)
{
	char quote = '\0';

	for (; i < len; i++) {
		char c = text[i];

		if (c == '\n' || (!quote && isspace((unsigned char)c)))
			break;
		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? '\0' : c;
		else if (c == '\\' && i + 1 < len && strchr(" \t\"'$", text[i + 1]))
			str_addc(out, text[++i]);
		else if (c == '\\' && (i + 1 == len || text[i + 1] == '\n' || text[i + 1] == '\r'))
			break; /* continued on the next line */
		else
			str_addc(out, c);
	}
	return i;
}

static void split(struct words *w, const char *text, size_t len)
{
	struct str one = STR_INIT;
	int line = 1;

	for (size_t i = 0; i < len && w->v.n < MAX_WORDS;) {
		size_t after = comment(text, len, i, &line);

		if (after > i) {
			i = after;
			continue;
		}
		line += text[i] == '\n';
		if (isspace((unsigned char)text[i]) || text[i] == '\\') {
			i++;
			continue;
		}
		i = word(text, len, i, &one);
		MEM_ROOM(w->lines, w->v.n, w->cap);
		w->lines[w->v.n] = line;
		strv_add(&w->v, str_cstr(&one));
		str_clear(&one);
	}
	str_free(&one);
}

/* Lists of the `listfiles` script put a word before each name; as an option of a tool
 * that is a source, -F or -I. */
static void drop_commands(struct words *w)
{
	static const struct {
		const char *word, *option;
	} commands[] = { { "file", NULL }, { "list", "-F" }, { "include", "-I" } };
	size_t kept = 0;

	for (size_t i = 0; i < w->v.n; i++) {
		const char *word = w->v.v[i];
		size_t c = 0, n = sizeof(commands) / sizeof(*commands);

		while (c < n && strcmp(commands[c].word, word) != 0)
			c++;
		if (c == n || i + 1 == w->v.n || w->lines[i + 1] != w->lines[i]) {
			w->lines[kept] = w->lines[i];
			w->v.v[kept++] = w->v.v[i];
			continue;
		}
		free(w->v.v[i]);
		if (!commands[c].option)
			continue;
		w->lines[kept] = w->lines[i];
		w->v.v[kept++] = mem_strdup(commands[c].option);
	}
	w->v.n = kept;
	if (w->v.v)
		w->v.v[kept] = NULL;
}

bool manifest_read_list(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct words w = { .v = STRV_INIT };

	split(&w, text, len);
	drop_commands(&w);
	reading_args(r, w.v.v, w.lines, w.v.n);
	if (w.v.n == MAX_WORDS)
		reading_note(r, "only the first %u words are read", MAX_WORDS);
	strv_free(&w.v);
	free(w.lines);
	return true;
}

static bool is_value(const char *option)
{
	static const char *const takes[] = { "-f", "-F",      "-v",   "-y", "-I",
					     "-D", "-incdir", "-top", NULL };

	return words_has(takes, option);
}

bool manifest_read_text(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct words w = { .v = STRV_INIT };
	size_t sources = 0;
	bool fits = true;

	split(&w, text, len);
	for (size_t i = 0; fits && i < w.v.n; i++) {
		bool source = reading_is_hdl(w.v.v[i]);

		fits = source || strchr("-+", w.v.v[i][0]) || (i && is_value(w.v.v[i - 1]));
		sources += source;
	}
	if (fits && sources)
		reading_args(r, w.v.v, w.lines, w.v.n);
	strv_free(&w.v);
	free(w.lines);
	return true;
}
