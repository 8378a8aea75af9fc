/* Creates and frees a view; switches it to another trace, as after each run. */
#include "config.h"

#include "session/waveview/waveview.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/trace/trace_clock.h"
#include "session/waveview/waveview_sample.h"

struct waveview *waveview_new(struct trace *t, int cols)
{
	struct waveview *v = mem_zalloc(sizeof(*v));

	v->num = v->den = 1;
	v->cache = waveview_cache_new();
	v->t = t;
	v->clock = t ? trace_find_clock(t) : TRACE_NONE;
	v->cursor = t ? trace_end(t) : 0;
	waveview_zoom_all(v, cols);
	return v;
}

void waveview_free(struct waveview *v)
{
	if (!v)
		return;
	waveview_clear(v);
	waveview_cache_free(v->cache);
	free(v->rows);
	free(v);
}

void waveview_set_trace(struct waveview *v, struct trace *t)
{
	uint64_t end = t ? trace_end(t) : 0;

	v->t = t;
	v->clock = t ? trace_find_clock(t) : TRACE_NONE;
	for (size_t i = 0; i < v->n; i++)
		v->rows[i].signal =
			t && !v->rows[i].group ? trace_find(t, v->rows[i].name) : TRACE_NONE;
	v->cursor = v->cursor > end ? end : v->cursor;
	v->from = v->from > end ? 0 : v->from;
	waveview_find_pairs(v);
	v->generation++;
}

void waveview_grew(struct waveview *v)
{
	v->cache->valid = v->cache->has_cycles = false;
}

void waveview_caught_up(struct waveview *v)
{
	if (v->clock != TRACE_NONE)
		return;
	v->clock = trace_find_clock(v->t);
	v->cache->valid = v->cache->has_cycles = false;
}
