/* A call lives on the stack of its task and is linked here until it is over:
 *
 *	sent --> answered	the result, or the error's sentence
 *	     --> failed		the program ended, or was ended
 *	     --> given up	timed out, or the task was cancelled
 *
 * A call that was given up is unlinked; if its answer still comes, its id matches
 * no call and it is dropped. The reason why the program can no longer be used is
 * kept as one sentence; each later call fails with it.
 */
#include "config.h"

#include "session/base/peer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/jsonrpc.h"
#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/peer_link.h"
#include "session/base/str.h"
#include "session/base/task.h"

#define RUBBISH_SHOWN 80 /* bytes */
#define STRAY_SHOWN   120

struct call {
	struct call *next;
	double id;
	struct task *task;
	const struct peer_wait *how;
	cJSON *result;
	int code;
	bool over; /* answered, or the program has ended */
	struct err err;
};

struct peer {
	struct loop *loop;
	char *who;
	struct peer_link *link;
	struct peer_events ev;
	struct call *calls;
	double last_id;
	uint64_t heard_ms;
	unsigned rubbish, unasked;
	char *odd;	 /* the first line that was not a message */
	char *stray;	 /* what it did first that answers nothing: "answered 7, which ..." */
	struct err dead; /* why it can no longer be used; ERR_NONE: it can */
	struct task *closer;
	bool hung_up, ended;
};

/* The end ----------------------------------------------------------------------- */

static void finish_call(struct peer *p, struct call *c)
{
	c->over = true;
	if (p->link->ops->over)
		p->link->ops->over(p->link, c->id);
	task_wake(c->task);
}

static void fail_all(struct peer *p)
{
	for (struct call *c = p->calls; c; c = c->next)
		if (!c->over) {
			c->err = p->dead;
			finish_call(p, c);
		}
}

void peer_fail(struct peer *p, enum err_code code, const char *why)
{
	if (p->dead.code == ERR_NONE)
		err_set(&p->dead, code, "%s %s", p->who, why);
	log_line("peer", "%s", p->dead.text);
	if (!p->ended)
		p->link->ops->end(p->link, true);
	fail_all(p);
}

static void send_line(struct peer *p, struct str *line)
{
	struct err err;

	if (peer_alive(p) && !p->link->ops->send(p->link, line->data, line->len, &err) &&
	    err.code == ERR_LIMIT)
		peer_fail(p, ERR_LIMIT, "does not read its input");
	str_free(line);
}

static void refuse(struct peer *p, const cJSON *id, int code, const char *text)
{
	struct str line = STR_INIT;

	jsonrpc_error(&line, id, code, text, NULL);
	send_line(p, &line);
}

/* What comes in ------------------------------------------------------------------- */

static void on_rubbish(struct peer *p, const char *line, size_t len, const struct err *why)
{
	size_t shown = len > RUBBISH_SHOWN ? RUBBISH_SHOWN : len;

	if (len == 0)
		return;
	log_line("peer", "%s printed a line that is not a message: %s", p->who, why->text);
	if (!p->odd)
		p->odd = mem_strndup(line, shown);
	if (++p->rubbish >= PEER_RUBBISH_MAX) {
		struct str s = STR_INIT;

		str_addf(&s, "prints lines that are not messages: '%s'", p->odd);
		peer_fail(p, ERR_PARSE, str_cstr(&s));
		str_free(&s);
	}
}

/* -1: it can be none of ours. Some programs send a number back as a string. */
static double number_of(const cJSON *id)
{
	char *end = NULL;
	double n = cJSON_IsNumber(id) ? id->valuedouble : -1;

	if (cJSON_IsString(id) && strchr("0123456789", id->valuestring[0]))
		n = strtod(id->valuestring, &end);
	return end && *end ? -1 : n;
}

/* An error without an id is for a request that could not be read: for the only one, if there is
 * only one. */
static struct call *call_of(struct peer *p, const struct jsonrpc *m)
{
	double id = number_of(m->id);
	struct call *only = NULL;
	size_t n = 0;

