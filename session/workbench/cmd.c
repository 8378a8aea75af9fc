#include "config.h"

#include "session/workbench/cmd.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/option/opt.h"
#include "session/workbench/cmd_design.h"

struct cmd_table {
	struct cmd *v;
	size_t n, cap;
};

struct cmd_table *cmd_table_new(const struct cmd *builtin)
{
	struct cmd_table *t = mem_zalloc(sizeof(*t));

	for (const struct cmd *c = builtin; c && c->name; c++)
		cmd_table_add(t, c, NULL);
	return t;
}

void cmd_table_free(struct cmd_table *t)
{
	if (t)
		free(t->v);
	free(t);
}

static const struct cmd *exact(const struct cmd_table *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i].name, name) == 0)
			return &t->v[i];
	return NULL;
}

bool cmd_table_add(struct cmd_table *t, const struct cmd *c, struct err *err)
{
	size_t at = t->n;	/* they stay in the order of their names */

	if (exact(t, c->name))
		return err_set(err, ERR_CONFLICT, "command %s: the name is taken", c->name);
	t->cap = mem_grow((void **)&t->v, t->cap, t->n + 1, sizeof(*t->v));
	while (at > 0 && strcmp(t->v[at - 1].name, c->name) > 0)
		at--;
	memmove(&t->v[at + 1], &t->v[at], (t->n++ - at) * sizeof(*t->v));
	t->v[at] = *c;
	return true;
}

void cmd_table_put(struct cmd_table *t, const struct cmd *c)
{
	struct cmd *old = (struct cmd *)exact(t, c->name);

	if (old)
		*old = *c;
	else
		cmd_table_add(t, c, NULL);
}

size_t cmd_table_len(const struct cmd_table *t)
{
	return t->n;
}

const struct cmd *cmd_table_at(const struct cmd_table *t, size_t i)
{
	return &t->v[i];
}

const struct cmd *cmd_find(const struct cmd_table *t, const char *name, struct err *err)
{
	const struct cmd *c = exact(t, name);
	const char *nearest = NULL;
	size_t best = word_near(name) + 1;

	if (c)
		return c;
	for (size_t i = 0; i < t->n; i++) {
		size_t d = word_distance(name, t->v[i].name, best);

		if (d < best) {
			best = d;
			nearest = t->v[i].name;
		}
	}
	if (nearest)
		err_set(err, ERR_USAGE, "%s: no such command; did you mean %s?", name, nearest);
	else
		err_set(err, ERR_USAGE, "%s: no such command; `posedge help` lists them", name);
	return NULL;
}

static const struct cmd_opt *find_opt(const struct cmd *c, const char *name, size_t len)
{
	for (const struct cmd_opt *o = c->opts; o && o->name; o++)
		if (strlen(o->name) == len && strncmp(o->name, name, len) == 0)
			return o;
	return NULL;
}

/* One whose value may follow at once: -DNAME, +NAME. */
static const struct cmd_opt *short_opt(const struct cmd *c, const char *word)
{
	const struct cmd_opt *o = word[0] == '+' ? find_opt(c, word, 1) :
				  word[0] == '-' && word[1] && word[1] != '-' && word[2] ? find_opt(c, word, 2) : NULL;

	return o && o->value ? o : NULL;
}

/* "--name", or a short one that the command has: other words with one dash are
 * arguments. */
static bool is_opt(const struct cmd *c, const char *word)
{
	return str_starts(word, "--") || short_opt(c, word) ||
	       (word[0] == '-' && find_opt(c, word, strcspn(word, "=")));
}

static bool take_short(const struct cmd *c, const struct cmd_opt *o, char *word, char **opts, size_t *n_opts,
		       struct err *err)
{
	opts[(*n_opts)++] = (char *)o->name;
	opts[(*n_opts)++] = word + strlen(o->name);
	return word[strlen(o->name)] || err_set(err, ERR_USAGE, "%s: %s needs a value: %s", c->name, o->name, o->value);
}

/* An option: itself, and its value behind '=' or in the
 * next word. */
static bool take_opt(const struct cmd *c, char *const *argv, size_t argc, size_t *i,
		     char **opts, size_t *n_opts, struct err *err)
{
	char *word = argv[*i];
	size_t len = strcspn(word, "=");
	const struct cmd_opt *o = find_opt(c, word, len);

	if (!o && short_opt(c, word))
		return take_short(c, short_opt(c, word), word, opts, n_opts, err);
	if (!o)
		return err_set(err, ERR_USAGE, "%s: no option %.*s; `posedge help %s` lists them", c->name,
			       (int)len, word, c->name);
	if (!o->value && word[len] == '=')
		return err_set(err, ERR_USAGE, "%s: %s takes no value", c->name, o->name);
	opts[(*n_opts)++] = (char *)o->name;
	if (!o->value) {
		opts[(*n_opts)++] = NULL;
	} else if (word[len] == '=') {
		opts[(*n_opts)++] = word + len + 1;
	} else if (*i + 1 < argc) {
		opts[(*n_opts)++] = argv[++*i];
	} else {
		return err_set(err, ERR_USAGE, "%s: %s needs a value: %s", c->name, o->name, o->value);
	}
	return true;
}

