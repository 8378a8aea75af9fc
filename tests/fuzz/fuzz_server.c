/* A line from a tool server: its tools and results, once accepted, are safe for the
 * toolbox, a model and a terminal. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/jsonrpc.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/servers/server_tool.h"
#include "session/toolbox/toolbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static bool is_shown(const char *text)
{
	return utf8_valid(text, strlen(text)) && !strchr(text, '\x1b') && !strchr(text, '\r');
}

static void try_tool(const cJSON *described, bool trusted)
{
	struct server_tool t;

	if (server_tool_init(&t, "s", described, trusted)) {
		cJSON *schema = json_parse(t.schema, strlen(t.schema), NULL);
		size_t n = strspn(t.name, "abcdefghijklmnopqrstuvwxyz_0123456789");

		check(n > 0 && n <= TOOL_NAME_MAX && !t.name[n]);
		check(cJSON_IsObject(schema) && strlen(t.schema) <= TOOL_SCHEMA_MAX);
		check(is_shown(t.about) && is_shown(t.told));
		cJSON_Delete(schema);
	}
	server_tool_fini(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct jsonrpc m;
	struct str text = STR_INIT;
	int code = 0;

	if (!jsonrpc_read((const char *)data, len, &m, &code, NULL)) {
		check(code != 0);
	} else if (m.kind == JSONRPC_RESULT) {
		const cJSON *tools = json_array(m.result, "tools");

		for (const cJSON *t = tools ? tools->child : NULL; t; t = t->next) {
			try_tool(t, false);
			try_tool(t, true);
		}
		server_result_text("s", m.result, &text);
		check(is_shown(str_cstr(&text)));
	}
	str_free(&text);
	jsonrpc_fini(&m);
	return 0;
}