	for (struct call *c = p->calls; c; c = c->next) {
		if (c->over)
			continue;
		if (c->id == id)
			return c;
		only = c;
		n++;
	}
	return n == 1 && !m->id && m->kind == JSONRPC_ERROR ? only : NULL;
}

/* An id that was given up is answered late; any other that is not waited for is a fault, and
 * may be why what is waited for does not come. */
static void note_stray(struct peer *p, const struct jsonrpc *m)
{
	double n = number_of(m->id);
	struct str said = STR_INIT;

	if (p->stray || (n >= 1 && n <= p->last_id && n == floor(n)))
		return;
	str_adds(&said, m->id ? "answered " : "sent an error for no request: ");
	if (m->id)
		json_print(&said, m->id);
	else
		str_adds(&said, m->text);
	str_cut(&said, STRAY_SHOWN);
	str_adds(&said, m->id ? ", which was not asked" : "");
	p->stray = str_take(&said);
}

/* Appends odd output of the program that may explain its silence, or its end. */
static void print_odd(const struct peer *p, struct str *out)
{
	if (p->odd)
		str_addf(out, " (it had printed '%s', which is not a message)", p->odd);
	else if (p->stray)
		str_addf(out, " (it had %s)", p->stray);
}

static void on_answer(struct peer *p, struct jsonrpc *m)
{
	struct call *c = call_of(p, m);

	if (!c) {
		note_stray(p, m);
		log_line("peer", "%s answers a question that was not asked, or that is over",
			 p->who);
		if (++p->unasked >= PEER_UNASKED_MAX)
			peer_fail(p, ERR_LIMIT, "keeps answering questions that were not asked");
		return;
	}
	if (m->kind == JSONRPC_RESULT) {
		c->result = cJSON_DetachItemFromObjectCaseSensitive(m->all, "result");
		if (c->how->answered)
			c->how->answered(c->how->ctx, c->result);
	} else {
		c->code = m->code;
		err_set(&c->err, ERR_TOOL, "%s: %s", p->who,
			m->text[0] ? m->text : "it answers with an error that says nothing");
	}
	finish_call(p, c);
}

static void on_message(struct peer *p, struct jsonrpc *m)
{
	switch (m->kind) {
	case JSONRPC_ASKS:
		if (p->ev.request)
			p->ev.request(p->ev.ctx, p, m->id, m->method, m->params);
		else
			peer_refuse(p, m->id, "there is no such method");
		break;
	case JSONRPC_TELLS:
		if (p->ev.notification)
			p->ev.notification(p->ev.ctx, p, m->method, m->params);
		break;
	case JSONRPC_RESULT:
	case JSONRPC_ERROR:
		on_answer(p, m);
		break;
	}
}

static void fail_call(struct peer *p, struct call *c, const struct err *why)
{
	err_set(&c->err, why->code, "%s: %s", p->who, why->text);
	finish_call(p, c);
}

/* Fails the call that the unreadable message answers, or refuses the request that it makes. */
static void on_unreadable(struct peer *p, const struct jsonrpc *m, const struct err *why)
{
	struct call *c = m->method ? NULL : call_of(p, m);

	if (m->method)
		refuse(p, m->id, JSONRPC_REQUEST, why->text);
	else if (c)
		fail_call(p, c, why);
}

void peer_receive(struct peer *p, const char *message, size_t len)
{
	struct jsonrpc m;
	struct err why;

	if (p->dead.code != ERR_NONE)
		return;
	p->heard_ms = loop_now_ms(p->loop);
	if (len > JSONRPC_LINE_MAX) {
		peer_fail(p, ERR_LIMIT, "sent a line that is too long");
		return;
	}
	if (jsonrpc_read(message, len, &m, NULL, &why)) {
		on_message(p, &m);
	} else {
		if (m.id)
			on_unreadable(p, &m, &why);
		on_rubbish(p, message, len, &why);
	}
	jsonrpc_fini(&m);
}

