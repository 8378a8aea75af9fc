/* Any moment of a recorded session: session/journal/moments.h. */
#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc_checkpoints.h"
#include "session/journal/journal.h"
#include "session/journal/moments.h"
#include "tests/lib/session_place.h"

/* The live session's state after an event. */
struct was {
	char digest[HASH_HEX + 1];
	bool warm; /* a.sv had a text */
	struct str text;
};

struct live {
	struct session *s;
	char *id;
	struct was *v; /* [n] after event n, from 2 on */
	size_t cap;
	uint64_t n;
};

static void remember(void *ctx, const struct event *e)
{
	struct live *l = ctx;
	const struct doc *d = session_doc(l->s, "a.sv");

	MEM_ROOM(l->v, e->n, l->cap);
	l->n = e->n;
	l->v[l->n] = (struct was){ .warm = d && d->text };
	state_digest(session_state(l->s), l->v[l->n].digest);
	if (d && d->text)
		text_get_all(d->text, &l->v[l->n].text);
}

static void start_live(struct place *p, struct live *l)
{
	*l = (struct live){ .s = session_open(p->loop, p->dir, SESSION_NEW, NULL, NULL) };
	assert_non_null(l->s);
	l->id = mem_strdup(session_id(l->s));
	l->n = session_state(l->s)->n;
	session_watch(l->s, remember, l);
}

static void end_live(struct live *l)
{
	wait_for_bases(l->s);
	session_close(l->s);
	l->s = NULL;
}

static void free_live(struct live *l)
{
	for (uint64_t n = 2; n <= l->n; n++)
		str_free(&l->v[n].text);
	free(l->v);
	free(l->id);
}

static struct moments *open_moments(struct place *p, const char *id)
{
	struct err err = { 0 };
	struct moments *m = moments_open(p->dir, id, &err);

	if (!m)
		fail_msg("%s", err.text);
	return m;
}

static void go(struct moments *m, uint64_t n)
{
	struct err err = { 0 };

	if (!moments_go(m, n, &err))
		fail_msg("%s", err.text);
	assert_int_equal(moments_state(m)->n, n);
}

/* Written and read again it is the same. */
static void is_what_it_was(const struct moments *m, const struct live *l, bool thoroughly)
{
	uint64_t n = moments_state(m)->n;
	char digest[HASH_HEX + 1];
	struct str text = STR_INIT;
	struct state again;

	state_digest(moments_state(m), digest);
	assert_string_equal(digest, l->v[n].digest);
	if (!thoroughly)
		return;
	state_write(moments_state(m), &text);
	state_init(&again);
	assert_true(state_read(&again, text.data, text.len, NULL));
	state_digest(&again, digest);
	assert_string_equal(digest, l->v[n].digest);
	state_fini(&again);
	str_free(&text);
}

static void has_the_text(struct moments *m, const struct live *l)
{
	uint64_t n = moments_state(m)->n;
	struct err err = { 0 };
	struct str text = STR_INIT;
	struct doc *d;

	if (!l->v[n].warm)
		return;
	d = moments_doc(m, "a.sv", &err);
	/* A file that was never edited may have changed by now. */
	if (!d && err.code == ERR_NOT_FOUND && state_doc(moments_state(m), "a.sv")->n_nodes == 1)
		return;
	if (!d)
		fail_msg("event %llu: %s", (unsigned long long)n, err.text);
	text_get_all(d->text, &text);
	assert_string_equal(str_cstr(&text), str_cstr(&l->v[n].text));
	str_free(&text);
}

/* Every moment, in order and in any order ------------------------------------------------ */

static void look_everywhere(struct place *p, const struct live *l, unsigned jumps)
{
	struct moments *m = open_moments(p, l->id);

	assert_int_equal(moments_damage(m)->line, 0);
	assert_int_equal(moments_count(m), l->n);
	for (uint64_t n = 2; n <= l->n; n++) {
		go(m, n);
		is_what_it_was(m, l, n % 50 == 0);
	}
	for (unsigned i = 0; i < jumps; i++) {
		go(m, 2 + roll((unsigned)l->n - 1));
		is_what_it_was(m, l, false);
		if (roll(2))
			has_the_text(m, l);
	}
	moments_close(m);
}

