/* bench: evaluates models, prompts and settings on published problems. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/base/word_table.h"
#include "session/bench/bench_differ.h"
#include "session/bench/bench_report.h"
#include "session/bench/flow_bench.h"
#include "session/flow/flow.h"
#include "session/option/opt.h"
#include "session/review/flow_apply.h"
#include "session/workbench/workbench.h"

/* "2/3": the second of three parts. */
static bool shard_of(const struct cmd_call *c, struct bench_request *r, struct err *err)
{
	const char *text = cmd_opt(c, "--shard");
	unsigned long i, n;
	char *end;

	if (!text)
		return true;
	i = strtoul(text, &end, 10);
	n = *end == '/' ? strtoul(end + 1, &end, 10) : 0;
	if (*end || i < 1 || n < i || n > 100000)
		return err_set(err, ERR_USAGE, "bench: --shard takes I/N, as 2/3");
	r->shard = (unsigned)i;
	r->shards = (unsigned)n;
	return true;
}

static bool task_of(const struct cmd_call *c, struct bench_request *r, struct err *err)
{
	const char *task = cmd_opt(c, "--task");
	const char *const *all = r->suite->tasks;
	struct str names = STR_INIT;

	r->choice.task = task;
	if (!task)
		return true;
	for (; all && *all; all++) {
		if (strcmp(*all, task) == 0) {
			str_free(&names);
			return true;
		}
		str_addf(&names, "%s%s", names.len ? ", " : "", *all);
	}
	err_set(err, ERR_USAGE, "%s has no task %.60s; it has %s", r->suite->name, task,
		names.len ? str_cstr(&names) : "one only");
	str_free(&names);
	return false;
}

static bool flow_of(const struct cmd_call *c, struct bench_request *r, struct err *err)
{
	const char *flow = cmd_opt(c, "--flow");
	const char *const *all = r->suite->flows;
	struct str has = STR_INIT;

	r->choice.flow = flow ? flow : all ? all[0] : NULL;
	if (!flow)
		return true;
	for (; all && *all; all++)
		if (strcmp(*all, flow) == 0)
			return true;
	for (all = r->suite->flows; all && *all; all++)
		str_addf(&has, "%s%s", has.len ? all[1] ? ", " : " and " : "; it has ", *all);
	err_set(err, ERR_USAGE, "%s has no flow %.60s%s", r->suite->name, flow, str_cstr(&has));
	str_free(&has);
	return false;
}

/* Refuses options that would have no effect on how this suite works. */
static bool ways_of(const struct cmd_call *c, struct bench_request *r, struct err *err)
{
	const char *tools = cmd_opt(c, "--tools");
	bool runs = !r->suite->judge && !r->suite->whole;
	unsigned mb = 0;

	r->engine = cmd_opt(c, "--engine");
	r->choice.tools = tools;
	if (tools && (!r->suite->whole || r->suite->alone))
		return err_set(err, ERR_USAGE,
			       "bench: %s asks as published, without tools; --tools is for tasks",
			       r->suite->name);
	if (tools && strcmp(tools, "on") != 0 && strcmp(tools, "off") != 0)
		return err_set(err, ERR_USAGE, "bench: --tools takes on or off");
	if (r->engine && !runs)
		return err_set(err, ERR_USAGE, "bench: %s has no choice of an engine%s",
			       r->suite->name,
			       r->suite->whole && !r->suite->alone ? "; `set engine` has" : "");
	if (!cmd_number(c, "--waves", 1000000, &mb, err))
		return false;
	if (mb && (!runs || !r->out))
		return err_set(err, ERR_USAGE,
			       runs ? "bench: --waves keeps them next to the rows: give --out"
				    : "bench: %s has no waves to keep",
			       r->suite->name);
	r->waves = (uint64_t)mb << 20;
	return true;
}

static bool rules_of(const struct cmd_call *c, struct bench_request *r, struct err *err)
{
	const char *rules = cmd_opt(c, "--extract");

	r->own_rules = rules && strcmp(rules, "posedge") == 0;
	if (r->own_rules && r->suite->a_line)
		return err_set(err, ERR_USAGE,
			       "bench: an answer of %s is one line, not files: it has "
			       "the published rules alone",
			       r->suite->name);
	if (r->own_rules && r->suite->whole)
		return err_set(err, ERR_USAGE,
			       "bench: %s extracts no code, so --extract has no "
			       "effect on it",
			       r->suite->name);
	return !rules || r->own_rules || strcmp(rules, "official") == 0 ||
	       err_set(err, ERR_USAGE, "bench: --extract takes official or posedge");
}

