/* Scripts as jobs of a sandbox's launcher, compared with sh. Skipped without a launcher. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/engine/script.h"
#include "sim/sandbox/launch.h"
#include "sim/sandbox/sandbox.h"
#include "tests/lib/here.h"
#include "tests/lib/tool.h"

static struct sandbox box;

static bool there_is_one(void)
{
	box = best_here();
	return sandbox_isolates(box) && box.parts & SANDBOX_LAUNCHER;
}

/* The output of a run, and how it ended. */
struct heard {
	struct str out, err;
	struct child_result r;
	bool done;
	struct child *child;
	bool farewell; /* once it has printed something */
};

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct heard *h = ctx;

	str_add(stream == 1 ? &h->out : &h->err, data, len);
	if (stream == 1 && h->farewell)
		child_set_wall(h->child, 1);
	h->farewell = h->farewell && stream != 1;
}

static void on_done(void *ctx, const struct child_result *r)
{
	struct heard *h = ctx;

	h->r = *r;
	h->done = true;
}

static void forget(struct heard *h)
{
	str_free(&h->out);
	str_free(&h->err);
}

static void start(const char *dir, bool job, const struct str *told, bool farewell, struct heard *h)
{
	static const char *const argv[] = { "sh", "run.sh", NULL };
	struct sandbox_spec spec = { .dir = dir,
				     .writable = true,
				     .cwd = "",
				     .sources_only = true,
				     .processes = 64,
				     .job = job };
	struct child_spec child = { .wall_ms = 60000,
				    .farewell = SCRIPT_FAREWELL,
				    .grace_ms = 500 };
	struct child_events ev = { on_out, on_done, h };
	struct loop *l = loop_new(NULL);
	struct sandbox_start how;

	*h = (struct heard){ .farewell = farewell };
	sandbox_wrap(box, &spec, argv, &how);
	assert_int_equal(how.takes_job, job);
	sandbox_start_into(&how, &child);
	h->child = child_start(l, &child, &ev, NULL);
	assert_non_null(h->child);
	if (job)
		assert_true(child_say(h->child, told->data, told->len));
	loop_run_until(l, &h->done);
	loop_free(l);
	sandbox_start_fini(&how);
}

/* stderr with names for the marks. */
static char *read_marks(const struct script *s, const struct str *err)
{
	struct str got = STR_INIT;

	for (const char *p = str_cstr(err); *p;) {
		size_t n = strcspn(p, "\n");
		int value = -1;
		enum script_said said = script_read(s, p, n, &value);

		if (said == SCRIPT_MESSAGE)
			str_addf(&got, "%.*s\n", (int)n, p);
		else
			str_addf(&got, "<%c%d>\n", "-SER"[said], value);
		p += n + (p[n] == '\n');
	}
	return str_take(&got);
}

static struct strv words(const char *const *v)
{
	struct strv l = STRV_INIT;

	strv_addv(&l, v);
	return l;
}

struct both {
	const char *from, *to; /* for sh; `to` makes prog */
	const char *const *run;
	const char *start;
};

static void make(struct script *s, const struct both *b)
{
	struct strv from = words((const char *const[]){ "sh", "-c", b->from, NULL });
	struct strv to = words((const char *const[]){ "sh", "-c", b->to, NULL });
	struct strv run = words(b->run);
	size_t held = 1;

	script_init(s);
	s->file_size = 1u << 20;
	script_pipe(s, "compiling", "a", &from, &to);
	script_product(s, "prog");
	while (held + 1 < run.n && !strstr(run.v[held], "prog"))
		held++;
	script_simulate_held(s, b->start ? b->start : ".", &run, held);
	strv_free(&from);
	strv_free(&to);
	strv_free(&run);
}

