/* From bytes to pieces, for every format.
 *
 *   bytes --body kind--> events or lines --JSON--> wire->event() --> pieces
 *
 * A server may cut anywhere: inside a character, inside a surrogate pair written as two
 * escapes in two events, inside a <think> mark. Ambiguous text is held until it is
 * decided. Calls are collected by index and delivered when complete; usage counts are
 * cumulative, so the last values are delivered once, before FINISH.
 */
#include "config.h"

#include "backends/wire/wire.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/json.h"
#include "session/base/json_doc.h"
#include "session/text/thoughts.h"

#define REPEAT_MIN 64u /* bytes */

static const char lost_half[] = "\xef\xbf\xbd";

static const char *who(const struct wire_stream *s)
{
	return s->wire->who ? s->wire->who : "the server";
}

/* Pieces -------------------------------------------------------------------------- */

static void send(struct wire_stream *s, enum piece_kind kind, const char *text, size_t len)
{
	struct piece p = { .kind = kind, .text = text, .len = len, .usage = { -1, -1, -1, -1 } };

	s->goes_on |= s->finished && len;
	if (len || kind == PIECE_START)
		wire_give(s, &p);
}

void wire_start(struct wire_stream *s, const char *model)
{
	if (s->started || !model || !model[0])
		return;
	s->started = true;
	send(s, PIECE_START, model, strlen(model));
}

static bool begins(const struct str *held, const char *mark)
{
	return held->len >= strlen(mark) && memcmp(held->data, mark, strlen(mark)) == 0;
}

static bool could_become(const struct str *held, const char *mark)
{
	return held->len < strlen(mark) && memcmp(mark, str_cstr(held), held->len) == 0;
}

/* Servers that do not know the model's template leave its thoughts in the text, at the
 * very start, with the marks cut anywhere. False: more is needed to decide. */
static bool look_for_thoughts(struct wire_stream *s)
{
	size_t lead = strspn(str_cstr(&s->held), " \r\n\t");
	const struct str rest = { .data = s->held.data + lead, .len = s->held.len - lead };

	if (rest.len == 0)
		return false;
	for (const struct thoughts *t = thoughts; t->open; t++) {
		if (!t->of_template)
			continue;
		if (begins(&rest, t->open)) {
			str_remove(&s->held, 0, lead + strlen(t->open));
			s->marks = t;
			s->think = THINK_IN;
			return true;
		}
		if (could_become(&rest, t->open))
			return false;
	}
	s->think = THINK_OVER;
	send(s, PIECE_TEXT, s->held.data, s->held.len);
	str_clear(&s->held);
	return true;
}

/* Delivers thoughts up to their closing mark, keeping back what may be its start. */
static void think(struct wire_stream *s)
{
	const char *close = s->marks->close, *data = str_cstr(&s->held);
	size_t n = strlen(close), safe = s->held.len;
	const char *at = safe ? memmem(data, safe, close, n) : NULL;

	if (at) {
		send(s, PIECE_REASONING, data, (size_t)(at - data));
		str_remove(&s->held, 0, (size_t)(at - data) + n);
		s->think = THINK_OVER_SOON;
		return;
	}
	for (size_t k = n - 1; k; k--)
		if (k <= safe && memcmp(data + safe - k, close, k) == 0) {
			safe -= k;
			break;
		}
	send(s, PIECE_REASONING, data, safe);
	str_remove(&s->held, 0, safe);
}

/* A mark that only announces the answer is dropped. */
static void after_thoughts(struct wire_stream *s)
{
	if (could_become(&s->held, thoughts_answer))
		return;
	if (begins(&s->held, thoughts_answer))
		str_remove(&s->held, 0, strlen(thoughts_answer));
	s->think = THINK_OVER;
	send(s, PIECE_TEXT, s->held.data, s->held.len);
	str_clear(&s->held);
}

