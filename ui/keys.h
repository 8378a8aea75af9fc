/* keys.h - the bytes a terminal sends, as keys: a pure parser.
 *
 * Knows what xterm, VTE, the Linux console, rxvt, tmux and screen send: CSI and
 * SS3 sequences with modifiers, SGR mouse reports, bracketed paste, answers to
 * our own questions (DECRQM, device attributes). It is total: any bytes give
 * keys or nothing, a sequence cut in the middle waits for its rest, and one
 * that never comes is given up by keys_flush(), which the caller calls when
 * KEYS_ESCAPE_MS have passed with keys_pending().
 * Source: ECMA-48 5.4, xterm's ctlseqs, "Bracketed Paste", "Mouse Tracking".
 */
#ifndef POSEDGE_KEYS_H
#define POSEDGE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

#define KEYS_ESCAPE_MS 40
#define KEYS_PASTE_MAX (64u << 20)

enum key_code {
	KEY_CHAR,	/* text: one character, with CTRL: its lower-case letter */
	KEY_ENTER, KEY_TAB, KEY_BACKSPACE, KEY_ESCAPE,
	KEY_UP, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_END, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_INSERT, KEY_DELETE,
	KEY_F1, KEY_F2, KEY_F3, KEY_F4, KEY_F5, KEY_F6, KEY_F7, KEY_F8, KEY_F9, KEY_F10, KEY_F11, KEY_F12,
	KEY_PASTE,	/* text: what was pasted */
	KEY_MOUSE_DOWN, KEY_MOUSE_UP, KEY_MOUSE_DRAG, KEY_WHEEL_UP, KEY_WHEEL_DOWN,
	KEY_REPLY,	/* text: an answer of the terminal, without ESC [ */
	KEY_CODES,
};

enum key_mods { KEY_SHIFT = 1u << 0, KEY_ALT = 1u << 1, KEY_CTRL = 1u << 2 };

struct key {
	enum key_code code;
	unsigned mods;
	int row, col;		/* of the mouse, from 0 */
	int button;		/* 0 left, 1 middle, 2 right */
	const char *text;	/* borrowed for the call */
	size_t len;
};

struct keys {
	struct str pending;	/* the start of a sequence */
	struct str paste;
	bool pasting;
};

typedef void key_fn(void *ctx, const struct key *k);

void keys_feed(struct keys *p, const char *bytes, size_t len, key_fn *fn, void *ctx);
bool keys_pending(const struct keys *p);
void keys_flush(struct keys *p, key_fn *fn, void *ctx);
void keys_fini(struct keys *p);

/* "Ctrl-S", "Shift-Left", "F5", "Space", "x"; and back. */
void key_name(const struct key *k, struct str *out);
bool key_parse(const char *name, struct key *k, char text[8]);

#endif
