/* The verdict, from the strongest evidence to the weakest.
 *
 * A failure reported by the simulator decides. Next comes anything that kept the
 * run from completing: a missing file, a limit, a crash. Then what the testbench
 * printed, and the results of its counted comparisons. A PASS needs evidence of a
 * check: a counted one, or a summary of those the testbench has. A run that ended
 * well without evidence is NONE, neither good nor bad.
 */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verdict/run_inner.h"

#define COUNT_MAX 1000000000 /* a larger number is cut to this */

static const char *const names[] = {
	[VERDICT_NONE] = "none",   [VERDICT_PASS] = "pass",   [VERDICT_FAIL] = "fail",
	[VERDICT_BUILD] = "build", [VERDICT_LIMIT] = "limit", [VERDICT_TOOL] = "tool",
};

void run_result_fini(struct run_result *r)
{
	free(r->first);
	free(r->first_path);
	free(r->compared);
	free(r->beside);
	free(r->said);
	free(r->said_shared);
	memset(r, 0, sizeof(*r));
}

const char *verdict_name(enum verdict v)
{
	return names[v];
}

bool verdict_parse(const char *name, enum verdict *v)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(names[i], name) == 0) {
			*v = (enum verdict)i;
			return true;
		}
	}
	*v = VERDICT_TOOL;
	return strcmp(name, "broken") == 0;
}

bool verdict_is(const char *name, enum verdict v)
{
	return name && strcmp(name, verdict_name(v)) == 0;
}

bool verdict_is_broken(enum verdict v)
{
	return v == VERDICT_BUILD || v == VERDICT_LIMIT || v == VERDICT_TOOL;
}

const char *run_unset_usually(enum checks_unset u)
{
	return u == UNSET_REGISTER ? "Usually a register without reset"
	       : u == UNSET_MEMORY
		       ? "Usually a word of a memory that was read before it was written"
		       : "Something is read before it is set";
}

/* Removes FAIL from "FAIL: q is 3", as it is printed after posedge's own FAIL. */
static const char *without_word(const char *s)
{
	static const char *const words[] = { "FAIL:", "FAIL ", "FAILED:", "FAILED ", "[FAIL]" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (str_starts(s, words[i])) {
			const char *rest = s + strlen(words[i]);

			while (*rest == ' ')
				rest++;
			return *rest ? rest : s;
		}
	}
	return s;
}

static void print_fail(const struct run_result *r, struct str *out)
{
	str_adds(out, "FAIL");
	if (r->first_path && *r->first_path) {
		str_addf(out, " %s", r->first_path);
		if (r->first_line > 0)
			str_addf(out, ":%d", r->first_line);
	}
	if (r->first && *r->first)
		str_addf(out, " %s", without_word(r->first));
}

void run_result_print(const struct run_result *r, const char *tb, struct str *out)
{
	const char *why = r->first && *r->first ? r->first : NULL;

	switch (r->verdict) {
	case VERDICT_PASS:
		if (r->checks >= 0)
			str_addf(out, "PASS %ld check%s", r->checks, r->checks == 1 ? "" : "s");
		else
			str_adds(out, "PASS (the testbench says so, not counted)");
		return;
	case VERDICT_FAIL:
		print_fail(r, out);
		return;
	case VERDICT_LIMIT:
		str_addf(out, "stopped by %s", why ? why : "a limit");
		return;
	case VERDICT_BUILD:
	case VERDICT_TOOL:
		str_addf(out, "did not run: %s", why ? why : "nobody knows why");
		return;
	case VERDICT_NONE:
		if (why)
			str_addf(out, "no verdict: %s", why);
		else
			str_addf(out, "no verdict: %s prints but checks nothing",
				 tb && *tb ? tb : "the testbench");
		return;
	}
}

/* Incomplete runs -------------------------------------------------------------------- */

/* Why the run is broken, or NULL if it ended properly; the caller frees. A model
 * built by Verilator aborts at $stop. */
static char *why_broken(const struct run_reader *r, const struct run_end *end)
{
	if (end->cancelled)
		return mem_strdup("cancelled");
	if (r->broken.len)
		return mem_strdup(str_cstr(&r->broken));
	if (r->stopped && (end->signal == SIGABRT || end->status == 128 + SIGABRT))
		return NULL;
	if (end->signal)
		return str_fmt("it crashed with signal %d (%s)", end->signal,
			       strsignal(end->signal));
	if (end->status != 0)
		return str_fmt("it ended with status %d", end->status);
	return NULL;
}

