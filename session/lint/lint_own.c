/* Runs posedge's own rules over the files of designs, on the thread pool, since a
 * netlist of megabytes takes a while; the thread shares no data while it runs. It
 * yields findings that no tool reports, and better hints for findings that a tool
 * did report. Own findings that a tool reports as well are dropped
 * (own_lint_said).
 */
#include "config.h"

#include "session/lint/lint_own.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/lint/lint_second.h"
#include "session/lint/own_lint.h"
#include "session/project/design.h"
#include "session/text/name_map.h"
#include "session/output/diag.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vmacros.h"

#define MAX_FOUND 5000

/* Texts read while one file is examined. */
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
	struct str disk = STR_INIT;
	bool ok;

	*text = s->text;
	*len = s->len;
	if (s->text)
		return true;
	ok = file_read_in(l->d->job.root, s->path, OWN_LINT_MAX, &disk, NULL);
	if (!ok) {
		str_free(&disk);
		return false;
	}
	MEM_PUSH(l->v, l->n, l->cap, (struct kept){ mem_strdup(s->path), disk });
	*text = str_cstr(&disk);
	*len = disk.len;
	return true;
}

/* Finds an include among the design's own sources: next to the including file,
 * from the root, in the include folders. */
static bool find_include(void *ctx, const char *from, const char *name, bool angle,
			 const char **path, const char **text, size_t *len)
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

/* Improvements to one finding of a tool. */
struct better {
	char *hint, *context; /* NULL: keep the tool's */
	int col, len;	      /* valid with context */
};

/* The tools' findings, grouped by file. */
struct said {
	const struct diag_list *l;
	struct better *better;
	size_t *next;	       /* next finding in the same file, plus 1; 0 ends the list */
	struct name_map first; /* path to its first finding */
};

static void said_init(struct said *s, const struct diag_list *l)
{
	size_t n = diag_list_len(l);

	*s = (struct said){ .l = l,
			    .better = mem_calloc(n + 1, sizeof(*s->better)),
			    .next = mem_calloc(n + 1, sizeof(*s->next)) };
	for (size_t i = n; i-- > 0;) {
		const char *path = diag_list_at(l, i)->path;
		size_t later;

		if (name_map_get(&s->first, path, strlen(path), &later)) {
			s->next[i] = s->next[later];
			s->next[later] = i + 1;
		} else {
			name_map_put(&s->first, path, strlen(path), i);
		}
	}
}

static void said_fini(struct said *s)
{
	for (size_t i = 0; i < diag_list_len(s->l); i++) {
		free(s->better[i].hint);
		free(s->better[i].context);
	}
	free(s->better);
	free(s->next);
	name_map_fini(&s->first);
}

static void explain(const struct own_lint *o, const char *path, struct said *s)
{
	size_t at;

	if (!name_map_get(&s->first, path, strlen(path), &at))
		return;
	for (size_t i = at + 1; i; i = s->next[i - 1]) {
		struct diag d = *diag_list_at(s->l, i - 1);
		struct str hint = STR_INIT, line = STR_INIT;
		struct better *better = &s->better[i - 1];

		if (own_lint_place(o, &d, &line))
			*better = (struct better){ NULL, str_take(&line), d.col, d.len };
		if (own_lint_explain(o, &d, &hint))
			better->hint = str_take(&hint);
		str_free(&hint);
		str_free(&line);
	}
}

static void look_at(struct looking *l, const struct source *src, const struct vmacros *given,
		    bool find, struct said *said, struct diag_list *out)
{
	const struct vpp_env env = { .given = given, .include = find_include, .ctx = l };
	struct own_lint_text t = { .path = src->path, .env = &env };
	struct diag_list *own = diag_list_new(MAX_FOUND);
	struct own_lint *o = NULL;

	t.verilog = lang_file(src->path) == LANG_FILE_V &&
		    !(l->d->job.lang_fixed && l->d->job.lang == LANG_SV2017);
	if (text_of(l, src, &t.text, &t.len)) {
		o = own_lint_open(&t);
		explain(o, src->path, said);
		if (find)
			own_lint_find(o, own);
	}
	for (size_t i = 0; i < diag_list_len(own); i++)
		if (!own_lint_said(said->l, diag_list_at(own, i)))
			diag_list_keep_new(out, own, i);
	own_lint_close(o);
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

/* Job for the thread pool; nobody else touches its members while it runs. */
struct own_work {
	const struct design *const *v;
	size_t n;
	const char *only;
	struct said *said;
	struct diag_list *own;
	atomic_bool stop;
};

static void look_at_all(void *ctx)
{
	struct own_work *w = ctx;
	const struct design *const *v = w->v;
	struct name_map seen = NAME_MAP_INIT;
	struct looking looking = { 0 };

	for (size_t i = 0; i < w->n && !atomic_load(&w->stop); i++) {
		struct vmacros *given = macros_of(v[i]);

		looking.d = v[i];
		for (size_t k = 0; k < v[i]->job.n && !atomic_load(&w->stop); k++) {
			const struct source *s = &v[i]->job.sources[k];
			bool find = !s->included && (!w->only || strcmp(s->path, w->only) == 0);

			if ((!find && !name_map_has(&w->said->first, s->path, strlen(s->path))) ||
			    !name_map_put(&seen, s->path, strlen(s->path), 0))
				continue;
			look_at(&looking, s, given, find, w->said, w->own);
		}
		vmacros_free(given);
	}
	free(looking.v);
	name_map_fini(&seen);
}

static bool has_line(const struct diag_list *l, const struct diag *d)
{
	for (size_t i = 0; i < diag_list_len(l); i++) {
		const struct diag *x = diag_list_at(l, i);

		if (x->line == d->line && strcmp(x->path, d->path) == 0)
			return true;
	}
	return false;
}

bool lint_own(struct loop *l, const struct design *const *v, size_t n, const char *only,
	      const struct diag_list *said, struct diag_list *out, struct err *err)
{
	struct diag_list *own = diag_list_new(MAX_FOUND);
	struct said s;
	struct own_work work = { v, n, only, &s, own };
	bool ok;

	said_init(&s, said);
	ok = task_work(l, look_at_all, &work, &work.stop, err);
	for (size_t i = 0; i < diag_list_len(said); i++) {
		const struct better *b = &s.better[i];
		struct diag d = *diag_list_at(said, i);

		if (lint_is_second(&d) && has_line(own, &d))
			continue;
		if (!b->hint && !b->context) {
			diag_list_keep_new(out, said, i);
			continue;
		}
		if (b->context) {
			d.context = b->context;
			d.col = b->col;
			d.len = b->len;
		}
		if (b->hint)
			d.hint = b->hint;
		/* This explains the tool's remark but is not the fault of the
		 * block; SENSLIST reports that. */
		if (b->hint && strstr(b->hint, OWN_LINT_NO_EDGE))
			d.rank = DIAG_STYLE;
		diag_list_add_new(out, &d);
	}
	for (size_t i = 0; i < diag_list_len(own); i++)
		diag_list_keep_new(out, own, i);
	said_fini(&s);
	diag_list_free(own);
	return ok;
}
