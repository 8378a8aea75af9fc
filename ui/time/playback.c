/* Moves through time in two ways: a step applies the next event and notifies the
 * panes, as in the live session; a jump goes to any event and rebuilds the panes. */
#include "config.h"

#include "ui/time/playback.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/journal/doc.h"
#include "session/journal/journal.h"
#include "session/journal/moments.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/keys.h"

/* Longer pauses are shortened to this. */
#define PAUSE_MS 2000
/* Events applied at once before the screen is drawn again. */
#define BURST	  200
#define SPEED_MIN 0.125
#define SPEED_MAX 1024
/* Events listed in the history after a jump, up to the moment shown. */
#define HISTORY 200

struct replay {
	struct ui *u;
	struct moments *m; /* the session's */
	uint64_t at;
	bool playing;
	double speed, due_ms; /* due_ms: time until the next event */
	struct loop_timer *timer;
	struct err trouble;
	void (*chose)(void *ctx, const char *command, uint64_t n); /* NULL: nothing can be chosen */
	void *ctx;
};

/* Kinds of events that ] and [ stop at. */
#define KIND(type) (UINT64_C(1) << (type))
#define MATTERS                                                                         \
	(KIND(EVENT_ASK) | KIND(EVENT_SUGGEST) | KIND(EVENT_APPLY) | KIND(EVENT_SAVE) | \
	 KIND(EVENT_RUN) | KIND(EVENT_VERDICT) | KIND(EVENT_NOTE) | KIND(EVENT_MARK) |  \
	 KIND(EVENT_REWIND) | KIND(EVENT_FIX))

/* A lower-case letter goes to the next event of the kinds, a capital back to the
 * previous one: questions, decisions, edits, lints, marks, runs, suggestions, saves. */
static const struct {
	char key;
	uint64_t kinds;
} kinds[] = {
	{ 'a', KIND(EVENT_ASK) },
	{ 'd', KIND(EVENT_DECIDE) | KIND(EVENT_SPLIT) | KIND(EVENT_AMEND) | KIND(EVENT_APPLY) },
	{ 'e', KIND(EVENT_EDIT) | KIND(EVENT_RENAME) | KIND(EVENT_REMOVE) },
	{ 'l', KIND(EVENT_LINT) },
	{ 'm', KIND(EVENT_NOTE) | KIND(EVENT_MARK) | KIND(EVENT_FIX) },
	{ 'r', KIND(EVENT_RUN) | KIND(EVENT_VERDICT) },
	{ 's', KIND(EVENT_SUGGEST) },
	{ 'w', KIND(EVENT_SAVE) },
};

/* The status line ------------------------------------------------------------- */

/* Reads the texts that the panes show: a document's is read when it is asked for. Fails with
 * the reason for the first that is missing. */
static bool read_shown(struct replay *r, struct err *why)
{
	const char *spec = ui_tabs(r->u)->spec.path;
	struct view *v = ui_code(r->u);
	bool ok = !v || moments_doc(r->m, v->path, why);

	return (!state_doc(ui_state(r->u), spec) || moments_doc(r->m, spec, ok ? why : NULL)) && ok;
}

static void say_position(struct replay *r)
{
	const struct damage *d = moments_damage(r->m);
	time_t seconds = r->at ? (time_t)(moments_at(r->m, r->at)->t_ms / 1000) : 0;
	uint64_t count = moments_count(r->m);
	struct str more = STR_INIT;
	struct err why = { 0 };
	bool read = read_shown(r, &why);
	struct tm tm;
	char clock[16] = "";

	localtime_r(&seconds, &tm);
	if (r->at)
		strftime(clock, sizeof(clock), "%H:%M:%S, ", &tm);
	if (r->trouble.code)
		str_addf(&more, "; %s", r->trouble.text);
	else if (r->at == count && d->line)
		str_addf(&more, "; the journal is damaged from here on: %s", d->why);
	else if (!read)
		str_addf(&more, "; %s", why.text);
	ui_say(r->u,
	       r->chose ? "as it was at event %llu of %llu, %s%s%s; q leaves, b rewinds, f forks"
			: "replay: event %llu of %llu, %s%s%s  (? lists the keys)",
	       (unsigned long long)r->at, (unsigned long long)count, clock,
	       r->at == count ? "the end"
	       : r->playing   ? "playing"
	       : r->chose     ? "read only"
			      : "paused",
	       str_cstr(&more));
	ui_words(r->u)->bad = more.len > 0;
	str_free(&more);
}

