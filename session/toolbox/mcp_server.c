/* A connection: its waiting requests, the running one, and the output.
 *
 *	line --> request --> waits --> runs in a task of its own --> answer
 *	                       |         |
 *	   notifications/cancelled:    its task is cancelled, and its output
 *	     it is dropped             is discarded
 *
 * One request runs at a time, since tools need the session and the simulator. The loop
 * keeps reading, so that a cancel or a ping does not wait.
 */
#include "config.h"

#include "session/toolbox/mcp_server.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/jsonrpc.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/toolbox/mcp_inner.h"
#include "session/workbench/workbench.h"

struct job {
	struct job *next;
	struct mcp_server *s;
	struct jsonrpc m;
	size_t bytes; /* length of its line */
	struct task *task;
	bool cancelled;
	double steps; /* progress steps reported */
};

struct mcp_server {
	struct workbench *w;
	void (*send)(void *ctx, const char *data, size_t len);
	void *ctx;
	struct str line;   /* incomplete */
	bool too_long;	   /* the rest of this line is dropped */
	struct job *first; /* waiting requests */
	size_t n_waiting;
	size_t waiting; /* their bytes */
	struct job *running;
	struct task *rests; /* woken when all are answered */
};

static void send(struct mcp_server *s, struct str *line)
{
	if (line->len)
		s->send(s->ctx, line->data, line->len);
	str_free(line);
}

static void refuse(struct mcp_server *s, const cJSON *id, int code, const char *text)
{
	struct str line = STR_INIT;

	jsonrpc_error(&line, id, code, text, NULL);
	send(s, &line);
}

/* Running ------------------------------------------------------------------------- */

static void free_job(struct job *j)
{
	jsonrpc_fini(&j->m);
	free(j);
}

static void start_next(struct mcp_server *s);

static void make_answer(const struct mcp_server *s, const struct jsonrpc *m, struct str *line)
{
	struct mcp_request r = { .use = { .w = s->w, .by = "mcp", .effects = TOOL_OURS },
				 .id = m->id,
				 .params = cJSON_IsObject(m->params) ? m->params : NULL,
				 .out = line };

	mcp_answer(&r, m->method);
}

static void run(void *ctx)
{
	struct job *j = ctx;
	struct mcp_server *s = j->s;
	struct str line = STR_INIT;

	make_answer(s, &j->m, &line);
	if (j->cancelled)
		log_line("mcp", "a cancelled request has ended: %s", j->m.method);
	else
		send(s, &line);
	str_free(&line);
	s->running = NULL;
	free_job(j);
	start_next(s);
}

static void start_next(struct mcp_server *s)
{
	struct job *j = s->first;

	if (s->running)
		return;
	if (!j) {
		if (s->rests)
			task_wake(s->rests);
		return;
	}
	s->first = j->next;
	s->waiting -= j->bytes;
	s->n_waiting--;
	s->running = j;
	j->task = task_start(s->w->loop, run, j);
	task_name(j->task, "mcp request");
}

static void add_job(struct mcp_server *s, struct jsonrpc *m, size_t bytes)
{
	struct job *j = mem_zalloc(sizeof(*j)), **end = &s->first;

	*j = (struct job){ .s = s, .m = *m, .bytes = bytes };
	*m = (struct jsonrpc){ 0 };
	while (*end)
		end = &(*end)->next;
	*end = j;
	s->waiting += bytes;
	s->n_waiting++;
	start_next(s);
}

/* Progress -------------------------------------------------------------------------- */

void mcp_server_note(struct mcp_server *s, const char *text)
{
	struct job *j = s->running;
	const cJSON *token =
		j ? json_get(json_object(j->m.params, "_meta"), "progressToken") : NULL;
	struct str line = STR_INIT;
	cJSON *params;

	if ((!cJSON_IsString(token) && !cJSON_IsNumber(token)) || j->cancelled)
		return;
	params = cJSON_CreateObject();
	cJSON_AddItemToObject(params, "progressToken", cJSON_Duplicate(token, true));
	cJSON_AddNumberToObject(params, "progress", ++j->steps);
	cJSON_AddStringToObject(params, "message", text);
	jsonrpc_notify(&line, "notifications/progress", params);
	send(s, &line);
}

/* Cancelling ------------------------------------------------------------------------ */

static bool is_id(const struct job *j, const cJSON *id)
{
	return j && id && cJSON_Compare(j->m.id, id, true);
}

