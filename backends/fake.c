/* The shortest backend to read. Options say what it does:
 *
 *   text=...     answer that (\n for a newline)     file=PATH   or what stands in that file
 *   pieces=N     in pieces of N bytes, one a turn   error=...   and then fail with that
 *   every_ms=N   or one each N ms                   finish=length
 *   reasoning=.. before it
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"

#define FILE_LIMIT (64u << 20)

struct fake {
	struct backend base;
	struct loop_timer *timer;
	char *file, *error, *reasoning;
	struct str text;
	size_t piece, sent;
	uint64_t every_ms;
	enum finish_reason finish;
	struct answer to;
	bool busy, started, cancelled;
};

static void send(struct fake *f, enum piece_kind kind, const char *text, size_t len)
{
	struct piece p = { .kind = kind, .text = text, .len = len, .usage = { 10, 20, -1, -1 }, .finish = f->finish };

	f->to.piece(f->to.ctx, &p);
}

/* Whole characters only: a piece may be a little shorter or longer for that. */
static size_t next_piece(const struct fake *f)
{
	const char *s = str_cstr(&f->text) + f->sent;
	size_t left = f->text.len - f->sent, n = f->piece && f->piece < left ? f->piece : left;

	while (n < left && utf8_partial_tail(s, n))
		n++;
	return n;
}

static void end(struct fake *f, enum err_code code, const char *text)
{
	struct err err;

	f->busy = false;
	if (text)
		err_set(&err, code, "%s", text);
	f->to.done(f->to.ctx, text ? &err : NULL);
}

static void step(void *ctx)
{
	struct fake *f = ctx;
	size_t n;

	if (f->cancelled) {
		end(f, ERR_CANCELLED, "cancelled");
		return;
	}
	if (!f->started) {
		f->started = true;
		send(f, PIECE_START, "fake", 4);
		if (f->reasoning)
			send(f, PIECE_REASONING, f->reasoning, strlen(f->reasoning));
	}
	n = next_piece(f);
	if (n) {
		send(f, PIECE_TEXT, f->text.data + f->sent, n);
		f->sent += n;
		loop_timer_set(f->timer, f->every_ms);
	} else if (f->error) {
		end(f, ERR_NET, f->error);
	} else {
		send(f, PIECE_USAGE, "", 0);
		send(f, PIECE_FINISH, "", 0);
		end(f, ERR_NONE, NULL);
	}
}

static void unescape(const char *s, struct str *out)
{
	for (; *s; s++) {
		if (s[0] == '\\' && s[1] == 'n') {
			str_addc(out, '\n');
			s++;
		} else {
			str_addc(out, *s);
		}
	}
}

static bool set(struct fake *f, const char *option, struct err *err)
{
	if (str_starts(option, "text="))
		unescape(option + 5, &f->text);
	else if (str_starts(option, "file="))
		f->file = mem_strdup(option + 5);
	else if (str_starts(option, "error="))
		f->error = mem_strdup(option + 6);
	else if (str_starts(option, "reasoning="))
		f->reasoning = mem_strdup(option + 10);
	else if (str_starts(option, "pieces="))
		f->piece = strtoul(option + 7, NULL, 10);
	else if (str_starts(option, "every_ms="))
		f->every_ms = strtoul(option + 9, NULL, 10);
	else if (strcmp(option, "finish=length") == 0)
		f->finish = FINISH_LENGTH;
	else
		return err_set(err, ERR_USAGE, "fake: option %s is not known", option);
	return true;
}

static void close_fake(struct backend *b)
{
	struct fake *f = (struct fake *)b;

	if (!f)
		return;
	loop_timer_free(f->timer);
	str_free(&f->text);
	free(f->file);
	free(f->error);
	free(f->reasoning);
	free(f);
}

static struct backend *open_fake(struct loop *l, const struct backend_config *cfg, struct err *err)
{
	struct fake *f = mem_zalloc(sizeof(*f));
	bool ok = true;

	f->base.ops = &backend_fake;
	f->timer = loop_timer_new(l, step, f);
	f->finish = FINISH_STOP;
	for (const char *const *o = cfg->options; ok && o && *o; o++)
		ok = set(f, *o, err);
	if (ok && f->file)
		ok = file_read(f->file, FILE_LIMIT, &f->text, err);
	if (!ok) {
		close_fake(&f->base);
		return NULL;
	}
	return &f->base;
}

static bool ask(struct backend *b, const struct prompt *p, const struct answer *to, struct err *err)
{
	struct fake *f = (struct fake *)b;

	if (f->busy)
		return err_set(err, ERR_BUSY, "fake: a question is under way");
	f->busy = true;
	f->started = f->cancelled = false;
	f->sent = 0;
	f->to = *to;
	loop_timer_set(f->timer, 0);
	return true;
}

static void cancel(struct backend *b)
{
	struct fake *f = (struct fake *)b;

	f->cancelled = true;
	if (f->busy)
		loop_timer_set(f->timer, 0);
}

const struct backend_ops backend_fake = {
	.protocol = "fake",
	.help = "answers as its options say: for tests and demonstrations",
	.open = open_fake,
	.close = close_fake,
	.ask = ask,
	.cancel = cancel,
};
