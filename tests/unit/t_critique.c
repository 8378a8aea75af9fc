#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/critique.h"
#include "session/base/str.h"
#include "session/text/text.h"
#include "session/output/diag.h"

static const char file[] = "module m(input clk, d, output reg q);\n" /* 1 */
			   "  always @(posedge clk)\n"		     /* 2 */
			   "    q <= d;\n"			     /* 3 */
			   "\talways @(posedge clk)\r\n"	     /* 4 */
			   "    if (d | q)  // P1 is no finding\n"   /* 5 */
			   "      q = 1'b0;\n"			     /* 6 */
			   "endmodule\n";			     /* 7 */

static const struct diag_list *read_it(const char *answer, struct strv *unplaced)
{
	return critique_read(answer, strlen(answer), "m.v", file, sizeof(file) - 1, unplaced);
}

/* One finding as it is parsed: "P1 3 what is wrong", or the sentence that it was not
 * placed. */
static void reads_as(const char *answer, const char *want)
{
	struct strv unplaced = STRV_INIT;
	const struct diag_list *l = read_it(answer, &unplaced);
	struct str got = STR_INIT;

	for (size_t i = 0; i < diag_list_len(l); i++) {
		const struct diag *d = diag_list_at(l, i);

		str_addf(&got, "%s%s %d %s", got.len ? "; " : "", d->code, d->line, d->text);
	}
	for (size_t i = 0; i < unplaced.n; i++)
		str_addf(&got, "%s%s", got.len ? "; " : "", unplaced.v[i]);
	assert_string_equal(str_cstr(&got), want);
	str_free(&got);
	strv_free(&unplaced);
	diag_list_free(l);
}

static void is_found_again(const char *line, const char *quote)
{
	char *text = str_fmt("module m;\n%s\nendmodule\n", line);
	char *answer = str_fmt("[P1] x\n> %s\n", quote);
	struct text *t = text_new(text, strlen(text));
	struct strv unplaced = STRV_INIT;
	const struct diag_list *l =
		critique_read(answer, strlen(answer), "m.v", text, strlen(text), &unplaced);

	assert_int_equal(diag_list_len(l), 1);
	assert_int_equal(diag_list_at(l, 0)->line, 2);
	assert_int_equal(critique_line(diag_list_at(l, 0), t), 2);
	diag_list_free(l);
	strv_free(&unplaced);
	text_free(t);
	free(answer);
	free(text);
}

CASE(a_finding_stands_at_the_line_that_it_quotes)
{
	reads_as("[P0] two drivers\n> q = 1'b0;\n", "P0 6 two drivers");
	reads_as("[P0] two drivers\n> q=1'b0 ;", "P0 6 two drivers");
	reads_as("Here is what I see:\n\n[P1] a\n> q <= d;\n\n[P3] b\n>module m(input clk, d, "
		 "output reg q);\n"
		 "That is all.",
		 "P1 3 a; P3 1 b");
	reads_as("NOTHING", "");
	reads_as("", "");
}

CASE(models_write_it_in_their_own_way)
{
	reads_as("- **P1**: a latch\n  > `q <= d;`", "P1 3 a latch");
	reads_as("1. [P2] \xe2\x80\x94 a latch\n   ```verilog\n   q <= d;\n   ```\n2. (P3) b\n`q = "
		 "1'b0;`",
		 "P2 3 a latch; P3 6 b");
	reads_as("### P1\nIt is wrong,\nand fragile.\n> q <= d;\nMore of it.",
		 "P1 3 It is wrong, and fragile.");
	reads_as("[P1]\n> q <= d;\nIt is wrong.\nAnd more.", "P1 3 It is wrong.");
	reads_as("```\n[P1] a\n> q <= d;\n[P2] b\n> q = 1'b0;\n```", "P1 3 a; P2 6 b");
	reads_as("[P1] a\n```\nq <= d;\n[P2] b\n> q = 1'b0;", "P1 3 a; P2 6 b");
	reads_as("[P1] a\n> 3: q <= d;", "P1 3 a");
	reads_as("[P1] a\n> if (d | q)  // P1 is no finding", "P1 5 a");
}

/* Whatever is in the line, or in the quotation of it, where the finding is found again. */
CASE(a_finding_is_found_again_in_the_unchanged_text)
{
	static const char *const pairs[][2] = {
		{ "\tq <= d;", "q \r<= d;" },
		{ "\tq\x01 <= d;", "q\x01 <= d;" },
		{ "\tq <= d; // \xff\xe2\x80\x8b", "q <= d; // \xff\xe2\x80\x8b" },
		{ "\tq <=\t d; \r", "q <= d;" },
	};
	struct str longest = STR_INIT, quote = STR_INIT;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		is_found_again(pairs[i][0], pairs[i][1]);
	str_adds(&longest, "  assign quite_long = ");
	for (int i = 0; i < 3000; i++)
		str_addf(&longest, "\xc3\xa4_%d | ", i);
	str_add(&quote, longest.data, 60);
	is_found_again(str_cstr(&longest), str_cstr(&quote));
	str_free(&longest);
	str_free(&quote);
}

