/* How commands and options read their arguments. */
#include "config.h"

#include "tests/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/workbench/cmd.h"
#include "tests/desk.h"

static enum cmd_status run(struct desk *d, struct err *err, const char *name, ...)
{
	const struct cmd *c = cmd_find(d->w.commands, name, err);
	enum cmd_status status = CMD_FINE;
	char *argv[8];
	size_t n = 0;
	va_list ap;

	if (!c)
		return CMD_TROUBLE;
	va_start(ap, name);
	while ((argv[n] = va_arg(ap, char *)) != NULL)
		n++;
	va_end(ap);
	str_clear(&d->text);
	return cmd_run(&d->w, c, argv, n, "", true, &status, err) ? status : CMD_TROUBLE;
}

IN_TASK(arguments_are_checked_against_the_table)
{
	struct err err;

	assert_int_equal(run(d, &err, "version", NULL), CMD_FINE);
	assert_int_equal(run(d, &err, "version", "x", NULL), CMD_TROUBLE);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(run(d, &err, "instance", NULL), CMD_TROUBLE);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(run(d, &err, "sim", "--colour", NULL), CMD_TROUBLE);
	assert_non_null(strstr(err.text, "--colour"));
	assert_int_equal(run(d, &err, "sim", "--engine", NULL), CMD_TROUBLE);
	assert_non_null(strstr(err.text, "--engine"));
	assert_int_equal(run(d, &err, "lnit", NULL), CMD_TROUBLE);
	assert_non_null(strstr(err.text, "lint"));
	/* Behind "--" everything is an argument. */
	assert_int_equal(run(d, &err, "instance", "--", "--colour", NULL), CMD_TROUBLE);
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

IN_TASK(every_command_has_its_help_and_its_place_in_the_manual)
{
	struct str manual = STR_INIT, help = STR_INIT;

	cmd_manual(d->w.commands, &manual);
	for (size_t i = 0; i < cmd_table_len(d->w.commands); i++) {
		const struct cmd *c = cmd_table_at(d->w.commands, i);

		str_clear(&help);
		cmd_help(c, &help);
		assert_non_null(strstr(str_cstr(&help), c->name));
		assert_non_null(strstr(str_cstr(&help), c->help));
		assert_true(c->min_args <= c->max_args);
		if (i)
			assert_true(strcmp(cmd_table_at(d->w.commands, i - 1)->name, c->name) < 0);
	}
	assert_non_null(strstr(str_cstr(&manual), ".TH"));
	str_free(&manual);
	str_free(&help);
}

static void options_take_what_they_can_have(void **state)
{
	struct options *o = options_new();
	struct err err;

	for (size_t i = 0; i < opt_count(); i++) {
		const struct opt *p = opt_at(i);

		assert_ptr_equal(opt_find(p->name), p);
		assert_true(options_set(o, p->name, p->initial, NULL));
	}
	assert_false(options_set(o, "sim.memory_mb", "much", &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_false(options_set(o, "lint.style", "perhaps", &err));
	assert_false(options_set(o, "lint.stlye", "on", &err));
	assert_non_null(strstr(err.text, "lint.style"));
	assert_true(options_set(o, "lint.style", "on", NULL));
	assert_true(options_flag(o, "lint.style"));
	assert_int_equal(word_distance("lint", "lnit", 3), 2);
	assert_int_equal(word_distance("lint", "simulate", 2), 3);
	options_free(o);
}

static void a_name_in_the_code_that_is_no_option_aborts(void **state)
{
	struct options *o = options_new();
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		prctl(PR_SET_DUMPABLE, 0);
		close(STDERR_FILENO);
		signal(SIGABRT, SIG_DFL);
		options_text(o, "lint.stlye");
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	options_free(o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arguments_are_checked_against_the_table),
		TEST(every_command_has_its_help_and_its_place_in_the_manual),
		cmocka_unit_test(options_take_what_they_can_have),
		cmocka_unit_test(a_name_in_the_code_that_is_no_option_aborts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
