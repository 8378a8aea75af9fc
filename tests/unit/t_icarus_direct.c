/* Starting Icarus's parts directly gives the same program, messages and status as
 * iverilog, and a replaced iverilog is noticed. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/mem.h"
#include "sim/engine/engine.h"
#include "sim/engine/icarus_direct.h"
#include "tests/lib/tool.h"

struct rig {
	char *dir, *mirror;
	struct engine_job job;
	struct strv argv, pp, ivl;
	bool known, done;
};

static void rig_open(struct rig *r)
{
	*r = (struct rig){ .dir = tool_folder() };
	tool_make(r->dir, "cache");
	r->mirror = path_join(r->dir, STAGE_MIRROR);
	assert_true(file_make_dirs(r->mirror, 0700, NULL));
	r->job.stage.dir = r->dir;
	r->job.stage.mirror = r->mirror;
	setenv("XDG_CACHE_HOME", r->dir, 1);
}

static void forget(struct rig *r)
{
	strv_free(&r->argv);
	strv_free(&r->pp);
	strv_free(&r->ivl);
}

static void rig_close(struct rig *r)
{
	forget(r);
	free(r->mirror);
	tool_folder_remove(r->dir);
}

static void task(void *ctx)
{
	struct rig *r = ctx;

	r->known = icarus_direct(&r->job, &r->argv, &r->pp, &r->ivl);
	r->done = true;
}

/* Is it known, for these words? */
static bool direct(struct rig *r, const char *const *argv)
{
	forget(r);
	strv_addv(&r->argv, argv);
	r->job.loop = loop_new(NULL);
	r->done = false;
	task_start(r->job.loop, task, r);
	loop_run_until(r->job.loop, &r->done);
	while (task_count(r->job.loop))
		loop_turn(r->job.loop, false);
	loop_free(r->job.loop);
	return r->known;
}

static char *written(const struct rig *r, const char *name)
{
	char *path = path_join(r->dir, name);
	struct str text = STR_INIT;

	file_read(path, 1 << 20, &text, NULL);
	free(path);
	return str_take(&text);
}

/* It contains addresses of ivl: these are numbered in order of appearance. */
static char *without_addresses(const char *text)
{
	struct strv seen = STRV_INIT;
	struct str out = STR_INIT;

	while (*text) {
		size_t n = strspn(text + 2, "0123456789abcdef"), i = 0;

		if (strncmp(text, "0x", 2) != 0 || n < 8) {
			str_addc(&out, *text++);
			continue;
		}
		while (i < seen.n &&
		       (strlen(seen.v[i]) != n || strncmp(seen.v[i], text + 2, n) != 0))
			i++;
		if (i == seen.n)
			strv_addn(&seen, text + 2, n);
		str_addf(&out, "@%zu", i);
		text += 2 + n;
	}
	strv_free(&seen);
	return str_take(&out);
}

/* With iverilog, then without: the outputs, the messages and the status. */
static void same_both_ways(struct rig *r, const char *const *argv)
{
	struct str said[2] = { STR_INIT, STR_INIT }, line = STR_INIT;
	const char *sh[] = { "sh", "-c", NULL, NULL };
	char *made[2], *plain[2];
	int status[2];

	status[0] = tool_run(r->mirror, argv, &said[0], &said[0]);
	made[0] = written(r, "sim.vvp");
	tool_write(r->dir, "sim.vvp", "");
	assert_true(direct(r, argv));
	for (size_t i = 0; i < r->pp.n; i++)
		str_addf(&line, "'%s' ", r->pp.v[i]);
	str_adds(&line, "| ");
	for (size_t i = 0; i < r->ivl.n; i++)
		str_addf(&line, "'%s' ", r->ivl.v[i]);
	sh[2] = str_cstr(&line);
	status[1] = tool_run(r->mirror, sh, &said[1], &said[1]);
	made[1] = written(r, "sim.vvp");
	assert_int_equal(status[0], status[1]);
	assert_string_equal(str_cstr(&said[0]), str_cstr(&said[1]));
	for (int i = 0; i < 2; i++) {
		plain[i] = without_addresses(made[i]);
		free(made[i]);
	}
	assert_string_equal(plain[0], plain[1]);
	tool_write(r->dir, "sim.vvp", "");
	for (int i = 0; i < 2; i++) {
		free(plain[i]);
		str_free(&said[i]);
	}
	str_free(&line);
}

#define WORDS(...) ((const char *const[]){ "iverilog", __VA_ARGS__, NULL })
#define OUT	   "-o", STAGE_UP "/sim.vvp"

