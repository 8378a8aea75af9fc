/* Shell scripts are read here and run by bash, which is the oracle. */
#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/shell.h"
#include "session/manifest/tree.h"

struct run {
	struct shell_spent spent;
	struct tree_folder folder;
	struct str calls; /* of `tool`, one a line, words in brackets */
};

static void glob(void *ctx, const char *pattern, struct strv *hits)
{
	struct run *r = ctx;
	char *clean = NULL;

	if (path_clean(pattern, &clean, NULL))
		tree_glob(&r->folder.tree, clean, hits);
	free(clean);
}

static bool read_file(void *ctx, const char *name, struct str *out)
{
	struct run *r = ctx;

	return tree_has(&r->folder.tree, name) &&
	       r->folder.tree.read(r->folder.tree.ctx, name, SHELL_MAX_VALUE, out, NULL);
}

static void call(void *ctx, char *const *words, size_t n, int line)
{
	struct run *r = ctx;

	if (strcmp(words[0], "tool") != 0)
		return;
	for (size_t i = 1; i < n; i++) {
		str_adds(&r->calls, "[");
		for (const char *p = words[i]; *p; p++)
			str_adds(&r->calls, *p == SHELL_UNKNOWN ? "?" : (char[]){ *p, '\0' });
		str_adds(&r->calls, "]");
	}
	str_adds(&r->calls, "\n");
}

static const struct shell_ops ops = { .glob = glob, .read = read_file, .run = call };

static void put(const char *dir, const char *name, const char *text, mode_t mode)
{
	char *path = str_fmt("%s/%s", dir, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(chmod(path, mode), 0);
	free(path);
}

/* What is in the folder: rtl/a.v, rtl/b.v, tb/a_tb.v, tb/b_tb.v, list. */
static char *folder(void)
{
	char *dir = mem_strdup("/tmp/posedge-shell.XXXXXX"), *sub;

	assert_non_null(mkdtemp(dir));
	for (int i = 0; i < 2; i++) {
		sub = str_fmt("%s/%s", dir, i ? "tb" : "rtl");
		assert_int_equal(mkdir(sub, 0700), 0);
		free(sub);
	}
	put(dir, "rtl/a.v", "", 0600);
	put(dir, "rtl/b.v", "", 0600);
	put(dir, "tb/a_tb.v", "", 0600);
	put(dir, "tb/b_tb.v", "", 0600);
	put(dir, "list", "rtl/a.v\nrtl/b.v\n", 0600);
	put(dir, "vars", "X=1\nY=\"a b\"\n", 0600);
	put(dir, "tool", "#!/bin/sh\nfor w; do printf '[%s]' \"$w\"; done\necho\n", 0700);
	return dir;
}

static void remove_folder(char *dir)
{
	static const char *const names[] = {
		"rtl/a.v", "rtl/b.v", "tb/a_tb.v", "tb/b_tb.v", "list",
		"vars",	   "tool",    "run.sh",	   "tb",	"rtl"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *path = str_fmt("%s/%s", dir, names[i]);

		remove(path);
		free(path);
	}
	assert_int_equal(rmdir(dir), 0);
	free(dir);
}

/* The calls of tool that reading the script gives; the caller frees. */
static char *read_calls(const char *dir, const char *script)
{
	struct run r = { .calls = STR_INIT };
	struct err err;
	struct shell *s;

	assert_true(tree_folder_open(&r.folder, dir, &err));
	s = shell_new(&ops, &r, "run.sh", &r.spent);
	shell_text(s, script, strlen(script), 1);
	shell_end(s);
	shell_free(s);
	tree_folder_close(&r.folder);
	str_adds(&r.calls, "");
	return str_take(&r.calls);
}

static bool have_bash(void)
{
	return access("/bin/bash", X_OK) == 0 || access("/usr/bin/bash", X_OK) == 0;
}

/* What the script prints if bash runs it; the caller frees. */
static char *run_calls(const char *dir, const char *script)
{
	struct str out = STR_INIT;
	char part[4096];
	int fds[2], status;
	ssize_t n;
	pid_t pid;

	put(dir, "run.sh", script, 0700);
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		char *path = str_fmt("%s:/usr/bin:/bin", dir);
		int null = open("/dev/null", O_RDWR);

		if (chdir(dir) == 0 && dup2(fds[1], 1) >= 0 && dup2(null, 2) >= 0 &&
		    dup2(null, 0) >= 0 && setenv("PATH", path, 1) == 0)
			execlp("bash", "bash", "run.sh", (char *)NULL);
		_exit(127);
	}
	close(fds[1]);
	while ((n = read(fds[0], part, sizeof(part))) > 0)
		str_add(&out, part, (size_t)n);
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	str_adds(&out, "");
	return str_take(&out);
}

