#include "config.h"

#include "tests/lib/case.h"

#include "session/formal/first_values.h"
#include "tests/lib/box.h"

/* True if the text has the initial values of module m, whose head this is. */
static bool first(const char *head, const char *text)
{
	struct box b;
	bool is;

	begin(&b);
	put(&b, "m.v", head);
	put(&b, "top.v", text);
	look(&b);
	is = first_values(b.p, "m");
	end(&b);
	return is;
}

#define M                                                                                       \
	"module m #(parameter W = 8, parameter N = \"a b\", localparam L = 2, parameter D = 3)" \
	"(input a, output y);\n assign y = W > 8 & a;\nendmodule\n"
#define TOP(given) "module top(input a, output y);\n " given "\nendmodule\n"
#define TB(given)  "module tb;\n wire a, y;\n " given "\n initial #1 $finish;\nendmodule\n"

CASE(an_instance_may_give_what_is_there_by_itself)
{
	static const char *const v[] = {
		"",
		TOP(""),
		TOP("m u(a, y);"),
		TOP("m #() u(a, y);"),
		TOP("m #(8) u(a, y);"),
		TOP("m #8 u(a, y);"),
		TOP("m #(8, \"a b\", 3) u(a, y);"),
		TOP("m #(.W(8)) u(a, y);"),
		TOP("m #(.W( 8 ), .D (3), .N(\"a b\")) u(a, y);"),
		TOP("m #(.W()) u(a, y);"),
		TOP("localparam EIGHT = 8;\n m #(.W(EIGHT)) u(a, y);"),
		TOP("localparam E = 8, F = E;\n m #(.W(F)) u(a, y);"),
		TB("parameter E = 8;\n m #(.W(E)) u(a, y);"),
		"`define E 8\n" TOP("m #(.W(`E)) u(a, y);"),
		TOP("m u(a, y);\n other #(16) v(a);"),
		"`ifdef NOT\n" TOP("m #(16) u(a, y);") "`endif\n",
		TOP("// m #(16) u(a, y);\n m #(8) u(a, y);"),
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++)
		if (!first(M, v[i]))
			fail_msg("another value seen in: %s", v[i]);
	assert_true(first("module m(input a);\nendmodule\n", TOP("m u(a);")));
	assert_true(first("module m #(parameter W = 8'hFf)(input a);\nendmodule\n",
			  TOP("m #(.W(8'hFf)) u(a);")));
	assert_true(first("module m(input a);\n localparam W = 2;\nendmodule\n", TOP("m u(a);")));
}

CASE(another_value_is_seen_and_so_is_what_cannot_be_told)
{
	static const char *const v[] = {
		TOP("m #(16) u(a, y);"),
		TOP("m #16 u(a, y);"),
		TOP("m #(.W(16)) u(a, y);"),
		TOP("m #(.D(3), .W(16)) u(a, y);"),
		TOP("m #(8, \"ab\") u(a, y);"),
		TOP("m #(8, \"a b\", 4) u(a, y);"),
		TOP("m #(.NOT(8)) u(a, y);"),
		TOP("m #(.W(4 + 4)) u(a, y);"),
		TOP("m #(.W((8))) u(a, y);"),
		TOP("localparam E = 16;\n m #(.W(E)) u(a, y);"),
		TOP("m u(a, y);\n m #(16) v(a, y);"),
		TOP("m u(a, y);\n defparam u.W = 16;"),
		TOP("m u(a, y);\n m #(.W(16)) v[3:0](a, y);"),
		/* a parameter of what others instantiate is not fixed */
		"module top #(parameter E = 8)(input a, output y);\n m #(.W(E)) u(a, y);\n"
		"endmodule\nmodule up(input a, output y);\n top #(16) t(a, y);\nendmodule\n",
		TOP("m #(.W({4{1'b1}})) u(a, y);"),
		TOP("m u(a, y);") "\nmodule x;\n m #(\n  // wide\n  .W\n(16)) u(a, "
				  "y);\nendmodule\n",
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++)
		if (first(M, v[i]))
			fail_msg("only first values seen in: %s", v[i]);
	assert_false(first("module n;\nendmodule\n", "")); /* no such module */
	/* The same name has a different value in each of them. */
	assert_false(first("module m #(parameter N = 8, W = N)(input a);\nendmodule\n",
			   "module top(input a);\n localparam N = 16;\n m #(.W(N)) u(a);\n"
			   "endmodule\n"));
	assert_false(first("module m #(parameter N = 8, W = N + 1)(input a);\nendmodule\n",
			   "module top(input a);\n localparam N = 16;\n m #(.W(N + 1)) u(a);\n"
			   "endmodule\n"));
	/* A string ends after its last backslash, and the name stands outside of it. */
	assert_false(first("module m #(parameter N = 8, W = \"a\\\\\"==N)(input a);\nendmodule\n",
			   "module top(input a);\n localparam N = 16;\n m #(.W(\"a\\\\\"==N)) "
			   "u(a);\nendmodule\n"));
	assert_false(first("module m #(parameter W = p::N)(input a);\nendmodule\n",
			   TOP("m #(.W(p::N)) u(a);")));
}

/* Unsaved text counts. */
CASE(a_laid_text_counts)
{
	struct box b;
	static const char laid[] = TOP("m #(16) u(a, y);");

	begin(&b);
	put(&b, "m.v", M);
	put(&b, "top.v", TOP("m u(a, y);"));
	look(&b);
	assert_true(first_values(b.p, "m"));
	project_overlay(b.p, "top.v", laid, strlen(laid));
	assert_false(first_values(b.p, "m"));
	end(&b);
}
