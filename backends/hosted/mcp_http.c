/* Each message runs as an exchange, a task that posts it and hands over what comes back:
 *
 *	posts --> answer		JSON, or an event of the stream
 *	      --> stream broke off	continued from the last event's id, TRIES times
 *	      --> anything else		the call fails, the others go on
 *
 * A request waits until the notifications and answers before it have been taken, because
 * `initialized` has to arrive before the first request of a session. A call that is over
 * ends its exchange, which closes the connection; in the newest revision that is how a
 * call is cancelled, and in the older ones a notification has told it.
 *
 * After `initialized` one more exchange listens to what the server says by itself. Most
 * servers have no such stream, and say so by a status.
 */
#include "config.h"

#include "backends/hosted/mcp_http.h"

#include <stdlib.h>
#include <string.h>

#include "backends/hosted/http.h"
#include "backends/hosted/mcp_headers.h"
#include "backends/hosted/secret.h"
#include "backends/wire/sse.h"
#include "backends/wire/wire.h"
#include "session/base/json.h"
#include "session/base/jsonrpc.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/peer_link.h"
#include "session/base/task.h"

#define TRIES	    3	  /* in a row without an event */
#define RETRY_MS    1000u /* before a stream is continued, if the server does not say */
#define RETRY_MIN   100u
#define RETRY_MAX   30000u
#define CONNECT_MS  5000u  /* below the limit for a first answer */
#define LOCAL_MS    2000u  /* the same on this machine */
#define TAKEN_MS    10000u /* for a message without an answer */
#define BYE_MS	    2000u
#define ERROR_MAX   (64u << 10)
#define SCHEMAS_MAX 500 /* tools that are kept */
#define TELLS_MAX   100 /* messages without an answer that are not taken yet */
#define HEADER_MAX  8192u

struct mcp_link {
	struct peer_link base;
	struct loop *loop;
	struct http *http;
	char *who, *url, *ca;
	struct strv headers; /* those of each request; some are secrets */
	struct mcp_session session;
	cJSON *schemas; /* by tool, of those that want arguments as headers; NULL: of none */
	struct exchange *all;
	uint64_t number;	 /* of the last exchange */
	struct task_queue moved; /* an exchange has ended */
	bool ending, hard;
};

enum exchange_kind { ASKS, TELLS, LISTENS };

struct exchange {
	struct mcp_link *link;
	struct exchange *next;
	struct task *task;
	uint64_t number;
	enum exchange_kind kind;
	cJSON *message; /* LISTENS: NULL */
	struct str line;
	double id;  /* ASKS */
	bool opens; /* it is `initialize` */
	bool over;  /* nothing more is wanted */
	char *with; /* the session's id as it was sent; NULL: none */
	struct http_response r;
	struct str session;   /* as a header of the response names it */
	struct str challenge; /* www-authenticate of the response */
	struct http_wanted wanted[3];
	struct sse sse;
	size_t events;
	struct str body; /* JSON, or that of an error */
	struct err why;	 /* why reading stopped */
};

/* What comes back ------------------------------------------------------------------------ */

static bool is_stream(const struct exchange *x)
{
	return str_starts(x->r.content_type, "text/event-stream");
}

static bool is_json(const struct exchange *x)
{
	return str_starts(x->r.content_type, "application/json");
}

/* A stream has begun, however it ended: it can be gone on with. */
static bool has_stream(const struct exchange *x)
{
	return x->r.status / 100 == 2 && is_stream(x);
}

static bool is_done(const struct exchange *x)
{
	return x->over || x->link->ending;
}

static void set_text(char **to, const char *text, size_t len)
{
	free(*to);
	*to = text ? mem_strndup(text, len) : NULL;
}

/* The answer to `initialize` opens a session, in the revision it names. */
static void open_session(struct exchange *x, const char *message, size_t len)
{
	struct mcp_session *s = &x->link->session;
	cJSON *o = json_parse(message, len, NULL);
	const char *revision = json_string(json_object(o, "result"), "protocolVersion");

	if (revision && strlen(revision) == 10 && strspn(revision, "0123456789-") == 10) {
		set_text(&s->revision, revision, 10);
		set_text(&s->id,
			 mcp_session_id(str_cstr(&x->session), x->session.len)
				 ? str_cstr(&x->session)
				 : NULL,
			 x->session.len);
	}
	cJSON_Delete(o);
}

