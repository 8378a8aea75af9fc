/* curl's multi interface on the loop, and a task that reads from it.
 *
 * curl says which descriptors and which timer it needs; the loop tells it when they are
 * ready. The body is buffered until the task takes it; above BACKLOG the transfer
 * pauses, so that a slow reader slows down the server instead of using more memory.
 * A descriptor that brings little at a time rests in between (rest.h); cancelling and
 * keys do not wait for that.
 */
#include "config.h"

#include "backends/hosted/http.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "backends/hosted/libcurl.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/rest.h"
#include "session/base/task.h"
#include "session/base/utf8.h"

#define BACKLOG	    (1u << 20)	/* bytes of a body that may wait; one slice may exceed it */
#define HEADERS_MAX (64u << 10) /* bytes; below the limits of curl, which has no code for them */

/* curl calls on_socket with the descriptors it waits for and on_timer_wish with its
 * next timeout; the loop calls drive when something happens. */
struct http {
	struct loop *loop;
	struct libcurl curl;
	CURLM *multi;
	struct loop_timer *timer;
	struct transfer *delivers; /* its body function is being called */
	struct watched *driven;	   /* its descriptor is being read; NULL once it is gone */
	size_t read;		   /* bytes of bodies read there */
};

struct transfer {
	struct http *http;
	CURL *easy;
	struct http_response *r;
	const struct http_request *q;
	struct str in; /* part of the body not yet delivered */
	struct task *task;
	struct loop_timer *clock;
	uint64_t stall_ms, waited_ms;
	uint64_t begun_ms, first_ms; /* for the log; first_ms: time of the first byte */
	size_t received;	     /* bytes of the body so far */
	size_t headers_len;	     /* bytes of headers so far, of all blocks */
	bool headers_over;	     /* the blank line behind them has come */
	bool done, stopped, late, paused;
	bool ending; /* the clock is that of http_end_within() */
	CURLcode code;
	long refused;		   /* status of the proxy that opened no tunnel; 0: there is none */
	char why[CURL_ERROR_SIZE]; /* curl's words about it, with some of the server's; "" */
};

static void collect_done(struct http *h)
{
	CURLMsg *m;
	int left;

	while ((m = h->curl.multi_info_read(h->multi, &left))) {
		struct transfer *t = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		h->curl.easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&t);
		t->code = m->data.result;
		t->done = true;
		task_wake(t->task);
	}
}

struct watched { /* a descriptor that curl waits for */
	struct http *http;
	int fd;
	struct loop_fd *watch;
	unsigned wanted; /* events that curl waits for */
	struct rest rest;
	struct loop_timer *resting; /* runs while the descriptor rests */
};

static void end_rest(void *ctx)
{
	struct watched *w = ctx;

	rest_over(&w->rest, loop_now_ms(w->http->loop));
	loop_fd_want(w->watch, w->wanted);
}

/* len: bytes of bodies that were read. */
static void begin_rest(struct watched *w, size_t len)
{
	if (!rest_after(&w->rest, loop_now_ms(w->http->loop), len) || w->wanted != LOOP_READ)
		return;
	loop_fd_want(w->watch, 0);
	loop_timer_set(w->resting, REST_MS);
}

static void drive(void *ctx, unsigned events)
{
	struct watched *w = ctx;
	struct http *h = w->http;
	int running, mask = (events & LOOP_READ ? CURL_CSELECT_IN : 0) |
			    (events & LOOP_WRITE ? CURL_CSELECT_OUT : 0);

	h->driven = w;
	h->read = 0;
	h->curl.multi_socket_action(h->multi, w->fd, mask, &running);
	if (h->driven)
		begin_rest(w, h->read);
	h->driven = NULL;
	collect_done(h);
}

static void watched_free(struct watched *w)
{
	if (w->http->driven == w)
		w->http->driven = NULL;
	loop_fd_free(w->watch);
	loop_timer_free(w->resting);
	free(w);
}

