/* A backend that asks a model over HTTP.
 *
 *   prompt --wire--> request --http--> bytes --wire--> pieces
 *
 * Transient failures (the server is overloaded, is loading its model, or asks to wait)
 * are retried until the first piece of the answer has arrived; a later retry would
 * repeat text that the person has seen. A wait that the server asks for is shown; one
 * above RETRY_CAP_S fails the question. All questions wait while the server is busy, not
 * only the one that was refused. A server that may first have to load the model is asked
 * whether it must, and a note says so.
 *
 * The key is read at the first question and kept while the backend is open. If the
 * server refuses it, the next question reads it again.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "backends/hosted/hosted.h"
#include "backends/hosted/http.h"
#include "backends/hosted/secret.h"
#include "session/base/json.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/model/prompt.h"

#define ERROR_LIMIT  (1u << 20)
#define END_MS	     10000u /* for what follows the reason of an end */
#define MODELS_SHOWN 20u
#define RETRY_CAP_S  60.0
#define LOADING_MS   1000u   /* pause between polls of a server that loads its model */
#define TOLD_MS	     10000u  /* pause between messages about that */
#define LOADED_MS    1000u   /* limit for the question whether the model is in memory */
#define UNLOADED_MS  240000u /* a model asked more recently is taken to be there */

/* One question, on its task's stack. */
struct question {
	struct hosted *b;
	const struct wire *wire; /* the backend's format, or the one for filling a gap */
	piece_fn *piece;
	void *ctx;
	char *url;
	struct str body;
	struct strv headers;
	struct http_response response;
	struct wire_stream stream;
	struct str error; /* body of an error status */
	bool ends;	  /* it has said why it ended */
};

static const struct kind {
	const struct wire *wire;
	const struct backend_ops *ops;
} kinds[] = {
	{ &wire_openai, &backend_openai },	 { &wire_responses, &backend_responses },
	{ &wire_anthropic, &backend_anthropic }, { &wire_gemini, &backend_gemini },
	{ &wire_ollama, &backend_ollama },
};

/* Headers ------------------------------------------------------------------------- */

/* Reading the key waits; another question may have stored it meanwhile. */
static bool get_key(struct hosted *b, struct err *err)
{
	const struct secret_reader from = { b->loop, b->secret, b->secret_ctx };
	struct str value = STR_INIT;
	char *who;
	bool ok;

	if (!b->key || b->key_value.len)
		return true;
	who = str_fmt("backend %s: its key", b->name);
	ok = secret_read(&from, b->key, who, &value, err);
	if (ok && b->key_value.len == 0) {
		b->key_value = value;
		value = STR_INIT;
	}
	secret_wipe(&value);
	free(who);
	return ok;
}

static bool make_headers(struct hosted *b, bool post, struct strv *out, struct err *err)
{
	const struct secret_reader from = { b->loop, b->secret, b->secret_ctx };
	char *who = str_fmt("backend %s", b->name);
	bool ok = get_key(b, err);

	if (post) {
		strv_add(out, "Content-Type: application/json");
		strv_addf(out, "Accept: %s", b->wire->accept);
	}
	if (ok && b->key_value.len)
		strv_addf(out, "%s%s", b->wire->key_header, str_cstr(&b->key_value));
	if (b->wire->headers)
		b->wire->headers(&b->settings, out);
	for (size_t i = 0; ok && i < b->headers.n; i++)
		ok = header_read(&from, who, b->headers.v[i], out, err);
	free(who);
	return ok;
}

static struct http_request request_of(const struct hosted *b, const char *url,
				      const struct strv *headers)
{
	return (struct http_request){ .url = url,
				      .headers = headers,
				      .ca = b->ca,
				      .connect_ms = b->connect_ms,
				      .first_byte_ms = b->first_byte_ms,
				      .stall_ms = b->stall_ms };
}

