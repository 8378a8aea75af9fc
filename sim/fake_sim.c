/* The shortest simulator to read: it finds what POSEDGE_FAKE_LINT says (a
 * message of Verilator's form) and its runs print what POSEDGE_FAKE_RUN says.
 * A design is made of the modules and ports that its texts outline, each of one
 * bit; or of nothing, for the reason that POSEDGE_FAKE_ELABORATE gives. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/hardware.h"
#include "session/verdict/diag.h"
#include "session/verdict/run.h"
#include "session/verilog/verilog.h"
#include "sim/sim.h"
#include "sim/verilator_diag.h"

struct fake {
	struct simulator base;
	struct loop_timer *timer;
	bool busy, cancelled;
	enum fake_job { FAKE_LINT, FAKE_ELABORATE, FAKE_RUN } job;
	struct lint_events lint;
	struct elaborate_events elaborate;
	struct run_events run;
	struct hardware found;
	char *out_dir;
	enum lang lang;
};

static const char *told(const char *variable)
{
	const char *text = getenv(variable);

	return text ? text : "";
}

static void finish_lint(struct fake *f)
{
	struct diag_list *found = diag_list_new(100);
	const char *text = told("POSEDGE_FAKE_LINT");
	struct err err;

	verilator_diag_parse(text, strlen(text), found);
	if (f->cancelled)
		err_set(&err, ERR_CANCELLED, "cancelled");
	f->lint.done(f->lint.ctx, found, f->cancelled ? &err : NULL);
	diag_list_free(found);
}

static void finish_elaborate(struct fake *f)
{
	const char *why = told("POSEDGE_FAKE_ELABORATE");
	struct err err;

	if (f->cancelled)
		err_set(&err, ERR_CANCELLED, "cancelled");
	else if (*why)
		err_set(&err, ERR_TOOL, "%s", why);
	if (f->cancelled || *why)
		f->elaborate.done(f->elaborate.ctx, NULL, &err);
	else
		f->elaborate.done(f->elaborate.ctx, &f->found, NULL);
}

static void finish_run(struct fake *f)
{
	const char *text = told("POSEDGE_FAKE_RUN");
	struct run_reader *r = run_reader_new(NULL);
	struct run_end end = { .cancelled = f->cancelled };
	struct diag_list *found = diag_list_new(1);
	char *path = str_fmt("%s/output.txt", f->out_dir);
	struct run_outcome o = { .found = found, .output_path = path, .wave_path = "", .unprotected = "",
				 .output_len = strlen(text), .lang = f->lang };
	struct err err;

	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n");

		run_reader_line(r, p, n);
		if (f->run.line)
			f->run.line(f->run.ctx, p, n);
		p += n + (p[n] == '\n');
	}
	run_reader_end(r, &end, &o.result);
	if (f->cancelled)
		err_set(&err, ERR_CANCELLED, "cancelled");
	if (f->cancelled || !file_save(path, text, strlen(text), 0600, &err))
		f->run.done(f->run.ctx, NULL, &err);
	else
		f->run.done(f->run.ctx, &o, NULL);
	run_result_fini(&o.result);
	diag_list_free(found);
	free(path);
}

static void on_timer(void *ctx)
{
	struct fake *f = ctx;

	f->busy = false;
	if (f->job == FAKE_LINT)
		finish_lint(f);
	else if (f->job == FAKE_ELABORATE)
		finish_elaborate(f);
	else
		finish_run(f);
}

static struct simulator *open_fake(struct loop *l, struct err *err)
{
	struct fake *f = mem_zalloc(sizeof(*f));

	f->base.ops = &simulator_fake;
	f->timer = loop_timer_new(l, on_timer, f);
	return &f->base;
}

static void close_fake(struct simulator *s)
{
	struct fake *f = (struct fake *)s;

	if (!f)
		return;
	loop_timer_free(f->timer);
	hardware_fini(&f->found);
	free(f->out_dir);
	free(f);
}

static bool is_busy(const struct fake *f, struct err *err)
{
	return f->busy && !err_set(err, ERR_BUSY, "fake: a job is under way");
}

static bool begin(struct fake *f, enum fake_job job)
{
	f->busy = true;
	f->cancelled = false;
	f->job = job;
	loop_timer_set(f->timer, 0);
	return true;
}

static bool lint(struct simulator *s, const struct sim_job *j, const struct lint_events *to, struct err *err)
{
	struct fake *f = (struct fake *)s;

	if (is_busy(f, err))
		return false;
	f->lint = *to;
	return begin(f, FAKE_LINT);
}

static void outline(const char *root, const struct source *src, struct hardware *out)
{
	char *path = path_join(root, src->path);
	struct str disk = STR_INIT;
	struct voutline o;

	if (src->text)
		str_add(&disk, src->text, src->len);
	else
		file_read(path, 0, &disk, NULL);
	voutline_init(&o, str_cstr(&disk), disk.len);
	for (size_t i = 0; i < o.n; i++) {
		struct hw_module *m = hardware_module(out, o.modules[i].name, o.modules[i].name);

		for (size_t k = 0; k < o.modules[i].n_ports; k++)
			hw_module_port(m, o.modules[i].ports[k].name,
				       o.modules[i].ports[k].dir == VPORT_INPUT ? HW_INPUT : HW_OUTPUT,
				       (struct hw_size){ 1, 0 });
	}
	voutline_fini(&o);
	str_free(&disk);
	free(path);
}

static bool elaborate(struct simulator *s, const struct sim_job *j, const struct elaborate_events *to, struct err *err)
{
	struct fake *f = (struct fake *)s;

	if (is_busy(f, err))
		return false;
	f->elaborate = *to;
	hardware_fini(&f->found);
	for (size_t i = 0; i < j->n; i++)
		outline(j->root, &j->sources[i], &f->found);
	return begin(f, FAKE_ELABORATE);
}

static bool run(struct simulator *s, const struct run_job *j, const struct run_events *to, struct err *err)
{
	struct fake *f = (struct fake *)s;

	if (is_busy(f, err))
		return false;
	f->run = *to;
	free(f->out_dir);
	f->out_dir = mem_strdup(j->out_dir);
	f->lang = j->design.lang;
	return begin(f, FAKE_RUN);
}

static void cancel(struct simulator *s)
{
	((struct fake *)s)->cancelled = true;
}

static bool available(char **version, struct err *err)
{
	*version = NULL;
	return true;
}

const struct simulator_ops simulator_fake = {
	.name = "fake",
	.kind = SIMULATOR_FAKE,
	.needs = "",
	.available = available,
	.open = open_fake,
	.close = close_fake,
	.lint = lint,
	.elaborate = elaborate,
	.run = run,
	.cancel = cancel,
};
