#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/flow/assertion.h"
#include "session/flow/complete.h"

static void at(const char *text, int line, int col, long want)
{
	size_t off = 0;
	bool ok = complete_at(text, strlen(text), line, col, &off);

	assert_int_equal(ok ? (long)off : -1, want);
}

CASE(places_are_found)
{
	at("ab\ncd\n", 1, 0, 2);
	at("ab\ncd\n", 2, 1, 3);
	at("ab\ncd\n", 2, 9, 5);
	at("ab\r\ncd", 1, 0, 2);
	at("ab\ncd\n", 3, 0, 6);
	at("ab\ncd\n", 4, 0, -1);
	at("ab\ncd", 3, 0, -1);
	at("", 1, 0, 0);
	at("", 2, 0, -1);
}

/* The bar marks the gap. */
static void fits(const char *text, const char *answer, bool cut, const char *want)
{
	const char *bar = strchr(text, '|');
	struct str whole = STR_INIT, out = STR_INIT, why = STR_INIT;
	bool ok;

	str_add(&whole, text, (size_t)(bar - text));
	str_adds(&whole, bar + 1);
	ok = complete_fit(answer, strlen(answer), cut, str_cstr(&whole), whole.len,
			  (size_t)(bar - text), &out, &why);
	assert_string_equal(ok ? str_cstr(&out) : str_cstr(&why), want);
	str_free(&whole);
	str_free(&out);
	str_free(&why);
}

CASE(answers_are_made_to_fit)
{
	fits("  y <= |\nend\n", "level;", false, "level;");
	fits("  y <= |\nend\n", "  y <= level;\n", false, "level;");
	fits("  y <= |\nendmodule\n", "level;\nendmodule\n", false, "level;");
	fits("  y <= |\n", "level;\n  z <= ha", true, "level;");
	fits("  y <= |\n", "lev", true, "lev");
	fits("module m;\n|\nendmodule\n", "module m;\nendmodule\n", false, "it writes m again");
	fits("module m;\n|\nendmodule\n", "module x; endmodule\n", false,
	     "it begins x inside of m");
	fits("module m;\nendmodule\n|\n", "module x; endmodule", false, "module x; endmodule");
	fits("module m;\n|\n", "endmodule\nmodule x; endmodule", false,
	     "endmodule\nmodule x; endmodule");
	fits("  y <= |;\nend\n", "  y <= ;\nend\n", false,
	     "it has nothing that is not there already");
	/* A comment at the end of the line is no place for code. */
	fits("  a <= b; //|\nend\n", "c <= d;", false, "\n  c <= d;");
	fits("  // the sum|\nend\n", "  // the sum\n  c <= d;", false, "\n  c <= d;");
	fits("\ta <= b; // x|", "c <= d;\n\te <= f;", false, "\n\tc <= d;\n\te <= f;");
	fits("  s = \"//|\nend\n", "x\";", false, "x\";");
	fits("  /* // */ |\nend\n", "c <= d;", false, "c <= d;");
	fits("  // a | b\nend\n", "c", false, "c");
	/* Nor is one that is finished, or a directive's. */
	fits("  a <= b;|\nend\n", "c <= d;", false, "\n  c <= d;");
	fits("  a <= b;  |\n", "  c <= d;\n  e <= f;\n", false, "\n  c <= d;\n  e <= f;");
	fits("  if (x) begin|\n", "c <= d;", false, "\n  c <= d;");
	fits("\tend|", "c <= d;", false, "\n\tc <= d;");
	fits("`define N 4|\n", "wire w;", false, "\nwire w;");
	fits("`endif|\n", "wire w;", false, "\nwire w;");
	fits("`include \"a.vh\"|\n", "wire w;", false, "\nwire w;");
	fits("  a = `N|\n", " + 1;", false, " + 1;");
	/* A word or a directive that is not is gone on with. */
	fits("  case (x)\n  end|\n", "case", false, "case");
	fits("end|", "module", false, "module");
	fits("`def|\n", "ine N 4", false, "ine N 4");
	fits("`define N |\n", "4", false, "4");
	fits("`define|\n", " N 4", false, " N 4");
	fits("`include |\n", "\"a.vh\"", false, "\"a.vh\"");
	fits("`N(|\n", "a);", false, "a);");
	fits("  for (i = 0; |\n", "i < 4; i++) ;", false, "\n  i < 4; i++) ;");
	fits("  a <= b; |// x\n", "c <= d;", false, "c <= d;");
	fits("  assign y =|\n", " a;", false, " a;");
	fits("  a <= b;\n  |\n", "c <= d;", false, "c <= d;");
	fits("|", "\n \n", false, "it has nothing that is not there already");
}

static void reads(const char *code, const char *want)
{
	struct assertions a = { 0 };
	struct str out = STR_INIT;

	assertions_read(&a, code, strlen(code));
	for (size_t i = 0; i < a.n; i++) {
		str_addf(&out, "%s(", a.v[i].requirement);
		for (size_t k = 0; k < a.v[i].signals.n; k++)
			str_addf(&out, "%s%s", k ? " " : "", a.v[i].signals.v[k]);
		str_addf(&out, ") %s\n", a.v[i].text);
	}
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	assertions_fini(&a);
}

CASE(assertions_have_their_requirement)
{
	reads("// R1: a, b\nassert property (@(posedge c) a |-> b);\n",
	      "R1(a b) assert property (@(posedge c) a |-> b);\n");
	reads("  // R-2:a\n\n  assert property (\n    @(posedge c) a  // why\n  );\n",
	      "R-2(a) assert property ( @(posedge c) a );\n");
	reads("assert property (x);\n// no number here\nassert property (y);\n", "");
	reads("// R1: a\nassert property (@(pos", "");
	reads("// R1: a\n// R2: b\nassert property (b);", "R2(b) assert property (b);\n");
}

CASE(they_stand_before_the_end_of_their_module)
{
	const char code[] = "// R1: a\nassert property (a);\n// R2: b\nassert property (b);\n";
	const char text[] = "module m;\nendmodule\nmodule n; endmodule\n";
	struct assertions a = { 0 };
	struct str out = STR_INIT;

	assertions_read(&a, code, strlen(code));
	assertion_judge(&a.v[1], ASSERTION_FAILED, "why");
	assert_true(assertions_insert(&a, text, strlen(text), "m", false, &out));
	assert_string_equal(str_cstr(&out), "module m;\n\n  // R1: a\n  assert property (a);\n"
					    "endmodule\nmodule n; endmodule\n");
	assert_int_equal(a.v[0].line, 4);
	str_clear(&out);
	assert_false(assertions_insert(&a, text, strlen(text), "x", false, &out));
	str_free(&out);
	assertions_fini(&a);
}
