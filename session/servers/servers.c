/* One slot per server:
 *
 *	named --gather--> starts --> runs, its tools are rows --dies--> named
 *	                    |                                            again
 *	                    +--fails--> a note; SERVER_STARTS_MAX times in all
 *
 * Servers that do not run are started in parallel, AT_ONCE at a time, so that a silent
 * one does not delay the others. Their rows are made afterwards, in the order of the
 * slots: the list of tools must not depend on who was first.
 *
 * A row of the toolbox points to a struct offered, which lives as long as the slots: a
 * call may still run when its row, server or slot is gone; it detects that by looking
 * up the name.
 */
#include "config.h"

#include "session/servers/servers.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/servers/server_client.h"
#include "session/servers/server_entry.h"
#include "session/servers/server_tool.h"
#include "session/servers/server_trust.h"
#include "session/toolbox/toolbox.h"
#include "session/workbench/workbench.h"

#define AT_ONCE 8u /* a server may be as large as node */

struct offered {
	struct servers *all;
	struct offered *next;
	char *server, *theirs;
};

struct slot {
	struct server_entry entry;
	struct server_client *client; /* NULL: not running */
	cJSON *tools;		      /* as described by the server; NULL: not known */
	bool trusted, failed;	      /* failed: the failure was noted */
	bool listed;		      /* tools is new; rows are not made yet */
	unsigned starts;
};

struct servers {
	struct workbench *w;
	struct slot v[SERVERS_MAX];
	size_t n;
	struct server_client *gone[SERVERS_MAX]; /* clients to be closed in a task */
	size_t n_gone;
	struct offered *offered;
	bool busy; /* a task is gathering */
	struct task_queue queue;
};

static struct slot *find(struct servers *s, const char *name)
{
	for (size_t i = 0; s && i < s->n; i++)
		if (strcmp(s->v[i].entry.name, name) == 0)
			return &s->v[i];
	return NULL;
}

/* Rows ------------------------------------------------------------------------------ */

static void remove_rows(struct servers *s, const char *server)
{
	for (struct offered *o = s->offered; o; o = o->next)
		if (strcmp(o->server, server) == 0)
			toolbox_remove(toolbox_of(&s->w->tools), o);
}

/* The slot may change while the server works. */
static bool call(struct tool_call *c, struct err *err)
{
	struct offered *o = c->ctx;
	struct slot *slot = find(o->all, o->server);
	struct str said = STR_INIT;
	cJSON *result;
	bool good;

	if (!slot || !slot->client)
		return err_set(err, ERR_TOOL, "the server %s does not run any more", o->server);
	result = server_client_call(slot->client, o->theirs, c->args, err);
	if (!result)
		return false;
	good = server_result_text(o->server, result, &said);
	cJSON_Delete(result);
	for (size_t i = 0; !good && i < said.len; i++)
		if (said.data[i] == '\n')
			said.data[i] = ' ';
	if (good)
		str_add(c->out, str_cstr(&said), said.len);
	else
		err_set(err, ERR_TOOL, "%s", str_cstr(&said));
	str_free(&said);
	return good;
}

static struct offered *offered_of(struct servers *s, const struct slot *slot,
				  const struct server_tool *t)
{
	struct offered *o;

	for (o = s->offered; o; o = o->next)
		if (strcmp(o->server, slot->entry.name) == 0 && strcmp(o->theirs, t->theirs) == 0)
			return o;
	o = mem_zalloc(sizeof(*o));
	*o = (struct offered){ .all = s,
			       .next = s->offered,
			       .server = mem_strdup(slot->entry.name),
			       .theirs = mem_strdup(t->theirs) };
	s->offered = o;
	return o;
}

/* If two names are equal after cleaning, the first tool keeps it. */
static void add_row(struct servers *s, const struct slot *slot, const struct server_tool *t,
		    struct str *left)
{
	char *source = str_fmt("mcp:%s", slot->entry.name);
	struct tool row = { .name = t->name,
			    .about = t->about,
			    .schema = t->schema,
			    .effect = TOOL_FOREIGN,
			    .call = call,
			    .ctx = offered_of(s, slot, t),
			    .source = source };
	struct err why;

	if (!toolbox_add(toolbox_of(&s->w->tools), &row, &why))
		str_addf(left, "server %s: %s\n", slot->entry.name, why.text);
	free(source);
}