static void say_keys(struct replay *r)
{
	ui_say(r->u,
	       "space play, arrows step, 0-9 seek, ][ jump, adelmrsw kind, +- speed, q leaves");
}

/* The panes ---------------------------------------------------------------------------- */

static void add_tab(struct ui *u, const char *path)
{
	struct ui_tabs *tabs = ui_tabs(u);

	MEM_ROOM(tabs->v, tabs->n, tabs->cap);
	view_init(&tabs->v[tabs->n++], path);
}

static void remove_tab(struct ui *u, size_t i)
{
	struct ui_tabs *tabs = ui_tabs(u);

	view_fini(&tabs->v[i]);
	memmove(&tabs->v[i], &tabs->v[i + 1], (tabs->n - i - 1) * sizeof(*tabs->v));
	tabs->n--;
	if (tabs->at > 0 && (tabs->at > i || tabs->at >= tabs->n))
		tabs->at--;
}

/* Shows a file; with move, puts the cursor at off. */
static void show_file(struct ui *u, const char *path, bool move, uint64_t off)
{
	struct ui_tabs *tabs = ui_tabs(u);
	struct view *v = &tabs->spec;
	const struct text *t;

	if (strcmp(path, tabs->spec.path) == 0) {
		ui_focus(u, PANE_SPEC);
	} else {
		size_t i = ui_find_tab(u, path);

		if (i == tabs->n)
			add_tab(u, path);
		tabs->at = i;
		ui_focus(u, PANE_CODE);
		v = &tabs->v[i];
	}
	t = ui_text(u, v);
	if (t && move)
		view_move(v, t, off <= text_len(t) ? off : text_len(t), false);
	else if (t)
		view_clamp(v, t);
	else if (move) /* not made yet: drawing clamps this */
		v->cursor = v->anchor = off;
}

static void show_edit(struct ui *u, const struct event *e)
{
	const struct change *last = e->edit.n ? &e->edit.v[e->edit.n - 1] : NULL;

	show_file(u, e->edit.path, last != NULL, last ? last->off + last->ins.len : 0);
}

static void show_decision(struct ui *u, uint64_t suggestion, uint64_t unit)
{
	struct review *review = ui_review(u);
	const struct proposal *p = state_proposal(ui_state(u), suggestion);

	if (!p || suggestion_closed(p->s))
		return;
	if (review->suggestion != suggestion)
		review_open(review, suggestion, p->s);
	else
		review_relayout(review, p->s);
	if (unit < suggestion_units(p->s))
		review->unit = unit;
	ui_decisions(u)->armed = true;
	ui_focus(u, PANE_CODE);
}

static void show_log(struct ui *u, enum log_tab tab)
{
	ui_logs(u)->tab = tab;
	ui_show(u, PANE_LOG);
}

/* Shows what the user was looking at when e happened. */
static void look_where(struct ui *u, const struct event *e)
{
	if (e->type != EVENT_DECIDE && e->type != EVENT_SPLIT && e->type != EVENT_AMEND &&
	    e->type != EVENT_LINT && e->type != EVENT_BASE)
		review_close(ui_review(u));
	switch (e->type) {
	case EVENT_OPEN:
		show_file(u, e->open.path, false, 0);
		break;
	case EVENT_EDIT:
		show_edit(u, e);
		break;
	case EVENT_RENAME:
		show_file(u, e->rename.to, false, 0);
		break;
	case EVENT_GOTO:
		show_file(u, e->go.path, false, 0);
		break;
	case EVENT_CLOSE:
		if (ui_find_tab(u, e->close.path) < ui_tabs(u)->n)
			remove_tab(u, ui_find_tab(u, e->close.path));
		break;
	case EVENT_ASK:
	case EVENT_PIECE:
	case EVENT_ANSWER:
		ui_focus(u, PANE_CHAT);
		break;
	case EVENT_DECIDE:
		show_decision(u, e->decide.suggestion, e->decide.first);
		break;
	case EVENT_SPLIT:
		show_decision(u, e->split.suggestion, e->split.unit);
		break;
	case EVENT_AMEND:
		show_decision(u, e->amend.suggestion, e->amend.unit);
		break;
	case EVENT_LINT:
		ui_logs(u)->tab = LOG_LINT;
		break;
	case EVENT_NOTE:
	case EVENT_MARK:
	case EVENT_REWIND:
	case EVENT_FIX:
	case EVENT_UNKNOWN:
		show_log(u, LOG_HISTORY);
		break;
	case EVENT_RUN:
	case EVENT_VERDICT:
		show_log(u, LOG_SIM);
		break;
	default:
		break;
	}
}

