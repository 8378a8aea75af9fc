/* A name is changed within its quotes: the slashes at its start go, and as many blanks are
 * added behind the closing quote. So lines and columns in messages are still those of the
 * project's file. In {"/home/", name} only the beginning of a path is written out, and the
 * beginning of a known one is enough.
 */
#include "config.h"

#include "sim/stage/stage_text.h"

#include <ctype.h>
#include <string.h>

#include "session/base/str.h"
#include "session/verilog/configs.h"
#include "session/verilog/foreign_waves.h"

/* True for the first part of a concatenation: {"/home/", "a"}. */
static bool is_first_part(const char *text, size_t len, const char *literal, size_t n)
{
	const char *before = literal - 1, *after = literal + n;

	while (before > text && isspace((unsigned char)before[-1]))
		before--;
	while (after < text + len && isspace((unsigned char)*after))
		after++;
	return before > text && before[-1] == '{' && after < text + len && *after == ',';
}

/* True if the n bytes are one of the names or, unless whole, the beginning of one. */
static bool is_rooted(const char *const *rooted, const char *s, size_t n, bool whole)
{
	for (; *rooted; rooted++) {
		size_t len = strlen(*rooted);

		if ((len == n || (len > n && !whole)) && memcmp(*rooted, s, n) == 0)
			return true;
	}
	return false;
}

/* Turns "/home/a" into "home/a" followed by a blank: lines and columns stay. */
static void unroot(struct str *text, const char *const *rooted)
{
	char *at = text->data, *end = at + text->len;

	while (text->len && (at = memmem(at, (size_t)(end - at), "\"/", 2))) {
		char *quote = memchr(at + 1, '"', (size_t)(end - at) - 1);
		size_t n = quote ? (size_t)(quote - at) - 1 : 0, cut = strspn(at + 1, "/");
		bool part = quote && is_first_part(text->data, text->len, at + 1, n + 1);

		at++;
		if (!quote || cut == n || !is_rooted(rooted, at, n, !part))
			continue;
		memmove(at, at + cut, n + 1 - cut);
		memset(quote + 1 - cut, ' ', cut);
		at = quote + 1;
	}
}

bool stage_text(const char *const *rooted, const char *text, size_t len, struct str *out)
{
	struct str bare = STR_INIT;
	bool changed = foreign_waves_blank(text, len, out);

	if (configs_blank(changed ? str_cstr(out) : text, len, &bare)) {
		str_free(out);
		*out = bare;
		changed = true;
	}
	if (!changed && rooted)
		str_add(out, text, len);
	if (rooted)
		unroot(out, rooted);
	return changed || rooted;
}
