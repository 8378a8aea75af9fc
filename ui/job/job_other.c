/* Runs any other command of the table, and shows its output. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/flow.h"
#include "session/journal/state.h"
#include "session/text/slice.h"
#include "session/workbench/cmd.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* True if `wave` was asked for text. The log's wave tab would cover it with the waves. */
static bool asks_for_text(const struct strv *argv)
{
	static const char *const words[] = { "--draw", "--eval", "--plain",
					     "--svg",  "--text", "--wavejson" };

	for (size_t i = 1; i < argv->n; i++) {
		size_t len = strcspn(argv->v[i], "=");

		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (strlen(words[k]) == len && strncmp(argv->v[i], words[k], len) == 0)
				return true;
	}
	return argv->n > 1 && strcmp(argv->v[1], "diff") == 0;
}

/* True for a `why` about the last run as a whole. */
static bool asks_about_run(const struct strv *argv)
{
	return strcmp(argv->v[0], "why") == 0 &&
	       (argv->n == 1 || (argv->n == 2 && argv->v[1][0] == '@'));
}

/* Shows waves as text if no window can: the command and its paths one per line, then
 * the table. */
static void show_waves(struct ui *u, const struct str *out)
{
	struct ui_logs *logs = ui_logs(u);
	struct str text = STR_INIT;

	for (size_t i = 0; i < out->len; i++) {
		bool gap = out->data[i] == ' ' && i + 1 < out->len && out->data[i + 1] == ' ';

		if (gap && !strchr(str_cstr(&text), '\n')) {
			str_adds(&text, "\n    ");
			i++;
		} else {
			str_addc(&text, out->data[i]);
		}
	}
	log_list_clear(&logs->list[LOG_WAVE]);
	log_list_puts(&logs->list[LOG_WAVE], STYLE_TEXT, str_cstr(&text));
	logs->tab = LOG_WAVE;
	ui_focus(u, PANE_LOG);
	str_free(&text);
}

/* Any other command of the table ------------------------------------------------------------ */

/* Shows output lines such as "rtl/q.sv:12: what" as a list whose Enter opens the
 * place. False: there is no such line. */
static bool show_places(struct ui *u, const char *title, const struct str *out)
{
	struct popup *p = ui_popup(u);
	struct slice rest = { str_cstr(out), out->len };

	popup_open(p, POPUP_PICKER, title);
	while (rest.n) {
		struct slice line = slice_chomp(slice_line(&rest));
		size_t gap = slice_find(line, ": ");
		char *label = slice_dup(slice_from(line, gap < line.n ? gap + 2 : 0));
		char *place = mem_strndup(line.p ? line.p : "", gap < line.n ? gap : 0);
		char *command = str_fmt("open \"%s\"", place);

		if (place[0] && !strpbrk(place, "\"\\"))
			popup_add_file(p, label, place, command);
		free(label);
		free(place);
		free(command);
	}
	popup_match(p);
	if (p->n == 0)
		popup_close(p);
	return p->n > 0;
}

/* Lists the steps of the evidence; choosing one runs the command again for it. The
 * last line is the total. */
static void show_evidence(struct ui *u, const struct job *j)
{
	struct popup *p = ui_popup(u);
	struct slice rest = { str_cstr(&j->output), j->output.len };
	size_t last = j->argv.n == 2 ? strtoul(j->argv.v[1], NULL, 10) : 1;

	popup_open(p, POPUP_PICKER, "evidence");
	while (rest.n) {
		struct slice line = slice_chomp(slice_line(&rest));
		char *label = slice_dup(line), *command = NULL;

		if (label[0] == '[')
			command = str_fmt("evidence %zu", p->n + 1);
		if (command)
			popup_add(p, label, "", command);
		else
			str_addf(&p->title, ": %s; Enter switches, Esc leaves", label);
		free(command);
		free(label);
	}
	popup_match(p);
	if (last && last <= p->n_match)
		p->chosen = last - 1;
}

/* Opens the review of the completion at once. */
static void show_completion(struct ui *u)
{
	const struct proposal *p = job_completion(u);
	struct err err;

	if (p && !ui_reviewing(u) && !job_review(u, p, &err))
		ui_complain(u, &err);
}

/* Shows output on a page of its own. why: the command failed; its page begins with that, because
 * it covers the line where failures are reported. */
static void show_page(struct ui *u, const struct job *j, const struct err *why)
{
	struct str page = STR_INIT;

	if (why)
		str_addf(&page, "%s\n\n", why->text);
	str_add(&page, j->output.data, j->output.len);
	popup_text(ui_popup(u), j->argv.v[0], str_cstr(&page));
	str_free(&page);
}

/* why: NULL if the command did what it should. */
static void show_output(struct ui *u, struct job *j, const struct err *why)
{
	struct str *out = &j->output;
	const char *lf = out->len ? memchr(out->data, '\n', out->len) : NULL;

	if (out->len == 0)
		return;
	if (strcmp(j->argv.v[0], "complete") == 0) {
		str_clear(out);
		show_completion(u);
	} else if (strcmp(j->argv.v[0], "evidence") == 0) {
		show_evidence(u, j);
	} else if (strcmp(j->argv.v[0], "find") == 0 && show_places(u, "found", out))
		str_clear(out);
	else if (!why && lf && lf[1] == '\0' && out->len < 200)
		ui_say(u, "%.*s", (int)(lf - out->data), out->data);
	else if (strcmp(j->argv.v[0], "wave") == 0 && !asks_for_text(&j->argv))
		show_waves(u, out);
	else
		show_page(u, j, why);
	str_clear(out);
}

static void other(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct err err;
	const struct cmd *c = cmd_find(ui_workbench(u)->commands, j->argv.v[0], &err);
	enum cmd_status status;
	bool ok =
		c && /* settings do not need the project */
		(c->flags & CMD_RC || ui_read_project(u, false, &err)) &&
		cmd_run(ui_workbench(u), c, j->argv.v + 1, j->argv.n - 1, "", true, &status, &err);

	show_output(u, j, ok ? NULL : &err);
	if (ok && strcmp(c->name, "coverage") == 0)
		ui_reload_coverage(u);
	if (ok && strcmp(c->name, "rewind") == 0)
		ui_drop_removed(u);
	if (ok && asks_about_run(&j->argv))
		ui_mends_soon(u);
	ui_apply_options(u);
	job_end(j, ok, &err);
}

bool ui_run_as_job(struct ui *u, char *const *argv, size_t argc, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_OTHER];

	if (!job_begin(j, other, err))
		return false;
	for (size_t i = 0; i < argc; i++)
		strv_add(&j->argv, argv[i]);
	if (!flow_find(argv[0])) /* a flow works for long, and asks in the chat */
		job_opens(j);
	return true;
}
