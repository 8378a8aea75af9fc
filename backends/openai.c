/* OpenAI chat completions and all that speak them: the key, the request, the
 * stream, and trying again while nothing of an answer has come. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "backends/http.h"
#include "backends/openai_wire.h"
#include "backends/sse.h"
#include "session/base/child.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"

#define BODY_LIMIT (16u << 20)	/* of what is no stream */
#define ERROR_LIMIT (1u << 20)
#define RETRY_CAP_S 60.0

struct options {
	struct openai_quirks quirks;
	uint64_t connect_ms, first_byte_ms, stall_ms, retry_base_ms;
	unsigned retries;
};

struct openai {
	struct backend base;
	struct loop *loop;
	struct http *http;	/* made at the first question */
	char *name, *url, *model, *key;
	void (*secret)(void *ctx, const char *key);
	void *secret_ctx;
	char *temperature;
	struct options o;
};

/* One question, on the stack of its task. */
struct question {
	struct openai *b;
	piece_fn *piece;
	void *ctx;
	struct str body;
	struct http_response response;
	struct sse sse;
	struct openai_stream stream;
	struct str plain;	/* what is no stream, or not known yet to be one */
	enum openai_body_kind kind;
	enum openai_state state;
	struct err err;
};

/* The key ------------------------------------------------------------------------- */

/* A key with a control byte would add headers of its own. */
static bool check_key(const char *name, struct str *key, struct err *err)
{
	while (key->len && isspace((unsigned char)key->data[key->len - 1]))
		str_cut(key, key->len - 1);
	if (key->len == 0)
		return err_set(err, ERR_AUTH, "backend %s: its key is empty", name);
	for (size_t i = 0; i < key->len; i++)
		if ((unsigned char)key->data[i] <= 0x20 || (unsigned char)key->data[i] >= 0x7f)
			return err_set(err, ERR_AUTH, "backend %s: its key holds a blank or a control character", name);
	return true;
}

static bool key_from_command(struct openai *b, const char *command, struct str *key, struct err *err)
{
	struct strv argv = STRV_INIT;
	struct child_spec spec = { .wall_ms = 30000, .output_limit = 65536 };
	struct child_result r = { 0 };
	bool ok;

	for (const char *p = command; *p;) {
		size_t n = strcspn(p, " ");

		if (n)
			strv_addn(&argv, p, n);
		p += n + (p[n] == ' ');
	}
	spec.argv = (const char *const *)argv.v;
	ok = argv.n ? child_run(b->loop, &spec, 65536, key, NULL, &r, err) :
		      err_set(err, ERR_USAGE, "backend %s: key=cmd: names no program", b->name);
	if (ok && r.status != 0)
		ok = err_set(err, ERR_AUTH, "backend %s: %s, which gives its key, failed", b->name, argv.v[0]);
	key->limit = 0;
	if (ok)
		str_cut(key, strcspn(str_cstr(key), "\n"));
	strv_free(&argv);
	return ok;
}

static bool get_key(struct openai *b, struct str *key, struct err *err)
{
	if (str_starts(b->key, "env:")) {
		const char *value = getenv(b->key + 4);

		if (!value)
			return err_set(err, ERR_AUTH, "backend %s: the environment has no %s with its key", b->name,
				       b->key + 4);
		str_adds(key, value);
	} else if (!key_from_command(b, b->key + 4, key, err)) {
		return false;
	}
	if (!check_key(b->name, key, err))
		return false;
	if (b->secret)
		b->secret(b->secret_ctx, str_cstr(key));
	return true;
}

/* The answer ------------------------------------------------------------------------ */

static bool on_data(void *ctx, const char *event, const char *data, size_t len)
{
	struct question *q = ctx;

	q->state = openai_stream_data(&q->stream, event, data, len, &q->err);
	return q->state == OPENAI_MORE;
}

static bool is_stream(const struct question *q)
{
	return q->kind == OPENAI_BODY_STREAM;
}

static bool feed(struct question *q, const char *data, size_t len)
{
	if (!sse_feed(&q->sse, data, len, on_data, q, &q->err))
		q->state = OPENAI_FAILED;
	return q->state == OPENAI_MORE;
}

