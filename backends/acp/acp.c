/* An installed coding agent as a backend.
 *
 * Agents write to disk themselves, whatever the protocol says. So the agent gets a copy
 * of the project in a sandbox (session/tool/confine.h), and afterwards we compare the
 * copy:
 *
 *   project + texts on the screen --copy--> base
 *                                 --copy--> work --the agent--> work'
 *   work' against base: one PIECE_FILE (a suggestion) each, decided line by line
 *
 * For the next question both are copied again, so the agent sees what was decided, and
 * its prompt says what became of its lines. The agent keeps running between questions
 * and has its own memory; after a failure or a cancelled turn the next question starts
 * a new one with the earlier exchanges.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/acp/acp_agent.h"
#include "backends/acp/acp_changes.h"
#include "backends/acp/acp_config.h"
#include "backends/acp/acp_scratch.h"
#include "backends/acp/acp_start.h"
#include "backends/acp/acp_words.h"
#include "backends/backends.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/model/prompt.h"

struct acp {
	struct backend base;
	struct acp_config c;
	struct loop *loop;
	const struct confine_ops *confine;
	void (*secret)(void *ctx, const char *key);
	void *secret_ctx;
	bool busy;
	unsigned looking; /* tasks reading the copy; it is not touched until this is 0 */
	struct task_queue looked;
	struct scratch *scratch; /* NULL: none yet */
	struct acp_agent *agent; /* NULL: not running */
	struct acp_changes last; /* its changes in the last turn */
};

/* The copy -------------------------------------------------------------------------------- */

struct copying { /* arguments for the thread pool */
	const struct acp *a;
	const struct prompt *p;
	struct scratch *s, *old;
	bool ok;
	struct err err;
};

static void copy(void *ctx)
{
	struct copying *c = ctx;

	scratch_free(c->old);
	if (!c->s)
		c->s = scratch_new(&c->err);
	c->ok = c->s && scratch_fill(c->s, c->a->c.root, c->p->unsaved, c->p->n_unsaved, &c->err);
}

/* fresh: in a new folder that no agent has seen. */
static bool fill(struct acp *a, const struct prompt *p, bool fresh, struct err *err)
{
	struct copying c = { .a = a, .p = p };
	bool ran;

	if (fresh)
		c.old = a->scratch;
	else
		c.s = a->scratch;
	a->scratch = NULL;
	ran = task_work(a->loop, copy, &c, NULL, err);
	a->scratch = c.s;
	if (ran && !c.ok)
		err_copy(err, &c.err);
	return ran && c.ok;
}

static void end_agent(struct acp *a)
{
	acp_agent_close(a->agent);
	a->agent = NULL;
}

static bool start(struct acp *a, struct err *err)
{
	struct acp_starting s = {
		a->loop, &a->c, a->confine, a->scratch, a->secret, a->secret_ctx
	};

	a->agent = acp_start_agent(&s, err);
	return a->agent != NULL;
}

/* Updates the copy to the current project. *first: an agent has yet to be started. */
static bool prepare(struct acp *a, const struct prompt *p, bool *first, struct err *err)
{
	while (a->looking)
		task_queue_wait(&a->looked);
	*first = !acp_agent_alive(a->agent);
	if (!*first && fill(a, p, false, NULL))
		return true;
	*first = true;
	end_agent(a);
	return !task_cancelled(task_self()) ? fill(a, p, true, err)
					    : err_set(err, ERR_CANCELLED, "cancelled");
}

/* A question --------------------------------------------------------------------------------- */

struct question {
	struct acp *a;
	piece_fn *piece;
	void *ctx;
};

static bool send(const struct question *q, struct piece p, const char *text, size_t len)
{
	p.text = text;
	p.len = len;
	return q->piece(q->ctx, &p);
}

#define PIECE(k) ((struct piece){ .kind = (k), .usage = { -1, -1, -1, -1 } })

/* "A is a link; B is no text; and 3 more" */
static void send_left(const struct question *q, const char *what, const struct strv *left, size_t n)
{
	struct str s = STR_INIT;

	if (n == 0)
		return;
	str_addf(&s, "%s: ", what);
	for (size_t i = 0; i < left->n; i++)
		str_addf(&s, "%s%s", i ? "; " : "", left->v[i]);
	if (n > left->n)
		str_addf(&s, "; and %zu more", n - left->n);
	send(q, PIECE(PIECE_NOTE), s.data, s.len);
	str_free(&s);
}

/* For acp_words(): base holds the current project. */
static bool now(void *ctx, const char *path, struct str *out)
{
	const struct acp *a = ctx;
	bool ok = file_read_in(a->scratch->base, path, CHANGES_FILE_MAX, out, NULL);

	return ok;
}

struct finding { /* arguments for the thread pool */
	const struct scratch *s;
	struct acp_changes *out;
};

static void find(void *ctx)
{
	struct finding *f = ctx;

	acp_changes_find(f->s, f->out);
}

