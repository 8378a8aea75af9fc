/* The vocabulary of testbenches for success and failure: lists that are compared
 * with the beginnings of words, ignoring case.
 *
 * A single word decides little: "no errors" and "error counter" share one. So a
 * number or a verdict that claim.c recognises takes precedence, and a hint only
 * counts if nothing more certain was said.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/base/word_table.h"
#include "session/testbench/checks_inner.h"
#include "session/output/claim.h"

static bool starts(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n && strncasecmp(s, word, n) == 0;
}

static bool starts_any(const char *s, size_t len, const char *const *words)
{
	for (; *words; words++)
		if (starts(s, len, *words))
			return true;
	return false;
}

bool checks_contains(const char *text, size_t len, const char *const *words)
{
	for (size_t at = 0; at < len; at++)
		if (starts_any(text + at, len - at, words))
			return true;
	return false;
}

static bool ends(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n && strncasecmp(s + len - n, word, n) == 0;
}

/* True if a word of the text starts with one of the words. */
static bool has_word(const char *text, size_t len, const char *const *words)
{
	for (size_t i = 0; i < len; i++) {
		if (!isalpha((unsigned char)text[i]) ||
		    (i > 0 && isalpha((unsigned char)text[i - 1])))
			continue;
		if (starts_any(text + i, len - i, words))
			return true;
	}
	return false;
}

/* True for "as expected" and "all is well", but not for "not as expected". */
static bool says_as_expected(const char *text, size_t len)
{
	static const char *const words[] = { "as expected", "as it should", "as they should",
					     "all is well", "all is good",  "all is fine",
					     "as intended", "as desired",   "as required",
					     NULL };

	for (size_t at = 0; at < len; at++)
		for (size_t k = 0; words[k]; k++)
			if (starts(text + at, len - at, words[k]))
				return !(at >= 4 && starts(text + at - 4, 4, "not ")) &&
				       !(at >= 4 && starts(text + at - 4, 4, "n't "));
	return false;
}

/* True for "*** q is 3", but not for "*** begin ***". */
static bool is_shouted(const char *text, size_t len)
{
	return (starts(text, len, "***") || starts(text, len, "!!!")) && text[len - 1] != text[0];
}

bool checks_counts_trouble(const char *text, size_t len)
{
	static const char *const words[] = {
		"problem", "violation",	 "discrepanc",	 "deviation",  "defect",
		"bug",	   "difference", "inconsistenc", "miscompare", "trouble",
		"issue",   "complaint",	 "bad",		 NULL
	};

	return has_word(text, len, words);
}

bool checks_tells_undone(const char *text, size_t len)
{
	static const char *const denials[] = { "not ", "never ", NULL };
	static const char *const done[] = {
		"set", "reset", "done", "sent", "read", "written", NULL
	};

	for (size_t at = 0; at < len; at++) {
		size_t from = at, n = 0;

		if ((at > 0 && isalpha((unsigned char)text[at - 1])) ||
		    !starts_any(text + at, len - at, denials))
			continue;
		while (text[from++] != ' ')
			;
		while (from + n < len && isalpha((unsigned char)text[from + n]))
			n++;
		if (ends(text + from, n, "ed") && n > 3)
			return true;
		if (words_has_nocase(done, text + from, n))
			return true;
	}
	return false;
}

/* True for "q should be 3", but not for "the core should now start". */
static bool says_should(const char *text, size_t len)
{
	static const char *const should[] = { "should", NULL };
	static const char *const plans[] = { "should start", "should now start",
					     "should begin", "should now begin",
					     "should see",   "should now see",
					     "should soon",  NULL };

	return has_word(text, len, should) && !has_word(text, len, plans);
}

/* Words of a failure message. */
/* clang-format off */
static const char *const hints[] = {
	"oops", "not equal", "unequal", "not match", "doesn't", "does not", "not ok",
	"not correct", "not right", "not the same", "deviat", "discrepan", "inconsist",
	"corrupt", "problem", "miscomp", "expect", "exp ", "exp=", "exp:", "instead",
	"got ", "got=", "got:", "want", "bad", "differ", "mism", "unexpected", "violat",
	"err", "fail", "wrong", "incorrect", "fault", "bug", "too ", "broken", "invalid",
	"off by", "missing answer", "missing response", "missing ack", "never came",
	"never arriv", "never reach", "giving up", "gave up", "never respond", "never rose",
	"never fell", "never went",
	"no response", "stuck at", "not received", NULL,
};
/* clang-format on */

/* Of these, what may be denied: "no deviation". */
static const char *const troubles[] = {
	"deviat", "discrepan", "inconsist", "corrupt", "problem", "miscomp", "bad", "differ",
	"mism",	  "violat",    "err",	    "fail",    "wrong",	  "fault",   "bug", NULL,
};

