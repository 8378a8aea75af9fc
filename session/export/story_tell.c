/* Adds events to the story. */
#include "config.h"

#include "session/export/story_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/journal/timeline.h"
#include "session/model/redact.h"
#include "session/text/slice.h"
#include "session/output/diag.h"

static void hide(const struct reader *rd, const char *text, size_t len, struct str *out)
{
	redact_text(rd->r, text ? text : "", len, out);
}

static void hides(const struct reader *rd, const char *text, struct str *out)
{
	hide(rd, text, strlen(text ? text : ""), out);
}

/* Replaces out by a later version of the text. */
static void rehide(const struct reader *rd, const char *text, size_t len, struct str *out)
{
	str_clear(out);
	hide(rd, text, len, out);
}

static char *hidden(const struct reader *rd, const char *text)
{
	struct str out = STR_INIT;
	char *copy;

	hides(rd, text, &out);
	copy = mem_strdup(str_cstr(&out));
	str_free(&out);
	return copy;
}

static struct moment *moment(struct reader *rd, const struct event *e, size_t of)
{
	struct story *s = rd->story;
	struct moment *m;
	struct str text = STR_INIT;

	free(rd->edited);
	rd->edited = NULL;
	MEM_ROOM(s->moments, s->n_moments, s->cap_moments);
	m = &s->moments[s->n_moments++];
	*m = (struct moment){ .type = e->type, .n = e->n, .t_ms = e->t_ms, .of = of };
	timeline_text(e, &text);
	hide(rd, str_cstr(&text), text.len, &m->text);
	str_free(&text);
	return m;
}

/* Replaces the text from the timeline. */
static void say(struct reader *rd, struct moment *m, char *text)
{
	rehide(rd, text, strlen(text), &m->text);
	free(text);
}

#define FINDER(name, list, count)                             \
	static size_t name(const struct story *s, uint64_t n) \
	{                                                     \
		for (size_t i = s->count; i-- > 0;)           \
			if (s->list[i].n == n)                \
				return i;                     \
		return STORY_NONE;                            \
	}
FINDER(ask_of, asks, n_asks)
FINDER(suggestion_of, suggestions, n_suggestions)
FINDER(run_of, runs, n_runs)

/* Questions and answers. Answers are kept unredacted until the end, because a
 * secret may be split over two pieces. */

static void on_ask(struct reader *rd, const struct event *e)
{
	struct story *s = rd->story;
	struct story_ask *a;
	struct str prompt = STR_INIT;

	MEM_ROOM(s->asks, s->n_asks, s->cap_asks);
	a = &s->asks[s->n_asks++];
	*a = (struct story_ask){
		.n = e->n, .t_ms = e->t_ms, .in = -1, .out = -1, .beside = e->ask.beside
	};
	hides(rd, e->ask.backend, &a->backend);
	hides(rd, e->ask.model, &a->model);
	hide(rd, e->ask.question.data, e->ask.question.len, &a->question);
	if (e->ask.prompt.data)
		hide(rd, e->ask.prompt.data, e->ask.prompt.len, &a->prompt);
	else if (e->ask.prompt.hash[0] &&
		 rd->blobs->get(rd->blobs->ctx, e->ask.prompt.hash, &prompt, NULL))
		hide(rd, str_cstr(&prompt), prompt.len, &a->prompt);
	str_free(&prompt);
	moment(rd, e, s->n_asks - 1);
}

static void on_piece(struct reader *rd, const struct event *e)
{
	size_t of = ask_of(rd->story, e->piece.ask);
	bool reasoning = strcmp(e->piece.kind, "text") != 0;
	struct story_ask *a;
	struct moment *m;

	if (of == STORY_NONE)
		return;
	a = &rd->story->asks[of];
	str_add(reasoning ? &a->reasoning : &a->answer, e->piece.text.data, e->piece.text.len);
	m = moment(rd, e, of);
	m->reasoning = reasoning;
	m->upto = reasoning ? a->reasoning.len : a->answer.len;
}

