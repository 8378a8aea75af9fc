/* Turns `session/update` notifications of the Agent Client Protocol into pieces of an
 * answer. One row of `kinds` for each kind of update; unknown kinds are ignored, as the
 * protocol requires.
 *
 * An answer here is one text and one stream of reasoning, while an agent sends
 * messages, thoughts, tool calls and plans in any order. So `begin` ends an open line
 * before something else follows, and each new message id starts a paragraph. Tool calls
 * and plans become lines `[kind] title` of the reasoning. A message may be sent in
 * chunks and then again as a whole: the part already shown is skipped if it is a prefix
 * (`said`), and nothing shown is ever taken back.
 */
#include "config.h"

#include "backends/acp/acp_update.h"

#include <stdlib.h>
#include <string.h>

#include "backends/acp/acp_diff.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"

#define COST_MAX 1e9 /* of any currency; more is no price */

struct out {
	struct acp_turn *t;
	piece_fn *show;
	void *ctx;
};

void acp_turn_init(struct acp_turn *t)
{
	memset(t, 0, sizeof(*t));
	t->last = -1;
	t->used = (struct usage){ -1, -1, -1, -1 };
}

void acp_turn_fini(struct acp_turn *t)
{
	for (size_t i = 0; i < t->n_tools; i++) {
		free(t->tools[i].id);
		free(t->tools[i].title);
	}
	free(t->tools);
	free(t->message);
	free(t->stop);
	free(t->error);
	str_free(&t->said);
	memset(t, 0, sizeof(*t));
}

static void emit(struct out *o, enum piece_kind kind, const char *text, size_t len)
{
	struct piece p = { .kind = kind, .text = text, .len = len, .usage = { -1, -1, -1, -1 } };

	if (len == 0)
		return;
	o->show(o->ctx, &p);
	if (kind == PIECE_NOTE)
		return;
	o->t->last = kind;
	o->t->open[kind == PIECE_REASONING] = text[len - 1] != '\n';
}

/* Ends an open line, so that the next piece starts on its own; a text after a step
 * starts a paragraph. */
static void begin(struct out *o, enum piece_kind kind, bool paragraph)
{
	if (o->t->open[kind == PIECE_REASONING])
		emit(o, kind, paragraph ? "\n\n" : "\n", paragraph ? 2 : 1);
}

/* Appends at most ACP_TITLE_MAX bytes of text as one line of whole characters. */
static void one_line(const char *text, struct str *out)
{
	size_t len = strlen(text), n = len > ACP_TITLE_MAX ? ACP_TITLE_MAX : len;

	n -= n < len ? utf8_partial_tail(text, n) : 0;
	for (size_t i = 0; i < n; i++)
		str_addc(out, (unsigned char)text[i] < 0x20 ? ' ' : text[i]);
	if (n < len)
		str_adds(out, "...");
}

void acp_say_step(struct acp_turn *t, const char *what, const char *title, piece_fn *show,
		  void *ctx)
{
	struct out o = { t, show, ctx };
	struct str line = STR_INIT;

	str_addc(&line, '[');
	one_line(what, &line);
	str_adds(&line, "] ");
	one_line(title, &line);
	str_addc(&line, '\n');
	begin(&o, PIECE_REASONING, false);
	emit(&o, PIECE_REASONING, line.data, line.len);
	free(t->message); /* the next message starts a paragraph */
	t->message = NULL;
	str_clear(&t->said);
	str_free(&line);
}

/* Texts --------------------------------------------------------------------------- */

static void content_text(const cJSON *content, struct str *out)
{
	const char *type = json_string(content, "type"), *text = json_string(content, "text");
	const char *uri = json_string(content, "uri");

	if (!type)
		return;
	if (strcmp(type, "text") == 0 && text)
		str_adds(out, text);
	else if (strcmp(type, "resource_link") == 0 && uri)
		str_addf(out, "<%s>", uri);
	else if (strcmp(type, "image") == 0 || strcmp(type, "audio") == 0)
		str_addf(out, "[%s]", type);
}

/* A message without an id continues the last one of its kind. */
static bool other_message(const struct acp_turn *t, enum piece_kind kind, const char *id)
{
	if (t->last != (int)kind)
		return true;
	return id ? !t->message || strcmp(t->message, id) != 0 : !t->message && t->said.len == 0;
}

