/* An rc file gives words or an error. */
#include "config.h"

#include <stdint.h>

#include "session/base/str.h"
#include "session/workbench/rc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static bool count(void *ctx, int line, const struct strv *words, struct err *err)
{
	*(size_t *)ctx += words->n;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	size_t n = 0;

	rc_parse((const char *)data, len, count, &n, NULL);
	return 0;
}
