#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/wave.h"
#include "sim/vcd.h"

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
	str_free(&s);
	wave_free(a);
	wave_free(b);
	return 0;
}
