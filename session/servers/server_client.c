/* A client of one MCP server. It speaks two generations of the protocol: it tries the
 * newest first (`server/discover`, and then each request names the client); if the
 * server does not know that, or exits because of it, it is restarted and opened with
 * `initialize`.
 *
 * A server may ask the user something during a call. In the older revisions it sends a
 * request, which a separate task answers (ask_form); in the newest a call returns
 * `input_required` and is repeated with the answers, at most ROUNDS times. Both happen
 * only during our own calls, so a server cannot ask at will, and unsolicited messages
 * are counted (SERVER_NOISE_MAX).
 *
 * In the older revisions a server announces changes of its tools unasked; in the newest it
 * does so in a request that stays open (listen_to_news).
 *
 * How messages travel is not known here: a program has stdin and stdout, an address is
 * asked over HTTP (server_start.h).
 *
 * `asking` counts the tasks waiting for an answer: closing makes them fail and waits
 * for them, because they hold a pointer to the client.
 */
#include "config.h"

#include "session/servers/server_client.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/peer.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/base/utf8.h"
#include "session/model/redact.h"
#include "session/servers/server_entry.h"
#include "session/servers/server_start.h"
#include "session/workbench/person_form.h"
#include "session/workbench/workbench.h"

#define META	  "io.modelcontextprotocol/"
#define NEWEST	  "2026-07-28"
#define OLDER	  "2025-11-25"
#define ROUNDS	  4 /* rounds of questions before a call is given up */
#define TITLE_MAX 80u
#define CANCEL_MS 2000u
#define EXCUSE_MS 500u
#define FIRST_S	  10u /* seconds without a first answer before the user is told */
#define LISTENS	  20u /* times that news are asked for */

struct server_client {
	struct workbench *w;
	char *who; /* "server NAME" */
	char *title;
	struct server_program program;
	bool modern, changed;
	bool prompts, resources; /* declared capabilities */
	bool news;		 /* it announces changes of its tools, if asked (newest revision) */
	struct task *listener;	 /* and this task has asked; NULL: none */
	unsigned listens;	 /* so often */
	bool opening;		 /* a forgotten session is being opened again */
	unsigned opened;	 /* how often that was done */
	unsigned noise;
	unsigned asking;   /* tasks waiting for an answer */
	unsigned calls;	   /* of these, calls of tools */
	struct task *form; /* asks the user; NULL: none */
	struct task_queue idle;
	uint64_t seconds;
};

/* Unsolicited messages ---------------------------------------------------------------- */

static bool is_noise(struct server_client *c, struct peer *p)
{
	if (++c->noise <= SERVER_NOISE_MAX)
		return false;
	peer_fail(p, ERR_LIMIT, "keeps sending messages that were not asked for");
	return true;
}

static void on_notification(void *ctx, struct peer *p, const char *method, const cJSON *params)
{
	struct server_client *c = ctx;

	if (!is_noise(c, p) && strcmp(method, "notifications/tools/list_changed") == 0)
		c->changed = true;
}

/* A form requested by the server during a call, in the older revisions; a task asks
 * the user. The server is not expected to say anything until the user has answered. */
struct asked_form {
	struct server_client *c;
	cJSON *id, *params;
	struct loop_timer *excuse;
};

static cJSON *fill_in(struct server_client *c, const cJSON *params)
{
	char *from = str_fmt("mcp:%s", c->who + strlen("server "));
	cJSON *answer = form_ask(&c->w->out, from, params);

	free(from);
	return answer;
}

static void on_excuse(void *ctx)
{
	struct asked_form *f = ctx;

	peer_restart_timeout(f->c->program.peer);
	loop_timer_set(f->excuse, EXCUSE_MS);
}

static void ask_form(void *ctx)
{
	struct asked_form *f = ctx;
	struct server_client *c = f->c;
	cJSON *answer = fill_in(c, f->params);

	peer_answer(c->program.peer, f->id, answer);
	loop_timer_free(f->excuse);
	cJSON_Delete(f->id);
	cJSON_Delete(f->params);
	free(f);
	c->form = NULL;
	task_queue_wake(&c->idle);
}

