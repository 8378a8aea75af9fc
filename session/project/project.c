/* The files of a project as a sorted list of entries, each with an outline.
 * Reading outlines is slow, so the list is updated rather than rebuilt: a walk
 * through the folders yields paths with stamps (device, inode, size, time), and
 * an entry with an unchanged stamp keeps its outline.
 *
 * A copy (project_copy) can be read on another thread. project_take() then
 * exchanges its contents with the project's, but keeps each entry at its address,
 * so pointers to files stay valid. If the project has changed meanwhile, the copy
 * is dropped.
 *
 * Unsaved texts are overlays on files (project_overlay) and replace their
 * contents everywhere.
 */
#include "config.h"

#include "session/project/project.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/project/project_ahead.h"
#include "session/project/project_inner.h"
#include "session/verilog/vmacros.h"

/* Files --------------------------------------------------------------------- */

static bool same_stamp(const struct stamp *a, const struct stamp *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	       a->mtime.tv_sec == b->mtime.tv_sec && a->mtime.tv_nsec == b->mtime.tv_nsec;
}

static void apply_overlay(struct project *p, const struct kept_overlay *o)
{
	size_t at;

	if (project_place_of(p, o->path, &at))
		project_stale(p, p->files[at]);
	else if (project_is_source(o->path))
		project_entry_add(p, o->path);
}

/* Takes over what the manifest says about the file. */
static void rank(const struct project *p, struct entry *e)
{
	const struct manifest *m = &p->look->said->m;
	const struct manifest_file *f = manifest_file(m, e->file.path);

	if (f)
		e->rank = (size_t)(f - m->files);
	else
		e->rank = project_in_library(m, e->file.path) ? m->n_files : SIZE_MAX;
	e->file.header = f ? f->role == MANIFEST_HEADER
			   : project_is_header(e->file.path) && project_is_source(e->file.path);
	e->given = f && f->given;
}

/* The sources found, and earlier guests that still exist, since the files that
 * include them may not be read again. Borrowed paths. */
static struct found *all_found(const struct project *p, size_t *n)
{
	struct found *all = mem_calloc(p->look->n + p->n_files + 1, sizeof(*all));

	*n = p->look->n;
	if (p->look->n)
		memcpy(all, p->look->sources, p->look->n * sizeof(*all));
	for (size_t i = 0; i < p->n_files; i++) {
		const struct entry *e = p->files[i];
		struct found f = { (char *)e->file.path, { 0 } };
		char *full = path_join(p->root, e->file.path);
		struct stat st;

		if (e->guest && stat(full, &st) == 0 && S_ISREG(st.st_mode) &&
		    !(p->look->n &&
		      bsearch(&f, p->look->sources, p->look->n, sizeof(f), project_by_path))) {
			f.stamp = (struct stamp){ st.st_dev, st.st_ino, st.st_size, st.st_mtim };
			all[(*n)++] = f;
		}
		free(full);
	}
	if (*n)
		qsort(all, *n, sizeof(*all), project_by_path);
	return all;
}

/* Keeps unchanged entries of the old list. */
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
			e = project_entry_new(f->path);
		e->guest &= p->look->n == 0 ||
			    !bsearch(f, p->look->sources, p->look->n, sizeof(*f), project_by_path);
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
			apply_overlay(p, &p->overlays[i]);
	project_check_includes(p);
	p->settled = false;
}

/* Folders for new files ------------------------------------------------------- */

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

/* The text with unsaved changes, if there are any. */
static bool read_text(void *ctx, const char *path, size_t limit, struct str *out, struct err *err)
{
	const struct project *p = ctx;
	const struct kept_overlay *o = project_overlay_of(p, path);
	bool ok;

	if (o && o->len <= limit) {
		str_free(out);
		str_add(out, o->text, o->len);
		return true;
	}
	ok = file_read_in(p->root, path, limit, out, err);
	return ok;
}

/* Invalid defines are ignored here; the tool will reject them. */
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

