#include "config.h"

#include "tests/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/simulator.h"
#include "sim/stage.h"
#include "tests/tool.h"

static bool is_there(const char *root, const char *name)
{
	char *path = path_join(root, name);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

/* A folder with a file in it, hours old. */
static void put_old(const char *root, const char *name)
{
	struct timespec then[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
	char *path = path_join(root, name), *file = str_fmt("%s/m.sv", name);

	mkdir(path, 0700);
	tool_write(root, file, "module m;\nendmodule\n");
	assert_int_equal(utimensat(AT_FDCWD, path, then, 0), 0);
	free(file);
	free(path);
}

static void what_a_killed_posedge_left_is_removed(void **state)
{
	char *root = tool_folder(), *held = path_join(root, ".posedge-stage.bbbbbb");
	struct source m = { "rtl/m.sv", "module m;\nendmodule\n", 20 };
	struct sim_job job = { .root = root, .sources = &m, .n = 1 };
	struct stage s;
	char *dir, *young;
	int fd;

	setenv("XDG_RUNTIME_DIR", root, 1);
	put_old(root, ".posedge-stage.aaaaaa");
	put_old(root, ".posedge-stage.bbbbbb");
	put_old(root, ".posedge-stage.longer-name");
	put_old(root, "posedge.backup");
	fd = open(held, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	young = path_join(root, ".posedge-stage.cccccc");	/* about to be locked */
	mkdir(young, 0700);

	assert_true(stage_init(&s, &job, NULL));
	assert_false(is_there(root, ".posedge-stage.aaaaaa"));
	assert_true(is_there(root, ".posedge-stage.bbbbbb"));
	assert_true(is_there(root, ".posedge-stage.cccccc"));
	assert_true(is_there(root, ".posedge-stage.longer-name"));
	assert_true(is_there(root, "posedge.backup"));

	/* Its own is held, until it ends. */
	dir = str_fmt("%s", s.dir);
	assert_true(is_there(dir, STAGE_MIRROR "/rtl/m.sv"));
	close(fd);
	fd = open(dir, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), -1);
	close(fd);
	stage_fini(&s);
	assert_false(access(dir, F_OK) == 0);
	free(dir);
	free(young);
	free(held);
	tool_folder_remove(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_killed_posedge_left_is_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
