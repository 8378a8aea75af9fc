/* The texts of an answer are overlays, with each changed file in turn as the one whose
 * modules are linted. Only after a syntax error is the text of before linted as well: a
 * parser that stops at one error may find the next when that is mended, so in a file
 * that had errors only the new lines count. */
#include "config.h"

#include "session/review/apply_lint.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/lint/flow_lint.h"
#include "session/output/diag.h"
#include "session/text/diff.h"
#include "session/workbench/workbench.h"

struct change_of_file {
	char *path; /* its new name, if it is renamed */
	struct str before, after;
};

struct changes {
	struct change_of_file *file;
	struct overlay *v; /* the texts after, in the same order; of a rename also the old file */
	size_t n, n_texts;
};

static void add(struct changes *c, const struct suggestion *s)
{
	struct change_of_file *f = &c->file[c->n++];
	size_t len;
	const char *before = suggestion_before(s, &len);

	f->path = mem_strdup(suggestion_renames_file(s) ? suggestion_moves(s) : suggestion_path(s));
	str_add(&f->before, before, len);
	suggestion_compose_rest(s, &f->after);
}

/* Copies: a suggestion may be closed while the tool runs. */
static void changes_init(struct changes *c, const struct state *st, const uint64_t *v, size_t n)
{
	*c = (struct changes){ mem_calloc(2 * n + 1, sizeof(*c->file)),
			       mem_calloc(2 * n + 1, sizeof(*c->v)), 0, 0 };
	for (size_t i = 0; i < n; i++)
		add(c, state_proposal(st, v[i])->s);
	for (size_t i = 0; i < n; i++)
		if (suggestion_renames_file(state_proposal(st, v[i])->s))
			c->file[c->n + c->n_texts++].path =
				mem_strdup(suggestion_path(state_proposal(st, v[i])->s));
	c->n_texts += c->n;
	for (size_t i = 0; i < c->n_texts; i++)
		c->v[i] = (struct overlay){ c->file[i].path,
					    { str_cstr(&c->file[i].after), c->file[i].after.len } };
}

static void changes_fini(struct changes *c)
{
	for (size_t i = 0; i < c->n_texts; i++) {
		free(c->file[i].path);
		str_free(&c->file[i].before);
		str_free(&c->file[i].after);
	}
	free(c->file);
	free(c->v);
}

static bool has_syntax_error(const struct diag_list *found, const char *path)
{
	for (size_t i = 0; i < diag_list_len(found); i++)
		if (diag_is_syntax_error(diag_list_at(found, i)) &&
		    strcmp(diag_list_at(found, i)->path, path) == 0)
			return true;
	return false;
}

/* True also if nobody can tell. */
static bool was_broken(struct workbench *w, const struct change_of_file *f)
{
	struct overlay was = { f->path, { str_cstr(&f->before), f->before.len } };
	const struct diag_list *found = NULL;
	bool ok = flow_lint_if(w, &was, 1, &found, NULL), broken;

	broken = !ok || has_syntax_error(found, f->path);
	diag_list_free(found);
	return broken;
}

/* Line `number` of the text after is one of the text before, too. */
static bool had_line(const struct change_of_file *f, int number)
{
	struct lines was, is;
	bool had = false;
	size_t len, n;

	lines_init(&was, str_cstr(&f->before), f->before.len);
	lines_init(&is, str_cstr(&f->after), f->after.len);
	if (number > 0 && (size_t)number <= is.n) {
		const char *line = lines_at(&is, (size_t)number - 1, &len);

		for (size_t i = 0; !had && i < was.n; i++) {
			const char *other = lines_at(&was, i, &n);

			had = n == len && memcmp(other, line, len) == 0;
		}
	}
	lines_fini(&is);
	lines_fini(&was);
	return had;
}

/* The changed file that a finding is in, if it is a syntax error; else NULL. */
static const struct change_of_file *broken_file(const struct changes *c, const struct diag *d)
{
	for (size_t i = 0; diag_is_syntax_error(d) && i < c->n; i++)
		if (strcmp(c->file[i].path, d->path) == 0)
			return &c->file[i];
	return NULL;
}

static bool check(struct workbench *w, const struct changes *c, const struct diag_list *found,
		  struct err *err)
{
	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		const struct change_of_file *f = broken_file(c, d);

		if (f && !(had_line(f, d->line) && was_broken(w, f)))
			return err_set(err, ERR_CONFLICT,
				       "%s:%d: %s: nothing of the answer is written by itself; "
				       "`posedge review` decides",
				       d->path, d->line, d->text);
	}
	return true;
}

bool apply_lint(struct workbench *w, const uint64_t *suggestions, size_t n, struct err *err)
{
	struct changes c;
	bool ok = true;

	changes_init(&c, session_state(w->session), suggestions, n);
	for (size_t i = 0; ok && i < c.n; i++) {
		const struct diag_list *found = NULL;
		struct overlay first = c.v[i];
		struct err why = { 0 };

		c.v[i] = c.v[0];
		c.v[0] = first;
		if (flow_lint_if(w, c.v, c.n_texts, &found, &why))
			ok = check(w, &c, found, err);
		else if (why.code == ERR_CANCELLED)
			ok = err_set(err, why.code, "%s", why.text);
		diag_list_free(found);
	}
	changes_fini(&c);
	return ok;
}
