/* http.h - one request, its answer as it comes: the one home of libcurl.
 *
 * curl's multi interface on the loop, seen from a task as a call that waits.
 * Three clocks: connecting, the first byte, and the pause between two bytes;
 * there is none for the whole. Redirects are not followed, so a key goes to
 * nobody else; requests to this machine pass by proxies; SSL_CERT_FILE and
 * CURL_CA_BUNDLE count, which libcurl by itself ignores.
 */
#ifndef POSEDGE_HTTP_H
#define POSEDGE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct http;
struct loop;

struct http *http_new(struct loop *l, struct err *err);
void http_free(struct http *h); /* no request may be under way; NULL is fine */

struct http_request {
	const char *url;
	const struct strv *headers; /* "Name: value" */
	const char *body;	    /* to be posted; NULL: the address is read */
	size_t len;
	const char *ca; /* a file of certificates to trust besides the system's; NULL */
	uint64_t connect_ms, first_byte_ms, stall_ms;
};

struct http_response {
	long status;	       /* 0: none came */
	char content_type[64]; /* lower case; "" */
	double retry_after_s;  /* -1: not told */
	int should_retry;      /* -1: not told */
	bool any_byte;	       /* of the body */
	bool retryable;	       /* how it failed: before anything came */
};

/* Gets slices of the body, in the task that sends, whatever the status; the
 * response is filled up to there. False ends the request, which then counts as
 * done. It does not wait. */
typedef bool http_body_fn(void *ctx, const char *data, size_t len);

/* In a task; several may send at a time. False: ERR_NET, ERR_TIMEOUT,
 * ERR_CANCELLED, with r as far as it got. An HTTP error status is no failure
 * here. */
bool http_send(struct http *h, const struct http_request *q, http_body_fn *body, void *ctx,
	       struct http_response *r, struct err *err);

/* Whether the URL's host is this machine. */
bool http_is_local(const char *url);

#endif
