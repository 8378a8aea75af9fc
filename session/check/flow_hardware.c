/* What a proposal changes in hardware: elaborates its base and the decided text
 * and compares the two. Modules that only one side elaborated, because they are
 * defined in another file, are dropped from both (drop_other_files), or they
 * would show as added or removed.
 *
 * Elaborating takes a second, and the same texts recur with each undo, so results
 * are cached by the hash of the texts; that a text does not elaborate is a result
 * as well. Failures that may be temporary, such as a missing tool, are not
 * cached.
 */
#include "config.h"

#include "session/check/flow_hardware.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/composite.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/model/redact.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/project/text_memo.h"
#include "session/tool/hardware.h"
#include "session/workbench/workbench.h"

/* A cached result; that a text does not elaborate is a result as well. */
struct remembered {
	struct hardware found;
	struct err err;
};

static void free_remembered(void *value)
{
	struct remembered *a = value;

	hardware_fini(&a->found);
	free(a);
}

struct text_memo *hardware_memo_new(void)
{
	return text_memo_new(HARDWARE_MEMO_SIZE, free_remembered);
}

/* A file without a module has no hardware. */
static bool elaborate(void *ctx, struct simulator *sim, const struct design *d, struct err *err)
{
	if (!d->top)
		return true;
	if (!sim->ops->elaborate)
		return err_set(
			err, ERR_TOOL,
			"%s does not report the hardware of a design: `set engine verilator` does",
			sim->ops->name);
	return sim->ops->elaborate(sim, &d->job, ctx, err);
}

bool flow_hardware_if(struct workbench *w, struct text_memo *memo, const struct overlay *v,
		      size_t n, struct hardware *out, struct err *err)
{
	struct remembered *a;
	char key[HASH_HEX + 1];
	unsigned age = memo ? text_memo_generation(memo) : 0;
	bool ok;

	text_memo_key(v, n, key);
	a = memo ? text_memo_get(memo, key) : NULL;
	if (a)
		log_line("cache", "hardware of %.12s is known", key);
	if (!a) {
		struct remembered new = { HARDWARE_INIT, { 0 } };

		if (!flow_designs_if(w, v, n, elaborate, &new.found, &new.err))
			redact_err(w->redact, &new.err); /* the tool quotes the source */
		a = mem_dup(&new, sizeof(new));
		if (memo && age == text_memo_generation(memo) &&
		    (a->err.code == ERR_NONE || a->err.code == ERR_TOOL))
			text_memo_put(memo, key, a);
		else
			memo = NULL;
	}
	ok = a->err.code == ERR_NONE;
	if (ok)
		hardware_merge(out, &a->found);
	else
		err_copy(err, &a->err);
	if (!memo)
		free_remembered(a);
	return ok;
}

static bool has_source(const struct hardware *h, const char *source)
{
	for (size_t i = 0; i < h->n; i++)
		if (strcmp(h->modules[i].source, source) == 0)
			return true;
	return false;
}

/* Drops modules of h that other lacks and that the project defines in a file
 * other than path. */
static void drop_other_files(const struct project *p, const char *path, struct hardware *h,
			     const struct hardware *other)
{
	for (size_t i = h->n; p && i-- > 0;) {
		const struct project_file *f = project_module(p, h->modules[i].source, NULL);

		if (f && strcmp(f->path, path) != 0 && !has_source(other, h->modules[i].source))
			hardware_drop(h, i);
	}
}

bool flow_hardware_all(const struct state *st, uint64_t n)
{
	const struct suggestion *s = state_proposal(st, n)->s;

	return suggestion_count(s, DECISION_OPEN) == suggestion_units(s);
}

bool flow_hardware(struct workbench *w, struct text_memo *memo, uint64_t n, struct strv *lines,
		   struct err *err)
{
	const struct state *st = session_state(w->session);
	struct hardware old = HARDWARE_INIT, new = HARDWARE_INIT;
	struct composite base, now;
	bool ok;

	composite_init(&base, st, n, COMPOSITE_BASE, NULL);
	composite_init(&now, st, n, flow_hardware_all(st, n) ? COMPOSITE_REST : COMPOSITE_HERE,
		       NULL);
	ok = flow_hardware_if(w, memo, base.v, base.n, &old, err) ||
	     err_prefix(err, "the base does not elaborate");
	ok = ok && (flow_hardware_if(w, memo, now.v, now.n, &new, err) ||
		    err_prefix(err, "it would not elaborate"));
	if (ok && old.n + new.n == 0)
		ok = err_set(err, ERR_NOT_FOUND,
			     "%s: by what is decided so far it holds no module, so there is no "
			     "hardware to compare",
			     now.v[0].path);
	if (ok) {
		const struct project *p = workbench_project(w, NULL);

		drop_other_files(p, now.v[0].path, &old, &new);
		drop_other_files(p, now.v[0].path, &new, &old);
		hardware_compare(&old, &new, lines);
	}
	composite_fini(&base);
	composite_fini(&now);
	hardware_fini(&old);
	hardware_fini(&new);
	return ok;
}
