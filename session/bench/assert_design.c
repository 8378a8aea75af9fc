/* Assertions are inserted before the last endmodule of the top, so a line in a tool's
 * message identifies an assertion. Each question about a folder has several sources, the
 * most reliable first: the script, then names, then what the modules need.
 */
#include "config.h"

#include "session/bench/assert_design.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/mem.h"
#include "session/project/project.h"
#include "session/verilog/verilog.h"

#define DEPTH_MAX   6
#define SCRIPT_MAX  (64u << 10)
#define FOLDERS_MAX 64u
#define FILE_MAX    (4u << 20)
#define NAMES_MAX   (4 * ASSERT_FILES_MAX) /* in one folder */

/* Settings of the script; NULL or empty if it lacks them, or if there is no script. */
struct script {
	char *top, *clock;
	struct strv files; /* base names */
};

struct reading {
	const char *dir;
	struct assert_design *d;
	struct voutline *outlines; /* one per file */
	struct script script;
	size_t bytes;
	bool vhdl; /* the folder contains VHDL */
};

/* Files ---------------------------------------------------------------------------------- */

static bool add_file(struct reading *r, const char *rel, struct err *err)
{
	struct assert_design *d = r->d;
	char *path = path_join(r->dir, rel);
	struct assert_file f = { .path = mem_strdup(rel) };
	bool ok = file_read(path, FILE_MAX, &f.text, err);

	r->bytes += f.text.len;
	if (ok && (d->n == ASSERT_FILES_MAX || r->bytes > ASSERT_SOURCE_MAX))
		ok = err_set(err, ERR_LIMIT, "%.200s has more than %u files or %u MB of Verilog",
			     r->dir, ASSERT_FILES_MAX, ASSERT_SOURCE_MAX >> 20);
	free(path);
	if (!ok) {
		free(f.path);
		str_free(&f.text);
		return false;
	}
	d->files = mem_realloc(d->files, (d->n + 1) * sizeof(*d->files));
	d->files[d->n++] = f;
	return true;
}

/* Sorts the names, so the result does not depend on the directory order. */
static bool look(struct reading *r, const char *below, unsigned depth, struct err *err)
{
	char *dir = path_join(r->dir, below);
	struct strv names = STRV_INIT;
	bool ok;

	folder_names(dir, &names);
	ok = names.n <= NAMES_MAX ||
	     err_set(err, ERR_LIMIT, "%.200s has more than %u files", dir, NAMES_MAX);
	if (r->d->folders.n < FOLDERS_MAX)
		strv_add(&r->d->folders, *below ? below : ".");
	for (size_t i = 0; ok && i < names.n; i++) {
		char *rel = *below ? path_join(below, names.v[i]) : mem_strdup(names.v[i]);
		char *path = path_join(r->dir, rel);
		enum file_kind kind = file_kind(path);

		if (kind == FILE_FOLDER && depth < DEPTH_MAX)
			ok = look(r, rel, depth + 1, err);
		else if (kind == FILE_REGULAR && project_is_source(rel))
			ok = add_file(r, rel, err);
		r->vhdl |= str_ends(rel, ".vhd") || str_ends(rel, ".vhdl");
		free(path);
		free(rel);
	}
	strv_free(&names);
	free(dir);
	return ok;
}

/* The script ----------------------------------------------------------------------------- */

/* The word after `what` at the beginning of the line; NULL: the line begins otherwise. */
static char *word_behind(const char *line, size_t len, const char *what)
{
	size_t n = strlen(what), end;

	if (len <= n || memcmp(line, what, n) != 0)
		return NULL;
	while (n < len && line[n] == ' ')
		n++;
	for (end = n; end < len && !strchr(" \t\r\\;", line[end]);)
		end++;
	return end > n ? mem_strndup(line + n, end - n) : NULL;
}

static void script_line(struct script *s, const char *line, size_t len, bool *analyzes)
{
	char *top, *clock;
	bool goes_on;

	while (len && strchr(" \t", *line))
		line++, len--;
	while (len && strchr(" \t\r", line[len - 1]))
		len--;
	goes_on = len && line[len - 1] == '\\';
	top = word_behind(line, len, "elaborate -top ");
	clock = word_behind(line, len, "clock ");
	if (top && !s->top)
		s->top = top, top = NULL;
	if (clock && *clock != '-' && !s->clock)
		s->clock = clock, clock = NULL;
	if (str_starts(line, "analyze -v2k") || str_starts(line, "analyze -sv "))
		*analyzes = true;
	for (size_t i = 0; *analyzes && len && *line != '#' && i < len;) {
		size_t n = i;

		while (n < len && !strchr(" \t\\", line[n]))
			n++;
		if (n > i && n - i < 200) {
			char *word = mem_strndup(line + i, n - i);

			if (project_is_source(word))
				strv_add(&s->files, path_base(word));
			free(word);
		}
		i = n + 1;
	}
	*analyzes &= goes_on;
	free(top);
	free(clock);
}

static bool is_script(const char *name)
{
	return str_starts(name, "FPV_") && str_ends(name, ".tcl");
}

