/* How a named type is written in a module that is bound. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/flow/bind_select.h"
#include "session/flow/bind_types.h"
#include "session/verilog/vstmt.h"

static const char text[] =
	"typedef logic [7:0] byte_t;\n"
	"module other; typedef logic [2:0] word_t;\n"
	"  typedef enum {FAR, AWAY} far_t; import far_pkg::far_only_t;\nendmodule\n"
	"module m import one_pkg::*; import two_pkg::pair_t; (input a);\n"
	"  typedef logic signed [W-1:0] word_t;\n"
	"  typedef word_t alias_t;\n"
	"  typedef enum logic [1:0] {IDLE, RUN = 2'd2, DONE = {1'b1, 1'b1}, END} state_t;\n"
	"  typedef enum {LOW, HIGH} level_t;\n"
	"  typedef struct packed { logic v; enum {IN, OUT} d; } beat_t;\n"
	"  typedef loop_t loop_t;\n"
	"  typedef int count_t;\n"
	"endmodule\n";

static void type_is(const struct vstmts *s, const char *type, const char *want)
{
	char *is = bind_type(s, "m", type);

	if (want ? !is || strcmp(is, want) != 0 : is != NULL)
		fail_msg("%s: %s, not %s", type, is ? is : "none", want ? want : "none");
	free(is);
}

CASE(types_are_what_their_names_stand_for)
{
	static const struct {
		const char *type, *want;
	} cases[] = {
		{ "wire", "logic" },
		{ "output reg signed [W-1:0]", "logic signed [W-1:0]" },
		{ "int", "logic signed [31:0]" },
		{ "logic [1:0][3:0]", NULL },
		{ "real", NULL },
		{ "string", NULL },
		{ "byte", "logic signed [7:0]" },
		{ "byte_t", "logic [7:0]" },
		{ "output word_t", "logic signed [W-1:0]" },
		{ "alias_t", "logic signed [W-1:0]" },
		{ "state_t", "logic [1:0]" },
		{ "level_t", "logic signed [31:0]" },
		{ "count_t", "logic signed [31:0]" },
		{ "beat_t", NULL },
		{ "loop_t", NULL },
		{ "state_t [3:0]", NULL },
		{ "a_pkg::beat_t", "a_pkg::beat_t" },
		{ "input a_pkg::beat_t [1:0]", "a_pkg::beat_t [1:0]" },
		{ "pair_t", "two_pkg::pair_t" },
		{ "unknown_t", "one_pkg::unknown_t" },
		{ "far_only_t", "one_pkg::far_only_t" },
	};
	struct vstmts s;

	vstmts_init(&s, text, strlen(text));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		type_is(&s, cases[i].type, cases[i].want);
	vstmts_fini(&s);
}

CASE(a_type_in_two_packages_is_not_guessed)
{
	static const char two[] = "import a::*; module m; import b::*; endmodule";
	struct vstmts s;

	vstmts_init(&s, two, strlen(two));
	type_is(&s, "t", NULL);
	vstmts_fini(&s);
}

CASE(values_of_enums_are_seen_in_their_module)
{
	static const char *const seen[] = { "IDLE", "RUN", "DONE", "END", "LOW", "HIGH", "IN" };
	static const char *const not_seen[] = { "FAR", "AWAY", "W", "d2", "m", "beat_t", "" };
	struct vstmts s;

	vstmts_init(&s, text, strlen(text));
	for (size_t i = 0; i < sizeof(seen) / sizeof(*seen); i++)
		if (!bind_is_enum_value(&s, "m", seen[i]))
			fail_msg("%s is not seen", seen[i]);
	for (size_t i = 0; i < sizeof(not_seen) / sizeof(*not_seen); i++)
		if (bind_is_enum_value(&s, "m", not_seen[i]))
			fail_msg("%s is seen", not_seen[i]);
	vstmts_fini(&s);
}

/* Every prefix of a text, and a bracket that is never closed. */
CASE(any_text_can_be_read)
{
	for (size_t n = 0; n < sizeof(text); n++) {
		struct vstmts s;

		vstmts_init(&s, text, n);
		free(bind_type(&s, "m", "unknown_t"));
		free(bind_type(&s, "m", "loop_t"));
		bind_is_enum_value(&s, "m", "NONE");
		vstmts_fini(&s);
	}
}

