/* Two timers: new text is shown after LIVE_MS and recorded after GATHER_MS.
 *
 * Recording is final, so it waits for the end of a line, when a secret can be
 * recognised as a whole. After AGED_MS an unfinished line is recorded up to a blank,
 * which no secret contains, unless the words before it announce one. The order of text,
 * calls and opaque parts is kept: text before a part is recorded before it.
 */
#include "config.h"

#include "session/ask/ask_stream.h"

#include <ctype.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/utf8.h"
#include "session/journal/session.h"
#include "session/model/redact.h"
#include "session/workbench/workbench.h"

/* Time and size limits for text gathered before it is recorded. */
#define GATHER_MS    250
#define GATHER_BYTES (64u << 10)
#define AGED_MS	     700
#define LIVE_MS	     20
#define CHECK_MS     100 /* interval of checks for old unrecorded text */

static const char *const kinds[2] = { "text", "reasoning" };

static void record(struct ask_stream *st, struct event *e)
{
	if (!session_record(st->w->session, e, NULL, st->failed.code ? NULL : &st->failed) &&
	    st->failed.code == ERR_NONE)
		st->failed.code = ERR_IO;
}

static void record_some(struct ask_stream *st, int kind, size_t len)
{
	struct event e = { .type = EVENT_PIECE };
	struct str clean = STR_INIT;

	if (len == 0)
		return;
	redact_text(st->w->redact, st->pending[kind].data, len, &clean);
	str_remove(&st->pending[kind], 0, len);
	e.piece.ask = st->ask;
	e.piece.kind = kinds[kind];
	e.piece.text = (struct bytes){ str_cstr(&clean), clean.len };
	record(st, &e);
	str_free(&clean);
}

/* Recorded even if no tools were offered. */
static void record_call(struct ask_stream *st, const struct piece *p)
{
	struct event e = { .type = EVENT_CALL };

	e.call.ask = st->ask;
	e.call.id = p->id;
	e.call.name = p->name;
	e.call.args = (struct bytes){ p->text, p->len };
	record(st, &e);
}

/* Its backend would refuse it with a secret redacted: drop it then. */
static void record_opaque(struct ask_stream *st, const struct piece *p)
{
	struct event e = { .type = EVENT_OPAQUE };
	struct str clean = STR_INIT;

	redact_text(st->w->redact, p->text, p->len, &clean);
	e.opaque.ask = st->ask;
	e.opaque.kind = p->name;
	e.opaque.data = (struct bytes){ p->text, p->len };
	if (clean.len == p->len && memcmp(str_cstr(&clean), p->text, p->len) == 0)
		record(st, &e);
	str_free(&clean);
}

/* Bytes that may be recorded now: up to the last line end, or all if the text is too
 * long without one; nothing if it has an incomplete private key. */
static size_t ripe(const struct str *s)
{
	const char *lf = s->len ? memrchr(s->data, '\n', s->len) : NULL;
	size_t len = lf ? (size_t)(lf + 1 - s->data) : 0;

	if (s->len > GATHER_BYTES)
		return s->len;
	return len && !strstr(s->data, "-----BEGIN") ? len : 0;
}

/* True if the word that ends at text[len] may announce a secret: "api_key:",
 * "Bearer", "password is". */
static bool announces(const char *text, size_t len)
{
	static const char *const words[] = { "key",    "token", "secret",    "pass",
					     "bearer", "auth",	"credential" };
	size_t from = len > 40 ? len - 40 : 0;
	char tail[41];

	if (strchr(":=\"'", text[len - 1]))
		return true;
	memcpy(tail, text + from, len - from);
	tail[len - from] = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasestr(tail, words[i]))
			return true;
	return false;
}

/* Bytes up to the last blank or non-ASCII character, which secrets do not contain. */
static size_t aged(const struct str *s)
{
	if (s->len == 0 || strstr(s->data, "-----BEGIN"))
		return 0;
	for (size_t i = s->len; i > 1; i--) {
		unsigned char before = (unsigned char)s->data[i - 1];
		bool starts = i == s->len || ((unsigned char)s->data[i] & 0xc0) != 0x80;

		if (before >= 0x80 && starts)
			return i;
		if (isspace(before) && !isspace((unsigned char)s->data[i - 2]) &&
		    !announces(s->data, i - 1))
			return i;
	}
	return 0;
}

static void record_ripe(struct ask_stream *st, size_t (*much)(const struct str *s))
{
	for (int k = 0; k < 2; k++)
		record_some(st, k, much ? much(&st->pending[k]) : st->pending[k].len);
	st->recorded_ms = loop_now_ms(st->w->loop);
}

static void show(struct ask_stream *st)
{
	struct str clean = STR_INIT;
	const char *key;
	size_t len = st->pending[0].len;

	if (!st->live)
		return;
	/* A private key is not shown until its end is there, and then redacted. */
	key = len ? strstr(st->pending[0].data, "-----BEGIN") : NULL;
	if (key && !strstr(key, "-----END"))
		len = (size_t)(key - st->pending[0].data);
	redact_text(st->w->redact, str_cstr(&st->pending[0]), len, &clean);
	st->live(st->ctx, st->ask, str_cstr(&clean), clean.len, st->words);
	str_free(&clean);
}

