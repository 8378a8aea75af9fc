/* A build and a run, and their result.
 *
 * A design that its language does not fit is built again in the other, see
 * engine_other_language(); in each language first with sources that count their checks
 * (counting.h), then unmodified if those do not build. A short run with a two-state
 * engine is repeated with other initial values.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/task.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"
#include "sim/engine/attempt.h"
#include "sim/engine/blanks.h"
#include "sim/engine/counting.h"
#include "sim/engine/engine_inner.h"
#include "sim/engine/left.h"
#include "sim/engine/script.h"

/* The result ---------------------------------------------------------------------- */

static bool file_is_full(const struct attempt *a, const struct left *left)
{
	uint64_t limit = a->w->job.limits.file_size / SCRIPT_BLOCK * SCRIPT_BLOCK;

	for (size_t i = 0; limit && i < left->n; i++)
		if (left->files[i].size >= limit)
			return true;
	return limit && left->dump_size >= limit;
}

/* A design may raise that signal itself, long before the limit. The kernel counts whole
 * ticks towards it: under load more than twice what was used, but never more than passed
 * by the clock. */
static bool used_so_much(const struct attempt *a)
{
	return a->end.result.cpu_ms >= a->cpu_s * 1000 / 2 ||
	       a->end.result.wall_ms >= a->cpu_s * 1000;
}

/* The limit that ended it, judged from outside: the design controls its output and
 * the signal it dies of. A simulation continues when a file is full, so that limit
 * came first. left NULL: a build. */
static enum run_limit limit_of(const struct attempt *a, const struct left *left)
{
	const struct str *said = left ? &a->tail : &a->messages;

	if (left && file_is_full(a, left))
		return RUN_LIMIT_FILE;
	if (a->over != RUN_LIMIT_NONE)
		return a->over;
	if (a->end.result.timed_out)
		return RUN_LIMIT_TIME;
	if (a->end.result.flooded)
		return RUN_LIMIT_OUTPUT;
	if (a->write_failed)
		return RUN_LIMIT_DISK;
	if (a->end.result.signal == SIGXCPU && used_so_much(a))
		return RUN_LIMIT_CPU;
	if (a->end.result.signal && engine_no_memory(said))
		return RUN_LIMIT_MEMORY;
	return RUN_LIMIT_NONE;
}

static char *limit_number(const char *name, uint64_t n, const char *unit, const char *tool,
			  const char *option)
{
	return str_fmt("the %s of %llu %s%s%s (set %s)", name, (unsigned long long)n, unit,
		       tool ? " for " : "", tool ? tool : "", option);
}

/* The caller frees it; NULL: none. */
static char *limit_words(enum run_limit limit, const struct attempt *a)
{
	const struct sim_limits *l = &a->w->job.limits;
	const char *tool = a->ran ? NULL : attempt_tool(a);

	switch (limit) {
	case RUN_LIMIT_TIME:
		return limit_number("time limit", (a->ran ? l->run_ms : l->build_ms) / 1000, "s",
				    tool, a->ran ? "sim.run_seconds" : "sim.build_seconds");
	case RUN_LIMIT_OUTPUT:
		return limit_number("output limit", l->output >> 20, "MB", tool, "sim.output_mb");
	case RUN_LIMIT_FILE:
		return limit_number("file limit", l->file_size >> 20, "MB", tool, "sim.wave_mb");
	case RUN_LIMIT_MEMORY:
		return limit_number("memory limit", l->memory >> 20, "MB", tool, "sim.memory_mb");
	case RUN_LIMIT_SPACE:
		return limit_number("disk limit", l->disk >> 20, "MB", tool, "sim.disk_mb");
	case RUN_LIMIT_FILES:
		return limit_number("limit", l->files, "files", tool, "sim.files");
	case RUN_LIMIT_PROCESSES:
		return limit_number("limit", l->processes, "processes", tool, "sim.processes");
	case RUN_LIMIT_CPU:
		return limit_number("limit", a->cpu_s, "s of processor time", tool,
				    "sim.build_seconds or sim.run_seconds");
	case RUN_LIMIT_MACHINE:
		return mem_strdup("this machine: it had hardly any memory left");
	case RUN_LIMIT_DISK:
		return mem_strdup(a->write_failed ? "a full disk: its output could not be written"
						  : "this disk: it had hardly any space left");
	case RUN_LIMIT_NONE:
		break;
	}
	return NULL;
}

