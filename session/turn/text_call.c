/* Tool calls for models without a tool protocol: fenced blocks with the word `tool` and
 * JSON in them. A block that is not JSON is still a call, without a name, so that the
 * model is told what was wrong instead of being ignored. A last block without a closing
 * fence counts, since an answer may be stopped there.
 */
#include "config.h"

#include "session/turn/text_call.h"

#include <string.h>

#include "session/answer/answer_fence.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/text/end_marks.h"
#include "session/text/slice.h"

void text_call_describe(const char *name, const char *about, const char *schema, struct str *out)
{
	str_addf(out, "\ntool %s: %s\narguments: %s\n", name, about, schema);
}

void text_call_rules(struct str *out)
{
	str_adds(out, "\nTo call a tool, write such a block and stop; its result is the next "
		      "message:\n\n```tool\n{\"name\": \"read_file\", \"arguments\": {\"path\": "
		      "\"rtl/fifo.sv\"}}\n```\n");
}

static bool begins(struct slice line)
{
	struct slice rest = slice_trim(line);

	return rest.n >= 7 && memcmp(rest.p, "```tool", 7) == 0 &&
	       slice_blank((struct slice){ rest.p + 7, rest.n - 7 });
}

static bool ends(struct slice line)
{
	static const struct fence f = { .mark = '`', .width = 3 };

	return fence_closes(line, &f);
}

static void emit_call(const struct str *block,
		      void (*fn)(void *ctx, const char *name, const char *args, size_t len),
		      void *ctx)
{
	cJSON *o = json_parse(str_cstr(block), block->len, NULL);
	const char *name = json_string(o, "name");
	const cJSON *args = json_get(o, "arguments");
	struct str text = STR_INIT;

	if (name && args)
		json_print(&text, args);
	else if (!name)
		str_add(&text, str_cstr(block), block->len);
	fn(ctx, name ? name : "", str_cstr(&text), text.len);
	str_free(&text);
	cJSON_Delete(o);
}

size_t text_calls(const char *text, size_t len,
		  void (*fn)(void *ctx, const char *name, const char *args, size_t len), void *ctx,
		  size_t *start)
{
	struct slice rest = { text, len };
	const char *last = NULL; /* start of the calls at the end of the text */
	struct str block = STR_INIT;
	struct fence f;
	bool in = false;     /* within a call */
	bool quotes = false; /* within another block, which f opened */
	size_t n = 0;

	while (rest.n) {
		struct slice line = slice_line(&rest);

		if (!in && !slice_blank(line) && !begins(line))
			last = NULL;
		if (quotes) {
			quotes = !fence_closes(line, &f);
			continue;
		}
		if (!in && begins(line)) {
			in = true;
			last = last ? last : line.p;
			continue;
		}
		quotes = !in && fence_opens(line, &f);
		if (in && !ends(line)) {
			str_add(&block, line.p, end_marks_before(line, false));
			if (rest.n)
				continue;
		}
		if (!in)
			continue;
		emit_call(&block, fn, ctx);
		str_clear(&block);
		in = false;
		n++;
	}
	str_free(&block);
	if (start)
		*start = last ? (size_t)(last - text) : len;
	return n;
}
