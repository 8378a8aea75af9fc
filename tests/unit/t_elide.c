#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_elide.h"
#include "session/base/str.h"
#include "session/verilog/verilog.h"

/* What may stand between the head and the end of these two modules. */
#define TIMER_HEAD  "module timer(input clk, rst, go, output busy, output [3:0] n);\n"
#define TIMER_STATE "  reg [3:0] count;\n  reg run;\n\n"
#define TIMER_RUN                                                                                 \
	"  always @(posedge clk) begin\n    if (rst) run <= 0;\n    else if (go) run <= 1;\n    " \
	"else if (&count) run <= 0;\n  end\n\n"
#define TIMER_COUNT                                                                            \
	"  always @(posedge clk) begin\n    if (rst) count <= 0;\n    else if (run) count <= " \
	"count + 1;\n  end\n\n"
#define TIMER_OUT "  assign busy = run;\n  assign n = count;\n"
#define TIMER	  TIMER_HEAD TIMER_STATE TIMER_RUN TIMER_COUNT TIMER_OUT "endmodule\n"

static bool whole(const char *path, const char *base, const char *code, struct err *err)
{
	struct voutline b, c;
	bool ok;

	voutline_init(&b, base, strlen(base));
	voutline_init(&c, code, strlen(code));
	ok = answer_elides_nothing(path, (struct slice){ base, strlen(base) }, &b,
				   (struct slice){ code, strlen(code) }, &c, err);
	voutline_fini(&b);
	voutline_fini(&c);
	return ok;
}

static void leaves_out(const char *base, const char *code)
{
	struct err err = { 0 };

	if (whole("rtl/timer.v", base, code, &err))
		fail_msg("not seen: %s", code);
	assert_int_equal(err.code, ERR_CONFLICT);
}

static void keeps_all(const char *base, const char *code)
{
	struct err err = { 0 };

	if (!whole("rtl/timer.v", base, code, &err))
		fail_msg("%s\n%s", err.text, code);
}

/* All of different wording, and none known to the parser. */
static const char *const ways[] = {
	"// ...",
	"// all of that as you have it",
	"// wie gehabt",
	"// le reste est identique",
	"// lo dem\xc3\xa1s queda igual",
	"// \xe5\x85\xb6\xe4\xbb\x96\xe4\xbb\xa3\xe7\xa0\x81",
	"/* snip */",
	"// \xd0\xb4\xd0\xb0\xd0\xbb\xd0\xb5\xd0\xb5",
	"/* what\n     was here */",
	"# ... and so on",
	"# the remaining code",
	"<!-- see above -->",
	"-- ...",
	"-- rest unchanged",
	"... the other processes ...",
};

CASE(code_replaced_by_a_comment_is_reported)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		const char *w = ways[i];
		char *const codes[] = {
			str_fmt(TIMER_HEAD "  %s\nendmodule\n", w),
			str_fmt(TIMER_HEAD TIMER_STATE "  %s\n\n" TIMER_COUNT TIMER_OUT
						       "endmodule\n",
				w),
			str_fmt(TIMER_HEAD TIMER_STATE "  %s\n" TIMER_COUNT TIMER_OUT "endmodule\n",
				w),
			str_fmt(TIMER_HEAD TIMER_STATE TIMER_RUN TIMER_COUNT "  %s\nendmodule\n",
				w),
			str_fmt(TIMER_HEAD
				"  %s\n  assign busy = run | go;\n  assign n = count;\nendmodule\n",
				w),
			str_fmt(TIMER_HEAD TIMER_STATE TIMER_RUN
				"  always @(posedge clk) begin\n    if (rst) count <= 1;\n    %s\n "
				" end\n\n"
				"  %s\nendmodule\n",
				w, w),
		};

		for (size_t k = 0; k < sizeof(codes) / sizeof(codes[0]); k++) {
			leaves_out(TIMER, codes[k]);
			free(codes[k]);
		}
	}
}

CASE(dots_are_no_verilog)
{
	struct err err;

	leaves_out("", "module a;\n  ...\nendmodule\n");
	leaves_out("", "module a;\n[... 500 lines left out here ...]\nendmodule\n");
	assert_true(whole("notes.md", "", "a\n...\nb\n", &err));
}

