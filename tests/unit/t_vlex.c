/* Tokens of Verilog: kinds, lengths, lines, keywords, and any bytes at all. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "tests/lib/random_verilog.h"

/* "k:module s:( n:8", without blanks and the text of comments. */
static char *tokens(const char *text)
{
	static const char letters[] = "_cdknS1\"s?";
	struct str out = STR_INIT;
	enum vlex_state state = VLEX_CODE;
	size_t len = strlen(text);

	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state);

		assert_int_equal(t.off, off);
		assert_true(t.len > 0);
		if (t.kind != VTOKEN_SPACE)
			str_addf(&out, "%s%c:%.*s", out.len ? " " : "", letters[t.kind], (int)t.len,
				 text + off);
		off += t.len;
	}
	return str_take(&out);
}

static void lexes(const char *text, const char *want)
{
	char *got = tokens(text);

	assert_string_equal(got, want);
	free(got);
}

CASE(each_kind_of_token_is_told)
{
	lexes("module m; // x\nendmodule", "k:module n:m s:; c:// x k:endmodule");
	lexes("a /* b\nc */ d", "n:a c:/* b\nc */ n:d");
	lexes("$display(\"a\\\"b\", $)", "S:$display s:( \":\"a\\\"b\" s:, s:$ s:)");
	lexes("`define A `B", "d:`define n:A d:`B");
	lexes("\\a+b c", "n:\\a+b n:c");
	lexes("a\xff\xfe"
	      "b",
	      "n:a ?:\xff\xfe n:b");
	lexes("``x`\"y", "s:`` n:x s:`\" n:y");
}

CASE(numbers_are_one_token)
{
	lexes("12 4'b10x_z 'hFF '0 '1 1.5e-3 10ns 8'sd3 1_000",
	      "1:12 1:4'b10x_z 1:'hFF 1:'0 1:'1 1:1.5e-3 1:10ns 1:8'sd3 1:1_000");
	lexes("4'(x) '{1} int'(y)", "1:4 s:' s:( n:x s:) s:' s:{ 1:1 s:} k:int s:' s:( n:y s:)");
	lexes("a[3:0]", "n:a s:[ 1:3 s:: 1:0 s:]");
}

CASE(a_symbol_is_as_long_as_it_gets_and_a_bracket_stands_alone)
{
	lexes("a<<<=b===c|->d<=e", "n:a s:<<<= n:b s:=== n:c s:|-> n:d s:<= n:e");
	lexes("@(*) (* full_case *)", "s:@ s:( s:* s:) s:( s:* n:full_case s:* s:)");
	lexes("pkg::f(.*)", "n:pkg s::: n:f s:( s:.* s:)");
	lexes("a / b /= c // d", "n:a s:/ n:b s:/= n:c c:// d");
	lexes("a /", "n:a s:/");
}

CASE(a_string_ends_with_its_line)
{
	lexes("\"abc\nx", "\":\"abc n:x");
	lexes("\"abc\\\nx\" y", "\":\"abc\\\nx\" n:y");
}

CASE(a_comment_goes_on_in_the_next_line)
{
	enum vlex_state at = VLEX_CODE;
	struct vtoken t = vlex_next("/* a", 4, 0, &at);

	assert_int_equal(at, VLEX_COMMENT);
	t = vlex_next("b */ c", 6, 0, &at);
	assert_int_equal(t.kind, VTOKEN_COMMENT);
	assert_int_equal(t.len, 4);
	assert_int_equal(at, VLEX_CODE);
	t = vlex_next("\"a\\", 3, 0, &at);
	assert_int_equal(at, VLEX_STRING);
	t = vlex_next("b\" c", 4, 0, &at);
	assert_int_equal(t.kind, VTOKEN_STRING);
	assert_int_equal(t.len, 2);
	assert_int_equal(at, VLEX_CODE);
}

static void kinds_of(const char *text, size_t len, bool by_line, char *kinds)
{
	enum vlex_state at = VLEX_CODE;

	for (size_t off = 0; off < len;) {
		const char *newline = memchr(text + off, '\n', len - off);
		size_t end = by_line && newline ? (size_t)(newline - text) + 1 : len;

		while (off < end) {
			struct vtoken t = vlex_next(text, end, off, &at);

			assert_int_equal(t.off, off);
			assert_true(t.len > 0 && t.off + t.len <= end);
			memset(kinds + off, t.kind, t.len);
			off += t.len;
		}
	}
}

CASE(any_bytes_are_covered_and_lines_alone_give_the_same)
{
	char text[200], whole[200], lines[200];

	for (unsigned seed = 0; seed < test_rounds(20000); seed++) {
		random_text(seed, text, sizeof(text));
		kinds_of(text, sizeof(text), false, whole);
		kinds_of(text, sizeof(text), true, lines);
		assert_memory_equal(whole, lines, sizeof(text));
	}
}

CASE(keywords_depend_on_the_language)
{
	assert_true(vkeyword("module", 6, LANG_V2001));
	assert_true(vkeyword("generate", 8, LANG_V2001));
	assert_false(vkeyword("uwire", 5, LANG_V2001));
	assert_true(vkeyword("uwire", 5, LANG_V2005));
	assert_false(vkeyword("logic", 5, LANG_V2005));
	assert_true(vkeyword("logic", 5, LANG_SV2017));
	assert_false(vkeyword("modul", 5, LANG_SV2017));
	assert_false(vkeyword("modules", 7, LANG_SV2017));
	assert_true(vkeyword("xor", 3, LANG_V2001));
	assert_true(vkeyword("accept_on", 9, LANG_SV2017));
}
