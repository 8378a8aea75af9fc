/* The key parser, in slices whose size is in the first byte. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "ui/terminal/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check(void *ctx, const struct key *k)
{
	struct str name = STR_INIT;

	if (k->row < 0 || k->col < 0 || k->code >= KEY_CODES)
		abort();
	key_name(k, &name);
	str_free(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct keys p = { 0 };
	size_t slice = len ? 1 + data[0] % 16 : 1;

	for (size_t i = 1; i < len; i += slice) {
		keys_feed(&p, (const char *)data + i, len - i < slice ? len - i : slice, check,
			  NULL);
		if (data[i] % 7 == 0)
			keys_flush(&p, check, NULL);
	}
	keys_flush(&p, check, NULL);
	keys_fini(&p);
	return 0;
}
