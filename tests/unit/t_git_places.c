/* Folders shown to git, for repositories that span several folders and for forged
 * repositories. e2e_git.sh has real ones. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "sim/git/git_places.h"
#include "tests/lib/tool.h"

static void make(const char *dir, const char *script)
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	assert_int_equal(tool_run(dir, argv, NULL, NULL), 0);
}

/* The files found from dir/below, one per line, without "dir/". */
static char *found(const char *dir, const char *below)
{
	char *root = path_join(dir, below);
	struct strv out = STRV_INIT;
	struct str text = STR_INIT;

	git_places_repository(root, &out);
	for (size_t i = 0; i < out.n; i++)
		str_addf(&text, "%s\n",
			 strncmp(out.v[i], dir, strlen(dir)) == 0 && out.v[i][strlen(dir)]
				 ? out.v[i] + strlen(dir) + 1
				 : out.v[i]);
	strv_free(&out);
	free(root);
	return str_take(&text);
}

static void expect(const char *script, const char *below, const char *want)
{
	char *dir = tool_folder(), *home = path_join(dir, "home"), *got, *line;

	line = str_fmt("git() { mkdir -p $1/objects/pack $1/objects/info; echo x >$1/HEAD; }; "
		       "mkdir home; D='%s'; %s",
		       dir, script);
	make(dir, line);
	setenv("HOME", home, 1);
	got = found(dir, below);
	assert_string_equal(got, want);
	free(line);
	free(got);
	free(home);
	tool_folder_remove(dir);
}

CASE(a_repository_is_its_top_folder)
{
	expect("git a/.git; mkdir -p a/b/c", "a/b/c", "a\n");
	expect("mkdir -p a", "a", "a\n");
}

CASE(a_file_in_place_of_git_names_another)
{
	expect("git g; mkdir a; echo \"gitdir: $D/g\" >a/.git", "a", "a\ng\n");
	expect("git s/.git/modules/m; mkdir s/m; echo 'gitdir: ../.git/modules/m' >s/m/.git", "s/m",
	       "s/m\ns/.git/modules/m\n");
	expect("git m/.git; git m/.git/worktrees/w; rmdir m/.git/worktrees/w/objects/*; echo ../.. "
	       ">m/.git/worktrees/w/commondir;"
	       "mkdir w; echo \"gitdir: $D/m/.git/worktrees/w\" >w/.git",
	       "w", "w\nm/.git\n");
	expect("git g; mkdir a; ln -s ../g a/.git", "a", "a\ng\n");
}

CASE(objects_are_borrowed_from_others_and_these)
{
	expect("git a/.git; git b; git c; echo \"$D/b/objects\" >a/.git/objects/info/alternates;"
	       "echo ../../c/objects >b/objects/info/alternates; echo \"$D/b/objects\" "
	       ">c/objects/info/alternates",
	       "a", "a\nb/objects\nc/objects\n");
}

CASE(files_outside_a_repository_are_not_shown)
{
	expect("mkdir a secret; echo \"gitdir: $D/secret\" >a/.git", "a", "a\n");
	expect("git a/.git; mkdir secret; echo \"$D/secret\" >a/.git/objects/info/alternates", "a",
	       "a\n");
	expect("mkdir a; echo 'gitdir: /' >a/.git", "a", "a\n");
	expect("mkdir a; echo nothing >a/.git", "a", "a\n");
	expect("mkdir a; : >a/.git", "a", "a\n");
}

CASE(nothing_that_holds_the_home_folder_is_shown)
{
	expect("git home; mkdir a; echo \"gitdir: $D/home\" >a/.git", "a", "a\n");
	expect("git .; mkdir a; echo \"gitdir: $D\" >a/.git", "a", "a\n");
	expect("git a/.git; mkdir -p objects/pack pack; printf '%s\\n../../..\\n' \"$D\" "
	       ">a/.git/objects/info/alternates",
	       "a", "a\n");
}

CASE(fifos_and_endless_lists_end)
{
	expect("git a/.git; mkfifo a/.git/commondir a/.git/objects/info/alternates", "a", "a\n");
	expect("mkdir a; mkfifo a/.git", "a", "a\n");
	expect("git a/.git; head -c 300000 /dev/zero | tr '\\0' x >a/.git/objects/info/alternates",
	       "a", "a\n");
}
