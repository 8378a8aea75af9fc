/* At which time did a testbench fail? It prints what it likes: `error at 30`,
 * `t=0.03us`, `cycle 3`, or nothing. Three sources are brought together: the
 * statement that printed the line (vprint finds it by the letters that its
 * format shares with the line), the unit that its $time, $realtime or %t has
 * under the module's timescale, and the dump, whose end no time can pass. A
 * bare number that fits no unit is taken as none.
 *
 * When a check failed but the simulator said only where, the line of output
 * that the failing branch printed becomes the reason (run_time_words): a line
 * that is at least LEAST_SCORE letters like a statement in that branch, and
 * not more like any other.
 */
#include "config.h"

#include "session/check/run_time.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/tool/simulator.h"
#include "session/tool/wave.h"
#include "session/verdict/run.h"
#include "session/verdict/vprint.h"

#define MAX_SOURCE  (4u << 20)
#define MAX_SOURCES (16u << 20)
#define MAX_OUTPUT  (1u << 20)
#define MAX_LINES   2000 /* of the output that are compared */
#define MAX_FIRST   400	 /* bytes of a line */
#define LEAST_SCORE 3 /* letters that a line shares with a statement, not to be like it by chance */

/* The texts, as the tool read them; those from disk are put into kept. */
static struct vprint *read_prints(const struct sim_job *j, struct str *kept)
{
	struct vprint *p = vprint_new();
	size_t total = 0;

	for (size_t i = 0; i < j->n; i++) {
		const struct source *s = &j->sources[i];
		char *path;

		if (s->text) {
			vprint_add(p, s->path, s->text, s->len);
			continue;
		}
		path = path_join(j->root, s->path);
		if (total < MAX_SOURCES && file_read(path, MAX_SOURCE, &kept[i], NULL))
			vprint_add(p, s->path, str_cstr(&kept[i]), kept[i].len);
		total += kept[i].len;
		free(path);
	}
	vprint_end(p);
	return p;
}

/* Without a dump there is no end that a wrong unit would pass. */
static bool settle_by_step(const struct vprint *p, const struct told_time *t, uint64_t *time)
{
	int step = 0;

	if (t->unit != TOLD_STEP && (t->unit != TOLD_SECONDS || !vprint_step(p, &step)))
		return false;
	return told_time_to_dump(t, 1, step, time);
}

void run_time_settle(const struct sim_job *j, const struct wave *w, struct run_result *r)
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
	p = read_prints(j, kept);
	vprint_time(p, r->first, strlen(r->first), &r->told);
	if (r->told.unit == TOLD_NOTHING) {
		r->has_time = counted;
		r->first_time = time;
	} else if (w) {
		wave_timescale(w, &magnitude, &exponent);
		r->has_time = vprint_settle(p, &r->told, magnitude, exponent, wave_end(w),
					    &r->first_time);
	} else {
		r->has_time = settle_by_step(p, &r->told, &r->first_time);
	}
	vprint_free(p);
	for (size_t i = 0; i < j->n; i++)
		str_free(&kept[i]);
	free(kept);
}

/* What is done in the source when the check fails. */
static struct str bad_side(const struct sim_job *j, const struct str *kept,
			   const struct run_result *r)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < j->n; i++) {
		const struct source *s = &j->sources[i];
		const char *text = s->text ? s->text : str_cstr(&kept[i]);
		size_t len = s->text ? s->len : kept[i].len, at = 0;

		if (strcmp(s->path, r->first_path) != 0)
			continue;
		for (int line = 1; at < len && line < r->said_line; at++)
			line += text[at] == '\n';
		if (at < len && r->said_col < len - at) {
			at += r->said_col;
			str_add(&out, text + at, r->said_len < len - at ? r->said_len : len - at);
		}
		break;
	}
	return out;
}

/* The first line of the output that was printed there; NULL: none. */
static char *printed_by(const struct vprint *side, const struct vprint *all, const char *output)
{
	struct str text = STR_INIT, found = STR_LIMIT(MAX_FIRST);
	int lines = 0;

	if (!file_read(output, MAX_OUTPUT, &text, NULL))
		return NULL;
	for (const char *s = str_cstr(&text); *s && !found.len && lines < MAX_LINES; lines++) {
		size_t n = strcspn(s, "\n"), skip = strspn(s, " \t\r");
		int score = vprint_score(side, s, n);

		if (score >= LEAST_SCORE && score >= vprint_score(all, s, n) && skip < n)
			utf8_clean(s + skip, n - skip, &found);
		s += n + (s[n] == '\n');
	}
	str_free(&text);
	return found.len ? str_take(&found) : NULL;
}

void run_time_words(const struct sim_job *j, const char *output, struct run_result *r)
{
	struct str *kept, lines;
	struct vprint *all, *side;
	char *words;

	if (r->verdict != VERDICT_FAIL || !r->said_line || !output[0])
		return;
	kept = mem_calloc(j->n + 1, sizeof(*kept));
	all = read_prints(j, kept);
	lines = bad_side(j, kept, r);
	side = vprint_new();
	vprint_add(side, r->first_path, str_cstr(&lines), lines.len);
	vprint_end(side);
	words = printed_by(side, all, output);
	if (words) {
		free(r->first);
		r->first = words;
		r->said_line = 0;
	}
	vprint_free(side);
	vprint_free(all);
	str_free(&lines);
	for (size_t i = 0; i < j->n; i++)
		str_free(&kept[i]);
	free(kept);
}
