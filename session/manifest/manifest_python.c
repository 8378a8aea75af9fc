/* Build scripts in Python, and in SCons and Meson, whose scripts read like it: .py,
 * SConstruct, meson.build.
 *
 * These are recognised by what they call, whatever their name:
 *
 *   cocotb's runner   runner.build(sources=[...], hdl_toplevel="m", defines={...})
 *   edalize           {"files": [{"name": "a.v", "file_type": "verilogSource"}], "toplevel": "m"}
 *   a list of files   lib.add_source_files("rtl/" + "*.sv")  (VUnit, LiteX, Amaranth)
 *   a tool            subprocess.run(["iverilog", "-g2012", "-o", out, *sources])
 *   SCons             env.Command("sim", sources, "iverilog -o $TARGET $SOURCES")
 *   Meson             custom_target(input: files("a.v"), command: ["iverilog", "@INPUT@"])
 *
 * The script is read once, from the first line to the last, as if each line ran
 * once in that order; calls and branches are not followed. See python_value.h for
 * which expressions can be evaluated. Sources: the manuals of cocotb
 * (docs.cocotb.org, "Python Test Runner"), edalize ("EDA Metadata"), VUnit, SCons
 * ("Command", "Builder") and Meson ("custom_target").
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/word_table.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/python_value.h"
#include "session/manifest/python_vars.h"
#include "session/text/slice.h"

static bool is_known(const char *s)
{
	return s[0] && !strstr(s, "${");
}

static void add_files(struct reading *r, const struct python_value *v)
{
	for (size_t i = 0; i < v->items.n; i++)
		if (reading_is_hdl(v->items.v[i]))
			reading_add(r, v->items.v[i], reading_role(v->items.v[i]));
}

static void add_dirs(struct reading *r, const struct python_value *v)
{
	for (size_t i = 0; i < v->items.n; i++)
		if (v->items.v[i][0])
			reading_add_include(r, v->items.v[i]);
}

static void add_top(struct reading *r, const struct python_value *v)
{
	if (v->items.n == 1 && is_known(v->items.v[0]))
		reading_add_top(r, v->items.v[0]);
}

static void add_settings(struct reading *r, const struct python_value *v,
			 void (*fn)(struct reading *r, const char *text, size_t len))
{
	for (size_t i = 0; i < v->items.n; i++)
		if (is_known(v->items.v[i]))
			fn(r, v->items.v[i], strlen(v->items.v[i]));
}

/* Handles a keyword argument of a call, or a key of a dictionary. */
static void setting(struct reading *r, const char *key, size_t len, const struct python_value *v)
{
	static const char *const files[] = { "sources", "verilog_sources", "files", "vhdl_sources",
					     NULL };
	static const char *const tops[] = { "hdl_toplevel", "toplevel", NULL };
	static const char *const dirs[] = { "includes", "include_dirs", "incdirs", NULL };
	static const char *const defines[] = { "defines", NULL };
	static const char *const parameters[] = { "parameters", NULL };
	static const char *const args[] = { "build_args", "compile_args", "extra_args", NULL };

	if (words_has_n(files, key, len))
		add_files(r, v);
	else if (words_has_n(tops, key, len))
		add_top(r, v);
	else if (words_has_n(dirs, key, len))
		add_dirs(r, v);
	else if (words_has_n(args, key, len))
		reading_args(r, v->items.v, NULL, v->items.n);
	else if (words_has_n(defines, key, len))
		add_settings(r, v, reading_add_define);
	else if (words_has_n(parameters, key, len) && v->dict)
		add_settings(r, v, reading_add_parameter);
}

static char *text_of(struct python *p, size_t from)
{
	struct python_value v;
	char *text;

	if (python_is(p, from, "True") || python_is(p, from, "False"))
		return python_is(p, from, "True") ? mem_strdup("1") : NULL;
	python_eval(p, from, python_end(p, from), &v);
	text = v.items.n == 1 ? mem_strdup(v.items.v[0]) : NULL;
	python_value_fini(&v);
	return text;
}

/* edalize: "NAME": {"paramtype": "vlogdefine", "default": 4}. i is the name. Parameters
 * of other types are left to the tool that is called. */
