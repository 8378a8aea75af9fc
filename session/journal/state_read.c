/* Reads a state from the text written by state_store.c. A snapshot is a cache: if anything
 * does not fit it is refused as a whole, and the journal is read from its beginning.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/journal/state_inner.h"
#include "session/output/diag.h"

static bool get_text(const cJSON *o, const char *name, struct str *out)
{
	return event_read_bytes(json_get(o, name), out);
}

static bool get_string(const cJSON *o, const char *name, char **out)
{
	struct str s = STR_INIT;
	bool ok = get_text(o, name, &s);

	free(*out);
	*out = str_take(&s);
	return ok;
}

static bool get_u64(const cJSON *o, const char *name, uint64_t *out)
{
	*out = json_uint(o, name, UINT64_MAX);
	return *out != UINT64_MAX;
}

static bool get_i64(const cJSON *o, const char *name, int64_t *out)
{
	double d = json_number(o, name, 1e300);

	*out = d >= -1 && d <= 9007199254740992.0 ? (int64_t)d : -1;
	return d <= 9007199254740992.0;
}

static bool get_flag(const cJSON *o, const char *name)
{
	return json_uint(o, name, 0) == 1;
}

/* *m borrows from o, except for authors, which the caller frees. */
static bool read_move(const cJSON *o, struct doc_move *m, struct author_run **authors)
{
	uint64_t node;

	if (cJSON_IsNumber(o))
		return true;
	m->path = json_string(o, "path");
	if (!m->path || !get_u64(o, "node", &node) || node > UINT32_MAX ||
	    !event_read_authors(json_array(o, "authors"), authors, &m->n_authors, NULL))
		return false;
	m->node = (uint32_t)node;
	m->authors = *authors;
	return true;
}

static bool read_change(const cJSON *item, struct change *c, struct str *text)
{
	const cJSON *off = cJSON_GetArrayItem(item, 0), *removed = cJSON_GetArrayItem(item, 1);

	if (!cJSON_IsNumber(off) || off->valuedouble < 0 || !cJSON_IsNumber(removed) ||
	    removed->valuedouble < 0 || !event_read_bytes(cJSON_GetArrayItem(item, 2), text))
		return false;
	*c = (struct change){ (uint64_t)off->valuedouble,
			      (uint64_t)removed->valuedouble,
			      { str_cstr(text), text->len } };
	return true;
}

/* Members before the changes: parent, by, kind, rename. */
#define NODE_HEAD 4u

static bool read_node(struct doc *d, const cJSON *item)
{
	size_t n = (size_t)cJSON_GetArraySize(item);
	const cJSON *parent = cJSON_GetArrayItem(item, 0), *kind = cJSON_GetArrayItem(item, 2);
	struct change *v = mem_calloc(n + 1, sizeof(*v));
	struct str *texts = mem_calloc(n + 1, sizeof(*texts));
	struct author_run *authors = NULL;
	struct doc_step x = { .v = v };
	bool ok = n >= NODE_HEAD && cJSON_IsNumber(parent) && parent->valuedouble >= 0 &&
		  parent->valuedouble < d->n_nodes &&
		  event_read_by(cJSON_GetArrayItem(item, 1), &x.by) && cJSON_IsNumber(kind) &&
		  kind->valuedouble >= DOC_EDIT && kind->valuedouble <= DOC_CAME &&
		  read_move(cJSON_GetArrayItem(item, 3), &x.move, &authors);

	for (size_t i = NODE_HEAD; ok && i < n; i++)
		ok = read_change(cJSON_GetArrayItem(item, (int)i), &v[x.n++], &texts[i]);
	if (ok) {
		d->current = (uint32_t)parent->valuedouble;
		x.kind = (enum doc_kind)(int)kind->valuedouble;
		ok = doc_step(d, &x, NULL);
	}
	for (size_t i = 0; i <= n; i++)
		str_free(&texts[i]);
	free(authors);
	free(texts);
	free(v);
	return ok;
}