/* Accepts one form at a time, and only during a call. */
static void begin_form(struct server_client *c, struct peer *p, const cJSON *id,
		       const cJSON *params)
{
	struct asked_form *f;

	if (!c->w->out.question || c->form || !c->calls) {
		cJSON *no = cJSON_CreateObject();

		cJSON_AddStringToObject(no, "action", c->form ? "cancel" : "decline");
		peer_answer(p, id, no);
		return;
	}
	f = mem_zalloc(sizeof(*f));
	*f = (struct asked_form){ .c = c,
				  .id = cJSON_Duplicate(id, true),
				  .params = params ? cJSON_Duplicate(params, true) : NULL };
	f->excuse = loop_timer_new(c->w->loop, on_excuse, f);
	loop_timer_set(f->excuse, EXCUSE_MS);
	c->form = task_start(c->w->loop, ask_form, f);
}

/* After a call, however it ended: cancels a form that it asked for. */
static void end_form(struct server_client *c)
{
	if (c->form && !task_cancelled(c->form))
		task_cancel(c->form);
	while (c->form)
		task_queue_wait(&c->idle);
}

static void on_request(void *ctx, struct peer *p, const cJSON *id, const char *method,
		       const cJSON *params)
{
	if (is_noise(ctx, p))
		return;
	if (strcmp(method, "ping") == 0)
		peer_answer(p, id, NULL);
	else if (strcmp(method, "elicitation/create") == 0)
		begin_form(ctx, p, id, params);
	else
		peer_refuse(p, id, "posedge does not offer this");
}

/* Requests ---------------------------------------------------------------------------- */

static void cancel(void *ctx, struct peer *p, double id)
{
	cJSON *params = cJSON_CreateObject();

	cJSON_AddNumberToObject(params, "requestId", id);
	cJSON_AddStringToObject(params, "reason", "the person cancelled");
	peer_notify(p, "notifications/cancelled", params);
}

static cJSON *who_we_are(void)
{
	cJSON *info = cJSON_CreateObject();

	cJSON_AddStringToObject(info, "name", "posedge");
	cJSON_AddStringToObject(info, "version", PACKAGE_VERSION);
	return info;
}

/* Our capabilities: servers may ask the user; without a user we decline. */
static cJSON *what_we_can(void)
{
	cJSON *can = cJSON_CreateObject();

	cJSON_AddObjectToObject(cJSON_AddObjectToObject(can, "elicitation"), "form");
	return can;
}

/* In the newest revision each request names the protocol version and the client. */
static void add_meta(const struct server_client *c, cJSON *params)
{
	cJSON *meta;

	if (!c->modern)
		return;
	meta = cJSON_AddObjectToObject(params, "_meta");
	cJSON_AddStringToObject(meta, META "protocolVersion", NEWEST);
	cJSON_AddItemToObject(meta, META "clientInfo", who_we_are());
	cJSON_AddItemToObject(meta, META "clientCapabilities", what_we_can());
}

/* Takes ownership of params. The result is an object; anything else is a failure. */
static cJSON *ask_for(struct server_client *c, uint64_t seconds, const char *method, cJSON *params,
		      struct err *err)
{
	struct peer_wait wait = { .quiet_ms = seconds * 1000,
				  .wall_ms = seconds * 10000,
				  .cancel = cancel,
				  .grace_ms = CANCEL_MS };
	cJSON *result;

	add_meta(c, params);
	c->asking++;
	result = peer_call(c->program.peer, method, params, &wait, NULL, err);
	c->noise = 0;
	if (--c->asking == 0)
		task_queue_wake(&c->idle);
	if (result && !cJSON_IsObject(result)) {
		cJSON_Delete(result);
		err_set(err, ERR_PARSE, "%s answers %s with something that is not an object",
			c->who, method);
		return NULL;
	}
	if (!result)
		redact_err(c->w->redact, err);
	return result;
}

/* Initialising ------------------------------------------------------------------------ */

static void set_title(struct server_client *c, const cJSON *info, const char *revision)
{
	const char *name = json_string(info, "name"), *version = json_string(info, "version");
	struct str raw = STR_LIMIT(TITLE_MAX), shown = STR_INIT;

	str_addf(&raw, "%s %s", name ? name : "of no name", version ? version : "");
	utf8_show(str_cstr(&raw), utf8_valid_prefix(str_cstr(&raw), raw.len), &shown);
	free(c->title);
	c->title = str_fmt("%s, revision %s", str_cstr(&shown), revision);
	str_free(&raw);
	str_free(&shown);
}

