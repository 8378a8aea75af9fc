#include "config.h"

#include "session/project/project.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/project/project_inner.h"
#include "session/verilog/vmacros.h"

/* Files --------------------------------------------------------------------- */

void project_entry_free(struct entry *e)
{
	if (!e)
		return;
	project_outline_drop(e);
	strv_free(&e->lacks);
	strv_free(&e->definers);
	free((char *)e->file.path);
	free(e);
}

static struct entry *entry_new(const char *path)
{
	struct entry *e = mem_zalloc(sizeof(*e));

	e->file.path = mem_strdup(path);
	e->file.header = project_is_header(path);
	e->rank = SIZE_MAX;
	return e;
}

bool project_place_of(const struct project *p, const char *path, size_t *at)
{
	size_t lo = 0, hi = p->n_files;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strcmp(p->files[mid]->file.path, path);

		if (order == 0) {
			*at = mid;
			return true;
		}
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*at = lo;
	return false;
}

struct entry *project_entry_add(struct project *p, const char *path)
{
	size_t at;

	if (project_place_of(p, path, &at))
		return p->files[at];
	p->cap_files = mem_grow((void **)&p->files, p->cap_files, p->n_files + 1, sizeof(*p->files));
	memmove(p->files + at + 1, p->files + at, (p->n_files - at) * sizeof(*p->files));
	p->files[at] = entry_new(path);
	p->n_files++;
	project_stale(p, p->files[at]);
	return p->files[at];
}

bool project_index_of(const struct project *p, const char *path, size_t *i)
{
	project_settle(p);
	return project_place_of(p, path, i);
}

static bool same_stamp(const struct stamp *a, const struct stamp *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	       a->mtime.tv_sec == b->mtime.tv_sec && a->mtime.tv_nsec == b->mtime.tv_nsec;
}

static const struct overlay *overlay_of(const struct project *p, const char *path)
{
	for (size_t i = 0; i < p->n_overlays; i++)
		if (strcmp(p->overlays[i].path, path) == 0)
			return &p->overlays[i];
	return NULL;
}

static void lay_over(struct project *p, const struct overlay *o)
{
	size_t at;

	if (project_place_of(p, o->path, &at))
		project_stale(p, p->files[at]);
	else if (project_is_source(o->path))
		project_entry_add(p, o->path);
}

/* What the manifest says of the file. */
static void rank(const struct project *p, struct entry *e)
{
	const struct manifest *m = &p->look.manifest;
	const struct manifest_file *f = manifest_file(m, e->file.path);

	e->rank = f ? (size_t)(f - m->files) : SIZE_MAX;
	e->file.header = f ? f->role == MANIFEST_HEADER : project_is_header(e->file.path);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct found *)a)->path, ((const struct found *)b)->path);
}

/* The sources that were found, and the guests of before that are still there:
 * whoever includes them may not be read again. Borrowed paths. */
static struct found *all_found(const struct project *p, size_t *n)
{
	struct found *all = mem_calloc(p->look.n + p->n_files + 1, sizeof(*all));

	*n = p->look.n;
	if (p->look.n)
		memcpy(all, p->look.sources, p->look.n * sizeof(*all));
	for (size_t i = 0; i < p->n_files; i++) {
		const struct entry *e = p->files[i];
		struct found f = { (char *)e->file.path, { 0 } };
		char *full = path_join(p->root, e->file.path);
		struct stat st;

		if (e->guest && stat(full, &st) == 0 && S_ISREG(st.st_mode) &&
		    !(p->look.n && bsearch(&f, p->look.sources, p->look.n, sizeof(f), by_path))) {
			f.stamp = (struct stamp){ st.st_dev, st.st_ino, st.st_size, st.st_mtim };
			all[(*n)++] = f;
		}
		free(full);
	}
	if (*n)
		qsort(all, *n, sizeof(*all), by_path);
	return all;
}

