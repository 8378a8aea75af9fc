#include "config.h"

#include "session/ask/flow_ask.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/ask/ask_context.h"
#include "session/ask/ask_stream.h"
#include "session/ask/ask_turns.h"
#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/model/backend.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/text/slice.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/workbench.h"

void ask_result_fini(struct ask_result *r)
{
	place_result_fini(&r->placed);
	str_free(&r->lacking);
	memset(r, 0, sizeof(*r));
}

/* An answer that ends in silence looks like one that has nothing to say. */
static void say_lacking(const struct exchange *x, size_t tools, struct str *out)
{
	bool read = !slice_blank((struct slice){ str_cstr(&x->answer), x->answer.len });
	bool thought = !slice_blank((struct slice){ str_cstr(&x->reasoning), x->reasoning.len });

	if (strcmp(x->finish, "length") == 0)
		str_addf(out, "the answer was cut off by the limit of its length%s",
			 read	   ? "; ask for the rest, or for less at once"
			 : thought ? ", and is only reasoning: ask for less at once, or allow more "
				     "tokens"
				   : " before it began: allow more tokens");
	else if (strcmp(x->finish, "filter") == 0)
		str_addf(out, "the model, or its content filter, %s: word the question otherwise",
			 read ? "refused to go on" : "withheld the answer");
	else if (strcmp(x->finish, "pause") == 0)
		str_adds(out, "the model paused in the middle: ask it to go on");
	else if (!read && (tools || strcmp(x->finish, "tools") == 0))
		str_adds(out, "the model only called a tool, and none was offered to it: ask again "
			      "for an answer in text");
	else if (!read && thought)
		str_adds(out, "the answer is only reasoning, with nothing after it: ask again");
	else if (!read)
		str_adds(out, "the answer is empty: ask again, or another backend");
}

/* All together --------------------------------------------------------------- */

/* The same question again takes up the first one. */
static uint64_t followed(const struct session *s, const struct ask_about *about,
			 const char *question)
{
	return about->follows ? about->follows : state_asked(session_state(s), question);
}

/* Also a short one becomes a text of the session, by its hash: the next request goes on
 * from it. */
static void what_was_sent(struct session *s, const struct prompt *p, const struct redact *redact,
			  struct str *out)
{
	const struct blobs *b = session_blobs(s);
	struct str view = STR_INIT;
	char hash[HASH_HEX + 1];

	prompt_view(p, &view);
	redact_text(redact, str_cstr(&view), view.len, out);
	hash_text(str_cstr(out), out->len, hash);
	b->put(b->ctx, hash, str_cstr(out), out->len, NULL);
	str_free(&view);
}

/* What is compacted from now on is told, and recorded: it is a decision. */
static bool compact(struct workbench *w, const struct backend_entry *e, struct err *err)
{
	const struct state *s = session_state(w->session);
	uint64_t now = ask_compacted(s);
	uint64_t due = ask_compact_due(s, now, ask_budget(w, e->name), w->options->compact_percent);

	if (due == now)
		return true;
	report_note(&w->out,
		    "earlier exchanges take more than %u %% of the budget: all but the last %u "
		    "are sent in short from now on",
		    w->options->compact_percent, ASK_TURNS_KEPT);
	return ask_compact(w->session, due, err);
}

static bool record_question(struct session *s, const struct prompt *p, const struct redact *redact,
			    const struct ask_about *about, const char *backend, const char *model,
			    uint64_t *n, struct err *err)
{
	struct event e = { .type = EVENT_ASK };
	struct str view = STR_INIT, sent = STR_INIT;
	bool ok;

	what_was_sent(s, p, redact, &view);
	entries_write(p, &sent);
	e.ask.backend = backend;
	e.ask.model = model;
	e.ask.question = (struct bytes){ p->question, strlen(p->question) };
	e.ask.tokens = p->tokens;
	e.ask.prompt = (struct kept){ .data = str_cstr(&view), .len = view.len };
	e.ask.follows = followed(s, about, p->question);
	e.ask.path = about->path;
	e.ask.line = about->line;
	e.ask.at = about->at;
	e.ask.sent = (struct bytes){ str_cstr(&sent), sent.len };
	ok = session_record(s, &e, n, err) && session_sync(s, err);
	str_free(&view);
	str_free(&sent);
	return ok;
}

