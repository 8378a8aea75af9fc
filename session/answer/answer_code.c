/* A block of code as one part: which file it is for, and where it ends. */
#include "config.h"

#include "session/answer/answer_parser.h"

#include <string.h>

#include "session/answer/answer_name.h"
#include "session/answer/answer_shell.h"
#include "session/base/word_table.h"
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

/* "Add this to rtl/x.sv:", "Append to the end of rtl/x.sv". */
static bool adds_to(struct slice line, struct slice path)
{
	static const char *const verbs[] = { "Add ", "Append ", "Insert ", "Put ", "Place ", NULL };
	static const char *const before[] = { "to", "of", "in", "into", NULL };
	struct slice s = { line.p, (size_t)(path.p - line.p) };
	size_t n = 0;
	bool verb;

	while (s.n && strchr("0123456789.)*#- ", s.p[0]))
		s = slice_from(s, 1);
	verb = slice_starts_any(s, verbs);
	while (s.n && strchr("`*\"' ", s.p[s.n - 1]))
		s.n--;
	while (n < s.n && slice_word(slice_from(s, s.n - n - 1)) == n + 1)
		n++;
	return verb && words_has_n(before, s.p + s.n - n, n);
}

/* A script under its own name is a file; other blocks of a shell are commands to type. */
static bool is_script(struct slice name)
{
	static const char *const endings[] = { ".sh", ".bash", ".csh", ".bat", ".cmd", ".ps1" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (name.n > strlen(endings[i]) &&
		    slice_is_nocase(slice_from(name, name.n - strlen(endings[i])), endings[i]))
			return true;
	return false;
}

/* The most reliable name first: the fence, the line above if it contains nothing
 * else, the comment, a sentence above if it matches the code, and last the heading. */
static struct slice choose_path(const struct parser *p, const struct block *b,
				const struct voutline *o)
{
	struct slice path = b->path, above, comment = { 0 };
	enum name_kind kind = name_from_line(p->above, &above);
	bool commented = name_from_comment(b->text, &comment);

	if (path.n == 0 && kind == NAME_GIVEN && (!shell_language(b->language) || is_script(above)))
		path = above;
	if (path.n == 0 && commented)
		path = comment;
	if (path.n == 0 && kind == NAME_MENTIONED && name_is_verilog(above) &&
	    !shell_language(b->language) &&
	    (defines(o, name_stem(above)) || (o->n == 0 && name_is_header(above)) ||
	     (o->n && adds_to(p->above, above))))
		path = above;
	if (path.n == 0 && p->heading.n &&
	    (!name_is_verilog(p->heading) || name_is_verilog_language(b->language)))
		path = shell_language(b->language) ? path : p->heading;
	if (path.n && commented && same_file_longer(path, comment))
		path = comment;
	return path;
}

void block_label(struct answer_part *part, const struct block *b, struct slice path, bool cut)
{
	part->path = path.n ? name_normalize(path) : NULL;
	part->language = b->language.n ? slice_lower(b->language) : NULL;
	part->cut = cut;
}

void block_code(struct parser *p, const struct block *b)
{
	struct voutline o = { 0 };
	struct answer_part *part;
	struct slice above;
	bool cut = b->cut;

	if (name_is_verilog_language(b->language))
		voutline_init(&o, b->text.p, b->text.n);
	for (size_t i = 0; i < o.n; i++)
		cut |= o.modules[i].end_line == 0;
	part = parser_add(p, PART_CODE, b->text);
	block_label(part, b, choose_path(p, b, &o), cut);
	part->adds =
		o.n && name_from_line(p->above, &above) != NAME_NONE && adds_to(p->above, above);
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