/* Keeps what a list of tools says of headers. */
static void learn_schemas(struct mcp_link *k, const char *message, size_t len)
{
	cJSON *o = json_parse(message, len, NULL);
	const cJSON *tools = json_array(json_object(o, "result"), "tools");

	if (!k->schemas)
		k->schemas = cJSON_CreateObject();
	for (const cJSON *t = tools ? tools->child : NULL; t; t = t->next) {
		const char *name = json_string(t, "name");
		const cJSON *schema = json_object(t, "inputSchema");

		if (!name || !schema)
			continue;
		cJSON_DeleteItemFromObjectCaseSensitive(k->schemas, name);
		if (cJSON_GetArraySize(k->schemas) < SCHEMAS_MAX)
			cJSON_AddItemToObject(k->schemas, name, cJSON_Duplicate(schema, true));
	}
	cJSON_Delete(o);
}

static void receive(struct exchange *x, const char *message, size_t len)
{
	const char *method = json_string(x->message, "method");

	if (x->opens && !x->over)
		open_session(x, message, len);
	if (method && strcmp(method, "tools/list") == 0 &&
	    memmem(message, len, "x-mcp-header", strlen("x-mcp-header")))
		learn_schemas(x->link, message, len);
	peer_receive(x->link->base.peer, message, len);
}

/* An event without data only brings an id. */
static bool on_event(void *ctx, const char *event, const char *data, size_t len)
{
	struct exchange *x = ctx;

	x->events++;
	if (len && (!event[0] || strcmp(event, "message") == 0))
		receive(x, data, len);
	return !is_done(x);
}

static bool on_body(void *ctx, const char *data, size_t len)
{
	struct exchange *x = ctx;

	if (x->r.status / 100 != 2) {
		str_add(&x->body, data, len < ERROR_MAX ? len : ERROR_MAX);
		return x->body.len < ERROR_MAX;
	}
	if (x->kind == TELLS)
		return false;
	if (is_stream(x))
		return sse_feed(&x->sse, data, len, on_event, x, &x->why) && !is_done(x);
	if (!is_json(x) || x->kind == LISTENS)
		return false;
	if (x->body.len + len > JSONRPC_LINE_MAX)
		return err_set(&x->why, ERR_LIMIT, "its answer is larger than %u MB",
			       JSONRPC_LINE_MAX >> 20);
	str_add(&x->body, data, len);
	return true;
}

/* The next step after a refusal: it depends on what the server asks for. */
static const char *login_of(const struct exchange *x)
{
	static const char *const oauth[] = { "resource_metadata", "authorization_uri", "oauth" };
	const char *challenge = str_cstr(&x->challenge);

	for (size_t i = 0; i < sizeof(oauth) / sizeof(*oauth); i++)
		if (strcasestr(challenge, oauth[i]))
			return "it wants a login by OAuth, which is not supported: make a token "
			       "on its web page, if it has them, and give it with key=";
	return "key= or header.NAME= gives a key, other ways to log in are not supported";
}

/* Why a response with an error status is one. */
static bool explain(const struct exchange *x, struct err *err)
{
	cJSON *o = json_parse(str_cstr(&x->body), x->body.len, NULL);
	const char *text = wire_error_text(o), *url = x->link->url;
	long status = x->r.status;

	if (status / 100 == 3)
		err_set(err, ERR_NET, "%s points elsewhere (%ld), which is not followed", url,
			status);
	else if (status == 401 || status == 403)
		err_set(err, ERR_AUTH, "%s refused us (%ld)%s%.200s; %s", url, status,
			text ? ": " : "", text ? text : "", login_of(x));
	else if (status == 404 && x->with)
		err_set(err, ERR_NOT_FOUND, "%s has ended the session (404)", url);
	else if (status == 404 || status == 405)
		err_set(err, ERR_TOOL,
			"no server of tools takes messages at %s (%ld)%s%.200s; for the older "
			"HTTP+SSE, with two addresses, add a bridge program: cmd= and network=on",
			url, status, text ? ": " : "", text ? text : "");
	else
		err_set(err, ERR_TOOL, "%s answered %ld: %.200s", url, status,
			text ? text : "it gives no reason");
	cJSON_Delete(o);
	return false;
}