CASE(what_is_read_is_what_bash_would_run)
{
	static const char *const scripts[] = {
		"A=rtl\ntool $A/a.v \"$A\"/b.v ${A}/a.v '$A' \\$A \"\\$A\" # $A\n",
		"tool a\\\n b 'c d' \"e  f\" ''; tool x&&tool y;tool q 2>/dev/null\n",
		"A=\"\n rtl/a.v\n rtl/b.v\n\"\ntool $A\n",
		"A=(rtl/a.v # one (of two)\n\t'rtl/b.v'\n)\nA+=(c.v)\ntool \"${A[@]}\" ${A[*]}\n",
		"tool ${X:-rtl}/a.v ${X-y} \"${X:-a b}\" ${X:-a b} ${X:+no}\nX=1\ntool ${X:-2} "
		"${X:+yes}\n",
		"F=rtl/sub/a.v\ntool ${F%.v} ${F%/*} ${F%%/*} ${F#*/} ${F##*/} ${F/sub/x} "
		"${F//a/b}\n",
		"tool $(find rtl -name '*.v' | sort)\ntool `ls rtl/*.v` $(cat list)\n",
		"S=$(find . -name \"*.v\" -not -name '*_tb.v' | sort)\nfor f in $S; do tool "
		"$(basename $f); done\n",
		"tool $(ls rtl/*.v tb/*.v | grep -v a_tb) $(echo one two)\n",
		"tool -DN=`wc -l list | awk {'print $1'}` -DM=$(wc -l <list) -DK=$(ls rtl/*.v | wc "
		"-l)\ntool $(cat list | awk '{print $1}') $(wc -l list)\n",
		"for t in tb/*_tb.v; do\n  n=$(basename $t .v)\n  tool -s $n \"$t\"\ndone\n",
		"for a in 1 2; do for b in x y; do tool $a$b; done; done\n",
		"build() {\n  tool -o \"$1\" \"${@}\"\n}\nbuild x rtl/a.v\nfunction two { tool $2 "
		"$1; }\ntwo a b\n",
		"export A=1 B='2 3'\nreadonly C=4\ndeclare D=\"$A$C\"\ntool $A \"$B\" $C $D\n",
		"source ./vars 2>/dev/null || . vars\ntool $X \"$Y\"\n",
		"bash -c 'tool a b'\neval \"tool c d\"\n",
		"cat > /dev/null <<EOF\ntool none $(\nit's\nEOF\ntool after\ncat >/dev/null "
		"<<-'END'\n\ttool "
		"no\n\tEND\ntool end\n",
		"tool {rtl/a,tb/a_tb}.v x{1,2}y '{a,b}' ${A:-{c}}\n",
		"D=\"$(cd \"$(dirname \"$0\")\" && echo here)\"\ntool $(basename \"$0\") $D\n",
		"tool $(dirname rtl/a.v) $(dirname a.v)\nA=1; (A=2; tool $A)\n",
		"if true; then\n  tool a\nfi\nwhile false; do :; done\ncase x in\n  x) tool "
		"b;;\nesac\n",
		"A+=x\nA+=y\ntool $A\nB=$A/z\ntool ${B} \"$B\"\"$A\"\n",
		"time tool a\n! tool b\n{ tool c; }\nA=1 tool d\n",
		": \"it's\" 'say \"x\"'\ntool a#b '#' #c\n",
		"((mask = 1 << n))\ntool after\n",
		"tool $(ls rtl) $(ls tb) $(echo -n a b)\n",
	};
	char *dir = folder();

	if (!have_bash())
		skip();
	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
		char *want = run_calls(dir, scripts[i]), *got = read_calls(dir, scripts[i]);

		assert_true(want[0]);
		assert_string_equal(got, want);
		free(want);
		free(got);
	}
	remove_folder(dir);
}

