/* Prints the journal as one line per event, using a table from event type to
 * function. Consecutive edits of the same file by the same author are combined into
 * one growing line (timeline_next), because typing a module makes hundreds of them.
 */
#include "config.h"

#include "session/journal/timeline.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/lint_summary.h"
#include "session/output/diag.h"

/* Appends the first line of a text, shortened. */
static void first_line(const struct bytes *b, struct str *out)
{
	size_t n = 0;

	while (n < b->len && n < 100 && b->data[n] != '\n')
		n++;
	while (n > 0 && n < b->len && ((unsigned char)b->data[n] & 0xc0) == 0x80)
		n--; /* not within a character */
	str_add(out, b->data, n);
	if (n < b->len && !(n + 1 == b->len && b->data[n] == '\n'))
		str_adds(out, " ...");
}

const char *timeline_lack(const char *finish, bool cut)
{
	return cut			       ? "cut off"
	       : strcmp(finish, "filter") == 0 ? "ended by a refusal"
	       : strcmp(finish, "pause") == 0  ? "paused in the middle"
					       : NULL;
}

static void answer(const struct event *e, struct str *out)
{
	const char *lack = timeline_lack(e->answer.finish, e->answer.cut);

	str_addf(out, "answer to #%llu", (unsigned long long)e->answer.ask);
	if (e->answer.error[0])
		str_addf(out, " failed: %s", e->answer.error);
	else
		str_addf(out, " by %s", e->answer.model[0] ? e->answer.model : "the backend");
	if (e->answer.in >= 0)
		str_addf(out, ", %lld tokens in", (long long)e->answer.in);
	if (e->answer.out >= 0)
		str_addf(out, ", %lld out", (long long)e->answer.out);
	if (e->answer.rounds > 1)
		str_addf(out, ", %llu round%s", (unsigned long long)e->answer.rounds,
			 count_s(e->answer.rounds));
	if (lack)
		str_addf(out, " (%s)", lack);
	if (e->answer.stopped[0])
		str_addf(out, ": %s", e->answer.stopped);
}

static void lint(const struct event *e, struct str *out)
{
	size_t errors = diag_list_count(e->lint.found, DIAG_ERROR),
	       risks = diag_list_count(e->lint.found, DIAG_RISK);

	str_addf(out, "lint%s%.*s by %s: ", e->lint.part ? " of " : "",
		 e->lint.part ? (int)strcspn(e->lint.files.data, "\n") : 0, e->lint.files.data,
		 e->lint.tool);
	if (e->lint.error[0]) {
		str_adds(out, e->lint.error);
		return;
	}
	str_addf(out, "%zu error%s, %zu risk%s, %zu of style", errors, count_s(errors), risks,
		 count_s(risks), diag_list_count(e->lint.found, DIAG_STYLE));
	if (e->lint.read) {
		str_adds(out, "; ");
		lint_summary_files(e->lint.read, e->lint.unread.data, 0, out);
	}
}

static void critique(const struct event *e, struct str *out)
{
	size_t n = diag_list_len(e->critique.found);

	str_addf(out, "critique of %s by the answer to #%llu: %zu finding%s", e->critique.path,
		 (unsigned long long)e->critique.ask, n, count_s(n));
}

static void verdict(const struct event *e, struct str *out)
{
	str_addf(out, "run #%llu: %s", (unsigned long long)e->verdict.run, e->verdict.verdict);
	if (e->verdict.error[0])
		str_addf(out, ", %s", e->verdict.error);
	if (e->verdict.checks >= 0)
		str_addf(out, ", %lld check%s", (long long)e->verdict.checks,
			 count_s(e->verdict.checks));
	if (e->verdict.first.len) {
		str_adds(out, ": ");
		first_line(&e->verdict.first, out);
	}
	if (e->verdict.unprotected[0])
		str_addf(out, "; without %s", e->verdict.unprotected);
}

static void count_changes(const struct change *v, size_t n, uint64_t *removed, uint64_t *inserted)
{
	for (size_t i = 0; i < n; i++) {
		*removed += v[i].removed;
		*inserted += v[i].ins.len;
	}
}

static void say_changes(uint64_t removed, uint64_t inserted, struct edit_by by, struct str *out)
{
	str_addf(out, "%llu byte%s out, %llu in (", (unsigned long long)removed, count_s(removed),
		 (unsigned long long)inserted);
	edit_by_print(by, out);
	str_addc(out, ')');
}

static void edit(const struct event *e, struct str *out)
{
	uint64_t removed = 0, inserted = 0;

	count_changes(e->edit.v, e->edit.n, &removed, &inserted);
	str_addf(out, "edited %s: ", e->edit.path);
	say_changes(removed, inserted, e->edit.by, out);
}

