/* A line is split into at most TOKENS words, numbers and marks. What a number
 * counts is determined by the words after it, else by those before it:
 *
 *     41 tests passed      a status word follows, after a noun
 *     Mismatches: 0 in 128 one precedes, before ":" or "is"; 128 is the total,
 *                          joined by in, of, out of or "/"
 *     test 3 passed        a singular noun directly before it: a name, no count
 *
 * Single words only decide if no number counts.
 */
#include "config.h"

#include "session/output/claim.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "session/base/word_table.h"

#define TOKENS	  64
#define WORD_MAX  15
#define COUNT_MAX 1000000000u

enum token_kind { END, WORD, NUMBER, MARK };

struct token {
	enum token_kind kind;
	char mark;
	char word[WORD_MAX + 1]; /* lower case, truncated */
	bool upper;		 /* was all upper case */
	bool counts;		 /* a number that was understood */
	bool part;		 /* a number that says which one of several it was */
	bool glued;		 /* no blank before it */
	uint64_t n;
};

/* Padded with END tokens on both sides, so that neighbours can be accessed
 * without bounds checks. */
struct tokens {
	struct token all[TOKENS + 8];
	struct token *v;
	int n;
};

enum status { NOT_STATUS, PASSED, FAILED };

static size_t add_word(struct token *t, const char *s, size_t len)
{
	size_t n = 0;

	t->kind = WORD;
	t->upper = true;
	while (n < len && (isalnum((unsigned char)s[n]) || s[n] == '_')) {
		if (islower((unsigned char)s[n]))
			t->upper = false;
		if (n < WORD_MAX)
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

	for (size_t i = 1; i + 1 < n && at < WORD_MAX; i++)
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

static void tokenise(struct tokens *t, const char *s, size_t len)
{
	memset(t, 0, sizeof(*t));
	t->v = t->all + 4;
	for (bool glued = false; len && t->n < TOKENS;) {
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

static bool is_mark(const struct token *t, const char *marks)
{
	return t->kind == MARK && t->mark && strchr(marks, t->mark);
}

static bool is_word(const struct token *t, const char *word)
{
	return t->kind == WORD && t->word[0] == word[0] && strcmp(t->word, word) == 0;
}

static bool is_one(const struct token *t, const char *const *words)
{
	return t->kind == WORD && words_has(words, t->word);
}

static bool is_noun(const struct token *t)
{
	static const char *const nouns[] = { "test",	  "tests",	"check",      "checks",
					     "case",	  "cases",	"testcase",   "testcases",
					     "vector",	  "vectors",	"sample",     "samples",
					     "assertion", "assertions", "comparison", "comparisons",
					     "pattern",	  "patterns",	"output",     "outputs",
					     NULL };

	return is_one(t, nouns);
}

static bool is_plural(const struct token *t)
{
	return is_noun(t) && t->word[strlen(t->word) - 1] == 's';
}

static enum status status_of(const struct token *t)
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
	return words_has(good, t->word) ? PASSED : words_has(bad, t->word) ? FAILED : NOT_STATUS;
}

/* "25 out of 25 vectors matched the model": what may be right without a verdict's word. */
static bool is_right(const struct token *t)
{
	static const char *const words[] = { "match",  "matched", "matching", "matches", "agree",
					     "agreed", "correct", "right",    "good",	 NULL };

	return is_one(t, words);
}

/* The total after the number at t, 128 in "in 128", "of 128", "(of 128)", "out of
 * 128", "/ 128"; NULL if there is none. "12 tests ok of 16": of may stand behind what is
 * counted, but "passed in 16" is a time. */
static struct token *whole(struct token *t)
{
	bool words = false;

	for (; is_noun(t + 1) || status_of(t + 1) != NOT_STATUS || is_right(t + 1); t++)
		words = true;
	if (is_mark(t + 1, "(") && is_word(t + 2, "of"))
		t++;
	if (is_word(t + 1, "out") && is_word(t + 2, "of"))
		t++;
	if (is_mark(t + 1, "/")) {
		/* "12 passed / 16", but not "12 passed / 4 skipped" */
		return t[2].kind == NUMBER && (!words || is_noun(t + 3) || t[3].kind == END ||
					       is_mark(t + 3, ")]|,."))
			       ? t + 2
			       : NULL;
	}
	if (!is_word(t + 1, "of") && (words || !is_word(t + 1, "in")))
		return NULL;
	if (is_mark(t + 2, ":=") || is_word(t + 2, "total"))
		t++;
	return t[2].kind == NUMBER ? t + 2 : NULL;
}

/* What the words between a number and its total say: ok in "12 tests ok of 16". */
static enum status status_within(const struct token *number, const struct token *of)
{
	for (const struct token *t = number + 1; t < of; t++)
		if (status_of(t) != NOT_STATUS || is_right(t))
			return is_right(t) ? PASSED : status_of(t);
	return NOT_STATUS;
}

static bool ends_phrase(const struct token *t)
{
	return t->kind == END || is_mark(t, ",;)|]}*=#-.") || status_of(t) != NOT_STATUS;
}

/* True for words that may precede "= 3 passed". */
static bool names_sum(const struct token *t)
{
	static const char *const sums[] = { "total",   "totals", "all",	   "result", "results",
					    "summary", "score",	 "status", "report", "count",
					    "final",   "sum",	 NULL };

	return is_noun(t) || status_of(t) != NOT_STATUS || is_one(t, sums);
}

/* True for step in "step 3 passed of 5", the name of a part, but not for got in "got 3
 * passed of 5". */
static bool is_label(const struct token *t)
{
	static const char *const words[] = { "got", "only", "just", "with",  "have",
					     "has", "and",  "but",  "are",   "were",
					     "is",  "was",  "of",   "found", NULL };

	return t->kind == WORD && !names_sum(t) && !words_has(words, t->word);
}

static enum status status_after(const struct token *number, const struct token *from)
{
	static const char *const filler[] = { "were",  "was", "have", "has", "been",
					      "total", "all", "are",  "is",  NULL };
	const struct token *t = from + 1;
	enum status within = status_within(number, from);

	/* "1 + 2 = 3 ok", "s = 3 ok" */
	if (is_mark(number - 1, "=") && !names_sum(number - 2))
		return NOT_STATUS;
	/* "test 3 passed", "#3 failed" */
	if ((is_noun(number - 1) && !is_plural(number - 1)) || is_mark(number - 1, "#"))
		return NOT_STATUS;
	if (within != NOT_STATUS)
		return within == PASSED && is_label(number - 1) && !is_noun(number + 1) ? NOT_STATUS
											: within;
	/* "3 of 500 random vectors failed" */
	if (from != number && t->kind == WORD && status_of(t) == NOT_STATUS && is_noun(t + 1))
		t++;
	while (is_noun(t) || is_one(t, filler))
		t++;
	/* "PASS=41 FAIL=2", "passed 41 failed 2": belongs to the number after it */
	if (is_mark(t + 1, ":=") || t[1].kind == NUMBER)
		return NOT_STATUS;
	return from != number && is_right(t) ? PASSED : status_of(t);
}

/* True for "FAIL: count = 0, expected 1" and "FAIL q 0, not 1", which state the
 * expected value. */
static bool is_compared(const struct token *number)
{
	static const char *const words[] = { "not",	"expected", "expect",	 "exp",
					     "want",	"wanted",   "should",	 "instead",
					     "but",	"got",	    "actual",	 "correct",
					     "golden",	"ref",	    "reference", "wants",
					     "expects", "needed",   "required",	 NULL };
	const struct token *t = number + 1;

	while (is_mark(t, ",;.-(") && t[1].kind != END)
		t++;
	return t > number + 1 && is_one(t, words);
}

/* True for FAIL in "PASS=20 FAIL=0 SKIP=0" and wrong in "correct: 20, wrong: 0": the
 * number before it has a label as well, and so each number in this line has one. */
static bool is_listed(const struct token *t)
{
	const struct token *label;

	while (is_mark(t - 1, ",;|#&/"))
		t--;
	label = t - 2;
	while (is_mark(label, ":="))
		label--;
	if (t[-1].kind != NUMBER || label->kind != WORD || (is_noun(label) && !is_plural(label)))
		return false;
	return label < t - 2 || status_of(label) != NOT_STATUS;
}

/* "wrong results so far ..... 0": the line ends in a number of things that are wrong. */
static bool is_amount(const struct token *number)
{
	static const char *const filler[] = { "so",	 "far",	  "in",	   "total",	 "all",
					      "overall", "now",	  "this",  "run",	 "the",
					      "test",	 "here",  "seen",  "until",	 "up",
					      "to",	 "found", "count", "simulation", NULL };
	const struct token *t = number - 1;
	size_t len;

	if (number[1].kind != END || !is_mark(t, ":=.*"))
		return false;
	while (is_mark(t, ":=.*"))
		t--;
	while (is_one(t, filler))
		t--;
	len = t->kind == WORD ? strlen(t->word) : 0;
	if (len < 4 || t->word[len - 1] != 's' || t->word[len - 2] == 's')
		return false;
	return status_of(t) == FAILED ||
	       (status_of(t - 1) == FAILED && (is_noun(t) || is_word(t, "results")));
}

static bool opens(const struct token *t)
{
	while ((t - 1)->kind == MARK)
		t--;
	/* "[5000] Error: ..." as well */
	return t[-1].kind == END ||
	       (t[-1].kind == NUMBER && t[-2].kind != WORD && t[-3].kind == END);
}

static enum status status_before(const struct token *number, const struct token *last)
{
	static const char *const adjacent[] = { "passed", "failed",   "mismatched", "mismatches",
						"errors", "failures", NULL };
	static const char *const joins[] = { "is",     "are",	   "was",      "were",	"count",
					     "counts", "total",	   "with",     "found", "detected",
					     "seen",   "occurred", "reported", NULL };
	const struct token *t = number - 1;
	const struct token *end = last + 1;
	bool strong = last != number || is_noun(end), counted = false;
	enum status status;

	/* "| FAIL | 0 |", "Failed ........ 0" */
	if (is_mark(t, "|*") && status_of(t - 1) != NOT_STATUS &&
	    (is_mark(last + 1, "|") || last[1].kind == END))
		return status_of(t - 1);
	if (last == number && is_amount(number))
		return FAILED;
	while (is_mark(t, ":=(\"'") || is_plural(t) || is_one(t, joins) ||
	       (counted && is_noun(t))) {
		counted = counted || (t->kind == WORD && !is_noun(t));
		strong = strong || t->kind == WORD || is_mark(t, "=(");
		t--;
	}
	/* "NOT OK (4)" */
	status = status_of(t) == PASSED && is_word(t - 1, "not") ? FAILED : status_of(t);
	if (status == NOT_STATUS || (t->word[strlen(t->word) - 1] != 's' && is_compared(last)))
		return NOT_STATUS;
	/* "passed 41 failed 2", "mismatches 0" */
	if (is_listed(t))
		return status;
	/* "FAILED 0 tests", but not "ERROR: 3 outputs" */
	while (is_noun(end) && (t + 1 == number || is_word(t, "failed")))
		end++;
	/* "12 passed (total: 16)" */
	if (t[-1].kind == NUMBER && t[-1].counts && number - t > 1)
		return NOT_STATUS;
	if (words_has(adjacent, t->word) && !t->upper && ends_phrase(last + 1))
		strong = true;
	/* "errors: 0" can only be a count; "FAIL: 0 != 4" is not one. */
	if (t->word[strlen(t->word) - 1] == 's' || is_word(t, "passed"))
		strong = strong || t + 1 < number;
	/* "wrong: 0", but not "wrong: 0 for 4" and "test 3, wrong: 0" */
	else if (is_word(t, "failed") || is_word(t, "error") || is_word(t, "fail") ||
		 (status == FAILED && last == number && opens(t)))
		strong = (strong || t + 1 < number) && ends_phrase(end);
	return strong ? status : NOT_STATUS;
}

static void count(long *to, uint64_t n)
{
	if (n > COUNT_MAX)
		n = COUNT_MAX;
	if (*to < (long)n)
		*to = (long)n;
}

/* True for "3/8-scale" and "1/4 rate", which are no "3/8 passed", "3/8 overall". */
static bool is_fraction(const struct token *of)
{
	static const char *const shares[] = { "rate",  "scale",	     "speed", "size", "duty",
					      "width", "resolution", "full",  NULL };
	const struct token *t = of + 1;

	if (is_mark(t, "-") && t->glued && t[1].kind == WORD && t[1].glued)
		return true;
	for (size_t i = 0; is_mark(of - 1, "/") && shares[i]; i++)
		if (is_word(t, shares[i]))
			return true;
	return false;
}

/* True for 0 in "expected 0 errors", "should be 0 errors" and "0 errors were expected":
 * what is told of a run with others. */
static bool is_wanted_zero(const struct token *number)
{
	static const char *const before[] = { "expected", "expect", "expecting", "exp",	     "want",
					      "wanted",	  "wants",  "not",	 "be",	     "than",
					      "need",	  "needs",  "require",	 "requires", NULL };
	static const char *const after[] = { "expected", "wanted", "required", "needed", NULL };
	static const char *const verbs[] = { "was", "were", "are", "is", NULL };
	const struct token *t = number - 1, *u = number + 1;

	if (number->kind != NUMBER || number->n != 0)
		return false;
	while (is_mark(t, ":="))
		t--;
	if (is_one(t, before))
		return !is_word(t - 1, "as");
	if ((is_word(t, "of") && is_word(t - 1, "instead")) || (t < number - 1 && is_mark(t, "!")))
		return true;
	while (is_noun(u) || status_of(u) != NOT_STATUS || is_one(u, verbs))
		u++;
	return u > number + 1 && is_one(u, after);
}

/* True for "step 1 of 5 passed" and "packet 1/5 OK": which part it was. */
static bool is_part(const struct token *t, const struct token *of)
{
	return of && !status_within(t, of) && status_of(of + 1) == PASSED &&
	       (is_label(t - 1) || (is_noun(t - 1) && !is_plural(t - 1)));
}

/* True for all in "all 4 errors were detected": they were made on purpose. */
static bool is_on_purpose(const struct token *t)
{
	static const char *const verbs[] = { "were", "was", "are", "is", NULL };
	static const char *const noticed[] = { "detected", "caught",   "noticed", "flagged",
					       "rejected", "reported", "found",	  "seen",
					       "refused",  NULL };
	bool wrong = false;

	if (!is_word(t, "all"))
		return false;
	for (int n = 0; n < 6 && (t[1].kind == WORD || t[1].kind == NUMBER); n++, t++) {
		if (words_has(verbs, t[1].word))
			return wrong && t[2].kind == WORD && words_has(noticed, t[2].word);
		wrong = wrong || status_of(t + 1) == FAILED;
	}
	return false;
}

/* False if the number at t does not count checks. */
static bool read_number(struct token *t, struct claim *c)
{
	struct token *of = whole(t), *last = of ? of : t;
	enum status status;

	if (is_mark(t + 1, "%") || is_mark(t - 1, "%") || is_fraction(last) || is_wanted_zero(t) ||
	    is_on_purpose(t - 1))
		return false;
	if (is_part(t, of)) {
		t->part = of->counts = true;
		return false;
	}
	status = status_after(t, last);
	if (status == NOT_STATUS)
		status = status_before(t, last);
	if (status == NOT_STATUS)
		return false;
	if (of) {
		count(&c->total, of->n);
		of->counts = true;
	}
	count(status == PASSED ? &c->passed : &c->failed, t->n);
	if (status == PASSED && of && of->n > t->n)
		count(&c->failed, of->n - t->n);
	t->counts = true;
	return true;
}

/* 4 in "12 passed, 4 skipped, total 16" and "Skipped: 4", anywhere in the line of t. */
static uint64_t left_out(const struct token *t)
{
	static const char *const words[] = { "skip",	 "skips",    "skipped", "ignored",
					     "disabled", "excluded", "pending", NULL };
	uint64_t sum = 0;

	while (t[-1].kind != END)
		t--;
	for (; t->kind != END; t++) {
		const struct token *n = t - 1;

		if (!is_one(t, words))
			continue;
		if (n->kind != NUMBER || n->counts)
			for (n = t + 1; is_mark(n, ":=");)
				n++;
		if (n->kind == NUMBER && !n->counts && n->n < COUNT_MAX - sum)
			sum += n->n;
	}
	return sum;
}

static void read_total(const struct token *t, struct claim *c)
{
	const struct token *before = t - 1;
	long rest;

	if (is_plural(t + 1) || (is_noun(t + 1) && t->n == 1) || (is_word(t + 1, "total")))
		count(&c->total, t->n);
	while (is_mark(before, ":="))
		before--;
	if (before < t - 1 && is_plural(before))
		count(&c->total, t->n);
	/* "12 passed, total 16": four did not */
	if (!is_word(before, "total") || (t[1].kind == WORD && !is_noun(t + 1)))
		return;
	count(&c->total, t->n);
	rest = c->total - c->passed - (long)left_out(t);
	if (c->passed >= 0 && c->failed < 0 && rest > 0) {
		c->failed = rest;
		c->pass = false;
		c->fail = true;
	}
}

static bool negated(const struct token *t)
{
	static const char *const no[] = { "no",	   "not",  "without", "zero",
					  "never", "none", "any",     NULL };

	for (int i = 1; i <= 3 && t[-i].kind != END && !is_mark(t - i, ".;,:*>"); i++) {
		if (is_one(&t[-i], no))
			return true;
		if (status_of(t) == FAILED && t[-i].kind == NUMBER && t[-i].n == 0)
			return !is_wanted_zero(t - i);
	}
	return false;
}

static bool closes(const struct token *t)
{
	while (t[1].kind == MARK)
		t++;
	return t[1].kind == END;
}

/* True for "fail-safe" and "error-correcting", and without a hyphen for "failure
 * rate", "error count" and "time between failures". */
static bool is_compound(const struct token *t)
{
	static const char *const of[] = { "rate",	"rates",       "ratio",	     "ratios",
					  "percentage", "probability", "analysis",   "mode",
					  "modes",	"injection",   "detection",  "recovery",
					  "handling",	"handler",     "correction", "model",
					  "scenario",	"scenarios",   "tolerance",  "tolerant",
					  NULL };

	return (is_mark(t + 1, "-") && t[1].glued && t[2].kind == WORD && t[2].glued) ||
	       is_word(t - 1, "between") || is_one(&t[1], of);
}

/* 1 for "Errors: none" and "errors found? NO", 2 for "errors found? YES", else 0. */
static int answered(const struct token *t)
{
	static const char *const seen[] = { "found",	"detected", "seen",
					    "occurred", "reported", NULL };
	static const char *const none[] = { "none", "no", "nil", "nothing", NULL };
	const struct token *u = t + 1;

	while (is_one(u, seen))
		u++;
	if (!is_mark(u, ":=?"))
		return 0;
	while (is_mark(u, ":=?"))
		u++;
	if (u->kind != WORD || !closes(u))
		return 0;
	return words_has(none, u->word) ? 1 : is_word(u, "yes") ? 2 : 0;
}

static bool says_fail(const struct token *t)
{
	static const char *const always[] = { "failed",	    "fails",	    "failure",
					      "failures",   "mismatch",	    "mismatches",
					      "mismatched", "unsuccessful", NULL };
	static const char *const verbs[] = { "is",   "are", "was",	"were", "has",
					     "have", "had", "contains", NULL };
	static const char *const with_weight[] = { "fail",	"error", "errors", "timeout",
						   "incorrect", "wrong", NULL };

	if (t->kind != WORD || is_compound(t))
		return false;
	/* A heading. */
	if (opens(t) && closes(t) &&
	    (is_word(t, "errors") || is_word(t, "failures") || is_word(t, "mismatches")))
		return false;
	if (words_has(always, t->word) || (is_word(t, "timed") && is_word(t + 1, "out")))
		return true;
	/* "There are errors in your design", "the sum is wrong" */
	if (is_one(&t[-1], verbs) &&
	    (is_word(t, "errors") || is_word(t, "wrong") || is_word(t, "incorrect")))
		return true;
	if (!words_has(with_weight, t->word))
		return false;
	return t->upper || (closes(t) && (opens(t) || t->word[0] == 'f')) || is_mark(t + 1, ":!") ||
	       (opens(t) && (t[1].kind == MARK || is_word(t + 1, "at") || is_word(t + 1, "found") ||
			     is_word(t, "wrong") || is_word(t, "incorrect")));
}

static bool says_pass(const struct token *t)
{
	static const char *const subjects[] = { "test",	      "tests",	    "all",    "checks",
						"check",      "simulation", "design", "testbench",
						"testcases",  "cases",	    "have",   "has",
						"assertions", NULL };

	if (t->kind != WORD)
		return false;
	if (is_word(t, "pass") || is_word(t, "passed"))
		return t->upper || (opens(t) && (closes(t) || is_mark(t + 1, ":!"))) ||
		       (is_word(t, "passed") && (closes(t) || is_one(&t[-1], subjects)));
	if (is_word(t, "success") || is_word(t, "successful"))
		return closes(t) &&
		       (opens(t) || is_mark(t - 1, ":>[=-|(*") || is_one(&t[-1], subjects));
	return false;
}

/* True for "PASS/FAIL" and "pass or fail", which name both results. */
static bool is_legend(const struct token *t)
{
	const struct token *u = t + 2;

	return (is_mark(t + 1, "/|") || is_word(t + 1, "or")) && status_of(t) != NOT_STATUS &&
	       status_of(u) != NOT_STATUS && status_of(u) != status_of(t);
}

/* In "wrong password: ok", "divide by zero error ... PASS" and "[Errors] ->
 * passed" the last word is the verdict on what precedes it. NULL if there is
 * none. */
static const struct token *conclusion(const struct tokens *all)
{
	const struct token *t = &all->v[all->n - 1];

	while (is_mark(t, ".!]*|)"))
		t--;
	if (status_of(t) != PASSED || !is_mark(t - 1, ":.>[=-|(*"))
		return NULL;
	/* "ERROR: the flag is: ok" */
	for (const struct token *u = all->v; u < t; u++)
		if (says_fail(u) && (is_mark(u + 1, ":!") || u->upper))
			return NULL;
	return t;
}

static void read_words(const struct tokens *all, struct claim *c)
{
	const struct token *last = conclusion(all);
	bool pass = false, fail = false;

	for (int i = last ? (int)(last - all->v) : 0; i < all->n; i++) {
		const struct token *t = &all->v[i];

		c->noticed |= is_on_purpose(t);
		if (is_legend(t)) {
			i += 2;
			continue;
		}
		if (is_word(t, "only") && t[1].kind == NUMBER && t[1].counts)
			fail = true; /* "only 3 passed" */
		else if ((status_of(t) == PASSED && is_word(t - 1, "not")) ||
			 (is_word(t, "success") && is_word(t - 1, "no")) ||
			 (is_word(t, "nok") && t->upper))
			fail = true; /* "not ok", "did not pass" */
		else if (status_of(t) == FAILED && (negated(t) || answered(t) == 1))
			pass = true;
		else if (status_of(t) == FAILED && answered(t) == 2)
			fail = true;
		else if (says_fail(t))
			fail = true;
		else if (says_pass(t) && negated(t))
			fail = true;
		else if (says_pass(t))
			pass = true;
	}
	c->fail = fail;
	c->pass = pass && !fail;
}

/* True for FAIL in "FAIL: 0", "FAIL count 0", "0 tests FAILED", but not for FAILED in "FAILED: 0
 * errors", whose number counts errors. */
static bool has_number(struct token *t)
{
	struct token *u = t - 1;
	int words = 0;

	if (is_noun(t + 1) || (is_mark(t + 1, "=") && t[2].kind == NUMBER))
		return true;
	for (; is_mark(u, "([|") || (u->kind == WORD && status_of(u) == NOT_STATUS); u--)
		if (u->kind == WORD && !is_noun(u) && ++words > 2)
			return false;
	if (u->kind == NUMBER && u->counts)
		return true;
	for (words = 0, u = t + 1;
	     u->kind == MARK || (u->kind == WORD && status_of(u) == NOT_STATUS); u++)
		if (u->kind == WORD && ++words > 2)
			return false;
	return u->kind == NUMBER && status_after(u, u) == NOT_STATUS;
}

/* True for "TEST FAILED: timeout, 0 errors": what failed is not what is counted. */
static bool fails_besides(struct tokens *all)
{
	static const char *const words[] = {
		"fail", "failed", "fails", "failure", "timeout", NULL
	};

	for (struct token *t = all->v; t < all->v + all->n; t++) {
		bool timed_out = is_word(t, "timed") && is_word(t + 1, "out");

		if (is_legend(t))
			t += 2;
		else if (t->kind == WORD && (timed_out || words_has(words, t->word)) &&
			 says_fail(t) && !negated(t) && !answered(t) && !has_number(t))
			return true;
	}
	return false;
}

void claim_read(const char *line, size_t len, struct claim *c)
{
	struct tokens t;
	bool counted = false;

	*c = (struct claim){ .passed = -1, .failed = -1, .total = -1 };
	tokenise(&t, line, len < CLAIM_MAX ? len : CLAIM_MAX);
	for (int i = 0; i < t.n; i++) {
		if (t.v[i].kind == NUMBER && !t.v[i].counts && read_number(&t.v[i], c))
			counted = true;
	}
	read_words(&t, c);
	if (counted) {
		if (c->failed == 0 && fails_besides(&t))
			c->failed = -1;
		/* "TEST FAILED (3 passed)" is a failure; "3 passed, 0 failed" is not. */
		c->fail = c->failed > 0 || (c->failed < 0 && c->fail);
		c->pass = !c->fail && (c->passed > 0 || c->failed == 0);
	}
	for (int i = 0; i < t.n && !counted; i++)
		c->pass = c->pass && !t.v[i].part;
	for (int i = 0; i < t.n && c->total < 0 && (counted || c->pass || c->fail); i++) {
		if (t.v[i].kind == NUMBER && !t.v[i].counts)
			read_total(&t.v[i], c);
	}
	told_time_read(line, len < CLAIM_MAX ? len : CLAIM_MAX, &c->time);
}