static void send_changes(const struct question *q, const struct acp_changes *found, bool cut)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct acp_change *c = &found->v[i];
		struct piece p = PIECE(PIECE_FILE);

		p.file = (struct piece_file){ .path = c->path,
					      .base = str_cstr(&c->base),
					      .base_len = c->base.len,
					      .fresh = c->fresh,
					      .gone = c->gone,
					      .cut = cut };
		send(q, p, str_cstr(&c->text), c->text.len);
	}
	send_left(q, "not taken from the agent's copy", &found->left, found->n_left);
}

/* Changes count also when the agent failed or was stopped midway. */
static void harvest(const struct question *q, bool cut)
{
	struct acp *a = q->a;
	struct finding f = { a->scratch, &a->last };

	task_work(a->loop, find, &f, NULL, NULL);
	send_changes(q, &a->last, cut);
}

/* The agent is still writing: a file may be shown half written. */
static bool so_far(struct backend *base, piece_fn *piece, void *ctx, struct err *err)
{
	struct acp *a = (struct acp *)base;
	struct question q = { a, piece, ctx };
	struct acp_changes found = { 0 };
	struct finding f = { a->scratch, &found };
	bool ok;

	if (!a->busy || !a->agent || !a->scratch)
		return err_set(err, ERR_NOT_FOUND,
			       "backend %s: the agent works on nothing just now", a->c.name);
	a->looking++;
	ok = task_work(a->loop, find, &f, NULL, err);
	if (--a->looking == 0)
		task_queue_wake(&a->looked);
	if (ok)
		send_changes(&q, &found, true);
	acp_changes_fini(&found);
	return ok;
}

static void send_usage(const struct question *q, const struct acp_turn *t)
{
	struct piece p = PIECE(PIECE_USAGE);
	char *said;

	p.usage = t->used;
	if (t->used.in >= 0 || t->used.out >= 0)
		send(q, p, "", 0);
	if (!t->currency[0])
		return;
	said = str_fmt("the agent's session has cost %.2f %s so far", t->cost, t->currency);
	send(q, PIECE(PIECE_NOTE), said, strlen(said));
	free(said);
}

/* Runs the turn, once there is an agent. */
static bool turn(const struct question *q, const struct prompt *p, bool first, struct err *err)
{
	struct acp *a = q->a;
	const char *name = acp_agent_name(a->agent);
	struct acp_turn t;
	struct str text = STR_INIT;
	struct piece end = PIECE(PIECE_FINISH);
	char *from = str_fmt("backend %s", a->c.name);
	struct acp_ask ask = { .show = q->piece,
			       .ctx = q->ctx,
			       .person = { p->form, p->form_ctx, from } };
	bool ok;

	acp_turn_init(&t);
	acp_words(p, first, &a->last, now, a, &text);
	ok = send(q, PIECE(PIECE_START), name, strlen(name)) ||
	     err_set(err, ERR_CANCELLED, "cancelled");
	ask.text = str_cstr(&text);
	ok = ok && acp_agent_prompt(a->agent, &ask, &t, &end.finish, err);
	harvest(q, !ok || end.finish == FINISH_LENGTH);
	if (ok) {
		send_usage(q, &t);
		send(q, end, "", 0);
	}
	acp_turn_fini(&t);
	str_free(&text);
	free(from);
	return ok;
}

static bool ask(struct backend *base, const struct prompt *p, piece_fn *piece, void *ctx,
		struct err *err)
{
	struct acp *a = (struct acp *)base;
	struct question q = { a, piece, ctx };
	bool first, ok;

	if (a->busy)
		return err_set(err, ERR_BUSY, "backend %s: the agent is busy with another question",
			       a->c.name);
	if (!a->confine)
		return err_set(err, ERR_TOOL, "backend %s: nothing here can shut an agent in",
			       a->c.name);
	a->busy = true;
	ok = prepare(a, p, &first, err);
	if (ok && first) {
		acp_changes_fini(&a->last);
		send_left(&q, "not in the agent's copy", &a->scratch->left, a->scratch->n_left);
		ok = start(a, err);
	}
	ok = ok && turn(&q, p, first, err);
	if (!ok)
		end_agent(a);
	a->busy = false;
	return ok;
}

static void close_acp(struct backend *base)
{
	struct acp *a = (struct acp *)base;

	if (!a)
		return;
	end_agent(a);
	scratch_free(a->scratch);
	acp_changes_fini(&a->last);
	acp_config_fini(&a->c);
	free(a);
}

static struct backend *open_acp(struct loop *l, const struct backend_config *cfg, struct err *err)
{
	struct acp *a = mem_zalloc(sizeof(*a));

	a->base.ops = &backend_acp;
	a->loop = l;
	a->confine = cfg->confine;
	a->secret = cfg->secret;
	a->secret_ctx = cfg->ctx;
	if (acp_config_read(cfg, &a->c, err))
		return &a->base;
	close_acp(&a->base);
	return NULL;
}

const struct backend_ops backend_acp = {
	.protocol = "acp",
	.help = "an installed coding agent, shut in with a copy of the project",
	.options = acp_options,
	.open_early = true,
	.edits = true,
	.open = open_acp,
	.close = close_acp,
	.ask = ask,
	.so_far = so_far,
};
