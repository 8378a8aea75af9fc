#include "config.h"

#include "session/project.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
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

/* Takes over from the old list what has not changed since. */
static void take(struct project *p, const struct found_list *found)
{
	struct entry **old = p->files;
	size_t n_old = p->n_files, k = 0;

	p->files = NULL;
	p->cap_files = mem_grow((void **)&p->files, 0, found->n + 1, sizeof(*p->files));
	for (p->n_files = 0; p->n_files < found->n; p->n_files++) {
		const struct found *f = &found->v[p->n_files];
		struct entry *e = NULL;

		while (k < n_old && strcmp(old[k]->file.path, f->path) < 0)
			entry_free(old[k++]);
		if (k < n_old && strcmp(old[k]->file.path, f->path) == 0)
			e = old[k++];
		if (!e)
			e = entry_new(f->path);
		if (!same_stamp(&e->stamp, &f->stamp)) {
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

static bool refresh(struct project *p, const struct strv *patterns, struct err *err)
{
	static const char *const rtl[] = { "rtl", "src", NULL };
	static const char *const tb[] = { "tb", "sim", "test", NULL };
	struct found_list found;

	if (!(patterns->n ? project_look_for(p->root, patterns, &found, err) : project_look(p->root, &found, err)))
		return false;
	take(p, &found);
	found_list_fini(&found);
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
	} else if (refresh(p, &p->patterns, err)) {
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
	strv_free(&p->patterns);
	free(p->overlays);
	free(p->files);
	free(p->index);
	free(p->root);
	free(p);
}

bool project_rescan(struct project *p, struct err *err)
{
	return refresh(p, &p->patterns, err);
}

bool project_set_files(struct project *p, const char *const *patterns, struct err *err)
{
	struct strv wanted = STRV_INIT;

	if (patterns)
		strv_addv(&wanted, patterns);
	if (!refresh(p, &wanted, err)) {
		strv_free(&wanted);
		return false;
	}
	strv_free(&p->patterns);
	p->patterns = wanted;
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
