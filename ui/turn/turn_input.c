/* Bytes of the terminal to keys, and the handling of pastes: see ui_input(). */
#include "config.h"

#include <string.h>

#include "session/base/loop.h"
#include "session/base/utf8.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/keys.h"
#include "ui/terminal/term.h"
#include "ui/turn/turn.h"

#define CALM_MS	       100
#define UNMARKED_BYTES 64

/* Text of key k in the moment after a paste; NULL: it has none. */
static const char *text_of(const struct key *k, size_t *len)
{
	*len = 1;
	if (k->code == KEY_ENTER)
		return "\n";
	if (k->mods & (KEY_CTRL | KEY_ALT))
		return NULL;
	if (k->code == KEY_TAB)
		return k->mods ? NULL : "\t";
	*len = k->len;
	return k->code == KEY_CHAR ? k->text : NULL;
}

/* Bytes ------------------------------------------------------------------------------- */

static void give_along(struct ui *u)
{
	struct ui_keys *keys = ui_keys(u);
	struct key k = { .code = KEY_PASTE,
			 .text = str_cstr(&keys->along),
			 .len = keys->along.len };

	if (!keys->along.len)
		return;
	ui_key(u, &k);
	str_free(&keys->along);
	if (!ui_words(u)->message.len)
		ui_say(u, "keys that arrive with a paste are text: wait a moment");
}

static void came_along(struct ui *u, const struct key *k)
{
	size_t len;
	const char *text = text_of(k, &len);

	if (text) {
		str_add(&ui_keys(u)->along, text, len);
	} else {
		give_along(u);
		ui_say(u, "the key arrived with a paste and was ignored");
		ui_changed(u);
	}
}

/* loop_now_ms() is the time at which this turn began, and a long paste may have
 * taken much of it: the moment is counted from the next turn on. */
static void begin_moment(struct ui *u)
{
	ui_keys(u)->pasted = PASTE_NOW;
	loop_timer_set(ui_keys(u)->paste_wait, 1);
}

void turn_paste_over(void *ctx)
{
	struct ui *u = ctx;

	if (ui_keys(u)->pasted == PASTE_NOW)
		loop_timer_set(ui_keys(u)->paste_wait, FIRST_MOMENT_MS);
	ui_keys(u)->pasted = ui_keys(u)->pasted == PASTE_NOW ? PASTE_MOMENT : PASTE_NONE;
}

static void on_key(void *ctx, const struct key *k)
{
	struct ui *u = ctx;

	if (k->code == KEY_MOUSE_MOVE && ui_keys(u)->pasted)
		return;
	if (k->code == KEY_PASTE || k->code == KEY_PASTE_END) {
		give_along(u);
		begin_moment(u);
	}
	if (k->code == KEY_PASTE || k->code == KEY_REPLY || !ui_keys(u)->pasted) {
		if (!ui_jobs(u)->opens_ms || !turn_ahead_keep(u, k))
			ui_key(u, k);
	} else if (k->code != KEY_PASTE_END) {
		came_along(u, k);
	}
}

static void flush(struct ui *u)
{
	bool pasting = ui_keys(u)->keys.pasting;

	keys_flush(&ui_keys(u)->keys, on_key, u);
	if (pasting && !ui_words(u)->bad)
		ui_say(u, "the paste did not end within %d s: what arrived until then was pasted",
		       KEYS_PASTE_MS / 1000);
}

/* True for Ctrl-C in a paste whose end mark was lost, which would swallow keys
 * forever. The second one ends the paste, but only in a form that cannot be pasted:
 * each alone, after a pause. */
