/* Removes what surrounds the code of a block but does not belong in the file: a comment with
 * the file's name, and blank lines.
 *
 * GitHub Copilot, and models trained on its answers, name the file in a comment:
 *
 *	// filepath: rtl/fifo.sv
 *	module fifo (...
 *
 * It is removed unless the file has that line already. A comment with only the name, or
 * "File: fifo.sv", may be meant to stay, so it is kept.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_name.h"
#include "session/base/path.h"

static bool has_line(struct slice text, struct slice wanted)
{
	while (text.n)
		if (slice_equal(slice_trim(slice_line(&text)), wanted))
			return true;
	return false;
}

static bool names(struct slice comment, const char *path)
{
	struct slice said;
	bool same = false;
	char *name;

	if (name_from_comment(comment, &said)) {
		name = name_normalize(said);
		same = strcmp(path_base(name), path_base(path)) == 0;
		free(name);
	}
	return same;
}

struct slice answer_without_label(struct slice code, struct slice file, const char *path)
{
	struct slice rest = code, line = slice_trim(slice_line(&rest)), s = line;

	while (s.n && strchr("/#*- ", s.p[0]))
		s = slice_from(s, 1);
	if (s.p == line.p || !slice_starts(s, "filepath:") || !names(line, path) ||
	    has_line(file, line))
		return code;
	return rest;
}

/* The length of text up to the end of its last line that is not blank. */
static size_t without_end(struct slice text)
{
	size_t n = text.n;

	while (n && strchr(" \t\r\n", text.p[n - 1]) && text.p[n - 1])
		n--;
	while (n < text.n && text.p[n] != '\n')
		n++;
	return n + (n < text.n);
}

struct slice answer_without_margin(struct slice code, struct slice file)
{
	struct slice rest = code, begin = file, line = slice_line(&rest);
	bool begins = file.n && slice_blank(slice_line(&begin));
	bool ends = file.n && without_end(file) < file.n;

	if (slice_blank(code))
		return code;
	while (!begins && slice_blank(line)) {
		code = rest;
		line = slice_line(&rest);
	}
	if (!ends)
		code.n = without_end(code);
	return code;
}
