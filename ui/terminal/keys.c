/* Turns bytes into keys by taking one sequence at a time off the front.
 *
 *   ESC [ ... final	CSI: keys with modifiers, mouse reports, replies
 *   ESC O letter	SS3: keys of the keypad and F1 to F4
 *   ESC P, ], _, ^, X	a string up to BEL or ESC \: a reply, dropped
 *   ESC key		Alt and that key
 *   0x80 to 0x9f	one of the above in a single byte, from 8-bit terminals
 *   ESC [ 2 0 0 ~	a paste up to ESC [ 2 0 1 ~, kept verbatim
 *
 * Each function returns how many bytes it used, or 0 if it needs more. Two ambiguities
 * are resolved by time, which the caller measures: a lone ESC is the key if nothing
 * follows within KEYS_ESCAPE_MS, and a sequence still incomplete after KEYS_REPORT_MS
 * is noise.
 */
#include "config.h"

#include "ui/terminal/keys.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/utf8.h"
#include "ui/terminal/mouse_report.h"

/* Known sequences have at most some dozen bytes; anything longer than this is noise. */
#define SEQUENCE_MAX 4096

static const char paste_start[] = "\033[200~", paste_end[] = "\033[201~";

static void give(key_fn *fn, void *ctx, enum key_code code, unsigned mods)
{
	struct key k = { .code = code, .mods = mods, .text = "" };

	fn(ctx, &k);
}

static void give_text(key_fn *fn, void *ctx, enum key_code code, unsigned mods, const char *text,
		      size_t len)
{
	struct key k = { .code = code, .mods = mods, .text = text, .len = len };

	fn(ctx, &k);
}

/* Reports one control byte or ASCII character; mods come from an ESC before it. */
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

struct numbered {
	int n;
	enum key_code code;
};

static enum key_code find_code(const struct numbered *all, size_t n, int wanted)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].n == wanted)
			return all[i].code;
	return KEY_CODES;
}

/* Key of a CSI or SS3 sequence without a number, by its final byte. */
static enum key_code letter_code(char c)
{
	static const struct numbered
		all
			[] = {
				{ 'A', KEY_UP },   { 'B', KEY_DOWN },  { 'C', KEY_RIGHT },
				{ 'D', KEY_LEFT }, { 'H', KEY_HOME },  { 'F', KEY_END },
				{ 'P', KEY_F1 },   { 'Q', KEY_F2 },    { 'R', KEY_F3 },
				{ 'S', KEY_F4 },   { 'M', KEY_ENTER }, /* of the keypad, as SS3 */
			};

	return find_code(all, sizeof(all) / sizeof(*all), c);
}

/* CSI number ~ */
static enum key_code tilde_code(int n)
{
	static const struct numbered all[] = {
		{ 1, KEY_HOME },    { 2, KEY_INSERT },	  { 3, KEY_DELETE }, { 4, KEY_END },
		{ 5, KEY_PAGE_UP }, { 6, KEY_PAGE_DOWN }, { 7, KEY_HOME },   { 8, KEY_END },
		{ 11, KEY_F1 },	    { 12, KEY_F2 },	  { 13, KEY_F3 },    { 14, KEY_F4 },
		{ 15, KEY_F5 },	    { 17, KEY_F6 },	  { 18, KEY_F7 },    { 19, KEY_F8 },
		{ 20, KEY_F9 },	    { 21, KEY_F10 },	  { 23, KEY_F11 },   { 24, KEY_F12 },
	};

	return find_code(all, sizeof(all) / sizeof(*all), n);
}

/* mods are 1 + bits: shift, alt, ctrl; then super, hyper and meta, mapped to Alt so
 * that they do not look like the bare key; then the locks, which are ignored. */
static unsigned mods_of(int n)
{
	unsigned bits = n > 1 ? (unsigned)(n - 1) : 0;

	return (bits & 1 ? KEY_SHIFT : 0) | (bits & (2 | 8 | 16 | 32) ? KEY_ALT : 0) |
	       (bits & 4 ? KEY_CTRL : 0);
}

/* Keys as numbers --------------------------------------------------------------- */

#define PARAMS 6
#define SUB    3

/* CSI n:n:n ; n ... as numbers; 0 if missing. */
struct params {
	int n[PARAMS][SUB];
	int count;
};

