/* Painting only what was streamed looks the same as painting everything. A long answer
 * laid out from a mark has the same rows as when laid out from its top. */
#include "config.h"

#include "tests/lib/case.h"

#include "session/journal/event.h"
#include "session/journal/state.h"
#include "tests/lib/painted.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/widget/chat_rows.h"

#include <locale.h>
#include <stdio.h>
#include <time.h>

static uint64_t asked; /* the question whose answer streams */

static int set_up(void **state)
{
	*state = painted_begin(24, 80, 11, NULL, NULL);
	return 0;
}

static void begin_answer(struct stand *p)
{
	struct event e = {
		.type = EVENT_ASK,
		.ask = { .backend = "fake", .model = "m", .question = { "write a\ncounter", 15 } }
	};

	assert_true(session_record(p->w.session, &e, &asked, NULL));
}

static void piece(struct stand *p, const char *text, size_t len)
{
	struct event e = { .type = EVENT_PIECE,
			   .piece = { .ask = asked, .kind = "text", .text = { text, len } } };

	assert_true(session_record(p->w.session, &e, NULL, NULL));
}

static void call(struct stand *p, unsigned n)
{
	char id[16];
	struct event e = { .type = EVENT_CALL,
			   .call = {
				   .ask = asked, .id = id, .name = "lint", .args = { "{}", 2 } } };
	struct event r = { .type = EVENT_RESULT,
			   .result = { .ask = asked, .id = id, .text = { "clean", 5 } } };

	snprintf(id, sizeof(id), "c%u", n);
	assert_true(session_record(p->w.session, &e, NULL, NULL));
	if (n % 3)
		assert_true(session_record(p->w.session, &r, NULL, NULL));
}

static void end_answer(struct stand *p)
{
	struct event e = { .type = EVENT_ANSWER,
			   .answer = { .ask = asked, .finish = "stop", .in = 5, .out = 6 } };

	assert_true(session_record(p->w.session, &e, NULL, NULL));
}

static const char *const words[] = {
	"word ",
	"a longer one, ",
	"\n",
	"\n\n",
	"```verilog\n",
	"\n```\n",
	"module m; /* ",
	" */ endmodule // x\n",
	"`code` ",
	"# head\n",
	"\xe6\xbc\xa2\xe5\xad\x97 ",
	"\tx ",
	"R1 \n",
	"a line that is too long for the pane, by far, so that it is wrapped into several rows\n",
};

static const char *word(struct stand *p)
{
	return words[roll(p, sizeof(words) / sizeof(*words))];
}

/* Marks ------------------------------------------------------------------------- */

static void add_row(void *ctx, const struct chat_row *row)
{
	struct str *out = ctx;

	str_addf(out, "%s|%d|%.*s|", row->mark, row->style, (int)row->len, row->text);
	for (size_t i = 0; row->styles && i < row->len; i++)
		str_addc(out, (char)('A' + row->styles[i]));
	str_addc(out, '\n');
}

/* Exchange i from row `first` on is the same in p as in a place without marks. */
static void assert_same_rows(const struct chat_place *p, const struct state *s, size_t i, int cols,
			     int first)
{
	struct chat_place blank = *p;
	struct str marked = STR_INIT, whole = STR_INIT;

	blank.count = NULL;
	blank.n_count = blank.cap_count = 0;
	chat_place_rows(p, s, i, cols, first, add_row, &marked);
	chat_place_rows(&blank, s, i, cols, first, add_row, &whole);
	assert_string_equal(str_cstr(&marked), str_cstr(&whole));
	str_free(&whole);
	str_free(&marked);
}

/* Where the last rows begin, for a place that follows. */
static void assert_same_end(struct chat_place *p, const struct state *s, int cols, int rows)
{
	struct chat_place blank = *p;

	blank.count = NULL;
	blank.n_count = blank.cap_count = 0;
	p->follow = blank.follow = true;
	chat_place_fit(p, s, cols, rows);
	chat_place_fit(&blank, s, cols, rows);
	assert_int_equal(p->exchange, blank.exchange);
	assert_int_equal(p->row, blank.row);
	for (size_t i = 0; i < blank.n_count; i++)
		free(blank.count[i].marks);
	free(blank.count);
}

