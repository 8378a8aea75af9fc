#include "config.h"

#include "session/lint_own.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/design.h"
#include "session/diag.h"
#include "session/name_map.h"
#include "session/own_lint.h"
#include "session/verilog.h"
#include "session/vmacros.h"

#define FILES_AT_ONCE 8	/* a few milliseconds */
#define MAX_FOUND 1000	/* in one file */

/* A text that was read, kept for as long as one file is looked at. */
struct kept {
	char *path;
	struct str text;
};

struct looking {
	const struct design *d;
	struct kept *v;
	size_t n, cap;
};

static const struct source *source_at(const struct design *d, const char *path)
{
	for (size_t i = 0; i < d->job.n; i++)
		if (strcmp(d->job.sources[i].path, path) == 0)
			return &d->job.sources[i];
	return NULL;
}

static bool text_of(struct looking *l, const struct source *s, const char **text, size_t *len)
{
	char *full;
	struct str disk = STR_INIT;
	bool ok;

	*text = s->text;
	*len = s->len;
	if (s->text)
		return true;
	full = path_join(l->d->job.root, s->path);
	ok = file_read(full, OWN_LINT_MAX, &disk, NULL);
	free(full);
	if (!ok) {
		str_free(&disk);
		return false;
	}
	l->cap = mem_grow((void **)&l->v, l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct kept){ mem_strdup(s->path), disk };
	*text = str_cstr(&disk);
	*len = disk.len;
	return true;
}

/* Among the design's own sources: beside the file, from the root, in its folders. */
static bool bring(void *ctx, const char *from, const char *name, bool angle, const char **path, const char **text,
		  size_t *len)
{
	struct looking *l = ctx;
	char *folder = path_dir(from);
	const struct source *s = NULL;
	const char *const *dirs = l->d->job.include_dirs;

	for (int i = -2; !s && (i < 0 || (dirs && dirs[i])); i++) {
		const char *in = i == -2 ? folder : i == -1 ? "." : dirs[i];
		char *joined = path_join(in, name), *clean;

		if (path_clean(joined, &clean, NULL)) {
			s = source_at(l->d, clean);
			free(clean);
		}
		free(joined);
	}
	free(folder);
	if (!s || !text_of(l, s, text, len))
		return false;
	*path = s->path;
	return true;
}

static void forget(struct looking *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].path);
		str_free(&l->v[i].text);
	}
	l->n = 0;
}

static void look_at(struct looking *l, const struct source *s, const struct vmacros *given,
		    const struct diag_list *said, struct diag_list *out)
{
	const struct vpp_env env = { .given = given, .include = bring, .ctx = l };
	struct own_lint_text t = { .path = s->path, .env = &env };
	struct diag_list *own = diag_list_new(MAX_FOUND);

	t.verilog = str_ends(s->path, ".v") && !(l->d->job.lang_fixed && l->d->job.lang == LANG_SV2017);
	if (text_of(l, s, &t.text, &t.len))
		own_lint(&t, own);
	for (size_t i = 0; i < diag_list_len(own); i++)
		if (!own_lint_said(said, diag_list_at(own, i)))
			diag_list_add_new(out, diag_list_at(own, i), NULL);
	diag_list_free(own);
	forget(l);
}

static struct vmacros *macros_of(const struct design *d)
{
	struct vmacros *m = vmacros_new();

	for (const char *const *p = d->job.defines; p && *p; p++)
		vmacros_define(m, *p, NULL);
	return m;
}

bool lint_own(struct loop *l, const struct design *const *v, size_t n, const char *only, const struct diag_list *said,
	      struct diag_list *out, struct err *err)
{
	struct name_map seen = NAME_MAP_INIT;
	struct looking looking = { 0 };
	size_t looked = 0;
	bool ok = true;

	for (size_t i = 0; ok && i < n; i++) {
		struct vmacros *given = macros_of(v[i]);

		looking.d = v[i];
		for (size_t k = 0; ok && k < v[i]->job.n; k++) {
			const struct source *s = &v[i]->job.sources[k];

			if (s->included || (only && strcmp(s->path, only) != 0) || !name_map_put(&seen, s->path, strlen(s->path), 0))
				continue;
			look_at(&looking, s, given, said, out);
			if (++looked % FILES_AT_ONCE == 0)
				ok = task_sleep(l, 0, err);
		}
		vmacros_free(given);
	}
	free(looking.v);
	name_map_fini(&seen);
	return ok;
}
