/* Asking, checking, running, templates. */
#include "config.h"

#include <stdlib.h>

#include "session/base/file.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"
#include "session/verilog/template.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/widget/popup.h"

bool act_ask(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct str question = STR_INIT;
	bool ok;

	ok = cmd_question(c, &question, err) && ui_ask(u, str_cstr(&question), false, err);
	str_free(&question);
	if (ok)
		ui_show(u, PANE_CHAT);
	return ok;
}

bool act_btw(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct str question = STR_INIT;
	bool ok;

	ui_show(u, PANE_CHAT);
	ok = cmd_question(c, &question, err) && ui_ask_beside(u, str_cstr(&question), err);
	str_free(&question);
	return ok;
}

bool act_critique(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct view *v = ui_code(u);
	char *path = NULL;
	bool ok;

	if (c->argc && !workplace_path(&ui_workbench(u)->place, c->argv[0], &path, err))
		return false;
	if (!path && !v)
		return err_set(err, ERR_USAGE, "critique: no file is open");
	ok = ui_critique(u, path ? path : v->path, err);
	free(path);
	if (ok)
		ui_show(u, PANE_CHAT);
	return ok;
}

bool act_fix(struct ui *u, struct cmd_call *c, struct err *err)
{
	if (!ui_ask(u, "", true, err))
		return false;
	ui_show(u, PANE_CHAT);
	return true;
}

bool act_lint(struct ui *u, struct cmd_call *c, struct err *err)
{
	return ui_lint(u, false, err);
}

bool act_sim(struct ui *u, struct cmd_call *c, struct err *err)
{
	return ui_sim(u, c->argc ? c->argv[0] : NULL, err);
}

bool act_sim_unguarded(struct ui *u, struct cmd_call *c, struct err *err)
{
	ui_workbench(u)->kept.unguarded = true;
	return ui_sim(u, c->argc ? c->argv[0] : NULL, err);
}

/* Templates as suggestions ---------------------------------------------------------- */

static void offer_modules(struct ui *u, const struct project *p, const char *what)
{
	for (size_t i = 0; i < project_files(p); i++) {
		const struct project_file *f = project_file(p, i);

		for (size_t k = 0; f->outline && k < f->outline->n; k++) {
			struct str command = STR_INIT;

			if (f->outline->modules[k].kind != VUNIT_MODULE)
				continue;
			str_addf(&command, "%s %s", what, f->outline->modules[k].name);
			popup_add_file(ui_popup(u), f->outline->modules[k].name, f->path,
				       str_cstr(&command));
			str_free(&command);
		}
	}
}

static void offer_instances(struct ui *u, const struct project *p)
{
	offer_modules(u, p, "instance");
}

static void offer_testbenches(struct ui *u, const struct project *p)
{
	offer_modules(u, p, "testbench");
}

static const struct vmodule *module_named(struct cmd_call *c, struct project *p, struct err *err)
{
	const struct vmodule *m = project_vmodule(p, c->argv[0]);

	if (!m)
		err_set(err, ERR_NOT_FOUND, "module %s: no file of the project defines it",
			c->argv[0]);
	return m;
}

/* Without a name: true, a list to choose from has been opened. */
static bool picks_module(struct ui *u, const struct cmd_call *c,
			 void (*offer)(struct ui *u, const struct project *p))
{
	if (c->argc || ui_workbench(u)->place.refused)
		return false;
	ui_pick(u, c->cmd->name, offer);
	return true;
}

/* Inserts after the line of the cursor. */
bool act_instance(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct project *p;
	const struct vmodule *m;
	struct text *t;
	struct view *v;
	struct str base = STR_INIT, text = STR_INIT;
	struct proposed proposed = { .by = "template" };
	size_t at;
	bool ok;

	if (picks_module(u, c, offer_instances) || ui_defer_command(u, c))
		return true;
	p = workbench_project(ui_workbench(u), err);
	m = p ? module_named(c, p, err) : NULL;
	v = m && ui_code(u) ? ui_code(u) : NULL;
	t = v ? ui_text(u, v) : NULL;
	if (!t)
		return m ? err_set(err, ERR_USAGE, "no file is open to put it into") : false;
	text_get_all(t, &base);
	at = text_line_of(t, v->cursor) + 1 < text_lines(t)
		     ? text_line_start(t, text_line_of(t, v->cursor) + 1)
		     : text_len(t);
	str_add(&text, str_cstr(&base), at);
	if (text.len && text.data[text.len - 1] != '\n')
		str_addc(&text, '\n');
	template_instance(m, design_lang(p, ui_workbench(u)->options), &text);
	str_add(&text, str_cstr(&base) + at, base.len - at);
	proposed.path = v->path;
	proposed.base = (struct bytes){ str_cstr(&base), base.len };
	proposed.text = (struct bytes){ str_cstr(&text), text.len };
	ok = flow_suggest(ui_session(u), &proposed, NULL, err);
	if (ok)
		ui_run_line(u, "review");
	str_free(&text);
	str_free(&base);
	return ok;
}

bool act_testbench(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct project *p;
	const struct vmodule *m;
	struct proposed proposed = { .by = "template", .new_file = true };
	struct str text = STR_INIT;
	char *path, *full;
	bool ok;

	if (picks_module(u, c, offer_testbenches) || ui_defer_command(u, c))
		return true;
	p = workbench_project(ui_workbench(u), err);
	m = p ? module_named(c, p, err) : NULL;
	if (!m)
		return false;
	path = str_fmt("%s%s%s_tb%s", project_tb_dir(p), project_tb_dir(p)[0] ? "/" : "", m->name,
		       project_extension(p, design_lang(p, ui_workbench(u)->options)));
	full = str_fmt("%s/%s", ui_workbench(u)->place.root, path);
	template_testbench(m, design_lang(p, ui_workbench(u)->options), &text);
	proposed.path = path;
	proposed.base = (struct bytes){ "", 0 };
	proposed.text = (struct bytes){ str_cstr(&text), text.len };
	ok = file_exists(full) ? err_set(err, ERR_CONFLICT, "%s already exists", path)
			       : flow_suggest(ui_session(u), &proposed, NULL, err);
	if (ok)
		ui_run_line(u, "review");
	str_free(&text);
	free(full);
	free(path);
	return ok;
}
