/* One function an event: what it changes.
 *
 * Each apply_*() checks what it was given before it changes anything, since
 * the journal may be anybody's. Items that a copy of the state holds, too, are
 * shared and counted; they are copied by whoever changes them first.
 */
#include "config.h"

#include "session/journal/state.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"
#include "session/journal/state_inner.h"
#include "session/journal/thread.h"
#include "session/text/text.h"
#include "session/verdict/diag.h"

void state_init(struct state *s)
{
	memset(s, 0, sizeof(*s));
	s->version = mem_strdup("");
	s->neighbour = mem_strdup("");
	s->parent = mem_strdup("");
	s->lint_tool = mem_strdup("");
	s->lint_error = mem_strdup("");
	s->lint_unread = mem_strdup("");
}

/* An item that other states hold, too, is theirs from then on. */
static bool let_go(unsigned *shared)
{
	if (*shared == 0)
		return false;
	(*shared)--;
	return true;
}

static void free_parts(struct exchange *x)
{
	for (size_t i = 0; i < x->n_parts; i++) {
		free(x->parts[i].id);
		free(x->parts[i].name);
		str_free(&x->parts[i].text);
	}
	free(x->parts);
}

static void free_exchange(struct exchange *x)
{
	if (let_go(&x->shared))
		return;
	free(x->backend);
	free(x->model);
	free(x->finish);
	free(x->error);
	free(x->stopped);
	free(x->path);
	str_free(&x->line);
	str_free(&x->sent);
	free(x->currency);
	strv_free(&x->rewritten);
	str_free(&x->question);
	str_free(&x->answer);
	str_free(&x->reasoning);
	free_parts(x);
	free(x);
}

static void free_proposal(struct proposal *p)
{
	if (let_go(&p->shared))
		return;
	suggestion_free(p->s);
	strv_free(&p->amended);
	strv_free(&p->refused);
	free(p->by);
	free(p);
}

static void free_critique(struct critique *c)
{
	if (let_go(&c->shared))
		return;
	free(c->path);
	diag_list_free(c->found);
	free(c);
}

static void free_run(struct sim_run *r)
{
	if (let_go(&r->shared))
		return;
	free(r->testbench);
	free(r->engine);
	free(r->verdict);
	free(r->error);
	free(r->first);
	free(r->first_path);
	free(r->output);
	free(r->wave);
	free(r);
}

void state_fini(struct state *s)
{
	for (size_t i = 0; i < s->n_docs; i++)
		doc_free(s->docs[i]);
	for (size_t i = 0; i < s->n_past; i++)
		doc_free(s->past[i]);
	for (size_t i = 0; i < s->n_chat; i++)
		free_exchange(s->chat[i]);
	for (size_t i = 0; i < s->n_proposals; i++)
		free_proposal(s->proposals[i]);
	for (size_t i = 0; i < s->n_runs; i++)
		free_run(s->runs[i]);
	for (size_t i = 0; i < s->n_critiques; i++)
		free_critique(s->critiques[i]);
	free(s->critiques);
	free(s->docs);
	free(s->past);
	free(s->chat);
	free(s->proposals);
	free(s->runs);
	diag_list_free(s->found);
	free(s->version);
	free(s->neighbour);
	free(s->parent);
	free(s->lint_tool);
	free(s->lint_error);
	free(s->lint_unread);
	strv_free(&s->settings);
}

/* Finding */

struct doc *state_doc(const struct state *s, const char *path)
{
	for (size_t i = 0; i < s->n_docs; i++)
		if (strcmp(s->docs[i]->path, path) == 0)
			return s->docs[i];
	return NULL;
}

/* The youngest is nearly always the one that is asked for. */
struct exchange *state_exchange(const struct state *s, uint64_t n)
{
	for (size_t i = s->n_chat; i-- > 0;)
		if (s->chat[i]->n == n)
			return s->chat[i];
	return NULL;
}

uint64_t state_asked(const struct state *s, const char *question)
{
	for (size_t i = s->n_chat; i-- > 0;)
		if (!s->chat[i]->beside && strcmp(str_cstr(&s->chat[i]->question), question) == 0)
			return s->chat[i]->n;
	return 0;
}

