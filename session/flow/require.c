/* Collects successive answers in one suggestion. A new sentence is added to what the
 * last suggestion contains, and the new suggestion replaces it, which keeps decisions
 * on the lines they share. If spec.md was changed in between, only the sentences that
 * were not refused are carried over, and they are added to the current file.
 */
#include "config.h"

#include "session/flow/require.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/flow/spec.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

static const char spec_path[] = "spec.md", by_answer[] = "answer to ";

/* A requirement is one line, so control bytes become blanks. */
static void add_line(struct str *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		str_addc(out, (unsigned char)text[i] < 0x20 || text[i] == 0x7f ? ' ' : text[i]);
}

static size_t without_end(const char *text, const char *end)
{
	size_t n = strlen(text);

	while (n && strchr(end, text[n - 1]))
		n--;
	return n;
}

static bool fits(const char *what, size_t len, struct err *err)
{
	return len <= REQUIRE_MAX ||
	       err_set(err, ERR_LIMIT,
		       "%s of %zu bytes is too long for one requirement (%u): write it into "
		       "spec.md",
		       what, len, REQUIRE_MAX);
}

char *require_sentence(const char *question, const char *form, const char *answer, struct err *err)
{
	const char *at = form ? strstr(form, "ANSWER") : NULL;
	size_t asked = without_end(question, " \t\n"), said = without_end(answer, ". \t\n");
	struct str out = STR_INIT;

	if (!fits("an answer", said, err) || (!at && !fits("a question", asked, err)))
		return NULL;
	if (at) {
		str_add(&out, form, (size_t)(at - form));
		add_line(&out, answer, said);
		str_adds(&out, at + strlen("ANSWER"));
	} else {
		add_line(&out, question, asked);
		if (asked && !strchr("?:.!", question[asked - 1]))
			str_addc(&out, ':');
		str_addc(&out, ' ');
		add_line(&out, answer, said);
		str_addc(&out, '.');
	}
	return str_take(&out);
}

/* The newest open suggestion made from answers; NULL: there is none. */
static const struct proposal *earlier(const struct state *s)
{
	for (size_t i = s->n_proposals; i-- > 0;) {
		const struct proposal *p = s->proposals[i];

		if (p->state == PROPOSAL_OPEN && str_starts(p->by, by_answer) &&
		    strcmp(suggestion_path(p->s), spec_path) == 0)
			return p;
	}
	return NULL;
}

static bool read_spec(struct workbench *w, struct str *out, bool *is_new, struct err *err)
{
	struct err why;

	*is_new = false;
	if (workbench_read_whole(w, spec_path, out, &why))
		return true;
	*is_new = why.code == ERR_NOT_FOUND;
	return *is_new || err_copy(err, &why);
}

static bool is_base(const struct suggestion *s, const struct str *text)
{
	size_t len;
	const char *base = suggestion_base(s, &len);

	return len == text->len && memcmp(base, str_cstr(text), len) == 0;
}

/* The sentence that unit i adds, unless it was refused. Empty: none, or only the end
 * of the base's last line. */
static struct slice sentence_of(const struct suggestion *s, size_t i)
{
	const struct unit *u = suggestion_unit(s, i);
	struct slice line = { .n = 0 }, old = { .n = 0 };

	if (u->decision == DECISION_REFUSED || (u->kind != UNIT_ADDED && u->kind != UNIT_REPLACED))
		return old;
	line.p = suggestion_line(s, i, &line.n);
	if (u->kind == UNIT_REPLACED)
		old.p = suggestion_base_line(s, i, &old.n);
	if (old.n && old.n == line.n && memcmp(old.p, line.p, old.n) == 0)
		return (struct slice){ .n = 0 };
	return spec_sentence(line);
}

/* The starting point for the next suggestion: the previous suggestion as composed,
 * or, if the file was changed since, the file plus the sentences in lines. */
static void go_on(const struct suggestion *old, const struct str *base, struct str *from,
		  struct strv *lines)
{
	if (old && is_base(old, base)) {
		suggestion_compose_rest(old, from);
		return;
	}
	str_add(from, str_cstr(base), base->len);
	for (size_t i = 0; old && i < suggestion_units(old); i++) {
		struct slice l = sentence_of(old, i);

		if (l.n)
			strv_addn(lines, l.p, l.n);
	}
}

static bool propose(struct session *s, const char *by, const struct str *base, bool is_new,
		    const char *sentence, struct err *err)
{
	const struct proposal *old = earlier(session_state(s));
	struct proposed p = { .path = spec_path, .by = by, .new_file = is_new };
	struct strv lines = STRV_INIT;
	struct str from = STR_INIT, text = STR_INIT;
	uint64_t n, was = old ? old->n : 0;
	bool ok;

	go_on(old ? old->s : NULL, base, &from, &lines);
	strv_add(&lines, sentence);
	spec_extend(str_cstr(&from), from.len, &lines, &text);
	p.base = (struct bytes){ str_cstr(base), base->len };
	p.text = (struct bytes){ str_cstr(&text), text.len };
	ok = flow_suggest(s, &p, &n, err) &&
	     (!was || flow_replace(s, was, n, "another answer joined it", err)) &&
	     session_sync(s, err);
	strv_free(&lines);
	str_free(&from);
	str_free(&text);
	return ok;
}

bool require_propose(struct workbench *w, const char *from, const char *question,
		     const char *answer, struct err *err)
{
	char *sentence = require_sentence(question, NULL, answer, err);
	char *by = str_fmt("%s%s", by_answer, from);
	struct str base = STR_INIT;
	bool is_new, ok;

	ok = sentence && workbench_session(w, SESSION_APPEND, err) &&
	     read_spec(w, &base, &is_new, err) &&
	     propose(w->session, by, &base, is_new, sentence, err);
	free(by);
	free(sentence);
	str_free(&base);
	return ok;
}

void require_tell(struct workbench *w, const char *from, const char *question, const char *answer)
{
	struct err err;

	if (require_propose(w, from, question, answer, &err))
		report_note(&w->out, "spec.md: one more requirement, to be decided in review");
	else
		report_note(&w->out, "no requirement was made of that answer: %s", err.text);
}
