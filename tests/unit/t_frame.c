#include "config.h"

#include "tests/lib/case.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "session/base/str.h"
#include "tests/lib/dice.h"
#include "ui/look/cluster.h"
#include "ui/look/frame.h"
#include "ui/look/layout.h"
#include "ui/look/theme.h"
#include "ui/look/wrap.h"

static void shows(const char *text, size_t len, const char *want, int want_width)
{
	struct frame f;
	struct str out = STR_INIT;

	frame_init(&f);
	frame_reset(&f, 1, 40);
	assert_int_equal(frame_text(&f, 0, 0, 40, STYLE_TEXT, text, len), want_width);
	frame_print(&f, &out);
	str_cut(&out, out.len - 1);
	assert_string_equal(str_cstr(&out), want);
	assert_int_equal(cluster_columns(text, len, 0), want_width);
	str_free(&out);
	frame_fini(&f);
}

CASE(characters_take_their_columns)
{
	shows("abc", 3, "abc", 3);
	shows("h\xc3\xb6", 3, "h\xc3\xb6", 2);
	shows("\xe6\xbc\xa2\xe5\xad\x97", 6, "\xe6\xbc\xa2\xe5\xad\x97", 4);
	shows("e\xcc\x81x", 4, "e\xcc\x81x", 2);
	shows("\xf0\x9f\x98\x80!", 5, "\xf0\x9f\x98\x80!", 3);
}

CASE(control_characters_are_shown_as_escapes)
{
	shows("a\033[2J", 5, "a^[[2J", 6);
	shows("\xff\x00", 2, "\\xff^@", 6);
	shows("\xe2\x80\xae", 3, "<202E>", 6); /* right-to-left override */
	shows("\xe2\x80\x8b", 3, "<200B>", 6); /* zero-width space */
	shows("\xc2\x9b", 2, "<009B>", 6);     /* C1: CSI */
}

CASE(two_hundred_marks_are_four_and_escapes)
{
	struct str s = STR_INIT;
	struct cluster c;

	str_addc(&s, 'e');
	for (int i = 0; i < 200; i++)
		str_adds(&s, "\xcc\x81");
	cluster_next(s.data, s.len, &c);
	assert_int_equal(c.len, 9);
	assert_int_equal(c.width, 1);
	cluster_next(s.data + 9, s.len - 9, &c);
	assert_true(c.escape);
	assert_string_equal(c.text, "<0301>");
	str_free(&s);
}

CASE(a_wide_character_is_never_cut)
{
	struct frame f;
	struct str out = STR_INIT;

	frame_init(&f);
	frame_reset(&f, 1, 5);
	frame_puts(&f, 0, 0, 5, STYLE_TEXT, "ab\xe6\xbc\xa2\xe5\xad\x97");
	frame_print(&f, &out);
	assert_string_equal(str_cstr(&out), "ab\xe6\xbc\xa2\n");
	/* Overwriting one half of it blanks the other half. */
	frame_puts(&f, 0, 3, 5, STYLE_TEXT, "x");
	str_clear(&out);
	frame_print(&f, &out);
	assert_string_equal(str_cstr(&out), "ab x\n");
	str_free(&out);
	frame_fini(&f);
}

CASE(writing_outside_is_clipped)
{
	struct frame f;

	frame_init(&f);
	frame_reset(&f, 2, 3);
	frame_puts(&f, 5, 0, 3, STYLE_TEXT, "no");
	frame_puts(&f, -1, 0, 3, STYLE_TEXT, "no");
	frame_puts(&f, 0, -2, 3, STYLE_TEXT, "12345678");
	frame_fill(&f, (struct rect){ -1, -1, 9, 9 }, STYLE_STATUS);
	frame_embolden(&f, 1, -5, 99);
	frame_cursor(&f, 9, 9);
	assert_int_equal(f.cursor_row, -1);
	frame_fini(&f);
}

