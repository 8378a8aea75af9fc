/* The terminal shows the frame: a stream of random frames through a pty and libvterm, of
 * which only the changed rows are told, as if it were one of several terminals. */
#include "config.h"

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "tests/lib/test.h"
#include "ui/look/frame.h"
#include "ui/terminal/term.h"

#include <fcntl.h>
#include <locale.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vterm.h>

#define ROWS 12
#define COLS 40

struct stand {
	const char *name; /* TERM */
	struct loop *loop;
	struct term *term;
	struct frame frame;
	int master, slave;
	VTerm *vt;
	VTermScreen *screen;
	unsigned random;
	size_t bytes;
};

static unsigned roll(struct stand *p, unsigned n)
{
	p->random = p->random * 1664525u + 1013904223u;
	return (p->random >> 8) % n;
}

static void nothing(void *ctx)
{
}

static void no_input(void *ctx, const char *bytes, size_t len)
{
}

/* The terminal is opened by the name of the standard streams, which are the pty's for
 * as long as that takes. */
static void open_terminal(struct stand *p)
{
	struct term_events ev = { no_input, nothing, nothing, nothing, NULL };
	struct err err = { 0 };
	int in = dup(0), out = dup(1);

	dup2(p->slave, 0);
	dup2(p->slave, 1);
	p->term = term_tty_open(p->loop, THEME_DARK, &ev, &err);
	dup2(in, 0);
	dup2(out, 1);
	close(in);
	close(out);
	if (!p->term)
		fail_msg("%s", err.text);
}

static struct stand *begin(const char *name)
{
	struct stand *p = mem_zalloc(sizeof(*p));
	struct winsize size = { .ws_row = ROWS, .ws_col = COLS };

	p->name = name;
	p->random = 5;
	p->loop = loop_new(NULL);
	setenv("TERM", name, 1);
	assert_int_equal(openpty(&p->master, &p->slave, NULL, NULL, &size), 0);
	fcntl(p->master, F_SETFL, O_NONBLOCK);
	p->vt = vterm_new(ROWS, COLS);
	vterm_set_utf8(p->vt, 1);
	p->screen = vterm_obtain_screen(p->vt);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_reset(p->screen, 1);
	open_terminal(p);
	frame_init(&p->frame);
	frame_reset(&p->frame, ROWS, COLS);
	return p;
}

static int set_up(void **state)
{
	*state = begin("xterm-256color");
	return 0;
}

/* Lets the terminal read all that was written. */
static void read_all(struct stand *p)
{
	char buf[4096];
	ssize_t n;

	do {
		n = read(p->master, buf, sizeof(buf));
		if (n > 0) {
			vterm_input_write(p->vt, buf, (size_t)n);
			p->bytes += (size_t)n;
		}
		loop_turn(p->loop, false);
	} while (n > 0 || p->term->busy);
}

static void end(struct stand *p)
{
	read_all(p);
	p->term->ops->close(p->term);
	loop_free(p->loop);
	frame_fini(&p->frame);
	vterm_free(p->vt);
	close(p->master);
	close(p->slave);
	free(p);
}

static int tear_down(void **state)
{
	end(*state);
	return 0;
}

/* As terminfo describes the terminal: its colours, and what does not go with them. */
static struct look look_on(const struct stand *p, unsigned style)
{
	struct look l = theme_look(THEME_DARK, style);

	if (strstr(p->name, "256"))
		return l;
	if (strncmp(p->name, "vt", 2) == 0)
		return (struct look){ -1, -1, -1, -1, theme_look(THEME_MONO, style).flags };
	l.fg = l.fg8;
	l.bg = l.bg8;
	if ((strcmp(p->name, "linux") == 0 || strcmp(p->name, "ansi") == 0) &&
	    (l.fg >= 0 || l.bg >= 0))
		l.flags &= ~(unsigned)LOOK_UNDERLINE;
	return l;
}

static void assert_colour(const VTermColor *c, bool own, int want)
{
	assert_int_equal(own, want < 0);
	if (want >= 0)
		assert_int_equal(c->indexed.idx, want);
}

