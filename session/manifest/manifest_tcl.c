/* Projects written in Tcl: Quartus settings (.qsf, .qip), scripts for Vivado and
 * other tools, and the similar scripts of Yosys.
 *
 * Understands as much of the language as lists of files need: words, braces,
 * quotes, variables, `[file join ...]`, `[list ...]`, `[glob ...]`, foreach. All
 * branches of an `if` are read, since their conditions query the tool. Sources:
 * the Quartus Prime Settings File Reference; Vivado's Tcl Command Reference
 * (UG835); Tcl(n) for the words.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/manifest_inner.h"

#define MAX_DEPTH 12
#define MAX_WORD  (1u << 20)
/* Work is counted in bytes read, and what takes as long: a command, bytes that are copied. */
#define MAX_WORK (32u << 20)
#define COMMAND	 100u

struct tcl {
	struct reading *r;
	struct manifest_vars vars;
	size_t work; /* no more is read at MAX_WORK */
	int depth;
};

static void run(struct tcl *t, const char *text);
static char *bracket(struct tcl *t, const char *text, size_t len);

/* Words -------------------------------------------------------------------------------- */

/* Returns one past the bracket or brace that matches the one at p, or the end of the text. */
static const char *skip_brackets(const char *p)
{
	char open = *p, close = open == '{' ? '}' : ']';
	int depth = 0;

	for (; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == open)
			depth++;
		else if (*p == close && --depth == 0)
			return p + 1;
	}
	return p;
}

/* Adds the value of `$name`, `${name}` or `$::ns::name(index)` at p; returns one past it. */
static const char *variable(struct tcl *t, const char *p, struct str *out)
{
	const char *name = p + 1 + (p[1] == '{'), *end = name, *after, *value;
	size_t len;

	while (isalnum((unsigned char)*end) || *end == '_' || *end == ':')
		end++;
	len = (size_t)(end - name);
	while (len > 1 && name[0] == ':')
		name++, len--;
	if (*end == '(')
		end += strcspn(end, ")") + (strchr(end, ')') != NULL);
	/* includes the index of an array element */
	value = vars_get(&t->vars, name, (size_t)(end - name));
	after = end;
	if (p[1] == '{' && *end == '}')
		end++;
	if (len == 0)
		str_addc(out, '$');
	else if (value)
		str_adds(out, value);
	else if (*end == '/')
		str_addf(out, "${%.*s}", (int)(after - name), name);
	return end;
}

/* Adds the word at p; returns one past it. */
static const char *word(struct tcl *t, const char *p, struct str *out)
{
	const char *end;
	bool quote = *p == '"';

	if (*p == '{') {
		end = skip_brackets(p);
		str_add(out, p + 1, (size_t)(end - p - 1 - (end[-1] == '}')));
		return end;
	}
	for (p += quote; *p && out->len < MAX_WORD;) {
		if (quote ? *p == '"' : isspace((unsigned char)*p) || *p == ';')
			return p + quote;
		if (*p == '\\' && p[1] == '\n') {
			if (!quote)
				return p;
			p += 2;
		} else if (*p == '\\' && p[1] && strchr(" \t\"$[]{};\\", p[1])) {
			str_addc(out, p[1]);
			p += 2;
		} else if (*p == '$') {
			p = variable(t, p, out);
		} else if (*p == '[') {
			char *made;

			end = skip_brackets(p);
			made = bracket(t, p + 1,
				       (size_t)(end - p - 1 - (end[-1] == ']' && end > p + 1)));
			str_adds(out, made);
			free(made);
			p = end;
		} else {
			str_addc(out, *p++);
		}
	}
	return p;
}

/* Splits the command at p into words; returns one past it. */
static const char *command(struct tcl *t, const char *p, struct strv *words)
{
	struct str one = STR_INIT;

	t->work += COMMAND;
	while (*p && *p != '\n' && *p != ';' && t->work < MAX_WORK) {
		const char *from = p;

		if (*p == '\\' && (p[1] == '\n' || p[1] == '\r')) {
			p += 2 + (p[1] == '\r' && p[2] == '\n');
		} else if (isspace((unsigned char)*p)) {
			p++;
		} else {
			p = word(t, p, &one);
			t->work += (size_t)(p - from) + one.len / 4;
			strv_add(words, str_cstr(&one));
			str_clear(&one);
			if (p == from) /* a stray quote */
				p++;
		}
	}
	str_free(&one);
	return p + (*p != '\0');
}

