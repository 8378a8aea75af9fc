/* The question being typed: however long it is, the rows around the cursor are shown. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/painted.h"

#include <errno.h>
#include <sys/stat.h>

#include "ui/job/jobs.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_panes.h"

static int set_up(void **state)
{
	struct stand *p = painted_begin(24, 80, 1, "m.v", "module m;\nendmodule\n");

	ui_focus(p->u, PANE_CHAT);
	*state = p;
	return 0;
}

/* Fails unless the cursor stands right behind text. */
static void assert_behind(struct stand *p, const char *text)
{
	struct str screen = STR_INIT;
	const char *row;

	draw(p);
	frame_print(&p->shown, &screen);
	row = str_cstr(&screen);
	for (int i = 0; row && i < p->shown.cursor_row; i++)
		row = strchr(row, '\n') + 1;
	assert_memory_equal(row + p->shown.cursor_col - (int)strlen(text), text, strlen(text));
	str_free(&screen);
}

static void paste(struct stand *p, const struct str *text)
{
	ui_input(p->u, "\033[200~", 6);
	ui_input(p->u, text->data, text->len);
	ui_input(p->u, "\033[201~", 6);
}

CASE_WITH(the_last_of_many_lines_is_shown, set_up, painted_end)
{
	static const int counts[] = { 3, 511, 512, 513, 20000 };

	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		struct stand *p = *state;
		struct str text = STR_INIT;
		char *last = str_fmt("line %d", counts[i]);

		for (int n = 1; n <= counts[i]; n++)
			str_addf(&text, "%sline %d", n > 1 ? "\n" : "", n);
		paste(p, &text);
		assert_behind(p, last);
		assert_true(ui_chat(p->u)->question.cursor == text.len);
		free(last);
		str_free(&text);
		painted_end(state);
		set_up(state);
	}
}

/* Shown in 80 columns, its end too. */
CASE_WITH(the_end_of_one_long_line_is_shown, set_up, painted_end)
{
	struct stand *p = *state;
	struct str text = STR_INIT;

	for (int n = 0; n < 20000; n++)
		str_adds(&text, "word ");
	str_adds(&text, "end");
	paste(p, &text);
	assert_behind(p, "end");
	str_free(&text);
}

static void add_file(struct stand *p, const char *path)
{
	char *full = path_join(p->root, path), *dir = path_dir(full);

	assert_true(mkdir(dir, 0700) == 0 || errno == EEXIST);
	assert_true(file_save(full, "module q;\nendmodule\n", 20, 0600, NULL));
	free(dir);
	free(full);
}

/* Keys up to a Tab, and the question after it. */
CASE_WITH(a_file_is_completed_by_its_name, set_up, painted_end)
{
	static const struct {
		const char *keys, *want;
	} steps[] = {
		{ "see @ha\t", "see @\"my lab/half" },
		{ ".v\t", "see @\"my lab/half.v\" " },
		{ "@tb/r\t", "see @\"my lab/half.v\" @tb/ram.v " },
		{ "@ram\t", "see @\"my lab/half.v\" @tb/ram.v @tb/ram.v " },
		{ "@b\t", "see @\"my lab/half.v\" @tb/ram.v @tb/ram.v @b" }, /* two folders */
		/* two names that differ in the second byte of a character */
		{ " @tb/c\t", "see @\"my lab/half.v\" @tb/ram.v @tb/ram.v @b @tb/caf" },
	};
	struct stand *p = *state;

	add_file(p, "my lab/half.v");
	add_file(p, "my lab/half_2.v");
	add_file(p, "my lab/bit.v");
	add_file(p, "tb/ram.v");
	add_file(p, "tb/bit_tb.v");
	add_file(p, "tb/caf\xc3\xa9.v");
	add_file(p, "tb/caf\xc3\xa8.v");
	while (ui_project_pending(p->u))
		loop_turn(p->loop, true);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		ui_input(p->u, steps[i].keys, strlen(steps[i].keys));
		assert_string_equal(str_cstr(&ui_chat(p->u)->question.text), steps[i].want);
	}
}

/* It has no part before the cursor. */
CASE_WITH(before_a_command_nothing_is_completed, set_up, painted_end)
{
	static const char keys[] = "/ask\033[H\t", after[] = "x";
	struct stand *p = *state;

	ui_input(p->u, keys, strlen(keys));
	assert_string_equal(str_cstr(&ui_chat(p->u)->question.text), "/ask");
	ui_input(p->u, after, strlen(after));
	assert_string_equal(str_cstr(&ui_chat(p->u)->question.text), "x/ask");
}