static bool has_newest(const cJSON *result)
{
	const cJSON *list = json_array(result, "supportedVersions");

	for (const cJSON *v = list ? list->child : NULL; v; v = v->next)
		if (cJSON_IsString(v) && strcmp(v->valuestring, NEWEST) == 0)
			return true;
	return false;
}

static void note_offers(struct server_client *c, const cJSON *result)
{
	const cJSON *can = json_object(result, "capabilities");

	c->prompts = json_object(can, "prompts") != NULL;
	c->resources = json_object(can, "resources") != NULL;
	c->news = c->modern && json_bool(json_object(can, "tools"), "listChanged", false);
}

static uint64_t first_seconds(const struct server_client *c)
{
	return c->seconds < FIRST_S ? c->seconds : FIRST_S;
}

/* False with ERR_TOOL or ERR_TIMEOUT: the server may be of the older kind. */
static bool discover(struct server_client *c, struct err *err)
{
	cJSON *result;
	bool newest;

	c->modern = true;
	result = ask_for(c, first_seconds(c), "server/discover", cJSON_CreateObject(), err);
	newest = result && has_newest(result);
	if (newest)
		set_title(c, json_object(json_object(result, "_meta"), META "serverInfo"), NEWEST);
	else if (result)
		err_set(err, ERR_TOOL, "%s does not speak %s", c->who, NEWEST);
	if (newest)
		note_offers(c, result);
	cJSON_Delete(result);
	c->modern = newest;
	return newest;
}

static bool initialize(struct server_client *c, struct err *err)
{
	cJSON *params = cJSON_CreateObject(), *result;
	const char *revision;

	cJSON_AddStringToObject(params, "protocolVersion", OLDER);
	cJSON_AddItemToObject(params, "capabilities", what_we_can());
	cJSON_AddItemToObject(params, "clientInfo", who_we_are());
	result = ask_for(c, c->seconds, "initialize", params, err);
	if (!result)
		return false;
	revision = json_string(result, "protocolVersion");
	if (!revision || revision[0] != '2' || strlen(revision) != 10) {
		cJSON_Delete(result);
		return err_set(err, ERR_PARSE, "%s names no revision of the protocol", c->who);
	}
	set_title(c, json_object(result, "serverInfo"), revision);
	note_offers(c, result);
	cJSON_Delete(result);
	peer_notify(c->program.peer, "notifications/initialized", NULL);
	return true;
}

/* A server behind a URL may forget a session, and says so instead of handling a request:
 * then another one is opened. If several calls find out, the first one opens it. */
static bool open_again(struct server_client *c, unsigned opened, struct err *err)
{
	bool ok = true;

	c->asking++;
	while (c->opening)
		task_queue_wait(&c->idle);
	if (c->opened == opened) {
		c->opening = true;
		ok = initialize(c, err);
		c->opening = false;
		c->opened++;
		c->changed = true;
	}
	c->asking--;
	task_queue_wake(&c->idle);
	return ok;
}

static cJSON *ask(struct server_client *c, const char *method, cJSON *params, struct err *err)
{
	unsigned opened = c->opened;
	cJSON *again = cJSON_Duplicate(params, true), *result;
	struct err why = { 0 };

	result = ask_for(c, c->seconds, method, params, &why);
	if (!result && why.code == ERR_NOT_FOUND && open_again(c, opened, &why)) {
		result = ask_for(c, c->seconds, method, again, &why);
		again = NULL;
	}
	cJSON_Delete(again);
	if (!result)
		err_copy(err, &why);
	return result;
}

/* Starting ------------------------------------------------------------------------------- */

static bool launch(struct server_client *c, const struct server_entry *e, struct err *err)
{
	const struct peer_events events = { on_request, on_notification, c };

	return server_start(c->w, c->who, e, &events, &c->program, err);
}

/* Older servers may exit when they get any request before `initialize`. */
static bool open_it(struct server_client *c, const struct server_entry *e, struct err *err)
{
	if (discover(c, err))
		return true;
	if (err->code == ERR_CANCELLED || err->code == ERR_NET || err->code == ERR_AUTH)
		return false;
	if (err->code == ERR_TIMEOUT && c->seconds > FIRST_S)
		report_note(&c->w->out, "%s has not answered for %u s: it gets %u s more", c->who,
			    FIRST_S, (unsigned)c->seconds);
	if (!peer_alive(c->program.peer)) {
		server_program_end(&c->program);
		if (!launch(c, e, err))
			return false;
	}
	return initialize(c, err);
}

