/* Permission for a model to call a tool. The option tools.policy has words such as
 * `simulate=allow` and `jira_*=deny`; the last match counts, and a malformed word
 * denies. By default the user is asked about tools of servers and about simulations,
 * once per session. A tool called by another program (`posedge mcp`) needs no question:
 * whoever started that has decided.
 */
#include "config.h"

#include "session/toolbox/tool_policy.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/option/opt.h"
#include "session/toolbox/toolbox.h"
#include "session/workbench/workbench.h"

static const char *const names[] = {
	[TOOL_ALLOW] = "allow", [TOOL_ASK] = "ask", [TOOL_DENY] = "deny"
};

static bool read_word(const char *word, size_t *name_len, enum tool_policy *p)
{
	const char *equals = strrchr(word, '=');

	if (!equals || equals == word)
		return false;
	*name_len = (size_t)(equals - word);
	for (int i = TOOL_ALLOW; i <= TOOL_DENY; i++)
		if (strcmp(equals + 1, names[i]) == 0) {
			*p = (enum tool_policy)i;
			return true;
		}
	return false;
}

/* True if word is "name", or a prefix "na*", which covers all tools of a server. */
static bool is_of(const char *word, size_t n, const char *name)
{
	if (n && word[n - 1] == '*')
		return strncmp(word, name, n - 1) == 0;
	return strlen(name) == n && memcmp(word, name, n) == 0;
}

/* The last matching word counts; an unknown policy means the strictest. */
static enum tool_policy tool_policy_of(const struct options *options, const struct tool *t)
{
	const struct strv *words = &options->tools_policy;
	enum tool_policy p = t->effect == TOOL_FOREIGN || strcmp(t->name, "simulate") == 0
				     ? TOOL_ASK
				     : TOOL_ALLOW;

	for (size_t i = 0; i < words->n; i++) {
		enum tool_policy said = TOOL_DENY;
		size_t n = strcspn(words->v[i], "=");

		if (!read_word(words->v[i], &n, &said))
			said = TOOL_DENY;
		if (is_of(words->v[i], n, t->name))
			p = said;
	}
	return p;
}

/* Asks with the card if there is one; the screen has no other way. */
static bool agrees(struct tool_use *u, const char *question)
{
	static char *const options[] = { (char *)"yes", (char *)"no" };
	const struct report *r = &u->w->out;
	struct person_question q = { u->by, question, options, 2, false };
	char *answer;
	bool yes;

	if (r->ask)
		return r->ask(r->ctx, question);
	answer = r->question(r->ctx, &q, NULL);
	yes = answer && strcmp(answer, "yes") == 0;
	free(answer);
	return yes;
}

static bool ask(struct tool_use *u, const struct tool *t, struct strv *agreed, struct err *err)
{
	const struct report *r = &u->w->out;
	char *name = NULL, *question;
	bool yes;

	if (!r->ask && !r->question)
		return err_set(err, ERR_CONSENT,
			       "%s was not run: the person is asked before it, and nobody is there "
			       "(`set tools.policy %s=allow` allows it)",
			       t->name, t->name);
	name = str_fmt("%s", t->name); /* the row may be removed meanwhile */
	question = str_fmt("%s wants to run %s%s%s. May it, in this session?", u->by, t->name,
			   t->source ? " of " : "", t->source ? t->source : "");
	yes = agrees(u, question);
	if (yes)
		strv_add(agreed, name);
	else
		err_set(err, ERR_CONSENT, "%s was not run: the person does not want it", name);
	free(question);
	free(name);
	return yes;
}

bool tool_may_run(struct tool_use *u, const struct tool *t, struct strv *agreed, struct err *err)
{
	enum tool_policy p = tool_policy_of(u->w->options, t);

	if (p == TOOL_DENY)
		return err_set(err, ERR_AUTH, "%s was not run: the person does not allow it",
			       t->name);
	return p == TOOL_ALLOW || !u->turn || strv_has(agreed, t->name) || ask(u, t, agreed, err);
}
