/* Recorded answers to the questions they were given for: one session serves a whole
 * course, and tests need no model. Options:
 *
 *   session=ID   a session of the project      path=FILE  any journal, or its folder
 *   every_ms=N   one piece each N ms; 0: as fast as they are taken
 *
 * Two questions are the same if their words are, regardless of white space. A question
 * that was asked several times is answered in the recorded order, unless the whole
 * request matches a recorded one; after the last answer, that one is repeated. Any
 * other question gets a message about the nearest recorded one, not the answer to
 * something else. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/base/utf8.h"
#include "session/journal/event.h"
#include "session/journal/journal.h"
#include "session/model/prompt.h"
#include "session/text/diff_words.h"

#define QUESTION_SHOWN	 2000 /* bytes shown of the nearest question */
#define DIFFERENCE_SHOWN 300  /* bytes shown of the difference, each side */

struct part {
	enum piece_kind kind;
	struct str text;
	char *id, *name; /* of a call; else NULL */
};

struct recorded {
	uint64_t n; /* number of its ask event */
	struct str question;
	char request[HASH_HEX + 1]; /* hash of the whole request */
	struct part *v;
	size_t n_parts, cap;
	char *model, *error;
	enum finish_reason finish;
	struct usage usage;
	bool ended;
	bool used;
};

struct replay {
	struct backend base;
	struct loop *loop;
	char *dir;
	struct recorded *v;
	size_t n, cap;
	uint64_t every_ms;
};

/* Reading the session ---------------------------------------------------------------- */

static struct recorded *find(struct replay *r, uint64_t n)
{
	for (size_t i = r->n; i-- > 0;)
		if (r->v[i].n == n)
			return &r->v[i];
	return NULL;
}

static void add_question(struct replay *r, const struct event *e)
{
	struct recorded *q;

	MEM_ROOM(r->v, r->n, r->cap);
	q = &r->v[r->n++];
	*q = (struct recorded){ .n = e->n, .finish = FINISH_STOP, .usage = { -1, -1, -1, -1 } };
	str_add(&q->question, e->ask.question.data, e->ask.question.len);
	if (e->ask.prompt.data)
		hash_text(e->ask.prompt.data, e->ask.prompt.len, q->request);
	else
		memcpy(q->request, e->ask.prompt.hash, sizeof(q->request));
}

static void add_whole(const char *text, size_t len, struct str *out)
{
	unsigned cp;

	for (size_t i = 0, n; i < len; i += n ? n : 1) {
		n = utf8_decode(text + i, len - i, &cp);
		str_add(out, n ? text + i : "\xef\xbf\xbd", n ? n : 3);
	}
}

static void add_part(struct recorded *q, const struct event *e)
{
	bool reasoning = strcmp(e->piece.kind, "reasoning") == 0;
	struct part *p;

	if (e->piece.text.len == 0)
		return;
	MEM_ROOM(q->v, q->n_parts, q->cap);
	p = &q->v[q->n_parts++];
	*p = (struct part){ .kind = reasoning ? PIECE_REASONING : PIECE_TEXT };
	/* A piece has whole characters, whatever the journal contains. */
	add_whole(e->piece.text.data, e->piece.text.len, &p->text);
}

/* Opaque pieces are not replayed: only the backend that sent them can use them. */
static void add_call(struct recorded *q, const struct event *e)
{
	struct part *p;

	MEM_ROOM(q->v, q->n_parts, q->cap);
	p = &q->v[q->n_parts++];
	*p = (struct part){ .kind = PIECE_CALL,
			    .id = mem_strdup(e->call.id),
			    .name = mem_strdup(e->call.name) };
	add_whole(e->call.args.data, e->call.args.len, &p->text);
}

static void add_end(struct recorded *q, const struct event *e)
{
	q->ended = true;
	free(q->model);
	free(q->error);
	q->model = mem_strdup(e->answer.model);
	q->error = e->answer.error[0] ? mem_strdup(e->answer.error) : NULL;
	q->usage = (struct usage){ (long)e->answer.in, (long)e->answer.out, (long)e->answer.cached,
				   (long)e->answer.reasoning };
	for (int f = FINISH_STOP; f <= FINISH_OTHER; f++)
		if (strcmp(finish_name((enum finish_reason)f), e->answer.finish) == 0)
			q->finish = (enum finish_reason)f;
}