/* Reads the first one that elaborates something. */
static void read_script(struct reading *r)
{
	struct strv names = STRV_INIT;

	folder_names(r->dir, &names);
	for (size_t i = 0; i < names.n && !r->script.top; i++) {
		struct str text = STR_INIT;
		bool analyzes = false;

		if (is_script(names.v[i]) &&
		    file_read_in(r->dir, names.v[i], SCRIPT_MAX, &text, NULL))
			for (const char *at = str_cstr(&text); *at;) {
				size_t n = strcspn(at, "\n");

				script_line(&r->script, at, n, &analyzes);
				at += n + (at[n] == '\n');
			}
		str_free(&text);
	}
	strv_free(&names);
}

/* Needed modules ------------------------------------------------------------------------- */

static size_t file_of(const struct reading *r, const char *module, const struct vmodule **m)
{
	*m = NULL;
	for (size_t i = 0; i < r->d->n; i++)
		if ((*m = voutline_module(&r->outlines[i], module)))
			return i;
	return r->d->n;
}

/* Marks the files of a module and of all modules below it. Returns the number of modules. */
static size_t need(const struct reading *r, const char *module, bool *files, struct strv *seen)
{
	const struct vmodule *m;
	size_t i = file_of(r, module, &m), n = 1;

	if (i == r->d->n || strv_has(seen, module))
		return 0;
	strv_add(seen, module);
	files[i] = true;
	for (size_t k = 0; k < m->n_instances; k++)
		n += need(r, m->instances[k].module, files, seen);
	return n;
}

static size_t need_all(const struct reading *r, const char *module, bool *files)
{
	struct strv seen = STRV_INIT;
	size_t n = need(r, module, files, &seen);

	strv_free(&seen);
	return n;
}

static bool named_as_top(const char *module, const char *folder)
{
	size_t n = strlen(folder);

	return strncasecmp(module, folder, n) == 0 &&
	       (!module[n] || strcasecmp(module + n, "_top") == 0 ||
		strcasecmp(module + n, "_core") == 0);
}

static const char *top_of(const struct reading *r)
{
	const char *folder = path_base(r->dir), *best = NULL;
	bool *files = mem_calloc(r->d->n + 1, sizeof(*files));
	size_t most = 0;

	for (size_t i = 0; i < r->d->n; i++)
		for (size_t k = 0; k < r->outlines[i].n; k++) {
			const struct vmodule *m = &r->outlines[i].modules[k];
			size_t n = vmodule_is_testbench(m) || !m->n_ports
					   ? 0
					   : need_all(r, m->name, files);

			if (n && named_as_top(m->name, folder))
				n += 1000000;
			if (n > most)
				best = m->name, most = n;
		}
	free(files);
	return best;
}

static bool is_included(const struct reading *r, const char *path)
{
	for (size_t i = 0; i < r->d->n; i++)
		for (size_t k = 0; k < r->outlines[i].n_includes; k++)
			if (strcmp(path_base(r->outlines[i].includes[k]), path_base(path)) == 0)
				return true;
	return false;
}

/* Orders the files: compiled ones first, those of the script in its order, then needed ones. */
static void order(struct reading *r)
{
	struct assert_design *d = r->d;
	bool *needed = mem_calloc(d->n + 1, sizeof(*needed));
	size_t *place = mem_calloc(d->n + 1, sizeof(*place)), n = 0;
	struct assert_file *files = mem_calloc(d->n + 1, sizeof(*files));
	struct voutline *outlines = mem_calloc(d->n + 1, sizeof(*outlines));

	need_all(r, d->top, needed);
	for (size_t s = 0; s < r->script.files.n; s++)
		for (size_t i = 0; i < d->n; i++)
			if (!d->files[i].compiled &&
			    strcmp(path_base(d->files[i].path), r->script.files.v[s]) == 0) {
				d->files[i].compiled = true;
				place[n++] = i;
			}
	for (size_t i = 0; i < d->n; i++)
		if (needed[i] && !d->files[i].compiled) {
			d->files[i].compiled = true;
			place[n++] = i;
		}
	for (size_t i = 0; i < d->n; i++)
		if (!d->files[i].compiled)
			place[n++] = i;
	for (size_t i = 0; i < n; i++) {
		files[i] = d->files[place[i]];
		outlines[i] = r->outlines[place[i]];
		files[i].compiled &= !is_included(r, files[i].path);
	}
	free(d->files);
	free(r->outlines);
	d->files = files;
	r->outlines = outlines;
	free(place);
	free(needed);
}

/* The clock ------------------------------------------------------------------------------ */

static const struct vport *input_of(const struct vmodule *m, const char *name, size_t len)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (m->ports[i].dir == VPORT_INPUT && strlen(m->ports[i].name) == len &&
		    memcmp(m->ports[i].name, name, len) == 0)
			return &m->ports[i];
	return NULL;
}

