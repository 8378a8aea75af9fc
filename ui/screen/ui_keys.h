/* ui_keys.h - input bytes before they become keys, and pastes: see ui_input(). */
#ifndef POSEDGE_UI_KEYS_H
#define POSEDGE_UI_KEYS_H

#include <stdint.h>

#include "session/base/str.h"
#include "ui/screen/ui_parts.h"
#include "ui/terminal/keymap.h"
#include "ui/terminal/keys.h"

struct loop_timer;
struct ui;

/* Keys typed before a review opened must not decide anything, and keys meant for a
 * review that has just closed must not be typed into the file. */
#define FIRST_MOMENT_MS 250

#define KEYS_AHEAD_MAX 64 /* typed by a person within a second */

struct ui_keys {
	struct keys keys;
	struct keymap *keymap;
	struct loop_timer *escape; /* fires when no more bytes of a key come */
	struct loop_timer *calm;   /* fires when no more keys come */
	struct loop_timer *paste_wait;
	enum { PASTE_NONE, PASTE_NOW, PASTE_MOMENT } pasted;
	struct str along;  /* text that arrived together with the end of a paste */
	uint64_t input_ms; /* when bytes last arrived */
	int interrupts;	   /* Ctrl-C within a paste, each alone in its read */
	/* Keys that wait for what a command opens: turn_ahead.c. Their texts are owned. */
	struct key ahead[KEYS_AHEAD_MAX];
	char *ahead_text[KEYS_AHEAD_MAX];
	size_t n_ahead;
	struct loop_timer *ahead_wait;
};

static inline struct ui_keys *ui_keys(const struct ui *u)
{
	return ui_parts(u)->keys;
}

#endif
