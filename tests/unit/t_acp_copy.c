/* An agent's copy of the project: what is copied, what the agent changed, and what it
 * can see of the machine. */
#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backends/acp/acp_changes.h"
#include "backends/acp/acp_clear.h"
#include "backends/acp/acp_places.h"
#include "backends/acp/acp_scratch.h"
#include "session/base/mem.h"
#include "session/model/prompt.h"
#include "tests/lib/tool.h"

struct place { /* a project, somewhere else, and a copy */
	char *root, *outside;
	struct scratch *s;
};

static struct place place_new(void)
{
	struct place p = { .root = tool_folder(), .outside = tool_folder() };
	struct err err;

	p.s = scratch_new(&err);
	if (!p.s)
		fail_msg("%s", err.text);
	tool_write(p.outside, "secret", "mine\n");
	return p;
}

static void place_free(struct place *p)
{
	char *dir = mem_strdup(p->s->dir);

	scratch_free(p->s);
	assert_int_equal(access(dir, F_OK), -1);
	free(dir);
	tool_folder_remove(p->root);
	tool_folder_remove(p->outside);
}

static bool holds(const char *dir, const char *name, const char *text)
{
	char *path = path_join(dir, name);
	struct str is = STR_INIT;
	bool ok = file_read(path, 1 << 20, &is, NULL) && strcmp(str_cstr(&is), text) == 0;

	free(path);
	str_free(&is);
	return ok;
}

static bool is_there(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct stat st;
	bool yes = lstat(path, &st) == 0;

	free(path);
	return yes;
}

static void a_link(const char *to, const char *dir, const char *name)
{
	char *path = path_join(dir, name);

	assert_int_equal(symlink(to, path), 0);
	free(path);
}

static bool says_of(const struct strv *left, const char *path)
{
	for (size_t i = 0; i < left->n; i++)
		if (str_starts(left->v[i], path))
			return true;
	return false;
}

CASE(a_copy_is_of_what_is_seen_and_of_no_more)
{
	struct place p = place_new();
	const struct prompt_unsaved texts[] = { { "rtl/a.sv", "unsaved\n", 8 },
						{ "new/b.sv", "typed\n", 6 } };
	char *big;

	tool_write(p.root, "rtl/a.sv", "saved\n");
	tool_write(p.root, "rtl/c.sv", "c\n");
	tool_write(p.root, ".posedgerc", "set top a\n");
	tool_write(p.root, ".env", "x\n");
	tool_write(p.root, ".git/config", "x\n");
	tool_write(p.root, "obj_dir/o", "x\n");
	tool_write(p.root, "key.txt", "token = \"ghp_0123456789abcdefghijABCDEFGHIJ012345\"\n");
	a_link("c.sv", p.root, "rtl/same.sv");
	a_link(p.outside, p.root, "out");
	big = path_join(p.outside, "secret");
	a_link(big, p.root, "out.sv");
	free(big);
	assert_true(scratch_fill(p.s, p.root, texts, 2, NULL));
	for (int i = 0; i < 2; i++) {
		const char *in = i ? p.s->base : p.s->work;

		assert_true(holds(in, "rtl/a.sv", "unsaved\n"));
		assert_true(holds(in, "new/b.sv", "typed\n"));
		assert_true(holds(in, "rtl/c.sv", "c\n"));
		assert_true(holds(in, "rtl/same.sv", "c\n"));
		assert_true(holds(in, ".posedgerc", "set top a\n"));
		assert_false(is_there(in, ".env") || is_there(in, ".git") ||
			     is_there(in, "obj_dir") || is_there(in, "out") ||
			     is_there(in, "out.sv") || is_there(in, "key.txt"));
	}
	assert_true(says_of(&p.s->left, "key.txt"));
	assert_true(says_of(&p.s->left, "out.sv"));
	assert_true(holds(p.root, "rtl/a.sv", "saved\n"));
	place_free(&p);
}

/* Leftovers of an agent that obstruct the next copy. */
CASE(a_copy_is_made_anew_through_no_link)
{
	struct place p = place_new();

	tool_write(p.root, "rtl/a.sv", "a\n");
	tool_write(p.root, "secret", "not that\n");
	assert_true(scratch_fill(p.s, p.root, NULL, 0, NULL));
	tool_write(p.s->work, "rtl/more/x", "x\n");
	assert_true(file_remove_tree(p.s->work, NULL));
	assert_int_equal(mkdir(p.s->work, 0700), 0);
	a_link(p.outside, p.s->work, "rtl");
	{
		char *secret = path_join(p.outside, "secret");

		a_link(secret, p.s->work, "secret");
		free(secret);
	}
	assert_true(scratch_fill(p.s, p.root, NULL, 0, NULL));
	assert_true(holds(p.outside, "secret", "mine\n"));
	assert_false(is_there(p.outside, "a.sv"));
	assert_true(holds(p.s->work, "rtl/a.sv", "a\n"));
	assert_true(holds(p.s->work, "secret", "not that\n"));
	place_free(&p);
}

