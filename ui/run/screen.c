/* The full screen from start to end. The first frame is drawn before anything slow
 * happens: a task afterwards reads the project, loads plugins and opens files. What is
 * typed meanwhile is for the file that opens, so the terminal is read after that, or
 * after KEYS_WAIT_MS of waiting for the project. Signal handlers are set before the
 * terminal is taken and removed after it is restored, so no signal can end the program
 * with the terminal in an unusable state.
 */
#include "config.h"

#include "ui/run/screen.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/crash.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/journal/session.h"
#include "session/journal/sessions.h"
#include "session/option/opt.h"
#include "session/workbench/ports.h"
#include "session/workbench/rc.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/run/play.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/term.h"
#include "ui/terminal/terminal_notes.h"
#include "ui/time/past.h"
#include "ui/time/playback.h"
#include "ui/turn/turn.h"

#define SIGNALS	     9
#define KEYS_WAIT_MS 500

struct screen {
	struct workbench *w;
	const struct screen_start *start;
	struct term *term;
	struct ui *ui;
	struct replay *replay;
	bool suspend, left_early;
	bool up; /* start_up() is done */
	struct loop_signal *signals[SIGNALS];
};

/* From the terminal ------------------------------------------------------------ */

static void on_change(void *ctx)
{
	struct screen *s = ctx;

	if (!s->ui)
		return;
	ui_changed(s->ui);
	ui_changed(ui_front(s->ui));
}

static void on_drained(void *ctx)
{
	/* drawn at the end of the turn */
}

static void on_closed(void *ctx)
{
	struct screen *s = ctx;

	if (s->ui)
		ui_leaving(s->ui)->quit = ui_leaving(s->ui)->hung_up = true;
}

static void on_signal(void *ctx, int signo)
{
	struct screen *s = ctx;

	if (signo == SIGTSTP) {
		s->suspend = true;
	} else if (!s->ui) {
		s->left_early = s->left_early || signo != SIGCONT;
	} else if (ui_drawing(s->ui)->outside && (signo == SIGINT || signo == SIGCONT)) {
		/* typed for the program that has the terminal */
	} else if (signo == SIGCONT) {
		s->term->ops->enter(s->term);
		s->term->ops->forget(s->term);
		on_change(s);
	} else {
		ui_leaving(s->ui)->quit = true;
	}
}

/* Start ------------------------------------------------------------------------------ */

static void say_notes(struct ui *u, const struct str *notes)
{
	if (notes->len)
		ui_say(u, "%.*s", (int)strcspn(notes->data, "\n"), notes->data);
	log_list_puts(&ui_logs(u)->list[LOG_TRACE], STYLE_RISK, str_cstr(notes));
}

static void let_keys_in(void *ctx)
{
	struct screen *s = ctx;

	s->term->ops->read(s->term, ui_input, s->ui);
}

/* Keys wait for the file that they may be meant for, but not for long. */
static void open_something(struct screen *s)
{
	struct loop_timer *t = s->start->script ? NULL : loop_timer_new(s->w->loop, let_keys_in, s);

	if (t)
		loop_timer_set(t, KEYS_WAIT_MS);
	if (ui_read_project(s->ui, false, NULL) && ui_tabs(s->ui)->n == 0)
		ui_open_something(s->ui);
	loop_timer_free(t);
}

static void after_first_drawing(struct screen *s)
{
	crash_prepare(NULL);
	if (ui_tabs(s->ui)->n == 0)
		open_something(s);
	if (s->w->options->lint_live)
		ui_lint(s->ui, true, NULL);
	if (ui_logs(s->ui)->tab == LOG_HISTORY) /* the history was shown when posedge ended */
		ui_log_history(s->ui);
}

static void say_terminal_notice(struct ui *u)
{
	struct str notice = STR_INIT;

	if (terminal_notice_due(&notice))
		ui_say(u, "%s; `posedge doctor` has the settings (said once)", str_cstr(&notice));
	str_free(&notice);
}

/* rc files first: they may set plugins, keys, the theme, the design's files. */
static void start_up(void *ctx)
{
	struct screen *s = ctx;
	struct str notes = STR_INIT;
	struct err err;

	rc_run_all(s->w, &notes);
	/* The status line has room for one message; a recovery's comes first. */
	if (ui_words(s->ui)->message.len)
		log_list_puts(&ui_logs(s->ui)->list[LOG_TRACE], STYLE_RISK, str_cstr(&notes));
	else
		say_notes(s->ui, &notes);
	str_free(&notes);
	if (s->start->plugin && !s->replay &&
	    !s->w->ports->load_plugin(s->w, s->start->plugin, true, &err))
		ui_complain(s->ui, &err);
	ui_apply_options(s->ui);
	if (s->replay) {
		replay_start(s->replay, s->ui);
		crash_prepare(NULL);
		let_keys_in(s);
		s->up = true;
		return;
	}
	for (char *const *f = s->start->files; f && *f; f++) {
		char *argv[] = { "open", *f };

		ui_run(s->ui, argv, 2);
	}
	if (s->start->first)
		ui_run_line(s->ui, s->start->first);
	if (!s->start->script && !ui_words(s->ui)->message.len)
		say_terminal_notice(s->ui);
	/* Nothing below delays the first drawing: the project's files are not even
	 * searched before it. */
	if (task_sleep(s->w->loop, 1, NULL))
		after_first_drawing(s);
	let_keys_in(s);
	s->up = true;
}

