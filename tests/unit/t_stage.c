#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "sim/engine/left.h"
#include "sim/stage/initial.h"
#include "sim/stage/stage.h"
#include "tests/lib/tool.h"

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

CASE(what_a_killed_posedge_left_is_removed)
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
	young = path_join(root, ".posedge-stage.cccccc"); /* about to be locked */
	mkdir(young, 0700);

	assert_true(stage_init(&s, &job, NULL, NULL));
	assert_false(is_there(root, ".posedge-stage.aaaaaa"));
	assert_true(is_there(root, ".posedge-stage.bbbbbb"));
	assert_true(is_there(root, ".posedge-stage.cccccc"));
	assert_true(is_there(root, ".posedge-stage.longer-name"));
	assert_true(is_there(root, "posedge.backup"));

	/* Its own stage is locked until it ends. */
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

static char *text_of(const char *root, const char *name)
{
	char *path = path_join(root, name);
	struct str text = STR_INIT;

	assert_true(file_read(path, 0, &text, NULL));
	free(path);
	return str_take(&text);
}

static void assert_text(const char *root, const char *name, const char *expected)
{
	char *text = text_of(root, name);

	assert_string_equal(text, expected);
	free(text);
}

/* Two of the texts are given, one is as on disk. */
CASE(the_mirror_holds_the_texts_that_were_given)
{
	char *root = tool_folder();
	struct source sources[] = { { "rtl/m.sv", "module m;\nendmodule\n", 20 },
				    { "a b/$x'y.v", NULL, 0 },
				    { "tb/t.sv", "\xef\xbb\xbfmodule t;\nendmodule\n", 23 },
				    { "inc/d.vh", "", 0, .included = true } };
	const char *const include[] = { "inc", "more", NULL };
	struct sim_job job = { .root = root, .sources = sources, .n = 4, .include_dirs = include };
	struct stage s;

	tool_make(root, "rtl");
	tool_make(root, "a b");
	tool_write(root, "rtl/m.sv", "what was saved\n");
	tool_write(root, "a b/$x'y.v", "module x;\nendmodule\n");
	assert_true(stage_init(&s, &job, NULL, NULL));
	assert_text(s.mirror, "rtl/m.sv", "module m;\nendmodule\n");
	assert_text(s.mirror, "a b/$x'y.v", "module x;\nendmodule\n");
	assert_text(s.mirror, "tb/t.sv", "   module t;\nendmodule\n");
	assert_int_equal(s.compile.n, 3);
	assert_true(strv_has(&s.include, ".") && strv_has(&s.include, "inc") &&
		    strv_has(&s.include, "more") && strv_has(&s.include, "a b"));
	assert_string_equal(s.include.v[0], ".");
	stage_fini(&s);
	tool_folder_remove(root);
}

/* A project with data, and a run in out. */
struct run_stage {
	char *root, *out;
	struct source source;
	struct run_job job;
	struct stage s;
};

static void set_up(struct run_stage *r)
{
	*r = (struct run_stage){ .root = tool_folder(), .out = tool_folder() };
	r->source = (struct source){ "tb/t.sv", "module t;\nendmodule\n", 20 };
	r->job = (struct run_job){ .design = { .root = r->root, .sources = &r->source, .n = 1 },
				   .out_dir = r->out,
				   .limits = SIM_LIMITS_DEFAULT };
}

static void tear_down(struct run_stage *r)
{
	stage_fini(&r->s);
	tool_folder_remove(r->root);
	tool_folder_remove(r->out);
}

