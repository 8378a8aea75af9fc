#include "config.h"

#include "session/flow_ask.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask_context.h"
#include "session/ask_turns.h"
#include "session/await.h"
#include "session/backend.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/opt.h"
#include "session/prompt.h"
#include "session/redact.h"
#include "session/slice.h"
#include "session/state.h"
#include "session/workbench.h"

/* How long text is gathered before it is recorded, and how much at most. */
#define GATHER_MS 250
#define GATHER_BYTES (64u << 10)

void ask_result_fini(struct ask_result *r)
{
	place_result_fini(&r->placed);
	str_free(&r->lacking);
	memset(r, 0, sizeof(*r));
}

/* The answer ---------------------------------------------------------------- */

/* Text is gathered and recorded four times a second, in whole lines while it
 * can be, so that a secret cannot hide by standing half in either of two. */
struct stream {
	struct workbench *w;
	struct session *s;
	const struct ask_request *r;
	uint64_t ask;
	struct str pending[2];		/* text, reasoning */
	uint64_t recorded_ms;
	size_t tools;		/* calls of tools, none of which was offered */
	struct event end;
	struct str model;
	struct err failed;
};

static const char *const kinds[2] = { "text", "reasoning" };

static void record_some(struct stream *st, int kind, size_t len)
{
	struct event e = { .type = EVENT_PIECE };
	struct str clean = STR_INIT;

	if (len == 0)
		return;
	redact_text(st->w->redact, st->pending[kind].data, len, &clean);
	str_remove(&st->pending[kind], 0, len);
	e.piece.ask = st->ask;
	e.piece.kind = kinds[kind];
	e.piece.text = (struct bytes){ str_cstr(&clean), clean.len };
	if (!session_record(st->s, &e, NULL, st->failed.code ? NULL : &st->failed) &&
	    st->failed.code == ERR_NONE)
		st->failed.code = ERR_IO;
	if (kind == 0 && st->r->text)
		st->r->text(st->r->ctx, str_cstr(&clean), clean.len);
	str_free(&clean);
}

/* As much as may be recorded now: up to the last end of line, or all of it
 * when that never comes; nothing of a private key that has no end yet. */
static size_t ripe(const struct str *s)
{
	const char *lf = s->len ? memrchr(s->data, '\n', s->len) : NULL;
	size_t len = lf ? (size_t)(lf + 1 - s->data) : 0;

	if (s->len > GATHER_BYTES)
		return s->len;
	return len && !strstr(s->data, "-----BEGIN") ? len : 0;
}

static void record_ripe(struct stream *st, bool all)
{
	for (int k = 0; k < 2; k++)
		record_some(st, k, all ? st->pending[k].len : ripe(&st->pending[k]));
	st->recorded_ms = loop_now_ms(st->w->loop);
}

/* A server's words, too. */
static void say_clean(const struct workbench *w, const char *text, size_t len)
{
	struct str clean = STR_INIT;

	redact_text(w->redact, text, len, &clean);
	report_note(&w->out, "%s", str_cstr(&clean));
	str_free(&clean);
}

static void on_piece(void *ctx, const struct piece *p)
{
	struct stream *st = ctx;

	switch (p->kind) {
	case PIECE_START:
		str_clear(&st->model);
		redact_text(st->w->redact, p->text, p->len, &st->model);
		break;
	case PIECE_TEXT:
		str_add(&st->pending[0], p->text, p->len);
		break;
	case PIECE_REASONING:
		str_add(&st->pending[1], p->text, p->len);
		break;
	case PIECE_USAGE:
		st->end.answer.in = p->usage.in;
		st->end.answer.out = p->usage.out;
		st->end.answer.cached = p->usage.cached;
		st->end.answer.reasoning = p->usage.reasoning;
		break;
	case PIECE_FINISH:
		st->end.answer.finish = finish_name(p->finish);
		st->end.answer.cut = p->finish == FINISH_LENGTH;
		break;
	case PIECE_WAIT:
		say_clean(st->w, p->text, p->len);
		break;
	case PIECE_TOOL:
		st->tools++;
		break;
	case PIECE_OPAQUE:
		break;
	}
	if (loop_now_ms(st->w->loop) >= st->recorded_ms + GATHER_MS ||
	    st->pending[0].len > GATHER_BYTES || st->pending[1].len > GATHER_BYTES)
		record_ripe(st, false);
}

static bool record_end(struct stream *st, const struct err *why, struct err *err)
{
	struct str error = STR_INIT;
	bool ok;

	record_ripe(st, true);
	if (why)
		redact_text(st->w->redact, why->text, strlen(why->text), &error);
	st->end.answer.ask = st->ask;
	st->end.answer.error = str_cstr(&error);
	st->end.answer.model = str_cstr(&st->model);
	st->end.answer.cut |= why != NULL;
	ok = session_record(st->s, &st->end, NULL, err);
	str_free(&error);
	if (ok && st->failed.code) {
		if (err)
			*err = st->failed;
		ok = false;
	}
	return ok;
}

/* An answer that ends in silence looks like one that has nothing to say. */
static void say_lacking(const struct exchange *x, size_t tools, struct str *out)
{
	bool read = !slice_blank((struct slice){ str_cstr(&x->answer), x->answer.len });
	bool thought = !slice_blank((struct slice){ str_cstr(&x->reasoning), x->reasoning.len });

	if (strcmp(x->finish, "length") == 0)
		str_addf(out, "the answer was cut off by the limit of its length%s",
			 read ? "; ask for the rest, or for less at once" :
			 thought ? ", and is only reasoning: ask for less at once, or allow more tokens" :
				   " before it began: allow more tokens");
	else if (strcmp(x->finish, "filter") == 0)
		str_addf(out, "the backend's content filter %s: word the question otherwise",
			 read ? "cut the answer off" : "withheld the answer");
	else if (!read && (tools || strcmp(x->finish, "tools") == 0))
		str_adds(out, "the model only called a tool, and none was offered to it: ask again for an answer in text");
	else if (!read && thought)
		str_adds(out, "the answer is only reasoning, with nothing after it: ask again");
	else if (!read)
		str_adds(out, "the answer is empty: ask again, or another backend");
}