static void content(struct wire_stream *s, const char *text, size_t len)
{
	if (len)
		s->content_seen = true;
	if (len && s->lost) {
		s->lost = false;
		content(s, lost_half, strlen(lost_half));
	}
	if (s->think == THINK_OVER) {
		send(s, PIECE_TEXT, text, len);
		return;
	}
	str_add(&s->held, text, len);
	if (s->think == THINK_START && !look_for_thoughts(s))
		return;
	if (s->think == THINK_IN)
		think(s);
	if (s->think == THINK_OVER_SOON)
		after_thoughts(s);
}

static uint64_t hash_on(uint64_t h, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 0x100000001b3u;
	return h;
}

/* Some proxies send everything once more in one piece. No model says that much twice
 * with a border of pieces just there: pieces of one size have it at another place. */
static bool repeats_all(struct wire_stream *s, const char *text, size_t len)
{
	return s->texts >= 2 && len >= REPEAT_MIN && len == s->text_len &&
	       hash_on(0, text, len) == s->text_hash;
}

void wire_text(struct wire_stream *s, const char *text)
{
	size_t len = text ? strlen(text) : 0;

	if (len == 0 || repeats_all(s, text, len))
		return;
	s->texts++;
	s->text_len += len;
	s->text_hash = hash_on(s->text_hash, text, len);
	content(s, text, len);
}

void wire_reasoning(struct wire_stream *s, const char *text)
{
	if (!text || !*text)
		return;
	s->content_seen = true;
	if (s->lost)
		send(s, PIECE_REASONING, lost_half, strlen(lost_half));
	s->lost = false;
	send(s, PIECE_REASONING, text, strlen(text));
}

void wire_opaque(struct wire_stream *s, const char *kind, const cJSON *o)
{
	struct str text = STR_INIT;
	struct piece p = { .kind = PIECE_OPAQUE, .name = kind, .usage = { -1, -1, -1, -1 } };

	json_print(&text, o);
	p.text = str_cstr(&text);
	p.len = text.len;
	wire_give(s, &p);
	str_free(&text);
}

void wire_finish(struct wire_stream *s, enum finish_reason f)
{
	s->finished = true;
	s->finish = f;
}

long wire_number(const cJSON *o, const char *key, long otherwise)
{
	double v = json_number(o, key, (double)otherwise);

	return v >= 0 && v <= 1e9 ? (long)v : otherwise;
}

long wire_count(const cJSON *o, const char *key)
{
	return wire_number(o, key, -1);
}

enum finish_reason wire_reason_find(const struct wire_reason *all, const char *name)
{
	while (all->name && strcasecmp(all->name, name) != 0)
		all++;
	return all->name ? all->f : FINISH_OTHER;
}

void wire_usage(struct wire_stream *s, long in, long out, long cached, long reasoning)
{
	struct usage *u = &s->usage;

	s->has_usage |= in >= 0 || out >= 0;
	u->in = in >= 0 ? in : u->in;
	u->out = out >= 0 ? out : u->out;
	u->cached = cached >= 0 ? cached : u->cached;
	u->reasoning = reasoning >= 0 ? reasoning : u->reasoning;
}

void wire_written(struct wire_stream *s, long n)
{
	if (n >= 0)
		s->usage.written = n;
}

/* Events ---------------------------------------------------------------------------- */

enum wire_state wire_fail(const struct wire_stream *s, const char *text, struct err *err)
{
	err_set(err, wire_takes_no_tools(NULL, text) ? ERR_NO_TOOLS : ERR_NET, "%s reports: %.300s",
		who(s), text);
	return WIRE_FAILED;
}

/* The data of an event named "error": JSON of any shape, or plain text. */
static enum wire_state take_error(const struct wire_stream *s, const char *data, size_t len,
				  struct err *err)
{
	cJSON *o = json_parse(data, len, NULL);
	const char *text = len == 0		? "an error without a message"
			   : !o			? data
			   : wire_error_text(o) ? wire_error_text(o)
						: wire_error_words(o);

	wire_fail(s, text, err);
	cJSON_Delete(o);
	return WIRE_FAILED;
}

static enum wire_state take_object(struct wire_stream *s, const char *name, const cJSON *o)
{
	const char *error = wire_error_text(o);

