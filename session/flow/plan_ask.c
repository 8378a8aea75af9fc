/* What `plan` asks the model: a plan, then one module at a time.
 *
 * An answer is checked by the same rules as a person's plan. The model is told its
 * faults, at most twice, and the best answer is kept. To write a module, the model
 * gets its header, which the plan fixes, and the requirements it serves, but nothing
 * else of the design.
 */
#include "config.h"

#include <stdlib.h>

#include "session/answer/answer.h"
#include "session/base/count.h"
#include "session/flow/plan_steps.h"
#include "session/project/project.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"
#include "session/workbench/workbench.h"

#define TRIES 3u

/* A plan ------------------------------------------------------------------------------ */

static const char form[] =
	"A plan is Markdown and nothing else, no code:\n\n"
	"# Plan\n\n## top_module\nServes: R1, R2\n\n"
	"| parameter | value |\n| --- | --- |\n| WIDTH | 8 |\n\n"
	"| port | direction | width | role |\n| --- | --- | --- | --- |\n"
	"| clk | input | 1 | clock |\n| rst_n | input | 1 | reset low |\n"
	"| d | input | WIDTH | |\n| q | output | WIDTH | |\n\n"
	"| instance | module | parameters |\n| --- | --- | --- |\n| u_core | core | W=WIDTH |\n\n"
	"| from | to |\n| --- | --- |\n| clk | u_core.clk |\n| d | u_core.d |\n"
	"| 1'b0 | u_core.load |\n| u_core.q | q |\n\n"
	"The first module is the top. A module has either instances and their connections, or "
	"neither: then it is a leaf, whose code is written later. Roles are clock, reset high, "
	"reset low, or nothing. Each input of each instance, and each output of a module with "
	"instances, is connected once, with equal widths; an output of an instance that nothing "
	"reads is connected to -. Each requirement is served by a "
	"module, and each module serves one.\n";

/* The plan in an answer: from the first heading to the end of the enclosing fence. */
static struct slice plan_in(const struct flow_answer *a)
{
	struct slice rest = { str_cstr(&a->text), a->text.len }, found = { rest.p, 0 };
	bool on = false;

	while (rest.n) {
		struct slice l = slice_line(&rest);

		if (on && slice_starts(slice_trim(l), "```"))
			break;
		if (!on && (slice_starts(l, "# ") || slice_starts(l, "## "))) {
			found.p = l.p;
			on = true;
		}
		if (on)
			found.n = (size_t)(l.p + l.n - found.p);
	}
	return found;
}

struct draft {
	const struct planning *g;
	struct str text; /* the best plan so far: a whole one, else that with the fewest faults */
	size_t faults;	 /* of that plan */
	bool any, cut;
	struct plan last; /* the plan of the last answer, with its faults */
	const char *end;  /* of the last answer: "repeats itself"; NULL: it is whole */
	unsigned asked;
};

static void ask_for_plan(void *ctx, const struct strv *wrong, struct str *out)
{
	struct draft *d = ctx;

	d->asked++;
	str_adds(out, "Plan the modules of a hardware design for the specification below.\n\n");
	str_adds(out, form);
	if (d->end)
		str_addf(out, "\nYour last plan %s: make it shorter.\n", d->end);
	if (d->last.n_faults) {
		str_adds(out, "\nIn your last plan this was wrong:\n");
		planning_tell_faults(&d->last, out);
	}
	str_adds(out, "\nThe specification:\n\n");
	str_add(out, str_cstr(&d->g->spec_text), d->g->spec_text.len);
}

/* Reads and checks the plan. Adds the cut as a fault, since the plan may have no other. */
static void judge_plan(const struct planning *g, struct slice text, bool cut, struct plan *p)
{
	plan_fini(p);
	plan_read(p, text.p, text.n);
	plan_check(p, spec_numbered(&g->spec) ? &g->spec : NULL);
	if (cut)
		plan_fault(p, "cut", (int)slice_lines(text),
			   "the answer was cut off here, and what follows is missing");
}

static void keep_plan(struct draft *d, struct slice text, bool cut)
{
	d->any = true;
	d->cut = cut;
	d->faults = d->last.n_faults;
	str_clear(&d->text);
	str_add(&d->text, text.p, text.n);
	if (text.n && text.p[text.n - 1] != '\n')
		str_addc(&d->text, '\n');
}

static bool take_plan(void *ctx, const struct flow_answer *a, struct strv *wrong, struct err *err)
{
	struct draft *d = ctx;
	struct slice text = plan_in(a);
	bool better;

	d->end = a->loops ? "repeats itself" : a->cut ? "was cut off" : NULL;
	while (a->cut && text.n && text.p[text.n - 1] != '\n')
		text.n--; /* half a line */
	judge_plan(d->g, text, a->cut, &d->last);
	if (d->last.n_faults)
		strv_add(wrong, d->end ? d->end : "none has a section \"## NAME\"");
	better = !d->any || (a->cut == d->cut ? d->last.n_faults < d->faults : d->cut);
	if (d->last.n && !a->loops && better)
		keep_plan(d, text, a->cut);
	return true;
}

