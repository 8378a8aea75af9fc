/* Converts a file's text to rows.
 *
 * The preprocessor's tokens are joined into one text in which each token keeps its
 * line number in the file, so the outline and the statements of that text have the
 * file's line numbers. A module is then read in three steps: its declarations, its
 * processes and assignments, and the connections of its instances.
 */
#include "config.h"

#include "session/graph/graph_facts.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/graph/graph_reader.h"

const char *graph_signal_word(enum graph_signal_kind k)
{
	static const char *const words[] = {
		[GRAPH_INPUT] = "input",     [GRAPH_OUTPUT] = "output",
		[GRAPH_INOUT] = "inout",     [GRAPH_INTERFACE] = "interface port",
		[GRAPH_NET] = "signal",	     [GRAPH_PARAMETER] = "parameter",
		[GRAPH_VALUE] = "enum value"
	};

	return words[k];
}

/* The flat text ----------------------------------------------------------------------- */

static void mark_included(struct graph_flat *f, size_t from)
{
	struct graph_range *last = f->n_included ? &f->included[f->n_included - 1] : NULL;

	if (last && from <= last->to + 1) {
		last->to = f->text.len;
		return;
	}
	MEM_PUSH(f->included, f->n_included, f->cap_included,
		 (struct graph_range){ from, f->text.len });
}

void graph_flat_token(struct graph_flat *f, const struct vpp_token *t)
{
	size_t from;

	if (f->over || t->line < f->line) {
		f->over = true;
		return;
	}
	if (f->text.len + t->len > GRAPH_TEXT_MAX) {
		f->over = f->cut = true;
		return;
	}
	if (f->line == 0)
		f->line = 1;
	if (t->line == f->line && (t->gap || t->included))
		str_addc(&f->text, ' ');
	for (; f->line < t->line; f->line++)
		str_addc(&f->text, '\n');
	from = f->text.len;
	str_add(&f->text, t->s, t->len);
	if (t->len && t->s[0] == '\\')
		str_addc(&f->text, ' ');
	if (t->included)
		mark_included(f, from);
}

void graph_flat_fini(struct graph_flat *f)
{
	str_free(&f->text);
	free(f->included);
	*f = (struct graph_flat){ 0 };
}

/* Modules ----------------------------------------------------------------------------- */

static bool inside_code(const struct vstmts *s, int i)
{
	static const enum vstmt_kind kinds[] = { VSTMT_ALWAYS, VSTMT_INITIAL, VSTMT_FINAL,
						 VSTMT_FUNCTION, VSTMT_TASK };

	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
		if (vstmts_around(s, s->v[i].parent, kinds[k]) >= 0)
			return true;
	return false;
}

static void read_item(struct graph_reader *r, int i)
{
	switch (r->s->v[i].kind) {
	case VSTMT_ALWAYS:
	case VSTMT_INITIAL:
	case VSTMT_FINAL:
	case VSTMT_FUNCTION:
	case VSTMT_TASK:
		graph_read_process(r, i);
		break;
	case VSTMT_ASSIGN:
	case VSTMT_DECL:
		graph_read_assign(r, i);
		break;
	case VSTMT_PROPERTY:
		graph_read_property(r, i);
		break;
	case VSTMT_ITEM:
		graph_read_instances(r, i);
		break;
	default:
		break;
	}
}

static void read_body(struct graph_reader *r, int unit)
{
	int end = r->s->v[unit].end;

	for (int i = unit + 1; i < end; i++)
		if (!inside_code(r->s, i))
			graph_declare_node(r, i);
	for (int i = unit + 1; i < end;) {
		enum vstmt_kind k = r->s->v[i].kind;
		bool code = k == VSTMT_ALWAYS || k == VSTMT_INITIAL || k == VSTMT_FINAL ||
			    k == VSTMT_FUNCTION || k == VSTMT_TASK || k == VSTMT_UNIT;

		r->block = -1;
		read_item(r, i);
		i = code ? r->s->v[i].end : i + 1;
	}
}

/* The node of the unit that begins in the module's text; -1: none. Modules and nodes
 * are both in text order. */
static int unit_at(struct graph_reader *r, const struct vmodule *m)
{
	const struct vstmts *s = r->s;

	while (r->next_unit < s->n &&
	       (s->v[r->next_unit].kind != VSTMT_UNIT || s->v[r->next_unit].all.off < m->off))
		r->next_unit++;
	return r->next_unit < s->n && s->v[r->next_unit].all.off < m->end ? (int)r->next_unit : -1;
}

static void read_module(struct graph_reader *r, const struct vmodule *m, bool alone)
{
	struct graph_facts *f = r->f;
	int unit = unit_at(r, m);

	MEM_ROOM(f->modules, f->n_modules, f->cap_modules);
	r->module = f->n_modules;
	f->modules[f->n_modules++] = (struct graph_module){
		.kind = m->kind,
		.name = mem_strndup(m->name, strnlen(m->name, GRAPH_NAME_MAX)),
		.doc = graph_comment_module(&r->comments, m->line, alone),
		.line = m->line,
		.end_line = m->end_line,
	};
	r->block = -1;
	graph_declare_header(r, m);
	if (unit >= 0)
		read_body(r, unit);
	name_map_fini(&r->names);
}

/* True for a unit of the included file. Units and ranges are both in order. */
static bool is_included(const struct graph_flat *flat, const struct vmodule *m, size_t *range)
{
	while (*range < flat->n_included && flat->included[*range].to <= m->off)
		++*range;
	return *range < flat->n_included && flat->included[*range].from <= m->off;
}

void graph_facts_read(struct graph_facts *f, const struct graph_flat *flat, const char *raw,
		      size_t len)
{
	const char *text = str_cstr(&flat->text);
	struct graph_reader r = { .f = f };
	size_t own = 0, range = 0;
	struct voutline o;
	struct vstmts s;

	*f = (struct graph_facts){ .cut = flat->cut };
	voutline_init(&o, text, flat->text.len);
	vstmts_init(&s, text, flat->text.len);
	graph_comments_init(&r.comments, raw, len);
	r.s = &s;
	f->cut |= s.cut;
	for (size_t i = 0; i < o.n; i++)
		own += !is_included(flat, &o.modules[i], &range);
	range = 0;
	for (size_t i = 0; i < o.n; i++) {
		if (is_included(flat, &o.modules[i], &range))
			continue;
		if (f->n_modules < GRAPH_MODULES_MAX)
			read_module(&r, &o.modules[i], own == 1);
		else
			f->cut = true;
	}
	graph_comments_fini(&r.comments);
	vstmts_fini(&s);
	voutline_fini(&o);
}

void graph_facts_fini(struct graph_facts *f)
{
	for (size_t i = 0; i < f->n_modules; i++) {
		free(f->modules[i].name);
		free(f->modules[i].doc);
	}
	for (size_t i = 0; i < f->n_signals; i++) {
		free(f->signals[i].name);
		free(f->signals[i].type);
		free(f->signals[i].doc);
	}
	for (size_t i = 0; i < f->n_blocks; i++) {
		free(f->blocks[i].kind);
		free(f->blocks[i].name);
		free(f->blocks[i].clock);
		free(f->blocks[i].reset);
		free(f->blocks[i].doc);
	}
	for (size_t i = 0; i < f->n_instances; i++) {
		free(f->instances[i].of);
		free(f->instances[i].name);
	}
	for (size_t i = 0; i < f->n_uses; i++)
		free(f->uses[i].port);
	free(f->modules);
	free(f->signals);
	free(f->blocks);
	free(f->instances);
	free(f->uses);
	*f = (struct graph_facts){ 0 };
}
