/* Where Icarus has an x, a two-state model of Verilator has some value. So a run is
 * repeated with other initial values. If the verdict changes, it says nothing about
 * the design except that something starts undefined. */
#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "session/base/path.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/verdict/run.h"
#include "sim/engine/attempt.h"
#include "sim/engine/counting.h"
#include "sim/engine/engine_inner.h"

/* A longer run is not repeated, and a repetition that takes much longer is
 * inconclusive. */
#define SHORT_MS 2000
#define AGAIN_MS 8000

static void judge(struct attempt *a, const struct counting *count, struct run_result *out)
{
	struct checks_counted counted;
	struct run_end end;

	counting_read(count, &a->w->job.stage, &counted);
	end = (struct run_end){ .status = a->end.result.status,
				.signal = a->end.result.signal,
				.limit = a->end.result.timed_out     ? "time"
					 : a->end.result.flooded     ? "output"
					 : a->over != RUN_LIMIT_NONE ? "total"
								     : NULL,
				.two_state = a->w->how->two_state,
				.counted = count->laid ? &counted : NULL };
	run_reader_end(a->reader, &end, out);
	a->reader = NULL;
}

/* Appends the result of another run if it differs from the first. */
static void say(const struct run_result *other, unsigned seed, struct run_result *first)
{
	struct str beside = STR_INIT, verdict = STR_INIT;

	run_result_print(other, NULL, &verdict);
	if (first->beside && *first->beside)
		str_addf(&beside, "%s\n", first->beside);
	str_addf(&beside,
		 "it depends on what undefined registers start with: with other values (seed %u) "
		 "it is %s. %s",
		 seed, str_cstr(&verdict), run_unset_usually(first->unset));
	free(first->beside);
	first->beside = str_take(&beside);
	str_free(&verdict);
}

bool run_again(struct work *w, struct counting *count, const char *rt, bool *ran,
	       struct run_result *result, struct err *err)
{
	char *printed = path_join(w->job.stage.dir, "again.txt"),
	     *counts = path_join(w->job.stage.dir, COUNTING_COUNTS);
	struct attempt a = ATTEMPT_NONE;
	struct err why;

	a.quiet = true;
	unlink(counts);
	w->job.built = true;
	*ran = attempt_run(&a, w, count, rt, printed, &why) && a.ran;
	if (*ran)
		judge(&a, count, result);
	attempt_fini(&a);
	free(counts);
	free(printed);
	if (!task_cancelled(task_self()))
		return true;
	if (*ran)
		run_result_fini(result);
	*ran = false;
	return err_set(err, ERR_CANCELLED, "cancelled");
}

/* *differs: it had another verdict, which was noted. False: cancelled. */
static bool try_one(struct work *w, struct counting *count, const char *rt, unsigned seed,
		    struct run_result *first, bool *differs, struct err *err)
{
	struct run_result other;
	bool ran;

	w->job.seed = seed;
	if (!run_again(w, count, rt, &ran, &other, err))
		return false;
	if (!ran)
		return true;
	*differs = other.verdict != first->verdict && !verdict_is_broken(other.verdict);
	if (*differs)
		say(&other, seed, first);
	run_result_fini(&other);
	return true;
}

bool try_seeds(struct work *w, struct counting *count, const char *rt, struct run_report *out,
	       struct err *err)
{
	enum verdict v = out->result.verdict;
	unsigned asked = w->job.seed;
	bool differs = false, ok = true;

	if (!w->how->two_state || out->run_ms > SHORT_MS ||
	    (v != VERDICT_PASS && v != VERDICT_FAIL))
		return true;
	if (w->job.limits.run_ms > AGAIN_MS)
		w->job.limits.run_ms = AGAIN_MS;
	for (unsigned i = 1; ok && !differs && i <= w->job.more_seeds; i++)
		ok = try_one(w, count, rt, asked + i, &out->result, &differs, err);
	return ok;
}