/* Compared with a byte-by-byte version, with every byte that ends such a run. */
CASE(bytes_that_are_clusters_are_counted)
{
	static const unsigned char ends[] = {
		0x1f, 0x20, 0x7e, 0x7f, 0x80, 0xcc, 0xff, 0x00, 0x09
	};
	unsigned random = 5;
	char s[40];

	for (int round = 0; round < 20000; round++) {
		size_t len = (random >> 8) % sizeof(s), n = 0;

		for (size_t i = 0; i < len; i++) {
			random = random * 1664525u + 1013904223u;
			s[i] = (char)((random >> 8) % 24 ? 0x20 + (random >> 16) % 0x5f
							 : ends[(random >> 16) % sizeof(ends)]);
		}
		while (n < len && cluster_is_byte(s + n, len - n))
			n++;
		assert_int_equal(cluster_bytes(s, len), n);
		random = random * 1664525u + 1013904223u;
	}
}

CASE(the_cluster_before_is_found_from_any_end)
{
	static const char s[] = "ae\xcc\x81\xe6\xbc\xa2\xff\xf0\x9f\x98\x80";
	size_t starts[8], n = 0;
	struct cluster c;

	for (size_t i = 0; i < sizeof(s) - 1; i += c.len) {
		starts[n++] = i;
		cluster_next(s + i, sizeof(s) - 1 - i, &c);
	}
	for (size_t i = 1; i <= n; i++)
		assert_int_equal(cluster_before(s, i == n ? sizeof(s) - 1 : starts[i]),
				 starts[i - 1]);
}

/* The slow way: the first beginning of a cluster from which the rest fits. */
CASE(the_end_that_fits_is_the_longest)
{
	static const char s[] = "ae\xcc\x81\xe6\xbc\xa2\xff/\xf0\x9f\x98\x80.v";
	const size_t len = sizeof(s) - 1;

	for (int cols = 0; cols < 20; cols++) {
		size_t want = 0;

		while (want < len && cluster_columns(s + want, len - want, 0) > cols) {
			struct cluster c;

			cluster_next(s + want, len - want, &c);
			want += c.len;
		}
		assert_int_equal(cluster_tail(s, len, cols), want);
	}
}

/* Whatever a line consists of, its rows are as wide as they may be and leave nothing out. */
static void rows_fit(void)
{
	static const char *const words[] = { "a",    " ",    "\t",	 "word ", "\xe6\xbc\xa2",
					     "\x01", "\xff", "e\xcc\x81" };

	for (int i = 0; i < 20000; i++) {
		struct str line = STR_INIT;
		int cols = (int)roll(20), tab = roll(2) ? 4 : 0, rows = 0;

		for (unsigned n = roll(30); n > 0; n--)
			str_adds(&line, words[roll(8)]);
		for (size_t from = 0, to; from < line.len; from = to, rows++) {
			size_t blanks;

			to = wrap_row(str_cstr(&line), line.len, from, cols, tab);
			assert_in_range(to, from + 1, line.len);
			for (blanks = to; blanks > from && line.data[blanks - 1] == ' ';)
				blanks--;
			if (cluster_columns(line.data + from, blanks - from, tab) > cols) {
				struct cluster c;

				cluster_next(line.data + from, line.len - from, &c);
				assert_int_equal(blanks - from, c.len); /* one is always on */
			}
		}
		assert_int_equal(wrap_rows(str_cstr(&line), line.len, cols, tab), rows ? rows : 1);
		str_free(&line);
	}
}

CASE(lines_break_at_blanks)
{
	static const char s[] = "one two three";

	assert_int_equal(wrap_row(s, 13, 0, 8, 4), 8);
	assert_int_equal(wrap_row(s, 13, 8, 8, 4), 13);
	assert_int_equal(wrap_row(s, 13, 0, 10, 4), 8);
	assert_int_equal(wrap_row("abcdefgh", 8, 0, 3, 4), 3);
	assert_int_equal(wrap_rows("abcdefgh", 8, 3, 4), 3);
	assert_int_equal(wrap_rows("", 0, 3, 4), 1);
	rows_fit();
	assert_int_equal(wrap_indent("bind    run a command by a key", 30, 20), 8);
	assert_int_equal(wrap_indent("  a list", 8, 20), 2);
	assert_int_equal(wrap_indent("12. a step", 10, 20), 4);
	assert_int_equal(wrap_indent("12.5 volts", 10, 20), 0);
	assert_int_equal(wrap_indent("one two three", 13, 20), 0);
	assert_int_equal(wrap_indent("one two three  four", 19, 20), 0); /* too far right */
	assert_int_equal(wrap_indented_rows("bind    run a command by a key", 30, 20), 3);
	assert_int_equal(wrap_indented_rows("", 0, 20), 1);
	assert_int_equal(wrap_row("\xe6\xbc\xa2\xe5\xad\x97", 6, 0, 1, 4), 3); /* always on */
}

