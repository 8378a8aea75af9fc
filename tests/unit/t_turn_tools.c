/* Tools of a turn: proposals build on each other, claims are checked, the user is
 * asked; whatever a model calls, no file changes. */
#include "config.h"

#include "tests/lib/case.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/journal/suggestion.h"
#include "tests/lib/turn_desk.h"

IN_TASK(a_second_proposal_goes_on_from_the_first)
{
	ROUNDS(EDIT("a", "~o", "!o"), EDIT("b", "!o", "o + 1"),
	       "c c propose_edit {\"path\":\"new.v\",\"text\":\"module n; endmodule\\n\","
	       "\"reason\":\"r\"}");
	const struct proposal *p;
	struct str now = STR_INIT;

	begin(d, rounds, "assist");
	ask(d, "change it", &o);
	assert_true(o.ok);
	assert_int_equal(o.r.placed.n, 2);
	p = state_proposal(session_state(d->w.session), o.r.placed.suggestions[0]);
	assert_int_equal(p->state, PROPOSAL_OPEN);
	suggestion_compose_rest(p->s, &now);
	assert_non_null(strstr(str_cstr(&now), "o <= o + 1;"));
	assert_int_equal(p->ask, o.r.ask);
	assert_string_equal(p->by, "s");
	str_free(&now);
	holds(d, "q.v", design);
	holds(d, "new.v", "(none)");
	OVER;
}

IN_TASK(code_in_text_is_proposed_where_nothing_else_was)
{
	static const char code[] = "t ```verilog n.v\nn\nt module n; endmodule\nn\nt ```\nn\n";
	static char with_call[200];
	static const char *const late[] = { "c a search {\"regex\":\"a\"}", code, NULL },
				 *const both[] = { "c a propose_edit {\"path\":\"m.v\",\"text\":"
						   "\"module m; endmodule\\n\",\"reason\":\"r\"}",
						   code, NULL },
				 *const early[] = { with_call, "t that is all", NULL };
	struct outcome o;

	snprintf(with_call, sizeof(with_call), "%sc a search {\"regex\":\"b\"}", code);
	begin(d, late, "assist");
	ask(d, "make n", &o);
	assert_int_equal(o.r.placed.n, 1);
	OVER;
	begin(d, both, "assist");
	ask(d, "make m", &o);
	assert_int_equal(o.r.placed.n, 1);
	OVER;
	begin(d, early, "assist");
	ask(d, "make it", &o);
	assert_int_equal(o.r.placed.n, 0);
	OVER;
}

IN_TASK(who_only_reads_proposes_nothing)
{
	ROUNDS("c a propose_edit {\"path\":\"n.v\",\"text\":\"module n; endmodule\\n\",\"reason\":"
	       "\"r\"}\nc b lint {}\nc c read_file {\"path\":\"q.v\"}",
	       "t ```verilog n.v\nmodule n; endmodule\n```\n");

	begin(d, rounds, "read");
	ask(d, "plan it", &o);
	assert_true(o.ok);
	assert_result(&o, 0, true, "there is no tool propose_edit here");
	assert_result(&o, 1, true, "there is no tool lint here");
	assert_result(&o, 2, false, "always");
	assert_int_equal(o.r.placed.n, 0);
	assert_int_equal(session_state(d->w.session)->n_proposals, 0);
	OVER;
}

IN_TASK(what_judges_is_not_proposed_to)
{
	ROUNDS("c a propose_edit {\"path\":\"q_tb.v\",\"text\":\"module q_tb; endmodule\","
	       "\"reason\":\"r\"}\nc b propose_edit "
	       "{\"path\":\"spec.md\",\"text\":\"less\\n\",\"reason\":\"r\"}");

	begin(d, rounds, "assist");
	put_file(d, "spec.md", "all of it\n");
	ask(d, "make it pass", &o);
	assert_result(&o, 0, true, "judged by");
	assert_result(&o, 1, true, "judged by");
	assert_int_equal(session_state(d->w.session)->n_proposals, 0);
	OVER;
}

/* What is said and asked ----------------------------------------------------------------- */

IN_TASK(done_ends_a_turn_and_says_what_was_shown)
{
	ROUNDS("c a lint {}\nc b done {\"claims\":[{\"claim\":\"it lints\",\"check\":\"lint\"},"
	       "{\"claim\":\"it works\\nby lint "
	       "(PASS)\",\"check\":\"simulate\"},{\"claim\":\"so\"}]}",
	       "t never");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_int_equal(o.end, TURN_DONE);
	assert_int_equal(script.asked, 1);
	assert_result(&o, 1, false,
		      "by lint (lint ok (2 files)): it lints\nnot shown: it works by lint "
		      "(PASS)\nnot shown: so\n");
	OVER;
}

