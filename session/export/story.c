/* The walk over a journal that all exports share. Events are folded into a state as
 * in the program; in addition, the story collects what readers want: questions,
 * suggestions with the fate of each line, lints, runs, versions of files. A damaged
 * journal is read up to the damage, and `lost` says so. Every text is redacted,
 * including text recorded before a secret was known.
 */
#include "config.h"

#include "session/export/story.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/export/story_inner.h"
#include "session/journal/journal.h"
#include "session/output/diag.h"

static bool take(void *ctx, const struct event *e, struct err *err)
{
	struct reader *rd = ctx;

	story_files_before(rd, e);
	if (!state_apply(&rd->state, e, err) || !story_tell(rd, e, err))
		return false;
	story_files_after(rd, e);
	if (rd->story->started_ms == 0)
		rd->story->started_ms = e->t_ms;
	if (e->t_ms > rd->story->ended_ms)
		rd->story->ended_ms = e->t_ms;
	return true;
}

static void reader_fini(struct reader *rd)
{
	for (size_t i = 0; rd->story && i < rd->story->n_suggestions; i++)
		open_suggestion_fini(&rd->open[i]);
	free(rd->open);
	free(rd->edited);
	story_files_fini(rd);
	state_fini(&rd->state);
}

struct story *story_read(const char *dir, const struct redact *r, struct err *err)
{
	struct blobs blobs;
	struct reader rd = { .story = mem_zalloc(sizeof(*rd.story)), .r = r, .blobs = &blobs };
	struct journal_start reached;
	struct damage damage = { 0 };
	struct err why = { 0 };
	bool ok;

	journal_blobs_of(dir, &blobs);
	state_init(&rd.state);
	rd.story->dir = mem_strdup(dir);
	rd.story->id = mem_strdup(path_base(dir));
	ok = journal_read(dir, NULL, take, &rd, &reached, &damage, &why);
	if (ok && damage.line)
		strv_addf(&rd.story->lost,
			  "the journal is damaged at line %llu: %s; the export ends there",
			  (unsigned long long)damage.line, damage.why);
	if (!ok && why.code == ERR_PARSE && rd.story->n_moments) {
		strv_addf(&rd.story->lost, "the journal is damaged: %s; the export ends there",
			  why.text);
		ok = true;
	}
	if (ok) {
		story_files_end(&rd);
		story_tell_end(&rd);
	} else {
		err_copy(err, &why);
	}
	reader_fini(&rd);
	if (ok)
		return rd.story;
	story_free(rd.story);
	return NULL;
}

/* Freeing */

static void free_suggestion(struct story_suggestion *x)
{
	free(x->path);
	free(x->by);
	free(x->moves);
	free(x->how);
	story_lines_fini(&x->lines);
	str_free(&x->base);
	str_free(&x->proposed);
	str_free(&x->written);
}

static void free_strs(struct str *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		str_free(v[i]);
}

#define FREE_STRS(...)                                  \
	free_strs((struct str *const[]){ __VA_ARGS__ }, \
		  sizeof((struct str *[]){ __VA_ARGS__ }) / sizeof(struct str *))

void story_free(struct story *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n_moments; i++) {
		str_free(&s->moments[i].text);
		story_lines_fini(&s->moments[i].lines);
	}
	for (size_t i = 0; i < s->n_asks; i++) {
		struct story_ask *a = &s->asks[i];

		FREE_STRS(&a->backend, &a->model, &a->question, &a->answer, &a->reasoning,
			  &a->error, &a->prompt);
	}
	for (size_t i = 0; i < s->n_suggestions; i++)
		free_suggestion(&s->suggestions[i]);
	for (size_t i = 0; i < s->n_lints; i++) {
		FREE_STRS(&s->lints[i].tool, &s->lints[i].version, &s->lints[i].error,
			  &s->lints[i].files, &s->lints[i].unread);
		diag_list_free(s->lints[i].found);
	}
	for (size_t i = 0; i < s->n_runs; i++) {
		struct story_run *x = &s->runs[i];

		FREE_STRS(&x->testbench, &x->engine, &x->files, &x->verdict, &x->error, &x->first,
			  &x->first_path, &x->unprotected, &x->version);
		free(x->wave);
	}
	for (size_t i = 0; i < s->n_versions; i++)
		story_text_fini(&s->versions[i]);
	for (size_t i = 0; i < s->n_files; i++)
		story_text_fini(&s->files[i]);
	str_free(&s->version);
	str_free(&s->neighbour);
	str_free(&s->parent);
	strv_free(&s->lost);
	free(s->moments);
	free(s->asks);
	free(s->suggestions);
	free(s->lints);
	free(s->runs);
	free(s->versions);
	free(s->files);
	free(s->id);
	free(s->dir);
	free(s);
}

bool story_lint_clean(const struct story_lint *l)
{
	return l->error.len == 0 && diag_list_count(l->found, DIAG_ERROR) == 0 &&
	       diag_list_count(l->found, DIAG_RISK) == 0;
}
