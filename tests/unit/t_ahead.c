/* Reading a project in the background leaves the loop free and gives the same result
 * as reading it at once.
 *
 * The pool has one thread here (UV_THREADPOOL_SIZE), and a job that waits for a pipe
 * holds it: nothing is read until the test releases it. */
#include "config.h"

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/journal/session.h"
#include "session/project/project.h"
#include "session/project/project_ahead.h"
#include "session/project/overlay.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "tests/lib/case.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_tabs.h"
#include "ui/terminal/term.h"
#include "ui/turn/turn.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TURNS 50 /* of a free loop */

struct stand {
	struct loop *loop;
	char *root;
	struct project *p;
	int pipe[2];
	bool held, over, ok, rescan;
	struct err err;
	struct task *task;
};

/* The pool --------------------------------------------------------------------- */

static void wait_for_pipe(void *ctx)
{
	struct stand *s = ctx;
	char byte;

	while (read(s->pipe[0], &byte, 1) < 0)
		;
}

static void let_go(void *ctx)
{
	((struct stand *)ctx)->held = false;
}

static void hold_pool(struct stand *s)
{
	s->held = true;
	loop_work(s->loop, wait_for_pipe, let_go, s);
}

static void release_pool(struct stand *s)
{
	assert_true(s->held);
	assert_int_equal(write(s->pipe[1], "x", 1), 1);
}

static void some_turns(struct stand *s)
{
	for (int i = 0; i < TURNS; i++)
		assert_true(loop_turn(s->loop, false));
}

/* A project ----------------------------------------------------------------------- */

static void save(struct stand *s, const char *name, const char *text)
{
	char *path = path_join(s->root, name);

	assert_true(file_save(path, text, strlen(text), 0600, NULL));
	free(path);
}

static int set_up(void **state)
{
	struct stand *s = mem_zalloc(sizeof(*s));
	char template[] = "/tmp/posedge-ahead.XXXXXX";

	s->loop = loop_new(NULL);
	s->root = mem_strdup(mkdtemp(template));
	assert_int_equal(pipe(s->pipe), 0);
	save(s, "defs.v", "`define WIDE 8\n");
	save(s, "top.sv",
	     "`include \"part.inc\"\nmodule top(input [`WIDE-1:0] a);\n  leaf u(a);\nendmodule\n");
	save(s, "leaf.sv", "module leaf(input [7:0] a);\nendmodule\n");
	save(s, "part.inc", "typedef logic bit_t;\n");
	save(s, "rtl.f", "leaf.sv\ntop.sv\n+define+FROM_LIST\n");
	*state = s;
	return 0;
}

static int tear_down(void **state)
{
	struct stand *s = *state;

	project_free(s->p);
	loop_free(s->loop);
	close(s->pipe[0]);
	close(s->pipe[1]);
	file_remove_tree(s->root, NULL);
	free(s->root);
	free(s);
	return 0;
}

/* Everything that a query can return. */
static char *print(const struct project *p)
{
	struct str s = STR_INIT;
	struct strv tops = STRV_INIT, defines = STRV_INIT;

	for (size_t i = 0; i < project_files(p); i++) {
		const struct project_file *f = project_file(p, i);

		str_addf(&s, "%s %zu%s", f->path, f->size, f->header ? " header" : "");
		for (size_t k = 0; f->outline && k < f->outline->n; k++) {
			const struct vmodule *m = &f->outline->modules[k];

			str_addf(&s, " %s(", m->name);
			for (size_t n = 0; n < m->n_ports; n++)
				str_addf(&s, "%s %s,", m->ports[n].type, m->ports[n].name);
			for (size_t n = 0; n < m->n_instances; n++)
				str_addf(&s, ") %s", m->instances[n].module);
		}
		str_addc(&s, '\n');
	}
	project_tops(p, &tops);
	project_defines(p, &defines);
	for (size_t i = 0; i < tops.n; i++)
		str_addf(&s, "top %s\n", tops.v[i]);
	for (size_t i = 0; i < defines.n; i++)
		str_addf(&s, "define %s\n", defines.v[i]);
	strv_free(&tops);
	strv_free(&defines);
	return str_take(&s);
}

static void assert_as_at_once(struct stand *s, const char *path, const char *text)
{
	struct project *p = project_open(s->root, NULL);
	char *now, *want;

	if (path)
		project_overlay(p, path, text, strlen(text));
	want = print(p);
	now = print(s->p);
	assert_string_equal(now, want);
	free(now);
	free(want);
	project_free(p);
}

static void open_it(void *ctx)
{
	struct stand *s = ctx;
	struct project_settings none = { 0 };

	s->p = project_ahead_open(s->loop, s->root, &none, &s->err);
	s->ok = s->p != NULL;
	s->over = true;
}