CASE_WITH(an_answer_has_the_rows_that_it_has_from_its_top, set_up, painted_end)
{
	struct stand *p = *state;
	const struct state *s = session_state(p->w.session);
	struct chat_place place;
	int cols = 60;
	size_t marks = 0;

	chat_place_init(&place);
	for (unsigned i = 0; i < 4000; i++) {
		size_t last;

		if (i % 400 == 0)
			begin_answer(p);
		for (unsigned n = 1 + roll(p, 3); n > 0; n--) {
			const char *w = word(p);

			piece(p, w, strlen(w));
		}
		if (roll(p, 150) == 0)
			call(p, i);
		if (roll(p, 200) == 0)
			cols = 20 + (int)roll(p, 100);
		if (roll(p, 200) == 0)
			place.unfolded = !place.unfolded;
		place.live.ask = asked;
		str_clear(&place.live.text);
		str_adds(&place.live.text, roll(p, 2) ? word(p) : "");
		if (i % 400 == 399) {
			place.live.ask = 0;
			end_answer(p);
		}
		assert_same_end(&place, s, cols, 12);
		last = s->n_chat - 1;
		assert_same_rows(&place, s, last, cols, place.count[last].rows - (int)roll(p, 40));
		assert_same_rows(&place, s, roll(p, (unsigned)s->n_chat), cols, (int)roll(p, 300));
		marks += place.count[last].n_marks;
	}
	assert_true(marks > 1000);
	chat_place_fini(&place);
}

static uint64_t ask_of(struct stand *p, const char *backend, bool beside, uint64_t flow)
{
	struct event e = { .type = EVENT_ASK,
			   .ask = { .backend = backend,
				    .model = "m",
				    .question = { "what", 4 },
				    .beside = beside,
				    .flow = flow } };
	uint64_t n;

	assert_true(session_record(p->w.session, &e, &n, NULL));
	return n;
}

static int rows_of(const struct chat_place *place, const struct state *s, size_t i)
{
	struct str out = STR_INIT;
	int n = 0;

	chat_place_rows(place, s, i, 60, 0, add_row, &out);
	for (size_t k = 0; k < out.len; k++)
		n += out.data[k] == '\n';
	str_free(&out);
	return n;
}

/* What a flow asked a model is seen while it runs; then its own rows are the last ones.
 * What a person asks meanwhile stays. */
CASE_WITH(questions_of_a_flow_vanish_at_its_end, set_up, painted_end)
{
	enum { FLOW, FIRST, BTW, ASKED, SECOND, AFTER };
	struct stand *p = *state;
	const struct state *s = session_state(p->w.session);
	struct chat_place place;
	uint64_t flow;

	chat_place_init(&place);
	flow = ask_of(p, EXCHANGE_FLOW, false, 0);
	asked = ask_of(p, "fake", true, flow);
	end_answer(p);
	assert_true(rows_of(&place, s, FIRST) > 1);
	asked = ask_of(p, "fake", true, 0);
	end_answer(p);
	asked = ask_of(p, "fake", false, 0);
	end_answer(p);
	asked = ask_of(p, "fake", true, flow);
	end_answer(p);
	assert_true(rows_of(&place, s, SECOND) > 1);
	asked = flow;
	end_answer(p);
	assert_int_equal(rows_of(&place, s, FIRST), 0);
	assert_true(rows_of(&place, s, BTW) > 1);
	assert_true(rows_of(&place, s, ASKED) > 1);
	assert_int_equal(rows_of(&place, s, SECOND), 0);
	asked = ask_of(p, "fake", true, 0);
	end_answer(p);
	assert_int_equal(rows_of(&place, s, FIRST), 0);
	assert_true(rows_of(&place, s, AFTER) > 1);
	assert_same_end(&place, s, 60, 12);
	place.unfolded = true;
	assert_true(rows_of(&place, s, FIRST) > 1);
	chat_place_fini(&place);
}

