#include "config.h"

#include "session/workbench/await.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/tool/hardware.h"
#include "session/verdict/diag.h"

/* What all of them share: who waits, and how it ended. */
struct wait {
	struct task *task;
	bool done;
	struct err err;
};

static void finish(struct wait *w, const struct err *err)
{
	if (err)
		w->err = *err;
	w->done = true;
	task_wake(w->task);
}

/* Waits for done; when the task is cancelled first, has the job cancelled and
 * waits all the same, for what it points to lies on this stack. */
static bool outcome(struct wait *w, void (*cancel)(void *job), void *job, struct err *err)
{
	while (!w->done) {
		if (task_wait(err))
			continue;
		if (!w->done)
			cancel(job);
		while (!w->done)
			task_wait_uncancelled();
		return err_set(err, ERR_CANCELLED, "cancelled");
	}
	if (w->err.code == ERR_NONE)
		return true;
	if (err)
		*err = w->err;
	return false;
}

/* Asking */

struct ask_wait {
	struct wait w;
	void (*piece)(void *ctx, const struct piece *p);
	void *ctx;
};

static void on_piece(void *ctx, const struct piece *p)
{
	struct ask_wait *a = ctx;

	a->piece(a->ctx, p);
}

static void on_answer(void *ctx, const struct err *err)
{
	struct ask_wait *a = ctx;

	finish(&a->w, err);
}

static void cancel_backend(void *job)
{
	struct backend *b = job;

	b->ops->cancel(b);
}

bool task_ask(struct backend *b, const struct prompt *p,
	      void (*piece)(void *ctx, const struct piece *p), void *ctx, struct err *err)
{
	struct ask_wait a = { .w.task = task_self(), .piece = piece, .ctx = ctx };
	struct answer to = { .piece = on_piece, .done = on_answer, .ctx = &a };

	return b->ops->ask(b, p, &to, err) && outcome(&a.w, cancel_backend, b, err);
}

/* Linting */

static struct diag_list *copy_diags(const struct diag_list *from)
{
	size_t n = from ? diag_list_len(from) : 0;
	struct diag_list *copy = diag_list_new(n + 1);

	for (size_t i = 0; i < n; i++)
		diag_list_add(copy, diag_list_at(from, i), NULL);
	return copy;
}

struct lint_wait {
	struct wait w;
	struct diag_list *found;
};

static void on_lint(void *ctx, const struct diag_list *found, const struct err *err)
{
	struct lint_wait *l = ctx;

	l->found = copy_diags(found);
	finish(&l->w, err);
}

static void cancel_simulator(void *job)
{
	struct simulator *s = job;

	s->ops->cancel(s);
}

bool task_lint(struct simulator *s, const struct sim_job *j, struct diag_list **found,
	       struct err *err)
{
	struct lint_wait l = { .w.task = task_self() };
	struct lint_events to = { .done = on_lint, .ctx = &l };
	bool ok;

	*found = NULL;
	ok = s->ops->lint(s, j, &to, err) && outcome(&l.w, cancel_simulator, s, err);
	*found = l.found;
	return ok;
}

/* Elaborating */

struct elaborate_wait {
	struct wait w;
	struct hardware *out;
};

static void on_elaborated(void *ctx, const struct hardware *h, const struct err *err)
{
	struct elaborate_wait *e = ctx;

	if (h)
		hardware_merge(e->out, h);
	finish(&e->w, err);
}

bool task_elaborate(struct simulator *s, const struct sim_job *j, struct hardware *out, struct err *err)
{
	struct elaborate_wait e = { .w.task = task_self(), .out = out };
	struct elaborate_events to = { .done = on_elaborated, .ctx = &e };

	if (!s->ops->elaborate)
		return err_set(err, ERR_TOOL, "%s does not tell what hardware a design is: `set engine verilator` does",
			       s->ops->name);
	return s->ops->elaborate(s, j, &to, err) && outcome(&e.w, cancel_simulator, s, err);
}

/* Simulating */

struct run_wait {
	struct wait w;
	void (*progress)(void *ctx, const char *step);
	void (*line)(void *ctx, const char *line, size_t len);
	void *ctx;
	struct run_report *out;
};

static void on_progress(void *ctx, const char *step)
{
	struct run_wait *r = ctx;

	if (r->progress)
		r->progress(r->ctx, step);
}

static void on_line(void *ctx, const char *line, size_t len)
{
	struct run_wait *r = ctx;

	if (r->line)
		r->line(r->ctx, line, len);
}

static char *copied(const char *text)
{
	return mem_strdup(text ? text : "");
}

static void copy_lists(struct run_report *r, const struct run_outcome *o)
{
	r->steps = mem_calloc(o->n_steps + 1, sizeof(*r->steps));
	for (; r->n_steps < o->n_steps; r->n_steps++)
		r->steps[r->n_steps] = (struct run_step){ copied(o->steps[r->n_steps].name), o->steps[r->n_steps].ms };
	r->written = mem_calloc(o->n_written + 1, sizeof(*r->written));
	for (; r->n_written < o->n_written; r->n_written++)
		r->written[r->n_written] = (struct run_file){ copied(o->written[r->n_written].path),
							      o->written[r->n_written].size };
	r->more_written = o->more_written;
	if (o->notes)
		strv_addv(&r->notes, o->notes);
}

static void on_run(void *ctx, const struct run_outcome *o, const struct err *err)
{
	struct run_wait *w = ctx;
	struct run_report *r = w->out;

	if (o) {
		r->result = o->result;
		r->result.first = copied(o->result.first);
		r->result.first_path = copied(o->result.first_path);
		r->result.beside = copied(o->result.beside);
		r->found = copy_diags(o->found);
		r->output_path = copied(o->output_path);
		r->wave_path = copied(o->wave_path);
		r->unprotected = copied(o->unprotected);
		r->log_path = copied(o->log_path);
		r->limit_step = copied(o->limit_step);
		r->output_len = o->output_len;
		r->build_ms = o->build_ms;
		r->run_ms = o->run_ms;
		r->lang = o->lang;
		r->limit = o->limit;
		copy_lists(r, o);
	}
	finish(&w->w, err);
}

void run_report_fini(struct run_report *r)
{
	run_result_fini(&r->result);
	diag_list_free(r->found);
	free(r->output_path);
	free(r->wave_path);
	free(r->unprotected);
	free(r->log_path);
	free(r->limit_step);
	for (size_t i = 0; i < r->n_steps; i++)
		free((char *)r->steps[i].name);
	free(r->steps);
	for (size_t i = 0; i < r->n_written; i++)
		free((char *)r->written[i].path);
	free(r->written);
	strv_free(&r->notes);
	memset(r, 0, sizeof(*r));
}

bool task_simulate(struct simulator *s, const struct run_job *j,
		   void (*progress)(void *ctx, const char *step),
		   void (*line)(void *ctx, const char *line, size_t len), void *ctx,
		   struct run_report *out, struct err *err)
{
	struct run_wait r = { .w.task = task_self(), .progress = progress, .line = line, .ctx = ctx,
			      .out = out };
	struct run_events to = { .progress = on_progress, .line = on_line, .done = on_run, .ctx = &r };

	memset(out, 0, sizeof(*out));
	if (s->ops->run(s, j, &to, err) && outcome(&r.w, cancel_simulator, s, err))
		return true;
	run_report_fini(out);
	return false;
}
