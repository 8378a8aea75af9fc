/* Decides what a line claims: by its numbers, if one of them counts (claim_count.c), else
 * by single words.
 */
#include "config.h"

#include "session/output/claim_inner.h"

static bool negated(const struct token *t)
{
	static const char *const no[] = { "no",	   "not",  "without", "zero",
					  "never", "none", "any",     NULL };

	for (int i = 1; i <= 3 && t[-i].kind != END && !is_mark(t - i, ".;,:*>"); i++) {
		if (is_one(&t[-i], no))
			return true;
		if (token_status(t) == FAILED && t[-i].kind == NUMBER && t[-i].n == 0)
			return !claim_is_wanted_zero(t - i);
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
	if (token_opens(t) && closes(t) &&
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
	return t->upper || (closes(t) && (token_opens(t) || t->word[0] == 'f')) ||
	       is_mark(t + 1, ":!") ||
	       (token_opens(t) &&
		(t[1].kind == MARK || is_word(t + 1, "at") || is_word(t + 1, "found") ||
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
		return t->upper || (token_opens(t) && (closes(t) || is_mark(t + 1, ":!"))) ||
		       (is_word(t, "passed") && (closes(t) || is_one(&t[-1], subjects)));
	if (is_word(t, "success") || is_word(t, "successful"))
		return closes(t) &&
		       (token_opens(t) || is_mark(t - 1, ":>[=-|(*") || is_one(&t[-1], subjects));
	return false;
}

/* True for "PASS/FAIL" and "pass or fail", which name both results. */
static bool is_legend(const struct token *t)
{
	const struct token *u = t + 2;

	return (is_mark(t + 1, "/|") || is_word(t + 1, "or")) && token_status(t) != NOT_STATUS &&
	       token_status(u) != NOT_STATUS && token_status(u) != token_status(t);
}

/* In "wrong password: ok", "divide by zero error ... PASS" and "[Errors] ->
 * passed" the last word is the verdict on what precedes it. NULL if there is
 * none. */
static const struct token *conclusion(const struct tokens *all)
{
	const struct token *t = &all->v[all->n - 1];

	while (is_mark(t, ".!]*|)"))
		t--;
	if (token_status(t) != PASSED || !is_mark(t - 1, ":.>[=-|(*"))
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

		c->noticed |= claim_is_on_purpose(t);
		if (is_legend(t)) {
			i += 2;
			continue;
		}
		if (is_word(t, "only") && t[1].kind == NUMBER && t[1].counts)
			fail = true; /* "only 3 passed" */
		else if ((token_status(t) == PASSED && is_word(t - 1, "not")) ||
			 (is_word(t, "success") && is_word(t - 1, "no")) ||
			 (is_word(t, "nok") && t->upper))
			fail = true; /* "not ok", "did not pass" */
		else if (token_status(t) == FAILED && (negated(t) || answered(t) == 1))
			pass = true;
		else if (token_status(t) == FAILED && answered(t) == 2)
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

	if (token_is_noun(t + 1) || (is_mark(t + 1, "=") && t[2].kind == NUMBER))
		return true;
	for (; is_mark(u, "([|") || (u->kind == WORD && token_status(u) == NOT_STATUS); u--)
		if (u->kind == WORD && !token_is_noun(u) && ++words > 2)
			return false;
	if (u->kind == NUMBER && u->counts)
		return true;
	for (words = 0, u = t + 1;
	     u->kind == MARK || (u->kind == WORD && token_status(u) == NOT_STATUS); u++)
		if (u->kind == WORD && ++words > 2)
			return false;
	return u->kind == NUMBER && claim_status_after(u, u) == NOT_STATUS;
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
	claim_tokenise(&t, line, len < CLAIM_MAX ? len : CLAIM_MAX);
	for (int i = 0; i < t.n; i++) {
		if (t.v[i].kind == NUMBER && !t.v[i].counts && claim_read_number(&t.v[i], c))
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
			claim_read_total(&t.v[i], c);
	}
	told_time_read(line, len < CLAIM_MAX ? len : CLAIM_MAX, &c->time);
}
