/* A line in at most CLAIM_TOKENS words, numbers and marks, and what single ones can mean. */
#include "config.h"

#include "session/output/claim_inner.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static size_t add_word(struct token *t, const char *s, size_t len)
{
	size_t n = 0;

	t->kind = WORD;
	t->upper = true;
	while (n < len && (isalnum((unsigned char)s[n]) || s[n] == '_')) {
		if (islower((unsigned char)s[n]))
			t->upper = false;
		if (n < CLAIM_WORD)
			t->word[n] = (char)tolower((unsigned char)s[n]);
		n++;
	}
	return n;
}

/* Length of "0x1f" or "32'h1f", and its value; 0 if it is none. */
static size_t based_number(const char *s, size_t len, uint64_t *v)
{
	size_t n = 0, from;
	char letter;
	unsigned base;

	while (n < len && isdigit((unsigned char)s[n]))
		n++;
	n += n < len && s[n] == '\'';
	letter = n < len ? (char)tolower((unsigned char)s[n]) : 0;
	if (letter == 'x' ? n != 1 || s[0] != '0' : s[n - 1] != '\'')
		return 0;
	base = letter == 'x' || letter == 'h' ? 16 : letter == 'd' ? 10 : letter == 'b' ? 2 : 0;
	for (from = ++n, *v = 0; base && n < len && isxdigit((unsigned char)s[n]); n++) {
		unsigned char c = (unsigned char)tolower((unsigned char)s[n]);
		unsigned digit = c < 'a' ? c - (unsigned)'0' : c - (unsigned)'a' + 10;

		if (digit >= base)
			return 0;
		*v = *v > UINT64_MAX / 32 ? *v : *v * base + digit;
	}
	return base && n > from && (n == len || !(isalnum((unsigned char)s[n]) || s[n] == '_')) ? n
												: 0;
}

/* Length of the ending of "error(s)" and "mismatch(es)", which becomes part of the word; 0:
 * there is none. */
static size_t add_plural(struct token *t, const char *s, size_t len)
{
	size_t n = len > 2 && strncasecmp(s, "(s)", 3) == 0    ? 3
		   : len > 3 && strncasecmp(s, "(es)", 4) == 0 ? 4
							       : 0;
	size_t at = strlen(t->word);

	for (size_t i = 1; i + 1 < n && at < CLAIM_WORD; i++)
		t->word[at++] = (char)tolower((unsigned char)s[i]);
	return n;
}

/* "12" and "0x0" are numbers; "12ns" and "0x" are words, "1.5" is a mark. */
static size_t add_number(struct token *t, const char *s, size_t len)
{
	size_t n = 0;
	uint64_t v = 0;

	if ((n = based_number(s, len, &t->n)) > 0) {
		t->kind = NUMBER;
		return n;
	}
	for (; n < len && isdigit((unsigned char)s[n]); n++)
		v = v > (UINT64_MAX - 9) / 10 ? UINT64_MAX - 9 : v * 10 + (uint64_t)(s[n] - '0');
	if (n < len && (isalpha((unsigned char)s[n]) || s[n] == '_' || s[n] == '\'')) {
		while (n < len && (isalnum((unsigned char)s[n]) || s[n] == '_' || s[n] == '\''))
			n++;
		t->kind = WORD;
		return n;
	}
	if (n + 1 < len && s[n] == '.' && isdigit((unsigned char)s[n + 1])) {
		for (n++; n < len && isdigit((unsigned char)s[n]); n++)
			;
		t->kind = MARK;
		return n;
	}
	t->kind = NUMBER;
	t->n = v;
	return n;
}

void claim_tokenise(struct tokens *t, const char *s, size_t len)
{
	memset(t, 0, sizeof(*t));
	t->v = t->all + 4;
	for (bool glued = false; len && t->n < CLAIM_TOKENS;) {
		struct token *new = &t->v[t->n];
		size_t n = 1;

		new->glued = glued;
		glued = !isspace((unsigned char)*s);

		if (*s == '\033' && len > 1 && s[1] == '[') { /* a colour sequence */
			for (n = 2; n < len && s[n] >= 0x20 && s[n] < 0x40; n++)
				;
			n += n < len;
		} else if (isdigit((unsigned char)*s)) {
			n = add_number(new, s, len);
			t->n++;
		} else if (isalpha((unsigned char)*s) || *s == '_') {
			n = add_word(new, s, len);
			n += add_plural(new, s + n, len - n);
			t->n++;
		} else if (ispunct((unsigned char)*s)) {
			while (n < len && s[n] == *s)
				n++;
			new->kind = MARK;
			new->mark = n < 3 ? *s : '*'; /* "=====" is a frame around words */
			t->n++;
		}
		s += n;
		len -= n;
	}
}

bool token_is_noun(const struct token *t)
{
	static const char *const nouns[] = { "test",	  "tests",	"check",      "checks",
					     "case",	  "cases",	"testcase",   "testcases",
					     "vector",	  "vectors",	"sample",     "samples",
					     "assertion", "assertions", "comparison", "comparisons",
					     "pattern",	  "patterns",	"output",     "outputs",
					     NULL };

	return is_one(t, nouns);
}

bool token_is_plural(const struct token *t)
{
	return token_is_noun(t) && t->word[strlen(t->word) - 1] == 's';
}

enum status token_status(const struct token *t)
{
	static const char *const good[] = { "pass", "passed",	 "passes",     "passing",
					    "ok",   "succeeded", "successful", NULL };
	static const char *const bad[] = { "fail",     "failed",     "fails",	   "failing",
					   "failure",  "failures",   "error",	   "errors",
					   "mismatch", "mismatches", "mismatched", "incorrect",
					   "wrong",    NULL };

	if (t->kind != WORD)
		return NOT_STATUS;
	/* "3 bad", but not "3 bad blocks" */
	if (is_word(t, "bad"))
		return t[1].kind == END || t[1].kind == MARK || t[1].kind == NUMBER ? FAILED
										    : NOT_STATUS;
	/* the summary of UVM, "UVM_ERROR :    0" */
	if (is_word(t, "uvm_error") || is_word(t, "uvm_fatal"))
		return is_mark(t + 1, ":") && t[2].kind == NUMBER ? FAILED : NOT_STATUS;
	return words_has(good, t->word) ? PASSED : words_has(bad, t->word) ? FAILED : NOT_STATUS;
}

/* "25 out of 25 vectors matched the model": what may be right without a verdict's word. */
bool token_is_right(const struct token *t)
{
	static const char *const words[] = { "match",  "matched", "matching", "matches", "agree",
					     "agreed", "correct", "right",    "good",	 NULL };

	return is_one(t, words);
}
bool token_opens(const struct token *t)
{
	while ((t - 1)->kind == MARK)
		t--;
	/* "[5000] Error: ..." as well */
	return t[-1].kind == END ||
	       (t[-1].kind == NUMBER && t[-2].kind != WORD && t[-3].kind == END);
}