/* Panes do not overlap and stay inside, at any size. */
CASE(panes_never_overlap)
{
	static const int sizes[][2] = { { 1, 1 },     { 3, 10 },   { 2, 200 },	{ 24, 80 },
					{ 15, 60 },   { 14, 300 }, { 60, 119 }, { 50, 160 },
					{ 200, 500 }, { 24, 120 } };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		for (int variant = 0; variant < 128; variant++) {
			struct layout_wish w = { .focus = (enum pane)(variant & 3),
						 .zoom = variant & 4,
						 .review = variant & 8 };
			struct layout l;
			char used[200][500] = { { 0 } };

			w.lower = w.focus == PANE_CODE ? PANE_LOG : w.focus;
			w.upper_right = variant & 16 ? 90 : 0;
			w.left = w.upper_left = variant & 16 ? 10 : 0;
			w.message = variant & 32 ? 3 : 0;
			w.asked = variant & 64 ? 12 : 0;
			layout_make(sizes[i][0], sizes[i][1], &w, &l);
			assert_true(l.pane[w.focus].rows > 0);
			for (int p = 0; p < PANES; p++) {
				for (int row = l.pane[p].row; row < l.pane[p].row + l.pane[p].rows;
				     row++) {
					for (int col = l.pane[p].col;
					     col < l.pane[p].col + l.pane[p].cols; col++) {
						assert_in_range(row, 0, sizes[i][0] - 1);
						assert_in_range(col, 0, sizes[i][1] - 1);
						assert_int_not_equal(row, l.status);
						assert_true(l.status < 0 ||
							    row < l.status - l.message);
						assert_int_not_equal(col, l.divider);
						assert_int_equal(used[row][col]++, 0);
					}
				}
			}
		}
	}
}

CASE(a_small_terminal_shows_enough_code)
{
	struct layout_wish w = { .focus = PANE_CHAT, .lower = PANE_CHAT };
	struct layout l;

	layout_make(24, 80, &w, &l);
	assert_true(l.pane[PANE_CODE].rows - 1 >= 14);
	assert_int_equal(l.pane[PANE_CODE].cols, 80);
	assert_true(l.pane[PANE_CHAT].rows >= 4);
	assert_int_equal(l.pane[PANE_LOG].rows, 0);
	layout_make(24, 120, &w, &l);
	for (int p = 0; p < PANES; p++)
		assert_true(l.pane[p].rows > 0);
	w.review = true;
	layout_make(24, 120, &w, &l);
	assert_int_equal(l.pane[PANE_CODE].cols, 120);
}

/* A question takes rows from the pane above only where the user is. */
CASE(a_question_has_room)
{
	struct layout_wish w = { .focus = PANE_CHAT, .lower = PANE_CHAT, .asked = 9 };
	struct layout l;

	for (int cols = 80; cols <= 160; cols += 80) {
		enum pane above = cols < 120 ? PANE_CODE : PANE_SPEC;

		w.focus = PANE_CHAT;
		layout_make(24, cols, &w, &l);
		assert_true(l.pane[PANE_CHAT].rows >= 9 + 2 + 5);
		assert_true(l.pane[above].rows >= 5);
		w.focus = PANE_CODE;
		layout_make(24, 80, &w, &l);
		assert_true(l.pane[PANE_CODE].rows - 1 >= 14);
	}
}

