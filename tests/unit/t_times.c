#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/run_time.h"
#include "session/tool/simulator.h"
#include "session/trace/trace.h"
#include "tests/lib/wave.h"
#include "session/verdict/run.h"
#include "session/output/told_time.h"
#include "session/output/vprint.h"

/* "30 ?", "30.5 -9", "30 step", "" for nothing. */
static char *shown(const struct told_time *t)
{
	static const char *const names[] = { "", "?", "step", "format", "s" };
	uint64_t whole = t->n, rest = 0, scale = 1;

	if (t->unit == TOLD_NOTHING)
		return mem_strdup("");
	for (int i = 0; i < t->decimals; i++, scale *= 10) {
		rest += whole % 10 * scale;
		whole /= 10;
	}
	return t->decimals > 0 ? str_fmt("%llu.%0*llu %s%d", (unsigned long long)whole, t->decimals,
					 (unsigned long long)rest, names[t->unit], t->exponent)
			       : str_fmt("%llu %s%d", (unsigned long long)t->n, names[t->unit],
					 t->exponent);
}

CASE(words_tell_a_time)
{
	static const struct {
		const char *line, *want;
	} cases[] = {
		{ "FAIL: R2: count is 3, not 4, at 30000", "30000 ?0" },
		{ "Error at time 5000: q is 3", "5000 ?0" },
		{ "Error at time=5000 q=3", "5000 ?0" },
		{ "MISMATCH t=30 q=3", "30 ?0" },
		{ "t = 30: q=3 expected 4", "30 ?0" },
		{ "T: 30 FAIL", "30 ?0" },
		{ "Time:                30 FAIL q=3", "30 ?0" },
		{ "TIME = 30.00 ns, wrong q", "30.00 s-9" },
		{ "[30] ERROR q", "30 ?0" },
		{ "[30000 ps] ERROR q", "30000 s-12" },
		{ "ERROR @30: 5 != 6", "30 ?0" },
		{ "ERROR @ 30: 5 != 6", "30 ?0" },
		{ "FAIL 3 != 4 @ 30ns", "30 s-9" },
		{ "FAIL 3 != 4 after 30 ns", "30 s-9" },
		{ "FAIL at 1.5us", "1.5 s-6" },
		{ "FAIL q=3 (30000)", "30000 ?0" },
		{ "30000: FAIL q=3", "30000 ?0" },
		{ "   30 : mismatch", "" },
		{ "Hint: First mismatch occurred at time 20.", "20 ?0" },
		{ "Mismatch at 20, vector 3", "20 ?0" },
		{ "ERROR in test 4 at sim time 120 ns", "120 s-9" },
		/* these name none */
		{ "FAIL: q is 3, not 4", "" },
		{ "Error at address 30", "" },
		{ "Error at index[30]", "" },
		{ "Mismatches: 3 in 128 samples", "" },
		{ "FAIL q=8'h30 t0=x", "" },
		{ "FAIL at 0x30", "" },
		{ "FAIL at cycle 12", "" },
		{ "version 1.2.3 failed", "" },
		{ "at 99999999999999999999999", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct told_time t;
		bool found = told_time_read(cases[i].line, strlen(cases[i].line), &t);
		char *is = shown(&t), *line = str_fmt("%s -> %s", cases[i].line, is),
		     *want = str_fmt("%s -> %s", cases[i].line, cases[i].want);

		assert_string_equal(line, want);
		assert_int_equal(found, cases[i].want[0] != '\0');
		free(is);
		free(line);
		free(want);
	}
}

CASE(a_time_is_converted_exactly_or_not_at_all)
{
	uint64_t n = 7;

	assert_true(told_time_to_dump(&(struct told_time){ TOLD_SECONDS, 30, 0, -9, true }, 1, -12,
				      &n));
	assert_int_equal(n, 30000);
	assert_true(told_time_to_dump(&(struct told_time){ TOLD_SECONDS, 3025, 2, -8, true }, 100,
				      -12, &n));
	assert_int_equal(n, 3025);
	assert_true(told_time_to_dump(&(struct told_time){ TOLD_SECONDS, 1999, 0, -12, true }, 1,
				      -9, &n));
	assert_int_equal(n, 1);
	assert_true(told_time_to_dump(&(struct told_time){ TOLD_SECONDS, 13332, 0, -12, true },
				      6666, -12, &n));
	assert_int_equal(n, 2);
	assert_true(
		told_time_to_dump(&(struct told_time){ TOLD_STEP, 42, 0, 0, true }, 100, -12, &n));
	assert_int_equal(n, 42);
	assert_true(
		told_time_to_dump(&(struct told_time){ TOLD_SECONDS, 0, 0, 3, true }, 1, -18, &n));
	assert_int_equal(n, 0);
	assert_false(
		told_time_to_dump(&(struct told_time){ TOLD_UNKNOWN, 42, 0, 0, true }, 1, -12, &n));
	assert_false(
		told_time_to_dump(&(struct told_time){ TOLD_FORMAT, 42, 0, 0, true }, 1, -12, &n));
	assert_false(told_time_to_dump(
		&(struct told_time){ TOLD_SECONDS, UINT64_MAX / 2, 0, 2, true }, 1, -18, &n));
}

/* What the sources tell about a line: two files, as the tool reads them. */
static char *asked(const char *a, const char *b, const char *line)
{
	struct vprint *p = vprint_new();
	struct told_time t;
	char *is;

	vprint_add(p, "tb/a.sv", a, strlen(a));
	vprint_add(p, "rtl/b.sv", b, strlen(b));
	vprint_end(p);
	told_time_read(line, strlen(line), &t);
	vprint_time(p, line, strlen(line), &t);
	is = shown(&t);
	vprint_free(p);
	return is;
}

static void finds(const char *a, const char *b, const char *line, const char *want)
{
	char *is = asked(a, b, line);

	assert_string_equal(is, want);
	free(is);
}

#define NS "`timescale 1ns / 1ps\nmodule tb;\ninitial begin\n"

CASE(the_statement_that_printed_a_line_knows_its_unit)
{
	finds(NS "$display(\"FAIL: %s, at %0t\", what, $time);", "", "FAIL: q, at 30000",
	      "30000 step0");
	finds(NS "$display(\"FAIL: %s, at %0d\", what, $time);", "", "FAIL: q, at 30", "30 s-9");
	finds(NS "$display(\"FAIL %0d %h\", $time, q);", "", "FAIL 30 0f", "30 s-9");
	finds(NS "$display($time, \" FAIL q=%b\", q);", "", "                  30 FAIL q=01x0",
	      "30 s-9");
	finds(NS "$display(\"%0d ns: FAIL\", $time);", "", "30 ns: FAIL", "30 s-9");
	finds(NS "$display(\"FAIL %0d ns\", $time/1000);", "", "FAIL 30 ns", "30 s-6");
	finds(NS "$display(\"FAIL at %f q=%0d\", $realtime, q);", "", "FAIL at 30.250000 q=3",
	      "30.250000 s-9");
	finds(NS "$display(\"FAIL a=%0d b=%0d at t=%0t (bad)\", a, b, $realtime);", "",
	      "FAIL a=1 b=2 at t=30 (bad)", "30 step0");
	finds(NS "$display(\"FAIL %m.q: got %h, want %h (%0d)\", q, r, $time);", "",
	      "FAIL tb.u.q: got xx, want 0f (12)", "12 s-9");
	finds(NS "$display(\"\\nFAIL\\t%0d\\n  expected 5\", $time);", "", "FAIL\t12", "12 s-9");
	finds(NS "$write(\"FAIL q\"); $display(\" at %0d!\", $time);", "", "FAIL q at 12!",
	      "12 s-9");
	finds(NS "say($sformatf(\"q wrong, now %0d\", $time));", "", "FAIL: q wrong, now 12",
	      "12 s-9");
	/* The indent of a line was cut. */
	finds(NS "$display(\"  seen %0d for %0d, %0d\", q, e, $time);", "", "seen 5 for 3, 12",
	      "12 s-9");
	finds(NS "$display(\"  \", $time, \": seen\");", "", "12: seen", "12 s-9");
	finds(NS "$display(\"%t: %s\", $time, m);", "", "               12000: FAIL",
	      "12000 step0");
}

CASE(the_statement_that_printed_a_line_has_a_place)
{
	static const char a[] = NS "$display(\"timeout\");\n$display(\"twice\"); end\n",
			  b[] = "module b;\n\n`include \"a.sv\"\ninitial $display(\"twice\");\n"
				"initial $display(\"%0d ns too late\", t);\nendmodule\n";
	static const struct {
		const char *line, *place;
	} lines[] = {
		{ "timeout", "tb/a.sv:4" },
		{ "12 ns too late", "rtl/b.sv:5" },
		{ "twice", "" },
		{ "nobody prints this", "" },
		{ "", "" },
	};
	struct vprint *p = vprint_new();

	vprint_add(p, "tb/a.sv", a, strlen(a));
	vprint_add(p, "rtl/b.sv", b, strlen(b));
	vprint_end(p);
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		const char *path = "", *s = lines[i].line;
		int at = 0;
		bool found = vprint_place(p, s, strlen(s), &path, &at);
		char *place = found ? str_fmt("%s:%d", path, at) : mem_strdup("");

		assert_string_equal(place, lines[i].place);
		free(place);
	}
	vprint_free(p);
}