static void add_macros(struct hash *h, const struct manifest *m)
{
	for (size_t i = 0; i < m->defines.n; i++)
		hash_adds(h, m->defines.v[i]);
}

/* True if a description appeared, vanished or changed its macros: any file may
 * then read differently. */
static bool macros_changed(struct project *p)
{
	const struct manifest *m = &p->look->said->m;
	char before[HASH_HEX + 1];
	struct hash *h = hash_new();

	memcpy(before, p->macros, sizeof(before));
	add_macros(h, m);
	for (size_t i = 0; i < m->n_aside; i++) {
		const struct manifest *own = &m->aside[i];

		add_macros(h, own);
		for (size_t k = 0; own->defines.n && k < own->n_files; k++)
			hash_adds(h, own->files[k].path);
	}
	hash_end(h, p->macros);
	return strcmp(before, p->macros) != 0;
}

static bool refresh(struct project *p, const struct project_settings *s, bool all_anew,
		    struct err *err)
{
	static const char *const rtl[] = { "rtl", "src", NULL };
	static const char *const tb[] = { "tb", "sim", "test", NULL };
	struct look *found;
	bool typed = false; /* true: the overlay of a description differs from the disk */

	for (size_t i = 0; i < p->n_overlays; i++)
		typed |= manifest_kind(p->overlays[i].path) != MANIFEST_NONE;
	found = project_look(typed ? NULL : p->look, p->root, s, read_text, p, err);
	if (!found)
		return false;
	if (typed)
		found->described[0] = '\0';
	look_drop(p->look);
	p->look = found;
	p->changes++;
	free(p->bases);
	p->bases = NULL;
	give_defines(p);
	all_anew |= macros_changed(p);
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
		err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %s: %s", root,
			strerror(errno));
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
	look_drop(p->look);
	free(p->overlays);
	free(p->files);
	vmacros_free(p->given);
	free(p->bases);
	free(p->index);
	free(p->root);
	free(p);
}

/* Copies -------------------------------------------------------------------- */

static void settings_copy(struct project_settings *to, const struct project_settings *from)
{
	*to = (struct project_settings){ 0 };
	strv_addall(&to->files, &from->files);
	strv_addall(&to->exclude, &from->exclude);
	strv_addall(&to->include, &from->include);
	strv_addall(&to->defines, &from->defines);
	strv_addall(&to->links, &from->links);
	strv_addall(&to->blackbox, &from->blackbox);
}

static struct entry *entry_copy(const struct entry *e)
{
	struct entry *c = mem_dup(e, sizeof(*e));

	c->file.path = mem_strdup(e->file.path);
	c->read = outline_hold(e->read);
	c->depends = c->lacks = c->asks = c->definers = STRV_INIT;
	strv_addall(&c->depends, &e->depends);
	strv_addall(&c->lacks, &e->lacks);
	strv_addall(&c->asks, &e->asks);
	strv_addall(&c->definers, &e->definers);
	return c;
}

struct project *project_copy(const struct project *p)
{
	struct project *c = mem_zalloc(sizeof(*c));

	c->root = mem_strdup(p->root);
	c->index = mem_zalloc(sizeof(*c->index));
	settings_copy(&c->settings, &p->settings);
	c->look = look_hold(p->look);
	c->cap_files = mem_grow((void **)&c->files, 0, p->n_files + 1, sizeof(*c->files));
	for (c->n_files = 0; c->n_files < p->n_files; c->n_files++)
		c->files[c->n_files] = entry_copy(p->files[c->n_files]);
	c->cap_overlays =
		mem_grow((void **)&c->overlays, 0, p->n_overlays + 1, sizeof(*c->overlays));
	for (c->n_overlays = 0; c->n_overlays < p->n_overlays; c->n_overlays++) {
		const struct kept_overlay *o = &p->overlays[c->n_overlays];

		c->overlays[c->n_overlays] =
			(struct kept_overlay){ mem_strdup(o->path), mem_strndup(o->text, o->len),
					       o->len };
	}
	c->rtl_dir = p->rtl_dir;
	c->tb_dir = p->tb_dir;
	c->given = vmacros_copy(p->given);
	c->settled = p->settled;
	c->lang = p->lang;
	c->copied_at = p->changes;
	return c;
}

