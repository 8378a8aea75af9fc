#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/bench/suite.h"
#include "session/bench/task_file.h"
#include "session/bench/task_lay.h"
#include "tests/lib/folder.h"

#define LINES "project a\nquestion \"b c\"\ncheck t.v\nkeep t.v\n"

CASE(a_task_is_read)
{
	static const char text[] = "# x\nproject ./p//q\nquestion \"two\\\n words\"\ncheck t.v u\n"
				   "check v\nkeep t.v\nseconds 600\nsolution s\n";
	struct task_file t;
	struct err err;

	assert_true(task_file_read(&t, text, strlen(text), &err));
	assert_string_equal(t.project, "p/q");
	assert_string_equal(t.question, "two  words");
	assert_string_equal(t.solution, "s");
	assert_int_equal(t.checks.n, 3);
	assert_string_equal(t.checks.v[2], "v");
	assert_int_equal(t.keep.n, 1);
	assert_int_equal(t.seconds, 600);
	task_file_fini(&t);
	assert_true(task_file_read(&t, LINES, strlen(LINES), &err));
	assert_int_equal(t.seconds, 10);
	assert_null(t.solution);
	task_file_fini(&t);
}

static void refused(const char *text, size_t len, const char *want)
{
	struct task_file t;
	struct err err;

	if (task_file_read(&t, text, len, &err))
		fail_msg("it is taken: %.60s", text);
	if (!strstr(err.text, want))
		fail_msg("it says %s, not %s", err.text, want);
	assert_null(strchr(err.text, '\n'));
	task_file_fini(&t);
}

CASE(bad_tasks_are_one_sentence)
{
	static const struct {
		const char *text, *want;
	} all[] = {
		{ "", "project is missing" },
		{ "project a\n", "question is missing" },
		{ "project a\nquestion b\nkeep c\n", "check is missing" },
		{ "project a\nquestion b\ncheck c\n", "keep is missing" },
		{ LINES "project b\n", "line 5: project is there twice" },
		{ LINES "seconds 1\nseconds 2\n", "line 6: seconds is there twice" },
		{ LINES "seconds 0\n", "line 5: seconds are 1 to 600" },
		{ LINES "seconds 601\n", "1 to 600" },
		{ LINES "seconds +5\n", "1 to 600" },
		{ LINES "seconds 5s\n", "1 to 600" },
		{ LINES "seconds 18446744073709551617\n", "1 to 600" },
		{ LINES "seconds \"\"\n", "1 to 600" },
		{ LINES "solution ..\n", "stay in its folder" },
		{ LINES "solution a/../..\n", "stay in its folder" },
		{ LINES "solution /a\n", "stay in its folder" },
		{ LINES "keep a ../b\n", "stay in its folder" },
		{ LINES "check \"a\x1b[2J\"\n", "a path has to be" },
		{ "project .\n", "a path has to be" },
		{ "project a b\n", "one word follows a name" },
		{ "project\n", "one word follows a name" },
		{ LINES "shell id\n", "and nothing else" },
		{ "question \"open\n", "line 1" },
	};
	struct str s = STR_INIT;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		refused(all[i].text, strlen(all[i].text), all[i].want);
	refused("project a\0b\n", 12, "line 1");
	for (unsigned i = 0; i <= TASK_CHECKS_MAX; i++)
		str_addf(&s, "check c%u\n", i);
	refused(str_cstr(&s), s.len, "line 17: check: at most 16");
	str_clear(&s);
	str_adds(&s, "keep");
	for (unsigned i = 0; i <= TASK_KEEP_MAX; i++)
		str_addf(&s, " k%u", i);
	refused(str_cstr(&s), s.len, "keep: at most 64");
	str_clear(&s);
	str_adds(&s, "question ");
	for (unsigned i = 0; i <= TASK_QUESTION_MAX; i++)
		str_addc(&s, 'q');
	refused(str_cstr(&s), s.len, "at most 16000 bytes");
	while (s.len <= TASK_FILE_MAX)
		str_addc(&s, '\n');
	refused(str_cstr(&s), s.len, "at most 65536 bytes");
	str_free(&s);
}

static char *at(const char *name)
{
	return path_join(folder, name);
}

static void put(const char *name, const char *text)
{
	char *path = at(name), *dir = path_dir(path);
	struct err err;

	assert_true(file_make_dirs(dir, 0755, &err));
	assert_true(file_put(path, text, strlen(text), 0644, &err));
	free(dir);
	free(path);
}

static bool is_there(const char *name)
{
	char *path = at(name);
	bool is = file_exists(path);

	free(path);
	return is;
}

