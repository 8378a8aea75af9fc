/* Options: text in, typed values out. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/option/opt.h"
#include "session/verilog/lang.h"
#include "sim/sim.h"
#include "ui/look/theme.h"

static int set_up(void **state)
{
	*state = options_new(simulator_table);
	return 0;
}

static int tear_down(void **state)
{
	options_free(*state);
	return 0;
}

CASE_WITH(each_row_has_a_member_of_its_own, set_up, tear_down)
{
	struct options *o = *state;

	for (size_t i = 0; i < opt_count(); i++) {
		const struct opt *p = opt_at(i);

		assert_ptr_equal(opt_find(p->name), p);
		assert_ptr_equal(opt_of_member(p->member), p);
		assert_string_equal(options_text(o, p), p->initial);
		assert_true(options_set(o, p->name, p->initial, NULL));
		assert_true(i == 0 || strcmp(opt_at(i - 1)->name, p->name) < 0);
	}
	assert_string_equal(OPT(gutter_authors)->name, "gutter.authors");
	assert_string_equal(OPT(wave_quota_mb)->name, "wave.quota_mb");
}

/* A value of each type that is not the initial one. */
static const char *other_value(const struct opt *p)
{
	switch (p->type) {
	case OPT_NUMBER:
		return "7";
	case OPT_FLAG:
		return strcmp(p->initial, "on") == 0 ? "off" : "on";
	case OPT_ENGINE:
		return "icarus";
	case OPT_MONEY:
		return "2.50";
	case OPT_CHOICE:
		return strrchr(p->choices, ' ') + 1;
	case OPT_WORDS:
		if (p->choices)
			return "a=deny \"b c=ask\"";
		return "a \"b c\"";
	default:
		return "a \"b c\"";
	}
}

CASE_WITH(setting_one_option_leaves_the_others, set_up, tear_down)
{
	struct options *o = *state;

	for (size_t i = 0; i < opt_count(); i++) {
		assert_true(options_put(o, opt_at(i), other_value(opt_at(i)), NULL));
		for (size_t k = 0; k < opt_count(); k++)
			assert_string_equal(options_text(o, opt_at(k)),
					    k <= i ? other_value(opt_at(k)) : opt_at(k)->initial);
	}
	assert_true(o->gutter_authors);
	assert_false(o->mouse);
	assert_int_equal(o->sim_wave_mb, 7);
	assert_string_equal(o->theme, "safe");
	assert_string_equal(o->top, "a \"b c\"");
	assert_int_equal(o->link_allow.n, 2);
	assert_string_equal(o->link_allow.v[1], "b c");
	assert_ptr_equal(options_words(o, OPT(link_allow)), &o->link_allow);
}

CASE_WITH(a_value_that_cannot_be_changes_nothing, set_up, tear_down)
{
	static const char *const wrong[][2] = {
		{ "engine", "abacus" },
		{ "budget", "2.5 EUR" },
		{ "budget", "2." },
		{ "budget", "-1" },
		{ "engine", "command" },
		{ "engine", "" },
		{ "prompt.budget", "many" },
		{ "prompt.budget", "0" },
		{ "prompt.budget", "-1" },
		{ "prompt.budget", "1000000001" },
		{ "prompt.budget", "4294967297" },
		{ "prompt.budget", "7x" },
		{ "lint.style", "yes" },
		{ "lint.style", "" },
		{ "theme", "pink" },
		{ "theme", "dark light" },
		{ "defines", "'open" },
	};
	struct options *o = *state;
	struct err err;

	assert_true(options_set(o, "defines", "A=1", NULL));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		const struct opt *p = opt_find(wrong[i][0]);
		char *before = mem_strdup(options_text(o, p));
		unsigned changes = o->changes;

		assert_false(options_set(o, p->name, wrong[i][1], &err));
		assert_true(err.code == ERR_USAGE || err.code == ERR_PARSE);
		assert_non_null(strstr(err.text, p->name));
		assert_string_equal(options_text(o, p), before);
		assert_int_equal(o->changes, changes);
		free(before);
	}
	assert_string_equal(o->engine, ENGINE_AUTO);
	assert_int_equal(o->prompt_budget, 24000);
	assert_false(o->lint_style);
	assert_int_equal(o->defines.n, 1);
}

CASE_WITH(an_unknown_name_gets_the_nearest, set_up, tear_down)
{
	struct err err;

	assert_false(options_set(*state, "engin", "icarus", &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "did you mean engine"));
	assert_false(options_set(*state, "lint.stlye", "on", &err));
	assert_non_null(strstr(err.text, "lint.style"));
}

CASE_WITH(the_change_mark_moves_with_a_change_only, set_up, tear_down)
{
	struct options *o = *state;

	assert_int_equal(o->changes, 0);
	assert_true(options_set(o, "mouse", "off", NULL));
	assert_int_equal(o->changes, 1);
	assert_true(options_set(o, "mouse", "off", NULL));
	assert_int_equal(o->changes, 1);
	/* Its own text, as a command gives a value back that it had replaced. */
	assert_true(options_put(o, OPT(mouse), options_text(o, OPT(mouse)), NULL));
	assert_string_equal(options_text(o, OPT(mouse)), "off");
	assert_true(options_set(o, "mouse", "on", NULL));
	assert_int_equal(o->changes, 2);
}

