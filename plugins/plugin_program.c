/* Runs a program for a plugin, in the sandbox. If the plugin started it itself, it
 * would run with the person's rights on files that nobody has read.
 *
 * It sees the system's tools, a folder of its own with the plugin's files, and no
 * network. Results are read back, then the folder is removed. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "plugins/plugin_parts.h"
#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/check/flow_sim.h"
#include "session/tool/confine.h"
#include "session/workbench/ports.h"

#define PRINTED_MAX (16u << 20) /* bytes of each stream */
#define RESULT_MAX  (64u << 20)
#define LOOK_MS	    200 /* interval of checking its resource use */
#define INSIDE	    "/home/plugin"

struct running {
	struct child_exit end; /* first, see child_exited() */
	struct loaded *l;
	const struct posedge_program *p;
	struct posedge_output *output;
	struct child *child;
	struct str out, errors;
	bool look;
	struct err over; /* the limit it exceeded; code 0: none */
};

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct running *r = ctx;

	str_add(stream == 1 ? &r->out : &r->errors, data, len);
}

static void on_time(void *ctx)
{
	struct running *r = ctx;

	r->look = true;
	task_wake(r->end.task);
}

/* Waits until the program has ended, enforcing limits. */
static bool watch(struct running *r, const struct confine_ops *ops, const char *folder,
		  const struct confine_limits *limits, struct err *err)
{
	struct loop_timer *timer = loop_timer_new(r->l->w->loop, on_time, r);
	bool ok = true;

	loop_timer_set(timer, LOOK_MS);
	while (!r->end.done) {
		if (ok && !(ok = task_wait(err)))
			child_cancel(r->child);
		if (!ok) {
			task_wait_uncancelled();
			continue;
		}
		if (!r->look || r->end.done)
			continue;
		r->look = false;
		if (ops->over &&
		    ops->over(r->l->w->loop, folder, child_pid(r->child), limits, &r->over) &&
		    !r->end.done)
			child_kill(r->child);
		loop_timer_set(timer, LOOK_MS);
	}
	loop_timer_free(timer);
	return ok;
}

static bool lay(const struct posedge_program *p, const char *folder, struct err *err)
{
	for (size_t i = 0; i < p->n_files; i++) {
		char *rel = NULL, *full, *dir;
		bool ok = plugin_check_path(p->files[i].path, &rel, err);

		if (!ok)
			return false;
		full = path_join(folder, rel);
		dir = path_dir(full);
		ok = file_make_dirs(dir, 0700, err) &&
		     file_put(full, p->files[i].text.data ? p->files[i].text.data : "",
			      p->files[i].text.len, 0600, err);
		free(dir);
		free(full);
		free(rel);
		if (!ok)
			return false;
	}
	return true;
}

/* Reads back results: regular files below the folder, not reached through a link out of it. */
static bool collect(struct call *c, const struct running *r, const char *folder,
		    struct posedge_output *o, struct err *err)
{
	size_t n = 0;
	struct posedge_text *v;

	while (r->p->results && r->p->results[n])
		n++;
	o->results = v = call_keep(c, NULL, (n + 1) * sizeof(*v), err);
	for (size_t i = 0; v && i < n; i++) {
		struct str text = STR_INIT;
		char *rel = NULL, *full;
		struct stat st;

		if (!path_inside(folder, r->p->results[i], &rel, NULL))
			continue;
		full = path_join(folder, rel);
		if (lstat(full, &st) == 0 && S_ISREG(st.st_mode) &&
		    file_read(full, RESULT_MAX, &text, NULL)) {
			v[i].data = call_keep(c, str_cstr(&text), text.len, err);
			v[i].len = text.len;
		}
		str_free(&text);
		free(full);
		free(rel);
	}
	return v != NULL;
}

static struct confine_limits limits_of(const struct sim_limits *s)
{
	return (struct confine_limits){ .file_size = s->file_size,
					.disk = s->disk,
					.files = s->files,
					.memory = s->memory,
					.processes = s->processes };
}