static bool examples_of(const struct cmd_call *c, struct bench_request *r, struct err *err)
{
	const char *n = cmd_opt(c, "--examples");

	return (n && strcmp(n, "0") == 0) ||
	       cmd_number(c, "--examples", r->suite->most_examples, &r->choice.examples, err);
}

/* Paths of a request; the caller frees. */
struct paths {
	char *dir, *answers, *out;
};

static void find_paths(const struct cmd_call *c, struct paths *p)
{
	const char *resume = cmd_opt(c, "--resume"), *out = resume ? resume : cmd_opt(c, "--out");
	const char *answers = cmd_opt(c, "--answers");

	*p = (struct paths){ .dir = workplace_full(&c->w->place, c->argv[1]) };
	if (answers)
		p->answers = workplace_full(&c->w->place, answers);
	if (out)
		p->out = workplace_full(&c->w->place, out);
}

static bool request_of(struct cmd_call *c, struct paths *p, struct bench_request *r,
		       struct err *err)
{
	unsigned seconds = 0;

	r->suite = suite_find(c->argv[0], err);
	if (!r->suite)
		return false;
	if (c->argc != 2)
		return err_set(err, ERR_USAGE,
			       "bench: a suite and the folder of its data: "
			       "`posedge bench verilog-eval DIR`");
	find_paths(c, p);
	r->choice.dir = p->dir;
	r->answers = p->answers;
	r->out = p->out;
	r->resume = cmd_opt(c, "--resume") != NULL;
	r->references = cmd_opt(c, "--references") != NULL;
	r->only = cmd_opt(c, "--only");
	r->jobs = 2;
	if (!cmd_number(c, "--jobs", BENCH_JOBS_MAX, &r->jobs, err) ||
	    !cmd_number(c, "--seconds", 10000000, &seconds, err) ||
	    !cmd_number(c, "--rate", 1000000, &r->rate, err) ||
	    !cmd_number(c, "--rounds", 20, &r->rounds, err) ||
	    !cmd_number(c, "--samples", BENCH_SAMPLES_MAX, &r->samples, err) ||
	    !cmd_number(c, "--seed", 1000000000, &r->seed, err) || !examples_of(c, r, err) ||
	    !shard_of(c, r, err) || !task_of(c, r, err) || !flow_of(c, r, err) ||
	    !rules_of(c, r, err) || !ways_of(c, r, err))
		return false;
	r->backend = cmd_opt(c, "--backend");
	r->temperature = cmd_opt(c, "--temperature");
	r->ms = (uint64_t)seconds * 1000;
	if (r->seed && r->suite->whole)
		return err_set(err, ERR_USAGE,
			       "bench: %s asks with your options, not with --seed; body.seed=N "
			       "behind the backend sends one",
			       r->suite->name);
	if (r->rate && r->suite->whole)
		return err_set(err, ERR_USAGE,
			       "bench: %s sends its requests as a session does, without --rate",
			       r->suite->name);
	if (r->answers && r->suite->whole)
		return err_set(err, ERR_USAGE, "%s judges no stored answers", r->suite->name);
	if (r->references && r->suite->alone)
		return err_set(err, ERR_USAGE, "bench: %s has no solutions to judge",
			       r->suite->name);
	if (r->answers && r->references)
		return err_set(err, ERR_USAGE,
			       "bench: --answers and --references are two runs; give one");
	return true;
}

/* Runs the flow solve and writes the best candidate to its file. */
static bool solve(struct workbench *w, const char *module, const char *testbench,
		  unsigned candidates, char **said, struct err *err)
{
	struct strv words = STRV_INIT;
	struct flow_result r;
	bool ok;

	if (module)
		strv_add(&words, module);
	strv_addf(&words, "--best=%u", candidates);
	strv_addf(&words, "--testbench=%s", testbench);
	ok = flow_run(w, flow_find("solve"), words.v, words.n, &r, err);
	for (size_t i = 0; ok && i < r.n; i++)
		ok = flow_apply(w->session, r.suggestions[i], "--apply", err);
	if (ok && !r.n)
		*said = mem_strdup("no candidate is better than what is there");
	flow_result_fini(&r);
	strv_free(&words);
	return ok;
}

