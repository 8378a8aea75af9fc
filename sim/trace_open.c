/* Any dump is read whole into memory, the formats that are not VCD through the
 * tool that turns them into it. */
#include "config.h"

#include "sim/trace_open.h"

#include "session/trace/trace.h"
#include "sim/vcd.h"

#define CHANGES_MAX (8u << 20) /* about 300 MB; what comes later is not known */

bool trace_open(struct loop *l, const char *path, struct trace **out, struct err *err)
{
	const struct wave_want all = { .time = UINT64_MAX, .rows = INT32_MAX, .cols = 1 };
	struct wave *w = NULL;
	struct err why;

	*out = NULL;
	if (vcd_read(path, CHANGES_MAX, &w, &why) || wave_read(l, path, &all, &w, err))
		*out = trace_of_wave(w);
	return *out != NULL;
}