struct proposal *state_proposal(const struct state *s, uint64_t n)
{
	for (size_t i = s->n_proposals; i-- > 0;)
		if (s->proposals[i]->n == n)
			return s->proposals[i];
	return NULL;
}

const char *state_setting(const struct state *s, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < s->settings.n; i++)
		if (strncmp(s->settings.v[i], name, len) == 0 && s->settings.v[i][len] == '=')
			return s->settings.v[i] + len + 1;
	return NULL;
}

/* Changing */

static void put(char **where, const char *value)
{
	free(*where);
	*where = mem_strdup(value ? value : "");
}

#define PUSH(list, n, cap, item)                                                     \
	do {                                                                         \
		(cap) = mem_grow((void **)&(list), (cap), (n) + 1, sizeof(*(list))); \
		(list)[(n)++] = (item);                                              \
	} while (0)

static struct doc *doc_or_fail(const struct state *s, const char *path, struct err *err)
{
	struct doc *d = state_doc(s, path);

	if (!d)
		err_set(err, ERR_PARSE, "%s was not opened", path);
	return d;
}

/* Opened again and the file is what we last knew of it: the undo tree goes
 * on. Otherwise it starts anew. */
static bool apply_open(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = state_doc(s, e->open.path);

	if (d && (d->size != e->open.size || d->mtime_us != e->open.mtime_us) && !doc_unsaved(d)) {
		struct doc *fresh = doc_new(d->path);

		for (size_t i = 0; i < s->n_docs; i++)
			if (s->docs[i] == d)
				s->docs[i] = fresh;
		if (s->keep_past)
			PUSH(s->past, s->n_past, s->cap_past, d);
		else
			doc_free(d);
		d = fresh;
		d->born = e->n;
	}
	if (!d) {
		d = doc_new(e->open.path);
		d->born = e->n;
		PUSH(s->docs, s->n_docs, s->cap_docs, d);
	}
	if (d->n_nodes == 1) {
		d->size = e->open.size;
		d->mtime_us = e->open.mtime_us;
	}
	d->open = true;
	return true;
}

static bool apply_base(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->base.path, err);

	if (!d)
		return false;
	if (strlen(e->base.hash) != HASH_HEX)
		return err_set(err, ERR_PARSE, "%s: its base has no hash", d->path);
	memcpy(d->base_hash, e->base.hash, sizeof(d->base_hash));
	d->base_len = e->base.len;
	d->base_kept = e->base.kept;
	return true;
}

static bool apply_edit(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->edit.path, err);

	return d && doc_edit(d, e->edit.v, e->edit.n, e->edit.by, err);
}

/* Both documents or none: the old one can hold nothing but what the new one brings. */
static bool apply_rename(struct state *s, const struct event *e, struct err *err)
{
	struct doc *from = doc_or_fail(s, e->rename.path, err),
		   *to = from ? doc_or_fail(s, e->rename.to, err) : NULL;
	struct change all = { .removed = e->rename.n ? e->rename.v[0].ins.len : 0 };
	struct edit_by by = { EDIT_BY_SUGGESTION, e->rename.suggestion };
	struct doc_step came = { e->rename.v, e->rename.n, by, DOC_CAME, { 0 } },
			went = { &all, 1, by, DOC_GONE, { 0 } };

	if (!to)
		return false;
	if (to == from || e->rename.n == 0)
		return err_set(err, ERR_PARSE, "%s cannot be renamed to %s", from->path, to->path);
	if (from->text && text_len(from->text) != all.removed)
		return err_set(err, ERR_CONFLICT, "%s: a rename brings along another text",
			       from->path);
	came.move = (struct doc_move){ from->path, from->n_nodes, e->rename.authors,
				       e->rename.n_authors };
	went.move = (struct doc_move){ to->path, to->n_nodes, NULL, 0 };
	return doc_step(to, &came, err) && doc_step(from, &went, err);
}