static bool converse(struct workbench *w, struct backend *b, const struct prompt *p,
		     const struct ask_request *r, struct ask_result *out, struct err *err)
{
	struct ask_stream st;
	struct err why = { 0 };
	bool whole, recorded;

	ask_stream_init(&st, w, out->ask, r->live, r->ctx);
	whole = b->ops->ask(b, p, ask_stream_piece, &st, &why);
	if (st.too_long)
		whole = err_set(&why, ERR_LIMIT,
				"the answer is longer than %u MB: the rest was not read",
				ASK_ANSWER_MAX >> 20);
	if (!whole)
		redact_err(w->redact, &why);
	recorded = ask_stream_end(&st, whole ? NULL : &why, err);
	if (recorded && whole)
		say_lacking(state_exchange(session_state(w->session), st.ask), st.tools,
			    &out->lacking);
	ask_stream_fini(&st);
	if (recorded && !whole && err)
		*err = why;
	return recorded && whole;
}

/* A server with too small a context drops the beginning of a request without a word. */
static void tell_cut(const struct workbench *w, uint64_t ask)
{
	const struct exchange *x = state_exchange(session_state(w->session), ask);

	if (x && ask_was_cut(x->estimated, x->in))
		report_note(&w->out,
			    "the server read %lld tokens of about %llu that were sent: it may have "
			    "cut the request; give it a "
			    "larger context, or lower budget= of backend %s",
			    (long long)x->in, (unsigned long long)x->estimated, x->backend);
}

static bool place_answer(struct workbench *w, const struct ask_request *r,
			 const struct strv *unseen, struct ask_result *out, struct err *err)
{
	const struct exchange *x = state_exchange(session_state(w->session), out->ask);
	struct place_request what = { .text = str_cstr(&x->answer),
				      .len = x->answer.len,
				      .ask = out->ask,
				      .by = x->model,
				      .cut = x->cut,
				      .forced_path = r->forced_path,
				      .unseen = unseen };

	return flow_place(w, &what, &out->placed, err);
}

/* Earlier exchanges need the state. Where that cannot be had (a project that is
 * read only, a session that is damaged) the question is asked without them. */
static bool open_session(struct workbench *w, bool fresh, struct err *err)
{
	struct err why;

	return (!fresh && workbench_session(w, SESSION_BESIDE, &why)) ||
	       workbench_session(w, SESSION_APPEND, err);
}

/* Whom it is for, what it is about, and where it is recorded. */
static struct backend_entry *prepare(struct workbench *w, const struct ask_request *r,
				     struct project **p, struct err *err)
{
	const char *name = ask_backend_name(w, r->backend, r->fix);
	struct backend_entry *e = workbench_backend(w, name);

	if (!e) {
		err_set(err, ERR_USAGE, "backend %s: not configured; `posedge backends` lists them",
			name);
		return NULL;
	}
	*p = workbench_project(w, err);
	return *p && open_session(w, r->fresh, err) ? e : NULL;
}

struct prompt *flow_ask_prepare(struct workbench *w, const struct ask_request *r,
				struct backend_entry **e, struct strv *unseen, struct err *err)
{
	struct project *p;

	*e = prepare(w, r, &p, err);
	return *e ? ask_context(w, p, r, *e, unseen, err) : NULL;
}

bool flow_ask(struct workbench *w, const struct ask_request *r, struct ask_result *out,
	      struct err *err)
{
	struct strv unseen = STRV_INIT;
	struct project *p;
	struct backend_entry *e;
	struct prompt *prompt = NULL;
	struct backend_lease *lease;
	bool answered, ok = false;

	memset(out, 0, sizeof(*out));
	e = prepare(w, r, &p, err);
	if (!e)
		return false;
	lease = ask_backend(w, e, err);
	if (!lease)
		return false;
	if (!r->fresh && !compact(w, e, err))
		goto out;
	prompt = ask_context(w, p, r, e, &unseen, err);
	if (!prompt || !record_question(w->session, prompt, w->redact, &r->about, e->name,
					e->model ? e->model : "", &out->ask, err))
		goto out;
	answered = converse(w, lease->backend, prompt, r, out, err);
	tell_cut(w, out->ask);
	/* A broken answer's suggestions are kept, too: marked, never applied. */
	ok = place_answer(w, r, &unseen, out, answered ? err : NULL) && answered;
out:
	prompt_free(prompt);
	strv_free(&unseen);
	backend_lease_drop(lease);
	return ok;
}
