/* Finds the end of a fence, a diff or an edit. */
#include "config.h"

#include "session/answer/answer_parser.h"

#include <string.h>

#include "session/answer/answer_edit.h"
#include "session/answer/answer_fence.h"
#include "session/answer/answer_form.h"
#include "session/answer/answer_name.h"
#include "session/answer/answer_prose.h"
#include "session/answer/answer_raw.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/text/python_call.h"
#include "session/verilog/verilog.h"

#define MAX_OBJECTS 50 /* JSON objects examined, each to its end */
#define MAX_BLANKS  100

/* Fences */

static bool nests(struct slice line, const struct fence *f)
{
	struct fence g;

	return fence_opens(line, &g) && g.mark == f->mark && g.width >= f->width && g.info.n > 0;
}

/* A fence without an info string in a document. One that opens a block is directly
 * followed by its text; one that closes the document is not. */
static bool opens_within(const struct fence *f, struct slice rest)
{
	struct slice next = slice_line(&rest), path;
	struct fence g;
	size_t closing = 0;

	if (slice_blank(next) || fence_opens(next, &g))
		return false;
	if (name_from_line(next, &path) == NAME_GIVEN &&
	    fence_opens(slice_line(&(struct slice){ rest.p, rest.n }), &g))
		return false; /* the next file */
	while (rest.n && closing < 2)
		closing += fence_closes(slice_line(&rest), f);
	return closing == 2;
}

enum fence_text { FENCE_CODE, FENCE_DESIGN, FENCE_DIFF, FENCE_DOCUMENT };

/* True if the comment that contains a fence ends after it: the fence is then part
 * of the comment. If another comment begins first, this one was not closed. */
static bool within_comment(struct slice rest)
{
	size_t end = slice_find(rest, "*/");

	return end == rest.n || slice_find((struct slice){ rest.p, end }, "/*") == end;
}

static void skip_line(struct slice line, enum vlex_state *state)
{
	for (size_t at = 0; at < line.n;) {
		struct vtoken t = vlex_next(line.p, line.n, at, state);

		at += t.len ? t.len : 1;
	}
}

/* A last line of marks that are too few to close the fence was meant to. */
static struct slice without_short_close(struct slice inner, const struct fence *f)
{
	struct slice s = slice_trim(inner);
	size_t marks = 0;

	while (marks < s.n && s.p[s.n - 1 - marks] == f->mark)
		marks++;
	if (marks < 3 || marks >= f->width || marks == s.n || s.p[s.n - 1 - marks] != '\n')
		return inner;
	return (struct slice){ inner.p, (size_t)(s.p + s.n - inner.p) - marks };
}

/* Reads up to the closing fence. A document may contain blocks; otherwise a fence
 * with an info string means that the closing one was forgotten. *state is the
 * lexer's state at the end of the Verilog text. */
static struct slice read_fence(struct parser *p, const struct fence *f, enum fence_text what,
			       bool *closed, enum vlex_state *state)
{
	struct slice inner = { p->rest.p, 0 };
	size_t depth = 0, looks = 0;

	*state = VLEX_CODE;
	*closed = false;
	while (p->rest.n) {
		struct slice ahead = p->rest, line = slice_line(&ahead);
		/* In a diff such a line, after a blank, may be part of the diff. */
		bool own = what == FENCE_DIFF && slice_indent(line) > f->indent;

		if (what == FENCE_DESIGN && *state == VLEX_COMMENT &&
		    (fence_closes(line, f) || nests(line, f)))
			own = looks++ < 100 && within_comment(ahead);
		if (what == FENCE_DESIGN)
			skip_line(line, state);

		if (!own && fence_closes(line, f)) {
			bool opens = depth == 0 && what == FENCE_DOCUMENT && looks++ < 100 &&
				     opens_within(f, ahead);

			if (depth == 0 && !opens) {
				*closed = true;
				p->rest = ahead;
				return inner;
			}
			depth += opens ? 1 : -1;
		} else if (!own && nests(line, f)) {
			if (what < FENCE_DOCUMENT)
				return inner;
			depth++;
		}
		p->rest = ahead;
		inner.n += line.n;
	}
	return what == FENCE_DOCUMENT ? inner : without_short_close(inner, f);
}