CASE_WITH(engines_are_those_of_the_table_that_can_be_chosen, set_up, tear_down)
{
	struct strv names = STRV_INIT;
	struct options *none = options_new(NULL);
	struct err err;

	options_choices(*state, OPT(engine), &names);
	assert_int_equal(names.n, 4);
	assert_string_equal(names.v[0], ENGINE_AUTO);
	for (size_t i = 0; simulator_table[i]; i++)
		assert_int_equal(strv_has(&names, simulator_table[i]->name),
				 simulator_table[i] != &simulator_command);
	assert_false(options_set(none, "engine", "icarus", &err));
	assert_non_null(strstr(err.text, "one of auto was expected"));
	options_free(none);
	strv_free(&names);
}

/* The table spells names that belong to others. */
CASE_WITH(each_choice_means_something_to_its_reader, set_up, tear_down)
{
	struct strv themes = STRV_INIT, languages = STRV_INIT;
	enum theme theme;
	enum lang lang;

	options_choices(*state, OPT(theme), &themes);
	for (size_t i = 0; i < themes.n; i++)
		assert_true(theme_parse(themes.v[i], &theme));
	options_choices(*state, OPT(language), &languages);
	for (size_t i = 0; i < languages.n; i++)
		assert_true(lang_parse(languages.v[i], &lang));
	assert_int_equal(themes.n, 4);
	assert_int_equal(languages.n, 3);
	strv_free(&themes);
	strv_free(&languages);
}

/* By the definition, step by step. */
static size_t edits(const char *a, size_t n, const char *b, size_t m)
{
	size_t best, other;

	if (!n || !m)
		return n + m;
	best = edits(a, n - 1, b, m - 1) + (a[n - 1] != b[m - 1]);
	other = edits(a, n - 1, b, m) + 1;
	best = other < best ? other : best;
	other = edits(a, n, b, m - 1) + 1;
	best = other < best ? other : best;
	if (n < 2 || m < 2 || a[n - 1] != b[m - 2] || a[n - 2] != b[m - 1])
		return best;
	other = edits(a, n - 2, b, m - 2) + 1;
	return other < best ? other : best;
}

CASE(edits_are_those_of_the_definition)
{
	unsigned seed = 1;

	for (int i = 0; i < 3000; i++) {
		char a[8] = "", b[8] = "";
		size_t n, m, want;

		seed = seed * 1103515245 + 12345;
		n = seed >> 16 & 7;
		m = seed >> 20 & 7;
		for (size_t k = 0; k < n; k++)
			a[k] = (char)('a' + ((seed = seed * 1103515245 + 12345) >> 16) % 3);
		for (size_t k = 0; k < m; k++)
			b[k] = (char)('a' + ((seed = seed * 1103515245 + 12345) >> 16) % 3);
		want = edits(a, n, b, m);
		assert_int_equal(word_distance(a, b, 8), want);
		assert_int_equal(word_distance(a, b, 2), want > 2 ? 3 : want);
	}
}

CASE_WITH(parameters_are_names_with_values, set_up, tear_down)
{
	struct options *o = *state;
	struct err err;

	assert_true(options_set(o, "parameters", "W=8 FILE=", &err));
	assert_false(options_set(o, "parameters", "W=8 DEPTH", &err));
	assert_non_null(strstr(err.text, "set parameters DEPTH: NAME=VALUE was expected"));
	assert_false(options_set(o, "parameters", "=8", &err));
	assert_int_equal(o->parameters.n, 2);
	assert_true(options_set(o, "parameters", "", &err));
}

CASE(the_nearest_word_is_counted_in_edits)
{
	assert_int_equal(word_distance("lint", "lint", 3), 0);
	assert_int_equal(word_distance("lnit", "lint", 3), 1);
	assert_int_equal(word_distance("lint", "lnit", 3), 1);
	assert_int_equal(word_distance("lint", "simulate", 2), 3);
	assert_int_equal(word_distance("sim", "simulate", 3), 4);
	assert_int_equal(word_distance("", "abc", 3), 3);
	assert_int_equal(word_near("nix"), 1);
	assert_int_equal(word_near("lnit"), 2);
	assert_int_equal(word_near("sim.memry_mb"), 3);
}

/* What an untrusted file may do with each option is decided one by one. */
CASE_WITH(each_option_says_what_it_could_do_in_the_wrong_hands, set_up, tear_down)
{
	static const char *const never[] = { "backend", "link.allow", "review.must_read",
					     "review.unread" };
	const struct options *o = *state;
	struct err err;

	for (size_t i = 0; i < opt_count(); i++) {
		const struct opt *opt = opt_at(i);

		assert_true(strlen(opt->harm) > 10);
		assert_true(opt->trust != OPT_LOWER || opt->type == OPT_NUMBER);
		assert_int_equal(options_harmless(o, opt, opt->initial, &err),
				 opt->trust != OPT_TRUSTED);
	}
	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		assert_false(options_harmless(o, opt_find(never[i]), "on", &err));
	assert_false(options_harmless(o, OPT(backend), "cookbook", &err));
	assert_non_null(strstr(err.text, "sends the design to whoever it names"));
	assert_true(options_harmless(o, OPT(sim_run_seconds), "59", &err));
	assert_false(options_harmless(o, OPT(sim_run_seconds), "61", &err));
	assert_false(options_harmless(o, OPT(prompt_budget), "1000000", &err));
	assert_true(options_harmless(o, OPT(engine), "icarus", &err));
	assert_false(options_harmless(o, OPT(engine), "fake", &err));
}
