#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "ui/terminal/keymap.h"
#include "ui/terminal/keys.h"

static void write_key(void *ctx, const struct key *k)
{
	struct str *out = ctx;

	if (out->len)
		str_addc(out, ' ');
	key_name(k, out);
	if (k->code == KEY_PASTE || k->code == KEY_REPLY)
		str_addf(out, "(%.*s)", (int)k->len, k->text);
	if (k->code >= KEY_MOUSE_DOWN && k->code <= KEY_WHEEL_DOWN)
		str_addf(out, "%d@%d,%d", k->button, k->row, k->col);
}

/* The keys for these bytes, fed in slices of that size. */
static void keys_of(const char *bytes, size_t len, size_t slice, struct str *out)
{
	struct keys p = { 0 };

	str_clear(out);
	for (size_t i = 0; i < len; i += slice)
		keys_feed(&p, bytes + i, len - i < slice ? len - i : slice, write_key, out);
	keys_flush(&p, write_key, out);
	keys_fini(&p);
}

static void expect_keys(const char *bytes, const char *want)
{
	struct str got = STR_INIT;

	for (size_t slice = 1; slice <= strlen(bytes); slice++) {
		keys_of(bytes, strlen(bytes), slice, &got);
		assert_string_equal(str_cstr(&got), want);
	}
	str_free(&got);
}

CASE(letters_and_controls)
{
	expect_keys("aB \r\t\x7f", "a B Space Enter Tab Backspace");
	expect_keys("\x01\x13\x1a\x1d\x1f", "Ctrl-A Ctrl-S Ctrl-Z Ctrl-] Ctrl-_");
	expect_keys("\x08", "Backspace");
	expect_keys("\033", "Esc");
	expect_keys("\033x", "Alt-x");
	expect_keys("\xc3\xb6\xe6\xbc\xa2\xf0\x9f\x98\x80",
		    "\xc3\xb6 \xe6\xbc\xa2 \xf0\x9f\x98\x80");
}

CASE(every_terminals_arrows_and_function_keys)
{
	expect_keys("\033[A\033OB\033[1;2C\033[1;5D\033[H\033[4~\033[7~",
		    "Up Down Shift-Right Ctrl-Left Home End Home");
	expect_keys("\033OP\033[11~\033[[A\033[15~\033[17~\033[24~", "F1 F1 F1 F5 F6 F12");
	expect_keys("\033[5;5~\033[6;2~\033[3~\033[2~\033[Z",
		    "Ctrl-PageUp Shift-PageDown Delete Insert Shift-Tab");
	expect_keys("\033[7$\033[8^", "Shift-Home Ctrl-End");
	expect_keys("\033OM", "Enter");
}

CASE(the_mouse)
{
	expect_keys("\033[<0;10;5M\033[<32;11;5M\033[<0;11;5m",
		    "Click0@4,9 Drag0@4,10 Release0@4,10");
	expect_keys("\033[<64;1;1M\033[<65;1;1M\033[<2;3;4M",
		    "WheelUp0@0,0 WheelDown1@0,0 Click2@3,2");
	expect_keys("\033[<35;10;5M\033[<32;11;5M", "Move3@4,9 Drag0@4,10");
	expect_keys("\033[<0;0;0M", "");
}

CASE(the_mouse_of_terminals_without_sgr)
{
	/* X10: the wheel, a click, let go; a byte above 127; too far out to say. */
	expect_keys("\033[M`A%", "WheelUp0@4,32");
	expect_keys("\033[M !!\033[M#!!x", "Click0@0,0 Release0@0,0 x");
	expect_keys("\033[M \x9f\x82y", "Click0@97,126 y");
	/* UTF-8: column 200 is one character. */
	expect_keys("\033[M \xc3\xa8%y", "Click0@4,199 y");
	expect_keys("\033[M !\xc3\xa8y", "Click0@199,0 y");
	/* urxvt */
	expect_keys("\033[32;10;5M\033[35;10;5M\033[96;1;1My",
		    "Click0@4,9 Release0@4,9 WheelUp0@0,0 y");
	/* An unknown report gives nothing, and no letter. */
	expect_keys("\033[M\r\ryx", "x");
	expect_keys("\033[M\033[A", "Up");
	expect_keys("\033[5;5M\033[<1;1M\033[<66;1;1M\033[<128;1;1M", "");
}

