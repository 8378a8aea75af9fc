/* Words behind an @. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/ask/ask_at.h"
#include "session/base/str.h"

static bool collect(void *ctx, const char *word, struct err *err)
{
	str_addf(ctx, "<%s>", word);
	return true;
}

CASE(words_are_found_without_quotes_and_punctuation)
{
	static const struct {
		const char *question, *words;
	} cases[] = {
		{ "@a", "<a>" },
		{ "why (@lint)? and @rtl/q.sv:1-3.", "<lint><rtl/q.sv:1-3>" },
		{ "@(posedge clk) @* a@b.c @", "" },
		{ "@\"my lab/q.sv\"", "<my lab/q.sv>" },
		{ "see @\"my lab/q.sv\":10-40, @sim", "<my lab/q.sv:10-40><sim>" },
		{ "@\"my lab/q.sv\". @\"it's (1).v\"", "<my lab/q.sv><it's (1).v>" },
		{ "@\"open\n\" @\"\" @\"open", "" },
		{ "@\"a\"b @'a b'", "<a>" },
		{ "@\"my @lab/q.sv\":3 @\"a (@b) c.v\"", "<my @lab/q.sv:3><a (@b) c.v>" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str words = STR_INIT;

		assert_true(ask_at_words(cases[i].question, collect, &words, NULL));
		assert_string_equal(str_cstr(&words), cases[i].words);
		str_free(&words);
	}
}

/* | is where it begins; a line without one ends with no such word. */
CASE(the_word_being_typed_is_found)
{
	static const char *const cases[] = {
		"|@",	"see |@ha", "(|@ha", "see |@\"my la", "|@\"", "a\n|@b",
		"@a b", "@\"a\" b", "a@b",   "|@\"a |@b",     "",     "@a\n",
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *bar = strrchr(cases[i], '|');
		struct str s = STR_INIT;
		size_t want = 0;

		for (const char *p = cases[i]; *p; p++) {
			want = p == bar ? s.len : want;
			if (*p != '|')
				str_addc(&s, *p);
		}
		assert_int_equal(ask_at_before(str_cstr(&s), s.len), bar ? want : s.len);
		str_free(&s);
	}
}