static bool launch(struct running *r, const char *folder, struct err *err)
{
	const struct confine_ops *ops = r->l->w->ports->confine;
	struct sim_limits all = sim_limits_of(r->l->w->options);
	struct confine_limits limits = limits_of(&all);
	const struct confine_spec spec = { .argv = r->p->argv,
					   .folder = folder,
					   .at = INSIDE,
					   .env = (const char *const[]){ "HOME=" INSIDE, NULL },
					   .limits = limits };
	const struct child_events events = { on_out, child_exited, r };
	uint64_t wall = r->p->seconds && r->p->seconds * 1000ull < all.run_ms
				? r->p->seconds * 1000ull
				: all.run_ms;
	struct confined box = { 0 };
	struct child_spec child;
	bool ok;

	if (!ops->wrap(r->l->w->loop, &spec, &box, err))
		return err_prefix(err, "%s", r->p->argv[0]);
	child = (struct child_spec){ .argv = (const char *const *)box.argv.v,
				     .env = (const char *const *)box.env.v,
				     .cwd = box.cwd,
				     .pass_fd = box.pass_fd,
				     .wall_ms = wall,
				     .output_limit = PRINTED_MAX,
				     .yields = true };
	r->child = child_start(r->l->w->loop, &child, &events, err);
	ops->release(&box);
	ok = r->child && watch(r, ops, folder, &limits, err);
	if (ok && r->over.code)
		ok = err_set(err, ERR_LIMIT, "%s: %s", r->p->argv[0], r->over.text);
	if (ok && r->end.result.timed_out)
		ok = err_set(err, ERR_TIMEOUT, "%s: not done after %llu s", r->p->argv[0],
			     (unsigned long long)wall / 1000);
	if (ok && r->end.result.flooded)
		ok = err_set(err, ERR_LIMIT, "%s: printed more than %u MB", r->p->argv[0],
			     PRINTED_MAX >> 20);
	return ok;
}

static bool give_output(struct call *c, struct running *r, const char *folder, struct err *err)
{
	struct posedge_output o = { .size = r->output->size, .status = r->end.result.status };

	o.out = (struct posedge_text){ call_keep(c, str_cstr(&r->out), r->out.len, err),
				       r->out.len };
	o.errors = (struct posedge_text){ call_keep(c, str_cstr(&r->errors), r->errors.len, err),
					  r->errors.len };
	if (!o.out.data || !o.errors.data || !collect(c, r, folder, &o, err))
		return false;
	memcpy(r->output, &o, o.size < sizeof(o) ? o.size : sizeof(o));
	return true;
}

static bool serve_program(struct loaded *l, struct call *c, void *args, struct err *err)
{
	struct running *r = args;
	const char *tmp = getenv("TMPDIR");
	char *where = child_which(r->p->argv[0]), *folder;
	bool ok;

	if (!where)
		return err_set(err, ERR_NOT_FOUND, "%.100s is not installed", r->p->argv[0]);
	free(where);
	if (!l->w->ports->confine)
		return err_set(err, ERR_TOOL, "%s: nothing here can shut it in", r->p->argv[0]);
	folder = str_fmt("%s/posedge-plugin.XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	r->l = l;
	r->end.task = task_self();
	ok = mkdtemp(folder) || err_set(err, ERR_IO, "make %s: %s", folder, strerror(errno));
	if (ok) {
		ok = lay(r->p, folder, err) && launch(r, folder, err) &&
		     give_output(c, r, folder, err);
		file_remove_tree(folder, NULL);
	}
	str_free(&r->out);
	str_free(&r->errors);
	free(folder);
	return ok;
}

bool host_program(void *ctx, const struct posedge_program *p, struct posedge_output *output)
{
	struct posedge_program known;
	struct running r = { .p = &known, .output = output };

	if (!p || p->size < offsetof(struct posedge_program, n_files) || !output ||
	    output->size < sizeof(size_t))
		return call_lacks(ctx, "program",
				  "a program and a place for its output, with their sizes");
	given_copy(&known, sizeof(known), p, p->size);
	if (!known.files)
		known.n_files = 0;
	if (!known.argv || !known.argv[0])
		return call_lacks(ctx, "program", "the name of a program in argv");
	return call_ask(ctx, serve_program, &r, true);
}
