/* A block of code as one part: which file it is for, and where it ends. */
#include "config.h"

#include "session/answer/answer_parser.h"

#include <string.h>

#include "session/answer/answer_name.h"
#include "session/answer/answer_shell.h"
#include "session/verilog/verilog.h"

struct slice block_name_given(struct slice line)
{
	struct slice path;

	return name_from_line(line, &path) == NAME_GIVEN ? path : (struct slice){ line.p, 0 };
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

/* The most reliable name first: the fence, the line above if it contains nothing
 * else, the comment, a sentence above if it matches the code, and last the heading. */
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
	    (!name_is_verilog(p->heading) || name_is_verilog_language(b->language)))
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

void block_label(struct answer_part *part, const struct block *b, struct slice path, bool cut)
{
	part->path = path.n ? name_normalize(path) : NULL;
	part->language = lower(b->language);
	part->cut = cut;
}

void block_code(struct parser *p, const struct block *b)
{
	struct voutline o = { 0 };
	struct answer_part *part;
	bool cut = b->cut;

	if (name_is_verilog_language(b->language))
		voutline_init(&o, b->text.p, b->text.n);
	for (size_t i = 0; i < o.n; i++)
		cut |= o.modules[i].end_line == 0;
	part = parser_add(p, PART_CODE, b->text);
	block_label(part, b, choose_path(p, b, &o), cut);
	voutline_fini(&o);
}

/* Offset after the last module of a text; 0: it has no end, or there is no module. */
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

/* Includes the rest of the line: for a block whose closing fence was forgotten, so
 * that prose follows. */
size_t block_code_end(struct slice inner)
{
	size_t end = modules_end(inner);
	struct slice rest = slice_from(inner, end);

	return end ? end + slice_line(&rest).n : 0;
}

bool block_ends_with_module(struct slice code)
{
	size_t end = modules_end(code);

	return end && slice_blank(slice_from(code, end));
}
