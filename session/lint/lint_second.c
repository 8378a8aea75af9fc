/* A second opinion: designs that the first tool accepts and that are read as Verilog are linted
 * by Icarus too. What it refuses is a risk, since the first tool does build the design. A
 * refused design whose version of Verilog nobody has fixed is read once more as
 * SystemVerilog; if that works, only a reg driven from outside of a process stays a risk.
 *
 * Where the first tool gave up on a design, Icarus is asked instead, and a note says so.
 */
#include "config.h"

#include "session/lint/lint_second.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/lint/lint_clean.h"
#include "session/lint/lint_gather.h"
#include "session/lint/lint_run.h"
#include "session/output/diag.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/tool/simulator.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define CODE  "ICARUS"
#define CPU_S 5u /* it is the faster one; more means a design out of the ordinary */

bool lint_is_second(const struct diag *d)
{
	return strcmp(d->code, CODE) == 0;
}

/* NULL: there is none. */
static const struct simulator_ops *second_of(const struct workbench *w,
					     const struct simulator_ops *first)
{
	const struct simulator_ops *icarus = ports_simulator(w->ports, "icarus", NULL);
	char *where = NULL;
	bool here = first->kind == SIMULATOR_REAL && icarus && icarus != first &&
		    simulator_available(icarus, &where, NULL);

	free(where);
	return here ? icarus : NULL;
}

static bool is_accepted(const struct lint_item *v, size_t i)
{
	return v[i].why.code == ERR_NONE && !v[i].errors_only && v[v[i].in].found &&
	       diag_list_count(v[v[i].in].found, DIAG_ERROR) == 0;
}

/* A project with one .sv file is read as SystemVerilog, but for other tools the name of
 * each file says what it is. */
static bool is_verilog(const struct project *p, const struct design *d)
{
	if (d->job.lang_fixed)
		return d->job.lang != LANG_SV2017;
	for (size_t i = 0; i < d->job.n; i++) {
		const char *path = d->job.sources[i].path;
		const struct project_file *f = project_find(p, path);

		if (lang_file(path) == LANG_FILE_SV ||
		    (f && (!f->outline || f->outline->systemverilog)))
			return false;
	}
	return true;
}

static bool is_same_line(const struct diag_list *l, const struct diag *d)
{
	const struct diag *last = diag_list_len(l) ? diag_list_at(l, diag_list_len(l) - 1) : NULL;

	return last && last->line == d->line && strcmp(last->path, d->path) == 0;
}

/* True for a reg that something else than a process drives. SystemVerilog allows that once,
 * but nobody means it in Verilog. */
static bool is_driven_reg(const struct diag *d)
{
	return strstr(d->text, "cannot be driven by ") != NULL;
}

static bool has_syntax_error(const struct diag_list *found)
{
	for (size_t i = 0; i < diag_list_len(found); i++)
		if (diag_is_syntax_error(diag_list_at(found, i)))
			return true;
	return false;
}

/* The errors, as risks: the first tool builds the design. Only the first of a line, since the
 * others follow from it. sv: there are none if it is read as SystemVerilog. only_sv: the first
 * tool could read it as SystemVerilog only, and this tool lacks parts of that grammar. */
static struct diag_list *refused(const struct diag_list *found, bool sv, bool only_sv)
{
	struct diag_list *risks = diag_list_new(LINT_MAX_FINDINGS);

	if (only_sv && has_syntax_error(found))
		return risks;
	for (size_t i = 0; i < diag_list_len(found); i++) {
		struct diag d = *diag_list_at(found, i);
		char *hint;

		if (d.rank != DIAG_ERROR || !d.path[0] || is_same_line(risks, &d) ||
		    (sv && !is_driven_reg(&d)))
			continue;
		hint = str_fmt("%s%sIcarus Verilog refuses this, and so may others", d.hint,
			       d.hint[0] ? "; " : "");
		d.rank = DIAG_RISK;
		d.code = CODE;
		d.hint = hint;
		diag_list_add_new(risks, &d);
		free(hint);
	}
	return risks;
}

/* Designs as one tool read them. */
struct reading {
	struct design *designs;
	struct lint_item *items;
	size_t *from;		    /* index in the list before */
	char (*keys)[HASH_HEX + 1]; /* of lint_clean.h */
	size_t n;
};

static void reading_init(struct reading *r, size_t most)
{
	r->designs = mem_calloc(most + 1, sizeof(*r->designs));
	r->items = mem_calloc(most + 1, sizeof(*r->items));
	r->from = mem_calloc(most + 1, sizeof(*r->from));
	r->keys = mem_calloc(most + 1, sizeof(*r->keys));
	r->n = 0;
}

static void reading_fini(struct reading *r)
{
	for (size_t i = 0; i < r->n; i++)
		diag_list_free(r->items[i].found);
	free(r->designs);
	free(r->items);
	free(r->from);
	free(r->keys);
}

/* Borrows all that d points to. */
static void add(struct reading *r, const struct design *d, size_t from, enum lang lang)
{
	struct design *copy = &r->designs[r->n];

	*copy = *d;
	copy->job.lang = lang;
	copy->job.lang_fixed = true; /* no other is tried */
	copy->job.cpu_s = CPU_S;
	r->from[r->n] = from;
	r->items[r->n++].design = copy;
}

static bool has_errors(const struct lint_item *v, size_t i)
{
	return v[v[i].in].found && diag_list_count(v[v[i].in].found, DIAG_ERROR) > 0;
}

