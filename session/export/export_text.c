/* Text functions for all exports: an answer in segments of prose and code, times,
 * durations, and a word for each fate. An unclosed fence extends to the end of the
 * answer, as it does where answers are parsed for files, so an export shows as code
 * what was read as code.
 */
#include "config.h"

#include "session/export/export_text.h"

#include <time.h>

#include "session/answer/answer_fence.h"
#include "session/base/str.h"
#include "session/export/story.h"
#include "session/journal/lint_summary.h"
#include "session/verdict/run.h"

bool segment_next(struct slice *rest, struct segment *out)
{
	struct slice line, ahead = *rest;
	struct fence f;

	*out = (struct segment){ 0 };
	if (rest->n == 0)
		return false;
	line = slice_line(&ahead);
	out->code = fence_opens(line, &f);
	out->text.p = out->code ? ahead.p : rest->p;
	if (out->code) {
		out->info = f.info;
		*rest = ahead;
		while (rest->n) {
			line = slice_line(&ahead);
			*rest = ahead;
			if (fence_closes(line, &f))
				return true;
			out->text.n += line.n;
		}
		return true;
	}
	for (ahead = *rest; ahead.n;) {
		line = slice_line(&ahead);
		if (fence_opens(line, &f))
			return true;
		out->text.n += line.n;
		*rest = ahead;
	}
	return true;
}

static struct tm local_time(uint64_t t_ms)
{
	time_t seconds = (time_t)(t_ms / 1000);
	struct tm tm = { 0 };

	localtime_r(&seconds, &tm);
	return tm;
}

void export_clock(uint64_t t_ms, struct str *out)
{
	struct tm tm = local_time(t_ms);

	str_addf(out, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void export_date(uint64_t t_ms, struct str *out)
{
	struct tm tm = local_time(t_ms);

	str_addf(out, "%d-%02d-%02d %02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		 tm.tm_hour, tm.tm_min);
}

void export_span(uint64_t ms, struct str *out)
{
	unsigned long long minutes = ms / 60000;

	if (minutes >= 60)
		str_addf(out, "%llu h %llu min", minutes / 60, minutes % 60);
	else if (minutes)
		str_addf(out, "%llu min", minutes);
	else
		str_addf(out, "%llu s", (unsigned long long)ms / 1000);
}

const char *export_fate(enum decision d, bool edited)
{
	static const char *const words[DECISIONS] = {
		[DECISION_OPEN] = "open", [DECISION_TAKEN] = "taken", [DECISION_REFUSED] = "refused"
	};

	return edited && d == DECISION_TAKEN ? "rewritten" : words[d];
}

const char *export_grade(const struct story_run *r)
{
	const char *verdict = str_cstr(&r->verdict);

	return verdict_is(verdict, VERDICT_PASS)   ? "good"
	       : verdict_is(verdict, VERDICT_FAIL) ? "bad"
						   : "none";
}

void export_findings(const struct story_lint *l, struct str *out)
{
	if (l->error.len)
		str_addf(out, "no lint: %s", str_cstr(&l->error));
	else
		lint_summary(l->found, l->read, str_cstr(&l->unread), out);
}
