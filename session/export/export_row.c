/* Common parts of training rows.
 *
 * Rewards are integers in thousandths; decimal numbers are formatted by hand,
 * because a locale may print a comma.
 */
#include "config.h"

#include "session/export/export_row.h"

#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/export/export.h"
#include "session/export/story.h"
#include "session/journal/state.h"
#include "session/text/slice.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"

/* True if the answer has the text, apart from blanks around it. */
static bool has_text(const struct story_ask *a, const struct str *text)
{
	struct slice t = slice_trim((struct slice){ str_cstr(text), text->len });

	return t.n && memmem(str_cstr(&a->answer), a->answer.len, t.p, t.n) != NULL;
}

/* The last question of a flow before the suggestion that was answered with it. */
static const struct story_ask *asked_by_flow(const struct story *s,
					     const struct story_suggestion *x)
{
	const struct story_ask *found = NULL;

	for (size_t i = x->ask + 1; i < s->n_asks && s->asks[i].n < x->n; i++)
		if (s->asks[i].beside && has_text(&s->asks[i], &x->proposed))
			found = &s->asks[i];
	return found;
}

bool row_chain(const struct story *s, size_t i, struct row_chain *c)
{
	const struct story_suggestion *x = &s->suggestions[i];

	*c = (struct row_chain){ .first = x, .last = x };
	if (x->ask == STORY_NONE || x->in_place || x->incomplete || !x->decided)
		return false;
	for (size_t k = x->rest; k != STORY_NONE; k = s->suggestions[k].rest)
		if (s->suggestions[k].decided)
			return false;
	for (;;) {
		c->taken += c->first->taken;
		c->refused += c->first->refused;
		c->edited += c->first->edited;
		if (c->first->rest_of == STORY_NONE)
			break;
		c->first = &s->suggestions[c->first->rest_of];
	}
	c->ask = &s->asks[c->first->ask];
	if (strcmp(str_cstr(&c->ask->backend), EXCHANGE_FLOW) == 0)
		c->ask = asked_by_flow(s, c->first);
	return c->taken > 0 && c->ask;
}

const char *row_model(const struct row_chain *c)
{
	return c->ask->beside ? str_cstr(&c->ask->model) : c->first->by;
}

void row_str(struct str *out, const char *name, const struct str *value)
{
	str_addf(out, ",\"%s\":", name);
	json_quote(out, str_cstr(value), value->len);
}

void row_verdicts(const struct story *s, const struct story_suggestion *x, struct str *out)
{
	const struct story_lint *l = x->lint == STORY_NONE ? NULL : &s->lints[x->lint];
	const struct story_run *r = x->run == STORY_NONE ? NULL : &s->runs[x->run];

	if (l && l->error.len == 0)
		str_addf(out, ",\"lint\":{\"errors\":%zu,\"risks\":%zu,\"style\":%zu}",
			 diag_list_count(l->found, DIAG_ERROR),
			 diag_list_count(l->found, DIAG_RISK),
			 diag_list_count(l->found, DIAG_STYLE));
	else
		str_adds(out, ",\"lint\":null");
	if (r && r->ended_ms) {
		str_adds(out, ",\"simulation\":{\"verdict\":");
		json_quote(out, str_cstr(&r->verdict), r->verdict.len);
		if (r->checks >= 0)
			str_addf(out, ",\"checks\":%lld", (long long)r->checks);
		if (r->failures >= 0)
			str_addf(out, ",\"failures\":%lld", (long long)r->failures);
		row_str(out, "first", &r->first);
		str_addc(out, '}');
	} else {
		str_adds(out, ",\"simulation\":null");
	}
}

void row_head(const struct story *s, const struct export_context *c, const struct row_chain *x,
	      struct str *out)
{
	const struct story_ask *a = x->ask;

	str_adds(out, "{\"session\":");
	json_quote(out, s->id, strlen(s->id));
	json_add_text(out, "project", c->title);
	str_addf(out, ",\"suggestion\":%llu,\"consent\":true", (unsigned long long)x->first->n);
	row_str(out, "backend", &a->backend);
	json_add_text(out, "model", row_model(x));
	json_add_text(out, "path", x->first->path);
	row_str(out, "question", &a->question);
	row_str(out, "prompt", a->prompt.len ? &a->prompt : &a->question);
}

/* Rewards --------------------------------------------------------------------------------- */

/* Reward of a simulation: all checks, or the share that passed. -1: no complete run. */
static int function_of(const struct story_run *r)
{
	enum verdict v;

	if (!r->ended_ms || !verdict_parse(str_cstr(&r->verdict), &v))
		return -1;
	if (v == VERDICT_PASS)
		return 1000;
	if (v == VERDICT_BUILD)
		return 0;
	if (v != VERDICT_FAIL)
		return -1;
	/* Without a failing check, something else failed the run, and no share is known. */
	if (r->checks <= 0 || r->failures <= 0 || r->failures >= r->checks)
		return 0;
	return (int)((r->checks - r->failures) * 1000 / r->checks);
}

