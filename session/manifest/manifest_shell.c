/* Command lines that call a Verilog tool, in Makefiles, shell scripts and Windows
 * batch files; shell.h says which words a command has.
 *
 * Missing files are not noted, since a build often creates them first. A define of
 * one call (a run with formal ports, a netlist after synthesis) is not the design's;
 * one that all calls have in common is. The same goes for the plusargs of runs,
 * `vvp sim +n=7`. What only the shell can tell counts for nothing.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/word_table.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/shell.h"

/* A shell whose commands add to a reading. */
struct script {
	struct reading *r;
	struct shell *shell;
	struct strv bases;  /* of the shells around a subshell; "" is NULL */
	struct strv pushed; /* likewise, by pushd */
	char *last;	    /* where the last `cd` came from; NULL: nowhere */
	/* of the Makefile around a recipe; see struct reading */
	char *(*variable)(void *variables, const char *name);
	void *variables;
};

static const char *const tools[] = { "iverilog", "verilator", "vlog",	   "xvlog",	"vcs",
				     "xrun",	 "irun",      "ncverilog", "xmverilog", "ncvlog",
				     "xmvlog",	 "slang",     "sv2v",	   "yosys" };

bool reading_is_tool(const char *command)
{
	size_t n = strcspn(command, " \t\n");
	char *word = mem_strndup(command, n);
	bool is = false;

	for (size_t i = 0; i < sizeof(tools) / sizeof(*tools); i++)
		is |= reading_names_tool(word, tools[i]);
	free(word);
	return is;
}

/* Reads the scripts and files on yosys's command line, also the text after `yosys -p`. */
static void yosys(struct reading *r, char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct err err;

		if (str_ends(words[i], ".ys")) {
			char *path = reading_file(r, words[i]);

			if (path)
				reading_include(r, path, MANIFEST_TCL, r->base);
			free(path);
		} else if (strcmp(words[i], "-p") == 0 && i + 1 < n) {
			manifest_read_tcl(r, words[i + 1], strlen(words[i + 1]), &err);
		} else if (!reading_names_tool(words[i], "yosys") && reading_is_hdl(words[i])) {
			reading_add(r, words[i], reading_role(words[i]));
		}
	}
}

static void call(struct reading *r, size_t tool, char *const *words, size_t n)
{
	struct manifest *m = r->out;
	struct strv defines = m->defines, parameters = m->parameters;
	size_t before = m->n_files, named = 0;

	m->defines = m->parameters = STRV_INIT;
	if (strcmp(tools[tool], "yosys") == 0)
		yosys(r, words, n);
	else
		reading_args(r, words + 1, NULL, n - 1);
	for (size_t i = 1; i < n; i++)
		named += reading_is_hdl(words[i]);
	if (named || m->n_files > before) { /* excludes `verilator --version` */
		reading_share(r, r->calls, &r->common_defines, &m->defines, "define");
		reading_share(r, r->calls, &r->common_parameters, &m->parameters, "parameter");
		r->calls++;
	}
	strv_free(&m->defines);
	strv_free(&m->parameters);
	m->defines = defines;
	m->parameters = parameters;
}

/* vvp, ModelSim's vsim, Vivado's xelab and xsim, what VCS makes and what Verilator makes. */
static bool is_simulation(const char *word)
{
	const char *base = path_base(word);

	return reading_names_tool(word, "vvp") || reading_names_tool(word, "vsim") ||
	       reading_names_tool(word, "xelab") || reading_names_tool(word, "xsim") ||
	       reading_names_tool(word, "simv") || (base[0] == 'V' && strstr(word, "obj_dir"));
}

/* Enters a folder. One that does not exist yet is entered too: a build makes it. */
static void enter(struct reading *r, const char *name)
{
	bool other = name[0] == '/' && !strchr(name + 1, '/'); /* a container's /work */
	size_t notes = r->out->notes.n;
	char *folder = other ? NULL : reading_dir(r, name), *there;

	while (!folder && r->out->notes.n > notes) /* where a script goes says nothing of files */
		strv_drop(&r->out->notes, r->out->notes.n - 1);

	if (!folder && !shell_unknown(name) && !strchr(name, '$') && name[0] != '/') {
		there = path_join(r->base ? r->base : r->folder, name);
		if (!path_clean(there, &folder, NULL))
			folder = NULL;
		free(there);
	}
	if (folder) {
		free(r->base);
		r->base = folder;
	}
}