/* Progress */

struct showing {
	struct cmd_call *c;
	size_t printed; /* printed so far, in tenths */
};

static void on_progress(void *ctx, size_t done, size_t of, uint64_t ms_left)
{
	struct showing *s = ctx;
	unsigned long left = (unsigned long)((ms_left + 999) / 1000);
	struct report *out = &s->c->w->out;
	size_t tenth = done * 10 / of;
	char *line =
		str_fmt("%zu of %zu judged, about %lu:%02lu left", done, of, left / 60, left % 60);

	if (out->live && done < of)
		out->live(out->ctx, "", 0, line);
	else if (tenth > s->printed && done < of)
		report_note(out, "%s", line);
	s->printed = tenth;
	free(line);
}

static void on_row(void *ctx, const struct bench_row *r)
{
	struct showing *s = ctx;
	struct report *out = &s->c->w->out;
	struct str line = STR_INIT;

	if (out->wants_json) {
		bench_row_print(r, &line);
		str_cut(&line, line.len - 1);
		out->json(out->ctx, str_cstr(&line), line.len);
	} else if (r->class_ == '?') {
		report_note(out, "%s, sample %u: %s", r->problem, r->sample, r->error);
	}
	str_free(&line);
}

static void tell_total(struct cmd_call *c, const struct bench_request *r,
		       const struct bench_total *t)
{
	struct str s = STR_INIT;

	if (t->done)
		str_addf(&s, "%s: %zu of %zu pass by the official judge, %zu by the strict one\n",
			 r->suite->name, t->passed, t->done, t->strict);
	else if (!t->wanted)
		str_addf(&s, "%s: part %u of %u has no samples\n", r->suite->name, r->shard,
			 r->shards);
	else if (t->before == t->wanted)
		str_addf(&s, "%s: nothing is left to judge\n", r->suite->name);
	if (t->before)
		str_addf(&s, "%zu were judged before\n", t->before);
	if (t->failed)
		str_addf(&s, "%zu could not be judged\n", t->failed);
	if (t->others)
		str_addf(&s, "%zu files belong to no problem\n", t->others);
	if (t->out_of_time)
		str_addf(&s, "the time was over: %zu of %zu are left\n",
			 t->wanted - t->before - t->done, t->wanted);
	report_text(&c->w->out, "%s", str_cstr(&s));
	str_free(&s);
}

static bool bench_run(struct cmd_call *c, struct err *err)
{
	struct showing s = { .c = c };
	struct bench_request r = {
		.solve = solve, .row = on_row, .progress = on_progress, .ctx = &s
	};
	struct bench_total t;
	struct paths p = { 0 };
	struct str setup = STR_INIT;
	bool ok = request_of(c, &p, &r, err);

	if (ok) {
		bench_setup(c->w, &r, &setup);
		r.setup = str_cstr(&setup);
		ok = flow_bench(c->w, &r, &t, err);
	}
	if (ok && !c->w->out.wants_json)
		tell_total(c, &r, &t);
	if (ok && (t.failed || t.out_of_time))
		c->status = CMD_NO_VERDICT;
	str_free(&setup);
	free(p.dir);
	free(p.answers);
	free(p.out);
	return ok;
}

/* Existing rows */

static bool write_to(struct cmd_call *c, const char *opt, const struct str *text, struct err *err)
{
	char *path = workplace_full(&c->w->place, cmd_opt(c, opt));
	bool ok = file_save(path, str_cstr(text), text->len, 0666, err);

	free(path);
	return ok;
}

static bool write_parts(struct cmd_call *c, const struct bench_report *r, struct err *err)
{
	struct str page = STR_INIT, table = STR_INIT;
	bool ok = true;

	if (cmd_opt(c, "--html")) {
		char *path = workplace_full(&c->w->place, cmd_opt(c, "--html"));
		char *where = path_dir(path);

		bench_report_html(r, where, &page);
		free(where);
		free(path);
		ok = write_to(c, "--html", &page, err);
	}
	ok = ok && task_rest(err);
	if (ok && cmd_opt(c, "--csv")) {
		bench_report_csv(r, &table);
		ok = write_to(c, "--csv", &table, err);
	}
	str_free(&page);
	str_free(&table);
	return ok;
}