/* True for a sentence after an unclosed block: it cannot continue the code. */
static bool sentence(struct slice text)
{
	struct slice s = slice_trim(text);
	bool within = false;

	return s.n &&
	       ((s.p[0] >= 'A' && s.p[0] <= 'Z') || s.p[0] == '#' || s.p[0] == '*' ||
		(s.p[0] & 0x80)) &&
	       !raw_leads(s, &within);
}

/* The sentences after the last module of a closed block; else empty. */
static struct slice explained(const struct block *b)
{
	size_t end = name_is_verilog_language(b->language) ? block_code_end(b->text) : 0;
	struct slice after = slice_from(b->text, end ? end : b->text.n);

	return sentence(after) && prose_follows(after) ? after : slice_from(b->text, b->text.n);
}

/* Languages of data and pages, in which a file may be quoted literally. */
static bool wraps(struct slice language)
{
	static const char *const names[] = { "yaml",  "yml",   "toml",	    "xml",
					     "html",  "latex", "tex",	    "rst",
					     "org",   "adoc",  "asciidoc",  "svg",
					     "xhtml", "jinja", "text/html", NULL };

	return words_has_nocase(names, language.p, language.n);
}

/* True for a module at the start of a line, or after tags. */
static bool holds_raw(struct slice text)
{
	while (text.n) {
		struct slice line = slice_line(&text);
		const char *tag = line.n ? memchr(line.p, '>', line.n) : NULL;
		size_t at = 0;

		while (tag) {
			at = (size_t)(tag + 1 - line.p);
			tag = memchr(line.p + at, '>', line.n - at);
		}
		if (raw_starts((struct slice){ line.p, line.n + text.n }) ||
		    slice_find(line, "[CDATA[module ") < line.n ||
		    (at && raw_starts((struct slice){ line.p + at, line.n - at + text.n })))
			return true;
	}
	return false;
}

/* The document that the line above a fence names, also in a sentence. The contents of
 * such a fence are that file; without a name, they are the answer itself, wrapped. */
static struct slice document_above(const struct parser *p)
{
	struct slice path;

	if (name_from_line(p->above, &path) == NAME_NONE || path.n < 3 ||
	    !slice_is_nocase(slice_from(path, path.n - 3), ".md"))
		path.n = 0;
	return path;
}

/* Takes the prose off the end of a block, and says whether its code was cut off. */
static struct slice end_block(struct parser *p, struct block *b, bool closed, enum vlex_state state)
{
	size_t end = closed || !name_is_verilog_language(b->language) ? 0 : block_code_end(b->text);
	struct slice after = slice_from(b->text, end ? end : b->text.n);

	p->open = !closed && p->rest.n == 0;
	if (closed)
		after = explained(b);
	else if (p->open && end && !block_ends_with_module(b->text) && !sentence(after))
		after = slice_from(b->text, b->text.n);
	else if (end)
		p->open = false;
	p->out->unclosed = !closed && end && !p->open && p->rest.n == 0;
	b->text.n -= after.n;
	b->cut = (closed && state == VLEX_COMMENT) || (!closed && (!end || p->open));
	return after;
}

/* A fence that is opened again before it has any text opens one block. A name that only the
 * first has is the block's. */
static void take_doubled(struct parser *p, const struct block *b)
{
	if (b->path.n)
		p->above = b->path;
	p->prose = p->rest.p;
	p->doubled = true;
}