static void add_rows(struct servers *s, struct slot *slot)
{
	struct str left = STR_INIT;

	slot->listed = false;
	remove_rows(s, slot->entry.name);
	for (const cJSON *d = slot->tools ? slot->tools->child : NULL; d; d = d->next) {
		struct server_tool t;

		if (server_tool_init(&t, slot->entry.name, d, slot->trusted))
			add_row(s, slot, &t, &left);
		server_tool_fini(&t);
	}
	if (left.len) {
		left.data[strcspn(left.data, "\n")] = '\0';
		report_note(&s->w->out, "%s", left.data);
	}
	str_free(&left);
}

/* Starting --------------------------------------------------------------------------- */

static void stop(struct servers *s, struct slot *slot)
{
	struct server_client *c = slot->client;

	slot->client = NULL;
	remove_rows(s, slot->entry.name);
	cJSON_Delete(slot->tools);
	slot->tools = NULL;
	slot->listed = false;
	server_client_close(c);
}

/* Call only from the task that has set `busy`. The slot stays in place meanwhile:
 * only the holder of `busy`, or code that runs while no task gathers, removes or
 * replaces slots. */
static bool open_slot(struct servers *s, struct slot *slot, struct err *err)
{
	cJSON *tools;

	if (slot->client && !server_client_alive(slot->client))
		stop(s, slot);
	if (slot->client && !server_client_changed(slot->client))
		return true;
	if (!slot->client) {
		if (slot->starts == SERVER_STARTS_MAX)
			return err_set(err, ERR_TOOL,
				       "server %s has failed %u times and is not started again",
				       slot->entry.name, SERVER_STARTS_MAX);
		slot->starts++;
		slot->client = server_client_start(s->w, &slot->entry, err);
		if (!slot->client)
			return false;
	}
	tools = server_client_tools(slot->client, err);
	if (!tools) {
		stop(s, slot);
		return false;
	}
	cJSON_Delete(slot->tools);
	slot->tools = tools;
	slot->trusted = server_trusted(&slot->entry, tools);
	slot->failed = false;
	slot->listed = true;
	return true;
}

static bool bring_up(struct servers *s, struct slot *slot, struct err *err)
{
	bool ok = open_slot(s, slot, err);

	if (slot->listed)
		add_rows(s, slot);
	return ok;
}

static void take_turn(struct servers *s)
{
	while (s->busy)
		task_queue_wait(&s->queue);
	s->busy = true;
}

/* Their grace periods pass together. */
static void close_gone(struct servers *s)
{
	for (size_t i = 0; i < s->n_gone; i++)
		server_client_hang_up(s->gone[i]);
	while (s->n_gone)
		server_client_close(s->gone[--s->n_gone]);
}

static void end_turn(struct servers *s)
{
	close_gone(s);
	s->busy = false;
	task_queue_wake(&s->queue);
}

struct gathering {
	struct servers *s;
	size_t next, n;		 /* the slots that existed at the start */
	struct task *v[AT_ONCE]; /* NULL: ended */
	unsigned running;
	struct task_queue ended;
};

/* Notes a failure at once, while others are still starting. */
static void gather_one(struct servers *s, struct slot *slot)
{
	struct err why = { 0 };

	if (open_slot(s, slot, &why) || why.code == ERR_CANCELLED)
		return;
	if (!slot->failed)
		report_note(&s->w->out, "%s", why.text);
	slot->failed = true;
}

static void gather_some(void *ctx)
{
	struct gathering *g = ctx;

	while (g->next < g->n && !task_cancelled(task_self()))
		gather_one(g->s, &g->s->v[g->next++]);
	for (size_t i = 0; i < AT_ONCE; i++)
		if (g->v[i] == task_self())
			g->v[i] = NULL;
	g->running--;
	task_queue_wake(&g->ended);
}

/* False: cancelled. All tasks have ended in any case. */
static bool gather_all(struct servers *s)
{
	struct gathering g = { .s = s, .n = s->n };
	bool cancelled = task_cancelled(task_self());

	for (size_t i = 0; !cancelled && i < AT_ONCE && i < g.n; i++) {
		g.v[i] = task_start(s->w->loop, gather_some, &g);
		task_name(g.v[i], "start of servers");
		g.running++;
	}
	while (g.running) {
		task_queue_wait(&g.ended);
		if (cancelled || !task_cancelled(task_self()))
			continue;
		cancelled = true;
		for (size_t i = 0; i < AT_ONCE; i++)
			if (g.v[i])
				task_cancel(g.v[i]);
	}
	return !cancelled;
}