CASE(a_mouse_report_that_comes_late_is_no_text)
{
	struct keys p = { 0 };
	struct str out = STR_INIT;

	keys_feed(&p, "\033[M", 3, write_key, &out);
	assert_int_equal(p.wait_ms, KEYS_REPORT_MS);
	keys_feed(&p, "#A", 2, write_key, &out);
	assert_int_equal(p.wait_ms, KEYS_REPORT_MS);
	keys_feed(&p, "A", 1, write_key, &out);
	assert_int_equal(p.wait_ms, 0);
	assert_string_equal(str_cstr(&out), "Release0@32,32");
	keys_fini(&p);
	str_free(&out);
}

CASE(reports_of_the_terminal_are_no_text)
{
	expect_keys("\033[?62;22c\033[>41;354;0c\033[?1u", "?(?62;22c) ?(>41;354;0c) ?(?1u)");
	expect_keys("\033[12;40R\033[1;5R\033[8;24;80t\033[0n", "");
	expect_keys("\033[I\033[O", "?(I) ?(O)"); /* the focus comes and goes */
	expect_keys("\033[4;1$yx", "x");	  /* DECRPM of an ANSI mode */
	expect_keys("\033]11;rgb:0000/0000/0000\033\\x", "x");
	expect_keys("\033]52;c;eQ==\ax", "x");
	expect_keys("\033P1$r0 q\033\\\033P>|name(1)\033\\x", "x");
	expect_keys("\033_Gi=1;OK\033\\\033^y\033\\\033Xy\033\\x", "x");
	expect_keys("\033]11;y\033[A", "Up"); /* given up at the next sequence */
	expect_keys("\033]11;y\x18x", "x");
	/* Eight bits: CSI, OSC, DCS as one byte; others are no UTF-8. */
	expect_keys("\x9b"
		    "A\x9b"
		    "12;40R\x9d"
		    "11;y\ax\x90"
		    "1$r\033\\z",
		    "Up x z");
	expect_keys("\xc2\x9b"
		    "A",
		    "A"); /* as a character it is not one */
}

CASE(a_report_cut_in_two_is_no_text)
{
	static const char report[] = "\033]11;rgb:yyyy/AAAA/0000\033\\";
	struct str out = STR_INIT;

	for (size_t at = 3; at < sizeof(report) - 1; at++) {
		struct keys p = { 0 };

		keys_feed(&p, report, at, write_key, &out);
		assert_int_equal(p.wait_ms, KEYS_REPORT_MS);
		assert_true(keys_feed(&p, report + at, sizeof(report) - 1 - at, write_key, &out));
		assert_int_equal(out.len, 0);
		assert_int_equal(p.wait_ms, 0);
		keys_fini(&p);
	}
	str_free(&out);
}

/* A report without an end swallows some keys, but not all that follow. */
CASE(a_report_without_end_is_given_up)
{
	struct keys p = { 0 };
	struct str out = STR_INIT;

	keys_feed(&p, "\033]11;rgb", 8, write_key, &out);
	assert_false(keys_feed(&p, "a", 1, write_key, &out)); /* so the caller's wait goes on */
	keys_flush(&p, write_key, &out);
	keys_feed(&p, "b", 1, write_key, &out);
	assert_string_equal(str_cstr(&out), "b");
	str_clear(&out);
	keys_feed(&p, "\033]", 2, write_key, &out);
	assert_int_equal(p.wait_ms, KEYS_ESCAPE_MS);
	keys_flush(&p, write_key, &out);
	assert_string_equal(str_cstr(&out), "Alt-]");
	keys_fini(&p);
	str_free(&out);
}