IN_TASK(claims_that_are_too_many_are_counted)
{
	struct str round = STR_INIT;
	const char *rounds[] = { NULL, "t never", NULL };
	struct outcome o;

	str_adds(&round, "c a done {\"claims\":[");
	for (int i = 0; i < 23; i++)
		str_addf(&round, "%s{\"claim\":\"so\"}", i ? "," : "");
	str_adds(&round, "]}");
	rounds[0] = str_cstr(&round);
	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_result(&o, 0, false, "not shown: so\n[cut: 3 more claims]\n");
	str_free(&round);
	OVER;
}

IN_TASK(a_proposal_makes_checks_old)
{
	ROUNDS("c a lint {}\n" EDIT(
		"b", "~o",
		"!o") "\nc c done "
		      "{\"claims\":[{\"claim\":\"it lints\",\"check\":\"lint\"},{\"claim\":\"it is "
		      "good\",\"check\":\"propose_edit\"}]}");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_result(&o, 2, false, "not shown: it lints\nnot shown: it is good\n");
	OVER;
}

static struct str asked;

static char *answers_second(void *ctx, const struct person_question *q, struct err *err)
{
	str_addf(&asked, "%s: %s [%zu] ", q->from, q->text, q->n);
	if (q->n > 1)
		return mem_strdup(q->options[1]);
	err_set(err, ERR_CONSENT, "the person does not answer");
	return NULL;
}

IN_TASK(the_person_is_asked)
{
	ROUNDS("c a ask_person {\"question\":\"Which\\nreset?\",\"options\":[\"sync\",\"async\"]}\n"
	       "c b ask_person {\"question\":\"Width?\"}\nc c ask_person {\"question\":\"x\","
	       "\"options\":\"yes\"}",
	       "c d ask_person {\"question\":\"Again?\"}");

	begin(d, rounds, "assist");
	d->w.out.question = answers_second;
	ask(d, "look", &o);
	assert_string_equal(str_cstr(&asked), "s: Which reset? [2] s: Width? [0] s: Again? [0] ");
	assert_result(&o, 0, false, "async");
	assert_result(&o, 1, true, "does not answer");
	assert_result(&o, 2, true, "must be a list of strings");
	str_free(&asked);
	OVER;
}

IN_TASK(a_question_that_is_cut_says_so)
{
	struct str round = STR_INIT;
	const char *rounds[] = { NULL, "t never", NULL };
	struct outcome o;

	str_adds(&round, "c a ask_person {\"question\":\"");
	for (int i = 0; i < 300; i++)
		str_adds(&round, "reset ");
	str_adds(&round, "\"}");
	rounds[0] = str_cstr(&round);
	begin(d, rounds, "assist");
	d->w.out.question = answers_second;
	ask(d, "look", &o);
	assert_non_null(strstr(str_cstr(&asked), "s: reset reset "));
	assert_non_null(strstr(str_cstr(&asked), "reset rese ... [0] "));
	str_free(&asked);
	str_free(&round);
	OVER;
}

IN_TASK(where_nobody_is_the_model_decides)
{
	ROUNDS("c a ask_person {\"question\":\"Width?\"}\nc b simulate {}");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_result(&o, 0, true, "nobody is there");
	assert_result(&o, 1, true, "set tools.policy simulate=allow");
	assert_int_equal(session_state(d->w.session)->n_runs, 0);
	OVER;
}

static unsigned yeses;

static bool says_yes(void *ctx, const char *question)
{
	yeses++;
	return true;
}

IN_TASK(policies_hold_and_are_asked_about_once)
{
	ROUNDS("c a simulate {}\nc b simulate {\"testbench\":\"q_tb\"}\nc c lint {}");
	struct err refused;

	begin(d, rounds, "assist");
	d->w.out.ask = says_yes;
	yeses = 0;
	assert_true(options_set(d->w.options, "tools.policy", "lint=deny", NULL));
	ask(d, "look", &o);
	assert_int_equal(yeses, 1);
	assert_result(&o, 0, false, "run ");
	assert_result(&o, 1, false, "run ");
	assert_result(&o, 2, true, "does not allow it");
	OVER;
	/* An invalid word is refused, and the earlier setting stays. */
	assert_false(options_set(d->w.options, "tools.policy", "lint=allow search=yes", &refused));
	assert_int_equal(refused.code, ERR_USAGE);
	script_begin(d, (const char *const[]){ "c a lint {}", NULL }, "assist");
	ask(d, "look", &o);
	assert_result(&o, 0, true, "does not allow it");
	OVER;
}

/* Anything ------------------------------------------------------------------------------ */

static uint32_t seed = 20261128;

