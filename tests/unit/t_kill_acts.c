/* A session that acts on the outside world, killed at random moments: whatever took
 * effect (a question to a backend, a simulation, a saved file) is in the journal
 * afterwards, and so is everything up to the last turn of the loop, including typed
 * text.
 *
 * 100 kills; POSEDGE_KILLS sets another number, TEST_SEED where they begin. */
#include "config.h"

#include "tests/lib/case.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "backends/backends.h"
#include "session/ask/flow_ask.h"
#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/check/flow_sim.h"
#include "session/command/commands.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/journal.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/review/flow_apply.h"
#include "session/text/text.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "sim/sim.h"
#include "tests/lib/tool.h"

#define FILE_NAME "r.sv"
#define FIRST	  "module r;\nendmodule\n"
#define BENCH                                                                                    \
	"module r_tb;\n  r dut();\n  initial begin\n    if (1) $error(\"x\");\n    $finish;\n  " \
	"end\nendmodule\n"

/* Effects on the world, reported through a pipe at that very moment. */
struct told {
	enum { TOLD_TURN, TOLD_ASK, TOLD_RUN } kind;
	uint64_t n; /* of TURN: the last event; of the others: how many there were before */
	char digest[HASH_HEX + 1]; /* of TURN */
};

static int world = -1;
static uint64_t asked, run;

static void tell(const struct told *t)
{
	if (write(world, t, sizeof(*t)) != (ssize_t)sizeof(*t))
		_exit(1);
}

/* Ports that are the fake ones, and tell ------------------------------------------------- */

static struct backend_ops witness;
static struct simulator_ops sim_witness;

static struct backend *open_witness(struct loop *l, const struct backend_config *cfg,
				    struct err *err)
{
	struct backend *b = backend_fake.open(l, cfg, err);

	if (b)
		b->ops = &witness;
	return b;
}

static bool ask_witness(struct backend *b, const struct prompt *p, piece_fn *piece, void *ctx,
			struct err *err)
{
	tell(&(struct told){ .kind = TOLD_ASK, .n = asked++ });
	return backend_fake.ask(b, p, piece, ctx, err);
}

static bool run_witness(struct simulator *s, const struct run_job *j, const struct run_listener *to,
			struct run_report *out, struct err *err)
{
	tell(&(struct told){ .kind = TOLD_RUN, .n = run++ });
	return simulator_fake.run(s, j, to, out, err);
}

static struct simulator *open_sim_witness(struct loop *l, struct err *err)
{
	struct simulator *s = simulator_fake.open(l, err);

	if (s)
		s->ops = &sim_witness;
	return s;
}

static const struct backend_ops *const backends[] = { &witness, NULL };
static const struct simulator_ops *const simulators[] = { &sim_witness, NULL };
static const struct ports ports = { .commands = commands,
				    .backends = backends,
				    .simulators = simulators };

static void set_ports(void)
{
	witness = backend_fake;
	witness.open = open_witness;
	witness.ask = ask_witness;
	sim_witness = simulator_fake;
	sim_witness.open = open_sim_witness;
	sim_witness.run = run_witness;
}

/* The one that will be killed -------------------------------------------------------------- */

struct victim {
	struct workbench w;
	struct loop *loop;
	const char *root;
	unsigned seed, steps;
};

static void hear_text(void *ctx, const char *text, size_t len)
{
}

static void hear_line(void *ctx, const char *line)
{
}

static unsigned roll(struct victim *v, unsigned n)
{
	return (unsigned)rand_r(&v->seed) % n;
}

/* Text that was not there before. */
static void add_fresh(struct victim *v, struct str *out)
{
	str_adds(out, "module r;\n");
	for (unsigned i = 1 + roll(v, 6); i > 0; i--)
		str_addf(out, "  wire w%u_%u;\n", v->steps, i);
	str_adds(out, "endmodule\n");
}

static void type(struct victim *v, struct session *s)
{
	struct doc *d = edit_open(s, FILE_NAME, true, NULL);
	struct str text = STR_INIT;
	struct change c;

	str_addf(&text, "// typed %u\n", v->steps);
	c = (struct change){ roll(v, (unsigned)text_len(d->text) + 1),
			     0,
			     { str_cstr(&text), text.len } };
	edit_change(s, FILE_NAME, &c, 1, BY_YOU, NULL);
	str_free(&text);
}

