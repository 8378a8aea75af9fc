/* What a turn sends: little that is new with each request, and calls as text for a
 * model without tool support. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/journal/state.h"
#include "session/turn/call_words.h"
#include "session/turn/stray_call.h"
#include "session/turn/text_call.h"
#include "tests/lib/turn_desk.h"

/* How much of eight turns, two of them without a call, is sent twice; the files are as
 * large as small designs are. */
static double part_repeated(struct desk *d)
{
	static const char look[] = "c a read_file {\"path\":\"q.v\"}",
			  find[] = "t It is there.\nc b search {\"regex\":\"posedge\"}";
	static const char *const rounds[] = { look,   "t One.",	 find, "t I see.", "t Three.", look,
					      find,   "t Four.", look, "t Five.",  "t Six.",   look,
					      "t 7.", find,	 look, "t Eight.", NULL };
	struct str long_file = STR_INIT;
	struct outcome o;

	begin(d, rounds, "assist");
	for (int i = 0; i < 60; i++)
		str_addf(&long_file, "// line %d of a file that goes along with each question\n",
			 i);
	str_adds(&long_file, "module other;\nendmodule\n");
	put_file(d, "other.v", str_cstr(&long_file));
	str_free(&long_file);
	for (int i = 0; i < 8; i++) {
		char *question = str_fmt("question %d about q", i);
		char *changed = str_fmt("%s// version %d\n", design, i);

		put_file(d, "q.v",
			 changed); /* changing text would divide requests that are laid out anew */
		free(changed);
		ask(d, question, &o);
		assert_true(o.ok);
		ask_result_fini(&o.r);
		free(question);
	}
	return (double)script.again / (double)script.bytes;
}

IN_TASK(a_turn_is_gone_on_from)
{
	double part = part_repeated(d);
	const char *rules = strstr(str_cstr(&script.seen), "You have tools.");

	print_message("%.1f %% of %zu bytes were sent before\n", part * 100, script.bytes);
	assert_true(part > 0.905); /* laid out anew: 0.898 */
	/* Once, and in the instructions. */
	assert_non_null(rules);
	assert_null(strstr(rules + 1, "You have tools."));
	assert_non_null(strstr(str_cstr(&script.seen), "question 0 about q"));
	assert_non_null(strstr(str_cstr(&script.seen), "Three."));
}

IN_TASK(calls_in_text_are_calls)
{
	ROUNDS("t I look.\nn\nt ```tool\nn\nt {\"name\":\"read_file\",\"arguments\":{\"path\":"
	       "\"q.v\"}}\nn\nt ```\nn",
	       "t It toggles.");

	begin(d, rounds, "assist");
	assert_true(options_set(d->w.options, "tools", "text", NULL));
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_int_equal(script.asked, 2);
	assert_result(&o, 0, false, "always");
	assert_non_null(strstr(str_cstr(&script.seen), "Result of read_file:\n"));
	assert_non_null(strstr(str_cstr(&script.seen), "tool propose_edit: "));
	assert_null(strstr(str_cstr(&script.seen), "[tool "));
	OVER;
}

