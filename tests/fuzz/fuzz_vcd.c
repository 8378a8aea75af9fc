#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/tool/wave.h"
#include "sim/vcd.h"
#include "sim/vcd_inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct wave *read_in_two(const char *data, size_t size, size_t cut)
{
	struct vcd *v = vcd_new(10000);
	struct wave *w;

	vcd_feed(v, data, cut);
	vcd_feed(v, data + cut, size - cut);
	vcd_end(v, &w, NULL);
	return w;
}

static void show(const struct wave *w, struct str *s)
{
	for (size_t i = 0; i < wave_signals(w); i++) {
		const struct wave_signal *sig = wave_signal_at(w, i);
		size_t n = sig->changes;
		uint64_t before = 0;

		for (size_t k = 0; k < n; k++) {
			uint64_t time;
			const char *value;
			size_t len;

			wave_change_at(w, i, k, &time, &value, &len);
			assert(len > 0 && (k == 0 || time > before));
			before = time;
			if (s->len < 100000)
				wave_format(w, i, value, len, s);
		}
	}
	wave_table(w, wave_end(w), 5, 5, s);
	assert(utf8_valid(str_cstr(s), s->len));
}

/* With hardly any memory for changes, and as a file read in windows. */
static void read_rows(const char *data, size_t size)
{
	struct wave_want want = { .time = size * 7, .rows = 4, .cols = 5 };
	struct vcd_builder b = { .w = wave_new(0), .until = size * 5, .max_held = 16 };
	struct vcd_events ev = vcd_builder_events(&b);
	struct vcd_scan *scan = vcd_scan_new(&ev);
	struct str s = STR_INIT;
	struct wave *w = NULL;
	struct err err;
	bool fits;
	int fd = memfd_create("dump", MFD_CLOEXEC);

	for (size_t i = 0; i < size; i += 7)
		vcd_scan_feed(scan, data + i, size - i < 7 ? size - i : 7);
	wave_table(b.w, UINT64_MAX, 5, 5, &s);
	vcd_scan_free(scan);
	wave_free(b.w);
	if (fd >= 0 && write(fd, data, size) == (ssize_t)size) {
		bool ok = vcd_read_window(fd, size, &want, &w, &fits, &err);

		assert(ok == (w != NULL));
		if (ok)
			wave_table(w, want.time, want.rows, want.cols, &s);
	}
	if (fd >= 0)
		close(fd);
	assert(utf8_valid(str_cstr(&s), s.len));
	wave_free(w);
	str_free(&s);
}

/* A dump reads the same in one piece and in two, and can be shown. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wave *a = read_in_two((const char *)data, size, 0);
	struct wave *b = read_in_two((const char *)data, size, size / 3);
	struct str s = STR_INIT;

	assert(!a == !b);
	if (a) {
		assert(wave_signals(a) == wave_signals(b) && wave_end(a) == wave_end(b));
		show(a, &s);
	}
	read_rows((const char *)data, size);
	str_free(&s);
	wave_free(a);
	wave_free(b);
	return 0;
}
