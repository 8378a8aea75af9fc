/* A form runs as a task of its own, so that the agent's other messages are handled
 * while the person thinks. Meanwhile a timer restarts the agent's stall timeout. A
 * second form while one is open is answered "cancel", and a form that nobody can fill
 * in "decline".
 */
#include "config.h"

#include "backends/acp/acp_form.h"

#include <stdlib.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/peer.h"

#define EXCUSE_MS 500u /* shorter than any stall timeout */

struct asked {
	struct acp_form *f;
	cJSON *id, *params;
	struct loop_timer *excuse;
};

/* The agent is silent because it waits for the person, so that does not count as a stall. */
static void on_excuse(void *ctx)
{
	struct asked *q = ctx;

	peer_restart_timeout(q->f->peer);
	loop_timer_set(q->excuse, EXCUSE_MS);
}

static void put(void *ctx)
{
	struct asked *q = ctx;
	struct acp_form *f = q->f;

	peer_answer(f->peer, q->id, f->person->form(f->person->ctx, f->person->from, q->params));
	loop_timer_free(q->excuse);
	cJSON_Delete(q->id);
	cJSON_Delete(q->params);
	free(q);
	f->task = NULL;
	task_queue_wake(&f->over);
}

bool acp_form_begin(struct acp_form *f, const struct acp_person *person, struct peer *p,
		    const cJSON *id, const cJSON *params)
{
	struct asked *q;

	if (!person || !person->form || f->task) {
		cJSON *no = cJSON_CreateObject();

		cJSON_AddStringToObject(no, "action", f->task ? "cancel" : "decline");
		peer_answer(p, id, no);
		return false;
	}
	q = mem_zalloc(sizeof(*q));
	*q = (struct asked){ f, cJSON_Duplicate(id, true), cJSON_Duplicate(params, true) };
	f->peer = p;
	f->person = person;
	q->excuse = loop_timer_new(f->loop, on_excuse, q);
	loop_timer_set(q->excuse, EXCUSE_MS);
	f->task = task_start(f->loop, put, q);
	return true;
}

void acp_form_cancel(struct acp_form *f)
{
	if (f->task && !task_cancelled(f->task))
		task_cancel(f->task);
}

void acp_form_end(struct acp_form *f)
{
	acp_form_cancel(f);
	while (f->task)
		task_queue_wait(&f->over);
}
