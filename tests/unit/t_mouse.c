/* Reports of the terminal: clicks outside of the panes' text, and the focus. */
#include "config.h"

#include "session/text/text.h"
#include "tests/lib/painted.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

static int set_up(void **state)
{
	*state = painted_begin(24, 80, 1, "a.sv", "module a;\nendmodule\n");
	return 0;
}

static void press(struct stand *p, int button, int row, int col, char end)
{
	char *keys = str_fmt("\033[<%d;%d;%d%c", button, col + 1, row + 1, end);

	ui_input(p->u, keys, strlen(keys));
	free(keys);
}

/* Presses and releases the button on the first place that shows text. */
static void click(struct stand *p, const char *text)
{
	struct str all = STR_INIT;
	const char *at, *line;
	int row = 0;

	draw(p);
	frame_print(&p->shown, &all);
	at = strstr(str_cstr(&all), text);
	assert_non_null(at);
	line = str_cstr(&all);
	for (const char *c = line; c < at; c++)
		if (*c == '\n') {
			row++;
			line = c + 1;
		}
	press(p, 0, row, cluster_columns(line, (size_t)(at - line), 0), 'M');
	press(p, 0, row, cluster_columns(line, (size_t)(at - line), 0), 'm');
	str_free(&all);
}

static void a_hint_of_the_last_row_runs_its_command(void **state)
{
	struct stand *p = *state;

	click(p, "Ctrl-O menu");
	assert_int_equal(ui_popup(p->u)->kind, POPUP_MENU);
	click(p, "spec");
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
	assert_int_equal(ui_focused(p->u), PANE_SPEC);
}

static void a_click_beside_a_menu_closes_it(void **state)
{
	struct stand *p = *state;

	click(p, "Ctrl-O menu");
	press(p, 0, 3, 3, 'M');
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
}

static void ask(struct stand *p)
{
	popup_open(ui_popup(p->u), POPUP_CHOICE, "which?");
	popup_add(ui_popup(p->u), "l", "the log", "focus log");
	ui_changed(p->u);
}

static void a_question_is_answered_on_its_letters_alone(void **state)
{
	struct stand *p = *state;

	ui_focus(p->u, PANE_CODE);
	ask(p);
	press(p, 0, 23, 2, 'M'); /* it was not drawn yet */
	assert_int_equal(ui_popup(p->u)->kind, POPUP_CHOICE);
	click(p, "which?");
	assert_int_equal(ui_popup(p->u)->kind, POPUP_CHOICE);
	click(p, "cancels");
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
	assert_int_equal(ui_focused(p->u), PANE_CODE);
	ask(p);
	click(p, "the log");
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
	assert_int_equal(ui_focused(p->u), PANE_LOG);
}

static void a_second_click_runs_an_item_of_a_list(void **state)
{
	struct stand *p = *state;

	popup_open(ui_popup(p->u), POPUP_PICKER, "list");
	popup_add(ui_popup(p->u), "first", "", "focus spec");
	popup_add(ui_popup(p->u), "second", "", "focus log");
	popup_match(ui_popup(p->u));
	ui_changed(p->u);
	click(p, "first"); /* chosen, but not by a click */
	assert_int_equal(ui_popup(p->u)->kind, POPUP_PICKER);
	click(p, "second");
	assert_int_equal(ui_popup(p->u)->kind, POPUP_PICKER);
	assert_int_equal(ui_popup(p->u)->chosen, 1);
	click(p, "second");
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
	assert_int_equal(ui_focused(p->u), PANE_LOG);
}

static void a_name_in_the_title_shows_its_file(void **state)
{
	struct stand *p = *state;

	assert_true(ui_open(p->u, "a.sv", false, NULL));
	assert_true(ui_open(p->u, "b.sv", true, NULL));
	assert_int_equal(ui_tabs(p->u)->at, 1);
	ui_changed(p->u);
	click(p, "a.sv");
	assert_int_equal(ui_tabs(p->u)->at, 0);
	click(p, "b.sv");
	assert_int_equal(ui_tabs(p->u)->at, 1);
	assert_whole(p);
}

static const char *title_of(struct stand *p, struct str *row)
{
	struct str all = STR_INIT;

	ui_changed(p->u);
	draw(p);
	frame_print(&p->shown, &all);
	str_clear(row);
	str_add(row, all.data, strcspn(all.data, "\n"));
	str_free(&all);
	return str_cstr(row);
}

static void a_title_names_as_many_files_as_fit(void **state)
{
	struct stand *p = *state;
	struct str row = STR_INIT;

	for (char name[] = "file_a.sv"; name[5] <= 'l'; name[5]++)
		assert_true(ui_open(p->u, name, true, NULL));
	assert_non_null(strstr(title_of(p, &row), " file_k.sv [file_l.sv] "));
	assert_non_null(strstr(title_of(p, &row), " +"));
	ui_tabs(p->u)->at = 0;
	assert_non_null(strstr(title_of(p, &row), "  [file_a.sv] file_b.sv file_c.sv "));
	ui_tabs(p->u)->at = 5;
	assert_non_null(strstr(title_of(p, &row), " [file_f.sv] file_g.sv "));
	click(p, "file_g.sv");
	assert_int_equal(ui_tabs(p->u)->at, 6);
	str_free(&row);
}

static void a_click_clears_the_message(void **state)
{
	struct stand *p = *state;

	ui_say(p->u, "said");
	press(p, 0, 3, 3, 'M');
	assert_int_equal(ui_words(p->u)->message.len, 0);
	ui_say(p->u, "said");
	press(p, 0, 3, 3, 'm');
	assert_int_not_equal(ui_words(p->u)->message.len, 0);
}

static void rewrite(struct stand *p, const char *text)
{
	char *path = path_join(p->root, "a.sv");

	assert_true(file_save(path, text, strlen(text), 0600, NULL));
	free(path);
}

static void the_focus_reads_files_that_changed_meanwhile(void **state)
{
	static const char focus[] = "\033[I";
	struct stand *p = *state;
	struct text *t;

	assert_true(ui_open(p->u, "a.sv", false, NULL));
	rewrite(p, "module another;\nendmodule\n");
	ui_input(p->u, focus, strlen(focus));
	t = ui_text(p->u, ui_code(p->u));
	assert_int_equal(text_len(t), strlen("module another;\nendmodule\n"));
	/* Unsaved edits stay, and nothing is asked before a key. */
	ui_focus(p->u, PANE_CODE);
	ui_input(p->u, "x", 1);
	rewrite(p, "module a_third;\n");
	ui_input(p->u, focus, strlen(focus));
	assert_int_equal(text_len(t), strlen("xmodule another;\nendmodule\n"));
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_hint_of_the_last_row_runs_its_command, set_up,
						painted_end),
		cmocka_unit_test_setup_teardown(a_click_beside_a_menu_closes_it, set_up,
						painted_end),
		cmocka_unit_test_setup_teardown(a_question_is_answered_on_its_letters_alone, set_up,
						painted_end),
		cmocka_unit_test_setup_teardown(a_second_click_runs_an_item_of_a_list, set_up,
						painted_end),
		cmocka_unit_test_setup_teardown(a_title_names_as_many_files_as_fit, set_up,
						painted_end),
		cmocka_unit_test_setup_teardown(a_name_in_the_title_shows_its_file, set_up,
						painted_end),
		cmocka_unit_test_setup_teardown(a_click_clears_the_message, set_up, painted_end),
		cmocka_unit_test_setup_teardown(the_focus_reads_files_that_changed_meanwhile,
						set_up, painted_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
