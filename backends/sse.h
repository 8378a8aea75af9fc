/* sse.h - a stream of server-sent events, taken apart byte by byte. Pure.
 *
 * After the WHATWG HTML standard, "Server-sent events": lines end in LF, CR or
 * CRLF, a BOM at the very start is skipped, data lines of one event are joined
 * by LF, comments are dropped. Of an event's name SSE_NAME_MAX bytes count.
 * Slices may be cut anywhere. One event above
 * SSE_MAX bytes is an error. Time is linear in the bytes fed.
 */
#ifndef POSEDGE_SSE_H
#define POSEDGE_SSE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define SSE_MAX	     (16u << 20)
#define SSE_NAME_MAX 63u

struct sse {
	struct str line;  /* of the line being read, across slices */
	struct str data;  /* of the event being read */
	struct str event; /* the name of the event being read */
	bool has_data, skip_lf;
	size_t bom;   /* bytes of it seen; 3: over, or none */
	bool stopped; /* fn said so */
};

/* event: its name, "" without one. data: without the last LF. Both are borrowed
 * for the call and followed by a NUL. False stops: the rest of what is fed is
 * ignored. */
typedef bool sse_fn(void *ctx, const char *event, const char *data, size_t len);

/* Starts as a zeroed struct. ERR_LIMIT above SSE_MAX. */
bool sse_feed(struct sse *s, const char *bytes, size_t len, sse_fn *fn, void *ctx, struct err *err);

/* At the end of the stream: an event without its empty line is handed on all
 * the same, since servers leave that out. */
void sse_end(struct sse *s, sse_fn *fn, void *ctx);
void sse_fini(struct sse *s);

#endif