/* Adds the elements of a list, without substitutions. */
static void elements(const char *list, struct strv *out)
{
	while (*(list += strspn(list, " \t\r\n")) && out->n < MANIFEST_MAX_FILES) {
		const char *end = list;

		if (*list == '{') {
			end = skip_brackets(list);
			strv_addn(out, list + 1, (size_t)(end - list - 1 - (end[-1] == '}')));
		} else if (*list == '"') {
			end = strchr(list + 1, '"');
			end = end ? end : list + strlen(list);
			strv_addn(out, list + 1, (size_t)(end - list - 1));
			end += *end != '\0';
		} else {
			end += strcspn(list, " \t\r\n");
			if (!(end == list + 1 && *list == '\\'))
				strv_addn(out, list, (size_t)(end - list));
		}
		list = end;
	}
}

static void add_element(struct str *list, const char *text)
{
	str_addf(list, strpbrk(text, " \t\n") || !*text ? "%s{%s}" : "%s%s", list->len ? " " : "",
		 text);
}

/* Substitutions ------------------------------------------------------------------------ */

static void file_command(const struct strv *w, struct str *out)
{
	const char *what = w->n > 1 ? w->v[1] : "", *last = w->n > 2 ? w->v[w->n - 1] : "";

	if (strcmp(what, "join") == 0) {
		for (size_t i = 2; i < w->n; i++) {
			if (w->v[i][0] == '/')
				str_clear(out);
			str_addf(out, "%s%s", out->len ? "/" : "", w->v[i]);
		}
	} else if (strcmp(what, "dirname") == 0) {
		char *dir = path_dir(last);

		str_adds(out, dir);
		free(dir);
	} else if (strcmp(what, "normalize") == 0 || strcmp(what, "nativename") == 0) {
		str_adds(out, last);
	} else if (strcmp(what, "tail") == 0) {
		str_adds(out, path_base(last));
	}
}

static char *bracket(struct tcl *t, const char *text, size_t len)
{
	char *inside = mem_strndup(text, len);
	struct strv w = STRV_INIT;
	struct str out = STR_LIMIT(MAX_WORD);
	const char *name;

	if (t->depth < MAX_DEPTH) {
		t->depth++;
		command(t, inside, &w);
		t->depth--;
	}
	name = w.n ? w.v[0] : "";
	if (strcmp(name, "file") == 0)
		file_command(&w, &out);
	else if (strcmp(name, "pwd") == 0)
		str_adds(&out, ".");
	else if (strcmp(name, "info") == 0)
		str_adds(&out, path_base(t->r->path));
	else if (strcmp(name, "current_fileset") == 0)
		str_adds(&out, strv_has(&w, "-simset") ? "sim_1" : "sources_1");
	else if (strcmp(name, "list") == 0 || strcmp(name, "glob") == 0 ||
		 strcmp(name, "concat") == 0 || str_starts(name, "get_"))
		for (size_t i = 1; i < w.n; i++)
			if (w.v[i][0] != '-')
				add_element(&out, w.v[i]);
	strv_free(&w);
	free(inside);
	return str_take(&out);
}

/* Commands -------------------------------------------------------------------------------- */

/* The word after an option, or NULL. */
static const char *after(const struct strv *w, const char *option)
{
	for (size_t i = 1; i + 1 < w->n; i++)
		if (strcmp(w->v[i], option) == 0)
			return w->v[i + 1];
	return NULL;
}

static bool for_simulation(const char *fileset)
{
	return fileset && str_starts(fileset, "sim");
}

/* Adds the elements of all words that are not options or their values. */
static void add_sources(struct reading *r, const struct strv *w, bool all)
{
	static const char *const takes[] = { "-fileset", "-library", "-lib",   "-work",
					     "-format",	 "-top",     "-f",     "-define",
					     "-D",	 "-I",	     "-vfile", "-of_objects" };
	struct strv names = STRV_INIT;

	for (size_t i = 1; i < w->n; i++) {
		bool skip = false;

		for (size_t k = 0; k < sizeof(takes) / sizeof(*takes); k++)
			skip = skip || strcmp(w->v[i], takes[k]) == 0;
		if (skip)
			i++;
		else if (w->v[i][0] != '-')
			elements(w->v[i], &names);
	}
	for (size_t i = 0; i < names.n; i++)
		if (reading_is_hdl(names.v[i]) ||
		    (all && reading_role(names.v[i]) != MANIFEST_SOURCE))
			reading_add(r, names.v[i], reading_role(names.v[i]));
	strv_free(&names);
}