static bool apply_remove(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->remove.path, err);
	struct doc_step x = { e->remove.v,
			      e->remove.n,
			      { EDIT_BY_SUGGESTION, e->remove.suggestion },
			      DOC_GONE,
			      { 0 } };

	return d && doc_step(d, &x, err);
}

static bool apply_goto(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->go.path, err);

	return d && doc_goto(d, e->go.node > UINT32_MAX ? UINT32_MAX : (uint32_t)e->go.node, err);
}

static bool apply_save(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->save.path, err);

	if (!d)
		return false;
	if (e->save.of > d->n_nodes)
		return err_set(err, ERR_PARSE, "%s has no node %llu", d->path,
			       (unsigned long long)e->save.of - 1);
	d->saved = e->save.of ? (uint32_t)e->save.of - 1 : d->current;
	d->size = e->save.size;
	d->mtime_us = e->save.mtime_us;
	return true;
}

static bool apply_close(struct state *s, const struct event *e, struct err *err)
{
	struct doc *d = doc_or_fail(s, e->close.path, err);

	if (d)
		d->open = false;
	return d != NULL;
}

/* Only the next requests need it. */
static void forget_sent(struct exchange **at)
{
	if ((*at)->sent.len == 0 && (*at)->prompt[0] == '\0')
		return;
	own_exchange(at);
	str_free(&(*at)->sent);
	(*at)->prompt[0] = '\0';
}

/* Behind one more that is beside the conversation, or in it. */
static void forget_oldest_sent(struct state *s, bool beside)
{
	size_t n = 0;

	for (size_t i = s->n_chat; i-- > 0;) {
		if (s->chat[i]->beside != beside || ++n < EXCHANGES_SENT)
			continue;
		forget_sent(&s->chat[i]);
		return;
	}
}

static bool apply_ask(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = mem_zalloc(sizeof(*x));

	x->n = e->n;
	x->in = x->out = x->cached = x->reasoned = x->cost = -1;
	put(&x->currency, "");
	put(&x->backend, e->ask.backend);
	put(&x->model, e->ask.model);
	put(&x->finish, "");
	put(&x->error, "");
	put(&x->stopped, "");
	str_add(&x->question, e->ask.question.data, e->ask.question.len);
	x->follows = e->ask.follows;
	x->beside = e->ask.beside;
	put(&x->path, e->ask.path);
	str_add(&x->line, e->ask.line.data, e->ask.line.len);
	x->at = e->ask.at;
	x->estimated = e->ask.tokens;
	if (e->ask.prompt.hash[0])
		memcpy(x->prompt, e->ask.prompt.hash, sizeof(x->prompt));
	else if (e->ask.prompt.len)
		hash_text(e->ask.prompt.data, e->ask.prompt.len, x->prompt);
	str_add(&x->sent, e->ask.sent.data, e->ask.sent.len);
	forget_oldest_sent(s, x->beside);
	PUSH(s->chat, s->n_chat, s->cap_chat, x);
	return true;
}

/* The youngest is nearly always the one that is changed. */
static struct exchange *exchange_or_fail(struct state *s, uint64_t n, struct err *err)
{
	for (size_t i = s->n_chat; i-- > 0;) {
		if (s->chat[i]->n != n)
			continue;
		own_exchange(&s->chat[i]);
		return s->chat[i];
	}
	err_set(err, ERR_PARSE, "there is no question %llu", (unsigned long long)n);
	return NULL;
}

static bool apply_piece(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->piece.ask, err);

	if (!x)
		return false;
	str_add(strcmp(e->piece.kind, "reasoning") == 0 ? &x->reasoning : &x->answer,
		e->piece.text.data, e->piece.text.len);
	return true;
}

static bool add_part(struct exchange *x, enum exchange_part_kind kind, const char *id,
		     const char *name, const struct bytes *text, bool failed, struct err *err)
{
	struct exchange_part *p;

	if (x->n_parts >= EXCHANGE_PARTS_MAX)
		return err_set(err, ERR_PARSE, "question %llu has more than %u calls",
			       (unsigned long long)x->n, EXCHANGE_PARTS_MAX);
	x->cap_parts =
		mem_grow((void **)&x->parts, x->cap_parts, x->n_parts + 1, sizeof(*x->parts));
	p = &x->parts[x->n_parts++];
	*p = (struct exchange_part){ .kind = kind,
				     .at = x->answer.len,
				     .id = mem_strdup(id ? id : ""),
				     .name = mem_strdup(name ? name : ""),
				     .failed = failed };
	str_add(&p->text, text->data, text->len);
	return true;
}

