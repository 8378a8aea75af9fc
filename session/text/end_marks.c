/* Marks are taken from the end of a line, one after the other, as long as the line ends in
 * one: servers leave several. "</s>" is also HTML, so it is a mark only if no "<s>" is open
 * before it.
 */
#include "config.h"

#include "session/text/end_marks.h"

#include <string.h>

static const char deepseek[] = "<\xef\xbd\x9c"
			       "end\xe2\x96\x81of\xe2\x96\x81sentence\xef\xbd\x9c>";

static const char *const marks[] = {
	"<|endoftext|>",   "<|im_end|>",     "<|eot_id|>",
	"<|eom_id|>",	   "<|eot|>",	     "<|EOT|>",
	"<|end|>",	   "<|return|>",     "<|end_of_text|>",
	"<|end_of_turn|>", "<|endofblock|>", "<|END_OF_TURN_TOKEN|>",
	"<|user|>", /* GLM: the next turn begins */
	"<|observation|>", "<end_of_turn>",  "<turn|>",
	"<eos>",	   "</s>",	     "[/INST]",
	deepseek,
};

size_t end_marks_strike(struct slice text)
{
	size_t from = 0;

	while (from < text.n && slice_space(text.p[from]))
		from++;
	if (slice_starts(slice_from(text, from), "<s>"))
		from += strlen("<s>");
	return from + slice_find(slice_from(text, from), "<s>");
}

/* "<s>old</s>" in a page strikes a word out, or lines. */
static bool closes(struct slice before, bool struck, const char *mark)
{
	return strcmp(mark, "</s>") == 0 && (struck || slice_find(before, "<s>") < before.n);
}

static size_t without_one(struct slice s, bool struck)
{
	if (s.n == 0 || !strchr(">]", s.p[s.n - 1]))
		return s.n;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t n = strlen(marks[i]);
		struct slice before = { s.p, s.n - n };

		if (s.n >= n && memcmp(s.p + before.n, marks[i], n) == 0 &&
		    !closes(before, struck, marks[i]))
			return before.n;
	}
	return s.n;
}

static size_t without_blanks(struct slice s)
{
	while (s.n && slice_space(s.p[s.n - 1]))
		s.n--;
	return s.n;
}

size_t end_marks_before(struct slice line, bool struck)
{
	struct slice s = { line.p, without_blanks(line) };
	size_t n = without_one(s, struck);

	if (n == s.n)
		return line.n;
	while (n < s.n) {
		s.n = n;
		s.n = without_blanks(s);
		n = without_one(s, struck);
	}
	return n;
}

bool end_marks_at(struct slice line, size_t at, bool struck)
{
	struct slice before = { line.p, at }, s = slice_from(line, at);

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (slice_starts(s, marks[i]) && !closes(before, struck, marks[i]))
			return true;
	return false;
}

bool end_marks_token(struct slice s)
{
	struct slice word = slice_starts(s, "<|") ? slice_from(s, 2) : slice_from(s, s.n);

	return slice_word(word) && slice_starts(slice_from(word, slice_word(word)), "|>");
}
