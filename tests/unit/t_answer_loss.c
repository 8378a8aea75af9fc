/* The worst an answer can do is to replace a correct file by a wrong or truncated one.
 * Generated files, and answers that repeat them except for omitted parts, must never
 * be placed as if they were complete. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/answer/answer_loss.h"
#include "session/base/str.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

#define N(list) (sizeof(list) / sizeof((list)[0]))

struct dice {
	unsigned state;
};

static unsigned roll(struct dice *d, unsigned sides)
{
	d->state = d->state * 1664525u + 1013904223u;
	return (d->state >> 8) % sides;
}

/* A project of one file ----------------------------------------------------------- */

struct one {
	const char *path;
	const char *text;
};

static bool read_it(void *ctx, const char *path, struct str *out)
{
	const struct one *f = ctx;

	if (strcmp(path, f->path) != 0)
		return false;
	str_adds(out, f->text);
	return true;
}

static bool exists(void *ctx, const char *path)
{
	return strcmp(path, ((struct one *)ctx)->path) == 0;
}

static const char *file_of_module(void *ctx, const char *module)
{
	const struct one *f = ctx;
	struct voutline o;
	bool yes;

	voutline_init(&o, f->text, strlen(f->text));
	yes = voutline_module(&o, module) != NULL;
	voutline_fini(&o);
	return yes ? f->path : NULL;
}

static size_t files_named(void *ctx, const char *base_name, const char **one)
{
	const struct one *f = ctx;

	*one = f->path;
	return str_ends(f->path, base_name);
}

static const char *file_at(void *ctx, size_t i)
{
	return i == 0 ? ((struct one *)ctx)->path : NULL;
}

static void place(const char *answer, struct one *f, struct placement *out)
{
	struct answer_project project = { .ctx = f,
					  .read = read_it,
					  .exists = exists,
					  .file_of_module = file_of_module,
					  .files_named = files_named,
					  .file_at = file_at,
					  .rtl_dir = "rtl",
					  .tb_dir = "tb" };
	struct answer_parts parts;

	answer_parse(answer, strlen(answer), &parts);
	answer_place(&parts, &project, out);
	answer_parts_fini(&parts);
}

/* Without a person's decision nothing of it would be written. */
static bool held_back(const struct placement *pl)
{
	return pl->n == 0 || pl->v[0].cut || pl->v[0].thin;
}

/* Files ----------------------------------------------------------------------------- */

#define MOST_BLOCKS 14

/* One to three modules of n blocks that each drive an output of their own;
 * blocks from..to-1 of the first one are replaced by what. */
static void write_module(struct str *out, size_t which, size_t n, size_t from, size_t to,
			 const char *what)
{
	str_addf(out, "module part%zu (\n    input  logic clk,\n    input  logic rst", which);
	for (size_t i = 0; i < n; i++)
		str_addf(out, ",\n    output logic [7:0] q%zu", i);
	str_adds(out, "\n);\n");
	for (size_t i = 0; i < n; i++) {
		if (i >= from && i < to) {
			if (i == from)
				str_adds(out, what);
			continue;
		}
		str_addf(out,
			 "\n    // Counter %zu.\n    always_ff @(posedge clk)\n        if (rst)\n  "
			 "          q%zu <= '0;\n"
			 "        else\n            q%zu <= q%zu + 8'd%zu;\n",
			 i, i, i, i, i + 1);
	}
	str_adds(out, "endmodule\n");
}

static void write_file(struct str *out, size_t modules, size_t n, size_t from, size_t to,
		       const char *what)
{
	str_clear(out);
	str_adds(out, "// Counters.\n`default_nettype none\n\n");
	for (size_t i = 0; i < modules; i++) {
		write_module(out, i, n, i == 0 ? from : 0, i == 0 ? to : 0, what);
		if (i + 1 < modules)
			str_addc(out, '\n');
	}
}

static const char *const fillers[] = {
	"",
	"\n",
	"\n    // ...\n",
	"    ...\n",
	"    // rest of the code\n",
	"    // Rest wie gehabt\n",
	"    // le reste ne change pas\n",
	"    /* as in your file */\n",
	"    // FSM\n",
	"    // (unchanged)\n",
	"    // 其余代码保持不变\n",
	"    // 残りは同じ\n",
	"    // остальное без изменений\n",
	"    // ----------\n",
	"    // [snip]\n",
	"    // TODO: keep the rest\n",
	"    /*\n     * The counters stay.\n     */\n",
	"    # ...\n",
	"    <!-- unchanged -->\n",
	"    [... 80 lines left out here ...]\n",
	"    `ifdef REST\n    `endif\n",
	"    -- rest unchanged\n",
	"    {...}\n",
	"    // ⋮\n",
	"    // .\n    // .\n    // .\n",
	"    // q1, q2: see above\n",
	"    // Körper unverändert übernehmen\n",
	"    // و هكذا\n",
};

static const struct frame {
	const char *before, *after;
} frames[] = {
	{ "Here it is:\n\n```systemverilog\n", "```\n" },
	{ "```verilog rtl/part.sv\n", "```\nDone.\n" },
	{ "**rtl/part.sv**\n\n```\n", "```\n" },
	{ "", "" },
	{ "<write_to_file>\n<path>rtl/part.sv</path>\n<content>\n",
	  "</content>\n</write_to_file>\n" },
	{ "1. Do this:\n\n   ```sv\n", "   ```\n" },
	{ "~~~systemverilog title=\"rtl/part.sv\"\n", "~~~\n" },
};

static char *framed(const struct frame *f, const struct str *code)
{
	return str_fmt("%s%s%s", f->before, str_cstr(code), f->after);
}

