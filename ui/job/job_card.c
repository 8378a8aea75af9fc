/* A question to the user, asked by work that waits for the answer.
 *
 * There is one card at a time. The text being typed is put aside while it is open,
 * so that it cannot become the answer, or the answer part of it. Nobody stops typing
 * at once: keys in the card's first moment still go to the text put aside, and each
 * of them prolongs the moment. An Enter in it was meant for that text, and is ignored. */
#include "config.h"

#include <stdlib.h>

#include "session/base/loop.h"
#include "session/base/task.h"
#include "session/flow/require.h"
#include "session/workbench/report.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/card.h"

#define CARD_MOMENT_MS 700

static void put_aside(struct ui_chat *chat)
{
	line_edit_set(&chat->aside, str_cstr(&chat->question.text));
	line_edit_set(&chat->question, "");
}

static void close_card(struct ui *u)
{
	struct ui_chat *chat = ui_chat(u);

	card_close(&chat->card);
	chat->asks = NULL;
	line_edit_set(&chat->question, str_cstr(&chat->aside.text));
	line_edit_set(&chat->aside, "");
	ui_changed(u);
}

char *job_question(void *ctx, const struct person_question *q, struct err *err)
{
	struct ui *u = ctx;
	struct ui_chat *chat = ui_chat(u);
	char *answer;
	bool ok = true;

	if (chat->card.open) {
		err_set(err, ERR_BUSY, "the person is asked something else just now");
		return NULL;
	}
	put_aside(chat);
	card_open(&chat->card, q, loop_now_ms(ui_loop(u)));
	chat->asks = task_self();
	chat->answer = NULL;
	chat->answered = false;
	if (ui_focused(u) == PANE_CHAT) /* it is in sight */
		str_clear(&ui_words(u)->message);
	else
		ui_say(u, "%s asks you something: Ctrl-O 2, in the chat", q->from);
	ui_notify(u, "a model asks you something");
	ui_changed(u);
	while (ok && !chat->answered)
		ok = task_wait(err);
	answer = chat->answer;
	chat->answer = NULL;
	if (q->required)
		*q->required = chat->card.required;
	close_card(u);
	if (ok && !answer)
		err_set(err, ERR_CONSENT, "the person does not answer");
	return answer;
}

void job_require(void *ctx, const char *from, const char *question, const char *answer)
{
	require_tell(ui_workbench(ctx), from, question, answer);
}

bool ui_card_ignores_keys(const struct ui *u)
{
	const struct card *c = &ui_chat(u)->card;

	return c->open && loop_now_ms(ui_loop(u)) < c->since_ms + CARD_MOMENT_MS;
}

bool ui_answer_card(struct ui *u, const char *line)
{
	struct ui_chat *chat = ui_chat(u);
	char *answer = line ? card_answer(&chat->card, line) : NULL;

	if (ui_card_ignores_keys(u)) {
		ui_say(u, "%s asks you something: read it first", chat->card.from);
	} else if (line && !chat->card.seen) {
		ui_say(u, "%s asks more than is shown: PgDn goes on", chat->card.from);
	} else if (line && !answer) {
		ui_say(u, "that is none of the answers: a number from 1 to %zu",
		       chat->card.options.n);
	} else {
		chat->answer = answer;
		chat->answered = true;
		task_wake(chat->asks);
		return true;
	}
	free(answer);
	return false;
}
