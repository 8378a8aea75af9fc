/* Engines of plugins: rows of the port. The plugin gets texts, top and options, and
 * reports findings or prints the simulation's output; we derive the verdict from the
 * lines, so a plugin cannot call PASS what checked nothing. Checks are not counted in
 * such a run: the instrumented copies that count them are made for two simulators
 * only. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugins/plugin_parts.h"
#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"
#include "session/workbench/ports.h"

#define FOUND_MAX 10000u

struct engined {
	struct simulator_ops ops;
	struct part part;
	struct posedge_engine e;
};

struct opened {
	struct simulator base;
	struct engined *a;
};

struct work {
	struct posedge_design d;
	const struct posedge_engine *e;
	int ended; /* exit status of the program */
};

static bool available(const struct simulator_ops *row, char **version, struct err *err)
{
	const struct engined *a = row->ctx;
	char *path = a->e.program[0] ? child_which(a->e.program) : mem_strdup("");

	if (!path)
		return err_set(err, ERR_NOT_FOUND, "%s is not installed", a->e.program);
	free(path);
	*version = str_fmt("of the plugin %s", a->part.plugin->plugin->name);
	return true;
}

static struct simulator *open_engine(const struct simulator_ops *row, struct loop *l,
				     struct err *err)
{
	struct opened *o = mem_zalloc(sizeof(*o));

	o->base.ops = row;
	o->a = row->ctx;
	return &o->base;
}

static void close_engine(struct simulator *s)
{
	free(s);
}

static struct call *begin(struct opened *o, const struct sim_job *j, bool (*fn)(struct call *c),
			  struct err *err)
{
	struct work *w = mem_zalloc(sizeof(*w));
	struct call *c = call_new(o->a->part.plugin, fn, w, free);
	char *version = NULL;
	bool ok = available(&o->a->ops, &version, err);

	free(version);
	w->d.size = sizeof(w->d);
	w->e = &o->a->e;
	if (ok && give_design(c, j, &w->d, err))
		return c;
	call_end(c);
	return NULL;
}

/* Lint ------------------------------------------------------------------------------------ */

static bool lint_on_thread(struct call *c)
{
	const struct work *w = c->arg;

	return w->e->lint(c->l->state, &c->l->host, &w->d);
}

static bool lint(struct simulator *s, const struct sim_job *j, struct diag_list **found,
		 enum lang *as, struct err *err)
{
	struct opened *o = (struct opened *)s;
	struct call *c;
	bool ok;

	*found = NULL;
	*as = j->lang;
	if (!o->a->e.lint)
		return err_set(err, ERR_USAGE, "the engine `%s` lints nothing", o->a->e.name);
	c = begin(o, j, lint_on_thread, err);
	if (!c)
		return false;
	c->found = diag_list_new(FOUND_MAX);
	ok = call_run(c, err);
	if (ok) {
		*found = c->found;
		c->found = NULL;
	}
	call_end(c);
	return ok;
}

/* Run ------------------------------------------------------------------------------------- */

struct listening {
	const struct run_job *j;
	const struct run_listener *to;
	struct run_reader *reader;
	struct line_split split;
	struct str output;
};

static void on_line(void *ctx, const char *line, size_t len)
{
	struct listening *x = ctx;

	run_reader_line(x->reader, line, len);
	if (x->to && x->to->line)
		x->to->line(x->to->ctx, line, len);
}

static bool to_run(struct call *c, const char *text, struct err *err)
{
	struct listening *x = c->ctx;
	size_t len = strlen(text);

	if (x->output.len + len > x->j->limits.output)
		return err_set(err, ERR_LIMIT, "it printed more than %llu MB (set sim.output_mb)",
			       (unsigned long long)x->j->limits.output >> 20);
	str_add(&x->output, text, len);
	line_split_feed(&x->split, text, len, on_line, x);
	return true;
}

static bool run_on_thread(struct call *c)
{
	struct work *w = c->arg;

	return w->e->run(c->l->state, &c->l->host, &w->d, &w->ended);
}

/* Removes the dump of an earlier run in that folder, or any other file of that name. */
static bool clear_waves(const char *path, struct err *err)
{
	return unlink(path) == 0 || errno == ENOENT ||
	       err_set(err, ERR_IO, "remove %s: %s", path, strerror(errno));
}