/* Starts all servers that do not run, in parallel, and updates the toolbox. Each failure
 * is noted once. False: cancelled. */
static bool gather(struct workbench *w, struct err *err)
{
	struct servers *s = w->tools.servers;
	bool ok;

	if (!s)
		return true;
	take_turn(s);
	ok = gather_all(s);
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].listed)
			add_rows(s, &s->v[i]);
	end_turn(s);
	return ok || err_set(err, ERR_CANCELLED, "cancelled");
}

/* The list ---------------------------------------------------------------------------- */

static void fini_slot(struct servers *s, struct slot *slot)
{
	stop(s, slot);
	server_entry_fini(&slot->entry);
}

static void free_servers(struct servers *s)
{
	for (size_t i = 0; i < s->n; i++)
		server_client_hang_up(s->v[i].client);
	close_gone(s);
	for (size_t i = 0; i < s->n; i++)
		fini_slot(s, &s->v[i]);
	while (s->offered) {
		struct offered *o = s->offered;

		s->offered = o->next;
		free(o->server);
		free(o->theirs);
		free(o);
	}
	free(s);
}

static struct servers *servers_of(struct workbench *w)
{
	if (!w->tools.servers) {
		w->tools.servers = mem_zalloc(sizeof(*w->tools.servers));
		w->tools.servers->w = w;
		w->tools.free_servers = free_servers;
		w->tools.gather = gather;
	}
	return w->tools.servers;
}

bool servers_add(struct workbench *w, struct server_entry *e, struct err *err)
{
	struct servers *s = servers_of(w);
	struct slot *slot = find(s, e->name);

	if (!slot && s->n == SERVERS_MAX)
		return err_set(err, ERR_LIMIT, "mcp add %s: there are %u servers already", e->name,
			       SERVERS_MAX);
	if (slot && (s->busy || s->n_gone == SERVERS_MAX))
		return err_set(err, ERR_BUSY, "mcp add %s: it is just being started", e->name);
	if (slot && slot->client) {
		remove_rows(s, e->name);
		s->gone[s->n_gone++] = slot->client;
	}
	if (slot) {
		cJSON_Delete(slot->tools);
		server_entry_fini(&slot->entry);
	} else {
		slot = &s->v[s->n++];
	}
	*slot = (struct slot){ .entry = *e };
	memset(e, 0, sizeof(*e));
	return true;
}

bool servers_remove(struct workbench *w, const char *name, struct err *err)
{
	struct servers *s = servers_of(w);
	struct slot *slot;

	take_turn(s);
	slot = find(s, name);
	if (slot) {
		fini_slot(s, slot);
		memmove(slot, slot + 1, (size_t)(s->v + s->n - slot - 1) * sizeof(*slot));
		s->n--;
	}
	end_turn(s);
	return slot || err_set(err, ERR_NOT_FOUND, "mcp: there is no server %.40s", name);
}

size_t servers_count(struct servers *servers)
{
	return servers ? servers->n : 0;
}

const struct server_entry *servers_at(struct servers *servers, size_t i)
{
	return &servers->v[i].entry;
}

const struct server_entry *servers_find(struct servers *servers, const char *name, struct err *err)
{
	struct slot *slot = find(servers, name);

	if (slot)
		return &slot->entry;
	err_set(err, ERR_NOT_FOUND, "mcp: there is no server %.40s; `mcp list` names them", name);
	return NULL;
}

/* For the user ------------------------------------------------------------------------ */

/* Names a tool that is not offered, and says why. */
static void add_unfit(const char *server, const cJSON *described, struct str *out)
{
	const char *name = json_string(described, "name");
	char *shown = name && name[0] ? server_tool_name(server, name) : mem_strdup("a tool");

	str_addf(out, "  %s\n      (not offered: %s)\n", shown, server_tool_unfit(described));
	free(shown);
}

static void describe_tools(const struct slot *slot, struct str *out)
{
	str_addf(out, "%s: %s; its words are %s\n", slot->entry.name,
		 server_client_title(slot->client),
		 slot->trusted ? "trusted" : "not trusted: models do not see them");
	for (const cJSON *d = slot->tools->child; d; d = d->next) {
		struct server_tool t;

		if (server_tool_init(&t, slot->entry.name, d, slot->trusted))
			str_addf(out, "  %s\n      %s\n", t.name,
				 t.told[0] ? t.told : "(it says nothing of it)");
		else
			add_unfit(slot->entry.name, d, out);
		server_tool_fini(&t);
	}
}

