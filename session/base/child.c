/* A child process and its handles in libuv, which close in any order. The process itself
 * is started by spawn.h and waited for here, since libuv forks.
 *
 * It ends in one of three ways: it exits, it is cancelled, or it exceeds a limit of
 * time or output. In each case its group is killed, the handles close, and the last
 * one to close reports the result once.
 */
#include "config.h"

#include "session/base/child.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/rest.h"
#include "session/base/spawn.h"
#include "session/base/task.h"

/* A child lives until its handles have closed: the signal of its end, its two output
 * pipes, the pipe to its stdin, and the timers. */
struct child {
	pid_t pid;
	uv_signal_t ends; /* SIGCHLD */
	uv_pipe_t in, out, errout;
	uv_timer_t timer, reap, resting;
	uv_write_t write;
	char *input;
	char buffer[1024]; /* holds one read; shared by both streams */
	uint64_t turn_ms;  /* loop time of the turn that is reading */
	uint64_t until_ns; /* hrtime at which its reading ends */
	struct rest rest;
	size_t turn_len; /* bytes read in this turn */
	struct child_spec
		spec; /* only its numbers and farewell: the caller owns the other pointers */
	char *farewell;
	struct child_events ev;
	struct child_result result;
	uint64_t started_ms;
	uint64_t started_cpu_ms; /* of the children that had ended before */
	size_t seen;		 /* bytes of output so far */
	int open;		 /* handles not closed yet */
	bool exited;
};

/* The first process of a sandbox takes the others along, but it has left the group, and while
 * it starts it does not yet end with its parent. A parent that is stopped starts no other. */
static void kill_children(pid_t pid)
{
	struct str list = STR_INIT;
	char path[64];
	char *at, *end;
	struct err err;

	kill(pid, SIGSTOP);
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
	if (file_read(path, 0, &list, &err)) {
		for (at = list.data;; at = end) {
			long child = strtol(at, &end, 10);

			if (child <= 0)
				break;
			kill((pid_t)child, SIGKILL);
		}
	}
	str_free(&list);
}

static void kill_group(struct child *c)
{
	if (c->exited)
		return;
	if (!c->spec.terminal)
		kill_children(c->pid);
	kill(c->spec.terminal ? c->pid : -c->pid, SIGKILL);
}

#define ARGV_SHOWN 2000 /* bytes of the argv that are logged; a sandbox uses some hundred */

static void say_start(const struct child *c, const struct child_spec *spec)
{
	struct str s = STR_INIT;

	if (!log_is_open())
		return;
	for (const char *const *a = spec->argv; *a && s.len <= ARGV_SHOWN; a++)
		str_addf(&s, strpbrk(*a, " \t\n'\"") || !**a ? " '%s'" : " %s", *a);
	log_line("child", "%d starts:%.*s%s", c->pid,
		 (int)(s.len < ARGV_SHOWN ? s.len : ARGV_SHOWN), str_cstr(&s),
		 s.len > ARGV_SHOWN ? " ..." : "");
	str_free(&s);
}

static void say_end(const struct child *c)
{
	const struct child_result *r = &c->result;
	const char *why = r->timed_out	 ? ", beyond its time"
			  : r->flooded	 ? ", beyond its output"
			  : r->cancelled ? ", cancelled"
					 : "";

	log_line("child", "%d ends: %s %d%s, after %llu ms, %zu bytes of output", c->pid,
		 r->signal ? "signal" : "status", r->signal ? r->signal : r->status, why,
		 (unsigned long long)r->wall_ms, c->seen);
}

static void on_closed(uv_handle_t *h)
{
	struct child *c = h->data;

	if (--c->open > 0)
		return;
	say_end(c);
	c->ev.done(c->ev.ctx, &c->result);
	free(c->input);
	free(c->farewell);
	free(c);
}

static void close_once(uv_handle_t *h)
{
	if (!uv_is_closing(h))
		uv_close(h, on_closed);
}

/* The process has ended, so the timers are no longer needed. A pipe ends when the
 * last process that holds it closes it. */