	return error ? wire_fail(s, error, &s->err) : s->wire->event(s, name, o, &s->err);
}

/* An event that the end of the input cuts off does not count as rubbish. */
static enum wire_state no_json(struct wire_stream *s, const char *data, size_t len)
{
	const char *form = s->wire->form;

	if (s->over && len && strchr("{[", data[0]) && json_length(data, len) == 0) {
		wire_broken(s);
		return WIRE_FAILED;
	}
	err_prefix(&s->err, "%s sent something that is no JSON%s%s", who(s),
		   form ? ", and each line has to be an object such as " : "", form ? form : "");
	return WIRE_FAILED;
}

/* Borrowed: valid until the next one is parsed. */
static const cJSON *parse(struct wire_stream *s, const char *data, size_t len)
{
	struct str quoted = STR_INIT;
	const cJSON *o;

	if (!s->doc)
		s->doc = json_doc_new();
	o = json_doc_parse(s->doc, data, len, &s->err);
	if (!o && wire_quote_arguments(data, len, &quoted))
		o = json_doc_parse(s->doc, quoted.data, quoted.len, NULL);
	str_free(&quoted);
	return o;
}

static enum wire_state take_json(struct wire_stream *s, const char *name, const char *data,
				 size_t len)
{
	const cJSON *o = parse(s, data, len);

	return o ? take_object(s, name, o) : no_json(s, data, len);
}

static enum wire_state take_data(struct wire_stream *s, const char *name, const char *data,
				 size_t len);

/* Skips blanks and "data:", which some proxies put before the data once more, or before
 * each line of a format that has no such field. */
static void skip_field(const char **data, size_t *len)
{
	for (;;) {
		if (*len && isspace((unsigned char)**data)) {
			++*data;
			--*len;
		} else if (*len >= 5 && memcmp(*data, "data:", 5) == 0) {
			*data += 5;
			*len -= 5;
		} else {
			return;
		}
	}
}

/* Some servers leave out the empty lines between events, which makes them one with a
 * line for each. False: it is no such event, or not of this kind. */
static bool is_several(const char *data, size_t len)
{
	const char *lf = memchr(data, '\n', len);
	cJSON *first = lf ? json_parse(data, (size_t)(lf - data), NULL) : NULL;
	bool yes = cJSON_IsObject(first);

	cJSON_Delete(first);
	return yes;
}

static enum wire_state take_several(struct wire_stream *s, const char *name, const char *data,
				    size_t len)
{
	const char *end = data + len;
	enum wire_state state = WIRE_MORE;

	for (const char *lf; state == WIRE_MORE && data < end; data = lf ? lf + 1 : end) {
		lf = memchr(data, '\n', (size_t)(end - data));
		state = take_data(s, name, data, (size_t)((lf ? lf : end) - data));
	}
	return state;
}

static enum wire_state take_data(struct wire_stream *s, const char *name, const char *data,
				 size_t len)
{
	struct str mended = STR_INIT;
	enum wire_state state;

	skip_field(&data, &len);
	while (len && isspace((unsigned char)data[len - 1]))
		len--;
	if (len == 6 && strncasecmp(data, "[DONE]", 6) == 0)
		return s->wire->done_mark || s->finished ? WIRE_WHOLE : WIRE_MORE;
	if (strcmp(name, "error") == 0)
		return take_error(s, data, len, &s->err);
	if (len == 0 || strcmp(name, "ping") == 0)
		return WIRE_MORE;
	if (is_several(data, len))
		return take_several(s, name, data, len);
	if (wire_mend_halves(s, data, len, &mended)) {
		data = mended.data;
		len = mended.len;
	}
	state = take_json(s, name, data, len);
	str_free(&mended);
	if (s->stopped) {
		err_set(&s->err, ERR_CANCELLED, "cancelled");
		return WIRE_FAILED;
	}
	return state;
}

static bool on_event(void *ctx, const char *name, const char *data, size_t len)
{
	struct wire_stream *s = ctx;

	s->any_event = true;
	s->state = take_data(s, name, data, len);
	return s->state == WIRE_MORE;
}