/* The first tool refused it as Verilog. In a project in SystemVerilog it was not asked. */
static bool is_only_sv(const struct lint_item *x)
{
	return x->lang == LANG_SV2017 && x->design->job.lang != LANG_SV2017;
}

/* Replaces the findings of r by risks. v: what the first tool said; sv: the refused designs, read
 * as SystemVerilog. */
static void to_risks(struct reading *r, const struct reading *sv, const struct lint_item *v)
{
	bool *twice = mem_calloc(r->n + 1, sizeof(*twice)); /* refused as both */

	for (size_t i = 0; i < sv->n; i++)
		twice[r->items[sv->from[i]].in] |=
			sv->items[i].why.code != ERR_NONE || has_errors(sv->items, i);
	for (size_t i = 0; i < r->n; i++) {
		struct diag_list *found = r->items[i].found;

		r->items[i].found =
			found ? refused(found, sv->n && !twice[i], is_only_sv(&v[r->from[i]]))
			      : NULL;
		diag_list_free(found);
	}
	free(twice);
}

/* Removes the last design if an earlier command found nothing in it. */
static void drop_clean(struct reading *r, struct lint_clean *clean)
{
	size_t last = r->n - 1;

	if (!lint_clean_has(clean, &r->designs[last].job, r->keys[last]))
		return;
	r->items[last] = (struct lint_item){ 0 };
	r->n = last;
}

/* Leaves out designs that can only be read as SystemVerilog: that is the verdict of the first
 * tool, whose version is not part of the key. */
static void remember_clean(const struct reading *r, const struct lint_item *v,
			   struct lint_clean *clean)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct diag_list *risks = r->items[r->items[i].in].found;

		if (r->items[i].why.code == ERR_NONE && risks && diag_list_len(risks) == 0 &&
		    !is_only_sv(&v[r->from[i]]))
			lint_clean_add(clean, r->keys[i]);
	}
}

bool lint_second(struct workbench *w, const struct simulator_ops *first, const struct project *p,
		 const struct lint_item *v, size_t n, const struct black_boxes *boxes,
		 struct diag_list *said, struct err *err)
{
	const struct simulator_ops *second = second_of(w, first);
	struct lint_clean *clean = second ? lint_clean_open(second) : NULL;
	struct reading r, sv;
	bool ok = true;

	reading_init(&r, n);
	reading_init(&sv, n);
	for (size_t i = 0; second && i < n; i++) {
		if (!is_accepted(v, i) || !is_verilog(p, v[i].design))
			continue;
		add(&r, v[i].design, i,
		    v[i].design->job.lang_fixed ? v[i].design->job.lang : LANG_V2005);
		drop_clean(&r, clean);
	}
	if (r.n)
		ok = lint_run(w->loop, second, w->kept.linted, NULL, p, r.items, r.n, err);
	for (size_t i = 0; ok && i < r.n; i++)
		if (has_errors(r.items, i) && !v[r.from[i]].design->job.lang_fixed)
			add(&sv, r.items[i].design, i, LANG_SV2017);
	if (sv.n)
		ok = lint_run(w->loop, second, w->kept.linted, NULL, p, sv.items, sv.n, err);
	if (ok) {
		to_risks(&r, &sv, v);
		remember_clean(&r, v, clean);
		lint_gather(p, r.items, r.n, boxes, said);
	}
	lint_clean_close(clean);
	reading_fini(&sv);
	reading_fini(&r);
	return ok;
}

/* True if nothing in the design keeps the tool from reading all of it. */
static bool is_read(const struct lint_item *v, size_t i)
{
	const struct diag_list *found = v[v[i].in].found;

	return v[i].why.code == ERR_NONE && found && !has_errors(v, i) &&
	       !diag_list_unsupported(found);
}

static void join(struct lint_item *to, const struct diag_list *more)
{
	struct diag_list *all = diag_list_new(LINT_MAX_FINDINGS);

	for (size_t i = 0; to->found && i < diag_list_len(to->found); i++)
		diag_list_keep(all, to->found, i);
	for (size_t i = 0; i < diag_list_len(more); i++)
		diag_list_keep_new(all, more, i);
	diag_list_free(to->found);
	to->found = all;
}

/* The first tool met a construct that it does not support, crashed, or took too long. */
static bool gave_up(const struct lint_item *v, size_t i)
{
	return (v[i].why.code == ERR_TOOL || v[i].why.code == ERR_LIMIT) && v[i].in == i &&
	       v[i].design->top;
}

bool lint_second_instead(struct workbench *w, const struct simulator_ops *first,
			 const struct project *p, struct lint_item *v, size_t n, struct strv *notes,
			 struct err *err)
{
	const struct simulator_ops *second = second_of(w, first);
	struct reading r;
	bool ok = true;

	reading_init(&r, n);
	for (size_t i = 0; second && i < n; i++)
		if (gave_up(v, i))
			add(&r, v[i].design, i,
			    is_verilog(p, v[i].design) ? LANG_V2005 : LANG_SV2017);
	if (r.n)
		ok = lint_run(w->loop, second, w->kept.linted, NULL, p, r.items, r.n, err);
	for (size_t i = 0; ok && i < r.n; i++) {
		struct lint_item *x = &v[r.from[i]];

		if (!is_read(r.items, i))
			continue;
		strv_addf(notes, "%s is read by Icarus alone, which checks less: %s",
			  x->design->top, x->why.text);
		join(x, r.items[r.items[i].in].found);
		x->why = (struct err){ 0 };
	}
	reading_fini(&r);
	return ok;
}
