/* To show a run, finds the window of an earlier one by process and port in the file
 * "surfer", and makes it load the new dump; if that fails, starts a window.
 *
 *	show --> is it there? --yes--> reload --> done
 *	              |no                 |it does not answer, or cannot
 *	              v                   v
 *	          start, wait until it listens, load, add rows, a marker
 */
#include "config.h"

#include "sim/viewer/surfer.h"

#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "sim/viewer/detach.h"
#include "sim/viewer/display.h"
#include "sim/viewer/gtkwave_window.h"
#include "sim/viewer/wcp.h"

#define POLL_MS	 50
#define START_MS 15000 /* time for a new window to listen */
#define COLS	 100

struct surfer {
	struct gtkwave_window w; /* for its paths, lock and process */
	unsigned port;
	char *state;
};

static void init(struct surfer *s, struct loop *l, const struct view_request *r)
{
	struct str text = STR_INIT;
	long pid = 0;

	*s = (struct surfer){ .state = path_join(r->state_dir, "surfer") };
	gtkwave_window_init(&s->w, l, r);
	if (file_read(s->state, 4096, &text, NULL) &&
	    sscanf(str_cstr(&text), "%ld %llu %u %15s", &pid, &s->w.started, &s->port,
		   s->w.shows) == 4 &&
	    s->port <= UINT16_MAX)
		s->w.pid = (pid_t)pid;
	str_free(&text);
}

static void fini(struct surfer *s)
{
	gtkwave_window_fini(&s->w);
	free(s->state);
}

static bool remember(const struct surfer *s, struct err *err)
{
	char *text = str_fmt("%ld %llu %u %s\n", (long)s->w.pid, s->w.started, s->port,
			     path_base(s->w.dump));
	bool ok = file_save(s->state, text, strlen(text), 0600, err);

	free(text);
	return ok;
}

/* A window ------------------------------------------------------------------------- */

/* 0: none. Another program may take it before the window does; the greeting tells. */
static unsigned free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok = fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0 &&
		  getsockname(fd, (struct sockaddr *)&at, &len) == 0;

	if (fd >= 0)
		close(fd);
	return ok ? ntohs(at.sin_port) : 0;
}

static bool configure(const struct surfer *s, struct err *err)
{
	char *folder = path_join(s->w.r->state_dir, ".surfer"),
	     *file = path_join(folder, "config.toml");
	char *text = str_fmt("[wcp]\nautostart = true\naddress = \"127.0.0.1:%u\"\n", s->port);
	bool ok =
		file_make_dirs(folder, 0700, err) && file_save(file, text, strlen(text), 0600, err);

	free(text);
	free(file);
	free(folder);
	return ok;
}

static bool start(struct surfer *s, const char *program, struct err *err)
{
	const char *const argv[] = { program, NULL }, *const env[] = { NULL };
	int in = -1, out = -1;
	bool ok = (s->port = free_port()) != 0 ||
		  err_set(err, ERR_IO, "no port of 127.0.0.1 is free for Surfer");

	ok = ok && configure(s, err);
	if (ok) {
		in = open("/dev/null", O_RDONLY | O_CLOEXEC);
		out = own_open(s->w.log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600, err);
		ok = in >= 0 && out >= 0 &&
		     detach_start(argv, env, s->w.r->state_dir, in, out, &s->w.pid, err);
	}
	if (ok)
		s->w.started = detach_started(s->w.pid);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return ok;
}

/* Waits until a new window listens. */
static struct wcp *reach(const struct surfer *s, struct err *err)
{
	uint64_t until = loop_now_ms(s->w.loop) + START_MS;
	struct wcp *w;

	while (!(w = wcp_open(s->w.loop, s->port, err)) && err->code == ERR_NOT_FOUND) {
		if (!gtkwave_window_lives(&s->w)) {
			err_set(err, ERR_TOOL, "surfer ended at once; see %s", s->w.log);
			break;
		}
		if (loop_now_ms(s->w.loop) > until) {
			err_set(err, ERR_TIMEOUT, "Surfer did not listen within %d s; see %s",
				START_MS / 1000, s->w.log);
			break;
		}
		if (!task_sleep(s->w.loop, POLL_MS, err))
			break;
	}
	return w;
}

