/* The protocol of one agent:
 *
 *   start:  initialize -> session/new
 *   turn:   session/prompt -> session/update ... -> its answer        (version 1)
 *           session/prompt -> its answer; session/update ... idle     (version 2)
 *
 * Updates arrive as callbacks from the loop, but pieces have to be delivered in the
 * task that asked: they wait in a queue, and the task is woken.
 *
 * The answer to `initialize` decides the version. An agent that answers with our number
 * but continues in its own version works all the same: a turn is over when the answer
 * to the prompt has a stop reason.
 *
 * Updates after the end belong to no turn, even if they arrived in the same read;
 * whether they do is chance.
 */
#include "config.h"

#include "backends/acp/acp_agent.h"

#include <stdlib.h>
#include <string.h>

#include "backends/acp/acp_watch.h"
#include "backends/acp/acp_words.h"
#include "session/base/child.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/peer.h"
#include "session/base/task.h"

#define START_MS    600000u /* npx may have to download it first */
#define CANCEL_MS   5000u   /* time to finish after a cancel */
#define WANTS_LOGIN (-32000)

struct news { /* a queued piece */
	enum piece_kind kind;
	char *text;
	size_t len;
};

struct acp_agent {
	const struct confine_ops *ops;
	struct confined how;
	struct confine_limits limits;
	struct peer *peer;
	struct acp_watch *watch;
	char *who, *name, *session, *by_hand;
	cJSON *methods; /* ways to log in; NULL: none */
	unsigned version;
	bool refuses;
	uint64_t stall_ms;

	/* The current turn. */
	struct acp_turn *turn; /* NULL: none */
	struct task *task;
	struct news *news;
	size_t n_news, cap_news;
	const struct acp_ask *ask;
	bool stopped; /* show returned false */
	bool over;    /* ended by the answer to the prompt; later updates are ignored */
	struct acp_form form;
};

/* News -------------------------------------------------------------------------------- */

static bool queue(void *ctx, const struct piece *p)
{
	struct acp_agent *a = ctx;

	MEM_PUSH(a->news, a->n_news, a->cap_news,
		 (struct news){ p->kind, mem_strndup(p->text, p->len), p->len });
	return true;
}

/* Delivers the queued pieces; in the task. */
static bool tell(void *ctx)
{
	struct acp_agent *a = ctx;

	for (size_t i = 0; i < a->n_news; i++) {
		struct piece p = { .kind = a->news[i].kind,
				   .text = a->news[i].text,
				   .len = a->news[i].len,
				   .usage = { -1, -1, -1, -1 } };

		if (!a->stopped)
			a->stopped = !a->ask->show(a->ask->ctx, &p);
		free(a->news[i].text);
	}
	a->n_news = 0;
	return !a->stopped;
}

static bool is_ours(const struct acp_agent *a, const cJSON *params)
{
	const char *id = json_string(params, "sessionId");

	return id && a->session && strcmp(id, a->session) == 0;
}

/* True if the message belongs to the current turn. */
static bool is_heard(const struct acp_agent *a, const cJSON *params)
{
	return a->turn && !a->over && !(a->version > 1 && a->turn->idle) && is_ours(a, params);
}

static void on_notification(void *ctx, struct peer *p, const char *method, const cJSON *params)
{
	struct acp_agent *a = ctx;

	if (strcmp(method, "session/update") != 0 || !is_heard(a, params))
		return;
	acp_update(a->turn, json_object(params, "update"), queue, a);
	task_wake(a->task);
}

/* Permission ---------------------------------------------------------------------------- */

static const char *option_of(const cJSON *options, const char *kind)
{
	const cJSON *o;

	cJSON_ArrayForEach(o, options) {
		const char *is = json_string(o, "kind");

		if (is && strcmp(is, kind) == 0)
			return json_string(o, "optionId");
	}
	return NULL;
}

static cJSON *outcome(const char *option)
{
	cJSON *result = cJSON_CreateObject(), *o = cJSON_AddObjectToObject(result, "outcome");

	cJSON_AddStringToObject(o, "outcome", option ? "selected" : "cancelled");
	if (option)
		cJSON_AddStringToObject(o, "optionId", option);
	return result;
}