static void each(struct reading *r, const char *list,
		 void (*fn)(struct reading *r, const char *text, size_t len))
{
	struct strv l = STRV_INIT;

	elements(list, &l);
	for (size_t i = 0; i < l.n; i++)
		fn(r, l.v[i], strlen(l.v[i]));
	strv_free(&l);
}

static void add_include(struct reading *r, const char *text, size_t len)
{
	reading_add_include(r, text);
}

static void set_property(struct reading *r, const struct strv *w)
{
	const char *name = after(w, "-name"), *value = after(w, "-value"),
		   *objects = after(w, "-objects");

	if (!name && w->n >= 3) {
		name = w->v[1];
		value = w->v[2];
		objects = w->n > 3 ? w->v[3] : NULL;
	}
	if (!name || !value)
		return;
	r->test = for_simulation(objects);
	if (strcmp(name, "top") == 0)
		reading_add_top(r, value);
	else if (strcmp(name, "include_dirs") == 0)
		each(r, value, add_include);
	else if (strcmp(name, "verilog_define") == 0)
		each(r, value, reading_add_define);
	else if (strcmp(name, "generic") == 0 && !r->test)
		each(r, value, reading_add_parameter);
	r->test = false;
}

static void add_files(struct reading *r, const struct strv *w)
{
	r->test = for_simulation(after(w, "-fileset"));
	add_sources(r, w, true);
	r->test = false;
}

/* A line of a .prj, of ISE or of xvlog: verilog work "a.v" b.v -i include -d FAST. */
static void project_line(struct reading *r, const struct strv *w)
{
	struct strv files = STRV_INIT;

	for (size_t i = 0; i < w->n; i++) {
		const char *word = w->v[i], *value = i + 1 < w->n ? w->v[i + 1] : "";
		bool dir = strcmp(word, "-i") == 0 || strcmp(word, "-include") == 0 ||
			   strcmp(word, "--include") == 0;
		bool define = strcmp(word, "-d") == 0 || strcmp(word, "-define") == 0 ||
			      strcmp(word, "--define") == 0;

		if (dir)
			reading_add_include(r, value);
		else if (define)
			reading_add_define(r, value, strlen(value));
		else
			strv_add(&files, word);
		i += dir || define;
	}
	r->sv = w->v[0][0] == 's';
	add_files(r, &files);
	r->sv = false;
	strv_free(&files);
}

static void read_verilog(struct reading *r, const struct strv *w)
{
	r->sv = strv_has(w, "-sv") || strv_has(w, "sverilog");
	for (size_t i = 1; i < w->n; i++) { /* Yosys: -DNAME, -Idir */
		bool joined = w->v[i][0] == '-' && w->v[i][1] && w->v[i][2];
		const char *value = joined ? w->v[i] + 2 : i + 1 < w->n ? w->v[i + 1] : "";

		if (str_starts(w->v[i], "-D"))
			reading_add_define(r, value, strlen(value));
		else if (str_starts(w->v[i], "-I"))
			reading_add_include(r, value);
	}
	add_sources(r, w, false);
	r->sv = false;
}

static void synth(struct reading *r, const struct strv *w)
{
	const char *top = after(w, "-top"), *dirs = after(w, "-include_dirs"),
		   *defines = after(w, "-verilog_define");

	if (top && strcmp(top, "-auto-top") != 0)
		reading_add_top(r, top);
	if (dirs)
		each(r, dirs, add_include);
	if (defines)
		each(r, defines, reading_add_define);
}

static void tool(struct reading *r, const struct strv *w)
{
	reading_args(r, w->v + 1, NULL, w->n - 1);
}

static void simulation(struct reading *r, const struct strv *w)
{
	reading_simulation(r, w->v, w->n);
}

