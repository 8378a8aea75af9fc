/* random_session.h - random events of every kind, for tests that a session has the
 * same meaning however it is read. Each test sets its seed and prints it. */
#ifndef POSEDGE_RANDOM_SESSION_H
#define POSEDGE_RANDOM_SESSION_H

#include <string.h>

#include "session/base/loop.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/text/text.h"
#include "session/output/diag.h"
#include "tests/lib/dice.h"

static inline void record(struct session *s, struct event e)
{
	struct err err = { 0 };

	if (!session_record(s, &e, NULL, &err))
		fail_msg("%s", err.text);
}

static inline void type_text(struct session *s, const char *path, size_t off, size_t removed,
			     const char *ins)
{
	struct change c = { off, removed, { ins, strlen(ins) } };
	struct err err = { 0 };

	if (!edit_change(s, path, &c, 1, BY_YOU, &err))
		fail_msg("%s", err.text);
}

static const char *const words[] = { "module m;\n",	"x", "\n", "\xc3\xa4", "a\xffz",
				     "assign q = d;\n", "",  "\t" };

static inline void random_suggestion(struct session *s)
{
	struct suggestion *sug = suggestion_new("r.sv", false, "a\nb\nc\n", 6, "a\nB\nc\nd\n", 8);
	struct unit units[8];
	struct event e = { .type = EVENT_SUGGEST };
	uint64_t n;

	e.suggest.n_units = suggestion_units(sug);
	assert_in_range(e.suggest.n_units, 1, 8);
	for (size_t i = 0; i < e.suggest.n_units; i++)
		units[i] = *suggestion_unit(sug, i);
	e.suggest.units = units;
	e.suggest.path = "r.sv";
	e.suggest.base = (struct bytes){ "a\nb\nc\n", 6 };
	e.suggest.proposed = (struct bytes){ "a\nB\nc\nd\n", 8 };
	assert_true(session_record(s, &e, &n, NULL));
	for (size_t i = e.suggest.n_units; i-- > 0;) {
		struct event split = { .type = EVENT_SPLIT, .split = { n, i } };
		struct event amend = { .type = EVENT_AMEND, .amend = { n, i, { "mine", 4 } } };

		if (roll(4) == 0)
			session_record(s, &split, NULL, NULL); /* not every unit can be split */
		if (roll(4) == 0)
			session_record(s, &amend, NULL, NULL);
	}
	record(s, (struct event){ .type = EVENT_DECIDE,
				  .decide = { n, 0, roll((unsigned)e.suggest.n_units),
					      roll(2) ? DECISION_TAKEN : DECISION_REFUSED } });
	if (roll(2))
		record(s, (struct event){ .type = EVENT_APPLY,
					  .apply = { n, roll(2), 1, 0, "test" } });
	suggestion_free(sug);
}

static inline void random_lint(struct session *s)
{
	struct diag_list *l = diag_list_new(10);

	for (unsigned i = roll(4); i > 0; i--) {
		struct diag d = { .rank = (enum diag_rank)roll(3),
				  .path = "a.sv",
				  .line = (int)roll(100),
				  .col = 1,
				  .code = "WIDTH",
				  .text = "too \"wide\"",
				  .waivable = roll(2) };

		diag_list_add(l, &d, NULL);
	}
	record(s, (struct event){ .type = EVENT_LINT, .lint = { .tool = "fake", .found = l } });
	diag_list_free(l);
}

static inline void random_run(struct session *s)
{
	struct event e = { .type = EVENT_RUN, .run = { .testbench = "tb", .engine = "fake" } };
	uint64_t n;

	assert_true(session_record(s, &e, &n, NULL));
	if (roll(4))
		record(s, (struct event){ .type = EVENT_VERDICT,
					  .verdict = { .run = n,
						       .verdict = "pass",
						       .checks = (int64_t)roll(50),
						       .first_time = -1,
						       .output_len = 3 } });
}

