#include "config.h"

#include "ui/keys.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/utf8.h"

/* No sequence that we know is longer; what is, is noise. */
#define SEQUENCE_MAX 64

static const char paste_start[] = "\033[200~", paste_end[] = "\033[201~";

static void give(key_fn *fn, void *ctx, enum key_code code, unsigned mods)
{
	struct key k = { .code = code, .mods = mods, .text = "" };

	fn(ctx, &k);
}

static void give_text(key_fn *fn, void *ctx, enum key_code code, unsigned mods, const char *text, size_t len)
{
	struct key k = { .code = code, .mods = mods, .text = text, .len = len };

	fn(ctx, &k);
}

/* One control byte or ASCII character, mods from an ESC before it. */
static void give_byte(key_fn *fn, void *ctx, unsigned char c, unsigned mods)
{
	char letter;

	if (c == '\r' || c == '\n') {
		give(fn, ctx, KEY_ENTER, mods);
	} else if (c == '\t') {
		give(fn, ctx, KEY_TAB, mods);
	} else if (c == 0x7f || c == 0x08) {
		give(fn, ctx, KEY_BACKSPACE, mods);
	} else if (c == 0x1b) {
		give(fn, ctx, KEY_ESCAPE, mods);
	} else if (c < 0x20) {
		letter = (char)(c == 0 ? ' ' : c < 27 ? c + 0x60 : c + 0x40);
		give_text(fn, ctx, KEY_CHAR, mods | KEY_CTRL, &letter, 1);
	} else {
		letter = (char)c;
		give_text(fn, ctx, KEY_CHAR, mods, &letter, 1);
	}
}

/* The final byte of CSI or SS3 sequences without a number. */
static enum key_code letter_code(char c)
{
	switch (c) {
	case 'A': return KEY_UP;
	case 'B': return KEY_DOWN;
	case 'C': return KEY_RIGHT;
	case 'D': return KEY_LEFT;
	case 'H': return KEY_HOME;
	case 'F': return KEY_END;
	case 'P': return KEY_F1;
	case 'Q': return KEY_F2;
	case 'R': return KEY_F3;
	case 'S': return KEY_F4;
	case 'M': return KEY_ENTER;	/* the keypad's */
	default: return KEY_CODES;
	}
}

