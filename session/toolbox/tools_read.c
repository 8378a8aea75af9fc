/* read_file, search: texts by line, as on the screen. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/project/project.h"
#include "session/text/find.h"
#include "session/text/slice.h"
#include "session/toolbox/tool_args.h"
#include "session/toolbox/tools.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

#define LINES_MAX      400 /* per call */
#define HITS_MAX       100
#define LINE_SHOWN     300 /* bytes of a matching line */
#define BYTES_SEARCHED (64u << 20)

static bool read_text(struct workbench *w, const char *path, struct str *out, struct err *err)
{
	if (!workbench_read(w, path, out))
		return err_set(err, ERR_NOT_FOUND,
			       "%s: there is no such file, or it is larger than %u bytes", path,
			       WORKBENCH_READ_MAX);
	return !memchr(str_cstr(out), '\0', out->len) ||
	       err_set(err, ERR_PARSE, "%s is no text", path);
}

bool tool_read_file(struct tool_call *c, struct err *err)
{
	struct str text = STR_INIT;
	struct slice rest;
	char *path = NULL;
	uint64_t from, to, n = 0;
	bool ok = arg_path(c->w->place.root, c->args, &path, err) &&
		  arg_number(c->args, "from", 1, UINT32_MAX, 1, &from, err) &&
		  arg_number(c->args, "to", 1, UINT32_MAX, from + LINES_MAX - 1, &to, err) &&
		  read_text(c->w, path, &text, err);

	if (ok && to - from >= LINES_MAX && to >= from)
		to = from + LINES_MAX - 1;
	rest = (struct slice){ str_cstr(&text), text.len };
	while (ok && rest.n) {
		struct slice line = slice_chomp(slice_line(&rest));

		if (++n >= from && n <= to)
			str_addf(c->out, "%6llu  %.*s\n", (unsigned long long)n, (int)line.n,
				 line.p);
	}
	if (ok && n > to)
		str_addf(c->out, "[cut: the file has %llu lines]\n", (unsigned long long)n);
	if (ok && c->out->len == 0)
		str_addf(c->out, "[%s has %llu lines]\n", path, (unsigned long long)n);
	str_free(&text);
	free(path);
	return ok;
}

/* Searching ------------------------------------------------------------------------ */

struct search {
	struct find *find;
	struct str *out;
	size_t hits;
};

static void search_text(struct search *s, const char *path, const struct str *text)
{
	struct slice rest = { str_cstr(text), text->len };

	for (size_t n = 1; rest.n && s->hits < HITS_MAX; n++) {
		struct slice line = slice_chomp(slice_line(&rest));
		size_t start, end;

		if (!find_in(s->find, line.p, line.n, 0, &start, &end))
			continue;
		str_addf(s->out, "%s:%zu: %.*s\n", path, n,
			 (int)(line.n < LINE_SHOWN ? line.n : LINE_SHOWN), line.p);
		s->hits++;
	}
}

bool tool_search(struct tool_call *c, struct err *err)
{
	struct search s = { .out = c->out };
	const char *regex, *part;
	struct project *p;
	size_t n = 0, seen = 0;
	const char *const *tree;
	bool ok = arg_text(c->args, "regex", true, &regex, err) &&
		  arg_text(c->args, "path", false, &part, err) && (s.find = find_new(regex, err)) &&
		  (p = workbench_project(c->w, err));

	tree = ok ? project_tree(p, &n) : NULL;
	for (size_t i = 0; i < n && s.hits < HITS_MAX && seen < BYTES_SEARCHED; i++) {
		struct str text = STR_INIT;

		if ((!part || strstr(tree[i], part)) && read_text(c->w, tree[i], &text, NULL))
			search_text(&s, tree[i], &text);
		seen += text.len;
		str_free(&text);
	}
	if (ok && s.hits == 0)
		str_adds(c->out, "no line matches\n");
	if (s.hits == HITS_MAX || seen >= BYTES_SEARCHED)
		str_addf(c->out, "[cut: not all was searched, %zu hits]\n", s.hits);
	find_free(s.find);
	return ok;
}
