#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "session/output/told_time.h"
#include "session/output/vprint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first line is printed output, the rest is source. For any input, a time that is
 * found has a unit and converts without overflow. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *nl = size ? memchr(text, '\n', size) : NULL;
	size_t line = nl ? (size_t)(nl - text) : size;
	struct vprint *p = vprint_new();
	struct told_time t;
	uint64_t time = 0;

	vprint_add(p, "a.sv", text + line, size - line);
	vprint_add(p, "b.sv", text, size);
	vprint_end(p);
	assert(told_time_read(text, line, &t) == (t.unit != TOLD_NOTHING));
	vprint_time(p, text, line, &t);
	assert(t.unit != TOLD_FORMAT);
	if (vprint_settle(p, &t, 1, -12, 1000000, &time))
		assert(t.unit != TOLD_NOTHING && time <= INT64_MAX);
	vprint_free(p);
	return 0;
}
