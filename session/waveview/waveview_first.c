/* Selects the initial rows: clock and reset, then the signals of the outermost module,
 * the testbench, which sees the inputs and outputs of the design. The modules inside
 * follow as groups, the first level open; aliases of nets that are shown already are left
 * out. A value expected by the testbench is placed below the actual one.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/trace_clock.h"

/* Rows ------------------------------------------------------------------------- */

struct chooser {
	struct waveview *v;
	bool *taken; /* streams */
	size_t left;
};

static void take_signal(struct chooser *c, size_t i, int depth)
{
	const struct trace_signal *s = trace_signal_at(c->v->t, i);
	struct str name = STR_INIT;
	size_t at = c->v->n;

	if (c->left == 0 || s->parameter || c->taken[s->stream])
		return;
	trace_full_name(c->v->t, i, &name);
	if (waveview_insert(c->v, at, str_cstr(&name), false, depth)) {
		struct waveview_row *r = &c->v->rows[at];

		/* By index: a trace may have a name twice. */
		r->signal = i;
		c->taken[s->stream] = true;
		c->left--;
	}
	str_free(&name);
}

/* Indices of signals sorted by scope, and the start of each scope. */
struct by_scope {
	size_t *first; /* n + 1 entries */
	size_t *signals;
	size_t n;
};

static void sort_by_scope(const struct trace *t, struct by_scope *b)
{
	size_t n = trace_signals(t), *at;

	b->n = trace_scopes(t) + 1; /* the last: outside all scopes */
	b->first = mem_calloc(b->n + 1, sizeof(*b->first));
	b->signals = mem_calloc(n + 1, sizeof(*b->signals));
	at = mem_calloc(b->n + 1, sizeof(*at));
	for (size_t i = 0; i < n; i++) {
		size_t scope = trace_signal_at(t, i)->scope;

		b->first[(scope == TRACE_NONE ? b->n - 1 : scope) + 1]++;
	}
	for (size_t i = 0; i < b->n; i++)
		b->first[i + 1] += b->first[i];
	memcpy(at, b->first, (b->n + 1) * sizeof(*at));
	for (size_t i = 0; i < n; i++) {
		size_t scope = trace_signal_at(t, i)->scope;

		b->signals[at[scope == TRACE_NONE ? b->n - 1 : scope]++] = i;
	}
	free(at);
}

static bool has_any(const struct trace *t, const struct by_scope *b, size_t scope)
{
	for (size_t k = b->first[scope]; k < b->first[scope + 1]; k++)
		if (!trace_signal_at(t, b->signals[k])->parameter)
			return true;
	return false;
}

static void take_scope(struct chooser *c, const struct by_scope *b, size_t scope, int level)
{
	size_t head = c->v->n;
	int depth = level > 0;

	if (level > 0 &&
	    !waveview_insert(c->v, head, trace_scope_at(c->v->t, scope)->name, true, 0))
		return;
	for (size_t k = b->first[scope]; k < b->first[scope + 1]; k++)
		take_signal(c, b->signals[k], depth);
	if (level > 0 && c->v->n == head + 1)
		waveview_remove(c->v, head);
	else if (level > 0)
		c->v->rows[head].open = level == 1;
}

/* Moves an expected value below the actual one, within a group. */
static void pair_up(struct waveview *v)
{
	waveview_find_pairs(v);
	for (size_t i = 0; i < v->n; i++) {
		struct waveview_row keep = v->rows[i];
		size_t got = keep.beside;

		if (got == TRACE_NONE || v->rows[got].depth != keep.depth || got + 1 == i)
			continue;
		if (got < i) {
			memmove(v->rows + got + 2, v->rows + got + 1, (i - got - 1) * sizeof(keep));
			v->rows[got + 1] = keep;
		} else {
			memmove(v->rows + i, v->rows + i + 1, (got - i) * sizeof(keep));
			v->rows[got] = keep;
		}
		waveview_find_pairs(v);
	}
}

void waveview_choose(struct waveview *v)
{
	struct chooser c = { .v = v, .left = WAVEVIEW_FIRST };
	struct by_scope b;
	size_t reset;
	int least = -1, deepest = 0;

	waveview_clear(v);
	if (!v->t || trace_signals(v->t) == 0)
		return;
	c.taken = mem_calloc(trace_signals(v->t), sizeof(*c.taken));
	reset = trace_find_reset(v->t);
	if (v->clock != TRACE_NONE)
		take_signal(&c, v->clock, 0);
	if (reset != TRACE_NONE)
		take_signal(&c, reset, 0);
	sort_by_scope(v->t, &b);
	for (size_t i = 0; i + 1 < b.n; i++) {
		int depth = trace_depth(v->t, i);

		if (has_any(v->t, &b, i) && (least < 0 || depth < least))
			least = depth;
		deepest = depth > deepest ? depth : deepest;
	}
	take_scope(&c, &b, b.n - 1, 0);
	for (int level = 0; least >= 0 && level <= deepest - least && c.left > 0; level++)
		for (size_t i = 0; i + 1 < b.n && c.left > 0; i++)
			if (trace_depth(v->t, i) == least + level)
				take_scope(&c, &b, i, level);
	free(b.first);
	free(b.signals);
	free(c.taken);
	pair_up(v);
	v->chosen = v->top = 0;
	v->generation++;
}
