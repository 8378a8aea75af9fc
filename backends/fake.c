/* The shortest backend to read: it says what its options contain. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/base/utf8.h"

#define FILE_LIMIT (64u << 20)

struct fake {
	struct backend base;
	struct loop *loop;
	char *file, *error, *reasoning, *call;
	struct str text;
	size_t piece;
	uint64_t every_ms;
	enum finish_reason finish;
};

/* One question. */
struct telling {
	const struct fake *f;
	piece_fn *piece;
	void *ctx;
	size_t sent;
};

static bool send(const struct telling *t, enum piece_kind kind, const char *text, size_t len)
{
	struct piece p = { .kind = kind,
			   .text = text,
			   .len = len,
			   .usage = { 10, 20, -1, -1 },
			   .finish = t->f->finish };

	return t->piece(t->ctx, &p);
}

/* call=NAME or call=NAME:ARGUMENTS. */
static bool call(const struct telling *t)
{
	const char *args = strchr(t->f->call, ':');
	char *name = mem_strndup(t->f->call, strcspn(t->f->call, ":"));
	struct piece p = { .kind = PIECE_CALL,
			   .id = "fake-1",
			   .name = name,
			   .text = args ? args + 1 : "{}",
			   .usage = { -1, -1, -1, -1 } };
	bool go_on;

	p.len = strlen(p.text);
	go_on = t->piece(t->ctx, &p);
	free(name);
	return go_on;
}

/* Length of the next piece. Cuts only between characters, so it may be a little longer
 * than asked for. */
static size_t next_piece(const struct telling *t)
{
	const struct fake *f = t->f;
	const char *s = str_cstr(&f->text) + t->sent;
	size_t left = f->text.len - t->sent, n = f->piece && f->piece < left ? f->piece : left;

	while (n < left && utf8_partial_tail(s, n))
		n++;
	return n;
}

static bool tell(struct telling *t)
{
	const struct fake *f = t->f;

	if (!send(t, PIECE_START, "fake", 4) ||
	    (f->reasoning && !send(t, PIECE_REASONING, f->reasoning, strlen(f->reasoning))))
		return false;
	for (size_t n; (n = next_piece(t)) > 0; t->sent += n)
		if (!send(t, PIECE_TEXT, f->text.data + t->sent, n) ||
		    !task_sleep(f->loop, f->every_ms, NULL))
			return false;
	if (f->call && !call(t))
		return false;
	return f->error || (send(t, PIECE_USAGE, "", 0) && send(t, PIECE_FINISH, "", 0));
}

static bool ask(struct backend *b, const struct prompt *p, piece_fn *piece, void *ctx,
		struct err *err)
{
	const struct fake *f = (const struct fake *)b;
	struct telling t = { .f = f, .piece = piece, .ctx = ctx };

	if (!task_rest(err))
		return false;
	if (!tell(&t))
		return err_set(err, ERR_CANCELLED, "cancelled");
	return !f->error || err_set(err, ERR_NET, "%s", f->error);
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
	else if (str_starts(option, "call="))
		f->call = mem_strdup(option + 5);
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
	str_free(&f->text);
	free(f->file);
	free(f->error);
	free(f->reasoning);
	free(f->call);
	free(f);
}

static struct backend *open_fake(struct loop *l, const struct backend_config *cfg, struct err *err)
{
	struct fake *f = mem_zalloc(sizeof(*f));
	bool ok = true;

	f->base.ops = &backend_fake;
	f->loop = l;
	f->finish = FINISH_STOP;
	for (const char *const *o = cfg->options; ok && o && *o; o++)
		ok = set(f, *o, err);
	if (f->call && f->finish == FINISH_STOP)
		f->finish = FINISH_TOOLS;
	if (ok && f->file)
		ok = file_read(f->file, FILE_LIMIT, &f->text, err);
	if (!ok) {
		close_fake(&f->base);
		return NULL;
	}
	return &f->base;
}

static const struct backend_option options[] = {
	{ "text", "TEXT", "answer that; \\n is a new line" },
	{ "file", "PATH", "or the text of that file" },
	{ "reasoning", "TEXT", "before it" },
	{ "call", "NAME:ARGUMENTS", "a tool after it" },
	{ "pieces", "N", "in pieces of N bytes, one a turn" },
	{ "every_ms", "N", "or one each N ms" },
	{ "error", "TEXT", "and then fail with that" },
	{ "finish", "length", "or be cut" },
	{ NULL, NULL, NULL },
};

const struct backend_ops backend_fake = {
	.protocol = "fake",
	.asks_nobody = true,
	.help = "answers as its options say: for tests and demonstrations",
	.options = options,
	.tools = true,
	.open = open_fake,
	.close = close_fake,
	.ask = ask,
};
