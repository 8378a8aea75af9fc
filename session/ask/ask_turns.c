/* Shortens earlier exchanges for the model.
 *
 * Proposed code is in the project by now, or was refused: so it is dropped and its
 * outcome stays, with the refused lines, since a model that does not know them proposes
 * them again. Older exchanges are compacted further, to a line or two each. Token
 * estimates are corrected by the server's counts of the last few requests.
 */
#include "config.h"

#include "session/ask/ask_turns.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/prompt.h"

#define SAMPLES 5u /* exchanges used for a correction */

void ask_turns_fini(struct ask_turns *t)
{
	free(t->v);
	strv_free(&t->texts);
	str_free(&t->digest);
	memset(t, 0, sizeof(*t));
}

/* True for an exchange with an answer, even an interrupted one. */
static bool counts(const struct exchange *x)
{
	return x->answer.len > 0 && !x->beside;
}

/* Index of the next exchange of the conversation, answered or not; n_chat: none. */
static size_t next_of(const struct state *s, size_t i)
{
	for (i++; i < s->n_chat && s->chat[i]->beside;)
		i++;
	return i;
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

/* A model proposes refused lines again unless it is told. */
static void refused_lines(const struct proposal *p, struct str *out)
{
	for (size_t i = 0; i < p->refused.n; i++)
		str_addf(out, "%s `%s`", i ? "," : "; the designer refused", p->refused.v[i]);
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
	refused_lines(p, out);
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

/* Outcome of an exchange: its proposals, how it ended, the verdict afterwards. */
static void remarks_of(const struct state *s, size_t i, struct str *out)
{
	const struct exchange *x = s->chat[i];
	size_t next = next_of(s, i);

	for (size_t k = 0; k < s->n_proposals; k++)
		if (s->proposals[k]->ask == x->n)
			outcome(s->proposals[k], out);
	how_it_ended(x, out);
	verdict_after(s, x, next == s->n_chat ? UINT64_MAX : s->chat[next]->n, out);
}

static void add(const struct state *s, size_t i, struct ask_turns *t)
{
	const struct exchange *x = s->chat[i];
	bool newest = next_of(s, i) == s->n_chat, open;
	bool proposed = proposed_by(s, x, &open);
	struct str text = STR_INIT, remarks = STR_INIT;

	remarks_of(s, i, &remarks);
	if (proposed && !(newest && open))
		prose_of(x, &text);
	else
		str_add(&text, str_cstr(&x->answer), x->answer.len);
	if (remarks.len)
		str_addf(&text, "%s%s", text.len && text.data[text.len - 1] == '\n' ? "" : "\n",
			 str_cstr(&remarks));
	strv_give(&t->texts, str_take(&text));
	strv_give(&t->texts, str_take(&remarks));
	t->v[t->n++] = (struct prompt_turn){ .question = str_cstr(&x->question),
					     .answer = t->texts.v[t->texts.n - 2],
					     .remarks = t->texts.v[t->texts.n - 1],
					     .n = x->n };
}

/* Compacting -------------------------------------------------------------------------- */

#define QUESTION_SHOWN 240u /* bytes of a compacted question */
#define ANSWER_SHOWN   160u

/* Appends text on one line, cut between characters. */
static void in_short(const char *text, size_t len, size_t max, struct str *out)
{
	size_t n = len > max ? max - utf8_partial_tail(text, max) : len;

	for (size_t i = 0; i < n; i++)
		str_addc(out, (unsigned char)text[i] < 0x20 ? ' ' : text[i]);
	str_adds(out, n < len ? " ...\n" : "\n");
}

static void digest_of(const struct state *s, size_t i, struct str *out)
{
	const struct exchange *x = s->chat[i];
	struct str remarks = STR_INIT, prose = STR_INIT;
	const char *text;

	str_adds(out, "- asked: ");
	in_short(str_cstr(&x->question), x->question.len, QUESTION_SHOWN, out);
	prose_of(x, &prose);
	text = str_cstr(&prose) + strspn(str_cstr(&prose), "\n ");
	if (*text) {
		str_adds(out, "  answered: ");
		in_short(text, strcspn(text, "\n"), ANSWER_SHOWN, out);
	}
	remarks_of(s, i, &remarks);
	for (const char *p = str_cstr(&remarks); *p; p += strcspn(p, "\n") + 1) {
		str_adds(out, "  ");
		in_short(p, strcspn(p, "\n"), QUESTION_SHOWN, out);
	}
	str_free(&remarks);
	str_free(&prose);
}

/* Goes from the newest back until the limit is reached: rereading old answers would
 * take most of a question's time in a long session, and only the last hundred or so
 * fit. */
static void digest(const struct state *s, size_t end, struct ask_turns *t)
{
	struct strv newest_first = STRV_INIT;
	size_t bytes = 0;
	bool full = false;

	for (size_t i = end; i-- > 0;) {
		struct str one = STR_INIT;

		if (!counts(s->chat[i]))
			continue;
		if (!full) {
			digest_of(s, i, &one);
			bytes += one.len;
			full = bytes > ASK_DIGEST_MAX;
		}
		if (full)
			t->before++;
		else
			strv_add(&newest_first, str_cstr(&one));
		str_free(&one);
	}
	t->compacted = newest_first.n;
	if (t->compacted)
		str_adds(&t->digest, "Earlier in this conversation, in short:\n");
	for (size_t i = newest_first.n; i-- > 0;)
		str_adds(&t->digest, newest_first.v[i]);
	if (t->compacted)
		str_addc(&t->digest, '\n');
	strv_free(&newest_first);
}

/* Index of the first exchange after number n. */
static size_t index_after(const struct state *s, uint64_t n)
{
	size_t i = 0;

	while (i < s->n_chat && s->chat[i]->n <= n)
		i++;
	return i;
}

/* The exchanges from first on that are sent in full, at most ASK_TURNS_MAX. */
static void whole_turns(const struct state *s, size_t first, struct ask_turns *out)
{
	size_t all = 0, skip;

	for (size_t i = first; i < s->n_chat; i++)
		all += counts(s->chat[i]);
	skip = all > ASK_TURNS_MAX ? all - ASK_TURNS_MAX : 0;
	out->before += skip;
	out->v = mem_calloc(all - skip + 1, sizeof(*out->v));
	for (size_t i = first; i < s->n_chat; i++) {
		if (!counts(s->chat[i]))
			continue;
		if (skip)
			skip--;
		else
			add(s, i, out);
	}
}

void ask_turns(const struct state *s, uint64_t compacted, struct ask_turns *out)
{
	size_t first = index_after(s, compacted);

	memset(out, 0, sizeof(*out));
	digest(s, first, out);
	whole_turns(s, first, out);
}

uint64_t ask_compacted(const struct state *s)
{
	const char *value = state_setting(s, ASK_COMPACTED);

	return value ? strtoull(value, NULL, 10) : 0;
}

uint64_t ask_compact_now(const struct state *s)
{
	size_t kept = 0;

	for (size_t i = s->n_chat; i-- > 0;)
		if (counts(s->chat[i]) && kept++ == ASK_TURNS_KEPT)
			return s->chat[i]->n;
	return 0;
}

bool ask_compact(struct session *s, uint64_t upto, struct err *err)
{
	struct event e = { .type = EVENT_SET };
	char *value = str_fmt("%llu", (unsigned long long)upto);
	bool ok;

	e.set.name = ASK_COMPACTED;
	e.set.value = value;
	ok = session_record(s, &e, NULL, err);
	free(value);
	return ok;
}

uint64_t ask_compact_due(const struct state *s, uint64_t compacted, size_t budget, unsigned percent)
{
	struct ask_turns t = { 0 };
	size_t tokens = 0;
	uint64_t due = compacted;

	whole_turns(s, index_after(s, compacted), &t);
	for (size_t i = 0; i < t.n; i++)
		tokens += prompt_estimate_mixed(t.v[i].question, strlen(t.v[i].question)) +
			  prompt_estimate_mixed(t.v[i].answer, strlen(t.v[i].answer));
	if (tokens > budget / 100 * percent && t.n > ASK_TURNS_KEPT)
		due = ask_compact_now(s);
	ask_turns_fini(&t);
	return due;
}

/* Counts -------------------------------------------------------------------------------- */

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

		/* Small counts say little, and a truncated request nothing. */
		if (strcmp(x->backend, backend) != 0 || x->in < 256 || x->estimated == 0 ||
		    x->rounds > 1 || ask_was_cut(x->estimated, x->in))
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
