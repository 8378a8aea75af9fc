/* Tokens that end an answer, left in its text by a server that does not know the template.
 *
 *	```verilog
 *	module m; endmodule<|im_end|>		the model was done, also with the block
 *	endmodule<|endoftext|>More text		what follows is no answer
 *
 * They are left out line by line, and the text is then read as if they had never been there.
 * After <|message|>, <|end|> closes thoughts (text/thoughts.h) and is kept.
 */
#include "config.h"

#include "session/answer/answer_fence.h"

#include "session/answer/answer_raw.h"
#include "session/base/str.h"
#include "session/text/end_marks.h"

/* True if lines of the block, or its closing fence, follow a line with an end token. */
static bool is_closed(struct slice rest, const struct fence *f)
{
	while (rest.n) {
		struct slice line = slice_line(&rest);

		if (!slice_blank(line))
			return fence_closes(line, f);
	}
	return false;
}

static void close_fence(const struct fence *f, struct str *out)
{
	if (out->data[out->len - 1] != '\n')
		str_addc(out, '\n');
	for (size_t i = 0; i < f->width; i++)
		str_addc(out, f->mark);
}

static bool in_comment(struct slice line, size_t n)
{
	return slice_find((struct slice){ line.p, n }, "//") < n;
}

/* The offset after ": label" at `at`; `at` if there is none. */
static size_t after_label(struct slice line, size_t at)
{
	size_t n = at + slice_indent(slice_from(line, at)), word;

	if (!slice_starts(slice_from(line, n), ":"))
		return at;
	n++;
	n += slice_indent(slice_from(line, n));
	word = slice_word(slice_from(line, n));
	return word ? n + word : at;
}

/* Where the tokens in a line begin: at its end, or behind the end of a module, and what follows
 * them there is no answer. Outside of a block the line must begin as code does. bare.n: nowhere. */
static size_t marks_in(struct slice bare, bool inside, bool struck)
{
	size_t n = end_marks_before(bare, struck), at = raw_unit_end(bare, 0);
	struct slice s = slice_from(bare, slice_indent(bare));

	if (!inside && !raw_starts(s) && slice_indent(bare) + slice_word(s) != at)
		return n;
	for (; at; at = raw_unit_end(bare, at)) {
		size_t end = after_label(bare, at);

		if (end < n &&
		    end_marks_at(bare, end + slice_indent(slice_from(bare, end)), struck))
			return end;
	}
	return n;
}

bool fence_drop_ends(struct slice text, struct str *out)
{
	bool thoughts = slice_find(text, "<|message|>") < text.n, inside = false;
	const char *done = text.p, *strike = text.p + end_marks_strike(text);
	struct fence f;

	for (struct slice rest = text; rest.n;) {
		struct slice line = slice_line(&rest), bare = slice_chomp(line);
		size_t n = marks_in(bare, inside, line.p > strike);
		bool ends = n < bare.n && !(inside && in_comment(line, n)) &&
			    !(thoughts && slice_find(slice_from(bare, n), "<|end|>") < bare.n - n);
		bool within = inside;

		line.n = ends ? n : line.n;
		inside = inside ? !fence_closes(line, &f) : fence_opens(line, &f);
		if (!ends)
			continue;
		str_add(out, done, (size_t)(bare.p + n - done));
		done = n ? bare.p + bare.n : rest.p; /* no line is left of it alone */
		if (within && inside && !is_closed(rest, &f)) {
			close_fence(&f, out);
			inside = false;
			done = bare.p + bare.n;
		}
	}
	if (done == text.p)
		return false;
	str_add(out, done, (size_t)(text.p + text.n - done));
	return true;
}