static void read_params(const char *s, size_t len, struct params *p)
{
	int i = 0, sub = 0;

	memset(p, 0, sizeof(*p));
	for (size_t k = 0; k < len; k++) {
		if (isdigit((unsigned char)s[k]) && i < PARAMS && sub < SUB &&
		    p->n[i][sub] < 10000000) {
			p->n[i][sub] = p->n[i][sub] * 10 + (s[k] - '0');
		} else if (s[k] == ';') {
			i++;
			sub = 0;
		} else if (s[k] == ':') {
			sub++;
		}
	}
	p->count = len ? i + 1 : 0;
}

/* Keypad keys in kitty's numbering, from 57399. */
static enum key_code keypad_code(int n, char *letter)
{
	static const char letters[] = "0123456789./*-+";
	static const enum key_code codes[] = {
		KEY_ENTER,   KEY_CHAR,	    KEY_CHAR, KEY_LEFT, KEY_RIGHT,  KEY_UP,	KEY_DOWN,
		KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_HOME, KEY_END,	KEY_INSERT, KEY_DELETE,
	};

	if (n >= 57399 && n < 57399 + 15) {
		*letter = letters[n - 57399];
		return KEY_CHAR;
	}
	if (n < 57414 || n >= 57414 + (int)(sizeof(codes) / sizeof(*codes)))
		return KEY_CODES;
	if (codes[n - 57414] == KEY_CHAR)
		*letter = n == 57415 ? '=' : ',';
	return codes[n - 57414];
}

/* The code of a key that is no character. Of one on the keypad that is, *letter. */
static enum key_code code_of(int cp, char *letter)
{
	switch (cp) {
	case 13:
		return KEY_ENTER;
	case 9:
		return KEY_TAB;
	case 27:
		return KEY_ESCAPE;
	case 127:
	case 8:
		return KEY_BACKSPACE;
	default:
		return keypad_code(cp, letter);
	}
}

/* False for controls, surrogates, and the private-use code points of keys without a use here:
 * locks, media, modifiers. */
static bool is_typed(int cp)
{
	return cp >= 0x20 && !(cp >= 0x7f && cp < 0xa0) && !(cp >= 0xd800 && cp < 0xf900) &&
	       cp <= 0x10ffff;
}

/* Reports a key given by its code point. shifted: its code point with Shift; typed:
 * the text it produces; 0 if not known. */
static void give_number(key_fn *fn, void *ctx, int cp, int shifted, int typed, unsigned mods)
{
	char text[8], letter = 0;
	enum key_code code = code_of(cp, &letter);

	if (letter)
		cp = (unsigned char)letter;
	else if (code != KEY_CODES)
		cp = 0;
	if (cp == 0) {
		if (code != KEY_CODES) /* it names no key at all: ESC [ 27 ; 5 ; ~ */
			give(fn, ctx, code, mods);
		return;
	}
	if (!(mods & (KEY_CTRL | KEY_ALT)) && (typed || mods & KEY_SHIFT)) {
		cp = typed ? typed : shifted ? shifted : cp < 128 ? toupper(cp) : cp;
		mods &= ~(unsigned)KEY_SHIFT;
	} else if (mods & KEY_CTRL && cp < 128) {
		cp = tolower(cp);
	}
	if (is_typed(cp))
		give_text(fn, ctx, KEY_CHAR, mods, text, utf8_encode((unsigned)cp, text));
}

/* CSI cp:shifted:base ; mods:event ; typed u */
static void give_csi_u(key_fn *fn, void *ctx, const struct params *p)
{
	if (p->n[1][1] != 3) /* 3: key release */
		give_number(fn, ctx, p->n[0][0], p->n[0][1], p->n[2][0], mods_of(p->n[1][0]));
}

/* Key of a final byte in CSI or CSI 1 ; mods. With other parameters the same byte
 * reports a position, a size or a state. CSI 1 ; 5 R is ambiguous and taken as a
 * report. */
static enum key_code csi_letter(const struct params *p, char final)
{
	if (final == 'M' || p->count > 2 || p->n[0][0] > 1 || (final == 'R' && p->count))
		return KEY_CODES;
	return letter_code(final);
}

