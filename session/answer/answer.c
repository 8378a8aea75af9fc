/* One pass over the lines. Each line either starts something that is taken
 * whole (the functions named take_...), or is prose:
 *
 *	<think>                         only at the very start
 *	``` or ~~~                      a block: code, edits, or diffs
 *	[BEGIN]                         code up to [DONE]
 *	<<<<<<< SEARCH                  an edit without a fence
 *	diff --git, or --- and +++      a diff without one
 *	*** Begin Patch, {              an agent's patch, or edits in JSON
 *	> ```                           a quotation: read by itself, without the marks
 *	module x (                      code without one
 *
 * Whatever is taken moves `rest` behind itself, and looking ahead never goes
 * further than what is then taken or a blank stretch, so the pass is linear.
 * All of it stops being cut only at a mark that more text cannot change; so a
 * part that is whole stays as it is while an answer grows.
 */
#include "config.h"

#include "session/answer/answer.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_edit.h"
#include "session/answer/answer_fence.h"
#include "session/answer/answer_form.h"
#include "session/answer/answer_name.h"
#include "session/answer/answer_raw.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

/* Placing looks at every pair of some of them. A real answer has a dozen. */
#define MAX_PARTS 1000
#define MAX_QUOTED 3	/* quotations within quotations */

struct parser {
	struct slice rest;	/* not read yet */
	const char *prose;	/* where prose starts that is no part yet */
	struct slice above;	/* the last line that may name the block after it */
	struct slice heading;	/* the file that the last heading names */
	const char *lead;	/* where lines start that belong to raw code after them; NULL */
	bool in_comment;	/* within those */
	bool after_raw;		/* a closing fence may follow that nobody opened */
	size_t wrappers;	/* open fences around text that is read as an answer itself */
	bool begun;		/* a [BEGIN] around a fence */
	int quoted;		/* how many quotations this stands in */
	bool open;		/* the last block was not closed */
	size_t cap;
	struct answer_parts *out;
};

static struct answer_part *add_part(struct parser *p, enum part_kind kind, struct slice text)
{
	struct answer_part *part;

	p->cap = mem_grow((void **)&p->out->v, p->cap, p->out->n + 1, sizeof(*p->out->v));
	part = &p->out->v[p->out->n++];
	*part = (struct answer_part){ .kind = kind, .text = slice_dup(text), .len = text.n };
	return part;
}

/* Prose is for people: what is no text becomes U+FFFD. */
static void add_prose(struct parser *p, enum part_kind kind, struct slice text, bool cut)
{
	struct str clean = STR_INIT;
	struct answer_part *part;
	size_t from = 0, at = 0;

	while (at < text.n) {
		unsigned cp = 0;
		size_t n;
		bool bad;

		if (text.p[at] >= 0x20 && text.p[at] < 0x7f) {	/* nearly all of it */
			at++;
			continue;
		}
		n = utf8_decode(text.p + at, text.n - at, &cp);
		bad = n == 0 || (cp < 0x20 && cp != '\n' && cp != '\t' && cp != '\r') ||
		      (cp >= 0x7f && cp < 0xa0);
		if (bad) {
			str_add(&clean, text.p + from, at - from);
			str_adds(&clean, "\xef\xbf\xbd");
			from = at + (n ? n : 1);
		}
		at += n ? n : 1;
	}
	str_add(&clean, text.p + from, text.n - from);
	part = add_part(p, kind, (struct slice){ text.p, 0 });
	part->cut = cut;
	part->len = clean.len;
	free(part->text);
	part->text = str_take(&clean);
}

/* Prose may hold the body of a module whose head is in the project. */
static void flush_prose(struct parser *p, const char *upto)
{
	struct slice text = { p->prose, (size_t)(upto - p->prose) }, body;

	if (raw_body(text, &body)) {
		struct slice before = { text.p, (size_t)(body.p - text.p) };

		if (!slice_blank(before))
			add_prose(p, PART_PROSE, before, false);
		add_part(p, PART_CODE, body);
		text = slice_from(text, before.n + body.n);
	}
	if (!slice_blank(text))
		add_prose(p, PART_PROSE, text, false);
	p->prose = p->rest.p;
}

/* After something was taken: prose starts anew, names are used up. */
static void taken(struct parser *p)
{
	p->prose = p->rest.p;
	p->above = p->heading = (struct slice){ p->rest.p, 0 };
	p->lead = NULL;
	p->in_comment = false;
	p->after_raw = false;
}