static void turn_to(struct out *o, enum piece_kind kind, const char *id)
{
	struct acp_turn *t = o->t;

	if (!other_message(t, kind, id))
		return;
	begin(o, kind, true);
	free(t->message);
	t->message = mem_strdup(id);
	str_clear(&t->said);
}

static void chunk(struct out *o, enum piece_kind kind, const cJSON *update)
{
	struct str text = STR_INIT;

	content_text(json_object(update, "content"), &text);
	if (text.len) {
		turn_to(o, kind, json_string(update, "messageId"));
		emit(o, kind, text.data, text.len);
		str_add(&o->t->said, text.data, text.len);
	}
	str_free(&text);
}

/* A complete message: skips the part that was already shown. A different text is shown
 * after it, since nothing can be taken back. */
static void whole(struct out *o, enum piece_kind kind, const cJSON *update)
{
	const cJSON *content = json_array(update, "content"), *part;
	struct str text = STR_INIT;
	size_t from;

	cJSON_ArrayForEach(part, content)
		content_text(part, &text);
	if (text.len) {
		turn_to(o, kind, json_string(update, "messageId"));
		from = o->t->said.len <= text.len &&
				       memcmp(str_cstr(&o->t->said), text.data, o->t->said.len) == 0
			       ? o->t->said.len
			       : 0;
		if (from == 0 && o->t->said.len)
			begin(o, kind, true);
		emit(o, kind, text.data + from, text.len - from);
		str_clear(&o->t->said);
		str_add(&o->t->said, text.data, text.len);
	}
	str_free(&text);
}

static void said(struct out *o, const cJSON *u)
{
	chunk(o, PIECE_TEXT, u);
}

static void thought(struct out *o, const cJSON *u)
{
	chunk(o, PIECE_REASONING, u);
}

static void message(struct out *o, const cJSON *u)
{
	whole(o, PIECE_TEXT, u);
}

static void whole_thought(struct out *o, const cJSON *u)
{
	whole(o, PIECE_REASONING, u);
}

/* Tools --------------------------------------------------------------------------- */

static struct acp_tool *tool_of(struct acp_turn *t, const char *id)
{
	for (size_t i = 0; i < t->n_tools; i++)
		if (strcmp(t->tools[i].id, id) == 0)
			return &t->tools[i];
	return NULL;
}

static struct acp_tool *new_tool(struct acp_turn *t, const char *id, const char *title)
{
	if (t->n_tools == ACP_TOOLS_MAX)
		return NULL;
	MEM_ROOM(t->tools, t->n_tools, t->cap_tools);
	t->tools[t->n_tools] = (struct acp_tool){ mem_strdup(id), mem_strdup(title), false, false };
	return &t->tools[t->n_tools++];
}

static bool is_end(const char *status)
{
	return status && (strcmp(status, "completed") == 0 || strcmp(status, "failed") == 0 ||
			  strcmp(status, "cancelled") == 0);
}

void acp_say_change(struct acp_turn *t, const cJSON *call, piece_fn *show, void *ctx)
{
	const char *id = json_string(call, "toolCallId");
	struct acp_tool *tool = id ? tool_of(t, id) : NULL;
	struct out o = { t, show, ctx };
	struct str told = STR_INIT;

	if (t->changes < ACP_SHOWN_MAX && !(tool && tool->shown))
		acp_diff_tell(call, &told);
	if (told.len) {
		begin(&o, PIECE_REASONING, false);
		emit(&o, PIECE_REASONING, told.data, told.len);
		t->changes += told.len;
		if (tool)
			tool->shown = true;
	}
	str_free(&told);
}

/* Shows a line when the tool is first mentioned, and another if it failed. */
static void tool(struct out *o, const cJSON *u)
{
	const char *id = json_string(u, "toolCallId"), *title = json_string(u, "title");
	const char *kind = json_string(u, "kind"), *status = json_string(u, "status");
	struct acp_tool *t = id ? tool_of(o->t, id) : NULL;

	if (!id)
		return;
	if (!t) {
		if (!title)
			title = json_string(u, "name") ? json_string(u, "name") : "a tool";
		t = new_tool(o->t, id, title);
		acp_say_step(o->t, kind ? kind : "tool", title, o->show, o->ctx);
	}
	if (t)
		acp_say_change(o->t, u, o->show, o->ctx);
	if (!t || t->ended || !is_end(status))
		return;
	t->ended = true;
	if (strcmp(status, "completed") != 0)
		acp_say_step(o->t, status, t->title, o->show, o->ctx);
}

