#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "tests/lib/dice.h"
#include "tests/lib/wave.h"
#include "session/trace/expr.h"
#include "session/trace/trace.h"

/* Values by leaf, the newest first, one list for each signal. */
struct values {
	struct expr *e;
	const char *const (*of)[4]; /* by signal */
};

static const char *value_of(void *ctx, size_t leaf, unsigned back, size_t *len)
{
	struct values *v = ctx;
	const char *text = back < 4 ? v->of[expr_leaf(v->e, leaf)][back] : NULL;

	*len = text ? strlen(text) : 0;
	return text;
}

static const struct {
	const char *scope, *name;
	int msb, lsb;
	const char *values[4];
} signals[] = {
	{ "tb", "clk", 0, 0, { "1", "0", "1", "0" } },
	{ "tb", "a", 7, 0, { "11110000", "00000001", "xxxxxxxx", NULL } },
	{ "tb.dut", "a", 7, 0, { "00001111", "00001111", "00001111", "00001111" } },
	{ "tb.dut", "b", 0, 3, { "1x0z", "0000", "0000", "0000" } },
	{ "tb.dut.g[1]", "q", 3, 0, { "1010", "1010", "1011", "1011" } },
	{ "tb.dut", "mem[2]", 7, 0, { "00000111", NULL, NULL, NULL } },
	{ "tb", "\\odd+name", 3, 0, { "0101", NULL, NULL, NULL } },
	{ "tb.pipe.1.\\u/v", "use_lod", 3, 0, { "0110", NULL, NULL, NULL } },
	{ "tb.gen(2)", "q2", 3, 0, { "0111", NULL, NULL, NULL } },
	{ "tb", "r", 0, 0, { "2.5", "1.5", NULL, NULL } },
	{ "tb", "s", 0, 0, { "idle", "busy", "50\\040NS", NULL } },
};

#define SIGNALS (sizeof(signals) / sizeof(*signals))

static struct trace *some_trace(void)
{
	struct wave *w = wave_new();

	for (size_t i = 0; i < SIGNALS; i++) {
		struct wave_signal s = { .scope = signals[i].scope,
					 .name = signals[i].name,
					 .width = abs(signals[i].msb - signals[i].lsb) + 1,
					 .msb = signals[i].msb,
					 .lsb = signals[i].lsb,
					 .has_range = signals[i].msb != signals[i].lsb,
					 .real = i >= SIGNALS - 2 };

		wave_add_signal(w, &s, -1);
		wave_change(w, i, 0, signals[i].values[0], strlen(signals[i].values[0]));
	}
	return trace_of_wave(w);
}

static void gives(const char *text, const char *want)
{
	struct trace *t = some_trace();
	struct err err = { 0 };
	struct expr *e = expr_parse(t, text, &err);
	const char *values[SIGNALS][4];
	struct values v = { e, values };
	struct expr_source from = { value_of, &v };
	struct expr_value got;
	struct str s = STR_INIT;

	for (size_t i = 0; i < SIGNALS; i++)
		memcpy(values[i], signals[i].values, sizeof(values[i]));
	if (!e)
		fail_msg("%s: %s", text, err.text);
	got = expr_value(e, &from);
	expr_print(&got, &s);
	if (strcmp(str_cstr(&s), want) != 0)
		fail_msg("%s is %s, not %s", text, str_cstr(&s), want);
	str_free(&s);
	expr_free(e);
	trace_close(t);
}

static void refuses(const char *text, const char *why)
{
	struct trace *t = some_trace();
	struct err err = { 0 };
	struct expr *e = expr_parse(t, text, &err);

	if (e)
		fail_msg("%s is taken", text);
	if (!strstr(err.text, why))
		fail_msg("%s: %s", text, err.text);
	trace_close(t);
}

CASE(names_are_paths_or_their_ends)
{
	gives("tb.a", "8'hf0");
	gives("dut.a", "8'h0f");
	gives("clk", "1");
	gives("dut.g[1].q[3:2]", "2'h2");
	gives("q[0]", "0");
	gives("mem[2]", "8'h07");
	gives("dut.mem[2][1:0]", "2'h3");
	gives("\\mem[2] ", "8'h07");
	gives("a", "8'hf0"); /* the outermost */
	gives("\\odd+name ", "4'h5");
	gives("tb.\\odd+name [1:0] + 1", "32'h00000002");
	gives("tb.\\pipe.1.u/v .use_lod", "4'h6");
	gives("1'b1 ? pipe.1.\\u/v .use_lod+1.5 : 0.0", "7.5");
	gives("gen(2).q2 == 7", "1");
	refuses("nobody", "no signal of the run is called nobody");
	refuses("ut.a", "no signal");
}

