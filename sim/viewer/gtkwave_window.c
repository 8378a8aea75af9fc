/* A window that outlives posedge, and the protocol with it.
 *
 * GTKWave reads Tcl from a FIFO and answers by appending a line to a file. Each command
 * carries a tag, and only the answer with that tag is accepted, so that the answer to
 * another process's command is not taken for ours. The pid together with the start time
 * shows if the process in the state folder is still that window.
 *
 * A lock on the state folder keeps two posedges from starting two windows.
 */
#include "config.h"

#include "sim/viewer/gtkwave_window.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/tool/viewer.h"
#include "sim/viewer/detach.h"

#define LOCK_MS	  8000 /* time for another process to finish */
#define POLL_MS	  20
#define REPLY_MAX 65536

void gtkwave_window_init(struct gtkwave_window *s, struct loop *l, const struct view_request *r)
{
	*s = (struct gtkwave_window){ .loop = l, .r = r, .lock = -1 };
	/* GTKWave looks at the suffix. */
	s->dump = path_join(r->state_dir, str_ends(r->wave_path, ".fst") ? "wave.fst" : "wave.vcd");
	s->layout = path_join(r->state_dir, "layout.gtkw");
	s->fifo = path_join(r->state_dir, "commands");
	s->replies = path_join(r->state_dir, "replies");
	s->window = path_join(r->state_dir, "window");
	s->log = path_join(r->state_dir, "log");
	s->tcl = path_join(r->state_dir, "init.tcl");
	s->names = path_join(r->state_dir, "names");
	s->stems = path_join(r->state_dir, "stems");
}

void gtkwave_window_fini(struct gtkwave_window *s)
{
	free(s->dump);
	free(s->layout);
	free(s->fifo);
	free(s->replies);
	free(s->window);
	free(s->log);
	free(s->tcl);
	free(s->names);
	free(s->stems);
	if (s->lock >= 0)
		close(s->lock);
}

/* Two processes at once would open two windows. */
bool gtkwave_window_lock(struct gtkwave_window *s, struct err *err)
{
	char *path = path_join(s->r->state_dir, "lock");
	uint64_t until = loop_now_ms(s->loop) + LOCK_MS;
	bool ok = false;

	s->lock = own_open(path, O_RDWR | O_CREAT, 0600, err);
	if (s->lock < 0)
		goto out;
	while (flock(s->lock, LOCK_EX | LOCK_NB) < 0) {
		if (loop_now_ms(s->loop) > until) {
			err_set(err, ERR_BUSY, "another posedge is opening the waves");
			goto out;
		}
		if (!task_sleep(s->loop, POLL_MS, err))
			goto out;
	}
	ok = true;
out:
	free(path);
	return ok;
}

/* Talking to a window ---------------------------------------------------------*/

static size_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size : 0;
}

/* Looks for "@TAG OK ..." from offset `from` on. */
static bool find_reply(const struct gtkwave_window *s, size_t from, const char *tag, bool *ok,
		       char **reply)
{
	int fd = own_open(s->replies, O_RDONLY, 0, NULL);
	char *want = str_fmt("@%s ", tag), *text = mem_zalloc(REPLY_MAX + 1), *at;
	ssize_t n = fd < 0 ? -1 : pread(fd, text, REPLY_MAX, (off_t)from);
	bool found = false;

	at = n > 0 ? strstr(text, want) : NULL;
	if (at && strchr(at, '\n')) {
		found = true;
		*ok = str_starts(at + strlen(want), "OK");
		if (reply)
			*reply = mem_strndup(at + strlen(want) + (*ok ? 3 : 4),
					     strcspn(at + strlen(want) + (*ok ? 3 : 4), "\n"));
		if (!*ok)
			log_line("gtkwave", "said no: %.*s", (int)strcspn(at, "\n"), at);
	}
	if (fd >= 0)
		close(fd);
	free(text);
	free(want);
	return found;
}

bool gtkwave_window_lives(const struct gtkwave_window *s)
{
	return s->pid > 0 && s->started && detach_started(s->pid) == s->started;
}

