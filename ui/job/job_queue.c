/* Text typed while an answer is pending.
 *
 * It can be the next question, or a message to the model at work. It is queued as a
 * question; `steer` turns it into a message, which is sent once all results of the
 * current round are there. If neither happens it is put back into the input line:
 * typed text is never lost, and never sent because something else was cancelled. */
#include "config.h"

#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_words.h"

#define QUEUED_MAX 20u

void ui_queue(struct ui *u, const char *text)
{
	struct ui_chat *chat = ui_chat(u);

	if (chat->queued.n == QUEUED_MAX) {
		ui_say(u, "%u questions wait already", QUEUED_MAX);
		line_edit_set(&chat->question, text);
		return;
	}
	strv_add(&chat->queued, text);
	chat->place.follow = true;
	ui_say(u,
	       "queued, to be asked next; Ctrl-T sends it to the model now, Ctrl-U takes it back");
	ui_changed(u);
}

void ui_unqueue(struct ui *u)
{
	struct ui_chat *chat = ui_chat(u);
	struct str all = STR_INIT;

	for (size_t i = 0; i < chat->queued.n; i++)
		str_addf(&all, "%s%s", i ? "\n" : "", chat->queued.v[i]);
	if (all.len && chat->question.text.len)
		str_addc(&all, '\n');
	str_add(&all, str_cstr(&chat->question.text), chat->question.text.len);
	if (chat->queued.n)
		line_edit_set(&chat->question, str_cstr(&all));
	strv_free(&chat->queued);
	chat->steer = false;
	str_free(&all);
	ui_changed(u);
}

void ui_take_queued(void *ctx, struct str *text)
{
	struct ui_chat *chat = ui_chat(ctx);

	for (size_t i = 0; chat->steer && i < chat->queued.n; i++)
		str_addf(text, "%s%s", i ? "\n" : "", chat->queued.v[i]);
	if (chat->steer)
		strv_free(&chat->queued);
	chat->steer = false;
}
