/* The only file that uses curses.
 *
 *   frame --cells that changed--> curses --bytes--> memory file --> out --> terminal
 *
 * curses writes to a file in memory instead of the terminal. The bytes for a frame are
 * taken from there, wrapped in a synchronised update if the terminal has that, and
 * written by the loop without blocking. So raw() and getch() are not used: termios sets
 * the modes, and keys.c parses the bytes that are read.
 */
#include "config.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "ui/look/frame.h"
#include "ui/terminal/term.h"

#define MAX_SIDE    1000
#define MEMORY_KEEP 65536 /* bytes */

struct term_curses {
	struct term base;
	struct term_events ev;
	term_input_fn *input; /* NULL: not to be read yet */
	void *input_ctx;
	int in, out; /* descriptors of the terminal; out is non-blocking */
	struct termios before;
	bool modes_set, entered, synchronised, mouse, moves, gone, all;
	FILE *memory;
	char *written;	      /* the memory file, mapped; NULL: not yet */
	size_t mapped, taken; /* bytes of it; those taken from its start */
	FILE *nothing;
	SCREEN *screen;
	enum theme theme;
	struct paint { /* of each style, by its flags and its role; theme_look() as curses has it */
		attr_t attributes;
		short pair;
	} paint[STYLE_FLAG_SETS][STYLES];
	struct frame shown; /* the frame that curses got last */
	struct str pending; /* bytes not written yet */
	struct loop_fd *reader, *writer;
	struct loop_signal *winch;
};

static struct term_curses *self(struct term *t)
{
	return (struct term_curses *)t;
}

/* A crash or lack of memory can end the program anywhere, and its handler must not
 * allocate: the bytes that restore the terminal are kept ready. One program has one
 * terminal. */
static struct {
	int fd;
	struct termios modes;
	char bytes[128];
	size_t len;
} rescue;

static void give_back_now(void)
{
	size_t done = 0;

	for (int tries = 0; done < rescue.len && tries < 1000; tries++) {
		ssize_t n = write(rescue.fd, rescue.bytes + done, rescue.len - done);

		done += n > 0 ? (size_t)n : 0;
	}
	tcsetattr(rescue.fd, TCSANOW, &rescue.modes);
}

static void prepare_rescue(const struct term_curses *t)
{
	const char *leave = tigetstr("rmcup"), *show = tigetstr("cnorm");

	rescue.fd = t->out;
	rescue.modes = t->before;
	rescue.len = (size_t)snprintf(
		rescue.bytes, sizeof(rescue.bytes),
		"\033[?2026l\033[?1006l\033[?1004l\033[?1003l\033[?1002l\033[?2004l\033[m%s%s",
		show && show != (char *)-1 ? show : "", leave && leave != (char *)-1 ? leave : "");
	if (rescue.len >= sizeof(rescue.bytes))
		rescue.len = sizeof(rescue.bytes) - 1;
	mem_set_exit_hook(give_back_now);
}

/* Bytes out ------------------------------------------------------------------ */

static void hang_up(struct term_curses *t)
{
	if (t->gone)
		return;
	t->gone = true;
	loop_fd_want(t->reader, 0);
	loop_fd_want(t->writer, 0);
	str_clear(&t->pending);
	t->base.busy = false;
	t->ev.closed(t->ev.ctx);
}

