/* A FAIL quotes the line that the failing check printed. That line may not look
 * like an error ("t=30 q=5 e=3") while a later summary does ("4 errors"). So each
 * output line is matched with the print statements that the failing check can
 * reach, and with all others; the first line that the former explain best is
 * quoted.
 */
#include "config.h"

#include "session/check/run_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/check/run_time.h"
#include "session/tool/simulator.h"
#include "session/verdict/run.h"
#include "session/output/vprint.h"

#define MAX_OUTPUT  (1u << 20)
#define MAX_LINES   2000
#define MAX_FIRST   400 /* bytes per line */
#define LEAST_SCORE 3	/* letters a line must share with a statement to exclude a chance match */

struct prints {
	struct vprint *all, *sure, *shared;
	bool timed;
	uint64_t time; /* of the failure, in steps; valid if timed */
};

static struct vprint *prints_of(const char *text)
{
	struct vprint *p = vprint_new();

	if (text)
		vprint_add(p, "", text, strlen(text));
	vprint_end(p);
	return p;
}

static bool is_of(const struct vprint *side, const struct prints *p, const char *s, size_t len)
{
	int score = vprint_score(side, s, len);

	return score >= LEAST_SCORE && score >= vprint_score(p->all, s, len);
}

/* False: the line prints no time. */
static bool time_of(const struct prints *p, const char *s, size_t len, uint64_t *time)
{
	struct told_time t;

	told_time_read(s, len, &t);
	vprint_time(p->all, s, len, &t);
	return p->timed && run_time_in_steps(p->all, &t, time);
}

/* True if the line prints the time at which the check failed. */
static bool is_at_failure(const struct prints *p, const char *s, size_t len)
{
	uint64_t time;

	return time_of(p, s, len, &time) && time == p->time;
}

/* True if it prints a later one: the check failed again, in words that are clearer. */
static bool is_later(const struct prints *p, const char *s, size_t len)
{
	uint64_t time;

	return time_of(p, s, len, &time) && time > p->time;
}

static bool has_word(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (isalnum((unsigned char)s[i]))
			return true;
	return false;
}

/* Caller frees; NULL if there is none. */
static char *printed(const struct prints *p, const char *output)
{
	struct str text = STR_INIT, found = STR_LIMIT(MAX_FIRST);
	int lines = 0;

	if (!file_read(output, MAX_OUTPUT, &text, NULL))
		return NULL;
	for (const char *s = str_cstr(&text); *s && !found.len && lines < MAX_LINES; lines++) {
		size_t n = strcspn(s, "\n"), skip = strspn(s, " \t\r");

		if (skip < n && has_word(s, n) &&
		    (is_of(p->sure, p, s, n) ||
		     (is_of(p->shared, p, s, n) && is_at_failure(p, s, n))))
			utf8_clean(s + skip, n - skip, &found);
		s += n + (s[n] == '\n');
	}
	str_free(&text);
	return found.len ? str_take(&found) : NULL;
}

void run_words(const struct sim_job *j, const char *output, struct run_result *r)
{
	struct str *kept;
	struct prints p;
	char *words;

	if (r->verdict != VERDICT_FAIL || !r->said || !output[0])
		return;
	kept = mem_calloc(j->n + 1, sizeof(*kept));
	p = (struct prints){ run_time_prints(j, kept), prints_of(r->said),
			     prints_of(r->said_shared), r->has_time && r->told.unit == TOLD_STEP,
			     r->first_time };
	if (!is_of(p.sure, &p, r->first, strlen(r->first)) ||
	    is_later(&p, r->first, strlen(r->first))) {
		words = printed(&p, output);
		if (words) {
			free(r->first);
			r->first = words;
		}
	}
	vprint_free(p.shared);
	vprint_free(p.sure);
	vprint_free(p.all);
	for (size_t i = 0; i < j->n; i++)
		str_free(&kept[i]);
	free(kept);
}
