/* ui.h - the screen of a session: what is looked at. All of the design's state is
 * the session's.
 *
 * Map of ui/screen: a screen as data, and what everyone needs of it. Knows no
 * command, no pane and no way to run: they are built upon it.
 *
 *   ui ui_state ui_say ui_settings    the whole; what it shows, says, tells the terminal
 *   ui_tabs ui_marks ui_disk          open files, marks in their gutters, others' changes
 *   ui_restore ui_draft draft         from one start to the next
 *   ui_log                            what happened, as lines of the log pane
 *   ui_jobs                           how work that takes time begins and ends
 *   ui_scene                          one moment for the painters
 *
 * Above and below, each folder of ui/ using only those to its left:
 *
 *   look terminal document widget paint screen job act pane turn time run
 *
 *   key -> keymap -> command -> event -> session -> watcher -> dirty -> paint
 */
#ifndef POSEDGE_UI_H
#define POSEDGE_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/journal/timeline.h"
#include "session/workbench/cmd.h"
#include "ui/document/view.h"
#include "ui/look/frame.h"
#include "ui/look/layout.h"
#include "ui/look/theme.h"
#include "ui/terminal/keymap.h"
#include "ui/terminal/keys.h"
#include "ui/widget/chat_rows.h"
#include "ui/widget/line_edit.h"
#include "ui/widget/log_list.h"
#include "ui/widget/log_tab.h"
#include "ui/widget/popup.h"
#include "ui/widget/review.h"
#include "ui/widget/seen.h"

struct ask_about;
struct doc;
struct event;
struct find;
struct loop;
struct loop_timer;
struct past;
struct project;
struct scene;
struct session;
struct state;
struct task;
struct term;
struct text_memo;
struct workbench;

/* Keys that were on their way when a review began decide nothing, and those
 * meant for it when it ended are not typed into the file. */
#define FIRST_MOMENT_MS 250

enum job_kind { JOB_ASK, JOB_LINT, JOB_LINT_ALL, JOB_SIM, JOB_CONFIRM, JOB_DO, JOB_OTHER, JOB_OUTLOOK, JOB_PLACES, JOB_READ, JOB_KINDS };

/* Work under way: at most one of each kind. */
struct job {
	struct ui *ui;
	enum job_kind kind;
	struct task *task;	/* NULL: none */
	struct strv argv;	/* OTHER, READ: the command; ASK: the question; SIM: the testbench */
	struct str output;	/* OTHER: what it printed */
	bool live;		/* LINT: nobody asked, so nobody is told */
	bool again;		/* LINT, LINT_ALL, OUTLOOK: the text changed meanwhile */
	bool fix;		/* ASK: the pieces are those of `fix` */
	struct asked_line {	/* ASK: what it is about; see ask_about */
		uint64_t follows, at;
		char *path, *line;	/* NULL: no line */
	} about;
	struct sim_result *first;	/* CONFIRM: the run to be confirmed; owned */
	bool show;		/* OUTLOOK: somebody waits to read what changes as hardware */
	bool (*fn)(struct ui *u, char *const *argv, size_t argc, struct err *err);	/* DO */
};

struct ui {
	struct workbench *w;
	struct loop *loop;
	struct session *session;
	struct {	/* an earlier moment, shown over this: past.c */
		struct ui *ui;	/* NULL: none; then the others are not called */
		void (*tick)(struct ui *under);	/* before each drawing */
		void (*close)(struct ui *under);
		struct past *past;
	} over;
	bool (*show_moment)(struct ui *u, uint64_t n, struct err *err);	/* event n over this; NULL: cannot be shown */
	struct {	/* the session is only looked at, and keys go there */
		void (*key)(void *ctx, const struct key *k);	/* NULL: to this screen */
		void *ctx;
	} keys_to;
	struct term *term;
	struct frame frame;
	struct keys keys;
	struct keymap *keymap;
	struct loop_timer *escape, *lint_wait, *catch_up, *review_wait, *left_wait, *calm, *paste_wait;
	bool dirty, quit, hung_up;
	struct {		/* see turn_typed.c; not dirty, since it is only that */
		bool waits;		/* to be painted */
		size_t from, to;	/* the lines that were typed in */
		unsigned events;	/* of this key */
		bool simple;		/* the last of them inserted within a line of the code pane */
	} typed;
	struct painted {	/* what the last drawing of all went by */
		int rows, cols, left;
		struct layout layout;
		size_t tab, lines, top;
		bool selecting, bracket, unsaved;
	} painted;
	bool ending;		/* no more work begins: a timer may still want to */
	bool outside;		/* another program has the terminal */
	struct strv save_then;	/* files to save, asked while another was being saved */
	bool quit_then;		/* the same; after those */
	char *next;		/* the session to go on in after that; NULL */
	char *next_moment;	/* and to rewind to there; NULL */

	/* Numbers that every key changes stand still while keys come: they would
	 * cost more bytes than the letter. */
	struct { size_t line; int col; uint64_t recorded; } shown;
	bool typing;

	struct layout_wish wish;
	struct layout layout;

	struct view *tabs;	/* of the code pane */
	size_t n_tabs, cap_tabs, tab;	/* tab < n_tabs, or there are none */
	struct view spec;

