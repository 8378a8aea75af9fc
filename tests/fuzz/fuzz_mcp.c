/* Input of `posedge mcp`: the first byte is the slice size, the rest is what a client
 * sends. Each line that is a request, or cannot be read, gets exactly one line of
 * JSON-RPC in UTF-8, and no file of the project changes. The workbench is real, with a
 * session; its simulator is the fake one. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "session/base/jsonrpc.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/base/utf8.h"
#include "session/command/commands.h"
#include "session/option/opt.h"
#include "session/toolbox/mcp_server.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "sim/sim.h"
#include "tests/lib/tool.h"

#define INPUTS 200 /* per project: its session grows */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const struct backend_ops *const backends[] = { &backend_fake, NULL };
static const struct simulator_ops *const simulators[] = { &simulator_fake, NULL };
static const struct ports ports = { .commands = commands,
				    .backends = backends,
				    .simulators = simulators };

static const struct {
	const char *name, *text;
} files[] = {
	{ "q.v", "module q(input clk, output reg o);\n  always @(posedge clk) o <= ~o;\n"
		 "endmodule\n" },
	{ "q_tb.v", "module q_tb;\n  reg clk;\n  wire o;\n  q dut(clk, o);\n  initial begin\n"
		    "    #5 if (o !== 1) $error(\"no\");\n    $finish;\n  end\nendmodule\n" },
	{ "spec.md", "# q\n\nR1: o toggles\n" },
};
#define FILES (sizeof(files) / sizeof(*files))

static struct {
	struct workbench w;
	struct loop *loop;
	char *root;
	unsigned inputs;
} desk;

struct talk {
	const uint8_t *data;
	size_t len, answers;
	bool done;
};

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void ignore(void *ctx, const char *text, size_t len)
{
}

static void ignore_note(void *ctx, const char *line)
{
}

static void set_up(void)
{
	static const struct report quiet = { .text = ignore, .note = ignore_note, .json = ignore };

	desk.loop = loop_new(NULL);
	desk.root = tool_folder();
	for (size_t i = 0; i < FILES; i++)
		tool_write(desk.root, files[i].name, files[i].text);
	workbench_init(&desk.w, desk.loop, desk.root, &ports);
	desk.w.out = quiet;
	check(options_set(desk.w.options, "engine", "fake", NULL));
	setenv("POSEDGE_FAKE_LINT", "%Warning-WIDTH: q.v:2:1: wide", 1);
	setenv("POSEDGE_FAKE_RUN", "FAIL at 5: o is x", 1);
	check(workbench_session(&desk.w, SESSION_FULL, NULL) != NULL);
}

static void settle(void)
{
	while (task_count(desk.loop))
		loop_turn(desk.loop, false);
}

static void tear_down(void)
{
	for (size_t i = 0; i < FILES; i++) {
		char *path = path_join(desk.root, files[i].name);
		struct str now = STR_INIT;

		check(file_read(path, 0, &now, NULL) && strcmp(str_cstr(&now), files[i].text) == 0);
		str_free(&now);
		free(path);
	}
	workbench_fini(&desk.w);
	settle();
	loop_free(desk.loop);
	tool_folder_remove(desk.root);
	memset(&desk, 0, sizeof(desk));
}

static void hear(void *ctx, const char *data, size_t len)
{
	struct talk *t = ctx;

	check(len && data[len - 1] == '\n' && utf8_valid(data, len));
	for (const char *p = data, *lf; p < data + len; p = lf + 1) {
		struct jsonrpc m;

		lf = memchr(p, '\n', (size_t)(data + len - p));
		check(jsonrpc_read(p, (size_t)(lf - p), &m, NULL, NULL));
		t->answers += m.kind == JSONRPC_RESULT || m.kind == JSONRPC_ERROR;
		jsonrpc_fini(&m);
	}
}

/* Number of answers that the input must get; *open: some may be cancelled. */
static size_t expected(const char *p, size_t len, bool *open)
{
	const char *end = p + len;
	size_t n = 0;

	for (const char *lf; p < end; p = lf ? lf + 1 : end) {
		struct jsonrpc m;
		size_t k;

		lf = memchr(p, '\n', (size_t)(end - p));
		k = (size_t)((lf ? lf : end) - p);
		while (k && strchr(" \t\r\n", p[k - 1]))
			k--;
		if (k == 0)
			continue;
		if (!jsonrpc_read(p, k, &m, NULL, NULL))
			n++;
		else if (m.kind == JSONRPC_ASKS)
			n++;
		else if (m.kind == JSONRPC_TELLS &&
			 strcmp(m.method, "notifications/cancelled") == 0)
			*open = true;
		jsonrpc_fini(&m);
	}
	return n;
}

static void talk(void *ctx)
{
	struct talk *t = ctx;
	struct mcp_server *s = mcp_server_new(&desk.w, hear, t);
	size_t slice = 1 + t->data[0];

	for (size_t i = 1; i < t->len; i += slice) {
		mcp_server_feed(s, (const char *)t->data + i,
				t->len - i < slice ? t->len - i : slice);
		if (t->data[0] & 1)
			task_rest(NULL); /* requests overlap otherwise */
	}
	mcp_server_end(s);
	check(mcp_server_rest(s, NULL));
	mcp_server_free(s);
	t->done = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct talk t = { .data = data, .len = len };
	bool open = false;
	size_t want = len ? expected((const char *)data + 1, len - 1, &open) : 0;

	if (len == 0)
		return 0;
	if (!desk.loop)
		set_up();
	task_start(desk.loop, talk, &t);
	loop_run_until(desk.loop, &t.done);
	settle();
	check(open ? t.answers <= want : t.answers == want);
	if (++desk.inputs == INPUTS)
		tear_down();
	return 0;
}
