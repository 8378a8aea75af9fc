/* What `solve` asks for: a module, or a better one than the best so far.
 *
 * The model gets the spec, the existing file, and the text of the best candidate with the
 * tools' messages about it. It sees the testbench only if nothing else says what is wanted,
 * because a model that knows the expected answers writes code that just produces them.
 */
#include "config.h"

#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/base/mem.h"
#include "session/flow/solve_steps.h"
#include "session/model/backend.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/workbench.h"

static void add_fence(const char *title, const struct str *text, struct str *out)
{
	str_addf(out, "\n%s\n\n```verilog\n%s%s```\n", title, str_cstr(text),
		 text->len && text->data[text->len - 1] != '\n' ? "\n" : "");
}

/* Without a spec the testbench defines the behaviour; without a file it defines the
 * ports. */
static void add_testbench(struct flow *f, struct str *out)
{
	const struct solving *g = f->own;
	const struct project *p = workbench_project(f->w, NULL);
	const struct project_file *file =
		p && g->testbench ? project_module(p, g->testbench, NULL) : NULL;
	struct str text = STR_INIT;

	if (file && (!g->there || !g->spec.len) && flow_text(f, file->path, &text))
		add_fence("The testbench that will judge it, which stays as it is:", &text, out);
	str_free(&text);
}

static void add_history(const struct solving *g, enum solve_effort effort, size_t mends,
			struct str *out)
{
	const struct candidate *c = &g->v[mends];

	if (!mends)
		return;
	if (c->text.len)
		add_fence("This is the best of the attempts so far:", &c->text, out);
	if (c->note.len)
		str_addf(out, "\nWhat was wrong with that answer: %s.\n", str_cstr(&c->note));
	if (c->said.len)
		str_addf(out, "\nWhat the tools say of it:\n\n%s\n", str_cstr(&c->said));
	str_adds(out, "\nWrite a module without these faults; keep what is right in it.\n");
	if (effort != SOLVE_PLAIN)
		str_adds(out,
			 "Before the code, go through the first failing cycle: which value each "
			 "register has, which statement gives the wrong value, what the "
			 "specification wants there, and what has to change. Then check the new "
			 "module against the same cycle.\n");
}

static void question(struct flow *f, enum solve_effort effort, size_t mends, struct str *out)
{
	const struct solving *g = f->own;

	str_addf(out,
		 "Write the hardware module %s in synthesizable %s, whole, in one code block; no "
		 "testbench. Its name and its ports are fixed.\n",
		 g->module,
		 design_lang(workbench_project(f->w, NULL), f->w->options) == LANG_SV2017
			 ? "SystemVerilog"
			 : "Verilog-2005");
	if (g->n > 1)
		str_addf(out, "This is attempt %zu.%s\n", g->n,
			 mends ? "" : " Another one, which you do not see, was made before it.");
	if (g->spec.len)
		str_addf(out, "\nThe specification:\n\n%s\n", str_cstr(&g->spec));
	if (g->there)
		add_fence("The file that it belongs to, as it is:", &g->file, out);
	add_testbench(f, out);
	add_history(g, effort, mends, out);
}

/* A candidate with the same text as an earlier one is not judged again. */
static void find_twin(struct solving *g, struct candidate *c)
{
	for (size_t i = 0; c->text.len && i + 1 < g->n && !c->twin; i++)
		if (g->v[i].text.len == c->text.len &&
		    memcmp(g->v[i].text.data, c->text.data, c->text.len) == 0) {
			if (i == 0) {
				str_clear(&c->note);
				str_adds(&c->note, "it is the file as it is");
			} else {
				str_clear(&c->note);
				str_addf(&c->note, "it is candidate %zu again", i);
			}
			c->twin = i ? i : SIZE_MAX;
		}
}

static void take(struct solving *g, struct candidate *c, const struct flow_answer *a)
{
	struct str why = STR_INIT;

	c->score.has_code =
		solve_code(str_cstr(&a->text), a->text.len, g->module, g->there ? &g->file : NULL,
			   &g->others, &c->text, &c->note, &why);
	if (!c->score.has_code) {
		str_clear(&c->note);
		str_addf(&c->note, "%s%s", str_cstr(&why),
			 a->loops ? ", and the model repeats itself"
			 : a->cut ? ", and the answer is cut off"
				  : "");
	}
	str_free(&why);
	find_twin(g, c);
}

/* Raises the level in the backend's configuration, or else the one its server reports
 * for the model. */
static bool raise_level(struct flow *f, const char *role, char level[24])
{
	struct backend_entry *e =
		backend_list_find(f->w->backends, ask_backend_role(f->w->options, role));
	const char *now = e ? ask_option_of(e, "reasoning=") : NULL;
	struct backend_caps caps = { 0 };
	struct backend_lease *lease;
	bool can = now != NULL;

	if (!e)
		return false;
	if (!now && (lease = ask_backend(f->w, e, NULL))) {
		const struct backend *b = lease->backend;

		can = b->ops->caps && b->ops->caps(lease->backend, &caps, NULL) &&
		      caps.reasoning == CAN;
		backend_lease_drop(lease);
	}
	return can && solve_level(now, level);
}

bool solving_ask(struct flow *f, enum solve_effort effort, size_t mends, struct err *err)
{
	struct solving *g = f->own;
	const char *role = effort == SOLVE_ESCALATE ? "escalate" : "ask";
	struct candidate *c = &g->v[g->n];
	struct str text = STR_INIT;
	struct flow_answer a = { .text = STR_INIT };
	uint64_t before = f->tokens;
	char level[24] = "";
	bool ok;

	if (effort == SOLVE_REASON && raise_level(f, role, level))
		f->reasoning = level;
	question(f, effort, mends, &text);
	ok = flow_model(f, role, str_cstr(&text), &a, err);
	f->reasoning = NULL;
	g->tokens += f->tokens - before;
	if (ok) {
		*c = (struct candidate){ .effort = effort, .mends = mends };
		c->score.checks = c->score.failures = c->score.path = -1;
		c->backend = mem_strdup(ask_backend_role(f->w->options, role));
		memcpy(c->level, level, sizeof(level));
		g->n++;
		take(g, c, &a);
	}
	flow_answer_fini(&a);
	str_free(&text);
	return ok;
}