static struct doc *read_doc(const cJSON *o)
{
	const char *path = json_string(o, "path"), *hash = json_string(o, "base");
	struct doc *d = doc_new(path ? path : "");
	uint64_t current = 0, saved = 0;
	const cJSON *item;
	bool ok = path && hash && (hash[0] == '\0' || strlen(hash) == HASH_HEX) &&
		  get_u64(o, "size", &d->size) && get_u64(o, "mtime", &d->mtime_us) &&
		  get_u64(o, "base_len", &d->base_len) && get_u64(o, "current", &current) &&
		  get_u64(o, "saved", &saved) && json_array(o, "nodes");

	if (ok)
		memcpy(d->base_hash, hash, strlen(hash) + 1);
	d->base_kept = get_flag(o, "kept");
	d->open = get_flag(o, "open");
	cJSON_ArrayForEach(item, json_array(o, "nodes"))
		ok = ok && read_node(d, item);
	if (!ok || current >= d->n_nodes || saved >= d->n_nodes) {
		doc_free(d);
		return NULL;
	}
	d->current = (uint32_t)current;
	d->saved = (uint32_t)saved;
	return d;
}

/* Other items are restored through state_apply(), with the events that make them. */
static bool again(struct state *s, struct event *e)
{
	event_fill(e);
	return state_apply(s, e, NULL);
}

static bool read_strings(struct strv *v, const cJSON *array)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, array) {
		struct str t = STR_INIT;

		if (!event_read_bytes(item, &t)) {
			str_free(&t);
			return false;
		}
		strv_give(v, str_take(&t));
	}
	return array != NULL;
}

static bool read_parts(struct exchange *x, const cJSON *array)
{
	const cJSON *o;

	cJSON_ArrayForEach(o, array) {
		struct exchange_part *p;
		uint64_t kind;

		if (x->n_parts >= EXCHANGE_PARTS_MAX || !get_u64(o, "kind", &kind) ||
		    kind > EXCHANGE_STEER)
			return false;
		MEM_ROOM(x->parts, x->n_parts, x->cap_parts);
		p = &x->parts[x->n_parts++];
		*p = (struct exchange_part){ .kind = (enum exchange_part_kind)kind,
					     .failed = get_flag(o, "failed") };
		if (!get_u64(o, "at", &p->at) || !get_string(o, "id", &p->id) ||
		    !get_string(o, "name", &p->name) || !get_text(o, "text", &p->text))
			return false;
	}
	return array != NULL;
}

static bool read_exchange(struct state *s, const cJSON *o)
{
	struct event ask = { .type = EVENT_ASK };
	const char *prompt = json_string(o, "prompt");
	struct exchange *x;
	uint64_t state;

	ask.ask.beside = get_flag(o, "beside");
	if (!get_u64(o, "n", &ask.n) || !again(s, &ask) || !get_u64(o, "state", &state) ||
	    state > EXCHANGE_FAILED)
		return false;
	x = s->chat[s->n_chat - 1];
	x->state = (enum exchange_state)state;
	x->cut = get_flag(o, "cut");
	x->estimated = json_uint(o, "estimated", 0);
	x->written = json_uint(o, "written", 0);
	if (json_get(o, "cost") &&
	    (!get_i64(o, "cost", &x->cost) || !get_string(o, "currency", &x->currency)))
		return false;
	if (prompt &&
	    (strlen(prompt) != HASH_HEX || strspn(prompt, "0123456789abcdef") != HASH_HEX))
		return false;
	if (prompt)
		memcpy(x->prompt, prompt, sizeof(x->prompt));
	if (json_get(o, "sent") && !get_text(o, "sent", &x->sent))
		return false;
	x->rounds = json_uint(o, "rounds", 0);
	x->flow = json_uint(o, "flow", 0);
	return get_string(o, "backend", &x->backend) && get_string(o, "model", &x->model) &&
	       get_u64(o, "follows", &x->follows) && get_string(o, "path", &x->path) &&
	       get_text(o, "line", &x->line) && get_u64(o, "at", &x->at) &&
	       (!json_get(o, "rewritten") ||
		read_strings(&x->rewritten, json_array(o, "rewritten"))) &&
	       get_text(o, "question", &x->question) && get_text(o, "answer", &x->answer) &&
	       get_text(o, "reasoning", &x->reasoning) &&
	       (!json_get(o, "parts") || read_parts(x, json_array(o, "parts"))) &&
	       get_string(o, "finish", &x->finish) && get_string(o, "error", &x->error) &&
	       (!json_get(o, "stopped") || get_string(o, "stopped", &x->stopped)) &&
	       get_i64(o, "in", &x->in) && get_i64(o, "out", &x->out) &&
	       get_i64(o, "cached", &x->cached) && get_i64(o, "reasoned", &x->reasoned);
}

