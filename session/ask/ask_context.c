/* A request is a list of pieces with priorities, cut to a budget.
 *
 *	PIECE_FIRST	named in the question, attached, the last verdict
 *	then		modules instantiated by those files
 *	then		the rest of the project, reduced to ports if necessary
 *
 * All candidates are made pieces first, and the budget is applied once to all of them
 * (prompt.h), so that the selection depends on the whole and not on the order of
 * discovery. Pieces that do not fit are noted for the user and recorded as unseen: an
 * answer must not replace a file that the model has not read.
 */
#include "config.h"

#include "session/ask/ask_context.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/ask/ask_digest.h"
#include "session/ask/ask_image.h"
#include "session/ask/ask_own.h"
#include "session/ask/ask_offer.h"
#include "session/ask/ask_sent.h"
#include "session/ask/ask_turns.h"
#include "session/ask/ask_words.h"
#include "session/ask/flow_ask.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/backend.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

#define ROOM_MIN    1024u /* tokens reserved for the answer */
#define ROOM_MAX    8192u
#define SLICE_SHOWN 3u /* lines of a part whose file is sent anyway */

/* 0: not set. */
static size_t tokens_option(const struct backend_entry *e, const char *name)
{
	const char *value = ask_option_of(e, name);

	return value ? strtoul(value, NULL, 10) : 0;
}

/* The context size minus the space for the answer, at most the configured budget. */
static size_t budget_of(const struct options *options, const struct backend_entry *e)
{
	size_t budget = tokens_option(e, "budget="), context = tokens_option(e, "context=");
	size_t room = context / 4 < ROOM_MIN   ? ROOM_MIN
		      : context / 4 > ROOM_MAX ? ROOM_MAX
					       : context / 4;

	if (budget == 0)
		budget = options->prompt_budget;
	if (context && room > context / 2)
		room = context / 2;
	return context && context - room < budget ? context - room : budget;
}

size_t ask_budget(const struct workbench *w, const char *backend)
{
	const struct backend_entry *e =
		backend_list_find(w->backends, backend ? backend : w->options->backend);

	return e ? budget_of(w->options, e) : w->options->prompt_budget;
}

size_t ask_context_size(const struct backend_entry *e)
{
	return tokens_option(e, "context=");
}

static enum prompt_answer answer_of(const struct backend_entry *e)
{
	const char *value = ask_option_of(e, "answer=");

	return !value ? ANSWER_AUTO : strcmp(value, "edit") == 0 ? ANSWER_EDIT : ANSWER_WHOLE;
}

static bool is_small(const struct backend_entry *e)
{
	const char *value = ask_option_of(e, "model_size=");

	return value ? strcmp(value, "small") == 0 : e->model && ask_model_is_small(e->model);
}

/* Pieces ------------------------------------------------------------------------- */

/* Everything a prompt is made of; owns the texts until it is made. */
struct context {
	struct workbench *w;
	const struct project *p;
	const struct ask_request *r;
	struct prompt_piece *v;
	size_t n, cap;
	struct strv texts;
	struct str spec, question;
	struct strv *unseen; /* files that are missing or not whole */
	struct strv off;     /* names that the user has switched off */
	struct ask_own own;
	struct ask_images images;
	struct ask_digest digests[ASK_DIGESTS];
};

static void context_fini(struct context *c)
{
	free(c->v);
	strv_free(&c->texts);
	str_free(&c->spec);
	str_free(&c->question);
	strv_free(&c->off);
	ask_own_fini(&c->own);
	ask_images_fini(&c->images);
	ask_digests_fini(c->digests);
}

static const char *keep(struct context *c, char *text)
{
	strv_give(&c->texts, text);
	return c->texts.v[c->texts.n - 1];
}

static struct prompt_piece *add_piece(struct context *c, const char *title, const char *text,
				      size_t len, int priority)
{
	const struct redact *r = c->w->redact;
	struct str clean = STR_INIT;
	size_t n;

	if (redact_text(r, text, len, &clean))
		report_note(&c->w->out, "%s:%zu looks like a secret: it is not sent", title,
			    redact_line(r, text, len));
	n = clean.len;
	MEM_ROOM(c->v, c->n, c->cap);
	c->v[c->n] = (struct prompt_piece){ .title = keep(c, mem_strdup(title)),
					    .text = keep(c, str_take(&clean)),
					    .len = n,
					    .off = strv_has(&c->off, title),
					    .priority = priority };
	return &c->v[c->n++];
}