static void edalize_define(struct reading *r, struct python *p, size_t i)
{
	size_t end = python_skip(p, i + 2);
	char *type = NULL, *value = NULL, *both;

	for (size_t k = i + 3; k + 2 < end; k = python_end(p, k + 2) + 1) {
		struct slice key = { p->v[k].at, p->v[k].len };

		if (p->v[k].kind != PYTHON_TEXT || !python_is(p, k + 1, ":"))
			break;
		if (slice_is(key, "paramtype") && !type)
			type = text_of(p, k + 2);
		else if (slice_is(key, "default") && !value)
			value = text_of(p, k + 2);
	}
	if (type && value && strcmp(type, "vlogdefine") == 0) {
		both = str_fmt("%.*s=%s", (int)p->v[i].len, p->v[i].at, value);
		reading_add_define(r, both, strlen(both));
		free(both);
	}
	free(type);
	free(value);
}

/* Reads a command given as a list of words or as a shell line, or one for each item
 * of a loop. folder: where it runs; NULL: here. */
static void command(struct reading *r, const struct python_value *v, const char *folder)
{
	bool words = v->list && !v->each;

	if (words) {
		reading_words(r, v->items.v, v->items.n, folder);
		return;
	}
	for (size_t i = 0; i < v->items.n && (i == 0 || v->each); i++) {
		struct str line = STR_LIMIT(MANIFEST_MAX_TEXT);

		if (folder)
			str_addf(&line, "cd '%s' && ", folder);
		str_adds(&line, v->items.v[i]);
		if (!line.full)
			reading_command(r, str_cstr(&line));
		str_free(&line);
	}
}

static void first_argument(struct python *p, size_t open, struct python_value *v)
{
	size_t end = python_end(p, open + 1);

	python_eval(p, open + 1, end, v);
}

/* Evaluates the keyword argument of the call; false if it has none. */
static bool keyword(struct python *p, size_t open, const char *name, struct python_value *v)
{
	size_t end = python_skip(p, open) - 1;

	for (size_t i = open + 1; i < end; i = python_end(p, i) + 1) {
		size_t to = python_end(p, i);

		if (to != i + 1 || !python_is(p, i, name))
			continue;
		python_eval(p, to + 1, python_end(p, to + 1), v);
		return true;
	}
	return false;
}

/* The working folder that a call of subprocess is given; the caller frees. */
static char *working_folder(struct python *p, size_t open)
{
	struct python_value v = { .items = STRV_INIT };
	char *folder = NULL;

	if (keyword(p, open, "cwd", &v) && v.items.n == 1 && is_known(v.items.v[0]) &&
	    !strchr(v.items.v[0], '\''))
		folder = mem_strdup(v.items.v[0]);
	python_value_fini(&v);
	return folder;
}

/* For run("iverilog", "-o", ...) of nox and others: all words become one list. */
static void more_arguments(struct python *p, size_t open, struct python_value *v)
{
	size_t end = python_skip(p, open) - 1, i = python_end(p, open + 1) + 1;

	v->list = true;
	for (; i < end; i = python_end(p, i) + 1) {
		struct python_value one;

		if (python_is(p, python_end(p, i), "=")) /* a keyword argument */
			return;
		i += python_is(p, i, "*");
		python_eval(p, i, python_end(p, i), &one);
		python_add_all(p, v, &one);
		python_value_fini(&one);
	}
}

/* Handles the call whose name is token i. */
static void call(struct reading *r, struct python *p, size_t i)
{
	static const char *const adds[] = { "add_source_file",	  "add_source_files",
					    "add_source",	  "add_sources",
					    "add_files",	  "add_file",
					    "add_verilog_source", NULL };
	static const char *const runs[] = { "run",     "call",	 "check_call", "check_output",
					    "Popen",   "system", "popen",      "getoutput",
					    "run_cmd", "sh",	 NULL };
	const struct python_token *name = &p->v[i];
	struct python_value v;
	char *folder;

	if (!keyword(p, i + 1, "args", &v))
		first_argument(p, i + 1, &v);
	if (v.items.n == 1 && !v.list && !strpbrk(v.items.v[0], " \t\n") &&
	    reading_is_tool(v.items.v[0]))
		more_arguments(p, i + 1, &v);
	if (words_has_n(adds, name->at, name->len)) {
		add_files(r, &v);
	} else if (python_is(p, i, "chdir")) {
		folder = v.items.n == 1 && is_known(v.items.v[0]) ? reading_dir(r, v.items.v[0])
								  : NULL;
		if (folder) {
			free(r->base);
			r->base = folder;
		}
	} else if (v.items.n && (words_has_n(runs, name->at, name->len) ||
				 reading_is_tool(v.items.v[0]))) { /* the script's own function */
		folder = working_folder(p, i + 1);
		command(r, &v, folder);
		free(folder);
	}
	python_value_fini(&v);
}