/* A server that does not know the model's template: results are sent as text, too. */
IN_TASK(calls_left_in_the_text_are_run)
{
	ROUNDS("t <tool_call>\nn\nt {\"name\":\"read_file\",\"arguments\":{\"path\":"
	       "\"q.v\"}}\nn\nt </tool_call>",
	       "t It toggles.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_int_equal(script.asked, 2);
	assert_result(&o, 0, false, "always");
	assert_non_null(strstr(str_cstr(&script.seen), "Result of read_file:\n"));
	OVER;
}

#define FENCED(call) "n\nt ```json\nn\nt " call "\nn\nt ```"
#define PROPOSAL                                                                                \
	"{\"name\":\"propose_edit\",\"arguments\":{\"path\":\"q.v\",\"reason\":\"r\",\"text\":" \
	"\"module q;\\nendmodule\\n\"}}"

/* A file that the model quotes at the end of its answer proposes nothing; one that it
 * sends again does, in whatever form it writes its calls. */
IN_TASK(a_call_that_may_be_quoted_only_looks)
{
	ROUNDS("t The README says:\n" FENCED(PROPOSAL),
	       "t I look.\n" FENCED("{\"name\":\"read_file\",\"arguments\":{\"path\":\"q.v\"}}"),
	       "t I mean it.\n" FENCED(PROPOSAL), "t That is all.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_int_equal(script.asked, 4);
	assert_result(&o, 0, true, "may be a quotation");
	assert_result(&o, 1, false, "always");
	assert_result(&o, 2, false, "waits for a person");
	OVER;
}

/* Both calls in a quotation are requested again, and `done` does not end the turn before
 * that. */
IN_TASK(calls_that_may_be_quoted_together)
{
	ROUNDS("t The README says:\n" FENCED("[" PROPOSAL ", " PROPOSAL "]"), "t That is all.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_result(&o, 0, true, "may be a quotation");
	assert_result(&o, 1, true, "may be a quotation");
	OVER;
}

IN_TASK(done_waits_for_what_may_be_quoted)
{
	ROUNDS("t I mend it.\n" FENCED("[" PROPOSAL
				       ", {\"name\":\"done\",\"arguments\":{\"claims\":[]}}]"),
	       "t " FENCED(PROPOSAL), "t That is all.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_result(&o, 0, true, "may be a quotation");
	assert_int_equal(script.asked, 3);
	OVER;
}

struct told {
	struct str all;
};

static void tell(void *ctx, const char *name, const char *args, size_t len)
{
	str_addf(&((struct told *)ctx)->all, "%s(%.*s) ", name, (int)len, args);
}

CASE(blocks_of_a_text_are_calls)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "a\n```tool\n{\"name\":\"x\",\"arguments\":{\"a\":1}}\n```\nb", "x({\"a\":1}) " },
		{ "```tool\n{\"name\":\"x\"}\n```\n```tool\n{\"name\":\"y\"}\n", "x() y() " },
		{ "```tool\n{\"name\":\"x\"}\n```<|im_end|>", "x() " },
		{ "```tool\n{\"name\":\"x\"}</s>", "x() " },
		{ "```tool\nno JSON\n```", "(no JSON\n) " },
		{ "```tool\n{\"name\":\"x\",\"argu", "({\"name\":\"x\",\"argu) " },
		{ "```json\n{\"name\":\"x\"}\n```", "" },
		/* quoted */
		{ "````md\n```tool\n{\"name\":\"x\"}\n```\n````\n", "" },
		{ "```verilog\n/*\n```tool\n{\"name\":\"x\"}\n*/\n```\n", "" },
		{ "```toolbox\n{\"name\":\"x\"}\n```", "" },
		{ "```tool", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct told t = { STR_INIT };

		text_calls(cases[i].text, strlen(cases[i].text), tell, &t, NULL);
		assert_string_equal(str_cstr(&t.all), cases[i].want);
		str_free(&t.all);
	}
}

static const char *schema(void *ctx, const char *name)
{
	return strcmp(name, "read_file") == 0 ? "{\"properties\":{\"path\":{\"type\":\"string\"},"
						"\"from\":{\"type\":\"integer\"}}}"
	       : strcmp(name, "search") == 0 || strcmp(name, "lint") == 0 ? "{}"
									  : NULL;
}

/* Call formats that servers leave in the text, and texts that only look like them. */
static void tell_stray(void *ctx, const char *name, const char *args, size_t len, bool maybe_quoted)
{
	tell(ctx, name, args, len);
	str_adds(&((struct told *)ctx)->all, maybe_quoted ? "? " : "");
}

/* Text as servers leave it, and the calls in it. */
static const struct {
	const char *text, *want;
} left[] = {
	{ "{\"name\": \"read_file\", \"arguments\": {\"path\": \"spec.md\"}}",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "{\"name\": \"read_file\", \"arguments\": {\"path\": \"spec.md\"}}\n{\"name\": "
	  "\"search\", \"arguments\": {\"regex\": \"count\"}}",
	  "read_file({\"path\":\"spec.md\"}) search({\"regex\":\"count\"}) " },
	{ "```json\n{\"name\": \"read_file\", \"arguments\": {\"path\": \"spec.md\"}}\n```",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<tool_call>\n{\"name\": \"read_file\", \"arguments\": {\"path\": "
	  "\"spec.md\"}}\n</tool_call>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<tool_call>\n<function=read_file>\n<parameter=path>\nspec.md\n</parameter>\n</"
	  "function>\n</tool_call>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "[TOOL_CALLS][{\"name\": \"read_file\", \"arguments\": {\"path\": \"spec.md\"}}]",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<|python_tag|>{\"name\": \"read_file\", \"parameters\": {\"path\": "
	  "\"spec.md\"}}<|eom_id|>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "I look.\n\n<function_calls>\n<invoke name=\"read_file\">\n<parameter "
	  "name=\"path\">spec.md</parameter>\n</invoke>\n</function_calls>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<|tool_calls_section_begin|><|tool_call_begin|>functions.read_file:0<|tool_call_"
	  "argument_begin|>{\"path\": "
	  "\"spec.md\"}<|tool_call_end|><|tool_calls_section_end|>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<\xef\xbd\x9c"
	  "tool\xe2\x96\x81"
	  "calls\xe2\x96\x81"
	  "begin\xef\xbd\x9c"
	  "><\xef\xbd\x9c"
	  "tool\xe2\x96\x81"
	  "call\xe2\x96\x81"
	  "begin\xef\xbd\x9c"
	  ">function<\xef\xbd\x9c"
	  "tool\xe2\x96\x81"
	  "sep\xef\xbd\x9c"
	  ">read_file\n```json\n{\"path\": \"spec.md\"}\n```<\xef\xbd\x9c"
	  "tool\xe2\x96\x81"
	  "call\xe2\x96\x81"
	  "end\xef\xbd\x9c"
	  "><\xef\xbd\x9c"
	  "tool\xe2\x96\x81"
	  "calls\xe2\x96\x81"
	  "end\xef\xbd\x9c"
	  ">",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<\xef\xbd\x9c"
	  "DSML\xef\xbd\x9c"
	  "function_calls>\n<\xef\xbd\x9c"
	  "DSML\xef\xbd\x9c"
	  "invoke name=\"read_file\">\n<\xef\xbd\x9c"
	  "DSML\xef\xbd\x9c"
	  "parameter name=\"path\" string=\"true\">spec.md</\xef\xbd\x9c"
	  "DSML\xef\xbd\x9c"
	  "parameter>\n</\xef\xbd\x9c"
	  "DSML\xef\xbd\x9c"
	  "invoke>\n</\xef\xbd\x9c"
	  "DSML\xef\xbd\x9c"
	  "function_calls>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<|tool_call>call:read_file{path:<|\"|>spec, v:2.md<|\"|>,from:3}<tool_call|>",
	  "read_file({\"path\":\"spec, v:2.md\",\"from\":3}) " },
	{ "call:read_file{path:spec, one.md,from:3}",
	  "read_file({\"path\":\"spec, one.md\",\"from\":3}) " },
	{ "call:lint{a:[1,<|\"|>b<|\"|>],c:{d:true}}",
	  "lint({\"a\":[1,\"b\"],\"c\":{\"d\":true}}) " },
	{ "call:lint{}", "lint({}) " },
	{ "call:lint{a:1", "" },
	{ "call:lint{a:1} and so on", "" },
	{ "call:rm{a:1}", "" },
	{ "Please call:lint{}", "" },
	{ "]<]minimax[>[<tool_call>\n]<]minimax[>[<invoke name=\"read_file\">\n]<]minimax[>[<path>"
	  "spec.md]<]minimax[>[</path>\n]<]minimax[>[</invoke>\n]<]minimax[>[</tool_call>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<invoke name=\"read_file\"><path>spec]<]mini]<]minimax[>[max[>[.md</path></invoke>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<function=read_file>{\"path\": \"spec.md\"}</function>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<tool_call name=\"read_file\">{\"path\": \"spec.md\"}</tool_call>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "I need the spec.\nAction: read_file\nAction Input: {\"path\": \"spec.md\"}",
	  "read_file({\"path\":\"spec.md\"}) ? " },
	{ "Action: read_file\nAction Input: {\"path\": \"spec.md\"}\nObservation: it is empty",
	  "" },
	{ "Action: none is needed", "" },
	{ "<tool_call>read_file\n<arg_key>path</arg_key>\n<arg_value>spec.md</"
	  "arg_value>\n</tool_call>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "<|channel|>analysis<|message|>I "
	  "look.<|end|><|start|>assistant<|channel|>commentary to=functions.read_file "
	  "<|constrain|>json<|message|>{\"path\": \"spec.md\"}<|call|>",
	  "read_file({\"path\":\"spec.md\"}) " },
	{ "You could send {\"name\": \"read_file\", \"arguments\": {\"path\": "
	  "\"spec.md\"}} to the tool, but I need not.",
	  "" },
	{ "{\"name\": \"counter\", \"arguments\": {\"width\": 8}}", "" },
	/* quoted: a file, a line of prose, a citation */
	{ "```verilog\n// <tool_call>{\"name\":\"lint\",\"arguments\":{}}</tool_call>\n```", "" },
	{ "The call is `<tool_call>{\"name\":\"lint\",\"arguments\":{}}</tool_call>`", "" },
	{ "> <tool_call>{\"name\":\"lint\",\"arguments\":{}}</tool_call>", "" },
	{ "line 3 of top.v says: "
	  "<tool_call>{\"name\":\"lint\",\"arguments\":{}}</tool_call>",
	  "" },
	/* behind words: meant or quoted */
	{ "I look.\n```json\n{\"name\":\"lint\",\"arguments\":{}}\n```", "lint({}) ? " },
	{ "I look.\n{\"name\":\"lint\",\"arguments\":{}}", "lint({}) ? " },
	{ "It says:\n```xml\n<tool_call>{\"name\":\"lint\",\"arguments\":{}}</tool_call>\n"
	  "```",
	  "lint({}) ? " },
	{ "I look.\n<tool_call>{\"name\":\"lint\",\"arguments\":{}}</tool_call>", "lint({}) " },
	{ "```\n<tool_call>{\"name\":\"lint\",\"arguments\":{}}</tool_call>\n```", "lint({}) " },
	{ "{\"name\":\"lint\",\"arguments\":\"{\\\"a\\\":1}\"}", "lint({\"a\":1}) " },
	{ "[{\"name\":\"lint\",\"arguments\":{}},{\"type\":\"function\",\"function\":{"
	  "\"name\":\"lint\",\"parameters\":{}}}]",
	  "lint({}) lint({}) " },
	{ "<tool_call>{\"name\":\"lint\",\"arguments\":{}}</tool_call>\nThe result is "
	  "fine.",
	  "" },
	{ "<tool_call>{\"name\":\"rm\",\"arguments\":{}}</tool_call>", "" },
	{ "<tool_call>{\"name\":\"lint\",\"arguments\":{}}</"
	  "tool_call><tool_call>{\"name\":\"rm\",\"arguments\":{}}</tool_call>",
	  "" },
	{ "<tool_call>{\"name\":\"lint\",\"argum", "" },
	{ "```tool_call\n{\"name\":\"lint\",\"arguments\":{}}", "lint({}) " },
	{ "[TOOL_CALLS]lint[ARGS]{}", "lint({}) " },
	{ "<function=read_file>\n<parameter=path>\n12\n</"
	  "parameter>\n<parameter=from>\n12\n</parameter>\n</function>",
	  "read_file({\"path\":\"12\",\"from\":12}) " },
	{ "lint {}", "lint({}) " },
	/* as Python writes them */
	{ "[read_file(path=\"a.v\", from=3), lint()]",
	  "read_file({\"path\":\"a.v\",\"from\":3}) lint({}) " },
	{ "```tool_code\nprint(search(regex='it\\'s \"q\"\\n', all=True))\n```",
	  "search({\"regex\":\"it's \\\"q\\\"\\n\",\"all\":true}) " },
	{ "lint(a=[1, 'b', {'c': None},], d={\"e\": -1.5})",
	  "lint({\"a\":[1,\"b\",{\"c\":null}],\"d\":{\"e\":-1.5}}) " },
	{ "lint(text=\"\"\"module \"q\";\nendmodule\"\"\")",
	  "lint({\"text\":\"module \\\"q\\\";\\nendmodule\"}) " },
	{ "I look.\n```python\nlint()\n```", "lint({}) ? " },
	{ "lint(text=\"\"\"\\\nmodule q;\n\"\"\")", "lint({\"text\":\"module q;\\n\"}) " },
	{ "lint(a=1, a=2)", "" },
	{ "lint(\"a.v\")", "" },
	{ "lint(a=b)", "" },
	{ "lint(a=1", "" },
	{ "lint(a='1)", "" },
	{ "lint() is a tool", "" },
	{ "rm(path=\"a.v\")", "" },
	{ "print(lint()", "" },
	{ "I could run lint() now.", "" },
	{ "{\"jsonrpc\":\"2.0\",\"method\":\"lint\",\"params\":{}}", "lint({}) " },
	{ "{\"action\":\"lint\",\"action_input\":{}}", "lint({}) " },
	{ "{\"function\":\"lint\",\"arguments\":{}}", "lint({}) " },
	{ "<tools>\n{\"tool_name\":\"lint\",\"args\":{}}\n</tools>", "lint({}) " },
	{ "lint", "" },
	{ "{}", "" },
	{ "module q;\nendmodule\n", "" },
};

CASE(calls_that_a_server_left_are_found)
{
	for (size_t i = 0; i < sizeof(left) / sizeof(*left); i++) {
		struct told t = { STR_INIT };
		const struct stray_reader r = { schema, tell_stray, &t };

		stray_calls(left[i].text, strlen(left[i].text), &r, NULL);
		if (strcmp(str_cstr(&t.all), left[i].want) != 0)
			fail_msg("%s\ngives %s", left[i].text, str_cstr(&t.all));
		str_free(&t.all);
	}
}

static void tell_anyhow(void *ctx, const char *name, const char *args, size_t len,
			bool maybe_quoted)
{
	tell(ctx, name, args, len);
}

/* Behind words: none of the calls is in what is said, and all are in the rest. */
DESK_CASE(words_end_where_the_calls_begin)
{
	static const char said[] = "\xef\xbd\x9c"
				   "DSML\xef\xbd\x9c </\xef\xbd\x9c"
				   "DSML\xef\xbd\x9c"
				   "x>.\n\n";

	for (size_t i = 0; i < sizeof(left) / sizeof(*left); i++) {
		struct told t = { STR_INIT }, rest = { STR_INIT };
		const struct stray_reader r = { schema, tell_anyhow, &t },
					  again = { schema, tell_anyhow, &rest };
		char *text = str_fmt("%s%s\n", said, left[i].text);
		size_t at = strlen(text);

		if (stray_calls(text, strlen(text), &r, &at)) {
			assert_true(at >= sizeof(said) - 1);
			assert_int_equal(stray_calls(text, at, &r, NULL), 0);
			stray_calls(text + at, strlen(text + at), &again, &at);
			assert_int_equal(at, 0);
			assert_string_equal(str_cstr(&rest.all), str_cstr(&t.all));
		} else {
			assert_int_equal(at, strlen(text));
		}
		str_free(&t.all);
		str_free(&rest.all);
		free(text);
	}
}

static void add_call(struct exchange_part *p, size_t at, const char *id, const char *name)
{
	*p = (struct exchange_part){
		.kind = EXCHANGE_CALL, .at = at, .id = (char *)id, .name = (char *)name
	};
}

/* text: what was recorded of a round; calls: read_file, or read_file and lint. */
static void is_said(const char *text, const char *id, size_t calls, const char *want)
{
	struct exchange_part parts[3];
	struct exchange x = { .parts = parts, .n_parts = calls + 1 };
	struct str out = STR_INIT;

	str_adds(&x.answer, text);
	add_call(&parts[0], x.answer.len, id, "read_file");
	parts[1] = (struct exchange_part){ .kind = EXCHANGE_RESULT, .at = x.answer.len };
	if (calls > 1)
		add_call(&parts[2], x.answer.len, "text-2", "lint");
	str_adds(&x.answer, "\n\nIt is so.");
	call_words(&x, &out);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	str_free(&x.answer);
}

DESK_CASE(calls_that_were_written_are_not_said)
{
	is_said("I look.\n[read_file(path=\"a.v\"), lint()]\n", "text", 2, "I look.\n\nIt is so.");
	is_said("read_file(path=\"a.v\")\n", "text", 1, "It is so.");
	is_said("I look.\n```tool\n{\"name\":\"read_file\",\"arguments\":{}}\n```\n", "text", 1,
		"I look.\n\nIt is so.");
	is_said("```tool\n{\"name\":\"read_file\",\"arguments\":{}}\n```\nThen", "text", 1,
		"```tool\n{\"name\":\"read_file\",\"arguments\":{}}\n```\nThen\n\nIt is so.");
	/* other calls than were made, or none in the text */
	is_said("read_file(path=\"a.v\")", "text", 2, "read_file(path=\"a.v\")\n\nIt is so.");
	is_said("[read_file(path=\"a.v\"), lint()]", "text", 1,
		"[read_file(path=\"a.v\"), lint()]\n\nIt is so.");
	is_said("read_file(path=\"a.v\")", "call_1", 1, "read_file(path=\"a.v\")\n\nIt is so.");
}
