/* hosted.h - the struct shared by hosted.c and hosted_options.c. For hosted*.c only.
 *
 * Map of backends/hosted: a model behind a URL, whatever its format.
 *
 *   hosted          headers, retries, timeouts
 *   hosted_options  its options on the backend line
 *   secret          reads API keys, and headers with secrets
 *   http libcurl    curl's multi interface on the loop
 *   mcp_http mcp_headers mcp_params  a tool server behind a URL
 *   local           finds servers on this machine
 */
#ifndef POSEDGE_HOSTED_H
#define POSEDGE_HOSTED_H

#include <stdbool.h>
#include <stdint.h>

#include "backends/wire/wire.h"
#include "session/base/err.h"
#include "session/base/str.h"
#include "session/model/backend.h"

struct http;
struct loop;

struct hosted {
	struct backend base;
	struct loop *loop;
	const struct wire *wire;
	struct http *http; /* created at the first question */
	char *name, *given_url, *model, *key, *ca;
	struct str key_value; /* once it has been read */
	struct strv headers;  /* "NAME=VALUE", values as given */
	struct strv texts;    /* owns the strings that settings points to */
	struct strv fields;
	struct wire_settings settings;
	uint64_t connect_ms, first_byte_ms, stall_ms, retry_base_ms;
	unsigned retries;
	uint64_t answered_ms; /* end of the last answer; 0: none */
	uint64_t busy_ms;     /* the server wants no request before; 0: it takes them */
	unsigned refused;     /* so many times in a row, at most 16 */
	bool fills;	      /* fill=on */
	void (*secret)(void *ctx, const char *key);
	void *secret_ctx;
};

/* Options of all hosted protocols with their help; the last one has no name. */
extern const struct backend_option hosted_options[];

/* Applies "NAME=VALUE" from the backend line. False with err: unknown option or bad
 * value; the only thing to do with b then is to close it. */
bool hosted_option(struct hosted *b, const struct backend_config *cfg, const char *option,
		   struct err *err);

#endif
