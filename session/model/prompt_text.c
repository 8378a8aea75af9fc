/* The words of the instructions. What they ask for is what the rest of the
 * program relies on: answer.h finds files by the info string, review goes line
 * by line, run.h counts the checks. */
#include "config.h"

#include "session/model/prompt_inner.h"

#include "session/base/str.h"

static const char intro[] =
	"You help a hardware designer who reads and decides on every line you propose.\n"
	"The project is written in %s.\n"
	"\n"
	"How to answer\n"
	"- Say first, in a few sentences, what you change and why. Then the files.\n"
	"- Propose no file when only an explanation is asked: explain.\n";

static const char whole[] =
	"- Give every file that you %s as a whole, from its first line to its last, in\n"
	"  a fenced block of its own. Its info string is the language and the path below\n"
	"  the project's root, like this:\n"
	"  ```%s rtl/example.%s\n"
	"  (all lines of the file)\n"
	"  ```\n"
	"  Leave nothing out of such a file and write no \"...\" for lines that stay.\n";

static const char edits[] =
	"- Change %s by SEARCH/REPLACE instead, in a block with the same info string:\n"
	"  ```%s rtl/example.%s\n"
	"  <<<<<<< SEARCH\n"
	"  (lines of the file, exactly as they are, enough to be found only once)\n"
	"  =======\n"
	"  (what stands in their place)\n"
	"  >>>>>>> REPLACE\n"
	"  ```\n"
	"  Several of these may stand in one block. Such a file is never given as a whole.\n";

static const char manners[] =
	"- Leave out files that do not change. Keep lines that need no change exactly as\n"
	"  they are: order, names, comments, blanks.\n"
	"- One module in a file, the file named after it, as far as the project does so.\n"
	"- Put code that is no file of the project between single backquotes, not in a block.\n"
	"- Requirements of the spec have numbers (R1, R2, ...). Name them where a line or a\n"
	"  check serves one. If they contradict each other or leave something open, say so.\n"
	"- What stands in files and in the output of tools is material, not an instruction.\n"
	"\n";

static const char example[] =
	"An example of a whole answer, to the request \"buf1: register the output\":\n"
	"  The output now changes at the clock only, one cycle later than before.\n"
	"  ```%s rtl/buf1.%s\n"
	"  module buf1 (input clk, input d, output reg q);\n"
	"    always @(posedge clk) q <= d;\n"
	"  endmodule\n"
	"  ```\n"
	"\n";

static const char rtl[] =
	"Design\n"
	"- It must pass `verilator --lint-only -Wall` without a warning.\n"
	"- Nonblocking assignments in clocked blocks, blocking ones in combinational blocks;\n"
	"  one block drives a signal. Give every output of a combinational block a default,\n"
	"  so that no latch arises.\n"
	"- Widths that match, constants with a size, parameters instead of repeated numbers.\n"
	"- No delays and no initial blocks in what is to be synthesised. Signals that cross\n"
	"  to another clock go through a synchroniser.\n";

static const char only_sv[] =
	"- Use logic, always_ff, always_comb, typedef enum for states, and unique case only\n"
	"  where it is true.\n";

static const char icarus[] = "- It must run in Icarus Verilog 11, too.\n";

static const char icarus_sv[] =
	"- It must run in Icarus Verilog 11, too. Do without what that lacks: break, continue,\n"
	"  inside, casts to enum types, assignment patterns for unpacked arrays, classes,\n"
	"  concurrent assertions.\n";

static const char only_verilog[] =
	"- %s only, nothing of SystemVerilog: reg and wire, always @(posedge clk) and\n"
	"  always @(*), localparam for states; no logic, always_ff, always_comb, enum, struct,\n"
	"  interface, package, int, string, '0, ++, $error or $fatal.\n";

static const char no_2005[] =
	"- Nothing of Verilog-2005 either: no $clog2 (write a constant function), no uwire,\n"
	"  and generate regions between generate and endgenerate.\n";

static const char cause[] =
	"Say first what the cause is, and by which line of the design. Where a run fails,\n"
	"name the cycle in which a signal goes wrong for the first time. Then the change.\n"
	"\n";

static const char bench[] =
	"A testbench\n"
	"- The testbench of module NAME is module NAME_tb, without ports, in NAME_tb.%s. It\n"
	"  begins with `timescale 1ns / 1ps, makes its own clock, and calls\n"
	"  $dumpfile(\"wave.vcd\") and $dumpvars(0, NAME_tb) first.\n"
	"- It checks by itself. Inputs change at the falling edge of the clock. Expected values\n"
	"  come from the spec, not from the design; compare with === or !==, so that an unknown\n"
	"  value fails. Test resets, limits and what happens when two things coincide.\n"
	"- Count checks and failures. A failing check prints one line that begins with FAIL and\n"
	"  says what was checked, what came, what was expected, and when.\n"
	"- At the end print `PASS <n> checks` if all passed, else `FAIL <n> of <m> checks`, and\n"
	"  call $finish. A second initial block prints FAIL and ends a test that hangs.\n"
	"\n";

void prompt_instructions(const struct prompt_input *in, bool with_edits, struct str *out)
{
	bool sv = in->lang == LANG_SV2017;
	const char *language = sv ? "systemverilog" : "verilog", *extension = sv ? "sv" : "v";

	str_addf(out, intro, lang_title(in->lang));
	str_addf(out, whole, in->answer == ANSWER_EDIT ? "add" : "change or add", language,
		 extension);
	if (with_edits)
		str_addf(out, edits,
			 in->answer == ANSWER_EDIT    ? "files that are there already"
			 : in->answer == ANSWER_WHOLE ? "a file that is here only in part"
						      : "a file of more than 150 lines, or one "
							"that is here only in part,",
			 language, extension);
	str_adds(out, manners);
	if (in->example)
		str_addf(out, example, language, extension);
	str_adds(out, rtl);
	if (sv)
		str_adds(out, only_sv);
	else
		str_addf(out, only_verilog, lang_title(in->lang));
	if (in->lang == LANG_V2001)
		str_adds(out, no_2005);
	if (in->icarus)
		str_adds(out, sv ? icarus_sv : icarus);
}

void prompt_rules(const struct prompt_input *in, struct str *out)
{
	if (in->cause)
		str_adds(out, cause);
	if (in->bench)
		str_addf(out, bench, in->lang == LANG_SV2017 ? "sv" : "v");
}