/* Quartus ------------------------------------------------------------------------------------ */

static void split_dirs(struct reading *r, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, ";");
		char *dir = mem_strndup(text, n);

		if (dir[strspn(dir, " ")])
			reading_add_include(r, dir + strspn(dir, " "));
		free(dir);
		text += n + (text[n] != '\0');
	}
}

static void nested(struct reading *r, const char *name, enum manifest_kind kind)
{
	char *path = reading_file(r, name);

	if (path)
		reading_include(r, path, kind, NULL);
	free(path);
}

static void assignment(struct reading *r, const struct strv *w)
{
	const char *name = after(w, "-name"), *value = NULL;

	for (size_t i = 1; i + 2 < w->n && !value; i++)
		if (strcmp(w->v[i], "-name") == 0)
			value = w->v[i + 2];
	if (!name || !value)
		return;
	if (strcmp(name, "VERILOG_FILE") == 0 || strcmp(name, "VERILOG_INCLUDE_FILE") == 0) {
		reading_add(r, value,
			    strcmp(name, "VERILOG_FILE") == 0 ? reading_role(value)
							      : MANIFEST_HEADER);
	} else if (strcmp(name, "SYSTEMVERILOG_FILE") == 0) {
		r->sv = true;
		reading_add(r, value, reading_role(value));
		r->sv = false;
	} else if (strcmp(name, "SOURCE_FILE") == 0) {
		if (reading_is_hdl(value))
			reading_add(r, value, reading_role(value));
	} else if (strcmp(name, "VHDL_FILE") == 0) {
		reading_add(r, value, MANIFEST_VHDL);
	} else if (strcmp(name, "MIF_FILE") == 0 || strcmp(name, "HEX_FILE") == 0) {
		reading_add(r, value, MANIFEST_DATA);
	} else if (strcmp(name, "EDA_TEST_BENCH_FILE") == 0) {
		r->test = true;
		reading_add(r, value, reading_role(value));
		r->test = false;
	} else if (strcmp(name, "EDA_TEST_BENCH_MODULE_NAME") == 0) {
		r->test = true;
		reading_add_top(r, value);
		r->test = false;
	} else if (strcmp(name, "SEARCH_PATH") == 0 || strcmp(name, "USER_LIBRARIES") == 0) {
		split_dirs(r, value);
	} else if (strcmp(name, "VERILOG_MACRO") == 0) {
		reading_add_define(r, value, strlen(value));
	} else if (strcmp(name, "TOP_LEVEL_ENTITY") == 0) {
		reading_add_top(r, value[0] == '|' ? value + 1 : value);
	} else if (strcmp(name, "VERILOG_INPUT_VERSION") == 0) {
		r->out->sv = r->out->sv || str_starts(value, "SYSTEMVERILOG");
	} else if (strcmp(name, "QIP_FILE") == 0) {
		nested(r, value, MANIFEST_QSF);
	} else if (strcmp(name, "BDF_FILE") == 0 || strcmp(name, "QSYS_FILE") == 0) {
		reading_note(r, "%s is not Verilog: what it describes is not read", value);
	}
}

static void quartus_parameter(struct reading *r, const struct strv *w)
{
	const char *name = after(w, "-name");
	char *both = NULL;

	for (size_t i = 1; i + 2 < w->n && !both; i++)
		if (strcmp(w->v[i], "-name") == 0)
			both = str_fmt("%s=%s", name, w->v[i + 2]);
	if (both && !after(w, "-to") && !after(w, "-entity"))
		reading_add_parameter(r, both, strlen(both));
	free(both);
}

static const struct {
	const char *name;
	void (*fn)(struct reading *r, const struct strv *w);
} commands[] = {
	{ "set_global_assignment", assignment },
	{ "set_parameter", quartus_parameter },
	{ "add_files", add_files },
	{ "import_files", add_files },
	{ "read_verilog", read_verilog },
	{ "read", read_verilog }, /* Yosys */
	{ "verilog", project_line },
	{ "sv", project_line },
	{ "systemverilog", project_line },
	{ "vhdl", add_files },
	{ "add_file", add_files },     /* Synplify */
	{ "create_links", add_files }, /* Libero */
	{ "read_systemverilog", read_verilog },
	{ "analyze", read_verilog },
	{ "read_hdl", read_verilog },
	{ "read_file", read_verilog },
	{ "read_mem", add_files },
	{ "set_property", set_property },
	{ "synth_design", synth },
	{ "hierarchy", synth },
	{ "synth", synth },
	{ "prep", synth },
	{ "vlog", tool },
	{ "xvlog", tool },
	{ "iverilog", tool },
	{ "vsim", simulation },
	{ "xelab", simulation },
	{ "xsim", simulation },
};