/* Takes over from the old list what has not changed since. */
static void take(struct project *p, bool all_anew)
{
	size_t n, n_old = p->n_files, k = 0;
	struct found *found = all_found(p, &n);
	struct entry **old = p->files;

	p->files = NULL;
	p->cap_files = mem_grow((void **)&p->files, 0, n + 1, sizeof(*p->files));
	for (p->n_files = 0; p->n_files < n; p->n_files++) {
		const struct found *f = &found[p->n_files];
		struct entry *e = NULL;

		while (k < n_old && strcmp(old[k]->file.path, f->path) < 0)
			project_entry_free(old[k++]);
		if (k < n_old && strcmp(old[k]->file.path, f->path) == 0)
			e = old[k++];
		if (!e)
			e = entry_new(f->path);
		e->guest &= p->look.n == 0 || !bsearch(f, p->look.sources, p->look.n, sizeof(*f), by_path);
		if (!e->guest)
			rank(p, e);
		if (all_anew || !same_stamp(&e->stamp, &f->stamp)) {
			e->stamp = f->stamp;
			e->on_disk = true;
			project_stale(p, e);
		}
		p->files[p->n_files] = e;
	}
	while (k < n_old)
		project_entry_free(old[k++]);
	free(old);
	free(found);
	for (size_t i = 0; i < p->n_overlays; i++)
		if (!project_place_of(p, p->overlays[i].path, &k) || !p->files[k]->overlaid)
			lay_over(p, &p->overlays[i]);
	project_check_includes(p);
	p->settled = false;
}

/* Folders that new files go to ------------------------------------------------ */

static const char *first_folder(const struct project *p, const char *const *names)
{
	for (; *names; names++) {
		char *full = path_join(p->root, *names);
		struct stat st;
		bool there = lstat(full, &st) == 0 && S_ISDIR(st.st_mode);

		free(full);
		if (there)
			return *names;
	}
	return "";
}

/* As it is, or would be when saved. */
static bool read_text(void *ctx, const char *path, size_t limit, struct str *out, struct err *err)
{
	const struct project *p = ctx;
	const struct overlay *o = overlay_of(p, path);
	char *full;
	bool ok;

	if (o && o->len <= limit) {
		str_free(out);
		str_add(out, o->text, o->len);
		return true;
	}
	full = path_join(p->root, path);
	ok = file_read(full, limit, out, err);
	free(full);
	return ok;
}

/* A define that no tool would take is the tool's to refuse. */
static void give_defines(struct project *p)
{
	struct strv defines = STRV_INIT;

	vmacros_free(p->given);
	p->given = vmacros_new();
	project_defines(p, &defines);
	for (size_t i = 0; i < defines.n; i++)
		vmacros_define(p->given, defines.v[i], NULL);
	strv_free(&defines);
}

static bool refresh(struct project *p, const struct project_settings *s, bool all_anew, struct err *err)
{
	static const char *const rtl[] = { "rtl", "src", NULL };
	static const char *const tb[] = { "tb", "sim", "test", NULL };
	struct look found;

	for (size_t i = 0; i < p->n_overlays; i++)	/* what is typed into a list is not on the disk */
		if (manifest_kind(p->overlays[i].path) != MANIFEST_NONE)
			p->look.described[0] = '\0';
	if (!project_look(&found, &p->look, p->root, s, read_text, p, err))
		return false;
	look_fini(&p->look);
	p->look = found;
	/* Its context pointed to what was copied. */
	p->look.folder.tree.ctx = &p->look.folder;
	free(p->bases);
	p->bases = NULL;
	give_defines(p);
	take(p, all_anew);
	p->rtl_dir = first_folder(p, rtl);
	p->tb_dir = first_folder(p, tb);
	return true;
}

struct project *project_open(const char *root, struct err *err)
{
	char *real = realpath(root, NULL);
	struct project *p;

	if (!real) {
		err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %s: %s", root, strerror(errno));
		return NULL;
	}
	p = mem_zalloc(sizeof(*p));
	p->root = real;
	p->index = mem_zalloc(sizeof(*p->index));
	if (!file_is_dir(real)) {
		err_set(err, ERR_USAGE, "open %s: it is not a folder", root);
	} else if (refresh(p, &p->settings, false, err)) {
		return p;
	}
	project_free(p);
	return NULL;
}

