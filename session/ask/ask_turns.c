#include "config.h"

#include "session/ask/ask_turns.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/model/prompt.h"

#define TURNS	8u
#define SAMPLES 5u /* exchanges that a correction is made of */

void ask_turns_fini(struct ask_turns *t)
{
	free(t->v);
	strv_free(&t->texts);
	memset(t, 0, sizeof(*t));
}

/* An interrupted answer is an answer too. */
static bool counts(const struct exchange *x)
{
	return x->answer.len > 0;
}

static bool proposed_by(const struct state *s, const struct exchange *x, bool *open)
{
	bool any = false;

	*open = false;
	for (size_t i = 0; i < s->n_proposals; i++)
		if (s->proposals[i]->ask == x->n) {
			any = true;
			*open |= s->proposals[i]->state == PROPOSAL_OPEN;
		}
	return any;
}

static void prose_of(const struct exchange *x, struct str *out)
{
	struct answer_parts parts;

	answer_parse(str_cstr(&x->answer), x->answer.len, &parts);
	for (size_t i = 0; i < parts.n; i++)
		if (parts.v[i].kind == PART_PROSE)
			str_add(out, parts.v[i].text, parts.v[i].len);
	answer_parts_fini(&parts);
	while (out->len && strchr(" \t\r\n", out->data[out->len - 1]))
		str_cut(out, out->len - 1);
	str_addc(out, '\n');
}

/* "[rtl/fifo.sv: 4 lines taken, 1 refused, 1 rewritten by the designer]" */
static void outcome(const struct proposal *p, struct str *out)
{
	size_t taken = suggestion_count(p->s, DECISION_TAKEN),
	       refused = suggestion_count(p->s, DECISION_REFUSED);
	size_t open = suggestion_count(p->s, DECISION_OPEN);

	str_addf(out, "[%s: ", suggestion_path(p->s));
	if (p->state == PROPOSAL_OPEN && taken + refused == 0)
		str_adds(out, "proposed, not decided yet");
	else if (p->state == PROPOSAL_CLOSED && taken == 0)
		str_addf(out, "%s",
			 refused ? "refused" : "not taken: something later took its place");
	else if (refused + open == 0)
		str_adds(out, "all of it was taken");
	else
		str_addf(out, "lines taken: %zu, refused: %zu, left open: %zu", taken, refused,
			 open);
	for (size_t i = 0; i < p->amended.n && i < 8; i++)
		str_addf(out, "%s%s",
			 i ? " | " : "; the designer wrote instead: ", p->amended.v[i]);
	str_adds(out, "]\n");
}

static void how_it_ended(const struct exchange *x, struct str *out)
{
	if (x->state == EXCHANGE_FAILED && x->error && strstr(x->error, "cancelled"))
		str_adds(out, "[this answer was cancelled: it ends too early]\n");
	else if (x->state == EXCHANGE_FAILED)
		str_addf(out, "[this answer broke off: %s]\n", x->error ? x->error : "");
	else if (x->cut)
		str_adds(out, "[this answer was cut off: it ends too early]\n");
}

/* The last verdict between this exchange and the next. */
static void verdict_after(const struct state *s, const struct exchange *x, uint64_t next,
			  struct str *out)
{
	for (size_t i = s->n_runs; i-- > 0;) {
		const struct sim_run *r = s->runs[i];

		if (r->n > next || !r->ended || r->confirms)
			continue;
		if (r->n > x->n)
			str_addf(out, "[after that %s: %s%s%s]\n", r->testbench, r->verdict,
				 r->first[0] ? ", " : "", r->first);
		return;
	}
}

static void add(const struct state *s, size_t i, struct ask_turns *t)
{
	const struct exchange *x = s->chat[i];
	bool newest = i + 1 == s->n_chat, open;
	bool proposed = proposed_by(s, x, &open);
	struct str text = STR_INIT, remarks = STR_INIT;

	for (size_t k = 0; proposed && k < s->n_proposals; k++)
		if (s->proposals[k]->ask == x->n)
			outcome(s->proposals[k], &remarks);
	how_it_ended(x, &remarks);
	verdict_after(s, x, newest ? UINT64_MAX : s->chat[i + 1]->n, &remarks);
	if (proposed && !(newest && open))
		prose_of(x, &text);
	else
		str_add(&text, str_cstr(&x->answer), x->answer.len);
	if (remarks.len)
		str_addf(&text, "%s%s", text.len && text.data[text.len - 1] == '\n' ? "" : "\n",
			 str_cstr(&remarks));
	strv_give(&t->texts, str_take(&text));
	t->v[t->n++] = (struct prompt_turn){ str_cstr(&x->question), t->texts.v[t->texts.n - 1] };
	str_free(&remarks);
}

void ask_turns(const struct state *s, struct ask_turns *out)
{
	size_t all = 0, skip;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < s->n_chat; i++)
		all += counts(s->chat[i]);
	skip = all > TURNS ? all - TURNS : 0;
	out->before = skip;
	out->v = mem_calloc(all - skip + 1, sizeof(*out->v));
	for (size_t i = 0; i < s->n_chat; i++) {
		if (!counts(s->chat[i]))
			continue;
		if (skip)
			skip--;
		else
			add(s, i, out);
	}
}

bool ask_was_cut(uint64_t estimated, int64_t counted)
{
	return counted >= 256 && (uint64_t)counted * 10 < estimated * 6;
}

unsigned ask_percent(const struct state *s, const char *backend)
{
	uint64_t counted = 0, estimated = 0, percent;
	size_t samples = 0;

	for (size_t i = s->n_chat; i-- > 0 && samples < SAMPLES;) {
		const struct exchange *x = s->chat[i];

		/* Few tokens say little, and a request that was cut nothing. */
		if (strcmp(x->backend, backend) != 0 || x->in < 256 || x->estimated == 0 ||
		    ask_was_cut(x->estimated, x->in))
			continue;
		counted += (uint64_t)x->in;
		estimated += x->estimated;
		samples++;
	}
	if (samples == 0)
		return 0;
	percent = counted * 100 / estimated;
	return percent < 60 ? 60 : percent > 250 ? 250 : (unsigned)percent;
}
