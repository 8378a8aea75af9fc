/* A hundred questions with known answers, on two designs of fifty modules. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <string.h>

#include "session/base/str.h"
#include "session/graph/graph.h"
#include "tests/lib/graph_text.h"
#include "tests/unit/graph_designs.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

static void put_top(struct graph *g, const char *name, const char *const *modules, size_t n)
{
	struct str out = STR_INIT;

	str_addf(&out,
		 "module %s (input wire clk, input wire rst_n, input wire en,\n"
		 "  input wire [7:0] din, output wire [7:0] dout);\n"
		 "  wire [7:0] link [0:%zu];\n  assign link[0] = din;\n",
		 name, n);
	for (size_t i = 0; i < n; i++)
		str_addf(&out,
			 "  %s u_%s (.clk(clk), .rst_n(rst_n), .en(en), .din(link[%zu]),"
			 " .dout(link[%zu]));\n",
			 modules[i], modules[i], i, i + 1);
	str_addf(&out, "  assign dout = link[%zu];\nendmodule\n", n);
	put_text(g, "top.sv", str_cstr(&out));
	str_free(&out);
}

/* Lines: 2 the module, 5 and 6 the registers, 9 the reset, 10 the main assignment. */
static void put_module(struct graph *g, const char *name, const char *doc, const char *reg,
		       const char *reg_doc, const char *other)
{
	struct str out = STR_INIT;
	char *path = str_fmt("rtl/%s.sv", name);

	str_addf(&out,
		 "%s%s\nmodule %s (input wire clk, input wire rst_n, input wire en,\n"
		 "  input wire [7:0] din, output reg [7:0] dout);\n\n"
		 "  reg [7:0] %s;%s%s\n  reg [7:0] %s;\n"
		 "  always @(posedge clk or negedge rst_n)\n"
		 "    if (!rst_n) begin\n      %s <= 0; %s <= 0;\n"
		 "    end else if (en) %s <= din ^ %s;\n    else %s <= din;\n"
		 "  always @(posedge clk) dout <= %s + %s;\nendmodule\n",
		 doc ? "// " : "", doc ? doc : "", name, reg, reg_doc ? "  // " : "",
		 reg_doc ? reg_doc : "", other, reg, other, reg, other, other, reg, other);
	put_text(g, path, str_cstr(&out));
	free(path);
	str_free(&out);
}

static struct graph *design(int which)
{
	struct err err;
	struct graph *g = graph_open(NULL, &err);
	const char *names[64];
	size_t n = which ? ROWS(second_design) : ROWS(first_design);

	assert_non_null(g);
	assert_int_equal(n, 50);
	for (size_t i = 0; i < n; i++) {
		if (which)
			put_module(g, second_design[i].name, NULL, second_design[i].reg, NULL,
				   second_design[i].other);
		else
			put_module(g, first_design[i].name, first_design[i].doc,
				   first_design[i].reg, first_design[i].reg_doc, "spare");
		names[i] = which ? second_design[i].name : first_design[i].name;
	}
	put_top(g, which ? "chip" : "system", names, n);
	return g;
}

struct score {
	unsigned asked, right;
};

static void count(struct score *s, bool right, const char *question, const struct graph_hits *h)
{
	s->asked++;
	s->right += right;
	if (!right)
		printf("not at rank 1: %s -> %s of %s\n", question, h->n ? h->v[0].name : "nothing",
		       h->n ? h->v[0].module : "");
}

static void asks_module(struct graph *g, const char *question, const char *module, struct score *s)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h;
	struct err err;

	assert_true(graph_find(g, question, -1, &ask, &h, &err));
	count(s, h.n && h.v[0].kind == GRAPH_HIT_MODULE && strcmp(h.v[0].name, module) == 0,
	      question, &h);
	graph_hits_fini(&h);
}

/* line: of the first place, 0: only the signal. */
static void asks_signal(struct graph *g, const char *question, const char *module,
			const char *signal, int line, struct score *s)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h;
	struct graph_sites sites = { 0 };
	struct err err;
	bool right;

	assert_true(graph_find(g, question, -1, &ask, &h, &err));
	right = h.n && h.v[0].kind == GRAPH_HIT_SIGNAL && strcmp(h.v[0].name, signal) == 0 &&
		strcmp(h.v[0].module, module) == 0;
	if (right && line) {
		assert_true(graph_sites(g, &h.v[0], ask, &sites, &err));
		right = sites.n && sites.v[0].line == line;
		graph_sites_fini(&sites);
	}
	count(s, right, question, &h);
	graph_hits_fini(&h);
}

static void asks_first(struct graph *g, struct score *modules, struct score *signals)
{
	for (size_t i = 0; i < ROWS(first_design) && modules->asked < 25; i++)
		asks_module(g, first_design[i].question, first_design[i].name, modules);
	for (size_t i = 0; i < ROWS(first_design) && signals->asked < 25; i++)
		if (first_design[i].reg_question)
			asks_signal(g, first_design[i].reg_question, first_design[i].name,
				    first_design[i].reg, 0, signals);
}

