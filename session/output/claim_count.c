/* What the numbers of a line count. That is determined by the words after a number, else by
 * those before it:
 *
 *     41 tests passed      a status word follows, after a noun
 *     Mismatches: 0 in 128 one precedes, before ":" or "is"; 128 is the total,
 *                          joined by in, of, out of or "/"
 *     test 3 passed        a singular noun directly before it: a name, no count
 */
#include "config.h"

#include "session/output/claim_inner.h"

#define COUNT_MAX 1000000000u

/* The total after the number at t, 128 in "in 128", "of 128", "(of 128)", "out of
 * 128", "/ 128"; NULL if there is none. "12 tests ok of 16": of may stand behind what is
 * counted, but "passed in 16" is a time. */
static struct token *whole(struct token *t)
{
	bool words = false;

	for (; token_is_noun(t + 1) || token_status(t + 1) != NOT_STATUS || token_is_right(t + 1);
	     t++)
		words = true;
	if (is_mark(t + 1, "(") && is_word(t + 2, "of"))
		t++;
	if (is_word(t + 1, "out") && is_word(t + 2, "of"))
		t++;
	if (is_mark(t + 1, "/")) {
		/* "12 passed / 16", but not "12 passed / 4 skipped" */
		return t[2].kind == NUMBER && (!words || token_is_noun(t + 3) || t[3].kind == END ||
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

/* The status in the words between a number and its total: ok in "12 tests ok of 16". */
static enum status status_within(const struct token *number, const struct token *of)
{
	for (const struct token *t = number + 1; t < of; t++)
		if (token_status(t) != NOT_STATUS || token_is_right(t))
			return token_is_right(t) ? PASSED : token_status(t);
	return NOT_STATUS;
}

static bool ends_phrase(const struct token *t)
{
	return t->kind == END || is_mark(t, ",;)|]}*=#-.") || token_status(t) != NOT_STATUS;
}

/* True for words that may precede "= 3 passed". */
static bool names_sum(const struct token *t)
{
	static const char *const sums[] = { "total",   "totals", "all",	   "result", "results",
					    "summary", "score",	 "status", "report", "count",
					    "final",   "sum",	 NULL };

	return token_is_noun(t) || token_status(t) != NOT_STATUS || is_one(t, sums);
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

enum status claim_status_after(const struct token *number, const struct token *from)
{
	static const char *const filler[] = { "were",  "was", "have", "has", "been",
					      "total", "all", "are",  "is",  NULL };
	const struct token *t = from + 1;
	enum status within = status_within(number, from);

	/* "1 + 2 = 3 ok", "s = 3 ok" */
	if (is_mark(number - 1, "=") && !names_sum(number - 2))
		return NOT_STATUS;
	/* "test 3 passed", "#3 failed" */
	if ((token_is_noun(number - 1) && !token_is_plural(number - 1)) || is_mark(number - 1, "#"))
		return NOT_STATUS;
	if (within != NOT_STATUS)
		return within == PASSED && is_label(number - 1) && !token_is_noun(number + 1)
			       ? NOT_STATUS
			       : within;
	/* "3 of 500 random vectors failed" */
	if (from != number && t->kind == WORD && token_status(t) == NOT_STATUS &&
	    token_is_noun(t + 1))
		t++;
	while (token_is_noun(t) || is_one(t, filler))
		t++;
	/* "PASS=41 FAIL=2", "passed 41 failed 2": belongs to the number after it */
	if (is_mark(t + 1, ":=") || t[1].kind == NUMBER)
		return NOT_STATUS;
	return from != number && token_is_right(t) ? PASSED : token_status(t);
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
	if (t[-1].kind != NUMBER || label->kind != WORD ||
	    (token_is_noun(label) && !token_is_plural(label)))
		return false;
	return label < t - 2 || token_status(label) != NOT_STATUS;
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
	return token_status(t) == FAILED ||
	       (token_status(t - 1) == FAILED && (token_is_noun(t) || is_word(t, "results")));
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
	bool strong = last != number || token_is_noun(end), counted = false;
	enum status status;

	/* "| FAIL | 0 |", "Failed ........ 0" */
	if (is_mark(t, "|*") && token_status(t - 1) != NOT_STATUS &&
	    (is_mark(last + 1, "|") || last[1].kind == END))
		return token_status(t - 1);
	if (last == number && is_amount(number))
		return FAILED;
	while (is_mark(t, ":=(\"'") || token_is_plural(t) || is_one(t, joins) ||
	       (counted && token_is_noun(t))) {
		counted = counted || (t->kind == WORD && !token_is_noun(t));
		strong = strong || t->kind == WORD || is_mark(t, "=(");
		t--;
	}
	/* "NOT OK (4)" */
	status = token_status(t) == PASSED && is_word(t - 1, "not") ? FAILED : token_status(t);
	if (status == NOT_STATUS || (t->word[strlen(t->word) - 1] != 's' && is_compared(last)))
		return NOT_STATUS;
	/* "passed 41 failed 2", "mismatches 0" */
	if (is_listed(t))
		return status;
	/* "FAILED 0 tests", but not "ERROR: 3 outputs" */
	while (token_is_noun(end) && (t + 1 == number || is_word(t, "failed")))
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
		 (status == FAILED && last == number && token_opens(t)))
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
 * such a line reports a run among others. */
bool claim_is_wanted_zero(const struct token *number)
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
	while (token_is_noun(u) || token_status(u) != NOT_STATUS || is_one(u, verbs))
		u++;
	return u > number + 1 && is_one(u, after);
}

/* True for "step 1 of 5 passed" and "packet 1/5 OK": which part it was. */
static bool is_part(const struct token *t, const struct token *of)
{
	return of && !status_within(t, of) && token_status(of + 1) == PASSED &&
	       (is_label(t - 1) || (token_is_noun(t - 1) && !token_is_plural(t - 1)));
}

/* True for all in "all 4 errors were detected": they were made on purpose. */
bool claim_is_on_purpose(const struct token *t)
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
		wrong = wrong || token_status(t + 1) == FAILED;
	}
	return false;
}

/* False if the number at t does not count checks. */
bool claim_read_number(struct token *t, struct claim *c)
{
	struct token *of = whole(t), *last = of ? of : t;
	enum status status;

	if (is_mark(t + 1, "%") || is_mark(t - 1, "%") || is_fraction(last) ||
	    claim_is_wanted_zero(t) || claim_is_on_purpose(t - 1))
		return false;
	if (is_part(t, of)) {
		t->part = of->counts = true;
		return false;
	}
	status = claim_status_after(t, last);
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

void claim_read_total(const struct token *t, struct claim *c)
{
	const struct token *before = t - 1;
	long rest;

	if (token_is_plural(t + 1) || (token_is_noun(t + 1) && t->n == 1) ||
	    (is_word(t + 1, "total")))
		count(&c->total, t->n);
	while (is_mark(before, ":="))
		before--;
	if (before < t - 1 && token_is_plural(before))
		count(&c->total, t->n);
	/* "12 passed, total 16": four did not */
	if (!is_word(before, "total") || (t[1].kind == WORD && !token_is_noun(t + 1)))
		return;
	count(&c->total, t->n);
	rest = c->total - c->passed - (long)left_out(t);
	if (c->passed >= 0 && c->failed < 0 && rest > 0) {
		c->failed = rest;
		c->pass = false;
		c->fail = true;
	}
}