static void link_to(const char *to, const char *name)
{
	char *path = at(name);

	assert_int_equal(symlink(to, path), 0);
	free(path);
}

CASE(links_and_settings_are_left)
{
	char *from = at("from"), *to = at("to");
	struct err err;

	put("from/a/b.v", "b");
	put("from/.posedgerc", "set sandbox none");
	put("from/.git/x", "x");
	put("secret", "s");
	link_to("../secret", "from/file.v");
	link_to("..", "from/dir");
	assert_true(task_lay(from, to, &err));
	assert_true(is_there("to/a/b.v"));
	assert_false(is_there("to/.posedgerc"));
	assert_false(is_there("to/.git"));
	assert_false(is_there("to/file.v"));
	assert_false(is_there("to/dir"));
	free(from);
	free(to);
}

static bool lay_one(const char *name, struct err *err)
{
	char *from = at("from"), *to = at("to");
	struct strv paths = STRV_INIT;
	bool ok;

	strv_add(&paths, name);
	ok = task_lay_files(from, to, &paths, err);
	strv_free(&paths);
	free(from);
	free(to);
	return ok;
}

CASE(a_kept_file_is_inside)
{
	struct err err;

	put("to/a/b.v", "changed");
	assert_true(lay_one("a/b.v", &err));
	assert_false(lay_one("dir/secret", &err));
	assert_false(lay_one("file.v", &err));
	assert_false(lay_one("none.v", &err));
	assert_false(is_there("to/dir"));
}

CASE(too_much_is_refused)
{
	char *from = at("many"), *to = at("to2");
	struct str deep = STR_INIT;
	struct err err;

	for (unsigned i = 0; i <= TASK_LAY_FILES; i++) {
		char name[32];

		snprintf(name, sizeof(name), "many/%u", i);
		put(name, "");
	}
	assert_false(task_lay(from, to, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	free(from);
	from = at("deep");
	str_adds(&deep, "deep");
	for (unsigned i = 0; i < TASK_LAY_DEPTH; i++)
		str_adds(&deep, "/d");
	str_adds(&deep, "/f");
	put(str_cstr(&deep), "");
	assert_false(task_lay(from, to, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	str_free(&deep);
	free(from);
	free(to);
}

/* Root may read everything, so the call is made as another user. */
CASE(a_folder_that_cannot_be_read_is_told)
{
	char *from = at("shut"), *in = at("shut/in"), *to = at("to3");
	bool root = geteuid() == 0, laid;
	struct err err = { 0 };

	put("shut/in/a.v", "");
	assert_int_equal(chmod(folder, 0777), 0);
	assert_int_equal(chmod(from, 0755), 0);
	assert_int_equal(chmod(in, 0), 0);
	assert_true(!root || seteuid(65534) == 0);
	laid = task_lay(from, to, &err);
	assert_true(!root || seteuid(0) == 0);
	assert_int_equal(chmod(in, 0700), 0);
	assert_int_equal(chmod(folder, 0700), 0);
	assert_false(laid);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.text, "shut/in: Permission denied"));
	free(from);
	free(in);
	free(to);
}

static bool descriptions(const char *json, struct suite_problems *out, struct err *err)
{
	char *dir = at("search");
	struct suite_choice c = { .dir = dir };
	bool ok;

	*out = (struct suite_problems){ 0 };
	put("search/soc/a.v", "module a; endmodule");
	put("search/soc.json", json);
	ok = suite_hdlsearch.load(&c, out, err);
	free(dir);
	return ok;
}

CASE(descriptions_are_problems)
{
	static const char *const bad[] = { "{}", "[", "[{\"module\":\"a\"}]x", "[]", "" };
	struct suite_problems l;
	struct str many = STR_INIT;
	struct err err;

	assert_true(descriptions("[{\"module\":\"a\"},{\"module\":\"a\",\"block\":\"b\"},"
				 "{\"signal\":\"s\"},7]",
				 &l, &err));
	assert_int_equal(l.n, 4);
	assert_string_equal(l.v[0].name, "soc-0001");
	assert_string_equal(l.v[0].category, "module");
	assert_string_equal(l.v[1].category, "block");
	assert_string_equal(l.v[2].category, "signal");
	suite_problems_fini(&l);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(descriptions(bad[i], &l, &err));
		suite_problems_fini(&l);
	}
	str_addc(&many, '[');
	for (unsigned i = 0; i < 2000; i++)
		str_adds(&many, "{},");
	str_adds(&many, "{}]");
	assert_false(descriptions(str_cstr(&many), &l, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	suite_problems_fini(&l);
	str_free(&many);
}

CASES_WITHIN(make_folder, remove_folder)