static bool need_http(struct hosted *b, struct err *err)
{
	if (!b->http)
		b->http = http_new(b->loop, err);
	return b->http != NULL;
}

/* The list of models ---------------------------------------------------------------- */

/* The JSON at url, owned by the caller; what describes the purpose in errors. limit_ms
 * 0: as for a question. */
static cJSON *fetch(struct hosted *b, const char *url, const struct str *post, uint64_t limit_ms,
		    const char *what, struct err *err)
{
	struct strv headers = STRV_INIT;
	struct str body = STR_LIMIT(WIRE_BODY_MAX);
	struct http_request q = request_of(b, url, &headers);
	struct http_response r;
	cJSON *o = NULL;
	bool retry;

	if (limit_ms)
		q.connect_ms = q.first_byte_ms = q.stall_ms = limit_ms;
	q.body = post && post->len ? post->data : NULL;
	q.len = post ? post->len : 0;
	if (make_headers(b, q.body != NULL, &headers, err) && need_http(b, err) &&
	    http_send(b->http, &q, http_collect, &body, &r, err)) {
		double after = -1;

		if (r.status / 100 == 2)
			o = json_parse(str_cstr(&body), body.len, err);
		else
			wire_explain(r.status, str_cstr(&body), body.len, &retry, &after, err);
		if (!o)
			err_prefix(err, "%s at %s", what, url);
	}
	str_free(&body);
	headers_wipe(&headers);
	return o;
}

static char *url_of(const struct hosted *b, const char *path)
{
	return wire_url(b->wire, path, b->given_url ? b->given_url : b->wire->base, b->model);
}

static bool models_hosted(struct backend *base, struct strv *names, struct err *err)
{
	struct hosted *b = (struct hosted *)base;
	char *url = url_of(b, b->wire->models_path);
	cJSON *o = fetch(b, url, NULL, 0, "list the models", err);

	if (o)
		b->wire->models(o, names);
	for (size_t i = names->n; i-- > 0;)
		if (!names->v[i][0])
			strv_drop(names, i);
	cJSON_Delete(o);
	free(url);
	return o != NULL;
}

static bool fills_hosted(const struct backend *base)
{
	return ((const struct hosted *)base)->fills;
}

static bool caps_hosted(struct backend *base, struct backend_caps *out, struct err *err)
{
	struct hosted *b = (struct hosted *)base;
	struct str post = STR_INIT;
	char *url;
	cJSON *o;

	*out = (struct backend_caps){ 0 };
	if (!b->wire->caps_path)
		return err_set(err, ERR_NOT_FOUND,
			       "backend %s: %s does not say what a model can do", b->name,
			       b->wire->protocol);
	url = url_of(b, b->wire->caps_path);
	if (b->wire->caps_request)
		b->wire->caps_request(b->model, &post);
	o = fetch(b, url, &post, 0, "look at the model", err);
	if (o)
		b->wire->caps(o, b->model, out);
	cJSON_Delete(o);
	str_free(&post);
	free(url);
	return o != NULL;
}

/* Picks the server's only model if none was named. */
static bool choose_model(struct hosted *b, struct err *err)
{
	struct strv names = STRV_INIT;
	struct str list = STR_INIT;
	bool ok = true;

	if (b->model || (!models_hosted(&b->base, &names, err) && b->wire->needs_model))
		return b->model != NULL;
	if (b->model) {
		/* another question has chosen one meanwhile */
	} else if (names.n == 1) {
		b->model = mem_strdup(names.v[0]);
		b->settings.model = b->model;
	} else if (names.n > 1 || b->wire->needs_model) {
		for (size_t i = 0; i < names.n && i < MODELS_SHOWN; i++)
			str_addf(&list, "%s%s", i ? ", " : "", names.v[i]);
		ok = err_set(err, ERR_USAGE,
			     "backend %s: which model? Say model= with one of the server's: %s%s",
			     b->name, names.n ? str_cstr(&list) : "it tells none",
			     names.n > MODELS_SHOWN ? ", ..." : "");
	}
	strv_free(&names);
	str_free(&list);
	return ok;
}