/* True if the word before text[at] denies what follows. */
static bool is_denied(const char *text, size_t at)
{
	static const char *const no[] = { "no", "without", "zero", "any", "0", NULL };
	size_t end = at, from;

	while (end > 0 && text[end - 1] == ' ')
		end--;
	for (from = end; from > 0 && isalnum((unsigned char)text[from - 1]); from--)
		;
	for (size_t k = 0; no[k]; k++)
		if (end - from == strlen(no[k]) && starts(text + from, end - from, no[k]))
			return true;
	return false;
}

/* SAYS_HINT for a word of a failure message, SAYS_GOOD if all of them are denied; else 0. */
static unsigned says_hint(const char *text, size_t len)
{
	unsigned says = 0;

	for (size_t i = 0; i < len; i++) {
		if (!isalpha((unsigned char)text[i]) ||
		    (i > 0 && isalpha((unsigned char)text[i - 1])) ||
		    !starts_any(text + i, len - i, hints))
			continue;
		if (!starts_any(text + i, len - i, troubles) || !is_denied(text, i))
			return SAYS_HINT;
		says = SAYS_GOOD;
	}
	return says;
}

/* True if 0 follows the word at text[at], as in "Errors: 0". */
static bool is_none(const char *text, size_t len, size_t at)
{
	while (at < len && isalpha((unsigned char)text[at]))
		at++;
	at += starts(text + at, len - at, "(s)") ? 3 : starts(text + at, len - at, "(es)") ? 4 : 0;
	while (at < len && strchr(" :=.", text[at]))
		at++;
	return at < len && text[at] == '0' &&
	       (at + 1 == len || !isalnum((unsigned char)text[at + 1]));
}

/* "0 errors" and "Errors: 0" are good, but "want 0 errors, got 3" and "FAILED with 0 errors" are
 * not: a word of a failure besides has no 0 of its own. */
static bool says_zero(const struct claim *c, const char *text, size_t len)
{
	for (size_t i = 0; c->failed == 0 && i < len; i++) {
		if (!isalpha((unsigned char)text[i]) ||
		    (i > 0 && isalpha((unsigned char)text[i - 1])) ||
		    !starts_any(text + i, len - i, hints))
			continue;
		if (!starts_any(text + i, len - i, troubles) ||
		    (!is_denied(text, i) && !is_none(text, len, i)))
			return false;
	}
	return c->failed == 0;
}

/* True for "all ok", "everything fine", "all 16 outputs are correct". */
static bool says_all_good(const char *text, size_t len)
{
	static const char *const all[] = { "all ", "everything ", NULL }, *const but[] = {
		"not ", "n't ", "nothing ", NULL
	};
	size_t end = len, from;

	while (end && !isalpha((unsigned char)text[end - 1]))
		end--;
	for (from = end; from && isalpha((unsigned char)text[from - 1]); from--)
		;
	return from &&
	       (checks_short_word(text + from, end - from) == SAYS_PASS ||
		(end - from == 4 && starts(text + from, 4, "fine"))) &&
	       has_word(text, from, all) && !checks_contains(text, from, but);
}

unsigned checks_say(const char *text, size_t len)
{
	static const char *const late[] = { "timeout",	"timed out", "time out", "watchdog",
					    "too long", "hang",	     NULL };
	struct claim c;
	unsigned says = SAYS_ANY;
	bool zero;

	claim_read(text, len, &c);
	zero = says_zero(&c, text, len);
	if (c.failed >= 0 && !zero)
		says |= SAYS_ERRORS;
	else if (c.fail)
		says |= SAYS_FAIL;
	if (c.passed >= 0)
		says |= SAYS_PASSES;
	else if (c.pass && (c.failed < 0 || zero))
		says |= SAYS_PASS;
	if (has_word(text, len, late))
		says |= SAYS_FAIL | SAYS_TIMEOUT;
	if (!(says & (SAYS_FAIL | SAYS_ERRORS)) &&
	    (c.noticed || says_as_expected(text, len) || says_all_good(text, len)))
		says |= SAYS_GOOD;
	if (!(says & ~(unsigned)SAYS_ANY) && checks_denies_abroad(text, len))
		says |= SAYS_GOOD;
	if (!(says & (SAYS_PASS | SAYS_PASSES | SAYS_ERRORS | SAYS_GOOD)))
		says |= says_should(text, len) || is_shouted(text, len) ? SAYS_HINT
									: says_hint(text, len);
	if (!(says & ~(unsigned)SAYS_ANY))
		says |= checks_say_abroad(text, len);
	if (!(says & ~(unsigned)SAYS_ANY) && checks_short_word(text, len) == SAYS_PASS)
		says |= SAYS_GOOD;
	return says;
}