/* Until the first byte that is no blank has come it is gathered. */
static bool on_body(void *ctx, const char *data, size_t len)
{
	struct question *q = ctx;

	if (is_stream(q))
		return feed(q, data, len);
	str_add(&q->plain, data, len);
	if (q->response.status / 100 == 2 && q->kind == OPENAI_BODY_UNKNOWN) {
		q->kind = openai_body_kind(str_cstr(&q->plain), q->plain.len);
		if (is_stream(q))
			return feed(q, q->plain.data, q->plain.len);
	}
	return !q->plain.full;
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

static void reset(struct question *q)
{
	sse_fini(&q->sse);
	openai_stream_fini(&q->stream);
	str_free(&q->plain);
	q->sse = (struct sse){ 0 };
	q->stream = (struct openai_stream){ .piece = q->piece, .ctx = q->ctx };
	q->plain = STR_LIMIT(BODY_LIMIT);
	q->state = OPENAI_MORE;
	q->kind = OPENAI_BODY_UNKNOWN;
	q->err = (struct err){ 0 };
}

/* After the bytes: what they were. */
static bool judge(struct question *q, bool *retry, struct err *err)
{
	const struct http_response *r = &q->response;

	*retry = false;
	if (r->status / 100 != 2) {
		if (r->status / 100 == 3)
			return err_set(err, ERR_NET, "the server points elsewhere (%ld), which is not followed", r->status);
		openai_explain(r->status, str_cstr(&q->plain), q->plain.len < ERROR_LIMIT ? q->plain.len : ERROR_LIMIT,
			       retry, err);
		if (r->should_retry >= 0)
			*retry = r->should_retry;
		return false;
	}
	if (q->kind == OPENAI_BODY_PAGE)
		return err_set(err, ERR_NET, "the server sent a web page instead of an answer; is the url right?");
	if (q->kind == OPENAI_BODY_UNKNOWN)
		return err_set(err, ERR_NET, "the server closed the connection without an answer");
	if (!is_stream(q))
		q->state = openai_whole_answer(&q->stream, str_cstr(&q->plain), q->plain.len, &q->err);
	else if (q->state == OPENAI_MORE)
		sse_end(&q->sse, on_data, q);
	if (q->state == OPENAI_FAILED) {
		openai_stream_end(&q->stream, false, NULL);
		*err = q->err;
		return false;
	}
	return openai_stream_end(&q->stream, q->state == OPENAI_WHOLE, err);
}

static bool try_once(struct question *q, const struct strv *headers, bool *retry, struct err *err)
{
	struct openai *b = q->b;
	struct http_request request = { .url = b->url, .headers = headers, .body = q->body.data, .len = q->body.len,
					.connect_ms = b->o.connect_ms, .first_byte_ms = b->o.first_byte_ms,
					.stall_ms = b->o.stall_ms };

	reset(q);
	if (http_post(b->http, &request, on_body, q, &q->response, err))
		return judge(q, retry, err);
	*retry = q->response.retryable && err->code == ERR_NET;
	if (q->response.any_byte && is_stream(q))
		openai_stream_end(&q->stream, false, NULL);
	return false;
}

/* How long before the next try: what the server says, else twice as long each
 * time, a little less by chance so that not all come back at once. */
static double pause_s(const struct openai *b, const struct http_response *r, unsigned tries)
{
	double s = (double)b->o.retry_base_ms / 1000 * (double)(1u << tries);

	if (r->retry_after_s >= 0)
		return r->retry_after_s < RETRY_CAP_S ? r->retry_after_s : RETRY_CAP_S;
	if (s > 8)
		s = 8;
	return s * (1 - (double)(loop_now_ms(b->loop) % 256) / 1024);
}

static bool converse(struct question *q, struct err *err)
{
	struct openai *b = q->b;
	struct strv headers = STRV_INIT;
	struct str key = STR_INIT;
	bool ok = !b->key || get_key(b, &key, err);
	bool retry = false;

	if (ok && !b->http)
		ok = (b->http = http_new(b->loop, err)) != NULL;
	strv_add(&headers, "Content-Type: application/json");
	strv_add(&headers, "Accept: text/event-stream");
	if (ok && key.len) {
		strv_addf(&headers, "Authorization: Bearer %s", str_cstr(&key));
		if (str_starts(b->url, "http://") && !http_is_local(b->url))
			say(q, "the key goes unencrypted to %s", b->url);
	}
	if (ok)
		ok = try_once(q, &headers, &retry, err);
	for (unsigned n = 0; !ok && retry && n < b->o.retries && !q->stream.content_seen; n++) {
		double s = pause_s(b, &q->response, n);

		say(q, "retry in %.1f s: %s", s, err->text);
		if (!task_sleep(b->loop, (uint64_t)(s * 1000), err))
			break;
		ok = try_once(q, &headers, &retry, err);
	}
	if (headers.n > 2)
		explicit_bzero(headers.v[2], strlen(headers.v[2]));
	if (key.data)
		explicit_bzero(key.data, key.len);
	strv_free(&headers);
	str_free(&key);
	return ok;
}

/* The backend ---------------------------------------------------------------------------- */

static bool set_ms(const char *value, uint64_t *out, const char *option, struct err *err)
{
	char *end;
	unsigned long v = strtoul(value, &end, 10);

	if (end == value || *end || v == 0 || v > 86400000)
		return err_set(err, ERR_USAGE, "openai: %s: milliseconds were expected", option);
	*out = v;
	return true;
}

static bool set_option(struct openai *b, const char *option, struct err *err)
{
	const char *value = strchr(option, '=') + 1;
	struct options *o = &b->o;

	if (str_starts(option, "max_tokens_field=")) {
		if (strcmp(value, "max_completion_tokens") == 0)
			o->quirks.max_tokens_field = "max_completion_tokens";
		else if (strcmp(value, "max_tokens") != 0)
			return err_set(err, ERR_USAGE, "openai: %s: max_tokens or max_completion_tokens", option);
	} else if (str_starts(option, "system_role=")) {
		if (strcmp(value, "developer") == 0)
			o->quirks.system_role = "developer";
		else if (strcmp(value, "system") != 0)
			return err_set(err, ERR_USAGE, "openai: %s: system or developer", option);
	} else if (str_starts(option, "stream_options=")) {
		o->quirks.stream_options = strcmp(value, "off") != 0;
	} else if (str_starts(option, "temperature=")) {
		char *end;
		double t = strtod(value, &end);

		if (end == value || *end || !(t >= 0 && t <= 2) || strspn(value, "0123456789.") != strlen(value))
			return err_set(err, ERR_USAGE, "openai: %s: a number from 0 to 2 was expected", option);
		free(b->temperature);
		b->temperature = mem_strdup(value);
		o->quirks.temperature = b->temperature;
	} else if (str_starts(option, "connect_ms=")) {
		return set_ms(value, &o->connect_ms, option, err);
	} else if (str_starts(option, "first_byte_ms=")) {
		return set_ms(value, &o->first_byte_ms, option, err);
	} else if (str_starts(option, "stall_ms=")) {
		return set_ms(value, &o->stall_ms, option, err);
	} else if (str_starts(option, "retry_base_ms=")) {
		return set_ms(value, &o->retry_base_ms, option, err);
	} else if (str_starts(option, "retries=")) {
		o->retries = (unsigned)strtoul(value, NULL, 10) % 11;
	} else {
		return err_set(err, ERR_USAGE, "openai: option %s is not known", option);
	}
	return true;
}

static void close_openai(struct backend *base)
{
	struct openai *b = (struct openai *)base;

	if (!b)
		return;
	http_free(b->http);
	free(b->name);
	free(b->url);
	free(b->model);
	free(b->key);
	free(b->temperature);
	free(b);
}

static struct backend *open_openai(struct loop *l, const struct backend_config *cfg, struct err *err)
{
	struct openai *b = mem_zalloc(sizeof(*b));
	bool ok = true;

	b->base.ops = &backend_openai;
	b->loop = l;
	b->name = mem_strdup(cfg->name);
	b->url = openai_url(cfg->url ? cfg->url : "https://api.openai.com/v1");
	b->model = mem_strdup(cfg->model);
	b->key = mem_strdup(cfg->key);
	b->secret = cfg->secret;
	b->secret_ctx = cfg->ctx;
	b->o = (struct options){ .quirks = { "max_tokens", "system", true, NULL },
				 .connect_ms = http_is_local(b->url) ? 2000 : 10000,
				 .first_byte_ms = 300000, .stall_ms = 120000, .retry_base_ms = 500, .retries = 2 };
	for (const char *const *o = cfg->options; ok && o && *o; o++)
		ok = set_option(b, *o, err);
	if (!ok) {
		close_openai(&b->base);
		return NULL;
	}
	return &b->base;
}

static bool ask(struct backend *base, const struct prompt *p, piece_fn *piece, void *ctx, struct err *err)
{
	struct openai *b = (struct openai *)base;
	struct question q = { .b = b, .piece = piece, .ctx = ctx };
	bool ok;

	openai_body(p, b->model, &b->o.quirks, &q.body);
	ok = converse(&q, err);
	reset(&q);
	str_free(&q.body);
	return ok;
}

const struct backend_ops backend_openai = {
	.protocol = "openai",
	.help = "OpenAI chat completions, and what speaks them: llama.cpp, vLLM, Ollama, ...",
	.open = open_openai,
	.close = close_openai,
	.ask = ask,
};
