/* ui_keys.h - bytes on their way to keys, and what a paste may do: see ui_input(). */
#ifndef POSEDGE_UI_KEYS_H
#define POSEDGE_UI_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/str.h"
#include "ui/screen/ui_parts.h"
#include "ui/terminal/keymap.h"
#include "ui/terminal/keys.h"

struct loop_timer;
struct ui;

/* Keys that were on their way when a review began decide nothing, and those
 * meant for it when it ended are not typed into the file. */
#define FIRST_MOMENT_MS 250

struct ui_keys {
	struct keys keys;
	struct keymap *keymap;
	struct loop_timer *escape; /* no more bytes come for a key */
	struct loop_timer *calm;   /* no more keys come */
	struct loop_timer *paste_wait;
	enum { PASTE_NONE, PASTE_NOW, PASTE_MOMENT } pasted;
	struct str along;  /* text that came with a paste's end */
	uint64_t input_ms; /* when bytes last came */
	int interrupts;	   /* Ctrl-C, each alone, within a paste */
};

static inline struct ui_keys *ui_keys(const struct ui *u)
{
	return ui_parts(u)->keys;
}

#endif