CASE(the_number_chooses_between_equal_lines)
{
	reads_as("[P1] a\n> always @(posedge clk)", "P1 2 a");
	reads_as("[P1] line 4: a\n> always @(posedge clk)", "P1 4 line 4: a");
	reads_as("[P1] (Line 99999999999999) a\n> always @(posedge clk)",
		 "P1 4 Line 99999999999999) a");
	reads_as("[P1] a\n> 4 | always @(posedge clk)", "P1 4 a");
}

CASE(a_part_of_one_line_tells_the_line)
{
	reads_as("[P1] a\n> input clk, d,", "P1 1 a");
	reads_as("[P1] a\n> 1: input clk,d,", "P1 1 a");
	reads_as("[P1] `output reg q` is no `d` of `q`", "P1 1 `output reg q` is no `d` of `q`");
	/* in several lines, too short, not closed, in none */
	reads_as("[P1] a\n> @(posedge clk)", "not placed: P1 a (m.v has no line `@(posedge clk)`)");
	reads_as("[P1] `q <= d` a", "not placed: P1 `q <= d` a (it quotes no line)");
	reads_as("[P1] a `output reg q", "not placed: P1 a `output reg q (it quotes no line)");
	reads_as("[P1] `output wire q` a", "not placed: P1 `output wire q` a (it quotes no line)");
}

CASE(a_remark_without_a_line_is_not_placed)
{
	reads_as("[P1] a\n> q <= e;", "not placed: P1 a (m.v has no line `q <= e;`)");
	reads_as("[P1] line 3: a\n> q <= e;",
		 "not placed: P1 line 3: a (m.v has no line `q <= e;`)");
	reads_as("[P1] a, in line 3", "not placed: P1 a, in line 3 (it quotes no line)");
	reads_as("[P1] a\n>", "not placed: P1 a (it quotes no line)");
	reads_as("[P1] a\n> 3", "not placed: P1 a (m.v has no line `3`)");
	reads_as("P10 a\n> q <= d;", "");
	reads_as("PASS\n> q <= d;", "");
	reads_as("P4 a\n> q <= d;", "");
}

CASE(it_is_bounded)
{
	struct str all = STR_INIT;
	struct strv unplaced = STRV_INIT;
	const struct diag_list *l;

	for (int i = 0; i < 2000; i++)
		str_addf(&all, "[P%d] finding %d \x1b[31m\n> q <= %c;\n", i % 4, i,
			 i % 2 ? 'd' : 'e');
	str_adds(&all, "[P1] ");
	for (int i = 0; i < 100000; i++)
		str_adds(&all, "\xc3\xa4 ");
	str_adds(&all, "\n> q <= d;");
	l = read_it(str_cstr(&all), &unplaced);
	assert_int_equal(diag_list_len(l), CRITIQUE_MAX);
	assert_int_equal(unplaced.n, CRITIQUE_UNPLACED);
	assert_null(strchr(diag_list_at(l, 0)->text, '\x1b'));
	diag_list_free(l);
	strv_free(&unplaced);
	l = read_it(str_cstr(&all) + strlen(str_cstr(&all)) - 300010, &unplaced);
	assert_int_equal(diag_list_len(l), 0); /* cut off: it begins with no P1 */
	diag_list_free(l);
	strv_free(&unplaced);
	str_free(&all);
}

CASE(it_moves_with_its_line_and_goes_with_it)
{
	struct strv unplaced = STRV_INIT;
	const struct diag_list *l =
		read_it("[P1] a\n> \talways @(posedge clk)\n[P2] b\n> q <= d;", &unplaced);
	struct text *t = text_new(file, sizeof(file) - 1);
	struct str said = STR_INIT;

	assert_int_equal(critique_line(diag_list_at(l, 1), t), 3);
	text_edit(t, 0, 0, "// new\n// new\n", 14);
	assert_int_equal(critique_line(diag_list_at(l, 1), t), 5);
	text_edit(t, text_line_start(t, 4), text_line_end(t, 4) - text_line_start(t, 4),
		  "    q <= ~d;", 12);
	assert_int_equal(critique_line(diag_list_at(l, 1), t), 0);
	critique_print(diag_list_at(l, 1), 0, &said);
	assert_string_equal(str_cstr(&said), "m.v P2 b (its line has changed)");
	text_edit(t, 0, text_len(t), "", 0);
	assert_int_equal(critique_line(diag_list_at(l, 0), t), 0);
	str_free(&said);
	text_free(t);
	strv_free(&unplaced);
	diag_list_free(l);
}