/* A file can be linted before those that it needs are there; a later run shows more. */
static bool was_built_after(const struct story *s, const struct story_suggestion *x,
			    const struct story_lint *l)
{
	const struct story_run *r = x->run == STORY_NONE ? NULL : &s->runs[x->run];
	enum verdict v;

	return r && r->ended_ms && (!l || r->n > l->n) &&
	       verdict_parse(str_cstr(&r->verdict), &v) && (v == VERDICT_PASS || v == VERDICT_FAIL);
}

struct row_reward row_reward(const struct story *s, const struct row_chain *x)
{
	const struct story_suggestion *end = x->last;
	const struct story_lint *l = end->lint == STORY_NONE ? NULL : &s->lints[end->lint];
	struct row_reward r = { -1, -1, -1, 0, 0 };
	size_t risks, units = x->taken + x->refused;

	if (l && l->error.len == 0) {
		risks = diag_list_count(l->found, DIAG_RISK);
		r.syntax = diag_list_count(l->found, DIAG_ERROR) ? 0 : 1000;
		r.lint = r.syntax ? 1000 - (int)(risks < 10 ? risks : 10) * 100 : 0;
	}
	if (end->run != STORY_NONE)
		r.function = function_of(&s->runs[end->run]);
	if (was_built_after(s, end, l))
		r.syntax = 1000;
	r.taken = units ? (int)((x->taken - x->edited) * 1000 / units) : 0;
	r.score = ((r.syntax > 0 ? r.syntax : 0) * 2 + (r.lint > 0 ? r.lint : 0) +
		   (r.function > 0 ? r.function : 0) * 7) /
		  10;
	return r;
}

void row_number(struct str *out, const char *name, int thousandths)
{
	if (thousandths < 0)
		str_addf(out, "\"%s\":null", name);
	else
		str_addf(out, "\"%s\":%d.%03d", name, thousandths / 1000, thousandths % 1000);
}

void row_rewards(const struct story *s, const struct row_chain *x, struct str *out)
{
	const struct row_reward r = row_reward(s, x);

	str_adds(out, ",\"rewards\":{");
	row_number(out, "syntax", r.syntax);
	str_addc(out, ',');
	row_number(out, "lint", r.lint);
	str_addc(out, ',');
	row_number(out, "function", r.function);
	str_addc(out, ',');
	row_number(out, "taken", r.taken);
	str_addc(out, ',');
	row_number(out, "score", r.score);
	str_addc(out, '}');
}

/* Origin */

/* A line "SPDX-License-Identifier: MIT" in the written text overrides the project's
 * licence. */
static bool spdx(const struct str *text, struct str *out)
{
	static const char mark[] = "SPDX-License-Identifier:";
	const char *at = strstr(str_cstr(text), mark);
	size_t n;

	if (!at)
		return false;
	at += strlen(mark);
	at += strspn(at, " \t");
	n = strcspn(at, "\r\n");
	while (n && (at[n - 1] == ' ' || at[n - 1] == '/' || at[n - 1] == '*'))
		n--;
	str_add(out, at, n < 200 ? n : 200);
	return n > 0;
}

bool export_licence(const struct export_context *c, const struct str *text, struct str *out)
{
	if (spdx(text, out))
		return true;
	if (c->licence)
		str_adds(out, c->licence);
	return c->licence && c->licence[0];
}

static void row_licence(const struct export_context *c, const struct str *text, struct str *out)
{
	struct str licence = STR_INIT;

	if (export_licence(c, text, &licence))
		row_str(out, "licence", &licence);
	else
		str_adds(out, ",\"licence\":null");
	str_free(&licence);
}

static void row_tools(const struct story *s, struct str *out)
{
	str_adds(out, ",\"tools\":{\"posedge\":");
	json_quote(out, str_cstr(&s->version), s->version.len);
}

/* "lint":"verilator","lint_version":"Verilator 5.006 ..."; null for a tool that was
 * not used. */
static void row_tool(const char *name, const struct str *tool, const struct str *version,
		     struct str *out)
{
	if (!tool) {
		str_addf(out, ",\"%s\":null,\"%s_version\":null", name, name);
		return;
	}
	row_str(out, name, tool);
	str_addf(out, ",\"%s_version\":", name);
	json_quote(out, version->len ? str_cstr(version) : "unknown",
		   version->len ? version->len : strlen("unknown"));
}

void row_judged(const struct story *s, const struct story_suggestion *x, struct str *out)
{
	const struct story_lint *l = x->lint == STORY_NONE ? NULL : &s->lints[x->lint];
	const struct story_run *r = x->run == STORY_NONE ? NULL : &s->runs[x->run];

	row_tools(s, out);
	row_tool("lint", l ? &l->tool : NULL, l ? &l->version : NULL, out);
	row_tool("simulator", r ? &r->engine : NULL, r ? &r->version : NULL, out);
	if (r && r->seeds >= 0)
		str_addf(out, "},\"seeds\":%lld", (long long)r->seeds);
	else
		str_adds(out, "},\"seeds\":null");
}

void row_from(const struct story *s, const struct export_context *c,
	      const struct story_suggestion *x, struct str *out)
{
	row_licence(c, &x->written, out);
	row_judged(s, x, out);
}

void row_source(const struct story *s, const struct export_context *c, const struct str *text,
		struct str *out)
{
	row_licence(c, text, out);
	row_tools(s, out);
	str_adds(out, "},\"seeds\":null");
}