/* Code */

struct block {
	struct slice text, language, path;	/* as the fence says */
	bool cut;
};

static bool shell(struct slice language)
{
	static const char *const names[] = { "bash", "sh", "shell", "console", "zsh", "powershell", "cmd", "bat" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is_nocase(language, names[i]))
			return true;
	return false;
}

static bool maybe_verilog(struct slice language)
{
	static const char *const names[] = { "",    "verilog", "systemverilog", "sv",   "v",         "svh", "vh",
					     "hdl", "rtl",     "text",          "txt",  "plaintext", "code" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is_nocase(language, names[i]))
			return true;
	return false;
}

static bool defines(const struct voutline *o, struct slice name)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->modules[i].name && slice_is(name, o->modules[i].name))
			return true;
	return false;
}

static bool same_file_longer(struct slice a, struct slice b)
{
	return b.n > a.n && memcmp(b.p + b.n - a.n, a.p, a.n) == 0 && b.p[b.n - a.n - 1] == '/';
}

/* The surest name first: what the fence says, the line above if it says
 * nothing else, the comment, a sentence above if it fits the code, and last
 * the heading. */
static struct slice choose_path(const struct parser *p, const struct block *b, const struct voutline *o)
{
	struct slice path = b->path, above, comment = { 0 };
	enum name_kind kind = name_from_line(p->above, &above);
	bool commented = name_from_comment(b->text, &comment);

	if (path.n == 0 && kind == NAME_GIVEN && !shell(b->language))
		path = above;
	if (path.n == 0 && commented)
		path = comment;
	if (path.n == 0 && kind == NAME_MENTIONED && name_is_verilog(above) && !shell(b->language) &&
	    (defines(o, name_stem(above)) || (o->n == 0 && name_is_header(above))))
		path = above;
	if (path.n == 0 && p->heading.n && (!name_is_verilog(p->heading) || maybe_verilog(b->language)))
		path = shell(b->language) ? path : p->heading;
	if (path.n && commented && same_file_longer(path, comment))
		path = comment;
	return path;
}

