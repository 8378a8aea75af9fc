/* The text is copied byte by byte, and after each byte that may end a mark the copy is cut
 * if it does. So marks that follow each other, or that stand within a tag, need no case of
 * their own.
 */
#include "config.h"

#include "session/text/call_marks.h"

#include <string.h>

static const char minimax[] = "]<]minimax[>[";
static const char dsml[] = "\xef\xbd\x9c"
			   "DSML\xef\xbd\x9c";

bool call_marks_in(struct slice text)
{
	return slice_find(text, minimax) < text.n || slice_find(text, dsml) < text.n;
}

static bool ends(const struct str *out, const char *mark, size_t n)
{
	return out->len >= n && memcmp(out->data + out->len - n, mark, n) == 0;
}

/* Length of the mark that out ends with. Only behind a bracket is DeepSeek's one. */
static size_t mark_length(const struct str *out)
{
	size_t n = sizeof(dsml) - 1;

	if (ends(out, minimax, sizeof(minimax) - 1))
		return sizeof(minimax) - 1;
	return ends(out, dsml, n) && out->len > n && strchr("</", out->data[out->len - n - 1]) ? n
											       : 0;
}

size_t call_marks_drop(struct slice text, size_t most, struct str *out)
{
	size_t taken = 0;

	for (size_t i = 0; i < text.n; i++) {
		str_addc(out, text.p[i]);
		if (out->len == most)
			taken = i + 1;
		if (text.p[i] == '[' || text.p[i] == '\x9c')
			str_cut(out, out->len - mark_length(out));
	}
	return taken;
}
