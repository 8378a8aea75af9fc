/* jsonrpc.h - reads and writes one message of JSON-RPC 2.0. Pure.
 *
 * Two programs exchange messages, one per line. A request has an id and is answered
 * by a result or an error with the same id; a notification has no id and gets no
 * answer. Either side may send requests. Batches (an array of messages) are
 * refused: neither MCP nor ACP uses them.
 *
 * Knows no process and no method: peer.h carries the messages.
 *
 * Source: the JSON-RPC 2.0 specification, jsonrpc.org.
 */
#ifndef POSEDGE_JSONRPC_H
#define POSEDGE_JSONRPC_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define JSONRPC_LINE_MAX (8u << 20) /* bytes of one message; nesting limit: JSON_DEPTH */

enum { /* error codes of the specification */
       JSONRPC_PARSE = -32700,
       JSONRPC_REQUEST = -32600,
       JSONRPC_METHOD = -32601,
       JSONRPC_PARAMS = -32602,
       JSONRPC_INTERNAL = -32603,
};

enum jsonrpc_kind { JSONRPC_ASKS, JSONRPC_TELLS, JSONRPC_RESULT, JSONRPC_ERROR };

struct jsonrpc {
	enum jsonrpc_kind kind;
	cJSON *all;	     /* owned; the rest is borrowed from it */
	const cJSON *id;     /* a string or a number; NULL: TELLS, or an error without an id */
	const char *method;  /* ASKS, TELLS */
	const cJSON *params; /* ASKS, TELLS: object or array; NULL: none */
	const cJSON *result; /* RESULT: any JSON */
	int code;	     /* ERROR */
	const char *text;    /* ERROR; "" if it has no message */
	const cJSON *data;   /* ERROR; NULL: none */
};

/* ERR_LIMIT when the line is too long, ERR_PARSE when it is not JSON or not a
 * message; *code (may be NULL) is then the specification's error code. On failure
 * *out then holds at most the id and the method, for instance when the rest is nested too
 * deeply; call jsonrpc_fini() all the same. The line may end with blanks, CR and LF. */
bool jsonrpc_read(const char *line, size_t len, struct jsonrpc *out, int *code, struct err *err);
void jsonrpc_fini(struct jsonrpc *m);

/* Each appends one line with its LF. Takes over params, result and data; NULL means
 * none (for a result: {}). id is copied; NULL becomes null. */
void jsonrpc_request(struct str *out, double id, const char *method, cJSON *params);
void jsonrpc_notify(struct str *out, const char *method, cJSON *params);
void jsonrpc_result(struct str *out, const cJSON *id, cJSON *result);
void jsonrpc_error(struct str *out, const cJSON *id, int code, const char *text, cJSON *data);

#endif