/* The need that the testbench found missing before anything failed. */
static char *why_needs(const struct check_site *s)
{
	bool plusarg = strstr(s->text, "plusargs") != NULL;

	return str_fmt("%s:%d finds %s missing: `%s`%s", s->path, s->line,
		       plusarg ? "a plusarg" : "a file", s->text,
		       plusarg ? " (set plusargs NAME=VALUE, or sim +NAME=VALUE)" : "");
}

/* True if only x would have ended it, as at the end of the vectors of a file: with two
 * states it went on, and compared with a value that is not an expected one. */
static bool passed_its_end(const struct run_reader *r, const struct run_end *end)
{
	return end->two_state && end->limit && *end->limit && !end->cancelled && r->has_facts &&
	       r->facts.x_ends;
}

#define FEW_STEPS 10000u

/* A simulation that has spent all its seconds within a few steps stands still: 60 s are some
 * 10^8 events. */
static bool stood_still(const struct run_end *end)
{
	return end->out_of_time && end->counted && end->counted->has_ended &&
	       end->counted->ended < FEW_STEPS;
}

static char *why_limit(const struct run_reader *r, const struct run_end *end)
{
	bool endless = end->out_of_time && r->has_facts && !r->facts.ends;

	if (passed_its_end(r, end) ||
	    (end->two_state && end->out_of_time && r->has_facts && r->facts.x_path))
		return str_fmt("%s; `%s` in %s:%d asks for x, which Verilator does not have "
			       "(--engine icarus has it)",
			       end->limit, r->facts.x_text, r->facts.x_path, r->facts.x_line);
	if (stood_still(end))
		return str_fmt("%s at simulated time %llu: a loop without a delay?", end->limit,
			       (unsigned long long)end->counted->ended);
	return str_fmt("%s%s", end->limit,
		       endless ? "; nothing in the sources calls $finish or $stop" : "");
}

/* The design ------------------------------------------------------------------------ */

static bool counted(const struct run_end *end)
{
	return end->counted && end->counted->known;
}

static long up_to_max(uint64_t n)
{
	return n < COUNT_MAX ? (long)n : COUNT_MAX;
}

/* True if the printed lines as a whole say that the design is wrong. */
static bool says_fail(const struct run_reader *r, const struct run_end *end)
{
	bool contradicted = counted(end) && end->counted->failed == 0;

	if (r->last == LAST_FAIL)
		return true;
	if (r->said == 0 && r->most_failed <= 0)
		return false;
	/* "Mismatches: 0 in 224 samples" covers everything; any other good word
	 * outranks a bad one only if no comparison failed. */
	if (r->last == LAST_PASS && r->total)
		return false;
	return !(r->last == LAST_PASS && contradicted);
}

/* True if the last good word is that of a check, "Test 15 passed", or came before all. */
static bool says_of_one(const struct run_reader *r)
{
	return r->has_facts && r->facts.checks &&
	       checks_line_is_of_one(r->facts.checks, str_cstr(&r->word), r->word.len);
}

/* True if a comparison failed and nothing says that this is fine. */
static bool count_fails(const struct run_reader *r, const struct run_end *end)
{
	if (!counted(end) || end->counted->failed == 0)
		return false;
	/* A good word selected by a count or a flag is the testbench's verdict; one
	 * printed unconditionally is not, nor one that only the last result selected, nor
	 * what a check says of itself. */
	return end->counted->lost || r->last != LAST_PASS || r->partial || says_of_one(r) ||
	       (r->has_facts && !r->facts.reports && !r->total);
}

/* Comparisons that failed. If no counter saw one, only the testbench's own total is as
 * good; lines are not comparisons: one failure may print two, or the tenth none. */
static long failures(const struct run_reader *r, const struct run_end *end)
{
	const struct checks_counted *n = counted(end) ? end->counted : NULL;

	if (n && n->wrong > 0)
		return n->every ? up_to_max(n->wrong) : -1;
	if ((!n || r->facts.sites == 0) && r->most_failed > 0)
		return r->most_failed;
	return -1;
}

#define SAID_MAX (1u << 20)

/* Stores what the failing check can print, to find a line that says more than a
 * summary or posedge's words. */
static void note_said(const struct checks_counted *n, struct run_result *out)
{
	struct str sure = STR_LIMIT(SAID_MAX), shared = STR_LIMIT(SAID_MAX);

	if (n->checks && n->first->kind != CHECK_REPORT)
		checks_said(n->checks, n->first, &sure, &shared);
	out->said = sure.len ? str_take(&sure) : NULL;
	out->said_shared = shared.len ? str_take(&shared) : NULL;
	str_free(&sure);
	str_free(&shared);
}

