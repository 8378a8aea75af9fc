/* ui_chat.h - the transcript, and the question that is being typed. */
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
	struct str drafted; /* of it, what draft.h has */
	struct chat_place place;
	struct loop_timer *tick; /* paints the seconds while an answer is awaited */
	uint64_t asked_ms;
	size_t words;	    /* of the answer so far */
	struct strv queued; /* typed while an answer was awaited: asked next */
	bool steer;	    /* or rather said to the model now, at the next boundary of its turn */
	struct card card;   /* what the person is asked; by whom, and the answer */
	struct task *asks;
	char *answer; /* NULL: none */
	bool answered;
	struct str aside; /* what was being typed before */
};

static inline struct ui_chat *ui_chat(const struct ui *u)
{
	return ui_parts(u)->chat;
}

/* The draft: kept when keys rest and at the end. */
void ui_keep_draft(struct ui *u);
void ui_restore_draft(struct ui *u);

#endif
