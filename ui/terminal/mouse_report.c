/* The four historical forms of mouse reports:
 *
 *   SGR     CSI < button ; column ; row M, or m on release
 *   urxvt   CSI 32+button ; column ; row M
 *   X10     CSI M, then 32+button, 32+column, 32+row as bytes
 *   UTF-8   the same as characters
 *
 * Columns and rows count from 1. In the last three, 3 in the low bits of the button
 * means release.
 */
#include "config.h"

#include "ui/terminal/mouse_report.h"

void mouse_report(key_fn *fn, void *ctx, int button, int col, int row, bool up)
{
	struct key k = { .text = "", .button = button & 3, .col = col - 1, .row = row - 1 };

	k.mods = (button & 4 ? KEY_SHIFT : 0) | (button & 8 ? KEY_ALT : 0) |
		 (button & 16 ? KEY_CTRL : 0);
	if (k.col < 0 || k.row < 0 || button & 128) /* 128: extra buttons such as back */
		return;
	if (button & 64) {
		k.code = button & 1 ? KEY_WHEEL_DOWN : KEY_WHEEL_UP;
		if (button & 2) /* a wheel's tilt */
			return;
	} else if (up) {
		k.code = KEY_MOUSE_UP;
	} else if (button & 32) {
		k.code = k.button == 3 ? KEY_MOUSE_MOVE : KEY_MOUSE_DRAG;
	} else {
		k.code = KEY_MOUSE_DOWN;
	}
	fn(ctx, &k);
}

void mouse_report_old(key_fn *fn, void *ctx, int button, int col, int row)
{
	bool up = (button & (3 | 32 | 64)) == 3;

	if (button >= 0)
		mouse_report(fn, ctx, up ? button & ~3 : button, col, row, up);
}

/* Reads one of the three numbers after CSI M; returns bytes used, 0: more are
 * needed. Two bytes that form a character are one number: taken as two they would be
 * a column from 162 on and a row from 96 on, which only a terminal without SGR would
 * send. */
static size_t old_number(const char *s, size_t len, int *out)
{
	unsigned char a = len > 0 ? (unsigned char)s[0] : 0, b = len > 1 ? (unsigned char)s[1] : 0;

	*out = a - 32;
	if (len == 0 || (a >= 0xc2 && a <= 0xdf && len == 1))
		return 0;
	if (a < 0xc2 || a > 0xdf || (b & 0xc0) != 0x80)
		return 1;
	*out = ((a & 0x1f) << 6 | (b & 0x3f)) - 32;
	return 2;
}

size_t mouse_report_x10(const char *s, size_t len, key_fn *fn, void *ctx)
{
	int n[3];
	size_t at = 3;

	for (int i = 0; i < 3; i++) {
		size_t used;

		if (at < len && s[at] == 0x1b)
			return at;
		used = old_number(s + at, len - at, &n[i]);
		if (used == 0)
			return 0;
		at += used;
	}
	mouse_report_old(fn, ctx, n[0], n[1], n[2]);
	return at;
}
