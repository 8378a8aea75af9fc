/* main.c - puts the parts together: the one file that sees every folder. */
#include "config.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "backends/backends.h"
#include "plugins/host.h"
#include "session/base/mem.h"
#include "session/workbench.h"
#include "sim/sim.h"
#include "ui/cli.h"
#include "ui/terminal_notes.h"

static const struct ports ports = {
	.backends = backend_table,
	.simulators = simulator_table,
	.viewer = &viewer_gtkwave,
	.revisions = &revisions_git,
	.read_wave = vcd_read,
	.protection = sandbox_describe,
	.terminal = terminal_notes,
	.load_plugin = host_load,
	.plugins_session = host_session,
	.unload_plugins = host_unload,
};

/* A test seam: POSEDGE_TEST_FAIL_ALLOC=n lets the n-th allocation fail. */
static void set_test_failure(void)
{
	const char *n = getenv("POSEDGE_TEST_FAIL_ALLOC");

	if (n)
		mem_fail_at(strtoul(n, NULL, 10));
}

int main(int argc, char **argv)
{
	cJSON_Hooks hooks = { mem_alloc, free };

	cJSON_InitHooks(&hooks);
	set_test_failure();
	return cli_main(argc, argv, &ports);
}
