/* main.c - puts the parts together: the one file that sees every folder. */
#include "config.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "backends/backends.h"
#include "backends/hosted/local.h"
#include "backends/hosted/mcp_http.h"
#include "plugins/host.h"
#include "session/base/crash.h"
#include "session/base/mem.h"
#include "session/command/commands.h"
#include "session/journal/state.h"
#include "session/toolbox/digest.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "sim/sandbox/sandbox.h"
#include "sim/sim.h"
#include "sim/trace/trace_open.h"
#include "ui/run/cli.h"
#include "ui/terminal/terminal_notes.h"

/* A test seam: the file POSEDGE_TEST_DIGESTS gets a line "DIR N DIGEST" of the
 * live state when a session opens and after each event; tests/lib/fold_check.c
 * compares. */
static void tell_digest(void *ctx, const struct event *e)
{
	const struct session *s = ctx;
	const struct state *st = session_state(s);
	FILE *f = st->partial ? NULL : fopen(getenv("POSEDGE_TEST_DIGESTS"), "ae");
	char digest[HASH_HEX + 1];

	if (!f)
		return;
	state_digest(st, digest);
	fprintf(f, "%s %llu %s\n", session_dir(s), (unsigned long long)st->n, digest);
	fclose(f);
}

static void on_session(struct workbench *w, struct session *s)
{
	if (getenv("POSEDGE_TEST_DIGESTS")) {
		tell_digest(s, NULL);
		session_watch(s, tell_digest, s);
	}
	host_session(w, s);
}

static const struct ports ports = {
	.commands = commands,
	.backends = backend_table,
	.find_backends = local_find_usual,
	.simulators = simulator_table,
	.viewers = viewer_table,
	.revisions = &revisions_git,
	.prover = &prover_yosys,
	.confine = &confine_bwrap,
	.open_remote = mcp_http_open,
	.open_trace = trace_open,
	.open_trace_part = trace_open_part,
	.digest = digest_tell,
	.protection = sandbox_describe,
	.terminal = terminal_notes,
	.load_plugin = host_load,
	.plugins_session = on_session,
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

	crash_install();
	cJSON_InitHooks(&hooks);
	set_test_failure();
	return cli_main(argc, argv, &ports);
}
