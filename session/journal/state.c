/* The state: freeing it, and finding items in it.
 *
 * Items that a copy of the state uses too are shared and counted; whoever changes
 * one copies it first (state_copy.c).
 */
#include "config.h"

#include "session/journal/state.h"
#include "session/journal/state_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/output/diag.h"

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

/* Gives up one reference to a shared item; false if this state owns it alone. */
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

void state_free_critique(struct critique *c)
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
		state_free_critique(s->critiques[i]);
	free(s->critiques);
	free(s->untested);
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

/* Searches backwards, because nearly always the newest is wanted. */
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

const struct sim_run *state_run(const struct state *s, uint64_t n)
{
	for (size_t i = s->n_runs; i-- > 0;)
		if (s->runs[i]->n == n)
			return s->runs[i];
	return NULL;
}

const struct sim_run *state_last_run(const struct state *s)
{
	for (size_t i = s->n_runs; i-- > 0;)
		if (!s->runs[i]->confirms)
			return s->runs[i];
	return NULL;
}

const struct sim_run *state_last_run_of_files(const struct state *s)
{
	for (size_t i = s->n_runs; i-- > 0;)
		if (!s->runs[i]->confirms && !s->runs[i]->as_if)
			return s->runs[i];
	return NULL;
}

void state_put(char **where, const char *value)
{
	free(*where);
	*where = mem_strdup(value ? value : "");
}