/* True if the reported failure is the testbench's summary ("assert (errors == 0)
 * else $fatal") and another check failed before it. */
static bool failed_in_report(const struct run_reader *r, const struct checks_counted *n)
{
	const struct check_site *in = NULL;

	if (n->first->kind == CHECK_REPORT || n->first->sums_up || !n->checks)
		return false;
	for (size_t i = 0; i < checks_len(n->checks); i++) {
		const struct check_site *s = checks_at(n->checks, i);

		if (str_ends(s->path, str_cstr(&r->told_path)) && s->line <= r->told_line &&
		    (!in || s->line >= in->line))
			in = s;
	}
	return in && in != n->first && (in->kind == CHECK_REPORT || in->sums_up);
}

/* Place and time of the failure are those of the first failed check n, unless a line that
 * the simulator printed (told) has them. */
static void place_failure(struct run_reader *r, const struct checks_counted *n, bool told)
{
	if (!r->path.len) {
		str_adds(&r->path, n->used_path ? n->used_path : n->first->path);
		r->line = n->used_path ? n->used_line : n->first->line;
	}
	if (!told)
		r->time = (struct told_time){ .unit = TOLD_STEP, .n = n->time, .sure = true };
}

/* Completes r->first, the printed line that describes the failure. n: the first failed check;
 * NULL: unknown. sums_up: the line only says how many failed. */
static void describe_failure(struct run_reader *r, const struct checks_counted *n, bool sums_up)
{
	r->first.limit = 0; /* short text is appended */
	if (r->first.len) {
		if (n && sums_up)
			str_addf(&r->first, " (the first of them: `%s`)", n->first->text);
		return;
	}
	if (!n)
		str_adds(&r->first, "a check failed");
	else if (n->first->kind == CHECK_REPORT)
		str_addf(&r->first, "the report after `%s` is that of a failure", n->first->text);
	else if (r->abroad.len)
		str_addf(&r->first, "%s", str_cstr(&r->abroad));
	else
		str_addf(&r->first, "the check `%s` failed", n->first->text);
}

/* What the testbench counts, or prints, may have nothing to do with its checks: an `if` without
 * begin and end, and every round counts as an error. */
static void say_none_failed(struct run_reader *r, const struct run_end *end)
{
	const struct checks_counted *n = end->counted;

	if (counted(end) && n->made > 0 && n->wrong == 0 && n->every && r->told == 0 &&
	    r->most_failed > 0 && (!n->first || n->first->kind == CHECK_REPORT))
		str_addf(&r->beside,
			 "%sthe testbench reports failures, but none of the %llu comparisons "
			 "that it made failed: is every error counted below its `if`?",
			 r->beside.len ? "\n" : "", (unsigned long long)n->made);
}

static void fail(struct run_reader *r, const struct run_end *end, struct run_result *out)
{
	const struct checks_counted *n = counted(end) && end->counted->first ? end->counted : NULL;
	bool at_the_end = n && r->told > 0 && failed_in_report(r, n);
	bool told = r->told > 0 && !at_the_end;

	out->verdict = VERDICT_FAIL;
	out->failures = failures(r, end);
	if (n && end->counted->lost && r->last == LAST_PASS)
		str_addf(
			&r->beside,
			n->first->kind == CHECK_ASSIGN
				? "%sthe testbench's report asks only for the last result of `%s`"
				: "%sthe testbench's report did not see that: what counts `%s` may "
				  "have no initial value, or too few bits",
			r->beside.len ? "\n" : "", n->first->text);
	say_none_failed(r, end);
	if (n)
		out->compared = mem_strdup(n->first->text);
	if (n && !told)
		note_said(n, out);
	if (at_the_end)
		str_clear(&r->path);
	if (n)
		place_failure(r, n, told);
	describe_failure(r, n, (r->first_counts || at_the_end) && !told);
	out->first = str_take(&r->first);
	out->first_path = str_take(&r->path);
	out->first_line = r->line;
	out->told = r->time;
	out->has_time = r->time.unit != TOLD_NOTHING && r->time.unit != TOLD_SECONDS &&
			r->time.decimals == 0;
	out->first_time = out->has_time ? r->time.n : 0;
	if (!counted(end) && out->checks >= 0 && out->checks < out->failures)
		out->checks = out->failures;
}

