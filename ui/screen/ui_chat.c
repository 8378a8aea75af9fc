/* Saves the typed but unsent question for the next start. */
#include "config.h"

#include "ui/screen/ui_chat.h"

#include <string.h>

#include "session/journal/session.h"
#include "ui/screen/draft.h"
#include "ui/screen/ui.h"

/* Saves the question, so that a kill does not lose it. While history is shown in the
 * input line, saves the text typed before that. */
void ui_save_draft(struct ui *u)
{
	struct ui_chat *chat = ui_chat(u);
	const struct line_edit *e = chat->card.open ? &chat->aside : &chat->question;
	const struct str *text = e->at < e->history.n ? &e->draft : &e->text;

	if (session_is_past(ui_session(u)) ||
	    (text->len == chat->drafted.len &&
	     (!text->len || memcmp(text->data, chat->drafted.data, text->len) == 0)))
		return;
	str_clear(&chat->drafted);
	str_add(&chat->drafted, str_cstr(text), text->len);
	draft_save(session_dir(ui_session(u)), str_cstr(&chat->drafted), chat->drafted.len);
}

void ui_restore_draft(struct ui *u)
{
	struct ui_chat *chat = ui_chat(u);

	if (draft_load(session_dir(ui_session(u)), &chat->drafted))
		line_edit_set(&chat->question, str_cstr(&chat->drafted));
}
