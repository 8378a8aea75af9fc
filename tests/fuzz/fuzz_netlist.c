#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/tool/hardware.h"
#include "sim/netlist/netlist.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every netlist that parses can be compared with itself and with an empty one, in lines
 * that are safe to show; parsing it in two slices gives the same result as in one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct netlist *a = netlist_new(), *b = netlist_new();
	struct hardware one = HARDWARE_INIT, two = HARDWARE_INIT, none = HARDWARE_INIT;
	struct strv lines = STRV_INIT;
	bool ok = netlist_feed(a, text, size, NULL) && netlist_end(a, &one, NULL);
	bool again = netlist_feed(b, text, size / 2, NULL) &&
		     netlist_feed(b, text + size / 2, size - size / 2, NULL) &&
		     netlist_end(b, &two, NULL);

	assert(ok == again);
	assert(!hardware_compare(&one, &two, &lines) && lines.n == 1);
	assert(hardware_compare(&none, &one, &lines) == (one.n > 0));
	for (size_t i = 0; i < lines.n; i++)
		for (const char *p = lines.v[i]; *p; p++)
			assert((unsigned char)*p >= ' ' && *p != 0x7f);
	strv_free(&lines);
	hardware_fini(&one);
	hardware_fini(&two);
	netlist_free(a);
	netlist_free(b);
	return 0;
}