static const struct acp_change *change_of(const struct acp_changes *c, const char *path)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->v[i].path, path) == 0)
			return &c->v[i];
	return NULL;
}

/* Random changes, compared with a list of them. */
CASE(differences_are_found)
{
	struct place p = place_new();
	struct acp_changes found = { 0 };

	srand(5);
	for (int round = 0; round < 20; round++) {
		char was[40][16] = { "" }, now[40][16] = { "" };
		size_t n = 0;

		assert_true(file_remove_tree(p.root, NULL));
		assert_int_equal(mkdir(p.root, 0700), 0);
		for (int i = 0; i < 40; i++) {
			char name[40];

			snprintf(name, sizeof(name), "d%d/e%d/f%d.sv", i % 3, i % 5, i);
			if (rand() % 3 == 0)
				continue;
			snprintf(was[i], sizeof(was[i]), "%d\n", rand() % 3);
			tool_write(p.root, name, was[i]);
		}
		assert_true(scratch_fill(p.s, p.root, NULL, 0, NULL));
		for (int i = 0; i < 40; i++) {
			char name[40], *path;

			snprintf(name, sizeof(name), "d%d/e%d/f%d.sv", i % 3, i % 5, i);
			memcpy(now[i], was[i], sizeof(now[i]));
			if (rand() % 3 == 0) {
				snprintf(now[i], sizeof(now[i]), "%d\n", rand() % 3);
				tool_write(p.s->work, name, now[i]);
			} else if (was[i][0] && rand() % 3 == 0) {
				now[i][0] = '\0';
				path = path_join(p.s->work, name);
				assert_int_equal(unlink(path), 0);
				free(path);
			}
			n += strcmp(was[i], now[i]) != 0;
		}
		acp_changes_find(p.s, &found);
		assert_int_equal(found.n, n);
		for (int i = 0; i < 40; i++) {
			char name[40];
			const struct acp_change *c;

			snprintf(name, sizeof(name), "d%d/e%d/f%d.sv", i % 3, i % 5, i);
			c = change_of(&found, name);
			assert_int_equal(c != NULL, strcmp(was[i], now[i]) != 0);
			if (!c)
				continue;
			assert_string_equal(str_cstr(&c->base), was[i]);
			assert_string_equal(str_cstr(&c->text), now[i]);
			assert_int_equal(c->fresh, !was[i][0]);
			assert_int_equal(c->gone, !now[i][0]);
		}
	}
	acp_changes_fini(&found);
	place_free(&p);
}

CASE(files_that_are_not_project_text_are_named)
{
	struct place p = place_new();
	struct acp_changes c = { 0 };
	char *pipe, *large;
	char *mega = mem_alloc(CHANGES_FILE_MAX + 2);

	memset(mega, 'x', CHANGES_FILE_MAX + 1);
	mega[CHANGES_FILE_MAX + 1] = '\0';
	tool_write(p.root, "rtl/a.sv", "a\n");
	tool_write(p.root, "large.dat", mega);
	assert_true(scratch_fill(p.s, p.root, NULL, 0, NULL));
	pipe = path_join(p.s->work, "pipe.sv");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	a_link("/etc/passwd", p.s->work, "passwd.sv");
	a_link(p.outside, p.s->work, "folder");
	tool_write(p.s->work, "new.sv", mega);
	tool_write(p.s->work, "bad\nname.sv", "x\n");
	tool_write(p.s->work, "wave.vcd", "x\n");
	tool_write(p.s->work, ".hidden", "x\n");
	tool_write(p.s->work, "obj_dir/x.sv", "x\n");
	tool_write(p.s->work, "empty.sv", "");
	large = path_join(p.s->work, "rtl/a.sv");
	assert_int_equal(unlink(large), 0);
	a_link("/etc/passwd", p.s->work, "rtl/a.sv");
	acp_changes_find(p.s, &c);
	assert_int_equal(c.n, 0);
	assert_int_equal(c.n_left, 7);
	assert_true(says_of(&c.left, "folder is not a regular file"));
	assert_true(says_of(&c.left, "pipe.sv is not a regular file"));
	assert_true(says_of(&c.left, "passwd.sv is not a regular file"));
	assert_true(says_of(&c.left, "rtl/a.sv is not a regular file"));
	assert_true(says_of(&c.left, "new.sv is too large"));
	assert_true(says_of(&c.left, "bad?name.sv has a name"));
	assert_true(says_of(&c.left, "empty.sv is empty"));
	acp_changes_fini(&c);
	free(pipe);
	free(large);
	free(mega);
	place_free(&p);
}

