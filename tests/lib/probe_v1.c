/* probe_v1 - a plugin built against the first version of the interface, which had
 * only commands and smaller structures. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/plugin_v1.h"

static unsigned told;

static int say(void *state, const struct posedge_host *host, size_t argc, const char *const *argv)
{
	char text[100];

	snprintf(text, sizeof(text), "version 1 was told of %u and %d\n", told, *(int *)state);
	host->print(host->ctx, text);
	return 1;
}

static bool start(const struct posedge_host *host, void **state)
{
	static const struct posedge_command c = { sizeof(c), "old", "", 0, 0, "of version 1", say };
	int *n = malloc(sizeof(*n));

	*n = 42;
	*state = n;
	return host->add_command(host->ctx, &c);
}

static void stop(void *state)
{
	free(state);
}

static void finding(void *state, const struct posedge_finding *f)
{
	told++;
}

const struct posedge_plugin *posedge_plugin(void)
{
	static const struct posedge_plugin p = { .size = sizeof(p),
						 .abi = POSEDGE_PLUGIN_ABI,
						 .name = "old",
						 .version = "1",
						 .about = "of version 1",
						 .start = start,
						 .stop = stop,
						 .finding = finding };

	return &p;
}
