/* mcp: serves the toolbox on standard input and output until the input ends.
 *
 * The server answers in tasks of its own while the loop continues to read. The
 * output is reserved for the protocol, so notes of commands go to the log, and as
 * progress to a client that asked for it.
 */
#include "config.h"

#include "session/command/commands.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/task.h"
#include "session/toolbox/mcp_server.h"
#include "session/workbench/workbench.h"

struct mcp {
	struct mcp_server *server;
	struct loop_fd *in;
	struct task *task;
	bool ended;
	int error; /* of writing; 0: none */
};

/* False at the end of the input. */
static bool read_some(struct mcp *m)
{
	char buf[65536];
	ssize_t n = read(STDIN_FILENO, buf, sizeof(buf));

	if (n > 0)
		mcp_server_feed(m->server, buf, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		m->ended = true;
	if (m->ended)
		mcp_server_end(m->server);
	return !m->ended;
}

static void on_readable(void *ctx, unsigned events)
{
	struct mcp *m = ctx;

	if (!read_some(m))
		loop_fd_want(m->in, 0);
	task_wake(m->task);
}

static void write_out(void *ctx, const char *data, size_t len)
{
	struct mcp *m = ctx;

	if (!m->error && !file_write_all(STDOUT_FILENO, data, len)) {
		m->error = errno;
		task_wake(m->task);
	}
}

static void to_log(void *ctx, const char *text, size_t len)
{
	log_line("mcp", "%.*s", (int)len, text);
}

static void note(void *ctx, const char *line)
{
	struct mcp *m = ctx;

	log_line("mcp", "%s", line);
	if (m->server)
		mcp_server_note(m->server, line);
}

/* Files cannot be polled: they are always ready. */
static bool is_file(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

static bool serve(struct loop *loop, struct mcp *m, struct err *err)
{
	bool file = is_file(STDIN_FILENO), ok;

	if (!file && !(m->in = loop_fd_new(loop, STDIN_FILENO, on_readable, m, err)))
		return false;
	if (m->in)
		loop_fd_want(m->in, LOOP_READ);
	for (ok = true; ok && !m->ended && !m->error;)
		if (file)
			ok = mcp_server_rest(m->server, err) && (read_some(m), true);
		else
			ok = task_wait(err);
	ok = ok && (m->error || mcp_server_rest(m->server, err));
	if (ok && m->error)
		ok = err_set(err, ERR_IO, "write to the client: %s", strerror(m->error));
	loop_fd_free(m->in);
	return ok;
}

/* Opens the session with its complete state, to report on earlier runs; a new one
 * if a screen has the session open. */
static bool open_session(struct workbench *w, struct err *err)
{
	struct err why;

	if (workbench_session(w, SESSION_FULL, &why))
		return true;
	return why.code == ERR_BUSY ? workbench_session(w, SESSION_APPEND, err) != NULL
				    : err_copy(err, &why);
}

bool cmd_mcp(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct report was = w->out;
	struct mcp m = { .task = task_self() };
	bool ok;

	if (c->argc)
		return cmd_servers(c, err);
	if (c->source[0])
		return err_set(err, ERR_USAGE, "only `mcp add` is allowed in an rc file");
	if (w->screen)
		return err_set(err, ERR_USAGE,
			       "mcp: another program starts this, and talks to it; `:mcp list` "
			       "lists servers of tools");
	w->out = (struct report){ .text = to_log, .note = note, .ctx = &m };
	ok = open_session(w, err);
	if (ok) {
		m.server = mcp_server_new(w, write_out, &m);
		ok = serve(w->loop, &m, err);
	}
	mcp_server_free(m.server);
	w->out = was;
	return ok;
}