/* A response to a request whose call is not over. */
static bool judge(struct exchange *x, struct err *err)
{
	const struct http_response *r = &x->r;

	if (x->why.code != ERR_NONE)
		return err_copy(err, &x->why);
	if (r->status / 100 != 2)
		return explain(x, err);
	if (is_stream(x)) {
		sse_end(&x->sse, on_event, x);
	} else if (is_json(x)) {
		receive(x, str_cstr(&x->body), x->body.len);
		if (!x->over)
			return err_set(err, ERR_PARSE, "it answers with another message");
	} else if (r->any_byte || r->content_type[0]) {
		return err_set(err, ERR_PARSE,
			       "it answers with %s, which is neither JSON nor a "
			       "stream of events",
			       r->content_type[0] ? r->content_type : "something of no type");
	} else {
		return err_set(err, ERR_PARSE, "it took the request and answered nothing (%ld)",
			       r->status);
	}
	return true;
}

/* Requests ------------------------------------------------------------------------------- */

static void add_common(const struct exchange *x, struct strv *headers)
{
	strv_addall(headers, &x->link->headers);
	mcp_headers(x->message, &x->link->session, headers);
	if (!x->link->session.revision && x->link->schemas) {
		const cJSON *params = json_object(x->message, "params");
		const char *tool = json_string(params, "name");

		if (tool)
			mcp_params(json_object(x->link->schemas, tool),
				   json_object(params, "arguments"), headers);
	}
}

static struct http_request request_of(struct exchange *x, const struct strv *headers)
{
	return (struct http_request){ .url = x->link->url,
				      .headers = headers,
				      .ca = x->link->ca,
				      .connect_ms =
					      http_is_local(x->link->url) ? LOCAL_MS : CONNECT_MS,
				      .wanted = x->wanted };
}

static bool post(struct exchange *x, struct err *err)
{
	struct strv headers = STRV_INIT;
	struct http_request q = request_of(x, &headers);
	const char *id = x->opens ? NULL : x->link->session.id;
	bool ok;

	q.body = x->line.data;
	q.len = x->line.len;
	/* The call itself knows how long to wait for its answer. */
	q.first_byte_ms = q.stall_ms = x->kind == TELLS ? TAKEN_MS : 0;
	set_text(&x->with, id, id ? strlen(id) : 0);
	add_common(x, &headers);
	strv_add(&headers, "Content-Type: application/json");
	strv_add(&headers, "Accept: application/json, text/event-stream");
	ok = http_send(x->link->http, &q, on_body, x, &x->r, err);
	headers_wipe(&headers);
	/* Not reached is another thing than silent: what is tried of a silent one would wait
	 * as long again. */
	if (!ok && err->code == ERR_TIMEOUT && !x->r.status)
		err->code = ERR_NET;
	return ok;
}

/* Opens the server's stream, or goes on with one. */
static bool get(struct exchange *x, struct err *err)
{
	struct strv headers = STRV_INIT;
	struct http_request q = request_of(x, &headers);
	bool ok;

	add_common(x, &headers);
	strv_add(&headers, "Accept: text/event-stream");
	if (x->sse.id.len)
		strv_addf(&headers, "Last-Event-ID: %s", str_cstr(&x->sse.id));
	str_clear(&x->sse.line);
	str_clear(&x->sse.data);
	str_clear(&x->sse.event);
	x->sse.has_data = x->sse.has_id = x->sse.skip_lf = false;
	ok = http_send(x->link->http, &q, on_body, x, &x->r, err);
	headers_wipe(&headers);
	if (ok && !has_stream(x))
		ok = err_set(err, ERR_NET, "its stream cannot be continued (%ld)", x->r.status);
	return ok;
}

static bool wait_to_retry(struct exchange *x, struct err *err)
{
	unsigned ms = x->sse.retry_ms ? x->sse.retry_ms : RETRY_MS;

	ms = ms < RETRY_MIN ? RETRY_MIN : ms > RETRY_MAX ? RETRY_MAX : ms;
	return task_sleep(x->link->loop, ms, err);
}

/* Goes on with a stream while it brings events; TRIES times without. */
static bool follow(struct exchange *x, struct err *err)
{
	unsigned tries = 0;
	bool ok = true;

	while (!is_done(x) && tries < TRIES && x->why.code == ERR_NONE) {
		size_t before = x->events;

		if (!wait_to_retry(x, err))
			return false;
		ok = get(x, err);
		if (!ok && (err->code == ERR_CANCELLED || (x->r.status && !has_stream(x))))
			break;
		tries = x->events > before ? 0 : tries + 1;
	}
	if (x->why.code != ERR_NONE)
		return err_copy(err, &x->why);
	return ok;
}

/* Exchanges ------------------------------------------------------------------------------ */

