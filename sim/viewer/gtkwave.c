/* The viewer port: opens a window, or controls the open one; without a display it only
 * writes files. gtkwave_window.c communicates with a window.
 *
 * The source window, GTKWave's rtlbrowse, reads FST only and cuts paths at blanks. So a
 * VCD is converted, and the sources are reached through links without blanks in the
 * state folder, where the viewer runs.
 */
#include "config.h"

#include "sim/viewer/gtkwave.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/viewer/display.h"
#include "sim/viewer/gtkwave_elsewhere.h"
#include "sim/viewer/gtkwave_layout.h"
#include "sim/viewer/gtkwave_window.h"

#define RELOAD_MS  4000 /* time for an open window to answer */
#define START_MS   8000 /* time for a new one; 300 ms is usual */
#define PLAIN_MS   700	/* a window without Tcl alive after this is open */
#define ADD_MS	   4000
#define CONVERT_MS 60000 /* for converting a VCD to FST, for the source window */

/* The dump opened by a window that also shows the source. */
#define WITH_SOURCE "source.fst"

extern char **environ;

/* Moves to the requested time, alone or after a command; raises the window. */
static enum gtkwave_answer stand(const struct gtkwave_window *s, const char *before,
				 struct err *err)
{
	bool placed = s->r->has_place || s->r->has_marker;
	uint64_t at = s->r->has_place ? s->r->place : s->r->marker;
	char *script =
		placed ? str_fmt("%sshow_marker %" PRIu64 "; gtkwave::presentWindow", before, at)
		       : str_fmt("%sgtkwave::presentWindow", before);
	enum gtkwave_answer kind = gtkwave_window_ask(s, script, RELOAD_MS, NULL, err);

	free(script);
	return kind;
}

static bool open_plain(struct gtkwave_window *s, const char *program, enum view_outcome *outcome,
		       char **how, struct err *err)
{
	bool stopped = false;

	if (!gtkwave_window_start(s, program, false, err))
		return false;
	if (!gtkwave_window_outlives(s, PLAIN_MS, &stopped, err)) {
		if (stopped)
			return false;
		if (!gtkwave_window_said(s, "Could not initialize GTK"))
			return err_set(err, ERR_TOOL, "gtkwave ended at once; see %s", s->log);
		*outcome = VIEW_FILES;
		*how = gtkwave_elsewhere(s->r, "GTKWave cannot use the display");
		return true;
	}
	*outcome = VIEW_OPENED;
	*how = mem_strdup("opened GTKWave; this version cannot be made to reload");
	return gtkwave_window_write(s, err);
}

static bool open_window(struct gtkwave_window *s, const char *program, enum view_outcome *outcome,
			char **how, struct err *err)
{
	enum gtkwave_answer kind;

	if (!gtkwave_window_prepare(s, err) || !gtkwave_window_start(s, program, true, err))
		return false;
	kind = gtkwave_window_ask(s, "gtkwave::getMaxTime", START_MS, NULL, err);
	/* GTKWave 3.3 reads [timestart] before its window has a width, and then begins too early
	 * where the dump ends soon. It listens, whatever it answers to this. */
	if (kind == GTKWAVE_ANSWERED && stand(s, "", err) == GTKWAVE_STOPPED)
		kind = GTKWAVE_STOPPED;
	if (kind == GTKWAVE_STOPPED) {
		gtkwave_window_write(s, NULL);
		return false;
	}
	if (kind == GTKWAVE_ANSWERED) {
		*outcome = VIEW_OPENED;
		*how = mem_strdup(s->r->has_marker && !s->r->has_place
					  ? "opened GTKWave, marker at the first failure"
					  : "opened GTKWave");
		return gtkwave_window_write(s, err);
	}
	log_line("gtkwave", "no reply from a new window, so it is opened without Tcl");
	if (gtkwave_window_lives(s))
		kill(s->pid, SIGTERM); /* ours, and seconds old */
	return open_plain(s, program, outcome, how, err);
}

/* The source window ----------------------------------------------------------- */

static bool link_sources(const struct gtkwave_window *s, struct err *err)
{
	char *dir = path_join(s->r->state_dir, "src");
	bool ok = file_make_dirs(dir, 0700, err) &&
		  file_save(s->stems, s->r->stems, strlen(s->r->stems), 0600, err);

	for (size_t i = 0; ok && i < s->r->sources->n; i++) {
		char *name = str_fmt("%s/%zu", dir, i);

		ok = display_link(s->r->sources->v[i], name, err);
		free(name);
	}
	free(dir);
	return ok;
}

/* Writes another name first: reloading half a file would block the viewer. */
static bool make_fst(const struct gtkwave_window *s, struct err *err)
{
	char *made = path_join(s->r->state_dir, "new.fst");
	const char *const argv[] = { "vcd2fst", s->r->wave_path, made, NULL };
	struct child_spec spec = { .argv = argv, .wall_ms = CONVERT_MS, .yields = true };
	struct child_result r;
	bool ok = child_run(s->loop, &spec, 4096, NULL, NULL, &r, err);

	if (ok && (r.status != 0 || !file_exists(made)))
		ok = err_set(err, ERR_TOOL, "vcd2fst did not convert %s", s->r->wave_path);
	if (ok && rename(made, s->dump) < 0)
		ok = err_set(err, ERR_IO, "rename %s: %s", made, strerror(errno));
	free(made);
	return ok;
}

