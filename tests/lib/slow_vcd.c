#include "config.h"

#include "tests/lib/slow_vcd.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/trace/vcd_scan.h"
#include "tests/lib/wave.h"

#define FILE_MAX_BYTES (256u << 20)

static void on_timescale(void *ctx, int magnitude, int exponent)
{
	wave_set_timescale(ctx, magnitude, exponent);
}

static void on_signal(void *ctx, const struct vcd_var *v, long same_as)
{
	const struct wave_signal s = { .scope = v->scope,
				       .name = v->name,
				       .width = v->width,
				       .msb = v->msb,
				       .lsb = v->lsb,
				       .has_range = v->has_range,
				       .real = v->real,
				       .event = v->event,
				       .parameter = v->parameter };

	wave_add_signal(ctx, &s, same_as);
}

static void on_change(void *ctx, size_t signal, uint64_t time, enum vcd_value kind,
		      const char *value, size_t len)
{
	if (kind == VCD_TEXT && !wave_signal_at(ctx, signal)->real)
		wave_make_real(ctx, signal);
	wave_change(ctx, signal, time, value, len);
}

/* Frees each piece after feeding it, so that a pointer kept into it is detected. */
static void feed(struct vcd_scan *s, const char *text, size_t len)
{
	char *own = mem_alloc(len);

	memcpy(own, text, len);
	vcd_scan_feed(s, own, len);
	memset(own, '?', len);
	free(own);
}

struct wave *slow_vcd_text(const char *text, size_t len, size_t piece)
{
	struct wave *w = wave_new();
	struct vcd_events ev = { on_timescale, on_signal, on_change, w };
	struct vcd_scan *s = vcd_scan_new(&ev);
	bool ok;

	for (size_t at = 0; at < len;) {
		size_t n = piece && piece < len - at ? piece : len - at;

		feed(s, text + at, n);
		at += n;
	}
	ok = vcd_scan_has_changes(s, NULL);
	wave_set_end(w, vcd_scan_time(s));
	vcd_scan_free(s);
	if (ok)
		return w;
	wave_free(w);
	return NULL;
}

struct wave *slow_vcd_file(const char *path)
{
	struct str text = STR_INIT;
	struct wave *w = NULL;

	if (file_read(path, FILE_MAX_BYTES, &text, NULL))
		w = slow_vcd_text(text.data, text.len, 0);
	str_free(&text);
	return w;
}
