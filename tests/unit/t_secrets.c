/* Forty secrets through every input: none reaches the session's folder, a request, the
 * output or the log. */
#include "config.h"

#include "tests/lib/case.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "session/ask/flow_ask.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/check/flow_sim.h"
#include "session/command/commands.h"
#include "session/journal/edit.h"
#include "session/journal/event_redact.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/lint/flow_lint.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/output/diag.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/cmd.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "sim/sim.h"
#include "tests/lib/tool.h"

#define SECRETS 40
#define A36	"a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"

static const struct backend_ops *const backends[] = { &backend_fake, NULL };
static const struct simulator_ops *const simulators[] = { &simulator_fake, NULL };
static const struct ports ports = { .commands = commands,
				    .backends = backends,
				    .simulators = simulators };

/* Assembled here, so that scanners do not report this file as a leak. */
static const char *const kinds[] = {
	"sk-",
	"sk-"
	"ant-api03-",
	"ghp"
	"_",
	"glpat"
	"-",
	"AIza",
	"xoxb"
	"-",
	"hf"
	"_",
	"gsk"
	"_",
	"Bearer ",
	"x-api-key: ",
};

static const char *const variables[] = { "KEY_", "API_TOKEN_", "secret_", "DB_PASSWORD_" };

struct place {
	struct workbench w;
	struct loop *loop;
	char *root, *log, *all; /* all: the secrets with blanks between */
	char *secret[SECRETS];
	struct str said;
};

static void make_secrets(struct place *p)
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < SECRETS; i++) {
		const size_t n = sizeof(kinds) / sizeof(*kinds),
			     m = sizeof(variables) / sizeof(*variables);

		if (i % 2) {
			char *name = str_fmt("%s%02zu", variables[i / 2 % m], i);

			p->secret[i] = str_fmt("quiet%02zuword", i);
			setenv(name, p->secret[i], 1);
			free(name);
		} else {
			p->secret[i] = str_fmt("%s%02zu" A36, kinds[i / 2 % n], i);
		}
		str_addf(&all, "%s(%s)", all.len ? " " : "", p->secret[i]);
	}
	p->all = str_take(&all);
}

static void hear(void *ctx, const char *text, size_t len)
{
	str_add(&((struct place *)ctx)->said, text, len);
}

static void hear_line(void *ctx, const char *line)
{
	hear(ctx, line, strlen(line));
}

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	make_secrets(p);
	p->loop = loop_new(NULL);
	p->root = tool_folder();
	p->log = path_join(p->root, "log");
	assert_true(log_open(p->log, NULL));
	workbench_init(&p->w, p->loop, p->root, &ports);
	p->w.out = (struct report){ hear, hear_line, hear, p, true };
	assert_true(options_set(p->w.options, "engine", "fake", NULL));
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	if (task_count(p->loop))
		return 0;
	workbench_fini(&p->w);
	loop_free(p->loop);
	log_close();
	for (int i = 0; i < SECRETS; i++)
		free(p->secret[i]);
	tool_folder_remove(p->root);
	str_free(&p->said);
	free(p->all);
	free(p->log);
	free(p);
	return 0;
}

/* Fails with the line that contains one of them. */
static void must_be_clean(const struct place *p, const char *where, const struct str *text)
{
	for (int i = 0; i < SECRETS; i++) {
		const char *at = strstr(str_cstr(text), p->secret[i]), *line = at;

		if (!at)
			continue;
		while (line > text->data && line[-1] != '\n')
			line--;
		fail_msg("%s holds secret %d: %.300s", where, i, line);
	}
}

static size_t look_through(const struct place *p, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	size_t files = 0;

	assert_non_null(d);
	while ((e = readdir(d))) {
		char *path = path_join(dir, e->d_name);
		struct str text = STR_INIT;

		if (e->d_name[0] == '.' && strcmp(e->d_name, ".gitignore") != 0) {
			/* not a file of ours */
		} else if (file_is_dir(path)) {
			files += look_through(p, path);
		} else {
			assert_true(file_read(path, 0, &text, NULL));
			must_be_clean(p, path, &text);
			files++;
		}
		str_free(&text);
		free(path);
	}
	closedir(d);
	return files;
}