static void on_timer(void *ctx)
{
	struct ask_stream *st = ctx;
	uint64_t age = loop_now_ms(st->w->loop) - st->recorded_ms;

	st->armed = false;
	if (age >= AGED_MS)
		record_ripe(st, aged);
	else if (age >= GATHER_MS && ripe(&st->pending[0]) + ripe(&st->pending[1]))
		record_ripe(st, ripe);
	show(st);
	if (st->pending[0].len + st->pending[1].len)
		loop_timer_set(st->timer, CHECK_MS);
}

void ask_stream_init(struct ask_stream *st, struct workbench *w, uint64_t ask, ask_live_fn *live,
		     void *ctx)
{
	*st = (struct ask_stream){
		.w = w, .ask = ask, .live = live, .ctx = ctx, .end = { .type = EVENT_ANSWER }
	};
	st->end.answer.in = st->end.answer.out = st->end.answer.cached = st->end.answer.reasoning =
		-1;
	st->recorded_ms = loop_now_ms(w->loop);
	st->timer = loop_timer_new(w->loop, on_timer, st);
}

void ask_stream_fini(struct ask_stream *st)
{
	loop_timer_free(st->timer);
	st->timer = NULL;
	str_free(&st->pending[0]);
	str_free(&st->pending[1]);
	str_free(&st->model);
	ask_files_fini(&st->files);
}

/* Notes a server's message, redacted too. */
static void say_clean(const struct workbench *w, const char *text, size_t len)
{
	struct str clean = STR_INIT;

	redact_text(w->redact, text, len, &clean);
	report_note(&w->out, "%s", str_cstr(&clean));
	str_free(&clean);
}

static void add(struct ask_stream *st, int kind, const char *text, size_t len)
{
	if (st->too_long)
		return;
	if (st->bytes + len > ASK_ANSWER_MAX) {
		len = ASK_ANSWER_MAX - st->bytes;
		len -= utf8_partial_tail(text, len);
		st->too_long = true;
	}
	st->bytes += len;
	for (size_t i = 0; i < len; i++) {
		bool blank = isspace((unsigned char)text[i]);

		st->words += !blank && !st->in_word;
		st->in_word = !blank;
	}
	/* If nothing was pending, this text is not old. */
	if (st->pending[0].len + st->pending[1].len == 0 &&
	    loop_now_ms(st->w->loop) > st->recorded_ms + GATHER_MS)
		st->recorded_ms = loop_now_ms(st->w->loop) - GATHER_MS;
	str_add(&st->pending[kind], text, len);
	if (!st->armed)
		loop_timer_set(st->timer, LIVE_MS);
	st->armed = true;
}

/* Counts towards the length of the answer; text before the part is recorded first. */
static void take_part(struct ask_stream *st, const struct piece *p)
{
	st->tools += p->kind == PIECE_CALL;
	if (st->bytes + p->len > ASK_ANSWER_MAX || st->parts == ASK_PARTS_MAX) {
		st->too_long = true;
		return;
	}
	st->bytes += p->len;
	st->parts++;
	record_ripe(st, NULL);
	if (p->kind == PIECE_CALL)
		record_call(st, p);
	else
		record_opaque(st, p);
}

bool ask_stream_piece(void *ctx, const struct piece *p)
{
	struct ask_stream *st = ctx;

	switch (p->kind) {
	case PIECE_START:
		str_clear(&st->model);
		redact_text(st->w->redact, p->text, p->len, &st->model);
		break;
	case PIECE_TEXT:
		add(st, 0, p->text, p->len);
		break;
	case PIECE_REASONING:
		add(st, 1, p->text, p->len);
		break;
	case PIECE_USAGE:
		st->end.answer.in = p->usage.in;
		st->end.answer.out = p->usage.out;
		st->end.answer.cached = p->usage.cached;
		st->end.answer.reasoning = p->usage.reasoning;
		st->end.answer.written = p->usage.written > 0 ? (uint64_t)p->usage.written : 0;
		break;
	case PIECE_FINISH:
		st->end.answer.finish = finish_name(p->finish);
		st->end.answer.cut = p->finish == FINISH_LENGTH;
		break;
	case PIECE_FILE:
		ask_files_take(&st->files, st->w, p);
		break;
	case PIECE_WAIT:
	case PIECE_NOTE:
		say_clean(st->w, p->text, p->len);
		break;
	case PIECE_CALL:
	case PIECE_OPAQUE:
		take_part(st, p);
		break;
	}
	if ((loop_now_ms(st->w->loop) >= st->recorded_ms + GATHER_MS ||
	     st->pending[0].len > GATHER_BYTES || st->pending[1].len > GATHER_BYTES) &&
	    ripe(&st->pending[0]) + ripe(&st->pending[1])) {
		record_ripe(st, ripe);
		show(st); /* recorded text is no longer live */
	}
	return !st->too_long;
}

void ask_stream_flush(struct ask_stream *st)
{
	record_ripe(st, NULL);
	show(st);
}

bool ask_stream_end(struct ask_stream *st, const struct err *why, struct err *err)
{
	struct str error = STR_INIT;
	bool ok;

	loop_timer_stop(st->timer);
	record_ripe(st, NULL);
	if (st->live)
		st->live(st->ctx, st->ask, "", 0, st->words);
	if (why)
		redact_text(st->w->redact, why->text, strlen(why->text), &error);
	st->end.answer.ask = st->ask;
	st->end.answer.error = str_cstr(&error);
	st->end.answer.model = str_cstr(&st->model);
	st->end.answer.cut |= why != NULL;
	ok = session_record(st->w->session, &st->end, NULL, err);
	str_free(&error);
	if (ok && st->failed.code) {
		err_copy(err, &st->failed);
		ok = false;
	}
	return ok;
}