static void on_answer(struct reader *rd, const struct event *e)
{
	size_t of = ask_of(rd->story, e->answer.ask);
	struct story_ask *a = of == STORY_NONE ? NULL : &rd->story->asks[of];

	if (a) {
		a->ended_ms = e->t_ms;
		rehide(rd, e->answer.error, strlen(e->answer.error), &a->error);
		if (e->answer.model[0])
			rehide(rd, e->answer.model, strlen(e->answer.model), &a->model);
		a->lack = timeline_lack(e->answer.finish, e->answer.cut);
		a->in = e->answer.in;
		a->out = e->answer.out;
	}
	moment(rd, e, of);
}

/* From moment k on, the next one with a piece of that text; NULL: none. */
static struct moment *next_piece(const struct story *s, size_t *k, size_t of, bool reasoning)
{
	for (; *k < s->n_moments; ++*k) {
		struct moment *m = &s->moments[*k];

		if (m->type == EVENT_PIECE && m->of == of && m->reasoning == reasoning)
			return m;
	}
	return NULL;
}

/* Redacting a text moves the offsets in it. */
static void hide_pieces(const struct reader *rd, size_t of, bool reasoning, struct str *text)
{
	struct story *s = rd->story;
	struct str out = STR_INIT;
	size_t from = 0, at = 0, end = 0, k = 0;
	struct moment *m;
	bool home, more = true;

	while (more) {
		more = redact_next(rd->r, str_cstr(text), text->len, &at, &end, &home);
		for (; (m = next_piece(s, &k, of, reasoning)) && (!more || m->upto <= at); k++)
			m->upto = out.len + (m->upto > from ? m->upto - from : 0);
		str_add(&out, str_cstr(text) + from, at - from);
		if (more)
			hide(rd, str_cstr(text) + at, end - at, &out);
		for (; more && (m = next_piece(s, &k, of, reasoning)) && m->upto <= end; k++)
			m->upto = out.len;
		from = at = end;
	}
	str_free(text);
	*text = out;
}

/* Suggestions */

/* The suggestion whose open units this one continues. */
static size_t rest_of(const struct story *s, const struct story_suggestion *x)
{
	for (size_t i = s->n_suggestions - 1; i-- > 0;) {
		const struct story_suggestion *y = &s->suggestions[i];

		if (y->decided && y->open && y->rest == STORY_NONE && y->ask == x->ask &&
		    (strcmp(y->path, x->path) == 0 || strcmp(y->moves, x->path) == 0) &&
		    y->written.len == x->base.len &&
		    memcmp(str_cstr(&y->written), str_cstr(&x->base), x->base.len) == 0)
			return i;
	}
	return STORY_NONE;
}

static bool on_suggest(struct reader *rd, const struct event *e, struct err *err)
{
	struct story *s = rd->story;
	struct story_suggestion *x;
	struct moment *m;
	size_t of = s->n_suggestions;

	MEM_ROOM(rd->open, of, rd->cap_open);
	if (!open_suggestion_init(&rd->open[of], rd->r, e, err))
		return false;
	MEM_ROOM(s->suggestions, of, s->cap_suggestions);
	x = &s->suggestions[s->n_suggestions++];
	*x = (struct story_suggestion){ .n = e->n,
					.t_ms = e->t_ms,
					.ask = ask_of(s, e->suggest.ask),
					.path = hidden(rd, e->suggest.path),
					.by = hidden(rd, e->suggest.by),
					.how = mem_strdup(""),
					.moves = hidden(rd, e->suggest.moves),
					.new_file = e->suggest.new_file,
					.removes = e->suggest.removes,
					.in_place = e->suggest.in_place,
					.incomplete = e->suggest.incomplete,
					.rest = STORY_NONE,
					.lint = STORY_NONE,
					.run = STORY_NONE };
	hide(rd, e->suggest.base.data, e->suggest.base.len, &x->base);
	hide(rd, e->suggest.proposed.data, e->suggest.proposed.len, &x->proposed);
	x->rest_of = rest_of(s, x);
	if (x->rest_of != STORY_NONE)
		s->suggestions[x->rest_of].rest = of;
	m = moment(rd, e, of);
	open_suggestion_lines(&rd->open[of], 0, SIZE_MAX, true, &m->lines);
	say(rd, m,
	    str_fmt("%s%s: %zu line%s to decide on%s", e->suggest.path,
		    suggestion_remark(rd->open[of].s), e->suggest.n_units,
		    count_s(e->suggest.n_units),
		    e->suggest.incomplete ? "; the answer was cut off" : ""));
	return true;
}

