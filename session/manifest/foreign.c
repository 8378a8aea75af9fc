/* A testbench in another language is recognised by its imports, not by its place.
 *
 * How to run it is then a guess with a reason: a target of the Makefile in its
 * folder, or the usual command for its kind. The module under test comes from the
 * Makefile (TOPLEVEL), from the header that Verilator generates, or from the file
 * name. All of this is only reported; nothing is run.
 */
#include "config.h"

#include "session/manifest/foreign.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/manifest/tree.h"

struct kind {
	const char *words;   /* "a cocotb testbench" */
	bool by_make;	     /* a Makefile next to it is taken as its own */
	const char *results; /* report that its runner always writes; NULL: none */
};

static const struct kind kinds[] = {
	[FOREIGN_COCOTB] = { "a cocotb testbench", true, "results.xml" },
	[FOREIGN_MYHDL] = { "a MyHDL testbench", true, NULL },
	[FOREIGN_VUNIT] = { "a VUnit script", false, NULL },
	[FOREIGN_VERILATOR] = { "a C++ testbench for Verilator", true, NULL },
	[FOREIGN_SYSTEMC] = { "a SystemC testbench", true, NULL },
	[FOREIGN_MAKE] = { "a Makefile with a target for tests", true, NULL },
};

/* What a file is -------------------------------------------------------------------- */

/* True if a line starts with `import NAME` or `from NAME`. */
static bool imports(const char *text, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = text; (p = strstr(p, name)); p++) {
		const char *line = p;
		char after = p[n];

		while (line > text && line[-1] != '\n')
			line--;
		line += strspn(line, " \t");
		if ((str_starts(line, "import ") || (str_starts(line, "from ") && p == line + 5)) &&
		    !isalnum((unsigned char)after) && after != '_')
			return true;
	}
	return false;
}

static bool python(const char *text, enum foreign_kind *kind)
{
	if (imports(text, "cocotb") && strstr(text, "cocotb.test"))
		*kind = FOREIGN_COCOTB;
	else if (imports(text, "vunit") && strstr(text, "VUnit"))
		*kind = FOREIGN_VUNIT;
	else if (imports(text, "myhdl") && strstr(text, "Cosimulation"))
		*kind = FOREIGN_MYHDL;
	else
		return false;
	return true;
}

/* Recognises `#include "Vfifo.h"`; sets *top to the module, which the caller frees. */
static bool verilated(const char *text, enum foreign_kind *kind, char **top)
{
	for (const char *p = text; (p = strstr(p, "#include")); p++) {
		const char *q = p + 8 + strspn(p + 8, " \t");
		size_t n;

		if (*q != '"' && *q != '<')
			continue;
		n = strcspn(++q, "\">\n");
		if (n < 4 || q[0] != 'V' || strncmp(q + n - 2, ".h", 2) != 0 ||
		    memmem(q, n, "__", 2) || memchr(q, '/', n))
			continue;
		*top = mem_strndup(q + 1, n - 3);
		*kind = strstr(text, "systemc") && strstr(text, "sc_main") ? FOREIGN_SYSTEMC
									   : FOREIGN_VERILATOR;
		if (strstr(text, "main(") || strstr(text, "sc_main"))
			return true;
		free(*top);
		*top = NULL;
	}
	return false;
}

/* The first of test, sim and check that is a target in the Makefile, or NULL. */
static const char *make_target(const char *text)
{
	static const char *const names[] = { "test", "sim", "check" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t n = strlen(names[i]);

		for (const char *p = text; p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
			const char *q = p + n;

			if (!str_starts(p, names[i]))
				continue;
			q += strspn(q, " \t");
			if (*q == ':' && q[1] != '=')
				return names[i];
		}
	}
	return NULL;
}

/* How it is run --------------------------------------------------------------------- */

static bool read_file(const struct tree *t, const char *path, struct str *text)
{
	return t->read && t->read(t->ctx, path, FOREIGN_MAX_TEXT, text, NULL);
}

/* The Makefile of a folder, or NULL; the caller frees. */
static char *makefile_of(const struct tree *t, const char *folder)
{
	static const char *const names[] = { "Makefile", "makefile", "GNUmakefile" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *path = strcmp(folder, ".") == 0 ? mem_strdup(names[i])
						      : path_join(folder, names[i]);

		if (tree_has(t, path))
			return path;
		free(path);
	}
	return NULL;
}

/* The value of TOPLEVEL up to a blank, or NULL if it has a variable. The caller frees. */
static char *toplevel(const char *makefile)
{
	for (const char *p = makefile; (p = strstr(p, "TOPLEVEL")); p++) {
		const char *q = p + 8 + strspn(p + 8, " \t:?");
		size_t n;

		if (*q != '=')
			continue;
		q += 1 + strspn(q + 1, " \t");
		n = strcspn(q, " \t\r\n#");
		if (n && !memchr(q, '$', n))
			return mem_strndup(q, n);
	}
	return NULL;
}

/* test_fifo.py tests fifo, if a source file of that name exists. */
static char *by_name(const struct tree *t, const char *path)
{
	static const char *const endings[] = { ".v", ".sv" };
	const char *base = path_base(path);
	size_t n = strcspn(base, ".");
	char *top = NULL;

	if (str_starts(base, "test_") && n > 5)
		base += 5, n -= 5;
	else if (n > 5 && strncmp(base + n - 5, "_test", 5) == 0)
		n -= 5;
	for (size_t i = 0; i < 2 && !top; i++) {
		char *file = str_fmt("%.*s%s", (int)n, base, endings[i]);

		if (tree_ending(t, file))
			top = mem_strndup(base, n);
		free(file);
	}
	return top;
}

