/* Build scripts in Python: .py.
 *
 * Four kinds are recognised by what they call, whatever their name:
 *
 *   cocotb's runner   runner.build(sources=[...], hdl_toplevel="m", defines={...})
 *   edalize           {"files": [{"name": "a.v", "file_type": "verilogSource"}], "toplevel": "m"}
 *   a list of files   lib.add_source_files("rtl/" + "*.sv")  (VUnit, LiteX, Amaranth)
 *   a tool            subprocess.run(["iverilog", "-g2012", "-o", out, *sources])
 *
 * The script is read once, from the first line to the last, as if each line ran
 * once in that order; calls and branches are not followed. See python_value.h for
 * which expressions can be evaluated. Sources: the manuals of cocotb
 * (docs.cocotb.org, "Python Test Runner"), edalize ("EDA Metadata") and VUnit.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/python_value.h"
#include "session/manifest/python_vars.h"

static bool has_word(const char *const *words, const char *s, size_t len)
{
	for (; *words; words++)
		if (strlen(*words) == len && memcmp(*words, s, len) == 0)
			return true;
	return false;
}

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
	static const char *const args[] = { "build_args", "compile_args", "extra_args", NULL };

	if (has_word(files, key, len))
		add_files(r, v);
	else if (has_word(tops, key, len))
		add_top(r, v);
	else if (has_word(dirs, key, len))
		add_dirs(r, v);
	else if (has_word(args, key, len))
		reading_args(r, v->items.v, NULL, v->items.n);
	else if (has_word((const char *const[]){ "defines", NULL }, key, len))
		add_settings(r, v, reading_add_define);
	else if (has_word((const char *const[]){ "parameters", NULL }, key, len) && v->dict)
		add_settings(r, v, reading_add_parameter);
}

/* Reads a command given as a list of words or as a shell line. */
static void command(struct reading *r, const struct python_value *v)
{
	struct str line = STR_LIMIT(MANIFEST_MAX_TEXT);

	if (v->items.n == 0)
		return;
	if (!v->list) {
		reading_command(r, v->items.v[0]);
		return;
	}
	for (size_t i = 0; i < v->items.n; i++) {
		const char *s = v->items.v[i];

		str_adds(&line, i ? " '" : "'");
		for (; *s; s++)
			if (*s != '\'')
				str_addc(&line, *s);
		str_addc(&line, '\'');
	}
	reading_command(r, str_cstr(&line));
	str_free(&line);
}

static void first_argument(struct python *p, size_t open, struct python_value *v)
{
	size_t end = python_end(p, open + 1);

	python_eval(p, open + 1, end, v);
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

	if (has_word(adds, name->at, name->len)) {
		first_argument(p, i + 1, &v);
		add_files(r, &v);
	} else if (has_word(runs, name->at, name->len)) {
		first_argument(p, i + 1, &v);
		command(r, &v);
	} else {
		return;
	}
	python_value_fini(&v);
}

/* Handles "NAME = value", "NAME += value" and "for NAME in value:" at token i. */
static void assignment(struct python *p, size_t i)
{
	bool loop = python_is(p, i, "for"), more = python_is(p, i + 1, "+");
	size_t at = i + loop, from = at + 1 + more;
	struct python_value v;

	if (at + 1 >= p->n || p->v[at].kind != PYTHON_NAME)
		return;
	if (!loop && !more && python_is(p, from, ":")) { /* NAME: TYPE = value */
		while (from < p->n && p->v[from].kind != PYTHON_LINE && !python_is(p, from, "="))
			from++;
	}
	if (!python_is(p, from, loop ? "in" : "=") || python_is(p, from + 1, "="))
		return;
	python_eval(p, from + 1, python_end(p, from + 1), &v);
	v.each = loop;
	python_set(p, &p->v[at], &v, more);
}

/* Handles "NAME.append(value)" and "NAME.extend(value)". */
static void append(struct python *p, size_t i)
{
	static const char *const names[] = { "append", "extend", NULL };
	struct python_value v;

	if (!python_is(p, i + 1, ".") || !python_is(p, i + 3, "(") ||
	    !has_word(names, p->v[i + 2].at, p->v[i + 2].len))
		return;
	first_argument(p, i + 3, &v);
	python_set(p, &p->v[i], &v, true);
}

static bool begins(const struct python *p, size_t i)
{
	return i == 0 || p->v[i - 1].kind == PYTHON_LINE || python_is(p, i - 1, ":");
}

static void read_script(struct reading *r, struct python *p)
{
	for (size_t i = 0; i + 1 < p->n; i++) {
		bool name = p->v[i].kind == PYTHON_NAME, listed;
		struct python_value v;

		r->line = p->v[i].line;
		if (name && begins(p, i)) {
			assignment(p, i);
			append(p, i);
		}
		if (name && python_is(p, i + 1, "("))
			call(r, p, i);
		listed = i > 0 && (python_is(p, i - 1, "(") || python_is(p, i - 1, ",") ||
				   python_is(p, i - 1, "{"));
		if (listed && python_is(p, i + 1, name ? "=" : ":") &&
		    (name || p->v[i].kind == PYTHON_TEXT)) {
			python_eval(p, i + 2, python_end(p, i + 2), &v);
			setting(r, p->v[i].at, p->v[i].len, &v);
			python_value_fini(&v);
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
	const char *slash = strrchr(r->path, '/');
	struct python p;
	bool manifest = strcmp(slash ? slash + 1 : r->path, "Manifest.py") == 0;

	if (!builds(text) && !manifest)
		return true;
	free(r->base);
	r->base = mem_strdup(r->folder);
	r->quiet = true; /* a build may create files first */
	python_read(&p, text, len, slash ? slash + 1 : r->path);
	read_script(r, &p);
	if (manifest)
		hdlmake(r, &p);
	python_fini(&p);
	r->line = 0;
	reading_commands_end(r);
	return true;
}