static void on_decide(struct reader *rd, const struct event *e)
{
	static const char *const said[DECISIONS] = { [DECISION_OPEN] = "open again",
						     [DECISION_TAKEN] = "taken",
						     [DECISION_REFUSED] = "refused" };
	size_t of = suggestion_of(rd->story, e->decide.suggestion);
	unsigned long long count = e->decide.last - e->decide.first + 1;
	struct moment *m;

	if (of == STORY_NONE)
		return;
	open_suggestion_decide(&rd->open[of], e);
	m = moment(rd, e, of);
	open_suggestion_lines(&rd->open[of], (size_t)e->decide.first, (size_t)e->decide.last, false,
			      &m->lines);
	say(rd, m,
	    str_fmt("%s: %llu line%s %s", rd->story->suggestions[of].path, count, count_s(count),
		    said[e->decide.decision]));
}

static void on_split(struct reader *rd, const struct event *e)
{
	size_t of = suggestion_of(rd->story, e->split.suggestion);
	struct moment *m;

	if (of == STORY_NONE)
		return;
	open_suggestion_split(&rd->open[of], (size_t)e->split.unit);
	m = moment(rd, e, of);
	open_suggestion_lines(&rd->open[of], (size_t)e->split.unit, (size_t)e->split.unit, false,
			      &m->lines);
	say(rd, m, str_fmt("%s: 1 line split in two", rd->story->suggestions[of].path));
}

static void on_amend(struct reader *rd, const struct event *e)
{
	size_t of = suggestion_of(rd->story, e->amend.suggestion);
	struct moment *m;

	if (of == STORY_NONE)
		return;
	open_suggestion_amend(&rd->open[of], rd->r, e);
	m = moment(rd, e, of);
	open_suggestion_lines(&rd->open[of], (size_t)e->amend.unit, (size_t)e->amend.unit, false,
			      &m->lines);
	say(rd, m, str_fmt("%s: a line rewritten by you", rd->story->suggestions[of].path));
}

static void count_edited(const struct open_suggestion *o, struct story_suggestion *x)
{
	for (size_t i = 0; i < o->n; i++)
		x->edited +=
			o->units[i].was && suggestion_unit(o->s, i)->decision == DECISION_TAKEN;
}

static void on_apply(struct reader *rd, const struct event *e)
{
	size_t of = suggestion_of(rd->story, e->apply.suggestion);
	struct story_suggestion *x = of == STORY_NONE ? NULL : &rd->story->suggestions[of];
	struct str written = STR_INIT;

	if (!x)
		return;
	x->over_ms = e->t_ms;
	rd->open[of].over = e->n;
	x->applied = e->apply.taken > 0;
	x->decided = e->apply.taken + e->apply.refused > 0;
	x->open = (size_t)e->apply.open;
	x->unread = (size_t)timeline_unread(e);
	free(x->how);
	x->how = hidden(rd, e->apply.how);
	if (x->decided)
		suggestion_result(rd->open[of].s, &written);
	rehide(rd, str_cstr(&written), written.len, &x->written);
	str_free(&written);
	say(rd, moment(rd, e, of),
	    str_fmt("%s: took %llu, refused %llu, %llu open (%s)", x->path,
		    (unsigned long long)e->apply.taken, (unsigned long long)e->apply.refused,
		    (unsigned long long)e->apply.open, e->apply.how));
}