/* A key by its final byte or its number. In rxvt $ is Shift, ^ is Ctrl, @ is both. */
static void give_named(key_fn *fn, void *ctx, const struct params *p, char final)
{
	enum key_code code = strchr("~$^@", final) ? tilde_code(p->n[0][0]) : csi_letter(p, final);
	unsigned mods = final == '$'   ? KEY_SHIFT
			: final == '^' ? KEY_CTRL
			: final == '@' ? KEY_SHIFT | KEY_CTRL
				       : mods_of(p->n[1][0]);

	if (code != KEY_CODES && p->n[1][1] != 3)
		give(fn, ctx, code, mods);
}

/* Handles a complete CSI sequence; s holds the bytes after "ESC [". */
static void give_csi(key_fn *fn, void *ctx, const char *s, size_t len)
{
	char final = s[len - 1];
	bool focus = len == 1 && (final == 'I' || final == 'O');
	struct params p;

	read_params(s, len - 1, &p);
	if (s[0] == '<' && (final == 'M' || final == 'm')) {
		if (p.count == 3)
			mouse_report(fn, ctx, p.n[0][0], p.n[1][0], p.n[2][0], final == 'm');
	} else if ((s[0] >= '<' && s[0] <= '?') || focus) {
		give_text(fn, ctx, KEY_REPLY, 0, s, len);
	} else if (final == 'M' && p.count == 3) {
		mouse_report_old(fn, ctx, p.n[0][0] - 32, p.n[1][0], p.n[2][0]);
	} else if (final == 'u') {
		give_csi_u(fn, ctx, &p);
	} else if (final == 'Z' && p.count <= 2) {
		give(fn, ctx, KEY_TAB, KEY_SHIFT);
	} else if (final == '~' && p.n[0][0] == 27 && p.count == 3) { /* modifyOtherKeys */
		give_number(fn, ctx, p.n[2][0], 0, 0, mods_of(p.n[1][0]));
	} else if (final == '~' && p.n[0][0] == 201) {
		give(fn, ctx, KEY_PASTE_END, 0);
	} else {
		give_named(fn, ctx, &p, final);
	}
}

/* Function keys of the Linux console: ESC [ [ A to E. */
static size_t console_key(const char *s, size_t len, key_fn *fn, void *ctx)
{
	if (len < 4)
		return 0;
	if (s[3] == 0x1b)
		return 3;
	if (s[3] >= 'A' && s[3] <= 'E')
		give(fn, ctx, (enum key_code)(KEY_F1 + (s[3] - 'A')), 0);
	return 4;
}

/* True if s[n] is the $ that ends a shifted key of rxvt: only digits come before it.
 * Elsewhere $ is an intermediate byte. */
static bool ends_with_dollar(const char *s, size_t n)
{
	size_t k = 2;

	while (k < n && isdigit((unsigned char)s[k]))
		k++;
	return s[n] == '$' && n > 2 && k == n;
}

/* Bytes used by a sequence that starts with ESC [; 0: more are needed. */
static size_t control_sequence(const char *s, size_t len, key_fn *fn, void *ctx)
{
	if (len > 2 && s[2] == '[')
		return console_key(s, len, fn, ctx);
	if (len > 2 && s[2] == 'M')
		return mouse_report_x10(s, len, fn, ctx);
	for (size_t n = 2; n < len; n++) {
		unsigned char c = (unsigned char)s[n];

		if ((c >= 0x40 && c <= 0x7e) || ends_with_dollar(s, n)) {
			give_csi(fn, ctx, s + 2, n - 1);
			return n + 1;
		}
		if (c < 0x20 || c > 0x7e || n > SEQUENCE_MAX)
			return n; /* noise */
	}
	return 0;
}

static size_t single_shift(const char *s, size_t len, key_fn *fn, void *ctx)
{
	enum key_code code;
	unsigned mods = 0;
	size_t n = 2;

	if (len > n && isdigit((unsigned char)s[n]))
		mods = mods_of(s[n++] - '0');
	if (len <= n)
		return 0;
	if (s[n] == 0x1b)
		return n;
	code = letter_code(s[n]);
	if (code != KEY_CODES)
		give(fn, ctx, code, mods);
	return n + 1;
}

/* DCS, SOS, OSC, PM or APC: a string follows. */
static bool opens_string(char c)
{
	return c && strchr("PX]^_", c);
}

