#include "config.h"

#include "ui/screen/run_texts.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/doc.h"
#include "session/journal/event.h"
#include "session/journal/state.h"

struct run_text {
	char *path;
	bool known;    /* the next two are */
	uint64_t born; /* of the document: one that was read anew has another undo tree */
	uint32_t node;
	bool edited;
};

void run_texts_fini(struct run_texts *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->v[i].path);
	free(t->v);
	*t = (struct run_texts){ 0 };
}

static void begin(struct run_texts *t, const struct state *s, const struct bytes *files)
{
	size_t cap = 0;

	run_texts_fini(t);
	t->known = true;
	for (size_t at = 0, len; at < files->len; at += len + 1) {
		const char *lf = memchr(files->data + at, '\n', files->len - at);
		struct run_text x = { 0 };
		const struct doc *d;

		len = lf ? (size_t)(lf - files->data) - at : files->len - at;
		x.path = mem_strndup(files->data + at, len);
		d = state_doc(s, x.path);
		if (d) {
			x.known = true;
			x.born = d->born;
			x.node = d->current;
		}
		MEM_PUSH(t->v, t->n, cap, x);
	}
}

/* The path of the document that e changed, or NULL. */
static const char *changed_path(const struct event *e)
{
	switch (e->type) {
	case EVENT_OPEN:
		return e->open.path;
	case EVENT_EDIT:
		return e->edit.path;
	case EVENT_GOTO:
		return e->go.path;
	case EVENT_RENAME:
		return e->rename.path;
	case EVENT_REMOVE:
		return e->remove.path;
	default:
		return NULL;
	}
}

static void compare(struct run_texts *t, struct run_text *x, const struct doc *d)
{
	bool edited;

	if (!x->known) {
		x->known = true;
		x->born = d->born;
		x->node = d->current;
	}
	edited = d->born != x->born || d->current != x->node;
	t->edited += edited;
	t->edited -= x->edited;
	x->edited = edited;
}

void run_texts_follow(struct run_texts *t, const struct state *s, const struct event *e)
{
	const char *path = t->n ? changed_path(e) : NULL;
	const struct doc *d = path ? state_doc(s, path) : NULL;

	if (e->type == EVENT_RUN && !e->run.confirms && !e->run.as_if) {
		begin(t, s, &e->run.files);
		return;
	}
	for (size_t i = 0; d && i < t->n; i++)
		if (strcmp(t->v[i].path, path) == 0)
			compare(t, &t->v[i], d);
}
