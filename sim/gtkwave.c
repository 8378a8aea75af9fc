/* A window that outlives us, and what we may say to it.
 *
 * GTKWave reads Tcl from a FIFO and answers by adding a line to a file. Each
 * command carries a tag, and the answer with this tag is waited for, so that
 * an answer to somebody else's command is not taken for ours. Whether the
 * process of the state folder is still that window is told by its id and its
 * start time together.
 *
 * A lock on the state folder keeps two of us from starting two windows.
 */
#include "config.h"

#include "sim/gtkwave.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/detach.h"
#include "sim/gtkwave_elsewhere.h"
#include "sim/gtkwave_layout.h"

#define RELOAD_MS 4000 /* until a window that is open must have answered */
#define START_MS  8000 /* until a new one must have; 300 ms is usual */
#define PLAIN_MS  700  /* a window without Tcl that lives that long is open */
#define POLL_MS	  20
#define REPLY_MAX 65536

extern char **environ;

/* Sourced by GTKWave before it shows anything. Its own output goes through
 * other buffers, so replies have a file. No path stands in any command: they
 * are in the environment, where blanks and braces do no harm. */
static const char init_tcl[] =
	"proc reply {tag script} {\n"
	"  if {[catch {uplevel #0 $script} result]} {set how ERR} else {set how OK}\n"
	"  set file [open $::env(POSEDGE_REPLIES) a]\n"
	"  puts $file \"@$tag $how [string map [list \\n { } \\r { }] $result]\"\n"
	"  close $file\n"
	"}\n"
	"proc show_marker {time} {\n"
	"  gtkwave::setMarker $time\n"
	"  set span [expr {[gtkwave::getWindowEndTime] - [gtkwave::getWindowStartTime]}]\n"
	"  set start [expr {$time - $span / 2}]\n"
	"  gtkwave::setWindowStartTime [expr {$start < 0 ? 0 : $start}]\n"
	"}\n"
	"proc reload {} {\n"
	"  gtkwave::reLoadFile\n"
	"  if {[llength [gtkwave::getDisplayedSignals]] == 0} {gtkwave::loadFile "
	"$::env(POSEDGE_LAYOUT)}\n"
	"}\n";

struct state {
	struct loop *loop;
	const struct view_request *r;
	char *dump, *layout, *fifo, *replies, *window, *log, *tcl;
	int lock;
	/* the window */
	pid_t pid;
	unsigned long long started;
	bool listens;
};

static void state_init(struct state *s, struct loop *l, const struct view_request *r)
{
	*s = (struct state){ .loop = l, .r = r, .lock = -1 };
	/* GTKWave goes by the end of the name. */
	s->dump = path_join(r->state_dir, str_ends(r->wave_path, ".fst") ? "wave.fst" : "wave.vcd");
	s->layout = path_join(r->state_dir, "layout.gtkw");
	s->fifo = path_join(r->state_dir, "commands");
	s->replies = path_join(r->state_dir, "replies");
	s->window = path_join(r->state_dir, "window");
	s->log = path_join(r->state_dir, "log");
	s->tcl = path_join(r->state_dir, "init.tcl");
}

static void state_fini(struct state *s)
{
	free(s->dump);
	free(s->layout);
	free(s->fifo);
	free(s->replies);
	free(s->window);
	free(s->log);
	free(s->tcl);
	if (s->lock >= 0)
		close(s->lock);
}

/* Two of us at once would open two windows. */
static bool lock(struct state *s, struct err *err)
{
	char *path = path_join(s->r->state_dir, "lock");
	uint64_t until = loop_now_ms(s->loop) + START_MS;
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

/* Points name to target from one moment to the next. */
static bool link_to(const char *target, const char *name, struct err *err)
{
	char *tmp = str_fmt("%s.new", name);
	bool ok;

	unlink(tmp);
	ok = symlink(target, tmp) == 0 && rename(tmp, name) == 0;
	if (!ok)
		err_set(err, ERR_IO, "link %s: %s", name, strerror(errno));
	free(tmp);
	return ok;
}

/* Reloading an empty file blocks the viewer until it is none. */
static bool check_dump(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %s: %s", path,
			       strerror(errno));
	if (!S_ISREG(st.st_mode) || st.st_size == 0)
		return err_set(err, ERR_PARSE, "open %s: there are no waves in it", path);
	return true;
}

