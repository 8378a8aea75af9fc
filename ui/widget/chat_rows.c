/* The row count of an exchange is cached together with a fingerprint of its inputs and
 * recomputed when the fingerprint differs. So scrolling through a thousand exchanges
 * adds numbers and lays out no text.
 *
 * An answer grows while it streams, and lines that have ended stay as they are. Counting
 * leaves a mark every MARK_ROWS rows: the byte of the answer where a line begins, and
 * the rows above it. The next count goes on from the last mark, and painting begins at
 * the one above the window, so a word costs what is near the end of a long answer.
 */
#include "config.h"

#include "ui/widget/chat_rows.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_turns.h"
#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/journal/timeline.h"
#include "session/model/price.h"
#include "session/turn/call_words.h"
#include "ui/document/highlight.h"
#include "ui/look/signs.h"
#include "ui/look/theme.h"
#include "ui/look/wrap.h"
#include "ui/widget/chat_call.h"
#include "ui/widget/chat_writer.h"

/* Rows between two marks. */
#define MARK_ROWS 16

/* One pass over the rows of an exchange. */
struct layout {
	const struct state *s;
	const struct exchange *x;
	const struct str *live; /* may be NULL */
	const struct chat_place *p;
	const struct chat_mark *start; /* NULL: from the top */
	struct chat_count *keep;       /* marks are added here; NULL: none */
};

/* Keeps m, a place between two lines, unless the one before is near. */
static void keep_mark(struct chat_count *keep, const struct chat_mark *m)
{
	int above = keep->n_marks ? keep->marks[keep->n_marks - 1].rows : 0;

	if (m->rows < above + MARK_ROWS)
		return;
	MEM_PUSH(keep->marks, keep->n_marks, keep->cap_marks, *m);
}

/* Bytes [m->at, end) of the answer: prose as Markdown, fenced code coloured by its
 * language. keep: where marks go, up to byte `most`; NULL: nowhere. */
static void answer(struct chat_writer *w, const char *all, size_t end, struct chat_mark *m,
		   struct chat_count *keep, size_t most)
{
	uint8_t *styles = NULL;
	size_t cap = 0;

	while (m->at < end) {
		const char *text = all + m->at, *lf = memchr(text, '\n', end - m->at);
		size_t n = lf ? (size_t)(lf - text) : end - m->at;
		bool mark = n >= 3 && (memcmp(text, "```", 3) == 0 || memcmp(text, "~~~", 3) == 0);

		if (w->fn)
			cap = mem_grow((void **)&styles, cap, n + 1, 1);
		if (m->fence && !mark)
			highlight_text(SYNTAX_VERILOG, &m->code, text, n, styles);
		else
			highlight_text(SYNTAX_MARKDOWN, &m->prose, text, n, styles);
		if (mark)
			m->fence = !m->fence;
		if (!m->fence)
			m->code = 0;
		chat_line(w, text, n, STYLE_TEXT, styles);
		m->at += n + (lf != NULL);
		m->rows = w->rows;
		if (keep && lf && m->at <= most)
			keep_mark(keep, m);
	}
	free(styles);
}

static void reasoning(struct chat_writer *w, const struct exchange *x, bool unfolded)
{
	char fold[96];
	size_t words = 0;

	if (x->reasoning.len == 0)
		return;
	w->mark = "model";
	w->mark_style = STYLE_MODEL;
	if (unfolded) {
		chat_paragraph(w, str_cstr(&x->reasoning), x->reasoning.len, STYLE_DIM);
		return;
	}
	for (size_t i = 0; i < x->reasoning.len; i++)
		words += x->reasoning.data[i] == ' ' || x->reasoning.data[i] == '\n';
	words++;
	snprintf(fold, sizeof(fold), "%s thought for %zu word%s (`fold` shows them)",
		 sign(SIGN_FOLDED), words, count_s(words));
	chat_line(w, fold, strlen(fold), STYLE_DIM, NULL);
}

static void proposals(struct chat_writer *w, const struct state *s, const struct exchange *x)
{
	static const char *const states[] = { "open: `review` decides", "applied", "closed" };

	size_t first = s->n_proposals;

	while (first > 0 && s->proposals[first - 1]->n > x->n)
		first--;
	for (size_t i = first; i < s->n_proposals; i++) {
		const struct proposal *p = s->proposals[i];
		size_t units = 0;
		struct str text = STR_INIT;

		if (p->ask != x->n)
			continue;
		for (int d = 0; d < DECISIONS; d++)
			units += suggestion_count(p->s, (enum decision)d);
		str_addf(&text, "%s %s: %zu line%s, %s", sign(SIGN_SUGGESTION),
			 suggestion_path(p->s), units, count_s(units), states[p->state]);
		chat_line(w, str_cstr(&text), text.len,
			  p->state == PROPOSAL_OPEN ? STYLE_RISK : STYLE_DIM, NULL);
		str_free(&text);
	}
}