/* All together --------------------------------------------------------------- */

static void on_secret(void *ctx, const char *key)
{
	redact_add(((struct workbench *)ctx)->redact, key);
}

static struct backend *open_backend(struct workbench *w, const struct backend_entry *e, struct err *err)
{
	const struct backend_ops *ops = workbench_protocol(w, e->protocol, err);
	struct strv theirs = STRV_INIT;
	struct backend_config cfg;
	struct backend *b;

	if (!ops)
		return NULL;
	if (!ask_options_check(e, err))
		return NULL;
	for (char *const *o = e->options; o && *o; o++)
		if (!ask_option(*o))
			strv_add(&theirs, *o);
	cfg = (struct backend_config){ .name = e->name, .protocol = e->protocol, .url = e->url,
				       .model = e->model, .key = e->key,
				       .options = (const char *const *)theirs.v,
				       .root = w->root, .secret = on_secret, .ctx = w };
	b = ops->open(w->loop, &cfg, err);
	strv_free(&theirs);
	return b;
}

/* The same question again takes up the first one. */
static uint64_t followed(const struct session *s, const struct ask_about *about, const char *question)
{
	return about->follows ? about->follows : state_asked(session_state(s), question);
}

static bool record_question(struct session *s, const struct prompt *p,
			    const struct ask_about *about, const char *backend, const char *model, uint64_t *n,
			    struct err *err)
{
	struct event e = { .type = EVENT_ASK };
	struct str view = STR_INIT;
	bool ok;

	prompt_view(p, &view);
	e.ask.backend = backend;
	e.ask.model = model;
	e.ask.question = (struct bytes){ p->question, strlen(p->question) };
	e.ask.tokens = p->tokens;
	e.ask.prompt = (struct kept){ .data = str_cstr(&view), .len = view.len };
	e.ask.follows = followed(s, about, p->question);
	e.ask.path = about->path;
	e.ask.line = about->line;
	e.ask.at = about->at;
	ok = session_record(s, &e, n, err) && session_sync(s, err);
	str_free(&view);
	return ok;
}

static bool converse(struct workbench *w, struct backend *b, const struct prompt *p,
		     const struct ask_request *r, struct ask_result *out, struct err *err)
{
	struct stream st = { .w = w, .s = w->session, .r = r, .ask = out->ask,
			     .end = { .type = EVENT_ANSWER } };
	struct err why = { 0 };
	bool whole, recorded;

	st.end.answer.in = st.end.answer.out = st.end.answer.cached = st.end.answer.reasoning = -1;
	st.recorded_ms = loop_now_ms(w->loop);
	whole = task_ask(b, p, on_piece, &st, &why);
	if (!whole)
		redact_err(w->redact, &why);
	recorded = record_end(&st, whole ? NULL : &why, err);
	if (recorded && whole)
		say_lacking(state_exchange(session_state(w->session), st.ask), st.tools, &out->lacking);
	str_free(&st.pending[0]);
	str_free(&st.pending[1]);
	str_free(&st.model);
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
			    "the server read %lld tokens of about %llu that were sent: it may have cut the request; give it a "
			    "larger context, or lower budget= of backend %s",
			    (long long)x->in, (unsigned long long)x->estimated, x->backend);
}

static bool place_answer(struct workbench *w, const struct ask_request *r, const struct strv *unseen,
			 struct ask_result *out, struct err *err)
{
	const struct exchange *x = state_exchange(session_state(w->session), out->ask);
	struct place_request what = { .text = str_cstr(&x->answer), .len = x->answer.len, .ask = out->ask,
				      .by = x->model, .cut = x->cut, .forced_path = r->forced_path, .unseen = unseen };

	return flow_place(w, &what, &out->placed, err);
}

bool flow_ask(struct workbench *w, const struct ask_request *r, struct ask_result *out, struct err *err)
{
	const char *name = r->backend ? r->backend : options_text(w->options, "backend");
	const struct backend_entry *e = workbench_backend(w, name);
	struct strv unseen = STRV_INIT;
	struct project *p;
	struct prompt *prompt = NULL;
	struct backend *b = NULL;
	bool answered, ok = false;

	memset(out, 0, sizeof(*out));
	if (!e)
		return err_set(err, ERR_USAGE, "backend %s: not configured; `posedge backends` lists them", name);
	p = workbench_project(w, err);
	if (!p || !workbench_session(w, r->fresh ? SESSION_APPEND : SESSION_BESIDE, err))
		return false;
	b = open_backend(w, e, err);
	if (!b)
		return false;
	prompt = ask_context(w, p, r, e, &unseen, err);
	if (!prompt || !record_question(w->session, prompt, &r->about, name, e->model ? e->model : "", &out->ask, err))
		goto out;
	answered = converse(w, b, prompt, r, out, err);
	tell_cut(w, out->ask);
	/* A broken answer's suggestions are kept, too: marked, never applied. */
	ok = place_answer(w, r, &unseen, out, answered ? err : NULL) && answered;
out:
	prompt_free(prompt);
	strv_free(&unseen);
	b->ops->close(b);
	return ok;
}
