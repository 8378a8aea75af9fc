/* How commands read their arguments. */
#include "config.h"

#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/state.h"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arguments_are_checked_against_the_table),
		TEST(every_command_has_its_help_and_its_place_in_the_manual),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