CASE(a_number_that_is_no_time_is_not_taken_for_one)
{
	finds(NS "$display(\"Mismatch at %0d\", i);", "", "Mismatch at 3", "");
	finds(NS "$display(\"FAIL at 5 of 9\");", "", "FAIL at 5 of 9", "");
	/* A variable whose line says that it is a time is in the module's unit. */
	finds(NS "$display(\"First mismatch at time %0d.\", when);", "",
	      "First mismatch at time 20.", "20 s-9");
	/* Nobody printed this: its unit stays unknown. */
	finds(NS "$display(\"nothing\");", "", "FAIL at 30", "30 ?0");
}

CASE(a_timescale_is_that_of_the_file_that_prints)
{
	const char *top = "`timescale 1us/1ns\nmodule tb; sub u();\nendmodule\n";
	const char *sub = "module sub; initial $display(\"FAIL @%0d\", $time); endmodule\n";

	finds(top, sub, "FAIL @30", "30 s-6");
	finds(top,
	      "`timescale 10ns/1ns\nmodule sub; initial $display(\"FAIL @%0d\", $time); "
	      "endmodule\n",
	      "FAIL @30", "30 s-8");
	finds(top,
	      "module sub; timeunit 100ns; initial $display(\"FAIL @%0d\", $time); endmodule\n",
	      "FAIL @30", "30 s-7");
	finds(top,
	      "module sub; timeunit 100ns / 1ns; initial $display(\"FAIL @%0d\", $time); "
	      "endmodule\n",
	      "FAIL @30", "30 s-7");
	finds("module tb; initial $display(\"FAIL @%0d\", $time); endmodule\n", "", "FAIL @30",
	      "30 step0");
	finds("`include \"../rtl/b.sv\"\nmodule tb; initial $display(\"FAIL @%0d\", $time); "
	      "endmodule\n",
	      "`timescale 1ms / 1us\n", "FAIL @30", "30 s-3");
	finds("module tb; sub u(); initial $display(\"FAIL @%0d\", $time); endmodule\n",
	      "`timescale 1ns/1ps\nmodule sub; endmodule", "FAIL @30", "30 ?0");
	/* The same words in two units. */
	finds(NS "$display(\"FAIL @%0d\", $time); end endmodule\n",
	      "`timescale 1us/1ps\nmodule sub; initial $display(\"FAIL @%0d\", $time); endmodule\n",
	      "FAIL @30", "30 ?0");
}