static void close_if_over(struct child *c)
{
	if (!c->exited || !uv_is_closing((uv_handle_t *)&c->out) ||
	    !uv_is_closing((uv_handle_t *)&c->errout))
		return;
	close_once((uv_handle_t *)&c->timer);
	close_once((uv_handle_t *)&c->reap);
	close_once((uv_handle_t *)&c->resting);
	close_once((uv_handle_t *)&c->in);
	close_once((uv_handle_t *)&c->ends);
}

/* After the process has ended, its pipes get this long: one that it started, and that left
 * the group, may hold one open for ever. */
#define LINGER_MS 2000

static void on_linger(uv_timer_t *t)
{
	struct child *c = t->data;

	close_once((uv_handle_t *)&c->out);
	close_once((uv_handle_t *)&c->errout);
	close_if_over(c);
}

/* The usage of all that were waited for. */
static uint64_t children_cpu_ms(void)
{
	struct rusage used;

	if (getrusage(RUSAGE_CHILDREN, &used) < 0)
		return 0;
	return (uint64_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
	       (uint64_t)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

static void read_on(struct child *c);

static void on_ended(struct child *c, int status)
{
	if (!c->spec.terminal)
		kill(-c->pid, SIGKILL); /* other processes of its group */
	c->exited = true;
	c->result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	c->result.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	c->result.wall_ms = uv_now(c->timer.loop) - c->started_ms;
	c->result.cpu_ms = children_cpu_ms() - c->started_cpu_ms;
	uv_timer_stop(&c->timer);
	uv_timer_stop(&c->resting);
	read_on(c);
	uv_timer_start(&c->reap, on_linger, LINGER_MS, 0);
	close_if_over(c);
}

/* Some child of ours has ended. */
static void on_signal(uv_signal_t *s, int signo)
{
	struct child *c = s->data;
	int status = 0;
	pid_t pid;

	do
		pid = waitpid(c->pid, &status, WNOHANG);
	while (pid < 0 && errno == EINTR);
	if (pid == 0)
		return;
	uv_signal_stop(s);
	on_ended(c, pid < 0 ? 0xff00 : status);
}

static void on_grace_over(uv_timer_t *t)
{
	kill_group(t->data);
}

/* The pipe takes that few bytes at once. If the child does not read them, the grace
 * period passes without effect. */
static void end_for_limit(struct child *c)
{
	uv_buf_t word = uv_buf_init((char *)c->spec.farewell,
				    c->spec.farewell ? strlen(c->spec.farewell) : 0);

	if (!c->spec.farewell || uv_try_write((uv_stream_t *)&c->in, &word, 1) < 0) {
		kill_group(c);
		return;
	}
	uv_timer_start(&c->timer, on_grace_over, c->spec.grace_ms, 0);
}

static void on_timeout(uv_timer_t *t)
{
	struct child *c = t->data;

	c->result.timed_out = true;
	end_for_limit(c);
}

/* libuv reads up to 32 times per turn, each line of a flood costs microseconds, and
 * a child that prints as fast as we read never runs out, so keys would have to
 * wait, for the rest of a turn and perhaps for the reading of the next. Reading
 * therefore gets this much time per turn, but at least one read; the
 * rest stays in the pipe until the next turn. After the child has ended, only the
 * rest in the pipe is left, and it must be read within LINGER_MS. */
#define READ_NS 1000000u

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf);

static void on_alloc(uv_handle_t *h, size_t suggested, uv_buf_t *buf)
{
	struct child *c = h->data;
	uint64_t turn_ms = uv_now(h->loop), now_ns = uv_hrtime();

	if (turn_ms != c->turn_ms) {
		c->until_ns = now_ns + READ_NS;
		c->turn_len = 0;
	}
	c->turn_ms = turn_ms;
	if (!c->exited && now_ns >= c->until_ns)
		*buf = uv_buf_init(NULL, 0); /* on_read() gets ENOBUFS */
	else
		*buf = uv_buf_init(c->buffer, sizeof(c->buffer));
}

static void read_on(struct child *c)
{
	uv_pipe_t *const both[] = { &c->out, &c->errout };

	for (int i = 0; i < 2; i++)
		if (!uv_is_closing((uv_handle_t *)both[i]))
			uv_read_start((uv_stream_t *)both[i], on_alloc, on_read);
}

static void on_rested(uv_timer_t *t)
{
	struct child *c = t->data;

	rest_over(&c->rest, uv_now(t->loop));
	read_on(c);
}

/* A read that did not fill the buffer was the last one of this turn. */
static void rest(struct child *c, size_t n)
{
	c->turn_len += n;
	if (!c->spec.streams || c->exited || n == sizeof(c->buffer) ||
	    !rest_after(&c->rest, uv_now(c->resting.loop), c->turn_len))
		return;
	uv_read_stop((uv_stream_t *)&c->out);
	uv_read_stop((uv_stream_t *)&c->errout);
	uv_timer_start(&c->resting, on_rested, REST_MS, 0);
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
	struct child *c = s->data;

	if (n == UV_ENOBUFS)
		return;
	if (n < 0) {
		close_once((uv_handle_t *)s);
		close_if_over(c);
		return;
	}
	if (n == 0 || c->result.flooded)
		return;
	c->seen += (size_t)n;
	if (c->spec.output_limit && c->seen > c->spec.output_limit) {
		c->result.flooded = true;
		if (c->result.timed_out)
			kill_group(c);
		else
			end_for_limit(c);
	}
	if (c->ev.out)
		c->ev.out(c->ev.ctx, s == (uv_stream_t *)&c->out ? 1 : 2, buf->base, (size_t)n);
	rest(c, (size_t)n);
}

static void on_written(uv_write_t *w, int status)
{
	struct child *c = w->data;

	close_once((uv_handle_t *)&c->in); /* even if the child did not read all of it */
}

void child_set_wall(struct child *c, uint64_t wall_ms)
{
	if (c->exited || c->result.timed_out || c->result.flooded)
		return;
	c->spec.wall_ms = wall_ms;
	if (wall_ms)
		uv_timer_start(&c->timer, on_timeout, wall_ms, 0);
	else
		uv_timer_stop(&c->timer);
}

static void start_streams(struct child *c)
{
	if (c->spec.terminal) {
		close_once((uv_handle_t *)&c->out);
		close_once((uv_handle_t *)&c->errout);
	} else {
		read_on(c);
	}
	if (c->input) {
		uv_buf_t buf = uv_buf_init(c->input, (unsigned)c->spec.input_len);

		c->write.data = c;
		if (uv_write(&c->write, (uv_stream_t *)&c->in, &buf, 1, on_written) < 0)
			close_once((uv_handle_t *)&c->in);
	}
	if (c->spec.wall_ms)
		uv_timer_start(&c->timer, on_timeout, c->spec.wall_ms, 0);
}

static void free_on_closed(uv_handle_t *h)
{
	struct child *c = h->data;

	if (--c->open == 0) {
		free(c->input);
		free(c->farewell);
		free(c);
	}
}

#define HANDLES 7

static void handles_of(struct child *c, uv_handle_t *all[HANDLES])
{
	uv_handle_t *const list[HANDLES] = { (uv_handle_t *)&c->in,	(uv_handle_t *)&c->out,
					     (uv_handle_t *)&c->errout, (uv_handle_t *)&c->timer,
					     (uv_handle_t *)&c->reap,	(uv_handle_t *)&c->resting,
					     (uv_handle_t *)&c->ends };

	memcpy(all, list, sizeof(list));
}

static void init_handles(struct child *c, uv_loop_t *uv)
{
	uv_handle_t *all[HANDLES];

	uv_pipe_init(uv, &c->in, 0);
	uv_pipe_init(uv, &c->out, 0);
	uv_pipe_init(uv, &c->errout, 0);
	uv_timer_init(uv, &c->timer);
	uv_timer_init(uv, &c->reap);
	uv_timer_init(uv, &c->resting);
	uv_signal_init(uv, &c->ends);
	handles_of(c, all);
	for (size_t i = 0; i < HANDLES; i++)
		all[i]->data = c;
	c->open = HANDLES;
}

static void close_fds(int fds[])
{
	for (size_t i = 0; i < 3; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

/* Descriptors 0 to 2 of the child, and our ends. Sockets, like libuv's own: they accept
 * data at once. */
static int make_pipes(const struct child_spec *spec, int theirs[4], int ours[3])
{
	bool reads = spec->input || spec->farewell || spec->talks;

	for (int i = reads ? 0 : 1; i < 3 && !spec->terminal; i++) {
		uv_os_sock_t pair[2];
		int rc = uv_socketpair(SOCK_STREAM, 0, pair, 0, 0);

		if (rc < 0)
			return -rc;
		ours[i] = pair[0];
		theirs[i] = pair[1];
	}
	for (int i = 0; i < 3 && spec->terminal; i++)
		theirs[i] = i;
	theirs[3] = spec->pass_fd && !spec->terminal ? spec->pass_fd : -1;
	return 0;
}

/* 0, or an errno. */
static int start_process(struct child *c, const struct child_spec *spec)
{
	uv_pipe_t *pipes[3] = { &c->in, &c->out, &c->errout };
	int theirs[4] = { -1, -1, -1, -1 }, ours[3] = { -1, -1, -1 };
	struct spawn s = {
		.argv = spec->argv, .env = spec->env, .cwd = spec->cwd, .session = !spec->terminal
	};
	int rc = make_pipes(spec, theirs, ours);

	memcpy(s.fds, theirs, sizeof(theirs));
	if (rc == 0)
		rc = -uv_signal_start(&c->ends, on_signal, SIGCHLD);
	if (rc == 0)
		rc = spawn(&s, &c->pid);
	if (!spec->terminal)
		close_fds(theirs);
	for (int i = 0; i < 3 && rc == 0; i++)
		if (ours[i] >= 0) {
			uv_pipe_open(pipes[i], ours[i]);
			ours[i] = -1;
		}
	close_fds(ours);
	return rc;
}

struct child *child_start(struct loop *l, const struct child_spec *spec,
			  const struct child_events *ev, struct err *err)
{
	struct child *c = mem_zalloc(sizeof(*c));
	uv_loop_t *uv = loop_uv(l);
	int rc;

	c->spec = *spec;
	c->ev = *ev;
	if (spec->input)
		c->input = mem_dup(spec->input, spec->input_len);
	c->spec.farewell = c->farewell = mem_strdup(spec->farewell);
	init_handles(c, uv);
	uv_update_time(uv);
	c->started_ms = uv_now(uv);
	c->started_cpu_ms = children_cpu_ms();
	rc = start_process(c, spec);
	if (rc != 0) {
		uv_handle_t *all[HANDLES];

		handles_of(c, all);
		for (size_t i = 0; i < HANDLES; i++)
			uv_close(all[i], free_on_closed);
		err_set(err, ERR_TOOL,
			rc == ENOENT ? "start %s: not installed, or not in PATH" : "start %s: %s",
			spec->argv[0], strerror(rc));
		return NULL;
	}
	say_start(c, spec);
	if (spec->yields)
		uv_os_setpriority(c->pid, UV_PRIORITY_BELOW_NORMAL);
	start_streams(c);
	return c;
}

bool child_say(struct child *c, const char *text, size_t len)
{
	uv_buf_t buf = uv_buf_init((char *)text, (unsigned)len);

	return !uv_is_closing((uv_handle_t *)&c->in) &&
	       uv_try_write((uv_stream_t *)&c->in, &buf, 1) == (int)len;
}

/* Owned by libuv until it is written or the pipe is closed. */
struct sending {
	uv_write_t write;
	char data[];
};

static void on_sent(uv_write_t *w, int status)
{
	free(w); /* the first member; done reports a child that has ended */
}

bool child_send(struct child *c, const char *data, size_t len, struct err *err)
{
	uv_stream_t *in = (uv_stream_t *)&c->in;
	struct sending *s;
	uv_buf_t buf;

	if (!c->spec.talks || c->exited || uv_is_closing((uv_handle_t *)in))
		return err_set(err, ERR_IO, "it does not listen any more");
	if (uv_stream_get_write_queue_size(in) + len > CHILD_UNREAD_MAX)
		return err_set(err, ERR_LIMIT, "it does not read its input");
	s = mem_alloc(sizeof(*s) + len);
	memcpy(s->data, data, len);
	buf = uv_buf_init(s->data, (unsigned)len);
	if (uv_write(&s->write, in, &buf, 1, on_sent) == 0)
		return true;
	free(s);
	return err_set(err, ERR_IO, "it does not listen any more");
}

void child_cancel(struct child *c)
{
	c->result.cancelled = true;
	kill_group(c);
}

void child_hang_up(struct child *c)
{
	if (c->exited || c->spec.grace_ms == 0) {
		child_cancel(c);
		return;
	}
	c->result.cancelled = true;
	close_once((uv_handle_t *)&c->in);
	uv_timer_start(&c->timer, on_grace_over, c->spec.grace_ms, 0);
}

void child_kill(struct child *c)
{
	kill_group(c);
}

bool child_end(struct child *c)
{
	if (c->result.timed_out || c->result.flooded)
		return false;
	end_for_limit(c);
	return true;
}

int child_pid(const struct child *c)
{
	return c->pid;
}

void child_exited(void *ctx, const struct child_result *r)
{
	struct child_exit *e = ctx;

	e->result = *r;
	e->done = true;
	task_wake(e->task);
}

void child_stop(struct child *c, struct child_exit *e)
{
	if (!e->done)
		child_cancel(c);
	while (!e->done)
		task_wait_uncancelled();
}

bool child_wait(struct child *c, struct child_exit *e, struct err *err)
{
	while (!e->done) {
		if (!task_wait(err)) {
			child_stop(c, e);
			return false;
		}
	}
	return true;
}

/* child_run(): a child as a blocking call. */
struct running {
	struct child_exit end; /* first, see child_exited() */
	struct str *streams[2];
};

static void collect(void *ctx, int stream, const char *data, size_t len)
{
	struct running *w = ctx;

	if (w->streams[stream - 1])
		str_add(w->streams[stream - 1], data, len);
}

bool child_run(struct loop *l, const struct child_spec *spec, size_t limit, struct str *out,
	       struct str *errout, struct child_result *r, struct err *err)
{
	struct running w = { { .task = task_self() }, { out, errout } };
	struct child_events ev = { .out = collect, .done = child_exited, .ctx = &w };
	struct child *c;
	bool ok;

	assert(w.end.task);
	if (out)
		out->limit = limit;
	if (errout)
		errout->limit = limit;
	c = child_start(l, spec, &ev, err);
	if (!c)
		return false;
	ok = child_wait(c, &w.end, err);
	*r = w.end.result;
	return ok;
}

char *child_which(const char *argv0)
{
	if (strchr(argv0, '/'))
		return access(argv0, X_OK) == 0 ? mem_strdup(argv0) : NULL;
	return spawn_which(argv0, getenv("PATH"));
}

#define LINE_LIMIT (1u << 20)

void line_split_feed(struct line_split *s, const char *data, size_t len,
		     void (*fn)(void *ctx, const char *line, size_t len), void *ctx)
{
	size_t limit = s->limit ? s->limit : LINE_LIMIT;

	while (len > 0) {
		const char *lf = memchr(data, '\n', len);
		size_t n = lf ? (size_t)(lf - data) : len;
		size_t take = n > limit - s->part.len ? limit - s->part.len : n;
		bool whole = lf && take == n;

		str_add(&s->part, data, take);
		data += take + whole;
		len -= take + whole;
		if (whole || s->part.len >= limit) {
			size_t part = s->part.len;

			if (whole && part > 0 && s->part.data[part - 1] == '\r')
				part--;
			fn(ctx, str_cstr(&s->part), part);
			str_clear(&s->part);
		}
	}
}

void line_split_end(struct line_split *s, void (*fn)(void *ctx, const char *line, size_t len),
		    void *ctx)
{
	if (s->part.len)
		fn(ctx, s->part.data, s->part.len);
	str_free(&s->part);
}
