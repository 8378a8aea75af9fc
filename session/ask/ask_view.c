/* A request for a person to look at: `ask --show`, `context`, the context pane. Two
 * sources give the same struct: the request that would be sent now, and the last one as
 * recorded. Estimates are corrected by ask_ratio; if the server counted, its number is
 * used and the entries are scaled to it.
 */
#include "config.h"

#include "session/ask/ask_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_context.h"
#include "session/ask/ask_cost.h"
#include "session/ask/ask_offer.h"
#include "session/ask/ask_ratio.h"
#include "session/ask/ask_sent.h"
#include "session/ask/ask_turns.h"
#include "session/ask/flow_ask.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/prompt.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/workbench.h"

void ask_view_fini(struct ask_view *v)
{
	free(v->backend);
	free(v->model);
	entries_fini(&v->entries);
	strv_free(&v->texts);
	strv_free(&v->tools);
	memset(v, 0, sizeof(*v));
}

/* Making one ------------------------------------------------------------------------ */

static void take_entries(struct ask_view *v, const struct entries *from, const struct ask_ratio *r)
{
	for (size_t i = 0; i < from->n; i++) {
		struct prompt_entry e = from->v[i];

		e.tokens = e.tokens * ask_ratio_of(r, &e) / 100;
		entries_add(&v->entries, &e);
	}
}

static void room_of(struct workbench *w, const char *backend, struct ask_view *v)
{
	const struct backend_entry *e = backend_list_find(w->backends, backend);

	v->backend = mem_strdup(backend);
	v->budget = ask_budget(w, backend);
	v->context = e ? ask_context_size(e) : 0;
}

/* Takes the text parts; other parts have an entry only. */
static void take_messages(struct ask_view *v, const struct prompt *p, const struct ask_offer *o)
{
	for (size_t i = 0; i < p->n; i++) {
		struct str text = STR_INIT;

		for (size_t k = 0; k < p->messages[i].n; k++)
			if (p->messages[i].parts[k].kind == PROMPT_TEXT)
				str_add(&text, p->messages[i].parts[k].text,
					p->messages[i].parts[k].len);
		if (i == 0 && o)
			str_adds(&text, o->rules);
		strv_give(&v->texts, str_take(&text));
	}
}

static void take_tools(struct ask_view *v, const struct ask_offer *o)
{
	for (size_t i = 0; o && i < o->n; i++)
		strv_addf(&v->tools, "%s\n%s\n%s\n", o->tools[i].name, o->tools[i].description,
			  o->tools[i].schema);
}

bool ask_view_next(struct workbench *w, const struct ask_request *r, struct ask_view *out,
		   struct err *err)
{
	struct strv unseen = STRV_INIT;
	struct backend_entry *e;
	struct prompt *p = flow_ask_prepare(w, r, &e, &unseen, err);
	struct entries_sum sum, plain;
	struct ask_ratio ratio;

	memset(out, 0, sizeof(*out));
	strv_free(&unseen);
	if (!p)
		return false;
	p->tokens += ask_offer_tokens(r->offer);
	ask_ratio(session_state(w->session), e->name, &ratio);
	room_of(w, e->name, out);
	out->model = mem_strdup(e->model ? e->model : "");
	out->goes_on = p->goes_on;
	take_entries(out, &p->entries, &ratio);
	entries_sum(&out->entries, &sum);
	entries_sum(&p->entries, &plain);
	/* The text around the entries takes some too. */
	out->tokens = sum.tokens + (p->tokens > plain.tokens ? p->tokens - plain.tokens : 0);
	ask_price_ahead(w, e, out->tokens, &out->cost, out->currency);
	take_messages(out, p, r->offer);
	take_tools(out, r->offer);
	prompt_free(p);
	return true;
}

static void take_sent(struct ask_view *v, const struct exchange *x, const struct ask_sent *sent)
{
	/* In a turn with tools the server counted all requests together. */
	bool counted = x->in >= 0 && x->rounds < 2 && !ask_was_cut(x->estimated, x->in);
	unsigned percent =
		counted && x->estimated ? (unsigned)((uint64_t)x->in * 100 / x->estimated) : 0;
	struct ask_ratio ratio = { percent, percent };

	v->sent = true;
	v->model = mem_strdup(x->model);
	v->counted = x->in >= 0 && x->rounds < 2;
	v->tokens = v->counted ? (size_t)x->in : (size_t)x->estimated;
	v->cost = x->cost;
	memcpy(v->currency, x->currency, strnlen(x->currency, sizeof(v->currency) - 1));
	v->cached = x->cached > 0 ? (size_t)x->cached : 0;
	take_entries(v, &sent->request.entries, &ratio);
	for (size_t i = 0; i < sent->request.n; i++)
		strv_addn(&v->texts, sent->request.messages[i].text, sent->request.messages[i].len);
	for (size_t i = 0; i < v->entries.n; i++)
		v->goes_on |= v->entries.v[i].again;
}

bool ask_view_last(struct workbench *w, struct ask_view *out, struct err *err)
{
	const struct state *s = w->session ? session_state(w->session) : NULL;
	const struct exchange *x = s && s->n_chat ? s->chat[s->n_chat - 1] : NULL;
	struct ask_sent sent;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!x)
		return err_set(err, ERR_NOT_FOUND, "nothing was sent in this session yet");
	ok = ask_sent(w->session, x, &sent);
	if (ok) {
		room_of(w, x->backend, out);
		take_sent(out, x, &sent);
	}
	ask_sent_fini(&sent);
	return ok || err_set(err, ERR_NOT_FOUND,
			     "what was sent last is not there any more, or an earlier posedge "
			     "recorded it");
}

