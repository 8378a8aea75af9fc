/* Lines that do not tell of the whole run:
 *
 *     $display("expecting no mismatch");            before anything was compared
 *     if (y !== want) fail = 1;
 *     else $display("Test %0d passed", i);          printed by the check itself
 *     if (!fail) $display("ALL TESTS PASSED");      printed by the report
 *
 * A line is one if a print below a check makes it, or one in a routine that is only called
 * there, or one at the very beginning of a process, and no other print may. Below an `if` on
 * a count or a flag it is the report's. Blanks are not compared: a colour may stand for one.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

#define CALLS_MAX 8	 /* routines that call one another */
#define LINES_MAX 20000u /* of each kind; of what is beyond that, nothing is known */

struct each {
	struct checks *c;
	bool **below;		      /* per source and node: below a check, and no report */
	struct name_map here, others; /* routines that are called there, or elsewhere */
};

/* True if the condition asks for a count or a flag. */
static bool asks_role(const struct checks *c, const struct vstmts *s, struct vspan head)
{
	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++) {
		const struct check_var *var = checks_var_at(c, s, i);

		if (var && var->role != ROLE_NONE)
			return true;
	}
	return false;
}

/* Marks the nodes below i, but for what a report selects. */
static void mark(struct each *e, size_t source, int i)
{
	const struct vstmts *s = &e->c->sources[source].s;

	for (int k = i; k < s->v[i].end; k++) {
		if ((s->v[k].kind == VSTMT_IF || s->v[k].kind == VSTMT_CASE ||
		     s->v[k].kind == VSTMT_ASSERT) &&
		    asks_role(e->c, s, s->v[k].head))
			k = s->v[k].end - 1;
		else
			e->below[source][k] = true;
	}
}

static void mark_sites(struct each *e)
{
	for (size_t n = 0; n < e->c->n_sites; n++) {
		const struct check_found *f = &e->c->sites[n];

		if (checks_compares_at(&f->site))
			mark(e, f->site.source, f->node);
	}
}

static void read_calls(struct each *e)
{
	for (size_t k = 0; k < e->c->n_sources; k++) {
		const struct vstmts *s = &e->c->sources[k].s;

		for (size_t i = 0; i < s->n; i++)
			if (s->v[i].kind == VSTMT_CALL || s->v[i].kind == VSTMT_MACRO)
				checks_put(e->below[k][i] ? &e->here : &e->others, s,
					   checks_routine(s, s->v[i].name));
	}
}

/* Marks the routines that nothing else calls; false if that were none. */
static bool mark_routines(struct each *e)
{
	bool more = false;

	for (size_t k = 0; k < e->c->n_sources; k++) {
		const struct vstmts *s = &e->c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++) {
			struct vspan name = checks_routine(s, s->v[i].name);

			if ((s->v[i].kind != VSTMT_TASK && s->v[i].kind != VSTMT_FUNCTION &&
			     s->v[i].kind != VSTMT_DEFINE) ||
			    e->below[k][i] || !checks_has(&e->here, s, name) ||
			    checks_has(&e->others, s, name))
				continue;
			mark(e, k, i);
			more = true;
		}
	}
	return more;
}

/* True for what neither compares nor waits. */
static bool prepares(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const calls[] = { "(", NULL };

	return v->kind == VSTMT_BLOCK || v->kind == VSTMT_SYSTEM || v->kind == VSTMT_DECL ||
	       v->kind == VSTMT_NULL ||
	       (v->kind == VSTMT_BLOCKING && !checks_has_any(s, v->rhs, calls));
}

/* True for a print before which its process only prepares, and that is not all of it. */
static bool comes_first(const struct vstmts *s, int node)
{
	int process = vstmts_around(s, node, VSTMT_INITIAL);

	for (int k = process + 1; process >= 0 && k < node; k++)
		if (!prepares(s, &s->v[k]))
			return false;
	return process >= 0 && s->v[process].end > s->v[node].end;
}

static void squeeze(struct str *line)
{
	size_t n = 0;

	for (size_t i = 0; i < line->len; i++)
		if (!isspace((unsigned char)line->data[i]))
			line->data[n++] = line->data[i];
	str_cut(line, n);
}

/* True if the print may make any word: it has one, or a string of another place. */
static bool has_words(const struct vstmts *s, const struct vstmt *v, const char *text)
{
	while (*text && !isalpha((unsigned char)*text))
		text++;
	for (size_t i = v->head.off; !*text && i + 1 < v->head.end; i++) {
		if (s->text[i] != '%')
			continue;
		for (i++; i + 1 < v->head.end &&
			  (isdigit((unsigned char)s->text[i]) || s->text[i] == '-');)
			i++;
		if (s->text[i] == 's' || s->text[i] == 'S')
			return true;
	}
	return *text;
}

static void add_lines(const struct vstmts *s, int i, struct strv *to)
{
	struct str text = STR_INIT;

	if (!checks_print_text(s, &s->v[i], &text) || !has_words(s, &s->v[i], str_cstr(&text)))
		str_clear(&text);
	for (const char *at = str_cstr(&text); *at; at += strcspn(at, "\n"), at += *at == '\n') {
		struct str line = STR_INIT;

		str_add(&line, at, strcspn(at, "\n"));
		squeeze(&line);
		if (line.len && to->n <= LINES_MAX)
			strv_add(to, str_cstr(&line));
		str_free(&line);
	}
	str_free(&text);
}

void checks_read_each(struct checks *c)
{
	struct each e = { .c = c };

	e.below = mem_calloc(c->n_sources + 1, sizeof(*e.below));
	for (size_t k = 0; k < c->n_sources; k++)
		e.below[k] = mem_calloc(c->sources[k].s.n + 1, sizeof(**e.below));
	mark_sites(&e);
	for (int n = 0; n < CALLS_MAX; n++) {
		name_map_fini(&e.here);
		name_map_fini(&e.others);
		read_calls(&e);
		if (!mark_routines(&e))
			break;
	}
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++)
			if (checks_is_print(s, &s->v[i]))
				add_lines(s, i,
					  e.below[k][i] || comes_first(s, i) ? &c->lines_of_one
									     : &c->lines_of_all);
		free(e.below[k]);
	}
	name_map_fini(&e.here);
	name_map_fini(&e.others);
	free(e.below);
}

static bool fits_any(const struct strv *patterns, const struct str *line)
{
	for (size_t i = 0; i < patterns->n; i++)
		if (checks_fits(patterns->v[i], str_cstr(line), line->len))
			return true;
	return false;
}

bool checks_line_is_of_one(const struct checks *c, const char *line, size_t len)
{
	struct str text = STR_INIT;
	bool one;

	str_add(&text, line, len);
	squeeze(&text);
	one = c->lines_of_all.n <= LINES_MAX && fits_any(&c->lines_of_one, &text) &&
	      !fits_any(&c->lines_of_all, &text);
	str_free(&text);
	return one;
}