	struct line_edit question;
	struct str drafted;	/* of it, what draft.h has */
	struct chat_place chat;
	struct loop_timer *answer_tick;	/* paints the seconds while an answer is awaited */
	uint64_t asked_ms;
	size_t answer_words;		/* of it so far */
	struct log_list log[LOG_TABS];
	enum log_tab log_tab;
	struct timeline timeline;
	bool history_read;	/* of the session before this start */
	struct review review;
	struct seen seen;	/* lines of suggestions that were on the screen */
	uint64_t *passed;	/* files of the answer that Enter went on from */
	size_t n_passed, cap_passed;
	struct { char *path; size_t base_line; } replaced;	/* what was under review when a later answer came; NULL */
	struct text_memo *memo, *hardware_memo;	/* of what the review would give */
	bool review_armed;	/* keys of the first moment decide nothing */
	bool review_left;	/* and of the moment behind it change nothing */
	enum { PASTE_NONE, PASTE_NOW, PASTE_MOMENT } pasted;	/* see ui_input() */
	struct str along;	/* text that came with a paste's end */
	uint64_t input_ms;	/* when bytes last came */
	int interrupts;		/* Ctrl-C, each alone, within a paste */
	struct popup popup;
	void (*fill)(struct ui *u, const struct project *p);	/* the last list of ui_pick(); NULL: none */
	const char *fill_title;
	uint64_t files_changed;	/* how often files came or went: whoever reads the project next looks for them */
	uint64_t files_looked;	/* of these how many were seen */
	bool no_wait;		/* what was put off runs now */

	struct find *find;
	struct str clipboard;
	struct str message;	/* in the status line until the next key */
	struct str said;	/* the last one, for the help to show whole */
	bool message_bad;
	struct str progress;	/* what a simulation does now */
	struct str sim_cycles;	/* the table before the first failure */

	struct job job[JOB_KINDS];
	uint64_t lint_took_ms;	/* the last one of the file under the cursor */
	uint64_t looked_ms;	/* when the files on disk were last looked at */
	struct strv asked;	/* versions of those that the person was asked about */
	bool dragging;
	int drag_divider;	/* 1: between columns, 2: left, 3: right; 0: selecting */
	bool told_mouse;
};

/* The chat's draft: kept when keys rest and at the end. */
void ui_keep_draft(struct ui *u);
void ui_restore_draft(struct ui *u);

struct ui *ui_front(struct ui *u);	/* what is on the screen: u, or what is looked at over it */

void ui_say(struct ui *u, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void ui_complain(struct ui *u, const struct err *err);

const struct state *ui_state(const struct ui *u);
bool ui_reviewing(const struct ui *u);
void ui_scene(const struct ui *u, struct scene *s);	/* for the painters; borrowed from u until the next thing happens */
void ui_apply_options(struct ui *u);	/* theme and mouse, after they were set */
void ui_end_review(struct ui *u);	/* it goes from the screen; the suggestion stays what it is */

/* Open files: ui_tabs.c. Paths are relative to the root. */
struct view *ui_view(struct ui *u);		/* the one with the focus; NULL: none */
struct view *ui_code(struct ui *u);		/* of the code pane; NULL: none */
struct text *ui_text(const struct ui *u, const struct view *v);	/* NULL: not to be had */
bool ui_open(struct ui *u, const char *path, bool create, struct err *err);
bool ui_open_at(struct ui *u, const char *path, int line, int col, struct err *err);	/* from 1; 0: anywhere */
void ui_mark_changes(struct ui *u, struct view *v);	/* the gutter's, where the text is not that of the file */
bool ui_close_tab(struct ui *u, struct err *err);
void ui_drop_tab(struct ui *u, const char *path);	/* that one, if it is there; the one in front stays */
void ui_restore(struct ui *u, bool alone);	/* what was open when it last ended; alone: only what has edits */
void ui_open_something(struct ui *u);		/* the project's first file, if it is no huge one */
void ui_remember(struct ui *u);
void ui_unsaved(const struct ui *u, struct strv *paths);
void ui_look_at_disk(struct ui *u);		/* files that others changed */
void ui_ask_about_disk(struct ui *u, const char *path);	/* what to do about one */
void ui_edited(struct ui *u, const struct event *e);	/* tells the views */

/* Work, at most one of each kind: ui_jobs.c. What a job begins and ends with;
 * ERR_BUSY: one of that kind is under way. */
bool job_begin(struct job *j, void (*fn)(void *ctx), struct err *err);
void job_end(struct job *j, bool ok, const struct err *err);
bool ui_busy(const struct ui *u);
bool ui_cancel_job(struct ui *u);		/* the one that people wait for; false: none */
bool ui_cancel_answer(struct ui *u);		/* false: no question is being answered */
void ui_cancel_all(struct ui *u);

/* Work: jobs.h has what begins it. */

/* What happened, into the lists of the log pane: ui_log.c. */
void ui_log_event(struct ui *u, const struct event *e);
void ui_log_history(struct ui *u);
void ui_log_line(struct ui *u, const struct event *e);	/* into the history */
void ui_log_findings(struct ui *u);

#endif