/* Closes it; its texts and units are not in the snapshot. */
static bool settle_as(struct proposal *p, enum proposal_state state, const cJSON *o)
{
	const char *moves = json_string(o, "moves");
	uint64_t n[DECISIONS];
	size_t counts[DECISIONS];
	struct suggestion *old = p->s;

	for (int d = 0; d < DECISIONS; d++) {
		if (!get_u64(o, state_counts_of[d], &n[d]))
			return false;
		counts[d] = (size_t)n[d];
	}
	p->state = state;
	p->s = suggestion_restore_closed(suggestion_path(old), suggestion_is_new_file(old), counts);
	suggestion_set_incomplete(p->s, suggestion_incomplete(old));
	suggestion_set_removes(p->s, suggestion_removes(old));
	suggestion_set_in_place(p->s, suggestion_in_place(old));
	if (moves)
		suggestion_set_moves(p->s, moves);
	suggestion_free(old);
	return true;
}

static bool read_proposal(struct state *s, const cJSON *o)
{
	struct event e = { .type = EVENT_SUGGEST };
	struct str base = STR_INIT, proposed = STR_INIT;
	char *by = NULL;
	uint64_t state = 0;
	bool ok = get_u64(o, "n", &e.n) && get_u64(o, "ask", &e.suggest.ask) &&
		  get_string(o, "by", &by) && get_u64(o, "state", &state) &&
		  state <= PROPOSAL_CLOSED;

	if (ok && state == PROPOSAL_OPEN)
		ok = get_text(o, "base", &base) && get_text(o, "proposed", &proposed) &&
		     event_read_units(json_get(o, "units"), &e.suggest.units, &e.suggest.n_units,
				      NULL);

	e.suggest.path = json_string(o, "path");
	e.suggest.by = by;
	e.suggest.new_file = get_flag(o, "new");
	e.suggest.incomplete = get_flag(o, "incomplete");
	e.suggest.removes = get_flag(o, "removes");
	e.suggest.in_place = get_flag(o, "in_place");
	if (ok && json_get(o, "group"))
		ok = get_u64(o, "group", &e.suggest.with);
	e.suggest.moves = state == PROPOSAL_OPEN ? json_string(o, "moves") : NULL;
	e.suggest.base = (struct bytes){ str_cstr(&base), base.len };
	e.suggest.proposed = (struct bytes){ str_cstr(&proposed), proposed.len };
	ok = ok && again(s, &e);
	if (ok && state == PROPOSAL_OPEN && json_get(o, "there")) {
		str_clear(&base);
		ok = get_text(o, "there", &base);
		suggestion_set_before(s->proposals[s->n_proposals - 1]->s, str_cstr(&base),
				      base.len);
	}
	ok = ok &&
	     read_strings(&s->proposals[s->n_proposals - 1]->amended, json_array(o, "amended")) &&
	     (!json_get(o, "refused_lines") ||
	      read_strings(&s->proposals[s->n_proposals - 1]->refused,
			   json_array(o, "refused_lines")));
	if (ok && json_get(o, "with"))
		ok = get_u64(o, "with", &s->proposals[s->n_proposals - 1]->with);
	if (ok && state != PROPOSAL_OPEN)
		ok = settle_as(s->proposals[s->n_proposals - 1], (enum proposal_state)state, o);
	free(e.suggest.units);
	free(by);
	str_free(&base);
	str_free(&proposed);
	return ok;
}

