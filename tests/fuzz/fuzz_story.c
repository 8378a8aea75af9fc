/* An untrusted journal, exported in every format. Each line gets a valid number and
 * checksum, so that the meaning of events is fuzzed and not the checksums. */
#include "config.h"

#include <assert.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/export/export.h"
#include "session/export/story.h"
#include "session/model/redact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void write_file(const char *path, const char *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || !file_write_all(fd, data, len))
		abort();
	close(fd);
}

/* Appends the line, chained to those before it; a line that is no object is skipped. */
static void add_line(const char *line, size_t len, uint64_t *n, char sum[HASH_HEX + 1],
		     struct str *out)
{
	cJSON *o = json_parse(line, len, NULL);
	struct str covered = STR_INIT;
	char *text;

	if (!cJSON_IsObject(o)) {
		cJSON_Delete(o);
		return;
	}
	while (cJSON_GetObjectItemCaseSensitive(o, "sum"))
		cJSON_DeleteItemFromObjectCaseSensitive(o, "sum");
	while (cJSON_GetObjectItemCaseSensitive(o, "n"))
		cJSON_DeleteItemFromObjectCaseSensitive(o, "n");
	cJSON_AddNumberToObject(o, "n", (double)++*n);
	text = cJSON_PrintUnformatted(o);
	if (text) {
		str_add(&covered, sum, strlen(sum));
		str_add(&covered, text, strlen(text) - 1);
		hash_text(covered.data, covered.len, sum);
		str_add(out, text, strlen(text) - 1);
		str_addf(out, ",\"sum\":\"%s\"}\n", sum);
	}
	free(text);
	cJSON_Delete(o);
	str_free(&covered);
}

/* The initial texts of the seeds' files, so that their lines have authors. */
static void write_texts(const char *dir)
{
	static const char *const texts[] = { "", "module r;\n  wire a;\nendmodule\n" };
	char hash[HASH_HEX + 1];

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		char *path;

		hash_text(texts[i], strlen(texts[i]), hash);
		path = str_fmt("%s/texts/%s", dir, hash);
		write_file(path, texts[i], strlen(texts[i]));
		free(path);
	}
}

static void write_journal(const char *dir, const char *p, const char *end)
{
	char *path = path_join(dir, "journal.jsonl"), sum[HASH_HEX + 1] = "";
	struct str out = STR_INIT;
	uint64_t n = 0;

	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));

		add_line(p, (size_t)((lf ? lf : end) - p), &n, sum, &out);
		p = lf ? lf + 1 : end;
	}
	write_file(path, str_cstr(&out), out.len);
	str_free(&out);
	free(path);
}

/* Each line is JSON and ends in LF. */
static void check_lines(const struct str *out)
{
	for (const char *p = str_cstr(out); *p;) {
		size_t n = strcspn(p, "\n");
		cJSON *o = json_parse(p, n, NULL);

		assert(o && p[n] == '\n');
		cJSON_Delete(o);
		p += n + 1;
	}
}

static void print_all(const struct story *s)
{
	static const struct export_context c = { .title = "fuzz <&>" };
	struct str out = STR_INIT;

	export_html(s, &c, &out);
	assert(utf8_valid(out.data, out.len) && !memchr(out.data, '\x1b', out.len));
	str_clear(&out);
	export_markdown(s, &c, &out);
	assert(utf8_valid(out.data, out.len) && !memchr(out.data, '\x1b', out.len));
	str_clear(&out);
	export_cast(s, &c, &out);
	check_lines(&out);
	str_clear(&out);
	export_pairs(s, &c, &out);
	check_lines(&out);
	str_clear(&out);
	export_sft(s, &c, &out);
	check_lines(&out);
	str_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *dir = str_fmt("%s/posedge-fuzz.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	char *texts = mkdtemp(dir) ? path_join(dir, "texts") : NULL;
	struct redact *r = redact_new(NULL, NULL);
	struct story *s;
	struct err err;

	if (!texts || mkdir(texts, 0700) < 0)
		abort();
	write_texts(dir);
	write_journal(dir, (const char *)data, (const char *)data + len);
	s = story_read(dir, r, &err);
	if (s)
		print_all(s);
	else
		assert(err.code != ERR_NONE && err.text[0]);
	story_free(s);
	redact_free(r);
	file_remove_tree(dir, NULL);
	free(texts);
	free(dir);
	return 0;
}