/* curl's waits other than reading are not paused. */
static void want(struct watched *w, int what)
{
	w->wanted = (what & CURL_POLL_IN ? LOOP_READ : 0) | (what & CURL_POLL_OUT ? LOOP_WRITE : 0);
	loop_timer_stop(w->resting);
	loop_fd_want(w->watch, w->wanted);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *socket_ctx)
{
	struct http *h = ctx;
	struct watched *w = socket_ctx;

	if (what == CURL_POLL_REMOVE) {
		if (w) {
			watched_free(w);
			h->curl.multi_assign(h->multi, fd, NULL);
		}
		return 0;
	}
	if (!w) {
		w = mem_zalloc(sizeof(*w));
		w->http = h;
		w->fd = fd;
		w->resting = loop_timer_new(h->loop, end_rest, w);
		w->watch = loop_fd_new(h->loop, fd, drive, w, NULL);
		if (!w->watch) {
			watched_free(w);
			return -1;
		}
		h->curl.multi_assign(h->multi, fd, w);
	}
	want(w, what);
	return 0;
}

static void on_timer(void *ctx)
{
	struct http *h = ctx;
	int running;

	h->curl.multi_socket_action(h->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	collect_done(h);
}

static int on_timer_wish(CURLM *multi, long ms, void *ctx)
{
	struct http *h = ctx;

	if (ms < 0)
		loop_timer_stop(h->timer);
	else
		loop_timer_set(h->timer, (uint64_t)ms);
	return 0;
}

struct http *http_new(struct loop *l, struct err *err)
{
	struct http *h = mem_zalloc(sizeof(*h));

	if (!libcurl_begin(&h->curl, err)) {
		free(h);
		return NULL;
	}
	h->loop = l;
	h->multi = h->curl.multi_init();
	h->timer = loop_timer_new(l, on_timer, h);
	h->curl.multi_setopt(h->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	h->curl.multi_setopt(h->multi, CURLMOPT_SOCKETDATA, h);
	h->curl.multi_setopt(h->multi, CURLMOPT_TIMERFUNCTION, on_timer_wish);
	h->curl.multi_setopt(h->multi, CURLMOPT_TIMERDATA, h);
	return h;
}

void http_free(struct http *h)
{
	if (!h)
		return;
	h->curl.multi_cleanup(h->multi);
	loop_timer_free(h->timer);
	libcurl_end(&h->curl);
	free(h);
}

bool http_is_local(const char *url)
{
	const char *host = strstr(url, "://");
	size_t n;

	host = host ? host + 3 : url;
	n = strcspn(host, "/");
	for (size_t i = 0; i < n; i++) /* skip user:password@ */
		if (host[i] == '@') {
			host += i + 1;
			n -= i + 1;
			i = 0;
		}
	if (n >= 5 && memcmp(host, "[::1]", 5) == 0)
		return true;
	n = strcspn(host, ":/");
	return (n == 9 && memcmp(host, "localhost", 9) == 0) ||
	       (n >= 7 && memcmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == n);
}

/* Response headers. A proxy adds blocks of its own: each status line resets the response. */

static bool header_is(const char *line, size_t len, const char *name, const char **value,
		      size_t *value_len)
{
	size_t n = strlen(name);

	if (len <= n || strncasecmp(line, name, n) != 0 || line[n] != ':')
		return false;
	line += n + 1;
	len -= n + 1;
	while (len && isspace((unsigned char)*line))
		line++, len--;
	while (len && isspace((unsigned char)line[len - 1]))
		len--;
	*value = line;
	*value_len = len;
	return true;
}

/* A number of seconds, possibly fractional, or a date. -1: neither. */
static double retry_after(const struct libcurl *curl, const char *s)
{
	char *end;
	double v = strtod(s, &end);
	time_t when;

	if (end != s && *end == '\0')
		return v >= 0 && isfinite(v) ? v : -1;
	when = curl->getdate(s, NULL);
	if (when == -1)
		return -1;
	v = difftime(when, time(NULL));
	return v > 0 ? v : 0;
}

static void restart_clock(struct transfer *t)
{
	if (t->ending)
		return;
	t->waited_ms = t->stall_ms;
	if (t->stall_ms)
		loop_timer_set(t->clock, t->stall_ms);
}

/* Empties the wanted headers, or takes the value of the one that the line is. */
static void take_wanted(const struct http_request *q, const char *line, size_t len)
{
	const char *v;
	size_t vlen;

	for (const struct http_wanted *w = q->wanted; w && w->name; w++) {
		if (!line) {
			str_clear(w->value);
		} else if (header_is(line, len, w->name, &v, &vlen)) {
			str_clear(w->value);
			str_add(w->value, v, vlen);
		}
	}
}

static size_t on_header(char *line, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;
	size_t len = size * n, vlen;
	const char *v;
	char *value;

	t->headers_len += len;
	t->headers_over = len <= 2;
	if (t->headers_len > HEADERS_MAX)
		return 0;
	if (len > 5 && memcmp(line, "HTTP/", 5) == 0) {
		*t->r = (struct http_response){ .retry_after_s = -1, .should_retry = -1 };
		take_wanted(t->q, NULL, 0);
		return len;
	}
	take_wanted(t->q, line, len);
	if (header_is(line, len, "content-type", &v, &vlen)) {
		for (size_t i = 0; i < vlen && i + 1 < sizeof(t->r->content_type); i++)
			t->r->content_type[i] = (char)tolower((unsigned char)v[i]);
	} else if (header_is(line, len, "retry-after-ms", &v, &vlen)) {
		value = mem_strndup(v, vlen);
		t->r->retry_after_s = strtod(value, NULL) / 1000;
		free(value);
	} else if (header_is(line, len, "retry-after", &v, &vlen) && t->r->retry_after_s < 0) {
		value = mem_strndup(v, vlen);
		t->r->retry_after_s = retry_after(&t->http->curl, value);
		free(value);
	} else if (header_is(line, len, "x-should-retry", &v, &vlen)) {
		t->r->should_retry = vlen == 4 && strncasecmp(v, "true", 4) == 0;
	}
	return len;
}

static size_t on_body(char *data, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;

	if (!t->r->any_byte) {
		t->http->curl.easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &t->r->status);
		t->first_ms = loop_now_ms(t->http->loop);
	}
	t->r->any_byte = true;
	restart_clock(t);
	if (t->in.len > BACKLOG) { /* curl keeps this slice and delivers it again */
		t->paused = true;
		return CURL_WRITEFUNC_PAUSE;
	}
	t->received += size * n;
	t->http->read += size * n;
	str_add(&t->in, data, size * n);
	task_wake(t->task);
	return size * n;
}

static void on_late(void *ctx)
{
	struct transfer *t = ctx;

	t->late = true;
	task_wake(t->task);
}

static struct curl_slist *make_headers(const struct libcurl *curl, const struct http_request *q)
{
	struct curl_slist *l = curl->slist_append(NULL, "Expect:"); /* some proxies stall on it */

	l = curl->slist_append(l, "Accept-Encoding: identity");
	for (size_t i = 0; i < q->headers->n; i++)
		l = curl->slist_append(l, q->headers->v[i]);
	return l;
}

/* Debian's libcurl also reads the system's certificate folder, so a file adds to it. */
static void set_trust(const struct libcurl *curl, CURL *e, const char *ca)
{
	const char *file = ca ? ca : getenv("SSL_CERT_FILE");

	if (!file || !*file)
		file = getenv("CURL_CA_BUNDLE");
	if (file && *file)
		curl->easy_setopt(e, CURLOPT_CAINFO, file);
}

static void set_proxy(const struct libcurl *curl, CURL *e, const char *url)
{
	const char *no = getenv("no_proxy") ? getenv("no_proxy") : getenv("NO_PROXY");
	char *all = str_fmt("localhost,127.0.0.1,::1%s%s", no && *no ? "," : "", no ? no : "");

	if (http_is_local(url))
		curl->easy_setopt(e, CURLOPT_NOPROXY, all);
	free(all);
}

static void set_up(struct transfer *t, const struct http_request *q, struct curl_slist *headers)
{
	const struct libcurl *curl = &t->http->curl;
	CURL *e = t->easy;

	curl->easy_setopt(e, CURLOPT_PRIVATE, t);
	curl->easy_setopt(e, CURLOPT_URL, q->url);
	curl->easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
	curl->easy_setopt(e, CURLOPT_HTTPHEADER, headers);
	if (q->method)
		curl->easy_setopt(e, CURLOPT_CUSTOMREQUEST, q->method);
	if (q->body) {
		curl->easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->len);
		curl->easy_setopt(e, CURLOPT_POSTFIELDS, q->body);
	}
	curl->easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl->easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl->easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)q->connect_ms);
	curl->easy_setopt(e, CURLOPT_TCP_KEEPALIVE, 1L);
	/* Otherwise cleanup waits for a pending name lookup. */
	curl->easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
	curl->easy_setopt(e, CURLOPT_BUFFERSIZE, 128L * 1024);
	/* Compression may delay a stream, so we ask for none (make_headers) but accept any. */
	curl->easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
	curl->easy_setopt(e, CURLOPT_USERAGENT, "posedge/" PACKAGE_VERSION);
	curl->easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
	curl->easy_setopt(e, CURLOPT_HEADERDATA, t);
	curl->easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl->easy_setopt(e, CURLOPT_WRITEDATA, t);
	curl->easy_setopt(e, CURLOPT_ERRORBUFFER, t->why);
	set_trust(curl, e, q->ca);
	set_proxy(curl, e, q->url);
}

