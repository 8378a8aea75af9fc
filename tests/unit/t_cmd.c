/* How commands read their arguments. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/workbench/cmd.h"
#include "session/workbench/screen_port.h"
#include "tests/lib/desk.h"
#include "ui/act/act.h"

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
	/* After "--" everything is an argument. */
	assert_int_equal(run(d, &err, "instance", "--", "--colour", NULL), CMD_TROUBLE);
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

/* The words of a line, each in [ ]; "!" if it was refused. */
static char *words_of(const struct desk *d, const char *line)
{
	struct strv argv = STRV_INIT;
	struct str out = STR_INIT;

	if (!cmd_words(d->w.commands, line, &argv, NULL))
		str_addc(&out, '!');
	for (size_t i = 0; i < argv.n; i++)
		str_addf(&out, "[%s]", argv.v[i]);
	strv_free(&argv);
	return str_take(&out);
}

IN_TASK(a_text_is_what_was_typed_behind_the_options)
{
	static const char *const v[][2] = {
		{ "ask what's this?", "[ask][--][what's this?]" },
		{ "  ask  a  \"b\"  # c ", "[ask][--][a  \"b\"  # c]" },
		{ "ask \"a  b's\"", "[ask][--][a  b's]" },
		{ "ask 'a' or 'b'", "[ask][--]['a' or 'b']" },
		{ "ask --backend \"m n\" it's", "[ask][--backend][m n][--][it's]" },
		{ "ask --backend=m --nonsense it's", "[ask][--backend=m][--nonsense][--][it's]" },
		{ "ask -- --backend it's", "[ask][--][--backend it's]" },
		{ "ask a --backend m", "[ask][--][a --backend m]" },
		{ "ask", "[ask]" },
		{ "ask  ", "[ask]" },
		{ "ask one\ntwo's", "[ask][--][one\ntwo's]" },
		{ "rewrite q <= 4'd3; // it's", "[rewrite][--][q <= 4'd3; // it's]" },
		{ "wave-find a == b", "[wave-find][--][a == b]" },
		/* others are words */
		{ "open \"a b\" c # d", "[open][a b][c]" },
		{ "open it's", "![open]" },
		{ "nosuch it's", "![nosuch]" },
		{ "", "" },
	};

	act_add_commands(d->w.commands);
	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		char *words = words_of(d, v[i][0]);

		assert_string_equal(words, v[i][1]);
		free(words);
	}
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

static const struct act_command *on_screen(const char *name)
{
	const struct act_command *o;

	for (size_t i = 0; (o = act_command(i)) != NULL; i++)
		if (strcmp(o->cmd.name, name) == 0)
			return o;
	return NULL;
}

static size_t times_in_topics(const char *name)
{
	size_t n = 0;

	for (const struct cmd_topic *topic = command_topics; topic->title; topic++)
		for (const char *const *p = topic->names; *p; p++)
			n += strcmp(*p, name) == 0;
	return n;
}

static const struct cmd *row(const struct cmd *table, const char *name)
{
	for (; table->name; table++)
		if (strcmp(table->name, name) == 0)
			return table;
	return NULL;
}

/* Each command of the shell is listed once and fits its line. */
CASE(each_command_is_found_in_the_list)
{
	const struct act_command *o;

	for (const struct cmd_topic *topic = command_topics; topic->title; topic++)
		assert_null(topic->names[CMD_TOPIC_MAX]);
	for (const struct cmd *c = commands; c->name; c++) {
		if (times_in_topics(c->name) != 1)
			fail_msg("%s: in %zu topics", c->name, times_in_topics(c->name));
		if (strlen(c->name) > 12 || strlen(c->help) > CMD_HELP_MAX)
			fail_msg("%s: too long for a line", c->name);
	}
	for (size_t i = 0; (o = act_command(i)) != NULL; i++)
		if (o->cmd.flags &&
		    (strlen(o->cmd.name) > 16 || strlen(o->cmd.help) > CMD_HELP_MAX))
			fail_msg("%s: too long for a line", o->cmd.name);
	for (const struct cmd_topic *topic = command_topics; topic->title; topic++)
		for (const char *const *p = topic->names; *p; p++)
			if (!row(commands, *p) && !on_screen(*p))
				fail_msg("%s: %s is no command", topic->title, *p);
}