/* Content ----------------------------------------------------------------------------- */

static bool do_command(struct wcp *w, const char *command, const char *members, struct err *err)
{
	cJSON *m = wcp_ask(w, command, members, err);

	cJSON_Delete(m);
	return m != NULL;
}

static bool load(struct wcp *w, const char *dump, struct err *err)
{
	struct str members = STR_INIT;
	bool ok;

	str_adds(&members, ",\"source\":");
	json_quote(&members, dump, strlen(dump));
	ok = do_command(w, "load", str_cstr(&members), err) && wcp_loaded(w, err);
	str_free(&members);
	return ok;
}

/* *added: number of names that were found. */
static bool add_variables(struct wcp *w, const struct strv *names, int *added, struct err *err)
{
	struct str members = STR_INIT;
	cJSON *m;

	str_adds(&members, ",\"variables\":[");
	for (size_t i = 0; i < names->n; i++) {
		str_adds(&members, i ? "," : "");
		json_quote(&members, names->v[i], strlen(names->v[i]));
	}
	str_addc(&members, ']');
	m = wcp_ask(w, "add_variables", str_cstr(&members), err);
	*added = cJSON_GetArraySize(json_array(m, "ids"));
	cJSON_Delete(m);
	str_free(&members);
	return m != NULL;
}

/* Adds the rows that our own viewer starts with. */
static bool add_rows(struct wcp *w, struct trace *t, struct err *err)
{
	struct waveview *v = waveview_new(t, COLS);
	struct strv names = STRV_INIT;
	bool ok = true;
	int added;

	waveview_choose(v);
	for (size_t i = 0; i < v->n; i++)
		if (!v->rows[i].group && v->rows[i].signal != TRACE_NONE)
			strv_add(&names, v->rows[i].name);
	if (names.n)
		ok = add_variables(w, &names, &added, err);
	strv_free(&names);
	waveview_free(v);
	return ok;
}

static bool add_marker(struct wcp *w, uint64_t time, struct err *err)
{
	char *members = str_fmt(",\"markers\":[{\"time\":%" PRIu64
				",\"name\":\"first failure\",\"move_focus\":false}]",
				time);
	bool ok = !wcp_knows(w, "add_markers") || do_command(w, "add_markers", members, err);

	free(members);
	return ok;
}

static bool stand(struct wcp *w, const struct view_request *r, struct err *err)
{
	char *members = str_fmt(",\"timestamp\":%" PRIu64, r->has_place ? r->place : r->marker);
	bool ok =
		!(r->has_place || r->has_marker) || do_command(w, "set_viewport_to", members, err);

	free(members);
	return ok;
}

/* The port ----------------------------------------------------------------------------- */

static bool open_window(struct surfer *s, const char *program, char **how, struct err *err)
{
	const struct view_request *r = s->w.r;
	struct wcp *w = start(s, program, err) ? reach(s, err) : NULL;
	bool ok = w && load(w, s->w.dump, err) && (!r->trace || add_rows(w, r->trace, err)) &&
		  (!r->has_marker || add_marker(w, r->marker, err)) && stand(w, r, err) &&
		  remember(s, err);

	wcp_close(w);
	if (ok)
		*how = mem_strdup(r->has_marker && !r->has_place
					  ? "opened Surfer, marker at the first failure"
					  : "opened Surfer");
	else if (gtkwave_window_lives(&s->w))
		kill(s->w.pid, SIGTERM); /* ours, and seconds old */
	return ok;
}

/* False without err: there is no such window, or it no longer listens. */
static bool reload(struct surfer *s, char **how, struct err *err)
{
	bool same = strcmp(s->w.shows, path_base(s->w.dump)) == 0, ok;
	struct wcp *w =
		same && gtkwave_window_lives(&s->w) ? wcp_open(s->w.loop, s->port, err) : NULL;

	ok = w && do_command(w, "reload", "", err) && wcp_loaded(w, err) && stand(w, s->w.r, err);
	wcp_close(w);
	if (ok)
		*how = mem_strdup("Surfer shows the new waves");
	return ok;
}