/* A run that confirms another adds a line to what that one printed. */
static bool confirms(const struct state *s, uint64_t n)
{
	const struct sim_run *run = state_run(s, n);

	return run && run->confirms;
}

static void on_step(void *ctx, const struct event *e)
{
	struct replay *r = ctx;

	ui_edited(r->u, e);
	ui_log_event(r->u, e);
	if (e->type == EVENT_VERDICT && !confirms(ui_state(r->u), e->verdict.run))
		ui_log_last_run(r->u); /* what it printed is not among the events */
	look_where(r->u, e);
}

static void on_history(void *ctx, const struct event *e)
{
	ui_log_line(((struct replay *)ctx)->u, e);
}

static void on_last(void *ctx, const struct event *e)
{
	look_where(((struct replay *)ctx)->u, e);
}

/* A save does not count: `save-all` writes files that nobody looks at. */
#define IN_FRONT (KIND(EVENT_OPEN) | KIND(EVENT_EDIT) | KIND(EVENT_RENAME) | KIND(EVENT_GOTO))

/* Puts the file in front that e is about, and the cursor where it was edited; the last such
 * event wins. */
static void on_front(void *ctx, const struct event *e)
{
	struct ui *u = ((struct replay *)ctx)->u;
	enum pane focus = ui_focused(u);
	const char *path = !(KIND(e->type) & IN_FRONT) ? NULL
			   : e->type == EVENT_OPEN     ? e->open.path
			   : e->type == EVENT_EDIT     ? e->edit.path
			   : e->type == EVENT_RENAME   ? e->rename.to
						       : e->go.path;

	if (!path || ui_find_tab(u, path) == ui_tabs(u)->n) /* the spec, or closed since */
		return;
	look_where(u, e);
	ui_focus(u, focus);
}

static void renew_view(struct view *v)
{
	char *path = mem_strdup(v->path);
	size_t cursor = v->cursor;

	view_fini(v);
	view_init(v, path);
	v->cursor = cursor;
	free(path);
}

static void renew_tabs(struct ui *u)
{
	struct ui_tabs *tabs = ui_tabs(u);
	const struct state *s = ui_state(u);

	for (size_t i = tabs->n; i-- > 0;) {
		const struct doc *d = state_doc(s, tabs->v[i].path);

		if (d && d->open)
			renew_view(&tabs->v[i]);
		else
			remove_tab(u, i);
	}
	renew_view(&tabs->spec);
	for (size_t i = 0; i < s->n_docs; i++)
		if (s->docs[i]->open && strcmp(s->docs[i]->path, tabs->spec.path) != 0 &&
		    ui_find_tab(u, s->docs[i]->path) == tabs->n)
			add_tab(u, s->docs[i]->path);
	for (size_t i = 0; i <= tabs->n; i++) {
		struct view *v = i < tabs->n ? &tabs->v[i] : &tabs->spec;

		if (ui_text(u, v))
			view_clamp(v, ui_text(u, v));
		else
			v->cursor = 0;
	}
}

static void renew_logs(struct replay *r)
{
	struct ui *u = r->u;

	for (int i = 0; i < LOG_TABS; i++)
		log_list_clear(&ui_logs(u)->list[i]);
	timeline_fini(&ui_logs(u)->timeline);
	ui_logs(u)->history_read = true;
	ui_log_findings(u);
	ui_log_last_run(u);
	if (r->at)
		moments_events(r->m, r->at > HISTORY ? r->at - HISTORY : 1, r->at, on_history, r,
			       NULL);
}