CASE(each_command_is_defined_once)
{
	const struct act_command *o;

	for (size_t i = 0; (o = act_command(i)) != NULL; i++) {
		const struct cmd *c = row(commands, o->cmd.name);

		assert_ptr_equal(on_screen(o->cmd.name), o);
		assert_non_null(o->run);
		if (o->cmd.flags) {
			assert_null(c);
			assert_int_equal(o->cmd.flags & CMD_BOTH, CMD_SCREEN);
			assert_null(o->cmd.run);
		} else {
			if (!c || (c->flags & CMD_BOTH) != CMD_BOTH)
				fail_msg("%s: the screen does it, and no row says so", o->cmd.name);
			assert_true(o->cmd.max_args <= c->max_args);
		}
	}
	for (const struct cmd *c = commands; c->name; c++) {
		assert_ptr_equal(row(commands, c->name), c);
		assert_non_null(c->run);
		assert_int_equal(on_screen(c->name) != NULL, (c->flags & CMD_SCREEN) != 0);
	}
}

/* No two names differ only by a last letter, which is easy to confuse. */
CASE(no_command_is_the_plural_of_another)
{
	const struct act_command *o;

	for (const struct cmd *c = commands; c->name; c++) {
		char plural[64];

		snprintf(plural, sizeof(plural), "%ss", c->name);
		if (strcmp(plural, "backends") != 0 && (row(commands, plural) || on_screen(plural)))
			fail_msg("%s and %s", c->name, plural);
	}
	for (size_t i = 0; (o = act_command(i)) != NULL; i++) {
		char plural[64];

		snprintf(plural, sizeof(plural), "%ss", o->cmd.name);
		if (row(commands, plural) || on_screen(plural))
			fail_msg("%s and %s", o->cmd.name, plural);
	}
}

IN_TASK(a_name_of_before_is_found)
{
	struct err err;

	act_add_commands(d->w.commands);
	assert_null(cmd_find(d->w.commands, "session", &err));
	assert_non_null(strstr(err.text, "called resume now"));
	assert_null(cmd_find(d->w.commands, "waves", &err));
	assert_non_null(strstr(err.text, "called wave now"));
	assert_null(cmd_find(d->w.commands, "shiftr.v", &err));
	assert_non_null(strstr(err.text, "no such file or command"));
}

static size_t at_once;

/* The screen's row, without a screen. */
static bool count_at_once(struct screen_port *p, struct cmd_call *c, bool *as_job, struct err *err)
{
	*as_job = !act_find_fn(c);
	at_once += !*as_job;
	return true;
}

IN_TASK(what_the_screen_does_not_take_is_a_job)
{
	struct screen_port screen = { count_at_once };
	static const struct {
		const char *name, *argv[3];
		bool ok, as_job;
	} cases[] = {
		{ "lint", { NULL }, true, false },
		{ "lint", { "a.sv" }, true, true },
		{ "lint", { "--style" }, true, true },
		{ "lint", { "--colour" }, false, false },
		{ "review", { "--git" }, true, false },
		{ "review", { "--git", "HEAD~1" }, true, false },
		{ "review", { "--take", "1" }, true, true },
		{ "review", { "a", "b" }, false, false },
		{ "blame", { "a.sv" }, true, true }, /* the shell's own */
		{ "undo", { NULL }, true, false },   /* the screen's own */
	};
	size_t want = 0;

	assert_true(cmd_table_add(d->w.commands, &on_screen("undo")->cmd, NULL));
	d->w.screen = &screen;
	at_once = 0;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct cmd *c = cmd_find(d->w.commands, cases[i].name, NULL);
		size_t n = 0;
		bool as_job;
		struct err err;

		while (n < 3 && cases[i].argv[n])
			n++;
		assert_int_equal(
			cmd_run_at_once(&d->w, c, (char *const *)cases[i].argv, n, &as_job, &err),
			cases[i].ok);
		assert_int_equal(as_job, cases[i].as_job);
		want += cases[i].ok && !cases[i].as_job;
		assert_int_equal(at_once, want);
	}
	d->w.screen = NULL;
}

IN_TASK(without_a_screen_its_commands_say_where_they_work)
{
	enum cmd_status status;
	struct err err;
	char *key[] = { "F9", "undo" };

	assert_false(cmd_run(&d->w, &on_screen("undo")->cmd, NULL, 0, "", true, &status, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "undo works on the screen"));
	/* A line of an rc file takes effect on the next screen. */
	assert_true(cmd_run(&d->w, &on_screen("bind")->cmd, key, 2, "rc:1", true, &status, &err));
	assert_false(cmd_run(&d->w, &on_screen("undo")->cmd, NULL, 0, "rc:2", true, &status, &err));
}

CASE(a_line_of_the_chat_is_a_command_or_a_question)
{
	assert_string_equal(cmd_in_chat("/lint"), "lint");
	assert_string_equal(cmd_in_chat(":clarify now"), "clarify now");
	assert_null(cmd_in_chat(":-) thanks"));
	assert_null(cmd_in_chat(": is a colon legal here?"));
	assert_null(cmd_in_chat("why :lint?"));
	assert_null(cmd_in_chat(""));
}
