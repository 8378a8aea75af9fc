/* Finds the best candidate, and prints all scores as text and JSON. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "session/base/json.h"
#include "session/flow/solve_steps.h"
#include "session/workbench/workbench.h"

void solving_name(size_t i, char out[24])
{
	if (i)
		snprintf(out, 24, "candidate %u", (unsigned)i);
	else
		snprintf(out, 24, "as it is");
}

void solving_rank(struct solving *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].judged && !g->v[i].twin &&
		    solve_compare(&g->v[i].score, &g->v[g->best].score) > 0)
			g->best = i;
}

bool solving_shows_size(const struct solving *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].score.passes)
			return true;
	return false;
}

static bool is_shown(const struct solving *g, size_t i)
{
	return i || g->there;
}

static void add_how(const struct candidate *c, struct str *out)
{
	str_addf(out, "%s", c->backend ? solve_effort_name(c->effort) : "");
}

void solving_table(const struct solving *g, struct str *out)
{
	bool small = solving_shows_size(g);
	char name[24];

	solve_head(out);
	for (size_t i = 0; i < g->n; i++) {
		struct str how = STR_INIT;

		add_how(&g->v[i], &how);
		if (i)
			snprintf(name, sizeof(name), "%u", (unsigned)i);
		else
			solving_name(i, name);
		if (is_shown(g, i))
			solve_row(name, str_cstr(&how), &g->v[i].score, small,
				  i == g->best && g->v[i].score.has_code, out);
		if (is_shown(g, i) && g->v[i].score.has_code && !g->v[i].judged)
			str_adds(out, "    not judged to the end\n");
		if (g->v[i].level[0])
			str_addf(out, "    asked with reasoning=%s\n", g->v[i].level);
		if (g->v[i].note.len)
			str_addf(out, "    %s\n", str_cstr(&g->v[i].note));
		str_free(&how);
	}
}

/* "asked for 2 of 4 candidates, 5312 tokens, about 5312 saved" */
void solving_sum(const struct solving *g, struct str *out)
{
	unsigned asked = (unsigned)g->n - 1;
	unsigned long long saved = asked ? g->tokens / asked * (g->most - asked) : 0;

	if (!asked) {
		if (g->stop == SOLVE_DONE)
			str_adds(out, "no candidate was asked for, what is there passes; --all "
				      "asks for all of them\n");
		return;
	}
	str_addf(out, "asked for %u of %u candidates, %llu tokens", asked, g->most,
		 (unsigned long long)g->tokens);
	if (saved && g->stop != SOLVE_ON) /* else they were not left out by choice */
		str_addf(out, ", about %llu saved", saved);
	if (g->stop != SOLVE_ON)
		str_addf(out, ": %s", solve_stop_text(g->stop));
	str_addc(out, '\n');
	if (g->stop == SOLVE_STUCK && !g->can_escalate)
		str_adds(out, "`set backend.escalate NAME` lets it ask another backend then\n");
}

void solving_tell_json(struct flow *f)
{
	const struct solving *g = f->own;
	bool small = solving_shows_size(g);

	for (size_t i = 0; f->w->out.wants_json && i < g->n; i++) {
		const struct candidate *c = &g->v[i];
		struct str line = STR_INIT;

		if (!is_shown(g, i))
			continue;
		str_addf(&line, "{\"type\":\"candidate\",\"n\":%zu,\"best\":%s,\"effort\":\"%s\"",
			 i, i == g->best ? "true" : "false",
			 c->backend ? solve_effort_name(c->effort) : "");
		if (c->backend) {
			str_adds(&line, ",\"backend\":");
			json_quote(&line, c->backend, strlen(c->backend));
		}
		if (c->level[0])
			str_addf(&line, ",\"reasoning\":\"%s\"", c->level);
		solve_json(&c->score, small, &line);
		if (c->note.len) {
			str_adds(&line, ",\"note\":");
			json_quote(&line, str_cstr(&c->note), c->note.len);
		}
		str_addc(&line, '}');
		f->w->out.json(f->w->out.ctx, str_cstr(&line), line.len);
		str_free(&line);
	}
}