/* CSI number ~ */
static enum key_code tilde_code(int n)
{
	static const struct { int n; enum key_code code; } all[] = {
		{ 1, KEY_HOME }, { 2, KEY_INSERT }, { 3, KEY_DELETE }, { 4, KEY_END }, { 5, KEY_PAGE_UP },
		{ 6, KEY_PAGE_DOWN }, { 7, KEY_HOME }, { 8, KEY_END }, { 11, KEY_F1 }, { 12, KEY_F2 },
		{ 13, KEY_F3 }, { 14, KEY_F4 }, { 15, KEY_F5 }, { 17, KEY_F6 }, { 18, KEY_F7 }, { 19, KEY_F8 },
		{ 20, KEY_F9 }, { 21, KEY_F10 }, { 23, KEY_F11 }, { 24, KEY_F12 },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (all[i].n == n)
			return all[i].code;
	return KEY_CODES;
}

/* xterm sends 1 + bits of shift, alt, ctrl. */
static unsigned mods_of(int n)
{
	unsigned bits = n > 1 ? (unsigned)(n - 1) : 0;

	return (bits & 1 ? KEY_SHIFT : 0) | (bits & 2 ? KEY_ALT : 0) | (bits & 4 ? KEY_CTRL : 0);
}

/* CSI < button ; column ; row M or m */
static void give_mouse(key_fn *fn, void *ctx, const int *n, char final)
{
	struct key k = { .text = "", .button = n[0] & 3, .col = n[1] - 1, .row = n[2] - 1 };

	k.mods = (n[0] & 4 ? KEY_SHIFT : 0) | (n[0] & 8 ? KEY_ALT : 0) | (n[0] & 16 ? KEY_CTRL : 0);
	if (n[0] & 64)
		k.code = n[0] & 1 ? KEY_WHEEL_DOWN : KEY_WHEEL_UP;
	else if (final == 'm')
		k.code = KEY_MOUSE_UP;
	else
		k.code = n[0] & 32 ? KEY_MOUSE_DRAG : KEY_MOUSE_DOWN;
	if (k.col < 0 || k.row < 0 || ((n[0] & 3) == 3 && k.code == KEY_MOUSE_DRAG))
		return;
	fn(ctx, &k);
}

/* A whole CSI sequence: s holds what stands after "ESC [". */
static void give_csi(key_fn *fn, void *ctx, const char *s, size_t len)
{
	char final = s[len - 1];
	int n[4] = { 0 };
	int count = 0;
	enum key_code code;

	if (s[0] == '?' || s[0] == '>') {
		give_text(fn, ctx, KEY_REPLY, 0, s, len);
		return;
	}
	for (size_t i = s[0] == '<' ? 1 : 0; i + 1 < len; i++) {
		if (isdigit((unsigned char)s[i]) && count < 4 && n[count] < 100000)
			n[count] = n[count] * 10 + (s[i] - '0');
		else if (s[i] == ';' || s[i] == ':')
			count++;
	}
	if (s[0] == '<') {
		if (final == 'M' || final == 'm')
			give_mouse(fn, ctx, n, final);
		return;
	}
	if (final == 'Z') {
		give(fn, ctx, KEY_TAB, KEY_SHIFT);
		return;
	}
	/* rxvt: $ is shift, ^ control, @ both */
	code = strchr("~$^@", final) ? tilde_code(n[0]) : letter_code(final);
	if (code == KEY_CODES)
		return;
	give(fn, ctx, code, final == '$' ? KEY_SHIFT : final == '^' ? KEY_CTRL :
			    final == '@' ? KEY_SHIFT | KEY_CTRL : mods_of(n[1]));
}

/* The Linux console's function keys: ESC [ [ A to E. */
static size_t console_key(const char *s, size_t len, key_fn *fn, void *ctx)
{
	if (len < 4)
		return 0;
	if (s[3] >= 'A' && s[3] <= 'E')
		give(fn, ctx, (enum key_code)(KEY_F1 + (s[3] - 'A')), 0);
	return 4;
}

/* How many bytes of a sequence that starts with ESC were used; 0: more are
 * needed. */
static size_t escape_sequence(const char *s, size_t len, key_fn *fn, void *ctx)
{
	size_t n;

	if (len < 2)
		return 0;
	if (s[1] == '[') {
		if (len > 2 && s[2] == '[')
			return console_key(s, len, fn, ctx);
		for (n = 2; n < len; n++) {
			unsigned char c = (unsigned char)s[n];

			if (c >= 0x40 && c <= 0x7e) {
				give_csi(fn, ctx, s + 2, n - 1);
				return n + 1;
			}
			/* $ ends rxvt's shifted keys, and stands inside of a DECRPM. */
			if (c == '$' && s[2] != '?') {
				give_csi(fn, ctx, s + 2, n - 1);
				return n + 1;
			}
			if (c < 0x20 || c > 0x7e || n > SEQUENCE_MAX)
				return n;	/* noise: dropped */
		}
		return 0;
	}
	if (s[1] == 'O') {
		enum key_code code;
		unsigned mods = 0;

		n = 2;
		if (len > n && isdigit((unsigned char)s[n]))
			mods = mods_of(s[n++] - '0');
		if (len <= n)
			return 0;
		code = letter_code(s[n]);
		if (code != KEY_CODES)
			give(fn, ctx, code, mods);
		return n + 1;
	}
	/* Operating system answers: ESC ] ... BEL or ESC \. */
	if (s[1] == ']' || s[1] == 'P') {
		for (n = 2; n < len; n++)
			if (s[n] == '\a' || (s[n] == '\\' && s[n - 1] == '\033'))
				return n + 1;
		return n > 4096 ? n : 0;
	}
	if (s[1] == 0x1b) {
		give(fn, ctx, KEY_ESCAPE, 0);
		return 1;
	}
	if ((unsigned char)s[1] < 0x80) {
		give_byte(fn, ctx, (unsigned char)s[1], KEY_ALT);
		return 2;
	}
	give(fn, ctx, KEY_ESCAPE, 0);
	return 1;
}

static size_t take_one(struct keys *p, const char *s, size_t len, key_fn *fn, void *ctx)
{
	unsigned cp;
	size_t n;

	if (s[0] == 0x1b) {
		size_t m = len < sizeof(paste_start) - 1 ? len : sizeof(paste_start) - 1;

		if (memcmp(s, paste_start, m) == 0 && m > 2) {
			if (m < sizeof(paste_start) - 1)
				return 0;
			p->pasting = true;
			return m;
		}
		return escape_sequence(s, len, fn, ctx);
	}
	if ((unsigned char)s[0] < 0x80) {
		give_byte(fn, ctx, (unsigned char)s[0], 0);
		return 1;
	}
	n = utf8_decode(s, len, &cp);
	if (n) {
		give_text(fn, ctx, KEY_CHAR, 0, s, n);
		return n;
	}
	return utf8_partial_tail(s, len) == len ? 0 : 1;	/* no UTF-8: dropped */
}

/* What was pasted up to its end mark; 0: more is needed. */
static size_t take_paste(struct keys *p, const char *s, size_t len, key_fn *fn, void *ctx)
{
	const char *end = memmem(s, len, paste_end, sizeof(paste_end) - 1);
	size_t n = end ? (size_t)(end - s) : len;

	if (!end)	/* a part of the mark may stand at the end */
		n -= n < sizeof(paste_end) - 2 ? n : sizeof(paste_end) - 2;
	if (p->paste.len + n <= KEYS_PASTE_MAX)
		str_add(&p->paste, s, n);
	if (!end)
		return n;
	p->pasting = false;
	give_text(fn, ctx, KEY_PASTE, 0, str_cstr(&p->paste), p->paste.len);
	str_clear(&p->paste);
	return n + sizeof(paste_end) - 1;
}

void keys_feed(struct keys *p, const char *bytes, size_t len, key_fn *fn, void *ctx)
{
	size_t done = 0;

	str_add(&p->pending, bytes, len);
	while (done < p->pending.len) {
		const char *s = p->pending.data + done;
		size_t left = p->pending.len - done;
		size_t n = p->pasting ? take_paste(p, s, left, fn, ctx) : take_one(p, s, left, fn, ctx);

		if (n == 0)
			break;
		done += n;
	}
	if (done)
		str_remove(&p->pending, 0, done);
}

bool keys_pending(const struct keys *p)
{
	return p->pending.len > 0 && !p->pasting;
}

void keys_flush(struct keys *p, key_fn *fn, void *ctx)
{
	if (!keys_pending(p))
		return;
	/* A lone ESC is the key; the start of a sequence that never ended is
	 * ESC and what followed, typed by hand and slowly, or noise. */
	if (p->pending.data[0] == 0x1b && p->pending.len == 1)
		give(fn, ctx, KEY_ESCAPE, 0);
	else if (p->pending.data[0] == 0x1b && p->pending.len == 2)
		give_byte(fn, ctx, (unsigned char)p->pending.data[1], KEY_ALT);
	str_clear(&p->pending);
}

void keys_fini(struct keys *p)
{
	str_free(&p->pending);
	str_free(&p->paste);
	p->pasting = false;
}

/* Names -------------------------------------------------------------------- */

static const char *const names[KEY_CODES] = {
	[KEY_ENTER] = "Enter", [KEY_TAB] = "Tab", [KEY_BACKSPACE] = "Backspace", [KEY_ESCAPE] = "Esc",
	[KEY_UP] = "Up", [KEY_DOWN] = "Down", [KEY_LEFT] = "Left", [KEY_RIGHT] = "Right", [KEY_HOME] = "Home",
	[KEY_END] = "End", [KEY_PAGE_UP] = "PageUp", [KEY_PAGE_DOWN] = "PageDown", [KEY_INSERT] = "Insert",
	[KEY_DELETE] = "Delete", [KEY_F1] = "F1", [KEY_F2] = "F2", [KEY_F3] = "F3", [KEY_F4] = "F4",
	[KEY_F5] = "F5", [KEY_F6] = "F6", [KEY_F7] = "F7", [KEY_F8] = "F8", [KEY_F9] = "F9", [KEY_F10] = "F10",
	[KEY_F11] = "F11", [KEY_F12] = "F12", [KEY_MOUSE_DOWN] = "Click", [KEY_MOUSE_UP] = "Release",
	[KEY_MOUSE_DRAG] = "Drag", [KEY_WHEEL_UP] = "WheelUp", [KEY_WHEEL_DOWN] = "WheelDown", [KEY_PASTE] = "Paste",
};

void key_name(const struct key *k, struct str *out)
{
	str_addf(out, "%s%s%s", k->mods & KEY_CTRL ? "Ctrl-" : "", k->mods & KEY_ALT ? "Alt-" : "",
		 k->mods & KEY_SHIFT ? "Shift-" : "");
	if (k->code != KEY_CHAR)
		str_adds(out, k->code < KEY_CODES && names[k->code] ? names[k->code] : "?");
	else if (k->len == 1 && k->text[0] == ' ')
		str_adds(out, "Space");
	else if (k->mods & KEY_CTRL && k->len == 1)
		str_addc(out, (char)toupper((unsigned char)k->text[0]));
	else
		str_add(out, k->text, k->len);
}

bool key_parse(const char *name, struct key *k, char text[8])
{
	static const struct { const char *prefix; unsigned mod; } mods[] = {
		{ "Ctrl-", KEY_CTRL }, { "Alt-", KEY_ALT }, { "Shift-", KEY_SHIFT },
	};
	unsigned cp;
	size_t len;

	memset(k, 0, sizeof(*k));
	k->text = text;
	for (size_t i = 0; i < 3; i++) {
		if (strncasecmp(name, mods[i].prefix, strlen(mods[i].prefix)) == 0 &&
		    name[strlen(mods[i].prefix)]) {
			k->mods |= mods[i].mod;
			name += strlen(mods[i].prefix);
		}
	}
	for (int c = KEY_ENTER; c < KEY_CODES; c++) {
		if (names[c] && strcasecmp(names[c], name) == 0) {
			k->code = (enum key_code)c;
			return true;
		}
	}
	if (strcasecmp(name, "Space") == 0)
		name = " ";
	len = strlen(name);
	if (len == 0 || len > 4 || utf8_decode(name, len, &cp) != len)
		return false;
	memcpy(text, name, len + 1);
	if (k->mods & KEY_CTRL)
		text[0] = (char)tolower((unsigned char)text[0]);
	k->code = KEY_CHAR;
	k->len = len;
	return true;
}
