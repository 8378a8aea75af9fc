/* Calls of tools, assembled from fragments. Servers number them by an index, by an id,
 * by both, or by neither; an id may be missing, empty, repeated, used twice or another
 * one in each fragment, and a name may be repeated or come in parts.
 *
 * A call is mended when it is complete. Its name loses what a chat template leaves
 * around it. Arguments that are not JSON object are one after all if a proxy sent
 *
 *   {}{"a":1}		an empty object ahead of the fragments
 *   {"a":1}{"a":1}	the whole a second time
 *   {"a"{"a":1}	the whole behind some of its fragments
 *   {"a":1}"{\"a\":1}"	the whole a second time, or only, as a string of JSON
 */
#include "config.h"

#include <ctype.h>
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
 * each with its name after the arguments of the one before are complete. A different id
 * without a name amid the arguments is a new id for the same call. */
static struct wire_call *find_call(struct wire_stream *s, long index, const char *id,
				   const char *name)
{
	for (size_t i = s->n_calls; i-- > 0;) {
		struct wire_call *c = &s->calls[i];

		if (c->index != index || c->sent)
			continue;
		if (id && *id && c->id && strcmp(c->id, id) == 0)
			return c;
		if (id && *id && c->id)
			return c->name && !(name && *name) && c->args.len && !c->complete ? c
											  : NULL;
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
		MEM_ROOM(s->calls, s->n_calls, s->cap_calls);
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
	if (len)
		c->last = c->args.len;
	s->goes_on |= s->finished && len;
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

/* Mending ------------------------------------------------------------------------------ */

/* Our tools' names have no such marks: "functions.lint", "default_api:lint", "lint:0",
 * "lint<|channel|>json". */
static void mend_name(char *name)
{
	char *end = strstr(name, "<|"), *start = name, *colon;
	size_t n = end ? (size_t)(end - name) : strlen(name);

	while (n && isspace((unsigned char)name[n - 1]))
		n--;
	colon = memrchr(name, ':', n);
	if (colon && colon > name && colon + 1 < name + n &&
	    strspn(colon + 1, "0123456789") == (size_t)(name + n - colon) - 1)
		n = (size_t)(colon - name);
	for (char *p = name; p < name + n; p++)
		if (p + 1 < name + n && (*p == '.' || *p == ':' || isspace((unsigned char)*p)))
			start = p + 1;
	n -= (size_t)(start - name);
	if (n == 0)
		return;
	memmove(name, start, n);
	name[n] = '\0';
}

/* The object in text, be it as a string of JSON; NULL: none. */
static cJSON *object_in(const char *text, size_t len)
{
	cJSON *o = json_parse(text, len, NULL), *inner = NULL;

	if (cJSON_IsObject(o))
		return o;
	if (cJSON_IsString(o))
		inner = json_parse(o->valuestring, strlen(o->valuestring), NULL);
	cJSON_Delete(o);
	if (cJSON_IsObject(inner))
		return inner;
	cJSON_Delete(inner);
	return NULL;
}

/* True if text, which came before the object o, says nothing else than o does. */
static bool says_same(const char *text, size_t len, const cJSON *o, const char *whole,
		      size_t whole_len)
{
	cJSON *before;
	bool same;

	if (len <= whole_len && memcmp(text, whole, len) == 0)
		return true;
	before = json_parse(text, len, NULL);
	same = cJSON_IsObject(before) && (!before->child || cJSON_Compare(before, o, true));
	cJSON_Delete(before);
	return same;
}

/* Takes what begins at `at` for the arguments, if the rest only repeats it. */
static bool take_from(struct wire_call *c, size_t at)
{
	const char *text = c->args.data;
	cJSON *o = at < c->args.len ? object_in(text + at, c->args.len - at) : NULL;
	bool ok = o && says_same(text, at, o, text + at, c->args.len - at);

	if (ok) {
		str_clear(&c->args);
		json_print(&c->args, o);
	}
	cJSON_Delete(o);
	return ok;
}

/* Bytes of the first bracketed value in text; len if it has no end. */
static size_t first_value(const char *text, size_t len)
{
	struct wire_call scan = { 0 };

	for (size_t i = 0; i < len; i++) {
		follow(&scan, text + i, 1);
		if (scan.complete)
			return i + 1;
	}
	return len;
}

static void mend_args(struct wire_call *c)
{
	cJSON *o = json_parse(str_cstr(&c->args), c->args.len, NULL);
	bool fine = cJSON_IsObject(o);

	cJSON_Delete(o);
	if (!fine && c->args.len && !take_from(c, c->last))
		take_from(c, first_value(c->args.data, c->args.len));
}

/* The end ------------------------------------------------------------------------------ */

static void give_opaque(struct wire_stream *s, const struct wire_call *c)
{
	struct piece p = { .kind = PIECE_OPAQUE,
			   .name = c->opaque_kind,
			   .text = c->opaque,
			   .len = c->opaque ? strlen(c->opaque) : 0,
			   .usage = { -1, -1, -1, -1 } };

	if (c->opaque)
		wire_give(s, &p);
}

/* Delivers the call; one without a name is dropped. An id already used by another call
 * is replaced. */
void wire_call_end(struct wire_stream *s, struct wire_call *c)
{
	struct piece p = { .kind = PIECE_CALL, .usage = { -1, -1, -1, -1 } };
	char *id = c->id && !is_taken(s, c) ? NULL
					    : str_fmt("%s%zu", our_id, (size_t)(c - s->calls) + 1);

	if (!c->sent && c->name) {
		mend_name(c->name);
		mend_args(c);
		give_opaque(s, c);
		p.name = c->name;
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