static void assert_looks(const struct stand *p, const VTermScreenCell *cell, unsigned style)
{
	struct look l = look_on(p, style);

	assert_int_equal(cell->attrs.bold, (l.flags & LOOK_BOLD) != 0);
	assert_int_equal(cell->attrs.underline, (l.flags & LOOK_UNDERLINE) != 0);
	assert_int_equal(cell->attrs.reverse, (l.flags & LOOK_REVERSE) != 0);
	assert_colour(&cell->fg, VTERM_COLOR_IS_DEFAULT_FG(&cell->fg), l.fg);
	assert_colour(&cell->bg, VTERM_COLOR_IS_DEFAULT_BG(&cell->bg), l.bg);
}

/* A character in the last cell would scroll the screen. */
static bool leaves_corner(const struct stand *p)
{
	return strcmp(p->name, "ansi") == 0;
}

static void assert_shown(struct stand *p)
{
	VTermPos cursor;

	for (int row = 0; row < ROWS; row++)
		for (int col = 0; col < COLS; col++) {
			const struct cell *c = &p->frame.cells[row * COLS + col];
			VTermScreenCell cell;

			if (!c->width || (leaves_corner(p) && row == ROWS - 1 && col >= COLS - 2))
				continue;
			vterm_screen_get_cell(p->screen, (VTermPos){ row, col }, &cell);
			if (cell.chars[0] == 0)
				memcpy(cell.chars, (uint32_t[]){ ' ', 0 }, 2 * sizeof(uint32_t));
			for (int i = 0; i <= CLUSTER_MARKS && (i == 0 || c->cp[i - 1]); i++)
				if (cell.chars[i] != c->cp[i])
					fail_msg("%s: row %d, col %d: U+%04x, not U+%04x", p->name,
						 row, col, cell.chars[i], c->cp[i]);
			assert_int_equal(cell.width, c->width);
			assert_looks(p, &cell, c->style);
		}
	vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &cursor);
	assert_int_equal(cursor.row, p->frame.cursor_row);
	assert_int_equal(cursor.col, p->frame.cursor_col);
}

/* Moves the rows that have changed up or down, as a pane that scrolls does. */
static void move_rows(struct stand *p)
{
	struct frame *f = &p->frame;
	int rows = f->to - f->from, by = 1 + (int)roll(p, 3), up = (int)roll(p, 2);
	struct cell *top = &f->cells[f->from * COLS];

	if (rows <= by)
		return;
	memmove(up ? top : top + by * COLS, up ? top + by * COLS : top,
		sizeof(*top) * (size_t)((rows - by) * COLS));
	frame_clear(f, (struct rect){ up ? f->to - by : f->from, 0, by, COLS });
}

/* Writes something into the rows that the frame says have changed. */
static void change(struct stand *p)
{
	static const char *const texts[] = {
		"a",
		"word",
		"   ",
		"\xe6\xbc\xa2",
		"\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2",
		"e\xcc\x81",
		"x\xe6\xbc\xa2y",
		"\xc3\xb6",
		"============================",
	};
	static const unsigned flags[] = { 0, 0, 0, STYLE_SELECTED, STYLE_UNDERLINE, STYLE_BAR };
	struct frame *f = &p->frame;

	f->from = (int)roll(p, ROWS);
	f->to = f->from + 1 + (int)roll(p, (unsigned)(ROWS - f->from));
	if (roll(p, 3) == 0)
		move_rows(p);
	for (unsigned n = 1 + roll(p, 4); n > 0; n--) {
		int row = f->from + (int)roll(p, (unsigned)(f->to - f->from));
		const char *text = texts[roll(p, sizeof(texts) / sizeof(*texts))];

		/* libvterm loses a mark on a letter of the last column */
		frame_puts(f, row, (int)roll(p, COLS - 1), COLS,
			   roll(p, STYLES) | flags[roll(p, 6)], text);
	}
	if (roll(p, 4) == 0)
		frame_mark(f, f->from, (int)roll(p, COLS), COLS, STYLE_SELECTED);
	if (roll(p, 8) == 0)
		frame_clear(f, (struct rect){ f->from, 3, f->to - f->from, 20 });
	frame_cursor(f, (int)roll(p, ROWS), (int)roll(p, COLS));
}