/* `cd NAME`, `cd -` */
static void change(struct script *s, const char *name)
{
	char *from = s->r->base ? mem_strdup(s->r->base) : mem_strdup(s->r->folder);

	if (strcmp(name, "-") != 0) {
		enter(s->r, name);
	} else if (s->last) {
		free(s->r->base);
		s->r->base = mem_strdup(s->last);
	}
	free(s->last);
	s->last = from;
}

static void note_base(const struct reading *r, struct strv *bases)
{
	strv_add(bases, r->base ? r->base : "");
}

static void back(struct reading *r, struct strv *bases)
{
	const char *last = bases->n ? bases->v[bases->n - 1] : NULL;

	if (!last)
		return;
	free(r->base);
	r->base = last[0] ? mem_strdup(last) : NULL;
	strv_drop(bases, bases->n - 1);
}

/* True for what runs the command that follows it: `env`, `time`, `docker run`. */
static bool is_wrapper(const char *word)
{
	static const char *const wrappers[] = { "exec",	   "env",	"sudo",	  "command",
						"nice",	   "nohup",	"docker", "podman",
						"timeout", "xargs",	"wine",	  "uv",
						"poetry",  "conda",	"pipenv", "stdbuf",
						"winpty",  "eatmydata", NULL };

	return words_has(wrappers, path_base(word));
}

/* The command may be behind a wrapper's own words. False if words[0] starts none. */
static bool run_tool(struct script *s, char *const *words, size_t n)
{
	if (n > 2 && (strcmp(words[0], "sh") == 0 || strcmp(words[0], "bash") == 0) &&
	    words[1][0] == '-' && str_ends(words[1], "c")) {
		shell_text(s->shell, words[2], strlen(words[2]), s->r->line);
		return true;
	}
	if (is_simulation(words[0])) {
		reading_simulation(s->r, words, n);
		if (!reading_names_tool(words[0], "vsim"))
			return true;
	}
	for (size_t k = 0; k < sizeof(tools) / sizeof(*tools); k++) {
		if (reading_names_tool(words[0], tools[k])) {
			call(s->r, k, words, n);
			return true;
		}
	}
	return false;
}

static void run(void *ctx, char *const *words, size_t n, int line)
{
	struct script *s = ctx;
	struct reading *r = s->r;
	bool quiet = r->quiet;
	int before = r->line;

	r->line = before ? before : line;
	r->quiet = true;
	while (n > 1 && words[0][0] == SHELL_UNKNOWN && words[0][1] == '\0') { /* `$SUBMIT vcs` */
		words++;
		n--;
	}
	if (strcmp(words[0], "pushd") == 0)
		note_base(r, &s->pushed);
	if (n > 1 && (strcmp(words[0], "cd") == 0 || strcmp(words[0], "pushd") == 0))
		change(s, words[n - 1]);
	else if (strcmp(words[0], "popd") == 0)
		back(r, &s->pushed);
	else if (!run_tool(s, words, n) && is_wrapper(words[0]))
		for (size_t i = 1; i < n && !run_tool(s, words + i, n - i); i++)
			;
	r->quiet = quiet;
	r->line = before;
}

/* Files ------------------------------------------------------------------------------------ */

/* The path of the root, seen from the folder. */
static char *seen_from(const char *folder, const char *path)
{
	struct str s = STR_INIT;
	size_t n = strlen(folder);

	if (strcmp(folder, ".") == 0)
		return mem_strdup(path);
	if (strncmp(path, folder, n) == 0 && path[n] == '/')
		return mem_strdup(path + n + 1);
	for (const char *p = folder; p; p = strchr(p + 1, '/'))
		str_adds(&s, "../");
	str_adds(&s, path);
	return str_take(&s);
}

static void glob(void *ctx, const char *pattern, struct strv *hits)
{
	struct script *s = ctx;
	struct strv paths = STRV_INIT;
	bool quiet = s->r->quiet;

	s->r->quiet = true;
	reading_glob(s->r, pattern, &paths);
	s->r->quiet = quiet;
	for (size_t i = 0; i < paths.n; i++)
		strv_give(hits, seen_from(s->r->base ? s->r->base : ".", paths.v[i]));
	strv_free(&paths);
}