static bool has_earlier(const struct exchange *x)
{
	for (const struct exchange *e = x->link->all; e; e = e->next)
		if (e->kind == TELLS && e->number < x->number)
			return true;
	return false;
}

static size_t untaken(const struct mcp_link *k)
{
	size_t n = 0;

	for (const struct exchange *x = k->all; x; x = x->next)
		n += x->kind == TELLS;
	return n;
}

static void end_exchange(struct exchange *x)
{
	struct exchange **at = &x->link->all;

	while (*at != x)
		at = &(*at)->next;
	*at = x->next;
	task_queue_wake(&x->link->moved);
	cJSON_Delete(x->message);
	sse_fini(&x->sse);
	str_free(&x->line);
	str_free(&x->body);
	str_free(&x->session);
	str_free(&x->challenge);
	free(x->with);
	free(x);
}

static struct exchange *begin_exchange(struct mcp_link *k, enum exchange_kind kind,
				       void (*run)(void *ctx))
{
	struct exchange *x = mem_zalloc(sizeof(*x));

	*x = (struct exchange){ .link = k,
				.next = k->all,
				.kind = kind,
				.number = ++k->number,
				.session = STR_LIMIT(HEADER_MAX),
				.challenge = STR_LIMIT(HEADER_MAX),
				.wanted = { { "mcp-session-id", &x->session },
					    { "www-authenticate", &x->challenge } } };
	k->all = x;
	x->task = task_start(k->loop, run, x);
	task_name(x->task, "message to a tool server");
	return x;
}

static void stop(struct exchange *x)
{
	x->over = true;
	if (x->task != task_self())
		task_cancel(x->task);
}

static void stop_listening(struct mcp_link *k)
{
	for (struct exchange *x = k->all; x; x = x->next)
		if (x->kind == LISTENS)
			stop(x);
}

static void listen_to(void *ctx)
{
	struct exchange *x = ctx;
	struct err why;

	if (get(x, &why) || has_stream(x))
		follow(x, &why);
	end_exchange(x);
}

/* The answer to its call has come, or why there is none is said. */
static void run_call(struct exchange *x)
{
	struct mcp_link *k = x->link;
	struct err why = { 0 };
	bool ok = post(x, &why);

	if (ok && !is_done(x))
		ok = judge(x, &why);
	if (!is_done(x) && x->sse.id.len && x->why.code == ERR_NONE && why.code != ERR_CANCELLED)
		ok = follow(x, &why);
	if (!ok && why.code == ERR_NOT_FOUND && k->session.id && x->with &&
	    strcmp(k->session.id, x->with) == 0) {
		set_text(&k->session.id, NULL, 0);
		stop_listening(k);
	}
	if (x->over)
		return;
	if (ok)
		err_set(&why, ERR_PARSE, "its answer ended before the result");
	peer_call_failed(k->base.peer, x->id, &why);
}

static void run_tell(struct exchange *x)
{
	const char *method = json_string(x->message, "method");
	struct err why = { 0 };
	bool ok = post(x, &why);

	if (!ok || x->r.status / 100 != 2) {
		log_line("mcp", "%s did not take %s: status %ld %s", x->link->who,
			 method ? method : "an answer", x->r.status, ok ? "" : why.text);
		return;
	}
	if (method && strcmp(method, "notifications/initialized") == 0 && !is_done(x)) {
		stop_listening(x->link);
		begin_exchange(x->link, LISTENS, listen_to);
	}
}

static void run(void *ctx)
{
	struct exchange *x = ctx;

	while (has_earlier(x) && !task_cancelled(task_self()))
		task_queue_wait(&x->link->moved);
	if (x->kind == ASKS)
		run_call(x);
	else
		run_tell(x);
	end_exchange(x);
}

/* The link ------------------------------------------------------------------------------- */

static void over(struct peer_link *base, double id)
{
	struct mcp_link *k = (struct mcp_link *)base;

	for (struct exchange *x = k->all; x; x = x->next)
		if (x->kind == ASKS && x->id == id && !x->over)
			stop(x);
}

/* True: the newest revision cancels by closing the connection, and knows no such
 * notification over HTTP. */
static bool cancels(struct mcp_link *k, const cJSON *message)
{
	const char *method = json_string(message, "method");

	if (k->session.revision || !method || strcmp(method, "notifications/cancelled") != 0)
		return false;
	for (struct exchange *x = k->all; x; x = x->next)
		if (x->kind == ASKS && x->task != task_self() &&
		    x->id == json_number(json_object(message, "params"), "requestId", -1))
			task_cancel(x->task);
	return true;
}

