/* Build and run scripts, executed by the real sh. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "sim/engine/script.h"
#include "tests/lib/tool.h"

struct heard {
	struct str out, err;
	int status;
};

static void run(const struct script *s, struct heard *h)
{
	const char *const argv[] = { "sh", "run.sh", NULL };
	char *dir = tool_folder();

	*h = (struct heard){ 0 };
	tool_make(dir, "a b");
	tool_write(dir, "run.sh", str_cstr(&s->text));
	h->status = tool_run(dir, argv, &h->out, &h->err);
	tool_folder_remove(dir);
}

static void forget(struct heard *h)
{
	str_free(&h->out);
	str_free(&h->err);
}

/* What each line of stderr is: "S0", "E3", "R", or the line. */
static char *read_marks(const struct script *s, const struct str *err)
{
	const char *p = str_cstr(err);
	struct str got = STR_INIT;

	while (*p) {
		size_t n = strcspn(p, "\n");
		int value = -1;

		switch (script_read(s, p, n, &value)) {
		case SCRIPT_STEP:
			str_addf(&got, "S%d ", value);
			break;
		case SCRIPT_END:
			str_addf(&got, "E%d ", value);
			break;
		case SCRIPT_RUN:
			str_addf(&got, "R%d ", value);
			break;
		case SCRIPT_MESSAGE:
			str_addf(&got, "%.*s ", (int)n, p);
			break;
		}
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

CASE(a_word_is_a_word_whatever_it_holds)
{
	char all[256], *text;
	struct strv argv =
		words((const char *const[]){ "printf", "[%s]", "$HOME `id` $(id) ; | & > <", "it's",
					     "", "*", "-n", "\\n\\", "\"", "\n", "#", "~", NULL });
	struct script s;
	struct heard h;

	for (int i = 1; i < 256; i++)
		all[i - 1] = (char)i;
	all[255] = '\0';
	strv_add(&argv, all);
	script_init(&s);
	script_simulate(&s, "a b", &argv);
	run(&s, &h);
	text = str_fmt("[$HOME `id` $(id) ; | & > <][it's][][*][-n][\\n\\][\"][\n][#][~][%s]", all);
	assert_string_equal(str_cstr(&h.out), text);
	assert_int_equal(h.status, 0);
	free(text);
	forget(&h);
	script_fini(&s);
	strv_free(&argv);
}

CASE(steps_are_told_and_only_the_simulation_has_stdout)
{
	struct strv build =
		words((const char *const[]){ "sh", "-c", "echo built; echo warned >&2", NULL });
	struct strv sim =
		words((const char *const[]){ "sh", "-c", "echo printed; pwd >&2; exit 7", NULL });
	struct script s;
	struct heard h;
	char *got;

	script_init(&s);
	script_step(&s, "translating", "a", &build, NULL);
	script_line(&s, "echo between >&2");
	script_step(&s, "compiling", "b", &build, NULL);
	script_simulate(&s, "a b", &sim);
	run(&s, &h);
	assert_string_equal(str_cstr(&h.out), "printed\n");
	assert_int_equal(h.status, 7);
	got = read_marks(&s, &h.err);
	assert_non_null(strstr(got, "S0 built warned between S1 built warned R2 /"));
	assert_non_null(strstr(got, "/a b "));
	assert_string_equal(s.steps.v[1], "compiling");
	assert_string_equal(s.steps.v[2], "running");
	free(got);
	forget(&h);
	script_fini(&s);
	strv_free(&build);
	strv_free(&sim);
}

/* A step's first output, and the rest. */
static void steps_with(const char *first, const char *want, int status)
{
	struct strv tried = words((const char *const[]){ "sh", "-c", first, NULL });
	struct strv step = words((const char *const[]){ "sh", "-c", "echo second; exit 4", NULL });
	struct strv sim = words((const char *const[]){ "true", NULL });
	struct script s;
	struct heard h;
	char *got;

	script_init(&s);
	script_step(&s, "translating", "a", &step, &tried);
	script_simulate(&s, ".", &sim);
	run(&s, &h);
	got = read_marks(&s, &h.err);
	assert_string_equal(got, want);
	assert_string_equal(str_cstr(&h.out), "");
	assert_int_equal(h.status, status);
	free(got);
	forget(&h);
	script_fini(&s);
	strv_free(&tried);
	strv_free(&step);
	strv_free(&sim);
}

CASE(a_step_is_tried_in_its_first_form_and_only_what_holds_is_heard)
{
	steps_with("echo a%s; echo '  b\\\\q' >&2", "S0 a%s   b\\q R1 ", 0);
	steps_with("exit 0", "S0 R1 ", 0);
	steps_with("echo first; exit 3", "S0 second E4 ", 1);
	steps_with("echo first; kill -SEGV $$", "S0 second E4 ", 1);
}

CASE(the_first_step_that_fails_ends_it)
{
	struct strv bad = words((const char *const[]){ "sh", "-c", "exit 3", NULL });
	struct strv killed = words((const char *const[]){ "sh", "-c", "kill -SEGV $$", NULL });
	struct strv sim = words((const char *const[]){ "echo", "ran", NULL });
	struct script s;
	struct heard h;
	char *got;

	script_init(&s);
	script_step(&s, "translating", "a", &bad, NULL);
	script_simulate(&s, ".", &sim);
	run(&s, &h);
	got = read_marks(&s, &h.err);
	assert_string_equal(got, "S0 E3 ");
	assert_string_equal(str_cstr(&h.out), "");
	assert_int_not_equal(h.status, 0);
	free(got);
	forget(&h);
	script_fini(&s);

	script_init(&s);
	script_step(&s, "translating", "a", &killed, NULL);
	script_simulate(&s, ".", &sim);
	run(&s, &h);
	got = read_marks(&s, &h.err);
	assert_non_null(strstr(got, "E139"));
	free(got);
	forget(&h);
	script_fini(&s);
	strv_free(&bad);
	strv_free(&killed);
	strv_free(&sim);
}

CASE(how_the_simulation_ended_is_the_status)
{
	struct strv sim = words((const char *const[]){ "sh", "-c", "kill -ABRT $$", NULL });
	struct script s;
	struct heard h;
	char *got;

	script_init(&s);
	script_simulate(&s, ".", &sim);
	run(&s, &h);
	assert_int_equal(h.status, 128 + 6);
	got = read_marks(&s, &h.err);
	assert_string_equal(got, "R0 "); /* no word of sh's own */
	free(got);
	forget(&h);
	script_fini(&s);
	strv_free(&sim);
}

/* A message cannot forge a mark: the mark is different each time. */
CASE(a_mark_cannot_be_guessed)
{
	struct script a, b;
	int n = 0;
	char *line;

	script_init(&a);
	script_init(&b);
	assert_string_not_equal(a.mark, b.mark);
	line = str_fmt("%s run", b.mark);
	assert_int_equal(script_read(&a, line, strlen(line), &n), SCRIPT_MESSAGE);
	free(line);
	line = str_fmt("%s step 99", a.mark);
	assert_int_equal(script_read(&a, line, strlen(line), &n), SCRIPT_MESSAGE);
	free(line);
	line = str_fmt("%s runs", a.mark);
	assert_int_equal(script_read(&a, line, strlen(line), &n), SCRIPT_MESSAGE);
	free(line);
	script_fini(&a);
	script_fini(&b);
}

/* The last signal before the kill, as described in child.h. */
struct farewell {
	struct str out;
	struct child_result r;
	bool done;
};

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct farewell *f = ctx;

	if (stream == 1)
		str_add(&f->out, data, len);
}

static void on_done(void *ctx, const struct child_result *r)
{
	struct farewell *f = ctx;

	f->r = *r;
	f->done = true;
}

static void say_farewell(const char *simulation, struct farewell *f)
{
	const char *const argv[] = { "sh", "run.sh", NULL };
	struct strv sim = words((const char *const[]){ "sh", "-c", simulation, NULL });
	struct child_spec spec = {
		.argv = argv, .wall_ms = 300, .farewell = SCRIPT_FAREWELL, .grace_ms = 300
	};
	struct child_events ev = { on_out, on_done, f };
	struct loop *l = loop_new(NULL);
	char *dir = tool_folder();
	struct script s;

	*f = (struct farewell){ 0 };
	script_init(&s);
	script_simulate(&s, ".", &sim);
	tool_write(dir, "run.sh", str_cstr(&s.text));
	spec.cwd = dir;
	assert_non_null(child_start(l, &spec, &ev, NULL));
	loop_run_until(l, &f->done);
	loop_free(l);
	script_fini(&s);
	strv_free(&sim);
	tool_folder_remove(dir);
}

CASE(what_it_holds_back_is_printed_at_a_limit)
{
	struct farewell f;

	say_farewell("trap 'echo held back; exit 0' TERM; while :; do :; done", &f);
	assert_string_equal(str_cstr(&f.out), "held back\n");
	assert_true(f.r.timed_out);
	assert_int_equal(f.r.status, 0);
	str_free(&f.out);

	/* A process that ignores it is killed. */
	say_farewell("trap '' TERM; echo stubborn; while :; do :; done", &f);
	assert_string_equal(str_cstr(&f.out), "stubborn\n");
	assert_true(f.r.timed_out);
	assert_int_equal(f.r.signal, 9);
	str_free(&f.out);
}