static void remarks(struct chat_writer *w, const struct chat_place *p, uint64_t ask)
{
	for (size_t i = 0; i < p->n_remarks; i++)
		if (p->remarks[i].ask == ask)
			chat_paragraph(w, p->remarks[i].text, strlen(p->remarks[i].text),
				       STYLE_RISK);
}

/* "1234 tokens in, 56 out, 0.0123 USD" */
static void tokens_row(struct chat_writer *w, const struct exchange *x)
{
	struct str text = STR_INIT;

	str_addf(&text, "%lld tokens in, %lld out", (long long)x->in, (long long)x->out);
	if (x->cost > 0) {
		str_adds(&text, ", ");
		money_print(x->cost, x->currency, &text);
	}
	chat_line(w, str_cstr(&text), text.len, STYLE_DIM, NULL);
	str_free(&text);
}

static void ending(struct chat_writer *w, const struct exchange *x)
{
	const char *lack = timeline_lack(x->finish, x->cut);
	char text[160] = "";

	if (x->state == EXCHANGE_ASKED) {
		chat_line(w, "...", 3, STYLE_DIM, NULL);
		return;
	}
	if (x->error && x->error[0])
		chat_paragraph(w, x->error, strlen(x->error), STYLE_ERROR);
	else if (x->cut)
		snprintf(text, sizeof(text), "the answer was cut off (%s)",
			 x->finish && x->finish[0] ? x->finish : "?");
	else if (lack)
		snprintf(text, sizeof(text), "the answer was %s", lack);
	if (text[0])
		chat_line(w, text, strlen(text), STYLE_RISK, NULL);
	if (x->rounds < 2 && ask_was_cut(x->estimated, x->in)) {
		snprintf(text, sizeof(text),
			 "the server read %lld tokens of about %llu that were sent: it may have "
			 "cut the request",
			 (long long)x->in, (unsigned long long)x->estimated);
		chat_paragraph(w, text, strlen(text), STYLE_RISK);
	}
	if (x->stopped[0])
		chat_paragraph(w, x->stopped, strlen(x->stopped), STYLE_RISK);
	if (x->in >= 0 && x->out >= 0) {
		tokens_row(w, x);
	}
}

/* Bytes [from, end), a part of the answer that begins anew. */
static void answer_part(struct chat_writer *w, const char *all, size_t from, size_t end)
{
	answer(w, all, end, &(struct chat_mark){ .at = from }, NULL, 0);
}

/* The answer's text with its calls where they occurred, then the live text. Marks are
 * kept after the last call, in what is recorded: that does not change any more. */
static void answer_with_live(struct chat_writer *w, const struct layout *l)
{
	const struct exchange *x = l->x;
	struct str all = STR_INIT;
	struct chat_mark m = { 0 };
	size_t from = 0;

	str_add(&all, str_cstr(&x->answer), x->answer.len);
	if (l->live)
		str_add(&all, l->live->data, l->live->len);
	for (size_t i = 0; i < x->n_parts && !l->start; i++) {
		size_t to = x->parts[i].at < all.len ? x->parts[i].at : all.len;

		if (!chat_call_shows(&x->parts[i]))
			continue;
		from += from ? chat_text_start(all.data + from, to - from) : 0;
		if (to > from) {
			size_t len = call_words_end(x, i, all.data + from, to - from);

			answer_part(w, all.data, from, from + chat_text_end(all.data + from, len));
		}
		chat_call(w, x, i, l->p->unfolded);
		from = to;
	}
	if (x->n_parts && from < all.len && !l->start)
		from += chat_text_start(all.data + from, all.len - from);
	m.at = from;
	if (l->start)
		m = *l->start;
	answer(w, str_cstr(&all), all.len, &m, l->keep, x->answer.len);
	str_free(&all);
}

/* One row for a question outside the conversation, with the first line of its
 * answer. */
static void folded(struct chat_writer *w, const struct exchange *x)
{
	struct str text = STR_INIT;

	str_addf(&text, "%s ", sign(SIGN_FOLDED));
	str_add(&text, str_cstr(&x->question), strcspn(str_cstr(&x->question), "\n"));
	if (x->answer.len) {
		size_t from = chat_text_start(str_cstr(&x->answer), x->answer.len);

		str_adds(&text, ": ");
		str_add(&text, x->answer.data + from, strcspn(x->answer.data + from, "\n"));
	}
	chat_row_add(w, str_cstr(&text), wrap_row(str_cstr(&text), text.len, 0, w->cols, 4),
		     STYLE_DIM, NULL);
	str_free(&text);
}