static char *lower(struct slice s)
{
	char *text = s.n ? slice_dup(s) : NULL;

	for (char *c = text; c && *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return text;
}

static void label(struct answer_part *part, const struct block *b, struct slice path, bool cut)
{
	part->path = path.n ? slice_dup(path) : NULL;
	part->language = lower(b->language);
	part->cut = cut;
}

static void add_code(struct parser *p, const struct block *b)
{
	struct voutline o = { 0 };
	struct answer_part *part;
	bool cut = b->cut;

	if (maybe_verilog(b->language))
		voutline_init(&o, b->text.p, b->text.n);
	for (size_t i = 0; i < o.n; i++)
		cut |= o.modules[i].end_line == 0;
	part = add_part(p, PART_CODE, b->text);
	label(part, b, choose_path(p, b, &o), cut);
	voutline_fini(&o);
}

/* Where the last of the modules of a text ends; 0: it does not, or there is none. */
static size_t modules_end(struct slice code)
{
	struct voutline o;
	size_t end = 0;

	voutline_init(&o, code.p, code.n);
	for (size_t i = 0; i < o.n; i++)
		if (o.modules[i].end > end)
			end = o.modules[i].end;
	if (o.n == 0 || !o.modules[o.n - 1].end_line || end > code.n)
		end = 0;
	voutline_fini(&o);
	return end;
}

/* The same with the rest of the line: for a block whose closing fence was
 * forgotten, where what follows is prose. */
static size_t code_end(struct slice inner)
{
	size_t end = modules_end(inner);
	struct slice rest = slice_from(inner, end);

	return end ? end + slice_line(&rest).n : 0;
}

/* Nothing is missing although the mark of its end is. */
static bool ends_with_module(struct slice code)
{
	size_t end = modules_end(code);

	return end && slice_blank(slice_from(code, end));
}

/* What stands behind a block that nobody closed is a sentence: it cannot go on
 * the code above it. */
static bool sentence(struct slice text)
{
	struct slice s = slice_trim(text);
	bool within = false;

	return s.n && ((s.p[0] >= 'A' && s.p[0] <= 'Z') || s.p[0] == '#' || s.p[0] == '*' || (s.p[0] & 0x80)) &&
	       !raw_leads(s, &within);
}

/* [BEGIN] and [DONE] within a fence. */
static bool unwrap_begin(struct block *b)
{
	struct slice s = slice_trim(b->text);
	size_t done;

	if (!slice_starts(s, "[BEGIN]"))
		return false;
	s = slice_from(s, strlen("[BEGIN]"));
	if (slice_blank(slice_chomp(slice_line(&(struct slice){ s.p, s.n }))))
		slice_line(&s);
	done = slice_find(s, "[DONE]");
	b->cut |= done == s.n && !ends_with_module(s);
	s.n = done;
	b->text = s;
	return true;
}

/* Edits and diffs */

static const char *last_edited(const struct parser *p)
{
	for (size_t i = p->out->n; i > 0; i--)
		if (p->out->v[i - 1].kind != PART_PROSE)
			return p->out->v[i - 1].kind == PART_EDIT ? p->out->v[i - 1].path : NULL;
	return NULL;
}

/* An edit without a name is for the file of the one before. */
static void add_edit(struct parser *p, const struct block *b, const struct edit *e, struct slice named)
{
	const char *last = last_edited(p);
	struct slice path = named.n ? named : last ? slice_of(last) : b->path;
	char *copy = path.n ? slice_dup(path) : NULL;
	struct answer_part *part = add_part(p, PART_EDIT, e->text);

	label(part, b, (struct slice){ b->text.p, 0 }, e->cut);
	part->path = copy;
	part->search = slice_dup(e->search);
	part->search_len = e->search.n;
}

static struct slice given(struct slice line)
{
	struct slice path;

	return name_from_line(line, &path) == NAME_GIVEN ? path : (struct slice){ line.p, 0 };
}

static bool has_edits(struct slice text)
{
	while (text.n)
		if (edit_starts(slice_line(&text)))
			return true;
	return false;
}

static void add_edits(struct parser *p, const struct block *b)
{
	struct slice rest = b->text, path = b->path, above;

	if (path.n == 0 && name_from_line(p->above, &above) != NAME_NONE)
		path = above;
	while (rest.n && p->out->n < MAX_PARTS) {
		struct slice line = slice_line(&rest);

		if (edit_starts(line)) {
			struct edit e = edit_read(&rest);

			add_edit(p, b, &e, path);
			path.n = 0;
		} else if (given(line).n) {
			path = given(line);
		}
	}
}

static void add_diffs(struct parser *p, const struct block *b)
{
	struct slice rest = b->text, above;
	bool named_above = name_from_line(p->above, &above) != NAME_NONE;

	while (rest.n && p->out->n < MAX_PARTS) {
		struct slice diff = diff_take_file(&rest);
		struct slice path = diff_path(diff);

		if (path.n == 0)
			path = b->path.n ? b->path : named_above ? above : path;
		label(add_part(p, PART_DIFF, diff), b, path, b->cut && rest.n == 0 && !diff_is_paid(diff));
	}
}

static bool has_patch(struct slice text)
{
	while (text.n)
		if (form_patch_starts(slice_line(&text)))
			return true;
	return false;
}

static void add_patch(struct parser *p, struct slice *rest, const struct block *b)
{
	struct slice path;
	bool cut;

	while (rest->n && p->out->n < MAX_PARTS) {
		struct str diff = STR_INIT;
		bool file = form_patch_file(rest, &path, &diff, &cut);

		if (file)
			label(add_part(p, PART_DIFF, (struct slice){ str_cstr(&diff), diff.len }), b, path, cut && b->cut);
		str_free(&diff);
		if (!file)
			return;
	}
}

/* Only of a block that is no file by itself. */
static bool add_json(struct parser *p, const struct block *b)
{
	struct form_edits edits;

	if (b->path.n || given(p->above).n || !form_json(b->text, &edits))
		return false;
	for (size_t i = 0; i < edits.n; i++) {
		const struct form_edit *e = &edits.v[i];
		struct answer_part *part = add_part(p, e->search ? PART_EDIT : PART_CODE, slice_of(e->text));

		label(part, b, e->path ? slice_of(e->path) : b->path, false);
		free(part->language);
		part->language = NULL;
		part->search = e->search ? mem_strdup(e->search) : NULL;
		part->search_len = e->search ? strlen(e->search) : 0;
	}
	form_edits_fini(&edits);
	return true;
}

static bool markdown(struct slice language)
{
	return slice_is_nocase(language, "markdown") || slice_is_nocase(language, "md");
}

static void add_block(struct parser *p, struct block *b)
{
	bool patch = slice_is_nocase(b->language, "diff") || slice_is_nocase(b->language, "patch") ||
		     slice_is_nocase(b->language, "udiff");
	struct slice within, rest = b->text;

	if (markdown(b->language)) {	/* what stands in it is quoted */
		if (b->cut || b->path.n || !slice_blank(b->text))
			add_code(p, b);
		return;
	}
	unwrap_begin(b);
	within = diff_within(b->text);
	if (has_edits(b->text)) {
		add_edits(p, b);
	} else if (has_patch(b->text)) {
		add_patch(p, &rest, b);
	} else if (patch || diff_is(b->text) || within.n) {
		b->text = within.n && !diff_is(b->text) ? within : b->text;
		add_diffs(p, b);
	} else if (!add_json(p, b) && (b->cut || b->path.n || !slice_blank(b->text))) {
		add_code(p, b);
	}
}

/* Fences */

static bool nests(struct slice line, const struct fence *f)
{
	struct fence g;

	return fence_opens(line, &g) && g.mark == f->mark && g.width >= f->width && g.info.n > 0;
}

/* A fence without an info string in a document: one that opens a block there has
 * its text right behind it, one that closes the document has not. */
static bool opens_within(const struct fence *f, struct slice rest)
{
	struct slice next = slice_line(&rest), path;
	struct fence g;
	size_t closing = 0;

	if (slice_blank(next) || fence_opens(next, &g))
		return false;
	if (name_from_line(next, &path) == NAME_GIVEN && fence_opens(slice_line(&(struct slice){ rest.p, rest.n }), &g))
		return false;	/* the next file */
	while (rest.n && closing < 2)
		closing += fence_closes(slice_line(&rest), f);
	return closing == 2;
}

enum fence_text { FENCE_CODE, FENCE_DIFF, FENCE_DOCUMENT };

/* Reads up to the closing fence. A document may hold blocks; in any other, a
 * fence with an info string means that the closing one was forgotten. */
static struct slice read_fence(struct parser *p, const struct fence *f, enum fence_text what, bool *closed)
{
	struct slice inner = { p->rest.p, 0 };
	size_t depth = 0, looks = 0;

	*closed = false;
	while (p->rest.n) {
		struct slice ahead = p->rest, line = slice_line(&ahead);
		/* In a diff such a line may be one of its own, behind a blank. */
		bool own = what == FENCE_DIFF && slice_indent(line) > f->indent;

		if (!own && fence_closes(line, f)) {
			bool opens = depth == 0 && what == FENCE_DOCUMENT && looks++ < 100 && opens_within(f, ahead);

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
	return inner;
}

static void take_fence(struct parser *p, const struct fence *f)
{
	struct block b = { .cut = false };
	const char *start = p->rest.p;
	struct str outdented = STR_INIT;
	bool document, diff, closed;
	struct slice inner, after;
	size_t end;

	name_from_info(f->info, &b.language, &b.path);
	document = markdown(b.language);
	diff = slice_is_nocase(b.language, "diff") || slice_is_nocase(b.language, "patch");
	flush_prose(p, start);
	slice_line(&p->rest);
	if (document && b.path.n == 0 && given(p->above).n == 0) {
		p->wrappers++;
		taken(p);
		return;
	}
	inner = read_fence(p, f, document ? FENCE_DOCUMENT : diff ? FENCE_DIFF : FENCE_CODE, &closed);
	if (!closed && p->rest.n && f->info.n == 0 && slice_blank(inner)) {
		p->wrappers++;
		taken(p);
		return;
	}
	if (f->indent)
		fence_outdent(f, inner, &outdented);
	b.text = f->indent ? (struct slice){ str_cstr(&outdented), outdented.len } : inner;
	p->open = !closed && p->rest.n == 0;
	end = closed ? 0 : code_end(b.text);
	after = slice_from(b.text, end ? end : b.text.n);
	if (p->open && end && !ends_with_module(b.text) && !sentence(after))
		after = slice_from(b.text, b.text.n);
	else if (end)
		p->open = false;
	b.text.n -= after.n;
	b.cut = !closed && (!end || p->open);
	add_block(p, &b);
	if (!slice_blank(after))
		add_prose(p, PART_PROSE, after, false);
	str_free(&outdented);
	taken(p);
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

static void take_begin(struct parser *p)
{
	struct block b = { .cut = false };
	struct slice line = p->rest;

	flush_prose(p, p->rest.p);
	line = slice_from(line, slice_indent(line) + strlen("[BEGIN]"));
	if (slice_blank(slice_line(&(struct slice){ line.p, line.n })))
		slice_line(&line);
	if (fence_follows(line)) {
		p->rest = line;
		p->begun = true;
		taken(p);
		return;
	}
	b.text = (struct slice){ line.p, slice_find(line, "[DONE]") };
	b.cut = b.text.n == line.n && !ends_with_module(b.text);
	p->rest = slice_from(line, b.text.n);
	slice_line(&p->rest);
	b.language = b.path = (struct slice){ line.p, 0 };
	p->open = b.cut;
	if (b.cut || !slice_blank(b.text))
		add_block(p, &b);
	taken(p);
}

static void take_edit(struct parser *p)
{
	struct block b = { .cut = false };
	struct slice above;
	struct edit e;

	flush_prose(p, p->rest.p);
	slice_line(&p->rest);
	b.text = b.language = b.path = (struct slice){ p->rest.p, 0 };
	e = edit_read(&p->rest);
	add_edit(p, &b, &e, name_from_line(p->above, &above) != NAME_NONE ? above : b.path);
	taken(p);
}

static void take_diff(struct parser *p)
{
	struct block b = { .cut = false };

	flush_prose(p, p->rest.p);
	b.text = diff_take(&p->rest, &b.cut);
	b.language = b.path = (struct slice){ p->rest.p, 0 };
	add_diffs(p, &b);
	taken(p);
}

static void take_patch(struct parser *p)
{
	struct block b = { .cut = true };

	flush_prose(p, p->rest.p);
	b.text = b.language = b.path = (struct slice){ p->rest.p, 0 };
	add_patch(p, &p->rest, &b);
	taken(p);
}

/* Edits in JSON that are all of the answer. */
static bool take_json(struct parser *p)
{
	struct block b = { .text = p->rest };

	b.language = b.path = (struct slice){ p->rest.p, 0 };
	if (!add_json(p, &b))
		return false;
	p->rest = slice_from(p->rest, p->rest.n);
	taken(p);
	return true;
}

/* A quotation that holds a block: without its marks it is read like an answer. */
static void parse_lines(struct parser *p);

static bool quotes_fence(const struct parser *p, struct slice line)
{
	struct fence f;

	for (int depth = p->quoted; depth < MAX_QUOTED; depth++) {
		line = slice_from(line, slice_indent(line));
		if (!slice_starts(line, ">"))
			return false;
		line = slice_from(line, 1);
		if (fence_opens(line, &f))
			return true;
	}
	return false;
}

static void take_quotation(struct parser *p)
{
	struct parser q = { .out = p->out, .cap = p->cap, .above = p->above, .heading = p->heading, .quoted = p->quoted + 1 };
	struct str text = STR_INIT;

	flush_prose(p, p->rest.p);
	while (p->rest.n) {
		struct slice ahead = p->rest, line = slice_line(&ahead), s = slice_from(line, slice_indent(line));

		if (!slice_starts(s, ">"))
			break;
		s = slice_from(s, s.n > 1 && s.p[1] == ' ' ? 2 : 1);
		str_add(&text, s.p, s.n);
		p->rest = ahead;
	}
	q.rest = (struct slice){ str_cstr(&text), text.len };
	q.prose = q.rest.p;
	parse_lines(&q);
	p->cap = q.cap;
	p->open |= q.open && p->rest.n == 0;
	str_free(&text);
	taken(p);
}

static void take_raw(struct parser *p)
{
	struct block b = { .cut = false };
	const char *start = p->lead ? p->lead : p->rest.p;
	struct slice code;

	flush_prose(p, start);
	code = raw_take(&p->rest, &b.cut);
	b.text = (struct slice){ start, (size_t)(code.p + code.n - start) };
	b.language = b.path = (struct slice){ start, 0 };
	add_code(p, &b);
	taken(p);
	p->after_raw = true;
}

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
	/* <diff> and its like stand between a name and what it names. */
	if (s.p[0] == '<' && s.p[s.n - 1] == '>' && name_from_line(s, &path) == NAME_NONE)
		return;
	p->above = s;
	if (s.p[0] == '#' || slice_starts(s, "**"))
		p->heading = name_from_line(s, &path) == NAME_GIVEN ? path : (struct slice){ s.p, 0 };
}

/* What stands behind tags on their line, "<content>module x": to be read as if it
 * stood on a line of its own. Moves p->rest there. */
static void skip_tags(struct parser *p)
{
	struct slice ahead = p->rest, line = slice_line(&ahead), s = slice_from(line, slice_indent(line));
	size_t tags = 0;

	while (s.n > 2 && s.p[0] == '<' && (slice_word(slice_from(s, 1)) || slice_starts(s, "<![CDATA["))) {
		const char *end = memchr(s.p, s.p[1] == '!' ? '[' : '>', s.n);

		if (end && s.p[1] == '!')
			end += strlen("CDATA[");
		if (!end)
			return;
		s = slice_from(s, (size_t)(end + 1 - s.p));
		tags++;
	}
	ahead = slice_from(p->rest, (size_t)(s.p - p->rest.p));
	if (tags == 0 || !(edit_starts(s) || form_patch_starts(s) || raw_starts(ahead)))
		return;
	flush_prose(p, s.p);
	p->prose = s.p;
	p->rest = ahead;
}

static void step(struct parser *p)
{
	struct slice ahead = p->rest, line = slice_line(&ahead), s = slice_trim(line);
	struct fence f;

	if (fence_opens(line, &f)) {
		bool stray = f.info.n == 0 && (p->wrappers || p->after_raw);

		if (!stray) {
			take_fence(p, &f);
			return;
		}
		flush_prose(p, p->rest.p);
		p->wrappers -= !p->after_raw;
		p->rest = ahead;
		taken(p);
	} else if (slice_starts(s, "[BEGIN]")) {
		take_begin(p);
	} else if (slice_is(s, "[DONE]") && p->begun) {
		flush_prose(p, p->rest.p);
		p->begun = false;
		p->rest = ahead;
		taken(p);
	} else if (quotes_fence(p, line)) {
		take_quotation(p);
	} else if (edit_starts(line)) {
		take_edit(p);
	} else if (form_patch_starts(line)) {
		take_patch(p);
	} else if (diff_starts(p->rest)) {
		take_diff(p);
	} else if (raw_starts(p->rest)) {
		take_raw(p);
	} else {
		note_line(p, line);
		p->rest = ahead;
	}
}

static void parse_lines(struct parser *p)
{
	while (p->rest.n && p->out->n < MAX_PARTS) {
		skip_tags(p);
		step(p);
	}
	p->out->cut |= p->rest.n > 0;
	p->rest = slice_from(p->rest, p->rest.n);
	flush_prose(p, p->rest.p);
}

/* Some templates let the model open its thoughts in the answer itself. Only
 * there: later the tag is text. */
static void take_reasoning(struct parser *p)
{
	static const char *const tags[][2] = { { "<think>", "</think>" }, { "<thinking>", "</thinking>" } };
	struct slice s = p->rest;

	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == '\r' || s.p[0] == '\n'))
		s = slice_from(s, 1);
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		size_t end;

		if (!slice_starts(s, tags[i][0]))
			continue;
		s = slice_from(s, strlen(tags[i][0]));
		end = slice_find(s, tags[i][1]);
		p->open = end == s.n;
		add_prose(p, PART_REASONING, slice_trim((struct slice){ s.p, end }), p->open);
		p->rest = slice_from(s, p->open ? end : end + strlen(tags[i][1]));
		taken(p);
		return;
	}
}

static bool ends_cut(const struct parser *p)
{
	if (p->open || p->wrappers)
		return true;
	/* An answer that goes on after a broken block was not cut there. */
	return p->out->n && p->out->v[p->out->n - 1].cut;
}

void answer_parse(const char *text, size_t len, struct answer_parts *out)
{
	struct parser p = { .rest = { text, len }, .out = out };

	*out = (struct answer_parts){ 0 };
	if (slice_starts(p.rest, "\xef\xbb\xbf"))
		p.rest = slice_from(p.rest, 3);
	taken(&p);
	take_reasoning(&p);
	if (take_json(&p))
		return;
	parse_lines(&p);
	out->cut |= ends_cut(&p);
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

bool answer_unread(const struct answer_parts *parts)
{
	for (size_t i = 0; i < parts->n; i++)
		if (parts->v[i].kind == PART_PROSE && form_left_over((struct slice){ parts->v[i].text, parts->v[i].len }))
			return true;
	return false;
}