static void show_frames(struct stand *p)
{
	for (int i = 0; i < 1000; i++) {
		bool anew = i == 0 || roll(p, 200) == 0;

		if (anew)
			frame_reset(&p->frame, ROWS, COLS);
		if (roll(p, 200) == 0)
			p->term->ops->forget(p->term);
		change(p);
		if (anew) {
			p->frame.from = 0;
			p->frame.to = ROWS;
		}
		p->term->ops->draw(p->term, &p->frame);
		read_all(p);
		assert_shown(p);
	}
}

static void each_terminal_shows_each_frame(void **state)
{
	static const char *const names[] = { "xterm-256color",	"xterm",  "tmux-256color", "tmux",
					     "screen-256color", "screen", "linux",	   "vt100",
					     "vt220",		"ansi" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct stand *p = begin(names[i]);

		show_frames(p);
		end(p);
	}
}

static void draw_and_count(struct stand *p)
{
	p->bytes = 0;
	p->frame.from = 0;
	p->frame.to = ROWS;
	p->term->ops->draw(p->term, &p->frame);
	read_all(p);
	assert_shown(p);
}

static void rows_that_moved_are_scrolled(void **state)
{
	struct stand *p = *state;
	struct frame *f = &p->frame;

	for (int row = 0; row < ROWS; row++)
		frame_putf(f, row, 0, COLS, STYLE_TEXT, "%*d a row of the text", 10, row * row);
	frame_cursor(f, 3, 3);
	draw_and_count(p);
	memmove(f->cells + 2 * COLS, f->cells + 4 * COLS, sizeof(*f->cells) * 7 * COLS);
	draw_and_count(p);
	assert_in_range(p->bytes, 1, 100);
	memmove(f->cells + 5 * COLS, f->cells + 4 * COLS, sizeof(*f->cells) * 7 * COLS);
	draw_and_count(p);
	assert_in_range(p->bytes, 1, 100);
}

static void what_did_not_change_is_not_sent(void **state)
{
	struct stand *p = *state;

	change(p);
	p->frame.from = 0;
	p->frame.to = ROWS;
	p->term->ops->draw(p->term, &p->frame);
	read_all(p);
	p->bytes = 0;
	p->term->ops->draw(p->term, &p->frame);
	read_all(p);
	assert_int_equal(p->bytes, 0);
	frame_puts(&p->frame, p->frame.cursor_row, p->frame.cursor_col, COLS, STYLE_TEXT, "z");
	p->term->ops->draw(p->term, &p->frame);
	read_all(p);
	assert_in_range(p->bytes, 1, 32);
	assert_shown(p);
}

static void a_control_character_is_not_sent(void **state)
{
	static const uint32_t all[] = { 0, 7, '\n', 0x1b, 0x7f, 0x9b };
	struct stand *p = *state;

	for (int i = 0; i < 6; i++)
		p->frame.cells[2 * COLS + 3 * i].cp[0] = all[i];
	frame_cursor(&p->frame, 3, 3);
	p->term->ops->draw(p->term, &p->frame);
	read_all(p);
	for (int i = 0; i < 6; i++)
		p->frame.cells[2 * COLS + 3 * i].cp[0] = '?';
	assert_shown(p);
}

static void a_terminal_that_does_not_read_is_busy(void **state)
{
	struct stand *p = *state;

	change(p);
	for (int i = 0; i < 10000 && !p->term->busy; i++) {
		p->term->ops->forget(p->term);
		p->term->ops->draw(p->term, &p->frame);
	}
	assert_true(p->term->busy);
	read_all(p);
	assert_false(p->term->busy);
	assert_shown(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_terminal_shows_each_frame),
		cmocka_unit_test_setup_teardown(rows_that_moved_are_scrolled, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_did_not_change_is_not_sent, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_control_character_is_not_sent, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_terminal_that_does_not_read_is_busy, set_up,
						tear_down),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
