/* A stream of any wire format, in slices: the first byte selects the format, the second
 * the slice size. */
#include "config.h"

#include <stdint.h>

#include "backends/wire/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static bool ignore(void *ctx, const struct piece *p)
{
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct wire *const wires[] = { &wire_openai, &wire_responses, &wire_anthropic,
						    &wire_gemini, &wire_ollama,	   &wire_exec };
	struct wire_stream s;
	size_t slice = len > 1 ? 1 + data[1] % 64 : 1;
	struct err err;

	if (len < 2)
		return 0;
	wire_begin(&s, wires[data[0] % (sizeof(wires) / sizeof(*wires))], ignore, NULL);
	for (size_t i = 2; i < len; i += slice)
		if (!wire_feed(&s, (const char *)data + i, len - i < slice ? len - i : slice))
			break;
	wire_end(&s, &err);
	wire_fini(&s);
	return 0;
}
