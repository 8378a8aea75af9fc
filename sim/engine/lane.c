/* A shell in the sandbox runs jobs, one line each:
 *
 *	to it		NAME			the stage's folder, which has run.sh
 *	from it		the tool's output	until
 *			MARK STATUS		on a line of its own
 *
 * MARK is random per sandbox, so that no message can forge one. The shell reads one line
 * at a time, and its tools have no stdin.
 */
#include "config.h"

#include "sim/engine/lane.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/engine/script.h"
#include "sim/stage/stage.h"

#define ARGV_SHOWN 1000 /* bytes shown in the log */

struct lane {
	struct loop *loop;
	struct sandbox box;
	struct lane_limits limits;
	char *dir;
	int lock;
	struct child *child; /* NULL: not started, or ended */
	char *mark;	     /* "\nMARK " */
	struct loop_timer *idle;
	bool leaves; /* the child is being ended since it was idle */

	/* The current job. */
	struct task *task; /* NULL: none */
	struct str *messages;
	size_t begin; /* start of this job's output in messages */
	bool ended, flooded;
	struct child_result result;
};

/* Hides the shell's own message about a tool that was killed by a signal. */
static const char work_off[] =
	"exec 3>&2 2>/dev/null\n"
	"while read -r job; do\n"
	"\t[ \"$low\" ] || { " SANDBOX_YIELD " && low=1; }\n"
	"\t(cd \"$job/" STAGE_MIRROR "\" && . " STAGE_UP "/run.sh) </dev/null >&3 2>&3 3>&-\n"
	"\tstatus=$?\n"
	"\tprintf '\\n%s %s\\n' \"$mark\" $status >&3\n"
	"done\n";

/* Output ------------------------------------------------------------------------------ */

static void end_job(struct lane *l)
{
	l->ended = true;
	task_wake(l->task);
}

/* The mark is a job's last output. from: there is no mark before it. */
static void look_for_mark(struct lane *l, size_t from)
{
	size_t len = strlen(l->mark);
	char *text = l->messages->data, *at;

	from = from > l->begin + len + 8 ? from - len - 8 : l->begin;
	at = text[l->messages->len - 1] == '\n'
		     ? memmem(text + from, l->messages->len - from, l->mark, len)
		     : NULL;
	if (!at)
		return;
	l->result = (struct child_result){ .status = (int)strtol(at + len, NULL, 10) };
	str_cut(l->messages, (size_t)(at - text));
	child_set_wall(l->child, 0);
	end_job(l);
}

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct lane *l = ctx;
	size_t from;

	if (!l->task || l->ended || l->flooded || l->leaves)
		return; /* from a tool that outlives its parent */
	from = l->messages->len;
	str_add(l->messages, data, len);
	look_for_mark(l, from);
	if (!l->ended && l->messages->len - l->begin > l->limits.output) {
		l->flooded = true;
		child_kill(l->child);
	}
}

static void on_done(void *ctx, const struct child_result *r)
{
	struct lane *l = ctx;

	l->child = NULL;
	loop_timer_stop(l->idle);
	if (!l->task)
		return;
	if (l->leaves) {
		task_wake(l->task);
		return;
	}
	if (!l->ended)
		l->result = *r;
	l->result.flooded |= l->flooded;
	end_job(l);
}

static void on_idle(void *ctx)
{
	struct lane *l = ctx;

	if (l->task || !l->child)
		return;
	log_line("lane", "the sandbox ends after %u s without a job", l->limits.idle_ms / 1000);
	l->leaves = true;
	child_cancel(l->child);
}

static void begin_idle(struct lane *l)
{
	if (l->limits.idle_ms)
		loop_timer_set(l->idle, l->limits.idle_ms);
}

/* A job may come while the idle sandbox is ending. */
static void end_idle(struct lane *l)
{
	loop_timer_stop(l->idle);
	while (l->leaves && l->child)
		task_wait_uncancelled();
	l->leaves = false;
}

/* Starting and ending ---------------------------------------------------------------- */

static void write_script(const struct lane *l, const struct sandbox_spec *spec, struct str *out)
{
	struct script s;

	script_init(&s);
	str_adds(out, str_cstr(&s.text));
	sandbox_limits(l->box, spec, out);
	str_adds(out, l->limits.yields ? "low=\n" : "low=1\n");
	str_adds(out, work_off);
	script_fini(&s);
}

