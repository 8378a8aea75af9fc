/* Tokens of a shell text: words as written, operators, ends of lines. The body of
 * a here document is left out.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/word_table.h"
#include "session/manifest/shell_inner.h"

bool shell_unknown(const char *word)
{
	return strchr(word, SHELL_UNKNOWN) != NULL;
}

static bool opens(const char *text)
{
	return text[0] == '$' && (text[1] == '(' || text[1] == '{');
}

static size_t skip_single(const char *text, size_t i, size_t len)
{
	while (++i < len && text[i] != '\'')
		;
	return i + (i < len);
}

static size_t skip_double(const char *text, size_t i, size_t len)
{
	for (i++; i < len && text[i] != '"';) {
		if (text[i] == '\\')
			i += 2;
		else if (text[i] == '`' || opens(text + i))
			i = shell_skip(text, i, len);
		else
			i++;
	}
	return i < len ? i + 1 : len;
}

static size_t skip_back(const char *text, size_t i, size_t len)
{
	for (i++; i < len && text[i] != '`'; i++)
		i += text[i] == '\\';
	return i < len ? i + 1 : len;
}

/* text[i] is the bracket. Not recursive for brackets, which may be many. */
static size_t skip_bracket(const char *text, size_t i, size_t len)
{
	char open = text[i], close = open == '(' ? ')' : '}';
	int depth = 0;

	while (i < len) {
		char c = text[i];

		if (c == '\\') {
			i += 2;
		} else if (c == '\'') {
			i = skip_single(text, i, len);
		} else if (c == '"') {
			size_t end = i + 1;

			/* No look into `$(` here: that would be a recursion. */
			while (end < len && text[end] != '"')
				end += text[end] == '\\' ? 2 : 1;
			i = end + 1;
		} else {
			depth += c == open ? 1 : c == close ? -1 : 0;
			i++;
			if (depth == 0)
				return i;
		}
	}
	return len;
}

size_t shell_skip(const char *text, size_t i, size_t len)
{
	size_t end;

	switch (text[i]) {
	case '\'':
		end = skip_single(text, i, len);
		break;
	case '"':
		end = skip_double(text, i, len);
		break;
	case '`':
		end = skip_back(text, i, len);
		break;
	case '$':
		end = skip_bracket(text, i + 1, len);
		break;
	default:
		end = skip_bracket(text, i, len);
	}
	return end < len ? end : len;
}

size_t shell_assigned(const char *word)
{
	size_t n = 0;

	while (isalnum((unsigned char)word[n]) || word[n] == '_')
		n++;
	if (n == 0 || isdigit((unsigned char)word[0]))
		return 0;
	return word[n] == '=' || (word[n] == '+' && word[n + 1] == '=') ? n : 0;
}

/* True if text[from..i) is NAME= or NAME+=, so that a bracket opens an array. */
static bool before_array(const char *text, size_t from, size_t i)
{
	size_t n = shell_assigned(text + from);

	return n && from + n + 1 + (text[from + n] == '+') == i;
}

/* End of the word at text[i]. */
static size_t word_end(const char *text, size_t i, size_t len)
{
	size_t from = i;

	while (i < len) {
		char c = text[i];

		if (c == '\\')
			i += text[i + 1] == '\r' ? 3 : 2;
		else if (c == '\'' || c == '"' || c == '`' || opens(text + i) ||
			 (c == '(' && before_array(text, from, i)))
			i = shell_skip(text, i, len);
		else if (isspace((unsigned char)c) || strchr(";&|<>()", c))
			break;
		else
			i++;
	}
	return i < len ? i : len;
}

static struct shell_token *add(struct shell_tokens *t, const char *text, size_t len)
{
	MEM_ROOM(t->v, t->n, t->cap);
	t->v[t->n] = (struct shell_token){ .text = mem_strndup(text, len) };
	return &t->v[t->n++];
}

bool shell_keyword(const char *word)
{
	static const char *const words[] = { "if", "then", "else",  "elif",  "fi",
					     "do", "done", "while", "until", "esac",
					     "{",  "}",	   "!",	    "time",  NULL };

	return words_has(words, word);
}

/* Offset of the line after the here document that ends with the word. */
static size_t skip_document(const char *text, size_t i, size_t len, const char *word, int *line)
{
	size_t n = strlen(word), from = i;
	int first = *line;

	while (i < len) {
		size_t blanks = strspn(text + i, "\t"), whole = strcspn(text + i, "\n");
		bool last = strncmp(text + i + blanks, word, n) == 0 &&
			    strchr("\r\n", text[i + blanks + n]);

		i += whole + 1;
		++*line;
		if (last)
			return i < len ? i : len;
	}
	*line = first; /* no document: `((mask = 1 << n))` */
	return from;
}

/* The word that ends a here document, without quotes. */
static void note_document(struct str *end, const char *raw)
{
	str_clear(end);
	for (raw += raw[0] == '-'; *raw; raw++)
		if (!strchr("'\"\\", *raw))
			str_addc(end, *raw);
}

void shell_lex(struct shell_tokens *t, const char *text, size_t len, int line)
{
	struct str document = STR_INIT;
	bool first = true, target = false, here = false;

	for (size_t i = 0; i < len && text[i] && t->n < SHELL_MAX_TOKENS;) {
		size_t from = i;
		struct shell_token *k;

		if (text[i] == '\\' && (text[i + 1] == '\n' || text[i + 1] == '\r')) {
			i += text[i + 1] == '\r' && text[i + 2] == '\n' ? 3 : 2;
			line++;
		} else if (text[i] == '\n') {
			k = add(t, "\n", 1);
			k->op = true;
			k->line = line++;
			i++;
			if (document.len)
				i = skip_document(text, i, len, str_cstr(&document), &line);
			str_clear(&document);
			first = true;
			target = here = false;
		} else if (isspace((unsigned char)text[i])) {
			i++;
		} else if (text[i] == '#') {
			i += strcspn(text + i, "\n");
		} else if (strchr(";&|<>()", text[i])) {
			here = text[i] == '<' && text[i + 1] == '<';
			i += 1 + (text[i + 1] == text[i] && strchr("<>&|;", text[i]));
			k = add(t, text + from, i - from);
			k->op = true;
			k->line = line;
			target = strchr("<>", text[from]) != NULL;
			first = first || !target;
		} else {
			i = word_end(text, i, len);
			k = add(t, text + from, i - from);
			k->line = line;
			k->first = first && !target;
			if (here)
				note_document(&document, k->text);
			if (!target)
				first = k->first && shell_keyword(k->text);
			target = here = false;
			for (size_t c = from; c < i; c++)
				line += text[c] == '\n';
		}
	}
	str_free(&document);
}

void shell_tokens_fini(struct shell_tokens *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->v[i].text);
	free(t->v);
	*t = (struct shell_tokens){ 0 };
}
