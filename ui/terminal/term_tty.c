/* The terminal that the program runs in.
 *
 *   frame --render.c--> bytes --> pending --> out --> terminal
 *
 * The bytes of a frame are wrapped in a synchronised update, if the terminal has that,
 * and written by the loop without blocking. termios sets the modes; keys.c parses what
 * is read.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "ui/look/frame.h"
#include "ui/terminal/render.h"
#include "ui/terminal/term.h"

#define MAX_SIDE 1000

struct term_tty {
	struct term base;
	struct loop *loop;
	struct term_events ev;
	int in, out; /* descriptors of the terminal; out is non-blocking */
	struct termios before;
	bool modes_set, entered, synchronised, mouse, moves, gone;
	struct render *render;
	struct str pending; /* bytes not written yet */
	struct loop_fd *reader, *writer;
	struct loop_signal *winch;
};

static struct term_tty *self(struct term *t)
{
	return (struct term_tty *)t;
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

static void prepare_rescue(const struct term_tty *t)
{
	rescue.fd = t->out;
	rescue.modes = t->before;
	rescue.len = (size_t)snprintf(
		rescue.bytes, sizeof(rescue.bytes),
		"\033[?2026l\033[?1006l\033[?1004l\033[?1003l\033[?1002l\033[?2004l%s",
		render_rescue(t->render));
	if (rescue.len >= sizeof(rescue.bytes))
		rescue.len = sizeof(rescue.bytes) - 1;
	mem_before_end(give_back_now);
}

/* Bytes out ------------------------------------------------------------------ */

static void hang_up(struct term_tty *t)
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
static void push(struct term_tty *t)
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
	struct term_tty *t = ctx;

	push(t);
	if (t->base.busy)
		return;
	loop_fd_want(t->writer, 0);
	t->ev.drained(t->ev.ctx);
}

/* Writes the rest at exit, when no loop runs: waits for at most a second. */
static void push_all(struct term_tty *t)
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

static void term_send(struct term *base, const char *bytes, size_t len)
{
	struct term_tty *t = self(base);

	if (t->gone)
		return;
	str_add(&t->pending, bytes, len);
	push(t);
}

static void sends(struct term_tty *t, const char *text)
{
	term_send(&t->base, text, strlen(text));
}

/* Bytes in ---------------------------------------------------------------------- */

static void on_readable(void *ctx, unsigned events)
{
	struct term_tty *t = ctx;
	char buf[65536];
	ssize_t n = read(t->in, buf, sizeof(buf));

	if (n > 0)
		t->ev.input(t->ev.ctx, buf, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		hang_up(t);
}

static void read_size(struct term_tty *t)
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
	struct term_tty *t = ctx;

	read_size(t);
	render_forget(t->render);
	t->ev.resized(t->ev.ctx);
}

/* Frames ---------------------------------------------------------------------------- */

static void term_draw(struct term *base, const struct frame *f)
{
	struct term_tty *t = self(base);
	size_t before;

	if (t->gone || !t->entered || f->rows != base->rows || f->cols != base->cols)
		return;
	if (t->synchronised)
		str_adds(&t->pending, "\033[?2026h");
	before = t->pending.len;
	render_frame(t->render, f, &t->pending);
	if (t->synchronised && t->pending.len == before)
		str_cut(&t->pending, before - 8); /* nothing to show */
	else if (t->synchronised)
		str_adds(&t->pending, "\033[?2026l");
	push(t);
}

/* Taking the terminal and giving it back ------------------------------------------------ */

static void set_modes(struct term_tty *t)
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

static void send_mouse(struct term_tty *t)
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
	struct term_tty *t = self(base);
	bool same = t->mouse == on && t->moves == moves;

	t->mouse = on;
	t->moves = moves;
	if (t->entered && !same)
		send_mouse(t);
}

static void term_enter(struct term *base)
{
	struct term_tty *t = self(base);

	if (t->entered || t->gone)
		return;
	set_modes(t);
	t->entered = true;
	read_size(t);
	render_begin(t->render, &t->pending);
	sends(t, "\033[?2004h\033[?1004h"); /* bracketed paste; focus reports */
	if (t->mouse)
		send_mouse(t);
	loop_fd_want(t->reader, LOOP_READ);
	prepare_rescue(t);
}

static void term_leave(struct term *base)
{
	struct term_tty *t = self(base);

	if (!t->entered)
		return;
	mem_before_end(NULL);
	loop_fd_want(t->reader, 0);
	if (t->mouse)
		sends(t, "\033[?1006l\033[?1003l\033[?1002l");
	sends(t, "\033[?1004l\033[?2004l");
	render_end(t->render, &t->pending);
	push_all(t);
	t->entered = false;
	if (t->modes_set)
		tcsetattr(t->in, TCSADRAIN, &t->before);
	t->modes_set = false;
}

static void term_close(struct term *base)
{
	struct term_tty *t = self(base);

	term_leave(base);
	loop_fd_free(t->reader);
	loop_fd_free(t->writer);
	loop_signal_free(t->winch);
	render_free(t->render);
	if (t->in >= 0)
		close(t->in);
	if (t->out >= 0)
		close(t->out);
	str_free(&t->pending);
	free(t);
}

static void term_forget(struct term *base)
{
	render_forget(self(base)->render);
}

static void term_synchronise(struct term *base)
{
	self(base)->synchronised = true;
}

static void term_theme(struct term *base, enum theme theme)
{
	render_theme(self(base)->render, theme);
}

static const struct term_ops ops = {
	.close = term_close,
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

struct term *term_tty_open(struct loop *l, enum theme theme, const struct term_events *ev,
			   struct err *err)
{
	struct term_tty *t = mem_zalloc(sizeof(*t));

	t->base.ops = &ops;
	t->loop = l;
	t->ev = *ev;
	t->in = open_own(STDIN_FILENO);
	t->out = open_own(STDOUT_FILENO);
	if (t->in < 0 || t->out < 0) {
		err_set(err, ERR_TOOL,
			"the screen needs a terminal; `posedge --plain` works without");
		goto failed;
	}
	t->render = render_new(getenv("TERM"), err);
	if (!t->render)
		goto failed;
	render_theme(t->render, theme);
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