static bool is_folded(const struct state *s, const struct exchange *x)
{
	return x->beside && x->state != EXCHANGE_ASKED && x != s->chat[s->n_chat - 1];
}

/* True for a model's part in a flow that has ended: the flow's own rows say what came of
 * it, and would be far above the last row otherwise. */
static bool is_within_flow(const struct state *s, const struct exchange *x)
{
	const struct exchange *flow = x->flow ? state_exchange(s, x->flow) : NULL;

	return flow && flow->state != EXCHANGE_ASKED;
}

bool chat_hides(const struct chat_place *p, const struct state *s, const struct exchange *x)
{
	return !p->unfolded && is_within_flow(s, x);
}

static const char compacted_line[] = "---- compacted: what is above is sent in short ----";

/* The rows above the answer. */
static void above_answer(struct chat_writer *w, const struct layout *l)
{
	const struct exchange *x = l->x;

	chat_paragraph(w, str_cstr(&x->question), x->question.len, STYLE_TEXT);
	reasoning(w, x, l->p->unfolded);
	if ((x->answer.len || x->n_parts || (l->live && l->live->len)) && !w->mark &&
	    x->reasoning.len == 0) {
		w->mark = "model";
		w->mark_style = STYLE_MODEL;
	}
}

/* Emits the rows from l->start on, and returns how many there are with those above. */
static int lay_out(struct chat_writer *w, const struct layout *l)
{
	const struct exchange *x = l->x;

	w->mark = x->beside ? "btw" : "you";
	w->mark_style = x->beside ? STYLE_DIM : STYLE_YOU;
	if (chat_hides(l->p, l->s, x))
		return 0;
	if (is_folded(l->s, x) && !l->p->unfolded) {
		folded(w, x);
		chat_row_add(w, "", 0, STYLE_TEXT, NULL);
		return w->rows;
	}
	if (l->start) {
		w->rows = l->start->rows;
		w->mark = NULL;
	} else {
		above_answer(w, l);
	}
	answer_with_live(w, l);
	w->mark = NULL;
	proposals(w, l->s, x);
	remarks(w, l->p, x->n);
	ending(w, x);
	if (ask_compacted(l->s) == x->n)
		chat_line(w, compacted_line, sizeof(compacted_line) - 1, STYLE_HEADING, NULL);
	chat_row_add(w, "", 0, STYLE_TEXT, NULL);
	return w->rows;
}

static int text_cols(int cols)
{
	return cols > CHAT_INDENT + 8 ? cols - CHAT_INDENT : 8;
}

/* Position ---------------------------------------------------------------------- */

void chat_place_init(struct chat_place *p)
{
	memset(p, 0, sizeof(*p));
	p->follow = true;
}

void chat_place_fini(struct chat_place *p)
{
	for (size_t i = 0; i < p->n_count; i++)
		free(p->count[i].marks);
	free(p->count);
	for (size_t i = 0; i < p->n_remarks; i++)
		free(p->remarks[i].text);
	str_free(&p->live.text);
	str_free(&p->beside.text);
	memset(p, 0, sizeof(*p));
}

/* The live text of x; NULL unless x is being answered. */
static const struct str *live_text(const struct chat_place *p, const struct exchange *x)
{
	const struct chat_live *live = x->beside ? &p->beside : &p->live;

	return live->ask && live->ask == x->n ? &live->text : NULL;
}

void chat_place_remark(struct chat_place *p, uint64_t ask, const char *text)
{
	if (p->n_remarks == CHAT_REMARKS_MAX) {
		free(p->remarks[0].text);
		memmove(p->remarks, p->remarks + 1, --p->n_remarks * sizeof(*p->remarks));
	}
	p->remarks[p->n_remarks++] = (struct chat_remark){ ask, mem_strdup(text) };
}

/* Hash of what the rows depend on in addition to the lengths of the texts. */
static size_t fingerprint(const struct chat_place *p, const struct state *s,
			  const struct exchange *x)
{
	size_t n = ((size_t)x->state + (ask_compacted(s) == x->n ? 4 : 0) +
		    (is_folded(s, x) ? 8 : 0) + (is_within_flow(s, x) ? 16 : 0)) *
			   EXCHANGE_PARTS_MAX +
		   x->n_parts,
	       not_placed = 0;

	for (size_t i = s->n_proposals; i-- > 0 && s->proposals[i]->n > x->n;)
		if (s->proposals[i]->ask == x->n)
			n = n * 4 + 1 + (size_t)s->proposals[i]->state;
	for (size_t i = 0; i < p->n_remarks; i++)
		not_placed += p->remarks[i].ask == x->n;
	return n * (CHAT_REMARKS_MAX + 1) + not_placed;
}

