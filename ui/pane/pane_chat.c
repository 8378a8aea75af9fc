/* The chat pane: questions and answers, and the input line. */
#include "config.h"

#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/ask/ask_context.h"
#include "session/ask/ask_cost.h"
#include "session/base/count.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/job/jobs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_words.h"

/* "answering 12 s, 240 words" */
static void say_waiting(const struct ui *u, struct str *out)
{
	struct ui_chat *chat = ui_chat(u);
	uint64_t s = (loop_now_ms(ui_loop(u)) - chat->asked_ms) / 1000;

	if (!ui_jobs(u)->job[JOB_ASK].task)
		return;
	str_adds(out, chat->card.open ? "asks you" : "answering");
	if (s > 0)
		str_addf(out, " %llu s", (unsigned long long)s);
	if (s > 0 && chat->words)
		str_addf(out, ", %zu word%s", chat->words, count_s(chat->words));
}

static void title(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		  bool focus)
{
	const struct exchange *x = s->state->n_chat ? s->state->chat[s->state->n_chat - 1] : NULL;
	const struct workbench *w = ui_workbench(u);
	const char *backend = ask_backend_name(w->options, NULL, false);
	const struct backend_entry *e = backend_list_find(w->backends, backend);
	struct str what = STR_INIT, state = STR_INIT;

	/* Whom the next question goes to; its model is known if it answered last. On a
	 * screen that takes no question, who answered last. */
	if (ui_links(u)->keys_to.key)
		backend = x ? x->backend : "";
	str_adds(&what, backend);
	if (x && strcmp(x->backend, backend) == 0 && x->model && x->model[0] &&
	    strcmp(x->model, backend) != 0)
		str_addf(&what, " %s", x->model);
	say_waiting(u, &state);
	if (state.len == 0)
		ask_meter(s->state, backend, e ? ask_context_size(e) : 0, w->options->budget,
			  &state);
	paint_title(f, r, focus, "chat", str_cstr(&what), str_cstr(&state));
	str_free(&state);
	str_free(&what);
}

/* Rows above the input line: of the transcript, and of the card below it. */
struct heights {
	int transcript, card;
};

static struct heights heights_of(const struct ui *u, struct rect body)
{
	const struct ui_chat *chat = ui_chat(u);
	int left = body.rows - question_rows(&chat->question, body.cols, body.rows),
	    waits = waiting_rows(&chat->card, &chat->queued, body.cols, left);

	return (struct heights){ left - waits, waits - queued_rows(&chat->queued, left) };
}

static bool fit(struct ui *u, struct rect body, const struct scene *s)
{
	struct heights h = heights_of(u, body);

	if (body.rows <= 0)
		return true;
	chat_place_fit(&ui_chat(u)->place, s->state, body.cols, h.transcript);
	card_fit(&ui_chat(u)->card, body.cols, h.card);
	return true;
}

static void paint(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		  bool focus)
{
	paint_chat(f, body, s, focus && !s->covered);
}

static void scroll(struct ui *u, struct rect body, int by)
{
	if (!card_scroll(&ui_chat(u)->card, by))
		chat_place_scroll(&ui_chat(u)->place, ui_state(u), body.cols,
				  heights_of(u, body).transcript, by);
}

/* Typing that a card came up in the middle of: goes on in the text put aside. */
static bool type_past_card(struct ui *u, const struct key *k)
{
	struct ui_chat *chat = ui_chat(u);

	if (!ui_card_ignores_keys(u) || (k->code == KEY_ENTER && !k->mods) || k->code == KEY_ESCAPE)
		return false;
	line_edit_key(&chat->aside, k);
	chat->card.since_ms = loop_now_ms(ui_loop(u));
	ui_say(u, "%s asks you something: read it first", chat->card.from);
	return true;
}

/* Ctrl-U takes back what is queued; without that it deletes, as in every other line. */
static bool takes_back(const struct ui *u, const struct key *k)
{
	return k->code == KEY_CHAR && k->mods == KEY_CTRL && k->text[0] == 'u' &&
	       ui_chat(u)->queued.n > 0;
}

static void key(struct ui *u, const struct key *k)
{
	struct rect body = pane_body(ui_panes(u)->layout.pane[PANE_CHAT]);
	struct heights h = heights_of(u, body);
	const struct card *c = &ui_chat(u)->card;
	int rows = c->top > 0 || c->below ? h.card : h.transcript, page = rows > 2 ? rows - 1 : 1;
	int by = k->code == KEY_PAGE_UP ? -page : k->code == KEY_PAGE_DOWN ? page : 0;
	struct err err;

	if (by)
		scroll(u, body, by);
	else if (type_past_card(u, k))
		return;
	else if (takes_back(u, k))
		ui_unqueue(u);
	else if (k->code == KEY_TAB)
		act_complete(u);
	else if (k->code == KEY_ESCAPE && ui_chat(u)->card.open)
		ui_answer_card(u, NULL);
	else if (k->code == KEY_ESCAPE && ui_cancel_answer(u))
		ui_say(u, "cancelling the answer ...");
	else if (k->code == KEY_ESCAPE && ui_cancel_flow(u))
		ui_say(u, "cancelling the flow ...");
	else if (k->code == KEY_ENTER && !k->mods && !act_send_question(u, &err))
		ui_complain(u, &err);
	else if (k->code != KEY_ENTER || k->mods)
		line_edit_key(&ui_chat(u)->question, k);
}

const struct pane_ops pane_chat = { .place = PLACE_CHAT,
				    .flows = true,
				    .title = title,
				    .fit = fit,
				    .paint = paint,
				    .key = key,
				    .scroll = scroll };