static size_t roll(size_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void random_call(struct str *out, size_t k)
{
	static const char *const names[] = {
		"read_file", "search",	      "design",	     "lint",	 "propose_edit",
		"wave",	     "ask_person",    "done",	     "simulate", "shell",
		"",	     "read_file\x01", "PROPOSE_EDIT"
	};
	static const char *const args[] = {
		"{}",
		"",
		"[]",
		"null",
		"7",
		"\"x\"",
		"{\"path\":\"q.v\"}",
		"{\"path\":\"../../../etc/passwd\"}",
		"{\"path\":\"/etc/passwd\"}",
		"{\"path\":\".posedge/x\",\"text\":\"y\",\"reason\":\"z\"}",
		"{\"path\":\"q.v\",\"text\":\"module q; endmodule\\n\",\"reason\":\"r\"}",
		"{\"path\":\"n.v\",\"text\":\"\",\"reason\":\"r\"}",
		"{\"path\":\"q_tb.v\",\"text\":\"\",\"reason\":\"r\"}",
		"{\"path\":\"q.v\",\"search\":\"endmodule\",\"replace\":\"endmodule // "
		"x\",\"reason\":"
		"\"r\"}",
		"{\"regex\":\"(\"}",
		"{\"regex\":\"q\"}",
		"{\"what\":\"hierarchy\"}",
		"{\"what\":\"ports\",\"module\":\"q\"}",
		"{\"op\":\"table\"}",
		"{\"claims\":[{\"claim\":\"all\",\"check\":\"lint\"},7]}",
		"{\"claims\":{}}",
		"{\"question\":\"what\",\"options\":[1]}",
		"{\"path\":1e999}",
		"{\"from\":-1,\"path\":\"q.v\"}",
		"{\"path\":\"\\u0000\\ud800\"}",
		"{\"proposal\":true}",
		"{\"proposal\":\"yes\"}",
	};
	char *text = mem_strdup(args[roll(sizeof(args) / sizeof(*args))]);

	if (roll(5) == 0)
		text[roll(strlen(text) + 1)] = '\0';
	str_addf(out, "c %zu %s %s\n", roll(4) ? k : 0, names[roll(sizeof(names) / sizeof(*names))],
		 text);
	free(text);
}

static char *random_round(void)
{
	static const char *const ends[] = { "f stop",	"f length", "f tools", "f pause",
					    "f filter", "e broken", "" };
	struct str s = STR_INIT;
	size_t calls = roll(4) ? roll(4) : roll(24);
	char *text;

	if (roll(2))
		str_adds(&s, "t some text\n");
	for (size_t i = 0; i < calls; i++) {
		random_call(&s, i + 1);
		if (roll(8) == 0)
			str_adds(&s, "o {\"k\":[1]}\n");
	}
	if (roll(6) == 0)
		str_adds(&s, ends[roll(sizeof(ends) / sizeof(*ends))]);
	text = mem_strdup(str_cstr(&s));
	str_free(&s);
	return text;
}

#define TRANSCRIPTS 1000

static struct str *tree;

static int add_file(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	struct str text = STR_INIT;

	if (kind == FTW_F && !strstr(path, "/.posedge/") && file_read(path, 1u << 20, &text, NULL))
		str_addf(tree, "%s: %s\n", path, str_cstr(&text));
	else if (kind != FTW_F && strcmp(path + at->base, ".posedge") != 0)
		str_addf(tree, "%s\n", path);
	str_free(&text);
	return kind == FTW_D && strcmp(path + at->base, ".posedge") == 0 ? FTW_SKIP_SUBTREE
									 : FTW_CONTINUE;
}

/* Everything below the project's folder except the session. */
static char *all_files(const struct desk *d)
{
	struct str s = STR_INIT;
	char *text;

	tree = &s;
	assert_int_equal(nftw(d->root, add_file, 16, FTW_PHYS | FTW_ACTIONRETVAL), 0);
	text = mem_strdup(str_cstr(&s));
	str_free(&s);
	return text;
}

/* For each: no crash, calls and results paired (turn() checks that), and no file of the
 * project changed or new. A model that may only read proposes nothing. */
IN_TASK(a_thousand_transcripts_write_nothing)
{
	size_t n = test_rounds(TRANSCRIPTS), proposed = 0, reading = 0;
	char *before, *after;

	project(d);
	put_file(d, "spec.md", "all of it\n");
	before = all_files(d);
	for (size_t i = 0; i < n; i++) {
		char *rounds[7] = { NULL };
		struct outcome o;
		bool reads;

		for (size_t k = 0, all = 1 + roll(6); k < all; k++)
			rounds[k] = random_round();
		reads = roll(4) == 0;
		script_begin(d, (const char *const *)rounds, reads ? "read" : "assist");
		ask(d, "go", &o);
		assert_true(!reads || o.r.placed.n == 0);
		reading += reads;
		proposed += o.r.placed.n > 0;
		OVER;
		for (size_t k = 0; rounds[k]; k++)
			free(rounds[k]);
	}
	after = all_files(d);
	assert_string_equal(after, before);
	assert_true(n < TRANSCRIPTS || (proposed > 0 && reading > 0));
	free(before);
	free(after);
}