/* The first change only moves the text from the old name. */
static void renamed(const struct event *e, struct str *out)
{
	uint64_t removed = 0, inserted = 0;

	if (e->rename.n > 1)
		count_changes(e->rename.v + 1, e->rename.n - 1, &removed, &inserted);
	str_addf(out, "renamed %s to %s: ", e->rename.path, e->rename.to);
	say_changes(removed, inserted, (struct edit_by){ EDIT_BY_SUGGESTION, e->rename.suggestion },
		    out);
}

static void removed(const struct event *e, struct str *out)
{
	str_addf(out, "removed %s (suggestion %llu)", e->remove.path,
		 (unsigned long long)e->remove.suggestion);
}

uint64_t timeline_unread(const struct event *e)
{
	bool review = strcmp(e->apply.how, "review") == 0;

	return review && e->apply.looked < e->apply.taken ? e->apply.taken - e->apply.looked : 0;
}

static void start(const struct event *e, struct str *out)
{
	str_addf(out, "session begins, posedge %s", e->start.version);
	if (e->start.neighbour[0])
		str_addf(out, ", beside %s", e->start.neighbour);
	if (e->start.parent[0])
		str_addf(out, ", forked from %s", e->start.parent);
}

static void opened(const struct event *e, struct str *out)
{
	str_addf(out, "opened %s", e->open.path);
}

static void go(const struct event *e, struct str *out)
{
	str_addf(out, "undo or redo in %s", e->go.path);
}

static void save(const struct event *e, struct str *out)
{
	str_addf(out, "saved %s, %llu byte%s", e->save.path, (unsigned long long)e->save.size,
		 count_s(e->save.size));
}

static void closed(const struct event *e, struct str *out)
{
	str_addf(out, "closed %s", e->close.path);
}

static void ask(const struct event *e, struct str *out)
{
	str_addf(out, "asked %s%s: ", e->ask.backend,
		 e->ask.beside ? " outside the conversation" : "");
	first_line(&e->ask.question, out);
}

static void suggest(const struct event *e, struct str *out)
{
	struct str moves = STR_INIT;

	if (e->suggest.moves[0])
		str_addf(&moves, e->suggest.in_place ? " (moved from %s)" : " (moves to %s)",
			 e->suggest.moves);
	str_addf(out, "suggestion for %s%s: %zu unit%s%s", e->suggest.path,
		 e->suggest.new_file ? " (new)" : str_cstr(&moves), e->suggest.n_units,
		 count_s(e->suggest.n_units), e->suggest.incomplete ? ", incomplete" : "");
	str_free(&moves);
}

static void call(const struct event *e, struct str *out)
{
	str_addf(out, "question #%llu calls %s ", (unsigned long long)e->call.ask, e->call.name);
	first_line(&e->call.args, out);
}

static void result(const struct event *e, struct str *out)
{
	str_addf(out, "question #%llu, %s of %s: ", (unsigned long long)e->result.ask,
		 e->result.failed ? "failure" : "result", e->result.id);
	first_line(&e->result.text, out);
}

static void steer(const struct event *e, struct str *out)
{
	str_addf(out, "question #%llu, %s: ", (unsigned long long)e->steer.ask,
		 e->steer.by[0] ? e->steer.by : "you");
	first_line(&e->steer.text, out);
}

static void decide(const struct event *e, struct str *out)
{
	str_addf(out, "suggestion #%llu, unit", (unsigned long long)e->decide.suggestion);
	if (e->decide.last == e->decide.first)
		str_addf(out, " %llu", (unsigned long long)e->decide.first + 1);
	else
		str_addf(out, "s %llu to %llu", (unsigned long long)e->decide.first + 1,
			 (unsigned long long)e->decide.last + 1);
	str_addf(out, ": %s", decision_name(e->decide.decision));
}

static void split(const struct event *e, struct str *out)
{
	str_addf(out, "suggestion #%llu, unit %llu: split", (unsigned long long)e->split.suggestion,
		 (unsigned long long)e->split.unit + 1);
}

static void amend(const struct event *e, struct str *out)
{
	str_addf(out,
		 "suggestion #%llu, unit %llu rewritten: ", (unsigned long long)e->amend.suggestion,
		 (unsigned long long)e->amend.unit + 1);
	first_line(&e->amend.line, out);
}

static void apply(const struct event *e, struct str *out)
{
	str_addf(out, "applied suggestion #%llu (%s): took %llu, refused %llu, %llu open",
		 (unsigned long long)e->apply.suggestion, e->apply.how,
		 (unsigned long long)e->apply.taken, (unsigned long long)e->apply.refused,
		 (unsigned long long)e->apply.open);
	if (timeline_unread(e))
		str_addf(out, "; %llu unread", (unsigned long long)timeline_unread(e));
}