/* True if a shell takes the path as one word without quoting. */
static bool plain(const char *path)
{
	return path[strspn(path,
			   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-")] ==
		       '\0' &&
	       path[0] != '-';
}

/* `make` in that folder, and where it leaves its results. */
static void run_by_make(struct foreign_testbench *f, const char *folder, const char *target)
{
	const char *results = kinds[f->kind].results;
	bool here = strcmp(folder, ".") == 0;

	f->command = str_fmt("make%s%s%s%s", here ? "" : " -C ", here ? "" : folder,
			     target ? " " : "", target ? target : "");
	if (results)
		f->results = here ? mem_strdup(results) : path_join(folder, results);
}

static void how_to_run(struct foreign_testbench *f, const struct tree *t, const char *own)
{
	char *folder = path_dir(f->path),
	     *makefile = kinds[f->kind].by_make ? makefile_of(t, folder) : NULL;
	const char *target = own ? make_target(own) : NULL;
	struct str text = STR_INIT;

	if (makefile && !own && read_file(t, makefile, &text) && f->kind != FOREIGN_COCOTB)
		target = make_target(str_cstr(&text));
	if (makefile && plain(folder)) {
		run_by_make(f, folder, target);
		if (!f->top && f->kind == FOREIGN_COCOTB)
			f->top = toplevel(str_cstr(&text));
	} else if (f->kind == FOREIGN_COCOTB && plain(f->path)) {
		f->command = str_fmt("python3 -m pytest --junitxml=results.xml %s", f->path);
		f->results = mem_strdup("results.xml");
	} else if (f->kind == FOREIGN_VUNIT && plain(f->path)) {
		f->command = str_fmt("python3 %s --xunit-xml=results.xml", f->path);
		f->results = mem_strdup("results.xml");
	}
	str_free(&text);
	free(makefile);
	free(folder);
}

static void say(struct foreign_testbench *f)
{
	struct str s = STR_INIT;

	str_addf(&s, "%s is %s%s%s: `testbench add NAME cmd:\"%s\"", f->path, kinds[f->kind].words,
		 f->top[0] ? " of " : "", f->top, f->command[0] ? f->command : "COMMAND");
	if (f->results[0])
		str_addf(&s, " results=%s", f->results);
	str_adds(&s, "` in .posedgerc lets `sim NAME` run it");
	f->sentence = str_take(&s);
}

/* Finding ---------------------------------------------------------------------------- */

static void add(struct foreign_list *l, const struct tree *t, enum foreign_kind kind,
		const char *path, char *top, const char *makefile)
{
	struct foreign_testbench f = { .kind = kind, .path = mem_strdup(path), .top = top };

	how_to_run(&f, t, makefile);
	if (!f.top && kind != FOREIGN_MAKE)
		f.top = by_name(t, path);
	f.top = f.top ? f.top : mem_strdup("");
	f.command = f.command ? f.command : mem_strdup("");
	f.results = f.results ? f.results : mem_strdup("");
	say(&f);
	MEM_PUSH(l->v, l->n, l->cap, f);
}

static void look_at(struct foreign_list *l, const struct tree *t, const char *path)
{
	const char *base = path_base(path);
	bool is_make = strcmp(base, "Makefile") == 0 || strcmp(base, "makefile") == 0 ||
		       strcmp(base, "GNUmakefile") == 0;
	struct str text = STR_INIT;
	enum foreign_kind kind;
	char *top = NULL;

	if (!read_file(t, path, &text))
		return;
	if (str_ends(path, ".py")) {
		if (python(str_cstr(&text), &kind))
			add(l, t, kind, path, NULL, NULL);
	} else if (is_make) {
		if (make_target(str_cstr(&text)))
			add(l, t, FOREIGN_MAKE, path, NULL, str_cstr(&text));
	} else if (verilated(str_cstr(&text), &kind, &top)) {
		add(l, t, kind, path, top, NULL);
	}
	str_free(&text);
}

static bool may_be_testbench(const char *path)
{
	static const char *const endings[] = {
		".py", ".cpp", ".cc", ".cxx", "Makefile", "makefile"
	};

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (str_ends(path, endings[i]))
			return true;
	return false;
}

static int by_kind(const void *a, const void *b)
{
	const struct foreign_testbench *x = a, *y = b;

	return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : strcmp(x->path, y->path);
}

void foreign_find(struct foreign_list *l, const struct tree *t)
{
	size_t read = 0;

	*l = (struct foreign_list){ 0 };
	for (size_t i = 0; i < t->n && read < FOREIGN_MAX_READ && l->n < FOREIGN_MAX; i++) {
		if (may_be_testbench(t->paths[i])) {
			read++;
			look_at(l, t, t->paths[i]);
		}
	}
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), by_kind);
}

void foreign_list_fini(struct foreign_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].path);
		free(l->v[i].top);
		free(l->v[i].command);
		free(l->v[i].results);
		free(l->v[i].sentence);
	}
	free(l->v);
	*l = (struct foreign_list){ 0 };
}