static size_t escape_sequence(struct keys *p, const char *s, size_t len, key_fn *fn, void *ctx)
{
	if (len < 2)
		return 0;
	if (s[1] == '[')
		return control_sequence(s, len, fn, ctx);
	if (s[1] == 'O')
		return single_shift(s, len, fn, ctx);
	if (opens_string(s[1])) {
		if (len == 2) /* Alt and this key, unless more comes at once */
			return 0;
		p->in_string = true;
		return 2;
	}
	if (s[1] == 0x1b || (unsigned char)s[1] >= 0x80) {
		give(fn, ctx, KEY_ESCAPE, 0);
		return 1;
	}
	give_byte(fn, ctx, (unsigned char)s[1], KEY_ALT);
	return 2;
}

/* Drops a string reply. It ends with BEL or ESC \, or early at CAN, SUB or another
 * sequence. */
static size_t drop_string(struct keys *p, const char *s, size_t len)
{
	for (size_t n = 0; n < len; n++) {
		if (s[n] == '\a' || s[n] == 0x18 || s[n] == 0x1a) {
			p->in_string = false;
			return n + 1;
		}
		if (s[n] == 0x1b && n + 1 == len)
			return n;
		if (s[n] == 0x1b) {
			p->in_string = false;
			return s[n + 1] == '\\' ? n + 2 : n;
		}
	}
	return len;
}

/* The ASCII character c that makes ESC c equal to a C1 control byte; 0: not one.
 * Terminals in 8-bit mode begin sequences with one byte. */
static char seven_bits(const char *s, size_t len)
{
	unsigned char c = (unsigned char)s[0];

	if (c < 0x80 || c > 0x9f || len < 2 || s[1] < 0x20 || s[1] > 0x7e)
		return 0;
	return c == 0x9b || c == 0x8f || opens_string((char)(c - 0x40)) ? (char)(c - 0x40) : 0;
}

static size_t take_character(const char *s, size_t len, key_fn *fn, void *ctx)
{
	unsigned cp;
	size_t n = utf8_decode(s, len, &cp);

	if (n) {
		if (cp >= 0xa0) /* control characters are not text */
			give_text(fn, ctx, KEY_CHAR, 0, s, n);
		return n;
	}
	/* Not UTF-8: drop it, but a byte that may open a sequence waits for the next
	 * one. */
	if (len == 1 && ((unsigned char)s[0] & 0xe0) == 0x80)
		return 0;
	return utf8_partial_tail(s, len) == len ? 0 : 1;
}

static size_t take_one(struct keys *p, const char *s, size_t len, key_fn *fn, void *ctx)
{
	if (s[0] == 0x1b) {
		size_t m = len < sizeof(paste_start) - 1 ? len : sizeof(paste_start) - 1;

		if (memcmp(s, paste_start, m) == 0 && m > 2) {
			if (m < sizeof(paste_start) - 1)
				return 0;
			p->pasting = true;
			p->too_long = false;
			return m;
		}
		return escape_sequence(p, s, len, fn, ctx);
	}
	if ((unsigned char)s[0] < 0x80) {
		give_byte(fn, ctx, (unsigned char)s[0], 0);
		return 1;
	}
	return take_character(s, len, fn, ctx);
}

static void keep_pasted(struct keys *p, const char *s, size_t n)
{
	if (p->too_long || p->paste.len + n > KEYS_PASTE_MAX) {
		p->too_long = true;
		str_free(&p->paste);
	} else {
		str_add(&p->paste, s, n);
	}
}

static void give_paste(struct keys *p, key_fn *fn, void *ctx)
{
	struct key k = { .code = KEY_PASTE,
			 .too_long = p->too_long,
			 .text = str_cstr(&p->paste),
			 .len = p->paste.len };

	p->pasting = false;
	fn(ctx, &k);
	str_free(&p->paste);
}

/* Takes pasted bytes up to the end mark; 0: more are needed. */
static size_t take_paste(struct keys *p, const char *s, size_t len, key_fn *fn, void *ctx)
{
	const char *end = memmem(s, len, paste_end, sizeof(paste_end) - 1);
	size_t n = end ? (size_t)(end - s) : len;

	if (!end) /* a part of the mark may be at the end */
		n -= n < sizeof(paste_end) - 2 ? n : sizeof(paste_end) - 2;
	keep_pasted(p, s, n);
	if (!end)
		return n;
	give_paste(p, fn, ctx);
	return n + sizeof(paste_end) - 1;
}