CASE(selects_follow_the_declaration)
{
	gives("b[0]", "1"); /* [0:3] */
	gives("b[3]", "z");
	gives("b[0:1]", "2'hX");
	gives("b[2+:2]", "2'hZ");
	gives("b[3-:2]", "2'hZ");
	gives("tb.a[4+:4]", "4'hf");
	gives("tb.a[7-:4]", "4'hf");
	gives("tb.a[8]", "x");
	gives("tb.a[9:6]", "4'hX");
	gives("tb.a[b[1]]", "x");
}

CASE(the_past_is_looked_up)
{
	gives("$past(tb.a)", "8'h01");
	gives("$past(tb.a, 2)", "8'hxx");
	gives("$past(tb.a, 3)", "8'hxx");
	gives("$rose(clk)", "1");
	gives("$fell(clk)", "0");
	gives("$past($rose(clk))", "0");
	gives("$past($fell(clk))", "1");
	gives("$stable(dut.a) && $changed(tb.a)", "1");
	gives("$rose(b[3])", "0");
	gives("$past(r) + 1", "2.5");
}

CASE(reals_and_texts)
{
	gives("r * 2", "5");
	gives("r > 2", "1");
	gives("-r", "-2.5");
	gives("s == \"idle\"", "1");
	gives("$changed(s)", "1");
	gives("$past(s) != \"busy\"", "0");
	gives("clk ? s : \"none\"", "idle");
	/* As it is shown, and as the dump has it. */
	gives("$past(s, 2) == \"50 NS\"", "1");
	gives("$past(s, 2) == \"50\\040NS\"", "1");
	gives("$past(s, 2) == \"50\"", "0");
	gives("$past(s, 2)", "50 NS");
	refuses("s + 1", "a string is not a number");
	refuses("s == 1", "a text is compared with texts only");
	refuses("r & 1", "neither a real nor a text");
	refuses("~r", "neither a real nor a text");
}

CASE(lists_and_functions)
{
	gives("dut.a inside {3, [10:20]}", "1");
	gives("dut.a inside {8'b0000_11??}", "1");
	gives("q inside {1, 2}", "0");
	gives("b inside {1}", "0");
	gives("b inside {[0:15]}", "x");
	gives("$countones(dut.a)", "4");
	gives("$onehot(q)", "0");
	gives("$onehot0(4'b0)", "1");
	gives("$isunknown(b)", "1");
	gives("$clog2(9)", "4");
	gives("$bits({tb.a, q})", "12");
	gives("0 -> 0 -> 0", "1");
}

CASE(syntax_errors_name_their_column)
{
	refuses("", "column 1: the expression ends where a signal, a number or \"(\" should be");
	refuses("clk &&", "column 7: the expression ends");
	refuses("clk clk", "column 5: \"clk\" where an operator or the end is expected");
	refuses("(clk", "where \")\" should be");
	refuses("8'q1", "after ' one of");
	refuses("8'b2", "do not fit its base");
	refuses("12ab", "ends with a letter");
	refuses("0'b1", "size is 1 to");
	refuses("200000'b1", "size is 1 to");
	refuses("$past(clk, 0)", "1 to 1000 cycles");
	refuses("$past(clk, 1001)", "1 to 1000 cycles");
	refuses("$past($past(clk, 999), 999)", "at most 1000 cycles");
	refuses("$past(clk, q)", "a constant is expected");
	refuses("$time", "a known function");
	refuses("{70000{2'b10}}", "more than 131072 bits");
	refuses("{0{2'b10}}", "repeat at least once");
	refuses("\"open", "the closing \"");
	refuses("tb.a[7:200000000]", "so many bits");
	refuses("((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1",
		"fewer levels");
	refuses("----------------------------------------------------------------------1",
		"fewer levels");
}

/* Random expressions, each with the value that Icarus gives it. */

static void add_number(struct str *s)
{
	static const char digits[] = "0101010101xz";
	unsigned width = 1 + roll(roll(4) ? 9 : 70);

	switch (roll(6)) {
	case 0:
		str_addf(s, "%u", roll(20));
		break;
	case 1:
		str_addf(s, "%u'd%u", 4 + roll(8), roll(16));
		break;
	case 2:
		str_addf(s, "%u'sd%u", 4 + roll(8), roll(16));
		break;
	default:
		str_addf(s, "%u'%sb", width, roll(3) ? "" : "s");
		for (unsigned i = 0; i < 1 + roll(width); i++)
			str_addc(s, digits[roll(sizeof(digits) - (roll(3) ? 3 : 1))]);
	}
}

