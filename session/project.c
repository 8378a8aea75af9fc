#include "config.h"

#include "session/project.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/project_inner.h"

/* Files --------------------------------------------------------------------- */

static void drop_outline(struct entry *e)
{
	if (e->file.outline)
		voutline_fini(&e->outline);
	e->file.outline = NULL;
}

static void entry_free(struct entry *e)
{
	if (!e)
		return;
	drop_outline(e);
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

static void set_outline(struct entry *e, const char *text, size_t len)
{
	drop_outline(e);
	e->file.size = len;
	if (len > PROJECT_MAX_OUTLINE)
		return;
	voutline_init(&e->outline, text, len);
	e->file.outline = &e->outline;
}

static void read_outline(const struct project *p, struct entry *e)
{
	char *full = path_join(p->root, e->file.path);
	struct str text = STR_INIT;

	drop_outline(e);
	e->overlaid = false;
	e->file.size = (size_t)e->stamp.size;
	if (file_read(full, PROJECT_MAX_OUTLINE, &text, NULL))
		set_outline(e, str_cstr(&text), text.len);
	str_free(&text);
	free(full);
}

/* Where path is, or would be. */
static bool place_of(const struct project *p, const char *path, size_t *at)
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

bool project_index_of(const struct project *p, const char *path, size_t *i)
{
	return place_of(p, path, i);
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

	if (!place_of(p, o->path, &at)) {
		if (!project_is_source(o->path))
			return;
		p->cap_files = mem_grow((void **)&p->files, p->cap_files, p->n_files + 1, sizeof(*p->files));
		memmove(p->files + at + 1, p->files + at, (p->n_files - at) * sizeof(*p->files));
		p->files[at] = entry_new(o->path);
		p->n_files++;
	}
	set_outline(p->files[at], o->text, o->len);
	p->files[at]->overlaid = true;
}

/* What the manifest says of the file. */
static void rank(const struct project *p, struct entry *e)
{
	const struct manifest *m = &p->look.manifest;
	const struct manifest_file *f = manifest_file(m, e->file.path);

	e->rank = f ? (size_t)(f - m->files) : SIZE_MAX;
	e->file.header = f ? f->role == MANIFEST_HEADER : project_is_header(e->file.path);
}

/* Takes over from the old list what has not changed since. */
static void take(struct project *p, bool all_anew)
{
	const struct look *found = &p->look;
	struct entry **old = p->files;
	size_t n_old = p->n_files, k = 0;

	p->files = NULL;
	p->cap_files = mem_grow((void **)&p->files, 0, found->n + 1, sizeof(*p->files));
	for (p->n_files = 0; p->n_files < found->n; p->n_files++) {
		const struct found *f = &found->sources[p->n_files];
		struct entry *e = NULL;

		while (k < n_old && strcmp(old[k]->file.path, f->path) < 0)
			entry_free(old[k++]);
		if (k < n_old && strcmp(old[k]->file.path, f->path) == 0)
			e = old[k++];
		if (!e)
			e = entry_new(f->path);
		rank(p, e);
		if (all_anew || !same_stamp(&e->stamp, &f->stamp)) {
			e->stamp = f->stamp;
			e->on_disk = true;
			read_outline(p, e);
		}
		p->files[p->n_files] = e;
	}
	while (k < n_old)
		entry_free(old[k++]);
	free(old);
	for (size_t i = 0; i < p->n_overlays; i++)
		lay_over(p, &p->overlays[i]);
	project_index_drop(p);
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

static bool refresh(struct project *p, const struct project_settings *s, bool all_anew, struct err *err)
{
	static const char *const rtl[] = { "rtl", "src", NULL };
	static const char *const tb[] = { "tb", "sim", "test", NULL };
	struct look found;

	if (!project_look(&found, p->root, s, read_text, p, err))
		return false;
	look_fini(&p->look);
	p->look = found;
	/* Its context pointed to what was copied. */
	p->look.folder.tree.ctx = &p->look.folder;
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
		entry_free(p->files[i]);
	for (size_t i = 0; i < p->n_overlays; i++) {
		free(p->overlays[i].path);
		free(p->overlays[i].text);
	}
	project_settings_fini(&p->settings);
	look_fini(&p->look);
	free(p->overlays);
	free(p->files);
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
	    same_words(&was->links, &s->links))
		return true;
	copy_words(&copy.files, &s->files);
	copy_words(&copy.exclude, &s->exclude);
	copy_words(&copy.include, &s->include);
	copy_words(&copy.defines, &s->defines);
	copy_words(&copy.links, &s->links);
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

	if (!path_clean(path, &clean, NULL))
		return;
	o = (struct overlay *)overlay_of(p, clean);
	if (o) {
		free(clean);
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
	project_index_drop(p);
}

void project_overlay_drop(struct project *p, const char *path)
{
	struct overlay *o = (struct overlay *)overlay_of(p, path);
	size_t at;

	if (!o)
		return;
	free(o->path);
	free(o->text);
	*o = p->overlays[--p->n_overlays];
	if (!place_of(p, path, &at))
		return;
	if (p->files[at]->on_disk) {
		read_outline(p, p->files[at]);
	} else {
		entry_free(p->files[at]);
		memmove(p->files + at, p->files + at + 1, (--p->n_files - at) * sizeof(*p->files));
	}
	project_index_drop(p);
}

void project_overlay_clear(struct project *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_files; i++) {
		struct entry *e = p->files[i];

		if (!e->on_disk) {
			entry_free(e);
			continue;
		}
		if (e->overlaid)
			read_outline(p, e);
		p->files[n++] = e;
	}
	p->n_files = n;
	for (size_t i = 0; i < p->n_overlays; i++) {
		free(p->overlays[i].path);
		free(p->overlays[i].text);
	}
	p->n_overlays = 0;
	project_index_drop(p);
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

/* What is there --------------------------------------------------------------- */

const char *project_root(const struct project *p)
{
	return p->root;
}

size_t project_files(const struct project *p)
{
	return p->n_files;
}

const struct project_file *project_file(const struct project *p, size_t i)
{
	assert(i < p->n_files);
	return &p->files[i]->file;
}

const struct project_file *project_find(const struct project *p, const char *path)
{
	size_t i;

	return place_of(p, path, &i) ? &p->files[i]->file : NULL;
}

const struct project_left *project_left_out(const struct project *p, size_t *n)
{
	*n = p->look.n_left;
	return p->look.left;
}

const char *const *project_tree(const struct project *p, size_t *n)
{
	*n = p->look.folder.paths.n;
	return (const char *const *)p->look.folder.paths.v;
}

const struct manifest *project_manifest(const struct project *p)
{
	return &p->look.manifest;
}

static size_t name_len(const char *define)
{
	return strcspn(define, "=");
}

static void put_define(struct strv *out, const char *define)
{
	for (size_t i = 0; i < out->n; i++) {
		if (name_len(out->v[i]) == name_len(define) && strncmp(out->v[i], define, name_len(define)) == 0) {
			free(out->v[i]);
			out->v[i] = mem_strdup(define);
			return;
		}
	}
	strv_add(out, define);
}

void project_defines(const struct project *p, struct strv *out)
{
	const struct strv *said[] = { &p->look.manifest.defines, &p->settings.defines };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < said[k]->n; i++)
			put_define(out, said[k]->v[i]);
}

enum lang project_lang(const struct project *p)
{
	bool v2005 = false;

	for (size_t i = 0; i < p->n_files; i++) {
		const struct project_file *f = &p->files[i]->file;

		if (str_ends(f->path, ".sv") || str_ends(f->path, ".svh") || (f->outline && f->outline->systemverilog))
			return LANG_SV2017;
		v2005 |= f->outline && f->outline->v2005;
	}
	if (p->n_files == 0)
		return LANG_SV2017;
	return v2005 ? LANG_V2005 : LANG_V2001;
}

const char *project_extension(const struct project *p, enum lang lang)
{
	size_t sv = 0, v = 0;

	for (size_t i = 0; i < p->n_files; i++) {
		sv += str_ends(p->files[i]->file.path, ".sv");
		v += str_ends(p->files[i]->file.path, ".v");
	}
	return v > sv || (v + sv == 0 && lang != LANG_SV2017) ? ".v" : ".sv";
}

const char *project_rtl_dir(const struct project *p)
{
	return p->rtl_dir;
}

const char *project_tb_dir(const struct project *p)
{
	return p->tb_dir;
}