static bool has_part(const struct exchange *x, enum exchange_part_kind kind, const char *id)
{
	for (size_t i = 0; i < x->n_parts; i++)
		if (x->parts[i].kind == kind && strcmp(x->parts[i].id, id ? id : "") == 0)
			return true;
	return false;
}

static bool apply_call(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->call.ask, err);

	if (!x)
		return false;
	if (has_part(x, EXCHANGE_CALL, e->call.id))
		return err_set(err, ERR_PARSE, "question %llu has two calls %s",
			       (unsigned long long)x->n, e->call.id);
	return add_part(x, EXCHANGE_CALL, e->call.id, e->call.name, &e->call.args, false, err);
}

/* Each call has one result at most, and each result its call. */
static bool apply_result(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->result.ask, err);

	if (!x)
		return false;
	if (!has_part(x, EXCHANGE_CALL, e->result.id) || has_part(x, EXCHANGE_RESULT, e->result.id))
		return err_set(err, ERR_PARSE, "question %llu has no call %s without a result",
			       (unsigned long long)x->n, e->result.id ? e->result.id : "");
	return add_part(x, EXCHANGE_RESULT, e->result.id, NULL, &e->result.text, e->result.failed,
			err);
}

static bool apply_opaque(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->opaque.ask, err);

	return x && add_part(x, EXCHANGE_OPAQUE, NULL, e->opaque.kind, &e->opaque.data, false, err);
}

static bool apply_steer(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->steer.ask, err);

	return x && add_part(x, EXCHANGE_STEER, NULL, e->steer.by, &e->steer.text, false, err);
}

static bool apply_answer(struct state *s, const struct event *e, struct err *err)
{
	struct exchange *x = exchange_or_fail(s, e->answer.ask, err);

	if (!x)
		return false;
	x->state = e->answer.error && e->answer.error[0] ? EXCHANGE_FAILED : EXCHANGE_ANSWERED;
	put(&x->finish, e->answer.finish);
	put(&x->error, e->answer.error);
	if (e->answer.model && e->answer.model[0])
		put(&x->model, e->answer.model);
	x->cut = e->answer.cut;
	x->in = e->answer.in;
	x->out = e->answer.out;
	x->cached = e->answer.cached;
	x->reasoned = e->answer.reasoning;
	x->written = e->answer.written;
	x->cost = (int64_t)e->answer.cost - 1;
	put(&x->currency, e->answer.currency ? e->answer.currency : "");
	x->rounds = e->answer.rounds;
	put(&x->stopped, e->answer.stopped);
	return true;
}

static bool is_clean(const char *path)
{
	char *clean = NULL;
	bool same = path_clean(path, &clean, NULL) && strcmp(clean, path) == 0;

	free(clean);
	return same;
}

static bool apply_suggest(struct state *s, const struct event *e, struct err *err)
{
	struct suggestion *sug = suggestion_restore(
		e->suggest.path, e->suggest.new_file, e->suggest.base.data, e->suggest.base.len,
		e->suggest.proposed.data, e->suggest.proposed.len, e->suggest.units,
		e->suggest.n_units, err);
	bool moves = e->suggest.moves && e->suggest.moves[0];
	struct proposal *p;

	if (!sug)
		return false;
	if ((e->suggest.n_units && e->suggest.units[0].kind == UNIT_MOVED) != moves) {
		suggestion_free(sug);
		return err_set(err, ERR_PARSE, "the suggestion for %s does not say where it moves",
			       e->suggest.path);
	}
	if (moves && !is_clean(e->suggest.moves)) {
		suggestion_free(sug);
		return err_set(
			err, ERR_PARSE,
			"the suggestion for %s moves to `%s`, which is no path in the project",
			e->suggest.path, e->suggest.moves);
	}
	if (moves)
		suggestion_set_moves(sug, e->suggest.moves);
	suggestion_set_incomplete(sug, e->suggest.incomplete);
	suggestion_set_removes(sug, e->suggest.removes);
	suggestion_set_in_place(sug, e->suggest.in_place);
	p = mem_zalloc(sizeof(*p));
	p->n = e->n;
	p->ask = e->suggest.ask;
	p->group = e->suggest.with ? e->suggest.with : e->n;
	p->s = sug;
	put(&p->by, e->suggest.by);
	PUSH(s->proposals, s->n_proposals, s->cap_proposals, p);
	return true;
}

