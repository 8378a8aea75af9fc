/* Shared by engines that run a program: a job with its stage (the copy of the design
 * that the sandbox sees), its sandbox and limits; a tool's version; and running a tool
 * once while collecting its messages. A shell reports a program killed by a signal as
 * status 128 + n, which status_to_signal() reverses, except for iverilog, whose status
 * is its number of errors.
 *
 * If a file's language is not fixed and the tool rejects it, engine_other_language()
 * says which one to try next.
 */
#include "config.h"

#include "sim/engine/engine.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/output/diag.h"
#include "session/verilog/verilog.h"
#include "sim/engine/engine_inner.h"
#include "sim/engine/lane.h"
#include "sim/engine/tool_says.h"

#define VERSION_MS  5000u /* time limit for printing the version */
#define VERSION_MAX 200u  /* bytes of the line */

bool engine_have(const char *tool, const char *package, struct err *err)
{
	char *path = child_which(tool);
	bool here = path != NULL;

	free(path);
	return here ||
	       err_set(err, ERR_TOOL, "%s is not installed: apt-get install %s", tool, package);
}

struct simulator *engine_open(struct loop *l, const struct simulator_ops *ops,
			      const struct engine_ops *how)
{
	struct engine *e = mem_zalloc(sizeof(*e));

	e->base.ops = ops;
	e->how = how;
	e->loop = l;
	return &e->base;
}

bool engine_isolates(struct loop *l)
{
	return sandbox_isolates(sandbox_probe(l));
}

/* The first line, up to the first control character. */
static char *first_line(const struct str *text)
{
	size_t n = 0;

	while (n < text->len && n < VERSION_MAX && (unsigned char)text->data[n] >= ' ' &&
	       text->data[n] != 0x7f)
		n++;
	/* Icarus prints "()" at the end where a release has no commit. */
	if (n >= 3 && memcmp(text->data + n - 3, " ()", 3) == 0)
		n -= 3;
	while (n && text->data[n - 1] == ' ')
		n--;
	return mem_strndup(text->data, n);
}

bool engine_version(struct simulator *s, char **line, struct err *err)
{
	struct engine *e = (struct engine *)s;
	const char *argv[] = { e->how->tool, e->how->version_option, NULL };
	struct child_spec spec = { .argv = argv, .wall_ms = VERSION_MS, .output_limit = 65536 };
	struct str out = STR_INIT, other = STR_INIT;
	struct child_result r;
	bool ok;

	*line = tool_says_kept(e->how->tool);
	if (*line)
		return true;
	ok = child_run(e->loop, &spec, VERSION_MAX, &out, &other, &r, err);
	*line = ok ? first_line(&out) : NULL;
	if (ok && !**line) {
		free(*line);
		*line = NULL;
		ok = err_set(err, ERR_TOOL, "%s does not say its version", e->how->tool);
	} else if (ok) {
		tool_says_keep(e->how->tool, *line);
	}
	str_free(&out);
	str_free(&other);
	return ok;
}

void engine_close(struct simulator *s)
{
	struct engine *e = (struct engine *)s;

	if (!e)
		return;
	lane_close(e->lanes[false]);
	lane_close(e->lanes[true]);
	free(e);
}

void work_fini(struct work *w)
{
	stage_fini(&w->job.stage);
	free(w->job.top);
	free(w->job.times);
	free(w->job.out_dir);
	free(w->job.command);
	free(w->job.results);
	free(w->job.waves);
	strv_free(&w->job.roots);
	strv_free(&w->job.defines);
	strv_free(&w->job.parameters);
	strv_free(&w->job.plusargs);
	strv_free(&w->sources);
}

/* Some jobs run hundreds of times, and the machine stays the same meanwhile. */
static struct sandbox box_of(struct engine *e)
{
	if (!e->probed)
		e->box = sandbox_probe(e->loop);
	/* One that was cut off says nothing for the next. */
	e->probed |= !task_cancelled(task_self());
	return e->box;
}