CASE(it_makes_what_iverilog_makes)
{
	struct rig r;

	if (!tool_there("iverilog"))
		skip();
	rig_open(&r);
	tool_make(r.mirror, "inc x");
	tool_write(r.mirror, "inc x/w.vh", "`define WIDE 12\n");
	tool_write(r.mirror, "a b.v",
		   "`include \"w.vh\"\n`timescale 1ns/1ps\nmodule a #(parameter W = 4) (input "
		   "[W-1:0] x, output [W-1:0] y);\n  assign y = x + `N + `WIDE;\nendmodule\n");
	tool_write(r.mirror, "tb.v",
		   "module tb;\n  parameter W = 8, S = \"none\";\n  reg [W-1:0] x;\n"
		   "  wire [W-2:0] y;\n  a #(W) u (x, y);\n  initial begin x = 3; #1 "
		   "$display(\"%s %d %f\", S, y, $sqrt(2.0)); end\nendmodule\n"
		   "module second; endmodule\n");
	same_both_ways(&r, WORDS("-g2012", "-Wall", "-s", "tb", "-I.", "-Iinc x", "-DN=1", OUT,
				 "a b.v", "tb.v"));
	same_both_ways(&r, WORDS("-g2005", "-Wall", "-s", "tb", "-Iinc x", "-DN=5", "-DM",
				 "-Ptb.W=6", "-Ptb.S=\"b c\"", "-s", "second", OUT,
				 "-Wno-timescale", "tb.v", "a b.v"));
	same_both_ways(&r, WORDS("-g2001", "-Wall", OUT, "-Iinc x", "-DN=5", "tb.v", "a b.v"));
	/* Sources that do not build: a missing include, a missing module, a syntax
	 * error. */
	same_both_ways(&r, WORDS("-g2012", "-Wall", "-s", "tb", OUT, "a b.v", "tb.v"));
	same_both_ways(&r, WORDS("-g2012", "-Wall", "-s", "tb", OUT, "tb.v"));
	same_both_ways(&r, WORDS("-g2012", "-Wall", "-s", "none", OUT, "tb.v"));
	tool_write(r.mirror, "bad.v", "module tb; initial begin x = ; end endmodule\n");
	same_both_ways(&r, WORDS("-g2012", "-Wall", "-s", "tb", OUT, "bad.v", "gone.v"));
	rig_close(&r);
}

CASE(words_of_no_known_kind_are_left_to_iverilog)
{
	struct rig r;

	if (!tool_there("iverilog"))
		skip();
	rig_open(&r);
	assert_true(direct(&r, WORDS("-g2012", OUT, "tb.v")));
	assert_false(direct(&r, WORDS("-g2012", OUT, "-y", "lib", "tb.v")));
	assert_false(direct(&r, WORDS("-g2012", OUT)));
	assert_false(direct(&r, WORDS("-g2012", OUT, "a\nb.v")));
	assert_false(direct(&r, WORDS("-g2012", "tb.v")));
	assert_int_equal(r.pp.n + r.ivl.n, 0);
	rig_close(&r);
}

/* An iverilog in PATH that does something else, and later something else again. */
static void another_iverilog(const struct rig *r, const char *first_words, const char *cut)
{
	char *real = mem_strdup("/usr/bin/iverilog"), *path = path_join(r->dir, "bin/iverilog");
	char *text = str_fmt("#!/bin/sh\n%sexec %s %s \"$@\"\n", cut, real, first_words);

	tool_write(r->dir, "bin/iverilog", text);
	assert_int_equal(chmod(path, 0700), 0);
	free(text);
	free(path);
	free(real);
}

CASE(a_replaced_iverilog_is_noticed)
{
	const char *const *argv = WORDS("-g2012", OUT, "-s", "tb", "-DN", "tb.v");
	char *before = mem_strdup(getenv("PATH")), *path, *text;
	struct rig r;

	if (!tool_there("/usr/bin/iverilog")) {
		free(before);
		skip();
	}
	rig_open(&r);
	tool_make(r.dir, "bin");
	path = str_fmt("%s/bin:%s", r.dir, before);
	setenv("PATH", path, 1);
	another_iverilog(&r, "-DFIRST=1", "");
	assert_true(direct(&r, argv));
	text = written(&r, "ivl.defines");
	assert_non_null(strstr(text, "D:FIRST=1\n"));
	free(text);
	another_iverilog(&r, "-DOTHER=1", "");
	assert_true(direct(&r, argv));
	text = written(&r, "ivl.defines");
	assert_non_null(strstr(text, "D:OTHER=1\n"));
	assert_null(strstr(text, "FIRST"));
	free(text);
	/* It drops a word, or replaces one: its effect is unknown. */
	another_iverilog(&r, "",
			 "for w; do shift; [ \"$w\" = -DA ] || set -- \"$@\" \"$w\"; done\n");
	assert_false(direct(&r, argv));
	assert_false(direct(&r, argv));
	another_iverilog(&r, "", "exit 1\n");
	assert_false(direct(&r, argv));
	setenv("PATH", before, 1);
	free(path);
	free(before);
	rig_close(&r);
}

/* A truncated record, or one by another program: learned anew. */
CASE(a_broken_cache_is_not_used)
{
	const char *const *argv = WORDS("-g2012", OUT, "-s", "tb", "tb.v");
	const char *const list[] = { "sh", "-c", "ls posedge/ivl-*", NULL };
	struct str name = STR_INIT, text = STR_INIT;
	char *path, *config, *want;
	struct rig r;

	if (!tool_there("iverilog"))
		skip();
	rig_open(&r);
	assert_true(direct(&r, argv));
	want = written(&r, "ivl.config");
	assert_int_equal(tool_run(r.dir, list, &name, NULL), 0);
	path = str_fmt("%s/%.*s", r.dir, (int)name.len - 1, str_cstr(&name));
	assert_true(file_read(path, 1 << 20, &text, NULL));
	for (size_t n = 0; n < text.len; n += text.len / 40 + 1) {
		assert_true(file_put(path, text.data, n, 0600, NULL));
		assert_true(direct(&r, argv));
		config = written(&r, "ivl.config");
		assert_string_equal(config, want);
		free(config);
	}
	free(want);
	free(path);
	str_free(&name);
	str_free(&text);
	rig_close(&r);
}
