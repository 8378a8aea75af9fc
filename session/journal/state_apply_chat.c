/* What events change in the conversation: a question, the pieces of its answer,
 * tool calls and their results.
 *
 * Only the last few questions keep what was sent with them: the next requests need
 * that, and keeping all of it would be most of the state.
 */
#include "config.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/journal/state_inner.h"

/* Only the next requests need it. */
static void forget_sent(struct exchange **at)
{
	if ((*at)->sent.len == 0 && (*at)->prompt[0] == '\0')
		return;
	state_unshare_exchange(at);
	str_free(&(*at)->sent);
	(*at)->prompt[0] = '\0';
}

/* Call for each new question, either in the conversation or outside it (beside). */
static void forget_oldest_sent(struct state *s, bool beside)
{
	size_t n = 0;

	for (size_t i = s->n_chat; i-- > 0;) {
		if (s->chat[i]->beside != beside || ++n < EXCHANGES_SENT)
			continue;
		forget_sent(&s->chat[i]);
		return;
	}
}

bool apply_ask(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = mem_zalloc(sizeof(*x));

	x->n = e->n;
	x->in = x->out = x->cached = x->reasoned = x->cost = -1;
	state_put(&x->currency, "");
	state_put(&x->backend, e->ask.backend);
	state_put(&x->model, e->ask.model);
	state_put(&x->finish, "");
	state_put(&x->error, "");
	state_put(&x->stopped, "");
	str_add(&x->question, e->ask.question.data, e->ask.question.len);
	x->follows = e->ask.follows;
	x->beside = e->ask.beside;
	x->flow = e->ask.flow;
	state_put(&x->path, e->ask.path);
	str_add(&x->line, e->ask.line.data, e->ask.line.len);
	x->at = e->ask.at;
	x->estimated = e->ask.tokens;
	if (e->ask.prompt.hash[0])
		memcpy(x->prompt, e->ask.prompt.hash, sizeof(x->prompt));
	else if (e->ask.prompt.len)
		hash_text(e->ask.prompt.data, e->ask.prompt.len, x->prompt);
	str_add(&x->sent, e->ask.sent.data, e->ask.sent.len);
	forget_oldest_sent(s, x->beside);
	MEM_PUSH(s->chat, s->n_chat, s->cap_chat, x);
	return true;
}

/* Searches backwards, because nearly always the newest changes. */
static struct exchange *exchange_or_fail(struct state *s, uint64_t n, struct err *err)
{
	for (size_t i = s->n_chat; i-- > 0;) {
		if (s->chat[i]->n != n)
			continue;
		state_unshare_exchange(&s->chat[i]);
		return s->chat[i];
	}
	err_set(err, ERR_PARSE, "there is no question %llu", (unsigned long long)n);
	return NULL;
}

bool apply_piece(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->piece.ask, err);

	if (!x)
		return false;
	str_add(strcmp(e->piece.kind, "reasoning") == 0 ? &x->reasoning : &x->answer,
		e->piece.text.data, e->piece.text.len);
	return true;
}

static bool add_part(struct exchange *x, enum exchange_part_kind kind, const char *id,
		     const char *name, const struct bytes *text, bool failed, struct err *err)
{
	struct exchange_part *p;

	if (x->n_parts >= EXCHANGE_PARTS_MAX)
		return err_set(err, ERR_PARSE, "question %llu has more than %u calls",
			       (unsigned long long)x->n, EXCHANGE_PARTS_MAX);
	MEM_ROOM(x->parts, x->n_parts, x->cap_parts);
	p = &x->parts[x->n_parts++];
	*p = (struct exchange_part){ .kind = kind,
				     .at = x->answer.len,
				     .id = mem_strdup(id ? id : ""),
				     .name = mem_strdup(name ? name : ""),
				     .failed = failed };
	str_add(&p->text, text->data, text->len);
	return true;
}

static bool has_part(const struct exchange *x, enum exchange_part_kind kind, const char *id)
{
	for (size_t i = 0; i < x->n_parts; i++)
		if (x->parts[i].kind == kind && strcmp(x->parts[i].id, id ? id : "") == 0)
			return true;
	return false;
}

bool apply_call(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->call.ask, err);

	if (!x)
		return false;
	if (has_part(x, EXCHANGE_CALL, e->call.id))
		return err_set(err, ERR_PARSE, "question %llu has two calls %s",
			       (unsigned long long)x->n, e->call.id);
	return add_part(x, EXCHANGE_CALL, e->call.id, e->call.name, &e->call.args, false, err);
}

/* Each call has at most one result, and each result has a call. */
bool apply_result(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->result.ask, err);

	if (!x)
		return false;
	if (!has_part(x, EXCHANGE_CALL, e->result.id) || has_part(x, EXCHANGE_RESULT, e->result.id))
		return err_set(err, ERR_PARSE, "question %llu has no call %s without a result",
			       (unsigned long long)x->n, e->result.id ? e->result.id : "");
	return add_part(x, EXCHANGE_RESULT, e->result.id, NULL, &e->result.text, e->result.failed,
			err);
}

bool apply_opaque(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->opaque.ask, err);

	return x && add_part(x, EXCHANGE_OPAQUE, NULL, e->opaque.kind, &e->opaque.data, false, err);
}

bool apply_steer(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->steer.ask, err);

	return x && add_part(x, EXCHANGE_STEER, NULL, e->steer.by, &e->steer.text, false, err);
}

bool apply_answer(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->answer.ask, err);

	if (!x)
		return false;
	x->state = e->answer.error && e->answer.error[0] ? EXCHANGE_FAILED : EXCHANGE_ANSWERED;
	state_put(&x->finish, e->answer.finish);
	state_put(&x->error, e->answer.error);
	if (e->answer.model && e->answer.model[0])
		state_put(&x->model, e->answer.model);
	x->cut = e->answer.cut;
	x->in = e->answer.in;
	x->out = e->answer.out;
	x->cached = e->answer.cached;
	x->reasoned = e->answer.reasoning;
	x->written = e->answer.written;
	x->cost = (int64_t)e->answer.cost - 1;
	state_put(&x->currency, e->answer.currency ? e->answer.currency : "");
	x->rounds = e->answer.rounds;
	state_put(&x->stopped, e->answer.stopped);
	return true;
}