static void read_it(void *ctx)
{
	struct stand *s = ctx;
	struct project_settings none = { 0 };

	s->ok = project_ahead(s->loop, s->p, &none, s->rescan, &s->err);
	s->over = true;
}

static void start(struct stand *s, void (*fn)(void *ctx))
{
	s->over = s->ok = false;
	s->task = task_start(s->loop, fn, s);
}

static void finish(struct stand *s)
{
	loop_run_until(s->loop, &s->over);
	assert_true(s->over);
}

CASE_WITH(the_loop_turns_while_a_project_is_opened, set_up, tear_down)
{
	struct stand *s = *state;

	hold_pool(s);
	start(s, open_it);
	some_turns(s);
	assert_false(s->over);
	release_pool(s);
	finish(s);
	assert_true(s->ok);
	assert_true(project_is_read(s->p, &(struct project_settings){ 0 }));
	assert_as_at_once(s, NULL, NULL);
}

CASE_WITH(the_project_answers_while_it_is_read_again, set_up, tear_down)
{
	struct stand *s = *state;

	s->p = project_open(s->root, NULL);
	assert_int_equal(project_files(s->p), 4);
	save(s, "new.sv", "module fresh; top u(0); endmodule\n");
	save(s, "leaf.sv", "module leaf(input [7:0] a, input more);\nendmodule\n");
	hold_pool(s);
	s->rescan = true;
	start(s, read_it);
	some_turns(s);
	assert_false(s->over);
	assert_int_equal(project_files(s->p), 4);
	assert_int_equal(project_vmodule(s->p, "leaf")->n_ports, 1);
	release_pool(s);
	finish(s);
	assert_true(s->ok);
	assert_int_equal(project_vmodule(s->p, "leaf")->n_ports, 2);
	assert_as_at_once(s, NULL, NULL);
}

/* The copy made on the loop is stale, so it must be read again. */
CASE_WITH(what_is_typed_while_it_is_read_is_not_lost, set_up, tear_down)
{
	static const char typed[] = "module leaf(input [7:0] a, b, c);\nendmodule\n";
	struct stand *s = *state;

	s->p = project_open(s->root, NULL);
	hold_pool(s);
	s->rescan = true;
	start(s, read_it);
	some_turns(s);
	project_overlay(s->p, "leaf.sv", typed, strlen(typed));
	release_pool(s);
	finish(s);
	assert_true(s->ok);
	assert_true(project_is_read(s->p, &(struct project_settings){ 0 }));
	assert_int_equal(project_vmodule(s->p, "leaf")->n_ports, 3);
	assert_as_at_once(s, "leaf.sv", typed);
}

CASE_WITH(a_path_stays_where_it_is, set_up, tear_down)
{
	struct stand *s = *state;
	const struct project_file *f;
	const char *path, *root;

	s->p = project_open(s->root, NULL);
	f = project_find(s->p, "top.sv");
	path = f->path;
	root = project_root(s->p);
	s->rescan = true;
	start(s, read_it);
	finish(s);
	assert_ptr_equal(project_find(s->p, "top.sv"), f);
	assert_ptr_equal(f->path, path);
	assert_ptr_equal(project_root(s->p), root);
}

CASE_WITH(who_cancels_it_has_the_project_of_before, set_up, tear_down)
{
	struct stand *s = *state;

	s->p = project_open(s->root, NULL);
	save(s, "new.sv", "module fresh; endmodule\n");
	hold_pool(s);
	s->rescan = true;
	start(s, read_it);
	some_turns(s);
	task_cancel(s->task);
	some_turns(s);
	assert_false(s->over); /* the thread still has the copy */
	release_pool(s);
	finish(s);
	assert_false(s->ok);
	assert_int_equal(s->err.code, ERR_CANCELLED);
	assert_int_equal(project_files(s->p), 4);
}

/* The loop queries and changes the original while a thread reads a copy: under a thread
 * sanitizer this shows that no mutable data is shared. */
CASE_WITH(copies_are_read_while_the_original_changes, set_up, tear_down)
{
	struct stand *s = *state;

	for (int i = 0; i < 200; i++) {
		char *name = str_fmt("m%d.sv", i),
		     *text = str_fmt("module m%d(input a);\n  m%d u(a);\nendmodule\n", i, i + 1);

		save(s, name, text);
		free(text);
		free(name);
	}
	s->p = project_open(s->root, NULL);
	for (int i = 0; i < 20; i++) {
		struct str text = STR_INIT;
		char *want;

		str_addf(&text, "module m7(input a);\n  m%d u(a);\nendmodule\n", i);
		s->rescan = true;
		start(s, read_it);
		loop_turn(s->loop, false);
		project_overlay(s->p, "m7.sv", str_cstr(&text), text.len);
		want = print(s->p);
		project_overlay_clear(s->p);
		project_rescan(s->p, NULL);
		free(want);
		str_free(&text);
		finish(s);
		assert_true(s->ok);
	}
	assert_as_at_once(s, NULL, NULL);
}

