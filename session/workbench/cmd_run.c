/* Runs one command from its words: separates arguments from options by the
 * command's row and checks their number. Words with a dash are options only if the
 * row has them, so `-5` can be an argument; after `--` all words are arguments.
 */
#include "config.h"

#include "session/workbench/cmd.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/words.h"
#include "session/workbench/cmd_design.h"
#include "session/workbench/screen_port.h"
#include "session/workbench/workbench.h"

#define BLANKS " \t\r\n"

static const struct cmd_opt *find_opt(const struct cmd *c, const char *name, size_t len)
{
	for (const struct cmd_opt *o = c->opts; o && o->name; o++)
		if (strlen(o->name) == len && strncmp(o->name, name, len) == 0)
			return o;
	return NULL;
}

/* An option whose value may follow directly: -DNAME, +NAME. */
static const struct cmd_opt *short_opt(const struct cmd *c, const char *word)
{
	const struct cmd_opt *o = word[0] == '+' ? find_opt(c, word, 1)
				  : word[0] == '-' && word[1] && word[1] != '-' && word[2]
					  ? find_opt(c, word, 2)
					  : NULL;

	return o && o->value ? o : NULL;
}

/* True for "--name", or a short option that the command has; other words with one
 * dash are arguments. */
static bool is_opt(const struct cmd *c, const char *word)
{
	return str_starts(word, "--") || short_opt(c, word) ||
	       (word[0] == '-' && find_opt(c, word, strcspn(word, "=")));
}

/* The word behind *at, which moves to its end. NULL: there is none, or a quote stays
 * open. The caller frees. */
static char *next_word(const char *line, size_t *at)
{
	struct strv words = STRV_INIT;
	size_t end;
	char *word = words_first(line + *at, strlen(line + *at), 1, &words, &end, NULL) && words.n
			     ? mem_strdup(words.v[0])
			     : NULL;

	if (word)
		*at += end;
	strv_free(&words);
	return word;
}

/* Where the text of a CMD_TEXT command begins; at is the end of its name. */
static size_t after_options(const struct cmd *c, const char *line, size_t at)
{
	size_t next = at;
	char *word;

	while ((word = next_word(line, &next)) && is_opt(c, word) && strcmp(word, "--") != 0) {
		const struct cmd_opt *o = find_opt(c, word, strcspn(word, "="));

		if (o && o->value && !strchr(word, '='))
			free(next_word(line, &next));
		free(word);
		at = next;
	}
	free(word);
	return at;
}

/* A text that is quoted as a whole comes from words_quote(), or follows the habit of
 * shells. */
static void add_text(const char *text, size_t len, struct strv *argv)
{
	struct strv words = STRV_INIT;

	if ((text[0] == '"' || text[0] == '\'') && text[len - 1] == text[0] &&
	    words_split(text, len, &words, NULL) && words.n == 1)
		strv_add(argv, words.v[0]);
	else
		strv_give(argv, mem_strndup(text, len));
	strv_free(&words);
}

const char *cmd_in_chat(const char *line)
{
	bool command = line[0] == '/' || (line[0] == ':' && isalpha((unsigned char)line[1]));

	return command ? line + 1 : NULL;
}

bool cmd_words(const struct cmd_table *t, const char *line, struct strv *argv, struct err *err)
{
	size_t len = strlen(line), at = 0;
	char *name = next_word(line, &at);
	const struct cmd *c = name ? cmd_find(t, name, NULL) : NULL;
	bool text = c && (c->flags & CMD_TEXT);

	free(name);
	if (text)
		at = after_options(c, line, at);
	if (!words_split(line, text ? at : len, argv, err))
		return false;
	if (!text)
		return true;
	at += strspn(line + at, BLANKS);
	if (str_starts(line + at, "--") && strchr(BLANKS, line[at + 2]))
		at += 2 + strspn(line + at + 2, BLANKS);
	while (len > at && strchr(BLANKS, line[len - 1]))
		len--;
	if (len > at) {
		strv_add(argv, "--");
		add_text(line + at, len - at, argv);
	}
	return true;
}

