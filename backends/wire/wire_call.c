/* Calls of tools, assembled from fragments. Servers number them by an index, by an id,
 * by both, or by neither; an id may be missing, empty, repeated or used twice, and a
 * name may be repeated or come in parts. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/json.h"
#include "session/base/mem.h"

#define NAME_MOST 128u /* bytes of a tool's name */

static const char our_id[] = "posedge-call-";

void wire_give(struct wire_stream *s, const struct piece *p)
{
	const struct piece start = { .kind = PIECE_START, .text = "", .usage = { -1, -1, -1, -1 } };

	if (!s->started) { /* the server named no model */
		s->started = true;
		s->stopped = !s->piece(s->ctx, &start);
	}
	s->stopped = s->stopped || !s->piece(s->ctx, p);
}

/* Follows the brackets of the arguments, as they come in fragments. */
static void follow(struct wire_call *c, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool escaped = c->escaped;

		c->escaped = c->in_string && !escaped && text[i] == '\\';
		if (text[i] == '"' && !escaped) {
			c->in_string = !c->in_string;
		} else if (!c->in_string && (text[i] == '{' || text[i] == '[')) {
			c->depth++;
			c->complete = false;
		} else if (!c->in_string && (text[i] == '}' || text[i] == ']')) {
			c->depth--;
			c->complete = c->depth == 0;
		}
	}
}

/* Some servers reuse an index for several calls: with different ids, or, without any,
 * each with its name after the arguments of the one before are complete. */
static struct wire_call *find_call(struct wire_stream *s, long index, const char *id,
				   const char *name)
{
	for (size_t i = s->n_calls; i-- > 0;) {
		struct wire_call *c = &s->calls[i];

		if (c->index != index || c->sent)
			continue;
		if (id && *id && c->id)
			return strcmp(c->id, id) == 0 ? c : NULL;
		return name && *name && c->name && c->complete ? NULL : c;
	}
	return NULL;
}

/* The name, too, may come in parts; others repeat it with each fragment. */
static void add_to_name(struct wire_call *c, const char *part)
{
	char *whole =
		strlen(c->name) + strlen(part) <= NAME_MOST ? str_fmt("%s%s", c->name, part) : NULL;

	if (whole) {
		free(c->name);
		c->name = whole;
	}
}

struct wire_call *wire_call(struct wire_stream *s, long index, const char *id, const char *name)
{
	struct wire_call *c = find_call(s, index, id, name);

	s->content_seen = true;
	if (!c) {
		if (s->n_calls == WIRE_CALLS_MAX) {
			err_set(&s->err, ERR_LIMIT, "the answer calls more than %u tools",
				WIRE_CALLS_MAX);
			return NULL;
		}
		s->cap_calls = mem_grow((void **)&s->calls, s->cap_calls, s->n_calls + 1,
					sizeof(*s->calls));
		c = &s->calls[s->n_calls++];
		*c = (struct wire_call){ .index = index };
	}
	if (!c->id && id && *id)
		c->id = mem_strdup(id);
	if (!c->name && name && *name)
		c->name = mem_strdup(name);
	else if (name && *name && !c->args.len && strcmp(c->name, name) != 0)
		add_to_name(c, name);
	return c;
}

bool wire_call_args(struct wire_stream *s, struct wire_call *c, const char *text, size_t len)
{
	if (c->args.len + len > WIRE_ARGS_MAX)
		return err_set(&s->err, ERR_LIMIT, "the arguments of a call are longer than %u MB",
			       WIRE_ARGS_MAX >> 20);
	str_add(&c->args, text, len);
	follow(c, text, len);
	return true;
}

static bool is_taken(const struct wire_stream *s, const struct wire_call *c)
{
	for (size_t i = 0; i < s->n_calls; i++)
		if (&s->calls[i] != c && s->calls[i].sent && s->calls[i].id &&
		    strcmp(s->calls[i].id, c->id) == 0)
			return true;
	return false;
}

/* Delivers the call; one without a name is dropped. An id already used by another call
 * is replaced. */
void wire_call_end(struct wire_stream *s, struct wire_call *c)
{
	struct piece p = { .kind = PIECE_CALL, .name = c->name, .usage = { -1, -1, -1, -1 } };
	char *id = c->id && !is_taken(s, c) ? NULL
					    : str_fmt("%s%zu", our_id, (size_t)(c - s->calls) + 1);

	if (!c->sent && c->name) {
		p.id = id ? id : c->id;
		p.text = c->args.len ? c->args.data : "{}";
		p.len = c->args.len ? c->args.len : 2;
		wire_give(s, &p);
	}
	c->sent = true;
	free(id);
}

bool wire_call_whole(struct wire_stream *s, const char *id, const char *name, const cJSON *args)
{
	struct wire_call *c = wire_call(s, -1, id, name);
	struct str text = STR_INIT;
	bool ok;

	if (!c)
		return false;
	/* Some send the object as a string; whoever reads the call checks that it is one. */
	if (cJSON_IsString(args))
		str_adds(&text, args->valuestring);
	else if (args && !cJSON_IsNull(args))
		json_print(&text, args);
	ok = wire_call_args(s, c, str_cstr(&text), text.len);
	str_free(&text);
	wire_call_end(s, c);
	return ok;
}

bool wire_id_is_ours(const char *id)
{
	return str_starts(id, our_id);
}
