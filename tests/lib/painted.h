/* painted.h - a screen in memory for tests of partial painting: what a terminal would show
 * that is told of the changed rows alone, compared with what painting all of it gives. */
#ifndef POSEDGE_TESTS_PAINTED_H
#define POSEDGE_TESTS_PAINTED_H

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/term.h"
#include "ui/turn/turn.h"

struct stand {
	struct loop *loop;
	struct workbench w;
	struct term *term;
	struct ui *u;
	char *root;
	struct frame shown;	      /* as the terminal has it */
	unsigned drawn, parts, flows; /* frames: all, of some rows, of streamed panes alone */
	unsigned random;	      /* seed, then state of roll() */
};

static inline unsigned roll(struct stand *p, unsigned n)
{
	p->random = p->random * 1664525u + 1013904223u;
	return (p->random >> 8) % n;
}

static inline void ignore_event(void *ctx)
{
}

/* A screen of rows x cols in a new folder, which has a file of that name and text, or
 * (file NULL) none. */
static inline struct stand *painted_begin(int rows, int cols, unsigned seed, const char *file,
					  const char *text)
{
	static const struct ports ports = { 0 };
	struct stand *p = mem_zalloc(sizeof(*p));
	struct term_events ev = { ignore_event, ignore_event, ignore_event, NULL };
	char template[] = "/tmp/posedge-painted.XXXXXX";

	p->random = seed;
	p->loop = loop_new(NULL);
	p->root = mem_strdup(mkdtemp(template));
	if (file) {
		char *path = path_join(p->root, file);

		assert_true(file_save(path, text, strlen(text), 0600, NULL));
		free(path);
	}
	workbench_init(&p->w, p->loop, p->root, &ports);
	assert_non_null(workbench_session(&p->w, SESSION_NEW, NULL));
	p->term = term_mem_open(rows, cols, &ev);
	p->u = ui_new(&p->w, p->w.session, p->term, false);
	frame_init(&p->shown);
	return p;
}

static inline int painted_end(void **state)
{
	struct stand *p = *state;

	ui_free(p->u);
	p->term->ops->close(p->term);
	workbench_fini(&p->w);
	loop_free(p->loop);
	frame_fini(&p->shown);
	file_remove_tree(p->root, NULL);
	free(p->root);
	free(p);
	return 0;
}

/* Draws what is due, as the loop does. */
static inline void draw(struct stand *p)
{
	const struct ui_drawing *d = ui_drawing(p->u);
	const struct frame *f = &d->frame;
	int rows = f->rows;

	if (!d->dirty && !d->typed.waits && !d->flows_due)
		return;
	p->drawn++;
	p->flows += !d->dirty && d->flows_due;
	ui_draw(p->u);
	p->parts += f->to - f->from < f->rows;
	if (p->shown.rows != f->rows || p->shown.cols != f->cols || rows != f->rows) {
		assert_int_equal(f->to - f->from, f->rows);
		frame_reset(&p->shown, f->rows, f->cols);
	}
	memcpy(&p->shown.cells[f->from * f->cols], &f->cells[f->from * f->cols],
	       sizeof(*f->cells) * (size_t)(f->cols * (f->to - f->from)));
	p->shown.cursor_row = f->cursor_row;
	p->shown.cursor_col = f->cursor_col;
}

/* Draws; then the terminal must have what painting all gives, and a click the same places. */
static inline void assert_whole(struct stand *p)
{
	const struct frame *f = &ui_drawing(p->u)->frame;
	struct str now = STR_INIT, all = STR_INIT;
	size_t spots;

	draw(p);
	spots = f->n_spots;
	frame_print(&p->shown, &now);
	frame_print_styles(&p->shown, &now);
	ui_paint(p->u);
	frame_print(f, &all);
	frame_print_styles(f, &all);
	assert_string_equal(str_cstr(&now), str_cstr(&all));
	assert_memory_equal(p->shown.cells, f->cells,
			    sizeof(*f->cells) * (size_t)(f->rows * f->cols));
	assert_int_equal(p->shown.cursor_row, f->cursor_row);
	assert_int_equal(p->shown.cursor_col, f->cursor_col);
	assert_int_equal(spots, f->n_spots);
	str_free(&all);
	str_free(&now);
}

#endif
