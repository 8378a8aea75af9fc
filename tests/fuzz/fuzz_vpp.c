/* The text can include itself, so that one input reaches every path. */
#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/verilog/vpp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const char *text;
	size_t len;
};

static bool bring(void *ctx, const char *from, const char *name, bool angle, const char **path,
		  const char **text, size_t *len)
{
	const struct input *in = ctx;

	assert(from && name[0]);
	*path = angle ? "angle" : "self";
	*text = in->text;
	*len = in->len;
	return name[0] != 'n';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { (const char *)data, size };
	struct vpp_env env = { .include = bring, .ctx = &in };
	struct vpp *p = vpp_new("first", in.text, size, &env);
	struct vpp_token t;
	size_t off = 0;
	int line = 1;

	while (vpp_next(p, &t)) {
		assert(t.len > 0 && t.len <= t.left && t.off < t.to && t.to <= size);
		assert(t.off >= off && t.line >= line);
		assert(t.kind != VTOKEN_SPACE && t.kind != VTOKEN_COMMENT);
		off = t.off;
		line = t.line;
	}
	vpp_free(p);
	return 0;
}
