/* Linting several designs in one go gives the findings of linting each alone. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/base/task.h"
#include "session/lint/lint_known.h"
#include "session/lint/lint_run.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/project/read_plan.h"
#include "session/project/text_memo.h"
#include "session/tool/simulator.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"
#include "tests/lib/desk.h"

/* A minimal tool: a source with "ERR" gives an error and no other finding ("ERR MODULE":
 * a module is missing); without one each "WIDE" gives a warning. "CRASH" makes it crash,
 * "HANG" never end, "HEAVY" use 10 s of processor time, "ENDLESS" more than any job has,
 * "HUGE" end in time only without what needs the whole design, which the log marks "~".
 * All macros of earlier sources are visible: "NEEDS" warns after a source with
 * "`define". */
static struct tool_log {
	size_t jobs, now, most;
	struct str tops;
	struct task *cancels; /* when the second job has ended; NULL: nobody */
	size_t ended;
} tool;

struct plain_tool {
	struct simulator base;
	struct loop *loop;
};

static struct simulator *open_tool(struct loop *l, struct err *err);

static size_t opened, closed;

static void close_tool(struct simulator *s)
{
	closed += s != NULL;
	free(s);
}

static void find(struct diag_list *found, const struct source *s, const char *text, bool *defined)
{
	struct diag d = { .path = s->path, .line = 1 };

	if (strstr(text, "ERR")) {
		d.rank = DIAG_ERROR;
		d.text = strstr(text, "MODULE") ? "Cannot find file containing module: 'x'"
						: "broken";
		diag_list_add(found, &d, NULL);
	}
	d.rank = DIAG_RISK;
	d.code = "WIDE";
	d.text = "wide";
	if (strstr(text, "WIDE"))
		diag_list_add(found, &d, NULL);
	d.text = "sees the macro of another";
	if (strstr(text, "NEEDS") && *defined)
		diag_list_add(found, &d, NULL);
	*defined |= strstr(text, "`define") != NULL;
}

static void errors_only(struct diag_list **found)
{
	struct diag_list *errors = diag_list_new(100);

	for (size_t i = 0; i < diag_list_len(*found); i++)
		if (diag_list_at(*found, i)->rank == DIAG_ERROR)
			diag_list_add(errors, diag_list_at(*found, i), NULL);
	diag_list_free(*found);
	*found = errors;
}

static bool wait_for_it(struct plain_tool *t, bool hangs, struct err *err)
{
	bool ok = task_rest(err);

	while (ok && hangs)
		ok = task_wait(err);
	tool.now--;
	if (++tool.ended == 2 && tool.cancels)
		task_cancel(tool.cancels);
	return ok;
}

static bool lint_tool(struct simulator *s, const struct sim_job *j, struct diag_list **found,
		      enum lang *as, struct err *err)
{
	bool defined = false, hangs = false, crashes = false, heavy = false, endless = false;
	bool huge = false;

	*as = j->lang;
	*found = diag_list_new(100);
	for (size_t i = 0; i < j->n; i++) {
		char *path = path_join(j->root, j->sources[i].path);
		struct str text = STR_INIT;

		assert_true(file_read(path, 0, &text, NULL));
		find(*found, &j->sources[i], str_cstr(&text), &defined);
		hangs |= strstr(str_cstr(&text), "HANG") != NULL;
		crashes |= strstr(str_cstr(&text), "CRASH") != NULL;
		heavy |= strstr(str_cstr(&text), "HEAVY") != NULL;
		endless |= strstr(str_cstr(&text), "ENDLESS") != NULL;
		huge |= strstr(str_cstr(&text), "HUGE") != NULL;
		str_free(&text);
		free(path);
	}
	if (huge && !j->cpu_s)
		diag_list_add(*found, &(struct diag){ .rank = DIAG_STYLE, .code = DIAG_SKIMMED },
			      NULL);
	if (diag_list_count(*found, DIAG_ERROR))
		errors_only(found);
	tool.jobs++;
	tool.now++;
	tool.most = tool.now > tool.most ? tool.now : tool.most;
	str_addf(&tool.tops, "%s%s%s", tool.tops.len ? " " : "", j->top ? j->top : "-",
		 j->skim ? "~" : "");
	return wait_for_it((struct plain_tool *)s, hangs, err) &&
	       (!crashes || err_set(err, ERR_TOOL, "crashed")) &&
	       ((!endless && !(huge && j->cpu_s) && !(heavy && j->cpu_s && j->cpu_s < 10)) ||
		err_set(err, ERR_LIMIT, "took more processor time than it may"));
}

