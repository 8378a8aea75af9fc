/* A request that fails because of a busy server, the network or a time-out is repeated
 * with a doubled pause, during which no other request is sent either. The backend itself
 * repeats nothing, or the tries would multiply; one that can repeat knows how long a busy
 * server is to be left alone, and holds all requests so long, up to a minute. The reported
 * time is that of the last attempt, that wait included.
 */
#include "config.h"

#include "session/bench/bench_ask.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/ask/ask_cost.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/model/backend.h"
#include "session/model/price.h"
#include "session/model/prompt.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

struct bench_backend {
	struct workbench *w;
	struct backend_entry entry; /* strings of the configured entry, but its own options */
	struct strv options;
	struct backend_entry once; /* the same, but repeats nothing; asked here */
	struct strv once_options;
	struct backend_lease *lease;
};

static void repeat_nothing(struct bench_backend *b, const struct backend_ops *ops)
{
	bool repeats = backend_option_find(ops->options, "retries=0") != NULL;

	for (size_t i = 0; i < b->options.n; i++)
		if (!repeats || !str_starts(b->options.v[i], "retries="))
			strv_add(&b->once_options, b->options.v[i]);
	if (repeats)
		strv_add(&b->once_options, "retries=0");
	b->once = b->entry;
	b->once.options = b->once_options.n ? b->once_options.v : NULL;
}

struct bench_backend *bench_backend_open(struct workbench *w, const char *name,
					 const char *temperature, struct err *err)
{
	const char *which = ask_backend_name(w->options, name, false);
	const struct backend_entry *e = backend_list_find(w->backends, which);
	struct bench_backend *b;

	if (!e) {
		err_set(err, ERR_USAGE, "there is no backend %.60s; `posedge backends` lists them",
			which);
		return NULL;
	}
	b = mem_zalloc(sizeof(*b));
	b->w = w;
	b->entry = *e;
	b->entry.lease = NULL;
	for (char *const *o = e->options; o && *o; o++)
		if (!temperature || !str_starts(*o, "temperature="))
			strv_add(&b->options, *o);
	if (temperature)
		strv_addf(&b->options, "temperature=%s", temperature);
	b->entry.options = b->options.n ? b->options.v : NULL;
	if (ask_options_check(w, &b->entry, err)) {
		repeat_nothing(b, ports_protocol(w->ports, e->protocol, err));
		b->lease = ask_backend(w, &b->once, err);
	}
	if (b->lease)
		return b;
	bench_backend_close(b);
	return NULL;
}

void bench_backend_close(struct bench_backend *b)
{
	if (!b)
		return;
	backend_lease_drop(b->lease);
	backend_lease_drop(b->once.lease);
	strv_free(&b->options);
	strv_free(&b->once_options);
	free(b);
}

const struct backend_entry *bench_backend_entry(const struct bench_backend *b)
{
	return &b->entry;
}

const char *bench_backend_name(const struct bench_backend *b)
{
	return b->entry.name;
}

const char *bench_backend_model(const struct bench_backend *b)
{
	return b->entry.model ? b->entry.model : "";
}

/* Receiving an answer ------------------------------------------------------------------ */

static bool on_piece(void *ctx, const struct piece *p)
{
	struct bench_answer_got *a = ctx;

	switch (p->kind) {
	case PIECE_START:
		free(a->model);
		a->model = mem_strndup(p->text, p->len);
		break;
	case PIECE_TEXT:
		str_add(&a->text, p->text, p->len);
		break;
	case PIECE_USAGE:
		if (p->usage.in >= 0)
			a->in = p->usage.in;
		if (p->usage.out >= 0)
			a->out = p->usage.out;
		if (p->usage.cached >= 0)
			a->cached = p->usage.cached;
		break;
	case PIECE_FINISH:
		a->cut = p->finish == FINISH_LENGTH;
		break;
	default:
		break;
	}
	if (a->text.full)
		a->cut = true;
	return !a->text.full;
}

static struct prompt *prompt_of(const struct bench_talk *t)
{
	struct prompt *p = mem_zalloc(sizeof(*p));
	struct prompt_message *m = mem_calloc(t->texts.n, sizeof(*m));
	struct prompt_part *parts = mem_calloc(t->texts.n, sizeof(*parts));

	for (size_t i = 0; i < t->texts.n; i++) {
		parts[i] = (struct prompt_part){ .kind = PROMPT_TEXT,
						 .text = t->texts.v[i],
						 .len = strlen(t->texts.v[i]) };
		m[i] = (struct prompt_message){ i == 0	     ? ROLE_SYSTEM
						: i % 2 == 1 ? ROLE_USER
							     : ROLE_ASSISTANT,
						&parts[i], 1 };
		p->tokens += prompt_estimate_mixed(parts[i].text, parts[i].len);
	}
	p->messages = m;
	p->n = t->texts.n;
	p->question = t->texts.v[t->texts.n - 1];
	p->lang = LANG_SV2017;
	p->seed = t->seed;
	return p;
}

static void prompt_done(struct prompt *p)
{
	free((void *)p->messages[0].parts);
	free((void *)p->messages);
	free(p);
}

/* Waiting ------------------------------------------------------------------------------ */

static bool take_turn(struct loop *l, struct bench_pace *pace, struct err *err)
{
	uint64_t now = loop_now_ms(l);
	uint64_t at = pace->next > now ? pace->next : now;

	pace->next = at + pace->every_ms;
	return at == now || task_sleep(l, at - now, err);
}

static bool comes_again(const struct err *e)
{
	return e->code == ERR_BUSY || e->code == ERR_NET || e->code == ERR_TIMEOUT;
}

static bool ask_once(struct bench_backend *b, const struct prompt *p, struct bench_answer_got *out,
		     struct err *err)
{
	struct backend *real = b->lease->backend;

	bench_answer_got_fini(out);
	*out = (struct bench_answer_got){
		.text = STR_LIMIT(BENCH_ANSWER_MAX), .in = -1, .out = -1, .cached = -1, .cost = -1
	};
	return real->ops->ask(real, p, on_piece, out, err) || out->text.full;
}

static void add_cost(struct bench_backend *b, struct bench_answer_got *a)
{
	const struct tokens t = { a->in, -1, a->cached < 0 ? 0 : a->cached, a->out };
	struct price price;
	int64_t cost;

	ask_price(b->w, &b->entry, a->model, &price);
	cost = price_of(&price, &t);
	a->cost = cost == MONEY_UNKNOWN ? -1 : (double)cost / 1e6;
}

bool bench_ask(struct bench_backend *b, const struct bench_talk *t, struct bench_pace *pace,
	       struct bench_answer_got *out, struct err *err)
{
	struct prompt *p = prompt_of(t);
	uint64_t began, pause = BENCH_PAUSE_MS;
	bool ok = false, again = true;

	*out = (struct bench_answer_got){ 0 };
	for (unsigned i = 0; again && i < BENCH_TRIES; i++) {
		if (!take_turn(b->w->loop, pace, err))
			break;
		began = loop_now_ms(b->w->loop);
		ok = ask_once(b, p, out, err);
		out->ms = loop_now_ms(b->w->loop) - began;
		again = !ok && comes_again(err);
		if (again && pace->next < loop_now_ms(b->w->loop) + pause)
			pace->next = loop_now_ms(b->w->loop) + pause;
		pause *= 2;
	}
	if (ok)
		add_cost(b, out);
	prompt_done(p);
	return ok;
}

void bench_answer_got_fini(struct bench_answer_got *a)
{
	str_free(&a->text);
	free(a->model);
	*a = (struct bench_answer_got){ 0 };
}
