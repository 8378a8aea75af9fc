/* What a stream costs: "sse_job ours FILE" reads it through sse, the wire reader
 * and the answer's parser; "sse_job bare FILE" only parses each chunk's JSON.
 * FILE holds the body of a stream. Prints CPU seconds. */
#include "config.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "backends/openai_wire.h"
#include "backends/sse.h"
#include "session/answer.h"
#include "session/base/file.h"

struct job {
	struct str text;
	struct openai_stream stream;
};

static void hear(void *ctx, const struct piece *p)
{
	struct job *j = ctx;

	if (p->kind == PIECE_TEXT)
		str_add(&j->text, p->text, p->len);
}

static bool on_data(void *ctx, const char *data, size_t len)
{
	struct job *j = ctx;

	return openai_stream_data(&j->stream, data, len, NULL) == OPENAI_MORE;
}

static void ours(const struct str *all)
{
	struct job j = { 0 };
	struct answer to = { .piece = hear, .ctx = &j };
	struct sse s = { 0 };
	struct answer_parts parts;

	j.stream.to = &to;
	for (size_t i = 0; i < all->len; i += 16384)
		sse_feed(&s, all->data + i, all->len - i < 16384 ? all->len - i : 16384, on_data, &j, NULL);
	answer_parse(str_cstr(&j.text), j.text.len, &parts);
	answer_parts_fini(&parts);
	str_free(&j.text);
	sse_fini(&s);
}

static void bare(const struct str *all)
{
	const char *end = all->data + all->len;

	for (const char *p = all->data; p < end;) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((lf ? lf : end) - p);

		if (n > 6 && memcmp(p, "data: ", 6) == 0)
			cJSON_Delete(cJSON_ParseWithLength(p + 6, n - 6));
		p = lf ? lf + 1 : end;
	}
}

int main(int argc, char **argv)
{
	struct str all = STR_INIT;
	clock_t start;

	if (argc < 3 || !file_read(argv[2], 0, &all, NULL))
		return 2;
	start = clock();
	if (strcmp(argv[1], "ours") == 0)
		ours(&all);
	else
		bare(&all);
	printf("%.3f\n", (double)(clock() - start) / CLOCKS_PER_SEC);
	str_free(&all);
	return 0;
}