CASE(timeformat_holds_for_percent_t)
{
	const char *format = NS "$timeformat(-9, 2, \" ns\", 10); $display(\"FAIL at %t\", $time);";

	finds(format, "", "FAIL at   30.00 ns", "30.00 s-9");
	finds(NS "$timeformat(-6, 3, \"\", 0); $display(\"FAIL at %0t\", $time);", "",
	      "FAIL at 0.030", "0.030 s-6");
	/* Words that a user adds after it are not a unit. */
	finds(NS "$display(\"FAIL at %0t ns\", $time);", "", "FAIL at 30000 ns", "30000 step0");
	finds(NS "$timeformat(-12, 0, \"\", 0); $display(\"%0t ns FAIL\", $time);", "",
	      "30000 ns FAIL", "30000 s-12");
	finds(NS "$timeformat(-9, 0, \" nanos\", 0); $display(\"FAIL at %0t: q\", $time);", "",
	      "FAIL at 30 nanos: q", "30 s-9");
	finds(NS "$timeformat(-9, 0, SUFFIX, 0); $display(\"FAIL at %0t: q\", $time);", "",
	      "FAIL at 30 ns: q", "30 s-9");
	finds(NS "$timeformat(UNIT, 0, \"\", 0); $display(\"FAIL at %0t\", $time);", "",
	      "FAIL at 30", "30 ?0");
}