bool cmd_run(struct workbench *w, const struct cmd *c, char *const *argv, size_t argc,
	     const char *source, bool trusted, enum cmd_status *status, struct err *err)
{
	char **args = mem_calloc(argc + 1, sizeof(*args));
	char **opts = mem_calloc(2 * argc + 2, sizeof(*opts));
	struct cmd_call call = { .w = w, .cmd = c, .argv = args, .opts = opts, .source = source,
				 .trusted = trusted };
	struct cmd_design design;
	bool only_args = false, ok = true;

	for (size_t i = 0; ok && i < argc; i++) {
		if (!only_args && strcmp(argv[i], "--") == 0)
			only_args = true;
		else if (!only_args && is_opt(c, argv[i]))
			ok = take_opt(c, argv, argc, &i, opts, &call.n_opts, err);
		else
			args[call.argc++] = argv[i];
	}
	if (ok && (call.argc < c->min_args || call.argc > c->max_args))
		ok = err_set(err, ERR_USAGE, "%s: usage: %s%s%s", c->name, c->name, c->args[0] ? " " : "", c->args);
	if (ok) {
		ok = cmd_design_begin(&design, &call, err) && c->run(&call, err);
		cmd_design_end(&design, &call);
	}
	*status = ok ? call.status : CMD_TROUBLE;
	free(args);
	free(opts);
	return ok;
}

const char *cmd_opt(const struct cmd_call *c, const char *name)
{
	const char *found = NULL;

	for (size_t i = 0; i < c->n_opts; i += 2)
		if (strcmp(c->opts[i], name) == 0)
			found = c->opts[i + 1] ? c->opts[i + 1] : "";
	return found;
}

void cmd_help(const struct cmd *c, struct str *out)
{
	str_addf(out, "%s%s%s\n    %s\n", c->name, c->args[0] ? " " : "", c->args, c->help);
	for (const struct cmd_opt *o = c->opts; o && o->name; o++)
		str_addf(out, "    %s%s%-*s %s\n", o->name, o->value ? " " : "",
			 (int)(20 - strlen(o->name) - (o->value ? 1 : 0)), o->value ? o->value : "", o->help);
}

void cmd_table_help(const struct cmd_table *t, struct str *out)
{
	for (size_t i = 0; i < t->n; i++) {
		char *usage = str_fmt("%s %s", t->v[i].name, t->v[i].args);

		str_addf(out, "  %-28s %s\n", usage, t->v[i].help);
		free(usage);
	}
}

/* A hyphen in troff is a hyphen only with a backslash before it, and a line
 * must not begin with a dot or an apostrophe. */
static void troff(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '-' || *text == '\\')
			str_addc(out, '\\');
		str_addc(out, *text);
	}
}

void cmd_manual(const struct cmd_table *t, struct str *out)
{
	str_adds(out, ".TH POSEDGE 1\n.SH NAME\nposedge \\- design hardware with a language model, every line yours\n"
		      ".SH SYNOPSIS\n.B posedge\n[\\fB\\-C\\fR \\fIDIR\\fR] [\\fB\\-\\-json\\fR] "
		      "[\\fB\\-v\\fR \\fILOG\\fR] \\fICOMMAND\\fR [\\fIARGUMENT\\fR...]\n"
		      ".SH DESCRIPTION\nExit status: 0 fine, 1 findings or FAIL, 2 usage or tool trouble, "
		      "3 no verdict.\n.SH COMMANDS\n");
	for (size_t i = 0; i < t->n; i++) {
		const struct cmd *c = &t->v[i];

		str_adds(out, ".TP\n\\fB");
		troff(out, c->name);
		str_adds(out, "\\fR ");
		troff(out, c->args);
		str_adds(out, "\n");
		troff(out, c->help);
		str_adds(out, "\n");
		for (const struct cmd_opt *o = c->opts; o && o->name; o++) {
			str_adds(out, ".br\n\\fB");
			troff(out, o->name);
			str_addf(out, "\\fR %s: ", o->value ? o->value : "");
			troff(out, o->help);
			str_adds(out, "\n");
		}
	}
	str_adds(out, ".SH OPTIONS OF THE RC FILES\n");
	for (size_t i = 0; i < opt_count(); i++) {
		str_adds(out, ".TP\n\\fBset ");
		troff(out, opt_at(i)->name);
		str_adds(out, "\\fR\n");
		troff(out, opt_at(i)->help);
		str_addf(out, " (%s)\n", opt_at(i)->initial[0] ? opt_at(i)->initial : "empty");
	}
}
