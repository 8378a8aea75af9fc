/* Few words announce a name: "module", "called", "named". After "called" and "named"
 * any word but a stop word is a name. After "module" most words are not ("a module
 * implementing an adder"), so there it must be quoted, look like an identifier, or be
 * followed by punctuation or a word such as "with".
 */
#include "config.h"

#include "backends/cookbook/cookbook_name.h"

#include <ctype.h>
#include <string.h>

#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/text/slice.h"

static size_t name_length(const char *p)
{
	size_t n = 0;

	if (isdigit((unsigned char)*p) || *p == '$')
		return 0;
	while (slice_word_char(p[n]))
		n++;
	return n;
}

/* Words after "module" or "called" that are not names. */
static bool is_stopword(const char *word, size_t n)
{
	static const char *const words[] = {
		"a",	 "an",	  "and",   "as",     "at",	    "be",     "by",	"can",
		"code",	 "each",  "every", "file",   "files",	    "for",    "from",	"has",
		"have",	 "i",	  "if",	   "in",     "instance",    "into",   "is",	"it",
		"its",	 "just",  "must",  "name",   "named",	    "not",    "of",	"on",
		"once",	 "only",  "or",	   "please", "should",	    "so",     "test",	"testbench",
		"that",	 "the",	  "then",  "this",   "to",	    "using",  "via",	"we",
		"when",	 "where", "which", "while",  "whose",	    "will",   "with",	"without",
		"would", "you",	  "your",  "called", "description", "design", "header", "interface",
		NULL,
	};

	return words_has_nocase(words, word, n);
}

/* True if the text after a name fits "module NAME with ...". */
static bool goes_on(const char *p)
{
	static const char *const words[] = {
		"with", "that", "which", "has", "whose", "having", NULL
	};
	size_t blanks = strspn(p, " \t"), n;

	if (!p[blanks] || (!slice_word_char(p[blanks]) && p[blanks] != '-'))
		return true;
	n = name_length(p + blanks);
	return n && words_has_nocase(words, p + blanks, n);
}

static bool looks_like_identifier(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] == '_' || isdigit((unsigned char)word[i]) ||
		    (i && isupper((unsigned char)word[i]) && islower((unsigned char)word[i - 1])))
			return true;
	return false;
}

/* Parses the name after "module", "called" or "named", which ends at `from`. */
static bool name_behind(const char *request, size_t from, bool module, struct cookbook_name *name)
{
	const char *p = request + from;
	bool quoted;

	p += strspn(p, " \t:");
	quoted = *p == '`' || *p == '"' || *p == '\'';
	p += quoted;
	name->at = (size_t)(p - request);
	name->len = name_length(p);
	name->end = name->at + name->len + quoted;
	if (!name->len || (quoted && p[name->len] != p[-1]))
		return false;
	if (quoted)
		return true;
	if (is_stopword(p, name->len))
		return false;
	return !module || looks_like_identifier(p, name->len) || goes_on(p + name->len);
}

bool cookbook_name(const char *request, struct cookbook_name *name)
{
	static const char *const naming[] = { "called", "named", NULL };
	static const char *const modules[] = { "module", NULL };

	for (const char *p = request; *p;) {
		size_t n = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
		bool module = words_has_nocase(modules, p, n);

		name->from = (size_t)(p - request);
		if (n && !slice_word_char(p[n]) && (module || words_has_nocase(naming, p, n)) &&
		    name_behind(request, name->from + n, module, name))
			return true;
		p += n ? n : 1;
		while (n && slice_word_char(*p))
			p++;
	}
	return false;
}

/* The next word of code at or after p, skipping comments; *n: its length, 0 at the end. */
static const char *next_word(const char *p, size_t *n)
{
	while (*p) {
		if (p[0] == '/' && p[1] == '/') {
			p += strcspn(p, "\n");
		} else if (slice_word_char(*p)) {
			for (*n = 0; slice_word_char(p[*n]);)
				++*n;
			return p;
		} else {
			p++;
		}
	}
	*n = 0;
	return p;
}

bool cookbook_uses(const char *text, const char *name)
{
	size_t n, len = strlen(name);

	for (const char *p = next_word(text, &n); n; p = next_word(p + n, &n))
		if (n == len && memcmp(p, name, n) == 0)
			return true;
	return false;
}

void cookbook_rename(const char *text, const char *name, const char *to, struct str *out)
{
	size_t n, len = strlen(name);

	for (const char *p = next_word(text, &n); n; p = next_word(text, &n)) {
		bool named = n >= len && memcmp(p, name, len) == 0 &&
			     (n == len || (n == len + 3 && memcmp(p + len, "_tb", 3) == 0));

		str_add(out, text, (size_t)(p - text));
		if (named)
			str_addf(out, "%s%s", to, n == len ? "" : "_tb");
		else
			str_add(out, p, n);
		text = p + n;
	}
	str_adds(out, text);
}
