/* Text from a session as HTML: nothing in it can become markup. */
#include "config.h"

#include "session/export/export_html.h"

#include <string.h>

#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/export/export_text.h"
#include "session/text/slice.h"

static void escape(struct str *out, const char *text, size_t len, const char *before, const char *after)
{
	for (size_t i = 0; i < len;) {
		unsigned cp;
		size_t n = utf8_decode(text + i, len - i, &cp);

		if (n == 0 || (utf8_is_control(cp) && cp != '\n' && cp != '\t')) {
			n = n ? n : 1;
			str_adds(out, before);
			utf8_show(text + i, n, out);
			str_adds(out, after);
		} else if (cp == '&') {
			str_adds(out, "&amp;");
		} else if (cp == '<') {
			str_adds(out, "&lt;");
		} else if (cp == '>') {
			str_adds(out, "&gt;");
		} else if (cp == '"') {
			str_adds(out, "&quot;");
		} else if (cp == '\'') {
			str_adds(out, "&#39;");
		} else {
			str_add(out, text + i, n);
		}
		i += n;
	}
}

void html_text(struct str *out, const char *text, size_t len)
{
	escape(out, text, len, "<span class=\"esc\">", "</span>");
}

void html_attribute(struct str *out, const char *text, size_t len)
{
	escape(out, text, len, "", "");
}

/* Where the same run of marks comes again, from off on; s.n: nowhere. */
static size_t mark_again(struct slice s, size_t off, char mark, size_t width)
{
	while (off < s.n) {
		size_t n = slice_run(slice_from(s, off), mark);

		if (n == width)
			return off;
		off += n ? n : 1;
	}
	return s.n;
}

static void span(struct slice s, struct str *out)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n;) {
		size_t width = s.p[i] == '`' || s.p[i] == '*' ? slice_run(slice_from(s, i), s.p[i]) : 0;
		bool code = s.p[i] == '`';
		size_t end = width && (code || width == 2) ? mark_again(s, i + width, s.p[i], width) : s.n;

		if (end == s.n) {
			i += width ? width : 1;
			continue;
		}
		html_text(out, s.p + from, i - from);
		str_adds(out, code ? "<code>" : "<strong>");
		html_text(out, s.p + i + width, end - i - width);
		str_adds(out, code ? "</code>" : "</strong>");
		i = from = end + width;
	}
	html_text(out, s.p + from, s.n - from);
}

enum block { BLOCK_NONE, BLOCK_TEXT, BLOCK_HEADING, BLOCK_ITEM };

/* What a line begins, and where its text begins. */
static enum block block_of(struct slice line, size_t *off)
{
	size_t n = slice_indent(line), digits = 0;
	struct slice s = slice_from(line, n);

	*off = n;
	if (slice_blank(line))
		return BLOCK_NONE;
	if (s.p[0] == '#' && slice_run(s, '#') <= 6 && slice_run(s, '#') < s.n && s.p[slice_run(s, '#')] == ' ') {
		*off = n + slice_run(s, '#') + 1;
		return BLOCK_HEADING;
	}
	while (digits < s.n && digits < 4 && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	if (s.n > digits + 1 && digits && s.p[digits] == '.' && s.p[digits + 1] == ' ')
		return BLOCK_ITEM;
	if (s.n > 1 && strchr("-*+", s.p[0]) && s.p[1] == ' ')
		return BLOCK_ITEM;
	return BLOCK_TEXT;
}

void html_prose(struct str *out, const char *text, size_t len)
{
	static const char *const begins[] = { "", "<p>", "<p class=\"head\">", "<p class=\"item\">" };
	struct slice rest = { text, len };
	struct str block = STR_INIT;
	enum block now = BLOCK_NONE;

	for (bool more = true; more;) {
		struct slice line = { "", 0 };
		enum block next = BLOCK_NONE;
		size_t off = 0;

		more = rest.n > 0;
		if (more) {
			line = slice_chomp(slice_line(&rest));
			next = block_of(line, &off);
		}
		if (now != BLOCK_NONE && (next != BLOCK_TEXT || now == BLOCK_HEADING)) {
			str_adds(out, begins[now]);
			span((struct slice){ str_cstr(&block), block.len }, out);
			str_adds(out, "</p>\n");
			str_clear(&block);
			now = BLOCK_NONE;
		}
		if (next == BLOCK_NONE)
			continue;
		now = now == BLOCK_NONE ? next : now;
		str_adds(&block, block.len ? "\n" : "");
		str_add(&block, line.p + off, line.n - off);
	}
	str_free(&block);
}

void html_str(struct str *out, const struct str *s)
{
	html_text(out, str_cstr(s), s->len);
}

void html_c(struct str *out, const char *s)
{
	html_text(out, s, strlen(s));
}

void html_clock(struct str *out, uint64_t t_ms)
{
	str_adds(out, "<time>");
	export_clock(t_ms, out);
	str_adds(out, "</time>");
}

void html_count(struct str *out, size_t n, const char *one)
{
	str_addf(out, "%zu %s%s", n, one, n == 1 ? "" : "s");
}
