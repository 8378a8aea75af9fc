/* The terminal shows the frame: random frames through curses, a pty and libvterm, with
 * only the changed rows passed on. */
#include "config.h"

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "tests/lib/case.h"
#include "ui/look/frame.h"
#include "ui/terminal/term.h"

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vterm.h>

#define ROWS 12
#define COLS 40

struct stand {
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

/* The terminal is opened on the standard streams, which are the pty's meanwhile. */
static void open_terminal(struct stand *p)
{
	struct term_events ev = { nothing, nothing, nothing, NULL };
	struct err err = { 0 };
	int in = dup(0), out = dup(1);

	dup2(p->slave, 0);
	dup2(p->slave, 1);
	p->term = term_curses_open(p->loop, THEME_DARK, &ev, &err);
	dup2(in, 0);
	dup2(out, 1);
	close(in);
	close(out);
	if (!p->term)
		fail_msg("%s", err.text);
}

static int set_up(void **state)
{
	struct stand *p = mem_zalloc(sizeof(*p));
	struct winsize size = { .ws_row = ROWS, .ws_col = COLS };

	p->random = 5;
	p->loop = loop_new(NULL);
	setenv("TERM", "xterm-256color", 1);
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
	*state = p;
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

static int tear_down(void **state)
{
	struct stand *p = *state;

	read_all(p);
	p->term->ops->close(p->term);
	loop_free(p->loop);
	frame_fini(&p->frame);
	vterm_free(p->vt);
	close(p->master);
	close(p->slave);
	free(p);
	return 0;
}

static void assert_shown(struct stand *p)
{
	VTermPos cursor;

	for (int row = 0; row < ROWS; row++)
		for (int col = 0; col < COLS; col++) {
			const struct cell *c = &p->frame.cells[row * COLS + col];
			unsigned flags = theme_look(THEME_DARK, c->style).flags;
			VTermScreenCell cell;

			if (!c->width)
				continue;
			vterm_screen_get_cell(p->screen, (VTermPos){ row, col }, &cell);
			if (cell.chars[0] == 0)
				memcpy(cell.chars, (uint32_t[]){ ' ', 0 }, 2 * sizeof(uint32_t));
			for (int i = 0; i <= CLUSTER_MARKS && (i == 0 || c->cp[i - 1]); i++)
				if (cell.chars[i] != c->cp[i])
					fail_msg("row %d, col %d: U+%04x, not U+%04x", row, col,
						 cell.chars[i], c->cp[i]);
			assert_int_equal(cell.width, c->width);
			assert_int_equal(cell.attrs.bold, (flags & LOOK_BOLD) != 0);
			assert_int_equal(cell.attrs.underline, (flags & LOOK_UNDERLINE) != 0);
			assert_int_equal(cell.attrs.reverse, (flags & LOOK_REVERSE) != 0);
		}
	vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &cursor);
	assert_int_equal(cursor.row, p->frame.cursor_row);
	assert_int_equal(cursor.col, p->frame.cursor_col);
}

/* Writes into the rows that the frame marks as changed. */
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
	for (unsigned n = 1 + roll(p, 4); n > 0; n--) {
		int row = f->from + (int)roll(p, (unsigned)(f->to - f->from));
		const char *text = texts[roll(p, sizeof(texts) / sizeof(*texts))];

		/* libvterm loses a mark on a letter of the last column */
		frame_puts(f, row, (int)roll(p, COLS - 1), COLS,
			   roll(p, STYLES) | flags[roll(p, 6)], text);
	}
	if (roll(p, 8) == 0)
		frame_clear(f, (struct rect){ f->from, 3, f->to - f->from, 20 });
	frame_cursor(f, (int)roll(p, ROWS), (int)roll(p, COLS));
}

CASE_WITH(the_terminal_shows_each_frame, set_up, tear_down)
{
	struct stand *p = *state;

	for (int i = 0; i < 3000; i++) {
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

CASE_WITH(what_did_not_change_is_not_sent, set_up, tear_down)
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

CASE_WITH(a_terminal_that_does_not_read_is_busy, set_up, tear_down)
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

static void keep(void *ctx, const char *bytes, size_t len)
{
	str_add(ctx, bytes, len);
}

static void set(void *flag)
{
	*(bool *)flag = true;
}

CASE_WITH(what_is_typed_waits_for_a_reader, set_up, tear_down)
{
	struct stand *p = *state;
	struct str got = STR_INIT;
	bool late = false;
	struct loop_timer *limit = loop_timer_new(p->loop, set, &late);

	loop_timer_set(limit, 10000);
	assert_int_equal(write(p->master, "ab", 2), 2);
	read_all(p);
	p->term->ops->leave(p->term);
	p->term->ops->enter(p->term);
	read_all(p);
	p->term->ops->read(p->term, keep, &got);
	assert_int_equal(write(p->master, "c", 1), 1);
	while (got.len < 3 && !late)
		loop_turn(p->loop, true);
	loop_timer_free(limit);
	assert_string_equal(str_cstr(&got), "abc");
	str_free(&got);
}

CASE_WITH(what_waits_is_taken_without_the_loop, set_up, tear_down)
{
	struct stand *p = *state;
	const struct term_ops *ops = p->term->ops;
	struct str got = STR_INIT;
	struct pollfd typed = { .fd = p->slave, .events = POLLIN };
	char bytes[4];

	read_all(p);
	assert_int_equal(write(p->master, "abcdef", 6), 6);
	assert_int_equal(poll(&typed, 1, 10000), 1);
	assert_int_equal(ops->take(p->term, bytes, 4), 0); /* nobody reads yet */
	ops->read(p->term, keep, &got);
	assert_int_equal(ops->take(p->term, bytes, 4), 4);
	assert_memory_equal(bytes, "abcd", 4);
	ops->leave(p->term); /* what is typed is for another program */
	assert_int_equal(ops->take(p->term, bytes, 4), 0);
	ops->enter(p->term);
	assert_int_equal(ops->take(p->term, bytes, 4), 2);
	assert_memory_equal(bytes, "ef", 2);
	assert_int_equal(ops->take(p->term, bytes, 4), 0);
	assert_int_equal(got.len, 0);
	str_free(&got);
}

static int before_all(void **state)
{
	setlocale(LC_ALL, "C.UTF-8");
	return 0;
}

CASES_WITHIN(before_all, NULL)
