#include "config.h"

#include "tests/lib/case.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/answer/answer_note.h"
#include "session/answer/answer_prose.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/end_marks.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

/* The project that answers are placed into; `given empty` is one without. */
struct project_file {
	const char *path, *text;
};

static const char uart[] = "// A transmitter: 8 bits, no parity, one stop bit.\n"
			   "module uart_tx #(\n"
			   "    parameter int DIV = 868\n"
			   ") (\n"
			   "    input  logic       clk,\n"
			   "    input  logic       rst,\n"
			   "    input  logic       start,\n"
			   "    input  logic [7:0] data,\n"
			   "    output logic       tx,\n"
			   "    output logic       busy\n"
			   ");\n"
			   "    typedef enum logic [1:0] { IDLE, START, BITS, STOP } state_t;\n"
			   "    state_t state;\n"
			   "    logic [15:0] count;\n"
			   "    logic [2:0]  index;\n"
			   "    logic [7:0]  shift;\n"
			   "\n"
			   "    assign busy = state != IDLE;\n"
			   "\n"
			   "    always_ff @(posedge clk) begin\n"
			   "        if (rst) begin\n"
			   "            state <= IDLE;\n"
			   "            count <= '0;\n"
			   "            index <= '0;\n"
			   "            shift <= '0;\n"
			   "        end else begin\n"
			   "            case (state)\n"
			   "                IDLE: if (start) begin\n"
			   "                    shift <= data;\n"
			   "                    count <= '0;\n"
			   "                    state <= START;\n"
			   "                end\n"
			   "                START: if (count == DIV - 1) begin\n"
			   "                    count <= '0;\n"
			   "                    index <= '0;\n"
			   "                    state <= BITS;\n"
			   "                end else count <= count + 1;\n"
			   "                BITS: if (count == DIV - 1) begin\n"
			   "                    count <= '0;\n"
			   "                    shift <= shift >> 1;\n"
			   "                    index <= index + 1;\n"
			   "                    if (index == 7) state <= STOP;\n"
			   "                end else count <= count + 1;\n"
			   "                STOP: if (count == DIV - 1) state <= IDLE;\n"
			   "                      else count <= count + 1;\n"
			   "            endcase\n"
			   "        end\n"
			   "    end\n"
			   "\n"
			   "    // The line rests high.\n"
			   "    always_comb begin\n"
			   "        case (state)\n"
			   "            START:   tx = 1'b0;\n"
			   "            BITS:    tx = shift[0];\n"
			   "            default: tx = 1'b1;\n"
			   "        endcase\n"
			   "    end\n"
			   "endmodule\n";

static const struct project_file files[] = {
	{ "rtl/counter.sv", "module counter(input logic clk, output logic [7:0] q);\n"
			    "\talways_ff @(posedge clk)\n\t\tq <= q + 1;\nendmodule\n" },
	{ "rtl/pair.sv",
	  "// Two that belong together.\n`timescale 1ns/1ps\n\nmodule left(input a, output y);\n"
	  "\tassign y = a;\nendmodule\n\n// The other.\nmodule right(input a, output y);\n"
	  "\tassign y = ~a;\nendmodule\n" },
	{ "rtl/dos.sv", "module dos(input a, output y);\r\n\tassign y = a;\r\nendmodule\r\n" },
	{ "rtl/open.sv", "module open(input a, output y);\n\tassign y = a;\nendmodule" },
	{ "rtl/licensed.sv",
	  "// Copyright somebody\n`default_nettype none\n\nmodule licensed(input a, output y);\n"
	  "\tassign y = a;\nendmodule\n`default_nettype wire\n" },
	{ "rtl/bom.sv",
	  "\xef\xbb\xbfmodule bom(input a, output y);\n\tassign y = a;\nendmodule\n" },
	{ "rtl/locked.sv", NULL }, /* cannot be read */
	{ "rtl/defs.svh", "`define WIDTH 8\n" },
	{ "ip/a/twin.sv", "module twin_a; endmodule\n" },
	{ "ip/b/twin.sv", "module twin_b; endmodule\n" },
	{ "ip/a/same.sv", "module same; endmodule\n" },
	{ "ip/b/same2.sv", "module same; endmodule\n" },
	{ "rtl/uart_tx.sv", uart },
	{ "scripts/run.mk", "all: sim\n" },
	{ "rtl/empty.sv", "" },
	{ "syn/top.sdc", "create_clock -period 10 [get_ports clk]\nset_input_delay 2 -clock clk "
			 "[get_ports start]\n" },
	{ "tb/counter_tb.sv",
	  "module counter_tb;\n\tlogic clk = 0;\n\tlogic [7:0] q;\n\tcounter dut(.*);\n"
	  "\tinitial #100 $finish;\nendmodule\n" },
};