static void a_thousand_random_sessions_are_the_same_at_every_event(void **state)
{
	struct place *p = *state;

	print_message("seed %lu\n", seed);
	for (unsigned i = 0; i < test_rounds(1000); i++) {
		struct live l;
		char *dir;

		put_file(p, "a.sv", "module a;\nendmodule\n");
		start_live(p, &l);
		for (unsigned k = 3 + roll(20); k > 0 || l.n<3; k -= k> 0)
			random_event(l.s);
		end_live(&l);
		look_everywhere(p, &l, 20);
		dir = str_fmt("%s/.posedge/sessions/%s", p->dir, l.id);
		file_remove_tree(dir, NULL);
		free(dir);
		free_live(&l);
	}
}

/* Another file at the same path: its undo tree starts anew. */
static void begin_anew(struct place *p, struct session *s)
{
	const struct doc *d = session_doc(s, "a.sv");

	if (!d || !d->open)
		return;
	wait_for_bases(s);
	assert_true(edit_goto(s, "a.sv", d->saved, NULL));
	assert_true(edit_close(s, "a.sv", NULL));
	put_file(p, "a.sv", roll(2) ? "module a;\nendmodule\n" : "module other;\nendmodule\n");
	assert_non_null(edit_open(s, "a.sv", false, NULL));
}

/* Long enough to be left and entered at checkpoints on the way. */
static void a_long_session_is_the_same_at_every_event(void **state)
{
	struct place *p = *state;
	struct live l;

	print_message("seed %lu\n", seed);
	put_file(p, "a.sv", "module a;\nendmodule\n");
	start_live(p, &l);
	while (l.n < 3 * MOMENTS_EVERY + 100) {
		random_event(l.s);
		if (roll(40) == 0)
			begin_anew(p, l.s);
	}
	end_live(&l);
	look_everywhere(p, &l, 500);
	free_live(&l);
}

/* An undo tree of thousands of edits, with branches ------------------------------------ */

static void keep_number(void *ctx, const struct event *e)
{
	*(uint64_t *)ctx = e->n;
}

struct texts {
	struct session *s;
	char (*v)[HASH_HEX +
		  1]; /* [n]: the hash of a.sv's text after event n; "" before there is one */
	size_t cap;
};

static void hash_of_doc(const struct doc *d, char hash[HASH_HEX + 1])
{
	struct str text = STR_INIT;

	text_get_all(d->text, &text);
	hash_text(str_cstr(&text), text.len, hash);
	str_free(&text);
}

static void remember_text(void *ctx, const struct event *e)
{
	struct texts *t = ctx;
	const struct doc *d = session_doc(t->s, "a.sv");

	MEM_ROOM(t->v, e->n, t->cap);
	t->v[e->n][0] = 0;
	if (d && d->text)
		hash_of_doc(d, t->v[e->n]);
}

static void is_the_text(struct moments *m, const struct texts *t, uint64_t n)
{
	char hash[HASH_HEX + 1];
	struct err err = { 0 };
	struct doc *d = moments_doc(m, "a.sv", &err);

	if (!d)
		fail_msg("event %llu: %s", (unsigned long long)n, err.text);
	hash_of_doc(d, hash);
	assert_string_equal(hash, t->v[n]);
}