static bool failed(const struct attempt *a)
{
	return !a->ran;
}

/* If the last source is incomplete, the tool reports the error in the file it reads
 * next, one of ours that the user does not know. */
static bool ours_is_broken(const struct attempt *a)
{
	static const char *const ours[] = { "/posedge_dump.v:", "/" COUNTING_ICARUS ":" };
	const char *first = str_cstr(&a->messages);
	size_t n = strcspn(first, "\n");

	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
		if (memmem(first, n, ours[i], strlen(ours[i])) &&
		    (memmem(first, n, "syntax error", 12) || memmem(first, n, " cannot nest ", 13)))
			return true;
	return false;
}

/* The messages from g++'s first error on, after warnings of the translation; all of them
 * if there is none. */
static const char *first_error(const char *messages)
{
	const char *at = strstr(messages, "undefined reference");

	at = at ? at : strstr(messages, " error: ");
	while (at && at > messages && at[-1] != '\n')
		at--;
	return at ? at : messages;
}

/* A function that the design imports from C, which is not there: no C is built. NULL: none. */
static char *why_not_linked(const char *messages)
{
	static const char undefined[] = "undefined reference to `",
			  other[] = "undefined reference to '";
	const char *at = strstr(messages, undefined);
	size_t n;

	at = at ? at : strstr(messages, other);
	if (!at)
		return NULL;
	at += strlen(undefined);
	n = strcspn(at, "`'\n");
	return str_fmt("%.*s is a function in C, imported as \"DPI-C\", and C is not built here; "
		       "`testbench add NAME cmd:\"COMMAND\"` runs a testbench with a build of its "
		       "own",
		       (int)n, at);
}

/* Messages of g++ about Verilator's generated C++, none of which is the user's code.
 * NULL: none. */
static char *why_not_compiled(const char *messages, bool other_failed)
{
	const char *at = strstr(messages, " error: ");
	/* a function of C that is missing, or a fault of the machine: not Verilator's */
	bool other = strstr(messages, "undefined reference") || strstr(messages, "fatal error: ");

	return at && !other ? str_fmt("Verilator makes C++ of this design that g++ rejects (%s): "
				      "%.*s",
				      other_failed ? "and Icarus cannot build it"
						   : "try `--engine icarus`",
				      (int)strcspn(at + 8, "\n"), at + 8)
			    : NULL;
}

/* Why the build failed, apart from the tool's findings; the caller frees it. */
static char *why_failed(const struct attempt *a)
{
	const struct stage *s = &a->w->job.stage;
	const char *tool = attempt_tool(a);
	char *why = strcmp(tool, "g++") == 0 && !a->end.result.signal
			    ? why_not_compiled(str_cstr(&a->messages), a->w->job.other_failed)
			    : NULL;

	if (!why)
		why = why_not_linked(str_cstr(&a->messages));
	if (why)
		return why;
	if (!a->end.result.signal && s->compile.n && ours_is_broken(a))
		return str_fmt("%s ends within a module: an `end` or `endmodule` is missing",
			       stage_true_path(s, s->compile.v[s->compile.n - 1]));
	if (a->end.result.signal)
		return str_fmt("%s crashed on this design (signal %d)", tool, a->end.result.signal);
	return str_fmt("%s failed: %.300s", tool,
		       a->messages.len ? first_error(str_cstr(&a->messages)) : "it said nothing");
}

/* After a construct that the tool lacks. */
static void add_other_engine(const struct attempt *a, struct str *out)
{
	const char *other = strcmp(a->w->ops->name, "icarus") == 0 ? "verilator" : "icarus";

	if (a->w->job.other_failed)
		str_addf(out, " (%s lacks this, and %s cannot build it either)", attempt_tool(a),
			 other);
	else
		str_addf(out, " (%s lacks this; try `--engine %s`)", attempt_tool(a), other);
}

/* After a failed build nothing ran. The reason is a limit, else the first error (a
 * tool may crash after it), else what the tool does not support, else the exit
 * status. */
static void did_not_build(const struct attempt *a, const struct diag_list *found,
			  struct run_report *out)
{
	const struct diag *error = diag_list_error(found);
	const struct diag *lacks = diag_list_unsupported(found);
	const struct diag *why = error ? error : lacks;
	const char *path = "";
	struct str first = STR_INIT;