static bool open_session(struct screen *s, struct err *err)
{
	if (s->start->replay)
		return (s->replay = replay_open(s->w, s->start->replay, err)) != NULL;
	if (workbench_session(s->w, SESSION_BESIDE, err))
		return true;
	if (workbench_is_read_only(s->w))
		err_set(err, ERR_IO,
			"%s cannot be written to, and the screen keeps its record there: work in a "
			"copy; `posedge lint` and `posedge sim` run here without a record",
			s->w->place.root);
	return false;
}

static void swallow(void *ctx, const char *line)
{
	/* Until the screen exists. */
}

static bool open_terminal(struct screen *s, struct err *err)
{
	struct term_events ev = { on_change, on_drained, on_closed, s };
	enum theme theme = THEME_DARK;

	if (s->start->script) {
		s->term = term_mem_open(24, 80, &ev);
		return true;
	}
	if (getenv("NO_COLOR") && getenv("NO_COLOR")[0])
		theme = THEME_MONO;
	s->term = term_curses_open(s->w->loop, theme, &ev, err);
	return s->term != NULL;
}

static void suspend_now(struct screen *s)
{
	static char *const argv[] = { "suspend", NULL };

	s->suspend = false;
	ui_run(s->ui, argv, 1);
}

/* Signals are handled from before the terminal is taken until it is restored, so
 * that none ends the program in between. The last four have no meaning here, but
 * would end the program by default, and a limit of processor time (`ulimit -t`)
 * sends SIGXCPU. */
static void take_signals(struct screen *s)
{
	static const int signals[SIGNALS] = { SIGINT,  SIGTERM, SIGHUP,	 SIGTSTP, SIGCONT,
					      SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU };

	for (size_t i = 0; i < SIGNALS; i++)
		s->signals[i] = loop_signal_new(s->w->loop, signals[i], on_signal, s);
}

static void give_signals_back(struct screen *s)
{
	for (size_t i = 0; i < SIGNALS; i++)
		loop_signal_free(s->signals[i]);
}

static bool run(struct screen *s, struct err *err)
{
	struct task *starting;
	bool ok = true;

	/* The journal's hook runs earlier, so what is drawn has been written. */
	loop_before_sleep(s->w->loop, ui_draw, s->ui);
	starting = task_start(s->w->loop, start_up, s);
	task_name(starting, "start");
	if (s->start->script) {
		while (!s->up)
			loop_turn(s->w->loop, true);
		ok = script_play(s->ui, s->start->script, err);
	}
	while (!ui_leaving(s->ui)->quit && !s->start->script) {
		loop_turn(s->w->loop, true);
		if (s->suspend)
			suspend_now(s);
	}
	if (!s->up) /* left at once */
		task_cancel(starting);
	while (!s->up)
		loop_turn(s->w->loop, true);
	loop_before_sleep_remove(s->w->loop, ui_draw, s->ui);
	return ok;
}

bool screen_run(struct workbench *w, const struct screen_start *start, struct screen_next *next,
		struct err *err)
{
	struct screen s = { .w = w, .start = start };
	struct str recovered = STR_INIT;
	bool ok;

	w->out.note = swallow;
	take_signals(&s);
	if (!open_session(&s, err) || !open_terminal(&s, err)) {
		give_signals_back(&s);
		replay_free(s.replay);
		return false;
	}
	s.ui = ui_new(w, w->session, s.term, start->files && start->files[0]);
	ui_links(s.ui)->show_moment = past_open;
	ui_leaving(s.ui)->quit = s.left_early;
	if (session_recovery(w->session, &recovered))
		str_addc(&recovered, '\n');
	if (!s.replay)
		sessions_unsaved_beside(w->loop, w->session, &recovered);
	say_notes(s.ui, &recovered);
	str_free(&recovered);
	if (session_is_parallel(w->session))
		ui_say(s.ui, "another posedge has this project open: this is a session of its own");
	ok = run(&s, err);
	replay_free(s.replay);
	if (!ui_leaving(s.ui)->hung_up) {
		next->session = ui_leaving(s.ui)->next;
		next->moment = ui_leaving(s.ui)->next_moment;
		ui_leaving(s.ui)->next = ui_leaving(s.ui)->next_moment = NULL;
	}
	ui_free(s.ui);
	s.term->ops->close(s.term);
	give_signals_back(&s);
	w->out = (struct report){ 0 };
	return ok;
}