static void try_text(void *ctx)
{
	static const char text[] = "module leaf(input [7:0] a, b);\nendmodule\n";
	struct stand *s = ctx;
	struct overlay as = { "leaf.sv", { text, strlen(text) } };
	struct project *with = project_with(s->loop, s->p, &as, 1, &s->err);

	s->ok = with && project_vmodule(with, "leaf")->n_ports == 2;
	project_free(with);
	s->over = true;
}

CASE_WITH(a_text_is_tried_on_a_copy, set_up, tear_down)
{
	struct stand *s = *state;

	s->p = project_open(s->root, NULL);
	hold_pool(s);
	start(s, try_text);
	some_turns(s);
	assert_false(s->over);
	release_pool(s);
	finish(s);
	assert_true(s->ok);
	assert_int_equal(project_vmodule(s->p, "leaf")->n_ports, 1);
}

/* On the screen ------------------------------------------------------------------- */

static void nothing(void *ctx)
{
}

static bool shows(struct ui *u, const char *text)
{
	struct str s = STR_INIT;
	bool found;

	ui_paint(u);
	frame_print(&ui_drawing(u)->frame, &s);
	found = strstr(str_cstr(&s), text) != NULL;
	str_free(&s);
	return found;
}

static void press(struct ui *u, const char *keys)
{
	ui_input(u, keys, strlen(keys));
}

static void wait_until_read(struct stand *s, struct ui *u)
{
	while (ui_jobs(u)->job[JOB_READ].task)
		assert_true(loop_turn(s->loop, true));
}

struct screen {
	struct workbench w;
	struct term *term;
	struct ui *ui;
};

/* With top.sv open, and nothing of the project read. */
static struct ui *open_screen(struct screen *d, struct stand *s)
{
	static const struct ports ports = { 0 };
	struct term_events ev = { nothing, nothing, nothing, NULL };

	d->term = term_mem_open(24, 80, &ev);
	workbench_init(&d->w, s->loop, s->root, &ports);
	assert_non_null(workbench_session(&d->w, SESSION_NEW, NULL));
	d->ui = ui_new(&d->w, d->w.session, d->term, false);
	assert_true(ui_open_at(d->ui, "top.sv", 1, 1, NULL));
	return d->ui;
}

static void close_screen(struct screen *d)
{
	ui_free(d->ui);
	d->term->ops->close(d->term);
	workbench_fini(&d->w);
}

CASE_WITH(keys_are_typed_and_painted_before_the_project_is_read, set_up, tear_down)
{
	struct stand *s = *state;
	struct screen d;
	struct ui *u = open_screen(&d, s);

	hold_pool(s);
	ui_read_soon(u);
	for (int i = 0; i < TURNS; i++) {
		press(u, "q");
		ui_draw(u);
		loop_turn(s->loop, false);
	}
	assert_null(d.w.project);
	assert_true(shows(u, "qqqqqqqqqq"));
	/* A list opens at once, so that the keys typed next filter it. */
	ui_run_line(u, "open");
	assert_true(shows(u, "the project is being read"));
	press(u, "lea");
	assert_false(shows(u, "leaf.sv"));
	release_pool(s);
	wait_until_read(s, u);
	assert_false(shows(u, "the project is being read"));
	assert_true(shows(u, "leaf.sv"));
	press(u, "\r");
	assert_string_equal(ui_code(u)->path, "leaf.sv");
	close_screen(&d);
}

CASE_WITH(a_command_that_needs_the_project_is_put_off, set_up, tear_down)
{
	struct stand *s = *state;
	struct screen d;
	struct ui *u = open_screen(&d, s);

	hold_pool(s);
	ui_run_line(u, "goto leaf");
	some_turns(s);
	assert_string_equal(ui_code(u)->path, "top.sv");
	assert_true(shows(u, "as soon as the project is read"));
	release_pool(s);
	wait_until_read(s, u);
	assert_string_equal(ui_code(u)->path, "leaf.sv");
	/* Files added since are looked for, and a key ends the wait. */
	ui_jobs(u)->files_changed++;
	hold_pool(s);
	ui_run_line(u, "goto top");
	some_turns(s);
	assert_true(ui_cancel_job(u));
	release_pool(s);
	wait_until_read(s, u);
	assert_string_equal(ui_code(u)->path, "leaf.sv");
	assert_true(ui_jobs(u)->files_looked < ui_jobs(u)->files_changed);
	close_screen(&d);
}

static int before_all(void **state)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	setenv("UV_THREADPOOL_SIZE", "1", 1);
	return 0;
}

CASES_WITHIN(before_all, NULL)