/* Handles "NAME = value", "NAME += value", "for NAME in value:" and Meson's "foreach NAME :
 * value" at token i. */
static void assignment(struct python *p, size_t i)
{
	bool each = python_is(p, i, "foreach"), loop = each || python_is(p, i, "for"),
	     more = python_is(p, i + 1, "+");
	size_t at = i + loop, from = at + 1 + more;
	struct python_value v;

	if (at + 1 >= p->n || p->v[at].kind != PYTHON_NAME)
		return;
	if (!loop && !more && python_is(p, from, ":")) { /* NAME: TYPE = value */
		while (from < p->n && p->v[from].kind != PYTHON_LINE && !python_is(p, from, "="))
			from++;
	}
	if (!python_is(p, from, each ? ":" : loop ? "in" : "=") || python_is(p, from + 1, "="))
		return;
	python_eval(p, from + 1, python_end(p, from + 1), &v);
	v.each |= loop;
	python_set(p, &p->v[at], &v, more);
}

/* Handles "NAME.append(value)" and "NAME.extend(value)". */
static void append(struct python *p, size_t i)
{
	static const char *const names[] = { "append", "extend", NULL };
	struct python_value v;

	if (!python_is(p, i + 1, ".") || !python_is(p, i + 3, "(") ||
	    !words_has_n(names, p->v[i + 2].at, p->v[i + 2].len))
		return;
	first_argument(p, i + 3, &v);
	python_set(p, &p->v[i], &v, true);
}

/* SCons and Meson ------------------------------------------------------------------------- */

typedef void script_call_fn(struct reading *r, struct python *p, size_t i);

/* Puts the words of `by` in place of the mark: in a list where it is an item, in a line
 * wherever it stands. */
static void substitute(struct python *p, struct python_value *v, const char *mark,
		       const struct python_value *by)
{
	struct python_value all = { .items = STRV_INIT, .list = v->list };
	size_t n = strlen(mark);

	for (size_t i = 0; i < v->items.n; i++) {
		const char *s = v->items.v[i], *at;
		struct str line = STR_LIMIT(PYTHON_TEXT_MAX);

		if (v->list && strcmp(s, mark) == 0) {
			python_add_all(p, &all, by);
			continue;
		}
		for (; !line.full && (at = strstr(s, mark)); s = at + n) {
			str_add(&line, s, (size_t)(at - s));
			for (size_t k = 0; !line.full && k < by->items.n; k++)
				str_addf(&line, "%s%s", k ? " " : "", by->items.v[k]);
		}
		str_adds(&line, s);
		if (!line.full) /* part of a command would be another one */
			python_give(p, &all, mem_strdup(str_cstr(&line)));
		str_free(&line);
	}
	python_value_fini(v);
	*v = all;
}

/* env.NAME(target, sources, action); of other builders only the sources are known. */
static void scons_call(struct reading *r, struct python *p, size_t i)
{
	struct python_value from, action;
	size_t comma = python_end(p, i + 2), second = 0;

	if (i < 2 || !python_is(p, i - 1, "."))
		return;
	if (!keyword(p, i + 1, "source", &from)) {
		second = python_is(p, comma, ",") ? python_end(p, comma + 1) : 0;
		if (!second || python_is(p, second, "="))
			return;
		python_eval(p, comma + 1, second, &from);
	}
	add_files(r, &from);
	if (python_is(p, i, "Command") &&
	    (keyword(p, i + 1, "action", &action) ||
	     (second && python_is(p, second, ",") &&
	      (python_eval(p, second + 1, python_end(p, second + 1), &action), true)))) {
		substitute(p, &action, "$SOURCES", &from);
		substitute(p, &action, "$SOURCE", &from);
		action.each = true; /* a list of commands */
		action.list = false;
		command(r, &action, NULL);
		python_value_fini(&action);
	}
	python_value_fini(&from);
}