static inline void random_edit(struct session *s, const char *path)
{
	struct doc *d = edit_open(s, path, true, NULL);
	size_t len, off, removed;

	assert_non_null(d);
	len = text_len(d->text);
	off = roll((unsigned)len + 1);
	removed = roll((unsigned)(len - off) + 1) % 20;
	type_text(s, path, off, removed, words[roll(8)]);
	if (roll(3) == 0)
		edit_undo(s, path, NULL);
	if (roll(4) == 0)
		edit_redo(s, path, NULL);
}

/* Renames one path to the other, or deletes it. */
static inline void random_rename(struct session *s, const char *path, const char *to)
{
	static const struct author_run authors[] = { { 2, { AUTHOR_YOU, 0 } },
						     { 1, { AUTHOR_MODEL, 3 } } };
	struct doc *d = edit_open(s, path, true, NULL);
	struct str all = STR_INIT;
	struct change c[2] = { { 0 }, { 0, 0, { "more\n", 5 } } };

	assert_non_null(d);
	assert_non_null(edit_open(s, to, true, NULL));
	text_get_all(session_doc(s, path)->text, &all);
	c[0].ins = (struct bytes){ str_cstr(&all), all.len };
	if (roll(2)) {
		assert_true(edit_rename(s, path, to, c, 1 + roll(2), authors, roll(3), 7, NULL));
	} else {
		c[0] = (struct change){ 0, all.len, { "", 0 } };
		assert_true(edit_mark_removed(s, path, c, 1, 8, NULL));
	}
	str_free(&all);
	if (roll(3) == 0)
		edit_undo(s, roll(2) ? path : to, NULL);
}

static inline void random_event(struct session *s)
{
	static const char *const paths[] = { "a.sv", "b.sv" };
	struct event ask = { .type = EVENT_ASK,
			     .ask = { .backend = "fake",
				      .question = { "why", 3 },
				      .prompt = { .data = "p", .len = 1 } } };
	uint64_t n;

	switch (roll(8)) {
	case 0:
		assert_true(session_record(s, &ask, &n, NULL));
		record(s, (struct event){
				  .type = EVENT_PIECE,
				  .piece = { n, roll(2) ? "text" : "reasoning", { "x", 1 } } });
		if (roll(2)) {
			record(s, (struct event){ .type = EVENT_OPAQUE,
						  .opaque = { n, "x/y", { "{\"a\":1}", 7 } } });
			record(s, (struct event){ .type = EVENT_CALL,
						  .call = { n, "c1", "lint", { "{}", 2 } } });
			if (roll(2))
				record(s, (struct event){
						  .type = EVENT_RESULT,
						  .result = { n, "c1", { "ok", 2 }, roll(2) } });
			if (roll(2))
				record(s, (struct event){ .type = EVENT_STEER,
							  .steer = { n, { "no", 2 } } });
		}
		record(s, (struct event){ .type = EVENT_ANSWER,
					  .answer = { .ask = n,
						      .finish = "stop",
						      .in = 3,
						      .out = -1,
						      .cached = -1,
						      .reasoning = -1,
						      .rounds = (uint64_t)roll(3),
						      .stopped = roll(2) ? "enough" : NULL } });
		break;
	case 1:
		random_suggestion(s);
		break;
	case 2:
		random_lint(s);
		break;
	case 3:
		random_run(s);
		break;
	case 4:
		record(s, (struct event){ .type = EVENT_SET,
					  .set = { roll(2) ? "top" : "engine", words[roll(2)] } });
		break;
	case 5:
		n = roll(2);
		random_rename(s, paths[n], paths[!n]);
		break;
	default:
		random_edit(s, paths[roll(2)]);
	}
}

/* Waits until the pool has stored the first texts, after which they are recorded. */
static inline void wait_for_bases(struct session *s)
{
	const struct state *st = session_state(s);

	for (size_t i = 0; i < st->n_docs; i++)
		while (st->docs[i]->n_nodes > 1 && !st->docs[i]->base_hash[0])
			loop_turn(session_loop(s), true);
}

#endif
