/* What each event changes: the table, and the functions for tools and settings.
 *
 * Each apply_*() checks its event before it changes anything, since the journal may
 * come from anybody; on failure nothing has changed. Functions for files, the
 * conversation and suggestions are in files of their own.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/journal/state_inner.h"
#include "session/output/diag.h"

static bool has_line(const struct bytes *lines, const char *line)
{
	size_t len = strlen(line);

	for (const char *p = lines->data ? lines->data : ""; *p;) {
		size_t n = strcspn(p, "\n");

		if (n == len && memcmp(p, line, n) == 0)
			return true;
		p += n + (p[n] == '\n');
	}
	return false;
}

/* After a lint of a part: other findings stay until the whole project is linted. */
static const struct diag_list *with_part(const struct diag_list *before, const struct event *e)
{
	size_t n = diag_list_len(e->lint.found), rest = diag_list_len(before);
	struct diag_list *all = diag_list_new(n + rest);

	for (size_t i = 0; i < n; i++)
		diag_list_keep_new(all, e->lint.found, i);
	for (size_t i = 0; i < rest; i++)
		if (!has_line(&e->lint.files, diag_list_at(before, i)->path))
			diag_list_keep_new(all, before, i);
	return all;
}

/* An error may have kept the tool from reading other files. Once it is gone, nothing is
 * known of them. */
static bool lost_errors(const struct diag_list *before, const struct diag_list *now)
{
	return diag_list_count(before, DIAG_ERROR) > diag_list_count(now, DIAG_ERROR);
}

static bool apply_lint(struct state *s, const struct event *e, struct err *err)
{
	const struct diag_list *before = s->found;

	if (!e->lint.found)
		s->found = diag_list_new(0);
	else if (e->lint.part && before)
		s->found = with_part(before, e);
	else
		s->found = diag_list_share(e->lint.found);
	s->lint_whole =
		!e->lint.part || (s->lint_whole && !(before && lost_errors(before, s->found)));
	diag_list_free(before);
	state_put(&s->lint_tool, e->lint.tool);
	if (e->lint.part)
		return true;
	state_put(&s->lint_error, e->lint.error);
	s->lint_read = e->lint.read;
	free(s->lint_unread);
	s->lint_unread =
		mem_strndup(e->lint.unread.data ? e->lint.unread.data : "", e->lint.unread.len);
	return true;
}

static void drop_critique(struct state *s, size_t i)
{
	state_free_critique(s->critiques[i]);
	s->n_critiques--;
	memmove(s->critiques + i, s->critiques + i + 1,
		(s->n_critiques - i) * sizeof(*s->critiques));
}

static bool apply_critique(struct state *s, const struct event *e, struct err *err)
{
	struct critique *c = mem_zalloc(sizeof(*c));

	c->n = e->n;
	c->ask = e->critique.ask;
	state_put(&c->path, e->critique.path);
	c->found = e->critique.found ? diag_list_share(e->critique.found) : diag_list_new(0);
	for (size_t i = s->n_critiques; i-- > 0;)
		if (strcmp(s->critiques[i]->path, c->path) == 0)
			drop_critique(s, i);
	if (s->n_critiques == CRITIQUES_KEPT)
		drop_critique(s, 0);
	MEM_PUSH(s->critiques, s->n_critiques, s->cap_critiques, c);
	return true;
}

static bool apply_run(struct state *s, const struct event *e, struct err *err)
{
	struct sim_run *r = mem_zalloc(sizeof(*r));

	r->n = e->n;
	r->checks = r->first_time = -1;
	state_put(&r->testbench, e->run.testbench);
	state_put(&r->engine, e->run.engine);
	r->confirms = e->run.confirms;
	r->as_if = e->run.as_if;
	state_put(&r->verdict, "");
	state_put(&r->error, "");
	state_put(&r->first, "");
	state_put(&r->first_path, "");
	state_put(&r->output, "");
	state_put(&r->wave, "");
	MEM_PUSH(s->runs, s->n_runs, s->cap_runs, r);
	untested_run(s, e);
	return true;
}

static struct sim_run *run_or_fail(struct state *s, uint64_t n, struct err *err)
{
	for (size_t i = s->n_runs; i-- > 0;) {
		if (s->runs[i]->n != n)
			continue;
		state_unshare_run(&s->runs[i]);
		return s->runs[i];
	}
	err_set(err, ERR_PARSE, "there is no run %llu", (unsigned long long)n);
	return NULL;
}