static bool start(struct lane *l, struct err *err)
{
	const struct sandbox_spec spec = { .dir = l->dir,
					   .cwd = "",
					   .sources_only = true,
					   .memory = l->limits.memory,
					   .file_size = l->limits.file_size,
					   .cpu_s = l->limits.cpu_s,
					   .processes = l->limits.processes,
					   .limits_inside = true };
	struct child_spec child = { .yields = l->limits.yields, .talks = true };
	const struct child_events ev = { .out = on_out, .done = on_done, .ctx = l };
	struct str script = STR_INIT;
	struct sandbox_start how;
	const char *argv[] = { "sh", "-c", NULL, NULL };

	write_script(l, &spec, &script);
	free(l->mark);
	l->mark = str_fmt("\n%.*s ", (int)strcspn(str_cstr(&script) + strlen("mark="), "\n"),
			  str_cstr(&script) + strlen("mark="));
	argv[2] = str_cstr(&script);
	sandbox_wrap(l->box, &spec, argv, &how);
	sandbox_start_into(&how, &child);
	l->leaves = false; /* that was the child before */
	l->child = child_start(l->loop, &child, &ev, err);
	sandbox_start_fini(&how);
	str_free(&script);
	if (!l->task)
		begin_idle(l);
	return l->child != NULL;
}

struct lane *lane_open(struct loop *loop, struct sandbox box, const struct lane_limits *limits,
		       struct err *err)
{
	int lock = -1;
	char *dir = stage_private(&lock, err);
	struct lane *l;

	if (!dir)
		return NULL;
	l = mem_zalloc(sizeof(*l));
	*l = (struct lane){ .loop = loop, .box = box, .limits = *limits, .dir = dir, .lock = lock };
	l->idle = loop_timer_new(loop, on_idle, l);
	start(l, NULL); /* if this fails lane_run() reports it */
	return l;
}

void lane_ready(struct lane *l)
{
	if (!l->child)
		start(l, NULL);
}

static void end(void *ctx)
{
	struct lane *l = ctx;

	l->task = task_self();
	l->ended = false;
	if (l->child)
		child_cancel(l->child);
	while (l->child)
		task_wait_uncancelled();
	loop_timer_free(l->idle);
	file_remove_tree(l->dir, NULL);
	if (l->lock >= 0)
		close(l->lock);
	free(l->dir);
	free(l->mark);
	free(l);
}

void lane_close(struct lane *l)
{
	if (l)
		task_name(task_start(l->loop, end, l), "end of a lint sandbox");
}

const char *lane_dir(const struct lane *l)
{
	return l->dir;
}

/* A job -------------------------------------------------------------------------------- */

static bool write_job(const struct stage *s, const struct strv *argv, uint64_t cpu_s,
		      struct err *err)
{
	struct str text = STR_INIT;
	bool ok;

	/* Without a sandbox, too; a lower limit of the user's own stays. */
	if (cpu_s)
		str_addf(&text, "ulimit -S -t %llu 2>/dev/null\n", (unsigned long long)cpu_s);
	str_adds(&text, "exec");
	for (size_t i = 0; i < argv->n; i++) {
		str_addc(&text, ' ');
		script_quote(argv->v[i], &text);
	}
	str_addc(&text, '\n');
	ok = stage_write(s, "run.sh", text.data, text.len, err);
	str_free(&text);
	return ok;
}

/* A line is shorter than an atomic write to a pipe. */
static bool tell(struct lane *l, const struct stage *s, struct err *err)
{
	char *line = str_fmt("%s\n", path_base(s->dir));
	bool ok = child_say(l->child, line, strlen(line)) ||
		  err_set(err, ERR_IO, "the sandbox takes no job");

	free(line);
	return ok;
}

static bool wait_for_end(struct lane *l, struct err *err)
{
	while (!l->ended) {
		if (task_wait(err))
			continue;
		if (l->child)
			child_cancel(l->child);
		while (l->child)
			task_wait_uncancelled();
		return err_set(err, ERR_CANCELLED, "cancelled");
	}
	return true;
}

static void say_job(const struct lane *l, const struct strv *argv, uint64_t begun_ms)
{
	const struct child_result *r = &l->result;
	struct str s = STR_INIT;

	if (!log_is_open())
		return;
	for (size_t i = 0; i < argv->n && s.len < ARGV_SHOWN; i++)
		str_addf(&s, " %s", argv->v[i]);
	log_line("lane", "%.*s: %s %d after %llu ms",
		 (int)(s.len < ARGV_SHOWN ? s.len : ARGV_SHOWN), str_cstr(&s) + (s.len > 0),
		 r->signal ? "signal" : "status", r->signal ? r->signal : r->status,
		 (unsigned long long)(loop_now_ms(l->loop) - begun_ms));
	str_free(&s);
}

bool lane_run(struct lane *l, const struct stage *s, const struct strv *argv, uint64_t cpu_s,
	      uint64_t wall_ms, struct str *messages, struct child_result *r, struct err *err)
{
	uint64_t begun_ms = loop_now_ms(l->loop);
	bool ok;

	l->task = task_self();
	end_idle(l);
	l->messages = messages;
	l->begin = messages->len;
	l->ended = l->flooded = false;
	ok = (l->child || start(l, err)) && write_job(s, argv, cpu_s, err);
	if (ok) {
		child_set_wall(l->child, wall_ms);
		ok = tell(l, s, err) && wait_for_end(l, err);
		*r = l->result;
		say_job(l, argv, begun_ms);
	}
	l->task = NULL;
	l->messages = NULL;
	if (l->child)
		begin_idle(l);
	return ok;
}
