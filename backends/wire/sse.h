/* sse.h - an incremental parser for server-sent events. Pure.
 *
 * After the WHATWG HTML standard, "Server-sent events": lines end in LF, CR or CRLF, a
 * BOM at the very start is skipped, data lines of one event are joined by LF, comments
 * are dropped. Only SSE_NAME_MAX bytes of an event's name are kept. The last `id` and
 * `retry` are kept for a client that goes on where a stream broke off. Input may be
 * sliced anywhere. An event above SSE_MAX bytes is an error. Time is linear in the
 * input.
 */
#ifndef POSEDGE_SSE_H
#define POSEDGE_SSE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define SSE_MAX	     (16u << 20)
#define SSE_NAME_MAX 63u
#define SSE_ID_MAX   256u /* a longer id is none */

struct sse {
	struct str line;  /* the current line, across slices */
	struct str data;  /* data of the current event */
	struct str event; /* name of the current event */
	bool has_data, has_id, skip_lf;
	struct str coming; /* id of the current event */
	size_t bom;	   /* bytes of the BOM seen; 3: past it, or there is none */
	bool stopped;	   /* fn returned false */
	struct str id;	   /* of the last event that had one */
	unsigned retry_ms; /* how long to wait before going on; 0: not said */
};

/* event: its name, "" if it has none. data: without the last LF. Both are borrowed for
 * the call and NUL-terminated. Returning false stops: the rest of the input is
 * ignored. */
typedef bool sse_fn(void *ctx, const char *event, const char *data, size_t len);

/* Zero the struct first. ERR_LIMIT above SSE_MAX. */
bool sse_feed(struct sse *s, const char *bytes, size_t len, sse_fn *fn, void *ctx, struct err *err);

/* At the end of the stream: delivers an event that lacks its empty line as well, since
 * servers leave that out. */
void sse_end(struct sse *s, sse_fn *fn, void *ctx);
void sse_fini(struct sse *s);

#endif