/* A path, a name with its module, words in full, a slip; and what drives, reads, resets. */
static void asks_second(struct graph *g, struct score *modules, struct score *signals)
{
	static const struct {
		const char *question, *module;
	} m[] = {
		{ "transmit controller", "txCtrl" },
		{ "module for receive control", "rxCtrl" },
		{ "the read arbiter", "rdArb" },
		{ "packet buffer", "pktBuf" },
		{ "response queue", "rspQueue" },
		{ "address decoder", "addrDec" },
		{ "multiplier core", "mulCore" },
		{ "module of the interrupt controller", "irqCtrl" },
		{ "memory control", "memCtrl" },
		{ "refresh timer", "refreshTmr" },
		{ "crcGne", "crcGen" },
		{ "descramber", "descrambler" },
		{ "framer", "framer" },
		{ "PTRPROC", "ptrProc" },
		{ "timestamp generator tsGen", "tsGen" },
		{ "module that limits the rate", "rateLim" },
		{ "victim select", "victimSel" },
		{ "module dataRam", "dataRam" },
		{ "snoop control", "snoopCtl" },
		{ "where is jtagTap", "jtagTap" },
		{ "prefetch control", "prefetchCtl" },
		{ "error correction decoder eccDec", "eccDec" },
		{ "header buffer", "hdrBuf" },
		{ "command queue", "cmdQueue" },
		{ "debug port", "dbgPort" },
	};
	static const struct {
		const char *question, *module, *signal;
		int line;
	} s[] = {
		{ "chip.u_txCtrl.bitCnt", "txCtrl", "bitCnt", 0 },
		{ "rxCtrl.bitCnt", "rxCtrl", "bitCnt", 0 },
		{ "gntIdx of wrArb", "wrArb", "gntIdx", 0 },
		{ "write pointer of the packet buffer", "pktBuf", "wrPtr", 0 },
		{ "where is the write pointer of the header buffer driven", "hdrBuf", "wrPtr", 10 },
		{ "where is rdPtr of cmdQueue reset", "cmdQueue", "rdPtr", 9 },
		{ "driven u_rspQueue.rdPtr", "rspQueue", "rdPtr", 10 },
		{ "loads addrDec.selIdx", "addrDec", "selIdx", 12 },
		{ "reset opSel", "instrDec", "opSel", 9 },
		{ "who drives aluCore.accSum", "aluCore", "accSum", 10 },
		{ "accumulator sum of the multiplier core", "mulCore", "accSum", 0 },
		{ "where is the counter of the watchdog wdTmr", "wdTmr", "cnt", 0 },
		{ "driven source address", "dmaCtrl", "srcAddr", 10 },
		{ "column address of the memory control", "memCtrl", "colAddr", 0 },
		{ "where is dstAddr used", "dmaCtrl", "dstAddr", 10 },
		{ "slipCtn", "bitSlip", "slipCnt", 0 },
		{ "where is the lock counter reset", "alignDet", "lockCnt", 9 },
		{ "skewval", "laneBond", "skewVal", 0 },
		{ "credit credCnt of flowCtl", "flowCtl", "credCnt", 0 },
		{ "where is the way index of the victim select driven", "victimSel", "wayIdx", 10 },
		{ "hash index", "hashTbl", "hashIdx", 0 },
		{ "line address of the evict buffer", "evictBuf", "lineAddr", 0 },
		{ "tag value register of the tag memory", "tagRam", "tagVal", 0 },
		{ "overflow of perfCnt", "perfCnt", "ovf", 0 },
		{ "chip.link", "chip", "link", 0 },
	};

	for (size_t i = 0; i < ROWS(m); i++)
		asks_module(g, m[i].question, m[i].module, modules);
	for (size_t i = 0; i < ROWS(s); i++)
		asks_signal(g, s[i].question, s[i].module, s[i].signal, s[i].line, signals);
}

CASE(a_hundred_questions_have_their_answer_first)
{
	struct score modules[2] = { { 0 } }, signals[2] = { { 0 } };

	for (int i = 0; i < 2; i++) {
		struct graph *g = design(i);

		if (i)
			asks_second(g, &modules[i], &signals[i]);
		else
			asks_first(g, &modules[i], &signals[i]);
		graph_close(g);
	}
	printf("modules %u of %u, signals %u of %u\n", modules[0].right + modules[1].right,
	       modules[0].asked + modules[1].asked, signals[0].right + signals[1].right,
	       signals[0].asked + signals[1].asked);
	assert_int_equal(modules[0].asked + modules[1].asked + signals[0].asked + signals[1].asked,
			 100);
	assert_true((modules[0].right + modules[1].right) * 100 >=
		    (modules[0].asked + modules[1].asked) * 95);
	assert_true((signals[0].right + signals[1].right) * 100 >=
		    (signals[0].asked + signals[1].asked) * 90);
}

/* Of modules with the same words in their names, the one whose blocks or instances have the
 * other words of the question comes first. */
