/* "@coverage" and "@mutants": the results of the last run of these commands, compared
 * with the current texts. Lines of a text that changed since are marked as such; a
 * mutant whose line has changed is left out, as it belongs to another design.
 */
#include "config.h"

#include <string.h>

#include "session/base/count.h"
#include "session/journal/session.h"
#include "session/mutant/kept.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"
#include "ui/job/attach.h"

#define WORDS_MAX 12000 /* bytes of an attachment; the rest is only counted */

/* Appends as many whole lines as fit, and the number of the rest. */
static void add_cut(const char *words, struct str *out)
{
	size_t len = strlen(words), rest = 0, to = len;

	if (len > WORDS_MAX)
		for (to = WORDS_MAX; to > 0 && words[to - 1] != '\n';)
			to--;
	str_add(out, words, to);
	for (size_t i = to; i < len; i++)
		rest += words[i] == '\n';
	if (rest)
		str_addf(out, "(and %zu line%s more)\n", rest, count_s(rest));
}

bool attach_coverage(struct workbench *w, struct str *out, struct err *err)
{
	struct kept_coverage c;
	struct str now = STR_INIT;

	if (!kept_coverage_read(session_dir(w->session), &c, err))
		return err_prefix(err, "@coverage");
	for (size_t i = 0; i < c.n; i++) {
		workbench_read(w, c.v[i].path, &now);
		if (strcmp(str_cstr(&now), c.v[i].text) != 0)
			str_addf(out,
				 "%s has changed since this was counted; its line numbers are "
				 "those of the text as it was\n",
				 c.v[i].path);
	}
	add_cut(c.words, out);
	str_free(&now);
	kept_coverage_fini(&c);
	return true;
}

static bool is_as_it_was(struct workbench *w, const struct kept_mutant *m, struct str *now)
{
	struct str line = STR_INIT;
	bool same;

	workbench_read(w, m->path, now);
	kept_line(str_cstr(now), now->len, m->line, &line);
	/* The kept line has no leading blanks, but may have trailing ones. */
	same = str_starts(m->before, str_cstr(&line)) &&
	       strspn(m->before + line.len, " \t\r") == strlen(m->before + line.len);
	str_free(&line);
	return same;
}

bool attach_mutants(struct workbench *w, struct str *out, struct err *err)
{
	struct kept_mutants m;
	struct str now = STR_INIT, all = STR_INIT;
	size_t gone = 0;

	if (!kept_mutants_read(session_dir(w->session), &m, err))
		return err_prefix(err, "@mutants");
	for (size_t i = 0; i < m.n; i++) {
		const struct kept_mutant *v = &m.v[i];

		if (!is_as_it_was(w, v, &now)) {
			gone++;
			continue;
		}
		str_addf(&all, "%s:%d: %s\n  - %s\n", v->path, v->line, v->kind, v->before);
		if (v->after[0])
			str_addf(&all, "  + %s\n", v->after);
	}
	str_addf(out, "The testbench %s %s.\n", m.testbench, m.score);
	if (all.len)
		str_adds(out, "It passes with each of these changes of the design as well. A check "
			      "that fails with one, and passes without it, would notice it; a "
			      "change that means the same as before needs none:\n");
	else
		str_adds(out, "No mutant is known to survive.\n");
	add_cut(str_cstr(&all), out);
	if (gone)
		str_addf(out, "(%zu more were on lines that have changed since)\n", gone);
	str_free(&all);
	str_free(&now);
	kept_mutants_fini(&m);
	return true;
}