static size_t take(struct keys *p, size_t at, key_fn *fn, void *ctx)
{
	const char *s = p->pending.data + at;
	size_t len = p->pending.len - at;
	char letter;

	if (p->pasting)
		return take_paste(p, s, len, fn, ctx);
	if (p->in_string) {
		size_t n = drop_string(p, s, len);

		if (n || p->in_string)
			return n;
	}
	letter = seven_bits(s, len);
	if (letter) {
		str_addc(&p->pending, 0);
		memmove(p->pending.data + at + 2, p->pending.data + at + 1, len - 1);
		p->pending.data[at] = 0x1b;
		p->pending.data[at + 1] = letter;
		s = p->pending.data + at;
		len++;
	}
	return take_one(p, s, len, fn, ctx);
}

/* ESC [ and ESC O could also be Alt and a key, but cursor keys begin like that, on a slow
 * line with the last byte late; typed into a text, it would be a letter that nobody typed. */
static bool in_report(const struct keys *p)
{
	const char *s = p->pending.data;

	return p->in_string || (p->pending.len > 1 && s[0] == 0x1b &&
				(p->pending.len > 2 || s[1] == '[' || s[1] == 'O'));
}

/* How long to wait for the rest of what is pending. */
static unsigned wait_ms(const struct keys *p)
{
	if (p->pasting)
		return KEYS_PASTE_MS;
	if (p->pending.len == 0 && !p->in_string)
		return 0;
	if (in_report(p))
		return p->escape_ms > KEYS_REPORT_MS ? p->escape_ms : KEYS_REPORT_MS;
	return p->escape_ms ? p->escape_ms : KEYS_ESCAPE_MS;
}

bool keys_feed(struct keys *p, const char *bytes, size_t len, key_fn *fn, void *ctx)
{
	size_t done = 0;
	bool completed = false;

	str_add(&p->pending, bytes, len);
	while (done < p->pending.len) {
		bool within = p->in_string || p->pasting;
		size_t n = take(p, done, fn, ctx);

		if (n == 0)
			break;
		completed = completed || !within || !(p->in_string || p->pasting);
		done += n;
	}
	if (done == p->pending.len)
		str_clear(&p->pending);
	else
		str_remove(&p->pending, 0, done);
	p->wait_ms = wait_ms(p);
	return completed;
}

bool keys_goes_on(const struct keys *p, char c)
{
	bool lone =
		!p->pasting && !p->in_string && p->pending.len == 1 && p->pending.data[0] == 0x1b;

	return !lone || c == '[' || c == 'O' || opens_string(c);
}

void keys_end_paste(struct keys *p, key_fn *fn, void *ctx)
{
	size_t n = sizeof(paste_end) - 1;

	if (!p->pasting)
		return;
	/* A part of the end mark may have come. */
	while (n > 0 && (n > p->pending.len ||
			 memcmp(p->pending.data + p->pending.len - n, paste_end, n) != 0))
		n--;
	keep_pasted(p, str_cstr(&p->pending), p->pending.len - n);
	str_clear(&p->pending);
	p->wait_ms = 0;
	give_paste(p, fn, ctx);
}

void keys_flush(struct keys *p, key_fn *fn, void *ctx)
{
	if (!p->wait_ms)
		return;
	p->wait_ms = 0;
	if (p->pasting) {
		keys_end_paste(p, fn, ctx);
		return;
	}
	/* A lone ESC is the key; ESC and one more byte is Alt and that key; an
	 * incomplete sequence is noise. */
	if (p->in_string)
		p->in_string = false;
	else if (p->pending.data[0] == 0x1b && p->pending.len == 1)
		give(fn, ctx, KEY_ESCAPE, 0);
	else if (p->pending.data[0] == 0x1b && p->pending.len == 2)
		give_byte(fn, ctx, (unsigned char)p->pending.data[1], KEY_ALT);
	str_clear(&p->pending);
}

void keys_fini(struct keys *p)
{
	str_free(&p->pending);
	str_free(&p->paste);
	p->pasting = p->in_string = p->too_long = false;
}

unsigned keys_escdelay(const char *value)
{
	char *end;
	unsigned long ms =
		value && value[0] >= '0' && value[0] <= '9' ? strtoul(value, &end, 10) : 0;

	return ms && !*end && ms <= KEYS_ESCAPE_MAX_MS ? (unsigned)ms : 0;
}

/* Names -------------------------------------------------------------------- */