/* Later results are about another text. */
static void note_change(struct reader *rd, const char *path)
{
	char *shown = hidden(rd, path);

	for (size_t i = 0; i < rd->story->n_suggestions; i++)
		if (rd->story->suggestions[i].applied &&
		    strcmp(rd->story->suggestions[i].path, shown) == 0)
			rd->open[i].changed = true;
	free(shown);
}

/* Files that another program changed outside of the record, between two commands. */
static void note_foreign_texts(struct reader *rd, const struct bytes *files,
			       const struct bytes *hashes)
{
	struct slice f = { files->data, files->len }, h = { hashes->data, hashes->len };

	while (f.n && h.n) {
		char *path = slice_dup(slice_chomp(slice_line(&f)));
		char *hash = slice_dup(slice_chomp(slice_line(&h)));

		if (*hash && story_files_differ(rd, path, hash))
			note_change(rd, path);
		free(hash);
		free(path);
	}
}

/* Findings and runs */

static struct diag_list *hide_found(const struct reader *rd, const struct diag_list *found)
{
	size_t n = found ? diag_list_len(found) : 0;
	struct diag_list *out = diag_list_new(n + 1);

	for (size_t i = 0; i < n; i++) {
		struct diag d = *diag_list_at(found, i);
		const char **const texts[] = { &d.path, &d.code, &d.text, &d.context, &d.hint };
		char *copies[sizeof(texts) / sizeof(*texts)];

		for (size_t k = 0; k < sizeof(texts) / sizeof(*texts); k++)
			*texts[k] = copies[k] = hidden(rd, *texts[k]);
		diag_list_add(out, &d, NULL);
		for (size_t k = 0; k < sizeof(texts) / sizeof(*texts); k++)
			free(copies[k]);
	}
	return out;
}

static bool names(const struct str *files, const char *path)
{
	size_t len = strlen(path);

	for (const char *p = str_cstr(files); *p;) {
		size_t n = strcspn(p, "\n");

		if (n == len && memcmp(p, path, n) == 0)
			return true;
		p += n + (p[n] == '\n');
	}
	return false;
}

/* A tool's result applies to a suggestion if the tool read the file, began after
 * the file was written, and nothing has changed it since. The last result counts. */
static void judge(struct reader *rd, const struct str *files, uint64_t began, size_t lint,
		  size_t run)
{
	for (size_t i = 0; i < rd->story->n_suggestions; i++) {
		struct story_suggestion *x = &rd->story->suggestions[i];

		if (!x->applied || rd->open[i].changed || began < rd->open[i].over ||
		    !names(files, x->path))
			continue;
		x->lint = lint == STORY_NONE ? x->lint : lint;
		x->run = run == STORY_NONE ? x->run : run;
	}
}

static void on_lint(struct reader *rd, const struct event *e)
{
	struct story *s = rd->story;
	struct story_lint *l;

	/* The lint of all files follows and repeats it. */
	if (e->lint.part)
		return;
	note_foreign_texts(rd, &e->lint.files, &e->lint.hashes);
	MEM_ROOM(s->lints, s->n_lints, s->cap_lints);
	l = &s->lints[s->n_lints++];
	*l = (struct story_lint){ .n = e->n,
				  .t_ms = e->t_ms,
				  .found = hide_found(rd, e->lint.found) };
	hides(rd, e->lint.tool, &l->tool);
	hides(rd, e->lint.version, &l->version);
	hides(rd, e->lint.error, &l->error);
	hide(rd, e->lint.files.data, e->lint.files.len, &l->files);
	hide(rd, e->lint.unread.data, e->lint.unread.len, &l->unread);
	l->read = e->lint.read;
	judge(rd, &l->files, e->n, s->n_lints - 1, STORY_NONE);
	moment(rd, e, s->n_lints - 1);
}