/* Writes as much as the terminal takes now. */
static void push(struct term_curses *t)
{
	size_t done = 0;

	while (done < t->pending.len) {
		ssize_t n = write(t->out, t->pending.data + done, t->pending.len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		done += (size_t)n;
	}
	if (done < t->pending.len && errno != EAGAIN && errno != EWOULDBLOCK)
		done = t->pending.len; /* the terminal is gone; the reader will notice */
	if (done == t->pending.len)
		str_clear(&t->pending);
	else
		str_remove(&t->pending, 0, done);
	t->base.busy = t->pending.len > 0;
	if (t->base.busy)
		loop_fd_want(t->writer, LOOP_WRITE);
}

static void on_writable(void *ctx, unsigned events)
{
	struct term_curses *t = ctx;

	push(t);
	if (t->base.busy)
		return;
	loop_fd_want(t->writer, 0);
	t->ev.drained(t->ev.ctx);
}

/* Writes the rest at exit, when no loop runs: waits for at most a second. */
static void push_all(struct term_curses *t)
{
	for (int tries = 0; tries < 100 && t->pending.len && !t->gone; tries++) {
		fd_set set;
		struct timeval wait = { 0, 10000 };

		push(t);
		FD_ZERO(&set);
		FD_SET(t->out, &set);
		if (t->pending.len)
			select(t->out + 1, NULL, &set, NULL, &wait);
	}
}

/* The file keeps its length and stays mapped between frames, and is written from its
 * start again only behind MEMORY_KEEP: reading, truncating and seeking for each typed
 * letter would cost more than drawing. */
static bool map_up_to(struct term_curses *t, size_t len)
{
	size_t want = t->mapped ? t->mapped : 2 * MEMORY_KEEP;
	void *p;

	if (t->mapped >= len)
		return true;
	while (want < len)
		want *= 2;
	if (ftruncate(fileno(t->memory), (off_t)want) < 0)
		return false;
	p = mmap(NULL, want, PROT_READ, MAP_SHARED, fileno(t->memory), 0);
	if (p == MAP_FAILED)
		return false;
	if (t->written)
		munmap(t->written, t->mapped);
	t->written = p;
	t->mapped = want;
	return true;
}

/* Takes what curses wrote since the last call. */
static void collect(struct term_curses *t)
{
	int fd = fileno(t->memory);
	off_t end;

	fflush(t->memory);
	end = lseek(fd, 0, SEEK_CUR);
	if (end > (off_t)t->taken && map_up_to(t, (size_t)end))
		str_add(&t->pending, t->written + t->taken, (size_t)end - t->taken);
	t->taken = end > MEMORY_KEEP ? 0 : (size_t)end;
	if (!t->taken)
		lseek(fd, 0, SEEK_SET);
}

static void term_send(struct term *base, const char *bytes, size_t len)
{
	struct term_curses *t = self(base);

	if (t->gone)
		return;
	str_add(&t->pending, bytes, len);
	push(t);
}

static void sends(struct term_curses *t, const char *text)
{
	term_send(&t->base, text, strlen(text));
}

/* Bytes in ---------------------------------------------------------------------- */

/* The descriptor does not block. */
static inline size_t read_now(struct term_curses *t, char *bytes, size_t size)
{
	ssize_t n = read(t->in, bytes, size);

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		hang_up(t);
	return n > 0 ? (size_t)n : 0;
}

static void on_readable(void *ctx, unsigned events)
{
	struct term_curses *t = ctx;
	char buf[65536];
	size_t n = read_now(t, buf, sizeof(buf));

	if (n)
		t->input(t->input_ctx, buf, n);
}

static size_t term_take(struct term *base, char *bytes, size_t size)
{
	struct term_curses *t = self(base);

	return t->input && t->entered && !t->gone ? read_now(t, bytes, size) : 0;
}

static void term_read(struct term *base, term_input_fn *fn, void *ctx)
{
	struct term_curses *t = self(base);

	t->input = fn;
	t->input_ctx = ctx;
	if (t->entered && !t->gone)
		loop_fd_want(t->reader, LOOP_READ);
}

static void read_size(struct term_curses *t)
{
	struct winsize w;

	if (ioctl(t->out, TIOCGWINSZ, &w) < 0 || w.ws_row == 0 || w.ws_col == 0) {
		t->base.rows = 24;
		t->base.cols = 80;
		return;
	}
	t->base.rows = w.ws_row < MAX_SIDE ? w.ws_row : MAX_SIDE;
	t->base.cols = w.ws_col < MAX_SIDE ? w.ws_col : MAX_SIDE;
}

static void on_winch(void *ctx, int signo)
{
	struct term_curses *t = ctx;

	read_size(t);
	resizeterm(t->base.rows, t->base.cols);
	t->all = true;
	t->ev.resized(t->ev.ctx);
}

/* Colours ------------------------------------------------------------------------- */

static void set_colours(struct term_curses *t)
{
	if (t->theme == THEME_MONO || !has_colors())
		return;
	start_color();
	use_default_colors();
	for (int i = 0; i < 2 * STYLES; i++) { /* then the same on the status line's background */
		struct look l = theme_look(
			t->theme, i < STYLES ? (unsigned)i : (unsigned)(i - STYLES) | STYLE_BAR);

		if (COLORS >= 256)
			init_pair((short)(i + 1), l.fg, l.bg);
		else
			init_pair((short)(i + 1), l.fg8, l.bg8);
	}
}

static struct paint paint_of(const struct term_curses *t, unsigned style)
{
	bool colours = t->theme != THEME_MONO && has_colors();
	struct look l = theme_look(colours ? t->theme : THEME_MONO, style);
	struct paint p = { A_NORMAL, 0 };

	if (colours)
		p.pair = (short)((style & 0xff) + 1 + (style & STYLE_BAR ? STYLES : 0));
	if (l.flags & LOOK_BOLD)
		p.attributes |= A_BOLD;
	if (l.flags & LOOK_UNDERLINE)
		p.attributes |= A_UNDERLINE;
	if (l.flags & LOOK_REVERSE)
		p.attributes |= A_REVERSE;
	if (l.flags & LOOK_DIM && (!colours || COLORS < 256))
		p.attributes |= A_DIM;
	return p;
}

static void set_paints(struct term_curses *t)
{
	for (unsigned flags = 0; flags < STYLE_FLAG_SETS; flags++)
		for (unsigned role = 0; role < STYLES; role++)
			t->paint[flags][role] = paint_of(t, flags << 8 | role);
}

/* Frames ---------------------------------------------------------------------------- */

static void draw_cell(const struct term_curses *t, int row, int col, const struct cell *c)
{
	unsigned role = c->style & 0xff, flags = (c->style & STYLE_FLAGS) >> 8;
	const struct paint *p = &t->paint[flags][role < STYLES ? role : STYLE_TEXT];
	wchar_t text[2 + CLUSTER_MARKS] = { 0 };
	cchar_t out;

	for (int i = 0; i <= CLUSTER_MARKS && c->cp[i]; i++)
		text[i] = (wchar_t)c->cp[i];
	if (setcchar(&out, text, p->attributes, p->pair, NULL) == OK)
		mvadd_wch(row, col, &out);
}

static bool differ(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof(*a)) != 0;
}