/* The proxy in the environment for url, without its user info; NULL: none. The caller frees. */
static char *proxy_of(const char *url)
{
	const char *names[] = { str_starts(url, "https:") ? "https_proxy" : "http_proxy",
				str_starts(url, "https:") ? "HTTPS_PROXY" : "all_proxy",
				"all_proxy", "ALL_PROXY" };
	const char *value = NULL, *at;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names) && !(value && *value); i++)
		value = getenv(names[i]);
	if (!value || !*value || http_is_local(url))
		return NULL;
	at = strrchr(value, '@');
	return mem_strdup(at ? at + 1 : value);
}

/* The proxy may be what refused, so it is named. */
static bool explain_connection(const struct transfer *t, const char *url, struct err *err)
{
	char *proxy = proxy_of(url);

	if (t->code == CURLE_COULDNT_RESOLVE_PROXY)
		err_set(err, ERR_NET, "ask %s: there is no host of the name of the proxy %s", url,
			proxy ? proxy : "");
	else if (t->code == CURLE_COULDNT_CONNECT && proxy)
		err_set(err, ERR_NET,
			"ask %s: connection refused by the proxy %s, or by what it connects to",
			url, proxy);
	else if (t->code == CURLE_COULDNT_CONNECT)
		err_set(err, ERR_NET, "ask %s: connection refused; is the server running?", url);
	else
		err_set(err, ERR_NET, "ask %s: there is no such host", url);
	free(proxy);
	return false;
}

