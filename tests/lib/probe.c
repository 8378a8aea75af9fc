/* probe - a test plugin with one extension of each kind, and commands that call each
 * function of the host and print the results. POSEDGE_PROBE=WORD makes it misbehave. */
#include "plugins/posedge_plugin.h"

#include <glob.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef PROBE_ABI
#define PROBE_ABI POSEDGE_PLUGIN_ABI
#endif

typedef const struct posedge_host *host_t;

struct probe {
	unsigned findings, runs;
};

static bool is(const char *word)
{
	const char *set = getenv("POSEDGE_PROBE");

	return set && strcmp(set, word) == 0;
}

__attribute__((format(printf, 2, 3))) static void sayf(host_t h, const char *fmt, ...)
{
	char text[4000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	h->print(h->ctx, text);
}

static void say_number(host_t h, const char *what, uint64_t n)
{
	char text[200];

	snprintf(text, sizeof(text), "%.100s %" PRIu64 "\n", what, n);
	h->print(h->ctx, text);
}

static bool because(host_t h)
{
	return h->fail(h->ctx, h->error(h->ctx));
}

static bool show_findings(host_t h, const struct posedge_finding *f, size_t n)
{
	say_number(h, "findings", n);
	for (size_t i = 0; i < n; i++)
		sayf(h, "%.100s %.200s\n", f[i].rank, f[i].path);
	return true;
}

static bool find(host_t h, bool now)
{
	const struct posedge_finding *f = NULL;
	size_t n = 0;

	return ((now ? h->lint : h->findings)(h->ctx, &f, &n) && show_findings(h, f, n)) ||
	       because(h);
}

static bool look_at_waves(host_t h, const char *name)
{
	struct posedge_waves w = { .size = sizeof(w) };
	const struct posedge_change *c;
	size_t n;

	if (!h->waves(h->ctx, NULL, &w))
		return because(h);
	say_number(h, "end", w.end);
	for (size_t i = 0; i < w.n_signals; i++) {
		if (strcmp(w.signals[i].name, name) != 0)
			continue;
		if (!h->changes(h->ctx, &i, 1, w.begin, w.end, &c, &n))
			return because(h);
		for (size_t k = 0; k < n; k++)
			say_number(h, c[k].value, c[k].time);
	}
	return true;
}

static bool look_at_design(host_t h, const char *top)
{
	struct posedge_design d = { .size = sizeof(d) };

	if (!h->design(h->ctx, top, &d))
		return because(h);
	sayf(h, "top %.100s%.10s\n", d.top, d.systemverilog ? " sv" : " v");
	for (size_t i = 0; i < d.n_sources; i++)
		say_number(h, d.sources[i].path, d.sources[i].text.len);
	return true;
}

/* Runs a program that reads in.txt and writes out.txt. */
static bool run_program(host_t h, const char *const *argv)
{
	const struct posedge_file in[] = { { "in.txt", { "given\n", 6 } } };
	const char *const results[] = { "out.txt", "none.txt", NULL };
	const struct posedge_program p = { .size = sizeof(p),
					   .argv = argv,
					   .files = in,
					   .n_files = 1,
					   .results = results,
					   .seconds = is("patient") ? 600 : 2 };
	struct posedge_output o = { .size = sizeof(o) };

	if (!h->program(h->ctx, &p, &o))
		return because(h);
	say_number(h, "status", (uint64_t)o.status);
	sayf(h, "out %.1000s\nerrors %.800s\n", o.out.data, o.errors.data);
	sayf(h, "result %.1000s, %.100s\n", o.results[0].data ? o.results[0].data : "none",
	     o.results[1].data ? o.results[1].data : "none");
	return true;
}

static bool simulate(host_t h, const char *testbench)
{
	struct posedge_run r = { .size = sizeof(r) };

	if (!h->simulate(h->ctx, testbench, &r))
		return because(h);
	sayf(h, "%.100s %.100s\n", r.testbench, r.verdict);
	return true;
}

static bool read_text(host_t h, const char *path)
{
	struct posedge_text t;

	if (!h->read_file(h->ctx, path, &t))
		return because(h);
	h->print(h->ctx, t.data);
	return true;
}

static bool ask(host_t h, const char *question)
{
	struct posedge_text t;

	if (!h->ask(h->ctx, question, &t))
		return because(h);
	sayf(h, "answer: %.1000s\n", t.data);
	return true;
}

static bool list_files(host_t h)
{
	const char *const *v;
	size_t n;

	if (!h->files(h->ctx, &v, &n))
		return because(h);
	for (size_t i = 0; i < n; i++)
		sayf(h, "file %.200s\n", v[i]);
	return true;
}

static bool show_lines(host_t h, size_t n, const char *pane)
{
	struct posedge_line *v = calloc(n + 1, sizeof(*v));
	bool ok;

	for (size_t i = 0; i < n; i++)
		v[i] = (struct posedge_line){ POSEDGE_GOOD, "a line\nwith \033[31mescapes" };
	ok = h->show(h->ctx, pane, v, n);
	free(v);
	return ok || because(h);
}

static bool print_for_ever(host_t h)
{
	static char mega[1 << 20];

	memset(mega, 'x', sizeof(mega) - 1);
	for (int i = 0; i < 80; i++)
		h->print(h->ctx, mega);
	return true;
}

static _Noreturn void hang(void)
{
	for (volatile unsigned n = 0;; n++)
		;
}

static void refused(host_t h, const char *what, bool ok)
{
	sayf(h, "%.20s: %.100s\n", what, ok ? "done" : h->error(h->ctx));
}

/* Calls each function without its required arguments. */
static bool give_nothing(host_t h)
{
	const char *const nobody[] = { NULL };
	const struct posedge_program empty = { .size = sizeof(empty), .argv = nobody };
	struct posedge_output out = { .size = sizeof(out) };

	refused(h, "no question", h->ask(h->ctx, NULL, NULL));
	refused(h, "no findings", h->lint(h->ctx, NULL, NULL));
	refused(h, "no run", h->simulate(h->ctx, NULL, NULL));
	refused(h, "no path", h->propose(h->ctx, NULL, NULL));
	refused(h, "no files", h->files(h->ctx, NULL, NULL));
	refused(h, "no text", h->read_file(h->ctx, "a.v", NULL));
	refused(h, "no list", h->findings(h->ctx, NULL, NULL));
	refused(h, "no design", h->design(h->ctx, NULL, NULL));
	refused(h, "no waves", h->waves(h->ctx, NULL, NULL));
	refused(h, "no changes", h->changes(h->ctx, NULL, 1, 0, 0, NULL, NULL));
	refused(h, "no program", h->program(h->ctx, NULL, NULL));
	refused(h, "no name", h->program(h->ctx, &empty, &out));
	refused(h, "no finding", h->report(h->ctx, NULL));
	refused(h, "no thought", h->think(h->ctx, NULL));
	refused(h, "no usage", h->usage(h->ctx, NULL));
	return true;
}

static bool do_it(struct probe *p, host_t h, const char *what, size_t argc, const char *const *argv)
{
	const char *first = argc ? argv[0] : NULL;

	if (strcmp(what, "ask") == 0)
		return ask(h, first);
	if (strcmp(what, "lint") == 0 || strcmp(what, "findings") == 0)
		return find(h, what[0] == 'l');
	if (strcmp(what, "sim") == 0)
		return simulate(h, first);
	if (strcmp(what, "files") == 0)
		return list_files(h);
	if (strcmp(what, "read") == 0)
		return read_text(h, first);
	if (strcmp(what, "design") == 0)
		return look_at_design(h, first);
	if (strcmp(what, "waves") == 0)
		return look_at_waves(h, first);
	if (strcmp(what, "propose") == 0)
		return h->propose(h->ctx, first, argv[1]) || because(h);
	if (strcmp(what, "program") == 0)
		return run_program(h, argv);
	if (strcmp(what, "lines") == 0)
		return show_lines(h, strtoul(first, NULL, 10), argc > 1 ? argv[1] : "probe");
	if (strcmp(what, "bytes") == 0)
		return h->print(h->ctx, "bad \xff byte\n"), true;
	if (strcmp(what, "flood") == 0)
		return print_for_ever(h);
	if (strcmp(what, "report") == 0)
		return h->report(h->ctx,
				 &(struct posedge_finding){ .size = sizeof(struct posedge_finding),
							    .rank = "risk",
							    .text = "x" }) ||
		       because(h);
	if (strcmp(what, "nothing") == 0)
		return give_nothing(h);
	if (strcmp(what, "late") == 0)
		return h->add_command(h->ctx, NULL) || h->fail(h->ctx, "not in a call");
	if (strcmp(what, "counts") == 0)
		return say_number(h, "told of findings", p->findings),
		       say_number(h, "told of runs", p->runs), true;
	if (strcmp(what, "hang") == 0) {
		h->note(h->ctx, "hangs now");
		hang();
	}
	if (strcmp(what, "wait") == 0) {
		h->note(h->ctx, "waits now");
		while (!h->cancelled(h->ctx))
			usleep(1000);
		return h->fail(h->ctx, "was told to stop");
	}
	return h->fail(h->ctx, "no such thing to do");
}

static int run(void *state, host_t h, size_t argc, const char *const *argv)
{
	return do_it(state, h, argv[0], argc - 1, argv + 1) ? is("status") ? 7 : 0 : 2;
}

static bool greet(void *state, host_t h, const char *args)
{
	if (strstr(args, "nobody"))
		return h->fail(h->ctx, "nobody is greeted");
	sayf(h, "hello, %.500s\n", args);
	return true;
}

static bool export(void *state, host_t h, const char *session, struct posedge_text events)
{
	size_t lines = 0;

	for (const char *at = events.data; (at = strchr(at, '\n')); at++)
		lines++;
	sayf(h, "session %.100s\n", session);
	say_number(h, "events", lines);
	h->print(h->ctx, events.data);
	return true;
}

/* Thinks, and reports its usage twice; the second report counts. */
static void tell_tokens(host_t h, const char *finish)
{
	struct posedge_usage u = { sizeof(u), 1, 1, -1, finish };

	h->think(h->ctx, "what is ");
	h->think(h->ctx, "asked?");
	h->usage(h->ctx, &u);
	u.in = 1234;
	u.out = 56;
	u.cached = 1000;
	h->usage(h->ctx, &u);
}

/* Calls a tool, then reports the result. */
static bool use_tools(host_t h, const struct posedge_prompt *p)
{
	const struct posedge_part *last = p->n_parts ? &p->parts[p->n_parts - 1] : NULL;

	say_number(h, "tools", p->n_tools);
	for (size_t i = 0; i < p->n_parts; i++)
		sayf(h, "turn %zu: %s %.20s %.20s %s: %.60s\n", p->parts[i].turn,
		     p->parts[i].result ? "result" : "call", p->parts[i].id, p->parts[i].name,
		     p->parts[i].failed ? "failed" : "done", p->parts[i].text);
	if (!last)
		return h->call(h->ctx, "c1", "read_file", "{\"path\":\"rtl.sv\"}") &&
		       h->call(h->ctx, "", "no_such", "{}") &&
		       !h->call(h->ctx, "x", "../bad", "{}") &&
		       !h->call(h->ctx, "x", "lint", NULL) && !h->call(h->ctx, "x", "lint", "") &&
		       !h->call(h->ctx, "x", "lint", "[1]");
	return true;
}

static bool answer(void *state, host_t h, const struct posedge_prompt *p)
{
	if (is("tools"))
		return use_tools(h, p);
	for (const char *const *o = p->options; *o; o++)
		if (strcmp(*o, "mode=fail") == 0)
			return h->fail(h->ctx, "this model is asleep");
		else if (strcmp(*o, "mode=hang") == 0)
			return do_it(state, h, "wait", 0, NULL);
		else if (strcmp(*o, "mode=nested") == 0)
			return do_it(state, h, "files", 0, NULL);
		else if (strcmp(*o, "mode=tokens") == 0)
			tell_tokens(h, NULL);
		else if (strcmp(*o, "mode=cut") == 0)
			tell_tokens(h, "length");
	sayf(h, "%.50s was asked: %.500s\n", p->model, p->question);
	say_number(h, "turns", p->n_turns);
	return true;
}

static bool engine_lint(void *state, host_t h, const struct posedge_design *d)
{
	const struct posedge_finding f = { .size = sizeof(f),
					   .rank = "risk",
					   .path = d->sources[0].path,
					   .line = 1,
					   .code = "PROBE",
					   .text = "looked at" };

	return h->report(h->ctx, &f);
}

static bool dump(const char *path)
{
	static const char vcd[] =
		"$timescale 1ns $end\n$scope module w_tb $end\n$var wire 1 ! q $end\n"
		"$upscope $end\n$enddefinitions $end\n#0\n0!\n#7\n1!\n#9\n";
	FILE *f = fopen(path, "w");

	return f && fwrite(vcd, 1, sizeof(vcd) - 1, f) == sizeof(vcd) - 1 && fclose(f) == 0;
}

static bool engine_run(void *state, host_t h, const struct posedge_design *d, int *ended)
{
	const char *says = getenv("POSEDGE_PROBE_PRINTS");

	if (d->waves[0] && is("waves") && !dump(d->waves))
		return h->fail(h->ctx, "no waves");
	if (d->waves[0] && is("waves_fail") && dump(d->waves))
		return h->fail(h->ctx, "after the waves");
	if (d->waves[0] && is("waves_link") && symlink("/etc/passwd", d->waves) < 0)
		return h->fail(h->ctx, "no link");
	sayf(h, "top is %.100s\n%.500s\n", d->top, says ? says : "");
	*ended = 0;
	return !is("broken") || h->fail(h->ctx, "the engine is broken");
}

/* True if a session of the project in this folder has recorded a verdict. */
static bool has_verdict(void)
{
	glob_t found;
	bool has = false;
	char *line = NULL;
	size_t cap = 0;

	if (glob(".posedge/sessions/*/journal.jsonl", 0, NULL, &found) != 0)
		return false;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		FILE *f = fopen(found.gl_pathv[i], "r");

		while (f && !has && getline(&line, &cap, f) > 0)
			has = strstr(line, "\"type\":\"verdict\"") != NULL;
		if (f)
			fclose(f);
	}
	free(line);
	globfree(&found);
	return has;
}