static size_t count(const struct str *text, const char *what)
{
	size_t n = 0;

	for (const char *at = str_cstr(text); (at = strstr(at, what)); at++)
		n++;
	return n;
}

static void run_command(struct place *p, const char *name, const char *a, const char *b)
{
	char *argv[] = { (char *)a, (char *)b, NULL };
	const struct cmd *c = cmd_find(p->w.commands, name, NULL);
	enum cmd_status status;
	struct err err = { 0 };

	assert_non_null(c);
	if (!cmd_run(&p->w, c, argv, b ? 2 : 1, "", true, &status, &err))
		fail_msg("%s", err.text);
}

static void ask(struct place *p, const char *error)
{
	char *text =
		str_fmt("text=Here: %s\\n```verilog\\nmodule other; // %s\\nendmodule\\n```\\n",
			p->all, p->all);
	char *reasoning = str_fmt("reasoning=hm %s", p->all),
	     *failure = error ? str_fmt("error=%s", error) : NULL;
	char *options[] = { text, reasoning, "pieces=7", failure, NULL };
	struct backend_entry b = {
		.name = "m", .protocol = "fake", .options = options, .model = p->secret[0]
	};
	struct ask_request r = { .question = p->all, .backend = "m" };
	struct prompt_piece piece = {
		.title = "log", .text = p->all, .len = strlen(p->all), .priority = 0
	};
	struct ask_result result;
	struct err err = { 0 };

	r.pieces = &piece;
	r.n_pieces = 1;
	workbench_add_backend(&p->w, &b);
	assert_int_equal(flow_ask(&p->w, &r, &result, &err), error == NULL);
	hear_line(p, err.text);
	ask_result_fini(&result);
	free(failure);
	free(reasoning);
	free(text);
}

static void lint_and_simulate(struct place *p)
{
	char *lint =
		str_fmt("%%Warning-WIDTH: m.sv:1:2: %s\n    1 | module m; // %s\n", p->all, p->all);
	char *out = str_fmt("%s\nFAIL: %s\n", p->all, p->all);
	struct lint_result found;
	struct sim_result r;
	struct err err = { 0 };

	setenv("POSEDGE_FAKE_LINT", lint, 1);
	setenv("POSEDGE_FAKE_RUN", out, 1);
	if (!flow_lint(&p->w, NULL, 0, &found, &err))
		fail_msg("%s", err.text);
	lint_result_fini(&found);
	if (!flow_sim(&p->w, "m_tb", "fake", false, hear, p, &r, &err))
		fail_msg("%s", err.text);
	hear_line(p, r.report.result.first);
	sim_result_fini(&r);
	free(out);
	free(lint);
}

static void everything(void *ctx)
{
	struct place *p = ctx;
	char *source = str_fmt("module m; // %s\nendmodule\n", p->all);

	tool_write(p->root, "m.sv", source);
	tool_write(p->root, "m_tb.sv", "module m_tb; m dut(); initial $finish; endmodule\n");
	tool_write(p->root, "spec.md", p->all);
	ask(p, NULL);
	ask(p, p->all);
	run_command(p, "note", p->all, NULL);
	run_command(p, "set", "top", p->all);
	assert_true(options_set(p->w.options, "top", "", NULL));
	lint_and_simulate(p);
	log_line("test", "a log line with %s", p->all);
	assert_true(session_sync(p->w.session, NULL));
	free(source);
}

CASE_WITH(nothing_is_kept_sent_said_or_logged, set_up, tear_down)
{
	static const char *const types[] = { "ask", "piece", "answer", "note",
					     "set", "lint",  "verdict" };
	struct place *p = *state;
	struct task *t = task_start(p->loop, everything, p);
	char *home = path_join(p->root, ".posedge"), *journal;
	struct str text = STR_INIT;

	assert_non_null(t);
	while (task_count(p->loop))
		loop_turn(p->loop, true);
	journal = path_join(session_dir(p->w.session), "journal.jsonl");
	assert_true(look_through(p, home) > 4);
	must_be_clean(p, "what is said", &p->said);
	assert_true(count(&p->said, "spec.md:1 looks like a secret: it is not sent") == 2);
	assert_true(count(&p->said, "m.sv:1 looks like a secret: it is not sent") == 2);
	assert_true(file_read(p->log, 0, &text, NULL));
	must_be_clean(p, "the log", &text);
	assert_int_equal(count(&text, "[redacted]"), SECRETS);
	/* Every kind of event shows that the secrets did pass through there. */
	assert_true(file_read(journal, 0, &text, NULL));
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		char *mark = str_fmt("\"type\":\"%s\"", types[i]);
		bool seen = false;

		for (const char *l = str_cstr(&text); *l; l += strcspn(l, "\n") + 1) {
			char *line = mem_strndup(l, strcspn(l, "\n"));

			seen |= strstr(line, mark) && strstr(line, "[redacted]");
			free(line);
		}
		if (!seen)
			fail_msg("no event %s holds anything redacted", types[i]);
		free(mark);
	}
	str_free(&text);
	free(journal);
	free(home);
}