/* files(), subdir(), and the command of a target. */
static void meson_call(struct reading *r, struct python *p, size_t i)
{
	struct python_value input = { .items = STRV_INIT }, words;

	if (python_is(p, i, "files")) {
		python_eval(p, i, python_skip(p, i + 1), &words);
		add_files(r, &words);
	} else if (python_is(p, i, "subdir")) {
		char *name, *path;

		first_argument(p, i + 1, &words);
		name = str_fmt("%s/meson.build", words.items.n ? words.items.v[0] : ".");
		path = reading_file(r, name);
		if (path)
			reading_include(r, path, MANIFEST_PYTHON, NULL);
		free(path);
		free(name);
	} else if (keyword(p, i + 1, "command", &words)) {
		keyword(p, i + 1, "input", &input);
		words.list = true;
		substitute(p, &words, "@INPUT@", &input);
		command(r, &words, NULL);
		python_value_fini(&input);
	} else {
		return;
	}
	python_value_fini(&words);
}

static bool begins(const struct python *p, size_t i)
{
	return i == 0 || p->v[i - 1].kind == PYTHON_LINE || python_is(p, i - 1, ":");
}

static void read_script(struct reading *r, struct python *p, script_call_fn *other)
{
	for (size_t i = 0; i + 1 < p->n; i++) {
		bool name = p->v[i].kind == PYTHON_NAME, listed;
		struct python_value v;

		r->line = p->v[i].line;
		if (name && begins(p, i)) {
			assignment(p, i);
			append(p, i);
		}
		if (name && python_is(p, i + 1, "(")) {
			call(r, p, i);
			if (other)
				other(r, p, i);
		}
		listed = i > 0 && (python_is(p, i - 1, "(") || python_is(p, i - 1, ",") ||
				   python_is(p, i - 1, "{"));
		if (listed && python_is(p, i + 1, name ? "=" : ":") &&
		    (name || p->v[i].kind == PYTHON_TEXT)) {
			python_eval(p, i + 2, python_end(p, i + 2), &v);
			setting(r, p->v[i].at, p->v[i].len, &v);
			python_value_fini(&v);
			if (!name && python_is(p, i + 2, "{"))
				edalize_define(r, p, i);
		}
	}
}

/* True if the script is worth reading; most scripts build no hardware. */
static bool builds(const char *text)
{
	static const char *const words[] = { "iverilog", "verilator",  "get_runner", "cocotb_test",
					     "edalize",	 "add_source", "vlog",	     "xrun",
					     "edalizer", "vcs",	       "yosys",	     NULL };

	for (size_t i = 0; words[i]; i++)
		if (strstr(text, words[i]))
			return strstr(text, ".v") != NULL || strstr(text, ".sv") != NULL;
	return false;
}

/* hdlmake: `files` of a Manifest.py, and the top. */
static void hdlmake(struct reading *r, const struct python *p)
{
	static const char *const names[] = { "files", "top_module", "sim_top" };

	for (size_t i = 0; i < 3; i++) {
		struct python_token name = { .kind = PYTHON_NAME,
					     .at = names[i],
					     .len = strlen(names[i]) };
		const struct python_value *v = python_find_var(p, &name);

		r->test = i == 2;
		for (size_t k = 0; v && k < v->items.n; k++)
			if (i > 0)
				reading_add_top(r, v->items.v[k]);
			else if (reading_is_hdl(v->items.v[k]))
				reading_add(r, v->items.v[k], reading_role(v->items.v[k]));
	}
	r->test = false;
}

bool manifest_read_python(struct reading *r, const char *text, size_t len, struct err *err)
{
	const char *base = path_base(r->path);
	struct python p;
	bool manifest = strcmp(base, "Manifest.py") == 0, scons = str_starts(base, "SCons"),
	     meson = strcmp(base, "meson.build") == 0;

	if (!builds(text) && !manifest && !scons && !meson)
		return true;
	reading_from_folder(r);
	r->quiet = true; /* a build may create files first */
	python_read(&p, text, len, base);
	read_script(r, &p, scons ? scons_call : meson ? meson_call : NULL);
	if (manifest)
		hdlmake(r, &p);
	python_fini(&p);
	r->line = 0;
	reading_commands_end(r);
	return true;
}