/* Number of checks according to a summary; -1 if there is none. */
static long said_checks(const struct run_reader *r)
{
	if (r->samples >= 0)
		return r->samples;
	if (r->passed >= 0)
		return r->passed + (r->failed > 0 ? r->failed : 0);
	return -1;
}

static void none(const struct run_reader *r, struct run_result *out)
{
	const struct checks_facts *f = &r->facts;
	const char *ended = r->stopped ? ": $stop ended the run" : "";

	out->verdict = VERDICT_NONE;
	if (!r->has_facts || f->sites == 0)
		return;
	out->first = f->sites == 1 ? str_fmt("the only check in %s was not reached%s%s%s%s",
					     f->path, f->gate ? " while `" : "",
					     f->gate ? f->gate : "", f->gate ? "` held" : "", ended)
				   : str_fmt("none of the %zu checks %s%s was reached%s", f->sites,
					     f->same_path ? "in " : "",
					     f->same_path ? f->path : "of the sources", ended);
}

/* The run ended well without a failure; PASS if anything was checked. */
static void pass_or_none(const struct run_reader *r, const struct run_end *end,
			 struct run_result *out)
{
	long said = said_checks(r);

	if (counted(end) && r->facts.sites > 0) {
		out->checks = up_to_max(end->counted->made);
		if (out->checks == 0)
			none(r, out);
		else if (end->counted->blind == end->counted->made)
			out->first = mem_strdup("what its checks compare was x each time, which "
						"shows nothing of the design");
		else if (end->two_state && end->counted->only_x == end->counted->made)
			out->first = mem_strdup("its checks only ask for x, which Verilator does "
						"not have (--engine icarus has it)");
		else if (r->last == LAST_NONE && said < 0 && r->failed < 0 &&
			 !end->counted->reported && (r->facts.reports || r->facts.sums_up))
			out->first =
				str_fmt("%ld check%s passed, but it ended before its own report",
					out->checks, out->checks == 1 ? "" : "s");
		else
			out->verdict = VERDICT_PASS;
		return;
	}
	/* No comparing place is known, but a count of errors is printed. */
	if (said > 0 && r->last == LAST_PASS &&
	    (!r->has_facts || r->facts.says_count || r->facts.sites > 0)) {
		out->verdict = VERDICT_PASS;
		out->checks = r->has_facts && r->facts.sites == 0 ? -1 : said;
		return;
	}
	if (said != 0 && r->last == LAST_PASS && r->has_facts && r->facts.sites > 0) {
		out->verdict = VERDICT_PASS;
		return;
	}
	out->verdict = VERDICT_NONE;
	if (r->has_facts && r->facts.sites > 0)
		out->first = str_fmt(
			"the checks in %s could not be counted, and nothing says that they passed",
			r->facts.path);
	else if (r->has_facts && !r->printed)
		out->first = mem_strdup("the testbench prints nothing and checks nothing");
}

/* True if nothing failed but what only x passes, which a two-state simulation never has. */
static bool only_wants_x(const struct run_reader *r, const struct run_end *end)
{
	return end->two_state && counted(end) && end->counted->wrong > 0 &&
	       end->counted->not_x == 0 && (uint64_t)r->told <= end->counted->wrong;
}

static void lacks_x(struct run_result *out)
{
	out->verdict = VERDICT_NONE;
	out->first = mem_strdup("what failed asks for x, which Verilator does not have (--engine "
				"icarus has it)");
}

/* True if the report alone says that it failed, because it asks for a count that is x. */
static bool only_count_is_x(const struct run_reader *r, const struct run_end *end)
{
	const struct checks_counted *n = end->counted;

	return counted(end) && n->made > 0 && n->wrong == 0 && n->every && n->first &&
	       n->first->kind == CHECK_REPORT && n->first->starts_x && !r->watchdog.len &&
	       (uint64_t)r->told <= n->failed;
}

static void lacks_start(const struct run_end *end, struct run_result *out)
{
	const struct check_site *s = end->counted->first;

	out->verdict = VERDICT_NONE;
	out->first = str_fmt("%s:%d `%s` asks for a count that nothing sets to 0 at first, so it "
			     "stays x; none of the checks failed",
			     s->path, s->line, s->text);
}

/* Its own watchdog ended it before any failure, so not everything was tested. */
static void hit_own_limit(const struct run_reader *r, struct run_result *out)
{
	out->verdict = VERDICT_LIMIT;
	free(out->first);
	out->first = str_fmt("the testbench's own time limit (`%s`); until then nothing had failed",
			     str_cstr(&r->watchdog));
}

