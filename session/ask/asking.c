/* The steps of a question; the struct holds what asking_fini() must release. */
#include "config.h"

#include "session/ask/asking.h"

#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/ask/ask_context.h"
#include "session/ask/ask_cost.h"
#include "session/ask/ask_files.h"
#include "session/ask/ask_image.h"
#include "session/ask/ask_offer.h"
#include "session/ask/ask_turns.h"
#include "session/ask/ask_words.h"
#include "session/base/hash.h"
#include "session/journal/state.h"
#include "session/model/backend.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/text/slice.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/person_form.h"
#include "session/workbench/workbench.h"

/* Before the request -------------------------------------------------------------- */

/* Earlier exchanges need the state. Without it (a read-only project, a damaged
 * session) the question is asked without them. */
bool asking_session(struct workbench *w, bool fresh, struct err *err)
{
	struct err why;

	return (!fresh && workbench_session(w, SESSION_BESIDE, &why)) ||
	       workbench_session(w, SESSION_APPEND, err);
}

/* Compacts older exchanges if they are due; tells the user and records it. */
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

struct backend_entry *asking_prepare(struct workbench *w, const struct ask_request *r,
				     struct err *err)
{
	const char *name = ask_backend_name(w->options, r->backend, r->fix);

	if (!ask_backend_entry(w->backends, name, err))
		return NULL;
	if (!workbench_project(w, err) || !asking_session(w, r->fresh, err))
		return NULL;
	return ask_backend_entry(w->backends, name, err); /* the list may have changed meanwhile */
}

static bool has_images(const struct prompt *p)
{
	for (size_t i = 0; i < p->entries.n; i++)
		if (p->entries.v[i].kind == ENTRY_IMAGE)
			return true;
	return false;
}

/* An agent remembers every question and edits what it sees, so it cannot be asked
 * outside the conversation or for a critique. */
static bool fits_the_backend(const struct asking *a, struct err *err)
{
	if (!a->lease->backend->ops->edits || (!a->r->beside && !a->r->critique))
		return true;
	return err_set(err, ERR_USAGE, "backend %s: %s; name another backend", a->entry.name,
		       a->r->beside ? "an agent remembers every question, so it cannot be asked "
				      "outside the conversation"
				    : "an agent answers with changes, not with findings");
}

static cJSON *ask_form(void *ctx, const char *from, const cJSON *params)
{
	const struct workbench *w = ctx;

	return form_ask(&w->out, from, params);
}

bool asking_begin(struct asking *a, struct workbench *w, const struct ask_request *r,
		  struct ask_result *out, struct err *err)
{
	struct backend_entry *e;

	memset(out, 0, sizeof(*out));
	*a = (struct asking){ .w = w, .r = r, .out = out };
	e = asking_prepare(w, r, err);
	if (!e || !(a->lease = ask_backend(w, e, err)))
		return false;
	a->entry = backend_entry_copy(e);
	if (!fits_the_backend(a, err) || (!r->fresh && !r->beside && !compact(w, &a->entry, err)) ||
	    !(a->prompt = ask_context(w, r, &a->entry, &a->unseen, err)) ||
	    (has_images(a->prompt) && !ask_takes_images(&a->entry, a->lease->backend, err)))
		return false;
	ask_offer_note(r->offer, a->prompt);
	if (w->out.question) {
		a->prompt->form = ask_form;
		a->prompt->form_ctx = w;
	}
	if (a->lease->backend->ops->edits)
		a->prompt->unsaved = a->texts = ask_texts(w->session, &a->prompt->n_unsaved);
	return true;
}

/* Repeating a question replaces the earlier one. */
static uint64_t followed(const struct session *s, const struct ask_request *r, const char *question)
{
	return r->beside	  ? 0
	       : r->about.follows ? r->about.follows
				  : state_asked(session_state(s), question);
}

/* Stores even a short request as a text of the session, by its hash: the next
 * request continues from it. */
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

static bool record_question(struct session *s, const struct prompt *p, const struct redact *redact,
			    const struct ask_request *r, const char *backend, const char *model,
			    uint64_t *n, struct err *err)
{
	const struct ask_about *about = &r->about;
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
	e.ask.follows = followed(s, r, p->question);
	e.ask.beside = r->beside;
	e.ask.flow = r->flow;
	e.ask.path = about->path;
	e.ask.line = about->line;
	e.ask.at = about->at;
	e.ask.sent = (struct bytes){ str_cstr(&sent), sent.len };
	ok = session_record(s, &e, n, err) && session_sync(s, err);
	str_free(&view);
	str_free(&sent);
	return ok;
}

/* Cost of the answer so far. */
static int64_t cost_of(struct asking *a, char currency[8])
{
	const struct event *end = &a->st.end;
	struct price p;

	ask_price(a->w, &a->entry, str_cstr(&a->st.model), &p);
	memcpy(currency, p.currency, sizeof(p.currency));
	return price_of(&p, &(struct tokens){ end->answer.in, (int64_t)end->answer.written,
					      end->answer.cached, end->answer.out });
}

