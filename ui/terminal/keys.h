/* keys.h - the bytes a terminal sends, as keys: a pure parser.
 *
 * Knows what xterm, VTE, the Linux console, rxvt, tmux, screen and kitty send:
 * CSI and SS3 sequences with modifiers, keys as CSI-u and modifyOtherKeys, mouse
 * reports in every form (X10, UTF-8, urxvt, SGR), bracketed paste, answers to
 * questions (CSI, DCS, OSC, APC). It is total: any bytes give keys or nothing.
 * What is the terminal's own report never gives letters, known or not.
 *
 * A sequence cut in the middle waits for its rest. The caller gives it up with
 * keys_flush() when keys_wait_ms() have passed and nothing was completed.
 * Source: ECMA-48 5.4 and 8.3, xterm's ctlseqs, "Bracketed Paste", "Mouse
 * Tracking", "modifyOtherKeys"; the kitty keyboard protocol, "CSI u".
 */
#ifndef POSEDGE_KEYS_H
#define POSEDGE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

#define KEYS_ESCAPE_MS 40    /* after ESC or Alt and a key, which people type */
#define KEYS_REPORT_MS 1000  /* within a sequence that only terminals send */
#define KEYS_PASTE_MS  10000 /* within a paste whose end mark got lost */
#define KEYS_PASTE_MAX (64u << 20)

enum key_code {
	KEY_CHAR, /* text: one character, with CTRL: its lower-case letter */
	KEY_ENTER,
	KEY_TAB,
	KEY_BACKSPACE,
	KEY_ESCAPE,
	KEY_UP,
	KEY_DOWN,
	KEY_LEFT,
	KEY_RIGHT,
	KEY_HOME,
	KEY_END,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_INSERT,
	KEY_DELETE,
	KEY_F1,
	KEY_F2,
	KEY_F3,
	KEY_F4,
	KEY_F5,
	KEY_F6,
	KEY_F7,
	KEY_F8,
	KEY_F9,
	KEY_F10,
	KEY_F11,
	KEY_F12,
	KEY_PASTE,     /* text: what was pasted, whole; or too_long and no text */
	KEY_PASTE_END, /* an end mark where no paste is: the one before was forged */
	KEY_MOUSE_DOWN,
	KEY_MOUSE_UP,
	KEY_MOUSE_DRAG,
	KEY_MOUSE_MOVE, /* no button is down */
	KEY_WHEEL_UP,
	KEY_WHEEL_DOWN,
	/* text: what the terminal says, without ESC [: an answer; I, O: it has the focus,
	 * has not */
	KEY_REPLY,
	KEY_CODES,
};

enum key_mods { KEY_SHIFT = 1u << 0, KEY_ALT = 1u << 1, KEY_CTRL = 1u << 2 };

struct key {
	enum key_code code;
	unsigned mods;
	int row, col;	  /* of the mouse, from 0 */
	int button;	  /* 0 left, 1 middle, 2 right */
	bool too_long;	  /* PASTE: it had more than KEYS_PASTE_MAX bytes */
	const char *text; /* borrowed for the call */
	size_t len;
};

struct keys {
	struct str pending; /* the start of a sequence */
	struct str paste;
	bool pasting;
	bool too_long;	/* of this paste nothing is kept */
	bool in_string; /* of a report: all is dropped up to its end */
};

typedef void key_fn(void *ctx, const struct key *k);

/* True: a key or a report was completed, so that what waits now began with these
 * bytes. */
bool keys_feed(struct keys *p, const char *bytes, size_t len, key_fn *fn, void *ctx);
unsigned keys_wait_ms(const struct keys *p); /* 0: nothing waits */
void keys_flush(struct keys *p, key_fn *fn, void *ctx);
/* Ends a paste whose end mark did not come: what came is the paste. Nothing when none
 * is under way. */
void keys_end_paste(struct keys *p, key_fn *fn, void *ctx);
void keys_fini(struct keys *p);

/* "Ctrl-S", "Shift-Left", "F5", "Space", "x"; and back. */
void key_name(const struct key *k, struct str *out);
bool key_parse(const char *name, struct key *k, char text[8]);

#endif