/* The first "@(posedge NAME" whose NAME is an input. wanted: only that name. */
static char *waited_for(const struct vmodule *m, const struct str *text, const char *wanted)
{
	enum vlex_state state = VLEX_CODE;
	char edge[8] = "", before = 0, at_edge = 0;

	for (size_t off = m->off; off < m->end && off < text->len;) {
		struct vtoken t = vlex_next(text->data, text->len, off, &state);
		const char *word = text->data + t.off;

		off += t.len;
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT)
			continue;
		if (*edge && t.kind == VTOKEN_NAME && input_of(m, word, t.len) &&
		    (wanted ? strlen(wanted) == t.len && memcmp(wanted, word, t.len) == 0
			    : at_edge == '('))
			return str_fmt("%s %.*s", edge, (int)t.len, word);
		*edge = '\0';
		if (t.len == 7 &&
		    (memcmp(word, "posedge", 7) == 0 || memcmp(word, "negedge", 7) == 0)) {
			memcpy(edge, word, 7);
			edge[7] = '\0';
			at_edge = before;
		}
		before = *word;
	}
	return NULL;
}

static char *clock_of(const struct reading *r, const struct vmodule *m)
{
	const struct str *text = &r->d->files[r->d->top_file].text;
	const char *said = r->script.clock;
	char *clock = NULL;

	if (said && input_of(m, said, strlen(said))) {
		clock = waited_for(m, text, said);
		return clock ? clock : str_fmt("posedge %s", said);
	}
	clock = waited_for(m, text, NULL);
	for (size_t k = 0; !clock && k < m->n_ports; k++)
		if (m->ports[k].dir == VPORT_INPUT &&
		    (strcasestr(m->ports[k].name, "clk") || strcasestr(m->ports[k].name, "clock")))
			clock = str_fmt("posedge %s", m->ports[k].name);
	return clock;
}

/* Reading the folder --------------------------------------------------------------------- */

static bool settle(struct reading *r, struct err *err)
{
	struct assert_design *d = r->d;
	const struct vmodule *m;
	const char *top = r->script.top;

	r->outlines = mem_calloc(d->n + 1, sizeof(*r->outlines));
	for (size_t i = 0; i < d->n; i++)
		voutline_init(&r->outlines[i], str_cstr(&d->files[i].text), d->files[i].text.len);
	if (top && file_of(r, top, &m) == d->n)
		return err_set(err, ERR_NOT_FOUND,
			       "its script elaborates %.100s, and no file has it", top);
	top = top ? top : top_of(r);
	if (!top)
		return err_set(err, ERR_NOT_FOUND, "%.200s has no Verilog module%s", r->dir,
			       r->vhdl ? ", and VHDL is not read" : "");
	d->top = mem_strdup(top);
	order(r);
	d->top_file = file_of(r, d->top, &m);
	assert(d->top_file < d->n); /* it was found before the files were sorted */
	d->files[d->top_file].compiled = true;
	d->clock = clock_of(r, m);
	return true;
}

bool assert_design_read(const char *dir, struct assert_design *out, struct err *err)
{
	struct reading r = { .dir = dir, .d = out };
	bool ok;

	*out = (struct assert_design){ 0 };
	read_script(&r);
	ok = look(&r, "", 0, err) && settle(&r, err);
	for (size_t i = 0; r.outlines && i < out->n; i++)
		voutline_fini(&r.outlines[i]);
	free(r.outlines);
	free(r.script.top);
	free(r.script.clock);
	strv_free(&r.script.files);
	if (!ok)
		assert_design_fini(out);
	return ok;
}

void assert_design_fini(struct assert_design *d)
{
	for (size_t i = 0; i < d->n; i++) {
		free(d->files[i].path);
		str_free(&d->files[i].text);
	}
	free(d->files);
	free(d->top);
	free(d->clock);
	strv_free(&d->folders);
	*d = (struct assert_design){ 0 };
}

/* The offset of the last "endmodule" in [from, to); to: there is none. */
static size_t end_of(const char *text, size_t from, size_t to)
{
	enum vlex_state state = VLEX_CODE;
	size_t end = to;

	for (size_t off = from; off < to;) {
		struct vtoken t = vlex_next(text, to, off, &state);

		off += t.len;
		if (t.len == 9 && memcmp(text + t.off, "endmodule", 9) == 0)
			end = t.off;
	}
	return end;
}

bool assert_design_lay(const struct assert_design *d, const struct strv *lines, struct str *out,
		       int *first)
{
	const struct str *text = &d->files[d->top_file].text;
	const struct vmodule *m;
	struct voutline o;
	size_t at = 0, end = 0;

	voutline_init(&o, text->data, text->len);
	m = voutline_module(&o, d->top);
	if (m) {
		end = m->end;
		at = end_of(text->data, m->off, end);
	}
	voutline_fini(&o);
	if (at >= end)
		return false;
	*first = 2;
	for (size_t i = 0; i < at; i++)
		*first += text->data[i] == '\n';
	str_add(out, text->data, at);
	str_addc(out, '\n');
	for (size_t i = 0; i < lines->n; i++)
		str_addf(out, "%s\n", lines->v[i]);
	str_add(out, text->data + at, text->len - at);
	return true;
}