static void add_expression(struct str *s, int depth)
{
	static const char *const unary[] = { "-", "~", "!", "&", "|", "^", "~&", "~|", "~^", "+" };
	static const char *const binary[] = { "+",   "-",   "*", "/",  "%", "**", "<<", ">>",
					      "<<<", ">>>", "<", "<=", ">", ">=", "==", "!=",
					      "===", "!==", "&", "|",  "^", "~^", "&&", "||" };
	static const char *const around[] = { "$signed", "$unsigned" };

	if (depth == 0) {
		if (roll(2))
			str_addf(s, "v%u", roll(4));
		else
			add_number(s);
		return;
	}
	str_addc(s, '(');
	switch (roll(8)) {
	case 0:
		str_adds(s, unary[roll(10)]);
		str_addc(s, ' ');
		add_expression(s, depth - 1);
		break;
	case 1:
		add_expression(s, depth - 1);
		str_adds(s, " ? ");
		add_expression(s, depth - 1);
		str_adds(s, " : ");
		add_expression(s, depth - 1);
		break;
	case 2:
		str_addf(s, "%s(", around[roll(2)]);
		add_expression(s, depth - 1);
		str_addc(s, ')');
		break;
	case 3:
		str_addf(s, "{v%u, {%u{4'b1x0%u}}, v%u[%u]}", roll(4), 1 + roll(3), roll(2),
			 roll(4), roll(12));
		break;
	default:
		add_expression(s, depth - 1);
		str_addf(s, " %s ", binary[roll(24)]);
		add_expression(s, depth - 1);
	}
	str_addc(s, ')');
}

#define EXPRESSIONS 3000

static const int widths[4] = { 1, 8, 33, 70 };

CASE(as_icarus_says)
{
	char dir[] = "/tmp/t_expr.XXXXXX", command[256], path[64], line[512];
	static char *texts[EXPRESSIONS];
	char values[4][80];
	struct wave *w = wave_new();
	struct trace *t;
	FILE *f;
	int wrong = 0;

	if (system("iverilog -V >/dev/null 2>&1") != 0)
		skip();
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/t.v", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "module t;\n");
	for (int i = 0; i < 4; i++) {
		char name[3] = { 'v', (char)('0' + i), 0 };
		struct wave_signal s = { .scope = "t",
					 .name = name,
					 .width = widths[i],
					 .msb = widths[i] - 1,
					 .has_range = true };

		wave_add_signal(w, &s, -1);
		for (int k = 0; k < widths[i]; k++)
			values[i][k] = "0101010101xz"[roll(i == 2 ? 10 : 12)];
		values[i][widths[i]] = '\0';
		fprintf(f, "reg [%d:0] v%d = %d'b%s;\n", widths[i] - 1, i, widths[i], values[i]);
	}
	fprintf(f, "initial begin #1;\n");
	for (int i = 0; i < EXPRESSIONS; i++) {
		struct str s = STR_INIT;

		add_expression(&s, (int)roll(4));
		fprintf(f, "$display(\"%%b\", %s);\n", str_cstr(&s));
		texts[i] = str_take(&s);
	}
	fprintf(f, "end\nendmodule\n");
	fclose(f);
	snprintf(command, sizeof(command), "cd %s && iverilog -g2012 -o t.vvp t.v && vvp -n t.vvp",
		 dir);
	f = popen(command, "r");
	assert_non_null(f);
	t = trace_of_wave(w);
	for (int i = 0; i < EXPRESSIONS; i++) {
		const char *const of[4][4] = {
			{ values[0] }, { values[1] }, { values[2] }, { values[3] }
		};
		struct err err = { 0 };
		struct expr *e = expr_parse(t, texts[i], &err);
		struct values v = { e, of };
		struct expr_source from = { value_of, &v };
		struct expr_value got;
		struct str s = STR_INIT;

		assert_non_null(fgets(line, sizeof(line), f));
		line[strcspn(line, "\n")] = '\0';
		if (!e)
			fail_msg("%s: %s", texts[i], err.text);
		got = expr_value(e, &from);
		bits_print(&got.bits, &s);
		if (strcmp(str_cstr(&s), line) != 0 && wrong++ < 20)
			print_error("%s\n  is     %s\n  Icarus %s\n", texts[i], str_cstr(&s), line);
		str_free(&s);
		expr_free(e);
		free(texts[i]);
	}
	pclose(f);
	trace_close(t);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
	assert_int_equal(wrong, 0);
}