/* Gives curses only the cells that changed; of a wide character the first one. */
static void draw_row(struct term_curses *t, const struct frame *f, int row)
{
	const struct cell *now = &f->cells[row * f->cols];
	struct cell *was = &t->shown.cells[row * f->cols];

	if (!t->all && memcmp(now, was, sizeof(*now) * (size_t)f->cols) == 0)
		return;
	for (int col = 0; col < f->cols; col++)
		if (now[col].width && (t->all || differ(&now[col], &was[col])))
			draw_cell(t, row, col, &now[col]);
	memcpy(was, now, sizeof(*now) * (size_t)f->cols);
}

static void term_draw(struct term *base, const struct frame *f)
{
	struct term_curses *t = self(base);
	size_t before;

	if (t->gone || !t->entered || f->rows != t->base.rows || f->cols != t->base.cols)
		return;
	if (t->shown.rows != f->rows || t->shown.cols != f->cols) {
		frame_reset(&t->shown, f->rows, f->cols);
		t->all = true;
	}
	if (t->all)
		clearok(curscr, TRUE);
	for (int row = t->all ? 0 : f->from; row < (t->all ? f->rows : f->to); row++)
		draw_row(t, f, row);
	t->all = false;
	curs_set(f->cursor_row >= 0);
	if (f->cursor_row >= 0)
		move(f->cursor_row, f->cursor_col);
	if (t->synchronised)
		str_adds(&t->pending, "\033[?2026h");
	before = t->pending.len;
	refresh();
	collect(t);
	if (t->synchronised && t->pending.len == before)
		str_cut(&t->pending, before - 8); /* nothing to show */
	else if (t->synchronised)
		str_adds(&t->pending, "\033[?2026l");
	push(t);
}

