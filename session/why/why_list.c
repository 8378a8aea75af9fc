/* Starting points for when no signal is named: outputs, and the clock. */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/trace/trace.h"
#include "session/why/why_site.h"

#define LIST_MAX    10000u
#define STOPPED_MAX 2u
#define ALIVE_PART  8 /* what changed in the last eighth of a run has not stopped */

static void list(struct why *w, uint64_t time, bool outputs, uint32_t first, uint32_t last,
		 struct why_from **out, size_t *n, size_t *cap)
{
	for (uint32_t i = first; i < last; i++)
		for (uint32_t v = 0; v < w->c->n_vars && *n < LIST_MAX; v++) {
			const struct circuit_var *var = &w->c->vars[v];

			if (var->module != w->c->instances[i].module || var->function ||
			    var->constant || var->n_dims || (outputs && var->direction != 'o'))
				continue;
			MEM_PUSH(*out, *n, *cap,
				 (struct why_from){ .signal = { .instance = i, .var = v },
						    .time = time });
		}
}

size_t why_signals(struct why *w, uint64_t time, struct why_from **out)
{
	uint32_t below = 1;
	size_t n = 0, cap = 0;

	*out = NULL;
	while (below < w->c->n_instances && w->c->instances[below].parent == 0)
		below++;
	list(w, time, true, 1, below, out, &n, &cap);
	if (w->c->n_instances)
		list(w, time, false, 0, 1, out, &n, &cap);
	list(w, time, false, 1, w->c->n_instances, out, &n, &cap);
	return n;
}

static int by_change(const void *a, const void *b)
{
	const struct why_from *x = a, *y = b;

	return x->time != y->time
		       ? (x->time < y->time ? 1 : -1)
		       : (x->signal.var > y->signal.var) - (x->signal.var < y->signal.var);
}

size_t why_stopped(struct why *w, struct why_from **out)
{
	uint64_t end = trace_end(w->t), alive = end - (end - trace_begin(w->t)) / ALIVE_PART;
	size_t n = why_signals(w, end, out), outputs = 0, kept = 0;

	while (outputs < n && w->c->vars[(*out)[outputs].signal.var].direction == 'o' &&
	       (*out)[outputs].signal.instance)
		outputs++;
	for (size_t i = 0; i < outputs; i++) {
		size_t often;
		uint64_t changed = since_change(w, &(*out)[i].signal, end, &often);

		if (!changed || changed > alive)
			continue;
		(*out)[kept] = (*out)[i];
		(*out)[kept++].time = changed;
	}
	if (kept)
		qsort(*out, kept, sizeof(**out), by_change);
	kept = kept < STOPPED_MAX ? kept : STOPPED_MAX;
	for (size_t i = 0; i < kept; i++)
		(*out)[i].time = end;
	return kept;
}

/* Each process of each instance votes for the net of its first edge. */
bool why_clock(struct why *w, size_t *signal)
{
	size_t *votes = NULL, n_votes = w->n_keys, best = 0;
	bool found = false;

	votes = mem_calloc(n_votes + 1, sizeof(*votes));
	for (uint32_t i = 0; i < w->c->n_instances; i++)
		for (uint32_t p = 0; p < w->c->n_processes; p++) {
			const struct circuit_process *process = &w->c->processes[p];
			uint32_t node;
			struct place at;
			struct range range = { 0, 0 };
			size_t s;

			if (!process->clocked || process->module != w->c->instances[i].module)
				continue;
			node = w->c->nodes[w->c->nodes[process->edges].first].first;
			if (w->c->nodes[node].op != CIRCUIT_VAR)
				continue;
			at = (struct place){ i, w->c->nodes[node].ref, "" };
			w->work = WORK_MAX;
			site_follow(w, &at, &range, NULL, NULL);
			if (!place_signal(w, &at, &s) || s >= n_votes)
				continue;
			if (++votes[s] > best) {
				best = votes[s];
				*signal = s;
				found = true;
			}
		}
	bits_reset(&w->pool);
	free(votes);
	return found;
}
