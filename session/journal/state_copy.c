/* Copies a state, sharing items that are finished: an item counts the other states
 * that use it, and whoever changes a shared item copies it first.
 */
#include "config.h"

#include "session/journal/state.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/journal/state_inner.h"
#include "session/output/diag.h"

#define COPY_LIST(to, from, list, n, cap)                                              \
	do {                                                                           \
		(to)->list = mem_dup((from)->list, (from)->n * sizeof(*(from)->list)); \
		(to)->n = (to)->cap = (from)->n;                                       \
	} while (0)

#define SHARE_LIST(to, from, list, n, cap)                \
	do {                                              \
		COPY_LIST(to, from, list, n, cap);        \
		for (size_t i_ = 0; i_ < (from)->n; i_++) \
			(to)->list[i_]->shared++;         \
	} while (0)

void state_copy(struct state *to, const struct state *from)
{
	memset(to, 0, sizeof(*to));
	to->n = from->n;
	to->started_ms = from->started_ms;
	to->version = mem_strdup(from->version);
	to->neighbour = mem_strdup(from->neighbour);
	to->parent = mem_strdup(from->parent);
	to->lint_tool = mem_strdup(from->lint_tool);
	to->lint_error = mem_strdup(from->lint_error);
	to->lint_whole = from->lint_whole;
	to->lint_read = from->lint_read;
	to->lint_unread = mem_strdup(from->lint_unread);
	COPY_LIST(to, from, docs, n_docs, cap_docs);
	for (size_t i = 0; i < from->n_docs; i++)
		to->docs[i] = doc_copy(from->docs[i]);
	SHARE_LIST(to, from, chat, n_chat, cap_chat);
	SHARE_LIST(to, from, proposals, n_proposals, cap_proposals);
	SHARE_LIST(to, from, runs, n_runs, cap_runs);
	SHARE_LIST(to, from, critiques, n_critiques, cap_critiques);
	COPY_LIST(to, from, untested, n_untested, cap_untested);
	to->found = diag_list_share(from->found);
	strv_addall(&to->settings, &from->settings);
	to->notes = from->notes;
	to->unknown = from->unknown;
	to->sealed = from->sealed;
	to->partial = from->partial;
}

void state_unshare_exchange(struct exchange **at)
{
	struct exchange *x = *at, *c;

	if (!x->shared)
		return;
	x->shared--;
	*at = c = mem_dup(x, sizeof(*x));
	c->shared = 0;
	c->backend = mem_strdup(x->backend);
	c->model = mem_strdup(x->model);
	c->finish = mem_strdup(x->finish);
	c->error = mem_strdup(x->error);
	c->stopped = mem_strdup(x->stopped);
	c->path = mem_strdup(x->path);
	c->currency = mem_strdup(x->currency);
	c->question = c->answer = c->reasoning = c->line = c->sent = STR_INIT;
	str_add(&c->sent, str_cstr(&x->sent), x->sent.len);
	str_add(&c->line, str_cstr(&x->line), x->line.len);
	c->rewritten = STRV_INIT;
	strv_addall(&c->rewritten, &x->rewritten);
	str_add(&c->question, str_cstr(&x->question), x->question.len);
	str_add(&c->answer, str_cstr(&x->answer), x->answer.len);
	str_add(&c->reasoning, str_cstr(&x->reasoning), x->reasoning.len);
	c->parts = mem_dup(x->parts, x->n_parts * sizeof(*x->parts));
	c->cap_parts = x->n_parts;
	for (size_t i = 0; i < x->n_parts; i++) {
		c->parts[i].id = mem_strdup(x->parts[i].id);
		c->parts[i].name = mem_strdup(x->parts[i].name);
		c->parts[i].text = STR_INIT;
		str_add(&c->parts[i].text, str_cstr(&x->parts[i].text), x->parts[i].text.len);
	}
}

void state_unshare_proposal(struct proposal **at)
{
	struct proposal *p = *at, *c;

	if (!p->shared)
		return;
	p->shared--;
	*at = c = mem_dup(p, sizeof(*p));
	c->shared = 0;
	c->by = mem_strdup(p->by);
	c->s = suggestion_copy(p->s);
	c->amended = STRV_INIT;
	strv_addall(&c->amended, &p->amended);
	c->refused = STRV_INIT;
	strv_addall(&c->refused, &p->refused);
}

void state_unshare_run(struct sim_run **at)
{
	struct sim_run *r = *at, *c;

	if (!r->shared)
		return;
	r->shared--;
	*at = c = mem_dup(r, sizeof(*r));
	c->shared = 0;
	c->testbench = mem_strdup(r->testbench);
	c->engine = mem_strdup(r->engine);
	c->verdict = mem_strdup(r->verdict);
	c->error = mem_strdup(r->error);
	c->first = mem_strdup(r->first);
	c->first_path = mem_strdup(r->first_path);
	c->output = mem_strdup(r->output);
	c->wave = mem_strdup(r->wave);
}
