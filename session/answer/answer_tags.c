/* Tool calls as text, written by a model that was offered no tools, or tools in its
 * own syntax.
 *
 *	<replace_in_file>	an element whose name implies a change
 *	<path>rtl/x.sv</path>	with its arguments as children
 *	<diff>...</diff>
 *	</replace_in_file>
 *
 *	<invoke name="Edit">	an element with arguments named by attributes
 *	<parameter name="file_path">rtl/x.sv</parameter>
 *	<parameter name="old_string">...</parameter>
 *	</invoke>
 *
 *	<tool_call>		an element around JSON
 *	{"name": "edit", "arguments": {...}}
 *	</tool_call>
 *
 *	<tool_call>edit		an element with its arguments in pairs
 *	<arg_key>path</arg_key><arg_value>rtl/x.sv</arg_value>
 *	</tool_call>
 *
 *	<file path="rtl/x.sv">	an element of any name, if it names a file and begins with a
 *	<search>...</search>	text to replace
 *	<replace>...</replace>
 *	</file>
 *
 * This is not XML: nothing is escaped, so an argument ends at the first closing tag
 * of its name. form_key() recognises the names of arguments.
 */
#include "config.h"

#include "session/answer/answer_parser.h"

#include <string.h>

#include "session/answer/answer_edit.h"
#include "session/answer/answer_form.h"
#include "session/answer/answer_name.h"
#include "session/base/json.h"
#include "session/base/str.h"

#define MAX_ARGUMENTS 200
#define MAX_UNCLOSED  50 /* each costs a search to the end of the answer */

/* A tag "<name>", "<name=x>" or "<name k="x">" at the start of s. */
struct tag {
	struct slice name; /* without a prefix before a colon */
	struct slice key;  /* x; empty: none */
	struct slice file; /* named by an attribute, path="rtl/x.sv"; empty: none */
	size_t n;	   /* bytes, with the brackets */
};

static bool name_byte(char c)
{
	return slice_word((struct slice){ &c, 1 }) == 1 || c == '-' || c == ':' || c == '.';
}

static struct slice unquoted(struct slice s)
{
	const char *end;

	s = slice_trim(s);
	if (s.n < 2 || (s.p[0] != '"' && s.p[0] != '\''))
		return s;
	end = memchr(s.p + 1, s.p[0], s.n - 1); /* other attributes may follow */
	return end ? (struct slice){ s.p + 1, (size_t)(end - s.p) - 1 } : s;
}

/* The file in attributes such as lang="sv" path="rtl/x.sv"; empty: none. */
static struct slice file_in(struct slice attributes)
{
	while (attributes.n) {
		const char *equals = memchr(attributes.p, '=', attributes.n);
		struct slice key = { equals, 0 }, value;

		if (!equals)
			break;
		while (key.p > attributes.p && name_byte(key.p[-1])) {
			key.p--;
			key.n++;
		}
		attributes = slice_from(attributes, (size_t)(equals - attributes.p) + 1);
		value = unquoted(attributes);
		if (form_key(key) == FORM_PATH || (slice_is(key, "name") && name_is_verilog(value)))
			return value;
		attributes = slice_from(attributes, (size_t)(value.p - attributes.p) + value.n);
	}
	return (struct slice){ attributes.p, 0 };
}

static bool read_tag(struct slice s, struct tag *t)
{
	const char *end, *equals, *colon;
	struct slice inner;
	size_t n = 0;

	if (s.n < 3 || s.p[0] != '<' || slice_word(slice_from(s, 1)) == 0)
		return false;
	s.n = s.n < 300 ? s.n : 300;
	end = memchr(s.p, '>', s.n);
	if (!end)
		return false;
	inner = (struct slice){ s.p + 1, (size_t)(end - s.p) - 1 };
	while (n < inner.n && name_byte(inner.p[n]))
		n++;
	t->name = (struct slice){ inner.p, n };
	colon = memchr(inner.p, ':', n);
	if (colon)
		t->name = slice_from(t->name, (size_t)(colon - inner.p) + 1);
	equals = memchr(inner.p, '=', inner.n);
	t->key = equals ? unquoted(slice_from(inner, (size_t)(equals - inner.p) + 1))
			: slice_from(inner, inner.n);
	t->file = file_in(slice_from(inner, n));
	t->n = inner.n + 2;
	return true;
}

