/* What a block holds. A block of edits or diffs may change several files; code is
 * one file, and is named by what stands around it. */
#include "config.h"

#include "session/answer/answer_parser.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_edit.h"
#include "session/answer/answer_form.h"
#include "session/answer/answer_name.h"
#include "session/answer/answer_raw.h"
#include "session/answer/answer_several.h"
#include "session/answer/answer_shell.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/verilog.h"

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
static struct slice choose_path(const struct parser *p, const struct block *b,
				const struct voutline *o)
{
	struct slice path = b->path, above, comment = { 0 };
	enum name_kind kind = name_from_line(p->above, &above);
	bool commented = name_from_comment(b->text, &comment);

	if (path.n == 0 && kind == NAME_GIVEN && !shell_language(b->language))
		path = above;
	if (path.n == 0 && commented)
		path = comment;
	if (path.n == 0 && kind == NAME_MENTIONED && name_is_verilog(above) &&
	    !shell_language(b->language) &&
	    (defines(o, name_stem(above)) || (o->n == 0 && name_is_header(above))))
		path = above;
	if (path.n == 0 && p->heading.n &&
	    (!name_is_verilog(p->heading) || name_language_is_ours(b->language)))
		path = shell_language(b->language) ? path : p->heading;
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
	part->path = path.n ? name_copy(path) : NULL;
	part->language = lower(b->language);
	part->cut = cut;
}

/* Several files in one block, each under a comment with its path. */
static bool block_files(struct parser *p, const struct block *b)
{
	struct slice rest = b->text, head;
	struct slice one = several_take(&rest, &head);

	if (b->path.n || head.n == 0 || rest.n == 0 || !name_language_is_ours(b->language))
		return false;
	for (;;) {
		struct block file = { .text = one,
				      .language = b->language,
				      .path = head,
				      .cut = b->cut && rest.n == 0 };

		block_code(p, &file);
		if (rest.n == 0)
			return true;
		one = several_take(&rest, &head);
	}
}

/* The first line of a block that is no code: a language or a path that should have
 * stood behind the fence. */
static bool take_first_line(struct block *b)
{
	struct slice rest = b->text, line = slice_line(&rest), s = slice_trim(line), path;

	if (s.n == 0 || !(raw_starts(rest) || slice_starts(slice_trim(rest), "//") ||
			  slice_starts(slice_trim(rest), "`")))
		return false;
	if (b->language.n == 0 && (slice_is_nocase(s, "verilog") ||
				   slice_is_nocase(s, "systemverilog") || slice_is_nocase(s, "sv")))
		b->language = s;
	else if (b->path.n == 0 && !slice_starts(s, "//") && !slice_starts(s, "/*") &&
		 !slice_starts(s, "`") && name_from_line(s, &path) == NAME_GIVEN &&
		 name_is_verilog(path))
		b->path = path;
	else
		return false;
	b->text = rest;
	return true;
}

