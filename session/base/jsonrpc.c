/* JSON-RPC 2.0, one message per line, as MCP and ACP use it. The members alone
 * decide the kind of a message: a method with an id is a request, a method without
 * one a notification, anything else an answer. An error may have a null id, when
 * the other side could not read ours. Batches are refused: neither protocol uses
 * them.
 */
#include "config.h"

#include "session/base/jsonrpc.h"

#include <string.h>

#include "session/base/json.h"

static bool wrong(int *code, struct err *err, const char *why)
{
	if (code)
		*code = JSONRPC_REQUEST;
	return err_set(err, ERR_PARSE, "%s", why);
}

static bool is_id(const cJSON *id)
{
	return cJSON_IsString(id) || cJSON_IsNumber(id);
}

/* A message with a method is a request or a notification; any other is an answer. */
static bool sort_out(struct jsonrpc *m, int *code, struct err *err)
{
	const cJSON *method = json_get(m->all, "method"), *id = json_get(m->all, "id");
	const cJSON *params = json_get(m->all, "params"), *error = json_get(m->all, "error");

	if (!cJSON_IsObject(m->all))
		return wrong(code, err, "a message is one object");
	if (id && !is_id(id) && !(cJSON_IsNull(id) && error))
		return wrong(code, err,
			     "a request is an object with an id that is a string or a number");
	m->id = is_id(id) ? id : NULL;
	m->params = cJSON_IsObject(params) || cJSON_IsArray(params) ? params : NULL;
	m->result = json_get(m->all, "result");
	m->method = cJSON_IsString(method) ? method->valuestring : NULL;
	if (m->method) {
		m->kind = m->id ? JSONRPC_ASKS : JSONRPC_TELLS;
		if (params && !m->params && !cJSON_IsNull(params))
			return wrong(code, err,
				     "the params of a message are an object or an array");
		return true;
	}
	if (cJSON_IsObject(error)) {
		const char *text = json_string(error, "message");
		double number = json_number(error, "code", JSONRPC_INTERNAL);

		m->kind = JSONRPC_ERROR;
		m->code = number >= -1e9 && number <= 1e9 ? (int)number : JSONRPC_INTERNAL;
		m->text = text ? text : "";
		m->data = json_get(error, "data");
		return true;
	}
	m->kind = JSONRPC_RESULT;
	if (!m->result || !m->id)
		return wrong(code, err,
			     "a message has a method, or a result or an error with an id");
	return true;
}

/* The message with null for each object and list in it: what it is about, if only its
 * contents cannot be parsed. NULL: it is no object. */
static cJSON *outline(const char *line, size_t len)
{
	struct str flat = STR_INIT;
	bool in_string = false, whole = true;
	cJSON *all = NULL;

	for (size_t i = 0; i < len && whole; i++) {
		if (!in_string && flat.len && strchr("{[", line[i])) {
			size_t n = json_length(line + i, len - i);

			str_adds(&flat, "null");
			whole = n > 0;
			i += whole ? n - 1 : 0;
			continue;
		}
		if (in_string && line[i] == '\\' && i + 1 < len)
			str_addc(&flat, line[i++]);
		else if (line[i] == '"')
			in_string = !in_string;
		str_addc(&flat, line[i]);
	}
	if (whole)
		all = json_parse(str_cstr(&flat), flat.len, NULL);
	str_free(&flat);
	if (cJSON_IsObject(all))
		return all;
	cJSON_Delete(all);
	return NULL;
}

/* For a line that cannot be parsed: whoever waits for its answer can still be told. */
static void read_id(struct jsonrpc *m, const char *line, size_t len)
{
	const cJSON *id, *method;

	m->all = outline(line, len);
	id = json_get(m->all, "id");
	method = json_get(m->all, "method");
	m->id = is_id(id) ? id : NULL;
	m->method = cJSON_IsString(method) ? method->valuestring : NULL;
}

bool jsonrpc_read(const char *line, size_t len, struct jsonrpc *out, int *code, struct err *err)
{
	memset(out, 0, sizeof(*out));
	while (len && strchr(" \t\r\n", line[len - 1]))
		len--;
	if (len > JSONRPC_LINE_MAX) {
		if (code)
			*code = JSONRPC_PARSE;
		return err_set(err, ERR_LIMIT, "the message is too long");
	}
	out->all = json_parse(line, len, err);
	if (!out->all) {
		if (code)
			*code = JSONRPC_PARSE;
		read_id(out, line, len);
		return false;
	}
	return sort_out(out, code, err);
}

void jsonrpc_fini(struct jsonrpc *m)
{
	cJSON_Delete(m->all);
	memset(m, 0, sizeof(*m));
}

static cJSON *begin(void)
{
	cJSON *all = cJSON_CreateObject();

	cJSON_AddStringToObject(all, "jsonrpc", "2.0");
	return all;
}

static void end(struct str *out, cJSON *all)
{
	json_print(out, all);
	str_addc(out, '\n');
	cJSON_Delete(all);
}

void jsonrpc_request(struct str *out, double id, const char *method, cJSON *params)
{
	cJSON *all = begin();

	cJSON_AddNumberToObject(all, "id", id);
	cJSON_AddStringToObject(all, "method", method);
	if (params)
		cJSON_AddItemToObject(all, "params", params);
	end(out, all);
}

void jsonrpc_notify(struct str *out, const char *method, cJSON *params)
{
	cJSON *all = begin();

	cJSON_AddStringToObject(all, "method", method);
	if (params)
		cJSON_AddItemToObject(all, "params", params);
	end(out, all);
}

static cJSON *answer(const cJSON *id)
{
	cJSON *all = begin();

	cJSON_AddItemToObject(all, "id", id ? cJSON_Duplicate(id, true) : cJSON_CreateNull());
	return all;
}

void jsonrpc_result(struct str *out, const cJSON *id, cJSON *result)
{
	cJSON *all = answer(id);

	cJSON_AddItemToObject(all, "result", result ? result : cJSON_CreateObject());
	end(out, all);
}

void jsonrpc_error(struct str *out, const cJSON *id, int code, const char *text, cJSON *data)
{
	cJSON *all = answer(id), *e = cJSON_AddObjectToObject(all, "error");

	cJSON_AddNumberToObject(e, "code", code);
	cJSON_AddStringToObject(e, "message", text);
	if (data)
		cJSON_AddItemToObject(e, "data", data);
	end(out, all);
}
