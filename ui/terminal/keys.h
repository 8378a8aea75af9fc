/* keys.h - a pure parser from terminal bytes to keys.
 *
 * Knows what xterm, VTE, the Linux console, rxvt, tmux, screen and kitty send: CSI and
 * SS3 sequences with modifiers, CSI-u and modifyOtherKeys, mouse reports in every form
 * (X10, UTF-8, urxvt, SGR), bracketed paste, replies to queries (CSI, DCS, OSC, APC).
 * It is total: any bytes give keys or nothing. A report of the terminal, known or not,
 * never gives letters.
 *
 * An incomplete sequence waits for the rest. The caller drops it with keys_flush() when
 * wait_ms have passed, nothing was completed, and what has come by then does not go on
 * with it: keys_goes_on(). Sources: ECMA-48 5.4 and 8.3;
 * xterm's ctlseqs, "Bracketed Paste", "Mouse Tracking", "modifyOtherKeys"; the kitty
 * keyboard protocol, "CSI u".
 */
#ifndef POSEDGE_KEYS_H
#define POSEDGE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

#define KEYS_ESCAPE_MS	   40 /* after ESC, or Alt with a key: bytes that people type */
#define KEYS_ESCAPE_MAX_MS 60000
#define KEYS_REPORT_MS	   1000	 /* within a sequence that only terminals send */
#define KEYS_PASTE_MS	   10000 /* within a paste whose end mark was lost */
#define KEYS_PASTE_MAX	   (64u << 20)

enum key_code {
	KEY_CHAR, /* text: one character; with CTRL its lower-case letter */
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
	KEY_PASTE,     /* text: the whole paste; empty if too_long */
	KEY_PASTE_END, /* end mark without a paste: the one before was forged */
	KEY_MOUSE_DOWN,
	KEY_MOUSE_UP,
	KEY_MOUSE_DRAG,
	KEY_MOUSE_MOVE, /* no button down */
	KEY_WHEEL_UP,
	KEY_WHEEL_DOWN,
	/* text: a reply of the terminal without ESC [. "I", "O": it gained, lost the
	 * focus. */
	KEY_REPLY,
	KEY_CODES,
};

enum key_mods { KEY_SHIFT = 1u << 0, KEY_ALT = 1u << 1, KEY_CTRL = 1u << 2 };

struct key {
	enum key_code code;
	unsigned mods;
	int row, col;	  /* of the mouse, from 0 */
	int button;	  /* 0 left, 1 middle, 2 right */
	bool too_long;	  /* PASTE: had more than KEYS_PASTE_MAX bytes */
	const char *text; /* borrowed for the call */
	size_t len;
};

struct keys {
	struct str pending; /* start of an incomplete sequence */
	struct str paste;
	bool pasting;
	bool too_long;	    /* the paste is over the limit; nothing of it is kept */
	bool in_string;	    /* within a string reply; dropped up to its end */
	unsigned wait_ms;   /* 0: nothing is pending */
	unsigned escape_ms; /* in place of any shorter wait above; 0: none */
};

typedef void key_fn(void *ctx, const struct key *k);

/* True: a key or report was completed, so what is pending now began with these
 * bytes. */
bool keys_feed(struct keys *p, const char *bytes, size_t len, key_fn *fn, void *ctx);
/* True if bytes that begin with c and were read after wait_ms are the rest of what is
 * pending: it came in time and was read late. A letter after ESC was typed later. */
bool keys_goes_on(const struct keys *p, char c);
void keys_flush(struct keys *p, key_fn *fn, void *ctx);
/* Ends a paste whose end mark did not come, with the bytes so far. No-op if there is
 * none. */
void keys_end_paste(struct keys *p, key_fn *fn, void *ctx);
void keys_fini(struct keys *p);
/* The milliseconds in ESCDELAY, which curses programs read; 0: NULL, or not a number from
 * 1 to KEYS_ESCAPE_MAX_MS. */
unsigned keys_escdelay(const char *value);

/* Names such as "Ctrl-S", "Shift-Left", "F5", "Space", "x". */
void key_name(const struct key *k, struct str *out);
bool key_parse(const char *name, struct key *k, char text[8]);

#endif