void parser_take_fence(struct parser *p, const struct fence *f)
{
	struct block b = { .cut = false };
	const char *start = p->rest.p;
	struct str outdented = STR_INIT;
	bool document, diff, closed;
	struct slice inner, after, inside;
	enum vlex_state state;

	name_from_info(f->info, &b.language, &b.path);
	document = block_is_document(b.language);
	if (document && b.path.n == 0)
		b.path = document_above(p);
	diff = slice_is_nocase(b.language, "diff") || slice_is_nocase(b.language, "patch");
	parser_flush(p, start);
	slice_line(&p->rest);
	if (document && b.path.n == 0 && block_name_given(p->above).n == 0) {
		p->wrappers++;
		parser_taken(p);
		return;
	}
	inside = p->rest;
	inner = read_fence(p, f,
			   document ? FENCE_DOCUMENT
			   : diff   ? FENCE_DIFF
			   : b.language.n == 0 || name_is_verilog_language(b.language)
				   ? FENCE_DESIGN
				   : FENCE_CODE,
			   &closed, &state);
	if (!closed && p->rest.n && slice_blank(inner)) {
		if (f->info.n) {
			take_doubled(p, &b);
			return;
		}
		p->wrappers++;
		parser_taken(p);
		return;
	}
	if (b.path.n == 0 && block_name_given(p->above).n == 0 && wraps(b.language) &&
	    holds_raw(inner)) {
		p->rest = inside;
		p->closes = closed ? inner.p + inner.n : NULL;
		parser_taken(p);
		return;
	}
	if (f->indent)
		fence_outdent(f, inner, &outdented);
	b.text = f->indent ? (struct slice){ str_cstr(&outdented), outdented.len } : inner;
	after = end_block(p, &b, closed, state);
	block_add(p, &b);
	if (!slice_blank(after))
		parser_prose(p, PART_PROSE, after, false);
	str_free(&outdented);
	parser_taken(p);
	p->after_raw = p->doubled; /* it may be closed twice as well */
	p->doubled = false;
}

/* Blocks without a fence */

static bool fence_follows(struct slice rest)
{
	struct fence f;

	while (rest.n) {
		struct slice line = slice_line(&rest);

		if (!slice_blank(line))
			return fence_opens(line, &f);
	}
	return false;
}

void parser_take_begin(struct parser *p)
{
	struct block b = { .cut = false };
	struct slice line = p->rest;

	parser_flush(p, p->rest.p);
	line = slice_from(line, slice_indent(line) + strlen("[BEGIN]"));
	if (slice_blank(slice_line(&(struct slice){ line.p, line.n })))
		slice_line(&line);
	if (fence_follows(line)) {
		p->rest = line;
		p->begun = true;
		parser_taken(p);
		return;
	}
	b.text = (struct slice){ line.p, slice_find(line, "[DONE]") };
	b.cut = b.text.n == line.n && !block_ends_with_module(b.text);
	p->rest = slice_from(line, b.text.n);
	slice_line(&p->rest);
	b.language = b.path = (struct slice){ line.p, 0 };
	p->open = b.cut;
	if (b.cut || !slice_blank(b.text))
		block_add(p, &b);
	parser_taken(p);
}

void parser_take_edit(struct parser *p)
{
	struct block b = { .cut = false };
	struct slice above, open;
	struct edit e;

	parser_flush(p, p->rest.p);
	open = slice_line(&p->rest);
	b.text = b.language = b.path = (struct slice){ p->rest.p, 0 };
	e = edit_read(open, &p->rest);
	block_edit(p, &b, &e, name_from_line(p->above, &above) != NAME_NONE ? above : b.path);
	parser_taken(p);
}

void parser_take_diff(struct parser *p)
{
	struct block b = { .cut = false };

	parser_flush(p, p->rest.p);
	b.text = diff_take(&p->rest, &b.cut);
	b.language = b.path = (struct slice){ p->rest.p, 0 };
	block_diffs(p, &b);
	parser_taken(p);
}

void parser_take_patch(struct parser *p)
{
	struct block b = { .cut = true };

	parser_flush(p, p->rest.p);
	b.text = b.language = b.path = (struct slice){ p->rest.p, 0 };
	block_patch(p, &p->rest, &b);
	parser_taken(p);
}