static void on_run(struct reader *rd, const struct event *e)
{
	struct story *s = rd->story;
	struct story_run *x;

	if (!e->run.as_if)
		note_foreign_texts(rd, &e->run.files, &e->run.hashes);
	MEM_ROOM(s->runs, s->n_runs, s->cap_runs);
	x = &s->runs[s->n_runs++];
	*x = (struct story_run){ .n = e->n,
				 .t_ms = e->t_ms,
				 .wave = mem_strdup(""),
				 .checks = -1,
				 .first_time = -1,
				 .seeds = -1,
				 .confirms = e->run.confirms,
				 .as_if = e->run.as_if };
	hides(rd, e->run.testbench, &x->testbench);
	hides(rd, e->run.engine, &x->engine);
	hide(rd, e->run.files.data, e->run.files.len, &x->files);
	moment(rd, e, s->n_runs - 1);
}

static void on_verdict(struct reader *rd, const struct event *e)
{
	size_t of = run_of(rd->story, e->verdict.run);
	struct story_run *x = of == STORY_NONE ? NULL : &rd->story->runs[of];
	struct str said = STR_INIT;
	struct moment *m;

	if (!x)
		return;
	x->ended_ms = e->t_ms;
	rehide(rd, e->verdict.verdict, strlen(e->verdict.verdict), &x->verdict);
	rehide(rd, e->verdict.error, strlen(e->verdict.error), &x->error);
	rehide(rd, e->verdict.version, strlen(e->verdict.version), &x->version);
	rehide(rd, e->verdict.first.data, e->verdict.first.len, &x->first);
	rehide(rd, e->verdict.first_path, strlen(e->verdict.first_path), &x->first_path);
	rehide(rd, e->verdict.unprotected, strlen(e->verdict.unprotected), &x->unprotected);
	free(x->wave);
	x->wave = mem_strdup(e->verdict.wave); /* a path to open, not to show */
	x->checks = e->verdict.checks;
	x->failures = e->verdict.failures;
	x->seeds = (int64_t)e->verdict.seeds - 1;
	x->first_line = e->verdict.first_line;
	x->first_time = e->verdict.first_time;
	/* A run that confirms leaves the verdict to the one that it repeats. */
	if (!x->as_if && !x->confirms)
		judge(rd, &x->files, x->n, STORY_NONE, of);
	m = moment(rd, e, of);
	story_verdict(x, &said);
	say(rd, m, str_fmt("%s: %s", str_cstr(&x->testbench), str_cstr(&said)));
	str_free(&said);
}

/* Edits */

/* Consecutive typing is one moment. Verdicts of tools after a change by hand are not
 * about the suggestion any more. */
static void on_edit(struct reader *rd, const struct event *e)
{
	struct story *s = rd->story;
	struct str by = STR_INIT;
	bool goes_on = rd->edited && strcmp(rd->edited, e->edit.path) == 0 &&
		       rd->edited_by.source == e->edit.by.source &&
		       rd->edited_by.suggestion == e->edit.by.suggestion;
	struct moment *m = goes_on ? &s->moments[s->n_moments - 1] : moment(rd, e, STORY_NONE);

	note_change(rd, e->edit.path);
	if (!goes_on)
		rd->edits = rd->bytes_in = rd->bytes_out = 0;
	m->n = e->n;
	m->t_ms = e->t_ms;
	rd->edits++;
	for (size_t i = 0; i < e->edit.n; i++) {
		rd->bytes_out += e->edit.v[i].removed;
		rd->bytes_in += e->edit.v[i].ins.len;
	}
	edit_by_print(e->edit.by, &by);
	if (e->edit.by.source == EDIT_BY_SUGGESTION)
		say(rd, m, str_fmt("%s: what was taken goes in", e->edit.path));
	else
		say(rd, m,
		    str_fmt("%s: %llu edit%s by %s, %llu bytes in, %llu out", e->edit.path,
			    (unsigned long long)rd->edits, count_s(rd->edits), str_cstr(&by),
			    (unsigned long long)rd->bytes_in, (unsigned long long)rd->bytes_out));
	str_free(&by);
	free(rd->edited);
	rd->edited = mem_strdup(e->edit.path);
	rd->edited_by = e->edit.by;
}

