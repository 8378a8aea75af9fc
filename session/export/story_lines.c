/* The lines of a suggestion, and the fate of each. */
#include "config.h"

#include "session/export/story_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/model/redact.h"
#include "session/text/diff.h"
#include "session/verdict/run.h"

#define CONTEXT 3 /* unchanged lines around a change */

void story_lines_fini(struct story_lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		str_free(&l->v[i].text);
		str_free(&l->v[i].was);
	}
	free(l->v);
	*l = (struct story_lines){ 0 };
}

void open_suggestion_fini(struct open_suggestion *o)
{
	for (size_t i = 0; i < o->n; i++)
		free(o->units[i].was);
	free(o->units);
	suggestion_free(o->s);
	str_free(&o->base);
	str_free(&o->proposed);
	str_free(&o->move);
	*o = (struct open_suggestion){ 0 };
}

static void hide_proposed(struct open_suggestion *o, const struct redact *r)
{
	size_t len;
	const char *text = suggestion_proposed(o->s, &len);

	str_clear(&o->proposed);
	redact_lines(r, text, len, &o->proposed);
}

bool open_suggestion_init(struct open_suggestion *o, const struct redact *r, const struct event *e,
			  struct err *err)
{
	size_t len;
	const char *base;
	struct str move = STR_INIT;

	*o = (struct open_suggestion){ 0 };
	o->s = suggestion_restore(e->suggest.path, e->suggest.new_file, e->suggest.base.data,
				  e->suggest.base.len, e->suggest.proposed.data,
				  e->suggest.proposed.len, e->suggest.units, e->suggest.n_units,
				  err);
	if (!o->s)
		return false;
	suggestion_set_in_place(o->s, e->suggest.in_place);
	if (e->suggest.moves[0]) {
		suggestion_set_moves(o->s, e->suggest.moves);
		suggestion_print_move(o->s, &move);
		redact_lines(r, str_cstr(&move), move.len, &o->move);
		str_free(&move);
	}
	base = suggestion_base(o->s, &len);
	redact_lines(r, base, len, &o->base);
	hide_proposed(o, r);
	o->n = o->cap = suggestion_units(o->s);
	o->units = mem_calloc(o->n, sizeof(*o->units));
	return true;
}

void open_suggestion_split(struct open_suggestion *o, size_t i)
{
	if (!suggestion_split(o->s, i))
		return;
	MEM_ROOM(o->units, o->n, o->cap);
	memmove(o->units + i + 2, o->units + i + 1, (o->n - i - 1) * sizeof(*o->units));
	o->n++;
	o->units[i + 1] = o->units[i]; /* the added line keeps the amendment */
	o->units[i].was = NULL;
}

/* The state has accepted the event before, so it fits. */
void open_suggestion_decide(struct open_suggestion *o, const struct event *e)
{
	for (uint64_t i = e->decide.first; i <= e->decide.last && i < o->n; i++) {
		suggestion_decide(o->s, (size_t)i, e->decide.decision);
		o->units[i].t_ms = e->decide.decision == DECISION_OPEN ? 0 : e->t_ms;
	}
}

static void add_without_end(struct str *out, const struct lines *l, size_t i)
{
	size_t len;
	const char *line = lines_at(l, i, &len);

	str_add(out, line, len - (len && line[len - 1] == '\n'));
}

void open_suggestion_amend(struct open_suggestion *o, const struct redact *r, const struct event *e)
{
	size_t i = (size_t)e->amend.unit;

	if (i < o->n && !o->units[i].was && suggestion_unit(o->s, i)->kind != UNIT_REMOVED &&
	    suggestion_unit(o->s, i)->kind != UNIT_MOVED) {
		struct lines l;
		struct str was = STR_INIT;

		lines_init(&l, str_cstr(&o->proposed), o->proposed.len);
		add_without_end(&was, &l, suggestion_unit(o->s, i)->new_line);
		o->units[i].was = str_take(&was);
		lines_fini(&l);
	}
	if (suggestion_amend(o->s, i, e->amend.line.data ? e->amend.line.data : "",
			     e->amend.line.len))
		hide_proposed(o, r);
}