bool asking_afford(struct asking *a, size_t tokens, int64_t soon, struct err *err)
{
	return ask_afford(a->w, &a->entry, tokens, a->recorded ? a->out->ask : 0, soon, err);
}

bool asking_record(struct asking *a, const struct prompt *p, struct err *err)
{
	const struct backend_entry *e = &a->entry;

	if (!asking_afford(a, p->tokens, 0, err))
		return false;
	a->recorded = record_question(a->w->session, p, a->w->redact, a->r, e->name,
				      e->model ? e->model : "", &a->out->ask, err);
	if (a->recorded)
		ask_stream_init(&a->st, a->w, a->out->ask, a->r->live, a->r->ctx);
	return a->recorded;
}

/* After the answer ---------------------------------------------------------------- */

/* Says why there is nothing to read: silence would look like an empty answer. */
static void say_lacking(const struct exchange *x, const struct asking *a, struct str *out)
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
	else if (a->may_be_silent)
		return;
	else if (!read && a->r->offer && a->st.tools)
		str_adds(out, "the model called tools, and then neither answered nor proposed "
			      "anything: ask again, or another backend");
	else if (!read && a->r->offer && strcmp(x->finish, "tools") == 0)
		str_adds(out, "the model stopped to call a tool, and named none: ask again, or "
			      "another backend");
	else if (!read && (a->st.tools || strcmp(x->finish, "tools") == 0))
		str_adds(out, "the model only called a tool, and none was offered to it: ask again "
			      "for an answer in text");
	else if (!a->r->offer && a->st.tools)
		str_adds(out, "the model called a tool, and none was offered to it: that was not "
			      "run; ask again for an answer in text");
	else if (!read && thought)
		str_adds(out, "the answer is only reasoning, with nothing after it: ask again");
	else if (!read)
		str_adds(out, "the answer is empty: ask again, or another backend");
}

/* A server with too small a context silently drops the beginning of a request. */
static void tell_cut(const struct workbench *w, uint64_t ask)
{
	const struct exchange *x = state_exchange(session_state(w->session), ask);

	if (x && x->rounds < 2 && ask_was_cut(x->estimated, x->in))
		report_note(&w->out,
			    "the server read %lld tokens of about %llu that were sent: it may have "
			    "cut the request; give it a "
			    "larger context, or lower budget= of backend %s",
			    (long long)x->in, (unsigned long long)x->estimated, x->backend);
}

bool asking_end(struct asking *a, struct err *why, struct err *err)
{
	const struct exchange *x;
	char currency[8];
	int64_t cost = cost_of(a, currency);
	bool ok;

	if (cost >= 0) {
		a->st.end.answer.cost = (uint64_t)cost + 1;
		a->st.end.answer.currency = currency;
	}
	if (a->st.too_long)
		err_set(why, ERR_LIMIT, "the answer is longer than %u MB: the rest was not read",
			ASK_ANSWER_MAX >> 20);
	if (why->code)
		redact_err(a->w->redact, why);
	ok = ask_stream_end(&a->st, why->code ? why : NULL, err);
	x = state_exchange(session_state(a->w->session), a->out->ask);
	if (ok && !why->code && a->st.files.n == 0)
		say_lacking(x, a, &a->out->lacking);
	tell_cut(a->w, a->out->ask);
	if (ok && why->code)
		err_copy(err, why);
	return ok && !why->code;
}

/* The files that the question names; if none, the one that the person looked at. */
static void list_about(const struct asking *a, struct strv *about)
{
	const struct project *p = workbench_project(a->w, NULL);

	for (size_t i = 0; p && i < project_files(p); i++)
		if (ask_names(a->r->question, project_file(p, i)->path))
			strv_add(about, project_file(p, i)->path);
	if (!about->n && a->r->front)
		strv_add(about, a->r->front);
}

bool asking_place(struct asking *a, size_t from, struct err *err)
{
	const struct exchange *x = state_exchange(session_state(a->w->session), a->out->ask);
	struct strv about = STRV_INIT;
	struct place_request what = { .text = str_cstr(&x->answer) + from,
				      .len = x->answer.len - from,
				      .ask = a->out->ask,
				      .by = x->model,
				      .cut = x->cut,
				      .done = strcmp(x->finish, "stop") == 0 ||
					      strcmp(x->finish, "tools") == 0,
				      .forced_path = a->r->forced_path,
				      .unseen = &a->unseen,
				      .about = &about };
	bool ok;

	if (a->lease->backend->ops->edits)
		return ask_files_suggest(a->w->session, &a->st.files, a->out->ask, x->model,
					 &a->out->placed, err);
	list_about(a, &about);
	ok = flow_place(a->w, &what, &a->out->placed, err);
	strv_free(&about);
	return ok;
}

void asking_fini(struct asking *a)
{
	if (a->recorded)
		ask_stream_fini(&a->st);
	ask_texts_free(a->texts, a->prompt ? a->prompt->n_unsaved : 0);
	prompt_free(a->prompt);
	strv_free(&a->unseen);
	backend_lease_drop(a->lease);
	backend_entry_fini(&a->entry);
	memset(a, 0, sizeof(*a));
}
