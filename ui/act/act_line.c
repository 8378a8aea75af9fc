/* Commands about one line of a review: rewriting it, asking about it, and its
 * thread. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/flow_ask.h"
#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/journal/thread.h"
#include "session/review/flow_decide.h"
#include "ui/act/act.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* Without an argument, prompts for the text. */
bool act_rewrite(struct ui *u, struct cmd_call *c, struct err *err)
{
	bool ok;
	struct proposal *p = act_decidable(u, &ok, err);
	const char *line;
	char *copy;
	size_t len;

	if (!p)
		return ok;
	line = suggestion_line(p->s, ui_review(u)->unit, &len);
	if (suggestion_unit(p->s, ui_review(u)->unit)->kind == UNIT_MOVED) {
		ui_say(u, "the name is taken or refused as it is: y or n");
	} else if (suggestion_unit(p->s, ui_review(u)->unit)->kind == UNIT_REMOVED) {
		ui_say(u, "this line is removed: it has no new text to rewrite");
	} else if (c->argc == 0) {
		copy = mem_strndup(line, len);
		popup_prompt(ui_popup(u), "this line instead", "rewrite", copy);
		free(copy);
	} else {
		ok = flow_amend(ui_session(u), p->n, ui_review(u)->unit, c->argv[0],
				strlen(c->argv[0]), err);
		review_relayout(ui_review(u), p->s);
		review_threads(ui_review(u), ui_state(u), p->s);
	}
	return ok;
}

/* Asks the model about exactly this line; the review stays open. */
static bool ask_about(struct ui *u, const struct proposal *p, const char *what, struct err *err)
{
	struct review *review = ui_review(u);
	const struct unit *x = suggestion_unit(p->s, review->unit);
	struct ask_about about = { .follows = p->ask,
				   .path = suggestion_path(p->s),
				   .at = x->base_line + 1ull };
	struct str question = STR_INIT;
	bool ok;

	about.line.data = suggestion_line(p->s, review->unit, &about.line.len);
	str_addf(&question,
		 "%s\n\nIt is about the change of one line that you proposed for %s, at its line "
		 "%llu.\n",
		 what, about.path, x->kind == UNIT_REMOVED ? about.at : x->new_line + 1ull);
	if (x->kind == UNIT_MOVED) {
		str_clear(&question);
		str_addf(&question, "%s\n\nIt is about the name that you proposed for %s.\n", what,
			 about.path);
	}
	if (x->kind != UNIT_ADDED) {
		size_t len;
		const char *old = suggestion_base_line(p->s, review->unit, &len);

		str_addf(&question, "Before:\n    %.*s\n", (int)len, old);
	}
	if (x->kind == UNIT_REMOVED)
		str_adds(&question, "The line goes.\n");
	else
		str_addf(&question, "Now:\n    %.*s\n", (int)about.line.len, about.line.data);
	ok = ui_ask_about(u, str_cstr(&question), &about, err);
	str_free(&question);
	return ok;
}

bool act_explain_line(struct ui *u, struct cmd_call *c, struct err *err)
{
	bool ok;
	struct proposal *p = act_decidable(u, &ok, err);

	return p ? ask_about(u, p, "Explain this line: what does it do, and why is it needed?", err)
		 : ok;
}

bool act_ask_line(struct ui *u, struct cmd_call *c, struct err *err)
{
	bool ok;
	struct proposal *p = act_decidable(u, &ok, err);

	if (!p)
		return ok;
	if (c->argc)
		return ask_about(u, p, c->argv[0], err);
	popup_prompt(ui_popup(u), "about this line", "ask-line", "");
	return true;
}

bool act_thread(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct proposal *p = act_suggestion(u, err);
	struct str text = STR_INIT;

	if (!p)
		return false;
	if (ui_review(u)->unit < suggestion_units(p->s) &&
	    thread_print(ui_state(u), p->s, ui_review(u)->unit, &text))
		popup_text(ui_popup(u), "about this line", str_cstr(&text));
	else
		ui_say(u, "nothing was asked about this line yet: c asks");
	str_free(&text);
	return true;
}