static struct story_line *add(struct story_lines *out, char sign)
{
	MEM_ROOM(out->v, out->n, out->cap);
	out->v[out->n] = (struct story_line){ .sign = sign };
	return &out->v[out->n++];
}

struct sides {
	struct lines a, b;
};

static void add_unit(const struct open_suggestion *o, const struct sides *sides, size_t i,
		     struct story_lines *out)
{
	const struct unit *u = suggestion_unit(o->s, i);
	struct story_line *l;

	if (u->kind == UNIT_MOVED) {
		l = add(out, '>');
		l->decision = u->decision;
		l->t_ms = o->units[i].t_ms;
		str_add(&l->text, str_cstr(&o->move), o->move.len);
		return;
	}
	if (u->kind != UNIT_ADDED) {
		l = add(out, '-');
		l->decision = u->decision;
		l->t_ms = o->units[i].t_ms;
		l->old_no = u->base_line + 1;
		add_without_end(&l->text, &sides->a, u->base_line);
	}
	if (u->kind != UNIT_REMOVED) {
		l = add(out, '+');
		l->decision = u->decision;
		l->t_ms = o->units[i].t_ms;
		l->new_no = u->new_line + 1;
		l->edited = o->units[i].was != NULL;
		str_adds(&l->was, o->units[i].was);
		add_without_end(&l->text, &sides->b, u->new_line);
	}
}

/* Adds unchanged lines of the base from `from` to `upto`: context near a change,
 * otherwise a gap. */
static void add_around(const struct sides *sides, size_t from, size_t upto, size_t after,
		       bool first, bool last, struct story_lines *out)
{
	size_t head = first ? 0 : CONTEXT, tail = last ? 0 : CONTEXT;
	bool gap = false;

	for (size_t i = from; i < upto; i++) {
		struct story_line *l;

		if (i - from >= head && upto - i > tail) {
			if (!gap)
				add(out, '@');
			gap = true;
			continue;
		}
		l = add(out, ' ');
		l->old_no = i + 1;
		l->new_no = after + (i - from) + 1;
		add_without_end(&l->text, &sides->a, i);
	}
}

void open_suggestion_lines(const struct open_suggestion *o, size_t first, size_t last, bool all,
			   struct story_lines *out)
{
	struct sides sides;
	size_t i = 0, k = 0; /* next line of each side */
	size_t moved = suggestion_moves(o->s) != NULL;

	lines_init(&sides.a, str_cstr(&o->base), o->base.len);
	lines_init(&sides.b, str_cstr(&o->proposed), o->proposed.len);
	for (size_t u = 0; u < o->n; u++) {
		const struct unit *unit = suggestion_unit(o->s, u);

		if (u < first || u > last)
			continue;
		if (all && unit->kind != UNIT_MOVED) {
			add_around(&sides, i, unit->base_line, k, u == moved, false, out);
			k += unit->base_line - i + (unit->kind != UNIT_REMOVED);
			i = unit->base_line + (unit->kind != UNIT_ADDED);
		}
		add_unit(o, &sides, u, out);
	}
	if (all)
		add_around(&sides, i, sides.a.n, k, o->n == moved, true, out);
	lines_fini(&sides.a);
	lines_fini(&sides.b);
}

void story_verdict(const struct story_run *r, struct str *out)
{
	struct run_result result = { .checks = (long)r->checks,
				     .failures = (long)r->failures,
				     .first =
					     (char *)str_cstr(r->error.len ? &r->error : &r->first),
				     .first_path = (char *)str_cstr(&r->first_path),
				     .first_line = (int)r->first_line };

	if (!r->ended_ms || !verdict_parse(str_cstr(&r->verdict), &result.verdict))
		str_adds(out, "has no end");
	else
		run_result_print(&result, str_cstr(&r->testbench), out);
}
