/* The stream reader and what stands behind it, in slices that the first byte chooses. */
#include "config.h"

#include <stdint.h>

#include "backends/openai_wire.h"
#include "backends/sse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static bool ignore(void *ctx, const struct piece *p)
{
	return true;
}

static bool on_data(void *ctx, const char *event, const char *data, size_t len)
{
	struct err err;

	return openai_stream_data(ctx, event, data, len, &err) == OPENAI_MORE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct openai_stream stream = { .piece = ignore };
	struct sse sse = { 0 };
	size_t slice = len ? 1 + data[0] % 64 : 1;
	struct err err;

	for (size_t i = 1; i < len; i += slice)
		if (!sse_feed(&sse, (const char *)data + i, len - i < slice ? len - i : slice, on_data, &stream, &err))
			break;
	sse_end(&sse, on_data, &stream);
	openai_stream_end(&stream, false, &err);
	openai_stream_fini(&stream);
	sse_fini(&sse);
	return 0;
}
