/* Replies of `posedge mcp`. In the newest revision each result names its kind and the
 * server, and lists give their cache lifetime; older clients get neither.
 */
#include "config.h"

#include "session/toolbox/mcp_inner.h"

#include "session/base/jsonrpc.h"

void mcp_send_error(struct mcp_request *r, int code, const char *text, cJSON *data)
{
	jsonrpc_error(r->out, r->id, code, text, data);
}

cJSON *mcp_server_info(void)
{
	cJSON *info = cJSON_CreateObject();

	cJSON_AddStringToObject(info, "name", "posedge");
	cJSON_AddStringToObject(info, "version", PACKAGE_VERSION);
	return info;
}

void mcp_send_result(struct mcp_request *r, cJSON *result)
{
	if (r->modern) {
		cJSON *meta = cJSON_AddObjectToObject(result, "_meta");

		cJSON_AddStringToObject(result, "resultType", "complete");
		cJSON_AddItemToObject(meta, MCP_META "serverInfo", mcp_server_info());
	}
	jsonrpc_result(r->out, r->id, result);
}

void mcp_send_lasting(struct mcp_request *r, cJSON *result, double ms)
{
	if (r->modern) {
		cJSON_AddNumberToObject(result, "ttlMs", ms);
		cJSON_AddStringToObject(result, "cacheScope", "private");
	}
	mcp_send_result(r, result);
}

cJSON *mcp_text(const char *text)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "type", "text");
	cJSON_AddStringToObject(o, "text", text);
	return o;
}
