/* One pass over the lines. Each line is either prose or starts something that is
 * taken as a whole (parser_take_...() of answer_take.c):
 *
 *	<think>				thoughts, up to </think>; at the start even without its end
 *	``` or ~~~			a block: code, edits, or diffs
 *	[BEGIN]				code up to [DONE]
 *	<<<<<<< SEARCH			an edit without a fence
 *	diff --git, or --- and +++	a diff without a fence
 *	*** Begin Patch, {		an agent's patch, or edits in JSON
 *	> ```				a quotation: read separately, without the marks
 *	module x (			code without a fence
 *
 * Taking something advances `rest` past it, and looking ahead never goes further
 * than what is then taken or a blank stretch, so the pass is linear. A part stops
 * being cut only at a mark that more text cannot change, so a complete part stays
 * as it is while an answer grows. The exception is thoughts without an opening tag
 * at the start of the answer: only the closing tag shows that they were thoughts.
 */
#include "config.h"

#include "session/answer/answer.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_edit.h"
#include "session/answer/answer_fence.h"
#include "session/answer/answer_form.h"
#include "session/answer/answer_name.h"
#include "session/answer/answer_parser.h"
#include "session/answer/answer_raw.h"
#include "session/base/str.h"
#include "session/text/call_marks.h"
#include "session/text/slice.h"
#include "session/text/thoughts.h"

/* Lines */

static void note_line(struct parser *p, struct slice line)
{
	bool was_in = p->in_comment;
	struct slice s = slice_trim(line), path;

	if (s.n == 0)
		return;
	p->after_raw = false;
	if (raw_leads(line, &p->in_comment)) {
		if (!p->lead && !was_in)
			p->lead = line.p;
		return;
	}
	p->lead = NULL;
	/* Tags such as <diff> may be between a name and what it names. */
	if (s.p[0] == '<' && (s.p[s.n - 1] == '>' || slice_find(s, "<![CDATA[") < s.n) &&
	    name_from_line(s, &path) == NAME_NONE)
		return;
	p->above = s;
	if (s.p[0] == '#' || slice_starts(s, "**"))
		p->heading =
			name_from_line(s, &path) == NAME_GIVEN ? path : (struct slice){ s.p, 0 };
}

/* Text after tags on the same line, "<content>module x", is read as if on a line of
 * its own. Advances p->rest to it. */
static void skip_tags(struct parser *p)
{
	struct slice s = slice_from(p->rest, slice_indent(p->rest)), ahead = p->rest, line;
	size_t tags = 0;

	if (!slice_starts(s, "<"))
		return;
	line = slice_line(&ahead);
	s = slice_from(line, (size_t)(s.p - line.p));
	while (s.n > 2 && s.p[0] == '<' &&
	       (slice_word(slice_from(s, 1)) || slice_starts(s, "<![CDATA["))) {
		const char *end = memchr(s.p, s.p[1] == '!' ? '[' : '>', s.n);

		if (end && s.p[1] == '!')
			end += strlen("CDATA[");
		if (!end)
			return;
		s = slice_from(s, (size_t)(end + 1 - s.p));
		tags++;
	}
	ahead = slice_from(p->rest, (size_t)(s.p - p->rest.p));
	if (tags == 0 ||
	    !(edit_starts(s) || form_patch_starts(s) || diff_starts(ahead) || raw_starts(ahead)))
		return;
	parser_flush(p, s.p);
	p->prose = s.p;
	p->rest = ahead;
}

static void read_lines(struct parser *p);

/* Removes one mark of a quotation. False: there is none. */
static bool unquote(struct slice *line)
{
	*line = slice_from(*line, slice_indent(*line));
	if (!slice_starts(*line, ">"))
		return false;
	*line = slice_from(*line, 1);
	return true;
}

static bool opens_block(struct slice line, struct slice next)
{
	struct fence f;
	struct slice s = slice_from(line, slice_indent(line));

	next = slice_from(next, slice_indent(next));
	return fence_opens(line, &f) || raw_starts(line) || edit_starts(line) ||
	       form_patch_starts(line) || slice_starts(s, "diff --git ") ||
	       (slice_starts(s, "--- ") && slice_starts(next, "+++ "));
}

/* True for a quotation that contains a block, or code or changes without a fence: it is
 * read like an answer, without its marks. */
static bool quotes_block(const struct parser *p)
{
	struct slice rest = p->rest, line = slice_line(&rest), next = slice_line(&rest);

	for (int depth = p->quoted; depth < MAX_QUOTED && unquote(&line); depth++) {
		if (!unquote(&next))
			next.n = 0;
		if (opens_block(line, next))
			return true;
	}
	return false;
}

/* True if the blank after each mark belongs to the mark: every line with text has one. */
static bool quotes_apart(struct slice rest)
{
	while (rest.n) {
		struct slice line = slice_line(&rest), s = slice_from(line, slice_indent(line));

		if (!slice_starts(s, ">"))
			break;
		s = slice_chomp(slice_from(s, 1));
		if (s.n && s.p[0] != ' ' && s.p[0] != '>')
			return false;
	}
	return true;
}

