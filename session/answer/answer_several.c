/*	// rtl/a.sv		a comment with nothing but a path in it
 *	module a; ...
 *
 *	//---------------	or one in a box
 *	// rtl/b.sv
 *	//---------------
 *	module b; ...
 *
 *	=== rtl/c.sv ===	or a line that is neither a comment nor Verilog
 *	module c; ...
 *
 * Within a module none of these is looked for.
 */
#include "config.h"

#include "session/answer/answer_several.h"

#include <string.h>

#include "session/answer/answer_name.h"
#include "session/answer/answer_raw.h"

static bool comment(struct slice s)
{
	return slice_starts(s, "//") || slice_starts(s, "/*");
}

/* "//------": a line of a box, without words. */
static bool rule(struct slice s)
{
	if (!comment(s) || s.n < 6)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("/*-=#~+ ", s.p[i]))
			return false;
	return true;
}

/* *bare: the line is not a comment. */
static bool heads_file(struct slice line, struct slice *path, bool *bare)
{
	struct slice s = slice_trim(line);

	*bare = !comment(s);
	if (s.n == 0 || (*bare && (s.p[0] == '`' || memchr(s.p, ';', s.n) ||
				   name_from_line(s, path) != NAME_GIVEN)))
		return false;
	if (!*bare && !name_from_comment(line, path))
		return false;
	return name_is_verilog(*path) || (!*bare && memchr(path->p, '/', path->n));
}

/* True if a box begins here whose second line names a file. */
static bool heads_box(struct slice text, struct slice *path)
{
	bool bare;

	return rule(slice_trim(slice_line(&text))) && heads_file(slice_line(&text), path, &bare) &&
	       !bare;
}

/* Removes blank lines between a file and the next one. */
static struct slice one_end(struct slice file)
{
	struct slice bare = slice_trim(file), rest;

	bare.n += (size_t)(bare.p - file.p);
	bare.p = file.p;
	rest = slice_from(file, bare.n);
	bare.n += slice_line(&rest).n;
	return bare;
}

struct slice several_take_file(struct slice *rest, struct slice *head)
{
	struct slice file = { rest->p, 0 }, path;
	bool within = false, first = true, bare;

	*head = (struct slice){ rest->p, 0 };
	while (rest->n) {
		struct slice ahead = *rest, line = slice_line(&ahead), s = slice_trim(line);
		bool box = !within && heads_box(*rest, &path);
		bool head_line = box || (!within && heads_file(line, &path, &bare));

		if (head_line && !first && (head->n == 0 || !slice_equal(path, *head)))
			return one_end(file);
		if (head_line)
			*head = path;
		within = (within || raw_starts(*rest)) && slice_find(s, "endmodule") == s.n;
		if (head_line && !box && bare && first)
			file = (struct slice){ ahead.p, 0 };
		else
			file.n += line.n;
		first = first && (box || head_line || s.n == 0);
		*rest = ahead;
	}
	return file;
}