	out->limit = limit_of(a, NULL);
	out->result.verdict = VERDICT_BUILD;
	if (out->limit != RUN_LIMIT_NONE) {
		out->result.verdict = VERDICT_LIMIT;
		out->result.first = limit_words(out->limit, a);
	} else if (!error && (a->end.result.signal || !lacks)) {
		out->result.verdict = ours_is_broken(a) ? VERDICT_BUILD : VERDICT_TOOL;
		out->result.first = why_failed(a);
	} else {
		diag_print(why, &first);
		path = why->path;
		out->result.first_line = why->line;
		if (!error)
			add_other_engine(a, &first);
		out->result.first = str_take(&first);
	}
	out->result.checks = out->result.failures = out->result.sites = -1;
	out->result.mismatches = out->result.samples = -1;
	out->result.first_path = mem_strdup(path);
}

/* It failed and lacked a file that it names: it cannot be known if the design is at
 * fault. */
static void lacked_a_file(const struct stage *s, struct run_result *r)
{
	free(r->first);
	r->verdict = VERDICT_TOOL;
	r->failures = 0;
	r->first = mem_strdup(s->notes.v[0]);
}

/* The project's name in the verdict: a tool writes "./a.vh" for an included file. */
static void true_path(const struct stage *s, struct run_result *r)
{
	char *path;

	if (!r->first_path[0] || !path_clean(stage_true_path(s, r->first_path), &path, NULL))
		path = mem_strdup(stage_true_path(s, r->first_path));
	free(r->first_path);
	r->first_path = path;
}

static void ended(struct attempt *a, const struct left *left, const struct counting *count,
		  struct run_report *out)
{
	struct checks_counted counted;
	struct run_end end;
	char *words;

	out->limit = limit_of(a, left);
	words = limit_words(out->limit, a);
	counting_read(count, &a->w->job.stage, &counted);
	end = (struct run_end){ .status = a->end.result.status,
				.signal = a->end.result.signal,
				.limit = words,
				.out_of_time = out->limit == RUN_LIMIT_TIME,
				.two_state = a->w->how->two_state,
				.counted = count->laid ? &counted : NULL };
	run_reader_end(a->reader, &end, &out->result);
	a->reader = NULL;
	if (a->w->job.stage.incomplete && (out->result.verdict == VERDICT_FAIL || counted.needs))
		lacked_a_file(&a->w->job.stage, &out->result);
	true_path(&a->w->job.stage, &out->result);
	out->output_len = a->len;
	if (a->w->how->judge)
		a->w->how->judge(&a->w->job, &end, out);
	free(words);
}

static void note_steps(const struct attempt *a, struct run_report *out)
{
	size_t n = a->step < 0 ? 0 : (size_t)a->step + 1;

	if (n > MAX_STEPS)
		n = MAX_STEPS;
	out->steps = mem_calloc(n + 1, sizeof(*out->steps));
	for (; out->n_steps < n; out->n_steps++) {
		const struct attempt_step *step = &a->steps[out->n_steps];

		out->steps[out->n_steps] = (struct run_step){ mem_strdup(step->name), step->ms };
		*(a->ran && out->n_steps + 1 == n ? &out->run_ms : &out->build_ms) += step->ms;
	}
	if (out->limit != RUN_LIMIT_NONE && n)
		out->limit_step = mem_strdup(a->steps[n - 1].name);
}

/* The caller frees it; NULL: none. */
static char *keep_log(const struct attempt *a)
{
	char *path = path_join(a->w->job.out_dir, "build.log");
	int fd = a->messages.len ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
	bool ok = fd >= 0 && file_write_all(fd, str_cstr(&a->messages), a->messages.len);

	if (fd >= 0)
		close(fd);
	if (ok)
		return path;
	free(path);
	return NULL;
}

/* The job -------------------------------------------------------------------------- */

/* Only the first tool reads the design; a compiler's messages are about C++.
 * Messages about our own files, outside the mirror, are dropped. */
static void parse(const struct attempt *a, struct diag_list *found)
{
	struct diag_list *all = diag_list_new(MAX_FINDINGS);

	a->w->how->parse(str_cstr(&a->messages), a->step > 0 ? a->first_len : a->messages.len, all);
	blanks_restore(&a->w->job.stage, &all);
	for (size_t i = 0; i < diag_list_len(all); i++)
		if (!str_starts(diag_list_at(all, i)->path, STAGE_UP "/"))
			diag_list_keep(found, all, i);
	diag_list_free(all);
}