static void reads(const char *script, const char *want)
{
	char *dir = folder(), *got = read_calls(dir, script);

	assert_string_equal(got, want);
	free(got);
	remove_folder(dir);
}

CASE(what_only_a_run_can_tell_is_unknown)
{
	reads("tool $1 -P$X \"$(date)\" ${F%.x} $((1+2)) ${#A}\n", "[?][-P?][?][?][?][?]\n");
	reads("tool $RTL/a.v \"${RTL}\"/b.v x$RTL/c.v\n", "[${RTL}/a.v][?/b.v][x?/c.v]\n");
	reads("for f in out/*.o; do tool $f; done\n", "[?]\n");
	reads("f() { tool \"$1\" a.v; }\n", "[?][a.v]\n");
	reads("T=a\nif [ \"$1\" ]; then T=$1; fi\ntool $T\nT=$1\ntool $T\n", "[a]\n[?]\n");
	reads("A=$(cat none)\ntool $A b\n", "[?][b]\n");
}

CASE(both_branches_are_read)
{
	reads("if x; then tool a; elif y; then tool b; else tool c; fi\n", "[a]\n[b]\n[c]\n");
	reads("case $1 in\n  a|b) tool a ;;\n  *) tool b ;;\nesac\n", "[a]\n[b]\n");
}

CASE(odd_scripts_end)
{
	char dir[] = "/tmp/posedge-shell.XXXXXX";
	struct str s = STR_INIT;

	assert_non_null(mkdtemp(dir));
	reads("f() { f; tool x; }\nf\n", "[x]\n[x]\n[x]\n[x]\n[x]\n[x]\n[x]\n[x]\n");
	reads("tool 'open\n", "[open]\n");
	reads("tool \"$(\n", "[]\n");
	reads("done; fi; }; ); ;; tool a\n", "[a]\n");
	reads(". vars; . run.sh\ntool b\n", "[b]\n");
	/* Each line doubles the value. */
	for (int i = 0; i < 40; i++)
		str_adds(&s, "A=$A${A}x\n");
	for (int i = 0; i < 200; i++)
		str_adds(&s, "for i in a b c d; do\n");
	str_adds(&s, "tool\n");
	for (int i = 0; i < 3000; i++)
		str_adds(&s, "$(");
	free(read_calls(dir, str_cstr(&s)));
	/* Nested loops, more than a task's stack has room for. */
	str_clear(&s);
	for (int i = 0; i < 5000; i++)
		str_adds(&s, "for a; do ");
	free(read_calls(dir, str_cstr(&s)));
	/* A value of 128 KB, given often. */
	str_clear(&s);
	for (int i = 0; i < 17; i++)
		str_adds(&s, "A=$A${A}x\n");
	str_adds(&s, "for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8 9; do\n");
	for (int i = 0; i < 60; i++)
		str_adds(&s, "tool $A ${A%%*y*x}\n");
	str_adds(&s, "done; done\n");
	free(read_calls(dir, str_cstr(&s)));
	str_free(&s);
	assert_int_equal(rmdir(dir), 0);
}