/* Counts independently how many lines of the first module's code are left. */
CASE(a_file_that_loses_most_is_never_placed_silently)
{
	struct dice d = { 13 };
	struct str base = STR_INIT, code = STR_INIT;
	size_t most = 0, held = 0;

	for (unsigned i = 0; i < test_rounds(3000); i++) {
		size_t modules = 1 + roll(&d, 3), n = 4 + roll(&d, MOST_BLOCKS - 4);
		size_t from = roll(&d, 2), to = n - roll(&d, 2);
		const char *filler = fillers[roll(&d, N(fillers))];
		const struct frame *frame = &frames[roll(&d, N(frames))];
		struct one f = { "rtl/part.sv", NULL };
		struct placement pl;
		char *answer;

		write_file(&base, modules, n, 0, 0, "");
		write_file(&code, modules, n, from, to, filler);
		f.text = str_cstr(&base);
		answer = framed(frame, &code);
		place(answer, &f, &pl);
		most++;
		held += held_back(&pl);
		if (!held_back(&pl))
			print_message("%zu of %zu blocks, filler '%s': placed\n%s", to - from, n,
				      filler, answer);
		assert_true(held_back(&pl));
		placement_fini(&pl);
		free(answer);
	}
	assert_int_equal(held, most);
	str_free(&base);
	str_free(&code);
}

/* The same without the hint: the ports of the omitted part are gone, too. */
CASE(a_module_written_anew_but_much_smaller_waits_for_a_person)
{
	struct dice d = { 7 };
	struct str base = STR_INIT, code = STR_INIT;

	for (int i = 0; i < 500; i++) {
		size_t n = 6 + roll(&d, MOST_BLOCKS - 6), left = 1;
		struct one f = { "rtl/part.sv", NULL };
		struct placement pl;
		char *answer;

		write_file(&base, 1, n, 0, 0, "");
		write_file(&code, 1, left, 0, 0, "");
		f.text = str_cstr(&base);
		answer = framed(&frames[roll(&d, N(frames))], &code);
		place(answer, &f, &pl);
		assert_int_equal(pl.n, 1);
		assert_true(pl.v[0].thin);
		assert_true(pl.notes.n > 0);
		placement_fini(&pl);
		free(answer);
	}
	str_free(&base);
	str_free(&code);
}

/* Refusing everything would not be a success. */
CASE(a_whole_file_with_a_change_is_placed_as_it_is)
{
	struct dice d = { 29 };
	struct str base = STR_INIT, code = STR_INIT;

	for (unsigned i = 0; i < test_rounds(1000); i++) {
		size_t modules = 1 + roll(&d, 3), n = 3 + roll(&d, MOST_BLOCKS - 3),
		       frame = roll(&d, N(frames));
		struct one f = { "rtl/part.sv", NULL };
		struct placement pl;
		char *answer, *at;

		if (frame == 5)
			frame = 0; /* a list's indentation is taken off */
		write_file(&base, modules, n, 0, 0, "");
		write_file(&code, modules, n, 0, 0, "");
		at = strstr(code.data, "8'd1;");
		assert_non_null(at);
		at[3] = '9';
		if (roll(&d, 2))
			str_adds(&code, "// The end.\n");
		f.text = str_cstr(&base);
		answer = framed(&frames[frame], &code);
		place(answer, &f, &pl);
		assert_int_equal(pl.n, 1);
		assert_false(held_back(&pl));
		assert_true(pl.v[0].proposed_len >= base.len);
		assert_memory_equal(pl.v[0].proposed, code.data, base.len);
		placement_fini(&pl);
		free(answer);
	}
	str_free(&base);
	str_free(&code);
}

CASE(a_loss_is_measured_by_module)
{
	struct str base = STR_INIT, now = STR_INIT;
	struct loss l;

	write_file(&base, 3, 8, 0, 0, "");
	write_file(&now, 3, 8, 0, 8, "");
	assert_true(answer_loses_most("a.sv", slice_of(base.data), slice_of(now.data), &l));
	assert_string_equal(l.what, "part0");
	assert_int_equal(l.lost, 40);
	assert_false(answer_loses_most("a.sv", slice_of(now.data), slice_of(base.data), &l));
	assert_false(answer_loses_most("a.sv", slice_of(base.data), slice_of(base.data), &l));
	str_free(&base);
	str_free(&now);
}

CASE(a_constraint_file_is_not_replaced_by_one_line_of_it)
{
	struct one f = {
		"syn/top.sdc",
		"create_clock -period 10 [get_ports clk]\nset_input_delay 2 [get_ports a]\n"
		"set_input_delay 2 [get_ports b]\nset_output_delay 2 [get_ports y]\n"
	};
	struct placement pl;

	place("### syn/top.sdc\n```tcl\nset_false_path -from [get_ports rst]\n```\n", &f, &pl);
	assert_int_equal(pl.n, 1);
	assert_true(pl.v[0].thin);
	placement_fini(&pl);
}

CASE(one_of_two_versions_of_a_module_is_not_the_file)
{
	struct one f = {
		"rtl/mem.sv",
		"`ifdef FPGA\nmodule mem(input a, output y);\n    assign y = a;\nendmodule\n`else\n"
		"module mem(input a, output y);\n    assign y = ~a;\nendmodule\n`endif\n"
		"module other(input a, output y);\n    assign y = a;\nendmodule\n"
	};
	struct placement pl;

	place("```sv rtl/mem.sv\nmodule mem(input a, output y);\n    assign y = a & "
	      "1;\nendmodule\n```\n",
	      &f, &pl);
	assert_true(held_back(&pl) || strstr(pl.v[0].proposed, "module other") != NULL);
	placement_fini(&pl);
}
