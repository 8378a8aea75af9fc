/* Two summaries of the design: its source, and its netlist.
 *
 *	module queue, rtl/queue.sv:3
 *	  line 11: always_ff at clk, reset rst_n; writes wr_ptr; decides on put; reads full
 *
 *	queue (rtl/queue.sv): 61 gates, 21 flip-flops, at most 9 gates between registers
 *
 * Both are made from the texts on the screen, saved or not. A netlist size needs a run
 * of yosys, so it is cached while the program runs, by the content of the module and of
 * everything below it. Failures are cached too: the next question would only wait for
 * the same failure.
 */
#include "config.h"

#include "session/toolbox/digest.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_words.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/graph/graph.h"
#include "session/graph/graph_project.h"
#include "session/lint/lint_known.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/project/text_memo.h"
#include "session/tool/prover.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define KEPT	    256u /* cached sizes */
#define HASTY	    ""	 /* key of a result that must not be cached */
#define SIZE_MEMORY (4ull << 30)

/* Modules ---------------------------------------------------------------------------------- */

/* Adds the modules that are not testbenches: those named in the question, or all. */
static void add_modules(const struct project *p, const char *question, struct strv *out)
{
	for (size_t i = 0; i < project_files(p); i++) {
		const struct voutline *o = project_file(p, i)->outline;

		for (size_t k = 0; o && k < o->n; k++) {
			const struct vmodule *m = &o->modules[k];

			if (m->kind == VUNIT_MODULE &&
			    (!question || ask_names(question, m->name)) &&
			    !project_is_testbench(p, m))
				strv_add_once(out, m->name);
		}
	}
}

static void modules_of(const struct project *p, const char *question, struct strv *out)
{
	struct strv tops = STRV_INIT;

	add_modules(p, question, out);
	project_tops(p, &tops);
	for (size_t i = 0; i < tops.n; i++)
		strv_add_once(out, tops.v[i]);
	add_modules(p, NULL, out);
	strv_free(&tops);
}

static void add_left(size_t left, const char *why, struct str *out)
{
	if (left)
		str_addf(out, "and %zu more module%s%s\n", left, left == 1 ? "" : "s", why);
}

/* Flow --------------------------------------------------------------------------------------- */

/* Appends the flow of the module with exactly that name. */
static bool add_flow(struct graph *g, const char *name, struct str *out, struct err *err)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h = { 0 };
	bool ok = graph_find(g, name, GRAPH_HIT_MODULE, &ask, &h, err);

	if (ok && h.n && h.v[0].rank == GRAPH_RANK_PATH)
		ok = graph_flows(g, h.v[0].id, DIGEST_MODULE_BYTES, out, err);
	graph_hits_fini(&h);
	return ok;
}

static bool flow(struct workbench *w, const char *question, struct str *out, struct err *err)
{
	struct graph *g = graph_of(w, err);
	struct project *p = g ? workbench_project(w, err) : NULL;
	struct strv names = STRV_INIT;
	struct str one = STR_INIT;
	size_t i = 0;
	bool ok = p != NULL;

	if (ok)
		modules_of(p, question, &names);
	for (; ok && i < names.n; i++) {
		str_clear(&one);
		ok = add_flow(g, names.v[i], &one, err);
		if (ok && out->len + one.len > DIGEST_FLOW_BYTES)
			break;
		str_add(out, str_cstr(&one), one.len);
	}
	if (ok)
		add_left(names.n - i, ", for want of room", out);
	str_free(&one);
	strv_free(&names);
	return ok;
}

/* Netlist ------------------------------------------------------------------------------------- */

struct sizing {
	struct workbench *w;
	const struct prover_ops *prover;
	struct lint_hashes hashes;
	uint64_t until_ms;
	size_t known; /* modules with a size */
	char *failed; /* the first failure, as a sentence; NULL */
};

static void say_size(const struct prover_size *s, struct str *out)
{
	unsigned long registers = s->flip_flops + s->latches;

	str_addf(out, "%lu gates, %lu flip-flops", s->cells > registers ? s->cells - registers : 0,
		 s->flip_flops);
	if (s->latches)
		str_addf(out, ", %lu latches", s->latches);
	if (s->path >= 0)
		str_addf(out, ", at most %ld gates between registers", s->path);
	else
		str_adds(out, ", the longest path is not known");
}

