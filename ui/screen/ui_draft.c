/* What was typed into the chat and not sent, kept for the next start. */
#include "config.h"

#include <string.h>

#include "session/journal/session.h"
#include "ui/screen/draft.h"
#include "ui/screen/ui.h"

/* A kill leaves what was typed into the chat and not sent. Of a question that was
 * brought back, the one that was being typed before. */
void ui_keep_draft(struct ui *u)
{
	const struct line_edit *e = &u->question;
	const struct str *text = e->at < e->history.n ? &e->draft : &e->text;

	if (session_only_looks(u->session) ||
	    (text->len == u->drafted.len && (!text->len || memcmp(text->data, u->drafted.data, text->len) == 0)))
		return;
	str_clear(&u->drafted);
	str_add(&u->drafted, str_cstr(text), text->len);
	draft_save(session_dir(u->session), str_cstr(&u->drafted), u->drafted.len);
}

void ui_restore_draft(struct ui *u)
{
	if (draft_load(session_dir(u->session), &u->drafted))
		line_edit_set(&u->question, str_cstr(&u->drafted));
}
