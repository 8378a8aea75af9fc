/* script_backend.h - a backend that plays scripted rounds, for tests of turns, and
 * keeps what it was asked. Include after tests/lib/desk.h.
 *
 * A round is a string of lines: "t TEXT", "n" (a line feed), "c ID NAME ARGUMENTS",
 * "o JSON", "u IN OUT", "f FINISH", "e ERROR" (fails), "l ERROR" (fails with
 * ERR_LIMIT), "x ERROR" (fails with ERR_NO_TOOLS), "w" (waits until it is cancelled).
 * Without f the round finishes with "tools" if it had a call, else "stop". Each round
 * after the last is "t done".
 */
#ifndef POSEDGE_SCRIPT_BACKEND_H
#define POSEDGE_SCRIPT_BACKEND_H

#include "session/model/backend.h"
#include "session/model/prompt.h"
#include "session/workbench/backend_list.h"

static struct {
	const char *const *rounds; /* NULL-terminated */
	size_t asked;
	struct str seen;       /* prompt_view() of the last request */
	bool paired;	       /* in all requests calls and results alternated in pairs */
	void (*on_wait)(void); /* called by w */
	/* Of all requests, without tools: total bytes, and how many of them repeated
	 * the previous request. */
	struct str before;
	size_t bytes, again;
} script;

static inline void script_measure(void)
{
	const char *tools = strstr(str_cstr(&script.seen), "\n[tool ");
	size_t len = tools ? (size_t)(tools - script.seen.data) : script.seen.len, n = 0;

	while (n < len && n < script.before.len && script.seen.data[n] == script.before.data[n])
		n++;
	script.bytes += len;
	script.again += n;
	str_clear(&script.before);
	str_add(&script.before, script.seen.data, len);
}

static inline bool script_paired(const struct prompt *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct prompt_message *m = &p->messages[i], *next = m + 1;
		size_t calls = 0, results = 0;

		if (i && m->role == p->messages[i - 1].role)
			return false;
		for (size_t k = 0; k < m->n; k++)
			calls += m->parts[k].kind == PROMPT_CALL;
		if (calls == 0)
			continue;
		if (i + 1 == p->n)
			return false;
		for (size_t k = 0; k < next->n; k++)
			results += next->parts[k].kind == PROMPT_RESULT;
		if (results != calls)
			return false;
		for (size_t k = 0, r = 0; k < m->n; k++) {
			if (m->parts[k].kind != PROMPT_CALL)
				continue;
			/* Results come first, in the order of the calls. */
			if (next->parts[r].kind != PROMPT_RESULT ||
			    strcmp(next->parts[r].id, m->parts[k].id) != 0)
				return false;
			r++;
		}
	}
	return true;
}

static inline bool script_line(const char *line, size_t len, piece_fn *piece, void *ctx,
			       bool *called, bool *finished, struct err *err)
{
	char *copy = mem_strndup(line, len), *rest = len > 2 ? copy + 2 : copy + len, *name, *args;
	struct piece p = { .usage = { -1, -1, -1, -1 }, .text = rest, .len = strlen(rest) };
	bool ok = true;

	switch (copy[0]) {
	case 't':
		p.kind = PIECE_TEXT;
		ok = piece(ctx, &p);
		break;
	case 'n':
		p.kind = PIECE_TEXT;
		p.text = "\n";
		p.len = 1;
		ok = piece(ctx, &p);
		break;
	case 'o':
		p.kind = PIECE_OPAQUE;
		p.name = "script/x";
		ok = piece(ctx, &p);
		break;
	case 'c':
		name = rest + strcspn(rest, " ");
		*name++ = '\0';
		args = name + strcspn(name, " ");
		if (*args)
			*args++ = '\0';
		p = (struct piece){ .kind = PIECE_CALL,
				    .id = rest,
				    .name = name,
				    .text = args,
				    .len = strlen(args),
				    .usage = p.usage };
		*called = true;
		ok = piece(ctx, &p);
		break;
	case 'u':
		p.kind = PIECE_USAGE;
		p.usage.in = strtol(rest, &args, 10);
		p.usage.out = strtol(args, NULL, 10);
		ok = piece(ctx, &p);
		break;
	case 'f':
		p.kind = PIECE_FINISH;
		while (p.finish < FINISH_OTHER && strcmp(finish_name(p.finish), rest) != 0)
			p.finish++;
		*finished = true;
		ok = piece(ctx, &p);
		break;
	case 'e':
	case 'l':
	case 'x':
		err_set(err,
			*copy == 'l'   ? ERR_LIMIT
			: *copy == 'x' ? ERR_NO_TOOLS
				       : ERR_NET,
			"%s", rest);
		free(copy);
		return false;
	case 'w':
		if (script.on_wait)
			script.on_wait();
		while (task_wait(err))
			;
		free(copy);
		return false;
	}
	if (!ok)
		err_set(err, ERR_CANCELLED, "cancelled");
	free(copy);
	return ok;
}

static inline bool script_ask(struct backend *b, const struct prompt *p, piece_fn *piece, void *ctx,
			      struct err *err)
{
	const char *s = *script.rounds ? *script.rounds++ : "t done";
	struct piece start = { .kind = PIECE_START, .text = "script", .len = 6 };
	struct piece end = { .kind = PIECE_FINISH, .usage = { -1, -1, -1, -1 } };
	bool called = false, finished = false;

	str_clear(&script.seen);
	prompt_view(p, &script.seen);
	script_measure();
	script.paired = script.paired && script_paired(p);
	script.asked++;
	if (!task_rest(err) || !piece(ctx, &start))
		return false;
	while (*s) {
		size_t n = strcspn(s, "\n");

		if (n && !script_line(s, n, piece, ctx, &called, &finished, err))
			return false;
		s += n + (s[n] == '\n');
	}
	end.finish = called ? FINISH_TOOLS : FINISH_STOP;
	return finished || piece(ctx, &end);
}

static const struct backend_ops backend_script;
static struct backend script_self = { &backend_script };

static inline struct backend *script_open(struct loop *l, const struct backend_config *cfg,
					  struct err *err)
{
	return &script_self;
}

static inline void script_close(struct backend *b)
{
}

static const struct backend_ops backend_script = { .protocol = "script",
						   .help = "for tests",
						   .tools = true,
						   .open = script_open,
						   .close = script_close,
						   .ask = script_ask };

static const struct backend_ops *const script_backends[] = { &backend_script, NULL };

static inline void script_begin(struct desk *d, const char *const *rounds, const char *mode)
{
	static struct ports own;
	struct backend_entry b = { .name = "s", .protocol = "script" };

	own = *d->w.ports;
	own.backends = script_backends;
	d->w.ports = &own;
	if (!backend_list_find(d->w.backends, "s"))
		workbench_add_backend(&d->w, &b);
	assert_true(options_set(d->w.options, "backend", "s", NULL));
	assert_true(options_set(d->w.options, "mode", mode, NULL));
	str_free(&script.seen);
	str_free(&script.before);
	memset(&script, 0, sizeof(script));
	script.rounds = rounds;
	script.paired = true;
}

#endif