enum gtkwave_answer gtkwave_window_ask(const struct gtkwave_window *s, const char *script,
				       uint64_t limit_ms, char **reply, struct err *err)
{
	/* Non-blocking: fails if the other end is not open. */
	int fd = open(s->fifo, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
	uint64_t until = loop_now_ms(s->loop) + limit_ms;
	size_t from = size_of(s->replies);
	char *tag = str_fmt("%ld-%" PRIu64, (long)getpid(), loop_now_ms(s->loop));
	char *line = str_fmt("reply %s {%s}\n", tag, script);
	enum gtkwave_answer kind = GTKWAVE_SILENT;
	struct stat st;
	bool ok = false;

	if (reply)
		*reply = NULL;
	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISFIFO(st.st_mode) ||
	    write(fd, line, strlen(line)) != (ssize_t)strlen(line))
		goto out;
	for (;;) {
		if (find_reply(s, from, tag, &ok, reply)) {
			kind = ok ? GTKWAVE_ANSWERED : GTKWAVE_SAID_NO;
			break;
		}
		if (!gtkwave_window_lives(s) || loop_now_ms(s->loop) > until)
			break;
		if (!task_sleep(s->loop, POLL_MS, err)) {
			kind = GTKWAVE_STOPPED;
			break;
		}
	}
out:
	if (fd >= 0)
		close(fd);
	free(tag);
	free(line);
	return kind;
}

/* "PID START LISTENS DUMP" */
void gtkwave_window_read(struct gtkwave_window *s)
{
	struct str text = STR_INIT;
	long pid = 0;
	int listens = 0;

	if (file_read(s->window, 4096, &text, NULL) &&
	    sscanf(str_cstr(&text), "%ld %llu %d %15s", &pid, &s->started, &listens, s->shows) ==
		    4) {
		s->pid = (pid_t)pid;
		s->listens = listens;
	}
	str_free(&text);
}

bool gtkwave_window_write(const struct gtkwave_window *s, struct err *err)
{
	char *text = str_fmt("%ld %llu %d %s\n", (long)s->pid, s->started, s->listens,
			     path_base(s->dump));
	bool ok = file_save(s->window, text, strlen(text), 0600, err);

	free(text);
	return ok;
}

/* A new window ----------------------------------------------------------------*/

bool gtkwave_window_start(struct gtkwave_window *s, const char *program, bool listening,
			  struct err *err)
{
	char *env_replies = str_fmt("POSEDGE_REPLIES=%s", s->replies);
	char *env_layout = str_fmt("POSEDGE_LAYOUT=%s", s->layout);
	char *env_names = str_fmt("POSEDGE_NAMES=%s", s->names);
	const char *const env[] = { env_replies, env_layout, env_names, NULL };
	struct strv argv = STRV_INIT;
	int in, out = own_open(s->log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600, NULL);
	bool ok = false;

	/* It also holds the FIFO for writing, so it never sees an end of file. */
	in = listening ? open(s->fifo, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
		       : open("/dev/null", O_RDONLY | O_CLOEXEC);
	strv_add(&argv, program);
	if (listening) {
		strv_add(&argv, "-W");
		strv_add(&argv, "-T");
		strv_add(&argv, path_base(s->tcl)); /* it cannot handle blanks here */
	}
	if (s->r->stems) {
		strv_add(&argv, "-t");
		strv_add(&argv, path_base(s->stems));
	}
	strv_add(&argv, s->dump);
	strv_add(&argv, s->layout);
	if (in < 0 || out < 0)
		err_set(err, ERR_IO, "open a file in %s: %s", s->r->state_dir, strerror(errno));
	else
		ok = detach_start((const char *const *)argv.v, env, s->r->state_dir, in, out,
				  &s->pid, err);
	if (ok) {
		s->started = detach_started(s->pid);
		s->listens = listening;
	}
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	strv_free(&argv);
	free(env_replies);
	free(env_layout);
	free(env_names);
	return ok;
}

bool gtkwave_window_prepare(struct gtkwave_window *s, struct err *err)
{
	unlink(s->fifo);
	if (!file_save(s->replies, "", 0, 0600, err) ||
	    !file_save(s->tcl, window_gtkwave, strlen(window_gtkwave), 0600, err))
		return false;
	if (mkfifo(s->fifo, 0600) < 0)
		return err_set(err, ERR_IO, "make %s: %s", s->fifo, strerror(errno));
	return true;
}

/* True if the process lives for ms. */
bool gtkwave_window_outlives(const struct gtkwave_window *s, uint64_t ms, bool *stopped,
			     struct err *err)
{
	uint64_t until = loop_now_ms(s->loop) + ms;

	while (gtkwave_window_lives(s) && loop_now_ms(s->loop) < until) {
		if (!task_sleep(s->loop, POLL_MS, err)) {
			*stopped = true;
			return false;
		}
	}
	return gtkwave_window_lives(s);
}

bool gtkwave_window_said(const struct gtkwave_window *s, const char *part)
{
	struct str text = STR_INIT;
	bool has = file_read(s->log, 1 << 20, &text, NULL) && strstr(str_cstr(&text), part);

	str_free(&text);
	return has;
}