static bool explain_tunnel(const struct transfer *t, const char *url, struct err *err)
{
	char *proxy = proxy_of(url);

	if (t->refused == 407)
		err_set(err, ERR_AUTH,
			"ask %s: the proxy %s wants a name and a password (407): they stand before "
			"its host in https_proxy",
			url, proxy ? proxy : "");
	else
		err_set(err, ERR_NET, "ask %s: the proxy %s refused the connection (%ld)", url,
			proxy ? proxy : "", t->refused);
	free(proxy);
	return false;
}

/* ca= helps only against an unknown authority, which curl's words tell from a wrong
 * name and an expired date. */
static bool explain_certificate(const struct transfer *t, const char *url, struct err *err)
{
	struct str why = STR_INIT;

	utf8_show(t->why, strcspn(t->why, "\r\n"), &why);
	err_set(err, ERR_AUTH,
		"ask %s: its certificate is not trusted: %.200s; ca=FILE or SSL_CERT_FILE names "
		"other authorities",
		url, why.len ? str_cstr(&why) : t->http->curl.easy_strerror(t->code));
	str_free(&why);
	return false;
}

/* A line above curl's own limit is not passed to on_header(). */
static bool has_long_headers(const struct transfer *t)
{
	return t->headers_len > HEADERS_MAX || (t->code == CURLE_OUT_OF_MEMORY && !t->headers_over);
}