/* A window that shows the source keeps it. */
static bool prepare_dump(struct gtkwave_window *s, struct err *err)
{
	bool fst = str_ends(s->dump, ".fst");

	if (s->r->stems && !link_sources(s, err))
		return false;
	if (!s->r->stems && !(gtkwave_window_lives(s) && strcmp(s->shows, WITH_SOURCE) == 0))
		return display_link(s->r->wave_path, s->dump, err);
	free(s->dump);
	s->dump = path_join(s->r->state_dir, WITH_SOURCE);
	return fst ? display_link(s->r->wave_path, s->dump, err) : make_fst(s, err);
}

static bool show_on_display(struct gtkwave_window *s, enum view_outcome *outcome, char **how,
			    struct err *err)
{
	char *program = child_which("gtkwave");
	bool ok = false;

	if (!program)
		return err_set(
			err, ERR_TOOL,
			"gtkwave is not installed, or not in PATH (Debian package: gtkwave)");
	if (!file_make_dirs(s->r->state_dir, 0700, err) || !gtkwave_window_lock(s, err))
		goto out;
	gtkwave_window_read(s);
	if (!prepare_dump(s, err) || !display_link(s->r->save_path, s->layout, err))
		goto out;
	if (gtkwave_window_lives(s) && s->listens && strcmp(s->shows, path_base(s->dump)) == 0) {
		enum gtkwave_answer kind = stand(s, "reload; ", err);

		if (kind == GTKWAVE_STOPPED)
			goto out;
		if (kind == GTKWAVE_ANSWERED) {
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
	struct gtkwave_window s;
	bool ok;

	if (!display_here()) {
		*outcome = VIEW_FILES;
		*how = gtkwave_elsewhere(r, "there is no display here");
		return true;
	}
	gtkwave_window_init(&s, l, r);
	ok = show_on_display(&s, outcome, how, err);
	gtkwave_window_fini(&s);
	return ok;
}

static bool show(struct loop *l, const struct view_request *r, enum view_outcome *outcome,
		 char **how, struct err *err)
{
	struct view_request with = *r;
	char *layout, *said;
	bool ok;

	*how = NULL;
	if (!display_check_dump(r->wave_path, err) || !gtkwave_layout_write(r, err))
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

static bool is_open(const char *state_dir)
{
	const struct view_request r = { .wave_path = "", .state_dir = state_dir };
	struct gtkwave_window s;
	bool open;

	gtkwave_window_init(&s, NULL, &r);
	gtkwave_window_read(&s);
	open = gtkwave_window_lives(&s) && s.listens;
	gtkwave_window_fini(&s);
	return open;
}

static bool add_to(struct gtkwave_window *s, const struct strv *names, char **how, struct err *err)
{
	struct str text = STR_INIT;
	char *found = NULL;
	bool ok;

	for (size_t i = 0; i < names->n; i++)
		str_addf(&text, "%s\n", names->v[i]);
	ok = gtkwave_window_lock(s, err) &&
	     file_save(s->names, str_cstr(&text), text.len, 0600, err);
	str_free(&text);
	if (!ok)
		return false;
	switch (gtkwave_window_ask(s, "add_named", ADD_MS, &found, err)) {
	case GTKWAVE_STOPPED:
		return false;
	case GTKWAVE_ANSWERED:
		ok = strtol(found, NULL, 10) > 0 ||
		     err_set(err, ERR_NOT_FOUND, "GTKWave has no %s in its waves", names->v[0]);
		if (ok)
			*how = str_fmt("GTKWave shows %s%s", names->v[0],
				       names->n > 1 ? " and the others" : "");
		break;
	default:
		ok = err_set(err, ERR_TOOL, "GTKWave did not add %s", names->v[0]);
	}
	free(found);
	return ok;
}

static bool add(struct loop *l, const char *state_dir, const struct strv *names, char **how,
		struct err *err)
{
	const struct view_request r = { .wave_path = "", .state_dir = state_dir };
	struct gtkwave_window s;
	bool ok;

	*how = NULL;
	gtkwave_window_init(&s, l, &r);
	gtkwave_window_read(&s);
	ok = gtkwave_window_lives(&s) && s.listens
		     ? add_to(&s, names, how, err)
		     : err_set(err, ERR_BUSY, "no window of GTKWave is open; `wave` opens one");
	gtkwave_window_fini(&s);
	return ok;
}

/* Reads its output, up to cap bytes, waiting at most 2 s. */
static size_t read_banner(int fd, char *buf, size_t cap)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t len = 0;
	ssize_t n;

	while (len < cap && poll(&p, 1, 2000) == 1 && (n = read(fd, buf + len, cap - len)) > 0)
		len += (size_t)n;
	return len;
}

/* GTKWave prints its version only if it has a display. */
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
	.has_display = display_here,
	.show = show,
	.is_open = is_open,
	.add = add,
};
