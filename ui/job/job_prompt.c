/* A prompt of a tool server as a question. It is untrusted text, so it is put into
 * the input line, for the user to read and to send. */
#include "config.h"

#include <string.h>

#include "session/base/str.h"
#include "session/servers/servers.h"
#include "session/text/words.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/line_edit.h"

/* Appends to the text typed meanwhile. */
static void put(struct ui *u, const struct str *text)
{
	struct line_edit *e = &ui_chat(u)->question;
	struct str all = STR_INIT;
	size_t len = text->len;

	while (len && text->data[len - 1] == '\n')
		len--;
	if (e->text.len)
		str_addf(&all, "%s\n", str_cstr(&e->text));
	str_add(&all, text->data, len);
	if (all.len <= LINE_EDIT_MAX) {
		line_edit_set(e, str_cstr(&all));
		ui_focus(u, PANE_CHAT);
		ui_say(u, "a prompt of the server: read it, change it, Enter sends it");
	} else {
		ui_say(u, "the prompt is above %u KB: nothing of it was taken",
		       LINE_EDIT_MAX >> 10);
	}
	str_free(&all);
}

static void prompt(void *ctx)
{
	struct job *j = ctx;
	char *server = j->argv.v[0], *colon = strchr(server, ':');
	struct str text = STR_INIT;
	struct err err;
	bool ok;

	if (!colon || !colon[1]) {
		ok = err_set(&err, ERR_USAGE, "/mcp:%.80s: /mcp:SERVER:PROMPT was expected",
			     server);
	} else {
		*colon = '\0';
		ok = servers_prompt(ui_workbench(j->ui), server, colon + 1, j->argv.v + 1,
				    j->argv.n - 1, &text, &err);
	}
	if (ok)
		put(j->ui, &text);
	str_free(&text);
	job_end(j, ok, &err);
}

bool ui_ask_prompt(struct ui *u, const char *words, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_OTHER];
	struct strv argv = STRV_INIT;
	bool ok = words_split(words, strlen(words), &argv, err) &&
		  (argv.n || err_set(err, ERR_USAGE, "/mcp:SERVER:PROMPT was expected")) &&
		  job_begin(j, prompt, err);

	if (ok)
		strv_addall(&j->argv, &argv);
	strv_free(&argv);
	return ok;
}