static bool take(void *ctx, const struct event *e, struct err *err)
{
	struct replay *r = ctx;
	struct recorded *q;

	if (e->type == EVENT_ASK)
		add_question(r, e);
	else if (e->type == EVENT_PIECE && (q = find(r, e->piece.ask)))
		add_part(q, e);
	else if (e->type == EVENT_CALL && (q = find(r, e->call.ask)))
		add_call(q, e);
	else if (e->type == EVENT_ANSWER && (q = find(r, e->answer.ask)))
		add_end(q, e);
	return true;
}

static void free_recorded(struct recorded *q)
{
	for (size_t i = 0; i < q->n_parts; i++) {
		str_free(&q->v[i].text);
		free(q->v[i].id);
		free(q->v[i].name);
	}
	free(q->v);
	free(q->model);
	free(q->error);
	str_free(&q->question);
}

/* Drops questions without an end, or with an error and no text. */
static void drop_unanswered(struct replay *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (r->v[i].ended && (r->v[i].n_parts || !r->v[i].error))
			r->v[n++] = r->v[i];
		else
			free_recorded(&r->v[i]);
	}
	r->n = n;
}

static bool load(struct replay *r, struct err *err)
{
	struct journal_start reached;
	struct damage damage;

	if (!journal_read(r->dir, NULL, take, r, &reached, &damage, err))
		return err_prefix(err, "replay");
	drop_unanswered(r);
	if (r->n)
		return true;
	return damage.line
		       ? err_set(err, ERR_PARSE,
				 "replay: the journal in %s is damaged at line %llu, and has no "
				 "answer before that: %s",
				 r->dir, (unsigned long long)damage.line, damage.why)
		       : err_set(err, ERR_NOT_FOUND, "replay: no answer is recorded in %s", r->dir);
}

/* Which answer ------------------------------------------------------------------------- */

/* Collapses white space to single blanks and strips both ends. */
static void words_of(const char *text, size_t len, struct str *out)
{
	for (size_t i = 0; i < len; i++) {
		if (!isspace((unsigned char)text[i]))
			str_addc(out, text[i]);
		else if (out->len && out->data[out->len - 1] != ' ')
			str_addc(out, ' ');
	}
	if (out->len && out->data[out->len - 1] == ' ')
		str_cut(out, out->len - 1);
}

static bool same_words(const struct str *question, const struct recorded *q)
{
	struct str other = STR_INIT;
	bool same;

	words_of(str_cstr(&q->question), q->question.len, &other);
	same = other.len == question->len &&
	       memcmp(str_cstr(&other), str_cstr(question), other.len) == 0;
	str_free(&other);
	return same;
}

static struct recorded *choose(struct replay *r, const struct prompt *p, const struct str *question)
{
	struct str view = STR_INIT;
	char request[HASH_HEX + 1];
	struct recorded *whole = NULL, *next = NULL, *last = NULL;

	prompt_view(p, &view);
	hash_text(str_cstr(&view), view.len, request);
	str_free(&view);
	for (size_t i = 0; i < r->n; i++) {
		struct recorded *q = &r->v[i];

		if (!same_words(question, q))
			continue;
		last = q;
		if (!q->used && !next)
			next = q;
		if (strcmp(q->request, request) == 0 && (!whole || whole->used))
			whole = q;
	}
	return whole ? whole : next ? next : last;
}

static void add_quoted(const char *text, size_t len, struct str *out)
{
	bool cut = len > DIFFERENCE_SHOWN;

	if (cut)
		len = DIFFERENCE_SHOWN - utf8_partial_tail(text, DIFFERENCE_SHOWN);
	str_adds(out, "\"");
	str_add(out, text, len);
	str_adds(out, cut ? " ...\"" : "\"");
}