bool work_init(struct work *w, struct simulator *s, const struct sim_job *j,
	       const struct run_job *run, const char *in, struct err *err)
{
	struct engine *e = (struct engine *)s;

	memset(w, 0, sizeof(*w));
	if (!engine_have(e->how->tool, s->ops->needs, err) ||
	    !(run ? stage_init_run(&w->job.stage, run->variants ? NULL : run->out_dir, err)
		  : stage_init(&w->job.stage, j, in, err)))
		return false;
	w->how = e->how;
	w->ops = s->ops;
	w->job.loop = e->loop;
	w->job.top = j->top ? mem_strdup(vname_plain(j->top)) : NULL;
	for (size_t i = 0; j->top && j->roots && j->roots[i]; i++)
		strv_add(&w->job.roots, vname_plain(j->roots[i]));
	w->job.times = mem_strdup(j->times);
	w->job.times_of_unit = j->times_of_unit;
	w->job.lang = j->lang;
	w->job.lang_fixed = j->lang_fixed;
	w->job.yields = j->yields;
	w->job.skim = j->skim && e->how->skims;
	w->job.lint_cpu_s = j->cpu_s ? j->cpu_s : SIM_LINT_CPU_S;
	w->job.limits = SIM_LIMITS_DEFAULT;
	if (j->defines)
		strv_addv(&w->job.defines, j->defines);
	if (j->parameters && j->top)
		strv_addv(&w->job.parameters, j->parameters);
	if (!in) /* otherwise the lane's sandbox is used */
		w->job.box = box_of(e);
	return true;
}

void status_to_signal(int *status, int *signal)
{
	if (*status > 128 && *status < 128 + 65) {
		*signal = *status - 128;
		*status = -1;
	}
}

/* True if the status of iverilog is its number of errors rather than a signal. found
 * may have a different number, since iverilog also counts lines that continue an error.
 * A tool that crashes has not reported that many errors. */
bool is_count_of_errors(int signal, const struct diag_list *found)
{
	return signal && diag_list_count(found, DIAG_ERROR) >= 64;
}

/* True if the extension says SystemVerilog, as in "rtl/fifo.sv". */
static bool is_named_sv(const char *path)
{
	return lang_file(path) == LANG_FILE_SV || lang_file(path) == LANG_FILE_SVH;
}

bool engine_other_language(const struct engine_job *j, enum lang *other)
{
	if (j->lang_fixed)
		return false;
	if (j->lang != LANG_SV2017) {
		*other = LANG_SV2017;
		return true;
	}
	for (size_t i = 0; i < j->stage.compile.n; i++)
		if (is_named_sv(j->stage.compile.v[i]))
			return false;
	*other = LANG_V2005;
	return true;
}

/* Runs a tool in the sandbox, with the mirror as its cwd. writable: it may write in the
 * stage. */
static bool run_tool(const struct engine_job *j, const char *const *argv, bool writable,
		     uint64_t wall_ms, struct str *messages, struct child_result *r,
		     struct err *err)
{
	struct sandbox_spec spec = { .dir = j->stage.dir,
				     .writable = writable,
				     .cwd = STAGE_MIRROR,
				     .sources_only = true,
				     .memory = j->limits.memory,
				     .file_size = j->limits.file_size,
				     .cpu_s = wall_ms / 1000 + 1,
				     .processes = j->limits.processes };
	struct sandbox_start start;
	struct child_spec child = { .wall_ms = wall_ms,
				    .output_limit = MESSAGES_LIMIT,
				    .yields = j->yields };
	bool ok;

	sandbox_wrap(j->box, &spec, argv, &start);
	sandbox_start_into(&start, &child);
	ok = child_run(j->loop, &child, MESSAGES_LIMIT, messages, messages, r, err);
	if (ok)
		status_to_signal(&r->status, &r->signal);
	sandbox_start_fini(&start);
	return ok;
}

bool engine_no_memory(const struct str *said)
{
	/* not just bad_alloc, which may be a module's name */
	static const char thrown[] = "std::bad_alloc";

	return said->len && memmem(said->data, said->len, thrown, sizeof(thrown) - 1) != NULL;
}

bool engine_crashed(const char *tool, int sig, const struct str *said, uint64_t memory,
		    struct err *err)
{
	if (engine_no_memory(said))
		return err_set(err, ERR_LIMIT,
			       "%s needs more than the %llu MB of memory it may have", tool,
			       (unsigned long long)(memory >> 20));
	return err_set(err, ERR_TOOL, "%s crashed on this design (signal %d)", tool, sig);
}

bool engine_tool(const struct engine_job *j, const char *const *argv, struct str *messages,
		 struct child_result *r, struct err *err)
{
	return run_tool(j, argv, true, j->limits.build_ms, messages, r, err);
}