#define N_FILES (sizeof(files) / sizeof(files[0]))

struct fixture {
	bool empty;
	char *force;
	struct strv unseen;
};

static const struct project_file *find(void *ctx, const char *path)
{
	for (size_t i = 0; i < N_FILES && !((struct fixture *)ctx)->empty; i++)
		if (strcmp(files[i].path, path) == 0)
			return &files[i];
	return NULL;
}

static bool fixture_read(void *ctx, const char *path, struct str *out)
{
	const struct project_file *f = find(ctx, path);

	if (f && f->text)
		str_adds(out, f->text);
	return f && f->text;
}

static bool fixture_exists(void *ctx, const char *path)
{
	return find(ctx, path) != NULL;
}

static const char *fixture_file_of_module(void *ctx, const char *module)
{
	const char *found = NULL;

	for (size_t i = 0; i < N_FILES && !((struct fixture *)ctx)->empty; i++) {
		struct voutline o;

		if (!files[i].text)
			continue;
		voutline_init(&o, files[i].text, strlen(files[i].text));
		if (voutline_module(&o, module))
			found = found ? "" : files[i].path;
		voutline_fini(&o);
	}
	return found;
}

static size_t fixture_files_named(void *ctx, const char *base_name, const char **one)
{
	size_t n = 0;

	for (size_t i = 0; i < N_FILES && !((struct fixture *)ctx)->empty; i++)
		if (strcmp(path_base(files[i].path), base_name) == 0) {
			*one = files[i].path;
			n++;
		}
	return n;
}

static const char *fixture_file_at(void *ctx, size_t i)
{
	return i < N_FILES && !((struct fixture *)ctx)->empty ? files[i].path : NULL;
}

static char *fixture_inside(void *ctx, const char *path)
{
	static const char root[] = "/home/me/project/";

	return str_starts(path, root) ? mem_strdup(path + strlen(root)) : NULL;
}

static bool fixture_seen(void *ctx, const char *path)
{
	return !strv_has(&((struct fixture *)ctx)->unseen, path);
}

static struct answer_project project_of(struct fixture *f)
{
	return (struct answer_project){
		.ctx = f,
		.read = fixture_read,
		.exists = fixture_exists,
		.file_of_module = fixture_file_of_module,
		.files_named = fixture_files_named,
		.file_at = fixture_file_at,
		.inside = fixture_inside,
		.seen = fixture_seen,
		.rtl_dir = f->empty ? "" : "rtl",
		.tb_dir = f->empty ? "" : "tb",
		.extension = f->empty ? NULL : ".sv",
		.forced_path = f->force,
	};
}

/* An outcome as text, to compare with NAME.expect. */

static void show_text(struct str *out, const char *text, size_t len)
{
	bool start = true;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (start)
			str_adds(out, "\t|");
		if (c == '\r' || (c < 0x20 && c != '\n' && c != '\t'))
			str_addf(out, "<%02x>", c);
		else
			str_addc(out, (char)c);
		start = c == '\n';
	}
	if (!start)
		str_adds(out, "\n\t\\ no newline\n");
}