static const struct simulator_ops plain = {
	.name = "plain", .needs = "", .open = open_tool, .close = close_tool, .lint = lint_tool
};

static struct simulator *open_tool(struct loop *l, struct err *err)
{
	struct plain_tool *t = mem_zalloc(sizeof(*t));

	t->base.ops = &plain;
	opened++;
	t->loop = l;
	return &t->base;
}

static struct simulator *open_row(const struct simulator_ops *ops, struct loop *l, struct err *err)
{
	struct simulator *s = open_tool(l, err);

	s->ops = ops;
	return s;
}

static struct text_memo *known; /* NULL but in one case */

/* All of it ------------------------------------------------------------------ */

struct designs {
	struct read_plan plan;
	struct design *d;
	struct lint_item *items;
	size_t n;
};

static void plan(struct desk *d, struct designs *x)
{
	struct project *p = workbench_project(&d->w, NULL);

	project_rescan(p, NULL);
	memset(&tool, 0, sizeof(tool));
	read_plan_init(&x->plan, p, d->w.options->top);
	x->n = x->plan.n_roots;
	x->d = mem_calloc(x->n + 1, sizeof(*x->d));
	x->items = mem_calloc(x->n + 1, sizeof(*x->items));
	for (size_t i = 0; i < x->n; i++) {
		design_init(&x->d[i], p, d->w.options, x->plan.roots[i].path, x->plan.roots[i].top);
		x->items[i].design = &x->d[i];
	}
}

static void drop(struct designs *x)
{
	for (size_t i = 0; i < x->n; i++) {
		diag_list_free(x->items[i].found);
		design_fini(&x->d[i]);
	}
	free(x->d);
	free(x->items);
	read_plan_fini(&x->plan);
	str_free(&tool.tops);
}

static void add_all(const struct designs *x, struct diag_list *to)
{
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; x->items[i].found && k < diag_list_len(x->items[i].found); k++)
			diag_list_add_new(to, diag_list_at(x->items[i].found, k));
}

/* "a.v: broken, ..." for the findings of each design alone; sorted. */
static void printed(const struct diag_list *l, struct str *out)
{
	struct strv lines = STRV_INIT;

	for (size_t i = 0; i < diag_list_len(l); i++)
		strv_addf(&lines, "%s %s\n", diag_list_at(l, i)->path, diag_list_at(l, i)->text);
	strv_sort(&lines);
	for (size_t i = 0; i < lines.n; i++)
		str_adds(out, lines.v[i]);
	strv_free(&lines);
}

/* Runs them together and one by one: the findings are equal. Returns the number of jobs
 * when run together. */
static size_t same_as_alone(struct desk *d, const char *failed)
{
	struct designs x;
	struct diag_list *together = diag_list_new(1000), *alone = diag_list_new(1000);
	struct str a = STR_INIT, b = STR_INIT, why = STR_INIT;
	size_t jobs;

	plan(d, &x);
	assert_true(lint_run(d->loop, &plain, known, NULL, d->w.project, x.items, x.n, NULL));
	jobs = tool.jobs;
	assert_in_range(tool.most, 0, 2);
	add_all(&x, together);
	for (size_t i = 0; i < x.n; i++)
		if (x.items[i].why.code != ERR_NONE)
			str_addf(&why, "%s ", x.plan.roots[i].top);
	assert_string_equal(str_cstr(&why), failed);
	drop(&x);
	plan(d, &x);
	for (size_t i = 0; i < x.n; i++)
		assert_true(
			lint_run(d->loop, &plain, known, NULL, d->w.project, &x.items[i], 1, NULL));
	add_all(&x, alone);
	drop(&x);
	printed(together, &a);
	printed(alone, &b);
	assert_string_equal(str_cstr(&a), str_cstr(&b));
	diag_list_free(together);
	diag_list_free(alone);
	str_free(&a);
	str_free(&b);
	str_free(&why);
	return jobs;
}

