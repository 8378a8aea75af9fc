/* Text that a header cannot hold is sent as =?base64?...?=, and so is text that a reader would
 * take for that form. A server's session id is echoed only if it is printable ASCII, so that
 * it cannot inject a header.
 */
#include "config.h"

#include "backends/hosted/mcp_headers.h"

#include <string.h>

#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/base/str.h"

#define ID_MAX 4096u

/* The member of params that names what is wanted; NULL: there is none. */
static const char *name_member(const char *method)
{
	static const struct {
		const char *method, *member;
	} named[] = {
		{ "tools/call", "name" },
		{ "prompts/get", "name" },
		{ "resources/read", "uri" },
	};

	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
		if (strcmp(named[i].method, method) == 0)
			return named[i].member;
	return NULL;
}

/* True if a header can hold the text as it is, and a reader will not take it for an
 * encoded one. */
static bool is_plain(const char *text)
{
	size_t n = strlen(text);

	if (n == 0 || text[0] == ' ' || text[n - 1] == ' ' || str_starts(text, "=?base64?"))
		return false;
	for (size_t i = 0; i < n; i++)
		if (text[i] < 0x20 || text[i] >= 0x7f)
			return false;
	return true;
}

void mcp_header(const char *name, const char *value, struct strv *out)
{
	struct str coded = STR_INIT;

	if (is_plain(value)) {
		strv_addf(out, "%s: %s", name, value);
		return;
	}
	base64_encode(value, strlen(value), &coded);
	strv_addf(out, "%s: =?base64?%s?=", name, str_cstr(&coded));
	str_free(&coded);
}

void mcp_headers(const cJSON *message, const struct mcp_session *s, struct strv *out)
{
	const char *method = json_string(message, "method");
	const cJSON *params = json_object(message, "params");
	const char *revision = json_string(json_object(params, "_meta"),
					   "io.modelcontextprotocol/protocolVersion");
	const char *member = method ? name_member(method) : NULL;
	const char *name = member ? json_string(params, member) : NULL;

	if (method && revision) {
		strv_addf(out, "MCP-Protocol-Version: %s", revision);
		strv_addf(out, "Mcp-Method: %s", method);
		if (name)
			mcp_header("Mcp-Name", name, out);
		return;
	}
	if (method && strcmp(method, "initialize") == 0)
		return;
	if (s->revision)
		strv_addf(out, "MCP-Protocol-Version: %s", s->revision);
	if (s->id)
		strv_addf(out, "Mcp-Session-Id: %s", s->id);
}

bool mcp_session_id(const char *text, size_t len)
{
	if (len == 0 || len > ID_MAX)
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] <= 0x20 || text[i] >= 0x7f)
			return false;
	return true;
}