static void a_text_is_what_it_was_far_down_an_undo_tree(void **state)
{
	struct place *p = *state;
	struct texts t = { .s = session_open(p->loop, p->dir, SESSION_NEW, NULL, NULL) };
	char *id = mem_strdup(session_id(t.s));
	const struct doc *d;
	struct moments *m;
	uint64_t last;

	print_message("seed %lu\n", seed);
	put_file(p, "a.sv", "module a;\nendmodule\n");
	d = edit_open(t.s, "a.sv", false, NULL);
	assert_non_null(d);
	session_watch(t.s, remember_text, &t);
	while (d->n_nodes < 5 * STOPS_EVERY) {
		type_text(t.s, "a.sv", roll((unsigned)text_len(d->text)), 1, words[roll(8)]);
		if (roll(100) == 0 && d->current > 60) /* undone; what follows is a branch */
			assert_true(edit_goto(t.s, "a.sv", d->current - 60 + roll(60), NULL));
	}
	for (uint32_t node = d->current; node > STOPS_EVERY; node -= STOPS_EVERY / 2) /* far back */
		assert_true(edit_goto(t.s, "a.sv", node - STOPS_EVERY / 2, NULL));
	last = session_state(t.s)->n;
	wait_for_bases(t.s);
	session_close(t.s);
	m = open_moments(p, id);
	while (moments_state(m)->n <
	       last - 100) /* on nodes of its own: it was opened on this way */
		assert_true(moments_step(m, keep_number, &(uint64_t){ 0 }, NULL));
	is_the_text(m, &t, last - 100);
	/* Backwards, so that earlier moments are still unknown: undone and redone with
	 * the text there. */
	for (uint64_t n = last, at; (n = moments_before(m, n, 1u << EVENT_GOTO));) {
		go(m, n - 1);
		is_the_text(m, &t, n - 1);
		assert_true(moments_step(m, keep_number, &at, NULL));
		is_the_text(m, &t, n);
	}
	for (int i = 0; i < 300; i++) {
		uint64_t n = 4 + roll((unsigned)last - 3);

		go(m, n);
		is_the_text(m, &t, n);
	}
	moments_close(m);
	free(t.v);
	free(id);
}

static bool type_into(struct doc *d, const struct change *c)
{
	return doc_step(d, &(struct doc_step){ .v = c, .n = 1, .by = BY_YOU }, NULL);
}