static void cancel(struct mcp_server *s, const cJSON *id)
{
	struct job **at = &s->first, *gone;

	if (is_id(s->running, id)) {
		/* `initialize` must not be cancelled, and ends at once anyway. */
		if (!s->running->cancelled && strcmp(s->running->m.method, "initialize") != 0) {
			s->running->cancelled = true;
			task_cancel(s->running->task);
		}
		return;
	}
	while (*at && !is_id(*at, id))
		at = &(*at)->next;
	gone = *at;
	if (!gone)
		return; /* already answered */
	*at = gone->next;
	s->waiting -= gone->bytes;
	s->n_waiting--;
	free_job(gone);
}

/* Input ---------------------------------------------------------------------------- */

static bool is_known(const struct mcp_server *s, const cJSON *id)
{
	if (is_id(s->running, id))
		return true;
	for (const struct job *j = s->first; j; j = j->next)
		if (is_id(j, id))
			return true;
	return false;
}

/* Answers a request that needs no task. */
static void answer(struct mcp_server *s, const struct jsonrpc *m)
{
	struct str line = STR_INIT;

	make_answer(s, m, &line);
	send(s, &line);
}

static void on_request(struct mcp_server *s, struct jsonrpc *m, size_t bytes)
{
	if (is_known(s, m->id))
		/* The client would take an answer with this id for that of the other
		 * request. */
		refuse(s, NULL, JSONRPC_REQUEST, "a request of this id is being answered");
	else if (strcmp(m->method, "ping") == 0)
		answer(s, m);
	else if (s->waiting + bytes > MCP_WAITING_MAX || s->n_waiting == MCP_REQUESTS_MAX)
		refuse(s, m->id, JSONRPC_INTERNAL, "too much waits to be answered already");
	else
		add_job(s, m, bytes);
}

static void on_line(struct mcp_server *s, const char *line, size_t len)
{
	struct jsonrpc m;
	struct err err;
	int code;

	while (len && strchr(" \t\r\n", line[len - 1]))
		len--;
	if (len == 0)
		return;
	if (!jsonrpc_read(line, len, &m, &code, &err))
		refuse(s, m.id, code, err.text);
	else if (m.kind == JSONRPC_ASKS)
		on_request(s, &m, len);
	else if (m.kind == JSONRPC_TELLS && strcmp(m.method, "notifications/cancelled") == 0)
		cancel(s, json_get(m.params, "requestId"));
	jsonrpc_fini(&m);
}

void mcp_server_end(struct mcp_server *s)
{
	if (s->too_long)
		refuse(s, NULL, JSONRPC_PARSE, "the message is too long");
	else if (s->line.len)
		on_line(s, s->line.data, s->line.len);
	s->too_long = false;
	str_clear(&s->line);
}

void mcp_server_feed(struct mcp_server *s, const char *data, size_t len)
{
	while (len) {
		const char *lf = memchr(data, '\n', len);
		size_t n = lf ? (size_t)(lf - data) : len;

		s->too_long = s->too_long || s->line.len + n > MCP_MESSAGE_MAX;
		if (s->too_long)
			str_free(&s->line);
		else
			str_add(&s->line, data, n);
		if (lf)
			mcp_server_end(s);
		data += n + (lf != NULL);
		len -= n + (lf != NULL);
	}
}

/* Beginning and end ------------------------------------------------------------------- */

struct mcp_server *mcp_server_new(struct workbench *w,
				  void (*send_line)(void *ctx, const char *data, size_t len),
				  void *ctx)
{
	struct mcp_server *s = mem_zalloc(sizeof(*s));

	*s = (struct mcp_server){ .w = w, .send = send_line, .ctx = ctx };
	return s;
}

bool mcp_server_rest(struct mcp_server *s, struct err *err)
{
	bool ok = true;

	s->rests = task_self();
	while (ok && (s->running || s->first))
		ok = task_wait(err);
	s->rests = NULL;
	return ok;
}

void mcp_server_free(struct mcp_server *s)
{
	if (!s)
		return;
	while (s->first) {
		struct job *j = s->first;

		s->first = j->next;
		free_job(j);
	}
	s->rests = task_self();
	if (s->running && !s->running->cancelled) {
		s->running->cancelled = true;
		task_cancel(s->running->task);
	}
	while (s->running)
		task_wait_uncancelled();
	str_free(&s->line);
	free(s);
}
