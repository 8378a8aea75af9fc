/* The table of our own tools: purpose, JSON schema of the arguments, effect, function.
 * The texts are instructions to a model and cost tokens in every request; they are
 * short on purpose.
 */
#include "config.h"

#include "session/toolbox/tools.h"

/* clang-format off */
#define OBJECT(properties, required) \
	"{\"type\":\"object\",\"properties\":{" properties "},\"required\":[" required "]," \
	"\"additionalProperties\":false}"
#define TEXT_ARG(name, about) "\"" name "\":{\"type\":\"string\",\"description\":\"" about "\"}"
#define FLAG_ARG(name, about) "\"" name "\":{\"type\":\"boolean\",\"description\":\"" about "\"}"
#define NUMBER_ARG(name, about) "\"" name "\":{\"type\":\"integer\",\"description\":\"" about "\"}"

const struct tool own_tools[] = {
	{ "read_file", "Lines of a file of the project, numbered, as they are on the screen. At "
		 "most 400 at a time.",
	  OBJECT(TEXT_ARG("path", "relative to the project") ","
		 NUMBER_ARG("from", "first line, 1") ","
		 NUMBER_ARG("to", "last line"),
		 "\"path\""),
	  TOOL_READS, tool_read_file, NULL, NULL },
	{ "search", "Lines of the project's files that match a regular expression: path:line: "
		 "text. At most 100.",
	  OBJECT(TEXT_ARG("regex", "PCRE, within one line; a capital makes case count") ","
		 TEXT_ARG("path", "only files whose path has this in it"), "\"regex\""),
	  TOOL_READS, tool_search, NULL, NULL },
	{ "design", "What the design is made of: its hierarchy of instances, the ports and "
		 "parameters of a module, how data flows in it; or where something is, and where a "
		 "signal is driven, read (loads) or reset, also through ports.",
	  OBJECT("\"what\":{\"type\":\"string\",\"enum\":[\"hierarchy\",\"ports\",\"flow\",\"find\","
		 "\"driven\",\"loads\",\"reset\"]},"
		 TEXT_ARG("module", "for ports and flow; for hierarchy the top") ","
		 TEXT_ARG("name", "for the others: a name, a path (top.dut.count), or words"),
		 "\"what\""),
	  TOOL_READS, tool_design, NULL, NULL },
	{ "lint", "What the linter says of the whole design, or of one file: errors first, at "
		 "most 40 findings.",
	  OBJECT(TEXT_ARG("path", "one file and its modules") ","
		 FLAG_ARG("proposal", "with what you proposed in this turn"), ""),
	  TOOL_RUNS, tool_lint, NULL, NULL },
	{ "simulate", "Builds and runs a testbench: the verdict, the first failure, the last "
		 "cycles before it.",
	  OBJECT(TEXT_ARG("testbench", "a module, or its file; not needed when there is one") ","
		 FLAG_ARG("proposal", "with what you proposed in this turn"), ""),
	  TOOL_RUNS, tool_simulate, NULL, NULL },
	{ "wave", "Questions to the waves of the last simulation: names, values, changes, a "
		 "table of cycles; expressions "
		  "in SystemVerilog (with $past, $rose, ...) at the edges of a clock, as a "
		 "clocked process sees them. At most 50 rows.",
	  OBJECT("\"op\":{\"type\":\"string\",\"enum\":[\"signals\",\"value\",\"changes\",\"table\","
		 "\"rows\",\"count\",\"property\"]},"
		 TEXT_ARG("signal", "for value and changes: tb.dut.q, or the end of it that is "
		 "unique; for signals a part of a name") ","
		 TEXT_ARG("eval", "rows: what to show, separated by ;. count, property: what "
		 "should hold") ","
		 TEXT_ARG("on", "posedge clk, negedge E; without it each change is looked at") ","
		 TEXT_ARG("when", "only where this holds") ","
		 NUMBER_ARG("from", "time, in the dump's unit") ","
		 NUMBER_ARG("to", "time, in the dump's unit"),
		 "\"op\""),
	  TOOL_READS, tool_wave, NULL, NULL },
	{ "why", "Which statement gave a signal its value in the last simulation: file and "
		 "line, the conditions with their "
		 "values, and what it read; ask again for one of those. Without a signal: what "
		 "the last failing check compared.",
	  OBJECT(TEXT_ARG("signal", "full name or the end of one: dut.q, mem[3], q[7:4]; x: the "
		 "root of an x") ","
		 TEXT_ARG("time", "30ns, #5 (a clock cycle) or a number in the dump's unit; "
		 "else when the run failed") ","
		 NUMBER_ARG("steps", "1 to 12; 1"), ""),
	  TOOL_READS, tool_why, NULL, NULL },
	{ "propose_edit", "Proposes a change to a file. Nothing is written: a person decides "
		 "line by line. The result says "
			  "what the linter would say.",
	  OBJECT(TEXT_ARG("path", "relative to the project; a new file is made") ","
		 TEXT_ARG("text", "the whole new file; or else search and replace") ","
		 TEXT_ARG("search", "lines that occur exactly once") ","
		 TEXT_ARG("replace", "the lines that replace them") ","
		 TEXT_ARG("reason", "one sentence for the person"),
		 "\"path\",\"reason\""),
	  TOOL_PROPOSES, tool_propose_edit, NULL, NULL },
	{ "ask_person", "Asks the person one thing that only they can decide, and waits for the "
		 "answer. Not for what a tool can find out.",
	  OBJECT(TEXT_ARG("question", "one "
		 "sentence") ",\"options\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},"
		 "\"description\":\"at most 8 answers to choose from; the person may write "
		 "another\"}", "\"question\""),
	  TOOL_TALKS, tool_ask_person, NULL, NULL },
	{ "done", "Ends your turn. What you claim is shown with the tool that showed it; a "
		 "claim that none showed is shown in grey.",
	  OBJECT("\"claims\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
		 TEXT_ARG("claim", "one sentence") ","
		 TEXT_ARG("check", "the tool of this turn that showed it: simulate, lint, wave")
		 "},\"required\":[\"claim\"]}}", ""),
	  TOOL_TALKS, tool_done, NULL, NULL },
	{ NULL, NULL, NULL, 0, NULL, NULL, NULL },
};
/* clang-format on */
