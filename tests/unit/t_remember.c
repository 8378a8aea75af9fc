#include "config.h"

#include "tests/lib/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/option/remember.h"

static char root[] = "/tmp/t_remember.XXXXXX";

static ino_t inode(void)
{
	char *path = str_fmt("%s/.posedge/remembered.json", root);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	free(path);
	return st.st_ino;
}

static void is(const char *name, const char *want)
{
	char *value = remember_get(root, name);

	if (want)
		assert_string_equal(value, want);
	else
		assert_null(value);
	free(value);
}

/* A new file replaces the old one; the old one is held open, so that its inode number is
 * not reused. */
static void only_what_is_new_is_written(void **state)
{
	static const struct remembered two[] = { { "a", "1" }, { "b", "x y" } };
	char *path = str_fmt("%s/.posedge/remembered.json", root);
	ino_t first;
	int held;

	remember_set_all(root, two, 2);
	first = inode();
	held = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(held >= 0);
	remember_set_all(root, two, 2);
	remember_set(root, "b", "x y");
	assert_int_equal(inode(), first);
	remember_set(root, "b", "");
	assert_int_not_equal(inode(), first);
	close(held);
	free(path);
	is("a", "1");
	is("b", "");
	is("c", NULL);
}

static void a_damaged_file_is_an_empty_one(void **state)
{
	char *path = str_fmt("%s/.posedge/remembered.json", root);

	assert_true(file_put(path, "[1, 2", 5, 0600, NULL));
	is("a", NULL);
	remember_set(root, "a", "2");
	is("a", "2");
	assert_true(file_put(path, "{\"a\":7}", 7, 0600, NULL));
	remember_set(root, "a", "7");
	is("a", "7");
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_new_is_written),
		cmocka_unit_test(a_damaged_file_is_an_empty_one),
	};
	char *dir;
	int failed;

	if (!mkdtemp(root))
		return 1;
	dir = str_fmt("%s/.posedge", root);
	mkdir(dir, 0700);
	free(dir);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	file_remove_tree(root, NULL);
	return failed;
}
