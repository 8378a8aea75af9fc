#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/verilog/verilog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const char *text;
	size_t len;
};

/* Includes the text itself, so that one input also covers included files. */
static bool bring(void *ctx, const char *from, const char *name, bool angle, const char **path,
		  const char **text, size_t *len)
{
	const struct input *in = ctx;

	*path = name[0] == 'a' ? "a" : "b";
	*text = in->text;
	*len = in->len;
	return name[0] != 'n';
}

static void check(const struct voutline *o, size_t size)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct vmodule *m = &o->modules[i];

		assert(m->off < m->end && m->end <= size && m->line > 0);
		vmodule_is_testbench(m);
	}
	for (size_t i = 0; i < o->n_data; i++)
		assert(o->data[i].unit && o->data[i].line > 0 &&
		       (o->data[i].reads || o->data[i].writes));
	assert(o->macros && o->nettype);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	enum vlex_state state = VLEX_CODE;
	struct input in = { text, size };
	struct vpp_env env = { .include = bring, .ctx = &in };
	struct voutline o;

	for (size_t off = 0; off < size;) {
		struct vtoken t = vlex_next(text, size, off, &state);

		assert(t.off == off && t.len > 0 && t.len <= size - off);
		off += t.len;
	}
	voutline_init(&o, text, size);
	check(&o, size);
	voutline_fini(&o);
	voutline_read(&o, "first", text, size, &env);
	check(&o, size);
	voutline_fini(&o);
	return 0;
}