/* The plan, complete each time. */
static void plan_entries(struct out *o, const cJSON *entries)
{
	const cJSON *e;

	cJSON_ArrayForEach(e, entries) {
		const char *text = json_string(e, "content"), *status = json_string(e, "status");
		bool done = status && strcmp(status, "completed") == 0;

		if (text)
			acp_say_step(o->t, done ? "x" : " ", text, o->show, o->ctx);
	}
}

static void plan(struct out *o, const cJSON *u)
{
	plan_entries(o, json_array(u, "entries"));
}

static void plan_update(struct out *o, const cJSON *u)
{
	plan_entries(o, json_array(json_object(u, "plan"), "entries"));
}

/* The rest ------------------------------------------------------------------------- */

static void usage(struct out *o, const cJSON *u)
{
	const cJSON *cost = json_object(u, "cost");
	const char *currency = json_string(cost, "currency");
	double amount = json_number(cost, "amount", 0);
	unsigned long long used = json_uint(u, "used", 0);

	o->t->used.in = used && used < (1ull << 40) ? (long)used : o->t->used.in;
	o->t->window = (size_t)json_uint(u, "size", o->t->window);
	if (!currency || strlen(currency) >= sizeof(o->t->currency) || !(amount >= 0) ||
	    amount > COST_MAX)
		return;
	o->t->cost = amount;
	memcpy(o->t->currency, currency, strlen(currency) + 1);
}

static void notice(struct out *o, const cJSON *u)
{
	const char *title = json_string(u, "title"), *more = json_string(u, "description");
	struct str line = STR_INIT;

	if (!title)
		return;
	str_adds(&line, "the agent says: ");
	one_line(title, &line);
	if (more)
		str_adds(&line, ": ");
	one_line(more ? more : "", &line);
	emit(o, PIECE_NOTE, line.data, line.len);
	str_free(&line);
}

static void compaction(struct out *o, const cJSON *u)
{
	const char *status = json_string(u, "status");

	acp_say_step(o->t, "compaction", status ? status : "its context is made smaller", o->show,
		     o->ctx);
}

static void state(struct out *o, const cJSON *u)
{
	struct acp_turn *t = o->t;
	const char *name = json_string(u, "state"), *stop = json_string(u, "stopReason");
	const char *error = json_string(json_object(u, "error"), "message");

	if (name && strcmp(name, "running") == 0)
		t->running = true;
	/* "idle" without a reason may be the state before the prompt; one that arrives before
	 * the prompt was answered repeats the end of the previous turn. */
	if (!name || strcmp(name, "idle") != 0 || t->idle ||
	    (!t->running && !(stop && t->accepted)))
		return;
	t->idle = true;
	t->stop = mem_strdup(stop);
	t->error = mem_strdup(error);
}

static const struct {
	const char *name;
	void (*take)(struct out *o, const cJSON *update);
} kinds[] = {
	{ "agent_message_chunk", said },
	{ "agent_message", message },
	{ "agent_thought_chunk", thought },
	{ "agent_thought", whole_thought },
	{ "tool_call", tool },
	{ "tool_call_update", tool },
	{ "plan", plan },
	{ "plan_update", plan_update },
	{ "usage_update", usage },
	{ "notice", notice },
	{ "compaction_update", compaction },
	{ "state_update", state },
};

void acp_update(struct acp_turn *t, const cJSON *update, piece_fn *show, void *ctx)
{
	const char *name = json_string(update, "sessionUpdate");
	struct out o = { t, show, ctx };

	for (size_t i = 0; name && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			kinds[i].take(&o, update);
}

enum finish_reason acp_finish(const char *stop)
{
	static const struct {
		const char *name;
		enum finish_reason finish;
	} reasons[] = {
		{ "end_turn", FINISH_STOP },   { "max_tokens", FINISH_LENGTH },
		{ "refusal", FINISH_FILTER },  { "max_turn_requests", FINISH_PAUSE },
		{ "cancelled", FINISH_OTHER }, { "error", FINISH_ERROR },
	};

	for (size_t i = 0; stop && i < sizeof(reasons) / sizeof(*reasons); i++)
		if (strcmp(reasons[i].name, stop) == 0)
			return reasons[i].finish;
	return stop ? FINISH_OTHER : FINISH_STOP;
}