static bool read_text(void *ctx, const char *name, struct str *out)
{
	struct script *s = ctx;
	const struct tree *t = s->r->tree;
	bool quiet = s->r->quiet, ok;
	struct str text = STR_INIT;
	char *path;

	s->r->quiet = true;
	path = reading_file(s->r, name);
	s->r->quiet = quiet;
	ok = path && t->read && t->read(t->ctx, path, SHELL_MAX_VALUE, &text, NULL);
	if (ok)
		str_adds(out, str_cstr(&text));
	str_free(&text);
	free(path);
	return ok;
}

static void top_folder(void *ctx, struct str *out)
{
	struct script *s = ctx;
	char *up = seen_from(s->r->base ? s->r->base : s->r->folder, ".");

	str_adds(out, up);
	free(up);
}

static void nest(void *ctx, bool in)
{
	struct script *s = ctx;

	if (in)
		note_base(s->r, &s->bases);
	else
		back(s->r, &s->bases);
}

static char *exported(void *ctx, const char *name)
{
	const struct script *s = ctx;
	const char *value = shell_get(s->shell, name);

	return value ? mem_strdup(value) : s->variable ? s->variable(s->variables, name) : NULL;
}

static void script_init(struct script *s, struct reading *r)
{
	static const struct shell_ops ops = {
		.glob = glob, .read = read_text, .run = run, .top = top_folder, .nest = nest
	};

	*s = (struct script){ .r = r, .variable = r->variable, .variables = r->variables };
	r->variable = exported;
	r->variables = s;
	s->shell = shell_new(&ops, s, r->path, &r->spent);
}

static void script_fini(struct script *s)
{
	shell_end(s->shell);
	s->r->variable = s->variable;
	s->r->variables = s->variables;
	shell_free(s->shell);
	if (shell_is_spent(&s->r->spent)) {
		s->r->line = 0;
		reading_note(s->r, "it is too long to be followed to its end; its last commands "
				   "are left out");
	}
	free(s->last);
	strv_free(&s->bases);
	strv_free(&s->pushed);
}

void reading_command(struct reading *r, const char *text)
{
	struct script s;

	script_init(&s, r);
	nest(&s, true);
	text += strspn(text, " \t@-+");
	shell_text(s.shell, text, strlen(text), r->line);
	nest(&s, false);
	script_fini(&s);
}

void reading_words(struct reading *r, char *const *words, size_t n, const char *folder)
{
	struct str line = STR_LIMIT(MANIFEST_MAX_TEXT);

	if (folder)
		str_addf(&line, "cd '%s' &&", folder);
	for (size_t i = 0; i < n; i++) {
		const char *s = words[i];

		str_adds(&line, line.len ? " '" : "'");
		for (; *s; s++)
			if (*s != '\'')
				str_addc(&line, *s);
		str_addc(&line, '\'');
	}
	if (!line.full) /* part of a command would be another one */
		reading_command(r, str_cstr(&line));
	str_free(&line);
}

/* Scripts ---------------------------------------------------------------------------------- */

/* Converts a line of a batch file to shell syntax; the caller frees. Handles `set
 * A=b`, `%A%`, `rem`, and backslashes in paths. */
static char *from_batch(const char *line)
{
	struct str s = STR_LIMIT(MANIFEST_MAX_TEXT);

	line += strspn(line, " \t@");
	if (strncasecmp(line, "rem", 3) == 0 && !isalnum((unsigned char)line[3]))
		return mem_strdup("");
	if (strncasecmp(line, "set ", 4) == 0)
		line += 4 + strspn(line + 4, " \t");
	else if (strncasecmp(line, "call ", 5) == 0)
		line += 5;
	for (; *line; line++) {
		size_t n = *line == '%' ? strspn(line + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM"
							   "NOPQRSTUVWXYZ_0123456789")
					: 0;

		if (n && line[1 + n] == '%') {
			str_addf(&s, "${%.*s}", (int)n, line + 1);
			line += 1 + n;
		} else {
			str_addc(&s, *line == '\\' ? '/' : *line);
		}
	}
	return str_take(&s);
}

