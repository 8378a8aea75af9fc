/* "a &lt;= b;" could be Verilog: a, and lt. The whole text shows whether a page
 * escaped it: then every <, > and & is part of an entity, and a module without any
 * of them is rare.
 */
#include "config.h"

#include "session/answer/answer_page.h"

#include <string.h>

#include "session/base/str.h"
#include "session/text/ascii_fold.h"
#include "session/verilog/verilog.h"

static const struct {
	const char *name;
	char c;
} entities[] = {
	{ "&lt;", '<' },    { "&gt;", '>' },   { "&amp;", '&' },      { "&quot;", '"' },
	{ "&apos;", '\'' }, { "&nbsp;", ' ' }, { "&NewLine;", '\n' }, { "&Tab;", '\t' },
};

/* Tags that pages put between lines and around code. */
static size_t tag_at(struct slice s)
{
	static const char *const tags[] = { "<br>",   "<br/>",	"<br />", "</code>",
					    "</pre>", "<code>", "<pre>",  NULL };
	const char *tag = slice_starts_any(s, tags);

	return tag ? strlen(tag) : 0;
}

static int digit(char c, int base)
{
	const char *all = "0123456789abcdef";
	const char *at = c ? strchr(all, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;

	return at && at - all < base ? (int)(at - all) : -1;
}

/* Length of "&#60;" or "&#x3c;" for an ASCII character; 0: none. */
static size_t number_at(struct slice s, char *c)
{
	bool hex = slice_starts(s, "&#x") || slice_starts(s, "&#X");
	size_t first = hex ? 3 : 2, i = first;
	int code = 0;

	if (!slice_starts(s, "&#"))
		return 0;
	for (; i < s.n && i < first + 6 && digit(s.p[i], hex ? 16 : 10) >= 0; i++)
		code = code * (hex ? 16 : 10) + digit(s.p[i], hex ? 16 : 10);
	if (i == first || i == s.n || s.p[i] != ';')
		return 0;
	if (code != '\t' && code != '\n' && code != '\r' && (code < ' ' || code >= 0x7f))
		return 0;
	*c = (char)code;
	return i + 1;
}

/* Length of the entity at the start of s, with its character in *c; 0: none. */
static size_t entity_at(struct slice s, char *c)
{
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (slice_starts(s, entities[i].name)) {
			*c = entities[i].c;
			return strlen(entities[i].name);
		}
	return number_at(s, c);
}

/* An entity in a comment or a string may be meant as it is: only those in code count for *any. */
bool page_is_escaped(struct slice text, bool *any)
{
	struct vtoken t = { 0 };
	enum vlex_state state = VLEX_CODE;
	char c;

	*any = false;
	for (size_t i = 0; i < text.n; i++) {
		while (t.off + t.len <= i)
			t = vlex_next(text.p, text.n, t.off + t.len, &state);
		if (text.p[i] == '<' && tag_at(slice_from(text, i))) {
			i += tag_at(slice_from(text, i)) - 1;
			*any = true;
			continue;
		}
		if (text.p[i] == '<' || text.p[i] == '>')
			return false;
		if (text.p[i] != '&')
			continue;
		if (!entity_at(slice_from(text, i), &c))
			return false;
		*any |= t.kind != VTOKEN_COMMENT && t.kind != VTOKEN_STRING;
	}
	return true;
}

void page_unescape(struct slice text, struct str *out)
{
	for (size_t i = 0; i < text.n;) {
		char c = text.p[i];
		size_t entity = c == '&' ? entity_at(slice_from(text, i), &c) : 0;
		size_t tag = text.p[i] == '<' ? tag_at(slice_from(text, i)) : 0;

		if (tag) {
			i += tag;
			continue;
		}
		str_addc(out, c);
		i += entity ? entity : 1;
	}
}

/* Names and ranges are full of _ and [: if each of them has a backslash, a page put
 * it there. The backslash of an escaped Verilog name never precedes these. */
size_t page_unescape_markdown(struct slice verilog, struct str *out)
{
	static const char signs[] = "_[]*<>#`-+!(){}~|";
	size_t marked = 0;

	for (size_t i = 0; i < verilog.n; i++)
		if (verilog.p[i] == '_' || verilog.p[i] == '[') {
			if (i == 0 || verilog.p[i - 1] != '\\')
				return 0;
			marked++;
		}
	for (size_t i = 0; i < verilog.n && marked; i++)
		if (verilog.p[i] != '\\' || i + 1 == verilog.n || !verilog.p[i + 1] ||
		    !strchr(signs, verilog.p[i + 1]))
			str_addc(out, verilog.p[i]);
	return marked;
}

/* How long the control sequence at the beginning of s is: ESC [, parameters, a final byte
 * (ECMA-48, 5.4); 0: none. */
static size_t sequence_at(struct slice s)
{
	size_t n = 2;

	if (!slice_starts(s, "\x1b["))
		return 0;
	while (n < s.n && s.p[n] >= 0x20 && s.p[n] < 0x40)
		n++;
	return n < s.n && s.p[n] >= 0x40 && s.p[n] < 0x7f ? n + 1 : 0;
}

size_t page_strip_escapes(struct slice text, struct str *out)
{
	size_t sequences = 0;

	for (size_t i = 0; i < text.n;) {
		size_t n = sequence_at(slice_from(text, i));

		if (n == 0)
			str_addc(out, text.p[i]);
		sequences += n > 0;
		i += n ? n : 1;
	}
	return sequences;
}

size_t page_replace_lookalikes(struct slice verilog, struct str *out)
{
	enum vlex_state state = VLEX_CODE;
	size_t folded = 0, from = 0;

	for (size_t off = 0; off < verilog.n;) {
		struct vtoken t = vlex_next(verilog.p, verilog.n, off, &state);

		off = t.off + t.len;
		if (t.kind != VTOKEN_COMMENT && t.kind != VTOKEN_STRING)
			continue; /* a character may be several tokens */
		folded += ascii_fold((struct slice){ verilog.p + from, t.off - from }, out);
		str_add(out, verilog.p + t.off, t.len);
		from = off;
	}
	return folded + ascii_fold(slice_from(verilog, from), out);
}