CASE(a_colour_is_never_the_only_sign)
{
	static const unsigned telling[] = { STYLE_ERROR,  STYLE_ADDED, STYLE_REMOVED,
					    STYLE_CHOSEN, STYLE_FOCUS, STYLE_BADGE };

	for (size_t i = 0; i < sizeof(telling) / sizeof(*telling); i++) {
		struct look l = theme_look(THEME_MONO, telling[i]);

		assert_int_equal(l.fg, -1);
		assert_int_equal(l.bg, -1);
		assert_int_not_equal(l.flags, 0);
	}
	assert_int_equal(theme_look(THEME_DARK, STYLE_TEXT | STYLE_SELECTED).flags, LOOK_REVERSE);
}

/* Of the 256-colour table: the cube and the greys as xterm has them. */
static double light(int colour)
{
	double sum = 0;
	int rgb[3];

	for (int i = 0; i < 3; i++) {
		int step = (colour - 16) / (i == 0 ? 36 : i == 1 ? 6 : 1) % 6;

		rgb[i] = colour >= 232 ? 8 + 10 * (colour - 232) : step ? 55 + 40 * step : 0;
	}
	for (int i = 0; i < 3; i++) {
		double v = rgb[i] / 255.0;

		sum += (i == 0	 ? 0.2126
			: i == 1 ? 0.7152
				 : 0.0722) *
		       (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(double a, double b)
{
	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

/* On a black and on a white terminal; the WCAG ask for 4.5 for text, and 3 for what may
 * recede. */
CASE(every_theme_can_be_read)
{
	static const enum theme themes[] = { THEME_DARK, THEME_LIGHT, THEME_SAFE };

	for (size_t t = 0; t < 3; t++) {
		for (unsigned style = 0; style < STYLES; style++) {
			struct look l = theme_look(themes[t], style);
			double own = themes[t] == THEME_LIGHT ? 1 : 0;
			bool recedes = style == STYLE_DIM || style == STYLE_COMMENT;
			double got = contrast(l.fg < 0 ? 1 - own : light(l.fg),
					      l.bg < 0 ? own : light(l.bg));

			if (got < (recedes ? 3 : 4.5))
				fail_msg("theme %zu, style '%c': a contrast of %.2f", t,
					 style_letter(style), got);
		}
	}
}

/* The status line is one bar, whatever it shows. */
CASE(the_status_line_can_be_read)
{
	static const enum theme themes[] = { THEME_DARK, THEME_LIGHT, THEME_SAFE };
	static const unsigned there[] = { STYLE_TEXT, STYLE_STATUS, STYLE_ERROR, STYLE_RISK,
					  STYLE_GOOD, STYLE_MODEL,  STYLE_KEY };

	for (size_t t = 0; t < 3; t++) {
		short bar = theme_look(themes[t], STYLE_STATUS).bg;

		for (size_t i = 0; i < sizeof(there) / sizeof(*there); i++) {
			struct look l = theme_look(themes[t], there[i] | STYLE_BAR);
			double got = contrast(l.fg < 0 ? themes[t] != THEME_LIGHT : light(l.fg),
					      light(l.bg));

			assert_int_equal(l.bg, bar);
			if (got < 3.5)
				fail_msg("theme %zu, style '%c': a contrast of %.2f", t,
					 style_letter(there[i]), got);
		}
	}
	assert_int_equal(theme_look(THEME_MONO, STYLE_RISK | STYLE_BAR).bg, -1);
}

/* Without one kind of cone, red and green look much the same yellow; lightness and blue
 * remain. */
CASE(the_safe_theme_tells_by_light_or_blue)
{
	static const unsigned pairs[][2] = { { STYLE_ADDED, STYLE_REMOVED },
					     { STYLE_ERROR, STYLE_GOOD } };

	for (size_t i = 0; i < 2; i++) {
		struct look a = theme_look(THEME_SAFE, pairs[i][0]),
			    b = theme_look(THEME_SAFE, pairs[i][1]);
		int x = a.bg < 0 ? a.fg : a.bg, y = b.bg < 0 ? b.fg : b.bg;

		assert_true(abs((x - 16) % 6 - (y - 16) % 6) >= 2 ||
			    contrast(light(x), light(y)) >= 1.5);
	}
}

static int before_all(void **state)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	return 0;
}

CASES_WITHIN(before_all, NULL)