static void permit(struct acp_agent *a, struct peer *p, const cJSON *id, const cJSON *params)
{
	const cJSON *options = json_array(params, "options"),
		    *call = json_object(params, "toolCall");
	const char *title = json_string(params, "title"), *option = NULL;
	bool allowed = false;

	/* No turn is running, or it is another session. */
	if (!is_heard(a, params)) {
		peer_answer(p, id, outcome(NULL));
		return;
	}
	if (!title)
		title = json_string(call, "title");
	if (!a->stopped && !a->refuses) {
		option = option_of(options, "allow_once");
		allowed = option != NULL;
	}
	if (!option)
		option = option_of(options, "reject_once");
	peer_answer(p, id, outcome(option));
	acp_say_step(a->turn, allowed ? "allowed in its copy" : "not allowed",
		     title ? title : "what it does not say", queue, a);
	acp_say_change(a->turn, call ? call : params, queue, a);
	task_wake(a->task);
}

static void ask_person(struct acp_agent *a, struct peer *p, const cJSON *id, const cJSON *params)
{
	const char *message = json_string(params, "message");
	bool ours = !a->stopped && is_heard(a, params);

	if (!acp_form_begin(&a->form, ours ? &a->ask->person : NULL, p, id, params))
		return;
	acp_say_step(a->turn, "asks you", message ? message : "to fill in a form", queue, a);
	task_wake(a->task);
}

static void on_request(void *ctx, struct peer *p, const cJSON *id, const char *method,
		       const cJSON *params)
{
	if (strcmp(method, "session/request_permission") == 0)
		permit(ctx, p, id, params);
	else if (strcmp(method, "elicitation/create") == 0)
		ask_person(ctx, p, id, params);
	else
		peer_refuse(p, id, "this client does not do that");
}

/* Starting ------------------------------------------------------------------------------- */

static cJSON *add_us(cJSON *to, const char *key)
{
	cJSON *us = cJSON_AddObjectToObject(to, key);

	cJSON_AddStringToObject(us, "name", "posedge");
	cJSON_AddStringToObject(us, "version", PACKAGE_VERSION);
	return us;
}

/* Has the members of both versions; each side reads its own. We claim login in a
 * terminal since we can tell the person how to do that. */
static cJSON *greeting(unsigned version)
{
	cJSON *o = cJSON_CreateObject(), *can, *session;

	cJSON_AddNumberToObject(o, "protocolVersion", version);
	add_us(o, "clientInfo");
	can = cJSON_AddObjectToObject(o, "clientCapabilities");
	cJSON_AddBoolToObject(cJSON_AddObjectToObject(can, "auth"), "terminal", true);
	cJSON_AddObjectToObject(cJSON_AddObjectToObject(can, "elicitation"), "form");
	session = cJSON_AddObjectToObject(can, "session");
	cJSON_AddObjectToObject(session, "notices");
	cJSON_AddObjectToObject(session, "compaction");
	if (version > 1) {
		add_us(o, "info");
		can = cJSON_AddObjectToObject(o, "capabilities");
		cJSON_AddObjectToObject(cJSON_AddObjectToObject(can, "auth"), "terminal");
		cJSON_AddObjectToObject(cJSON_AddObjectToObject(can, "elicitation"), "form");
	}
	return o;
}

static bool wants_login(struct acp_agent *a, struct err *err)
{
	struct str how = STR_INIT;

	acp_login(a->methods, a->by_hand, &how);
	err_set(err, ERR_AUTH, "%s: %s", a->who, str_cstr(&how));
	str_free(&how);
	return false;
}

static void remember_name(struct acp_agent *a, const cJSON *r)
{
	const cJSON *info = json_object(r, "agentInfo");
	const char *name, *version;

	if (!info)
		info = json_object(r, "info");
	name = json_string(info, "name");
	version = json_string(info, "version");
	a->name = name ? str_fmt("%.80s%s%.40s", name, version ? " " : "", version ? version : "")
		       : mem_strdup("agent");
}