static void attempt_again(struct attempt *a, struct attempt *old)
{
	attempt_fini(old);
	*old = *a;
}

/* In the job's language: with counters, else without. *found: a new list. */
static bool attempt_one(struct attempt *a, struct work *w, struct counting *count, const char *rt,
			const char *output_path, struct diag_list **found, struct err *err)
{
	bool ok = (counting_lay(count, &w->job.stage, w->job.lang) ||
		   counting_lay_back(count, &w->job.stage, err)) &&
		  attempt_run(a, w, count, rt, output_path, err);

	if (ok && failed(a) && a->step >= 0 && count->laid && limit_of(a, NULL) == RUN_LIMIT_NONE) {
		struct attempt plain = ATTEMPT_NONE;

		ok = counting_lay_back(count, &w->job.stage, err) &&
		     attempt_run(&plain, w, count, rt, output_path, err);
		if (ok)
			attempt_again(&plain, a);
		else
			attempt_fini(&plain);
	}
	diag_list_free(*found);
	*found = diag_list_new(MAX_FINDINGS);
	if (ok)
		parse(a, *found);
	return ok;
}

/* In the job's language; if that does not build and the other one does, in that. */
static bool attempt_any(struct attempt *a, struct work *w, struct counting *count, const char *rt,
			const char *output_path, struct diag_list **found, struct err *err)
{
	enum lang first = w->job.lang, other;
	struct attempt second = ATTEMPT_NONE;
	struct diag_list *refused = NULL;
	bool ok;

	if (!attempt_one(a, w, count, rt, output_path, found, err))
		return false;
	if (!failed(a) || a->step < 0 || diag_list_count(*found, DIAG_ERROR) == 0 ||
	    !engine_other_language(&w->job, &other))
		return true;
	w->job.lang = other;
	ok = attempt_one(&second, w, count, rt, output_path, &refused, err);
	if (ok && !failed(&second)) {
		struct diag_list *swap = *found;

		attempt_again(&second, a);
		*found = refused;
		refused = swap;
	} else {
		attempt_fini(&second);
		w->job.lang = first;
	}
	diag_list_free(refused);
	return ok;
}

/* For the pool: a run may leave much, on a slow disk. */
struct collecting {
	struct work *w;
	struct left *left;
};

static void collect(void *ctx)
{
	struct collecting *c = ctx;

	left_collect(&c->w->job.stage, c->w->job.out_dir, c->left, &c->w->job.stage.notes);
}

/* The run could write to the folder: accepts only a regular file. */
static void keep_coverage(const struct work *w, struct run_report *out)
{
	char *from = path_join(w->job.stage.dir, ENGINE_COVERAGE);
	char *to = path_join(w->job.out_dir, ENGINE_COVERAGE);
	struct stat st;

	if (w->job.coverage && lstat(from, &st) == 0 && S_ISREG(st.st_mode) &&
	    rename(from, to) == 0) {
		out->coverage_path = to;
		to = NULL;
	}
	free(from);
	free(to);
}

/* Collects the files and output of the simulation, and the verdict. */
static void report_run(struct attempt *a, const struct counting *count, char **output_path,
		       struct run_report *out)
{
	struct left left = { 0 };

	task_work(a->w->job.loop, collect, &(struct collecting){ a->w, &left }, NULL, NULL);
	out->output_path = *output_path;
	*output_path = NULL;
	out->wave_path = mem_strdup(left.dump ? left.dump : "");
	out->more_written = left.more;
	ended(a, &left, count, out);
	keep_coverage(a->w, out);
	out->written = left.files;
	out->n_written = left.n;
	left.files = NULL;
	left.n = 0;
	left_fini(&left);
}

