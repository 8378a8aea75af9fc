#include "config.h"

#include "session/project/text_if.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/project/project.h"

struct before {
	char *path;
	struct str text;
	bool there;
};

struct texts_laid {
	struct project *p;
	struct before *v;
	size_t n;
};

struct texts_laid *texts_lay(struct project *p, const struct text_if *v, size_t n)
{
	struct texts_laid *l = mem_zalloc(sizeof(*l));

	l->p = p;
	l->n = n;
	l->v = mem_calloc(n, sizeof(*l->v));
	for (size_t i = 0; i < n; i++) {
		size_t len;
		const char *old = project_overlay_text(p, v[i].path, &len);

		l->v[i].path = mem_strdup(v[i].path);
		l->v[i].there = old != NULL;
		if (old)
			str_add(&l->v[i].text, old, len);
		project_overlay(p, v[i].path, v[i].text.data, v[i].text.len);
	}
	return l;
}

/* The last one first: a path may be there twice. */
void texts_lift(struct texts_laid *l)
{
	for (size_t i = l->n; i-- > 0;) {
		struct before *b = &l->v[i];

		if (b->there)
			project_overlay(l->p, b->path, str_cstr(&b->text), b->text.len);
		else
			project_overlay_drop(l->p, b->path);
		str_free(&b->text);
		free(b->path);
	}
	free(l->v);
	free(l);
}
