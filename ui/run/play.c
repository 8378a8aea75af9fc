/* Plays a script of keys on a screen in memory: `size`, `key`, `type`, `paste`, `run`,
 * `wait`, `screen`. It waits for conditions, never for time: after each key it turns
 * the loop until nothing is left to draw, and `wait TEXT` until the text is shown, at
 * most WAIT_MS. The tests in tests/screen are such scripts.
 */
#include "config.h"

#include "ui/run/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/terminal/keys.h"
#include "ui/terminal/term.h"
#include "ui/time/past.h"
#include "ui/turn/turn.h"

#define WAIT_MS 600000 /* the simulator's first build on a busy machine is slow */

static void late(void *ctx)
{
	*(bool *)ctx = true;
}

static bool shows(struct ui *u, const char *text)
{
	struct str s = STR_INIT;
	bool found;

	past_tick(u);
	u = ui_front(u);
	ui_drawing(u)->typing = false;
	ui_paint(u);
	frame_print(&ui_drawing(u)->frame, &s);
	found = strstr(str_cstr(&s), text) != NULL;
	str_free(&s);
	return found;
}

/* The loop sleeps at the end of a turn; a timer makes it notice what a task did
 * before. */
#define TICK_MS 10

static void tick(void *ctx)
{
	struct loop_timer **t = ctx;

	loop_timer_set(*t, TICK_MS);
}

static bool wait_for(struct ui *u, const char *text, bool there, struct err *err)
{
	bool over = false, found = !there;
	struct loop_timer *limit = loop_timer_new(ui_loop(u), late, &over);
	struct loop_timer *ticking = loop_timer_new(ui_loop(u), tick, &ticking);
	struct str s = STR_INIT;

	loop_timer_set(limit, WAIT_MS);
	loop_timer_set(ticking, TICK_MS);
	while (!over && (found = shows(u, text)) != there && !ui_leaving(u)->quit)
		loop_turn(ui_loop(u), true);
	loop_timer_free(limit);
	loop_timer_free(ticking);
	if (found == there)
		return true;
	if (!over) /* a signal, or the script's own Ctrl-Q */
		return err_set(err, ERR_CANCELLED, "%s \"%s\": posedge was ended",
			       there ? "wait" : "gone", text);
	frame_print(&ui_drawing(ui_front(u))->frame, &s);
	fprintf(stderr, "%s", str_cstr(&s));
	str_free(&s);
	return err_set(err, ERR_TIMEOUT, "%s \"%s\": not within %d s", there ? "wait" : "gone",
		       text, WAIT_MS / 1000);
}

static void settle(struct ui *u)
{
	for (int i = 0; i < 1000 && ui_drawing(u)->dirty; i++)
		loop_turn(ui_loop(u), false);
	loop_turn(ui_loop(u), false);
	/* Deferred commands and lists are complete when the project has been read. */
	while (ui_jobs(u)->job[JOB_READ].task || ui_keys(u)->n_ahead)
		loop_turn(ui_loop(u), true);
}

static bool press(struct ui *u, const char *names, struct err *err)
{
	while (*names) {
		size_t n = strcspn(names, " ");
		char *name = mem_strndup(names, n), text[8];
		struct key k;
		bool ok = key_parse(name, &k, text);

		if (ok)
			ui_key(ui_front(u), &k);
		else
			err_set(err, ERR_PARSE, "key %s: there is no such key", name);
		free(name);
		if (!ok)
			return false;
		settle(u);
		names += n + (names[n] == ' ');
	}
	return true;
}

/* \n is a line end, \\ a backslash. */
static void unescape(const char *s, struct str *out)
{
	for (; *s; s++) {
		if (*s == '\\' && s[1] == 'n') {
			str_addc(out, '\n');
			s++;
		} else {
			s += *s == '\\' && s[1] == '\\';
			str_addc(out, *s);
		}
	}
}

