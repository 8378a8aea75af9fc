/* A test report never has more failures than tests. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "session/manifest/junit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct junit j;
	struct err err;

	if (junit_parse((const char *)data, len, &j, &err) && j.failures > j.tests)
		abort();
	junit_fini(&j);
	return 0;
}
