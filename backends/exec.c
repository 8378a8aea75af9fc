/* Runs a program of the person instead of asking a server: the request is its stdin,
 * its output lines are the answer (wire_exec.c), and exit status 0 ends the answer. Its
 * stderr is shown when it fails. It runs as the person, outside the sandbox: only the
 * person's own configuration can name it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "backends/wire/wire.h"
#include "session/base/child.h"
#include "session/base/stderr_tail.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/model/prompt.h"
#include "session/text/words.h"

#define OUTPUT_MAX (64u << 20)
#define STALL_MS   300000u

struct exec {
	struct backend base;
	struct loop *loop;
	char *name, *model, *root, *reasoning;
	struct strv argv;
	uint64_t stall_ms;
	bool fills; /* fill=on */
	struct wire_settings settings;
};

/* One question, on its task's stack. */
struct running {
	struct child_exit end; /* first, see child_exited() */
	const struct exec *x;
	struct child *child;
	struct str in;
	struct stderr_tail errors;
};

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct running *r = ctx;

	child_set_wall(r->child, r->x->stall_ms);
	if (stream == 1) {
		str_add(&r->in, data, len);
		task_wake(r->end.task);
		return;
	}
	stderr_tail_add(&r->errors, data, len);
}

/* Feeds output to s until the program has ended or no more is wanted. */
static bool listen(struct running *r, struct wire_stream *s, struct err *err)
{
	struct str taken = STR_INIT;
	bool ok = true, wanted = true;

	while (ok && wanted && (r->in.len || !r->end.done)) {
		struct str swap = taken;

		if (r->in.len == 0) {
			ok = task_wait(err);
			continue;
		}
		taken = r->in;
		r->in = swap;
		wanted = wire_feed(s, taken.data, taken.len);
		str_clear(&taken);
	}
	if (!r->end.done && (!ok || s->state == WIRE_FAILED))
		child_cancel(r->child);
	while (!r->end.done)
		task_wait_uncancelled();
	str_free(&taken);
	str_free(&r->in);
	return ok;
}

static bool judge(struct running *r, struct wire_stream *s, struct err *err)
{
	const struct child_result *c = &r->end.result;
	const char *program = r->x->argv.v[0];
	bool nothing = s->kind == WIRE_UNKNOWN;

	if (s->state == WIRE_FAILED) {
		wire_end(s, err);
		return err->code == ERR_CANCELLED
			       ? false
			       : err_prefix(err, "backend %s, %s", r->x->name, program);
	}
	if (c->status != 0) {
		struct str end = STR_INIT;

		wire_cut(s);
		if (c->timed_out)
			return err_set(err, ERR_TIMEOUT, "backend %s: %s said nothing for %llu s",
				       r->x->name, program,
				       (unsigned long long)r->x->stall_ms / 1000);
		stderr_tail_print(&r->errors, c, &end);
		err_set(err, ERR_TOOL, "backend %s: %s %s", r->x->name, program, str_cstr(&end));
		str_free(&end);
		return false;
	}
	if (nothing)
		return err_set(err, ERR_TOOL, "backend %s: %s printed no answer", r->x->name,
			       program);
	if (!s->finished && s->state == WIRE_MORE)
		wire_finish(s, FINISH_STOP);
	return wire_end(s, err) || err->code == ERR_CANCELLED ||
	       err_prefix(err, "backend %s, %s", r->x->name, program);
}

static bool ask(struct backend *base, const struct prompt *p, piece_fn *piece, void *ctx,
		struct err *err)
{
	const struct exec *x = (const struct exec *)base;
	struct running r = { .end.task = task_self(), .x = x };
	struct child_events to = { .out = on_out, .done = child_exited, .ctx = &r };
	struct child_spec spec = { .argv = (const char *const *)x->argv.v,
				   .cwd = x->root,
				   .wall_ms = x->stall_ms,
				   .streams = true,
				   .output_limit = OUTPUT_MAX };
	struct wire_stream s;
	struct str body = STR_INIT;
	struct prompt plain = *p;
	struct err why = { 0 };
	bool ok;

