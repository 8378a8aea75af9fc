/* Asking, checking, running, templates. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/flow_ask.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"
#include "session/text/words.h"
#include "session/verilog/template.h"
#include "session/workbench/workbench.h"
#include "ui/act.h"
#include "ui/attach.h"

bool act_ask(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct str question = STR_INIT;
	bool ok;

	if (!u)
		return false;
	for (size_t i = 0; i < c->argc; i++)
		str_addf(&question, "%s%s", i ? " " : "", c->argv[i]);
	ok = ui_ask(u, str_cstr(&question), false, err);
	str_free(&question);
	return ok;
}

bool act_fix(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	if (!u || !ui_ask(u, "", true, err))
		return false;
	u->wish.lower = PANE_CHAT;
	return true;
}

bool act_lint(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	return u && ui_lint(u, false, err);
}

bool act_sim(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	return u && ui_sim(u, c->argc ? c->argv[0] : NULL, err);
}

/* The viewer's own window; without a display the log's wave tab. */
bool act_waves(struct cmd_call *c, struct err *err)
{
	static char *const argv[] = { "wave", NULL };
	struct ui *u = act_ui(c, err);

	return u && ui_other(u, argv, 1, err);
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
			popup_add(&u->popup, f->outline->modules[k].name, f->path, str_cstr(&command));
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

static const struct vmodule *module_named(struct cmd_call *c, struct ui *u, struct project *p, struct err *err)
{
	const struct vmodule *m = project_vmodule(p, c->argv[0]);

	if (!m)
		err_set(err, ERR_NOT_FOUND, "module %s: no file of the project defines it", c->argv[0]);
	return m;
}

/* Behind the line of the cursor. */
bool act_instance(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct project *p;
	const struct vmodule *m;
	struct text *t;
	struct view *v;
	struct str base = STR_INIT, text = STR_INIT;
	struct proposed proposed = { .by = "template" };
	size_t at;
	bool ok;

	if (!u)
		return false;
	if (c->argc == 0 && !u->w->refused) {
		ui_pick(u, "instance", offer_instances);
		return true;
	}
	if (act_put_off(c))
		return true;
	p = workbench_project(u->w, err);
	if (!p)
		return false;
	m = module_named(c, u, p, err);
	v = m && ui_code(u) ? ui_code(u) : NULL;
	t = v ? ui_text(u, v) : NULL;
	if (!t)
		return m ? err_set(err, ERR_USAGE, "no file is open to put it into") : false;
	text_get_all(t, &base);
	at = text_line_of(t, v->cursor) + 1 < text_lines(t) ? text_line_start(t, text_line_of(t, v->cursor) + 1) : text_len(t);
	str_add(&text, str_cstr(&base), at);
	if (text.len && text.data[text.len - 1] != '\n')
		str_addc(&text, '\n');
	template_instance(m, design_lang(p, u->w->options), &text);
	str_add(&text, str_cstr(&base) + at, base.len - at);
	proposed.path = v->path;
	proposed.base = (struct bytes){ str_cstr(&base), base.len };
	proposed.text = (struct bytes){ str_cstr(&text), text.len };
	ok = flow_suggest(u->session, &proposed, NULL, err);
	if (ok)
		ui_run_line(u, "review");
	str_free(&text);
	str_free(&base);
	return ok;
}

bool act_testbench(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct project *p;
	const struct vmodule *m;
	struct proposed proposed = { .by = "template", .new_file = true };
	struct str text = STR_INIT;
	char *path, *full;
	bool ok;

	if (!u)
		return false;
	if (c->argc == 0 && !u->w->refused) {
		ui_pick(u, "testbench", offer_testbenches);
		return true;
	}
	if (act_put_off(c))
		return true;
	p = workbench_project(u->w, err);
	if (!p)
		return false;
	m = module_named(c, u, p, err);
	if (!m)
		return false;
	path = str_fmt("%s%s%s_tb%s", project_tb_dir(p), project_tb_dir(p)[0] ? "/" : "", m->name, project_extension(p, design_lang(p, u->w->options)));
	full = str_fmt("%s/%s", u->w->root, path);
	template_testbench(m, design_lang(p, u->w->options), &text);
	proposed.path = path;
	proposed.base = (struct bytes){ "", 0 };
	proposed.text = (struct bytes){ str_cstr(&text), text.len };
	ok = file_exists(full) ? err_set(err, ERR_CONFLICT, "%s is there already", path) :
				 flow_suggest(u->session, &proposed, NULL, err);
	if (ok)
		ui_run_line(u, "review");
	str_free(&text);
	free(full);
	free(path);
	return ok;
}

/* The chat ------------------------------------------------------------------------------ */

bool act_send_question(struct ui *u, struct err *err)
{
	struct line_edit *e = &u->question;
	/* Brought back and changed: the later answer replaces what the first one proposed. */
	struct ask_about about = { .follows = e->at < e->history.n ? state_asked(ui_state(u), e->history.v[e->at]) : 0 };
	char *text = line_edit_enter(e);
	bool ok = true;

	if (text[0] == '/')
		ui_run_line(u, text + 1);
	else if (text[strspn(text, " \t\n")])
		ok = ui_ask_about(u, text, &about, err);
	if (!ok)	/* nothing that was typed is lost */
		line_edit_set(&u->question, text);
	free(text);
	return ok;
}

/* What all candidates have in common. */
static void common_start(const struct strv *all, struct str *out)
{
	size_t n = strlen(all->v[0]);

	for (size_t i = 1; i < all->n; i++)
		for (size_t k = 0; k < n; k++)
			if (all->v[i][k] != all->v[0][k])
				n = k;
	str_add(out, all->v[0], n);
}

void act_complete(struct ui *u)
{
	struct line_edit *e = &u->question;
	const char *s = str_cstr(&e->text);
	size_t from = e->cursor;
	struct strv found = STRV_INIT;
	struct str word = STR_INIT, common = STR_INIT;

	while (from > 0 && !strchr(" \n\t(", s[from - 1]))
		from--;
	str_add(&word, s + from, e->cursor - from);
	if (word.len && word.data[0] == '@' && ui_reads(u)) {
		str_free(&word);
		return;
	}
	if (word.len && word.data[0] == '@')
		attach_complete(u->w, word.data + 1, &found);
	else if (word.len && word.data[0] == '/' && from == 0)
		for (size_t i = 0; i < cmd_table_len(u->w->commands); i++)
			if (str_starts(cmd_table_at(u->w->commands, i)->name, word.data + 1))
				strv_add(&found, cmd_table_at(u->w->commands, i)->name);
	if (found.n == 0) {
		ui_say(u, "nothing to complete: /command or @file, @lint, @sim");
	} else {
		common_start(&found, &common);
		if (found.n == 1)
			str_addc(&common, ' ');
		if (common.len >= word.len)
			line_edit_insert(e, common.data + word.len - 1, common.len - word.len + 1);
		if (found.n > 1) {
			str_clear(&common);
			for (size_t i = 0; i < found.n && common.len < 200; i++)
				str_addf(&common, "%s ", found.v[i]);
			ui_say(u, "%s", str_cstr(&common));
		}
	}
	strv_free(&found);
	str_free(&common);
	str_free(&word);
}

/* What may stand there in the palette: words is what was typed before it. */
static void argument_candidates(struct ui *u, const struct strv *words, struct strv *out)
{
	static const char *const panes[] = { "spec", "chat", "code", "log", NULL };
	static const char *const tabs[] = { "lint", "sim", "wave", "trace", "history", NULL };
	const char *command = words->v[0];
	const struct opt *o = words->n > 1 ? opt_find(words->v[1]) : NULL;
	struct project *p;

	if (strcmp(command, "set") == 0 && words->n == 1) {
		for (size_t i = 0; i < opt_count(); i++)
			strv_add(out, opt_at(i)->name);
	} else if (strcmp(command, "set") == 0) {
		if (o)
			options_choices(u->w->options, o, out);
	} else if (strcmp(command, "focus") == 0) {
		strv_addv(out, panes);
	} else if (strcmp(command, "log") == 0) {
		strv_addv(out, tabs);
	} else if (strcmp(command, "help") == 0 || strcmp(command, "bind") == 0) {
		for (size_t i = 0; i < cmd_table_len(u->w->commands); i++)
			strv_add(out, cmd_table_at(u->w->commands, i)->name);
	} else if (!ui_reads(u)) {
		p = workbench_project(u->w, NULL);
		for (size_t i = 0; p && i < project_files(p); i++) {
			const struct project_file *f = project_file(p, i);

			strv_add(out, f->path);
			for (size_t k = 0; f->outline && k < f->outline->n; k++)
				strv_add(out, f->outline->modules[k].name);
		}
	}
}

bool act_complete_argument(struct ui *u)
{
	struct line_edit *e = &u->popup.input;
	const char *text = str_cstr(&e->text), *last = strrchr(text, ' ');
	struct strv words = STRV_INIT, all = STRV_INIT, found = STRV_INIT;
	struct str more = STR_INIT;

	if (!last || !words_split(text, (size_t)(last - text), &words, NULL) || words.n == 0) {
		strv_free(&words);
		return last != NULL;
	}
	last++;
	argument_candidates(u, &words, &all);
	for (size_t i = 0; i < all.n; i++)
		if (str_starts(all.v[i], last))
			strv_add(&found, all.v[i]);
	if (found.n) {
		common_start(&found, &more);
		line_edit_insert(e, str_cstr(&more) + strlen(last), more.len - strlen(last));
	}
	str_free(&more);
	strv_free(&found);
	strv_free(&all);
	strv_free(&words);
	return true;
}