/* Both ways; *h and the marks are those of the launcher. The caller frees. */
static char *run_both(const struct both *b, bool same_words, bool farewell, struct heard *h)
{
	char *dir = tool_folder(), *other = tool_folder(), *want, *got;
	struct str job = STR_INIT;
	struct heard sh;
	struct script s;

	make(&s, b);
	tool_make(dir, "a b");
	tool_make(other, "a b");
	tool_write(dir, "run.sh", str_cstr(&s.text));
	start(dir, false, NULL, farewell, &sh);
	assert_true(script_job(&s, false, &job));
	start(other, true, &job, farewell, h);

	want = read_marks(&s, &sh.err);
	got = read_marks(&s, &h->err);
	if (same_words)
		assert_string_equal(got, want);
	assert_string_equal(str_cstr(&h->out), str_cstr(&sh.out));
	assert_int_equal(h->r.status, sh.r.status);
	assert_int_equal(h->r.signal, sh.r.signal);
	assert_int_equal(h->r.timed_out, sh.r.timed_out);
	free(want);
	forget(&sh);
	str_free(&job);
	script_fini(&s);
	tool_folder_remove(dir);
	tool_folder_remove(other);
	return got;
}

#define RUN(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define MAKES	 "cat >prog; echo warned >&2; echo said"

CASE(a_build_and_a_run_are_what_sh_makes_of_them)
{
	const struct {
		struct both b;
		const char *want;
		int status;
	} rows[] = {
		{ { "echo 'echo ran; echo bad >&2; exit 7'", MAKES, RUN("sh", "prog"), NULL },
		  "warned\nsaid\n<R1>\nbad\n",
		  7 },
		{ { "echo from >&2; echo 'kill -ABRT $$'", MAKES, RUN("sh", "prog"), NULL },
		  "<R1>\n",
		  134 },
		{ { "exit 3", "cat >prog; exit 3", RUN("sh", "prog"), NULL }, "<E3>\n", 1 },
		{ { "true", "kill -SEGV $$", RUN("sh", "prog"), NULL }, "<E139>\n", 1 },
		{ { "true", "echo none", RUN("sh", "prog"), NULL }, "none\n<E1>\n", 1 },
		{ { "true", "mkdir prog", RUN("sh", "prog"), NULL }, "<E1>\n", 1 },
		{ { "echo echo x; exit 5", MAKES, RUN("sh", "prog"), NULL }, "<R1>\n", 0 },
		{ { "echo exit 9", MAKES, RUN("true", "prog"), NULL }, "<R1>\n", 0 },
		{ { "echo pwd", "cat >'prog'; cp prog 'a b/prog'", RUN("sh", "prog"), "a b" },
		  "<R1>\n",
		  0 },
		{ { "echo", MAKES, RUN("grep", "-h", "SigBlk", "prog", "/proc/self/status"), NULL },
		  "<R1>\n",
		  0 },
		/* its descriptors: nothing to read, and no others */
		{ { "echo 'cat; ls /proc/self/fd | wc -l'", MAKES, RUN("sh", "prog"), NULL },
		  "<R1>\n",
		  0 },
	};

	if (!there_is_one())
		skip();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct heard h;
		/* sh has a word of its own for that signal */
		char *got = run_both(&rows[i].b, !strstr(rows[i].b.to, "SEGV"), false, &h);

		assert_true(str_starts(got, "<S0>\n"));
		assert_non_null(strstr(got, rows[i].want));
		assert_int_equal(h.r.status, rows[i].status);
		free(got);
		forget(&h);
	}
}

CASE(words_and_large_programs_come_through)
{
	const char *const odd[] = { "sh",   "-c", "wc -c <\"$0\"; printf '[%s]' \"$@\"",
				    "prog", "",	  "a b'\"\\$(id)\n*",
				    NULL };
	const struct both large = { "head -c 3000000 /dev/null; seq 500000", "cat >prog", odd,
				    NULL };
	struct heard h;
	char *got;

	if (!there_is_one())
		skip();
	got = run_both(&large, true, false, &h);
	assert_string_equal(str_cstr(&h.out), "3388895\n[][a b'\"\\$(id)\n*]");
	free(got);
	forget(&h);
}

