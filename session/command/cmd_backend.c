/* backend, backends: configures backends, describes them, and tests whether they answer. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/backend.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/turn/no_tools.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define NEAREST 3u /* models listed when the requested one does not exist */

/* backend add NAME PROTOCOL key=value... */

static bool take_word(struct backend_entry *b, const struct backend_ops *ops, char *word,
		      struct strv *options, struct err *err)
{
	bool served = backend_option_find(ops->options, "url=") != NULL;

	if (!strchr(word, '='))
		return err_set(err, ERR_USAGE, "backend %s: '%s': KEY=VALUE was expected", b->name,
			       word);
	if (str_starts(word, "model="))
		b->model = word + 6;
	else if (served && str_starts(word, "url="))
		b->url = word + 4;
	else if (served && str_starts(word, "key="))
		b->key = word + 4;
	else
		strv_add(options, word);
	return true;
}

bool cmd_backend(struct cmd_call *c, struct err *err)
{
	struct backend_entry b = { 0 };
	const struct backend_ops *ops;
	struct strv options = STRV_INIT;
	bool ok = true;

	if (strcmp(c->argv[0], "add") != 0)
		return err_set(err, ERR_USAGE,
			       "backend %s: `backend add NAME PROTOCOL ...` was expected",
			       c->argv[0]);
	ops = ports_protocol(c->w->ports, c->argv[2], err);
	if (!ops)
		return false;
	b.name = c->argv[1];
	b.protocol = c->argv[2];
	for (size_t i = 3; ok && i < c->argc; i++)
		ok = take_word(&b, ops, c->argv[i], &options, err);
	if (ok && b.key && !str_starts(b.key, "env:") && !str_starts(b.key, "cmd:"))
		ok = err_set(err, ERR_USAGE,
			     "backend %s: key=env:NAME or key=cmd:PROGRAM was expected; a key "
			     "itself has no place in a file",
			     b.name);
	b.options = options.v;
	ok = ok && ask_options_check(c->w, &b, err);
	if (ok)
		workbench_add_backend(c->w, &b);
	strv_free(&options);
	return ok;
}

/* Protocols and their options, for the help and the manual. Protocols with equal
 * options share a row. */
void backend_protocols(const struct ports *ports, struct str *out)
{
	const struct backend_ops *const *all = ports->backends;

	str_adds(out, "\nProtocols:\n");
	for (size_t i = 0; all[i]; i++)
		str_addf(out, "    %-18s %s\n", all[i]->protocol, all[i]->help);
	str_adds(out, "\nOptions of every one:\n");
	for (const struct backend_option *o = ask_options; o->name; o++)
		str_addf(out, "    %s=%-*s %s\n", o->name, (int)(25 - strlen(o->name)), o->value,
			 o->help);
	for (size_t i = 0; all[i]; i++) {
		bool first = all[i]->options != NULL;

		for (size_t k = 0; k < i; k++)
			first &= all[k]->options != all[i]->options;
		for (size_t k = i; first && all[k]; k++)
			if (all[k]->options == all[i]->options)
				str_addf(out, k == i ? "\nOptions of %s" : ", %s",
					 all[k]->protocol);
		str_adds(out, first ? ":\n" : "");
		for (const struct backend_option *o = all[i]->options; first && o->name; o++) {
			bool family = str_ends(o->name, ".");

			str_addf(out, "    %s%s%-*s %s\n", o->name, family ? "" : "=",
				 (int)(26 - strlen(o->name) - !family), o->value, o->help);
		}
	}
	str_adds(out, "\nA line such as `backend add local openai url=http://127.0.0.1:8080/v1` "
		      "is in ~/.config/posedge/posedgerc.\n");
}

/* backends --test */

struct trial {
	struct workbench *w;
	struct str model;
	bool said;
	struct usage usage;
};

static bool on_piece(void *ctx, const struct piece *p)
{
	struct trial *t = ctx;

	if (p->kind == PIECE_START) {
		str_clear(&t->model);
		redact_text(t->w->redact, p->text, p->len, &t->model);
	}
	t->said |= (p->kind == PIECE_TEXT || p->kind == PIECE_REASONING) && p->len;
	if (p->kind == PIECE_USAGE)
		t->usage = p->usage;
	if (p->kind == PIECE_WAIT)
		report_note(&t->w->out, "%s", p->text);
	return true;
}

/* Removes the nearest name from names and returns it; NULL: none is left. */
static char *take_nearest(struct strv *names, const char *name)
{
	size_t best = SIZE_MAX, at = 0;
	char *taken;

	for (size_t i = 0; i < names->n; i++) {
		size_t d = word_distance(name, names->v[i], 64);

		d -= strstr(names->v[i], name) || strstr(name, names->v[i]) ? d : 0;
		if (d < best) {
			best = d;
			at = i;
		}
	}
	if (names->n == 0)
		return NULL;
	taken = mem_strdup(names->v[at]);
	strv_drop(names, at);
	return taken;
}

/* Lists models of the server when it does not know the requested one. */
static void say_models(const struct report *out, const struct backend_entry *e, struct backend *b)
{
	struct strv names = STRV_INIT;
	struct str list = STR_INIT;
	char *name;

	if (!e->model || !b->ops->models || !b->ops->models(b, &names, NULL) ||
	    strv_has(&names, e->model)) {
		strv_free(&names);
		return;
	}
	for (size_t i = 0; i < NEAREST && (name = take_nearest(&names, e->model)); i++) {
		str_addf(&list, "%s%s", i ? ", " : "", name);
		free(name);
	}
	report_text(out, "         it has no model %s; %s%s%s\n", e->model,
		    list.len ? "the nearest: " : "it tells of none", str_cstr(&list),
		    names.n ? ", ..." : "");
	str_free(&list);
	strv_free(&names);
}

