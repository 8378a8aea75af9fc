/* Splits a line into words with a shell's quoting but none of its other syntax:
 * both kinds of quotes, a backslash within double quotes, `#` for a comment. No
 * variables and no globs, because rc files of strangers are read with this.
 */
#include "config.h"

#include "session/text/words.h"

#include <stdint.h>
#include <string.h>

#include "session/base/str.h"

/* True for the quote in "4'd9", a number of Verilog. */
static bool is_based(const char *text, size_t i)
{
	return i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9';
}

/* Reads one word from text[*i] on; false when a quote stays open. */
static bool take_word(const char *text, size_t len, size_t *i, struct str *word)
{
	char quote = '\0';

	for (; *i < len; (*i)++) {
		char c = text[*i];

		if (quote) {
			if (c == quote)
				quote = '\0';
			else if (quote == '"' && c == '\\' && *i + 1 < len)
				str_addc(word, text[++*i]);
			else
				str_addc(word, c);
		} else if (c == ' ' || c == '\t' || c == '\r') {
			break;
		} else if (c == '"' || (c == '\'' && !is_based(text, *i))) {
			quote = c;
		} else {
			str_addc(word, c);
		}
	}
	return quote == '\0';
}

bool words_first(const char *line, size_t len, size_t max, struct strv *words, size_t *end,
		 struct err *err)
{
	size_t i = 0;

	*end = 0;
	if (memchr(line, '\0', len))
		return err_set(err, ERR_PARSE, "the line holds a NUL");
	for (size_t n = 0;; n++) {
		struct str word = STR_INIT;

		*end = i;
		while (i < len && strchr(" \t\r", line[i]))
			i++;
		if (n == max || i == len || line[i] == '#')
			return true;
		if (!take_word(line, len, &i, &word)) {
			str_free(&word);
			return err_set(err, ERR_PARSE, "a quote is not closed");
		}
		strv_give(words, str_take(&word));
	}
}

bool words_split(const char *line, size_t len, struct strv *words, struct err *err)
{
	size_t end;

	if (len > WORDS_MAX_LINE)
		return err_set(err, ERR_LIMIT, "the line is longer than %u bytes", WORDS_MAX_LINE);
	return words_first(line, len, SIZE_MAX, words, &end, err);
}

void words_quote(const char *word, struct str *out)
{
	str_addc(out, '"');
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			str_addc(out, '\\');
		str_addc(out, *word);
	}
	str_addc(out, '"');
}
