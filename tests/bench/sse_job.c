/* The cost of a stream: "sse_job ours URL PROTOCOL" fetches it through http, sse, the
 * wire reader and the answer parser; "sse_job bare FILE" only parses the JSON of each
 * chunk in a file. Prints CPU seconds. */
#include "config.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "backends/hosted/http.h"
#include "backends/wire/wire.h"
#include "session/answer/answer.h"
#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/task.h"

struct job {
	struct loop *loop;
	const char *url;
	struct str text;
	struct wire_stream stream;
	size_t bytes;
	struct err err;
};

static bool hear(void *ctx, const struct piece *p)
{
	struct job *j = ctx;

	if (p->kind == PIECE_TEXT)
		str_add(&j->text, p->text, p->len);
	return true;
}

static bool on_body(void *ctx, const char *data, size_t len)
{
	struct job *j = ctx;

	j->bytes += len;
	return wire_feed(&j->stream, data, len);
}

static void fetch(void *ctx)
{
	struct job *j = ctx;
	struct http *h = http_new(j->loop, &j->err);
	struct strv headers = STRV_INIT;
	struct http_request q = { .url = j->url,
				  .headers = &headers,
				  .body = "{}",
				  .len = 2,
				  .connect_ms = 10000,
				  .first_byte_ms = 10000,
				  .stall_ms = 10000 };
	struct http_response r = { 0 };

	strv_add(&headers, "Content-Type: application/json");
	if (h)
		http_send(h, &q, on_body, j, &r, &j->err);
	http_free(h);
	strv_free(&headers);
}

static const struct wire *wire_of(const char *protocol)
{
	static const struct wire *const all[] = { &wire_openai, &wire_responses, &wire_anthropic,
						  &wire_gemini, &wire_ollama };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (strcmp(all[i]->protocol, protocol) == 0)
			return all[i];
	return &wire_openai;
}

static bool ours(const char *url, const char *protocol)
{
	struct err err;
	struct job j = { .loop = loop_new(&err), .url = url };
	struct answer_parts parts;

	wire_begin(&j.stream, wire_of(protocol), hear, &j);
	task_start(j.loop, fetch, &j);
	while (task_count(j.loop))
		loop_turn(j.loop, true);
	answer_parse(str_cstr(&j.text), j.text.len, &parts);
	answer_parts_fini(&parts);
	str_free(&j.text);
	wire_fini(&j.stream);
	loop_free(j.loop);
	fprintf(stderr, "%zu bytes%s%s\n", j.bytes, j.err.code ? ": " : "",
		j.err.code ? j.err.text : "");
	return j.bytes > 1000 && !j.err.code;
}

static void bare(const struct str *all)
{
	const char *end = all->data + all->len;

	for (const char *p = all->data; p < end;) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((lf ? lf : end) - p);

		if (n > 6 && memcmp(p, "data: ", 6) == 0)
			cJSON_Delete(cJSON_ParseWithLength(p + 6, n - 6));
		else if (n && *p == '{')
			cJSON_Delete(cJSON_ParseWithLength(p, n));
		p = lf ? lf + 1 : end;
	}
}

int main(int argc, char **argv)
{
	struct str all = STR_INIT;
	clock_t start = clock();

	if (argc < 3)
		return 2;
	if (strcmp(argv[1], "ours") == 0) {
		if (!ours(argv[2], argc > 3 ? argv[3] : "openai"))
			return 1;
	} else {
		if (!file_read(argv[2], 0, &all, NULL))
			return 2;
		bare(&all);
		str_free(&all);
	}
	printf("%.3f\n", (double)(clock() - start) / CLOCKS_PER_SEC);
	return 0;
}