	if (!x->fills)
		plain.fill = NULL;
	wire_exec.request(&plain, &x->settings, &body);
	spec.input = body.data;
	spec.input_len = body.len;
	wire_begin(&s, &wire_exec, piece, ctx);
	r.child = child_start(x->loop, &spec, &to, &why);
	ok = r.child && listen(&r, &s, &why) && judge(&r, &s, &why) && why.code == ERR_NONE;
	if (!ok)
		err_copy(err, &why);
	wire_fini(&s);
	str_free(&body);
	stderr_tail_free(&r.errors);
	return ok;
}

static void close_exec(struct backend *base)
{
	struct exec *x = (struct exec *)base;

	if (!x)
		return;
	strv_free(&x->argv);
	free(x->reasoning);
	free(x->name);
	free(x->model);
	free(x->root);
	free(x);
}

static bool fills(const struct backend *base)
{
	return ((const struct exec *)base)->fills;
}

static bool set(struct exec *x, const char *option, struct err *err)
{
	const char *value = strchr(option, '=') + 1;
	char *end;

	if (str_starts(option, "cmd=")) {
		strv_free(&x->argv);
		if (!words_split(value, strlen(value), &x->argv, err))
			return err_prefix(err, "backend %s: cmd=", x->name);
	} else if (str_starts(option, "stall_ms=")) {
		x->stall_ms = strtoul(value, &end, 10);
		if (end == value || *end || x->stall_ms == 0 || x->stall_ms > 86400000)
			return err_set(err, ERR_USAGE, "backend %s: %s: milliseconds were expected",
				       x->name, option);
	} else if (strcmp(option, "fill=on") == 0 || strcmp(option, "fill=off") == 0) {
		x->fills = option[6] == 'n';
	} else if (str_starts(option, "reasoning=")) {
		free(x->reasoning);
		x->reasoning = mem_strdup(value);
		x->settings.reasoning = x->reasoning;
	} else if (str_starts(option, "max_output=")) {
		x->settings.max_output = strtoul(value, &end, 10);
		if (end == value || *end)
			return err_set(err, ERR_USAGE,
				       "backend %s: %s: a number of tokens was expected", x->name,
				       option);
	} else {
		return err_set(err, ERR_USAGE, "backend %s: option %s is not known", x->name,
			       option);
	}
	return true;
}

static struct backend *open_exec(struct loop *l, const struct backend_config *cfg, struct err *err)
{
	struct exec *x = mem_zalloc(sizeof(*x));
	bool ok = true;

	x->base.ops = &backend_exec;
	x->loop = l;
	x->name = mem_strdup(cfg->name);
	x->model = mem_strdup(cfg->model);
	x->root = mem_strdup(cfg->root);
	x->stall_ms = STALL_MS;
	x->settings.model = x->model;
	for (const char *const *o = cfg->options; ok && o && *o; o++)
		ok = set(x, *o, err);
	if (ok && x->argv.n == 0)
		ok = err_set(err, ERR_USAGE, "backend %s: which program? Say cmd=\"PROGRAM ARGS\"",
			     x->name);
	if (!ok) {
		close_exec(&x->base);
		return NULL;
	}
	return &x->base;
}

static const struct backend_option options[] = {
	{ "cmd", "\"PROGRAM ARGS\"",
	  "what is run for each question, split at blanks; there is no shell" },
	{ "model", "NAME", "passed to the program" },
	{ "max_output", "TOKENS", "passed to the program" },
	{ "reasoning", "LEVEL",
	  "passed to the program: low, medium, high, off, or a number of tokens" },
	{ "fill", "on|off", "it can fill a gap, for `complete`" },
	{ "stall_ms", "N", "how long it may be silent" },
	{ NULL, NULL, NULL },
};

const struct backend_ops backend_exec = {
	.protocol = "exec",
	.help = "a program of yours: the request as JSON on its input, the answer as JSON lines",
	.options = options,
	.tools = true,
	.open_early = true,
	.open = open_exec,
	.close = close_exec,
	.ask = ask,
	.fills = fills,
};
