#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/verilog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	enum vlex_state state = VLEX_CODE;
	struct voutline o;

	for (size_t off = 0; off < size;) {
		struct vtoken t = vlex_next(text, size, off, &state);

		assert(t.off == off && t.len > 0 && t.len <= size - off);
		off += t.len;
	}
	voutline_init(&o, text, size);
	for (size_t i = 0; i < o.n; i++) {
		const struct vmodule *m = &o.modules[i];

		assert(m->off < m->end && m->end <= size && m->line > 0);
		vmodule_is_testbench(m);
	}
	voutline_fini(&o);
	return 0;
}