static bool take_short(const struct cmd *c, const struct cmd_opt *o, char *word, char **opts,
		       size_t *n_opts, struct err *err)
{
	opts[(*n_opts)++] = (char *)o->name;
	opts[(*n_opts)++] = word + strlen(o->name);
	return word[strlen(o->name)] ||
	       err_set(err, ERR_USAGE, "%s: %s needs a value: %s", c->name, o->name, o->value);
}

/* Takes an option, and its value after '=' or in the next word. */
static bool take_opt(const struct cmd *c, char *const *argv, size_t argc, size_t *i, char **opts,
		     size_t *n_opts, struct err *err)
{
	char *word = argv[*i];
	size_t len = strcspn(word, "=");
	const struct cmd_opt *o = find_opt(c, word, len);

	if (!o && short_opt(c, word))
		return take_short(c, short_opt(c, word), word, opts, n_opts, err);
	if (!o)
		return err_set(err, ERR_USAGE, "%s: no option %.*s; `posedge help %s` lists them",
			       c->name, (int)len, word, c->name);
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
		return err_set(err, ERR_USAGE, "%s: %s needs a value: %s", c->name, o->name,
			       o->value);
	}
	return true;
}

/* Separates argv into arguments and options, checked against the row. The caller
 * frees call->argv and call->opts. */
static bool sort_words(struct cmd_call *call, char *const *argv, size_t argc, struct err *err)
{
	const struct cmd *c = call->cmd;
	char **args = mem_calloc(argc + 1, sizeof(*args));
	char **opts = mem_calloc(2 * argc + 2, sizeof(*opts));
	bool only_args = false, ok = true;

	call->argv = args;
	call->opts = opts;
	for (size_t i = 0; ok && i < argc; i++) {
		if (!only_args && strcmp(argv[i], "--") == 0)
			only_args = true;
		else if (!only_args && is_opt(c, argv[i]))
			ok = take_opt(c, argv, argc, &i, opts, &call->n_opts, err);
		else
			args[call->argc++] = argv[i];
	}
	if (ok && (call->argc < c->min_args || call->argc > c->max_args))
		ok = err_set(err, ERR_USAGE, "%s: usage: %s%s%s", c->name, c->name,
			     c->args[0] ? " " : "", c->args);
	return ok;
}

static void free_words(struct cmd_call *call)
{
	free((void *)call->argv);
	free((void *)call->opts);
}

/* A screen command needs a screen. In an rc file it is accepted without one and
 * does nothing. */
static bool is_here(const struct cmd_call *call, struct err *err)
{
	return call->cmd->run || call->w->screen ||
	       (call->source[0] && call->cmd->flags & CMD_RC) ||
	       err_set(err, ERR_USAGE,
		       "%s works on the screen: start posedge in a terminal without a command",
		       call->cmd->name);
}

static bool run_on_screen(struct cmd_call *call, struct err *err)
{
	struct screen_port *screen = call->w->screen;
	bool as_job = false;

	return !screen || screen->run(screen, call, &as_job, err);
}

bool cmd_run(struct workbench *w, const struct cmd *c, char *const *argv, size_t argc,
	     const char *source, bool trusted, enum cmd_status *status, struct err *err)
{
	struct cmd_call call = { .w = w, .cmd = c, .source = source, .trusted = trusted };
	struct cmd_design design;
	bool ok = is_here(&call, err) && sort_words(&call, argv, argc, err);

	if (ok) {
		ok = cmd_design_begin(&design, &call, err) &&
		     (c->run ? c->run(&call, err) : run_on_screen(&call, err));
		cmd_design_end(&design, &call);
	}
	*status = ok ? call.status : CMD_TROUBLE;
	free_words(&call);
	return ok;
}

bool cmd_run_at_once(struct workbench *w, const struct cmd *c, char *const *argv, size_t argc,
		     bool *as_job, struct err *err)
{
	struct cmd_call call = { .w = w, .cmd = c, .source = "", .trusted = true };
	bool ok = sort_words(&call, argv, argc, err);

	*as_job = false;
	if (ok)
		ok = c->flags & CMD_BOTH ? w->screen->run(w->screen, &call, as_job, err)
					 : c->run(&call, err); /* from rc files */
	free_words(&call);
	return ok;
}