/* The message for a failed transfer. The URL is the person's own; headers are never shown. */
static bool explain(const struct transfer *t, const char *url, struct err *err)
{
	if (t->refused)
		return explain_tunnel(t, url, err);
	if (has_long_headers(t))
		return err_set(err, ERR_LIMIT,
			       "ask %s: the server's answer has more than %u KB of headers", url,
			       HEADERS_MAX >> 10);
	switch (t->code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
		return explain_connection(t, url, err);
	case CURLE_OPERATION_TIMEDOUT:
		return err_set(err, ERR_TIMEOUT, "ask %s: no connection within its time", url);
	case CURLE_GOT_NOTHING:
		return err_set(err, ERR_NET,
			       "ask %s: the server closed the connection without an answer", url);
	case CURLE_PARTIAL_FILE:
	case CURLE_RECV_ERROR:
	case CURLE_HTTP2_STREAM:
		return err_set(err, ERR_NET, "ask %s: the connection was lost", url);
	/* A bad certificate stays bad: not ERR_NET, which is retried. */
	case CURLE_PEER_FAILED_VERIFICATION:
		return explain_certificate(t, url, err);
	case CURLE_SSL_CONNECT_ERROR:
		return err_set(err, ERR_NET,
			       "ask %s: no encryption could be agreed on; does the server speak "
			       "http:// there?",
			       url);
	case CURLE_BAD_CONTENT_ENCODING:
		return err_set(err, ERR_NET,
			       "ask %s: the answer is compressed in a way that cannot be read",
			       url);
	case CURLE_OUT_OF_MEMORY: /* curl's limit for what one slice unpacks to */
		return err_set(
			err, ERR_LIMIT,
			"ask %s: the answer is compressed, and too large when it is unpacked", url);
	case CURLE_SSL_CACERT_BADFILE:
		return err_set(
			err, ERR_USAGE,
			"ask %s: the file of certificates (ca=, SSL_CERT_FILE) cannot be read",
			url);
	case CURLE_UNSUPPORTED_PROTOCOL: /* curl's code for an answer without a status line, too */
		if (str_starts(url, "http://") || str_starts(url, "https://"))
			return err_set(err, ERR_NET, "ask %s: what answers there is no HTTP", url);
		/* fall through */
	case CURLE_URL_MALFORMAT:
		return err_set(err, ERR_USAGE, "ask %s: this is not an http or https address", url);
	default:
		return err_set(err, ERR_NET, "ask %s: %s", url,
			       t->http->curl.easy_strerror(t->code));
	}
}

/* Delivers the body until the transfer is over. Bytes that the loop collects in one
 * turn are taken in the same turn. */
static bool take_body(struct transfer *t, http_body_fn *body, void *ctx, struct err *err)
{
	struct str taken = STR_INIT;
	bool ok = true;

	while (ok && !t->stopped && (t->in.len || (!t->done && !t->late))) {
		struct str swap = taken;

		if (t->in.len == 0) {
			ok = task_wait(err);
			continue;
		}
		taken = t->in;
		t->in = swap;
		t->http->delivers = t;
		t->stopped = !body(ctx, taken.data, taken.len);
		t->http->delivers = NULL;
		str_clear(&taken);
		if (t->paused && !t->stopped) {
			t->paused = false;
			t->http->curl.easy_pause(t->easy, CURLPAUSE_CONT);
		}
	}
	str_free(&taken);
	str_free(&t->in);
	return ok;
}