/* Runs fn on the slot of a running server; starts it if necessary. */
static bool with(struct workbench *w, const char *name,
		 bool (*fn)(struct slot *slot, void *ctx, struct err *err), void *ctx,
		 struct err *err)
{
	struct servers *s = servers_of(w);
	struct slot *slot;
	bool ok;

	take_turn(s);
	slot = find(s, name);
	ok = slot != NULL || err_set(err, ERR_NOT_FOUND,
				     "mcp: there is no server %.40s; `mcp list` names them", name);
	ok = ok && bring_up(s, slot, err) && fn(slot, ctx, err);
	end_turn(s);
	return ok;
}

/* Lists prompts or resources in the server's words, for the user to judge. A failure
 * to list a declared capability is ignored. */
static void describe_list(const struct slot *slot, const char *what, const char *one,
			  bool (*line)(const cJSON *described, struct str *out), struct str *out)
{
	cJSON *all = server_client_offers(slot->client, what)
			     ? server_client_list(slot->client, what, NULL)
			     : NULL;

	for (const cJSON *d = all ? all->child : NULL; d; d = d->next) {
		struct str s = STR_INIT;

		if (line(d, &s))
			str_addf(out, "  %s %s\n", one, str_cstr(&s));
		str_free(&s);
	}
	cJSON_Delete(all);
}

static bool describe(struct slot *slot, void *ctx, struct err *err)
{
	describe_tools(slot, ctx);
	describe_list(slot, "prompts", "prompt", server_prompt_line, ctx);
	describe_list(slot, "resources", "resource", server_resource_line, ctx);
	return true;
}

bool servers_describe(struct workbench *w, const char *name, struct str *out, struct err *err)
{
	return with(w, name, describe, out, err);
}

static bool trust(struct slot *slot, void *ctx, struct err *err)
{
	if (!server_trust(&slot->entry, slot->tools, err))
		return false;
	slot->trusted = true;
	add_rows(ctx, slot);
	return true;
}

bool servers_trust(struct workbench *w, const char *name, struct err *err)
{
	return with(w, name, trust, servers_of(w), err);
}

struct wanted {
	const char *what;  /* a URI, or the name of a prompt */
	const cJSON *args; /* of the prompt */
	struct str *out;
};

static bool read_resource(struct slot *slot, void *ctx, struct err *err)
{
	const struct wanted *want = ctx;
	cJSON *result = server_client_read(slot->client, want->what, err);
	bool ok = result && (server_resource_text(slot->entry.name, result, want->out) ||
			     err_set(err, ERR_NOT_FOUND, "mcp:%s: %.200s has no text",
				     slot->entry.name, want->what));

	cJSON_Delete(result);
	return ok;
}

bool servers_read(struct workbench *w, const char *name, const char *uri, struct str *out,
		  struct err *err)
{
	return with(w, name, read_resource, &(struct wanted){ uri, NULL, out }, err);
}

static bool get_prompt(struct slot *slot, void *ctx, struct err *err)
{
	const struct wanted *want = ctx;
	cJSON *result = server_client_prompt(slot->client, want->what, want->args, err);
	bool ok = result && (server_prompt_text(result, want->out) ||
			     err_set(err, ERR_NOT_FOUND, "mcp:%s: the prompt %.80s has no text",
				     slot->entry.name, want->what));

	cJSON_Delete(result);
	return ok;
}

bool servers_prompt(struct workbench *w, const char *name, const char *prompt, char *const *words,
		    size_t n, struct str *out, struct err *err)
{
	cJSON *args = cJSON_CreateObject();
	bool ok = true;

	for (size_t i = 0; ok && i < n; i++) {
		const char *is = strchr(words[i], '=');
		char *arg = is && is != words[i] ? mem_strndup(words[i], (size_t)(is - words[i]))
						 : NULL;

		ok = arg ||
		     err_set(err, ERR_USAGE, "mcp:%.40s:%.80s: NAME=VALUE was expected, not %.80s",
			     name, prompt, words[i]);
		if (ok)
			cJSON_AddStringToObject(args, arg, is + 1);
		free(arg);
	}
	ok = ok && with(w, name, get_prompt, &(struct wanted){ prompt, args, out }, err);
	cJSON_Delete(args);
	return ok;
}