void project_free(struct project *p)
{
	if (!p)
		return;
	project_index_drop(p);
	for (size_t i = 0; i < p->n_files; i++)
		project_entry_free(p->files[i]);
	for (size_t i = 0; i < p->n_overlays; i++) {
		free(p->overlays[i].path);
		free(p->overlays[i].text);
	}
	project_settings_fini(&p->settings);
	look_fini(&p->look);
	free(p->overlays);
	free(p->files);
	vmacros_free(p->given);
	free(p->bases);
	free(p->index);
	free(p->root);
	free(p);
}

bool project_rescan(struct project *p, struct err *err)
{
	if (!p)
		return err_set(err, ERR_USAGE, "there is no project to look at");
	return refresh(p, &p->settings, false, err);
}

/* Settings ------------------------------------------------------------------- */

void project_settings_fini(struct project_settings *s)
{
	strv_free(&s->files);
	strv_free(&s->exclude);
	strv_free(&s->include);
	strv_free(&s->defines);
	strv_free(&s->links);
	strv_free(&s->blackbox);
}

static bool same_words(const struct strv *a, const struct strv *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return true;
}

static void copy_words(struct strv *to, const struct strv *from)
{
	for (size_t i = 0; i < from->n; i++)
		strv_add(to, from->v[i]);
}

bool project_configure(struct project *p, const struct project_settings *s, struct err *err)
{
	struct project_settings *was = &p->settings, copy = { 0 }, old = *was;
	bool text = same_words(&was->include, &s->include) && same_words(&was->defines, &s->defines);

	if (text && same_words(&was->files, &s->files) && same_words(&was->exclude, &s->exclude) &&
	    same_words(&was->links, &s->links) && same_words(&was->blackbox, &s->blackbox))
		return true;
	copy_words(&copy.files, &s->files);
	copy_words(&copy.exclude, &s->exclude);
	copy_words(&copy.include, &s->include);
	copy_words(&copy.defines, &s->defines);
	copy_words(&copy.links, &s->links);
	copy_words(&copy.blackbox, &s->blackbox);
	p->settings = copy;
	if (!refresh(p, &copy, !text, err)) {
		p->settings = old;
		project_settings_fini(&copy);
		return false;
	}
	project_settings_fini(&old);
	return true;
}

/* Overlays ------------------------------------------------------------------ */

void project_overlay(struct project *p, const char *path, const char *text, size_t len)
{
	struct overlay *o;
	char *clean;
	bool fresh;

	if (!path_clean(path, &clean, NULL))
		return;
	o = (struct overlay *)overlay_of(p, clean);
	fresh = !o;
	if (o) {
		free(clean);
		if (o->len == len && memcmp(o->text, text, len) == 0)
			return;
		free(o->text);
	} else {
		p->cap_overlays = mem_grow((void **)&p->overlays, p->cap_overlays, p->n_overlays + 1,
					   sizeof(*p->overlays));
		o = &p->overlays[p->n_overlays++];
		o->path = clean;
	}
	o->text = mem_strndup(text, len);
	o->len = len;
	lay_over(p, o);
	if (fresh && !tree_has(&p->look.folder.tree, o->path))
		project_check_includes(p);
}

/* What an overlay that is gone leaves behind: the file, or nothing. */
static void lift(struct project *p, const char *path)
{
	size_t at;

	if (!project_place_of(p, path, &at))
		return;
	if (p->files[at]->on_disk) {
		project_stale(p, p->files[at]);
		return;
	}
	project_entry_free(p->files[at]);
	memmove(p->files + at, p->files + at + 1, (--p->n_files - at) * sizeof(*p->files));
	p->settled = false;
	project_check_includes(p);
}

void project_overlay_drop(struct project *p, const char *path)
{
	struct overlay *o = (struct overlay *)overlay_of(p, path);
	struct overlay gone;

	if (!o)
		return;
	gone = *o;
	*o = p->overlays[--p->n_overlays];
	lift(p, gone.path);
	free(gone.path);
	free(gone.text);
}

void project_overlay_clear(struct project *p)
{
	while (p->n_overlays) {
		struct overlay gone = p->overlays[--p->n_overlays];

		lift(p, gone.path);
		free(gone.path);
		free(gone.text);
	}
}

const char *project_overlay_text(const struct project *p, const char *path, size_t *len)
{
	const struct overlay *o = overlay_of(p, path);

	if (!o)
		return NULL;
	if (len)
		*len = o->len;
	return o->text;
}
