/* One piece of a request as a fenced block, and the estimate of tokens. */
#include "config.h"

#include "session/model/prompt_inner.h"

#include <string.h>

#include "session/base/str.h"
#include "session/base/utf8.h"

#define CUT_MIN 300u /* tokens: a part of a file shorter than this is not worth sending */

/* Tokens -------------------------------------------------------------------- */

static size_t tokens_of(enum text_kind kind, size_t ascii, size_t other)
{
	static const size_t bytes_per_10[] = {
		[TEXT_PROSE] = 39, [TEXT_CODE] = 24, [TEXT_TABLE] = 20
	};
	size_t rate = bytes_per_10[kind];

	return (ascii * 10 + rate - 1) / rate + (other + 1) / 2;
}

size_t prompt_estimate(enum text_kind kind, const char *text, size_t len)
{
	size_t other = 0;

	for (size_t i = 0; i < len; i++)
		other += (unsigned char)text[i] >= 0x80;
	return tokens_of(kind, len - other, other);
}

size_t prompt_estimate_mixed(const char *text, size_t len)
{
	const char *end = text + len;
	size_t bytes[2] = { 0 }, other = 0;
	bool fence = false;

	while (text < end) {
		const char *lf = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((lf ? lf + 1 : end) - text);
		size_t blanks = 0;

		while (blanks < n && text[blanks] == ' ')
			blanks++;
		if (n - blanks >= 3 &&
		    (memcmp(text + blanks, "```", 3) == 0 || memcmp(text + blanks, "~~~", 3) == 0))
			fence = !fence;
		for (size_t i = 0; i < n; i++)
			if ((unsigned char)text[i] >= 0x80)
				other++;
			else
				bytes[fence]++;
		text += n;
	}
	return tokens_of(TEXT_PROSE, bytes[0], 0) + tokens_of(TEXT_CODE, bytes[1], other);
}

/* Blocks -------------------------------------------------------------------- */

enum entry_kind prompt_piece_kind(const struct prompt_piece *p)
{
	return p->with_question ? ENTRY_BESIDE : p->derived ? ENTRY_DESIGN : ENTRY_FILE;
}

static const char *fence_language(const char *title)
{
	static const struct {
		const char *end, *language;
	} known[] = {
		{ ".sv", "systemverilog" }, { ".svh", "systemverilog" }, { ".v", "verilog" },
		{ ".vh", "verilog" },	    { ".md", "markdown" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_ends(title, known[i].end))
			return known[i].language;
	return NULL;
}

/* One more than the longest run of backquotes in the text, so that nothing in it ends
 * the block. */
static size_t fence_width(const char *text, size_t len)
{
	size_t longest = 2, run = 0;

	for (size_t i = 0; i < len; i++) {
		run = text[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest + 1;
}

static void add_fence(struct str *out, size_t width)
{
	while (width-- > 0)
		str_addc(out, '`');
}

void prompt_title(const char *title, struct str *out)
{
	for (; *title; title++)
		str_addc(out, (unsigned char)*title < 0x20 || *title == 0x7f ? '?' : *title);
}

/* Writes a file the way an answer should: language and path in the info string. */
static void add_block(struct str *out, const char *title, const char *text, size_t len)
{
	const char *language = fence_language(title);
	size_t width = fence_width(text, len);

	if (!language) {
		prompt_title(title, out);
		str_adds(out, ":\n");
	}
	add_fence(out, width);
	if (language) {
		str_addf(out, "%s ", language);
		prompt_title(title, out);
	}
	str_addc(out, '\n');
	str_add(out, text, len);
	if (len == 0 || text[len - 1] != '\n')
		str_addc(out, '\n');
	add_fence(out, width);
	str_adds(out, "\n\n");
}

/* End of a prefix of about max bytes: after a line, else after a character. */
static size_t head_end(const char *text, size_t max)
{
	for (size_t i = max; i > max / 2; i--)
		if (text[i - 1] == '\n')
			return i;
	return max - utf8_partial_tail(text, max);
}

static size_t tail_start(const char *text, size_t len, size_t max)
{
	size_t from = len - max;

	for (size_t i = from; i < len - max / 2; i++)
		if (i > 0 && text[i - 1] == '\n')
			return i;
	while (from < len && ((unsigned char)text[from] & 0xc0) == 0x80)
		from++;
	return from;
}

static size_t lines_in(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += text[i] == '\n';
	return n;
}

/* Writes the head and the tail of text, at most max bytes of it, with a line between
 * them that says how much is missing. */
static void cut_middle(const char *text, size_t len, size_t max, struct str *out)
{
	size_t head = head_end(text, max / 2);
	size_t tail = tail_start(text, len, max / 2);
	size_t lines = lines_in(text + head, tail - head);

	str_add(out, text, head);
	if (head == 0 || text[head - 1] != '\n')
		str_addc(out, '\n');
	if (lines > 0)
		str_addf(out, "[... %zu lines left out here ...]\n", lines);
	else
		str_addf(out, "[... %zu bytes left out here ...]\n", tail - head);
	str_add(out, text + tail, len - tail);
}

/* Prose file, code file, or output of a tool. */
static enum text_kind kind_of(const char *title)
{
	const char *language = fence_language(title);

	return !language ? TEXT_TABLE : strcmp(language, "markdown") == 0 ? TEXT_PROSE : TEXT_CODE;
}

size_t prompt_block_cost(const char *title, const char *text, size_t len)
{
	/* The fences and the title. */
	size_t frame = strlen(title) + 2 * fence_width(text, len) + 32;

	return prompt_estimate(kind_of(title), text, len) + tokens_of(TEXT_CODE, frame, 0);
}

/* The largest cut that costs no more than left. */
static bool cut_to_fit(const char *title, const char *text, size_t len, size_t left,
		       struct str *part)
{
	size_t max = left * 4 < len ? left * 4 : len;

	for (; max > CUT_MIN; max -= max / 16) {
		str_clear(part);
		cut_middle(text, len, max, part);
		if (prompt_block_cost(title, part->data, part->len) <= left)
			return true;
	}
	return false;
}

bool prompt_block(const char *title, const char *text, size_t len, bool may_cut, size_t *left,
		  bool *cut, struct str *out)
{
	size_t cost = prompt_block_cost(title, text, len);
	struct str part = STR_INIT;

	*cut = false;
	if (cost <= *left) {
		add_block(out, title, text, len);
		*left -= cost;
		return true;
	}
	if (!may_cut || *left < CUT_MIN || !cut_to_fit(title, text, len, *left, &part)) {
		str_free(&part);
		return false;
	}
	add_block(out, title, part.data, part.len);
	*left -= prompt_block_cost(title, part.data, part.len);
	*cut = true;
	str_free(&part);
	return true;
}
