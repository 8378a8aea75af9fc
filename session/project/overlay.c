/* Pushes and pops overlays: the project as it would be with these texts. Popping
 * restores the overlays that were hidden. Pushes nest, so a flow may evaluate a
 * hypothetical project inside another one, as long as it does not wait in
 * between: other tasks see the same project.
 */
#include "config.h"

#include "session/project/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/project/project.h"

/* One text that a push hid. */
struct before {
	char *path;
	struct str text;
	bool there; /* false: the file had no overlay */
};

struct overlays_below {
	struct project *p;
	struct before *v;
	size_t n;
};

struct overlays_below *overlay_push(struct project *p, const struct overlay *v, size_t n)
{
	struct overlays_below *below = mem_zalloc(sizeof(*below));

	below->p = p;
	below->n = n;
	below->v = mem_calloc(n, sizeof(*below->v));
	for (size_t i = 0; i < n; i++) {
		size_t len;
		const char *old = project_overlay_text(p, v[i].path, &len);

		below->v[i].path = mem_strdup(v[i].path);
		below->v[i].there = old != NULL;
		if (old)
			str_add(&below->v[i].text, old, len);
		project_overlay(p, v[i].path, v[i].text.data, v[i].text.len);
	}
	return below;
}

static bool differs(const struct project *p, const struct overlay *v)
{
	size_t len;
	const char *old = project_overlay_text(p, v->path, &len);
	struct str file = STR_INIT;
	char *path;
	bool same;

	if (old)
		return len != v->text.len || (len && memcmp(old, v->text.data, len) != 0);
	path = path_join(project_root(p), v->path);
	same = file_read(path, v->text.len + 1, &file, NULL) && file.len == v->text.len &&
	       (!file.len || memcmp(file.data, v->text.data, file.len) == 0);
	str_free(&file);
	free(path);
	return !same;
}

bool overlay_differs(const struct project *p, const struct overlay *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (differs(p, &v[i]))
			return true;
	return false;
}

/* In reverse order, as a path may occur twice. */
void overlay_pop(struct overlays_below *below)
{
	if (!below)
		return;
	for (size_t i = below->n; i-- > 0;) {
		struct before *b = &below->v[i];

		if (b->there)
			project_overlay(below->p, b->path, str_cstr(&b->text), b->text.len);
		else
			project_overlay_drop(below->p, b->path);
		str_free(&b->text);
		free(b->path);
	}
	free(below->v);
	free(below);
}