/* The file of a piece, or of a range of its lines ("rtl/a.sv:10-40"); NULL: none. */
static const struct project_file *file_of_piece(const struct project *p, const char *title,
						bool *whole)
{
	const struct project_file *f = project_find(p, title);
	const char *colon = strrchr(title, ':');
	char *path;

	*whole = f != NULL;
	if (f || !colon || !isdigit((unsigned char)colon[1]))
		return f;
	path = mem_strndup(title, (size_t)(colon - title));
	f = project_find(p, path);
	free(path);
	return f;
}

/* Adds only the first and last line of a part whose file is sent anyway. */
static void add_bounds(struct context *c, const struct prompt_piece *part)
{
	const char *end = part->text + part->len, *first = memchr(part->text, '\n', part->len),
		   *last;
	struct str text = STR_INIT;
	size_t lines = 0;

	for (size_t i = 0; i < part->len; i++)
		lines += part->text[i] == '\n';
	if (lines <= SLICE_SHOWN) {
		str_add(&text, part->text, part->len);
	} else {
		for (last = end - (end[-1] == '\n'); last > part->text && last[-1] != '\n';)
			last--;
		str_add(&text, part->text, (size_t)(first + 1 - part->text));
		str_addf(&text, "(... up to ...)\n");
		str_add(&text, last, (size_t)(end - last));
	}
	add_piece(c, part->title, str_cstr(&text), text.len, PIECE_FIRST)->with_question = true;
	str_free(&text);
}

/* Adds attachments that are not a file of the project, and ranges of a file too
 * large to be sent whole. */
static void add_attached(struct context *c, size_t budget)
{
	for (size_t i = 0; i < c->r->n_pieces; i++) {
		const struct prompt_piece *p = &c->r->pieces[i];
		bool whole;
		const struct project_file *f = file_of_piece(c->p, p->title, &whole);

		if (f && whole)
			continue;
		if (f && f->size / 2 < budget / 2)
			add_bounds(c, p);
		else
			add_piece(c, p->title, p->text, p->len, PIECE_FIRST)->with_question = true;
	}
}

static bool is_attached(const struct context *c, const struct project_file *f)
{
	bool whole;

	for (size_t i = 0; i < c->r->n_pieces; i++)
		if (file_of_piece(c->p, c->r->pieces[i].title, &whole) == f)
			return true;
	return false;
}

/* A file is named by its path, or by its base name without a folder before it. */
static int priority_of(const struct context *c, const struct project_file *f)
{
	const char *question = c->r->question;

	if (is_attached(c, f) || (c->r->forced_path && strcmp(c->r->forced_path, f->path) == 0))
		return PIECE_FIRST;
	if (ask_names(question, f->path) || ask_names(question, path_base(f->path)))
		return PIECE_NAMED;
	for (size_t i = 0; f->outline && i < f->outline->n; i++)
		if (ask_names(question, f->outline->modules[i].name))
			return PIECE_MODULE;
	return PIECE_OTHER;
}

static void brief_of(const struct project_file *f, struct str *out)
{
	static const char *const dirs[] = { "input", "output", "inout", "ref", "interface" };

	for (size_t i = 0; f->outline && i < f->outline->n && out->len < 400; i++) {
		const struct vmodule *m = &f->outline->modules[i];

		str_addf(out, "%s%s(", i ? ", " : "", m->name);
		for (size_t k = 0; k < m->n_ports && out->len < 400; k++)
			str_addf(out, "%s%s%s%s %s", k ? ", " : "", dirs[m->ports[k].dir],
				 m->ports[k].type[0] ? " " : "", m->ports[k].type,
				 m->ports[k].name);
		str_adds(out, out->len < 400 ? ")" : ", ...)");
	}
}

/* Files instantiated by the named ones, directly or below, come next. */
static void find_near(const struct context *c, const int *priority, struct strv *near)
{
	struct strv named = STRV_INIT, notes = STRV_INIT;

	for (size_t i = 0; i < project_files(c->p); i++)
		if (priority[i] <= PIECE_MODULE)
			strv_add(&named, project_file(c->p, i)->path);
	if (named.n && named.n < project_files(c->p))
		project_closure(c->p, (const char *const *)named.v, named.n, near, &notes);
	strv_free(&named);
	strv_free(&notes);
}