bool planning_draft(struct flow *f, struct str *said, struct err *err)
{
	struct planning *g = f->own;
	struct draft d = { .g = g };
	const struct flow_form asks = { TRIES, ask_for_plan, take_plan, &d, "plan" };
	struct strv wrong = STRV_INIT;
	bool ok;

	if (g->there)
		return true;
	ok = flow_model_form(f, &asks, &wrong, err);
	if (d.any) {
		judge_plan(g, (struct slice){ str_cstr(&d.text), d.text.len }, d.cut, &g->plan);
		ok = flow_propose(f, "plan.md", NULL, str_cstr(&d.text), d.text.len,
				  ok ? err : NULL) &&
		     ok;
		str_addf(said,
			 "plan.md: %zu module%s, %zu fault%s, asked %u time%s; once you have taken "
			 "it, `plan` goes on from it\n",
			 g->plan.n, count_s(g->plan.n), d.faults, count_s(d.faults), d.asked,
			 count_s(d.asked));
	} else if (ok) {
		ok = err_set(err, ERR_PARSE,
			     "no plan came of %u answers: %s%s; write plan.md yourself, or ask "
			     "another model (set backend.plan)",
			     TRIES, d.end ? "the last one " : "", wrong.v[0]);
	}
	if (d.faults)
		f->out->end = FLOW_FOUND;
	strv_free(&wrong);
	plan_fini(&d.last);
	str_free(&d.text);
	return ok;
}

/* A leaf ------------------------------------------------------------------------------ */

struct leaf {
	const struct planning *g;
	const struct plan_module *m;
	struct str code;
	struct strv *wrong; /* of the answer that is judged */
};

static void ask_for_leaf(void *ctx, const struct strv *wrong, struct str *out)
{
	const struct leaf *l = ctx;

	str_addf(out,
		 "Write the hardware module %s, and nothing else: one code block with this one "
		 "module, whose head is exactly this (wire may become reg or "
		 "logic):\n\n```verilog\n",
		 l->m->name);
	plan_head(l->m, out);
	str_adds(out, "```\n\nIt is to serve these requirements:\n");
	for (size_t i = 0; i < l->m->serves.n; i++) {
		const struct spec_item *item = spec_find(&l->g->spec, l->m->serves.v[i]);

		if (item)
			str_addf(out, "- %s: %s\n", item->id, item->text);
	}
	if (wrong->n)
		str_adds(out, "\nIn your last answer this was wrong:\n");
	for (size_t i = 0; i < wrong->n; i++)
		str_addf(out, "- %s\n", wrong->v[i]);
}

/* True if the block has the module; its faults are added then. */
static bool judge_block(void *ctx, const struct answer_part *p)
{
	struct leaf *l = ctx;
	struct voutline o;
	const struct vmodule *rtl;

	voutline_init(&o, p->text, p->len);
	rtl = voutline_module(&o, l->m->name);
	for (size_t i = 0; rtl && i < o.n; i++)
		if (&o.modules[i] != rtl)
			strv_addf(l->wrong, "it holds another module, %s", o.modules[i].name);
	if (rtl && rtl->end_line == 0)
		strv_addf(l->wrong, "%s has no end", l->m->name);
	if (rtl)
		plan_compare(l->m, rtl, l->wrong);
	if (rtl && p->cut)
		strv_add(l->wrong, "it was cut off");
	if (rtl && l->wrong->n == 0)
		str_add(&l->code, p->text, p->len);
	voutline_fini(&o);
	return rtl != NULL;
}

static bool take_leaf(void *ctx, const struct flow_answer *a, struct strv *wrong, struct err *err)
{
	struct leaf *l = ctx;
	char *what = str_fmt("module %s", l->m->name);

	l->wrong = wrong;
	flow_answer_block(a, what, judge_block, l, wrong);
	free(what);
	return true;
}

static bool one_leaf(struct flow *f, const struct plan_module *m, struct str *said, struct err *err)
{
	struct planning *g = f->own;
	struct leaf l = { .g = g, .m = m };
	const struct flow_form asks = { TRIES, ask_for_leaf, take_leaf, &l };
	char *path = planning_path(f, m->name);
	struct strv wrong = STRV_INIT;
	bool ok = path && flow_model_form(f, &asks, &wrong, err);

	if (ok && l.code.len) {
		if (l.code.data[l.code.len - 1] != '\n')
			str_addc(&l.code, '\n');
		ok = flow_propose(f, path, NULL, str_cstr(&l.code), l.code.len, err);
		str_addf(said, "%s: proposed, with the ports that are planned\n", path);
	} else if (ok) {
		str_addf(said, "%s: left open, the model's answers do not fit the plan: %s\n",
			 m->name, wrong.v[0]);
		strv_addf(&g->left, "%s: no code: blamed on the module: %s", m->name, wrong.v[0]);
		f->out->end = FLOW_FOUND;
	}
	strv_free(&wrong);
	str_free(&l.code);
	free(path);
	return ok;
}

bool planning_leaves(struct flow *f, struct str *said, struct err *err)
{
	struct planning *g = f->own;
	const struct project *p = workbench_project(f->w, err);
	struct str each = STR_INIT;
	size_t asked = 0;
	bool ok = p != NULL;

	for (size_t i = 0; ok && g->clean && i < g->plan.n; i++) {
		const struct plan_module *m = &g->plan.modules[i];

		if (m->n_instances || project_vmodule(p, m->name))
			continue;
		asked++;
		ok = one_leaf(f, m, &each, err);
	}
	if (g->clean)
		str_addf(said, "%zu module%s asked for\n%s", asked, count_s(asked),
			 str_cstr(&each));
	str_free(&each);
	return ok;
}