/* Printing ---------------------------------------------------------------------------- */

unsigned ask_view_share(const struct ask_view *v, size_t tokens)
{
	size_t of = v->context ? v->context : v->budget;

	return of ? (unsigned)(tokens * 1000 / of) : 0;
}

static const char *why(const struct prompt_entry *e)
{
	switch (e->state) {
	case ENTRY_CUT:
		return "Only part of it is sent: the request would be larger than its budget.";
	case ENTRY_NO_ROOM:
		return "It is not sent: the request would be larger than its budget.";
	case ENTRY_OFF:
		return "It is not sent: it is switched off.";
	case ENTRY_STALE:
		return "An earlier text, sent before: a newer one follows below.";
	case ENTRY_UNKNOWN:
		return "It is not sent, and its text is not known here.";
	default:
		return NULL;
	}
}

void ask_view_text(const struct ask_view *v, size_t i, struct str *out)
{
	const struct prompt_entry *e = &v->entries.v[i];
	const char *reason = why(e);

	if (reason)
		str_addf(out, "%s\n\n", reason);
	if (e->kind == ENTRY_TOOL && e->message < v->tools.n)
		str_adds(out, v->tools.v[e->message]);
	else if (e->kind == ENTRY_IMAGE)
		str_addf(out, "An image of %zu bytes.\n", e->len);
	else if (entry_is_sent(e) && e->message < v->texts.n)
		str_add(out, v->texts.v[e->message] + e->from, e->len);
}

void ask_view_line(const struct ask_view *v, size_t i, struct str *figures, struct str *name)
{
	const struct prompt_entry *e = &v->entries.v[i];
	unsigned share = ask_view_share(v, e->tokens);
	const char *kind = entry_kind_name(e->kind), *state = entry_state_name(e->state);
	char tokens[32] = "-", part[32] = "-";

	if (entry_is_sent(e)) {
		snprintf(tokens, sizeof(tokens), "~%zu", e->tokens);
		snprintf(part, sizeof(part), "%u.%u %%", share / 10, share % 10);
	}
	str_addf(figures, "%-12s %7zu B %7s %7s  ", kind, e->len, tokens, part);
	str_adds(name, strcmp(kind, e->name) == 0 ? "" : e->name);
	if (e->state != ENTRY_WHOLE && e->state != ENTRY_UNKNOWN)
		str_addf(name, " (%s)", state);
}

void ask_view_head(const struct ask_view *v, struct str *out)
{
	size_t of = v->context ? v->context : v->budget;
	unsigned share = ask_view_share(v, v->tokens);
	struct entries_sum sum;
	bool named = v->model && v->model[0] && strcmp(v->model, v->backend) != 0;

	entries_sum(&v->entries, &sum);
	str_addf(out, "%s%s%s: %s%zu tokens of %zu (%u.%u %%)", v->backend, named ? " " : "",
		 named ? v->model : "", v->counted ? "" : "~", v->tokens, of, share / 10,
		 share % 10);
	if (v->context > v->budget)
		str_addf(out, ", %zu kept for the answer", v->context - v->budget);
	if (v->counted && v->cached)
		str_addf(out, ", %zu from the server's cache", v->cached);
	else if (sum.again)
		str_addf(out, ", %zu %% of the bytes as before", sum.again * 100 / sum.bytes);
	if (v->cost == 0)
		return;
	str_adds(out, v->sent ? "; cost " : v->cost < 0 ? "; its price is " : "; costs at most ");
	money_print(v->cost, v->currency, out);
}

static void json_entry(const struct ask_view *v, size_t i, struct str *out)
{
	const struct prompt_entry *e = &v->entries.v[i];
	const char *name = ask_switch_of(e);
	struct str text = STR_INIT;

	json_next(out);
	str_addf(out, "{\"kind\":\"%s\"", entry_kind_name(e->kind));
	json_add_text(out, "name", e->name);
	str_addf(out, ",\"state\":\"%s\",\"bytes\":%zu,\"tokens\":%zu,\"again\":%s,\"switch\":",
		 entry_state_name(e->state), e->len, e->tokens, e->again ? "true" : "false");
	if (name)
		json_quote(out, name, strlen(name));
	else
		str_adds(out, "null");
	if (entry_is_sent(e)) {
		ask_view_text(v, i, &text);
		json_add(out, "text", str_cstr(&text), text.len);
		str_free(&text);
	}
	str_addc(out, '}');
}

void ask_view_json(const struct ask_view *v, struct str *out)
{
	str_addf(out, "{\"context\":{\"sent\":%s", v->sent ? "true" : "false");
	json_add_text(out, "backend", v->backend);
	json_add_text(out, "model", v->model);
	str_adds(out, ",\"cost\":");
	if (v->cost < 0)
		str_adds(out, "null");
	else
		str_addf(out, "%lld.%06lld", (long long)(v->cost / 1000000),
			 (long long)(v->cost % 1000000));
	str_addf(out, ",\"tokens\":%zu,\"counted\":%s,\"cached\":%zu,\"budget\":%zu,\"context\":",
		 v->tokens, v->counted ? "true" : "false", v->cached, v->budget);
	if (v->context)
		str_addf(out, "%zu", v->context);
	else
		str_adds(out, "null");
	str_adds(out, ",\"entries\":[");
	for (size_t i = 0; i < v->entries.n; i++)
		json_entry(v, i, out);
	str_adds(out, "]}}");
}