static bool fails_for_its_model(const struct err *err)
{
	return err->code == ERR_NOT_FOUND ||
	       (err->code == ERR_NET && strcasestr(err->text, "model"));
}

static void say_can(int can, const char *what, struct str *out)
{
	if (can != CAN_UNKNOWN)
		str_addf(out, "%s%s%s", out->len ? ", " : "; ", can == CAN ? "" : "no ", what);
}

/* "; 32768 tokens of context, tools, no images" */
static void describe_caps(struct backend *b, struct str *out)
{
	struct backend_caps c;

	if (!b->ops->caps || !b->ops->caps(b, &c, NULL))
		return;
	if (c.context)
		str_addf(out, "; %zu tokens of context", c.context);
	say_can(c.tools, "tools", out);
	say_can(c.images, "images", out);
	say_can(c.reasoning, "reasoning", out);
}

/* Asks one tiny question. */
static bool try_backend(struct workbench *w, struct backend_entry *e)
{
	static const struct prompt_part parts[] = { { .text = "Answer with one word.", .len = 21 },
						    { .text = "Say ok.", .len = 7 } };
	static const struct prompt_message messages[] = { { ROLE_SYSTEM, &parts[0], 1 },
							  { ROLE_USER, &parts[1], 1 } };
	static const struct prompt prompt = { .messages = messages,
					      .n = 2,
					      .question = "Say ok.",
					      .lang = LANG_SV2017,
					      .max_output_tokens = 256,
					      .tokens = 40 };
	struct trial t = { .w = w, .usage = { -1, -1, -1, -1 } };
	struct err err = { 0 };
	struct str caps = STR_INIT;
	struct backend_lease *lease = ask_backend(w, e, &err);
	bool ok = lease && lease->backend->ops->ask(lease->backend, &prompt, on_piece, &t, &err);

	if (!ok)
		redact_err(w->redact, &err);
	else if (no_tools_forget(e))
		str_adds(&caps, "; it refused tools before, and is offered them again");
	if (ok)
		describe_caps(lease->backend, &caps);
	if (ok && !t.said)
		report_text(&w->out, "ok       %-12s it answers, but with no word\n", e->name);
	else if (ok)
		report_text(&w->out, "ok       %-12s %s answers%s\n", e->name,
			    t.model.len ? str_cstr(&t.model) : e->protocol, str_cstr(&caps));
	else
		report_text(&w->out, "fails    %-12s %s\n", e->name, err.text);
	if (lease && !ok && fails_for_its_model(&err))
		say_models(&w->out, e, lease->backend);
	backend_lease_drop(lease);
	str_free(&t.model);
	str_free(&caps);
	return ok;
}

static bool test_backends(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;

	if (c->argc && !ask_backend_entry(w->backends, c->argv[0], err))
		return false;
	for (size_t i = 0; i < w->backends->n; i++)
		if ((!c->argc || strcmp(w->backends->v[i].name, c->argv[0]) == 0) &&
		    !try_backend(w, &w->backends->v[i]))
			c->status = CMD_TROUBLE;
	return true;
}

/* backends --find */

static bool find_backends(struct cmd_call *c, struct err *err)
{
	struct strv found = STRV_INIT;
	bool ok = c->w->ports->find_backends
			  ? c->w->ports->find_backends(c->w->loop, &found, err)
			  : err_set(err, ERR_USAGE, "backends --find: this program looks for none");

	for (size_t i = 0; i < found.n; i++)
		report_text(&c->w->out, "%s\n", found.v[i]);
	if (ok && found.n == 0)
		report_text(&c->w->out, "no server answers on the usual ports of this machine\n");
	else if (ok)
		report_text(&c->w->out,
			    "A line of `backend add` goes into ~/.config/posedge/posedgerc; `set "
			    "backend NAME` after it chooses it.\n");
	strv_free(&found);
	return ok;
}

static void list_backend(const struct workbench *w, const struct backend_entry *b)
{
	const struct options *o = w->options;
	const struct backend_ops *ops = ports_protocol(w->ports, b->protocol, NULL);
	const struct {
		const char *name, *words;
	} roles[] = { { o->backend_fix, " (for fix)" },
		      { o->backend_plan, " (for plans)" },
		      { o->backend_judge, " (judges)" },
		      { o->backend_escalate, " (for what is hard)" } };
	struct str does = STR_INIT;

	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++)
		if (strcmp(b->name, roles[i].name) == 0)
			str_adds(&does, roles[i].words);
	report_text(&w->out, "%s %-12s %-10s %s%s%s%s\n",
		    strcmp(b->name, o->backend) == 0 ? "*" : " ", b->name, b->protocol,
		    b->model ? b->model : "", b->url ? " at " : "",
		    b->url ? b->url : (ops ? ops->help : ""), str_cstr(&does));
	str_free(&does);
}

bool cmd_backends(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;

	if (cmd_opt(c, "--find"))
		return find_backends(c, err);
	if (cmd_opt(c, "--test"))
		return test_backends(c, err);
	for (size_t i = 0; i < w->backends->n; i++)
		list_backend(w, &w->backends->v[i]);
	if (w->backends->n == 1)
		report_text(&w->out, "\nTo ask a model, put lines such as these into "
				     "~/.config/posedge/posedgerc:\n"
				     "  backend add local openai url=http://127.0.0.1:8080/v1\n"
				     "  backend add gpt openai url=https://api.openai.com/v1 "
				     "model=MODEL key=env:OPENAI_API_KEY\n"
				     "  set backend local\n"
				     "`posedge backends --find` looks for servers on this machine, "
				     "`posedge help backend` has all options.\n");
	return true;
}