/* Offset in line of "{", blanks and a quote; line.n: none. */
static size_t object_starts(struct slice line, struct slice rest)
{
	for (size_t at = 0; at < line.n; at++) {
		const char *brace = memchr(line.p + at, '{', line.n - at);
		struct slice s;
		size_t n = 0;

		if (!brace)
			break;
		at = (size_t)(brace - line.p);
		s = slice_from(rest, at + 1);
		while (n < s.n && n < MAX_BLANKS && strchr(" \t\r\n", s.p[n]) && s.p[n])
			n++;
		if (n < s.n && s.p[n] == '"')
			return at;
	}
	return line.n;
}

/* True if a call's first text of several lines has no end, or no bracket follows it. */
static bool call_breaks_off(struct slice line, struct slice rest)
{
	static const char *const quotes[] = { "=\"\"\"", "='''" };

	for (size_t i = 0; i < 2; i++) {
		size_t at = slice_find(line, quotes[i]);
		struct slice after;

		if (at == line.n)
			continue;
		after = slice_from(rest, at + strlen(quotes[i]));
		after = slice_from(after, slice_find(after, quotes[i] + 1));
		return slice_find(after, ")") == after.n;
	}
	return false;
}

/* Takes {"file": "rtl/x.v", "content": "..."} anywhere in the answer, and calls with such
 * arguments at the start of a line. */
bool parser_take_object(struct parser *p, struct slice line)
{
	size_t indent = slice_indent(line);
	struct slice first = slice_from(line, indent);
	bool call = python_call_begins(slice_from(first, slice_starts(first, "[")));
	size_t at = call ? indent : object_starts(line, p->rest);
	struct block b = { .text = slice_from(p->rest, at) };

	if (at == line.n || p->objects++ > MAX_OBJECTS)
		return false;
	b.language = b.path = (struct slice){ b.text.p, 0 };
	b.text.n = call ? form_calls_length(b.text) : json_length(b.text.p, b.text.n);
	if (call && b.text.n == 0 && call_breaks_off(line, p->rest)) {
		parser_flush(p, p->rest.p);
		parser_prose(p, PART_PROSE, p->rest, false); /* no code by itself */
		p->rest = slice_from(p->rest, p->rest.n);
		parser_taken(p);
		p->open = true;
		return true;
	}
	if (!form_edits_in(b.text) || block_name_given(p->above).n)
		return false;
	parser_flush(p, b.text.p);
	p->rest = slice_from(p->rest, at + b.text.n);
	block_json(p, &b);
	parser_taken(p);
	return true;
}

/* Takes edits in JSON that make up the whole answer. */
bool parser_take_json(struct parser *p)
{
	struct block b = { .text = form_bare(p->rest) };

	b.language = b.path = (struct slice){ p->rest.p, 0 };
	if (!block_json(p, &b))
		return false;
	p->rest = slice_from(p->rest, p->rest.n);
	parser_taken(p);
	return true;
}

static bool all_indented(struct slice text)
{
	size_t least = slice_indent(text);

	while (text.n && least) {
		struct slice line = slice_line(&text);

		if (!slice_blank(line) && slice_indent(line) < least)
			return false;
	}
	return least > 0;
}

struct slice page_outdent(struct slice text, struct str *buffer)
{
	struct fence f = { .indent = slice_indent(text) };

	if (!all_indented(text))
		return text;
	fence_outdent(&f, text, buffer);
	return (struct slice){ str_cstr(buffer), buffer->len };
}

void parser_take_raw(struct parser *p)
{
	struct block b = { .cut = false };
	const char *start = p->lead ? p->lead : p->rest.p;
	struct str outdented = STR_INIT;
	struct slice code;

	parser_flush(p, start);
	code = raw_take(&p->rest, &b.cut);
	b.text = (struct slice){ start, (size_t)(code.p + code.n - start) };
	b.language = b.path = (struct slice){ start, 0 };
	b.text = page_outdent(b.text, &outdented);
	block_code(p, &b);
	str_free(&outdented);
	parser_taken(p);
	p->after_raw = true;
}
