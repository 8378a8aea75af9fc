/* changed: what a running coding agent has done so far in its copy.
 *
 * Its turn may take minutes, and suggestions are made only at the end. Until then
 * this shows its changes: nothing is recorded, decided or written.
 */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/str.h"
#include "session/journal/suggestion.h"
#include "session/model/backend.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/workbench.h"

struct looking {
	const struct strv *paths; /* relative to the root; empty: all */
	struct str diff, notes;
	size_t files;
};

/* A folder matches all files in it. */
static bool wanted(const struct strv *paths, const char *path)
{
	for (size_t i = 0; i < paths->n; i++) {
		size_t n = strlen(paths->v[i]);

		if (strcmp(paths->v[i], ".") == 0 ||
		    (strncmp(paths->v[i], path, n) == 0 && (!path[n] || path[n] == '/')))
			return true;
	}
	return paths->n == 0;
}

static bool on_piece(void *ctx, const struct piece *p)
{
	struct looking *l = ctx;
	struct suggestion *s;

	if (p->kind == PIECE_NOTE) {
		str_add(&l->notes, p->text, p->len);
		str_addc(&l->notes, '\n');
	}
	if (p->kind != PIECE_FILE || !wanted(l->paths, p->file.path))
		return true;
	s = suggestion_new(p->file.path, p->file.fresh, p->file.base, p->file.base_len, p->text,
			   p->len);
	suggestion_set_removes(s, p->file.gone);
	suggestion_print(s, &l->diff);
	suggestion_free(s);
	l->files++;
	return true;
}

static bool look(struct cmd_call *c, const struct strv *paths, const struct backend_entry *e,
		 bool *works, struct err *err)
{
	struct looking l = { .paths = paths };
	struct backend_lease *lease = backend_lease_hold(e->lease);
	char *name = str_fmt("%s", e->name);
	struct err why = { 0 };
	bool ok = lease->backend->ops->so_far(lease->backend, on_piece, &l, &why);

	*works |= ok;
	if (ok) {
		report_text(&c->w->out, "%s, so far: %zu file%s\n", name, l.files,
			    count_s(l.files));
		c->w->out.text(c->w->out.ctx, str_cstr(&l.diff), l.diff.len);
		c->w->out.text(c->w->out.ctx, str_cstr(&l.notes), l.notes.len);
	}
	backend_lease_drop(lease);
	str_free(&l.diff);
	str_free(&l.notes);
	free(name);
	return ok || why.code == ERR_NOT_FOUND || err_copy(err, &why);
}

bool cmd_changed(struct cmd_call *c, struct err *err)
{
	const struct backend_list *all = c->w->backends;
	struct strv paths = STRV_INIT;
	bool works = false, ok = true;

	for (size_t i = 0; ok && i < c->argc; i++) {
		char *rel;

		ok = workplace_path(&c->w->place, c->argv[i], &rel, err);
		if (ok)
			strv_give(&paths, rel);
	}
	/* The list may grow during look(). */
	for (size_t i = 0; ok && i < all->n; i++)
		if (all->v[i].lease && all->v[i].lease->backend->ops->so_far)
			ok = look(c, &paths, &all->v[i], &works, err);
	if (ok && !works)
		report_text(&c->w->out, "no coding agent works on a question just now\n");
	strv_free(&paths);
	return ok;
}
