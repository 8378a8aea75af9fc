/* Writes the state as one canonical JSON text; state_read.c reads it. Members have
 * a fixed order and numbers are whole, so equal states give equal bytes; the digest
 * is their hash. A document's text is not included: it follows from the base and
 * the undo tree, which are.
 */
#include "config.h"

#include "session/journal/state.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/state_inner.h"

static void member(struct str *out, const char *name)
{
	char last = out->len ? out->data[out->len - 1] : '{';

	str_addf(out, "%s\"%s\":", last == '{' || last == '[' ? "" : ",", name);
}

static void number(struct str *out, const char *name, long long value)
{
	member(out, name);
	str_addf(out, "%lld", value);
}

static void text(struct str *out, const char *name, const char *data, size_t len)
{
	member(out, name);
	event_write_bytes(data, len, out);
}

static void string(struct str *out, const char *name, const char *value)
{
	text(out, name, value, strlen(value));
}

static void separate(struct str *out, size_t i)
{
	if (i)
		str_addc(out, ',');
}

const char *const state_counts_of[DECISIONS] = { "undecided", "taken", "refused" };

static void write_move(const struct doc_move *m, struct str *out)
{
	if (!m) {
		str_addc(out, '0');
		return;
	}
	str_addc(out, '{');
	string(out, "path", m->path);
	number(out, "node", m->node);
	member(out, "authors");
	event_write_authors(m->authors, m->n_authors, out);
	str_addc(out, '}');
}

static void write_node(const struct doc_node *node, const struct doc_move *move, struct str *out)
{
	struct edit_by by = { (enum edit_source)node->source, node->suggestion };

	str_addf(out, "[%u,", node->parent);
	event_write_by(by, out);
	str_addf(out, ",%d,", (int)node->kind);
	write_move(move, out);
	for (size_t i = 0; i < node->n; i++) {
		str_addf(out, ",[%llu,%llu,", (unsigned long long)node->v[i].off,
			 (unsigned long long)node->v[i].removed);
		event_write_bytes(node->v[i].ins, node->v[i].ins_len, out);
		str_addc(out, ']');
	}
	str_addc(out, ']');
}

static void write_doc(const struct doc *d, struct str *out)
{
	str_addc(out, '{');
	string(out, "path", d->path);
	number(out, "size", (long long)d->size);
	number(out, "mtime", (long long)d->mtime_us);
	string(out, "base", d->base_hash);
	number(out, "base_len", (long long)d->base_len);
	number(out, "kept", d->base_kept);
	number(out, "current", d->current);
	number(out, "saved", d->saved);
	number(out, "open", d->open);
	member(out, "nodes");
	str_addc(out, '[');
	for (uint32_t i = 1; i < d->n_nodes; i++) {
		separate(out, i - 1);
		write_node(&d->nodes[i], doc_move(d, i), out);
	}
	str_adds(out, "]}");
}

#define WRITE_LIST(name, v, n_, fn)                    \
	do {                                           \
		member(out, name);                     \
		str_addc(out, '[');                    \
		for (size_t i_ = 0; i_ < (n_); i_++) { \
			separate(out, i_);             \
			fn((v)[i_], out);              \
		}                                      \
		str_addc(out, ']');                    \
	} while (0)

static void write_string(const char *s, struct str *out)
{
	event_write_bytes(s, strlen(s), out);
}

static void write_part(const struct exchange_part *p, struct str *out)
{
	str_addc(out, '{');
	number(out, "kind", p->kind);
	number(out, "at", (long long)p->at);
	string(out, "id", p->id);
	string(out, "name", p->name);
	text(out, "text", str_cstr(&p->text), p->text.len);
	number(out, "failed", p->failed);
	str_addc(out, '}');
}

static void write_parts(const struct exchange *x, struct str *out)
{
	member(out, "parts");
	str_addc(out, '[');
	for (size_t i = 0; i < x->n_parts; i++) {
		separate(out, i);
		write_part(&x->parts[i], out);
	}
	str_addc(out, ']');
}

static void write_exchange(const struct exchange *x, struct str *out)
{
	str_addc(out, '{');
	number(out, "n", (long long)x->n);
	string(out, "backend", x->backend);
	string(out, "model", x->model);
	text(out, "question", str_cstr(&x->question), x->question.len);
	number(out, "follows", (long long)x->follows);
	if (x->beside)
		number(out, "beside", 1);
	if (x->flow)
		number(out, "flow", (long long)x->flow);
	string(out, "path", x->path);
	text(out, "line", str_cstr(&x->line), x->line.len);
	if (x->rewritten.n)
		WRITE_LIST("rewritten", x->rewritten.v, x->rewritten.n, write_string);
	number(out, "at", (long long)x->at);
	if (x->estimated)
		number(out, "estimated", (long long)x->estimated);
	if (x->prompt[0])
		string(out, "prompt", x->prompt);
	if (x->sent.len)
		text(out, "sent", str_cstr(&x->sent), x->sent.len);
	text(out, "answer", str_cstr(&x->answer), x->answer.len);
	text(out, "reasoning", str_cstr(&x->reasoning), x->reasoning.len);
	if (x->n_parts)
		write_parts(x, out);
	number(out, "state", x->state);
	string(out, "finish", x->finish);
	string(out, "error", x->error);
	number(out, "cut", x->cut);
	number(out, "in", x->in);
	number(out, "out", x->out);
	number(out, "cached", x->cached);
	number(out, "reasoned", x->reasoned);
	if (x->written)
		number(out, "written", (long long)x->written);
	if (x->cost >= 0) {
		number(out, "cost", x->cost);
		string(out, "currency", x->currency);
	}
	if (x->rounds)
		number(out, "rounds", (long long)x->rounds);
	if (x->stopped[0])
		string(out, "stopped", x->stopped);
	str_addc(out, '}');
}