static void write_large(const char *root, const char *name, size_t len)
{
	char *path = path_join(root, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(ftruncate(fileno(f), (off_t)len), 0);
	fclose(f);
	free(path);
}

CASE(a_run_finds_its_files_in_their_places)
{
	struct sim_file files[] = { { "data/a.hex", NULL },
				    { "data/a.hex", "tb/a.hex" },
				    { "data/a.hex", "../data/a.hex" },
				    { "large.bin", NULL },
				    { "tb/t.sv", NULL } };
	struct run_stage r;
	char *real;

	set_up(&r);
	tool_make(r.root, "data");
	tool_make(r.root, "tb");
	tool_write(r.root, "data/a.hex", "00 11\n");
	tool_write(r.root, "tb/t.sv", "what was saved\n");
	write_large(r.root, "large.bin", STAGE_SMALL + 1);
	r.job.files = files;
	r.job.n_files = 5;
	r.job.start_dir = "tb/deep";
	assert_true(stage_init_run(&r.s, r.out, NULL) && stage_fill_run(&r.s, &r.job, NULL));
	assert_int_equal(r.s.notes.n, 0);
	assert_text(r.s.mirror, "data/a.hex", "00 11\n");
	assert_text(r.s.mirror, "tb/a.hex", "00 11\n");
	assert_text(r.s.mirror, "../data/a.hex", "00 11\n");
	assert_text(r.s.mirror, "tb/t.sv", "module t;\nendmodule\n");
	assert_true(is_there(r.s.mirror, "tb/deep"));
	assert_string_equal(r.s.start, "tb/deep");
	/* The large one is not copied: a name for it, and its location. */
	assert_text(r.s.mirror, "large.bin", "");
	assert_int_equal(r.s.n_binds, 1);
	real = path_join(r.root, "large.bin");
	assert_string_equal(r.s.binds[0].from, real);
	assert_string_equal(r.s.binds[0].to, STAGE_MIRROR "/large.bin");
	free(real);

	/* Without bubblewrap it is copied. */
	stage_copy_large(&r.s);
	assert_int_equal(r.s.n_binds, 0);
	real = text_of(r.s.mirror, "large.bin");
	free(real);
	tear_down(&r);
}

CASE(what_cannot_be_laid_ready_is_said)
{
	struct sim_file files[] = { { "gone.hex", NULL },
				    { "out", NULL },
				    { "../x", NULL },
				    { "tb", NULL },
				    { "ok.hex", "../../../../x" },
				    { "ok.hex", "tb/t.sv/x" },
				    { "fifo", NULL } };
	struct run_stage r;
	char *link, *fifo;

	set_up(&r);
	tool_make(r.root, "tb");
	tool_write(r.root, "ok.hex", "0\n");
	link = path_join(r.root, "out");
	fifo = path_join(r.root, "fifo");
	assert_int_equal(symlink("/etc/passwd", link), 0);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	r.job.files = files;
	r.job.n_files = 7;
	r.job.start_dir = "../..";
	assert_true(stage_init_run(&r.s, r.out, NULL) && stage_fill_run(&r.s, &r.job, NULL));
	assert_int_equal(r.s.notes.n, 8);
	for (size_t i = 0; i < 7; i++)
		assert_true(strstr(r.s.notes.v[i], files[i].path) != NULL);
	assert_string_equal(r.s.start, ".");
	assert_false(is_there(r.s.mirror, "out"));
	assert_false(is_there(r.s.dir, "x"));
	free(link);
	free(fifo);
	tear_down(&r);
}

CASE(more_than_the_bounds_is_noted_not_laid)
{
	enum { N = 3 };
	struct sim_file files[N] = { { "a.bin", NULL }, { "b.bin", NULL }, { "c.bin", NULL } };
	struct run_stage r;

	set_up(&r);
	for (size_t i = 0; i < N; i++)
		write_large(r.root, files[i].path, STAGE_UNBOUND / 2 - 1000);
	r.job.files = files;
	r.job.n_files = N;
	assert_true(stage_init_run(&r.s, r.out, NULL) && stage_fill_run(&r.s, &r.job, NULL));
	assert_int_equal(r.s.n_binds, N);
	stage_copy_large(&r.s);
	assert_int_equal(r.s.notes.n, 1);
	assert_non_null(strstr(r.s.notes.v[0], "c.bin"));
	assert_true(r.s.incomplete);
	assert_false(is_there(r.s.mirror, "c.bin")); /* nor an empty one */
	assert_true(is_there(r.s.mirror, "b.bin"));
	tear_down(&r);
}

CASE(a_product_is_named_from_where_the_run_starts)
{
	static const char *const starts[] = { ".", "tb", "a/b c" };
	struct run_stage r;

	for (size_t i = 0; i < 3; i++) {
		struct strv argv = STRV_INIT;
		char *start, *path;

		set_up(&r);
		r.job.start_dir = starts[i];
		assert_true(stage_init_run(&r.s, r.out, NULL) &&
			    stage_fill_run(&r.s, &r.job, NULL));
		assert_true(stage_write(&r.s, "sim", "x", 1, NULL));
		stage_add_product(&r.s, "sim", &argv);
		start = path_join(r.s.mirror, starts[i]);
		path = path_join(start, argv.v[0]);
		assert_int_equal(access(path, F_OK), 0);
		free(path);
		free(start);
		strv_free(&argv);
		tear_down(&r);
	}
}

/* What a run left ------------------------------------------------------------- */

static const struct run_file *listed(const struct left *l, const char *path)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->files[i].path, path) == 0)
			return &l->files[i];
	return NULL;
}