static struct proposal *proposal_or_fail(struct state *s, uint64_t n, struct err *err)
{
	for (size_t i = s->n_proposals; i-- > 0;) {
		if (s->proposals[i]->n != n)
			continue;
		own_proposal(&s->proposals[i]);
		return s->proposals[i];
	}
	err_set(err, ERR_PARSE, "there is no suggestion %llu", (unsigned long long)n);
	return NULL;
}

static bool apply_split(struct state *s, const struct event *e, struct err *err)
{
	struct proposal *p = proposal_or_fail(s, e->split.suggestion, err);

	return p &&
	       (suggestion_split(p->s, e->split.unit) ||
		err_set(err, ERR_PARSE, "only one line in place of another can be split in two"));
}

/* What was asked about the line that is rewritten stays with it. */
static void keep_threads(struct state *s, const struct suggestion *of, uint64_t unit,
			 const char *line, size_t len)
{
	for (size_t i = 0; i < s->n_chat; i++) {
		if (unit > LONG_MAX || thread_unit(of, s->chat[i]) != (long)unit)
			continue;
		own_exchange(&s->chat[i]);
		strv_give(&s->chat[i]->rewritten, mem_strndup(line, len));
	}
}

static bool apply_amend(struct state *s, const struct event *e, struct err *err)
{
	struct proposal *p = proposal_or_fail(s, e->amend.suggestion, err);
	const char *line = e->amend.line.data ? e->amend.line.data : "";
	struct suggestion *was = p ? suggestion_copy(p->s) : NULL;
	bool ok = p && suggestion_amend(p->s, e->amend.unit, line, e->amend.line.len);

	if (ok)
		keep_threads(s, was, e->amend.unit, line, e->amend.line.len);
	suggestion_free(was);
	if (!ok)
		return p && err_set(err, ERR_PARSE, "suggestion %llu adds no line there",
				    (unsigned long long)p->n);
	strv_give(&p->amended, mem_strndup(line, e->amend.line.len));
	return true;
}

static bool apply_decide(struct state *s, const struct event *e, struct err *err)
{
	struct proposal *p = proposal_or_fail(s, e->decide.suggestion, err);

	if (!p)
		return false;
	if (e->decide.first > e->decide.last || e->decide.last >= suggestion_units(p->s))
		return err_set(err, ERR_PARSE, "a decision names no unit of suggestion %llu",
			       (unsigned long long)p->n);
	for (uint64_t i = e->decide.first; i <= e->decide.last; i++)
		suggestion_decide(p->s, i, e->decide.decision);
	return true;
}

/* Its units are gone once it is over. */
static void keep_refused(struct proposal *p)
{
	for (size_t i = 0; i < suggestion_units(p->s) && p->refused.n < REFUSED_KEPT; i++) {
		const struct unit *u = suggestion_unit(p->s, i);
		size_t len;
		const char *line = suggestion_line(p->s, i, &len);

		if (u->decision != DECISION_REFUSED || u->kind == UNIT_MOVED)
			continue;
		if (len > REFUSED_LINE)
			len = REFUSED_LINE - utf8_partial_tail(line, REFUSED_LINE);
		strv_give(&p->refused,
			  str_fmt("%c %.*s", u->kind == UNIT_REMOVED ? '-' : '+', (int)len, line));
	}
}