/* The line is compared without blanks at its ends. */
CASE(a_print_may_end_in_blanks)
{
	static const char text[] = "$display(\"Failed : q = %h, \\n next = %d \", q, n);";
	struct vprint *p = vprint_new();

	vprint_add(p, "tb.v", text, strlen(text));
	vprint_end(p);
	assert_true(vprint_score(p, "Failed : q = 4e, ", 17) > 6);
	assert_true(vprint_score(p, "Failed : q = 4e,", 16) > 6);
	assert_true(vprint_score(p, " next = 5 ", 10) > 3);
	assert_int_equal(vprint_score(p, "Failed : q = 4e, or", 19), 0);
	vprint_free(p);
}

CASE(odd_sources_are_read_without_harm)
{
	struct str deep = STR_INIT, many = STR_INIT;
	const char *self = "`include \"a.sv\"\nmodule tb; initial $display(\"FAIL @%0d\", $time);";

	for (int i = 0; i < 20000; i++)
		str_adds(&deep, "$display(");
	for (int i = 0; i < 3000; i++)
		str_adds(&many, "$display(\"%s%d%s%t%s\", $time);");
	finds(str_cstr(&deep), str_cstr(&many), "FAIL @30", "30 ?0");
	finds("$display(\"FAIL %", "$display(\"a\",\"b\",,,$time", "FAIL @30", "30 ?0");
	finds(self, "", "FAIL @30", "30 step0");
	str_free(&deep);
	str_free(&many);
}

/* The whole chain: a failing line, the sources, the dump. */
static void settles(const char *text, const char *line, uint64_t end, int magnitude, int exponent,
		    long want)
{
	struct source s = { .path = "tb.sv", .text = text, .len = strlen(text) };
	struct sim_job j = { .root = "/nowhere", .sources = &s, .n = 1 };
	struct run_result r = { .verdict = VERDICT_FAIL,
				.first = (char *)line,
				.first_path = NULL };
	struct wave *w = end ? wave_new() : NULL;
	struct trace *t = NULL;

	if (w) {
		wave_set_timescale(w, magnitude, exponent);
		wave_set_end(w, end);
		t = trace_of_wave(w);
	}
	told_time_read(line, strlen(line), &r.told);
	run_time_settle(&j, t, &r);
	assert_int_equal(r.has_time ? (long)r.first_time : -1, want);
	trace_close(t);
}

CASE(a_failing_time_is_in_the_unit_of_the_dump)
{
	const char *known = NS "$display(\"FAIL: %s at %0d\", what, $time);";
	const char *unknown = NS "`SAY(\"anything\")";

	settles(known, "FAIL: q at 30", 90000, 1, -12, 30000);
	settles(known, "FAIL: q at 30", 900, 100, -12, 300);
	settles(known, "FAIL: q at 30", 0, 1, -12, 30000); /* no dump: the step, 1 ps */
	settles(known, "FAIL: q", 90000, 1, -12, -1);
	/* Only one of step and nanosecond lies within the run. */
	settles(unknown, "ERROR at 30000", 90000, 1, -12, 30000);
	settles(unknown, "ERROR at 30", 90000, 1, -12, -1);
	settles(unknown, "ERROR at 0", 90000, 1, -12, 0);
	settles(unknown, "ERROR at 30 ns", 90000, 1, -12, 30000);
	settles(unknown, "ERROR at 300000", 90000, 1, -12, -1);
	settles(unknown, "ERROR at 30", 0, 1, -12, -1);
	settles("module tb; endmodule", "ERROR at 30", 90, 1, -12, 30);
}