static void take_quotation(struct parser *p)
{
	struct parser q = { .out = p->out,
			    .cap = p->cap,
			    .above = p->above,
			    .heading = p->heading,
			    .quoted = p->quoted + 1 };
	struct str text = STR_INIT;
	size_t mark = quotes_apart(p->rest) ? 2 : 1;

	parser_flush(p, p->rest.p);
	while (p->rest.n) {
		struct slice ahead = p->rest, line = slice_line(&ahead),
			     s = slice_from(line, slice_indent(line));

		if (!slice_starts(s, ">"))
			break;
		s = slice_from(s, s.n > 1 && s.p[1] == ' ' ? mark : 1);
		str_add(&text, s.p, s.n);
		p->rest = ahead;
	}
	q.rest = (struct slice){ str_cstr(&text), text.len };
	q.prose = q.rest.p;
	read_lines(&q);
	p->cap = q.cap;
	p->open |= q.open && p->rest.n == 0;
	str_free(&text);
	parser_taken(p);
}

/* A fast check, because nearly no line starts with a tag. */
static bool may_be_tag(struct slice s)
{
	return s.n && (s.p[0] == '<' || s.p[0] == '[' || s.p[0] == '\xe2');
}

static const struct thoughts *opens_thoughts(struct slice s)
{
	if (!may_be_tag(s))
		return NULL;
	for (const struct thoughts *t = thoughts; t->open; t++)
		if (slice_starts(s, t->open))
			return t;
	return NULL;
}

/* Takes thoughts up to the closing tag `end`; s starts right after the opening tag.
 * A tag that only announces the answer is skipped too. */
static void take_thoughts(struct parser *p, struct slice s, const char *end)
{
	size_t n = slice_find(s, end);

	p->open = n == s.n;
	parser_prose(p, PART_REASONING, slice_trim((struct slice){ s.p, n }), p->open);
	p->rest = slice_from(s, p->open ? n : n + strlen(end));
	if (slice_starts(p->rest, thoughts_answer))
		p->rest = slice_from(p->rest, strlen(thoughts_answer));
	parser_taken(p);
}

/* True if the line that begins there is inside of fenced code. */
static bool in_fence(struct slice s, size_t line)
{
	struct slice before = { s.p, line };
	struct fence f;
	bool in = false;

	while (before.n) {
		struct slice l = slice_line(&before);

		in = in ? !fence_closes(l, &f) : fence_opens(l, &f);
	}
	return in;
}

/* True if the mark at `at` ends thoughts: alone on its line; or behind words at the end
 * of a line or before a fence, but not in code or quoted, where it is only spoken of. */
static bool ends_there(struct slice s, size_t at, size_t n)
{
	struct slice after = slice_from(s, at + n), tail = slice_trim(slice_line(&after));
	size_t line = at;

	while (line && s.p[line - 1] != '\n')
		line--;
	if (tail.n && !slice_starts(tail, "```"))
		return false;
	return slice_blank((struct slice){ s.p + line, at - line }) ||
	       (!strchr("`'\"", s.p[at - 1]) && !in_fence(s, line));
}

/* The closing tag of thoughts whose opening tag was part of the template: there is no
 * opening tag before it. NULL: none. */
static const char *ends_thoughts(struct slice text)
{
	const char *end = NULL;

	for (const struct thoughts *t = thoughts; t->open; t++) {
		size_t at = t->alone ? slice_find(text, t->close) : text.n;
		struct slice before = { text.p, at };

		if (at == text.n || !ends_there(text, at, strlen(t->close)) ||
		    slice_find(before, t->open) < at)
			continue;
		end = t->close;
		text = before;
	}
	return end;
}

/* Thoughts at the very start need no closing tag, because the answer may have been
 * cut off. */
static void take_reasoning(struct parser *p)
{
	struct slice s = p->rest;
	const struct thoughts *tag;
	const char *end;

	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == '\r' || s.p[0] == '\n'))
		s = slice_from(s, 1);
	tag = opens_thoughts(s);
	end = tag ? tag->close : ends_thoughts(s);
	if (end)
		take_thoughts(p, slice_from(s, tag ? strlen(tag->open) : 0), end);
}

static void step(struct parser *p)
{
	struct slice ahead = p->rest, line = slice_line(&ahead), s = slice_trim(line), after;
	const struct thoughts *tag = opens_thoughts(s);
	struct fence f;

	after = tag ? slice_from(p->rest, (size_t)(s.p - p->rest.p) + strlen(tag->open)) : p->rest;
	if (tag && slice_find(after, tag->close) < after.n) {
		parser_flush(p, s.p);
		take_thoughts(p, after, tag->close);
	} else if (p->rest.p == p->closes) {
		parser_flush(p, p->rest.p);
		p->rest = ahead;
		parser_taken(p);
	} else if (fence_opens(line, &f)) {
		bool stray = f.info.n == 0 && (p->wrappers || p->after_raw);

		if (!stray) {
			parser_take_fence(p, &f);
			return;
		}
		parser_flush(p, p->rest.p);
		p->wrappers -= !p->after_raw;
		p->rest = ahead;
		parser_taken(p);
	} else if (slice_starts(s, "[BEGIN]")) {
		parser_take_begin(p);
	} else if (slice_is(s, "[DONE]") && p->begun) {
		parser_flush(p, p->rest.p);
		p->begun = false;
		p->rest = ahead;
		parser_taken(p);
	} else if (parser_take_tags(p, line)) {
		;
	} else if (quotes_block(p)) {
		take_quotation(p);
	} else if (edit_starts(line)) {
		parser_take_edit(p);
	} else if (form_patch_starts(line)) {
		parser_take_patch(p);
	} else if (diff_starts(p->rest)) {
		parser_take_diff(p);
	} else if (raw_starts(p->rest)) {
		parser_take_raw(p);
	} else if (!parser_take_object(p, line)) {
		note_line(p, line);
		p->rest = ahead;
	}
}

