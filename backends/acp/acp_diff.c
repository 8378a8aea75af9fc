/* Both texts may be as long as a message, so long ones are not compared, and of a long
 * diff only the beginning is shown: the person can see all of it in the agent's copy
 * (`changed`).
 */
#include "config.h"

#include "backends/acp/acp_diff.h"

#include <string.h>

#include "session/base/json.h"
#include "session/base/utf8.h"
#include "session/text/diff.h"

#define LINE_SHOWN 160u /* bytes of a line or a path */
#define PLACES	   4u	/* locations listed when the call has no diff */

static void add_clean(const char *text, size_t len, struct str *out)
{
	struct str line = STR_LIMIT(LINE_SHOWN);
	bool cut = len > LINE_SHOWN;

	while (len && strchr("\r\n", text[len - 1]))
		len--;
	utf8_clean(text, len, &line);
	str_add(out, str_cstr(&line), line.len);
	if (cut)
		str_adds(out, "...");
	str_free(&line);
}

/* False: limit reached. */
static bool add_lines(const struct lines *l, size_t from, size_t n, char mark, struct str *out,
		      size_t limit)
{
	for (size_t i = from; i < from + n; i++) {
		size_t len;
		const char *line = lines_at(l, i, &len);

		if (out->len > limit)
			return false;
		str_addc(out, mark);
		add_clean(line, len, out);
		str_addc(out, '\n');
	}
	return true;
}

static void add_difference(const char *path, const struct lines *a, const struct lines *b,
			   struct str *out, size_t limit)
{
	size_t added = 0, removed = 0;
	bool all = true;
	struct diff d;

	diff_init(&d, a, b);
	for (size_t i = 0; i < d.n; i++) {
		added += d.hunks[i].b_len;
		removed += d.hunks[i].a_len;
	}
	add_clean(path, strlen(path), out);
	str_addf(out, " (+%zu -%zu)\n", added, removed);
	for (size_t i = 0; all && i < d.n; i++) {
		const struct diff_hunk *h = &d.hunks[i];

		all = add_lines(a, h->a_start, h->a_len, '-', out, limit) &&
		      add_lines(b, h->b_start, h->b_len, '+', out, limit);
	}
	if (!all)
		str_adds(out, "(and more: `changed` shows what it has changed)\n");
	diff_fini(&d);
}

/* oldText is null or missing for a new file. */
static void add_texts(const cJSON *part, struct str *out, size_t limit)
{
	const char *path = json_string(part, "path"), *was = json_string(part, "oldText"),
		   *is = json_string(part, "newText");
	struct lines a, b;

	if (!path || !is)
		return;
	was = was ? was : "";
	if (strlen(was) > ACP_DIFF_READ || strlen(is) > ACP_DIFF_READ) {
		add_clean(path, strlen(path), out);
		str_adds(out, " (too long to be shown)\n");
		return;
	}
	lines_init(&a, was, strlen(was));
	lines_init(&b, is, strlen(is));
	add_difference(path, &a, &b, out, limit);
	lines_fini(&a);
	lines_fini(&b);
}

static void add_patch(const char *patch, struct str *out, size_t limit)
{
	size_t len = strlen(patch);
	struct lines l;
	bool all = true;

	lines_init(&l, patch, len > ACP_DIFF_READ ? ACP_DIFF_READ : len);
	for (size_t i = 0; all && i < l.n; i++) {
		size_t n;
		const char *line = lines_at(&l, i, &n);

		all = out->len <= limit;
		if (!all)
			break;
		add_clean(line, n, out);
		str_addc(out, '\n');
	}
	if (!all || len > ACP_DIFF_READ)
		str_adds(out, "(and more: `changed` shows what it has changed)\n");
	lines_fini(&l);
}

static void add_part(const cJSON *part, struct str *out, size_t limit)
{
	const char *type = json_string(part, "type"), *patch = json_string(part, "git_patch");
	const cJSON *change;

	if (!type || strcmp(type, "diff") != 0)
		return;
	if (!patch)
		patch = json_string(part, "gitPatch");
	if (patch) {
		add_patch(patch, out, limit);
		return;
	}
	add_texts(part, out, limit);
	cJSON_ArrayForEach(change, json_array(part, "changes")) {
		if (out->len > limit)
			break;
		add_texts(change, out, limit);
	}
}

static void add_places(const cJSON *call, struct str *out)
{
	const cJSON *place;
	unsigned n = 0;

	cJSON_ArrayForEach(place, json_array(call, "locations")) {
		const char *path = json_string(place, "path");
		unsigned long long line = json_uint(place, "line", 0);

		if (!path || n++ >= PLACES)
			continue;
		str_adds(out, "at ");
		add_clean(path, strlen(path), out);
		if (line)
			str_addf(out, ":%llu", line);
		str_addc(out, '\n');
	}
}

void acp_diff_tell(const cJSON *call, struct str *out)
{
	const size_t before = out->len, limit = before + ACP_DIFF_SHOWN;
	const cJSON *part;

	cJSON_ArrayForEach(part, json_array(call, "content")) {
		if (out->len > limit)
			break;
		add_part(part, out, limit);
	}
	if (out->len == before)
		add_places(call, out);
}
