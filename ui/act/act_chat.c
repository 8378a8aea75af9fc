/* The chat's input line: sending, and completion as in the palette. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_at.h"
#include "session/ask/flow_ask.h"
#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/text/find.h"
#include "session/text/words.h"
#include "session/workbench/cmd.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/job/attach.h"
#include "ui/screen/ui.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/chat_find.h"
#include "ui/widget/line_edit.h"
#include "ui/widget/popup.h"

/* The chat ------------------------------------------------------------------------------ */

bool act_send_question(struct ui *u, struct err *err)
{
	struct line_edit *e = &ui_chat(u)->question;
	/* If it was brought back from history and changed, its answer replaces the
	 * earlier proposal. */
	struct ask_about about = {
		.follows = e->at < e->history.n ? state_asked(ui_state(u), e->history.v[e->at]) : 0
	};
	char *text;
	const char *command;
	bool ok = true, ran = true;

	if (ui_chat(u)->card.open) {
		if (ui_answer_card(u, str_cstr(&e->text)))
			line_edit_set(e, "");
		return true;
	}
	text = line_edit_enter(e);
	command = cmd_in_chat(text);
	if (strncmp(text, "/btw ", 5) == 0 && text[5 + strspn(text + 5, " \t\n")])
		ok = ui_ask_beside(u, text + 5, err); /* verbatim: quotes have no meaning here */
	else if (strncmp(text, "/mcp:", 5) == 0)
		ok = ui_ask_prompt(u, text + 5, err);
	else if (command)
		ran = ui_run_line(u, command); /* it says itself why not */
	else if (text[strspn(text, " \t\n")] && ui_jobs(u)->job[JOB_ASK].task)
		ui_queue(u, text);
	else if (text[strspn(text, " \t\n")])
		ok = ui_ask_about(u, text, &about, err);
	if (!ok || !ran) /* keep the typed text */
		line_edit_set(&ui_chat(u)->question, text);
	free(text);
	return ok;
}

bool act_find_in_chat(struct ui *u, const struct find *f, bool anew, bool newer, struct err *err)
{
	struct rect body = pane_body(ui_panes(u)->layout.pane[PANE_CHAT]);
	bool around;

	if (!chat_find(&ui_chat(u)->place, ui_state(u), body.cols, f, anew, newer, &around))
		return err_set(err, ERR_NOT_FOUND, "find %s: not in the chat", find_pattern(f));
	if (around)
		ui_say(u, newer ? "from the start again" : "from the end again");
	ui_changed(u);
	return true;
}

bool act_steer(struct ui *u, struct cmd_call *c, struct err *err)
{
	if (c->argc && ui_jobs(u)->job[JOB_ASK].task)
		ui_queue(u, c->argv[0]);
	if (!ui_chat(u)->queued.n)
		return err_set(err, ERR_USAGE,
			       "nothing waits to be said; what is typed while a "
			       "model works does");
	ui_chat(u)->steer = true;
	ui_say(u, "said to the model as soon as its calls are answered");
	ui_changed(u);
	return true;
}

bool act_unqueue(struct ui *u, struct cmd_call *c, struct err *err)
{
	ui_unqueue(u);
	return true;
}

/* Selects the next mode, or the one named; saved as by `set mode`. */
bool act_mode(struct ui *u, struct cmd_call *c, struct err *err)
{
	static const char *const modes[] = { "ask", "assist", "read", "ask" };
	char *line;

	for (size_t i = 0; i < 3; i++) {
		if (c->argc || strcmp(ui_workbench(u)->options->mode, modes[i]) != 0)
			continue;
		line = str_fmt("set mode %s", modes[i + 1]);
		ui_run_line(u, line);
		free(line);
		return true;
	}
	line = str_fmt("set mode %s", c->argc ? c->argv[0] : "ask");
	ui_run_line(u, line);
	free(line);
	return true;
}

static bool is_critique(const struct state *s, const struct exchange *x)
{
	for (size_t i = 0; i < s->n_critiques; i++)
		if (s->critiques[i]->ask == x->n)
			return true;
	return false;
}

/* Puts the last answer of the conversation into the input line, to be changed and sent. */
bool act_plan(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct state *s = ui_state(u);
	char *text;

	for (size_t i = s->n_chat; i-- > 0;) {
		if (s->chat[i]->answer.len == 0 || s->chat[i]->beside || is_critique(s, s->chat[i]))
			continue;
		text = str_fmt("Carry out this plan:\n\n%s", str_cstr(&s->chat[i]->answer));
		line_edit_set(&ui_chat(u)->question, text);
		free(text);
		ui_focus(u, PANE_CHAT);
		ui_say(u, "the plan as a question: change it, `mode assist`, Enter");
		return true;
	}
	return err_set(err, ERR_NOT_FOUND, "there is no answer yet");
}