/* Time ----------------------------------------------------------------------------------- */

static double pause_before(const struct replay *r, uint64_t n)
{
	uint64_t from = n > 1 ? moments_at(r->m, n - 1)->t_ms : 0, to = moments_at(r->m, n)->t_ms;
	double pause = n > 1 && to > from ? (double)(to - from) : 0;

	return (pause > PAUSE_MS ? PAUSE_MS : pause) / r->speed;
}

static void wait_for_next(struct replay *r)
{
	if (r->at == moments_count(r->m))
		r->playing = false;
	if (r->playing)
		loop_timer_set(r->timer, r->due_ms >= 1 ? (uint64_t)r->due_ms : 1);
	else
		loop_timer_stop(r->timer);
	say_position(r);
}

static void jump(struct replay *r, uint64_t n)
{
	struct ui *u = r->u;
	uint64_t front;

	r->trouble = (struct err){ 0 };
	review_close(ui_review(u));
	if (!moments_go(r->m, n, &r->trouble))
		r->playing = false;
	r->at = ui_state(u)->n;
	chat_place_fini(&ui_chat(u)->place);
	chat_place_init(&ui_chat(u)->place);
	renew_tabs(u);
	renew_logs(r);
	front = moments_before(r->m, r->at + 1, IN_FRONT);
	if (front)
		moments_events(r->m, front > HISTORY ? front - HISTORY : 1, front, on_front, r,
			       NULL);
	if (r->at)
		moments_events(r->m, r->at, r->at, on_last, r, NULL);
	r->due_ms = r->at < moments_count(r->m) ? pause_before(r, r->at + 1) : 0;
	wait_for_next(r);
}

/* Applies the next event. If that fails (an edit does not fit its text), jumps past
 * it and reports the failure. */
static bool step(struct replay *r)
{
	if (r->at == moments_count(r->m))
		return false;
	if (!moments_step(r->m, on_step, r, &r->trouble)) {
		jump(r, r->at + 1);
		return r->trouble.code == ERR_NONE;
	}
	r->at = ui_state(r->u)->n;
	return true;
}

static void on_timer(void *ctx)
{
	struct replay *r = ctx;

	for (int i = 0; i < BURST && r->playing; i++) {
		r->due_ms = 0;
		if (!step(r) || r->at == moments_count(r->m))
			break;
		r->due_ms = pause_before(r, r->at + 1);
		if (r->due_ms >= 1)
			break;
	}
	wait_for_next(r);
}

/* Keys ------------------------------------------------------------------------------------- */

static void set_speed(struct replay *r, double factor)
{
	double speed = r->speed * factor;

	r->speed = speed < SPEED_MIN ? SPEED_MIN : speed > SPEED_MAX ? SPEED_MAX : speed;
	r->due_ms /= factor;
	wait_for_next(r);
	ui_say(r->u, "replay: %g times as fast", r->speed);
}

static void jump_to_kind(struct replay *r, uint64_t set, bool back)
{
	uint64_t n = back ? moments_before(r->m, r->at, set) : moments_next(r->m, r->at, set);

	if (n) {
		r->playing = false;
		jump(r, n);
	} else {
		ui_say(r->u, "replay: none %s event %llu", back ? "before" : "after",
		       (unsigned long long)r->at);
	}
}

static void step_by_key(struct replay *r, bool back)
{
	r->playing = false;
	if (back)
		jump(r, r->at ? r->at - 1 : 0);
	else
		step(r);
	wait_for_next(r);
}

static void toggle(struct replay *r)
{
	if (!r->playing && r->at == moments_count(r->m))
		jump(r, 0);
	r->playing = !r->playing;
	wait_for_next(r);
}

static void next_log_tab(struct ui *u)
{
	show_log(u, (enum log_tab)((ui_logs(u)->tab + 1) % LOG_TABS));
}

