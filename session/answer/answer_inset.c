/* Blocks of other languages that contain files: JSON, shell commands, a notebook cell. */
#include "config.h"

#include "session/answer/answer_parser.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_form.h"
#include "session/answer/answer_raw.h"
#include "session/answer/answer_shell.h"
#include "session/base/mem.h"
#include "session/base/str.h"

/* A notebook cell: "%%writefile x.v" names it; "%%verilog" and others only name the
 * program that reads it. */
void block_strip_magic(struct block *b)
{
	struct slice rest = b->text, line = slice_trim(slice_line(&rest)),
		     word = slice_token(&line);

	if (!slice_starts(word, "%%") || !raw_begins(rest))
		return;
	line = slice_trim(line);
	/* "-a" appends to a file; the modules decide where it goes. */
	if (b->path.n == 0 && !slice_starts(line, "-") &&
	    (slice_is(word, "%%writefile") || slice_is(word, "%%file")))
		b->path = line;
	b->text = rest;
	b->language.n = 0;
}

/* Only if the block is not a file itself. */
bool block_json(struct parser *p, const struct block *b)
{
	struct form_edits edits;

	if (b->path.n || block_name_given(p->above).n || !form_json(b->text, &edits))
		return false;
	for (size_t i = 0; i < edits.n; i++) {
		const struct form_edit *e = &edits.v[i];
		struct block one = { .text = slice_of(e->text),
				     .language = { e->text, 0 },
				     .path = e->path ? slice_of(e->path) : b->path };
		struct answer_part *part;

		if (!e->search)
			block_strip_magic(&one);
		part = parser_add(p, e->search ? PART_EDIT : PART_CODE, one.text);
		block_label(part, &one, one.path, false);
		free(part->language);
		part->language = NULL;
		part->all = e->all;
		part->search = mem_strdup(e->search);
		part->search_len = e->search ? strlen(e->search) : 0;
	}
	form_edits_fini(&edits);
	return true;
}

static void without_tabs(struct slice text, struct str *out)
{
	while (text.n) {
		struct slice line = slice_line(&text), s = slice_from(line, slice_run(line, '\t'));

		str_add(out, s.p, s.n);
	}
}

/* Takes files that commands would write. */
bool block_shell(struct parser *p, const struct block *b)
{
	struct slice rest = b->text;
	struct shell_document d;
	bool any = false;

	while (rest.n && p->out->n < ANSWER_MAX_PARTS && shell_file(&rest, &d)) {
		struct block file = { .text = d.text,
				      .language = { d.text.p, 0 },
				      .path = d.path,
				      .cut = d.cut && b->cut };
		struct str text = STR_INIT;

		if (d.tabs) {
			without_tabs(d.text, &text);
			file.text = (struct slice){ str_cstr(&text), text.len };
		}
		block_code(p, &file);
		str_free(&text);
		any = true;
	}
	return any;
}
