#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/manifest/tree.h"

static const char *const paths[] = { "a.v",	     "rtl/a.v",	       "rtl/b.sv",
				     "rtl/core/a.v", "rtl/core/c/d.v", "rtl0/x.v",
				     "sim/tb.v" };
static const struct tree table = { .paths = paths, .n = sizeof(paths) / sizeof(*paths) };

static void glob_gives(const char *pattern, const char *want)
{
	struct strv l = STRV_INIT;
	struct str out = STR_INIT;

	tree_glob(&table, pattern, &l);
	for (size_t i = 0; i < l.n; i++)
		str_addf(&out, "%s%s", i ? " " : "", l.v[i]);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	strv_free(&l);
}

CASE(a_glob_matches_within_one_folder)
{
	glob_gives("*.v", "a.v");
	glob_gives("rtl/*", "rtl/a.v rtl/b.sv");
	glob_gives("rtl/?.v", "rtl/a.v");
	glob_gives("*/a.v", "rtl/a.v");
	glob_gives("rtl/*/a.v", "rtl/core/a.v");
	glob_gives("r*l/*/?/*.v", "rtl/core/c/d.v");
	glob_gives("rtl/a.v", "rtl/a.v");
	glob_gives("rtl", "");
	glob_gives("none/*", "");
}

CASE(two_stars_match_any_number_of_folders)
{
	glob_gives("**/a.v", "a.v rtl/a.v rtl/core/a.v");
	glob_gives("rtl/**/*.v", "rtl/a.v rtl/core/a.v rtl/core/c/d.v");
	glob_gives("**/c*/**/d.v", "rtl/core/c/d.v");
	glob_gives("**/core/d.v", "");
}

CASE(folders_and_endings_are_found)
{
	size_t end;

	assert_true(tree_has(&table, "rtl/b.sv"));
	assert_false(tree_has(&table, "rtl"));
	assert_true(tree_has_dir(&table, "rtl/core"));
	assert_true(tree_has_dir(&table, "."));
	assert_false(tree_has_dir(&table, "rt"));
	assert_int_equal(tree_below(&table, "rtl", &end), 1);
	assert_int_equal(end, 5);
	assert_string_equal(tree_ending(&table, "d.v"), "rtl/core/c/d.v");
	assert_string_equal(tree_ending(&table, "core/a.v"), "rtl/core/a.v");
	assert_string_equal(tree_ending(&table, "a.v"), "a.v"); /* the whole name counts more */
	assert_null(tree_ending(&table, "tl/b.sv"));
	assert_null(tree_ending(&table, "e.v"));
}

static void touch(const char *dir, const char *path)
{
	char *full = path_join(dir, path), *folder = path_dir(full);
	struct err err;

	assert_true(file_make_dirs(folder, 0700, &err));
	assert_true(file_save(full, path, strlen(path), 0600, &err));
	free(folder);
	free(full);
}

static void name_is(const char *root, const char *path, const char *want)
{
	char *rel = NULL;
	struct err err = { 0 };
	bool ok = tree_name(root, path, &rel, &err);

	assert_int_equal(ok, want != NULL);
	if (want)
		assert_string_equal(rel, want);
	else
		assert_non_null(strstr(err.text, "through a link"));
	free(rel);
}

static void names_are(const char *root)
{
	char *link = path_join(root, "hook.v"), *kept = path_join(root, "kept.v");

	assert_int_equal(symlink(".git/hooks.v", link), 0);
	assert_int_equal(symlink("build/old.v", kept), 0);
	name_is(root, "rtl/a.v", "rtl/a.v");
	name_is(root, "./again.v", "rtl/a.v");
	name_is(root, "rtl/up/rtl/up/again.v", "rtl/a.v");
	name_is(root, "rtl/up/rtl/new.v", "rtl/new.v");
	name_is(root, "kept.v", "kept.v");	 /* the walk has no other name for it */
	name_is(root, "hook.v", ".git/hooks.v"); /* and none at all for this */
	name_is(root, "out/secret.v", NULL);
	name_is(root, "rtl/up/out/new.v", NULL);
	free(link);
	free(kept);
}

CASE(a_folder_is_walked_once_and_inside_only)
{
	char root[] = "/tmp/t_tree.XXXXXX", outside[] = "/tmp/t_tree_o.XXXXXX";
	struct tree_folder f;
	struct str text = STR_INIT;
	char *link;
	struct err err;

	assert_non_null(mkdtemp(root));
	assert_non_null(mkdtemp(outside));
	touch(outside, "secret.v");
	touch(root, "rtl/a.v");
	touch(root, ".git/hooks.v");
	touch(root, "build/old.v");
	touch(root, "build/old.o");
	touch(root, "rtl/in a blank.v");
	link = path_join(root, "rtl/up");
	assert_int_equal(symlink("..", link), 0);
	free(link);
	link = path_join(root, "again.v");
	assert_int_equal(symlink("rtl/a.v", link), 0);
	free(link);
	link = path_join(root, "out");
	assert_int_equal(symlink(outside, link), 0);
	free(link);
	touch(root, ".env");
	link = path_join(root, "notes.v");
	assert_int_equal(symlink(".env", link), 0);
	free(link);
	assert_true(tree_folder_open(&f, root, &err));
	assert_int_equal(f.tree.n, 2);
	assert_string_equal(f.tree.paths[0], "rtl/a.v");
	assert_string_equal(f.tree.paths[1], "rtl/in a blank.v");
	assert_true(f.tree.read(f.tree.ctx, "rtl/a.v", 100, &text, &err));
	assert_string_equal(str_cstr(&text), "rtl/a.v");
	str_free(&text);
	tree_folder_close(&f);
	names_are(root);
	assert_false(tree_folder_open(&f, "/tmp/t_tree_none", &err));
	assert_true(file_remove_tree(root, &err));
	assert_true(file_remove_tree(outside, &err));
}