/* yosys' result as a clause, or "?" and a reason; the caller frees it. NULL:
 * cancelled. *hasty: the time was too short for a final result. */
static char *ask_yosys(struct sizing *z, const struct sim_job *job, bool *hasty, struct err *err)
{
	uint64_t now = loop_now_ms(z->w->loop);
	struct prover_limits limits = { .ms = z->until_ms - now, .memory = SIZE_MEMORY };
	struct prover_size size;
	struct err why = { 0 };
	struct str said = STR_INIT;

	if (z->prover->measure(z->w->loop, job, &limits, &size, &why)) {
		say_size(&size, &said);
	} else if (why.code == ERR_CANCELLED) {
		err_copy(err, &why);
		return NULL;
	} else {
		*hasty = why.code == ERR_TIMEOUT && limits.ms < 1000 * DIGEST_SECONDS / 2;
		str_addf(&said, "?%s", why.code == ERR_TIMEOUT ? "yosys takes too long" : why.text);
	}
	return str_take(&said);
}

/* The size of a module, from the cache or from yosys. Borrowed until the next call;
 * NULL: cancelled. */
static const char *size_of(struct sizing *z, const struct sim_job *job, struct err *err)
{
	struct text_memo *memo = z->w->kept.sized;
	char key[HASH_HEX + 1];
	bool hasty = false;
	char *said;

	if (!lint_known_key(&z->hashes, z->prover->name, job, key))
		return "?a file of it cannot be read";
	said = text_memo_get(memo, key);
	if (said)
		return said;
	said = ask_yosys(z, job, &hasty, err);
	if (said)
		text_memo_put(memo, hasty ? HASTY : key, said);
	return said;
}

static bool add_size(struct sizing *z, const char *name, struct str *out, struct err *err)
{
	struct project *p = workbench_project(z->w, err);
	const struct project_file *f = p ? project_module(p, name, NULL) : NULL;
	struct design d;
	const char *said;
	char *path;

	if (!p || !f)
		return p != NULL;
	path = mem_strdup(f->path);
	design_init(&d, p, z->w->options, path, name);
	d.job.yields = z->w->screen != NULL;
	said = size_of(z, &d.job, err);
	if (said && said[0] != '?') {
		str_addf(out, "%s (%s): %s\n", name, path, said);
		z->known++;
	} else if (said && !z->failed) {
		z->failed = mem_strdup(said + 1);
	}
	if (said && said[0] == '?')
		str_addf(out, "%s (%s): not known\n", name, path);
	design_fini(&d);
	free(path);
	return said != NULL;
}

static bool add_sizes(struct sizing *z, const struct strv *names, struct str *out, struct err *err)
{
	size_t i = 0;
	bool ok = true;

	for (; ok && i < names->n && i < DIGEST_SIZED_MAX && out->len < DIGEST_NETLIST_BYTES; i++) {
		if (loop_now_ms(z->w->loop) >= z->until_ms)
			break;
		ok = add_size(z, names->v[i], out, err);
	}
	add_left(names->n - i, ", which were not synthesized", out);
	if (ok && names->n && z->known == 0)
		ok = err_set(err, ERR_TOOL, "%s", z->failed ? z->failed : "there was no time");
	return ok;
}

static bool netlist(struct workbench *w, const char *question, struct str *out, struct err *err)
{
	struct sizing z = { .w = w, .prover = w->ports->prover };
	struct strv names = STRV_INIT;
	struct project *p;
	bool ok;

	if (!z.prover || !z.prover->measure || !z.prover->here(NULL))
		return err_set(err, ERR_TOOL, "no yosys here");
	if (!workbench_read_project(w, false, err) || !(p = workbench_project(w, err)))
		return false;
	modules_of(p, question, &names);
	if (!w->kept.sized)
		w->kept.sized = text_memo_new(KEPT, free);
	z.until_ms = loop_now_ms(w->loop) + 1000 * DIGEST_SECONDS;
	ok = add_sizes(&z, &names, out, err);
	lint_hashes_fini(&z.hashes);
	free(z.failed);
	strv_free(&names);
	return ok;
}

bool digest_tell(struct workbench *w, const char *which, const char *question, struct str *out,
		 struct err *err)
{
	return strcmp(which, "flow") == 0 ? flow(w, question, out, err)
					  : netlist(w, question, out, err);
}
