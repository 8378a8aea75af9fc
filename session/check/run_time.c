/* At which time did a testbench fail? Testbenches print `error at 30`,
 * `t=0.03us`, `cycle 3`, or nothing. Three sources are combined: the statement
 * that printed the line (vprint finds it by the letters its format shares with
 * the line); the unit of its $time, $realtime or %t under the module's timescale;
 * and the dump, whose end no time can exceed. A bare number that fits no unit is
 * discarded.
 */
#include "config.h"

#include "session/check/run_time.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "session/trace/trace.h"
#include "session/verdict/run.h"
#include "session/output/vprint.h"

#define MAX_SOURCE  (4u << 20)
#define MAX_SOURCES (16u << 20)

struct vprint *run_time_prints(const struct sim_job *j, struct str *kept)
{
	struct vprint *p = vprint_new();
	size_t total = 0;

	for (size_t i = 0; i < j->n; i++) {
		const struct source *s = &j->sources[i];

		if ((s->text || total < MAX_SOURCES) &&
		    source_read(s, j->root, MAX_SOURCE, &kept[i], NULL))
			vprint_add(p, s->path, str_cstr(&kept[i]), kept[i].len);
		total += s->text ? 0 : kept[i].len;
	}
	vprint_end(p);
	return p;
}

bool run_time_in_steps(const struct vprint *p, const struct told_time *t, uint64_t *time)
{
	int step = 0;

	if (t->unit != TOLD_STEP && (t->unit != TOLD_SECONDS || !vprint_step(p, &step)))
		return false;
	return told_time_to_dump(t, 1, step, time);
}

/* A FAIL that is printed outside of any check, such as the message of a watchdog, counts
 * where it is printed. */
static void settle_place(const struct vprint *p, struct run_result *r)
{
	const char *path;
	int line;

	if (!r->first_path || *r->first_path ||
	    !vprint_place(p, r->first, strlen(r->first), &path, &line))
		return;
	free(r->first_path);
	r->first_path = mem_strdup(path);
	r->first_line = line;
}

void run_time_settle(const struct sim_job *j, const struct trace *t, struct run_result *r)
{
	struct str *kept;
	struct vprint *p;
	int magnitude, exponent;

	bool counted = r->has_time && r->told.unit == TOLD_NOTHING;
	uint64_t time = r->first_time;

	r->has_time = false;
	r->first_time = 0;
	if (r->verdict != VERDICT_FAIL)
		return;
	kept = mem_calloc(j->n + 1, sizeof(*kept));
	p = run_time_prints(j, kept);
	settle_place(p, r);
	vprint_time(p, r->first, strlen(r->first), &r->told);
	if (r->told.unit == TOLD_NOTHING) {
		r->has_time = counted;
		r->first_time = time;
	} else if (t) {
		trace_timescale(t, &magnitude, &exponent);
		r->has_time = vprint_settle(p, &r->told, magnitude, exponent, trace_end(t),
					    &r->first_time);
	} else {
		r->has_time = run_time_in_steps(p, &r->told, &r->first_time);
	}
	vprint_free(p);
	for (size_t i = 0; i < j->n; i++)
		str_free(&kept[i]);
	free(kept);
}
