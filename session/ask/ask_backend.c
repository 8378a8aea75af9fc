/* From the name in a `backend add` line to an open backend. Two readers share an
 * entry's options: a few are ours, the same for all protocols (ask_options), the rest
 * belong to the protocol. An option that neither knows is an error that suggests the
 * nearest name.
 *
 * A backend is opened at its first question and then kept: that keeps connections
 * alive, and a `cmd:` key is fetched once. Each question holds a lease, so `backend
 * remove` during an answer cannot free it.
 */
#include "config.h"

#include "session/ask/ask_backend.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/backend.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

const struct backend_option ask_options[] = {
	{ "budget", "TOKENS", "how much a request may hold, in place of prompt.budget" },
	{ "context", "TOKENS", "what the model can read at once: room for its answer is kept" },
	{ "answer", "whole|edit", "ask for whole files, or for SEARCH/REPLACE" },
	{ "model_size", "small|large", "small: an example of an answer is sent too" },
	{ "tools", "on|off|text", "whether this model gets tools, in place of the option tools" },
	{ NULL, NULL, NULL },
};

const char *ask_backend_name(const struct options *options, const char *given, bool fix)
{
	bool plans = strcmp(options->mode, "read") == 0;

	return given ? given : ask_backend_role(options, fix ? "fix" : plans ? "plan" : "ask");
}

const char *ask_backend_role(const struct options *o, const char *role)
{
	const struct {
		const char *role, *name;
	} roles[] = { { "ask", o->backend },
		      { "complete", o->backend_complete },
		      { "escalate", o->backend_escalate },
		      { "fix", o->backend_fix },
		      { "plan", o->backend_plan },
		      { "judge", o->backend_judge } };

	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++)
		if (strcmp(roles[i].role, role) == 0)
			return roles[i].name[0] ? roles[i].name : o->backend;
	return NULL;
}

const char *ask_option_of(const struct backend_entry *e, const char *name)
{
	for (char *const *o = e->options; o && *o; o++)
		if (str_starts(*o, name))
			return *o + strlen(name);
	return NULL;
}

static bool is_one_of(const char *value, const char *a, const char *b)
{
	return !value || strcmp(value, a) == 0 || strcmp(value, b) == 0;
}

static bool check_ours(const struct backend_entry *e, struct err *err)
{
	static const char *const tokens[] = { "budget=", "context=" };

	for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++) {
		const char *value = ask_option_of(e, tokens[i]);
		size_t n = value ? strlen(value) : 0;

		if (value && (n == 0 || n > 8 || strspn(value, "0123456789") != n ||
			      strtoul(value, NULL, 10) < 100))
			return err_set(err, ERR_USAGE,
				       "backend %s: %s%s: tokens were expected, 100 or more",
				       e->name, tokens[i], value);
	}
	if (!is_one_of(ask_option_of(e, "tools="), "on", "off") &&
	    strcmp(ask_option_of(e, "tools="), "text") != 0)
		return err_set(err, ERR_USAGE, "backend %s: tools=%s: on, off or text was expected",
			       e->name, ask_option_of(e, "tools="));
	if (!is_one_of(ask_option_of(e, "answer="), "whole", "edit"))
		return err_set(err, ERR_USAGE, "backend %s: answer=%s: whole or edit was expected",
			       e->name, ask_option_of(e, "answer="));
	if (!is_one_of(ask_option_of(e, "model_size="), "small", "large"))
		return err_set(err, ERR_USAGE,
			       "backend %s: model_size=%s: small or large was expected", e->name,
			       ask_option_of(e, "model_size="));
	return true;
}

/* Sets *nearest to the name in list nearest to name if its distance is below *best. */
static void look_near(const struct backend_option *list, const char *name, const char **nearest,
		      size_t *best)
{
	for (; list && list->name; list++) {
		size_t d = word_distance(name, list->name, *best);

		if (d < *best) {
			*best = d;
			*nearest = list->name;
		}
	}
}

static bool check_name(const struct backend_ops *ops, const struct backend_entry *e,
		       const char *word, struct err *err)
{
	char *name = mem_strndup(word, strcspn(word, "=."));
	const char *nearest = NULL;
	size_t best = word_near(name) + 1;
	bool known =
		backend_option_find(ask_options, word) || backend_option_find(ops->options, word);

	if (!known) {
		look_near(ops->options, name, &nearest, &best);
		look_near(ask_options, name, &nearest, &best);
		if (nearest)
			err_set(err, ERR_USAGE,
				"backend %s: option %s is not known to %s; did you mean %s%s=?",
				e->name, word, ops->protocol, nearest,
				str_ends(nearest, ".") ? "NAME" : "");
		else
			err_set(err, ERR_USAGE,
				"backend %s: option %s is not known to %s; `posedge help backend` "
				"lists them",
				e->name, word, ops->protocol);
	}
	free(name);
	return known;
}

static void on_secret(void *ctx, const char *key)
{
	redact_add(((struct workbench *)ctx)->redact, key);
}

static struct backend *open_backend(struct workbench *w, const struct backend_ops *ops,
				    const struct backend_entry *e, struct err *err)
{
	struct strv theirs = STRV_INIT;
	struct backend_config cfg;
	struct backend *b;

	for (char *const *o = e->options; o && *o; o++)
		if (!backend_option_find(ask_options, *o) || backend_option_find(ops->options, *o))
			strv_add(&theirs, *o);
	cfg = (struct backend_config){ .name = e->name,
				       .protocol = e->protocol,
				       .url = e->url,
				       .model = e->model,
				       .key = e->key,
				       .options = (const char *const *)theirs.v,
				       .confine = w->ports->confine,
				       .ops = ops,
				       .root = w->place.root,
				       .secret = on_secret,
				       .ctx = w };
	if (e->url)
		redact_add_url(w->redact, e->url);
	b = ops->open(w->loop, &cfg, err);
	strv_free(&theirs);
	return b;
}

bool ask_options_check(struct workbench *w, const struct backend_entry *e, struct err *err)
{
	const struct backend_ops *ops = ports_protocol(w->ports, e->protocol, err);
	bool ok = ops && check_ours(e, err);
	struct backend *b;

	for (char *const *o = e->options; ok && o && *o; o++)
		ok = check_name(ops, e, *o, err);
	if (!ok || !ops->open_early)
		return ok;
	b = open_backend(w, ops, e, err);
	ops->close(b);
	return b != NULL;
}

struct backend_entry *ask_backend_entry(const struct backend_list *l, const char *name,
					struct err *err)
{
	struct backend_entry *e = backend_list_find(l, name);

	if (!e)
		err_set(err, ERR_USAGE, "backend %s: not configured; `posedge backends` lists them",
			name);
	return e;
}

struct backend_lease *ask_backend(struct workbench *w, struct backend_entry *e, struct err *err)
{
	const struct backend_ops *ops = ports_protocol(w->ports, e->protocol, err);
	struct backend *b;

	if (!e->lease) {
		b = ops && check_ours(e, err) ? open_backend(w, ops, e, err) : NULL;
		if (!b)
			return NULL;
		e->lease = backend_lease_new(b);
	}
	return backend_lease_hold(e->lease);
}