static void show_part(struct str *out, const struct answer_part *part)
{
	static const char *const kinds[] = { "prose", "reasoning", "code", "edit", "diff" };

	str_addf(out, "part %s", kinds[part->kind]);
	if (part->language)
		str_addf(out, " language=%s", part->language);
	if (part->path)
		str_addf(out, " path=%s", part->path);
	str_adds(out, part->cut ? " cut\n" : "\n");
}

static void show(struct str *out, const struct answer_parts *parts, const struct placement *pl)
{
	str_addf(out, "answer %s\n", parts->cut ? "cut" : "whole");
	for (size_t i = 0; i < parts->n; i++)
		show_part(out, &parts->v[i]);
	for (size_t i = 0; i < pl->n; i++) {
		str_addf(out, "%s %s%s%s%s%s\n", pl->v[i].new_file ? "new" : "changed",
			 pl->v[i].path, pl->v[i].moves ? " -> " : "",
			 pl->v[i].moves ? pl->v[i].moves : "", pl->v[i].cut ? " cut" : "",
			 pl->v[i].thin ? " thin" : "");
		show_text(out, pl->v[i].proposed, pl->v[i].proposed_len);
	}
	for (size_t i = 0; i < pl->n_refused; i++)
		str_addf(out, "refused %zu: %s\n", pl->refused[i].part, pl->refused[i].why);
	for (size_t i = 0; i < pl->notes.n; i++)
		str_addf(out, "note: %s\n", pl->notes.v[i]);
	if (answer_unread(parts))
		str_adds(out, "unread\n");
}

/* "given empty", "given force PATH" at the top of an .expect. */
static struct fixture read_given(const char *expect, struct str *head)
{
	struct fixture f = { 0 };

	while (str_starts(expect, "given ")) {
		size_t n = strcspn(expect, "\n");

		str_add(head, expect, n);
		str_addc(head, '\n');
		if (str_starts(expect, "given empty\n"))
			f.empty = true;
		else if (str_starts(expect, "given force "))
			f.force = mem_strndup(expect + 12, n - 12);
		else if (str_starts(expect, "given unseen "))
			strv_give(&f.unseen, mem_strndup(expect + 13, n - 13));
		expect += n + (expect[n] == '\n');
	}
	return f;
}

static char *answers_dir(void)
{
	const char *src = getenv("srcdir");

	return path_join(src ? src : ".", "tests/unit/answers");
}

static void each_answer(void (*fn)(const char *path, const struct str *text, void *ctx), void *ctx)
{
	char *dir = answers_dir();
	DIR *d = opendir(dir);
	struct dirent *e;
	struct strv names = STRV_INIT;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL)
		if (str_ends(e->d_name, ".md"))
			strv_add(&names, e->d_name);
	closedir(d);
	strv_sort(&names);
	assert_true(names.n > 20);
	for (size_t i = 0; i < names.n; i++) {
		char *path = path_join(dir, names.v[i]);
		struct str text = STR_INIT;

		assert_true(file_read(path, 0, &text, NULL));
		fn(path, &text, ctx);
		str_free(&text);
		free(path);
	}
	strv_free(&names);
	free(dir);
}

static void check_one(const char *path, const struct str *text, void *ctx)
{
	char *expect_path = str_fmt("%.*s.expect", (int)(strlen(path) - 3), path);
	struct str expect = STR_INIT, got = STR_INIT;
	struct answer_parts parts;
	struct answer_project project;
	struct placement pl;
	struct fixture f;

	file_read(expect_path, 0, &expect, NULL);
	f = read_given(str_cstr(&expect), &got);
	project = project_of(&f);
	answer_parse(text->data, text->len, &parts);
	answer_place(&parts, &project, &pl);
	show(&got, &parts, &pl);
	if (getenv("POSEDGE_GOLDEN")) {
		assert_true(file_save(expect_path, got.data, got.len, 0644, NULL));
	} else if (strcmp(str_cstr(&got), str_cstr(&expect)) != 0) {
		print_message("%s:\n%s", expect_path, got.data);
		*(int *)ctx += 1;
	}
	placement_fini(&pl);
	answer_parts_fini(&parts);
	free(f.force);
	strv_free(&f.unseen);
	str_free(&expect);
	str_free(&got);
	free(expect_path);
}