static size_t jobs_of(struct desk *d)
{
	struct designs x;
	size_t jobs;

	plan(d, &x);
	assert_true(lint_run(d->loop, &plain, known, NULL, d->w.project, x.items, x.n, NULL));
	jobs = tool.jobs;
	drop(&x);
	return jobs;
}

static void write_tops(struct desk *d, int n)
{
	tool_write(d->root, "leaf.v", "module leaf; // WIDE\nendmodule\n");
	for (int i = 0; i < n; i++) {
		char name[32], text[80];

		snprintf(name, sizeof(name), "top%d.v", i);
		snprintf(text, sizeof(text), "module top%d; // WIDE\nleaf u();\nendmodule\n", i);
		tool_write(d->root, name, text);
	}
}

IN_TASK(what_several_share_is_read_once)
{
	write_tops(d, 20);
	assert_int_equal(same_as_alone(d, ""), 1);
	write_tops(d, 60); /* not all in one, for two run at a time */
	assert_int_equal(same_as_alone(d, ""), 3);
}

IN_TASK(an_error_takes_nothing_from_the_others)
{
	write_tops(d, 6);
	tool_write(d->root, "top3.v", "module top3; // ERR\nleaf u();\nendmodule\n");
	/* All, the suspect, the rest. */
	assert_int_equal(same_as_alone(d, ""), 3);
	/* In what all of them hold: each is a suspect. */
	tool_write(d->root, "leaf.v", "module leaf; // ERR\nendmodule\n");
	assert_int_equal(same_as_alone(d, ""), 7);
}

IN_TASK(what_would_be_said_again_is_not_asked_again)
{
	write_tops(d, 6);
	tool_write(d->root, "top3.v", "module top3; // ERR MODULE\nleaf u();\nendmodule\n");
	tool_write(d->root, "top5.v", "module top5; // ERR MODULE\nleaf u();\nendmodule\n");
	/* All, the rest. */
	assert_int_equal(same_as_alone(d, ""), 2);
	/* One that may have been caused by another. */
	tool_write(d->root, "top5.v", "module top5; // ERR\nleaf u();\nendmodule\n");
	assert_int_equal(same_as_alone(d, ""), 4);
}

IN_TASK(a_crash_is_told_of_the_one_that_crashes)
{
	write_tops(d, 5);
	tool_write(d->root, "top2.v", "module top2; // CRASH\nleaf u();\nendmodule\n");
	same_as_alone(d, "top2 ");
}

IN_TASK(one_that_takes_long_is_told_from_the_others)
{
	write_tops(d, 5);
	tool_write(d->root, "top2.v", "module top2; // HEAVY WIDE\nleaf u();\nendmodule\n");
	assert_int_equal(same_as_alone(d, ""), 6);
	tool_write(d->root, "top2.v", "module top2; // ENDLESS WIDE\nleaf u();\nendmodule\n");
	assert_int_equal(same_as_alone(d, "top2 "), 6);
	/* It would take as long again. */
	known = lint_known_new();
	assert_int_equal(same_as_alone(d, "top2 "), 6);
	assert_int_equal(jobs_of(d), 0);
	assert_int_equal(same_as_alone(d, "top2 "), 0);
	text_memo_free(known);
	known = NULL;
}

