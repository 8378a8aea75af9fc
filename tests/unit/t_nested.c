/* Modules within modules, adjacent modules; instances without a name get one. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "sim/stage/nested.h"
#include "sim/stage/unnamed.h"

static void lifts(const char *text, const char *want)
{
	struct str out = STR_INIT;
	struct voutline o;

	voutline_init(&o, text, strlen(text));
	assert_int_equal(voutline_nests(&o), want != NULL);
	voutline_fini(&o);
	assert_int_equal(nested_lift("a.sv", text, strlen(text), &out), want != NULL);
	assert_string_equal(str_cstr(&out), want ? want : "");
	str_free(&out);
}

CASE(each_stands_behind_the_others_where_it_was)
{
	lifts("module a;\n  module b(input x);\n  wire y = x;\n  endmodule : b\n  b "
	      "u(1);\nendmodule\n",
	      "module a;\n                    \n             \n               \n  b "
	      "u(1);\nendmodule\n"
	      "\n`line 2 \"a.sv\" 0\n  module b(input x);\n  wire y = x;\n  endmodule : b\n");
}

CASE(one_in_one_in_one_is_three)
{
	lifts("module a; module b; module c; endmodule c u(); endmodule b u(); endmodule\nmodule "
	      "z; endmodule\n",
	      "module a;                                                b u(); endmodule\nmodule "
	      "z; endmodule\n"
	      "\n`line 1 \"a.sv\" 0\n          module b;                     c u(); endmodule"
	      "\n`line 1 \"a.sv\" 0\n                    module c; endmodule\n");
}

CASE(text_without_nesting_stays)
{
	lifts("module a; endmodule\nmodule b; a u(); endmodule\n", NULL);
	lifts("package p; class c; endclass endpackage\nmodule a; endmodule\n", NULL);
	lifts("module a; module b; wire x;\n", NULL);
	lifts("", NULL);
}

/* A line of instances would be repeated after its own length, again and again. */
CASE(unbounded_growth_is_refused)
{
	struct str text = STR_INIT, out = STR_INIT;
	struct voutline o;

	str_adds(&text, "module a;");
	for (int i = 0; i < 200; i++)
		str_addf(&text, "%1000s module b%d; endmodule", "", i);
	str_adds(&text, " endmodule\n");
	voutline_init(&o, str_cstr(&text), text.len);
	assert_true(voutline_nests(&o));
	voutline_fini(&o);
	assert_false(nested_lift("a.sv", str_cstr(&text), text.len, &out));
	assert_int_equal(out.len, 0);
	str_clear(&text);
	str_adds(&text, "module a;\n");
	for (unsigned i = 0; i <= NESTED_MODULES; i++)
		str_addf(&text, "module b%u; endmodule\n", i);
	str_adds(&text, "endmodule\n");
	assert_false(nested_lift("a.sv", str_cstr(&text), text.len, &out));
	str_free(&text);
	str_free(&out);
}

static void named(const char *text, const char *want)
{
	static const char *const primitives[] = { "both", "inv", NULL };
	struct str out = STR_INIT;

	assert_int_equal(unnamed_name(text, strlen(text), primitives, &out), want != NULL);
	assert_string_equal(str_cstr(&out), want ? want : "");
	str_free(&out);
}

CASE(an_instance_of_a_primitive_gets_a_name)
{
	named("both (y, a, b);", "both  posedge_unnamed_0 (y, a, b);");
	named("both#2(y,(a),b) , ( z , a , c );inv #(1, 2)\n(p, q);",
	      "both#2 posedge_unnamed_0 (y,(a),b) ,  posedge_unnamed_1 ( z , a , c );"
	      "inv #(1, 2)\n posedge_unnamed_2 (p, q);");
	named("both u(y, a, b);", NULL);
	named("both u(y, a, b), (z, a, c);", "both u(y, a, b),  posedge_unnamed_0 (z, a, c);");
	named("both (y, a, b), u(z, a, c), (x, a, d);",
	      "both  posedge_unnamed_0 (y, a, b), u(z, a, c),  posedge_unnamed_1 (x, a, d);");
	named("primitive both(o, a, b);", NULL);
	named("both", NULL);
	named("both (y", "both  posedge_unnamed_0 (y");
	named("// both (y, a, b);\n\"both (y)\" other (y);", NULL);
}