static void add_files(struct context *c)
{
	size_t n = project_files(c->p);
	int *priority = mem_calloc(n + 1, sizeof(*priority));
	struct strv near = STRV_INIT;
	struct str text = STR_INIT;

	for (size_t i = 0; i < n; i++)
		priority[i] = priority_of(c, project_file(c->p, i));
	find_near(c, priority, &near);
	for (size_t i = 0; i < n; i++) {
		const struct project_file *f = project_file(c->p, i);
		int at = priority[i] == PIECE_OTHER && strv_has(&near, f->path) ? PIECE_NEAR
										: priority[i];
		struct str brief = STR_INIT;

		if (f->size <= WORKBENCH_READ_MAX && workbench_read(c->w, f->path, &text)) {
			struct prompt_piece *piece =
				add_piece(c, f->path, str_cstr(&text), text.len, at);

			brief_of(f, &brief);
			piece->brief = keep(c, str_take(&brief));
		} else {
			strv_add(c->unseen, f->path);
			if (at <= PIECE_MODULE)
				report_note(&c->w->out,
					    "%s is not sent: it cannot be read, or is larger than "
					    "%u KB",
					    f->path, WORKBENCH_READ_MAX >> 10);
		}
	}
	str_free(&text);
	strv_free(&near);
	free(priority);
}

/* Placed after the files, since digests change less often. */
static void add_digests(struct context *c)
{
	for (size_t i = 0; i < ASK_DIGESTS; i++) {
		const struct ask_digest *d = &c->digests[i];

		if (d->text.len)
			add_piece(c, d->name, d->text.data, d->text.len, PIECE_NEAR)->derived =
				true;
	}
}

static void add_spec(struct context *c)
{
	struct str text = STR_INIT;
	struct err err = { 0 };

	if (!workbench_read_whole(c->w, "spec.md", &text, &err)) {
		if (err.code != ERR_NOT_FOUND)
			report_note(&c->w->out, "spec.md is not sent: %s", err.text);
	} else if (redact_text(c->w->redact, str_cstr(&text), text.len, &c->spec)) {
		report_note(&c->w->out, "spec.md:%zu looks like a secret: it is not sent",
			    redact_line(c->w->redact, str_cstr(&text), text.len));
	}
	str_free(&text);
}

/* Adds the last verdict, which the user sees; `fix` has it in the question. */
static void add_verdict(struct context *c)
{
	const struct sim_run *last = state_last_run_of_files(session_state(c->w->session));
	struct str text = STR_INIT;

	if (c->r->fix || !last || !last->ended)
		return;
	str_addf(&text, "%s: %s%s%s%s%s\n", last->testbench, last->verdict,
		 last->first[0] ? "; " : "", last->first, last->error[0] ? "; " : "", last->error);
	add_piece(c, "the last simulation", str_cstr(&text), text.len, PIECE_FIRST)->with_question =
		true;
	str_free(&text);
}

/* Putting it together -------------------------------------------------------------- */

static void note_over_budget(const struct context *c, const char *name, bool in_part)
{
	report_note(&c->w->out, "%s %s: the request would be larger than its budget", name,
		    in_part ? "is sent in part" : "is not sent");
}

static void note_unseen(const struct context *c, const struct prompt *p)
{
	size_t shown = 0;

	for (size_t i = 0; i < p->entries.n; i++) {
		const struct prompt_entry *e = &p->entries.v[i];

		if (e->kind == ENTRY_SPEC && (e->state == ENTRY_CUT || e->state == ENTRY_NO_ROOM))
			note_over_budget(c, e->name, e->state == ENTRY_CUT);
	}
	for (size_t i = 0; i < c->n; i++) {
		const struct prompt_piece *v = &c->v[i];

		if (!v->left_out && !v->cut && !v->off)
			continue;
		if (!v->with_question && !v->derived)
			strv_add(c->unseen, v->title);
		if (v->off) /* the user knows */
			continue;
		if (shown++ < 10)
			note_over_budget(c, v->title, v->cut);
	}
	if (shown > 10)
		report_note(&c->w->out, "and %zu more", shown - 10);
	if (p->turns_left_out)
		report_note(&c->w->out, "%zu earlier exchange%s not sent (all later ones are)",
			    p->turns_left_out, p->turns_left_out == 1 ? " is" : "s are");
}

/* Adds an entry for something that is switched off and has no piece. */
static void note_off(struct prompt *p, enum entry_kind kind, const char *name, const char *text)
{
	prompt_note_entry(
		p, &(struct prompt_entry){ .kind = kind,
					   .state = ENTRY_OFF,
					   .name = (char *)name,
					   .len = strlen(text),
					   .tokens = prompt_estimate_mixed(text, strlen(text)) });
}