static void letter(struct replay *r, char c)
{
	if (c == ' ')
		toggle(r);
	else if (c == 'q')
		ui_leaving(r->u)->quit = true;
	else if (c == '?')
		say_keys(r);
	else if (c == '+' || c == '=')
		set_speed(r, 2);
	else if (c == '-')
		set_speed(r, 0.5);
	else if (c >= '0' && c <= '9')
		jump(r, moments_count(r->m) * (uint64_t)(c - '0') / 10);
	else if (c == ']' || c == '[')
		jump_to_kind(r, MATTERS, c == '[');
	else if ((c == 'b' || c == 'f') && r->chose)
		r->chose(r->ctx, c == 'b' ? "rewind" : "fork", r->at);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if ((c | 0x20) == kinds[i].key)
			jump_to_kind(r, kinds[i].kinds, c != kinds[i].key);
}

static void on_key(void *ctx, const struct key *k)
{
	struct replay *r = ctx;

	switch (k->code) {
	case KEY_RIGHT:
		step_by_key(r, false);
		break;
	case KEY_LEFT:
		step_by_key(r, true);
		break;
	case KEY_HOME:
		jump(r, 0);
		break;
	case KEY_END:
		jump(r, moments_count(r->m));
		break;
	case KEY_DOWN:
		jump_to_kind(r, MATTERS, false);
		break;
	case KEY_UP:
		jump_to_kind(r, MATTERS, true);
		break;
	case KEY_TAB:
		next_log_tab(r->u);
		break;
	case KEY_ESCAPE:
		ui_leaving(r->u)->quit = true;
		break;
	case KEY_CHAR:
		if (k->mods & KEY_CTRL && (k->text[0] == 'c' || k->text[0] == 'q'))
			ui_leaving(r->u)->quit = true;
		else if (!(k->mods & (KEY_CTRL | KEY_ALT)) && k->len == 1)
			letter(r, k->text[0]);
		break;
	default:
		break;
	}
}

static void take_keys(struct replay *r, struct ui *u)
{
	r->u = u;
	ui_links(u)->keys_to.key = on_key;
	ui_links(u)->keys_to.ctx = r;
}

/* Beginning and end -------------------------------------------------------------------------- */

static bool take_arguments(struct replay *r, char *const *argv, const char **id, struct err *err)
{
	for (; *argv; argv++) {
		char *end;

		if (strcmp(*argv, "--speed") != 0) {
			*id = *argv;
			continue;
		}
		if (!argv[1])
			return err_set(err, ERR_USAGE, "--speed needs a number");
		r->speed = strtod(*++argv, &end);
		if (*end || end == *argv || !(r->speed >= SPEED_MIN && r->speed <= SPEED_MAX))
			return err_set(err, ERR_USAGE, "--speed %s: it is a number from %g to %d",
				       *argv, SPEED_MIN, SPEED_MAX);
	}
	return true;
}

struct replay *replay_open(struct workbench *w, char *const *argv, struct err *err)
{
	struct replay *r = mem_zalloc(sizeof(*r));
	const char *named = NULL;
	char *id;

	r->speed = 1;
	id = take_arguments(r, argv, &named, err) ? workbench_which_session(w, named, err) : NULL;
	if (id)
		r->m = moments_open(w->place.root, id, err);
	if (r->m) {
		w->session = session_open_past(w->loop, r->m, id);
		w->recording.mode = SESSION_READ;
		r->timer = loop_timer_new(w->loop, on_timer, r);
	} else {
		free(r);
		r = NULL;
	}
	free(id);
	return r;
}

void replay_free(struct replay *r)
{
	if (!r)
		return;
	if (r->u)
		ui_links(r->u)->keys_to.key = NULL;
	loop_timer_free(r->timer);
	free(r);
}

void replay_start(struct replay *r, struct ui *u)
{
	take_keys(r, u);
	r->playing = true;
	jump(r, 0);
}

void replay_show(struct replay *r, struct ui *u, uint64_t n,
		 void (*chose)(void *ctx, const char *command, uint64_t n), void *ctx)
{
	take_keys(r, u);
	r->chose = chose;
	r->ctx = ctx;
	jump(r, n);
}
