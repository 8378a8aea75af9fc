#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/flow/spec.h"

static void reads(const char *text, const char *want)
{
	struct spec s = { 0 };
	struct str out = STR_INIT;

	spec_read(&s, text, strlen(text));
	for (size_t i = 0; i < s.n; i++)
		str_addf(&out, "%d %s=%s\n", s.v[i].line, s.v[i].id, s.v[i].text);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	spec_fini(&s);
}

CASE(requirements_in_every_form)
{
	reads("R1  one\nR2: two\n  goes on\n\nprose R3 here\n",
	      "1 R1=one\n2 R2=two goes on\n5 =prose R3 here\n");
	reads("- **R1** one\n* REQ-12. two\n| R3 | three |\n## R4 four\n1. five\n2) six\r\n",
	      "1 R1=one\n2 REQ-12=two\n3 R3=three\n4 R4=four\n5 1=five\n6 2=six\n");
	reads("# Title 2\n8-bit counter\nR2D2 is a robot\n", "2 =8-bit counter R2D2 is a robot\n");
	reads("R1.2 nested\nR1.3\n", "1 R1.2=nested\n2 R1.3=\n");
	reads("R1 -5 V\nR2: .5 V\nR3 - x\nR4. y\n", "1 R1=-5 V\n2 R2=.5 V\n3 R3=x\n4 R4=y\n");
	reads("", "");
}

static void extends(const char *text, const char *want)
{
	struct strv lines = STRV_INIT;
	struct str out = STR_INIT;

	strv_add(&lines, "new");
	spec_extend(text, strlen(text), &lines, &out);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	strv_free(&lines);
}

CASE(a_requirement_is_written_as_the_others_are)
{
	extends("R1  a\nR7  b\n", "R1  a\nR7  b\nR8  new\n");
	extends("R1  a\n\nR2  b\n\nend\n", "R1  a\n\nR2  b\n\nR3  new\n\nend\n");
	extends("- REQ-9: a", "- REQ-9: a\n- REQ-10: new\n");
	extends("| R1 | a |\n| R2 | b |\n", "| R1 | a |\n| R2 | b |\n| R3 | new |\n");
	extends("R1  -5 V\nR2  .5 V", "R1  -5 V\nR2  .5 V\nR3  new\n");
	extends("R1: a\nR3\n", "R1: a\nR3\nR4: new\n");
	extends("R3.\n", "R3.\nR4  new\n");
	extends("2) a\n7) |\n", "2) a\n7) |\n8) new\n");
	extends("2) |\n", "2) |\n3. new\n");
	extends("words\n", "words\n\nR1  new\n");
	extends("", "R1  new\n");
}

static void says(const char *text, const char *words, bool want)
{
	if (spec_says(text, words, NULL) != want)
		fail_msg("\"%s\" and \"%s\"", text, words);
}

CASE(words_are_whole_ones)
{
	says("an asynchronous reset", "synchronous", false);
	says("Synchronous Reset", "synchronous", true);
	says("active-low", "active low", true);
	says("rst_next", "rst", false);
	says("rst_next", "rst_*", true);
	says("12-bit wide", "# bit*", true);
	says("count[WIDTH-1:0]", "[* #:#]", true);
	says("DATA_WIDTH bits", "*WIDTH*", true);
	says("a write; full", "write*&full", true);
	says("a write", "write*&full", false);
	says("", "a", false);
}

/* The rules that ask, in order. */
static void opens(const char *text, const char *want)
{
	struct spec s = { 0 };
	struct spec_opens o = { 0 };
	struct str out = STR_INIT;

	spec_read(&s, text, strlen(text));
	spec_check(&s, &o);
	for (size_t i = 0; i < o.n; i++)
		str_addf(&out, "%s:%d ", o.v[i].rule, o.v[i].line);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	spec_opens_fini(&o);
	spec_fini(&s);
}

#define WHOLE                                                               \
	"R1  An 8-bit counter counts rising edges of clk and wraps to 0.\n" \
	"R2  The synchronous reset rst, active high, sets the count to 0 in the same cycle.\n"

CASE(what_is_said_is_not_asked)
{
	opens(WHOLE, "");
	opens("R1  y is a and b, one bit each, combinational.\n", "");
	opens(WHOLE "R3  The count stays as long as en is 0.\n", "");
	opens(WHOLE "R3  As long as en is 0 it No Longer counts.\n", "");
}

/* Each removes one thing from a spec that leaves nothing open, or adds one. */
CASE(what_is_not_said_is_asked)
{
	opens("R1  An 8-bit counter counts up and wraps. R2 The synchronous reset rst_n.\n",
	      "clock:0 ");
	opens("R1  An 8-bit counter of rising edges of clk that wraps.\n", "reset:0 ");
	opens("R1  clk, 8 bits, wraps.\nR2  A synchronous reset rst.\n", "reset.polarity:2 ");
	opens("R1  clk, 8 bits, wraps.\nR2  The reset rst_n.\n", "reset.kind:2 ");
	opens("R1  The counter counts edges of clk and wraps.\nR2  No reset.\n", "width:1 ");
	opens("R1  clk, 8 bits: the result is the larger operand.\nR2  No reset.\n", "latency:1 ");
	opens("R1  clk, an 8-bit counter.\nR2  No reset.\n", "overflow:1 ");
	opens("R1  clk, a FIFO of 8 bits; a read while empty gives 0.\nR2  No reset.\n", "full:1 ");
	opens("R1  clk, a FIFO of 8 bits; a write while full is lost.\nR2  No reset.\n",
	      "empty:1 ");
	opens("R1  The opcode selects add, with carry, of 8 bits, each cycle of clk.\nR2  No "
	      "reset.\n",
	      "other:1 ");
	opens(WHOLE "R3  It should be fast.\n", "word:3 ");
	opens(WHOLE "R3  As long as en is 0 there is a long pause.\n", "word:3 ");
	opens(WHOLE "R1  Again.\n", "numbers:3 ");
	opens(WHOLE "R3  The reset rst_n is asynchronous, active low.\n",
	      "reset.kind:3 reset.polarity:3 ");
	opens("only prose, combinational, one bit\n", "numbers:0 ");
}