struct server_client *server_client_start(struct workbench *w, const struct server_entry *e,
					  struct err *err)
{
	struct server_client *c = mem_zalloc(sizeof(*c));

	*c = (struct server_client){ .w = w, .seconds = e->seconds };
	c->who = str_fmt("server %s", e->name);
	c->title = mem_strdup("");
	if (launch(c, e, err) && open_it(c, e, err))
		return c;
	server_client_close(c);
	return NULL;
}

/* Waits until no task uses it any more. */
static void end_calls(struct server_client *c)
{
	/* A server that only listens is ended as gently as an idle one. */
	if (c->asking > (c->listener ? 1u : 0u))
		peer_fail(c->program.peer, ERR_CANCELLED, "was ended");
	if (c->listener)
		task_cancel(c->listener);
	while (c->asking && task_self())
		task_queue_wait(&c->idle);
	while (c->asking)
		loop_turn(c->w->loop, true);
}

void server_client_hang_up(struct server_client *c)
{
	if (!c)
		return;
	end_calls(c);
	if (c->program.peer)
		peer_hang_up(c->program.peer);
}

void server_client_close(struct server_client *c)
{
	if (!c)
		return;
	end_calls(c);
	server_program_fini(&c->program);
	free(c->title);
	free(c->who);
	free(c);
}

bool server_client_alive(const struct server_client *c)
{
	return c && c->program.peer && peer_alive(c->program.peer);
}

bool server_client_changed(const struct server_client *c)
{
	return c->changed;
}

const char *server_client_title(const struct server_client *c)
{
	return c->title;
}

/* News ----------------------------------------------------------------------------------- */

/* Where the request ended without an error, as by a lost connection, a change may have been
 * missed: the tools are listed again when they are next wanted, which asks for news again. */
static void listen_to_news(void *ctx)
{
	struct server_client *c = ctx;
	const struct peer_wait wait = { .cancel = cancel };
	cJSON *params = cJSON_CreateObject(),
	      *what = cJSON_AddObjectToObject(params, "notifications");
	int code = 0;

	cJSON_AddTrueToObject(what, "toolsListChanged");
	add_meta(c, params);
	cJSON_Delete(
		peer_call(c->program.peer, "subscriptions/listen", params, &wait, &code, NULL));
	c->news = code == 0 && c->listens < LISTENS;
	c->changed |= c->news;
	c->listener = NULL;
	if (--c->asking == 0)
		task_queue_wake(&c->idle);
}

static void ask_for_news(struct server_client *c)
{
	if (!c->news || c->listener)
		return;
	c->listens++;
	c->asking++;
	c->listener = task_start(c->w->loop, listen_to_news, c);
	task_name(c->listener, "news of a tool server");
}

/* Lists ----------------------------------------------------------------------------------- */

/* Moves the entries of a page to all. False: all is full. */
static bool take_page(cJSON *page, const char *what, cJSON *all)
{
	cJSON *tools = cJSON_GetObjectItemCaseSensitive(page, what), *t;
	bool fits = true;

	while (cJSON_IsArray(tools) && (t = tools->child)) {
		cJSON_DetachItemViaPointer(tools, t);
		fits = (unsigned)cJSON_GetArraySize(all) < SERVER_TOOLS_MAX;
		if (cJSON_IsObject(t) && fits)
			cJSON_AddItemToArray(all, t);
		else
			cJSON_Delete(t);
	}
	return fits;
}

cJSON *server_client_list(struct server_client *c, const char *what, struct err *err)
{
	cJSON *all = cJSON_CreateArray(), *page;
	char *cursor = NULL, *method = str_fmt("%s/list", what);
	bool fits = true;

	for (unsigned i = 0; fits && i < SERVER_PAGES_MAX; i++) {
		cJSON *params = cJSON_CreateObject();
		const char *next;

		if (cursor)
			cJSON_AddStringToObject(params, "cursor", cursor);
		page = ask(c, method, params, err);
		if (!page) {
			cJSON_Delete(all);
			all = NULL;
			break;
		}
		fits = take_page(page, what, all);
		next = json_string(page, "nextCursor");
		free(cursor);
		cursor = next && next[0] ? mem_strdup(next) : NULL;
		cJSON_Delete(page);
		if (!cursor)
			break;
	}
	if (all && (!fits || cursor))
		report_note(&c->w->out,
			    "%s: it lists more %s than are read: %u, on %u pages at most", c->who,
			    what, SERVER_TOOLS_MAX, SERVER_PAGES_MAX);
	free(cursor);
	free(method);
	return all;
}