static bool initialize(struct acp_agent *a, unsigned version, struct err *err)
{
	const struct peer_wait wait = { .wall_ms = START_MS, .quiet_ms = a->stall_ms };
	cJSON *r = peer_call(a->peer, "initialize", greeting(version), &wait, NULL, err);
	double spoken;

	if (!r)
		return false;
	spoken = json_number(r, "protocolVersion", 0);
	remember_name(a, r);
	if (json_array(r, "authMethods"))
		a->methods = cJSON_Duplicate(json_array(r, "authMethods"), true);
	cJSON_Delete(r);
	if (spoken != 1 && spoken != 2)
		return err_set(err, ERR_TOOL,
			       "%s speaks version %g of the agent protocol; 1 and 2 are known",
			       a->who, spoken);
	a->version = (unsigned)spoken;
	return true;
}

static void add_variable(cJSON *list, const char *name, const char *value)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "name", name);
	cJSON_AddStringToObject(o, "value", value);
	cJSON_AddItemToArray(list, o);
}

/* `posedge mcp` on the agent's copy. Its data and cache are in the agent's /tmp. */
static cJSON *our_tools(unsigned version, const char *root)
{
	static const char *const args[] = { "-C", NULL, "mcp" };
	cJSON *list = cJSON_CreateArray(), *o = cJSON_CreateObject(), *env, *v;

	if (version > 1)
		cJSON_AddStringToObject(o, "type", "stdio");
	cJSON_AddStringToObject(o, "name", "posedge");
	cJSON_AddStringToObject(o, "command", "/rt/posedge");
	v = cJSON_AddArrayToObject(o, "args");
	for (size_t i = 0; i < sizeof(args) / sizeof(*args); i++)
		cJSON_AddItemToArray(v, cJSON_CreateString(args[i] ? args[i] : root));
	env = cJSON_AddArrayToObject(o, "env");
	add_variable(env, "XDG_CONFIG_HOME", "/rt/config");
	add_variable(env, "XDG_DATA_HOME", "/tmp/posedge/data");
	add_variable(env, "XDG_CACHE_HOME", "/tmp/posedge/cache");
	cJSON_AddItemToArray(list, o);
	return list;
}

static bool new_session(struct acp_agent *a, const struct acp_start *s, struct err *err)
{
	const struct peer_wait wait = { .wall_ms = START_MS, .quiet_ms = a->stall_ms };
	cJSON *o = cJSON_CreateObject(), *r;
	const char *id;
	int code;

	cJSON_AddStringToObject(o, "cwd", s->confine.at);
	cJSON_AddItemToObject(o, "mcpServers",
			      s->tools ? our_tools(a->version, s->confine.at)
				       : cJSON_CreateArray());
	r = peer_call(a->peer, "session/new", o, &wait, &code, err);
	if (!r)
		return code == WANTS_LOGIN ? wants_login(a, err) : false;
	id = json_string(r, "sessionId");
	a->session = mem_strdup(id);
	cJSON_Delete(r);
	return id || err_set(err, ERR_TOOL, "%s began a session without an id", a->who);
}

static bool start(struct acp_agent *a, const struct acp_start *s, struct err *err)
{
	struct peer_events ev = { on_request, on_notification, a };
	struct child_spec child = { .argv = (const char *const *)a->how.argv.v,
				    .env = (const char *const *)a->how.env.v,
				    .cwd = a->how.cwd,
				    .pass_fd = a->how.pass_fd };

	a->peer = peer_start(s->loop, s->who, &child, &ev, err);
	if (!a->peer)
		return false;
	a->watch = acp_watch_new(s->loop, s->ops, s->watched, &a->limits, a->peer);
	return initialize(a, s->version, err) && new_session(a, s, err);
}

struct acp_agent *acp_agent_start(const struct acp_start *s, struct err *err)
{
	struct acp_agent *a = mem_zalloc(sizeof(*a));