CASE(a_failed_start_is_reported)
{
	const struct both none = { "echo", MAKES, RUN("no-such-tool", "prog"), NULL };
	const struct both nowhere = { "echo", MAKES, RUN("sh", "prog"), "no/such/folder" };
	struct heard h;
	char *got;

	if (!there_is_one())
		skip();
	got = run_both(&none, false, false, &h);
	assert_int_equal(h.r.status, 127);
	assert_non_null(strstr(got, "no-such-tool: not found"));
	free(got);
	forget(&h);
	got = run_both(&nowhere, false, false, &h);
	assert_null(strstr(got, "<R1>"));
	assert_int_equal(h.r.status, 1);
	free(got);
	forget(&h);
}

/* A file above the limit does not end the run, and a farewell lets it print. */
CASE(limits_of_a_run_are_those_of_sh)
{
	const struct both full = { "echo 'seq 1000000 >big; wc -c <big; ulimit -f'", MAKES,
				   RUN("sh", "prog"), NULL };
	const struct both held = {
		"echo 'trap \"echo held back; exit 0\" TERM; echo up; while :; do :; done'", MAKES,
		RUN("sh", "prog"), NULL
	};
	const struct both deaf = { "echo 'trap \"\" TERM; echo up; while :; do :; done'", MAKES,
				   RUN("sh", "prog"), NULL };
	struct heard h;

	if (!there_is_one())
		skip();
	free(run_both(&full, true, false, &h));
	assert_non_null(strstr(str_cstr(&h.out), "1048576\n"));
	forget(&h);
	free(run_both(&held, true, true, &h));
	assert_string_equal(str_cstr(&h.out), "up\nheld back\n");
	assert_true(h.r.timed_out);
	forget(&h);
	free(run_both(&deaf, true, true, &h));
	assert_int_equal(h.r.signal, 9);
	forget(&h);
}

/* Input that is not a job is not run. */
CASE(a_bad_job_ends_the_launcher)
{
	static const char *const bad[] = { "0000000x",
					   "00020000",
					   "00000004abc",
					   "0000000aexec\0002\000sh",
					   "0000000aexec\0009\000sh",
					   "00000005what" };
	static const size_t len[] = { 8, 8, 12, 18, 18, 13 };
	char *dir = tool_folder();

	if (!there_is_one())
		skip();
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct str job = STR_INIT;
		struct heard h;

		str_add(&job, bad[i], len[i]);
		start(dir, true, &job, false, &h);
		assert_int_equal(h.r.status, 1);
		assert_true(h.err.len > 0);
		assert_string_equal(str_cstr(&h.out), "");
		forget(&h);
		str_free(&job);
	}
	tool_folder_remove(dir);
}

CASE(a_script_of_another_shape_is_no_job)
{
	struct strv argv = words((const char *const[]){ "true", "x", NULL });
	struct str job = STR_INIT;
	struct script s;

	script_init(&s);
	script_step(&s, "a", "a", &argv, NULL);
	script_product(&s, "x");
	script_simulate_held(&s, ".", &argv, 1);
	assert_false(script_job(&s, false, &job));
	script_fini(&s);

	script_init(&s);
	script_pipe(&s, "a", "a", &argv, &argv);
	script_product(&s, "x");
	script_simulate(&s, ".", &argv);
	assert_false(script_job(&s, false, &job));
	script_fini(&s);

	for (size_t i = 0; i < LAUNCH_WORDS_MAX; i++)
		strv_add(&argv, "x");
	script_init(&s);
	script_pipe(&s, "a", "a", &argv, &argv);
	script_product(&s, "x");
	script_simulate_held(&s, ".", &argv, 1);
	assert_false(script_job(&s, false, &job));
	assert_int_equal(job.len, 0);
	script_fini(&s);
	strv_free(&argv);
}
