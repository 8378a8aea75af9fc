/* What a block contains. A block of edits or diffs may change several files; code
 * is one file, named by the fence or the text around it.
 */
#include "config.h"

#include "session/answer/answer_parser.h"

#include <string.h>

#include "session/answer/answer_edit.h"
#include "session/answer/answer_form.h"
#include "session/answer/answer_name.h"
#include "session/answer/answer_raw.h"
#include "session/answer/answer_several.h"
#include "session/answer/answer_shell.h"
#include "session/answer/answer_stray.h"
#include "session/base/str.h"

/* Takes several files from one block, each below a comment with its path. */
static bool block_files(struct parser *p, const struct block *b)
{
	struct slice rest = b->text, head;
	struct slice one = several_take_file(&rest, &head);

	if (b->path.n || head.n == 0 || rest.n == 0 || !name_is_verilog_language(b->language))
		return false;
	for (;;) {
		struct block file = { .text = one,
				      .language = b->language,
				      .path = head,
				      .cut = b->cut && rest.n == 0 };

		block_code(p, &file);
		if (rest.n == 0)
			return true;
		one = several_take_file(&rest, &head);
	}
}

/* The first line of a block if it is not code: a language or a path that belongs
 * after the fence. */
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

/* Removes [BEGIN] and [DONE] inside a fence. */
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

/* An edit without a name is for the file of the previous edit. */
void block_edit(struct parser *p, const struct block *b, const struct edit *e, struct slice named)
{
	const char *last = last_edited(p);
	struct slice path = named.n ? named : last ? slice_of(last) : b->path;
	char *copy = path.n ? name_normalize(path) : NULL;
	struct answer_part *part = parser_add(p, PART_EDIT, e->text);

	block_label(part, b, (struct slice){ b->text.p, 0 }, e->cut);
	part->path = copy;
	part->search = slice_dup(e->search);
	part->search_len = e->search.n;
}

/* False for a whole file that contains conflict marks: it is not a list of edits. */
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

static void block_edits(struct parser *p, const struct block *b)
{
	struct slice rest = b->text, path = b->path, above;

	if (path.n == 0 && name_from_line(p->above, &above) != NAME_NONE)
		path = above;
	while (rest.n && p->out->n < ANSWER_MAX_PARTS) {
		struct slice line = slice_line(&rest);

		if (edit_starts(line)) {
			struct edit e = edit_read(line, &rest);

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
		block_label(parser_add(p, PART_DIFF, diff), b, path,
			    b->cut && rest.n == 0 && !diff_is_complete(diff));
	}
}

/* Takes the next diff off *rest, with what precedes it. *beside: the commands in front of the
 * one that reads it; all of *rest if there is no diff. A diff that no command reads may have
 * the header of a mail in front and takes the rest. */
static struct slice take_diff(struct slice *rest, struct slice *beside)
{
	struct slice diff = diff_within(*rest), line = { rest->p, 0 }, text;
	struct slice head = { rest->p, diff.n ? (size_t)(diff.p - rest->p) : 0 };

	*beside = diff.n ? head : *rest;
	while (head.n)
		line = slice_line(&head);
	*rest = diff;
	if (diff.n && shell_document_in(line, rest, &text)) {
		beside->n = (size_t)(line.p - beside->p);
		return text;
	}
	if (diff.n)
		beside->n = 0;
	*rest = slice_from(*rest, rest->n);
	return diff;
}

static bool loses_commands(struct slice text)
{
	struct slice beside;

	while (text.n) {
		take_diff(&text, &beside);
		if (shell_loses(beside))
			return true;
	}
	return false;
}

/* Diffs, and files that commands beside them would write. If other commands change files
 * too, it is all read as one diff, which no file fits: half of a change is useless. */
static void block_diffs_within(struct parser *p, struct block *b)
{
	struct block beside = *b;
	struct slice rest = b->text;
	size_t first = p->out->n, head = (size_t)(diff_within(rest).p - rest.p);
	bool may_grow = b->cut && slice_find(rest, "<<") < head; /* such a command may follow */

	if (loses_commands(rest)) {
		b->text = diff_within(rest);
		block_diffs(p, b);
		rest.n = 0;
	}
	while (rest.n) {
		b->text = take_diff(&rest, &beside.text);
		block_shell(p, &beside);
		block_diffs(p, b);
	}
	for (size_t i = first; i < p->out->n; i++)
		p->out->v[i].cut |= may_grow;
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
			block_label(parser_add(p, PART_DIFF,
					       (struct slice){ str_cstr(&diff), diff.len }),
				    b, path, cut && b->cut);
		str_free(&diff);
		if (!file)
			return;
	}
}

bool block_is_document(struct slice language)
{
	return slice_is_nocase(language, "markdown") || slice_is_nocase(language, "md");
}

/* A block that is labelled as not part of the design. */
static bool is_example(struct slice language)
{
	return slice_is_nocase(language, "example");
}

/* True for modules in a fence of another language; some models use C's for syntax
 * colours. */
static bool holds_modules(struct slice text)
{
	return raw_begins(text) && block_ends_with_module(text);
}

void block_add(struct parser *p, struct block *b)
{
	bool patch = slice_is_nocase(b->language, "diff") ||
		     slice_is_nocase(b->language, "patch") || slice_is_nocase(b->language, "udiff");
	struct slice within, rest = b->text;

	if (block_is_document(b->language)) { /* its contents are quoted */
		if (b->cut || b->path.n || !slice_blank(b->text))
			block_code(p, b);
		return;
	}
	unwrap_begin(b);
	block_strip_magic(b);
	if (!name_is_verilog_language(b->language) && !patch && !shell_language(b->language) &&
	    !is_example(b->language) && holds_modules(b->text))
		b->language.n = 0;
	within = diff_within(b->text);
	if (has_edits(b->text)) {
		block_edits(p, b);
	} else if (has_patch(b->text)) {
		block_patch(p, &rest, b);
	} else if (patch || diff_is(b->text) || within.n ||
		   (name_is_verilog_language(b->language) && stray_makes_diff(b->text))) {
		if (within.n == 0 || diff_is(b->text))
			block_diffs(p, b);
		else
			block_diffs_within(p, b);
	} else if (b->path.n == 0 && (b->language.n == 0 || shell_language(b->language)) &&
		   block_shell(p, b)) {
		;
	} else if (block_files(p, b) || (take_first_line(b) && block_files(p, b))) {
		;
	} else if (!block_json(p, b) && (b->cut || b->path.n || !slice_blank(b->text))) {
		block_code(p, b);
	}
}