static bool read_files(struct cmd_call *c, struct bench_report *r, struct err *err)
{
	bool ok =
		c->argc > 1 || err_set(err, ERR_USAGE, "bench %s: which file of rows?", c->argv[0]);

	for (size_t i = 1; ok && i < c->argc; i++) {
		char *path = workplace_full(&c->w->place, c->argv[i]);

		ok = bench_report_add(r, path, err);
		free(path);
	}
	if (ok)
		bench_report_count(r);
	if (ok && !r->n_problems && !r->has_most)
		c->status = CMD_NO_VERDICT;
	return ok;
}

static bool bench_report(struct cmd_call *c, struct err *err)
{
	struct bench_report r;
	struct str s = STR_INIT;
	bool ok;

	bench_report_init(&r);
	ok = read_files(c, &r, err) && task_rest(err) && write_parts(c, &r, err);
	if (ok && c->w->out.wants_json) {
		bench_report_json(&r, &s);
		c->w->out.json(c->w->out.ctx, str_cstr(&s), s.len);
	} else if (ok) {
		bench_report_text(&r, &s);
		report_text(&c->w->out, "%s", str_cstr(&s));
	}
	str_free(&s);
	bench_report_fini(&r);
	return ok;
}

/* Returns the number of rows on which the judges disagree, and adds a line for each. */
static size_t add_differing(const struct bench_rows *rows, struct str *s)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++) {
		const struct bench_row *row = &rows->v[i];
		const char *why = bench_differ(row);

		if (!why)
			continue;
		n++;
		str_addf(s, "%s, sample %u: official %c (%s), strict %s: %s\n", row->problem,
			 row->sample, row->class_, suite_class_means(row->class_), row->verdict,
			 why);
	}
	return n;
}

static bool bench_compare(struct cmd_call *c, struct err *err)
{
	struct str s = STR_INIT;
	struct bench_report r;
	size_t n = 0, of = 0;
	bool ok;

	bench_report_init(&r);
	ok = read_files(c, &r, err);
	for (size_t i = 0; ok && i < r.n; i++) {
		n += add_differing(&r.sets[i].rows, &s);
		of += r.sets[i].rows.n;
	}
	if (ok && r.has_most) {
		n += add_differing(&r.most.rows, &s);
		of += r.most.rows.n;
	}
	if (ok && of)
		str_addf(&s, "the judges differ on %zu of %zu\n", n, of);
	else if (ok)
		str_adds(&s, "no rows\n");
	if (ok)
		report_text(&c->w->out, "%s", str_cstr(&s));
	if (n)
		c->status = CMD_FOUND;
	str_free(&s);
	bench_report_fini(&r);
	return ok;
}

/* Refuses options that would have no effect in this form of the command. */
static bool options_fit(const struct cmd_call *c, struct err *err)
{
	static const char *const of_report[] = { "--csv", "--html", NULL };
	static const char *const of_asking[] = { "--backend", "--examples",    "--flow",
						 "--rate",    "--rounds",      "--samples",
						 "--seed",    "--temperature", "--tools",
						 NULL };
	bool report = strcmp(c->argv[0], "report") == 0;
	bool run = !report && strcmp(c->argv[0], "compare") != 0;
	const struct suite *suite = suite_named(c->argv[0]);
	bool asks = run && !cmd_opt(c, "--answers") && !cmd_opt(c, "--references") &&
		    !(suite && suite->alone);

	for (size_t i = 0; i < c->n_opts; i += 2) {
		const char *option = c->opts[i];
		bool shows = words_has(of_report, option);

		if (shows ? !report : !run)
			return err_set(err, ERR_USAGE, "bench: %s is for %s", option,
				       shows ? "`bench report`" : "a run of a suite");
		if (!asks && words_has(of_asking, option))
			return err_set(err, ERR_USAGE, "bench: %s is for a run that asks a model",
				       option);
	}
	return true;
}

bool cmd_bench(struct cmd_call *c, struct err *err)
{
	if (!options_fit(c, err))
		return false;
	if (strcmp(c->argv[0], "report") == 0)
		return bench_report(c, err);
	if (strcmp(c->argv[0], "compare") == 0)
		return bench_compare(c, err);
	return bench_run(c, err);
}
