/* A critique is a question whose answer is parsed for findings, never for files. Lines
 * are placed in the text that was sent; what the user types meanwhile comes later. A
 * finding that quotes no existing line is kept as unplaced, and an answer without
 * findings must say NOTHING, else it is not a critique.
 */
#include "config.h"

#include "session/ask/flow_critique.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/ask/critique.h"
#include "session/ask/flow_ask.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/prompt.h"
#include "session/text/slice.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

void critique_result_fini(struct critique_result *r)
{
	diag_list_free(r->found);
	strv_free(&r->unplaced);
	str_free(&r->lacking);
	memset(r, 0, sizeof(*r));
}

static bool record(struct session *session, const struct critique_request *r,
		   const struct critique_result *out, struct err *err)
{
	struct event e = { .type = EVENT_CRITIQUE };
	struct str unplaced = STR_INIT;
	bool ok;

	for (size_t i = 0; i < out->unplaced.n; i++)
		str_addf(&unplaced, "%s%s", i ? "\n" : "", out->unplaced.v[i]);
	e.critique.ask = out->ask;
	e.critique.path = r->path;
	e.critique.found = out->found;
	e.critique.unplaced = (struct bytes){ str_cstr(&unplaced), unplaced.len };
	ok = session_record(session, &e, NULL, err);
	str_free(&unplaced);
	return ok;
}

/* An answer without findings must say so. */
static void say_lacking(const struct exchange *x, struct critique_result *out)
{
	struct slice answer = { str_cstr(&x->answer), x->answer.len };

	if (out->lacking.len == 0 && diag_list_len(out->found) == 0 && out->unplaced.n == 0 &&
	    slice_find(answer, "NOTHING") == answer.n)
		str_adds(&out->lacking, "the answer has no findings in the form that was asked "
					"for; its text is in the chat");
}

bool flow_critique(struct workbench *w, const struct critique_request *r,
		   struct critique_result *out, struct err *err)
{
	char *question = str_fmt("A critique of %s", r->path);
	/* The file is sent first; it is the project's own, so no text is needed
	 * here. */
	struct prompt_piece file = { .title = r->path, .text = "" };
	struct ask_request ask = { .question = question,
				   .pieces = &file,
				   .n_pieces = 1,
				   .backend = r->backend ? r->backend
							 : ask_backend_role(w->options, "judge"),
				   .critique = true,
				   .live = r->live,
				   .ctx = r->ctx };
	struct ask_result asked = { 0 };
	struct str text = STR_INIT; /* the text that was sent, without later edits */
	const struct exchange *x;
	bool ok = workbench_read_whole(w, r->path, &text, err);

	memset(out, 0, sizeof(*out));
	ok = ok && flow_ask(w, &ask, &asked, err);
	out->ask = asked.ask;
	if (ok) {
		x = state_exchange(session_state(w->session), asked.ask);
		out->found = critique_read(str_cstr(&x->answer), x->answer.len, r->path,
					   str_cstr(&text), text.len, &out->unplaced);
		str_adds(&out->lacking, str_cstr(&asked.lacking));
		say_lacking(x, out);
		ok = record(w->session, r, out, err);
	}
	ask_result_fini(&asked);
	str_free(&text);
	free(question);
	return ok;
}