IN_TASK(what_is_around_a_large_one_is_not_tried_whole)
{
	struct designs x;
	struct err err;

	tool_write(d->root, "top.v", "module top(input a); // HUGE\nendmodule\n");
	tool_write(d->root, "far.v", "module far(input a); // WIDE\nendmodule\n");
	for (int i = 1; i <= 4; i++) {
		char *name = str_fmt("tb%d.v", i);
		char *text = str_fmt("module tb%d; reg a = 0; top u(a);\n"
				     "initial #1 $finish; endmodule\n",
				     i);

		tool_write(d->root, name, text);
		free(text);
		free(name);
	}
	plan(d, &x);
	assert_true(lint_run(d->w.loop, &plain, NULL, NULL, workbench_project(&d->w, NULL), x.items,
			     x.n, &err));
	assert_non_null(strstr(str_cstr(&tool.tops), "top "));
	for (int i = 1; i <= 4; i++) {
		char *name = str_fmt("tb%d~", i);

		assert_non_null(strstr(str_cstr(&tool.tops), name));
		free(name);
	}
	drop(&x);
}

IN_TASK(two_modules_of_one_name_never_meet)
{
	tool_write(d->root, "a.v",
		   "module a; // WIDE\nhelp u();\nendmodule\nmodule help; endmodule\n");
	tool_write(d->root, "b.v",
		   "module b; // WIDE\nhelp u();\nendmodule\nmodule help; endmodule\n");
	assert_int_equal(same_as_alone(d, ""), 2);
}

IN_TASK(a_macro_of_one_is_not_known_to_another)
{
	tool_write(d->root, "a.v", "`define FAST 1\nmodule a; endmodule\n");
	tool_write(d->root, "b.v", "`define FAST 0\nmodule b;\nendmodule\n");
	tool_write(d->root, "c.v",
		   "`ifndef SLOW\n`define SLOW\n`endif\nmodule c; // NEEDS\nendmodule\n");
	tool_write(d->root, "d.v", "`define SLOW 2\nmodule d; endmodule\n");
	/* a with c: a macro defined before c does not matter to c. */
	assert_int_equal(jobs_of(d), 2);
	/* The same macro in both is no difference. */
	tool_write(d->root, "b.v", "`define FAST 1\nmodule b;\nendmodule\n");
	tool_write(d->root, "d.v", "`define SLOW\nmodule d; endmodule\n");
	assert_int_equal(jobs_of(d), 1);
}

IN_TASK(what_was_said_of_a_design_is_not_asked_again)
{
	known = lint_known_new();
	write_tops(d, 60);
	assert_int_equal(jobs_of(d), 3);
	assert_int_equal(jobs_of(d), 0);
	/* One of its own: those that are read with it. The same as alone, too. */
	tool_write(d->root, "top7.v", "module top7; // WIDE \nleaf u();\nendmodule\n");
	assert_int_equal(jobs_of(d), 1);
	assert_int_equal(jobs_of(d), 0);
	/* Of the same size as before, and shared. */
	tool_write(d->root, "leaf.v", "module leaf; // WIDE\n\nendmodule");
	assert_int_equal(jobs_of(d), 3);
	tool_write(d->root, "leaf.v", "module leaf; // ERR!\n\nendmodule");
	assert_true(jobs_of(d) >= 3);
	assert_int_equal(jobs_of(d), 0);
	same_as_alone(d, "");
	assert_true(options_set(d->w.options, "defines", "A=1", NULL));
	assert_true(jobs_of(d) >= 3);
	/* The cause of the crash may be gone next time. */
	write_tops(d, 1);
	tool_write(d->root, "top2.v", "module top2; // CRASH\nendmodule\n");
	assert_true(jobs_of(d) > 0);
	assert_true(jobs_of(d) > 0);
	text_memo_free(known);
	known = NULL;
}

/* Half a minute of each lint after an edit would be lost. */
IN_TASK(what_was_too_large_is_not_tried_again_after_an_edit)
{
	struct designs x;

	known = lint_known_new();
	for (int i = 0; i < 3; i++) {
		tool_write(d->root, "big.v",
			   i == 0   ? "module big; // HUGE\nendmodule\n"
			   : i == 1 ? "module big; // HUGE \nendmodule\n"
				    : "module big; // HUGE\nendmodule\n");
		plan(d, &x);
		assert_true(
			lint_run(d->loop, &plain, known, NULL, d->w.project, x.items, x.n, NULL));
		assert_string_equal(str_cstr(&tool.tops), i == 0 ? "big" : i == 1 ? "big~" : "");
		drop(&x);
	}
	text_memo_free(known);
	known = NULL;
}