/* Findings: each way to get some goes through the one gate, once. ------------------- */

static void must_have_passed(const struct place *p, const char *where, const struct diag_list *l)
{
	struct str text = STR_INIT;

	assert_non_null(l);
	assert_true(diag_list_len(l) > 0);
	for (size_t i = 0; i < diag_list_len(l); i++) {
		diag_print(diag_list_at(l, i), &text);
		str_addf(&text, "\n%s\n%s\n", diag_list_at(l, i)->context,
			 diag_list_at(l, i)->hint);
	}
	must_be_clean(p, where, &text);
	if (!strstr(str_cstr(&text), "[redacted]"))
		fail_msg("%s: nothing was taken out", where);
	if (diag_list_stamp(l) != redact_stamp(p->w.redact))
		fail_msg("%s: not through the gate", where);
	str_free(&text);
}

/* Created here, as a plugin or a new flow might, and recorded unchanged. */
static void record_raw(struct place *p, bool part)
{
	struct event e = { .type = EVENT_LINT,
			   .lint = { .tool = "fake", .part = part, .files = { "m.sv", 4 } } };
	struct diag d = { .path = "other.sv",
			  .text = p->secret[0],
			  .context = p->secret[1],
			  .hint = p->secret[2] };
	struct diag_list *raw = diag_list_new(1);

	assert_true(diag_list_add(raw, &d, NULL));
	e.lint.found = raw;
	assert_true(session_record(p->w.session, &e, NULL, NULL));
	assert_string_equal(diag_list_at(raw, 0)->text, p->secret[0]);
	diag_list_free(raw);
}

static void get_findings(void *ctx)
{
	struct place *p = ctx;
	char *lint =
		str_fmt("%%Warning-WIDTH: m.sv:1:2: %s\n    1 | module m; // %s\n", p->all, p->all);
	const char *const files[] = { "m.sv" };
	struct overlay t = { "m.sv", { "module m;\nendmodule\n", 20 } };
	const struct diag_list *found;
	const struct state *s;
	struct lint_result r;
	struct sim_result run;

	tool_write(p->root, "m.sv", "module m;\nendmodule\n");
	tool_write(p->root, "m_tb.sv", "module m_tb; m dut(); initial $finish; endmodule\n");
	setenv("POSEDGE_FAKE_LINT", lint, 1);
	setenv("POSEDGE_FAKE_RUN", "FAIL", 1);
	assert_true(flow_lint(&p->w, NULL, 0, &r, NULL));
	s = session_state(p->w.session);
	must_have_passed(p, "a lint", r.found);
	assert_ptr_equal(s->found, r.found);
	lint_result_fini(&r);
	must_have_passed(p, "the state", s->found);

	assert_true(flow_lint_part(&p->w, "m.sv", &r, NULL));
	must_have_passed(p, "a part", r.found);
	lint_result_fini(&r);
	assert_true(flow_lint_again(&p->w, files, 1, false, &r, NULL));
	must_have_passed(p, "a lint once more", r.found);
	lint_result_fini(&r);
	assert_true(flow_lint_if(&p->w, &t, 1, &found, NULL));
	must_have_passed(p, "what could be", found);
	diag_list_free(found);
	assert_true(flow_sim(&p->w, "m_tb", "fake", false, hear, p, &run, NULL));
	if (run.report.found)
		assert_true(diag_list_stamp(run.report.found) == redact_stamp(p->w.redact));
	sim_result_fini(&run);
	record_raw(p, false);
	must_have_passed(p, "a list recorded as it was", s->found);
	assert_true(session_sync(p->w.session, NULL));
	free(lint);
}