static bool apply_apply(struct state *s, const struct event *e, struct err *err)
{
	struct proposal *p = proposal_or_fail(s, e->apply.suggestion, err);

	if (!p)
		return false;
	p->state = e->apply.taken ? PROPOSAL_APPLIED : PROPOSAL_CLOSED;
	p->with = e->apply.with;
	keep_refused(p);
	suggestion_settle(p->s);
	return true;
}

static bool has_line(const struct bytes *lines, const char *line)
{
	size_t len = strlen(line);

	for (const char *p = lines->data ? lines->data : ""; *p;) {
		size_t n = strcspn(p, "\n");

		if (n == len && memcmp(p, line, n) == 0)
			return true;
		p += n + (p[n] == '\n');
	}
	return false;
}

/* Of a part: what else was found before stays until all is linted. */
static const struct diag_list *with_part(const struct diag_list *before, const struct event *e)
{
	size_t n = diag_list_len(e->lint.found), rest = diag_list_len(before);
	struct diag_list *all = diag_list_new(n + rest);

	for (size_t i = 0; i < n; i++)
		diag_list_keep_new(all, e->lint.found, i, NULL);
	for (size_t i = 0; i < rest; i++)
		if (!has_line(&e->lint.files, diag_list_at(before, i)->path))
			diag_list_keep_new(all, before, i, NULL);
	return all;
}

static bool apply_lint(struct state *s, const struct event *e, struct err *err)
{
	const struct diag_list *before = s->found;

	if (!e->lint.found)
		s->found = diag_list_new(0);
	else if (e->lint.part && before)
		s->found = with_part(before, e);
	else
		s->found = diag_list_share(e->lint.found);
	diag_list_free(before);
	put(&s->lint_tool, e->lint.tool);
	if (e->lint.part)
		return true;
	s->lint_whole = true;
	put(&s->lint_error, e->lint.error);
	s->lint_read = e->lint.read;
	free(s->lint_unread);
	s->lint_unread =
		mem_strndup(e->lint.unread.data ? e->lint.unread.data : "", e->lint.unread.len);
	return true;
}

static void drop_critique(struct state *s, size_t i)
{
	free_critique(s->critiques[i]);
	s->n_critiques--;
	memmove(s->critiques + i, s->critiques + i + 1,
		(s->n_critiques - i) * sizeof(*s->critiques));
}

static bool apply_critique(struct state *s, const struct event *e, struct err *err)
{
	struct critique *c = mem_zalloc(sizeof(*c));

	c->n = e->n;
	c->ask = e->critique.ask;
	put(&c->path, e->critique.path);
	c->found = e->critique.found ? diag_list_share(e->critique.found) : diag_list_new(0);
	for (size_t i = s->n_critiques; i-- > 0;)
		if (strcmp(s->critiques[i]->path, c->path) == 0)
			drop_critique(s, i);
	if (s->n_critiques == CRITIQUES_KEPT)
		drop_critique(s, 0);
	PUSH(s->critiques, s->n_critiques, s->cap_critiques, c);
	return true;
}

static bool apply_run(struct state *s, const struct event *e, struct err *err)
{
	struct sim_run *r = mem_zalloc(sizeof(*r));

	r->n = e->n;
	r->checks = r->first_time = -1;
	put(&r->testbench, e->run.testbench);
	put(&r->engine, e->run.engine);
	r->confirms = e->run.confirms;
	put(&r->verdict, "");
	put(&r->error, "");
	put(&r->first, "");
	put(&r->first_path, "");
	put(&r->output, "");
	put(&r->wave, "");
	PUSH(s->runs, s->n_runs, s->cap_runs, r);
	return true;
}

const struct sim_run *state_last_run(const struct state *s)
{
	for (size_t i = s->n_runs; i-- > 0;)
		if (!s->runs[i]->confirms)
			return s->runs[i];
	return NULL;
}

static struct sim_run *run_or_fail(struct state *s, uint64_t n, struct err *err)
{
	for (size_t i = s->n_runs; i-- > 0;) {
		if (s->runs[i]->n != n)
			continue;
		own_run(&s->runs[i]);
		return s->runs[i];
	}
	err_set(err, ERR_PARSE, "there is no run %llu", (unsigned long long)n);
	return NULL;
}