CASE(new_and_changed_files_are_kept)
{
	struct sim_file files[] = { { "keep.txt", NULL }, { "over.txt", NULL } };
	struct strv notes = STRV_INIT;
	struct left l;
	struct run_stage r;

	set_up(&r);
	tool_write(r.root, "keep.txt", "mine\n");
	tool_write(r.root, "over.txt", "mine\n");
	r.job.files = files;
	r.job.n_files = 2;
	assert_true(stage_init_run(&r.s, r.out, NULL) && stage_fill_run(&r.s, &r.job, NULL));
	tool_write(r.s.mirror, "over.txt", "its\n");
	tool_write(r.s.mirror, "new.txt", "12345");
	tool_make(r.s.mirror, "out");
	tool_write(r.s.mirror, "out/log", "");
	tool_write(r.s.mirror, "../beside", "b");
	left_collect(&r.s, r.out, &l, &notes);
	assert_int_equal(l.n, 4);
	assert_false(l.more);
	assert_null(l.dump);
	assert_int_equal(listed(&l, "new.txt")->size, 5);
	assert_non_null(listed(&l, "over.txt"));
	assert_non_null(listed(&l, "out/log"));
	assert_non_null(listed(&l, "../beside"));
	assert_text(r.out, "written/new.txt", "12345");
	assert_text(r.out, "written/over.txt", "its\n");
	assert_text(r.out, "written/up/beside", "b");
	assert_text(r.root, "over.txt", "mine\n");
	assert_int_equal(notes.n, 0);
	left_fini(&l);
	tear_down(&r);
}