void peer_call_failed(struct peer *p, double id, const struct err *why)
{
	for (struct call *c = p->calls; c; c = c->next)
		if (!c->over && c->id == id) {
			fail_call(p, c, why);
			return;
		}
}

void peer_ended(struct peer *p, const char *how)
{
	struct str why = STR_INIT;

	str_adds(&why, how);
	print_odd(p, &why);
	p->ended = true;
	peer_fail(p, ERR_TOOL, str_cstr(&why));
	str_free(&why);
	if (p->closer)
		task_wake(p->closer);
}

/* Start and end --------------------------------------------------------------------- */

struct peer *peer_open(struct loop *l, const char *who, struct peer_link *k,
		       const struct peer_events *ev)
{
	struct peer *p = mem_zalloc(sizeof(*p));

	p->loop = l;
	p->who = mem_strdup(who);
	p->heard_ms = loop_now_ms(l);
	p->link = k;
	k->peer = p;
	if (ev)
		p->ev = *ev;
	return p;
}

void peer_hang_up(struct peer *p)
{
	p->ev = (struct peer_events){ 0 };
	if (p->ended || p->hung_up)
		return;
	p->hung_up = true;
	err_set(&p->dead, ERR_CANCELLED, "%s was ended", p->who);
	p->link->ops->end(p->link, false);
}

void peer_close(struct peer *p)
{
	if (!p)
		return;
	peer_hang_up(p);
	p->closer = task_self();
	while (p->closer && !p->ended)
		task_wait_uncancelled();
	if (!p->ended)
		loop_run_until(p->loop, &p->ended);
	p->link->ops->free(p->link);
	free(p->odd);
	free(p->stray);
	free(p->who);
	free(p);
}

bool peer_alive(const struct peer *p)
{
	return !p->ended && p->dead.code == ERR_NONE;
}

int peer_pid(const struct peer *p)
{
	return !p->ended && p->link->ops->pid ? p->link->ops->pid(p->link) : 0;
}

/* What goes out ----------------------------------------------------------------------- */

void peer_notify(struct peer *p, const char *method, cJSON *params)
{
	struct str line = STR_INIT;

	jsonrpc_notify(&line, method, params);
	send_line(p, &line);
}

void peer_answer(struct peer *p, const cJSON *id, cJSON *result)
{
	struct str line = STR_INIT;

	jsonrpc_result(&line, id, result);
	send_line(p, &line);
}

void peer_refuse(struct peer *p, const cJSON *id, const char *text)
{
	refuse(p, id, JSONRPC_METHOD, text);
}

void peer_restart_timeout(struct peer *p)
{
	p->heard_ms = loop_now_ms(p->loop);
}

/* A call ---------------------------------------------------------------------------------- */

struct waiting {
	struct peer *p;
	struct call *c;
	const bool *until; /* wait for this; NULL: for the answer */
	const struct peer_wait *how;
	uint64_t started_ms, cancelled_ms; /* 0: not cancelled */
};

/* Time at which the wait ends at the latest; 0: never. */
static uint64_t deadline(const struct waiting *w)
{
	uint64_t quiet = w->how->quiet_ms ? w->how->quiet_ms + (w->p->heard_ms > w->started_ms
									? w->p->heard_ms
									: w->started_ms)
					  : 0;
	uint64_t wall = w->how->wall_ms ? w->how->wall_ms + w->started_ms : 0;

	if (w->cancelled_ms)
		return w->cancelled_ms + w->how->grace_ms;
	return quiet && wall ? (quiet < wall ? quiet : wall) : quiet + wall;
}

static void on_clock(void *ctx)
{
	task_wake(((struct waiting *)ctx)->c->task);
}