/* The longest common prefix of all candidates, in whole characters. */
static void common_start(const struct strv *all, struct str *out)
{
	const char *first = all->v[0];
	size_t n = strlen(first);

	for (size_t i = 1; i < all->n; i++)
		for (size_t k = 0; k < n; k++)
			if (all->v[i][k] != first[k])
				n = k;
	while (n && ((unsigned char)first[n] & 0xc0) == 0x80)
		n--;
	str_add(out, first, n);
}

static void say_candidates(struct ui *u, const struct strv *found)
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < found->n && all.len < 200; i++)
		str_addf(&all, "%s%s", i ? ", " : "", found->v[i]);
	ui_say(u, "%s", str_cstr(&all));
	str_free(&all);
}

/* A file is found by its name alone, too. Then all of the candidates' common start replaces
 * the name, but only if it still means the same ones. */
static void complete_at(struct ui *u, size_t from)
{
	struct line_edit *e = &ui_chat(u)->question;
	const char *s = str_cstr(&e->text);
	size_t quote = s[from + 1] == '"' && from + 1 < e->cursor, name = from + 1 + quote;
	char *typed = mem_strndup(s + name, e->cursor - name);
	struct strv found = STRV_INIT, again = STRV_INIT;
	struct str common = STR_INIT, word = STR_INIT;

	attach_complete(ui_workbench(u), typed, &found);
	if (found.n) {
		common_start(&found, &common);
		attach_complete(ui_workbench(u), str_cstr(&common), &again);
	}
	if (found.n && again.n == found.n) {
		quote = quote || ask_at_needs_quotes(str_cstr(&common));
		str_addf(&word, "@%s%s%s", quote ? "\"" : "", str_cstr(&common),
			 found.n > 1 ? ""
			 : quote     ? "\" "
				     : " ");
		line_edit_replace(e, from, word.data, word.len);
	}
	if (found.n > 1)
		say_candidates(u, &found);
	else if (!found.n)
		ui_say(u, "nothing to complete: no file and no word such as @lint begins so");
	str_free(&word);
	str_free(&common);
	strv_free(&again);
	strv_free(&found);
	free(typed);
}

/* A command is the first word. */
static void complete_command(struct ui *u)
{
	struct line_edit *e = &ui_chat(u)->question;
	const struct cmd_table *t = ui_workbench(u)->commands;
	char *typed = mem_strndup(str_cstr(&e->text) + 1, e->cursor - 1);
	struct strv found = STRV_INIT;
	struct str word = STR_INIT;

	for (size_t i = 0; i < cmd_table_len(t); i++)
		if (str_starts(cmd_table_at(t, i)->name, typed))
			strv_add(&found, cmd_table_at(t, i)->name);
	if (found.n) {
		common_start(&found, &word);
		str_adds(&word, found.n == 1 ? " " : "");
		line_edit_replace(e, 1, word.data, word.len);
	}
	if (found.n > 1)
		say_candidates(u, &found);
	else if (!found.n)
		ui_say(u, "nothing to complete: no command begins so");
	str_free(&word);
	strv_free(&found);
	free(typed);
}

void act_complete(struct ui *u)
{
	const struct line_edit *e = &ui_chat(u)->question;
	const char *s = str_cstr(&e->text);
	size_t from = ask_at_before(s, e->cursor);

	if (from < e->cursor) {
		if (!ui_project_pending(u))
			complete_at(u, from);
	} else if (e->cursor && s[0] == '/' && strcspn(s, " \n\t") >= e->cursor) {
		complete_command(u);
	} else {
		ui_say(u, "nothing to complete: /command or @file, @lint, @sim");
	}
}

/* Candidates for the next word in the palette; words are those before it. */
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
			options_choices(ui_workbench(u)->options, o, out);
	} else if (strcmp(command, "focus") == 0) {
		strv_addv(out, panes);
	} else if (strcmp(command, "log") == 0) {
		strv_addv(out, tabs);
	} else if (strcmp(command, "help") == 0 || strcmp(command, "bind") == 0) {
		for (size_t i = 0; i < cmd_table_len(ui_workbench(u)->commands); i++)
			strv_add(out, cmd_table_at(ui_workbench(u)->commands, i)->name);
	} else if (!ui_project_pending(u)) {
		p = workbench_project(ui_workbench(u), NULL);
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
	struct line_edit *e = &ui_popup(u)->input;
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