CASE_WITH(findings_pass_one_gate, set_up, tear_down)
{
	struct place *p = *state;
	char *home = path_join(p->root, ".posedge");

	task_start(p->loop, get_findings, p);
	while (task_count(p->loop))
		loop_turn(p->loop, true);
	assert_true(look_through(p, home) > 2);
	must_be_clean(p, "what is said", &p->said);
	free(home);
}

CASE_WITH(findings_are_looked_through_once, set_up, tear_down)
{
	struct place *p = *state;
	struct diag plain = { .text = "a latch" }, bad = { .text = p->all };
	struct diag_list *l = diag_list_new(3);
	const struct diag_list *first, *second, *third;

	diag_list_add(l, &plain, NULL);
	first = findings_redact(p->w.redact, l);
	assert_ptr_equal(first, l); /* nothing to take out: the same list */
	diag_list_free(first);
	diag_list_add(l, &bad, NULL);
	first = findings_redact(p->w.redact, l);
	assert_ptr_not_equal(first, l); /* added since: looked through again */
	assert_ptr_equal(diag_list_at(first, 0), diag_list_at(l, 0));
	second = findings_redact(p->w.redact, first);
	assert_ptr_equal(second, first);
	/* A secret that becomes known only now. */
	redact_add(p->w.redact, "a latch of mine");
	diag_list_free(second);
	assert_true(diag_list_stamp(first) != redact_stamp(p->w.redact));
	third = findings_redact(p->w.redact, first);
	assert_ptr_equal(third, first);
	assert_true(diag_list_stamp(first) == redact_stamp(p->w.redact));
	diag_list_free(third);
	diag_list_free(first);
	diag_list_free(l);
}

/* A document belongs to the user: kept exactly, in a file that only they can read. */
static void type_it(void *ctx)
{
	struct place *p = ctx;
	struct change c = { 0, 0, { p->secret[2], strlen(p->secret[2]) } };

	assert_non_null(workbench_session(&p->w, SESSION_FULL, NULL));
	assert_non_null(edit_open(p->w.session, "mine.sv", true, NULL));
	assert_true(edit_change(p->w.session, "mine.sv", &c, 1, BY_YOU, NULL));
	assert_true(session_sync(p->w.session, NULL));
}

CASE_WITH(what_a_person_types_is_kept_as_typed, set_up, tear_down)
{
	struct place *p = *state;
	struct str text = STR_INIT;
	char *journal;

	task_start(p->loop, type_it, p);
	while (task_count(p->loop))
		loop_turn(p->loop, true);
	journal = path_join(session_dir(p->w.session), "journal.jsonl");
	assert_true(file_read(journal, 0, &text, NULL));
	assert_int_equal(count(&text, p->secret[2]), 1);
	str_free(&text);
	free(journal);
}

CASE_WITH(a_key_that_a_backend_names_is_a_secret, set_up, tear_down)
{
	struct place *p = *state;
	struct backend_entry b = { .name = "b", .protocol = "fake", .key = "env:PLAIN_NAME" };
	struct str out = STR_INIT;

	setenv("PLAIN_NAME", "open sesame", 1);
	workbench_add_backend(&p->w, &b);
	assert_int_equal(redact_text(p->w.redact, "say open sesame!", 16, &out), 1);
	assert_string_equal(str_cstr(&out), "say [redacted]!");
	str_free(&out);
}

/* An earlier moment of a session is viewed in a workbench of its own. */
CASE_WITH(a_second_workbench_leaves_the_first_ones_filter, set_up, tear_down)
{
	struct place *p = *state;
	struct workbench second;
	struct str text = STR_INIT;

	workbench_init(&second, p->loop, p->root, &ports);
	log_line("test", "%s", p->all);
	workbench_fini(&second);
	log_line("test", "%s", p->all);
	log_close();
	assert_true(file_read(p->log, 0, &text, NULL));
	must_be_clean(p, "the log", &text);
	assert_int_equal(count(&text, "[redacted]"), 2 * SECRETS);
	str_free(&text);
}