/* On a line that tears an arrow key apart, ESC may wait as long as ESCDELAY says. */
CASE(escape_waits_as_long_as_was_asked)
{
	struct keys p = { .escape_ms = keys_escdelay("700") };
	struct str out = STR_INIT;

	keys_feed(&p, "\033", 1, write_key, &out);
	assert_int_equal(p.wait_ms, 700);
	keys_feed(&p, "[", 1, write_key, &out);
	assert_int_equal(p.wait_ms, KEYS_REPORT_MS);
	keys_feed(&p, "1;", 2, write_key, &out); /* nobody types that */
	assert_int_equal(p.wait_ms, KEYS_REPORT_MS);
	keys_feed(&p, "5F", 2, write_key, &out);
	assert_string_equal(str_cstr(&out), "Ctrl-End");
	keys_fini(&p);
	str_free(&out);
	for (const char *const *v = (const char *const[]){ "", "0", "-1", "+5", "40ms", " 40",
							   "60001", "99999999999999999999", NULL };
	     *v; v++)
		assert_int_equal(keys_escdelay(*v), 0);
	assert_int_equal(keys_escdelay(NULL), 0);
	assert_int_equal(keys_escdelay("60000"), KEYS_ESCAPE_MAX_MS);
}

/* What was there in time and is read late: see keys_goes_on(). */
CASE(a_late_rest_is_not_a_later_key)
{
	static const struct {
		const char *first;
		char next;
		bool goes_on;
	} all[] = {
		{ "\033", '[', true },	     { "\033", 'O', true },	 { "\033", ']', true },
		{ "\033", 'P', true },	     { "\033", 'x', false },	 { "\033", '\033', false },
		{ "\033", '\r', false },     { "\033[", '?', true },	 { "\033[", 'A', true },
		{ "\033O", 'P', true },	     { "\033[<0;1", '2', true }, { "\033]11;", 'x', true },
		{ "\033[200~a", 'x', true }, { "\xc3", '\xb6', true },
	};
	struct str out = STR_INIT;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		struct keys p = { 0 };

		keys_feed(&p, all[i].first, strlen(all[i].first), write_key, &out);
		assert_true(p.wait_ms > 0);
		assert_int_equal(keys_goes_on(&p, all[i].next), all[i].goes_on);
		keys_fini(&p);
	}
	assert_string_equal(str_cstr(&out), "");
	str_free(&out);
}

CASE(keys_as_numbers)
{
	expect_keys("\033[13;2u\033[13u\033[13;5u\033[27u\033[9;2u\033[127;3u",
		    "Shift-Enter Enter Ctrl-Enter Esc Shift-Tab Alt-Backspace");
	expect_keys("\033[97u\033[97;2u\033[65;2u\033[97:65;2u\033[115;5u\033[32;5u",
		    "a A A A Ctrl-S Ctrl-Space");
	expect_keys("\033[49;2;33u\033[49:33;2u\033[228u", "! ! \xc3\xa4");
	expect_keys("\033[27;5;115~\033[27;2;13~\033[27;3;121~", "Ctrl-S Shift-Enter Alt-y");
	/* Which key it was is missing. */
	expect_keys("\033[27;5;~\033[;5u\033[0u\033[27;2;0~y", "y");
	/* A release; a modifier alone; Super and y; Caps Lock has no effect. */
	expect_keys("\033[121;1:1u\033[121;1:2u\033[121;1:3u\033[13;1:3u\033[57441;2u", "y y");
	expect_keys("\033[121;9u\033[121;65u\033[13;129u", "Alt-y y Enter");
	expect_keys("\033[57414u\033[57404;129u\033[57419u\033[1;1:3A\033[1;5:1A\033[3;1:3~",
		    "Enter 5 Up Ctrl-Up");
	expect_keys("\033[1u\033[55296u\033[9999999u\033[155u\033[u", "");
}

