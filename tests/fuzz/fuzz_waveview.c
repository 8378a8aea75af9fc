#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_draw.h"
#include "session/waveview/waveview_gtkw.h"
#include "session/waveview/waveview_layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct trace *some_trace(void)
{
	struct wave *w = wave_new();
	struct wave_signal s = {
		.scope = "tb", .name = "q", .width = 8, .msb = 7, .has_range = true
	};
	size_t q = wave_add_signal(w, &s, -1);

	wave_change(w, q, 10, "1x", 2);
	wave_set_end(w, 100);
	return trace_of_wave(w);
}

static void draw(struct waveview *v)
{
	struct wave_shape shape = { .rows = 10, .cols = 60, .utf8 = true };
	struct wave_lines l;

	waveview_draw(v, &shape, &l);
	wave_lines_fini(&l);
}

/* Any bytes are rows that can be drawn, and written and read again, or an error that
 * changes nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trace *t = some_trace();
	struct waveview *v = waveview_new(t, 40);
	struct str out = STR_INIT;
	size_t left_out;
	bool any, again;
	struct err err;

	if (waveview_layout_read(v, (const char *)data, size, "tb", &any, &err) && any) {
		draw(v);
		assert(waveview_layout_write(v, (const char *)data, size, "tb", &out, &err));
		assert(waveview_layout_read(v, str_cstr(&out), out.len, "tb", &again, &err));
		str_clear(&out);
	}
	if (waveview_gtkw_read(v, (const char *)data, size, 40, &left_out, &err)) {
		draw(v);
		waveview_gtkw_write(v, NULL, 40, &out);
	}
	str_free(&out);
	waveview_free(v);
	trace_close(t);
	return 0;
}