static void ask(struct victim *v, struct session *s)
{
	struct str answer = STR_INIT;
	char *question = str_fmt("question %u", v->steps), *path = path_join(v->root, "answer.md");
	struct ask_request r = { .question = question };
	struct ask_result a;

	str_adds(&answer, "Here.\n```verilog " FILE_NAME "\n");
	add_fresh(v, &answer);
	str_adds(&answer, "```\n");
	if (!file_save(path, str_cstr(&answer), answer.len, 0600, NULL) ||
	    !flow_ask(&v->w, &r, &a, NULL))
		_exit(1);
	for (size_t i = session_state(s)->n_proposals; roll(v, 3) && i-- > 0;)
		if (session_state(s)->proposals[i]->ask == a.ask)
			flow_apply(s, session_state(s)->proposals[i]->n, "--apply", NULL);
	ask_result_fini(&a);
	str_free(&answer);
	free(question);
	free(path);
}

static void simulate(struct victim *v)
{
	struct sim_result out;
	struct err err;

	if (!flow_sim(&v->w, "r_tb", "fake", false, NULL, NULL, &out, &err)) {
		fprintf(stderr, "%s\n", err.text);
		_exit(1);
	}
	sim_result_fini(&out);
}

static void step(struct victim *v, struct session *s)
{
	switch (roll(v, 8)) {
	case 0:
	case 1:
	case 2:
		type(v, s);
		break;
	case 3:
		edit_undo(s, FILE_NAME, NULL);
		break;
	case 4:
	case 5:
		edit_save(s, FILE_NAME, false, NULL);
		break;
	case 6:
		ask(v, s);
		break;
	default:
		simulate(v);
	}
	v->steps++;
}

static void act_until_killed(void *ctx)
{
	struct victim *v = ctx;
	struct session *s = workbench_session(&v->w, SESSION_FULL, NULL);
	struct told t = { .kind = TOLD_TURN };

	edit_open(s, FILE_NAME, true, NULL);
	for (;;) {
		step(v, s);
		/* At the end of a turn: what the state holds would be on the screen
		 * after it. */
		t.n = session_state(s)->n;
		state_digest(session_state(s), t.digest);
		task_sleep(v->loop, 1, NULL);
		tell(&t);
	}
}

static void be_killed(const char *root, unsigned seed)
{
	struct victim v = { .loop = loop_new(NULL), .root = root, .seed = seed };
	char *file = str_fmt("file=%s/answer.md", root), *options[] = { file, NULL };
	struct backend_entry b = { .name = "m", .protocol = "fake", .options = options };

	workbench_init(&v.w, v.loop, root, &ports);
	v.w.out = (struct report){ .text = hear_text, .note = hear_line, .json = hear_text };
	workbench_add_backend(&v.w, &b);
	if (!options_set(v.w.options, "backend", "m", NULL) ||
	    !options_set(v.w.options, "engine", "fake", NULL))
		_exit(1);
	task_start(v.loop, act_until_killed, &v);
	for (;;)
		loop_turn(v.loop, true);
}

/* Afterwards ------------------------------------------------------------------------------- */

struct after {
	struct state state;
	struct told turn;	 /* the last one */
	uint64_t asks, runs;	 /* that reached the world */
	char file[HASH_HEX + 1]; /* the text on disk */
	bool file_known;	 /* it was saved, or is the first one */
	struct loop *loop;
	const char *root;
	bool done;
};

static bool on_event(void *ctx, const struct event *e, struct err *err)
{
	struct after *a = ctx;
	char digest[HASH_HEX + 1];

	if (!state_apply(&a->state, e, err))
		return false;
	if (e->n == a->turn.n) {
		state_digest(&a->state, digest);
		assert_string_equal(digest, a->turn.digest);
	}
	if (e->type == EVENT_SAVE && strcmp(e->save.hash, a->file) == 0)
		a->file_known = true;
	return true;
}

static void open_again(void *ctx)
{
	struct after *a = ctx;
	struct err err = { 0 };
	struct session *s = session_open(a->loop, a->root, SESSION_FULL, NULL, &err);
	struct str text = STR_INIT;
	char hash[HASH_HEX + 1];
	struct doc *d;

	if (!s)
		fail_msg("%s", err.text);
	d = edit_open(s, FILE_NAME, true, &err);
	if (!d)
		fail_msg("%s", err.text);
	text_get_all(d->text, &text);
	hash_text(str_cstr(&text), text.len, hash);
	a->file_known |= strcmp(hash, a->file) == 0;
	str_free(&text);
	session_close(s);
	a->done = true;
}

