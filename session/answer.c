/* One pass over the lines. Each line either starts something that is taken
 * whole (the functions named take_...), or is prose:
 *
 *	<think>                         only at the very start
 *	``` or ~~~                      a block: code, edits, or diffs
 *	[BEGIN]                         code up to [DONE]
 *	<<<<<<< SEARCH                  an edit without a fence
 *	diff --git, or --- and +++      a diff without one
 *	module x (                      code without one
 *
 * Whatever is taken moves `rest` behind itself, and looking ahead never goes
 * further than what is then taken or a blank stretch, so the pass is linear.
 * All of it stops being cut only at a mark that more text cannot change; so a
 * part that is whole stays as it is while an answer grows.
 */
#include "config.h"

#include "session/answer.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer_edit.h"
#include "session/answer_fence.h"
#include "session/answer_name.h"
#include "session/answer_raw.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/slice.h"
#include "session/verilog.h"

/* Placing looks at every pair of some of them. A real answer has a dozen. */
#define MAX_PARTS 1000

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

static void flush_prose(struct parser *p, const char *upto)
{
	struct slice text = { p->prose, (size_t)(upto - p->prose) };

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
	b->cut |= done == s.n;
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
		label(add_part(p, PART_DIFF, diff), b, path, b->cut && rest.n == 0);
	}
}

static void add_block(struct parser *p, struct block *b)
{
	bool patch = slice_is_nocase(b->language, "diff") || slice_is_nocase(b->language, "patch") ||
		     slice_is_nocase(b->language, "udiff");

	unwrap_begin(b);
	if (has_edits(b->text))
		add_edits(p, b);
	else if (patch || diff_is(b->text))
		add_diffs(p, b);
	else if (b->cut || b->path.n || !slice_blank(b->text))
		add_code(p, b);
}

/* Fences */

static bool nests(struct slice line, const struct fence *f)
{
	struct fence g;

	return fence_opens(line, &g) && g.mark == f->mark && g.width >= f->width && g.info.n > 0;
}

/* Reads up to the closing fence. A block in Markdown may hold blocks; in any
 * other, a fence with an info string means that the closing one was forgotten. */
static struct slice read_fence(struct parser *p, const struct fence *f, bool markdown, bool diff, bool *closed)
{
	struct slice inner = { p->rest.p, 0 };
	size_t depth = 0;

	*closed = false;
	while (p->rest.n) {
		struct slice ahead = p->rest, line = slice_line(&ahead);
		/* In a diff such a line may be one of its own, behind a blank. */
		bool own = diff && slice_indent(line) > f->indent;

		if (!own && fence_closes(line, f)) {
			if (depth == 0) {
				*closed = true;
				p->rest = ahead;
				return inner;
			}
			depth--;
		} else if (!own && nests(line, f)) {
			if (!markdown)
				return inner;
			depth++;
		}
		p->rest = ahead;
		inner.n += line.n;
	}
	return inner;
}

/* Where the modules of a block end whose closing fence was forgotten: what
 * follows is prose. 0: that cannot be told. */
static size_t code_end(struct slice inner)
{
	struct voutline o;
	size_t end = 0;

	voutline_init(&o, inner.p, inner.n);
	for (size_t i = 0; i < o.n; i++)
		if (o.modules[i].end > end)
			end = o.modules[i].end;
	if (o.n && o.modules[o.n - 1].end_line && end <= inner.n) {
		struct slice rest = slice_from(inner, end);

		end += slice_line(&rest).n;
	} else {
		end = 0;
	}
	voutline_fini(&o);
	return end;
}

static void take_fence(struct parser *p, const struct fence *f)
{
	struct block b = { .cut = false };
	const char *start = p->rest.p;
	struct str outdented = STR_INIT;
	bool markdown, diff, closed;
	struct slice inner, after;
	size_t end;

	name_from_info(f->info, &b.language, &b.path);
	markdown = slice_is_nocase(b.language, "markdown") || slice_is_nocase(b.language, "md");
	diff = slice_is_nocase(b.language, "diff") || slice_is_nocase(b.language, "patch");
	flush_prose(p, start);
	slice_line(&p->rest);
	if (markdown && b.path.n == 0 && given(p->above).n == 0) {
		p->wrappers++;
		taken(p);
		return;
	}
	inner = read_fence(p, f, markdown, diff, &closed);
	if (!closed && p->rest.n && f->info.n == 0 && slice_blank(inner)) {
		p->wrappers++;
		taken(p);
		return;
	}
	if (f->indent)
		fence_outdent(f, inner, &outdented);
	b.text = f->indent ? (struct slice){ str_cstr(&outdented), outdented.len } : inner;
	p->open = !closed && p->rest.n == 0;
	end = closed || p->open ? 0 : code_end(b.text);
	after = slice_from(b.text, end ? end : b.text.n);
	b.text.n -= after.n;
	b.cut = !closed && !end;
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
	b.cut = b.text.n == line.n;
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
	p->above = s;
	if (s.p[0] == '#' || slice_starts(s, "**"))
		p->heading = name_from_line(s, &path) == NAME_GIVEN ? path : (struct slice){ s.p, 0 };
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
	} else if (edit_starts(line)) {
		take_edit(p);
	} else if (diff_starts(p->rest)) {
		take_diff(p);
	} else if (raw_starts(p->rest)) {
		take_raw(p);
	} else {
		note_line(p, line);
		p->rest = ahead;
	}
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
	if (p->open || p->begun || p->wrappers)
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
	while (p.rest.n && out->n < MAX_PARTS)
		step(&p);
	out->cut = p.rest.n > 0;
	p.rest = slice_from(p.rest, p.rest.n);
	flush_prose(&p, p.rest.p);
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