CASE(a_paste_keeps_every_byte)
{
	static const char bytes[] =
		"\033[200~a\033[13;2u\033[27;5;113~\001\003\033[M`AA\033]0;x\a\033[200~\xff\x9b"
		"A\033[201\033[201~x";
	static const char want[] =
		"Paste(a\033[13;2u\033[27;5;113~\001\003\033[M`AA\033]0;x\a\033[200~\xff\x9b"
		"A\033[201) x";

	expect_keys(bytes, want);
	expect_keys("\033[200~a\033[201~b\033[201~", "Paste(a) b ?");
}

CASE(a_paste_without_an_end_is_what_came)
{
	struct keys p = { 0 };
	struct str got = STR_INIT;

	keys_feed(&p, "\033[200~ab\033[", 10, write_key, &got);
	assert_string_equal(str_cstr(&got), "");
	assert_int_equal(p.wait_ms, KEYS_PASTE_MS);
	keys_flush(&p, write_key, &got);
	assert_string_equal(str_cstr(&got), "Paste(ab)"); /* half of an end mark is none of it */
	assert_int_equal(p.wait_ms, 0);
	keys_feed(&p, "c", 1, write_key, &got);
	keys_end_paste(&p, write_key, &got);
	assert_string_equal(str_cstr(&got), "Paste(ab) c");
	keys_fini(&p);
	str_free(&got);
}

static void count_paste(void *ctx, const struct key *k)
{
	size_t *len = ctx;

	assert_int_equal(k->code, KEY_PASTE);
	*len = k->too_long ? 0 : k->len;
}

CASE(a_paste_above_the_limit_is_refused_whole)
{
	static char block[1 << 16];
	size_t got = 1;

	for (unsigned more = 0; more < 2; more++) {
		struct keys p = { 0 };

		memset(block, 'y', sizeof(block));
		keys_feed(&p, "\033[200~", 6, count_paste, &got);
		for (size_t n = 0; n < KEYS_PASTE_MAX; n += sizeof(block))
			keys_feed(&p, block, sizeof(block), count_paste, &got);
		keys_feed(&p, block, more, count_paste, &got);
		keys_feed(&p, "\033[201~", 6, count_paste, &got);
		assert_int_equal(got, more ? 0 : KEYS_PASTE_MAX);
		keys_fini(&p);
	}
}

/* The last byte of an arrow may be late: it is not typed into the text. Alt-[ is one that
 * nothing follows. */
CASE(an_arrow_without_its_last_byte_waits)
{
	static const char *const begin[] = { "\033[", "\033O" };
	struct str out = STR_INIT;

	for (int i = 0; i < 2; i++) {
		struct keys p = { 0 };

		keys_feed(&p, begin[i], 2, write_key, &out);
		assert_int_equal(p.wait_ms, KEYS_REPORT_MS);
		keys_feed(&p, "C", 1, write_key, &out);
		assert_int_equal(p.wait_ms, 0);
		assert_string_equal(str_cstr(&out), "Right");
		str_clear(&out);
		keys_feed(&p, begin[i], 2, write_key, &out);
		keys_flush(&p, write_key, &out);
		assert_string_equal(str_cstr(&out), i ? "Alt-O" : "Alt-[");
		str_clear(&out);
		keys_fini(&p);
	}
	str_free(&out);
}

CASE(pasted_text_is_one_key)
{
	expect_keys("\033[200~y\rn\033[A\033[201~x", "Paste(y\rn\033[A) x");
	expect_keys("\033[?2026;2$y", "?(?2026;2$y)");
}

CASE(a_sequence_cut_in_the_middle_waits)
{
	struct keys p = { 0 };
	struct str out = STR_INIT;

	keys_feed(&p, "\033[1;", 4, write_key, &out);
	assert_int_equal(p.wait_ms, KEYS_REPORT_MS);
	assert_int_equal(out.len, 0);
	keys_feed(&p, "5A", 2, write_key, &out);
	assert_int_equal(p.wait_ms, 0);
	assert_string_equal(str_cstr(&out), "Ctrl-Up");
	str_clear(&out);
	keys_feed(&p, "\033[12", 4, write_key, &out);
	keys_flush(&p, write_key, &out);
	keys_feed(&p, "a", 1, write_key, &out);
	assert_string_equal(str_cstr(&out), "a");
	keys_fini(&p);
	str_free(&out);
}