/* Bytes ------------------------------------------------------------------------------ */

void wire_begin(struct wire_stream *s, const struct wire *w, piece_fn *piece, void *ctx)
{
	*s = (struct wire_stream){ .wire = w,
				   .piece = piece,
				   .ctx = ctx,
				   .usage = { -1, -1, -1, -1 },
				   .plain = STR_LIMIT(WIRE_BODY_MAX),
				   .first = STR_LIMIT(WIRE_SHOWN),
				   .think = w->thinks ? THINK_START : THINK_OVER };
}

static void judge_body(struct wire_stream *s)
{
	static const char bom[] = "\xef\xbb\xbf";
	const char *start = str_cstr(&s->plain);
	size_t i = 0, len = s->plain.len;

	/* Do not decide on part of a BOM. */
	while (i < 3 && i < len && start[i] == bom[i])
		i++;
	if (i < 3 && i == len)
		return;
	i = i == 3 ? 3 : 0;
	while (i < len && isspace((unsigned char)start[i]))
		i++;
	if (i == len)
		return;
	if (start[i] == '<' && !s->wire->form)
		s->kind = WIRE_PAGE;
	else if (start[i] == '[' || (start[i] == '{' && !s->wire->lines))
		s->kind = WIRE_JSON;
	else
		s->kind = WIRE_STREAM;
}

static void feed_lines(struct wire_stream *s, const char *bytes, size_t len)
{
	const char *end = bytes + len;

	for (const char *lf; s->state == WIRE_MORE && bytes < end; bytes = lf ? lf + 1 : end) {
		lf = memchr(bytes, '\n', (size_t)(end - bytes));
		str_add(&s->line, bytes, (size_t)((lf ? lf : end) - bytes));
		if (s->line.len > SSE_MAX) {
			err_set(&s->err, ERR_LIMIT, "%s sent a line of more than %u MB", who(s),
				SSE_MAX >> 20);
			s->state = WIRE_FAILED;
		} else if (lf) {
			bool bom = str_starts(str_cstr(&s->line), "\xef\xbb\xbf");

			on_event(s, "", str_cstr(&s->line) + (bom ? 3 : 0),
				 s->line.len - (bom ? 3 : 0));
			str_clear(&s->line);
		}
	}
}

static void feed_stream(struct wire_stream *s, const char *bytes, size_t len)
{
	if (s->wire->lines)
		feed_lines(s, bytes, len);
	else if (!sse_feed(&s->sse, bytes, len, on_event, s, &s->err))
		s->state = WIRE_FAILED;
}

bool wire_feed(struct wire_stream *s, const char *bytes, size_t len)
{
	if (s->state != WIRE_MORE)
		return false;
	if (!s->first.full)
		str_add(&s->first, bytes, len);
	if (s->kind == WIRE_STREAM) {
		feed_stream(s, bytes, len);
		return s->state == WIRE_MORE;
	}
	str_add(&s->plain, bytes, len);
	if (s->kind == WIRE_UNKNOWN)
		judge_body(s);
	if (s->kind == WIRE_STREAM) {
		feed_stream(s, s->plain.data, s->plain.len);
		str_free(&s->plain);
	}
	return s->state == WIRE_MORE && !s->plain.full && s->kind != WIRE_PAGE;
}

/* The end ------------------------------------------------------------------------------ */

/* The answer came as one JSON value although a stream was requested; a list contains
 * its events, and so do lines that lack the marks of a stream. */
static void take_whole(struct wire_stream *s)
{
	const cJSON *o = parse(s, str_cstr(&s->plain), s->plain.len), *item;
	const char *error = o ? wire_error_text(o) : NULL;

	if (!o && is_several(str_cstr(&s->plain), s->plain.len)) {
		s->state = take_several(s, "", str_cstr(&s->plain), s->plain.len);
		return;
	}
	if (!o) {
		s->state = no_json(s, str_cstr(&s->plain), s->plain.len);
	} else if (error || !cJSON_IsArray(o)) {
		s->state = error ? wire_fail(s, error, &s->err) : take_object(s, "", o);
	} else {
		cJSON_ArrayForEach(item, o)
			if (s->state == WIRE_MORE)
				s->state = take_object(s, "", item);
	}
	if (s->state == WIRE_MORE && !s->finished && !s->content_seen) {
		err_set(&s->err, ERR_NET,
			"the server sent one JSON object instead of a stream, and no answer in it");
		s->state = WIRE_FAILED;
	}
	if (s->state == WIRE_MORE)
		s->state = WIRE_WHOLE;
}