static void fix(const struct event *e, struct str *out)
{
	str_addf(out, "fix");
	if (e->fix.ask)
		str_addf(out, " of #%llu", (unsigned long long)e->fix.ask);
	str_addf(out, ": %s", e->fix.text[0] ? e->fix.text : e->fix.end);
}

static void run(const struct event *e, struct str *out)
{
	str_addf(out, "simulates %s with %s", e->run.testbench, e->run.engine);
}

static void set(const struct event *e, struct str *out)
{
	str_addf(out, "set %s %s", e->set.name, e->set.value);
}

static void note(const struct event *e, struct str *out)
{
	str_adds(out, "note: ");
	first_line(&e->note.text, out);
}

static void mark(const struct event *e, struct str *out)
{
	str_addf(out, "mark: %s", e->mark.name);
}

static void rewound(const struct event *e, struct str *out)
{
	str_addf(out, "rewound to #%llu", (unsigned long long)e->rewind.to);
}

static void seal(const struct event *e, struct str *out)
{
	str_addf(out, "sealed up to #%llu", (unsigned long long)e->n - 1);
}

static void unknown(const struct event *e, struct str *out)
{
	str_adds(out, "something that a newer posedge recorded");
}

/* NULL: the event only continues another. */
static void (*const text_of[EVENT_TYPES])(const struct event *e, struct str *out) = {
	[EVENT_START] = start,	     [EVENT_OPEN] = opened,	[EVENT_EDIT] = edit,
	[EVENT_RENAME] = renamed,    [EVENT_REMOVE] = removed,	[EVENT_GOTO] = go,
	[EVENT_SAVE] = save,	     [EVENT_CLOSE] = closed,	[EVENT_ASK] = ask,
	[EVENT_CALL] = call,	     [EVENT_RESULT] = result,	[EVENT_ANSWER] = answer,
	[EVENT_SUGGEST] = suggest,   [EVENT_DECIDE] = decide,	[EVENT_SPLIT] = split,
	[EVENT_AMEND] = amend,	     [EVENT_APPLY] = apply,	[EVENT_LINT] = lint,
	[EVENT_RUN] = run,	     [EVENT_VERDICT] = verdict, [EVENT_SET] = set,
	[EVENT_NOTE] = note,	     [EVENT_MARK] = mark,	[EVENT_REWIND] = rewound,
	[EVENT_SEAL] = seal,	     [EVENT_STEER] = steer,	[EVENT_UNKNOWN] = unknown,
	[EVENT_CRITIQUE] = critique, [EVENT_FIX] = fix,
};

bool timeline_text(const struct event *e, struct str *out)
{
	if (e->type >= EVENT_TYPES || !text_of[e->type])
		return false;
	text_of[e->type](e, out);
	return true;
}

static void clock_and_number(const struct event *e, struct str *out)
{
	time_t seconds = (time_t)(e->t_ms / 1000);
	struct tm tm;
	char clock[16];

	localtime_r(&seconds, &tm);
	strftime(clock, sizeof(clock), "%H:%M:%S", &tm);
	str_addf(out, "%s  #%-4llu ", clock, (unsigned long long)e->n);
}

void timeline_line(const struct event *e, struct str *out)
{
	size_t start = out->len;

	clock_and_number(e, out);
	if (!timeline_text(e, out))
		str_cut(out, start);
}

static bool goes_on(const struct timeline *t, const struct event *e)
{
	return t->path && strcmp(t->path, e->edit.path) == 0 && t->by.source == e->edit.by.source &&
	       t->by.suggestion == e->edit.by.suggestion;
}

bool timeline_next(struct timeline *t, const struct event *e, struct str *out)
{
	bool again = e->type == EVENT_EDIT && goes_on(t, e);
	size_t start = out->len;

	if (!again) {
		timeline_line(e, out);
		if (out->len == start)
			return false;
		timeline_fini(t);
	}
	if (e->type != EVENT_EDIT)
		return false;
	count_changes(e->edit.v, e->edit.n, &t->out, &t->in);
	t->edits++;
	if (again) {
		clock_and_number(e, out);
		str_addf(out, "edited %s: %llu edit%s, ", t->path, (unsigned long long)t->edits,
			 count_s(t->edits));
		say_changes(t->out, t->in, t->by, out);
	} else {
		t->path = mem_strdup(e->edit.path);
		t->by = e->edit.by;
	}
	return again;
}

void timeline_fini(struct timeline *t)
{
	free(t->path);
	*t = (struct timeline){ 0 };
}