static bool send_http(struct peer_link *base, const char *line, size_t len, struct err *err)
{
	struct mcp_link *k = (struct mcp_link *)base;
	cJSON *message = json_parse(line, len, NULL);
	const char *method = json_string(message, "method");
	const cJSON *id = json_get(message, "id");
	enum exchange_kind kind = method && id ? ASKS : TELLS;
	struct exchange *x;

	if (k->ending || cancels(k, message)) {
		cJSON_Delete(message);
		return true;
	}
	if (kind == TELLS && untaken(k) >= TELLS_MAX) {
		cJSON_Delete(message);
		return err_set(err, ERR_LIMIT, "%d messages wait to be taken", TELLS_MAX);
	}
	x = begin_exchange(k, kind, run);
	x->message = message;
	x->id = method ? json_number(message, "id", -1) : -1;
	x->opens = method && strcmp(method, "initialize") == 0;
	str_add(&x->line, line, len);
	return true;
}

static void say_goodbye(struct mcp_link *k)
{
	struct strv headers = STRV_INIT;
	struct http_request q = { .url = k->url,
				  .method = "DELETE",
				  .headers = &headers,
				  .ca = k->ca,
				  .connect_ms = BYE_MS,
				  .first_byte_ms = BYE_MS,
				  .stall_ms = BYE_MS };
	struct exchange none = { .link = k, .kind = TELLS };
	struct err why;

	add_common(&none, &headers);
	if (!http_send(k->http, &q, on_body, &none, &none.r, &why))
		log_line("mcp", "%s: its session is left open: %s", k->who, why.text);
	str_free(&none.body);
	headers_wipe(&headers);
}

static void run_end(void *ctx)
{
	struct mcp_link *k = ctx;

	while (k->all)
		task_queue_wait(&k->moved);
	if (k->session.id && !k->hard)
		say_goodbye(k);
	peer_ended(k->base.peer, "was ended");
}

static void end_http(struct peer_link *base, bool hard)
{
	struct mcp_link *k = (struct mcp_link *)base;

	k->hard |= hard;
	if (k->ending)
		return;
	k->ending = true;
	for (struct exchange *x = k->all; x; x = x->next)
		stop(x);
	task_name(task_start(k->loop, run_end, k), "end of a tool server");
}

static void free_http(struct peer_link *base)
{
	struct mcp_link *k = (struct mcp_link *)base;

	http_free(k->http);
	headers_wipe(&k->headers);
	free(k->session.id);
	free(k->session.revision);
	cJSON_Delete(k->schemas);
	free(k->who);
	free(k->url);
	free(k->ca);
	free(k);
}

static const struct peer_link_ops http_ops = {
	.send = send_http, .over = over, .end = end_http, .free = free_http
};

static bool read_headers(struct mcp_link *k, const struct remote_spec *spec, struct err *err)
{
	const struct secret_reader from = { k->loop, spec->secret, spec->ctx };
	struct str key = STR_INIT;
	bool ok = true, secret = spec->key != NULL;

	if (spec->key) {
		char *who = str_fmt("%s: its key", spec->who);

		ok = secret_read(&from, spec->key, who, &key, err);
		if (ok)
			strv_addf(&k->headers, "Authorization: Bearer %s", str_cstr(&key));
		secret_wipe(&key);
		free(who);
	}
	for (size_t i = 0; ok && i < spec->headers->n; i++) {
		secret |= secret_is_one(strchr(spec->headers->v[i], '=') + 1);
		ok = header_read(&from, spec->who, spec->headers->v[i], &k->headers, err);
	}
	if (ok && secret && str_starts(spec->url, "http://") && !http_is_local(spec->url)) {
		char *line = str_fmt("%s: the key goes unencrypted to %s", spec->who, spec->url);

		spec->note(spec->ctx, line);
		free(line);
	}
	return ok;
}

struct peer_link *mcp_http_open(struct loop *l, const struct remote_spec *spec, struct err *err)
{
	struct mcp_link *k = mem_zalloc(sizeof(*k));

	*k = (struct mcp_link){ .base = { .ops = &http_ops },
				.loop = l,
				.who = mem_strdup(spec->who),
				.url = mem_strdup(spec->url),
				.ca = mem_strdup(spec->ca) };
	if (read_headers(k, spec, err)) {
		k->http = http_new(l, err);
		if (k->http)
			return &k->base;
		err_prefix(err, "%s", spec->who);
	}
	free_http(&k->base);
	return NULL;
}
