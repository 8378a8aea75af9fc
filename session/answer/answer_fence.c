/* Fences of Markdown code blocks, by the rules of CommonMark as far as models
 * follow them. In addition, a fence may follow a list mark (`1. ```verilog`), the
 * indentation of the opening line is removed from the lines inside, and a closing
 * fence may be followed by a special token of the model's template that a server
 * failed to remove (```` ```<|eot_id|> ````).
 */
#include "config.h"

#include "session/answer/answer_fence.h"

#include <string.h>

#include "session/base/str.h"

/* Length of "1. ", "12) ", "- " or "* " with the blanks after it. */
static size_t list_mark(struct slice s)
{
	size_t n = 0, blanks;

	while (n < s.n && n < 9 && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	if (n ? n < s.n && (s.p[n] == '.' || s.p[n] == ')')
	      : s.n && (s.p[0] == '-' || s.p[0] == '*' || s.p[0] == '+'))
		n++;
	else
		return 0;
	blanks = slice_indent(slice_from(s, n));
	return blanks ? n + blanks : 0;
}

/* A special token of the model's template that the server did not remove: <|eot_id|>. */
static bool is_token(struct slice s)
{
	return slice_starts(s, "<|") || slice_starts(s, "<\xef\xbd\x9c");
}

bool fence_opens(struct slice line, struct fence *f)
{
	size_t indent = slice_indent(line);
	struct slice s = slice_from(line, indent);
	size_t item = list_mark(s);

	s = slice_from(s, item);
	if (s.n == 0 || (s.p[0] != '`' && s.p[0] != '~'))
		return false;
	f->mark = s.p[0];
	f->width = slice_run(s, f->mark);
	f->indent = indent + item;
	f->info = slice_trim(slice_from(s, f->width));
	if (f->width < 3 || is_token(f->info))
		return false;
	/* ```x``` is code within a line */
	return f->mark == '~' || f->info.n == 0 || !memchr(f->info.p, '`', f->info.n);
}

bool fence_closes(struct slice line, const struct fence *f)
{
	struct slice s = slice_trim(line);

	return s.n >= f->width &&
	       (slice_run(s, f->mark) == s.n || (slice_run(s, f->mark) >= f->width &&
						 is_token(slice_from(s, slice_run(s, f->mark)))));
}

void fence_outdent(const struct fence *f, struct slice inner, struct str *out)
{
	while (inner.n) {
		struct slice line = slice_line(&inner);
		size_t off = slice_indent(line);

		if (off > f->indent)
			off = f->indent;
		str_add(out, line.p + off, line.n - off);
	}
}

/* Where the code begins in the info string "verilog module q(input d);"; n: nowhere. A
 * module without a port or an end is a title. */
static size_t code_in_info(struct slice info)
{
	static const char *const heads[] = { "module ", "package ", "interface " };
	size_t word = 0;

	if (!memchr(info.p, '(', info.n) && !memchr(info.p, ';', info.n))
		return info.n;
	while (word < info.n && !slice_space(info.p[word]))
		word++;
	word += slice_indent(slice_from(info, word));
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		if (slice_starts(info, heads[i]))
			return 0;
		if (slice_starts(slice_from(info, word), heads[i]))
			return word;
	}
	return info.n;
}

/* Length of the code before the marks that close f in "endmodule```"; 0: the line
 * does not end so, or a comment contains the marks. */
static size_t code_before_close(struct slice line, const struct fence *f)
{
	static const char *const ends[] = { "endmodule", "endpackage", "endinterface" };
	struct slice s = slice_trim(line);
	size_t n = s.n;

	while (n && s.p[n - 1] == f->mark)
		n--;
	if (s.n - n < f->width || slice_find(s, "//") < n)
		return 0;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t len = strlen(ends[i]);

		if (n >= len && memcmp(s.p + n - len, ends[i], len) == 0)
			return (size_t)(s.p - line.p) + n;
	}
	return 0;
}

bool fence_unglue(struct slice text, struct str *out)
{
	const char *done = text.p;
	bool inside = false;
	struct fence f;

	for (struct slice rest = text; rest.n;) {
		struct slice line = slice_line(&rest);
		const char *cut = NULL;
		size_t at;

		if (!inside && fence_opens(line, &f)) {
			inside = true;
			at = code_in_info(f.info);
			cut = at < f.info.n ? f.info.p + at : NULL;
		} else if (inside && (at = code_before_close(line, &f)) > 0) {
			cut = line.p + at; /* the closing fence is looked at by itself */
		} else if (inside) {
			inside = !fence_closes(line, &f);
		}
		if (!cut)
			continue;
		str_add(out, done, (size_t)(cut - done));
		str_addc(out, '\n');
		done = cut;
		rest = (struct slice){ cut, (size_t)(text.p + text.n - cut) }; /* both ends */
	}
	if (done == text.p)
		return false;
	str_add(out, done, (size_t)(text.p + text.n - done));
	return true;
}