/* The display ------------------------------------------------------------------*/

static bool has_display(void)
{
	const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");

	return (x && *x) || (wayland && *wayland);
}

/* Talking to a window ---------------------------------------------------------*/

static size_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size : 0;
}

/* Looks for "@TAG OK ..." behind offset from. */
static bool find_reply(const struct state *s, size_t from, const char *tag, bool *ok)
{
	int fd = own_open(s->replies, O_RDONLY, 0, NULL);
	char *want = str_fmt("@%s ", tag), *text = mem_zalloc(REPLY_MAX + 1), *at;
	ssize_t n = fd < 0 ? -1 : pread(fd, text, REPLY_MAX, (off_t)from);
	bool found = false;

	at = n > 0 ? strstr(text, want) : NULL;
	if (at && strchr(at, '\n')) {
		found = true;
		*ok = str_starts(at + strlen(want), "OK");
		if (!*ok)
			log_line("gtkwave", "said no: %.*s", (int)strcspn(at, "\n"), at);
	}
	if (fd >= 0)
		close(fd);
	free(text);
	free(want);
	return found;
}

static bool is_alive(const struct state *s)
{
	return s->pid > 0 && s->started && detach_started(s->pid) == s->started;
}

enum answer_kind { ANSWERED, SAID_NO, SILENT, STOPPED };

/* Has script run in the window and waits for its reply. STOPPED: cancelled,
 * err is set. */
