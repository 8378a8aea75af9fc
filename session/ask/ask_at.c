#include "config.h"

#include "session/ask/ask_at.h"

#include <ctype.h>
#include <string.h>

#include "session/base/str.h"

#define ENDS " \t\n,;()'\""

/* An @ at s + at begins a word. */
static bool begins(const char *s, size_t at)
{
	return at == 0 || isspace((unsigned char)s[at - 1]) || s[at - 1] == '(';
}

/* Adds the word at s, which an @ precedes. Returns its length with quotes. */
static size_t read_word(const char *s, struct str *word)
{
	size_t quoted = s[0] == '"' ? strcspn(s + 1, "\"\n") + 2 : 0, n;

	if (quoted == 2 || (quoted && s[quoted - 1] != '"'))
		return 0;
	if (quoted)
		str_add(word, s + 1, quoted - 2);
	n = quoted && s[quoted] != ':' ? 0 : strcspn(s + quoted, ENDS);
	while (n && strchr(".:?!", s[quoted + n - 1]))
		n--;
	str_add(word, s + quoted, n);
	return quoted + n;
}

bool ask_at_words(const char *question, bool (*fn)(void *ctx, const char *word, struct err *err),
		  void *ctx, struct err *err)
{
	struct str word = STR_INIT;
	bool ok = true;

	for (const char *p = question; ok && (p = strchr(p, '@')); p++) {
		size_t n = 0;

		str_clear(&word);
		if (p[1] != '*' && begins(question, (size_t)(p - question)))
			n = read_word(p + 1, &word);
		ok = n == 0 || fn(ctx, str_cstr(&word), err);
		p += n;
	}
	str_free(&word);
	return ok;
}

size_t ask_at_before(const char *s, size_t len)
{
	for (size_t i = len; i-- > 0 && s[i] != '\n';) {
		bool quoted = s[i + 1] == '"' && i + 1 < len;
		size_t from = i + 1 + quoted;

		if (s[i] == '@' && begins(s, i))
			return from + strcspn(s + from, quoted ? "\"\n" : ENDS) >= len ? i : len;
	}
	return len;
}

bool ask_at_needs_quotes(const char *path)
{
	return strpbrk(path, ENDS) != NULL;
}