static bool fill(void *state, host_t h)
{
	static const struct posedge_line lines[] = { { POSEDGE_TITLE, "the probe's pane" },
						     { POSEDGE_GOOD, "all is well" },
						     { POSEDGE_RISK, "but \033]0;x\a is not" } };
	char text[80];
	struct posedge_line all[4];
	const struct probe *p = state;

	if (is("pane"))
		return h->fail(h->ctx, "nothing to see");
	if (is("pane_hangs"))
		hang();
	while (is("pane_waits") && !has_verdict())
		usleep(1000);
	memcpy(all, lines, sizeof(lines));
	snprintf(text, sizeof(text), "told of %u runs", p->runs);
	all[3] = (struct posedge_line){ POSEDGE_DIM, text };
	return h->show(h->ctx, "probe", all, 4);
}

static bool start(host_t h, void **state)
{
	static const char *const options[] = { "mode", NULL };
	static const struct posedge_command command = {
		sizeof(command), "probe", "WHAT [ARGS...]", 1, 20, "call posedge", run
	};
	static const struct posedge_tool tool = {
		sizeof(tool), "greet", "Greets somebody.",
		"{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}", greet
	};
	static const struct posedge_exporter exporter = { sizeof(exporter), "probe",
							  "the events, counted", export };
	static const struct posedge_backend backend = {
		sizeof(backend), "probe", "says what it was asked", options, answer, true
	};
	static const struct posedge_engine engine = { sizeof(engine), "probe",	 "", "",
						      engine_lint,    engine_run };
	static const struct posedge_pane pane = { sizeof(pane), "probe", "the probe", fill };
	struct posedge_command c = command;
	struct posedge_engine e = engine;
	struct posedge_tool t = tool;

	if (h->size < sizeof(*h))
		return false;
	if (is("name"))
		c.name = "../x y";
	if (is("help"))
		c.help = "two\nlines";
	if (is("taken"))
		c.name = "lint";
	if (is("program"))
		e.program = "no-such-program-here";
	if (is("small"))
		c.size = 8;
	if (is("schema"))
		t.schema = "no schema";
	if (is("no_start"))
		return h->add_command(h->ctx, &command) && h->add_exporter(h->ctx, &exporter) &&
		       h->add_engine(h->ctx, &engine) && false;
	if (is("early")) {
		struct posedge_text text;

		return h->read_file(h->ctx, "a.v", &text);
	}
	*state = calloc(1, sizeof(struct probe));
	return h->add_command(h->ctx, &c) && h->add_tool(h->ctx, &t) &&
	       h->add_exporter(h->ctx, &exporter) && h->add_backend(h->ctx, &backend) &&
	       h->add_engine(h->ctx, &e) && h->add_pane(h->ctx, &pane);
}

static void stop(void *state)
{
	free(state);
	if (is("stops"))
		fputs("the probe stops\n", stderr);
}

static void finding(void *state, const struct posedge_finding *f)
{
	((struct probe *)state)->findings++;
}

static void ran(void *state, const struct posedge_run *r)
{
	((struct probe *)state)->runs++;
}

static const struct posedge_plugin plugin = { .size = sizeof(plugin),
					      .abi = PROBE_ABI,
					      .name = "probe",
					      .version = "1",
					      .about = "for the tests",
					      .start = start,
					      .stop = stop,
					      .finding = finding,
					      .ran = ran };

const struct posedge_plugin *posedge_plugin(void)
{
	return &plugin;
}