CASE(all_texts_of_a_module_count)
{
	static const char *const texts[] = {
		"module link_a (input clk);\n  reg q;\n  always @(posedge clk) q <= "
		"1;\nendmodule\n",
		"module link_b (input clk);\n  reg q;\n  // parity of what came\n"
		"  always @(posedge clk) q <= 1;\nendmodule\n",
		"module link_c (input clk);\n  reg q;\n  always @(posedge clk) q <= "
		"1;\nendmodule\n",
		"module top (input clk);\n  link_a i_watchdog (.clk(clk));\n  link_b i_b "
		"(.clk(clk));\n"
		"  link_c i_c (.clk(clk));\nendmodule\n",
	};
	static const char *const cases[][2] = { { "link parity", "link_b" },
						{ "link watchdog", "link_a" } };
	struct err err;
	struct graph *g = graph_open(NULL, &err);

	assert_non_null(g);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		char *path = str_fmt("rtl/f%zu.v", i);

		put_text(g, path, texts[i]);
		free(path);
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct graph_hits h = { 0 };

		assert_true(graph_find(g, cases[i][0], GRAPH_HIT_MODULE, &ask, &h, &err));
		assert_true(h.n > 0);
		assert_string_equal(h.v[0].name, cases[i][1]);
		graph_hits_fini(&h);
	}
	graph_close(g);
}

/* A name whose words are those of the question comes before one that has them and is worth
 * more: a register, another module's, one without the single letter. */
CASE(a_name_that_is_spelled_comes_first)
{
	static const char *const texts[] = {
		"module axis_fifo (input clk, input [7:0] s_axis_tdata, input s_axis_tready,\n"
		"  output reg m_axis_tready, input load_stall, output reg [3:0] frame_len_reg);\n"
		"  reg s_axis_tready_reg, tready_early;\n"
		"  always @(posedge clk) begin s_axis_tready_reg <= s_axis_tready; m_axis_tready "
		"<= 1;"
		" frame_len_reg <= 1; tready_early <= load_stall; end\nendmodule\n",
		"module axis_fifo_adapter (input clk, input s_axis_tready, input wrAddr_q, "
		"output q2);\n"
		"  wire wr_address;\n  axis_fifo u (.clk(clk));\nendmodule\n",
		"module axis_frame_len (input clk, input d);\nendmodule\n",
		"module axis_mux (input clk, input d, input instr_is_last);\nendmodule\n",
	};
	static const struct {
		const char *question, *module, *name;
	} cases[] = {
		{ "s axis tready of fifo", "axis_fifo", "s_axis_tready" },
		{ "where is the m axis tready of the fifo?", "axis_fifo", "m_axis_tready" },
		{ "S Axis TReady in the axis fifo adapter", "axis_fifo_adapter", "s_axis_tready" },
		{ "load stall", "axis_fifo", "load_stall" },
		{ "write address q", "axis_fifo_adapter", "wrAddr_q" },
		{ "frame length", "axis_frame_len", "axis_frame_len" },
		{ "which module has the port m_axis_tready", "axis_fifo", "axis_fifo" },
		{ "which module has the port wrAddr_q", "axis_fifo_adapter", "axis_fifo_adapter" }
	};
	struct err err;
	struct graph *g = graph_open(NULL, &err);

	assert_non_null(g);
	for (size_t i = 0; i < ROWS(texts); i++) {
		char *path = str_fmt("rtl/f%zu.v", i);

		put_text(g, path, texts[i]);
		free(path);
	}
	for (size_t i = 0; i < ROWS(cases); i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct graph_hits h = { 0 };

		assert_true(graph_find(g, cases[i].question, -1, &ask, &h, &err));
		assert_true(h.n > 0);
		if (strcmp(h.v[0].name, cases[i].name) != 0)
			print_message("%s\n", cases[i].question);
		assert_string_equal(h.v[0].name, cases[i].name);
		assert_string_equal(h.v[0].module, cases[i].module);
		graph_hits_fini(&h);
	}
	graph_close(g);
}

/* "what reads data" asks for the readers of data, whatever the names are. */
CASE(verbs_are_not_parts_of_names)
{
	static const char text[] =
		"module core (input clk, input [7:0] data, output reg [7:0] read_data, "
		"write_data);\n"
		"  parameter READ = 5; wire s0_ready = data[0];\n"
		"  always @(posedge clk) begin read_data <= data; write_data <= data; end\n"
		"endmodule\n";
	static const struct {
		const char *question, *name;
		enum graph_ask ask;
	} cases[] = { { "what reads data", "data", GRAPH_ASK_LOADS },
		      { "what writes data", "data", GRAPH_ASK_DRIVEN },
		      { "what is the read data", "read_data", GRAPH_ASK_WHERE },
		      { "ready signal", "s0_ready", GRAPH_ASK_WHERE },
		      { "write data", "write_data", GRAPH_ASK_WHERE } };
	struct err err;
	struct graph *g = graph_open(NULL, &err);

	assert_non_null(g);
	put_text(g, "core.v", text);
	for (size_t i = 0; i < ROWS(cases); i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct graph_hits h = { 0 };

		assert_true(graph_find(g, cases[i].question, -1, &ask, &h, &err));
		assert_true(h.n > 0);
		assert_string_equal(h.v[0].name, cases[i].name);
		assert_int_equal(ask, cases[i].ask);
		graph_hits_fini(&h);
	}
	graph_close(g);
}