CASE(recorded_answers_come_out_as_expected)
{
	int wrong = 0;

	each_answer(check_one, &wrong);
	assert_int_equal(wrong, 0);
}

CASE(a_fence_is_no_directive)
{
	struct slice none = { NULL, 0 };

	assert_int_equal(prose_within(slice_of("```verilog\nmodule m;\nendmodule\n"), none).n, 10);
	assert_int_equal(prose_within(slice_of("`define A a b c d e\nmodule m;\n"), none).n, 0);
}

/* Growing answers */

static const struct answer_part *nth_block(const struct answer_parts *parts, size_t n)
{
	for (size_t i = 0; i < parts->n; i++)
		if (parts->v[i].kind != PART_PROSE && n-- == 0)
			return &parts->v[i];
	return NULL;
}

static bool same_name(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Code without a fence, or in an open one, ends with the text so far, which may
 * continue. Its last line decides whether a list's indentation is removed from the
 * others; in a quotation it may so far be only the mark. */
static bool may_go_on(const char *text, size_t len, const struct answer_part *part)
{
	size_t n = part->len, from;

	while (len && strchr(" \t\r\n>", text[len - 1]))
		len--;
	while (n && strchr(" \t\r\n>", part->text[n - 1]))
		n--;
	for (from = n; from && part->text[from - 1] != '\n'; from--)
		;
	n -= from;
	return n <= len && memcmp(text + len - n, part->text + from, n) == 0;
}

/* "```" may become "```verilog". */
static bool ends_within_fence(const char *text, size_t len, size_t full)
{
	size_t start = len;

	while (start && text[start - 1] != '\n')
		start--;
	while (start < len && (text[start] == ' ' || text[start] == '\t'))
		start++;
	return len < full && len > start && text[len] != '\n' && text[len] != '\r' &&
	       (text[start] == '`' || text[start] == '~');
}

/* "endmodule<" may become "endmodule<|im_end|>", at the end of a line or with more behind it. */
static bool ends_within_mark(const struct str *text, size_t len)
{
	struct slice rest = { text->data, text->len }, line = rest, mark;

	while (rest.n && rest.p <= text->data + len)
		line = slice_line(&rest);
	line = slice_chomp(line);
	mark = slice_from(line, slice_find(line, "endmodule"));
	mark = slice_from(mark, slice_find(mark, "<"));
	for (; mark.p > line.p && mark.p[-1] == ' '; mark.n++)
		mark.p--;
	if (text->data + len > mark.p && text->data + len <= line.p + line.n)
		return true;
	return line.p + end_marks_before(line, false) < text->data + len &&
	       text->data + len < line.p + line.n;
}

/* A document may contain code blocks: only the text after its fences tells which one
 * closes it. */
static bool is_document(const struct answer_part *part)
{
	return part->language && strcmp(part->language, "markdown") == 0;
}

static void check_prefixes(const char *path, const struct str *text, void *ctx)
{
	struct answer_parts whole;

	if (strstr(path, "think-close")) /* the text after it shows that it was reasoning */
		return;
	answer_parse(text->data, text->len, &whole);
	for (size_t len = 0; len < text->len; len++) {
		char *prefix = mem_dup(text->data, len); /* so that ASan sees the end */
		struct answer_parts parts;
		const struct answer_part *part;

		answer_parse(prefix, len, &parts);
		for (size_t i = 0; (part = nth_block(&parts, i)) != NULL; i++) {
			const struct answer_part *same = nth_block(&whole, i);
			bool ok;

			if (is_document(part))
				break;
			if (part->cut || ends_within_fence(text->data, len, text->len) ||
			    ends_within_mark(text, len))
				continue;
			ok = same && same->kind == part->kind &&
			     same_name(same->path, part->path) && same->len >= part->len &&
			     memcmp(same->text, part->text, part->len) == 0 &&
			     (same->len == part->len || may_go_on(prefix, len, part)) &&
			     same->search_len == part->search_len;
			if (!ok)
				print_message("%s: at byte %zu part %zu changes\n", path, len, i);
			assert_true(ok);
		}
		answer_parts_fini(&parts);
		free(prefix);
	}
	answer_parts_fini(&whole);
}

CASE(a_whole_part_stays_while_the_answer_grows)
{
	each_answer(check_prefixes, NULL);
}

/* Single cases */

static void parse(const char *text, struct answer_parts *out)
{
	answer_parse(text, strlen(text), out);
}

CASE(an_empty_answer_has_no_parts)
{
	struct answer_parts parts;

	answer_parse(NULL, 0, &parts);
	assert_int_equal(parts.n, 0);
	assert_false(parts.cut);
	answer_parts_fini(&parts);
	parse(" \n\n", &parts);
	assert_int_equal(parts.n, 0);
	answer_parts_fini(&parts);
}

CASE(thoughts_whose_start_the_template_kept_end_at_their_tag)
{
	static const char text[] =
		"Perhaps so:\n```verilog\nmodule a; "
		"endmodule\n```\nNo.\n</think>\n```verilog\nmodule b; endmodule\n```\n";
	struct answer_parts parts;

	parse(text, &parts);
	assert_int_equal(parts.n, 2);
	assert_int_equal(parts.v[0].kind, PART_REASONING);
	assert_int_equal(parts.v[1].kind, PART_CODE);
	assert_string_equal(parts.v[1].text, "module b; endmodule\n");
	answer_parts_fini(&parts);
}

CASE(thoughts_behind_the_start_are_no_answer)
{
	static const char text[] = "I have an idea.\n<think>\nHold it?\n```verilog\nmodule a; "
				   "endmodule\n```\n</think>\n"
				   "```verilog\nmodule b; endmodule\n```\n";
	struct answer_parts parts;

	parse(text, &parts);
	assert_int_equal(parts.n, 3);
	assert_int_equal(parts.v[0].kind, PART_PROSE);
	assert_int_equal(parts.v[1].kind, PART_REASONING);
	assert_string_equal(parts.v[2].text, "module b; endmodule\n");
	answer_parts_fini(&parts);
}

CASE(bytes_stay_in_code_and_are_replaced_in_prose)
{
	static const char text[] =
		"a\0\xff\033[2J\n```verilog\nmodule m; // \xff\0\n endmodule\n```\n";
	struct answer_parts parts;

	answer_parse(text, sizeof(text) - 1, &parts);
	assert_int_equal(parts.n, 2);
	assert_string_equal(parts.v[0].text, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd[2J\n");
	assert_int_equal(parts.v[1].len, 27);
	assert_memory_equal(parts.v[1].text, "module m; // \xff\0\n endmodule\n", 27);
	answer_parts_fini(&parts);
}

static const struct {
	const char *head, *path, *language;
} named[] = {
	{ "```verilog rtl/x.sv\n", "rtl/x.sv", "verilog" },
	{ "```verilog:rtl/x.sv\n", "rtl/x.sv", "verilog" },
	{ "```SystemVerilog title=\"x.sv\"\n", "x.sv", "systemverilog" },
	{ "```verilog filename=rtl/x.sv\n", "rtl/x.sv", "verilog" },
	{ "```verilog {title='my dir/x.sv' .numberLines}\n", "my dir/x.sv", "verilog" },
	{ "```{.verilog filename=\"x.sv\"}\n", "x.sv", "verilog" },
	{ "```rtl/x.sv\n", "rtl/x.sv", NULL },
	{ "```verilog // rtl/x.sv\n", "rtl/x.sv", "verilog" },
	{ "```verilog (rtl/x.sv)\n", "rtl/x.sv", "verilog" },
	{ "```verilog title=\"A counter\"\n", NULL, "verilog" },
	{ "```verilog linenums=1\n", NULL, "verilog" },
	{ "~~~sv ../../.bashrc\n", "../../.bashrc", "sv" },
	{ "~~~sv /etc/passwd\n", "/etc/passwd", "sv" },
	{ "**rtl/x.sv**\n```\n", "rtl/x.sv", NULL },
	{ "**`rtl/x.sv`**\n\n```\n", "rtl/x.sv", NULL },
	{ "### File: rtl/x.sv\n```sv\n", "rtl/x.sv", "sv" },
	{ "#### 1. `rtl/x.sv` (new file)\n```sv\n", "rtl/x.sv", "sv" },
	{ "rtl/x.sv:\n```sv\n", "rtl/x.sv", "sv" },
	{ "<!-- rtl/x.sv -->\n```sv\n", "rtl/x.sv", "sv" },
	{ "### rtl/x.sv\n\nWhat it does, e.g. count.\n\n```sv\n", "rtl/x.sv", "sv" },
	{ "### rtl/x.sv\n\n### Another\n\n```sv\n", NULL, "sv" },
	{ "Save this as `m.sv`:\n```sv\n", "m.sv", "sv" },
	{ "A testbench for `counter.sv`:\n```sv\n", NULL, "sv" },
	{ "`m.sv` and `n.sv` belong together:\n```sv\n", NULL, "sv" },
	{ "Run it with run.sh:\n```bash\n", NULL, "bash" },
	{ "See <details>x</details>\n```\n", NULL, NULL },
	{ "```sv\n// rtl/x.sv\n", "rtl/x.sv", "sv" },
	{ "```sv\n// file: rtl/x.sv\n", "rtl/x.sv", "sv" },
	{ "```sv\n/////////////////\n// File:   rtl/x.sv\n/////////////////\n", "rtl/x.sv", "sv" },
	{ "```sv\n/*\n * Filename : x.sv\n */\n", "x.sv", "sv" },
	{ "```sv\n// x.sv - a module\n", "x.sv", "sv" },
	{ "```sv\n// x.sv holds a module\n", NULL, "sv" },
	{ "```sv\n// Testbench for x.sv\n", NULL, "sv" },
	{ "**x.sv**\n```sv\n// rtl/x.sv\n", "rtl/x.sv", "sv" },
};

CASE(a_file_name_is_found_where_models_put_it)
{
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		const char *fence = strstr(named[i].head, "~~~") ? "~~~" : "```";
		char *text = str_fmt("%smodule m; endmodule\n%s\n", named[i].head, fence);
		struct answer_parts parts;
		const struct answer_part *part;

		parse(text, &parts);
		part = nth_block(&parts, 0);
		assert_non_null(part);
		if (!same_name(part->path, named[i].path) ||
		    !same_name(part->language, named[i].language))
			fail_msg("%s: path %s, language %s", named[i].head,
				 part->path ? part->path : "none",
				 part->language ? part->language : "none");
		assert_null(nth_block(&parts, 1));
		assert_false(parts.cut);
		answer_parts_fini(&parts);
		free(text);
	}
}

/* Megabytes that could make a parser backtrack; quadratic time would not end. */
CASE(large_answers_take_linear_time)
{
	static const char *const repeated[] = {
		"x",
		"`",
		"```\n",
		"module m(\n",
		"module x\n\n\n",
		"<<<<<<< SEARCH\n",
		"--- a\n+++ b\n",
		"[BEGIN]\n",
		"<think>",
		"/*\n",
		"// x\n",
		"- ```verilog\n a\n",
		"=======\n",
		"module a;\nendmodule\n",
		"@@ -1 +1 @@\n-a\n+b\n\n",
		"a.sv/",
		"\n",
		"```markdown\n",
		"\"",
		"diff --git a/x b/x\n@@\n",
		"<edit_file>\n",
		"<tool_call>\n",
		"<invoke name=\"a\">\n<parameter name=\"path\">\n",
		"cat > x.v << E\n",
		"3c3\n< a\n",
		"*** a\n--- b\n***************\n",
		"<<<<<<< HEAD\n",
		"&lt;",
		"{\"file\": \"",
		"{'a': [",
	};

	for (size_t i = 0; i < sizeof(repeated) / sizeof(repeated[0]); i++)
		for (int fenced = 0; fenced < 2; fenced++) {
			struct answer_parts parts;
			size_t len = test_rounds(i == 0 ? 4u << 20 : 1u << 20);
			struct str text = STR_INIT;

			if (fenced)
				str_adds(&text, "~~~verilog\n");
			while (text.len < len)
				str_adds(&text, repeated[i]);
			answer_parse(text.data, text.len, &parts);
			answer_parts_fini(&parts);
			str_free(&text);
		}
}

/* Leaving out a mark joins what is around it to the next one. */
CASE(nested_marks_of_calls_are_left_out_in_one_pass)
{
	static const char *const halves[][2] = {
		{ "]<]mini", "max[>[" },
		{ "\xef\xbd\x9c"
		  "DS",
		  "ML\xef\xbd\x9c" },
	};

	for (size_t i = 0; i < 2; i++) {
		struct answer_parts parts;
		struct str text = STR_INIT;
		size_t n = test_rounds(200000);

		str_adds(&text, "Words.\n<"); /* DeepSeek's mark is one behind a bracket */
		for (size_t k = 0; i == 0 && k < n; k++)
			str_adds(&text, halves[i][0]);
		str_addf(&text, "%s%s", halves[i][0], halves[i][1]);
		for (size_t k = 0; i == 0 && k < n; k++)
			str_adds(&text, halves[i][1]);
		str_adds(&text, "b>\n");
		answer_parse(text.data, text.len, &parts);
		assert_int_equal(parts.n, 1);
		assert_string_equal(parts.v[0].text, "Words.\n<b>\n");
		answer_parts_fini(&parts);
		str_free(&text);
	}
}

CASE(an_allocation_of_parts_is_limited)
{
	struct answer_parts parts;
	struct str text = STR_INIT;

	for (int i = 0; i < 5000; i++)
		str_adds(&text, "```\na\n```\n");
	answer_parse(text.data, text.len, &parts);
	assert_true(parts.n <= 1001);
	assert_true(parts.cut);
	answer_parts_fini(&parts);
	str_free(&text);
}

CASE(a_note_names_its_lines)
{
	static const struct {
		const char *line, *path;
		unsigned long first, last;
		const char *words; /* NULL: there is none */
	} rows[] = {
		{ "12: words", "m.v", 12, 12, "words" },
		{ " - 12-18:  two words \n", "m.v", 12, 18, "two words" },
		{ "`m.v:3-4`: words", "m.v", 3, 4, "words" },
		{ "m.v:3: words", NULL, 3, 3, "words" },
		{ "n.v:3: words", NULL, 3, 3, "words" },
		{ "n.v:3: words", "m.v", 0, 0, NULL },
		{ "m.v: words", "m.v", 0, 0, NULL },
		{ "4-3: words", "m.v", 0, 0, NULL },
		{ "0: words", "m.v", 0, 0, NULL },
		{ "3-: words", "m.v", 0, 0, NULL },
		{ "3:", "m.v", 0, 0, NULL },
		{ "3 words", "m.v", 0, 0, NULL },
		{ "99999999999999999999: words", "m.v", 0, 0, NULL },
		{ "", NULL, 0, 0, NULL },
		{ ":", NULL, 0, 0, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct answer_note n;
		bool is = answer_note(slice_of(rows[i].line), rows[i].path, &n);

		if (is != (rows[i].words != NULL))
			fail_msg("\"%s\": %d", rows[i].line, is);
		if (!is)
			continue;
		assert_int_equal(n.first, rows[i].first);
		assert_int_equal(n.last, rows[i].last);
		assert_true(slice_is(n.words, rows[i].words));
	}
}