/* The answer that is copied is one that the chat shows. */
CASE_WITH(questions_of_a_flow_are_not_copied, set_up, painted_end)
{
	struct stand *p = *state;
	uint64_t flow = ask_of(p, EXCHANGE_FLOW, false, 0);

	asked = ask_of(p, "fake", true, flow);
	piece(p, "raw", 3);
	end_answer(p);
	asked = flow;
	piece(p, "result", 6);
	end_answer(p);
	ui_run_line(p->u, "copy-answer");
	assert_string_equal(str_cstr(&ui_edits(p->u)->clipboard), "result");
	ui_run_line(p->u, "fold");
	ui_run_line(p->u, "copy-answer");
	assert_string_equal(str_cstr(&ui_edits(p->u)->clipboard), "raw");
}

/* The screen --------------------------------------------------------------------- */

static void press(struct stand *p, const char *keys)
{
	ui_input(p->u, keys, strlen(keys));
}

static void something_else(struct stand *p, unsigned what)
{
	static const char *const keys[] = { "x", "\x1b[5~", "\x1b[6~", "\x17", "\x1b[A", "\x7f" };
	static const char *const lines[] = { "log 1",	   "log 2",	 "log 3",
					     "focus chat", "focus code", "focus log" };

	if (what == 0)
		ui_run_line(p->u, lines[roll(p, sizeof(lines) / sizeof(*lines))]);
	else if (what == 1)
		ui_say(p->u, "%s",
		       roll(p, 2) ? "a message"
				  : "a message that is so long that "
				    "it takes more than one row of the screen, where there are not "
				    "many");
	else if (what == 2)
		term_mem_resize(p->term, 10 + (int)roll(p, 30), 30 + (int)roll(p, 90));
	else
		press(p, keys[roll(p, sizeof(keys) / sizeof(*keys))]);
}

CASE_WITH(streaming_paints_the_same_as_a_full_repaint, set_up, painted_end)
{
	struct stand *p = *state;
	struct str live = STR_INIT;

	for (unsigned i = 0; i < 2000; i++) {
		const char *w = word(p);

		if (i % 500 == 0)
			begin_answer(p);
		str_adds(&live, w);
		ui_ask_live_text(p->u, asked, str_cstr(&live), live.len, i);
		if (roll(p, 3) == 0) {
			piece(p, str_cstr(&live), live.len);
			str_clear(&live);
			ui_ask_live_text(p->u, asked, "", 0, i);
		}
		if (roll(p, 4) == 0) {
			log_list_puts(&ui_logs(p->u)->list[roll(p, 3)], STYLE_TEXT, w);
			ui_stream_changed(p->u);
		}
		if (roll(p, 20) == 0)
			something_else(p, roll(p, 4));
		if (roll(p, 2))
			turn_draw_again(p->u); /* its timer */
		draw(p);
		if (!ui_drawing(p->u)->flows)
			assert_whole(p);
	}
	assert_true(p->flows > 500);
	str_free(&live);
}

static unsigned burn_us; /* processor time of each drawing */

static void draw_dearly(struct term *t, const struct frame *f)
{
	struct timespec from, now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	do
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	while ((now.tv_sec - from.tv_sec) * 1000000 + (now.tv_nsec - from.tv_nsec) / 1000 <
	       (long)burn_us);
}

/* The pause after a drawing of streamed text that took this long. */
static unsigned pause_after(struct stand *p, unsigned us)
{
	burn_us = us;
	ui_stream_changed(p->u);
	turn_draw_again(p->u);
	ui_draw(p->u);
	return ui_drawing(p->u)->flow_ms;
}

CASE_WITH(a_dear_drawing_is_followed_by_a_longer_pause, set_up, painted_end)
{
	struct stand *p = *state;
	static struct term_ops ops;

	ops = *p->term->ops;
	assert_int_equal(ui_drawing(p->u)->flow_ms, FLOW_MIN_MS);
	ops.draw = draw_dearly;
	p->term->ops = &ops;
	begin_answer(p);
	ui_draw(p->u);
	assert_in_range(pause_after(p, 1000), 64, FLOW_MAX_MS);
	assert_int_equal(pause_after(p, 100000), FLOW_MAX_MS);

	/* A key is still drawn in the same turn. */
	ui_stream_changed(p->u);
	press(p, "x");
	ui_draw(p->u);
	assert_false(ui_drawing(p->u)->dirty);
	assert_false(ui_drawing(p->u)->flows);
}

static int before_all(void **state)
{
	setlocale(LC_ALL, "C.UTF-8");
	return 0;
}

CASES_WITHIN(before_all, NULL)