static void feed(struct ui *u, const char *text, bool paste)
{
	struct str s = STR_INIT, bytes = STR_INIT;

	unescape(text, &s);
	str_addf(&bytes, "%s%s%s", paste ? "\033[200~" : "", str_cstr(&s),
		 paste ? "\033[201~" : "");
	ui_input(u, bytes.data, bytes.len);
	settle(u);
	str_free(&bytes);
	str_free(&s);
}

/* A card takes no answer in its first moment: wait until it does. */
static bool answer(struct ui *u, const char *text, struct err *err)
{
	const struct card *c = &ui_chat(ui_front(u))->card;
	uint64_t since = c->since_ms;
	bool over = !c->open, ok = true;
	struct loop_timer *limit = loop_timer_new(ui_loop(u), late, &over);
	struct loop_timer *ticking = loop_timer_new(ui_loop(u), tick, &ticking);

	loop_timer_set(limit, WAIT_MS);
	loop_timer_set(ticking, TICK_MS);
	while (!over && ui_card_ignores_keys(ui_front(u)))
		loop_turn(ui_loop(u), true);
	feed(u, text, false);
	while (ok && !over && c->open && c->since_ms == since) {
		ok = press(u, "Enter", err);
		loop_turn(ui_loop(u), true);
		if (!c->seen)
			break; /* it is over, or the script has to scroll it first */
	}
	loop_timer_free(limit);
	loop_timer_free(ticking);
	return ok && (!over || err_set(err, ERR_TIMEOUT, "answer: no question took it"));
}

static void print(struct ui *u, void (*fn)(const struct frame *f, struct str *out))
{
	struct str s = STR_INIT;

	settle(u);
	past_tick(u);
	u = ui_front(u);
	ui_drawing(u)->typing = false; /* no more keys: show the current numbers */
	ui_paint(u);
	fn(&ui_drawing(u)->frame, &s);
	fwrite(str_cstr(&s), 1, s.len, stdout);
	str_free(&s);
}

static bool play_line(struct ui *u, const char *line, struct err *err)
{
	size_t n = strcspn(line, " ");
	const char *rest = line[n] ? line + n + 1 : "";
	int rows, cols;
	char *word = mem_strndup(line, n);
	bool ok = true;

	if (strcmp(word, "size") == 0) {
		ok = sscanf(rest, "%d %d", &rows, &cols) == 2 && rows > 0 && cols > 0 &&
		     rows < 1000 && cols < 1000;
		if (ok)
			term_mem_resize(ui_term(u), rows, cols);
		else
			err_set(err, ERR_PARSE, "size: ROWS COLS was expected");
	} else if (strcmp(word, "key") == 0) {
		ok = press(u, rest, err);
	} else if (strcmp(word, "type") == 0 || strcmp(word, "paste") == 0) {
		feed(u, rest, word[0] == 'p');
	} else if (strcmp(word, "run") == 0) {
		ui_run_line(u, rest);
		settle(u);
	} else if (strcmp(word, "answer") == 0) {
		ok = answer(u, rest, err);
	} else if (strcmp(word, "wait") == 0 || strcmp(word, "gone") == 0) {
		ok = wait_for(u, rest, word[0] == 'w', err);
	} else if (strcmp(word, "screen") == 0) {
		print(u, frame_print);
	} else if (strcmp(word, "styles") == 0) {
		print(u, frame_print_styles);
	} else if (word[0] && word[0] != '#') {
		ok = err_set(
			err, ERR_PARSE,
			"%s: size, key, type, paste, run, answer, wait, gone, screen or styles",
			word);
	}
	free(word);
	return ok;
}

bool script_play(struct ui *u, const char *path, struct err *err)
{
	struct str text = STR_INIT;
	int number = 0;
	bool ok = file_read(path, 1u << 20, &text, err);

	for (const char *p = str_cstr(&text); ok && *p && !ui_leaving(u)->quit;) {
		size_t n = strcspn(p, "\n");
		char *line = mem_strndup(p, n);

		number++;
		ok = play_line(u, line, err);
		if (!ok)
			err_prefix(err, "%s:%d", path, number);
		free(line);
		p += n + (p[n] == '\n');
	}
	str_free(&text);
	return ok;
}