/* The answer ------------------------------------------------------------------------ */

/* Some servers say why the answer ended and then neither close the connection nor mark
 * the end; they may send signs of life for ever. Counts and the mark come at once. */
static void await_end(struct question *q)
{
	const struct wire_stream *s = &q->stream;
	bool ends = s->finished && !s->goes_on;
	uint64_t wait = q->b->stall_ms < END_MS ? q->b->stall_ms : END_MS;

	if (ends != q->ends)
		http_end_within(q->b->http, ends ? wait : 0);
	q->ends = ends;
}

/* The body of an error status is not an answer. */
static bool on_body(void *ctx, const char *data, size_t len)
{
	struct question *q = ctx;

	if (q->response.status / 100 == 2) {
		bool more = wire_feed(&q->stream, data, len);

		await_end(q);
		return more;
	}
	str_add(&q->error, data, len);
	return !q->error.full;
}

static void say(struct question *q, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(struct question *q, const char *fmt, ...)
{
	struct str s = STR_INIT;
	struct piece p = { .kind = PIECE_WAIT, .usage = { -1, -1, -1, -1 } };
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	p.text = str_cstr(&s);
	p.len = s.len;
	q->piece(q->ctx, &p);
	str_free(&s);
}

static void begin(struct question *q)
{
	wire_fini(&q->stream);
	wire_begin(&q->stream, q->wire, q->piece, q->ctx);
	str_free(&q->error);
	q->error = STR_LIMIT(ERROR_LIMIT);
	q->ends = false;
}

/* Evaluates a finished response. */
static bool judge(struct question *q, bool *retry, struct err *err)
{
	struct http_response *r = &q->response;

	if (r->left_open)
		wire_settle(&q->stream);
	if (r->status / 100 == 2)
		return wire_end(&q->stream, err);
	if (r->status / 100 == 3)
		return err_set(err, ERR_NET,
			       "the server points elsewhere (%ld), which is not followed",
			       r->status);
	wire_explain(r->status, str_cstr(&q->error), q->error.len, retry, &r->retry_after_s, err);
	if (r->should_retry >= 0)
		*retry = r->should_retry;
	if (r->status == 404)
		err_prefix(err, "ask %s", q->url);
	if (err->code == ERR_AUTH)
		secret_wipe(&q->b->key_value);
	return false;
}

static bool try_once(struct question *q, bool *retry, struct err *err)
{
	struct http_request request = request_of(q->b, q->url, &q->headers);

	request.body = q->body.data;
	request.len = q->body.len;
	begin(q);
	*retry = false;
	if (http_send(q->b->http, &request, on_body, q, &q->response, err))
		return judge(q, retry, err);
	*retry = q->response.retryable && err->code == ERR_NET;
	wire_cut(&q->stream);
	return false;
}

/* Seconds before the next try: as the server asks, else doubling each time, minus a
 * random part of up to a quarter, so that clients do not all return at once. */
static double pause_s(const struct hosted *b, const struct http_response *r, unsigned tries)
{
	double s = (double)b->retry_base_ms / 1000 * (double)(1u << tries);

	if (r->retry_after_s >= 0)
		return r->retry_after_s;
	if (s > 8)
		s = 8;
	return s * (1 - (double)(loop_now_ms(b->loop) % 256) / 1024);
}

/* Adds to err that the server asks for a longer wait than RETRY_CAP_S. */
static bool too_long(double s, struct err *err)
{
	struct err why = *err;

	return err_set(err, why.code, "%s; the server asks to wait %.0f s", why.text, s);
}

/* llama-server answers 503 from its start until its model is in memory, which may take
 * minutes. Waits at most first_byte_ms. */
static bool await_model(struct question *q, bool *retry, struct err *err)
{
	struct hosted *b = q->b;
	uint64_t since = loop_now_ms(b->loop), now = since, told = since;
	bool ok = false;

	while (!ok && *retry && q->response.status == 503 &&
	       strcasestr(err->text, "loading model") && now - since < b->first_byte_ms) {
		if (now >= told)
			say(q, "the server loads its model, since %llu s",
			    (unsigned long long)(now - since) / 1000);
		told += now >= told ? TOLD_MS : 0;
		if (!task_sleep(b->loop,
				b->retry_base_ms < LOADING_MS ? b->retry_base_ms : LOADING_MS,
				err)) {
			*retry = false;
			return false;
		}
		ok = try_once(q, retry, err);
		now = loop_now_ms(b->loop);
	}
	return ok;
}

/* Loading a model may take minutes, in which nothing comes. */
static void say_unloaded(struct question *q)
{
	struct hosted *b = q->b;
	uint64_t now = loop_now_ms(b->loop);
	struct err err;
	char *url;
	cJSON *o;

	if (!b->wire->loaded_path || !b->model ||
	    (b->answered_ms && now - b->answered_ms < UNLOADED_MS))
		return;
	url = url_of(b, b->wire->loaded_path);
	o = fetch(b, url, NULL, LOADED_MS, "look for the model", &err);
	if (o && !b->wire->loaded(o, b->model))
		say(q, "%s is not loaded yet: the server loads it first", b->model);
	cJSON_Delete(o);
	free(url);
}

static bool is_busy(long status)
{
	return status == 429 || status == 503 || status == 529;
}

/* Notes for all questions how long a busy server is to be left alone, in seconds. Those
 * refused together count as one refusal. */
static double hold(struct hosted *b, const struct http_response *r, unsigned tries)
{
	uint64_t now = loop_now_ms(b->loop), until;
	double s;

	if ((now >= b->busy_ms || !b->refused) && b->refused < 16)
		b->refused++;
	s = pause_s(b, r, tries > b->refused - 1 ? tries : b->refused - 1);
	until = now + (uint64_t)(s * 1000);
	if (s <= RETRY_CAP_S && b->busy_ms < until)
		b->busy_ms = until;
	return s;
}

/* Another question was refused a moment ago. */
static bool await_turn(struct question *q, struct err *err)
{
	struct loop *l = q->b->loop;
	uint64_t now = loop_now_ms(l);

	if (now < q->b->busy_ms)
		say(q, "the server is busy: asked in %.1f s", (double)(q->b->busy_ms - now) / 1000);
	for (; now < q->b->busy_ms; now = loop_now_ms(l))
		if (!task_sleep(l, q->b->busy_ms - now, err))
			return false;
	return true;
}

static bool converse(struct question *q, struct err *err)
{
	struct hosted *b = q->b;
	bool retry = false, ok;

	if (!await_turn(q, err))
		return false;
	ok = try_once(q, &retry, err) || await_model(q, &retry, err);
	for (unsigned n = 0; !ok && retry && !q->stream.content_seen; n++) {
		double s = is_busy(q->response.status) ? hold(b, &q->response, n)
						       : pause_s(b, &q->response, n);

		if (s > RETRY_CAP_S)
			return too_long(s, err);
		if (n == b->retries)
			break;
		say(q, "retry in %.1f s%s: %s", s,
		    q->response.retry_after_s >= 0 ? ", as the server asks" : "", err->text);
		if (!task_sleep(b->loop, (uint64_t)(s * 1000), err) || !await_turn(q, err))
			return false;
		ok = try_once(q, &retry, err);
	}
	return ok;
}

static bool ask_hosted(struct backend *base, const struct prompt *p, piece_fn *piece, void *ctx,
		       struct err *err)
{
	struct hosted *b = (struct hosted *)base;
	struct question q = { .b = b, .wire = b->wire, .piece = piece, .ctx = ctx };
	bool ok =
		need_http(b, err) && choose_model(b, err) && make_headers(b, true, &q.headers, err);

	if (ok) {
		struct wire_settings s = b->settings;

		if (p->reasoning)
			s.reasoning = p->reasoning;
		if (p->fill && b->fills && b->wire->fill)
			q.wire = b->wire->fill;
		q.url = url_of(b, q.wire->ask_path);
		q.wire->request(p, &s, &q.body);
		if (b->key && str_starts(q.url, "http://") && !http_is_local(q.url))
			say(&q, "the key goes unencrypted to %s", q.url);
		say_unloaded(&q);
		ok = converse(&q, err);
		if (ok) {
			b->answered_ms = loop_now_ms(b->loop);
			b->refused = 0;
		}
	}
	wire_fini(&q.stream);
	headers_wipe(&q.headers);
	str_free(&q.error);
	str_free(&q.body);
	free(q.url);
	return ok;
}

/* The backend ---------------------------------------------------------------------------- */

static void close_hosted(struct backend *base)
{
	struct hosted *b = (struct hosted *)base;

	if (!b)
		return;
	http_free(b->http);
	secret_wipe(&b->key_value);
	strv_free(&b->headers);
	strv_free(&b->texts);
	strv_free(&b->fields);
	free(b->name);
	free(b->given_url);
	free(b->model);
	free(b->key);
	free(b->ca);
	free(b);
}

static const struct kind *kind_of(const char *protocol)
{
	size_t i = 0;

	while (strcmp(kinds[i].wire->protocol, protocol) != 0)
		i++;
	return &kinds[i];
}

static struct backend *open_hosted(struct loop *l, const struct backend_config *cfg,
				   struct err *err)
{
	struct hosted *b = mem_zalloc(sizeof(*b));
	const struct kind *kind = kind_of(cfg->protocol);
	const struct wire *wire = kind->wire;
	bool ok = true, local = http_is_local(cfg->url ? cfg->url : wire->base);

	b->base.ops = kind->ops;
	b->loop = l;
	b->wire = wire;
	b->name = mem_strdup(cfg->name);
	b->given_url = mem_strdup(cfg->url);
	b->model = mem_strdup(cfg->model);
	b->key = mem_strdup(cfg->key);
	b->secret = cfg->secret;
	b->secret_ctx = cfg->ctx;
	b->connect_ms = local ? 2000 : 10000;
	b->first_byte_ms = 300000;
	b->stall_ms = 120000;
	b->retry_base_ms = 500;
	b->retries = 2;
	b->settings.model = b->model;
	for (const char *const *o = cfg->options; ok && o && *o; o++)
		ok = hosted_option(b, cfg, *o, err) || err_prefix(err, "backend %s", b->name);
	b->settings.fields = (const char *const *)b->fields.v;
	if (!ok) {
		close_hosted(&b->base);
		return NULL;
	}
	return &b->base;
}

#define HOSTED(name, protocol_, help_)                                         \
	const struct backend_ops backend_##name = { .protocol = protocol_,     \
						    .help = help_,             \
						    .options = hosted_options, \
						    .tools = true,             \
						    .open_early = true,        \
						    .open = open_hosted,       \
						    .close = close_hosted,     \
						    .ask = ask_hosted,         \
						    .fills = fills_hosted,     \
						    .models = models_hosted,   \
						    .caps = caps_hosted }

HOSTED(openai, "openai",
       "OpenAI chat completions, and what speaks them: llama.cpp, vLLM, LM Studio, ...");
HOSTED(responses, "openai-responses", "OpenAI's Responses, and what speaks them");
HOSTED(anthropic, "anthropic", "Anthropic's Messages, and what speaks them");
HOSTED(gemini, "gemini", "Google's Gemini");
HOSTED(ollama, "ollama", "Ollama's own interface, which sets the context as it is needed");
