#include "config.h"

#include "session/ask/ask_backend.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/model/backend.h"
#include "session/model/redact.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/workbench.h"

static const char *const ours[] = { "budget=", "context=", "answer=", "model_size=" };

bool ask_option(const char *option)
{
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
		if (str_starts(option, ours[i]))
			return true;
	return false;
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

bool ask_options_check(const struct backend_entry *e, struct err *err)
{
	for (size_t i = 0; i < 2; i++) {
		const char *value = ask_option_of(e, ours[i]);
		size_t n = value ? strlen(value) : 0;

		if (value && (n == 0 || n > 8 || strspn(value, "0123456789") != n || strtoul(value, NULL, 10) < 100))
			return err_set(err, ERR_USAGE, "backend %s: %s%s: tokens were expected, 100 or more", e->name, ours[i],
				       value);
	}
	if (!is_one_of(ask_option_of(e, "answer="), "whole", "edit"))
		return err_set(err, ERR_USAGE, "backend %s: answer=%s: whole or edit was expected", e->name,
			       ask_option_of(e, "answer="));
	if (!is_one_of(ask_option_of(e, "model_size="), "small", "large"))
		return err_set(err, ERR_USAGE, "backend %s: model_size=%s: small or large was expected", e->name,
			       ask_option_of(e, "model_size="));
	return true;
}

static void on_secret(void *ctx, const char *key)
{
	redact_add(((struct workbench *)ctx)->redact, key);
}

static struct backend *open_backend(struct workbench *w, const struct backend_entry *e, struct err *err)
{
	const struct backend_ops *ops = workbench_protocol(w, e->protocol, err);
	struct strv theirs = STRV_INIT;
	struct backend_config cfg;
	struct backend *b;

	if (!ops || !ask_options_check(e, err))
		return NULL;
	for (char *const *o = e->options; o && *o; o++)
		if (!ask_option(*o))
			strv_add(&theirs, *o);
	cfg = (struct backend_config){ .name = e->name, .protocol = e->protocol, .url = e->url,
				       .model = e->model, .key = e->key,
				       .options = (const char *const *)theirs.v,
				       .root = w->root, .secret = on_secret, .ctx = w };
	b = ops->open(w->loop, &cfg, err);
	strv_free(&theirs);
	return b;
}

struct backend_lease *ask_backend(struct workbench *w, struct backend_entry *e, struct err *err)
{
	struct backend *b;

	if (!e->lease) {
		b = open_backend(w, e, err);
		if (!b)
			return NULL;
		e->lease = backend_lease_new(b);
	}
	return backend_lease_hold(e->lease);
}