static bool build_and_run(struct work *w, const char *rt, struct run_report *out, struct err *err)
{
	struct attempt a = ATTEMPT_NONE;
	struct counting count;
	struct diag_list *found = NULL;
	char *output_path = path_join(w->job.out_dir, "output.txt");
	bool ok;

	counting_init(&count, &w->job.stage, &w->sources, w->n_given, w->job.top, w->how->counters);
	w->job.timescales = counting_timescales(&count);
	ok = attempt_any(&a, w, &count, rt, output_path, &found, err);
	out->found = found;
	/* Icarus goes on when its preprocessor has left an include out. */
	a.ran = a.ran && diag_list_count(found, DIAG_ERROR) == 0;
	if (ok && a.step < 0)
		ok = err_set(err, ERR_TOOL, "the sandbox did not start: %.300s",
			     a.messages.len ? str_cstr(&a.messages) : "it said nothing");
	if (ok) {
		out->lang = w->job.lang;
		if (a.ran) {
			report_run(&a, &count, &output_path, out);
		} else {
			did_not_build(&a, out->found, out);
			unlink(output_path);
		}
		note_steps(&a, out);
		out->log_path = keep_log(&a);
		ok = !a.ran ||
		     (try_seeds(w, &count, rt, out, err) && try_variants(w, &count, rt, out, err));
		strv_addall(&out->notes, &w->job.stage.notes);
	}
	attempt_fini(&a);
	counting_fini(&count);
	free(output_path);
	return ok;
}

static bool run(struct work *w, struct run_report *out, struct err *err)
{
	struct str missing = STR_INIT;
	char *rt = NULL;
	bool ok;

	if (!sandbox_isolates(w->job.box) && !w->job.unguarded)
		return err_set(err, ERR_CONSENT,
			       "nothing was run: there is no sandbox here, and nobody agreed to go "
			       "on without");
	if (!sandbox_isolates(w->job.box))
		stage_copy_large(&w->job.stage);
	sandbox_missing(w->job.box, &missing);
	out->unprotected = str_take(&missing);
	ok = w->how->prepare(&w->job, w->to, &rt, err) && build_and_run(w, rt, out, err);
	free(rt);
	if (ok)
		run_report_complete(out);
	else
		run_report_fini(out);
	return ok;
}

static void fill_work(struct work *w, const struct run_job *j)
{
	w->job.out_dir = mem_strdup(j->out_dir);
	w->job.limits = j->limits;
	w->job.trace = j->trace;
	w->job.fst = j->trace && j->fst;
	w->job.unguarded = j->unguarded;
	w->job.seed = j->seed;
	w->job.more_seeds = j->more_seeds;
	w->job.variants = j->variants;
	w->job.devices = j->devices;
	w->job.coverage = j->coverage;
	w->job.variant_ms = j->variant_ms;
	w->job.mends = j->mends;
	w->job.other_failed = j->other_failed;
	if (j->command) {
		w->job.command = mem_strdup(j->command->line);
		w->job.results = mem_strdup(j->command->results);
		w->job.waves = mem_strdup(j->command->waves);
	}
	for (size_t i = 0; i < j->design.n && !j->command; i++) { /* not for a command */
		strv_add(&w->sources, j->design.sources[i].path);
		w->n_given += !j->design.sources[i].included;
	}
	if (j->plusargs)
		strv_addv(&w->job.plusargs, j->plusargs);
}

static void remove_stage(void *ctx)
{
	stage_fini(ctx);
}

/* On the pool: some disks are slow for each folder, and the verdict need not wait. */
static void remove_stage_later(struct loop *l, struct stage *s)
{
	struct stage *own = mem_alloc(sizeof(*own));

	*own = *s;
	memset(s, 0, sizeof(*s));
	loop_work(l, remove_stage, free, own);
}

bool engine_run(struct simulator *s, const struct run_job *j, const struct run_listener *to,
		struct run_report *out, struct err *err)
{
	static const struct run_listener nobody = { 0 };
	struct err why = { 0 };
	struct work w;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (j->coverage && !((struct engine *)s)->how->covers)
		return err_set(err, ERR_TOOL, "%s does not count what is reached; Verilator does",
			       s->ops->name);
	if (!work_init(&w, s, &j->design, j, NULL, err))
		return false;
	w.to = to ? to : &nobody;
	fill_work(&w, j);
	if (w.how->only_stage && !j->variants && sandbox_isolates(w.job.box))
		attempt_standby(&w);
	ok = stage_fill_run(&w.job.stage, j, &why) && run(&w, out, &why);
	standby_end(&w.standby);
	if (j->leaves_folder)
		remove_stage_later(w.job.loop, &w.job.stage);
	else
		task_work(w.job.loop, remove_stage, &w.job.stage, NULL, NULL);
	work_fini(&w);
	return ok || err_copy(err, &why);
}
