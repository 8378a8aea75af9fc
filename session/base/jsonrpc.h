/* jsonrpc.h - one message of JSON-RPC 2.0, read and written. Pure.
 *
 * Two programs send each other messages, one a line. A request has an id and is
 * answered by a result or an error with the same id; a notification has none
 * and is not answered. Both sides may ask. Batches (an array of messages) are
 * refused: neither MCP nor ACP has them.
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

#define JSONRPC_LINE_MAX (8u << 20) /* bytes of a message; depth: JSON_DEPTH */

enum { /* codes that the specification names */
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
	const cJSON *id;     /* a string or a number; NULL: TELLS, or an error of nobody's */
	const char *method;  /* ASKS, TELLS */
	const cJSON *params; /* ASKS, TELLS: object or array; NULL: none */
	const cJSON *result; /* RESULT: any JSON */
	int code;	     /* ERROR */
	const char *text;    /* ERROR; "" when it says nothing */
	const cJSON *data;   /* ERROR; NULL: none */
};

/* ERR_LIMIT for a line that is too long, ERR_PARSE for what is no JSON or no
 * message; *code (may be NULL) is what the specification calls that. On
 * failure *out holds nothing but the id, if one could be read, and is to be
 * finished all the same. A line may end with blanks, CR and LF. */
bool jsonrpc_read(const char *line, size_t len, struct jsonrpc *out, int *code, struct err *err);
void jsonrpc_fini(struct jsonrpc *m);

/* Each adds one line with its LF. params, result and data are taken over; NULL:
 * there are none (of a result: {}). id is copied; NULL: null. */
void jsonrpc_ask(struct str *out, double id, const char *method, cJSON *params);
void jsonrpc_tell(struct str *out, const char *method, cJSON *params);
void jsonrpc_result(struct str *out, const cJSON *id, cJSON *result);
void jsonrpc_error(struct str *out, const cJSON *id, int code, const char *text, cJSON *data);

#endif
