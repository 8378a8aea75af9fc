/* mcp: the toolbox on standard input and output, until the input ends.
 *
 * Messages are answered one after the other, since they may need the session
 * and the simulator; what comes meanwhile waits. Output is the protocol's
 * alone, so what commands would say goes to the log. */
#include "config.h"

#include "session/command/commands.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/toolbox/mcp_server.h"
#include "session/workbench/workbench.h"

struct mcp {
	struct strv lines; /* not answered yet */
	struct line_split split;
	struct loop_fd *in;
	struct task *task;
	bool ended;
};

static void on_line(void *ctx, const char *line, size_t len)
{
	struct mcp *m = ctx;

	strv_addn(&m->lines, line, len);
}

static void on_readable(void *ctx, unsigned events)
{
	struct mcp *m = ctx;
	char buf[65536];
	ssize_t n = read(STDIN_FILENO, buf, sizeof(buf));

	if (n > 0) {
		line_split_feed(&m->split, buf, (size_t)n, on_line, m);
	} else if (n == 0 || errno != EAGAIN) {
		line_split_end(&m->split, on_line, m);
		m->ended = true;
		loop_fd_want(m->in, 0);
	}
	task_wake(m->task);
}

static void to_log(void *ctx, const char *text, size_t len)
{
	log_line("mcp", "%.*s", (int)len, text);
}

static void note_to_log(void *ctx, const char *line)
{
	log_line("mcp", "%s", line);
}

static bool serve(struct workbench *w, struct mcp *m, struct err *err)
{
	bool ok = true;

	while (ok && (m->lines.n || !m->ended)) {
		struct str out = STR_INIT;

		while (ok && m->lines.n == 0 && !m->ended)
			ok = task_wait(err);
		if (ok && m->lines.n) {
			mcp_message(w, m->lines.v[0], strlen(m->lines.v[0]), &out);
			strv_drop(&m->lines, 0);
		}
		if (ok && out.len && !file_write_all(STDOUT_FILENO, out.data, out.len))
			ok = err_set(err, ERR_IO, "write to the client: %s", strerror(errno));
		str_free(&out);
	}
	return ok;
}

/* With all its state, to tell of earlier runs; one of its own where a screen
 * has the session. */
static bool open_session(struct workbench *w, struct err *err)
{
	struct err why;

	if (workbench_session(w, SESSION_FULL, &why))
		return true;
	return why.code == ERR_BUSY ? workbench_session(w, SESSION_APPEND, err) != NULL
				    : err_set(err, why.code, "%s", why.text);
}

bool cmd_mcp(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct report was = w->out;
	struct mcp m = { .split = { .limit = MCP_MESSAGE_MAX + 1 }, .task = task_self() };
	bool ok;

	w->out = (struct report){ .text = to_log, .note = note_to_log };
	ok = open_session(w, err) &&
	     (m.in = loop_fd_new(w->loop, STDIN_FILENO, on_readable, &m, err));
	if (ok) {
		loop_fd_want(m.in, LOOP_READ);
		ok = serve(w, &m, err);
	}
	loop_fd_free(m.in);
	w->out = was;
	str_free(&m.split.part);
	strv_free(&m.lines);
	return ok;
}