/* Quotes the marked ranges; a single blank does not split a range. */
static void add_marked(const char *a, size_t len, const uint8_t *marks, struct str *out)
{
	size_t start = out->len;

	for (size_t i = 0; i < len && out->len - start < DIFFERENCE_SHOWN;) {
		size_t from = i, to;

		while (i < len &&
		       (marks[i] || (a[i] == ' ' && i + 1 < len && marks[i + 1] && i > from)))
			i++;
		for (to = i; to > from && a[to - 1] == ' ';)
			to--;
		for (; from < to && a[from] == ' ';)
			from++;
		if (to > from) {
			str_adds(out, out->len > start ? ", " : "");
			add_quoted(a + from, to - from, out);
		}
		i += i < len && !marks[i];
	}
}

struct difference {
	const struct recorded *q;
	struct str words;
	uint8_t *there, *here;
	size_t n_there, n_here; /* number of marked bytes */
};

static void compare(const struct str *question, const struct recorded *q, struct difference *d)
{
	*d = (struct difference){ .q = q };
	words_of(str_cstr(&q->question), q->question.len, &d->words);
	d->there = mem_zalloc(d->words.len + 1);
	d->here = mem_zalloc(question->len + 1);
	diff_words(str_cstr(&d->words), d->words.len, d->there, str_cstr(question), question->len,
		   d->here);
	for (size_t i = 0; i < d->words.len; i++)
		d->n_there += d->there[i] != 0;
	for (size_t i = 0; i < question->len; i++)
		d->n_here += d->here[i] != 0;
}

static void free_difference(struct difference *d)
{
	str_free(&d->words);
	free(d->there);
	free(d->here);
}

static void say_nearest(const struct replay *r, const struct str *question, struct str *out)
{
	struct difference best = { 0 }, d;

	for (size_t i = 0; i < r->n; i++) {
		compare(question, &r->v[i], &d);
		if (best.q && d.n_there + d.n_here >= best.n_there + best.n_here) {
			free_difference(&d);
			continue;
		}
		free_difference(&best);
		best = d;
	}
	str_adds(out,
		 "This is a recorded session and not a model: it has no answer to this question. "
		 "The nearest one that it answers is:\n\n> ");
	if (best.words.len > QUESTION_SHOWN) {
		str_cut(&best.words,
			QUESTION_SHOWN - utf8_partial_tail(best.words.data, QUESTION_SHOWN));
		str_adds(out, str_cstr(&best.words));
		str_adds(out, " ...");
	} else {
		str_adds(out, str_cstr(&best.words));
	}
	str_adds(out, "\n\nWhat differs: ");
	if (best.n_there) {
		str_adds(out, "only there ");
		add_marked(best.words.data, best.words.len, best.there, out);
	}
	if (best.n_here) {
		str_adds(out, best.n_there ? ", only in yours " : "only in yours ");
		add_marked(question->data, question->len, best.here, out);
	}
	str_adds(out, ".\n");
	free_difference(&best);
}

/* Answering ------------------------------------------------------------------------------ */

/* One question. q: its recorded answer; NULL: none, a message is sent instead. */
struct telling {
	const struct replay *r;
	const struct recorded *q;
	piece_fn *piece;
	void *ctx;
};

static bool send_part(const struct telling *t, const struct part *part)
{
	return t->piece(t->ctx, &(struct piece){ .kind = part->kind,
						 .text = str_cstr(&part->text),
						 .len = part->text.len,
						 .id = part->id,
						 .name = part->name,
						 .usage = { -1, -1, -1, -1 } });
}

static bool send(const struct telling *t, enum piece_kind kind, const char *text, size_t len)
{
	struct piece p = { .kind = kind,
			   .text = text,
			   .len = len,
			   .usage = { -1, -1, -1, -1 },
			   .finish = FINISH_STOP };

	if (t->q) {
		p.usage = t->q->usage;
		p.finish = t->q->finish;
	}
	return t->piece(t->ctx, &p);
}

static bool tell(const struct telling *t, const struct str *words)
{
	const struct recorded *q = t->q;
	const char *model = q && q->model[0] ? q->model : "recording";

	if (!send(t, PIECE_START, model, strlen(model)))
		return false;
	if (!q && !send(t, PIECE_TEXT, str_cstr(words), words->len))
		return false;
	for (size_t i = 0; q && i < q->n_parts; i++)
		if (!send_part(t, &q->v[i]) || !task_sleep(t->r->loop, t->r->every_ms, NULL))
			return false;
	return (q && q->error) || (send(t, PIECE_USAGE, "", 0) && send(t, PIECE_FINISH, "", 0));
}