static bool apply_verdict(struct state *s, const struct event *e, struct err *err)
{
	struct sim_run *r = run_or_fail(s, e->verdict.run, err);

	if (!r)
		return false;
	r->ended = true;
	r->checks = e->verdict.checks;
	r->failures = e->verdict.failures;
	r->first_time = e->verdict.first_time;
	r->first_line = e->verdict.first_line;
	state_put(&r->verdict, e->verdict.verdict);
	state_put(&r->error, e->verdict.error);
	free(r->first);
	r->first = mem_strndup(e->verdict.first.data ? e->verdict.first.data : "",
			       e->verdict.first.len);
	state_put(&r->first_path, e->verdict.first_path);
	state_put(&r->output, e->verdict.output);
	state_put(&r->wave, e->verdict.wave);
	untested_verdict(s, e);
	return true;
}

static bool apply_set(struct state *s, const struct event *e, struct err *err)
{
	size_t len = strlen(e->set.name);

	for (size_t i = 0; i < s->settings.n; i++) {
		char *old = s->settings.v[i];

		if (strncmp(old, e->set.name, len) == 0 && old[len] == '=') {
			s->settings.v[i] = str_fmt("%s=%s", e->set.name, e->set.value);
			free(old);
			return true;
		}
	}
	strv_addf(&s->settings, "%s=%s", e->set.name, e->set.value);
	return true;
}

static bool apply_start(struct state *s, const struct event *e, struct err *err)
{
	state_put(&s->version, e->start.version);
	state_put(&s->neighbour, e->start.neighbour);
	state_put(&s->parent, e->start.parent);
	s->started_ms = e->t_ms;
	return true;
}

static bool apply_note(struct state *s, const struct event *e, struct err *err)
{
	s->notes++;
	return true;
}

/* Names a moment or explains what follows; changes nothing. */
static bool apply_nothing(struct state *s, const struct event *e, struct err *err)
{
	return true;
}

static bool apply_seal(struct state *s, const struct event *e, struct err *err)
{
	s->sealed = e->n;
	return true;
}

static bool apply_unknown(struct state *s, const struct event *e, struct err *err)
{
	s->unknown++;
	return true;
}

bool state_apply(struct state *s, const struct event *e, struct err *err)
{
	static apply_fn *const apply[EVENT_TYPES] = {
		[EVENT_UNKNOWN] = apply_unknown,   [EVENT_START] = apply_start,
		[EVENT_OPEN] = apply_open,	   [EVENT_BASE] = apply_base,
		[EVENT_EDIT] = apply_edit,	   [EVENT_GOTO] = apply_goto,
		[EVENT_RENAME] = apply_rename,	   [EVENT_REMOVE] = apply_remove,
		[EVENT_SAVE] = apply_save,	   [EVENT_CLOSE] = apply_close,
		[EVENT_ASK] = apply_ask,	   [EVENT_PIECE] = apply_piece,
		[EVENT_CALL] = apply_call,	   [EVENT_RESULT] = apply_result,
		[EVENT_OPAQUE] = apply_opaque,	   [EVENT_ANSWER] = apply_answer,
		[EVENT_SUGGEST] = apply_suggest,   [EVENT_DECIDE] = apply_decide,
		[EVENT_SPLIT] = apply_split,	   [EVENT_APPLY] = apply_apply,
		[EVENT_LINT] = apply_lint,	   [EVENT_RUN] = apply_run,
		[EVENT_VERDICT] = apply_verdict,   [EVENT_SET] = apply_set,
		[EVENT_NOTE] = apply_note,	   [EVENT_AMEND] = apply_amend,
		[EVENT_MARK] = apply_nothing,	   [EVENT_REWIND] = apply_nothing,
		[EVENT_SEAL] = apply_seal,	   [EVENT_STEER] = apply_steer,
		[EVENT_CRITIQUE] = apply_critique, [EVENT_FIX] = apply_nothing,
	};

	if (!apply[e->type](s, e, err))
		return err_prefix(err, "event %llu (%s)", (unsigned long long)e->n,
				  event_name(e->type));
	s->n = e->n;
	return true;
}
