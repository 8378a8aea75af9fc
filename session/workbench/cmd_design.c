/* -D, -I, -G and +NAME of a single command: combines the given words with the option's
 * value, and restores the option after the command. Folders go before the configured
 * ones, because the first one wins; for macros and parameters the last one wins.
 */
#include "config.h"

#include "session/workbench/cmd_design.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/option/opt.h"
#include "session/workbench/cmd.h"
#include "session/workbench/workbench.h"

struct kind {
	const char *opt;
	size_t option; /* the member of struct options that gets the words */
	bool value;    /* NAME=VALUE, not NAME */
	bool first;    /* before the configured ones */
};

static const struct kind kinds[CMD_DESIGN_N] = {
	{ "-D", offsetof(struct options, defines), false, false },
	{ "-I", offsetof(struct options, include), false, true },
	{ "-G", offsetof(struct options, parameters), true, false },
	{ "+", offsetof(struct options, plusargs), false, false },
};

static bool is_name(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_' && s[i] != '$')
			return false;
	return len > 0;
}

static bool checked(const struct cmd_call *c, const struct kind *k, const char *word, char **out,
		    struct err *err)
{
	if (k->first)
		return workplace_path(&c->w->place, word, out, err);
	if (!is_name(word, strcspn(word, "=")) && strcmp(k->opt, "+") != 0)
		return err_set(err, ERR_USAGE, "%s: %s %s: a name was expected", c->cmd->name,
			       k->opt, word);
	if (k->value && !strchr(word, '='))
		return err_set(err, ERR_USAGE, "%s: %s %s: NAME=VALUE was expected", c->cmd->name,
			       k->opt, word);
	*out = mem_strdup(word);
	return true;
}

static bool add(const struct cmd_call *c, const struct kind *k, struct err *err)
{
	const struct opt *option = opt_of_member(k->option);
	const struct strv *set = options_words(c->w->options, option);
	struct strv given = STRV_INIT, words = STRV_INIT;
	char *value = NULL;
	bool ok = true;

	for (size_t i = 0; ok && i < c->n_opts; i += 2) {
		char *word = NULL;

		if (strcmp(c->opts[i], k->opt) != 0)
			continue;
		ok = checked(c, k, c->opts[i + 1], &word, err);
		if (ok)
			strv_give(&given, word);
	}
	if (ok && given.n) {
		if (!k->first)
			strv_addall(&words, set);
		strv_addall(&words, &given);
		if (k->first)
			strv_addall(&words, set);
		value = options_join(words.v, words.n, err);
		ok = value && options_put(c->w->options, option, value, err);
	}
	free(value);
	strv_free(&words);
	strv_free(&given);
	return ok;
}

bool cmd_design_begin(struct cmd_design *d, const struct cmd_call *c, struct err *err)
{
	bool ok = true;

	*d = (struct cmd_design){ 0 };
	for (size_t i = 0; ok && i < CMD_DESIGN_N; i++) {
		if (!cmd_opt(c, kinds[i].opt))
			continue;
		d->was[i] = mem_strdup(options_text(c->w->options, opt_of_member(kinds[i].option)));
		ok = add(c, &kinds[i], err);
	}
	return ok;
}

void cmd_design_end(struct cmd_design *d, const struct cmd_call *c)
{
	for (size_t i = 0; i < CMD_DESIGN_N; i++) {
		if (d->was[i])
			options_put(c->w->options, opt_of_member(kinds[i].option), d->was[i], NULL);
		free(d->was[i]);
		d->was[i] = NULL;
	}
}
