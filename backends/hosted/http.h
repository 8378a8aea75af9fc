/* http.h - sends one request and streams its response; the only user of libcurl.
 *
 * curl's multi interface on the loop, seen from a task as a call that waits. Three
 * timeouts: connecting, the first byte, and the pause between two bytes; none for the
 * whole request. Redirects are not followed, so a key is sent to no other host;
 * requests to this machine bypass proxies; SSL_CERT_FILE and CURL_CA_BUNDLE are
 * honoured, which libcurl itself ignores.
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
void http_free(struct http *h); /* only when no request is running; NULL is fine */

/* A header of the response that is wanted. */
struct http_wanted {
	const char *name;  /* in lower case */
	struct str *value; /* gets its value; keeps its limit */
};

struct http_request {
	const char *url;
	const char *method;	    /* NULL: POST with a body, GET without */
	const struct strv *headers; /* "Name: value" */
	const char *body;	    /* NULL: none */
	size_t len;
	const char *ca; /* file of CA certificates, in addition to the system's; NULL */
	uint64_t connect_ms, first_byte_ms, stall_ms; /* the last two 0: for ever */
	const struct http_wanted *wanted;	      /* the last one has no name; NULL: none */
};

struct http_response {
	long status;	       /* 0: no response */
	char content_type[64]; /* lower case; "" */
	double retry_after_s;  /* -1: not given */
	int should_retry;      /* -1: not given */
	bool any_byte;	       /* of the body */
	bool left_open;	       /* ended by http_end_within() */
	bool retryable;	       /* failed before anything was received, so a retry is safe */
};

/* Receives slices of the body, in the task that sends, for any status; the response is
 * filled as far as known. Returning false ends the request, which then counts as done.
 * Must not wait. */
typedef bool http_body_fn(void *ctx, const char *data, size_t len);

/* For a short body: appends it to ctx, a struct str; ends the request when that is full. */
http_body_fn http_collect;

/* In a task; several tasks may send at the same time. False: ERR_NET, ERR_TIMEOUT or
 * ERR_CANCELLED, with r filled as far as known. An HTTP error status is not a failure
 * here. */
bool http_send(struct http *h, const struct http_request *q, http_body_fn *body, void *ctx,
	       struct http_response *r, struct err *err);

/* Called by a body function: the request ends by then at the latest, as if the function
 * had returned false. The last call counts; 0 takes it back. */
void http_end_within(struct http *h, uint64_t ms);

/* True if the URL's host is this machine. */
bool http_is_local(const char *url);

#endif
