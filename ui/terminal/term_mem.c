/* A terminal in memory, for tests and scripts: it takes every frame at once, and keeps
 * the tail of the other bytes sent (the clipboard, the title).
 */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "ui/terminal/term.h"

struct term_mem {
	struct term base;
	struct term_events ev;
	struct str sent; /* at most the last SENT_MAX bytes */
};

#define SENT_MAX 4096u

static void mem_close(struct term *t)
{
	struct term_mem *m = (struct term_mem *)t;

	str_free(&m->sent);
	free(m);
}

static void mem_read(struct term *t, term_input_fn *fn, void *ctx)
{
	/* There is no keyboard. */
}

static size_t mem_take(struct term *t, char *bytes, size_t size)
{
	return 0;
}

static void mem_draw(struct term *t, const struct frame *f)
{
	/* The caller has the frame itself. */
}

static void mem_send(struct term *t, const char *bytes, size_t len)
{
	struct term_mem *m = (struct term_mem *)t;

	if (m->sent.len + len > SENT_MAX)
		str_clear(&m->sent);
	if (len <= SENT_MAX)
		str_add(&m->sent, bytes, len);
}

static void mem_nothing(struct term *t)
{
}

static void mem_mouse(struct term *t, bool on, bool moves)
{
}

static void mem_theme(struct term *t, enum theme theme)
{
}

static const struct term_ops ops = {
	.close = mem_close,
	.read = mem_read,
	.take = mem_take,
	.draw = mem_draw,
	.send = mem_send,
	.leave = mem_nothing,
	.enter = mem_nothing,
	.forget = mem_nothing,
	.synchronise = mem_nothing,
	.mouse = mem_mouse,
	.theme = mem_theme,
};

struct term *term_mem_open(int rows, int cols, const struct term_events *ev)
{
	struct term_mem *m = mem_zalloc(sizeof(*m));

	m->base.ops = &ops;
	m->ev = *ev;
	m->base.rows = rows;
	m->base.cols = cols;
	return &m->base;
}

void term_mem_resize(struct term *t, int rows, int cols)
{
	struct term_mem *m = (struct term_mem *)t;

	t->rows = rows;
	t->cols = cols;
	m->ev.resized(m->ev.ctx);
}

const char *term_mem_sent(const struct term *t)
{
	return str_cstr(&((const struct term_mem *)t)->sent);
}