static void take_rest(struct wire_stream *s)
{
	s->over = true;
	if (s->kind == WIRE_PAGE)
		err_set(&s->err, ERR_NET,
			"the server sent a web page instead of an answer; is the url right?");
	else if (s->kind == WIRE_UNKNOWN)
		err_set(&s->err, ERR_NET, "the server closed the connection without an answer");
	if (s->kind == WIRE_PAGE || s->kind == WIRE_UNKNOWN)
		s->state = WIRE_FAILED;
	else if (s->kind == WIRE_JSON)
		take_whole(s);
	else if (s->wire->lines)
		feed_lines(s, "\n", s->state == WIRE_MORE);
	else
		sse_end(&s->sse, on_event, s);
}

/* Delivers usage and finish reason; the default reason is "stop". */
static void tell_end(struct wire_stream *s, bool whole)
{
	struct piece p = { .kind = PIECE_USAGE, .text = "", .usage = s->usage };

	if (s->has_usage)
		wire_give(s, &p);
	p = (struct piece){
		.kind = PIECE_FINISH, .text = "", .usage = { -1, -1, -1, -1 }, .finish = s->finish
	};
	/* Gemini, Ollama and some others end a call with "stop". */
	if (s->n_calls && (p.finish == FINISH_STOP || p.finish == FINISH_OTHER))
		p.finish = FINISH_TOOLS;
	if (p.finish == FINISH_STOP && s->refused)
		p.finish = FINISH_FILTER;
	if (whole ||
	    (s->state == WIRE_FAILED && s->finished)) /* FINISH_ERROR is a reason as well */
		wire_give(s, &p);
}

void wire_settle(struct wire_stream *s)
{
	if (s->state == WIRE_MORE && s->finished)
		s->state = WIRE_WHOLE;
}

void wire_cut(struct wire_stream *s)
{
	if (s->high || s->lost) {
		s->high = 0;
		s->lost = false;
		content(s, lost_half, strlen(lost_half));
	}
	send(s, s->think == THINK_IN ? PIECE_REASONING : PIECE_TEXT, str_cstr(&s->held),
	     s->held.len);
	str_clear(&s->held);
	s->think = THINK_OVER;
}

bool wire_end(struct wire_stream *s, struct err *err)
{
	bool whole;

	if (s->state == WIRE_MORE)
		take_rest(s);
	wire_cut(s);
	whole = s->state == WIRE_WHOLE ||
		(s->state == WIRE_MORE && s->finished && !s->wire->strict_end);
	if (s->state != WIRE_FAILED && !whole)
		wire_broken(s);
	for (size_t i = 0; whole && i < s->n_calls; i++)
		wire_call_end(s, &s->calls[i]);
	if (!s->stopped)
		tell_end(s, whole);
	if (s->stopped) {
		whole = false;
		err_set(&s->err, ERR_CANCELLED, "cancelled");
	}
	return whole || err_copy(err, &s->err);
}

void wire_fini(struct wire_stream *s)
{
	for (size_t i = 0; i < s->n_calls; i++) {
		free(s->calls[i].id);
		free(s->calls[i].name);
		str_free(&s->calls[i].args);
		free(s->calls[i].opaque);
	}
	free(s->calls);
	sse_fini(&s->sse);
	json_doc_free(s->doc);
	str_free(&s->plain);
	str_free(&s->first);
	str_free(&s->line);
	str_free(&s->held);
	str_free(&s->block);
	str_free(&s->signature);
	str_free(&s->details);
	str_free(&s->detail_text);
	cJSON_Delete(s->detail);
	free(s->block_kind);
}