/* Everything that the marks of an exchange depend on. */
static struct chat_count key_of(const struct chat_place *p, const struct state *s, size_t i,
				int cols)
{
	const struct exchange *x = s->chat[i];

	return (struct chat_count){ .ask = x->n,
				    .above = x->question.len + x->reasoning.len,
				    .proposals = fingerprint(p, s, x),
				    .cols = cols,
				    .unfolded = p->unfolded };
}

static bool same_key(const struct chat_count *a, const struct chat_count *b)
{
	return a->ask == b->ask && a->above == b->above && a->proposals == b->proposals &&
	       a->cols == b->cols && a->unfolded == b->unfolded;
}

/* The last mark at or above a row of the answer; NULL: none. */
static const struct chat_mark *mark_above(const struct chat_count *c, int row)
{
	size_t n = c->n_marks;

	while (n > 0 && c->marks[n - 1].rows > row)
		n--;
	return n ? &c->marks[n - 1] : NULL;
}

static int count(struct chat_place *p, const struct state *s, size_t i, int cols)
{
	const struct exchange *x = s->chat[i];
	struct layout l = { s, x, live_text(p, x), p, NULL, NULL };
	struct chat_writer w = { .cols = text_cols(cols) };
	struct chat_count *c, key = key_of(p, s, i, cols);

	if (p->n_count < s->n_chat) {
		p->cap_count =
			mem_grow((void **)&p->count, p->cap_count, s->n_chat, sizeof(*p->count));
		memset(p->count + p->n_count, 0, (s->n_chat - p->n_count) * sizeof(*p->count));
		p->n_count = s->n_chat;
	}
	c = &p->count[i];
	key.marks = c->marks;
	key.cap_marks = c->cap_marks;
	if (!same_key(c, &key))
		*c = key;
	if (c->rows && c->answer == x->answer.len && c->live == (l.live ? l.live->len : 0))
		return c->rows;
	while (c->n_marks && c->marks[c->n_marks - 1].at > x->answer.len)
		c->n_marks--; /* an earlier moment */
	l.keep = c;
	l.start = mark_above(c, INT_MAX);
	c->rows = lay_out(&w, &l);
	c->answer = x->answer.len;
	c->live = l.live ? l.live->len : 0;
	return c->rows;
}

void chat_place_rows(const struct chat_place *p, const struct state *s, size_t i, int cols,
		     int first, chat_row_fn *fn, void *ctx)
{
	const struct exchange *x = s->chat[i];
	struct layout l = { s, x, live_text(p, x), p, NULL, NULL };
	struct chat_writer w = { .cols = text_cols(cols), .first = first, .fn = fn, .ctx = ctx };
	struct chat_count key = key_of(p, s, i, cols);

	if (i < p->n_count && same_key(&p->count[i], &key) && p->count[i].answer <= x->answer.len)
		l.start = mark_above(&p->count[i], first);
	lay_out(&w, &l);
}

/* The position with exactly `rows` rows from there to the end; the start if there
 * are fewer. */
static void bottom(struct chat_place *p, const struct state *s, int cols, int rows,
		   size_t *exchange, int *at)
{
	int left = rows;

	*exchange = 0;
	*at = 0;
	for (size_t i = s->n_chat; i-- > 0;) {
		int n = count(p, s, i, cols);

		if (n >= left) {
			*exchange = i;
			*at = n - left;
			return;
		}
		left -= n;
	}
}

void chat_place_fit(struct chat_place *p, const struct state *s, int cols, int rows)
{
	size_t last;
	int last_row;

	bottom(p, s, cols, rows, &last, &last_row);
	if (p->follow || p->exchange > last || (p->exchange == last && p->row >= last_row)) {
		p->exchange = last;
		p->row = last_row;
		p->follow = true;
	}
	if (p->exchange < s->n_chat && p->row >= count(p, s, p->exchange, cols))
		p->row = 0;
}

void chat_place_scroll(struct chat_place *p, const struct state *s, int cols, int rows, int by)
{
	chat_place_fit(p, s, cols, rows);
	if (s->n_chat == 0)
		return;
	p->follow = false;
	p->row += by;
	while (p->row < 0 && p->exchange > 0)
		p->row += count(p, s, --p->exchange, cols);
	if (p->row < 0)
		p->row = 0;
	while (p->exchange + 1 < s->n_chat && p->row >= count(p, s, p->exchange, cols))
		p->row -= count(p, s, p->exchange++, cols);
	chat_place_fit(p, s, cols, rows);
}
