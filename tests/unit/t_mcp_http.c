/* What a tool server behind a URL is told beside a message, and where a stream is
 * continued. The values are those that the official client sends
 * (@modelcontextprotocol/client 2.4.0). */
#include "config.h"

#include "tests/lib/case.h"

#include "backends/hosted/mcp_headers.h"
#include "backends/wire/sse.h"
#include "session/base/json.h"
#include "session/base/str.h"

#define META "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}"

static const struct {
	const char *message, *headers; /* each with LF */
	struct mcp_session session;
} cases[] = {
	{ "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"say\"," META "}}",
	  "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/call\nMcp-Name: say\n" },
	{ "{\"id\":1,\"method\":\"tools/list\",\"params\":{\"name\":\"say\"," META "}}",
	  "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/list\n" },
	{ "{\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":\"demo://gr\xc3\xb6\xc3\x9f"
	  "e/x\"," META "}}",
	  "MCP-Protocol-Version: 2026-07-28\nMcp-Method: resources/read\n"
	  "Mcp-Name: =?base64?ZGVtbzovL2dyw7bDn2UveA==?=\n" },
	{ "{\"id\":1,\"method\":\"prompts/get\",\"params\":{\"name\":\" a\\r\\nX: y\"," META "}}",
	  "MCP-Protocol-Version: 2026-07-28\nMcp-Method: prompts/get\n"
	  "Mcp-Name: =?base64?IGENClg6IHk=?=\n" },
	{ "{\"id\":1,\"method\":\"prompts/get\",\"params\":{\"name\":\"=?base64?QQ==?=\"," META
	  "}}",
	  "MCP-Protocol-Version: 2026-07-28\nMcp-Method: prompts/get\n"
	  "Mcp-Name: =?base64?PT9iYXNlNjQ/UVE9PT89?=\n" },
	{ "{\"id\":1,\"method\":\"initialize\",\"params\":{}}", "", { "s", "2025-06-18" } },
	{ "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"say\"}}",
	  "MCP-Protocol-Version: 2025-06-18\nMcp-Session-Id: s\n",
	  { "s", "2025-06-18" } },
	{ "{\"id\":1,\"result\":{}}",
	  "MCP-Protocol-Version: 2025-03-26\n",
	  { NULL, "2025-03-26" } },
};

CASE(a_message_has_its_headers)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cJSON *m = json_parse(cases[i].message, strlen(cases[i].message), NULL);
		struct strv headers = STRV_INIT;
		struct str all = STR_INIT;

		assert_non_null(m);
		mcp_headers(m, &cases[i].session, &headers);
		for (size_t h = 0; h < headers.n; h++)
			str_addf(&all, "%s\n", headers.v[h]);
		assert_string_equal(str_cstr(&all), cases[i].headers);
		str_free(&all);
		strv_free(&headers);
		cJSON_Delete(m);
	}
}

CASE(a_schema_may_want_arguments_as_headers)
{
	static const char schema[] =
		"{\"type\":\"object\",\"properties\":{"
		"\"a\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
		"\"b\":{\"type\":\"object\",\"properties\":{"
		"\"c\":{\"type\":\"integer\",\"x-mcp-header\":\"Depth\"},"
		"\"d\":{\"type\":\"boolean\",\"x-mcp-header\":\"Fast\"}}},"
		"\"e\":{\"type\":\"string\",\"x-mcp-header\":\"bad name: x\\r\\n\"},"
		"\"f\":{\"type\":\"string\",\"x-mcp-header\":\"Absent\"},"
		"\"g\":{\"type\":\"string\"}}}";
	static const char args[] = "{\"a\":\"gr\xc3\xb6\xc3\x9f"
				   "e\",\"b\":{\"c\":32,\"d\":true},\"e\":\"x\",\"f\":null,"
				   "\"g\":\"no\"}";
	cJSON *s = json_parse(schema, strlen(schema), NULL),
	      *a = json_parse(args, strlen(args), NULL);
	struct strv headers = STRV_INIT;

	assert_non_null(s);
	assert_non_null(a);
	mcp_params(s, a, &headers);
	assert_int_equal(headers.n, 3);
	assert_string_equal(headers.v[0], "Mcp-Param-Region: =?base64?Z3LDtsOfZQ==?=");
	assert_string_equal(headers.v[1], "Mcp-Param-Depth: 32");
	assert_string_equal(headers.v[2], "Mcp-Param-Fast: true");
	mcp_params(NULL, a, &headers);
	mcp_params(s, NULL, &headers);
	assert_int_equal(headers.n, 3);
	strv_free(&headers);
	cJSON_Delete(s);
	cJSON_Delete(a);
}

CASE(a_session_is_visible_ascii)
{
	char much[5000];

	memset(much, 'a', sizeof(much));
	assert_true(mcp_session_id("1868a90c-d2", 11));
	assert_false(mcp_session_id("", 0));
	assert_false(mcp_session_id("a b", 3));
	assert_false(mcp_session_id("a\r\nX: y", 7));
	assert_false(mcp_session_id("\xc3\xb6", 2));
	assert_false(mcp_session_id(much, sizeof(much)));
}

static bool on_event(void *ctx, const char *event, const char *data, size_t len)
{
	return true;
}

/* An id holds from the end of its event on: what comes after a break of the connection is
 * what came after the last whole event. */
CASE(an_id_counts_with_its_event)
{
	static const struct {
		const char *stream, *id;
		unsigned retry_ms;
	} streams[] = {
		{ "id: 1\ndata: a\n\n", "1", 0 },
		{ "id: 1\ndata: a\n\nid: 2\ndata: b\n", "1", 0 },
		{ "id: 1\ndata: a\n\ndata: b\n\n", "1", 0 },
		{ "id: 1\r\nretry: 250\r\ndata:\r\n\r\n", "1", 250 },
		{ "id: 1\n\n: alive\n\nid\n\n", "", 0 },
		{ "id: 1\n\nid: a\x01z\n\nretry: soon\n\nretry: 999999999\n\n", "1", 0 },
	};

	for (size_t i = 0; i < sizeof(streams) / sizeof(*streams); i++) {
		const char *text = streams[i].stream;
		size_t n = strlen(text);

		for (size_t cut = 0; cut <= n; cut++) {
			struct sse s = { 0 };

			assert_true(sse_feed(&s, text, cut, on_event, NULL, NULL));
			assert_true(sse_feed(&s, text + cut, n - cut, on_event, NULL, NULL));
			assert_string_equal(str_cstr(&s.id), streams[i].id);
			assert_int_equal(s.retry_ms, streams[i].retry_ms);
			sse_fini(&s);
		}
	}
}