static bool ask(struct backend *b, const struct prompt *p, piece_fn *piece, void *ctx,
		struct err *err)
{
	struct replay *r = (struct replay *)b;
	struct str question = STR_INIT, words = STR_INIT;
	struct telling t = { .r = r, .piece = piece, .ctx = ctx };
	struct recorded *q;
	bool ok;

	words_of(p->question, strlen(p->question), &question);
	t.q = q = choose(r, p, &question);
	if (q)
		q->used = true;
	else
		say_nearest(r, &question, &words);
	str_free(&question);
	ok = (task_rest(NULL) && tell(&t, &words)) || err_set(err, ERR_CANCELLED, "cancelled");
	str_free(&words);
	return ok && (!q || !q->error || err_set(err, ERR_NET, "%s", q->error));
}

/* Beginning and end ------------------------------------------------------------------------ */

static void close_replay(struct backend *b)
{
	struct replay *r = (struct replay *)b;

	if (!r)
		return;
	for (size_t i = 0; i < r->n; i++)
		free_recorded(&r->v[i]);
	free(r->v);
	free(r->dir);
	free(r);
}

static bool set_session(struct replay *r, const struct backend_config *cfg, const char *id,
			struct err *err)
{
	if (!cfg->root)
		return err_set(err, ERR_USAGE,
			       "replay: session=%s needs a project; path=FILE does not", id);
	if (id[0] == '\0' || id[0] == '.' || strchr(id, '/'))
		return err_set(
			err, ERR_USAGE,
			"replay: session=%s is not the name of a session; path=FILE takes a path",
			id);
	free(r->dir);
	r->dir = str_fmt("%s/.posedge/sessions/%s", cfg->root, id);
	return true;
}

static bool set_path(struct replay *r, const struct backend_config *cfg, const char *path,
		     struct err *err)
{
	char *full = cfg->root ? path_join(cfg->root, path) : mem_strdup(path);

	free(r->dir);
	if (file_is_dir(full)) {
		r->dir = full;
		return true;
	}
	r->dir = path_dir(full);
	free(full);
	/* its texts lie beside it, and it is found by its name */
	if (strcmp(path_base(path), "journal.jsonl") == 0)
		return true;
	return err_set(err, ERR_USAGE,
		       "replay: path=%s is neither a folder nor called journal.jsonl", path);
}

static bool set(struct replay *r, const struct backend_config *cfg, const char *option,
		struct err *err)
{
	if (str_starts(option, "session="))
		return set_session(r, cfg, option + 8, err);
	if (str_starts(option, "path="))
		return set_path(r, cfg, option + 5, err);
	if (str_starts(option, "every_ms="))
		r->every_ms = strtoul(option + 9, NULL, 10);
	else
		return err_set(err, ERR_USAGE, "replay: option %s is not known", option);
	return true;
}

static struct backend *open_replay(struct loop *l, const struct backend_config *cfg,
				   struct err *err)
{
	struct replay *r = mem_zalloc(sizeof(*r));
	bool ok = true;

	r->base.ops = &backend_replay;
	r->loop = l;
	for (const char *const *o = cfg->options; ok && o && *o; o++)
		ok = set(r, cfg, *o, err);
	if (ok && !r->dir)
		ok = err_set(err, ERR_USAGE,
			     "replay: which recording? session=ID, or path=FILE of a journal");
	if (!ok || !load(r, err)) {
		close_replay(&r->base);
		return NULL;
	}
	return &r->base;
}

static const struct backend_option options[] = {
	{ "session", "ID", "a session of the project" },
	{ "path", "FILE", "or a journal.jsonl anywhere, or its folder" },
	{ "every_ms", "N", "a piece each N ms" },
	{ NULL, NULL, NULL },
};

const struct backend_ops backend_replay = {
	.protocol = "replay",
	.asks_nobody = true,
	.help = "answers from a recorded session: session=ID or path=FILE",
	.options = options,
	.open = open_replay,
	.close = close_replay,
	.ask = ask,
};