/* Taking the terminal and giving it back ------------------------------------------------ */

static void set_modes(struct term_curses *t)
{
	struct termios raw;

	if (tcgetattr(t->in, &t->before) < 0)
		return;
	raw = t->before;
	cfmakeraw(&raw);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(t->in, TCSADRAIN, &raw);
	t->modes_set = true;
}

static void send_mouse(struct term_curses *t)
{
	if (!t->mouse)
		sends(t, "\033[?1006l\033[?1003l\033[?1002l");
	else if (t->moves)
		sends(t, "\033[?1002h\033[?1003h\033[?1006h");
	else
		sends(t, "\033[?1003l\033[?1002h\033[?1006h");
}

static void term_mouse(struct term *base, bool on, bool moves)
{
	struct term_curses *t = self(base);
	bool same = t->mouse == on && t->moves == moves;

	t->mouse = on;
	t->moves = moves;
	if (t->entered && !same)
		send_mouse(t);
}

static void term_enter(struct term *base)
{
	struct term_curses *t = self(base);

	if (t->entered || t->gone)
		return;
	set_modes(t);
	t->entered = t->all = true;
	read_size(t);
	resizeterm(t->base.rows, t->base.cols);
	refresh();
	collect(t);
	sends(t, "\033[?2004h\033[?1004h"); /* bracketed paste; focus reports */
	if (t->mouse)
		send_mouse(t);
	if (t->input)
		loop_fd_want(t->reader, LOOP_READ);
	prepare_rescue(t);
}

/* A terminal without an alternate screen keeps our last frame, and the shell
 * continues in the last row, where curses leaves the cursor. */
static void clear_last_row(struct term_curses *t)
{
	const char *main_screen = tigetstr("rmcup"), *clear = tigetstr("el");

	if ((main_screen && main_screen != (char *)-1) || !clear || clear == (char *)-1)
		return;
	sends(t, "\r");
	term_send(&t->base, clear, strcspn(clear, "$")); /* without its padding */
}

static void term_leave(struct term *base)
{
	struct term_curses *t = self(base);

	if (!t->entered)
		return;
	mem_set_exit_hook(NULL);
	loop_fd_want(t->reader, 0);
	if (t->mouse)
		sends(t, "\033[?1006l\033[?1003l\033[?1002l");
	sends(t, "\033[?1004l\033[?2004l");
	endwin();
	collect(t);
	clear_last_row(t);
	push_all(t);
	t->entered = false;
	if (t->modes_set)
		tcsetattr(t->in, TCSADRAIN, &t->before);
	t->modes_set = false;
}

static void term_close(struct term *base)
{
	struct term_curses *t = self(base);

	term_leave(base);
	loop_fd_free(t->reader);
	loop_fd_free(t->writer);
	loop_signal_free(t->winch);
	if (t->screen)
		delscreen(t->screen);
	if (t->written)
		munmap(t->written, t->mapped);
	if (t->memory)
		fclose(t->memory);
	if (t->nothing)
		fclose(t->nothing);
	if (t->in >= 0)
		close(t->in);
	if (t->out >= 0)
		close(t->out);
	frame_fini(&t->shown);
	str_free(&t->pending);
	free(t);
}

