/* A person's answer as a requirement in spec.md. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/str.h"
#include "session/flow/require.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "tests/lib/desk.h"

static void sentence(const char *question, const char *form, const char *answer, const char *want)
{
	struct err err;
	char *is = require_sentence(question, form, answer, &err);

	assert_string_equal(is, want);
	free(is);
}

CASE(an_answer_is_one_sentence)
{
	sentence("Which reset?", NULL, "a synchronous one.", "Which reset? a synchronous one.");
	sentence("width ", NULL, "8", "width: 8.");
	sentence("Is it the\nANSWER?", NULL, "R9 yes\n# no", "Is it the ANSWER? R9 yes # no.");
	sentence("", NULL, "", " .");
	sentence("x", "The reset is ANSWER here.", "low", "The reset is low here.");
}

static void is_too_long(const char *question, const char *form, const char *answer)
{
	struct err err = { 0 };

	assert_null(require_sentence(question, form, answer, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_non_null(strstr(err.text, "2001 bytes"));
}

CASE(an_answer_is_whole_or_makes_no_requirement)
{
	char *text = calloc(1, REQUIRE_MAX + 2), *is;
	struct err err;

	memset(text, 'a', REQUIRE_MAX);
	is = require_sentence(text, NULL, text, &err);
	assert_int_equal(strlen(is), 2 * REQUIRE_MAX + strlen(": ."));
	free(is);
	text[REQUIRE_MAX] = 'b';
	is_too_long("q", NULL, text);
	is_too_long(text, NULL, "a");
	is_too_long("q", "It is ANSWER.", text);
	text[REQUIRE_MAX] = '.'; /* does not count at the end of an answer */
	sentence("q", "ANSWER", "8...", "8");
	is = require_sentence("q", NULL, text, &err);
	assert_int_equal(strlen(is), REQUIRE_MAX + strlen("q: ."));
	free(is);
	free(text);
}

static const struct proposal *waiting(struct desk *d)
{
	const struct state *s = session_state(d->w.session);
	const struct proposal *p = NULL;

	for (size_t i = 0; i < s->n_proposals; i++)
		if (s->proposals[i]->state == PROPOSAL_OPEN) {
			assert_null(p);
			p = s->proposals[i];
		}
	assert_non_null(p);
	return p;
}

static void proposes(struct desk *d, const char *want)
{
	size_t len;
	const char *text = suggestion_proposed(waiting(d)->s, &len);

	assert_int_equal(len, strlen(want));
	assert_memory_equal(text, want, len);
}

IN_TASK(answers_go_on_from_what_waits_of_earlier_ones)
{
	struct err err;

	tool_write(d->root, "spec.md", "- R1 one\n- R2 two\n\nEnd.\n");
	assert_true(require_propose(&d->w, "m", "Which reset?", "low", &err));
	proposes(d, "- R1 one\n- R2 two\n- R3 Which reset? low.\n\nEnd.\n");
	assert_string_equal(waiting(d)->by, "answer to m");
	assert_true(require_propose(&d->w, "mcp:x", "width", "8", &err));
	proposes(d, "- R1 one\n- R2 two\n- R3 Which reset? low.\n- R4 width: 8.\n\nEnd.\n");
	/* Refused requirements do not return with the next answer. */
	assert_true(flow_decide(d->w.session, waiting(d)->n, 1, 1, DECISION_REFUSED, &err));
	assert_true(require_propose(&d->w, "m", "depth", "4", &err));
	proposes(d, "- R1 one\n- R2 two\n- R3 Which reset? low.\n- R4 depth: 4.\n\nEnd.\n");
	holds(d, "spec.md", "- R1 one\n- R2 two\n\nEnd.\n");
}

/* The user types the same number at the same place, decides, and answers again. */
IN_TASK(an_answer_takes_back_nothing_that_was_typed_since)
{
	static const char first[] = "- R1 one\n\nEnd.\n",
			  typed[] = "- R1 one\n- R2 mine\n\nThe end.\n";
	struct err err;

	tool_write(d->root, "spec.md", first);
	assert_true(require_propose(&d->w, "m", "offset", "-5", &err));
	assert_true(require_propose(&d->w, "m", "width", "8", &err));
	assert_true(require_propose(&d->w, "m", "depth", "4", &err));
	assert_true(flow_decide(d->w.session, waiting(d)->n, 1, 1, DECISION_REFUSED, &err));
	tool_write(d->root, "spec.md", typed);
	assert_true(require_propose(&d->w, "m", "Which reset?", "low", &err));
	proposes(d, "- R1 one\n- R2 mine\n- R3 offset: -5.\n- R4 depth: 4.\n"
		    "- R5 Which reset? low.\n\nThe end.\n");
	assert_true(flow_decide(d->w.session, waiting(d)->n, 0, 2, DECISION_TAKEN, &err));
	assert_true(flow_apply(d->w.session, waiting(d)->n, "test", &err));
	holds(d, "spec.md",
	      "- R1 one\n- R2 mine\n- R3 offset: -5.\n- R4 depth: 4.\n"
	      "- R5 Which reset? low.\n\nThe end.\n");
}

IN_TASK(a_last_line_without_an_end_is_no_answer)
{
	struct err err;

	tool_write(d->root, "spec.md", "R1 one");
	assert_true(require_propose(&d->w, "m", "width", "8", &err));
	proposes(d, "R1 one\nR2 width: 8.\n");
	tool_write(d->root, "spec.md", "R1 one\nR2 two");
	assert_true(require_propose(&d->w, "m", "depth", "4", &err));
	proposes(d, "R1 one\nR2 two\nR3 width: 8.\nR4 depth: 4.\n");
}

IN_TASK(an_answer_begins_a_spec_and_a_spec_that_cannot_be_read_is_said)
{
	char *path = str_fmt("%s/spec.md", d->root);
	struct err err;

	assert_true(require_propose(&d->w, "m", "Which reset?", "low", &err));
	proposes(d, "R1  Which reset? low.\n");
	assert_int_equal(mkdir(path, 0700), 0);
	free(path);
	assert_false(require_propose(&d->w, "m", "width", "8", &err));
	require_tell(&d->w, "m", "width", "8");
	assert_non_null(strstr(str_cstr(&d->notes), "no requirement was made of that answer: "));
	proposes(d, "R1  Which reset? low.\n");
}
