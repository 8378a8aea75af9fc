/* Guests: the panes in the place of the code. See ui/pane/pane.h. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/painted.h"

#include "ui/pane/pane.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"

static int kept; /* by guests, not freed yet */

static void free_one(void *own)
{
	free(own);
	kept--;
}

static void keep_one(struct ui *u)
{
	struct guest *g = &ui_panes(u)->guest;

	assert_null(g->own);
	g->own = malloc(1);
	g->free_own = free_one;
	kept++;
}

static int set_up(void **state)
{
	*state = painted_begin(24, 80, 1, "m.v", "module m;\nendmodule\n");
	kept = 0;
	return 0;
}

static bool shown(const struct stand *p, const char *name)
{
	const char *now = pane_at(p->u, PANE_CODE)->name;

	return name ? now && strcmp(now, name) == 0 : !now;
}

/* The rest is freed with the screen. */
static int tear_down(void **state)
{
	painted_end(state);
	return kept;
}

CASE_WITH(a_guest_is_shown_until_a_file_is_opened, set_up, tear_down)
{
	struct stand *p = *state;

	assert_true(shown(p, NULL));
	assert_true(pane_open(p->u, "context", NULL));
	assert_true(shown(p, "context"));
	assert_int_equal(ui_focused(p->u), PANE_CODE);
	keep_one(p->u);
	assert_true(ui_open(p->u, "m.v", false, NULL));
	assert_true(shown(p, NULL));
	assert_int_equal(kept, 0);
}

CASE_WITH(leaving_goes_back_to_where_the_first_was_opened, set_up, tear_down)
{
	struct stand *p = *state;

	ui_focus(p->u, PANE_LOG);
	assert_true(pane_open(p->u, "context", NULL));
	keep_one(p->u);
	assert_true(pane_open(p->u, "context", NULL));
	assert_int_equal(kept, 0);
	keep_one(p->u);
	ui_leave_guest(p->u);
	assert_true(shown(p, NULL));
	assert_int_equal(ui_focused(p->u), PANE_LOG);
	assert_int_equal(kept, 0);
}

CASE_WITH(one_that_cannot_be_opened_leaves_the_other_open, set_up, tear_down)
{
	struct stand *p = *state;
	struct err err;

	assert_true(pane_open(p->u, "context", NULL));
	keep_one(p->u);
	assert_false(pane_open(p->u, "nothing", &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_true(shown(p, "context"));
	assert_int_equal(kept, 1);
}