CASE(noise_is_dropped_and_ends)
{
	struct str got = STR_INIT;
	char all[256 * 3];

	for (int i = 0; i < 256 * 3; i++)
		all[i] = (char)(i % 3 ? i / 3 : 0x1b);
	keys_of(all, sizeof(all), 7, &got);
	keys_of("\xff\xfe\x80z", 4, 1, &got);
	assert_string_equal(str_cstr(&got), "z");
	str_free(&got);
}

CASE(a_name_and_its_key_are_one)
{
	static const char *const names[] = {
		"Ctrl-S", "Ctrl-Alt-Shift-Left", "F12", "x", "\xc3\xb6", "Space", "Ctrl-]", "?"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct str out = STR_INIT;
		struct key k;
		char text[8];

		assert_true(key_parse(names[i], &k, text));
		key_name(&k, &out);
		assert_string_equal(str_cstr(&out), names[i]);
		str_free(&out);
	}
	{
		struct key k;
		char text[8];

		assert_false(key_parse("Ctrl-", &k, text));
		assert_false(key_parse("F13", &k, text));
		assert_false(key_parse("", &k, text));
	}
}

static const char *bound(const struct keymap *m, enum place p, const char *name)
{
	struct key k;
	char text[8];

	assert_true(key_parse(name, &k, text));
	return keymap_find(m, p, &k);
}

CASE(a_place_wins_over_everywhere)
{
	struct keymap *m = keymap_new();
	struct err err;

	assert_string_equal(bound(m, PLACE_EDIT, "F5"), "sim");
	assert_null(bound(m, PLACE_EDIT, "y"));
	assert_string_equal(bound(m, PLACE_REVIEW, "y"), "take");
	assert_true(keymap_bind(m, PLACE_EDIT, "f5", "lint", &err));
	assert_string_equal(bound(m, PLACE_EDIT, "F5"), "lint");
	assert_string_equal(bound(m, PLACE_CHAT, "F5"), "sim");
	/* Hints show what a key does at the moment. */
	assert_string_equal(keymap_key_at(m, PLACE_REVIEW, "refuse"), "n");
	assert_true(keymap_bind(m, PLACE_REVIEW, "n", "take-rest", &err));
	assert_null(keymap_key_at(m, PLACE_REVIEW, "refuse"));
	assert_true(keymap_bind(m, PLACE_REVIEW, "x", "refuse", &err));
	assert_string_equal(keymap_key_at(m, PLACE_REVIEW, "refuse"), "x");
	assert_string_equal(keymap_key_at(m, PLACE_REVIEW, "menu"), "Ctrl-O");
	assert_true(keymap_bind(m, PLACE_REVIEW, "Ctrl-O", "take", &err));
	assert_null(keymap_key_at(m, PLACE_REVIEW, "menu"));
	/* No key trusts a file. */
	assert_false(keymap_bind(m, PLACE_ANY, "Down", "trust", &err));
	assert_false(keymap_bind(m, PLACE_ANY, "Down", "save-all 't\"r\"ust'", &err));
	assert_true(keymap_bind(m, PLACE_ANY, "F9", "note trustworthy", &err));
	assert_true(keymap_bind(m, PLACE_ANY, "F5", "", &err));
	assert_null(bound(m, PLACE_CHAT, "F5"));
	keymap_free(m);
}

CASE(keys_that_terminals_need_cannot_be_bound)
{
	static const char *const names[] = { "Ctrl-I", "ctrl-m", "Ctrl-J",
					     "Ctrl-H", "Ctrl-[", "nokey" };
	struct keymap *m = keymap_new();
	struct err err;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		assert_false(keymap_bind(m, PLACE_ANY, names[i], "sim", &err));
		assert_int_equal(err.code, ERR_USAGE);
	}
	keymap_free(m);
}