/* Offset of the closing tag with that name, s.n if there is none; *n: its length. */
static size_t closing(struct slice s, struct slice name, size_t *n)
{
	for (size_t from = 0; from < s.n;) {
		size_t at = from + slice_find(slice_from(s, from), "</");
		struct slice t = slice_from(s, at < s.n ? at + 2 : s.n);
		const char *end = t.n ? memchr(t.p, '>', t.n < 100 ? t.n : 100) : NULL;
		size_t len = end ? (size_t)(end - t.p) : 0;

		if (len >= name.n && memcmp(t.p + len - name.n, name.p, name.n) == 0 &&
		    (len == name.n || t.p[len - name.n - 1] == ':')) {
			*n = len + 3;
			return at;
		}
		from = at + 2;
	}
	return s.n;
}

static bool call(struct slice name)
{
	return slice_is(name, "invoke") || slice_is(name, "function") ||
	       slice_is(name, "tool_call") || slice_is(name, "function_call") ||
	       slice_is(name, "tool_use");
}

static bool changes(struct slice name)
{
	static const char *const words[] = { "write",  "replace", "diff",   "edit",
					     "create", "patch",	  "update", NULL };

	if (slice_is(name, "edits") || slice_is(name, "antArtifact"))
		return true;
	return memchr(name.p, '_', name.n) &&
	       slice_finds_any(name, words); /* HTML has none with _ */
}

/* True if an element begins with the old or new text of a change, after the name of the file and
 * the tag of a list. named: its own tag names the file. */
static bool begins_change(struct slice inner, bool named)
{
	struct tag t;

	for (int i = 0; i < 3; i++) {
		enum form_key key;

		while (inner.n && slice_space(inner.p[0]))
			inner = slice_from(inner, 1);
		if (!read_tag(inner, &t))
			return false;
		key = form_key(t.name);
		if (key == FORM_OLD || key == FORM_NEW)
			return named;
		named |= t.file.n || key == FORM_PATH;
		inner = slice_from(inner, t.n);
		if (key == FORM_PATH && t.file.n == 0) {
			struct slice line = slice_line(&(struct slice){ inner.p, inner.n });
			size_t end = slice_find(line, ">");

			inner = slice_from(inner, end < line.n ? end + 1 : line.n);
		}
	}
	return false;
}

/* Removes CDATA, and the newline after the opening tag. */
static struct slice value(struct slice v)
{
	struct slice s = slice_trim(v);

	if (slice_starts(s, "<content>") && slice_find(s, "</content>") < s.n)
		v = (struct slice){ s.p + 9, slice_find(s, "</content>") - 9 };
	s = slice_trim(v);
	if (slice_starts(s, "<![CDATA[") && slice_find(s, "]]>") < s.n)
		v = (struct slice){ s.p + 9, slice_find(s, "]]>") - 9 };
	if (slice_starts(v, "\r\n"))
		return slice_from(v, 2);
	return slice_starts(v, "\n") ? slice_from(v, 1) : v;
}

/* The arguments read so far. */
struct call {
	struct slice path, search;
	bool quotes;  /* has a search text */
	bool all;     /* replaces it everywhere */
	size_t first; /* number of parts before its own */
};

/* "replace_all" may come before or after the texts that it is about. */
static void flag_last(struct parser *p, const struct call *c)
{
	if (p->out->n > c->first)
		p->out->v[p->out->n - 1].all |= c->all;
}

static void use(struct parser *p, struct call *c, enum form_key key, struct slice text)
{
	struct block b = { .text = value(text), .language = { text.p, 0 }, .path = c->path };
	struct edit e = { .search = c->search, .text = b.text };
	struct str outdented = STR_INIT;

	switch (key) {
	case FORM_PATH:
		c->path = slice_trim(text);
		break;
	case FORM_OLD:
		c->search = b.text;
		c->quotes = true;
		break;
	case FORM_NEW:
		if (c->quotes)
			block_edit(p, &b, &e, c->path);
		c->quotes = false;
		flag_last(p, c);
		break;
	case FORM_ALL:
		c->all = slice_is_nocase(slice_trim(text), "true");
		if (!c->quotes)
			flag_last(p, c);
		break;
	case FORM_WHOLE:
		b.text = page_outdent(b.text, &outdented);
		if (c->path.n || block_ends_with_module(b.text))
			block_add(p, &b);
		break;
	case FORM_DIFF:
		block_add(p, &b);
		break;
	case FORM_NONE:
		break;
	}
	str_free(&outdented);
}

