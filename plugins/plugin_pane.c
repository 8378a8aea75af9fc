/* Panes: the plugin supplies lines, posedge paints them. So a plugin needs to know no
 * colours, sizes or keys, and the screen calls no plugin while it draws. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "plugins/plugin_parts.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/workbench/extensions.h"

struct paned {
	struct part part;
	struct posedge_pane p;
	struct extra_line *lines;
	size_t n;
};

static struct extra_pane *row_of(const struct paned *a)
{
	struct extensions *x = parts_extensions(&a->part.plugin->w->tools);

	for (size_t i = 0; i < x->n_panes; i++)
		if (x->panes[i].ctx == a)
			return &x->panes[i];
	return NULL;
}

static bool fill_on_thread(struct call *c)
{
	const struct paned *a = c->ctx;

	return a->p.fill(c->l->state, &c->l->host);
}

static bool fill(struct extra_pane *p, struct err *err)
{
	struct paned *a = p->ctx;
	struct call *c = call_new(a->part.plugin, fill_on_thread, NULL, NULL);
	bool ok;

	c->ctx = a;
	ok = call_run(c, err);
	call_end(c);
	return ok;
}

static void drop_lines(struct paned *a)
{
	for (size_t i = 0; i < a->n; i++)
		free(a->lines[i].text);
	free(a->lines);
	a->lines = NULL;
	a->n = 0;
}

static void forget_pane(struct part *p)
{
	struct extra_pane *row = row_of((struct paned *)p);
	struct extensions *x = parts_extensions(&p->plugin->w->tools);

	if (!row)
		return;
	memmove(row, row + 1, (size_t)(x->panes + x->n_panes - row - 1) * sizeof(*row));
	x->n_panes--;
}

static void free_pane(struct part *p)
{
	drop_lines((struct paned *)p);
	free(p);
}

bool host_add_pane(void *ctx, const struct posedge_pane *p)
{
	struct loaded *l = ctx;
	struct extensions *x;
	struct paned *a;

	if (!given_fit(l, "panes", p, p ? p->size : 0, sizeof(*p)) ||
	    !given_name(l, "pane", p->name) || !given_text(l, "pane", p->name, p->title, 80))
		return false;
	x = parts_extensions(&l->w->tools);
	for (size_t i = 0; i < x->n_panes; i++)
		if (strcmp(x->panes[i].name, p->name) == 0)
			return err_set(&l->err, ERR_CONFLICT, "pane %s: there is one of that name",
				       p->name);
	if (!p->fill || x->n_panes == EXTENSIONS_MAX)
		return err_set(&l->err, ERR_LIMIT,
			       "pane %s: it shows nothing, or there are %u already", p->name,
			       EXTENSIONS_MAX);
	a = mem_zalloc(sizeof(*a));
	a->part.forget = forget_pane;
	a->part.free = free_pane;
	a->p = *p;
	x->panes[x->n_panes++] = (struct extra_pane){
		.name = a->p.name, .title = a->p.title, .fill = fill, .ctx = a
	};
	part_add(&a->part, l);
	return true;
}

/* Lines ----------------------------------------------------------------------------------- */

struct showing {
	const char *pane;
	const struct posedge_line *lines;
	size_t n;
};

static enum extra_style style_of(enum posedge_style s)
{
	static const enum extra_style styles[] = {
		[POSEDGE_PLAIN] = EXTRA_PLAIN, [POSEDGE_TITLE] = EXTRA_TITLE,
		[POSEDGE_DIM] = EXTRA_DIM,     [POSEDGE_GOOD] = EXTRA_GOOD,
		[POSEDGE_RISK] = EXTRA_RISK,   [POSEDGE_ERROR] = EXTRA_ERROR,
	};

	return (size_t)s < sizeof(styles) / sizeof(*styles) ? styles[s] : EXTRA_PLAIN;
}

/* Makes one printable line from any text. */
static char *fit_line(const char *text)
{
	struct str s = STR_INIT;

	utf8_show(text, strnlen(text, POSEDGE_LINE_MAX + 4), &s);
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] == '\n' || s.data[i] == '\t')
			s.data[i] = ' ';
	if (s.len > POSEDGE_LINE_MAX)
		str_cut(&s, utf8_valid_prefix(s.data, POSEDGE_LINE_MAX));
	return str_take(&s);
}

static bool serve_show(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct showing *s = args;
	struct paned *a = NULL;
	struct extra_pane *row;

	for (struct part *p = l->w->tools.plugins->parts; p && !a; p = p->next)
		if (p->plugin == l && p->free == free_pane &&
		    strcmp(((struct paned *)p)->p.name, s->pane) == 0)
			a = (struct paned *)p;
	row = a ? row_of(a) : NULL;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, "pane %.80s: the plugin added none of that name",
			       s->pane);
	if (s->n > POSEDGE_LINES_MAX)
		return err_set(err, ERR_LIMIT, "pane %s: %zu lines, more than %u", s->pane, s->n,
			       POSEDGE_LINES_MAX);
	drop_lines(a);
	a->lines = mem_calloc(s->n + 1, sizeof(*a->lines));
	for (; a->n < s->n; a->n++)
		a->lines[a->n] = (struct extra_line){
			style_of(s->lines[a->n].style),
			fit_line(s->lines[a->n].text ? s->lines[a->n].text : "")
		};
	row->lines = a->lines;
	row->n = a->n;
	return true;
}

bool host_show(void *ctx, const char *pane, const struct posedge_line *lines, size_t n)
{
	struct showing s = { pane ? pane : "", lines, lines ? n : 0 };

	return call_ask(ctx, serve_show, &s, false);
}
