/* ui_chat.h - the transcript, and the question being typed. */
#ifndef POSEDGE_UI_CHAT_H
#define POSEDGE_UI_CHAT_H

#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "ui/screen/ui_parts.h"
#include "ui/widget/card.h"
#include "ui/widget/chat_rows.h"
#include "ui/widget/line_edit.h"

struct loop_timer;
struct task;
struct ui;

struct ui_chat {
	struct line_edit question;
	struct str drafted; /* the part of question that draft.h has saved */
	struct chat_place place;
	struct loop_timer *tick; /* repaints the seconds while an answer is pending */
	uint64_t asked_ms;
	size_t words;	    /* number of words in the answer so far */
	struct strv queued; /* questions typed while an answer was pending; asked next */
	/* instead of queueing, send to the model at the next boundary of its turn */
	bool steer;
	struct card card;  /* the question put to the user */
	struct task *asks; /* the task that waits for answer */
	char *answer;	   /* NULL: none */
	bool answered;
	struct line_edit aside; /* text being typed when the card came up */
};

static inline struct ui_chat *ui_chat(const struct ui *u)
{
	return ui_parts(u)->chat;
}

/* Saves the draft: when keys rest and at the end. */
void ui_save_draft(struct ui *u);
void ui_restore_draft(struct ui *u);

#endif
