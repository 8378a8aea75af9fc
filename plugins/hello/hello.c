/* hello - the shortest plugin that does something: counts findings and runs, and prints
 * the counts on request. */
#include "plugins/posedge_plugin.h"

#include <stdio.h>
#include <stdlib.h>

struct hello {
	unsigned findings, runs;
};

static int say_hello(void *state, const struct posedge_host *host, size_t argc,
		     const char *const *argv)
{
	const struct hello *h = state;
	char text[160];

	snprintf(text, sizeof(text), "hello %.60s: %u finding%s and %u run%s so far\n",
		 argc ? argv[0] : "you", h->findings, h->findings == 1 ? "" : "s", h->runs,
		 h->runs == 1 ? "" : "s");
	host->print(host->ctx, text);
	return 0;
}

static const struct posedge_command command = {
	.size = sizeof(command),
	.name = "hello",
	.args = "[NAME]",
	.max_args = 1,
	.help = "greet, and say what the plugin has seen",
	.run = say_hello,
};

static bool start(const struct posedge_host *host, void **state)
{
	*state = calloc(1, sizeof(struct hello));
	return *state && host->add_command(host->ctx, &command);
}

static void stop(void *state)
{
	free(state);
}

static void finding(void *state, const struct posedge_finding *f)
{
	((struct hello *)state)->findings++;
}

static void ran(void *state, const struct posedge_run *r)
{
	((struct hello *)state)->runs++;
}

static const struct posedge_plugin plugin = {
	.size = sizeof(plugin),
	.abi = POSEDGE_PLUGIN_ABI,
	.name = "hello",
	.version = "1",
	.about = "an example: one command, and a count of findings and runs",
	.start = start,
	.stop = stop,
	.finding = finding,
	.ran = ran,
};

const struct posedge_plugin *posedge_plugin(void)
{
	return &plugin;
}