/* The entry of a table between two separators. */
unsigned checks_short_word(const char *text, size_t len)
{
	static const char *const good[] = { "ok",      "okay",	  "good",    "right", "correct",
					    "match",   "matches", "matched", "equal", "same",
					    "success", "passed",  "pass",    "ack",   "✓",
					    "✔",       "√",	  "✅",	     NULL };
	static const char *const bad[] = { "ng",      "nok",	  "no good", "ko",  "bad",  "wrong",
					   "differs", "differ",	  "diff",    "nak", "fail", "error",
					   "err",     "mismatch", "!!",	     "***", "<--",  "✗",
					   "✘",	      "×",	  "❌",	     NULL };

	while (len && !isalnum((unsigned char)*text) && (unsigned char)*text < 0x80 &&
	       !strchr("!*<", *text))
		text++, len--;
	while (len && (isspace((unsigned char)text[len - 1]) || strchr("])|.", text[len - 1])))
		len--;
	for (size_t i = 0; good[i]; i++) {
		if (len == strlen(good[i]) && starts(text, len, good[i]))
			return SAYS_PASS;
	}
	for (size_t i = 0; bad[i]; i++) {
		if (len == strlen(bad[i]) && starts(text, len, bad[i]))
			return SAYS_FAIL;
	}
	return 0;
}

static const char *const bad_starts[] = { "err",   "fail",   "mism", "wrong", "incorrect", "bug",
					  "nok",   "fehler", "hata", "chyb",  "fout",	   "falha",
					  "fallo", "oshib",  "bled", NULL };
/* the same, unless they tell of something else: "bad_luck", "fault_state" */
static const char *const loose_starts[] = { "bad", "fault", NULL };

/* The role of one word of a name; "errCount" and "err_count" have two. */
static enum check_role word_role(const char *s, size_t len)
{
	static const char *const good[] = { "pass",  "ok",    "good",  "success", "correct", "succ",
					    "score", "point", "grade", "marks",	  NULL };
	static const char *const bad_ends[] = { "err",	    "errs",	  "error",  "errors",
						"fail",	    "fails",	  "failed", "failures",
						"mismatch", "mismatches", NULL };
	/* "write_pointer" counts no points */
	static const char *const others[] = { "pointer", "scoreboard", "passive",    "password",
					      "passthr", "passband",   "correction", NULL };

	if (starts_any(s, len, bad_starts) || starts_any(s, len, loose_starts))
		return ROLE_ERRORS;
	for (size_t i = 0; bad_ends[i]; i++) {
		if (ends(s, len, bad_ends[i]))
			return ROLE_ERRORS;
	}
	if (starts_any(s, len, good) && !starts_any(s, len, others))
		return ROLE_PASSES;
	return ROLE_NONE;
}

/* True for words of "inject_error" and "err_en", which name stimuli. */
static bool is_stimulus(const char *s, size_t len)
{
	static const char *const words[] = { "inject", "injected", "insert",  "force", "enable",
					     "en",     "req",	   "request", "mask",  "clr",
					     "clear",  "ack",	   "irq",     NULL };

	for (size_t i = 0; words[i]; i++)
		if (len == strlen(words[i]) && starts(s, len, words[i]))
			return true;
	return false;
}

enum check_role checks_name(const char *name, size_t len)
{
	static const char *const codes[] = { "rc", "exitcode", "exit_code", "retcode", NULL };
	enum check_role found = ROLE_NONE;

	for (size_t i = 0; codes[i]; i++) /* but exit_count counts cars */
		if (len == strlen(codes[i]) && starts(name, len, codes[i]))
			return ROLE_ERRORS;
	for (size_t i = 0; i < len;) {
		size_t n = i + 1;
		enum check_role r;

		while (n < len && name[n] != '_' &&
		       !(isupper((unsigned char)name[n]) && islower((unsigned char)name[n - 1])))
			n++;
		if (is_stimulus(name + i, n - i))
			return ROLE_NONE;
		r = word_role(name + i, n - i);
		if (r != ROLE_NONE && found != ROLE_ERRORS)
			found = r;
		i = n < len && name[n] == '_' ? n + 1 : n;
	}
	return found;
}

bool checks_name_is_loose(const char *name, size_t len)
{
	return checks_contains(name, len, loose_starts) && !checks_contains(name, len, bad_starts);
}

bool checks_counts_output(const struct check_var *v)
{
	return v->raised && v->raised_told == v->raised && checks_name_is_loose(v->name, v->len);
}

bool checks_name_is_chatty(const char *name, size_t len)
{
	static const char *const words[] = { "verb", "debug", "dbg",   "quiet",	  "silent", "print",
					     "show", "log",   "trace", "display", "msg",    "first",
					     "stop", "halt",  "abort", "limit",	  "max",    NULL };

	return starts_any(name, len, words);
}

bool checks_name_is_total(const char *name, size_t len)
{
	static const char *const words[] = { "num",    "total",	 "count", "cnt", "vec",
					     "sample", "compar", "case",  "run", NULL };
	static const char *const inside[] = { "check", "chk", "test", "trial", NULL };

	return starts_any(name, len, words) || checks_contains(name, len, inside) || len == 1;
}