static void note_all_off(const struct context *c, struct prompt *p)
{
	if (c->spec.len && strv_has(&c->off, "spec.md"))
		note_off(p, ENTRY_SPEC, "spec.md", str_cstr(&c->spec));
	if (c->own.agents.len && strv_has(&c->off, "AGENTS.md"))
		note_off(p, ENTRY_AGENTS, "AGENTS.md", str_cstr(&c->own.agents));
	if (strv_has(&c->off, ASK_OFF_TURNS))
		note_off(p, ENTRY_DIGEST, "earlier exchanges", "");
	ask_digests_note(c->digests, p);
}

/* The text, or NULL if it is empty or switched off. */
static const char *wanted(const struct context *c, const struct str *text, const char *name)
{
	return text->len && !strv_has(&c->off, name) ? str_cstr(text) : NULL;
}

/* Adds the earlier exchanges, and the request that this one can continue. */
static void add_turns(const struct context *c, struct prompt_input *in, struct ask_turns *turns,
		      struct ask_sent *before)
{
	const struct state *s = session_state(c->w->session);

	if (c->r->fresh || strv_has(&c->off, ASK_OFF_TURNS))
		return;
	ask_turns(s,
		  ask_compact_due(s, ask_compacted(s), in->budget_tokens,
				  c->w->options->compact_percent),
		  turns);
	in->turns = turns->v;
	in->n_turns = turns->n;
	in->turns_before = turns->before;
	in->digest = turns->digest.len ? str_cstr(&turns->digest) : NULL;
	if (ask_sent_before(c->w->session, before))
		in->before = &before->request;
}

/* Budget left after the tools; at least half of it. */
static size_t room_of(size_t budget, const struct ask_offer *o)
{
	size_t taken = ask_offer_tokens(o);

	return taken < budget / 2 ? budget - taken : budget / 2;
}

/* Does the slow work first; then takes the project as it is. */
static bool begin(struct context *c, bool with_files, struct err *err)
{
	ask_off(session_state(c->w->session), &c->off);
	return ask_images_read(c->w->place.root, c->r->question, &c->images, err) &&
	       (!with_files || ask_digests(c->w, c->r->question, &c->off, c->digests, err)) &&
	       (c->p = workbench_project(c->w, err)) != NULL;
}

struct prompt *ask_context(struct workbench *w, const struct ask_request *r,
			   const struct backend_entry *e, struct strv *unseen, struct err *err)
{
	struct context c = { .w = w, .r = r, .unseen = unseen };
	const struct backend_ops *ops = ports_protocol(w->ports, e->protocol, NULL);
	bool edits = ops && ops->edits, with_files = !edits && !r->bare;
	struct ask_turns turns = { 0 };
	struct ask_sent before = { 0 };
	struct prompt_input in = { .budget_tokens = room_of(budget_of(w->options, e), r->offer),
				   .answer = r->bare ? ANSWER_ASKED
					     : edits ? ANSWER_FILES
						     : answer_of(e),
				   .cause = r->fix,
				   .critique = r->critique,
				   .icarus = strcmp(w->options->engine, "verilator") != 0,
				   .bench = !r->bare && ask_wants_bench(r->question),
				   .example = is_small(e) };
	struct prompt *made;

	if (!begin(&c, with_files, err)) {
		context_fini(&c);
		return NULL;
	}
	in.lang = design_lang(c.p, w->options);
	in.percent = edits ? 0 : ask_percent(session_state(w->session), e->name);
	redact_text(w->redact, r->question, strlen(r->question), &c.question);
	if (!r->bare)
		ask_own_read(w, &c.own);
	if (with_files)
		add_spec(&c);
	add_attached(&c, in.budget_tokens);
	if (with_files)
		add_files(&c);
	add_digests(&c);
	if (!r->bare)
		add_verdict(&c);
	add_turns(&c, &in, &turns, &before);
	if (edits)
		in.before = NULL; /* the backend remembers by itself */
	in.question = str_cstr(&c.question);
	in.spec = wanted(&c, &c.spec, "spec.md");
	in.agents = wanted(&c, &c.own.agents, "AGENTS.md");
	in.own = c.own.v;
	in.n_own = c.own.n;
	in.images = c.images.v;
	in.n_images = c.images.n;
	in.pieces = c.v;
	in.n_pieces = c.n;
	made = prompt_new(&in, err);
	if (made) {
		note_unseen(&c, made);
		note_all_off(&c, made);
	}
	ask_turns_fini(&turns);
	ask_sent_fini(&before);
	context_fini(&c);
	return made;
}
