/* Text from a session as HTML, escaped so that it cannot become markup. */
#include "config.h"

#include "session/export/export_html.h"

#include <string.h>

#include "session/base/count.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/export/export_text.h"

static void escape(struct str *out, const char *text, size_t len, const char *before,
		   const char *after)
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

void html_typed(struct str *out, const char *text, size_t len)
{
	str_adds(out, "<p class=\"typed\">");
	html_text(out, text, len);
	str_adds(out, "</p>\n");
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
	str_addf(out, "%zu %s%s", n, one, count_s(n));
}