IN_TASK(the_order_is_that_of_the_designs)
{
	struct designs x;

	write_tops(d, 40);
	plan(d, &x);
	assert_true(lint_run(d->loop, &plain, known, NULL, d->w.project, x.items, x.n, NULL));
	assert_int_equal(tool.most, 2);
	assert_non_null(x.items[0].found);
	assert_null(x.items[1].found);
	assert_string_equal(diag_list_at(x.items[0].found, 0)->path, "leaf.v");
	drop(&x);
}

/* A lane stays open between lints, unless it belongs to another tool or a plugin. */
IN_TASK(a_simulator_is_kept_for_the_next_lint)
{
	struct simulator_ops other = plain, row = plain;
	struct simulator *idle = NULL;
	struct designs x;

	other.name = "other";
	row.row_open = open_row;
	opened = closed = 0;
	tool_write(d->root, "a.v", "module a; // WIDE\nendmodule\n");
	for (int i = 0; i < 3; i++) {
		plan(d, &x);
		assert_true(
			lint_run(d->loop, &plain, NULL, &idle, d->w.project, x.items, x.n, NULL));
		drop(&x);
		assert_non_null(idle);
		assert_int_equal(opened, 1);
		assert_int_equal(closed, 0);
	}
	plan(d, &x);
	assert_true(lint_run(d->loop, &other, NULL, &idle, d->w.project, x.items, x.n, NULL));
	drop(&x);
	assert_int_equal(opened, 2);
	assert_int_equal(closed, 1);
	assert_non_null(idle);
	plan(d, &x);
	assert_true(lint_run(d->loop, &row, NULL, &idle, d->w.project, x.items, x.n, NULL));
	drop(&x);
	assert_null(idle);
	assert_int_equal(opened, 3);
	assert_int_equal(closed, 3);
}

struct canceller {
	struct task *who;
};

static void cancel_it(void *ctx)
{
	task_cancel(((struct canceller *)ctx)->who);
}

IN_TASK(cancelling_ends_all_of_them)
{
	struct canceller c = { task_self() };
	struct designs x;
	struct err err;

	write_tops(d, 3);
	tool_write(d->root, "leaf.v", "module leaf; // HANG\nendmodule\n");
	tool_write(d->root, "other.v", "`define A\nmodule other; // HANG\nendmodule\n");
	plan(d, &x);
	task_start(d->loop, cancel_it, &c);
	assert_false(lint_run(d->loop, &plain, known, NULL, d->w.project, x.items, x.n, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	assert_int_equal(tool.now, 0);
	for (size_t i = 0; i < x.n; i++)
		assert_null(x.items[i].found);
	drop(&x);
}

IN_TASK(who_cancels_keeps_what_was_done)
{
	struct designs x;
	struct err err;
	size_t done = 0, cancelled = 0;

	tool_write(d->root, "a.v", "`define A\nmodule a; // WIDE\nendmodule\n");
	tool_write(d->root, "b.v", "`define A 2\nmodule b; // WIDE\nendmodule\n");
	tool_write(d->root, "c.v", "`define A 3\nmodule c; // HANG\nendmodule\n");
	tool_write(d->root, "d.v", "`define A 4\nmodule d; // HANG\nendmodule\n");
	plan(d, &x);
	tool.cancels = task_self();
	assert_false(lint_run(d->loop, &plain, known, NULL, d->w.project, x.items, x.n, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	assert_int_equal(tool.now, 0);
	for (size_t i = 0; i < x.n; i++) {
		if (x.items[i].found)
			assert_int_equal(diag_list_len(x.items[i].found), 1);
		done += x.items[i].why.code == ERR_NONE;
		cancelled += x.items[i].why.code == ERR_CANCELLED;
	}
	assert_int_equal(x.n, 4);
	assert_true(done >= 1 && done <= 2);
	assert_int_equal(done + cancelled, 4);
	drop(&x);
}