static void read_lines(struct parser *p)
{
	while (p->rest.n && p->out->n < ANSWER_MAX_PARTS) {
		skip_tags(p);
		step(p);
	}
	p->out->cut |= p->rest.n > 0;
	p->rest = slice_from(p->rest, p->rest.n);
	parser_flush(p, p->rest.p);
}

/* An answer inside JSON: {"response": "Here it is: ..."}. */
static bool read_wrapped(struct parser *p)
{
	struct str text = STR_INIT;
	bool yes = form_answer(form_bare(p->rest), &text);

	if (yes) {
		struct parser inner = { .rest = { text.data, text.len },
					.prose = text.data,
					.out = p->out,
					.cap = p->cap };

		parser_taken(&inner);
		read_lines(&inner);
		p->cap = inner.cap;
		p->open = inner.open;
		p->rest = slice_from(p->rest, p->rest.n);
		parser_taken(p);
	}
	str_free(&text);
	return yes;
}

/* said: the answer, without its thoughts. JSON is looked for in all of it: of a list that
 * breaks off between two edits each is whole. */
static bool ends_cut(const struct parser *p, struct slice said)
{
	const struct answer_part *last = p->out->n ? &p->out->v[p->out->n - 1] : NULL;

	if (p->open || p->wrappers)
		return true;
	/* If the answer continues after a broken block, it was not cut off there. */
	return last && (last->cut || form_json_breaks_off(said));
}

/* Converts lines that end in CR alone, as on an old Mac. */
static void end_lines(struct str *copy)
{
	for (size_t i = 0; i < copy->len; i++)
		if (copy->data[i] == '\r')
			copy->data[i] = '\n';
}

/* False: there are no marks. */
static bool drop_marks(struct slice text, struct str *out)
{
	if (!call_marks_in(text))
		return false;
	call_marks_drop(text, 0, out);
	if (out->len < text.n)
		return true;
	str_clear(out);
	return false;
}

void answer_parse(const char *text, size_t len, struct answer_parts *out)
{
	struct parser p = { .rest = { text, len }, .out = out };
	struct slice said;
	struct str copy = STR_INIT;

	*out = (struct answer_parts){ 0 };
	if (len && memchr(text, '\r', len) && !memchr(text, '\n', len)) {
		str_add(&copy, text, len);
		end_lines(&copy);
		answer_parse(copy.data, copy.len, out);
		str_free(&copy);
		return;
	}
	if (drop_marks(p.rest, &copy)) {
		answer_parse(copy.data, copy.len, out);
		str_free(&copy);
		return;
	}
	if (fence_drop_ends(p.rest, &copy) || fence_unglue(p.rest, &copy)) {
		answer_parse(copy.data, copy.len, out);
		str_free(&copy);
		return;
	}
	if (slice_starts(p.rest, "\xef\xbb\xbf"))
		p.rest = slice_from(p.rest, 3);
	parser_taken(&p);
	take_reasoning(&p);
	said = p.rest;
	if (parser_take_json(&p))
		return;
	if (!read_wrapped(&p))
		read_lines(&p);
	out->cut |= ends_cut(&p, said);
}

void answer_parts_fini(struct answer_parts *parts)
{
	for (size_t i = 0; i < parts->n; i++) {
		free(parts->v[i].text);
		free(parts->v[i].search);
		free(parts->v[i].path);
		free(parts->v[i].language);
	}
	free(parts->v);
	*parts = (struct answer_parts){ 0 };
}

void answer_prose(const char *text, size_t len, struct str *out)
{
	struct answer_parts parts;
	struct str prose = STR_INIT;

	answer_parse(text, len, &parts);
	for (size_t i = 0; i < parts.n; i++)
		if (parts.v[i].kind == PART_PROSE)
			str_add(&prose, parts.v[i].text, parts.v[i].len);
	if (!slice_blank((struct slice){ str_cstr(&prose), prose.len }))
		str_add(out, str_cstr(&prose), prose.len);
	answer_parts_fini(&parts);
	str_free(&prose);
}

bool answer_unread(const struct answer_parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		if (parts->v[i].kind == PART_PROSE &&
		    form_has_markup((struct slice){ parts->v[i].text, parts->v[i].len }))
			return true;
	return false;
}