static bool read_run(struct state *s, const cJSON *o)
{
	struct event e = { .type = EVENT_RUN };
	struct sim_run *r;

	if (!get_u64(o, "n", &e.n) || !again(s, &e))
		return false;
	r = s->runs[s->n_runs - 1];
	r->ended = get_flag(o, "ended");
	r->confirms = json_uint(o, "confirms", 0);
	r->as_if = json_uint(o, "as_if", 0) != 0;
	return get_string(o, "testbench", &r->testbench) && get_string(o, "engine", &r->engine) &&
	       get_string(o, "verdict", &r->verdict) && get_string(o, "error", &r->error) &&
	       get_i64(o, "checks", &r->checks) && get_i64(o, "failures", &r->failures) &&
	       get_string(o, "first", &r->first) && get_string(o, "first_path", &r->first_path) &&
	       get_u64(o, "first_line", &r->first_line) &&
	       get_i64(o, "first_time", &r->first_time) && get_string(o, "output", &r->output) &&
	       get_string(o, "wave", &r->wave);
}

static bool read_critique(struct state *s, const cJSON *o)
{
	struct event e = { .type = EVENT_CRITIQUE };
	const struct diag_list *found = NULL;
	char *path = NULL;
	bool ok = get_u64(o, "n", &e.n) && get_u64(o, "ask", &e.critique.ask) &&
		  get_string(o, "path", &path) &&
		  event_read_diags(json_get(o, "found"), &found, NULL);

	e.critique.path = path;
	e.critique.found = found;
	ok = ok && again(s, &e);
	diag_list_free(found);
	free(path);
	return ok;
}

static bool read_untested(struct state *s, const cJSON *o)
{
	struct untested u;
	uint64_t from;

	if (!get_u64(o, "suggestion", &u.suggestion) || !get_u64(o, "lines", &u.lines) ||
	    !get_u64(o, "run", &u.run) || !get_u64(o, "from", &from) || from > UINT32_MAX)
		return false;
	u.from = (uint32_t)from;
	MEM_PUSH(s->untested, s->n_untested, s->cap_untested, u);
	return true;
}

static bool read_docs(struct state *s, const cJSON *array)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, array) {
		struct doc *d = read_doc(item);

		if (!d)
			return false;
		MEM_PUSH(s->docs, s->n_docs, s->cap_docs, d);
	}
	return true;
}

static bool read_list(struct state *s, const cJSON *array,
		      bool (*fn)(struct state *, const cJSON *))
{
	const cJSON *item;

	if (!array)
		return false;
	cJSON_ArrayForEach(item, array)
		if (!fn(s, item))
			return false;
	return true;
}

static bool read_all(struct state *s, const cJSON *o)
{
	const cJSON *found = json_get(o, "found");
	uint64_t notes, unknown, n, whole;
	bool ok = get_u64(o, "n", &n) && get_u64(o, "started", &s->started_ms) &&
		  get_string(o, "version", &s->version) &&
		  get_string(o, "neighbour", &s->neighbour) &&
		  get_string(o, "parent", &s->parent) && read_docs(s, json_array(o, "docs")) &&
		  read_list(s, json_array(o, "chat"), read_exchange) &&
		  read_list(s, json_array(o, "proposals"), read_proposal) &&
		  read_list(s, json_array(o, "runs"), read_run) &&
		  (!json_get(o, "critiques") ||
		   read_list(s, json_array(o, "critiques"), read_critique)) &&
		  read_list(s, json_array(o, "untested"), read_untested) &&
		  read_strings(&s->settings, json_array(o, "settings")) &&
		  get_string(o, "lint_tool", &s->lint_tool) &&
		  get_string(o, "lint_error", &s->lint_error) && get_u64(o, "lint_whole", &whole) &&
		  get_u64(o, "lint_read", &s->lint_read) &&
		  get_string(o, "lint_unread", &s->lint_unread) &&
		  (!found || event_read_diags(found, &s->found, NULL)) &&
		  get_u64(o, "notes", &notes) && get_u64(o, "unknown", &unknown) &&
		  get_u64(o, "sealed", &s->sealed);

	if (ok) {
		s->n = n;
		s->notes = notes;
		s->lint_whole = whole != 0;
		s->unknown = unknown;
	}
	return ok;
}

bool state_read(struct state *s, const char *data, size_t len, struct err *err)
{
	cJSON *o = json_parse(data, len, err);
	bool ok = o && (read_all(s, o) || err_set(err, ERR_PARSE, "not the state of a session"));

	cJSON_Delete(o);
	if (!ok) {
		state_fini(s);
		state_init(s);
	}
	return ok;
}