static bool leaves_paste(struct ui *u, const char *bytes, size_t len)
{
	struct ui_keys *keys = ui_keys(u);
	uint64_t now_ms = loop_now_ms(ui_loop(u));
	bool alone = keys->keys.pasting && len <= 8 && now_ms - keys->input_ms >= FIRST_MOMENT_MS;
	bool interrupts = alone && ((len == 1 && bytes[0] == 0x03) ||
				    (len == 7 && memcmp(bytes, "\033[99;5u", 7) == 0));

	keys->input_ms = now_ms;
	keys->interrupts = interrupts ? keys->interrupts + 1 : 0;
	if (alone && keys->interrupts < 2)
		ui_say(u, "a paste has not ended yet: Ctrl-C %s ends it",
		       interrupts ? "once more" : "twice");
	if (keys->interrupts == 2) {
		keys->interrupts = 0;
		keys_end_paste(&keys->keys, on_key, u);
		loop_timer_stop(keys->escape);
		if (!ui_words(u)->bad)
			ui_say(u, "the paste ends here");
	}
	return interrupts;
}

/* The timer is set by the first key of a burst and goes on for later ones here, so that
 * a key sets none. */
void turn_typing_paused(void *ctx)
{
	struct ui *u = ctx;
	uint64_t quiet_ms = loop_now_ms(ui_loop(u)) - ui_keys(u)->input_ms;

	if (quiet_ms < CALM_MS) {
		loop_timer_set(ui_keys(u)->calm, CALM_MS - quiet_ms);
		return;
	}
	ui_drawing(u)->typing = false;
	ui_changed(u);
}

/* Text of several lines in one read was not typed: it is a paste from a terminal that
 * does not mark pastes (the Linux console, vt100). Typed keys that a slow line delayed
 * are fewer, or end with their first line end. */
static bool is_unmarked_paste(const struct keys *k, const char *bytes, size_t len)
{
	size_t line = 0;

	if (len < UNMARKED_BYTES || k->pasting || k->in_string || k->pending.len)
		return false;
	while (line < len && bytes[line] != '\r' && bytes[line] != '\n')
		line++;
	for (size_t i = 0; i < len; i++)
		if (bytes[i] == 0x7f || (bytes[i] >= 0 && bytes[i] < 0x20 && bytes[i] != '\r' &&
					 bytes[i] != '\n' && bytes[i] != '\t'))
			return false;
	return line + 2 < len;
}

static bool take_bytes(struct ui *u, const char *bytes, size_t len)
{
	struct keys *k = &ui_keys(u)->keys;
	size_t n;

	if (!is_unmarked_paste(k, bytes, len))
		return keys_feed(k, bytes, len, on_key, u);
	n = len - utf8_partial_tail(bytes, len); /* the rest comes with the next read */
	keys_feed(k, "\033[200~", 6, on_key, u);
	keys_feed(k, bytes, n, on_key, u);
	keys_end_paste(k, on_key, u);
	return keys_feed(k, bytes + n, len - n, on_key, u);
}

void ui_input(void *ctx, const char *bytes, size_t len)
{
	struct ui *u = ui_front(ctx);
	struct ui_keys *keys = ui_keys(u);
	unsigned waited = keys->keys.wait_ms, waits;
	bool completed;

	if (!ui_drawing(u)->typing)
		loop_timer_set(keys->calm, CALM_MS);
	ui_drawing(u)->typing = true;
	if (leaves_paste(u, bytes, len))
		return;
	if (keys->pasted)
		begin_moment(u);
	completed = take_bytes(u, bytes, len);
	if (keys->along.len)
		give_along(u);
	waits = keys->keys.wait_ms;
	if (!waits && waited)
		loop_timer_stop(keys->escape);
	else if (waits && (completed || waits != waited || keys->keys.pasting))
		/* else the timer started earlier and is still right */
		loop_timer_set(keys->escape, waits);
}

/* Timers run before the terminal is read, so after a long turn the rest may be there:
 * without a look at it, a reply of the terminal would be typed into the file. */
void turn_escape_over(void *ctx)
{
	struct ui *u = ctx;
	struct ui_keys *keys = ui_keys(u);
	char bytes[4096];
	size_t n = ui_term(u)->ops->take(ui_term(u), bytes, sizeof(bytes));

	if (!n || !keys_goes_on(&keys->keys, bytes[0]))
		flush(u);
	if (n)
		ui_input(u, bytes, n);
	if (keys->keys.wait_ms) /* ui_input() takes the timer for running */
		loop_timer_set(keys->escape, keys->keys.wait_ms);
}