	a->ops = s->ops;
	a->form.loop = s->loop;
	a->limits = s->confine.limits;
	a->who = mem_strdup(s->who);
	a->by_hand = mem_strdup(s->by_hand);
	a->refuses = s->refuses;
	a->stall_ms = s->stall_ms;
	if (!s->ops->wrap(s->loop, &s->confine, &a->how, err))
		err_prefix(err, "%s", s->who);
	else if (start(a, s, err))
		return a;
	acp_agent_close(a);
	return NULL;
}

void acp_agent_close(struct acp_agent *a)
{
	if (!a)
		return;
	acp_watch_end(a->watch);
	peer_close(a->peer);
	a->ops->release(&a->how);
	for (size_t i = 0; i < a->n_news; i++)
		free(a->news[i].text);
	free(a->news);
	cJSON_Delete(a->methods);
	free(a->who);
	free(a->name);
	free(a->session);
	free(a->by_hand);
	free(a);
}

bool acp_agent_alive(const struct acp_agent *a)
{
	return a && peer_alive(a->peer);
}

const char *acp_agent_name(const struct acp_agent *a)
{
	return a->name;
}

/* A turn ---------------------------------------------------------------------------------- */

static void on_cancel(void *ctx, struct peer *p, double id)
{
	struct acp_agent *a = ctx;
	cJSON *o = cJSON_CreateObject();

	acp_form_cancel(&a->form);
	cJSON_AddStringToObject(o, "sessionId", a->session);
	peer_notify(p, "session/cancel", o);
}

static cJSON *prompt_of(const struct acp_agent *a, const char *text)
{
	cJSON *o = cJSON_CreateObject(), *list, *part = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "sessionId", a->session);
	list = cJSON_AddArrayToObject(o, "prompt");
	cJSON_AddStringToObject(part, "type", "text");
	cJSON_AddStringToObject(part, "text", text);
	cJSON_AddItemToArray(list, part);
	return o;
}

/* Not in the stable schema, but some agents send it. */
static void take_usage(struct acp_turn *t, const cJSON *usage)
{
	double in = json_number(usage, "inputTokens", -1),
	       out = json_number(usage, "outputTokens", -1);

	if (in >= 0 && in < 1e15)
		t->used.in = (long)in;
	if (out >= 0 && out < 1e15)
		t->used.out = (long)out;
}

static void on_answered(void *ctx, const cJSON *result)
{
	struct acp_agent *a = ctx;

	a->turn->accepted = true;
	a->over = a->version == 1 || json_string(result, "stopReason");
}

static bool converse(struct acp_agent *a, const char *text, enum finish_reason *finish,
		     struct err *err)
{
	const struct peer_wait wait = { .quiet_ms = a->stall_ms,
					.cancel = on_cancel,
					.grace_ms = CANCEL_MS,
					.meanwhile = tell,
					.answered = on_answered,
					.ctx = a };
	int code;
	cJSON *r = peer_call(a->peer, "session/prompt", prompt_of(a, text), &wait, &code, err);
	const char *stop;

	if (!r)
		return code == WANTS_LOGIN ? wants_login(a, err) : false;
	stop = json_string(r, "stopReason");
	*finish = acp_finish(stop);
	take_usage(a->turn, json_object(r, "usage"));
	cJSON_Delete(r);
	if (stop || a->version == 1)
		return true;
	if (!peer_wait_until(a->peer, &a->turn->idle, &wait, err))
		return false;
	*finish = acp_finish(a->turn->stop);
	return !a->turn->error || err_set(err, ERR_TOOL, "%s failed: %s", a->who, a->turn->error);
}

bool acp_agent_prompt(struct acp_agent *a, const struct acp_ask *ask, struct acp_turn *turn,
		      enum finish_reason *finish, struct err *err)
{
	bool ok;

	a->turn = turn;
	a->task = task_self();
	a->ask = ask;
	a->stopped = a->over = false;
	ok = converse(a, ask->text, finish, err);
	acp_form_end(&a->form);
	ok = tell(a) && ok;
	if (a->stopped)
		err_set(err, ERR_CANCELLED, "cancelled");
	a->turn = NULL;
	a->ask = NULL;
	return ok;
}