static void read_arguments(struct parser *p, struct slice s, struct slice path)
{
	struct call c = { .path = path, .search = { s.p, 0 }, .first = p->out->n };
	struct slice later = { s.p, 0 }; /* a new text that came before the old one */
	struct slice named = { s.p, 0 }; /* name in the previous <arg_key> */

	for (size_t n = 0; s.n && n < MAX_ARGUMENTS && p->out->n < ANSWER_MAX_PARTS; n++) {
		size_t at = slice_find(s, "<"), close_n = 0, end;
		struct tag t;
		enum form_key key;
		struct slice text;

		s = slice_from(s, at);
		if (!read_tag(s, &t)) {
			s = slice_from(s, s.n ? 1 : 0);
			continue;
		}
		s = slice_from(s, t.n);
		end = closing(s, t.name, &close_n);
		text = (struct slice){ s.p, end };
		if (slice_is(t.name, "arg_key") && end < s.n) {
			named = slice_trim(text);
			s = slice_from(s, end + close_n);
			continue;
		}
		key = form_key(slice_is(t.name, "arg_value") ? named
			       : slice_starts(t.name, "param") || slice_starts(t.name, "arg")
				       ? t.key
				       : t.name);
		if (key == FORM_NONE || end == s.n ||
		    (key == FORM_PATH && memchr(text.p, '<', text.n))) {
			c.path = t.file.n ? t.file : c.path;
			continue; /* search inside it */
		}
		if (key == FORM_NEW && !c.quotes)
			later = text;
		use(p, &c, key, text);
		if (key == FORM_OLD && later.n) {
			use(p, &c, FORM_NEW, later);
			later.n = 0;
		}
		s = slice_from(s, end + close_n);
	}
}

/* <create_file path="rtl/x.sv">: what it contains is the file. */
static void take_content(struct parser *p, struct slice inner, struct slice path)
{
	struct call c = { .path = path, .search = { inner.p, 0 } };

	if (path.n && block_ends_with_module(value(inner)))
		use(p, &c, FORM_WHOLE, inner);
}

/* whole: an element that usually contains a whole file. */
static bool worth_taking(struct slice inner, bool json, bool whole)
{
	if (!json)
		return !whole || slice_find(inner, "<old_str") < inner.n;
	return form_edits_in(inner);
}

/* JSON to the end of the answer, which was over before the closing tag. */
static bool json_to_the_end(struct slice inner)
{
	struct slice s = slice_trim(inner);

	return s.n && strchr("{[", s.p[0]) && json_length(s.p, s.n) == s.n;
}

bool parser_take_tags(struct parser *p, struct slice line)
{
	struct slice s = { line.p + slice_indent(line), 0 }, inner;
	size_t end, close_n = 0, before = p->out->n;
	bool json, cut;
	struct tag t;

	s.n = p->rest.n - (size_t)(s.p - p->rest.p);
	if (p->unclosed > MAX_UNCLOSED || !read_tag(s, &t) ||
	    !(call(t.name) || changes(t.name) || begins_change(slice_from(s, t.n), t.file.n > 0)))
		return false;
	inner = slice_from(s, t.n);
	end = closing(inner, t.name, &close_n);
	cut = end == inner.n && !json_to_the_end(inner);
	p->unclosed += cut;
	if (cut && !call(t.name))
		return false; /* read line by line, as far as it goes */
	inner.n = end;
	json = slice_starts(slice_trim(inner), "{") || slice_starts(slice_trim(inner), "[");
	if (!cut && !worth_taking(inner, json, slice_is(t.name, "antArtifact")))
		return false;
	parser_flush(p, s.p);
	p->rest = slice_from(s, t.n + end + close_n);
	if (json && !cut) {
		struct block b = { .text = inner,
				   .language = { inner.p, 0 },
				   .path = { inner.p, 0 } };

		block_json(p, &b);
	} else if (!cut) {
		read_arguments(p, inner, t.file);
		if (p->out->n == before)
			take_content(p, inner, t.file);
	}
	p->open = cut;
	if (p->out->n == before) /* a tool that changes nothing, or a call that was cut off */
		parser_prose(p, PART_PROSE, (struct slice){ s.p, (size_t)(p->rest.p - s.p) }, cut);
	parser_taken(p);
	return true;
}