CASE(the_newest_dump_is_the_waves)
{
	struct timespec then[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
	struct strv notes = STRV_INIT;
	struct run_stage r;
	struct left l;
	char *old, *wave;

	set_up(&r);
	assert_true(stage_init_run(&r.s, r.out, NULL) && stage_fill_run(&r.s, &r.job, NULL));
	tool_make(r.s.mirror, "sim");
	tool_make(r.s.mirror, "sim/out");
	tool_write(r.s.mirror, "sim/out/new.fst", "new");
	tool_write(r.s.mirror, "old.vcd", "old");
	tool_write(r.s.mirror, "empty.vcd", "");
	old = path_join(r.s.mirror, "old.vcd");
	assert_int_equal(utimensat(AT_FDCWD, old, then, 0), 0);
	left_collect(&r.s, r.out, &l, &notes);
	/* The content decides, not the name: this is not an FST. */
	wave = path_join(r.out, "wave.vcd");
	assert_string_equal(l.dump, wave);
	assert_text(r.out, "wave.vcd", "new");
	assert_int_equal(l.dump_size, 3);
	assert_int_equal(l.n, 2);
	assert_non_null(listed(&l, "old.vcd"));
	free(wave);
	free(old);
	left_fini(&l);
	tear_down(&r);
}

CASE(what_is_left_is_not_trusted)
{
	struct strv notes = STRV_INIT;
	struct run_stage r;
	struct left l;
	int fd;

	set_up(&r);
	assert_true(stage_init_run(&r.s, r.out, NULL) && stage_fill_run(&r.s, &r.job, NULL));
	tool_write(r.root, "secret.vcd", "mine");
	fd = open(r.s.mirror, O_RDONLY | O_DIRECTORY);
	assert_int_equal(symlinkat(r.root, fd, "dir"), 0);
	assert_int_equal(symlinkat("/etc/passwd", fd, "wave.vcd"), 0);
	assert_int_equal(symlinkat(".", fd, "loop"), 0);
	assert_int_equal(mkfifoat(fd, "pipe.vcd", 0600), 0);
	tool_write(r.s.mirror, "odd\nname", "x");
	for (int i = 0; i < 200; i++) {
		int next;

		assert_int_equal(mkdirat(fd, "d", 0700), 0);
		next = openat(fd, "d", O_RDONLY | O_DIRECTORY);
		close(fd);
		fd = next;
	}
	close(fd);
	left_collect(&r.s, r.out, &l, &notes);
	assert_null(l.dump);
	assert_int_equal(l.n, 0);
	assert_true(l.more);
	assert_true(is_there(r.root, "secret.vcd"));
	left_fini(&l);
	tear_down(&r);
}

CASE(a_thousand_files_are_listed_and_no_more)
{
	struct strv notes = STRV_INIT;
	struct run_stage r;
	struct left l;
	int fd;

	set_up(&r);
	assert_true(stage_init_run(&r.s, r.out, NULL) && stage_fill_run(&r.s, &r.job, NULL));
	fd = open(r.s.mirror, O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < RUN_FILES_MAX + 100; i++) {
		char *name = str_fmt("f%d", i);

		close(openat(fd, name, O_CREAT | O_WRONLY, 0600));
		free(name);
	}
	close(fd);
	left_collect(&r.s, r.out, &l, &notes);
	assert_int_equal(l.n, RUN_FILES_MAX);
	assert_true(l.more);
	left_fini(&l);
	tear_down(&r);

	set_up(&r);
	assert_true(stage_init_run(&r.s, r.out, NULL) && stage_fill_run(&r.s, &r.job, NULL));
	write_large(r.s.mirror, "large", LEFT_KEPT + 1);
	left_collect(&r.s, r.out, &l, &notes);
	assert_int_equal(l.n, 1);
	assert_int_equal(notes.n, 1);
	assert_false(is_there(r.out, "written/large"));
	left_fini(&l);
	strv_free(&notes);
	tear_down(&r);
}

static void moves(const char *text, const char *want)
{
	struct str out = STR_INIT;
	bool moved = initial_move(text, strlen(text), &out);

	assert_string_equal(moved ? str_cstr(&out) : text, want);
	assert_int_equal(moved, strcmp(text, want) != 0);
	str_free(&out);
}

CASE(a_value_of_a_declaration_becomes_an_initial_block)
{
	moves("module t; reg a = 1, b; integer i=0; endmodule\n",
	      "module t; reg a , b; initial begin a = 1; end integer i; initial begin i =0; end "
	      "endmodule\n");
	moves("module t #(parameter W = 2) (input c,\n  output reg [W-1:0] q = {W{1'b0}}, d = 1, "
	      "output reg r = f(1, 2) // r = 3;\n);\nendmodule",
	      "module t #(parameter W = 2) (input c,\n  output reg [W-1:0] q , d , output reg r  "
	      "// r = 3;\n); initial begin q = {W{1'b0}}; d = 1; r = f(1, 2); end\nendmodule");
	moves("module t; output reg [3:0] q = 4'd2 ; real x = 0.5, y = 1e3;\nendmodule",
	      "module t; output reg [3:0] q  ; initial begin q = 4'd2; end real x , y ; initial "
	      "begin x = 0.5; y = 1e3; end\nendmodule");
	/* No variable, or none of a module; over two lines; in words that are no code. */
	moves("module t; wire a = 1; parameter integer W = 4; reg [W-1:0] m [0:3]; endmodule",
	      "module t; wire a = 1; parameter integer W = 4; reg [W-1:0] m [0:3]; endmodule");
	moves("primitive p (q, a); output reg q = 1'b0; input a;\nendprimitive",
	      "primitive p (q, a); output reg q = 1'b0; input a;\nendprimitive");
	moves("module t; reg a = 1 +\n 2; // reg b = 1;\ninitial $display(\"reg c = "
	      "1;\");\nendmodule",
	      "module t; reg a = 1 +\n 2; // reg b = 1;\ninitial $display(\"reg c = "
	      "1;\");\nendmodule");
	/* Of a process, whose values are not those of the time 0. */
	moves("module t; initial begin for (integer i = 0; i < 3; i = i + 1) q = i; end\n"
	      "always @(a) if (a) begin : x reg b = 1; end else case (a) 0: begin : y integer c = "
	      "1; "
	      "end endcase\ninitial for (integer i = 0; i < 3; i = i + 1) q = i;\nendmodule",
	      "module t; initial begin for (integer i = 0; i < 3; i = i + 1) q = i; end\n"
	      "always @(a) if (a) begin : x reg b = 1; end else case (a) 0: begin : y integer c = "
	      "1; "
	      "end endcase\ninitial for (integer i = 0; i < 3; i = i + 1) q = i;\nendmodule");
	moves("module t; always @* q = d; reg a = 1; endmodule",
	      "module t; always @* q = d; reg a ; initial begin a = 1; end endmodule");
	moves("module t; reg a = (1", "module t; reg a = (1");
	moves("module t (output reg a = 1", "module t (output reg a = 1");
}