static void texts_on_the_way_are_kept_once(void **state)
{
	struct doc *d = doc_new("a.sv"), *c;
	struct doc_checkpoints *s = doc_checkpoints_new(mem_strdup(""), 0);
	struct change x = { 0, 0, { "x", 1 } }, outside = { 99999, 0, { "y", 1 } };
	struct err err = { 0 };
	size_t kept;

	for (int i = 0; i < 3 * STOPS_EVERY + 100; i++)
		assert_true(type_into(d, &x));
	c = doc_copy(d);
	assert_true(doc_checkpoints_load(s, c, NULL));
	assert_int_equal(text_len(c->text), 3 * STOPS_EVERY + 100);
	kept = doc_checkpoints_count(s);
	assert_in_range(kept, 3, 4);
	assert_true(doc_checkpoints_load(s, c, NULL));
	assert_int_equal(doc_checkpoints_count(s), kept);
	c->current = STOPS_EVERY / 2;
	assert_true(doc_checkpoints_load(s, c, NULL));
	assert_int_equal(text_len(c->text), STOPS_EVERY / 2);
	doc_free(c);
	assert_true(type_into(d, &outside)); /* cold, so nobody sees */
	c = doc_copy(d);
	assert_false(doc_checkpoints_load(s, c, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_null(c->text);
	doc_free(c);
	doc_checkpoints_free(s);
	doc_free(d);
}

/* What is not whole ---------------------------------------------------------------------- */

static char *write_session(struct place *p, const char *note, size_t len, int notes)
{
	struct session *s = session_open(p->loop, p->dir, SESSION_NEW, NULL, NULL);
	char *id = mem_strdup(session_id(s));

	for (int i = 0; i < notes; i++)
		record(s, (struct event){ .type = EVENT_NOTE, .note = { .text = { note, len } } });
	session_close(s);
	return id;
}

static char *file_of(const struct place *p, const char *id, const char *name)
{
	return str_fmt("%s/.posedge/sessions/%s/%s", p->dir, id, name);
}

static void a_torn_end_leaves_what_is_before_it(void **state)
{
	struct place *p = *state;
	char *id = write_session(p, "a note", 6, 9), *path = file_of(p, id, "journal.jsonl");
	struct moments *m;
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(truncate(path, st.st_size - 5), 0);
	m = open_moments(p, id);
	assert_int_equal(moments_count(m), 9);
	assert_int_equal(moments_damage(m)->line, 10);
	assert_non_null(strstr(moments_damage(m)->why, "torn"));
	assert_true(moments_go(m, 1000, NULL));
	assert_int_equal(moments_state(m)->notes, 8);
	moments_close(m);
	free(path);
	free(id);
}

static void an_unknown_event_is_a_moment(void **state)
{
	struct place *p = *state;
	char *id = write_session(p, "a note", 6, 1), *path = file_of(p, id, "journal.jsonl"),
	     sum[HASH_HEX + 1];
	const char *body = "{\"n\":3,\"t\":1,\"type\":\"hologram\",\"colour\":\"blue\"";
	struct str all = STR_INIT, covered = STR_INIT;
	struct moments *m;

	assert_true(file_read(path, 0, &all, NULL));
	str_add(&covered, all.data + all.len - 3 - HASH_HEX, HASH_HEX);
	str_adds(&covered, body);
	hash_text(covered.data, covered.len, sum);
	str_addf(&all, "%s,\"sum\":\"%s\"}\n", body, sum);
	assert_true(file_save(path, all.data, all.len, 0600, NULL));
	m = open_moments(p, id);
	assert_int_equal(moments_damage(m)->line, 0);
	assert_int_equal(moments_count(m), 3);
	assert_int_equal(moments_at(m, 3)->type, EVENT_UNKNOWN);
	go(m, 3);
	assert_int_equal(moments_state(m)->unknown, 1);
	moments_close(m);
	str_free(&all);
	str_free(&covered);
	free(path);
	free(id);
}

static void a_text_that_is_gone_is_a_sentence(void **state)
{
	struct place *p = *state;
	char *large = mem_zalloc(20000), *id, *path, *name, hash[HASH_HEX + 1];
	struct moments *m, *late;
	struct err err = { 0 };

	memset(large, 'x', 20000);
	id = write_session(p, large, 20000, 1);
	hash_text(large, 20000, hash);
	name = str_fmt("texts/%s", hash);
	path = file_of(p, id, name);
	m = open_moments(p, id);
	assert_int_equal(unlink(path), 0);
	assert_false(moments_go(m, 2, &err));
	assert_non_null(strstr(err.text, hash));
	assert_int_equal(moments_state(m)->n, 1);
	late = open_moments(p, id);
	assert_int_equal(moments_count(late), 1);
	assert_int_equal(moments_damage(late)->line, 2);
	moments_close(late);
	moments_close(m);
	free(path);
	free(name);
	free(id);
	free(large);
}

static void a_session_that_is_not_there_is_a_sentence(void **state)
{
	struct place *p = *state;
	struct err err = { 0 };

	assert_null(moments_open(p->dir, "20200101-000000-000000", &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void a_file_only_opened_has_its_text_while_it_is_the_same(void **state)
{
	struct place *p = *state;
	struct session *s = session_open(p->loop, p->dir, SESSION_NEW, NULL, NULL);
	char *id = mem_strdup(session_id(s));
	struct moments *m;
	struct str text = STR_INIT;
	struct err err = { 0 };
	struct doc *d;

	put_file(p, "a.sv", "as it was\n");
	assert_non_null(edit_open(s, "a.sv", false, NULL));
	session_close(s);
	m = open_moments(p, id);
	assert_null(moments_doc(m, "a.sv", &err));
	assert_non_null(strstr(err.text, "not opened yet"));
	go(m, 2);
	d = moments_doc(m, "a.sv", NULL);
	assert_non_null(d);
	text_get_all(d->text, &text);
	assert_string_equal(text.data, "as it was\n");
	put_file(p, "a.sv", "as it is now\n");
	go(m, 1);
	go(m, 2);
	assert_null(moments_doc(m, "a.sv", &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "was not recorded"));
	moments_close(m);
	str_free(&text);
	free(id);
}

static void kinds_are_found_in_both_directions(void **state)
{
	struct place *p = *state;
	char *id = write_session(p, "a note", 6, 3);
	struct moments *m = open_moments(p, id);
	uint64_t notes = 1u << EVENT_NOTE, starts = 1u << EVENT_START;

	assert_int_equal(moments_next(m, 0, starts), 1);
	assert_int_equal(moments_next(m, 1, starts), 0);
	assert_int_equal(moments_next(m, 0, notes), 2);
	assert_int_equal(moments_next(m, 2, notes), 3);
	assert_int_equal(moments_next(m, 4, notes | starts), 0);
	assert_int_equal(moments_before(m, 4, notes), 3);
	assert_int_equal(moments_before(m, 2, notes), 0);
	assert_int_equal(moments_before(m, 99, notes), 4);
	assert_int_equal(moments_before(m, 2, starts), 1);
	moments_close(m);
	free(id);
}

static void an_event_is_handed_on_wherever_one_stands(void **state)
{
	struct place *p = *state;
	char *id = write_session(p, "a note", 6, MOMENTS_EVERY + 20);
	struct moments *m = open_moments(p, id);
	uint64_t n;

	for (uint64_t at = 0; at < MOMENTS_EVERY + 20; at += 130) {
		go(m, at);
		for (uint64_t want = 1; want <= MOMENTS_EVERY + 21; want += 104) {
			n = 0;
			assert_true(moments_events(m, want, want, keep_number, &n, NULL));
			assert_int_equal(n, want);
			assert_int_equal(moments_state(m)->n, at);
		}
	}
	go(m, MOMENTS_EVERY + 20);
	assert_true(moments_step(m, keep_number, &n, NULL));
	assert_int_equal(n, MOMENTS_EVERY + 21);
	assert_int_equal(moments_state(m)->n, n);
	assert_false(moments_step(m, keep_number, &n, NULL));
	assert_false(
		moments_events(m, MOMENTS_EVERY + 22, MOMENTS_EVERY + 22, keep_number, &n, NULL));
	moments_close(m);
	free(id);
}

/* What a copy shares ---------------------------------------------------------------------- */

static void a_copy_that_is_edited_otherwise_goes_its_own_way(void **state)
{
	struct doc *d = doc_new("a.sv"), *same, *other;
	struct change one = { 0, 0, { "one", 3 } }, two = { 3, 0, { "two", 3 } },
		      else_ = { 3, 0, { "else", 4 } };
	struct str text = STR_INIT;

	assert_true(type_into(d, &one));
	same = doc_copy(d);
	other = doc_copy(same);
	assert_true(type_into(d, &two));
	doc_free(same);
	same = doc_copy(d);
	same->n_nodes = 2;
	same->current = 1;
	assert_true(type_into(same, &two));
	assert_ptr_equal(same->nodes, d->nodes);
	doc_free(other);
	other = doc_copy(same);
	other->n_nodes = 2;
	other->current = 1;
	assert_true(type_into(other, &else_));
	assert_ptr_not_equal(other->nodes, d->nodes);
	assert_true(doc_load_text(other, 0, mem_strdup(""), 0, NULL));
	text_get_all(other->text, &text);
	assert_string_equal(text.data, "oneelse");
	assert_memory_equal(d->nodes[2].v[0].ins, "two", 3);
	str_free(&text);
	doc_free(other);
	doc_free(same);
	doc_free(d);
}

static void apply(struct state *s, struct event e, uint64_t n)
{
	e.n = n;
	event_fill(&e);
	assert_true(state_apply(s, &e, NULL));
}

/* Everything that continues after it began: an answer, a review, a run. */
static void go_on(struct state *s)
{
	apply(s, (struct event){ .type = EVENT_PIECE, .piece = { 1, "text", { "later", 5 } } }, 4);
	apply(s, (struct event){ .type = EVENT_ANSWER, .answer = { .ask = 1, .finish = "stop" } },
	      5);
	apply(s, (struct event){ .type = EVENT_DECIDE, .decide = { 2, 0, 0, DECISION_TAKEN } }, 6);
	apply(s, (struct event){ .type = EVENT_AMEND, .amend = { 2, 0, { "mine", 4 } } }, 7);
	apply(s, (struct event){ .type = EVENT_APPLY, .apply = { 2, 1, 0, 0, "keys" } }, 8);
	apply(s,
	      (struct event){ .type = EVENT_VERDICT,
			      .verdict = { .run = 3, .verdict = "pass", .checks = 1 } },
	      9);
	apply(s, (struct event){ .type = EVENT_LINT, .lint = { .tool = "other" } }, 10);
	apply(s, (struct event){ .type = EVENT_SET, .set = { "top", "b" } }, 11);
}

static void begin(struct state *s)
{
	struct unit unit = { .kind = UNIT_ADDED };
	struct event suggest = { .type = EVENT_SUGGEST };
	struct diag_list *found = diag_list_new(1);
	struct diag d = { .rank = DIAG_RISK, .path = "a.sv", .text = "wide" };

	state_init(s);
	apply(s,
	      (struct event){ .type = EVENT_ASK,
			      .ask = { .backend = "fake", .question = { "why", 3 } } },
	      1);
	suggest.suggest.path = "a.sv";
	suggest.suggest.new_file = true;
	suggest.suggest.proposed = (struct bytes){ "x\n", 2 };
	suggest.suggest.units = &unit;
	suggest.suggest.n_units = 1;
	apply(s, suggest, 2);
	apply(s, (struct event){ .type = EVENT_RUN, .run = { .testbench = "tb" } }, 3);
	apply(s, (struct event){ .type = EVENT_SET, .set = { "top", "a" } }, 3);
	diag_list_add(found, &d, NULL);
	apply(s, (struct event){ .type = EVENT_LINT, .lint = { .tool = "fake", .found = found } },
	      3);
	diag_list_free(found);
}

static void what_one_copy_does_the_others_do_not_see(void **state)
{
	struct state first, second, third;
	char before[HASH_HEX + 1], after[HASH_HEX + 1], now[HASH_HEX + 1];

	begin(&first);
	state_copy(&second, &first);
	state_copy(&third, &second);
	state_digest(&first, before);
	go_on(&first);
	state_digest(&first, after);
	assert_string_not_equal(before, after);
	state_digest(&second, now);
	assert_string_equal(now, before);
	go_on(&third);
	state_digest(&third, now);
	assert_string_equal(now, after);
	state_digest(&second, now);
	assert_string_equal(now, before);
	state_fini(&first);
	go_on(&second);
	state_digest(&second, now);
	assert_string_equal(now, after);
	state_fini(&third);
	state_fini(&second);
}

static void lint(struct state *s, bool part, enum diag_rank rank, const char *text, uint64_t n)
{
	struct event e = { .type = EVENT_LINT,
			   .lint = { .tool = "fake", .files = { "a.sv", 4 }, .part = part } };
	struct diag_list *found = diag_list_new(1);

	if (text)
		diag_list_add(found, &(struct diag){ .rank = rank, .path = "a.sv", .text = text },
			      NULL);
	e.lint.found = found;
	apply(s, e, n);
	diag_list_free(found);
}

/* What the error kept the tool from reading was not linted. */
static void without_its_error_a_project_was_not_linted(void **state)
{
	struct state s;

	state_init(&s);
	lint(&s, true, DIAG_RISK, NULL, 1);
	assert_false(s.lint_whole);
	lint(&s, false, DIAG_RISK, "wide", 2);
	assert_true(s.lint_whole);
	lint(&s, true, DIAG_RISK, NULL, 3);
	assert_true(s.lint_whole);
	lint(&s, true, DIAG_ERROR, "syntax", 4);
	assert_true(s.lint_whole);
	lint(&s, true, DIAG_ERROR, NULL, 5);
	assert_false(s.lint_whole);
	lint(&s, false, DIAG_ERROR, NULL, 6);
	assert_true(s.lint_whole);
	state_fini(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_thousand_random_sessions_are_the_same_at_every_event),
		CASE(a_long_session_is_the_same_at_every_event),
		CASE(a_text_is_what_it_was_far_down_an_undo_tree),
		CASE(texts_on_the_way_are_kept_once),
		CASE(a_torn_end_leaves_what_is_before_it),
		CASE(an_unknown_event_is_a_moment),
		CASE(a_text_that_is_gone_is_a_sentence),
		CASE(a_session_that_is_not_there_is_a_sentence),
		CASE(a_file_only_opened_has_its_text_while_it_is_the_same),
		CASE(kinds_are_found_in_both_directions),
		CASE(an_event_is_handed_on_wherever_one_stands),
		CASE(a_copy_that_is_edited_otherwise_goes_its_own_way),
		CASE(what_one_copy_does_the_others_do_not_see),
		CASE(without_its_error_a_project_was_not_linted),
	};

	seed = (unsigned long)time(NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