/* Entries that both have keep their addresses and paths; only their contents are
 * exchanged. */
static void keep_entries(struct project *p, struct project *gone)
{
	size_t k = 0;

	for (size_t i = 0; i < p->n_files; i++) {
		struct entry *fresh = p->files[i], *old, was;

		while (k < gone->n_files && strcmp(gone->files[k]->file.path, fresh->file.path) < 0)
			k++;
		if (k == gone->n_files || strcmp(gone->files[k]->file.path, fresh->file.path) != 0)
			continue;
		old = gone->files[k];
		was = *old;
		*old = *fresh;
		old->file.path = was.file.path;
		was.file.path = fresh->file.path;
		*fresh = was;
		p->files[i] = old;
		gone->files[k++] = fresh;
	}
}

bool project_take(struct project *p, struct project *copy)
{
	struct project was = *p;
	bool same = copy->copied_at == p->changes;

	if (same) {
		char *root = copy->root;

		*p = *copy;
		*copy = was;
		p->root = was.root; /* jobs point to it */
		copy->root = root;
		p->changes = was.changes + 1;
		keep_entries(p, copy);
	}
	project_free(copy);
	return same;
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

static bool same_reading(const struct project_settings *a, const struct project_settings *b)
{
	return strv_equal(&a->include, &b->include) && strv_equal(&a->defines, &b->defines);
}

bool project_has_settings(const struct project *p, const struct project_settings *s)
{
	const struct project_settings *is = &p->settings;

	return same_reading(is, s) && strv_equal(&is->files, &s->files) &&
	       strv_equal(&is->exclude, &s->exclude) && strv_equal(&is->links, &s->links) &&
	       strv_equal(&is->blackbox, &s->blackbox);
}

bool project_configure(struct project *p, const struct project_settings *s, struct err *err)
{
	struct project_settings *was = &p->settings, copy, old = *was;
	bool text = same_reading(was, s);

	if (project_has_settings(p, s))
		return true;
	settings_copy(&copy, s);
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
	struct kept_overlay *o;
	char *clean;
	bool fresh;

	if (!path_clean(path, &clean, NULL))
		return;
	o = project_overlay_of(p, clean);
	fresh = !o;
	if (o) {
		free(clean);
		if (o->len == len && memcmp(o->text, text, len) == 0)
			return;
		free(o->text);
	} else {
		MEM_ROOM(p->overlays, p->n_overlays, p->cap_overlays);
		o = &p->overlays[p->n_overlays++];
		o->path = clean;
	}
	o->text = mem_strndup(text, len);
	o->len = len;
	p->changes++;
	apply_overlay(p, o);
	if (fresh && !tree_has(&p->look->folder.tree, o->path))
		project_check_includes(p);
}

/* After an overlay is dropped: falls back to the file, or removes the entry. */
static void remove_overlay(struct project *p, const char *path)
{
	size_t at;

	p->changes++;
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
	struct kept_overlay *o = project_overlay_of(p, path);
	struct kept_overlay gone;

	if (!o)
		return;
	gone = *o;
	*o = p->overlays[--p->n_overlays];
	remove_overlay(p, gone.path);
	free(gone.path);
	free(gone.text);
}

void project_overlay_clear(struct project *p)
{
	while (p->n_overlays) {
		struct kept_overlay gone = p->overlays[--p->n_overlays];

		remove_overlay(p, gone.path);
		free(gone.path);
		free(gone.text);
	}
}

void project_overlay_keep(struct project *p, const struct strv *paths)
{
	for (size_t i = p->n_overlays; i-- > 0;)
		if (!strv_has(paths, p->overlays[i].path))
			project_overlay_drop(p, p->overlays[i].path);
}
