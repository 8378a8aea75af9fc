/* new, instance, testbench: text generated from ports and names, without a model. */
#include "config.h"

#include "session/command/commands.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/verilog/template.h"
#include "session/workbench/testbench_list.h"
#include "session/workbench/workbench.h"

/* A possible reason why a module is missing: a file that was too large to read. */
static const char *not_looked_into(const struct project *p)
{
	for (size_t i = 0; i < project_files(p); i++)
		if (!project_file(p, i)->outline)
			return project_file(p, i)->path;
	return NULL;
}

static void no_such_module(const struct project *p, const char *name, struct err *err)
{
	const char *blind = not_looked_into(p);
	struct strv tops = STRV_INIT;

	project_tops(p, &tops);
	if (blind)
		err_set(err, ERR_NOT_FOUND,
			"%s: no such module here; %s is unreadable or larger than %u MB and was "
			"not looked into",
			name, blind, PROJECT_MAX_OUTLINE >> 20);
	else
		err_set(err, ERR_NOT_FOUND, "%s: no such module here%s%s", name,
			tops.n ? "; there is " : "", tops.n ? tops.v[0] : "");
	strv_free(&tops);
}

static bool print_template(struct cmd_call *c,
			   void (*make)(const struct vmodule *, enum lang, struct str *),
			   struct err *err)
{
	struct project *p = workbench_project(c->w, err);
	const struct vmodule *m = p && c->argc ? project_vmodule(p, c->argv[0]) : NULL;
	struct str text = STR_INIT;

	if (!p)
		return false;
	if (c->argc == 0)
		return err_set(err, ERR_USAGE, "%s: which module? `posedge files` lists them",
			       c->cmd->name);
	if (!m) { /* an escaped name, without its backslash */
		char *escaped = str_fmt("\\%s", c->argv[0]);

		m = project_vmodule(p, escaped);
		free(escaped);
	}
	if (!m) {
		no_such_module(p, c->argv[0], err);
		return false;
	}
	make(m, design_lang(p, c->w->options), &text);
	report_text(&c->w->out, "%s", str_cstr(&text));
	str_free(&text);
	return true;
}

bool cmd_instance(struct cmd_call *c, struct err *err)
{
	return print_template(c, template_instance, err);
}

static bool good_name(const char *name)
{
	if (!isalpha((unsigned char)name[0]) || strlen(name) > 64)
		return false;
	for (const char *p = name; *p; p++)
		if (!isalnum((unsigned char)*p) && *p != '_')
			return false;
	return true;
}

/* The path of a file that a command writes, which must be in the project. The
 * caller frees *rel. */
static bool written_file(const char *name, const char *path, char **rel, struct err *err)
{
	free(*rel);
	return path_clean(path, rel, err) || err_prefix(err, "testbench %s", name);
}

static bool add_testbench(struct cmd_call *c, struct err *err)
{
	struct testbench_entry t = { .name = c->argv[1] };
	bool ok =
		good_name(t.name) ||
		err_set(err, ERR_USAGE,
			"testbench add '%s': a name of letters, digits and _ was expected", t.name);

	for (size_t i = 2; ok && i < c->argc; i++) {
		char *word = c->argv[i];

		if ((str_starts(word, "cmd:") || str_starts(word, "cmd=")) && word[4])
			t.command = word + 4;
		else if (str_starts(word, "results="))
			ok = written_file(t.name, word + 8, &t.results, err);
		else if (str_starts(word, "waves="))
			ok = written_file(t.name, word + 6, &t.waves, err);
		else
			ok = err_set(err, ERR_USAGE,
				     "testbench %s: '%s': cmd:\"COMMAND\", results=FILE or "
				     "waves=FILE was expected",
				     t.name, word);
	}
	if (ok && !t.command)
		ok = err_set(err, ERR_USAGE,
			     "testbench %s: no command: `testbench add %s cmd:\"make -C test\" "
			     "results=results.xml`",
			     t.name, t.name);
	if (ok)
		testbench_list_add(c->w->testbenches, &t);
	free(t.results);
	free(t.waves);
	return ok;
}

/* An rc file may name a command; on the shell's command line it would be forgotten
 * immediately. */
bool cmd_testbench(struct cmd_call *c, struct err *err)
{
	bool adds = c->argc > 1 && strcmp(c->argv[0], "add") == 0;

	if (!adds && c->argc > 1)
		return err_set(err, ERR_USAGE,
			       "testbench %s: one MODULE was expected, or `testbench add NAME "
			       "cmd:COMMAND`",
			       c->argv[0]);
	if (!adds && c->source[0])
		return err_set(err, ERR_USAGE,
			       "testbench %s: only `testbench add` is allowed in a file",
			       c->argv[0]);
	if (adds && !c->trusted)
		return err_set(
			err, ERR_AUTH,
			"testbench add %s: it runs a command; not from a file that nobody trusted",
			c->argv[1]);
	if (adds && !c->source[0] && !c->w->screen)
		return err_set(err, ERR_USAGE,
			       "testbench add %s: put this line into the project's .posedgerc, and "
			       "say `posedge trust`",
			       c->argv[1]);
	return adds ? add_testbench(c, err) : print_template(c, template_testbench, err);
}

static bool write_file(const struct report *out, const char *dir, const char *name,
		       const struct str *text, struct err *err)
{
	char *path = str_fmt("%s/%s", dir, name);
	char *folder = path_dir(path);
	bool ok = file_make_dirs(folder, 0777, err) &&
		  file_save(path, str_cstr(text), text->len, 0644, err);

	if (ok)
		report_text(out, "%s\n", path);
	free(folder);
	free(path);
	return ok;
}

/* Marks the new folder as a project, so that it is not taken for a part of an enclosing one. */
static bool mark_project(const char *dir, struct err *err)
{
	char *mark = str_fmt("%s/.posedge", dir);
	bool ok = file_make_dirs(mark, 0700, err);

	free(mark);
	return ok;
}

bool cmd_new(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	const char *name = c->argv[0];
	const char *language = cmd_opt(c, "--language");
	enum lang lang = LANG_SV2017;
	char *dir, *rtl, *tb;
	const char *ext;
	struct str text = STR_INIT;
	bool ok;

	if (!good_name(name) || vkeyword(name, strlen(name), LANG_SV2017))
		return err_set(err, ERR_USAGE, "new %s: a name that can be a module's was expected",
			       name);
	if (language && !lang_parse(language, &lang))
		return err_set(err, ERR_USAGE,
			       "new --language %s: verilog2001, verilog2005 or sv2017", language);
	dir = workplace_full(&w->place, name);
	if (file_exists(dir)) {
		err_set(err, ERR_CONFLICT, "new %s: it already exists", name);
		free(dir);
		return false;
	}
	ext = lang == LANG_SV2017 ? "sv" : "v";
	rtl = str_fmt("rtl/%s.%s", name, ext);
	tb = str_fmt("tb/%s_tb.%s", name, ext);
	template_spec(name, &text);
	ok = write_file(&w->out, dir, "spec.md", &text, err);
	str_clear(&text);
	template_module(name, lang, &text);
	ok = ok && write_file(&w->out, dir, rtl, &text, err);
	str_clear(&text);
	template_module_testbench(name, lang, &text);
	ok = ok && write_file(&w->out, dir, tb, &text, err) && mark_project(dir, err);
	if (ok)
		report_text(&w->out, "next: cd %s && posedge sim\n", name);
	str_free(&text);
	free(tb);
	free(rtl);
	free(dir);
	return ok;
}