/* Keeps the dump if it is a regular file within the size limit; removes it otherwise. */
static void keep_waves(const struct listening *x, const char *path, struct run_report *out)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return;
	if (x->j->trace && S_ISREG(st.st_mode) && st.st_size > 0 &&
	    (uint64_t)st.st_size <= x->j->limits.file_size) {
		out->wave_path = mem_strdup(path);
		return;
	}
	clear_waves(path, NULL);
	if (x->j->trace && st.st_size > 0)
		strv_addf(&out->notes, "the engine's waves are not kept: %s",
			  S_ISREG(st.st_mode) ? "the file is above sim.wave_mb"
					      : "they are not a regular file");
}

static bool keep_output(const struct listening *x, struct run_report *out, struct err *err)
{
	out->output_path = path_join(x->j->out_dir, "output.txt");
	out->output_len = x->output.len;
	return file_put(out->output_path, str_cstr(&x->output), x->output.len, 0600, err);
}

static bool want_waves(struct call *c, const struct run_job *j, const char *path, struct err *err)
{
	struct work *w = c->arg;

	w->d.waves = call_keep_s(c, j->trace ? path : "", err);
	return w->d.waves != NULL;
}

static bool run(struct simulator *s, const struct run_job *j, const struct run_listener *to,
		struct run_report *out, struct err *err)
{
	struct opened *o = (struct opened *)s;
	struct listening x = { .j = j, .to = to };
	struct call *c = begin(o, &j->design, run_on_thread, err);
	struct run_end end = { 0 };
	struct err why = { 0 };
	char *waves = path_join(j->out_dir, "wave.vcd");
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!c || !clear_waves(waves, err) || !want_waves(c, j, waves, err)) {
		call_end(c);
		free(waves);
		return false;
	}
	x.reader = run_reader_new(NULL);
	c->print = to_run;
	c->ctx = &x;
	ok = call_run(c, &why);
	line_split_end(&x.split, on_line, &x);
	end.status = ok ? ((const struct work *)c->arg)->ended : 0;
	end.limit = !ok && why.code == ERR_LIMIT ? why.text : NULL;
	end.cancelled = !ok && why.code == ERR_CANCELLED;
	run_reader_end(x.reader, &end, &out->result);
	out->lang = j->design.lang;
	call_end(c);
	ok = (ok || end.limit || (*err = why, false)) && keep_output(&x, out, err);
	if (ok)
		keep_waves(&x, waves, out);
	else
		clear_waves(waves, NULL);
	free(waves);
	str_free(&x.output);
	if (ok)
		run_report_complete(out);
	else
		run_report_fini(out);
	return ok;
}

/* Adding ---------------------------------------------------------------------------------- */

static struct engined *of_part(struct part *p)
{
	return (struct engined *)((char *)p - offsetof(struct engined, part));
}

static void forget_engine(struct part *p)
{
	parts_drop_engine(p->plugin->w->tools.plugins, &of_part(p)->ops);
}

static void free_engine(struct part *p)
{
	free(of_part(p));
}

bool host_add_engine(void *ctx, const struct posedge_engine *e)
{
	struct loaded *l = ctx;
	struct engined *a;

	if (!given_fit(l, "engines", e, e ? e->size : 0, sizeof(*e)) ||
	    !given_name(l, "engine", e->name) || !given_text(l, "engine", e->name, e->needs, 64) ||
	    !given_text(l, "engine", e->name, e->program, 200))
		return false;
	if (!e->run)
		return err_set(&l->err, ERR_USAGE, "engine %s: it runs nothing", e->name);
	if (strcmp(e->name, "auto") == 0 || ports_simulator(l->w->ports, e->name, NULL))
		return err_set(&l->err, ERR_CONFLICT, "engine %s: there is one of that name",
			       e->name);
	a = mem_zalloc(sizeof(*a));
	a->e = *e;
	a->part.forget = forget_engine;
	a->part.free = free_engine;
	a->ops = (struct simulator_ops){ .name = a->e.name,
					 .kind = SIMULATOR_REAL,
					 .needs = a->e.needs,
					 .row_available = available,
					 .row_open = open_engine,
					 .close = close_engine,
					 .lint = lint,
					 .run = run,
					 .ctx = a };
	part_add(&a->part, l);
	parts_add_engine(l->w, &a->ops);
	return true;
}
