/* Projects in the form of an INI file: apio's and ModelSim's.
 *
 *   apio.ini   [env]  (since 0.9 [env:NAME])
 *              board = icezum
 *              top-module = main
 *   lab.mpf    [Project]
 *              Project_File_0 = C:/Users/ann/lab/src/alu.v
 *              Project_File_P_0 = ... file_type verilog folder {Top Level} ...
 *
 * apio takes all sources in the folder of its apio.ini; those called NAME_tb.v are
 * testbenches. Of an .mpf only the files count; its other sections configure the tool.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/manifest_inner.h"

/* A `NAME = VALUE`, both trimmed; value is copied. */
typedef void pair_fn(struct reading *r, const char *name, size_t len, const char *value);

static size_t trimmed(const char *s, size_t n)
{
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	return n;
}

static void pair(struct reading *r, const char *line, size_t n, pair_fn *fn)
{
	const char *eq = memchr(line, '=', n);
	size_t from = eq ? (size_t)(eq + 1 - line) : n;
	char *value;

	if (!eq || line[0] == ';' || line[0] == '#')
		return;
	while (from < n && isspace((unsigned char)line[from]))
		from++;
	value = mem_strndup(line + from, trimmed(line + from, n - from));
	fn(r, line, trimmed(line, (size_t)(eq - line)), value);
	free(value);
}

/* Calls fn for each pair in the sections whose name starts with `section`. */
static void each_pair(struct reading *r, const char *text, size_t len, const char *section,
		      pair_fn *fn)
{
	bool inside = false;

	r->line = 1;
	for (size_t i = 0; i < len; r->line++) {
		size_t n = strcspn(text + i, "\n");
		const char *line = text + i;

		i += n + 1;
		if (line[0] == '[')
			inside = n > strlen(section) && str_starts(line + 1, section);
		else if (inside)
			pair(r, line, trimmed(line, n), fn);
	}
	r->line = 0;
}

static bool is(const char *name, size_t len, const char *what)
{
	return len == strlen(what) && memcmp(name, what, len) == 0;
}

static void apio_pair(struct reading *r, const char *name, size_t len, const char *value)
{
	if (is(name, len, "top-module") && value[0])
		reading_add_top(r, value);
}

/* The sources in the folder itself. */
static void add_folder(struct reading *r)
{
	static const char *const patterns[] = { "*.v", "*.sv" };

	for (size_t k = 0; k < 2; k++) {
		char *pattern = strcmp(r->folder, ".") == 0 ? mem_strdup(patterns[k])
							    : path_join(r->folder, patterns[k]);
		struct strv paths = STRV_INIT;

		tree_glob(r->tree, pattern, &paths);
		for (size_t i = 0; i < paths.n; i++) {
			r->test = str_ends(paths.v[i], "_tb.v") || str_ends(paths.v[i], "_tb.sv");
			reading_add_path(r, paths.v[i], MANIFEST_SOURCE);
		}
		strv_free(&paths);
		free(pattern);
	}
	r->test = false;
}

bool manifest_read_apio(struct reading *r, const char *text, size_t len, struct err *err)
{
	each_pair(r, text, len, "env", apio_pair);
	add_folder(r);
	return true;
}

static void modelsim_pair(struct reading *r, const char *name, size_t len, const char *value)
{
	static const char file[] = "Project_File_";
	const size_t n = sizeof(file) - 1;

	if (len > n && memcmp(name, file, n) == 0 && isdigit((unsigned char)name[n]) &&
	    reading_is_hdl(value))
		reading_add(r, value, reading_role(value));
}

bool manifest_read_modelsim(struct reading *r, const char *text, size_t len, struct err *err)
{
	reading_from_folder(r);
	each_pair(r, text, len, "Project]", modelsim_pair);
	return true;
}
