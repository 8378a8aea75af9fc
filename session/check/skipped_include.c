/* One pass over the tokens with a flag that the comments set and clear. The file's name may
 * stand on a later line than its `include, so the offset of the directive is kept until the
 * next token that is no space or comment. Blanks keep all other offsets as they are. */
#include "config.h"

#include "session/check/skipped_include.h"

#include <string.h>

#include "session/verilog/verilog.h"

/* Updates *skips if the comment is exactly one that yosys knows. */
static void take_comment(struct slice comment, bool *skips)
{
	bool block = slice_starts(comment, "/*");
	struct slice rest = slice_from(comment, 2), vendor, word;

	if (block && rest.n >= 2)
		rest.n -= 2;
	vendor = slice_token(&rest);
	word = slice_token(&rest);
	if ((!slice_is(vendor, "synopsys") && !slice_is(vendor, "synthesis")) || !slice_blank(rest))
		return;
	if (slice_is(word, "translate_off"))
		*skips = true;
	else if (slice_is(word, "translate_on"))
		*skips = false;
}

bool skipped_include_blank(char *text, size_t len, bool (*is_there)(void *ctx, struct slice name),
			   void *ctx)
{
	enum vlex_state state = VLEX_CODE;
	bool skips = false, any = false;
	size_t include = len; /* offset of an `include whose name is still to come */

	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state);
		struct slice word = { text + t.off, t.len };

		off += t.len;
		if (t.kind == VTOKEN_COMMENT)
			take_comment(word, &skips);
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT)
			continue;
		if (t.kind == VTOKEN_STRING && include < t.off && t.len > 2 &&
		    !is_there(ctx, (struct slice){ word.p + 1, word.n - 2 })) {
			memset(text + include, ' ', off - include);
			any = true;
		}
		include = skips && slice_is(word, "`include") ? t.off : len;
	}
	return any;
}