static void write_texts(const struct suggestion *s, struct str *out)
{
	size_t base_len, new_len, there_len, n = suggestion_units(s);
	const char *base = suggestion_base(s, &base_len);
	const char *proposed = suggestion_proposed(s, &new_len);
	struct unit *units = mem_calloc(n, sizeof(*units));

	for (size_t i = 0; i < n; i++)
		units[i] = *suggestion_unit(s, i);
	text(out, "base", base, base_len);
	text(out, "proposed", proposed, new_len);
	if (suggestion_in_place(s) && suggestion_before(s, &there_len) != proposed)
		text(out, "there", suggestion_before(s, &there_len), there_len);
	member(out, "units");
	event_write_units(units, n, out);
	free(units);
}

static void write_proposal(const struct proposal *p, struct str *out)
{
	str_addc(out, '{');
	number(out, "n", (long long)p->n);
	number(out, "ask", (long long)p->ask);
	string(out, "by", p->by);
	number(out, "state", p->state);
	string(out, "path", suggestion_path(p->s));
	number(out, "new", suggestion_is_new_file(p->s));
	number(out, "incomplete", suggestion_incomplete(p->s));
	number(out, "removes", suggestion_removes(p->s));
	number(out, "in_place", suggestion_in_place(p->s));
	if (suggestion_moves(p->s))
		string(out, "moves", suggestion_moves(p->s));
	if (p->group != p->n)
		number(out, "group", (long long)p->group);
	if (p->with)
		number(out, "with", (long long)p->with);
	WRITE_LIST("amended", p->amended.v, p->amended.n, write_string);
	if (p->refused.n)
		WRITE_LIST("refused_lines", p->refused.v, p->refused.n, write_string);
	if (suggestion_closed(p->s))
		for (int d = 0; d < DECISIONS; d++)
			number(out, state_counts_of[d],
			       (long long)suggestion_count(p->s, (enum decision)d));
	else
		write_texts(p->s, out);
	str_addc(out, '}');
}

static void write_run(const struct sim_run *r, struct str *out)
{
	str_addc(out, '{');
	number(out, "n", (long long)r->n);
	string(out, "testbench", r->testbench);
	string(out, "engine", r->engine);
	if (r->confirms)
		number(out, "confirms", (long long)r->confirms);
	if (r->as_if)
		number(out, "as_if", 1);
	number(out, "ended", r->ended);
	string(out, "verdict", r->verdict);
	string(out, "error", r->error);
	number(out, "checks", r->checks);
	number(out, "failures", r->failures);
	string(out, "first", r->first);
	string(out, "first_path", r->first_path);
	number(out, "first_line", (long long)r->first_line);
	number(out, "first_time", r->first_time);
	string(out, "output", r->output);
	string(out, "wave", r->wave);
	str_addc(out, '}');
}

static void write_critique(const struct critique *c, struct str *out)
{
	str_addc(out, '{');
	number(out, "n", (long long)c->n);
	number(out, "ask", (long long)c->ask);
	string(out, "path", c->path);
	member(out, "found");
	event_write_diags(c->found, out);
	str_addc(out, '}');
}

static void write_untested(const struct untested *u, struct str *out)
{
	str_addc(out, '{');
	number(out, "suggestion", (long long)u->suggestion);
	number(out, "lines", (long long)u->lines);
	number(out, "run", (long long)u->run);
	number(out, "from", u->from);
	str_addc(out, '}');
}

void state_write(const struct state *s, struct str *out)
{
	str_addc(out, '{');
	number(out, "n", (long long)s->n);
	number(out, "started", (long long)s->started_ms);
	string(out, "version", s->version);
	string(out, "neighbour", s->neighbour);
	string(out, "parent", s->parent);
	WRITE_LIST("docs", s->docs, s->n_docs, write_doc);
	WRITE_LIST("chat", s->chat, s->n_chat, write_exchange);
	WRITE_LIST("proposals", s->proposals, s->n_proposals, write_proposal);
	WRITE_LIST("runs", s->runs, s->n_runs, write_run);
	if (s->n_critiques)
		WRITE_LIST("critiques", s->critiques, s->n_critiques, write_critique);
	member(out, "untested");
	str_addc(out, '[');
	for (size_t i = 0; i < s->n_untested; i++) {
		separate(out, i);
		write_untested(&s->untested[i], out);
	}
	str_addc(out, ']');
	WRITE_LIST("settings", s->settings.v, s->settings.n, write_string);
	string(out, "lint_tool", s->lint_tool);
	string(out, "lint_error", s->lint_error);
	number(out, "lint_whole", s->lint_whole);
	number(out, "lint_read", (long long)s->lint_read);
	string(out, "lint_unread", s->lint_unread);
	if (s->found) {
		member(out, "found");
		event_write_diags(s->found, out);
	}
	number(out, "notes", (long long)s->notes);
	number(out, "unknown", (long long)s->unknown);
	number(out, "sealed", (long long)s->sealed);
	str_addc(out, '}');
}

void state_digest(const struct state *s, char hex[HASH_HEX + 1])
{
	struct str out = STR_INIT;

	state_write(s, &out);
	hash_text(out.data, out.len, hex);
	str_free(&out);
}