cJSON *server_client_tools(struct server_client *c, struct err *err)
{
	c->changed = false;
	ask_for_news(c); /* first, so that no change falls between */
	return server_client_list(c, "tools", err);
}

bool server_client_offers(const struct server_client *c, const char *what)
{
	return strcmp(what, "prompts") == 0 ? c->prompts : c->resources;
}

/* Texts ----------------------------------------------------------------------------------- */

/* Gets a text. A server that wants a form filled in for it is refused. */
static cJSON *ask_text(struct server_client *c, const char *method, cJSON *params, struct err *err)
{
	cJSON *result = ask(c, method, params, err);
	const char *kind = result ? json_string(result, "resultType") : NULL;

	if (!kind || strcmp(kind, "complete") == 0)
		return result;
	cJSON_Delete(result);
	err_set(err, ERR_TOOL, "%s answers %s with a question of its own", c->who, method);
	return NULL;
}

cJSON *server_client_read(struct server_client *c, const char *uri, struct err *err)
{
	cJSON *params = cJSON_CreateObject();

	cJSON_AddStringToObject(params, "uri", uri);
	return ask_text(c, "resources/read", params, err);
}

cJSON *server_client_prompt(struct server_client *c, const char *name, const cJSON *args,
			    struct err *err)
{
	cJSON *params = cJSON_CreateObject();

	cJSON_AddStringToObject(params, "name", name);
	if (args && args->child)
		cJSON_AddItemToObject(params, "arguments", cJSON_Duplicate(args, true));
	return ask_text(c, "prompts/get", params, err);
}

/* Calls ------------------------------------------------------------------------------- */

/* The user's answers to the server's forms; NULL: it wants something else. */
static cJSON *responses(struct server_client *c, const cJSON *result)
{
	const cJSON *wanted = json_object(result, "inputRequests");
	cJSON *out = cJSON_CreateObject();

	for (const cJSON *r = wanted ? wanted->child : NULL; r; r = r->next) {
		const char *method = json_string(r, "method");

		if (!method || strcmp(method, "elicitation/create") != 0) {
			cJSON_Delete(out);
			return NULL;
		}
		cJSON_AddItemToObject(out, r->string, fill_in(c, json_object(r, "params")));
	}
	return out;
}

static cJSON *call_params(const char *tool, const cJSON *args, const cJSON *before)
{
	cJSON *params = cJSON_CreateObject();
	const char *state = json_string(before, "requestState");

	cJSON_AddStringToObject(params, "name", tool);
	cJSON_AddItemToObject(params, "arguments",
			      args ? cJSON_Duplicate(args, true) : cJSON_CreateObject());
	if (before && state)
		cJSON_AddStringToObject(params, "requestState", state);
	return params;
}

cJSON *server_client_call(struct server_client *c, const char *tool, const cJSON *args,
			  struct err *err)
{
	cJSON *before = NULL, *answers = NULL, *result = NULL;

	for (int i = 0; i < ROUNDS; i++) {
		cJSON *params = call_params(tool, args, before);
		const char *kind;

		if (answers)
			cJSON_AddItemToObject(params, "inputResponses", answers);
		cJSON_Delete(before);
		before = answers = NULL;
		c->calls++;
		result = ask(c, "tools/call", params, err);
		if (--c->calls == 0)
			end_form(c);
		kind = result ? json_string(result, "resultType") : NULL;
		if (!result || !kind || strcmp(kind, "complete") == 0)
			return result;
		if (strcmp(kind, "input_required") != 0) {
			cJSON_Delete(result);
			err_set(err, ERR_PARSE,
				"%s answers with a kind of result that is not known", c->who);
			return NULL;
		}
		/* The user may take long, and the server be closed meanwhile. */
		c->asking++;
		answers = responses(c, result);
		if (--c->asking == 0)
			task_queue_wake(&c->idle);
		if (!answers) {
			cJSON_Delete(result);
			err_set(err, ERR_TOOL, "%s wants what posedge does not offer", c->who);
			return NULL;
		}
		before = result;
	}
	cJSON_Delete(before);
	cJSON_Delete(answers);
	err_set(err, ERR_LIMIT, "%s asks the person again and again", c->who);
	return NULL;
}