/* The language ------------------------------------------------------------------------------- */

static void set(struct tcl *t, const struct strv *w, bool append)
{
	const char *name = w->v[1] + strspn(w->v[1], ":");
	const char *old = append ? vars_get(&t->vars, name, strlen(name)) : NULL;
	struct str s = STR_LIMIT(MAX_WORD);

	str_adds(&s, old);
	for (size_t i = 2; i < w->n; i++) {
		if (append)
			add_element(&s, w->v[i]);
		else
			str_adds(&s, w->v[i]);
	}
	vars_set(&t->vars, name, str_cstr(&s));
	t->work += s.len / 64;
	str_free(&s);
}

static void each_word(struct tcl *t, const struct strv *w)
{
	struct strv l = STRV_INIT;

	elements(w->v[2], &l);
	for (size_t i = 0; i < l.n && t->work < MAX_WORK; i++) {
		vars_set(&t->vars, w->v[1], l.v[i]);
		run(t, w->v[3]);
	}
	strv_free(&l);
}

static void run_command(struct tcl *t, const struct strv *w)
{
	const char *name = w->v[0];

	if (strcmp(name, "set") == 0 && w->n == 3) {
		set(t, w, false);
	} else if (strcmp(name, "lappend") == 0 && w->n > 2) {
		set(t, w, true);
	} else if (strcmp(name, "foreach") == 0 && w->n == 4) {
		each_word(t, w);
	} else if (strcmp(name, "if") == 0) {
		for (size_t i = 2; i < w->n; i++)
			run(t, w->v[i]);
	} else if (strcmp(name, "source") == 0 && w->n > 1) {
		nested(t->r, w->v[w->n - 1], MANIFEST_TCL);
	} else if (str_starts(name, "synth_") && strcmp(name, "synth_design") != 0) {
		synth(t->r, w);
	} else {
		for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
			if (strcmp(name, commands[i].name) == 0)
				commands[i].fn(t->r, w);
	}
}

static void run(struct tcl *t, const char *text)
{
	const char *p = text, *counted = text;
	bool outer = t->depth == 0;

	if (t->depth >= MAX_DEPTH)
		return;
	t->depth++;
	if (outer)
		t->r->line = 1;
	while (*(p += strspn(p, " \t\r\n;"))) {
		struct strv w = STRV_INIT;

		for (; outer && counted < p; counted++)
			t->r->line += *counted == '\n';
		if (t->work >= MAX_WORK)
			break;
		if (*p == '#') {
			p += strcspn(p, "\n");
			continue;
		}
		p = command(t, p, &w);
		if (w.n)
			run_command(t, &w);
		strv_free(&w);
	}
	t->depth--;
}

/* OpenLane's config.tcl sets elements of env(). */
static const char *environment(void *ctx, const char *name)
{
	const struct tcl *t = ctx;
	char *element = str_fmt("env(%s)", name);
	const char *value = vars_get(&t->vars, element, strlen(element));

	free(element);
	return value;
}

bool manifest_read_tcl(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct tcl t = { .r = r };
	int line = r->line;
	char *own = mem_strndup(text, len);

	vars_set(&t.vars, "quartus(qip_path)", ".");
	vars_set(&t.vars, "env(DESIGN_DIR)", ".");
	run(&t, own);
	if (t.work >= MAX_WORK)
		reading_note(r, "it does too much to be followed; files that it names behind this "
				"may be missing");
	reading_openlane(r, environment, &t);
	if (line) /* a script inside a command line */
		r->line = line;
	else
		reading_commands_end(r);
	vars_fini(&t.vars);
	free(own);
	return true;
}

bool manifest_read_qsf(struct reading *r, const char *text, size_t len, struct err *err)
{
	reading_from_folder(r);
	return manifest_read_tcl(r, text, len, err);
}