void block_code(struct parser *p, const struct block *b)
{
	struct voutline o = { 0 };
	struct answer_part *part;
	bool cut = b->cut;

	if (name_language_is_ours(b->language))
		voutline_init(&o, b->text.p, b->text.n);
	for (size_t i = 0; i < o.n; i++)
		cut |= o.modules[i].end_line == 0;
	part = parser_add(p, PART_CODE, b->text);
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
size_t block_code_end(struct slice inner)
{
	size_t end = modules_end(inner);
	struct slice rest = slice_from(inner, end);

	return end ? end + slice_line(&rest).n : 0;
}

/* Nothing is missing although the mark of its end is. */
bool block_ends_with_module(struct slice code)
{
	size_t end = modules_end(code);

	return end && slice_blank(slice_from(code, end));
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
	b->cut |= done == s.n && !block_ends_with_module(s);
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
void block_edit(struct parser *p, const struct block *b, const struct edit *e, struct slice named)
{
	const char *last = last_edited(p);
	struct slice path = named.n ? named : last ? slice_of(last) : b->path;
	char *copy = path.n ? name_copy(path) : NULL;
	struct answer_part *part = parser_add(p, PART_EDIT, e->text);

	label(part, b, (struct slice){ b->text.p, 0 }, e->cut);
	part->path = copy;
	part->search = slice_dup(e->search);
	part->search_len = e->search.n;
}

struct slice block_name_given(struct slice line)
{
	struct slice path;

	return name_from_line(line, &path) == NAME_GIVEN ? path : (struct slice){ line.p, 0 };
}

/* A whole file with the marks of a conflict in it is no list of edits. */
static bool has_edits(struct slice text)
{
	bool conflict = false, within = false, module = false;

	while (text.n) {
		bool starts = raw_starts(text);
		struct slice line = slice_line(&text), s = slice_trim(line);

		if (edit_starts(line) && !edit_conflict_starts(line))
			return true;
		within = edit_conflict_starts(line) || (within && !slice_starts(s, ">>>>>>>"));
		conflict |= within;
		module |= !within && starts;
	}
	return conflict && !module;
}

/* Lines to be taken and put in a fence of another kind: each changed one has its sign
 * in the first column, which no Verilog line has. */
static bool signed_lines(struct slice text)
{
	size_t minus = 0, plus = 0;

	while (text.n) {
		struct slice line = slice_line(&text);

		if (raw_starts((struct slice){ line.p, line.n + text.n }))
			return false;
		minus += slice_starts(line, "-") && !slice_starts(line, "--");
		plus += slice_starts(line, "+") && !slice_starts(line, "++");
	}
	return minus && plus;
}

static void block_edits(struct parser *p, const struct block *b)
{
	struct slice rest = b->text, path = b->path, above;

	if (path.n == 0 && name_from_line(p->above, &above) != NAME_NONE)
		path = above;
	while (rest.n && p->out->n < ANSWER_MAX_PARTS) {
		struct slice line = slice_line(&rest);

		if (edit_starts(line)) {
			struct edit e = edit_read(&rest);

			block_edit(p, b, &e, path);
			path.n = 0;
		} else if (block_name_given(line).n) {
			path = block_name_given(line);
		}
	}
}

void block_diffs(struct parser *p, const struct block *b)
{
	struct slice rest = b->text, above;
	bool named_above = name_from_line(p->above, &above) != NAME_NONE;

	while (rest.n && p->out->n < ANSWER_MAX_PARTS) {
		struct slice diff = diff_take_file(&rest);
		struct slice path = diff_path(diff);

		if (path.n == 0)
			path = b->path.n ? b->path : named_above ? above : path;
		label(parser_add(p, PART_DIFF, diff), b, path,
		      b->cut && rest.n == 0 && !diff_is_paid(diff));
	}
}

static bool has_patch(struct slice text)
{
	while (text.n)
		if (form_patch_starts(slice_line(&text)))
			return true;
	return false;
}

void block_patch(struct parser *p, struct slice *rest, const struct block *b)
{
	struct slice path;
	bool cut;

	while (rest->n && p->out->n < ANSWER_MAX_PARTS) {
		struct str diff = STR_INIT;
		bool file = form_patch_file(rest, &path, &diff, &cut);

		if (file)
			label(parser_add(p, PART_DIFF, (struct slice){ str_cstr(&diff), diff.len }),
			      b, path, cut && b->cut);
		str_free(&diff);
		if (!file)
			return;
	}
}

/* Only of a block that is no file by itself. */
bool block_json(struct parser *p, const struct block *b)
{
	struct form_edits edits;

	if (b->path.n || block_name_given(p->above).n || !form_json(b->text, &edits))
		return false;
	for (size_t i = 0; i < edits.n; i++) {
		const struct form_edit *e = &edits.v[i];
		struct answer_part *part =
			parser_add(p, e->search ? PART_EDIT : PART_CODE, slice_of(e->text));

		label(part, b, e->path ? slice_of(e->path) : b->path, false);
		free(part->language);
		part->language = NULL;
		part->search = e->search ? mem_strdup(e->search) : NULL;
		part->search_len = e->search ? strlen(e->search) : 0;
	}
	form_edits_fini(&edits);
	return true;
}

/* Files that commands would write. */
static bool block_shell(struct parser *p, const struct block *b)
{
	struct slice rest = b->text, path, text;
	bool any = false, cut;

	while (rest.n && p->out->n < ANSWER_MAX_PARTS && shell_file(&rest, &path, &text, &cut)) {
		struct block file = {
			.text = text, .language = { text.p, 0 }, .path = path, .cut = cut && b->cut
		};

		block_code(p, &file);
		any = true;
	}
	return any;
}

bool block_is_document(struct slice language)
{
	return slice_is_nocase(language, "markdown") || slice_is_nocase(language, "md");
}

/* A block that says of itself that it is no part of the design. */
static bool is_example(struct slice language)
{
	return slice_is_nocase(language, "example");
}

/* A module in a fence of another language, as models that take C's colours for it
 * write them. */
static bool holds_modules(struct slice text)
{
	bool within = false;

	while (text.n && !raw_starts(text)) {
		struct slice line = slice_line(&text);

		if (!within && slice_blank(line))
			continue;
		if (!raw_leads(line, &within))
			return false;
	}
	return text.n && block_ends_with_module(text);
}

void block_add(struct parser *p, struct block *b)
{
	bool patch = slice_is_nocase(b->language, "diff") ||
		     slice_is_nocase(b->language, "patch") || slice_is_nocase(b->language, "udiff");
	struct slice within, rest = b->text;

	if (block_is_document(b->language)) { /* what stands in it is quoted */
		if (b->cut || b->path.n || !slice_blank(b->text))
			block_code(p, b);
		return;
	}
	unwrap_begin(b);
	if (!name_language_is_ours(b->language) && !patch && !shell_language(b->language) &&
	    !is_example(b->language) && holds_modules(b->text))
		b->language.n = 0;
	within = diff_within(b->text);
	if (has_edits(b->text)) {
		block_edits(p, b);
	} else if (has_patch(b->text)) {
		block_patch(p, &rest, b);
	} else if (patch || diff_is(b->text) || within.n ||
		   (name_language_is_ours(b->language) && signed_lines(b->text))) {
		b->text = within.n && !diff_is(b->text) ? within : b->text;
		block_diffs(p, b);
	} else if (b->path.n == 0 && (b->language.n == 0 || shell_language(b->language)) &&
		   block_shell(p, b)) {
		;
	} else if (block_files(p, b) || (take_first_line(b) && block_files(p, b))) {
		;
	} else if (!block_json(p, b) && (b->cut || b->path.n || !slice_blank(b->text))) {
		block_code(p, b);
	}
}