CASE(more_than_can_be_read_is_counted)
{
	struct place p = place_new();
	struct acp_changes c = { 0 };

	for (unsigned i = 0; i < CHANGES_MAX + 30; i++) {
		char name[30];

		snprintf(name, sizeof(name), "f%u.sv", i);
		tool_write(p.s->work, name, "x\n");
	}
	acp_changes_find(p.s, &c);
	assert_int_equal(c.n, CHANGES_MAX);
	assert_int_equal(c.n_left, 30);
	acp_changes_fini(&c);
	place_free(&p);
}

/* Deeper than the limit of descriptors, without permissions, full of links. */
CASE(a_folder_is_emptied_whatever_it_holds)
{
	char *dir = tool_folder(), *outside = tool_folder();
	int top = open(dir, O_RDONLY | O_DIRECTORY), at = dup(top);
	struct err err = { 0 };

	tool_write(outside, "secret", "mine\n");
	for (int i = 0; i < 3000; i++) {
		int next;

		assert_int_equal(mkdirat(at, "d", 0700), 0);
		assert_int_equal(symlinkat(outside, at, "link"), 0);
		next = openat(at, "d", O_RDONLY | O_DIRECTORY);
		assert_true(next >= 0);
		close(at);
		at = next;
	}
	assert_int_equal(mkdirat(top, "shut", 0700), 0);
	assert_int_equal(mkdirat(top, "shut/in", 0700), 0);
	assert_int_equal(mkdirat(top, "shut/in/er", 0700), 0);
	assert_int_equal(fchmodat(top, "shut/in", 0, 0), 0);
	assert_int_equal(fchmodat(top, "shut", 0, 0), 0);
	assert_int_equal(mkdirat(top, ".0", 0700), 0);
	assert_int_equal(mkdirat(top, ".0/x", 0700), 0);
	assert_int_equal(mkdirat(top, ".0/x/y", 0700), 0);
	close(at);
	close(top);
	if (!acp_clear(dir, &err))
		fail_msg("%s", err.text);
	assert_int_equal(rmdir(dir), 0); /* it is empty */
	assert_true(holds(outside, "secret", "mine\n"));
	free(dir);
	tool_folder_remove(outside);
}

static bool shows(const struct acp_places *p, const char *from, const char *at, bool writable)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].from, from) == 0 && strcmp(p->v[i].at, at) == 0 &&
		    p->v[i].writable == writable)
			return true;
	return false;
}

CASE(a_program_shows_its_folder_and_no_home)
{
	char *made = tool_folder(), *home = realpath(made, NULL),
	     *root = path_join(home, "project");
	char *before = mem_strdup(getenv("HOME"));
	char *tool = path_join(home, "opt/tool/bin/agent"), *folder = path_dir(tool);
	char *near = path_join(home, "agent");
	struct acp_places p = { 0 };
	struct str path = STR_INIT;
	struct err err = { 0 };

	assert_int_equal(setenv("HOME", home, 1), 0);
	tool_write(home, "opt/tool/bin/agent", "#!/bin/sh\n");
	tool_write(home, "agent", "#!/bin/sh\n");
	tool_write(root, "a.sv", "a\n");
	tool_write(home, ".claude/settings", "x\n");
	assert_int_equal(chmod(tool, 0700) + chmod(near, 0700), 0);
	assert_true(acp_places_program(&p, tool, root, &path, &err));
	assert_int_equal(p.n, 1);
	assert_true(shows(&p, folder, folder, false));
	assert_true(str_starts(str_cstr(&path), folder));
	acp_places_fini(&p);
	assert_true(acp_places_program(&p, near, root, &path, &err)); /* not its folder: home */
	assert_int_equal(p.n, 1);
	assert_true(shows(&p, near, near, false));
	acp_places_fini(&p);
	assert_true(acp_places_program(&p, "sh", root, &path,
				       &err)); /* the system's files are visible anyway */
	assert_int_equal(p.n, 0);
	assert_false(acp_places_program(&p, "no-such-agent", root, &path, &err));
	acp_places_argument(&p, "--flag", root);
	acp_places_argument(&p, tool, root);
	assert_int_equal(p.n, 1);
	acp_places_fini(&p);
	assert_true(acp_places_list(&p, "~/.claude:~/opt", true, "/the/home", root, &err));
	assert_int_equal(p.n, 2);
	assert_string_equal(p.v[0].at, "/the/home/.claude");
	assert_true(p.v[0].writable);
	acp_places_fini(&p);
	for (const char *const *wrong =
		     (const char *const[]){ "~/", "/", "relative", "~/nothing", "~/project",
					    "~/project/a.sv", NULL };
	     *wrong; wrong++)
		if (acp_places_list(&p, *wrong, true, "/the/home", root, &err))
			fail_msg("%s is shown", *wrong);
	acp_places_fini(&p);
	assert_int_equal(before ? setenv("HOME", before, 1) : unsetenv("HOME"), 0);
	free(before);
	free(near);
	free(folder);
	free(tool);
	free(root);
	free(home);
	str_free(&path);
	tool_folder_remove(made);
}