CASE(members_and_elements_are_ports)
{
	static const char module[] =
		"module m; typedef enum logic [1:0] {A} e_t;\n"
		"typedef struct packed { logic k; logic [W-1:0] n, o; e_t e; } pair_t;\n"
		"typedef pair_t alias_t;\n"
		"typedef struct packed { pair_t [1:0] both; struct packed { logic z; } in; } "
		"deep_t;\n"
		"logic pair_n; endmodule\n";
	static const struct {
		const char *type;
		size_t arrays;
		const char *text, *of, *name, *want; /* NULL: refused with that clause */
	} cases[] = {
		{ "logic", 0, "x == 1", NULL, "x", "logic" },
		{ "logic [3:0]", 0, "x[2]", NULL, "x", "logic [3:0]" },
		{ "logic [3:0]", 1, "x [a + 1][0]", "x[a+1]", "x_a_1", "logic [3:0]" },
		{ "logic [3:0]", 2, "x[a][1]", "x[a][1]", "x_a_1", "logic [3:0]" },
		{ "pair_t", 0, "x.n", "x.n", "x_n", "logic [W-1:0]" },
		{ "pair_t", 0, "x.o[1]", "x.o", "x_o", "logic [W-1:0]" },
		{ "alias_t", 0, "x.e == A", "x.e", "x_e", "logic [1:0]" },
		{ "pair_t", 1, "x[3].k", "x[3].k", "x_3_k", "logic" },
		{ "pair_t [3:0]", 0, "x[3].k", "x[3].k", "x_3_k", "logic" },
		{ "deep_t", 0, "x.both[1].n", "x.both[1].n", "x_both_1_n", "logic [W-1:0]" },
		{ "deep_t", 0, "x.in.z", "x.in.z", "x_in_z", "logic" },
		{ "struct packed{logic a;logic [2:0]b;}", 0, "x.b", "x.b", "x_b", "logic [2:0]" },
		{ "pair_t", 0, "x.q", NULL, NULL, "x has no such member" },
		{ "pair_t", 0, "x == 0", NULL, NULL,
		  "x is a struct, of which a member is bound: .k" },
		{ "logic", 1, "x == 0", NULL, NULL,
		  "x is an array, of which an element is bound: name one by its index" },
		{ "logic", 1, "x[", NULL, NULL,
		  "x is an array, of which an element is bound: name one by its index" },
		{ "logic", 1, "x[$past(a)]", NULL, NULL,
		  "x has a call in its index, which is not bound" },
		{ "struct packed{logic a", 0, "x.a", NULL, NULL,
		  "x has the type struct packed{logic a, which a module of its own does not see" },
	};
	struct vstmts s;

	vstmts_init(&s, module, sizeof(module) - 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct vstmts words;
		struct bind_select out;
		struct str why = STR_INIT;
		bool ok;

		vstmts_init(&words, cases[i].text, strlen(cases[i].text));
		ok = bind_select_read(&s, "m", cases[i].type, cases[i].arrays, &words, 0, &out,
				      &why);
		if (!cases[i].name) {
			assert_false(ok);
			assert_string_equal(str_cstr(&why), cases[i].want);
		} else {
			assert_true(ok);
			assert_string_equal(out.name, cases[i].name);
			assert_string_equal(out.type, cases[i].want);
			assert_string_equal(out.of ? out.of : "-", cases[i].of ? cases[i].of : "-");
			assert_true(!out.of || bind_select_at(&words, 0, out.of) == out.end);
		}
		bind_select_fini(&out);
		str_free(&why);
		vstmts_fini(&words);
	}
	vstmts_fini(&s);
}

/* A name that the module already has means something else. */
CASE(a_port_has_a_name_of_its_own)
{
	static const char module[] = "module m; typedef struct packed { logic n; } pair_t;\n"
				     "pair_t pair; logic pair_n; endmodule\n";
	struct vstmts s, words;
	struct bind_select out;
	struct str why = STR_INIT;

	vstmts_init(&s, module, sizeof(module) - 1);
	vstmts_init(&words, "pair.n", 6);
	assert_true(bind_select_read(&s, "m", "pair_t", 0, &words, 0, &out, &why));
	assert_string_equal(out.name, "pair_n_x");
	bind_select_fini(&out);
	vstmts_fini(&words);
	vstmts_fini(&s);
}
