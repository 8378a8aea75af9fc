/* Untrusted Markdown as HTML: only the allowed elements occur, properly nested, and the
 * output is not much larger than the input. */
#include "config.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "session/base/str.h"
#include "session/export/export_html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define DEPTH 64
#define PIECE 16384 /* as in export_html_prose.c: limit of the size through references */

static const char *const known[] = {
	"p",
	"p class=\"head\"",
	"p class=\"rows\"",
	"p class=\"typed\"",
	"blockquote",
	"ul",
	"li",
	"pre tabindex=\"0\"",
	"em",
	"strong",
	"code",
	"span class=\"esc\"",
};

static bool is_known(const char *tag, size_t n)
{
	if (n > 10 && strncmp(tag, "ol start=\"", 10) == 0)
		return strspn(tag + 10, "0123456789") == n - 11 && tag[n - 1] == '"';
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i]) == n && strncmp(known[i], tag, n) == 0)
			return true;
	return false;
}

static void check_tags(const char *p)
{
	const char *open[DEPTH];
	size_t depth = 0;

	while ((p = strchr(p, '<'))) {
		const char *tag = ++p;
		size_t n = strcspn(p, ">");

		assert(tag[n] == '>');
		if (tag[0] == '/') {
			assert(depth > 0);
			depth--;
			assert(strncmp(open[depth], tag + 1, n - 1) == 0 &&
			       strchr(" >", open[depth][n - 1]));
		} else if (strncmp(tag, "br>", 3) != 0 && strncmp(tag, "hr>", 3) != 0) {
			assert(is_known(tag, n) && depth < DEPTH);
			open[depth++] = tag;
		}
	}
	assert(depth == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str out = STR_INIT;

	html_prose(&out, (const char *)data, len);
	assert(!memchr(str_cstr(&out), '\0', out.len));
	assert(out.len <= 64 * len + PIECE * PIECE / 4);
	check_tags(str_cstr(&out));
	str_free(&out);
	return 0;
}