static bool apply_verdict(struct state *s, const struct event *e, struct err *err)
{
	struct sim_run *r = run_or_fail(s, e->verdict.run, err);

	if (!r)
		return false;
	r->ended = true;
	r->checks = e->verdict.checks;
	r->failures = e->verdict.failures;
	r->first_time = e->verdict.first_time;
	r->first_line = e->verdict.first_line;
	put(&r->verdict, e->verdict.verdict);
	put(&r->error, e->verdict.error);
	free(r->first);
	r->first = mem_strndup(e->verdict.first.data ? e->verdict.first.data : "",
			       e->verdict.first.len);
	put(&r->first_path, e->verdict.first_path);
	put(&r->output, e->verdict.output);
	put(&r->wave, e->verdict.wave);
	return true;
}

static bool apply_set(struct state *s, const struct event *e, struct err *err)
{
	size_t len = strlen(e->set.name);

	for (size_t i = 0; i < s->settings.n; i++) {
		char *old = s->settings.v[i];

		if (strncmp(old, e->set.name, len) == 0 && old[len] == '=') {
			s->settings.v[i] = str_fmt("%s=%s", e->set.name, e->set.value);
			free(old);
			return true;
		}
	}
	strv_addf(&s->settings, "%s=%s", e->set.name, e->set.value);
	return true;
}

static bool apply_start(struct state *s, const struct event *e, struct err *err)
{
	put(&s->version, e->start.version);
	put(&s->neighbour, e->start.neighbour);
	put(&s->parent, e->start.parent);
	s->started_ms = e->t_ms;
	return true;
}

static bool apply_note(struct state *s, const struct event *e, struct err *err)
{
	s->notes++;
	return true;
}

/* Names a moment, or says why what follows is as it is: nothing else changes. */
static bool apply_nothing(struct state *s, const struct event *e, struct err *err)
{
	return true;
}

static bool apply_seal(struct state *s, const struct event *e, struct err *err)
{
	s->sealed = e->n;
	return true;
}

static bool apply_unknown(struct state *s, const struct event *e, struct err *err)
{
	s->unknown++;
	return true;
}

bool state_apply(struct state *s, const struct event *e, struct err *err)
{
	static bool (*const apply[EVENT_TYPES])(struct state *, const struct event *,
						struct err *) = {
		[EVENT_UNKNOWN] = apply_unknown,   [EVENT_START] = apply_start,
		[EVENT_OPEN] = apply_open,	   [EVENT_BASE] = apply_base,
		[EVENT_EDIT] = apply_edit,	   [EVENT_GOTO] = apply_goto,
		[EVENT_RENAME] = apply_rename,	   [EVENT_REMOVE] = apply_remove,
		[EVENT_SAVE] = apply_save,	   [EVENT_CLOSE] = apply_close,
		[EVENT_ASK] = apply_ask,	   [EVENT_PIECE] = apply_piece,
		[EVENT_CALL] = apply_call,	   [EVENT_RESULT] = apply_result,
		[EVENT_OPAQUE] = apply_opaque,	   [EVENT_ANSWER] = apply_answer,
		[EVENT_SUGGEST] = apply_suggest,   [EVENT_DECIDE] = apply_decide,
		[EVENT_SPLIT] = apply_split,	   [EVENT_APPLY] = apply_apply,
		[EVENT_LINT] = apply_lint,	   [EVENT_RUN] = apply_run,
		[EVENT_VERDICT] = apply_verdict,   [EVENT_SET] = apply_set,
		[EVENT_NOTE] = apply_note,	   [EVENT_AMEND] = apply_amend,
		[EVENT_MARK] = apply_nothing,	   [EVENT_REWIND] = apply_nothing,
		[EVENT_SEAL] = apply_seal,	   [EVENT_STEER] = apply_steer,
		[EVENT_CRITIQUE] = apply_critique,
	};

	if (!apply[e->type](s, e, err))
		return err_prefix(err, "event %llu (%s)", (unsigned long long)e->n,
				  event_name(e->type));
	s->n = e->n;
	return true;
}