static void check_journal(struct after *a, const char *dir)
{
	struct journal_start reached;
	struct damage damage;
	struct err err = { 0 };

	state_init(&a->state);
	if (!journal_read(dir, NULL, on_event, a, &reached, &damage, &err))
		fail_msg("%s", err.text);
	assert_true(a->state.n >= a->turn.n);
	assert_true(a->state.n_chat >= a->asks);
	assert_true(a->state.n_runs >= a->runs);
	state_fini(&a->state);
}

static void check_world(struct after *a)
{
	char *path = path_join(a->root, FILE_NAME);
	struct strv ids = STRV_INIT;
	struct str text = STR_INIT;
	char *dir;

	session_list(a->root, &ids);
	if (ids.n == 0) { /* killed before it began */
		assert_int_equal(a->turn.n + a->asks + a->runs, 0);
		goto out;
	}
	assert_true(file_read(path, 0, &text, NULL));
	hash_text(str_cstr(&text), text.len, a->file);
	a->file_known = strcmp(str_cstr(&text), FIRST) == 0;
	dir = str_fmt("%s/.posedge/sessions/%s", a->root, ids.v[0]);
	check_journal(a, dir);
	free(dir);
	task_start(a->loop, open_again, a);
	loop_run_until(a->loop, &a->done);
	while (task_count(a->loop))
		loop_turn(a->loop, false);
	assert_true(a->file_known);
out:
	str_free(&text);
	strv_free(&ids);
	free(path);
}

static void hear(struct after *a, const struct told *t)
{
	if (t->kind == TOLD_TURN)
		a->turn = *t;
	else if (t->kind == TOLD_ASK)
		a->asks = t->n + 1;
	else
		a->runs = t->n + 1;
}

static void one_kill(unsigned seed, struct after *a)
{
	unsigned kill_after = (unsigned)rand_r(&seed) % 60,
		 spin = (unsigned)rand_r(&seed) % 2000000;
	char *root = tool_folder();
	struct told t;
	int fds[2], status;
	unsigned n = 0;
	pid_t pid;

	tool_write(root, FILE_NAME, FIRST);
	tool_write(root, "r_tb.sv", BENCH);
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (pid == 0) {
		close(fds[0]);
		world = fds[1];
		be_killed(root, seed);
	}
	close(fds[1]);
	*a = (struct after){ .loop = loop_new(NULL), .root = root };
	while (n < kill_after && read(fds[0], &t, sizeof(t)) == (ssize_t)sizeof(t)) {
		hear(a, &t);
		n++;
	}
	for (volatile unsigned i = 0; i < spin; i++)
		;
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	while (read(fds[0], &t, sizeof(t)) == (ssize_t)sizeof(t))
		hear(a, &t);
	close(fds[0]);
	check_world(a);
	loop_free(a->loop);
	tool_folder_remove(root);
}

CASE(acknowledged_actions_survive_any_kill)
{
	const char *text = getenv("POSEDGE_KILLS"), *given = getenv("TEST_SEED");
	unsigned kills = text ? (unsigned)strtoul(text, NULL, 10) : 100;
	unsigned seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);
	uint64_t asks = 0, runs = 0, events = 0;

	print_message("seed %u\n", seed);
	for (unsigned i = 0; i < kills; i++) {
		struct after a;

		one_kill(seed + i, &a);
		asks += a.asks;
		runs += a.runs;
		events += a.turn.n;
	}
	print_message("%u kills after %llu questions, %llu runs, %llu events\n", kills,
		      (unsigned long long)asks, (unsigned long long)runs,
		      (unsigned long long)events);
	assert_true(asks > kills / 4 && runs > kills / 4);
}

static int before_all(void **state)
{
	signal(SIGPIPE, SIG_IGN);
	setenv("POSEDGE_FAKE_RUN", "PASS 3 checks\n", 1);
	setenv("POSEDGE_FAKE_LINT", "", 1);
	set_ports();
	return 0;
}

CASES_WITHIN(before_all, NULL)