/* PowerShell's `$src = "a.v"` and `$all = @("a.v", "b.v")` in the shell's form; the caller
 * frees. */
static char *from_power(const char *line)
{
	struct str s = STR_LIMIT(MANIFEST_MAX_TEXT);
	size_t n, eq;
	bool list;

	line += strspn(line, " \t&");
	n = line[0] == '$'
		    ? strspn(line + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
				       "0123456789")
		    : 0;
	eq = n ? 1 + n + strspn(line + 1 + n, " \t") : 0;
	if (!n || line[eq] != '=')
		return mem_strdup(line);
	str_addf(&s, "%.*s=", (int)n, line + 1);
	line += eq + 1 + strspn(line + eq + 1, " \t@");
	list = line[0] == '(' || strchr(line, ',');
	str_adds(&s, list && line[0] != '(' ? "(" : "");
	for (; *line; line++)
		str_addc(&s, *line == ',' ? ' ' : *line);
	str_adds(&s, list && str_cstr(&s)[s.len - 1] != ')' ? ")" : "");
	return str_take(&s);
}

/* Windows' scripts: a quote does not go beyond its line, which may be joined by ^ or `. */
static void windows(struct script *s, const char *text, size_t len, bool power)
{
	struct str line = STR_LIMIT(MANIFEST_MAX_TEXT);
	int number = 1;

	for (size_t i = 0; i < len;) {
		size_t n = strcspn(text + i, "\r\n");
		bool more = n && text[i + n - 1] == (power ? '`' : '^');
		char *one, *words;

		str_add(&line, text + i, n - more);
		i += n + 1 + (text[i + n] == '\r' && text[i + n + 1] == '\n');
		number++;
		if (more && i < len) {
			str_addc(&line, ' ');
			continue;
		}
		one = from_batch(str_cstr(&line));
		words = power ? from_power(one) : mem_strdup(one);
		shell_text(s->shell, words, strlen(words), number - 1);
		free(words);
		free(one);
		str_clear(&line);
	}
	str_free(&line);
}

static size_t name_at(const char *s)
{
	return strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789-");
}

/* A justfile in the shell's form; the caller frees. `NAME := "text"` sets a variable, and
 * `{{NAME}}` is its value; of what else just can say, nothing is known. */
static char *from_just(const char *text)
{
	struct str s = STR_LIMIT(MANIFEST_MAX_TEXT);
	bool begins = true, closes = true; /* at the beginning of a line; a `}}` may follow */

	for (size_t n; *text; text += n) {
		size_t name = begins ? name_at(text) : 0,
		       at = name ? name + strspn(text + name, " \t") : 0;
		const char *end = closes && str_starts(text, "{{") ? strstr(text, "}}") : NULL;

		closes = closes && (end || !str_starts(text, "{{"));

		n = 1;
		if (begins && name && str_starts(text + at, ":=")) {
			n = at + 2 + strspn(text + at + 2, " \t");
			str_addf(&s, "%.*s=", (int)name, text);
		} else if (end) {
			const char *in = text + strspn(text, "{ \t");

			name = name_at(in);
			n = (size_t)(end - text) + 2;
			if (name && in + name + strspn(in + name, " \t") == end)
				str_addf(&s, "${%.*s}", (int)name, in);
			else
				str_addc(&s, SHELL_UNKNOWN);
		} else {
			str_addc(&s, *text);
		}
		begins = text[n - 1] == '\n';
	}
	return str_take(&s);
}

bool manifest_read_shell(struct reading *r, const char *text, size_t len, struct err *err)
{
	bool power = str_ends(r->path, ".ps1");
	struct script s;

	script_init(&s, r);
	if (strcmp(path_base(r->path), "justfile") == 0) {
		char *just = from_just(text);

		shell_text(s.shell, just, strlen(just), 1);
		free(just);
	} else if (power || str_ends(r->path, ".bat") || str_ends(r->path, ".cmd"))
		windows(&s, text, len, power);
	else
		shell_text(s.shell, text, len, 1);
	script_fini(&s);
	r->line = 0;
	reading_commands_end(r);
	return true;
}