/* True if nothing had failed when a limit ended the run, and only its final
 * blocks complain about what was not done. */
static bool only_at_end(const struct run_reader *r, const struct run_end *end)
{
	const struct checks_counted *n = end->counted;

	return counted(end) && n->at_end > 0 && n->failed == n->unseen &&
	       (uint64_t)(r->said + r->told) <= n->at_end;
}

/* True if something had failed before the run was cut short. */
static bool fails_so_far(struct run_reader *r, const struct run_end *end, struct run_result *out)
{
	struct checks_counted so_far = { 0 };
	struct run_end cut = *end;

	if (counted(end)) {
		so_far = *end->counted;
		so_far.failed -= so_far.unseen;
		if (so_far.unseen)
			so_far.first = so_far.first_other;
		cut.counted = &so_far;
	}
	if (r->said <= 0 && r->most_failed <= 0 && !(counted(&cut) && so_far.failed > 0))
		return false;
	fail(r, &cut, out);
	return true;
}

/* A failure is one however the run ends, but whoever waited for the limit is told. */
static void say_stopped(struct run_reader *r, const struct run_end *end)
{
	char *limit = why_limit(r, end);

	str_addf(&r->beside, "%sthe run was stopped by %s", r->beside.len ? "\n" : "", limit);
	free(limit);
}

/* The verdict, and in out->first the reason unless it is a pass. broken: why the simulator gave
 * up; NULL: it did not. */
static void judge(struct run_reader *r, const struct run_end *end, bool limit, const char *broken,
		  struct run_result *out)
{
	if (counted(end) && end->counted->needs) {
		out->verdict = VERDICT_TOOL;
		out->first = why_needs(end->counted->needs);
	} else if (limit && (only_at_end(r, end) || passed_its_end(r, end))) {
		out->verdict = VERDICT_LIMIT;
		out->first = why_limit(r, end);
	} else if (only_wants_x(r, end) && !limit) {
		lacks_x(out);
	} else if (only_count_is_x(r, end) && !limit && !broken) {
		lacks_start(end, out);
	} else if (r->told > 0 && !(r->missing.len && !r->failed_before)) {
		fail(r, end, out);
	} else if (r->missing.len && !r->failed_before) {
		out->verdict = VERDICT_TOOL;
		out->first = str_take(&r->missing);
	} else if (limit || broken) {
		if (!fails_so_far(r, end, out)) {
			out->verdict = limit ? VERDICT_LIMIT : VERDICT_TOOL;
			out->first = limit ? why_limit(r, end) : mem_strdup(broken);
		}
	} else if (says_fail(r, end) || count_fails(r, end)) {
		fail(r, end, out);
	} else {
		pass_or_none(r, end, out);
		if (out->verdict == VERDICT_PASS && r->watchdog.len)
			hit_own_limit(r, out);
	}
}

static void reader_free(struct run_reader *r)
{
	str_free(&r->first);
	str_free(&r->abroad);
	str_free(&r->path);
	str_free(&r->told_path);
	str_free(&r->broken);
	str_free(&r->missing);
	str_free(&r->watchdog);
	str_free(&r->plain);
	str_free(&r->word);
	free(r);
}

void run_reader_end(struct run_reader *r, const struct run_end *end, struct run_result *out)
{
	char *broken = why_broken(r, end);
	bool limit = end->limit && *end->limit && !end->cancelled;

	memset(out, 0, sizeof(*out));
	out->checks = counted(end) ? up_to_max(end->counted->made) : -1;
	out->failures = counted(end) && end->counted->every ? up_to_max(end->counted->wrong) : -1;
	out->unset = r->has_facts ? r->facts.unset : UNSET_UNKNOWN;
	out->sites = r->has_facts ? (long)r->facts.sites : -1;
	out->mismatches = r->mismatches;
	out->samples = r->samples;
	/* Neither engine ends successfully except by $finish, $stop or having
	 * nothing left to do; Icarus 11 does not say which. */
	out->finished = r->finished || (!broken && !limit);
	judge(r, end, limit, broken, out);
	if (out->verdict == VERDICT_PASS)
		out->failures = 0;
	if (out->verdict == VERDICT_FAIL && limit)
		say_stopped(r, end);
	out->beside = str_take(&r->beside);
	if (!out->first)
		out->first = mem_strdup("");
	if (!out->first_path)
		out->first_path = mem_strdup("");
	if (!out->compared)
		out->compared = mem_strdup("");
	free(broken);
	reader_free(r);
}