CASE(a_delay_is_no_comment)
{
	static const char stimuli[] = "module t;\n  initial begin\n    a = 1; b = 2; c = 3;\n    d "
				      "= 4;\n    e = 5;\n    f = 6;\n"
				      "    g = 7;\n    $finish;\n  end\nendmodule\n";

	keeps_all(stimuli, "module t;\n  initial begin\n    #10 $finish;\n  end\nendmodule\n");
	keeps_all(stimuli,
		  "module t;\n  initial begin\n    # (N) $finish;\n    --d;\n  end\nendmodule\n");
	leaves_out(stimuli,
		   "module t;\n  initial begin\n    # ...\n    $finish;\n  end\nendmodule\n");
}

CASE(other_files_have_other_comments)
{
	struct err err;

	assert_false(whole("run.tcl", "a\nb\nc\nd\ne\nf\n", "a\n# as before\nf\n", &err));
	assert_false(whole("notes.md", "a\nb\nc\nd\ne\nf\n", "a\n<!-- as it was -->\nf\n", &err));
	assert_true(whole("notes.md", "a\nb\nc\nd\ne\nf\n", "# Head\nf\n", &err));
	assert_true(whole("notes.md", "// a\nb\n", "// a\nc\n", &err));
}

CASE(a_rewrite_with_comments_is_whole)
{
	keeps_all(TIMER, TIMER);
	keeps_all(TIMER, TIMER_HEAD "  // the rest is a constant\n  assign busy = go;\n  assign n "
				    "= 4'd9;\nendmodule\n");
	keeps_all(TIMER, TIMER_HEAD "  // no state\n\n  // what is left\n  assign {busy, n} = {go, "
				    "4'd9};\nendmodule\n");
	keeps_all(TIMER, "// a timer\n" TIMER_HEAD TIMER_STATE "  // runs\n" TIMER_RUN
			 "  // counts\n" TIMER_COUNT "  // drives\n" TIMER_OUT "endmodule\n");
	keeps_all(TIMER, TIMER_HEAD TIMER_STATE TIMER_RUN
		  "  // count stays\n  always @(posedge clk) count <= 4'd3;\n" TIMER_OUT
		  "endmodule\n");
	/* commented out */
	keeps_all(TIMER, TIMER_HEAD TIMER_STATE TIMER_RUN
		  "  // always @(posedge clk) begin\n  //   if (rst) count <= 0;\n  //   else if "
		  "(run) count <= count + 1;\n  // end\n\n"
		  "  initial count = 0;\n" TIMER_OUT "endmodule\n");
	/* one line less, and a word about it */
	keeps_all("module a;\n  wire x;\n  wire y;\n  wire z;\nendmodule\n",
		  "module a;\n  wire x;\n  // y is gone\n  wire z;\nendmodule\n");
	/* comments that were there */
	keeps_all("module a;\n  // ...\n  wire x;\n  wire y;\nendmodule\n",
		  "module a;\n  // ...\n  wire z;\nendmodule\n");
}

/* Names of other modules' ports, of types, casts, macros. */
CASE(declarations_are_read_as_they_are_meant)
{
	static const char base[] =
		"module a(input clk, output [1:0] q);\n  wire [1:0] state;\n  reg r;\n  b "
		"b0(.state(state), .r(r));\n"
		"  assign q = state;\n  always @(posedge clk) r <= q[0];\nendmodule\n";

	keeps_all(base, "// v2\nmodule a import p::*; (input clk, output [1:0] q);\n  // typed\n  "
			"state_t state, other;\n  wire r = clk;\n"
			"  c #(.W(2)) b0(.state(state), .r);\n  assign q = int'(state) + "
			"other;\nendmodule\n");
	keeps_all(base, "module a(input clk, output [1:0] q);\n  // now below\n  b b0(.r(clk), "
			".state(q));\nendmodule\n");
	keeps_all(
		base,
		"module a(input clk, output [1:0] q);\n  // all of them\n  b b0(.*);\nendmodule\n");
	leaves_out(base, "module a(input clk, output [1:0] q);\n  // declarations\n  b "
			 "b0(.state(state), .r(r));\n  assign q = state;\n"
			 "  always @(posedge clk) r <= ~q[0];\nendmodule\n");
}