static void on_rename(struct reader *rd, const struct event *e)
{
	note_change(rd, e->rename.path);
	note_change(rd, e->rename.to);
	moment(rd, e, STORY_NONE);
}

static void on_start(struct reader *rd, const struct event *e)
{
	hides(rd, e->start.version, &rd->story->version);
	hides(rd, e->start.neighbour, &rd->story->neighbour);
	hides(rd, e->start.parent, &rd->story->parent);
	moment(rd, e, STORY_NONE);
}

static void on_remove(struct reader *rd, const struct event *e)
{
	note_change(rd, e->remove.path);
	moment(rd, e, STORY_NONE);
}

static void on_goto(struct reader *rd, const struct event *e)
{
	note_change(rd, e->go.path);
	moment(rd, e, STORY_NONE);
}

static void on_set(struct reader *rd, const struct event *e)
{
	if (strcmp(e->set.name, "consent") == 0)
		rd->story->consent = strcmp(e->set.value, "yes") == 0;
	moment(rd, e, STORY_NONE);
}

static void on_other(struct reader *rd, const struct event *e)
{
	moment(rd, e, STORY_NONE);
}

/* NULL: no part of the story. */
static void (*const on[EVENT_TYPES])(struct reader *rd, const struct event *e) = {
	[EVENT_START] = on_start,   [EVENT_ASK] = on_ask,	  [EVENT_PIECE] = on_piece,
	[EVENT_ANSWER] = on_answer, [EVENT_DECIDE] = on_decide,	  [EVENT_SPLIT] = on_split,
	[EVENT_AMEND] = on_amend,   [EVENT_APPLY] = on_apply,	  [EVENT_LINT] = on_lint,
	[EVENT_RUN] = on_run,	    [EVENT_VERDICT] = on_verdict, [EVENT_EDIT] = on_edit,
	[EVENT_RENAME] = on_rename, [EVENT_REMOVE] = on_remove,	  [EVENT_GOTO] = on_goto,
	[EVENT_SET] = on_set,	    [EVENT_SAVE] = on_other,	  [EVENT_NOTE] = on_other,
	[EVENT_MARK] = on_other,    [EVENT_REWIND] = on_other,	  [EVENT_FIX] = on_other,
};

bool story_tell(struct reader *rd, const struct event *e, struct err *err)
{
	if (e->type == EVENT_SUGGEST)
		return on_suggest(rd, e, err);
	if (on[e->type])
		on[e->type](rd, e);
	return true;
}

void story_tell_end(struct reader *rd)
{
	struct story *s = rd->story;

	for (size_t i = 0; i < s->n_asks; i++) {
		hide_pieces(rd, i, false, &s->asks[i].answer);
		hide_pieces(rd, i, true, &s->asks[i].reasoning);
	}
	for (size_t i = 0; i < s->n_suggestions; i++) {
		struct story_suggestion *x = &s->suggestions[i];

		open_suggestion_lines(&rd->open[i], 0, SIZE_MAX, true, &x->lines);
		x->open = suggestion_units(rd->open[i].s);
		if (x->over_ms && !x->decided)
			continue; /* its decisions were copied to the one that replaced it */
		x->taken = suggestion_count(rd->open[i].s, DECISION_TAKEN);
		x->refused = suggestion_count(rd->open[i].s, DECISION_REFUSED);
		x->open -= x->taken + x->refused;
		count_edited(&rd->open[i], x);
	}
}