void http_end_within(struct http *h, uint64_t ms)
{
	struct transfer *t = h->delivers;

	t->ending = ms != 0;
	loop_timer_set(t->clock, ms ? ms : t->stall_ms);
}

/* Logs the request without the parts of the URL that may be secret: user, password, query. */
static void say(const struct transfer *t, const struct http_request *q, bool ok)
{
	const char *host = strstr(q->url, "://"), *at;
	size_t scheme, n;

	host = host ? host + 3 : q->url;
	scheme = (size_t)(host - q->url);
	n = strcspn(host, "/?#");
	at = memrchr(host, '@', n);
	host = at ? at + 1 : host;
	log_line("http",
		 "%s %.*s%.*s: %zu bytes sent, status %ld, %zu bytes received, first after %llu "
		 "ms, all after %llu ms%s",
		 q->method ? q->method
		 : q->body ? "POST"
			   : "GET",
		 (int)scheme, q->url, (int)strcspn(host, "?#"), host, q->body ? q->len : 0,
		 t->r->status, t->received,
		 t->r->any_byte ? (unsigned long long)(t->first_ms - t->begun_ms) : 0,
		 (unsigned long long)(loop_now_ms(t->http->loop) - t->begun_ms),
		 !ok			 ? ", cancelled"
		 : t->stopped		 ? ", as much as was wanted"
		 : t->ending && !t->done ? ", left open at its end"
		 : !t->done		 ? ", nothing came any more"
		 : t->code == 0		 ? ""
					 : ", failed");
}

/* For https a proxy answers before the server is reached. */
static long tunnel_status(const struct transfer *t)
{
	long status = 0;

	t->http->curl.easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &status);
	return status >= 300 ? status : 0;
}

bool http_collect(void *ctx, const char *data, size_t len)
{
	struct str *s = ctx;

	str_add(s, data, len);
	return !s->full;
}

bool http_send(struct http *h, const struct http_request *q, http_body_fn *body, void *ctx,
	       struct http_response *r, struct err *err)
{
	struct transfer t = { .http = h,
			      .easy = h->curl.easy_init(),
			      .r = r,
			      .q = q,
			      .task = task_self(),
			      .stall_ms = q->stall_ms,
			      .waited_ms = q->first_byte_ms,
			      .begun_ms = loop_now_ms(h->loop) };
	struct curl_slist *headers = make_headers(&h->curl, q);
	bool ok;

	*r = (struct http_response){ .retry_after_s = -1, .should_retry = -1 };
	t.clock = loop_timer_new(h->loop, on_late, &t);
	if (q->first_byte_ms)
		loop_timer_set(t.clock, q->first_byte_ms);
	set_up(&t, q, headers);
	h->curl.multi_add_handle(h->multi, t.easy);
	ok = take_body(&t, body, ctx, err);
	h->curl.easy_getinfo(t.easy, CURLINFO_RESPONSE_CODE, &r->status);
	t.refused = tunnel_status(&t);
	say(&t, q, ok);
	h->curl.multi_remove_handle(h->multi, t.easy);
	h->curl.easy_cleanup(t.easy);
	h->curl.slist_free_all(headers);
	loop_timer_free(t.clock);
	if (!ok)
		return false;
	r->retryable = !r->any_byte;
	r->left_open = t.ending && !t.done && !t.stopped;
	if (t.stopped || r->left_open)
		return true;
	if (!t.done)
		return err_set(err, ERR_TIMEOUT, "ask %s: nothing came for %.0f s", q->url,
			       (double)t.waited_ms / 1000);
	return t.code == CURLE_OK || explain(&t, q->url, err);
}
