/* ask_person, done: messages of a model to the user, and the end of the turn.
 *
 * A claim is as good as its evidence. The model names the tool; whether that ran,
 * and after the last proposal, is checked here. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/toolbox/tool_args.h"
#include "session/toolbox/tools.h"
#include "session/workbench/workbench.h"

#define OPTIONS_MAX  8u
#define OPTION_MAX   200u /* bytes */
#define QUESTION_MAX 1000u
#define CLAIMS_MAX   20u
#define CLAIM_MAX    300u
#define SAID_MAX     60u /* bytes quoted from the check's result */

/* Appends text as one line, so that it cannot change the layout of a card. "..." says
 * that it was longer. */
static void add_line(struct str *out, const char *text, size_t most)
{
	size_t len = strnlen(text, most);

	while (((unsigned char)text[len] & 0xc0) == 0x80)
		len++;
	for (size_t i = 0; i < len; i++)
		str_addc(out, (unsigned char)text[i] < 0x20 ? ' ' : text[i]);
	if (text[len])
		str_adds(out, " ...");
}

static bool take_options(const cJSON *args, struct strv *out, struct err *err)
{
	const cJSON *list = json_get(args, "options"), *o;

	if (list && !cJSON_IsArray(list))
		return err_set(err, ERR_USAGE, "\"options\" must be a list of strings");
	cJSON_ArrayForEach(o, list) {
		struct str line = STR_INIT;

		if (!cJSON_IsString(o) || out->n == OPTIONS_MAX)
			return err_set(err, ERR_USAGE,
				       "\"options\" must be a list of at most %u strings",
				       OPTIONS_MAX);
		add_line(&line, o->valuestring, OPTION_MAX);
		strv_give(out, str_take(&line));
	}
	return true;
}

bool tool_ask_person(struct tool_call *c, struct err *err)
{
	const struct report *r = &c->w->out;
	struct strv options = STRV_INIT;
	struct str text = STR_INIT;
	const char *question;
	char *answer = NULL;
	bool required = false;
	bool ok = arg_text(c->args, "question", true, &question, err) &&
		  take_options(c->args, &options, err);

	if (ok && !r->question)
		ok = err_set(err, ERR_CONSENT,
			     "nobody is there to be asked: decide by yourself, and say what you "
			     "assumed");
	if (ok) {
		add_line(&text, question, QUESTION_MAX);
		answer = r->question(r->ctx,
				     &(struct person_question){ c->use->by, str_cstr(&text),
								options.v, options.n, true,
								r->require ? &required : NULL },
				     err);
		ok = answer != NULL;
	}
	if (ok && required)
		r->require(r->ctx, c->use->by, str_cstr(&text), answer);
	if (ok)
		str_adds(c->out, answer);
	free(answer);
	str_free(&text);
	strv_free(&options);
	return ok;
}

static bool add_claim(const struct tool_call *c, const cJSON *o, struct str *out, struct err *err)
{
	const char *claim = json_string(o, "claim"), *check = json_string(o, "check"), *by = NULL;
	const struct tool_turn *t = c->use->turn;

	if (!claim)
		return err_set(err, ERR_USAGE,
			       "each of \"claims\" is an object with \"claim\" and \"check\"");
	for (size_t i = 0; check && i < t->checked.n && !by; i++)
		if (strcmp(t->checked.v[i], check) == 0)
			by = t->said.v[i];
	if (by) {
		str_addf(out, "by %s (", check);
		add_line(out, by, SAID_MAX);
		str_adds(out, "): ");
	} else {
		str_adds(out, "not shown: ");
	}
	add_line(out, claim, CLAIM_MAX);
	str_addc(out, '\n');
	return true;
}

bool tool_done(struct tool_call *c, struct err *err)
{
	const cJSON *claims = json_get(c->args, "claims"), *o;
	size_t n = 0;

	if (!c->use->turn)
		return err_set(err, ERR_USAGE, "done belongs to a turn");
	if (claims && !cJSON_IsArray(claims))
		return err_set(err, ERR_USAGE, "\"claims\" must be a list");
	cJSON_ArrayForEach(o, claims)
		if (n++ < CLAIMS_MAX && !add_claim(c, o, c->out, err))
			return false;
	if (n > CLAIMS_MAX)
		str_addf(c->out, "[cut: %zu more claims]\n", n - CLAIMS_MAX);
	c->use->turn->done = true;
	return true;
}
