/* Entries of a project: sorted by path, found by binary search. Copies of a
 * project share outlines by a reference count, which is atomic, since the last
 * holder may be a pool thread.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/project/project_inner.h"

/* Outlines ------------------------------------------------------------------ */

struct shared_outline *outline_hold(struct shared_outline *o)
{
	if (o)
		atomic_fetch_add(&o->holders, 1);
	return o;
}

void project_outline_drop(struct entry *e)
{
	if (e->read && atomic_fetch_sub(&e->read->holders, 1) == 1) {
		voutline_fini(&e->read->o);
		free(e->read);
	}
	e->read = NULL;
	e->file.outline = NULL;
	strv_free(&e->depends);
}

void project_stale(struct project *p, struct entry *e)
{
	e->fresh = false;
	p->settled = false;
}

/* Entries ------------------------------------------------------------------- */

void project_entry_free(struct entry *e)
{
	if (!e)
		return;
	project_outline_drop(e);
	strv_free(&e->lacks);
	strv_free(&e->asks);
	strv_free(&e->definers);
	free((char *)e->file.path);
	free(e);
}

struct entry *project_entry_new(const char *path)
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
	MEM_ROOM(p->files, p->n_files, p->cap_files);
	memmove(p->files + at + 1, p->files + at, (p->n_files - at) * sizeof(*p->files));
	p->files[at] = project_entry_new(path);
	p->n_files++;
	project_stale(p, p->files[at]);
	return p->files[at];
}

/* Overlays ------------------------------------------------------------------ */

struct kept_overlay *project_overlay_of(const struct project *p, const char *path)
{
	for (size_t i = 0; i < p->n_overlays; i++)
		if (strcmp(p->overlays[i].path, path) == 0)
			return &p->overlays[i];
	return NULL;
}

const char *project_overlay_text(const struct project *p, const char *path, size_t *len)
{
	const struct kept_overlay *o = project_overlay_of(p, path);

	if (!o)
		return NULL;
	if (len)
		*len = o->len;
	return o->text;
}

void project_hashes(const struct project *p, const struct strv *paths, struct str *out)
{
	for (size_t i = 0; i < paths->n; i++) {
		const struct kept_overlay *o = project_overlay_of(p, paths->v[i]);
		char *full = path_join(p->root, paths->v[i]);
		char hash[HASH_HEX + 1];

		if (o)
			hash_text(o->text, o->len, hash);
		else
			hash_file(full, PROJECT_MAX_OUTLINE, hash, NULL);
		str_addf(out, "%s%s", i ? "\n" : "", hash);
		free(full);
	}
}

/* The index, and paths ------------------------------------------------------ */

void project_index_drop(struct project *p)
{
	name_map_fini(&p->index->first);
	name_map_fini(&p->index->roots);
	strv_free(&p->index->root_keys);
	free(p->index->defs);
	free(p->index->binders);
	*p->index = (struct project_index){ 0 };
}