static enum answer_kind ask(const struct state *s, const char *script, uint64_t limit_ms,
			    struct err *err)
{
	/* Not blocking: it fails when nobody has the other end. */
	int fd = open(s->fifo, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
	uint64_t until = loop_now_ms(s->loop) + limit_ms;
	size_t from = size_of(s->replies);
	char *tag = str_fmt("%ld-%" PRIu64, (long)getpid(), loop_now_ms(s->loop));
	char *line = str_fmt("reply %s {%s}\n", tag, script);
	enum answer_kind kind = SILENT;
	struct stat st;
	bool ok = false;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISFIFO(st.st_mode) ||
	    write(fd, line, strlen(line)) != (ssize_t)strlen(line))
		goto out;
	for (;;) {
		if (find_reply(s, from, tag, &ok)) {
			kind = ok ? ANSWERED : SAID_NO;
			break;
		}
		if (!is_alive(s) || loop_now_ms(s->loop) > until)
			break;
		if (!task_sleep(s->loop, POLL_MS, err)) {
			kind = STOPPED;
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
static void read_window(struct state *s)
{
	struct str text = STR_INIT;
	char dump[16] = "";
	long pid = 0;
	int listens = 0;

	if (file_read(s->window, 4096, &text, NULL) &&
	    sscanf(str_cstr(&text), "%ld %llu %d %15s", &pid, &s->started, &listens, dump) == 4) {
		s->pid = (pid_t)pid;
		s->listens = listens && strcmp(dump, path_base(s->dump)) == 0;
	}
	str_free(&text);
}

static bool write_window(const struct state *s, struct err *err)
{
	char *text = str_fmt("%ld %llu %d %s\n", (long)s->pid, s->started, s->listens,
			     path_base(s->dump));
	bool ok = file_save(s->window, text, strlen(text), 0600, err);

	free(text);
	return ok;
}

static enum answer_kind reload(const struct state *s, struct err *err)
{
	char *script = s->r->has_marker
			       ? str_fmt("reload; show_marker %" PRIu64 "; gtkwave::presentWindow",
					 s->r->marker)
			       : mem_strdup("reload; gtkwave::presentWindow");
	enum answer_kind kind = ask(s, script, RELOAD_MS, err);

	free(script);
	return kind;
}

/* A new window ----------------------------------------------------------------*/

static bool start(struct state *s, const char *program, bool listening, struct err *err)
{
	char *env_replies = str_fmt("POSEDGE_REPLIES=%s", s->replies);
	char *env_layout = str_fmt("POSEDGE_LAYOUT=%s", s->layout);
	const char *const env[] = { env_replies, env_layout, NULL };
	struct strv argv = STRV_INIT;
	int in, out = own_open(s->log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600, NULL);
	bool ok = false;

	/* It holds the FIFO for writing, too: so it never sees an end of it. */
	in = listening ? open(s->fifo, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
		       : open("/dev/null", O_RDONLY | O_CLOEXEC);
	strv_add(&argv, program);
	if (listening) {
		strv_add(&argv, "-W");
		strv_add(&argv, "-T");
		strv_add(&argv, path_base(s->tcl)); /* it trips over blanks here */
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
	return ok;
}

static bool prepare(struct state *s, struct err *err)
{
	unlink(s->fifo);
	if (!file_save(s->replies, "", 0, 0600, err) ||
	    !file_save(s->tcl, init_tcl, strlen(init_tcl), 0600, err))
		return false;
	if (mkfifo(s->fifo, 0600) < 0)
		return err_set(err, ERR_IO, "make %s: %s", s->fifo, strerror(errno));
	return true;
}

/* True when the process lives through ms. */
static bool outlives(const struct state *s, uint64_t ms, bool *stopped, struct err *err)
{
	uint64_t until = loop_now_ms(s->loop) + ms;

	while (is_alive(s) && loop_now_ms(s->loop) < until) {
		if (!task_sleep(s->loop, POLL_MS, err)) {
			*stopped = true;
			return false;
		}
	}
	return is_alive(s);
}

static bool log_has(const struct state *s, const char *part)
{
	struct str text = STR_INIT;
	bool has = file_read(s->log, 1 << 20, &text, NULL) && strstr(str_cstr(&text), part);

	str_free(&text);
	return has;
}

static bool open_plain(struct state *s, const char *program, enum view_outcome *outcome, char **how,
		       struct err *err)
{
	bool stopped = false;

	if (!start(s, program, false, err))
		return false;
	if (!outlives(s, PLAIN_MS, &stopped, err)) {
		if (stopped)
			return false;
		if (!log_has(s, "Could not initialize GTK"))
			return err_set(err, ERR_TOOL, "gtkwave ended at once; see %s", s->log);
		*outcome = VIEW_FILES;
		*how = gtkwave_elsewhere(s->r, "GTKWave cannot use the display");
		return true;
	}
	*outcome = VIEW_OPENED;
	*how = mem_strdup("opened GTKWave; this one cannot be told to reload");
	return write_window(s, err);
}

static bool open_window(struct state *s, const char *program, enum view_outcome *outcome,
			char **how, struct err *err)
{
	enum answer_kind kind;

	if (!prepare(s, err) || !start(s, program, true, err))
		return false;
	kind = ask(s, "gtkwave::getMaxTime", START_MS, err);
	if (kind == STOPPED) {
		write_window(s, NULL);
		return false;
	}
	if (kind == ANSWERED) {
		*outcome = VIEW_OPENED;
		*how = mem_strdup(s->r->has_marker ? "opened GTKWave, marker at the first failure"
						   : "opened GTKWave");
		return write_window(s, err);
	}
	log_line("gtkwave", "no reply from a new window, so it is opened without Tcl");
	if (is_alive(s))
		kill(s->pid, SIGTERM); /* ours, and seconds old */
	return open_plain(s, program, outcome, how, err);
}

static bool show_on_display(struct state *s, enum view_outcome *outcome, char **how,
			    struct err *err)
{
	char *program = child_which("gtkwave");
	bool ok = false;

	if (!program)
		return err_set(
			err, ERR_TOOL,
			"gtkwave is not installed, or not in PATH (Debian package: gtkwave)");
	if (!file_make_dirs(s->r->state_dir, 0700, err) || !lock(s, err) ||
	    !link_to(s->r->wave_path, s->dump, err) || !link_to(s->r->save_path, s->layout, err))
		goto out;
	read_window(s);
	if (is_alive(s) && s->listens) {
		enum answer_kind kind = reload(s, err);

		if (kind == STOPPED)
			goto out;
		if (kind == ANSWERED) {
			*outcome = VIEW_RELOADED;
			*how = mem_strdup("GTKWave shows the new waves");
			ok = true;
			goto out;
		}
		log_line("gtkwave", "window %ld does not answer, so there will be a new one",
			 (long)s->pid);
	}
	ok = open_window(s, program, outcome, how, err);
out:
	free(program);
	return ok;
}

static bool show_with(struct loop *l, const struct view_request *r, enum view_outcome *outcome,
		      char **how, struct err *err)
{
	struct state s;
	bool ok;

	if (!has_display()) {
		*outcome = VIEW_FILES;
		*how = gtkwave_elsewhere(r, "there is no display here");
		return true;
	}
	state_init(&s, l, r);
	ok = show_on_display(&s, outcome, how, err);
	state_fini(&s);
	return ok;
}

static bool show(struct loop *l, const struct view_request *r, enum view_outcome *outcome,
		 char **how, struct err *err)
{
	struct view_request with = *r;
	char *layout, *said;
	bool ok;

	*how = NULL;
	if (!check_dump(r->wave_path, err) || !gtkwave_layout_write(r, err))
		return false;
	layout = gtkwave_layout_harmless(r, err);
	if (!layout)
		return false;
	with.save_path = layout;
	ok = show_with(l, &with, outcome, how, err);
	if (ok && strcmp(layout, r->save_path) != 0) {
		said = *how;
		*how = str_fmt("%s (of %s the lines that start a program were left out)", said,
			       path_base(r->save_path));
		free(said);
	}
	free(layout);
	return ok;
}

/* What it prints, up to cap bytes, waiting 2 s at most. */
static size_t read_banner(int fd, char *buf, size_t cap)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t len = 0;
	ssize_t n;

	while (len < cap && poll(&p, 1, 2000) == 1 && (n = read(fd, buf + len, cap - len)) > 0)
		len += (size_t)n;
	return len;
}

/* It tells its version only when it has a display. */
static bool available(char **version, struct err *err)
{
	char *program = child_which("gtkwave"), text[512], number[32] = "";
	char *const argv[] = { program, (char *)"--version", NULL };
	posix_spawn_file_actions_t actions;
	const char *at;
	int fds[2];
	pid_t pid;

	*version = NULL;
	if (!program)
		return err_set(
			err, ERR_TOOL,
			"gtkwave is not installed, or not in PATH (Debian package: gtkwave)");
	if (pipe2(fds, O_CLOEXEC) == 0) {
		posix_spawn_file_actions_init(&actions);
		posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
		posix_spawn_file_actions_adddup2(&actions, fds[1], 1);
		posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
		if (posix_spawn(&pid, program, &actions, NULL, argv, environ) != 0)
			pid = -1;
		posix_spawn_file_actions_destroy(&actions);
		close(fds[1]);
		text[read_banner(fds[0], text, sizeof(text) - 1)] = '\0';
		close(fds[0]);
		if (pid > 0) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, 0);
			at = strstr(text, "Analyzer v");
			if (at)
				sscanf(at + strlen("Analyzer v"), "%31[0-9.]", number);
		}
	}
	*version = *number ? str_fmt("GTKWave %s", number) : mem_strdup("GTKWave");
	free(program);
	return true;
}

const struct viewer_ops viewer_gtkwave = {
	.name = "gtkwave",
	.needs = "gtkwave",
	.available = available,
	.has_display = has_display,
	.show = show,
};
