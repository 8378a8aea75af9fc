/* Passes the sources of a run to the race finder: texts held by the job, the others
 * from disk. One that is too large or cannot be read may contain a race, so it is
 * reported like one.
 */
#include "config.h"

#include "session/check/race.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "session/verilog/vrace.h"

#define SOURCE_MAX (4u << 20)

bool race_in_job(const struct sim_job *job, struct str *why)
{
	struct str *kept = mem_calloc(job->n + 1, sizeof(*kept));
	struct vrace *r = vrace_new();
	struct str race = STR_INIT;
	struct err unread = { 0 };
	bool found;

	for (size_t i = 0; i < job->n; i++) {
		const struct source *s = &job->sources[i];

		if (source_read(s, job->root, SOURCE_MAX, &kept[i], &unread))
			vrace_add(r, s->path, str_cstr(&kept[i]), kept[i].len);
	}
	found = vrace_find(r, job->top, &race);
	if (found)
		str_addf(why, "a race, of which yosys looks at one order: %s", str_cstr(&race));
	else if (unread.code != ERR_NONE)
		str_addf(why, "there may be a race, since a source was not read: %s", unread.text);
	str_free(&race);
	vrace_free(r);
	for (size_t i = 0; i < job->n; i++)
		str_free(&kept[i]);
	free(kept);
	return found || unread.code != ERR_NONE;
}