static bool show_in(struct surfer *s, enum view_outcome *outcome, char **how, struct err *err)
{
	char *program = child_which("surfer");
	struct err why = { 0 };
	bool ok;

	if (!program)
		return err_set(err, ERR_TOOL,
			       "surfer is not installed, or not in PATH (surfer-project.org)");
	ok = file_make_dirs(s->w.r->state_dir, 0700, err) && gtkwave_window_lock(&s->w, err) &&
	     display_link(s->w.r->wave_path, s->w.dump, err);
	*outcome = VIEW_RELOADED;
	if (ok && !reload(s, how, &why)) {
		*outcome = VIEW_OPENED;
		ok = why.code == ERR_CANCELLED ? err_copy(err, &why)
					       : open_window(s, program, how, err);
	}
	free(program);
	return ok;
}

static bool show(struct loop *l, const struct view_request *r, enum view_outcome *outcome,
		 char **how, struct err *err)
{
	struct surfer s;
	bool ok;

	*how = NULL;
	if (!display_check_dump(r->wave_path, err))
		return false;
	if (r->stems)
		return err_set(err, ERR_USAGE,
			       "Surfer shows no source next to the waves: `set viewer gtkwave`");
	if (!display_here()) {
		*outcome = VIEW_FILES;
		*how = str_fmt("there is no display here: where there is one, open %s in Surfer",
			       r->wave_path);
		return true;
	}
	init(&s, l, r);
	ok = show_in(&s, outcome, how, err);
	fini(&s);
	return ok;
}

static bool is_open(const char *state_dir)
{
	const struct view_request r = { .wave_path = "", .state_dir = state_dir };
	struct surfer s;
	bool open;

	init(&s, NULL, &r);
	open = gtkwave_window_lives(&s.w);
	fini(&s);
	return open;
}

/* In Surfer "tb.q[3:0]" is tb.q. */
static void without_ranges(const struct strv *names, struct strv *out)
{
	for (size_t i = 0; i < names->n; i++) {
		const char *name = names->v[i], *range = strrchr(name, '[');
		bool has = range && strchr(range, ':') && str_ends(range, "]");

		strv_addn(out, name, has ? (size_t)(range - name) : strlen(name));
	}
}

static bool add_to(const struct surfer *s, const struct strv *names, char **how, struct err *err)
{
	struct wcp *w = wcp_open(s->w.loop, s->port, err);
	struct strv plain = STRV_INIT;
	int added = 0;
	bool ok;

	without_ranges(names, &plain);
	ok = w && add_variables(w, &plain, &added, err) &&
	     (added > 0 ||
	      err_set(err, ERR_NOT_FOUND, "Surfer has no %s in its waves", plain.v[0]));
	if (ok)
		*how = str_fmt("Surfer shows %s%s", plain.v[0],
			       plain.n > 1 ? " and the others" : "");
	strv_free(&plain);
	wcp_close(w);
	return ok;
}

static bool add(struct loop *l, const char *state_dir, const struct strv *names, char **how,
		struct err *err)
{
	const struct view_request r = { .wave_path = "", .state_dir = state_dir };
	struct surfer s;
	bool ok;

	*how = NULL;
	init(&s, l, &r);
	ok = gtkwave_window_lives(&s.w)
		     ? add_to(&s, names, how, err)
		     : err_set(err, ERR_BUSY, "no window of Surfer is open; `wave` opens one");
	fini(&s);
	return ok;
}

static bool available(char **version, struct err *err)
{
	char *program = child_which("surfer");

	*version = NULL;
	if (!program)
		return err_set(err, ERR_TOOL,
			       "surfer is not installed, or not in PATH (surfer-project.org)");
	free(program);
	*version = mem_strdup("Surfer");
	return true;
}

const struct viewer_ops viewer_surfer = {
	.name = "surfer",
	.needs = "",
	.available = available,
	.has_display = display_here,
	.show = show,
	.is_open = is_open,
	.add = add,
};