static bool give_up(const struct waiting *w)
{
	uint64_t now = loop_now_ms(w->p->loop);
	bool long_ago = w->how->wall_ms && now >= w->started_ms + w->how->wall_ms;
	struct str odd = STR_INIT;

	if (w->cancelled_ms)
		return err_set(&w->c->err, ERR_CANCELLED, "cancelled");
	print_odd(w->p, &odd);
	err_set(&w->c->err, ERR_TIMEOUT, "%s %s %llu s%s", w->p->who,
		long_ago ? "has not answered within" : "said nothing for",
		(unsigned long long)((long_ago ? w->how->wall_ms : w->how->quiet_ms) / 1000),
		str_cstr(&odd));
	str_free(&odd);
	return false;
}

/* The task was cancelled: tells the other side, once. False: give up now. */
static bool cancelled(struct waiting *w)
{
	if (w->cancelled_ms)
		return true;
	w->cancelled_ms = loop_now_ms(w->p->loop);
	if (!w->how->cancel)
		return give_up(w);
	w->how->cancel(w->how->ctx, w->p, w->until ? 0 : w->c->id);
	return true;
}

static bool is_over(const struct waiting *w)
{
	return w->c->over || (w->until && *w->until);
}

/* Sleeps once and handles what arrived. False: stop waiting. */
static bool sleep_once(struct waiting *w)
{
	struct err why;
	bool go_on = true;

	if (w->cancelled_ms)
		task_wait_uncancelled();
	else
		go_on = task_wait(&why);
	if (w->how->meanwhile)
		go_on &= w->how->meanwhile(w->how->ctx);
	return go_on || is_over(w) || cancelled(w);
}

static void wait_for(struct waiting *w)
{
	struct loop_timer *t = loop_timer_new(w->p->loop, on_clock, w);
	bool go_on = true;

	while (go_on && !is_over(w)) {
		uint64_t now = loop_now_ms(w->p->loop), end = deadline(w);

		if (end && now >= end) {
			give_up(w);
			break;
		}
		if (end)
			loop_timer_set(t, end - now);
		go_on = sleep_once(w);
	}
	if (w->cancelled_ms)
		give_up(w);
	loop_timer_free(t);
}

static void unlink_call(struct peer *p, const struct call *c)
{
	struct call **at = &p->calls;

	while (*at && *at != c)
		at = &(*at)->next;
	if (*at)
		*at = c->next;
	if (!c->over && !p->ended && p->link->ops->over)
		p->link->ops->over(p->link, c->id);
}

/* Waits with the call linked, so that it fails when the program ends. */
static void run_call(struct waiting *w)
{
	struct peer *p = w->p;

	if (p->dead.code != ERR_NONE)
		w->c->err = p->dead;
	else
		wait_for(w);
	unlink_call(p, w->c);
}

static const struct peer_wait for_ever = { 0 };

cJSON *peer_call(struct peer *p, const char *method, cJSON *params, const struct peer_wait *how,
		 int *code, struct err *err)
{
	struct call c = { .next = p->calls,
			  .id = ++p->last_id,
			  .task = task_self(),
			  .how = how ? how : &for_ever };
	struct waiting w = { .p = p, .c = &c, .how = c.how, .started_ms = loop_now_ms(p->loop) };
	struct str line = STR_INIT;

	jsonrpc_request(&line, c.id, method, params);
	p->calls = &c;
	send_line(p, &line);
	run_call(&w);
	if (code)
		*code = c.err.code == ERR_TOOL ? c.code : 0;
	if (c.err.code == ERR_NONE)
		return c.result;
	cJSON_Delete(c.result);
	err_copy(err, &c.err);
	return NULL;
}

bool peer_wait_until(struct peer *p, const bool *done, const struct peer_wait *how, struct err *err)
{
	/* NAN: matches no answer */
	struct call c = { .next = p->calls, .id = NAN, .task = task_self() };
	struct waiting w = { .p = p,
			     .c = &c,
			     .until = done,
			     .how = how ? how : &for_ever,
			     .started_ms = loop_now_ms(p->loop) };

	p->calls = &c;
	run_call(&w);
	if (c.err.code == ERR_NONE)
		return true;
	return err_copy(err, &c.err);
}