static void term_forget(struct term *base)
{
	self(base)->all = true;
}

static void term_synchronise(struct term *base)
{
	self(base)->synchronised = true;
}

static void term_theme(struct term *base, enum theme theme)
{
	self(base)->theme = theme;
	set_colours(self(base));
	set_paints(self(base));
	term_forget(base);
}

static const struct term_ops ops = {
	.close = term_close,
	.read = term_read,
	.take = term_take,
	.draw = term_draw,
	.send = term_send,
	.leave = term_leave,
	.enter = term_enter,
	.forget = term_forget,
	.synchronise = term_synchronise,
	.mouse = term_mouse,
	.theme = term_theme,
};

/* Opens the terminal again: O_NONBLOCK belongs to the open file description, which the
 * shell shares with us and must not find changed, even while we are stopped. */
static int open_own(int fd)
{
	const char *name = ttyname(fd);

	return name ? open(name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1;
}

/* Fails if curses cannot move the cursor, as with TERM=dumb. */
static bool start_curses(struct term_curses *t, struct err *err)
{
	const char *name = getenv("TERM");
	char size[16];
	int fd = memfd_create("posedge-screen", MFD_CLOEXEC);
	const char *cup;

	t->memory = fd >= 0 ? fdopen(fd, "w+") : NULL;
	t->nothing = fopen("/dev/null", "re");
	if (!t->memory || !t->nothing)
		return err_set(err, ERR_IO, "open the screen: %s", strerror(errno));
	snprintf(size, sizeof(size), "%d", t->base.rows);
	setenv("LINES", size, 1);
	snprintf(size, sizeof(size), "%d", t->base.cols);
	setenv("COLUMNS", size, 1);
	t->screen = name && name[0] ? newterm(name, t->memory, t->nothing) : NULL;
	unsetenv("LINES");
	unsetenv("COLUMNS");
	cup = t->screen ? tigetstr("cup") : NULL;
	if (!name || !name[0])
		return err_set(err, ERR_TOOL,
			       "TERM is not set, so the terminal's abilities are unknown: try "
			       "TERM=xterm-256color posedge; "
			       "`posedge --plain` works line by line");
	if (!t->screen)
		return err_set(
			err, ERR_TOOL,
			"TERM=%s: terminfo does not know this terminal: try TERM=xterm-256color "
			"posedge, which fits nearly all; `posedge --plain` works line by line",
			name);
	if (!cup || cup == (char *)-1)
		return err_set(err, ERR_TOOL,
			       "TERM=%s: terminals of this type cannot move the cursor; if this "
			       "one can, try TERM=xterm-256color "
			       "posedge; `posedge --plain` works line by line",
			       name);
	typeahead(-1); /* a frame is never cut short by typed input */
	set_colours(t);
	set_paints(t);
	return true;
}

struct term *term_curses_open(struct loop *l, enum theme theme, const struct term_events *ev,
			      struct err *err)
{
	struct term_curses *t = mem_zalloc(sizeof(*t));

	t->base.ops = &ops;
	t->ev = *ev;
	t->theme = theme;
	frame_init(&t->shown);
	t->in = open_own(STDIN_FILENO);
	t->out = open_own(STDOUT_FILENO);
	if (t->in < 0 || t->out < 0) {
		err_set(err, ERR_TOOL,
			"the screen needs a terminal; `posedge --plain` works without");
		goto failed;
	}
	read_size(t);
	if (!start_curses(t, err))
		goto failed;
	t->reader = loop_fd_new(l, t->in, on_readable, t, err);
	t->writer = loop_fd_new(l, t->out, on_writable, t, err);
	if (!t->reader || !t->writer)
		goto failed;
	t->winch = loop_signal_new(l, SIGWINCH, on_winch, t);
	term_enter(&t->base);
	sends(t, "\033[?2026$p");
	return &t->base;
failed:
	term_close(&t->base);
	return NULL;
}
