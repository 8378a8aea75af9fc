/* Selects the backend that is asked: a list to pick from, and the switch. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_cost.h"
#include "session/base/count.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* Appends what this session knows of the backend. */
static void add_state(const struct state *s, const char *name, struct str *out)
{
	const struct exchange *last = NULL;
	size_t n = 0;

	for (size_t i = 0; i < s->n_chat; i++)
		if (strcmp(s->chat[i]->backend, name) == 0) {
			last = s->chat[i];
			n++;
		}
	if (!last)
		str_adds(out, "not asked yet");
	else if (last->state == EXCHANGE_FAILED)
		str_addf(out, "failed last: %s", last->error);
	else
		str_addf(out, "asked %zu time%s", n, count_s(n));
}

static void add_price(struct workbench *w, const struct backend_entry *e, struct str *out)
{
	const int64_t *prices[4];
	struct price p;

	ask_price(w, e, NULL, &p);
	prices[0] = &p.in;
	prices[1] = &p.written;
	prices[2] = &p.cached;
	prices[3] = &p.out;
	if (p.in < 0 && p.out < 0) {
		str_adds(out, "price not known");
		return;
	}
	if (p.in == 0 && p.written == 0 && p.cached == 0 && p.out == 0) {
		str_adds(out, "costs nothing");
		return;
	}
	for (int i = 0; i < 4; i++)
		if (*prices[i] < 0)
			str_addf(out, "%s-", i ? "/" : "");
		else
			str_addf(out, "%s%lld.%02lld", i ? "/" : "",
				 (long long)(*prices[i] / 1000000),
				 (long long)(*prices[i] % 1000000 / 10000));
	str_addf(out, " %s", p.currency);
}

static void offer(struct ui *u)
{
	struct workbench *w = ui_workbench(u);

	popup_open(ui_popup(u), POPUP_PICKER, "backend");
	for (size_t i = 0; i < w->backends->n; i++) {
		const struct backend_entry *e = &w->backends->v[i];
		bool asked = strcmp(e->name, w->options->backend) == 0;
		char *command = str_fmt("switch %s", e->name), *label;
		struct str detail = STR_INIT;

		label = str_fmt("%s %s", asked ? "*" : " ", e->name);
		str_addf(&detail, "%s%s%s, ", e->protocol, e->model ? " " : "",
			 e->model ? e->model : "");
		add_state(ui_state(u), e->name, &detail);
		str_adds(&detail, ", ");
		add_price(w, e, &detail);
		popup_add(ui_popup(u), label, str_cstr(&detail), command);
		str_free(&detail);
		free(label);
		free(command);
	}
	popup_match(ui_popup(u));
}

static bool switch_to(struct ui *u, const char *name, struct err *err)
{
	struct workbench *w = ui_workbench(u);
	struct event e = { .type = EVENT_SET };

	if (!backend_list_find(w->backends, name))
		return err_set(err, ERR_USAGE, "backend %s: not configured; `backends` lists them",
			       name);
	e.set.name = "backend";
	e.set.value = name;
	if (!session_record(ui_session(u), &e, NULL, err) ||
	    !options_set(w->options, "backend", name, err))
		return false;
	ui_say(u, "%s is asked from now on, until posedge ends; `set backend %s` keeps it", name,
	       name);
	return true;
}

bool act_switch(struct ui *u, struct cmd_call *c, struct err *err)
{
	if (c->argc)
		return switch_to(u, c->argv[0], err);
	offer(u);
	return true;
}
