/* How parts of names match words, and what a question in words finds. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/graph/graph.h"
#include "session/graph/graph_fit.h"
#include "session/graph/graph_rank.h"
#include "tests/lib/graph_text.h"

static unsigned fit(const char *name, const char *word)
{
	struct graph_name n;
	struct graph_word w;

	graph_name_read(&n, slice_of(name));
	graph_word_read(&w, slice_of(word));
	return graph_fit(&n, &w, NULL);
}

/* Each pair of a line fits at least as well as the next. */
CASE(surer_matches_rank_higher)
{
	static const char *const lines[][6] = {
		/* name, then words */
		{ "timer_enable", "enable", "enables", "en", NULL },
		{ "wr_ptr", "ptr", "pointer", NULL },
		{ "instrCounter", "counter", "counters", "cnt", NULL },
		{ "load_store_unit", "store", "stores", "lsu", NULL },
		{ "skidbuffer", "skid", "buf", NULL },
		{ "imm_b", "imm", "immediate", NULL },
		{ "perf_cnt", "perf", "performance", NULL },
		{ "IFGCounter", "ifg", NULL },
		{ "IFGCounter", "counter", "number", NULL },
		{ "eth_crc", "crc", "checksum", NULL },
		{ "txstatem", "state", "transmit", NULL },
		{ "wen_ram", "ram", "memory", NULL },
		{ "updateCRC16", "crc", "16", NULL },
		{ "sh24", "24", NULL },
		{ "flip_x", "flip", "mirrored", NULL },
		{ "x_coord", "coord", "horizontally", NULL },
		{ "wdata_q", "data", "write", NULL },
		{ "SP", "sp", "stack", NULL },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		for (size_t k = 1; lines[i][k]; k++) {
			unsigned here = fit(lines[i][0], lines[i][k]);

			if (here == 0)
				fail_msg("%s does not stand for %s", lines[i][0], lines[i][k]);
			if (k > 1 && here > fit(lines[i][0], lines[i][k - 1]))
				fail_msg("%s: %s before %s", lines[i][0], lines[i][k],
					 lines[i][k - 1]);
		}
}

CASE(what_only_looks_alike_does_not_stand)
{
	static const struct {
		const char *name, *word;
	} pairs[] = {
		{ "level", "valid" },	 { "reset", "register" },
		{ "tx_data", "date" },	 { "class", "clk" },
		{ "state", "stall" },	 { "ack", "arbiter" },
		{ "crc16", "6" },	 { "sendCheck", "checksum" },
		{ "buffer", "cuff" },	 { "a_b_c", "lsu" },
		{ "", "word" },		 { "_", "word" },
		{ "x", "x1" },		 { "match", "mac" },
		{ "int", "indication" }, { "int", "interframe" },
		{ "crc", "check" },	 { "maccontrol", "machine" },
		{ "decode", "code" },	 { "overflow", "flow" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (fit(pairs[i].name, pairs[i].word) >= 60)
			fail_msg("%s stands for %s", pairs[i].name, pairs[i].word);
}

static unsigned fit_two(const char *name, const char *a, const char *b)
{
	struct graph_ends of_a, of_b;
	struct graph_name n;
	struct graph_word w;

	graph_name_read(&n, slice_of(name));
	graph_word_read(&w, slice_of(a));
	graph_fit_ends(&n, &w, &of_a);
	graph_word_read(&w, slice_of(b));
	graph_fit_ends(&n, &w, &of_b);
	return graph_fit_two(&n, &of_a, &of_b, NULL);
}

CASE(words_grown_together_are_two)
{
	static const struct {
		const char *name, *a, *b;
		bool two;
	} cases[] = {
		{ "memops", "memory", "operations", true },
		{ "pfcache", "prefetch", "cache", true },
		{ "dcache", "data", "cache", true },
		{ "u_dblfetch", "double", "fetch", true },
		{ "timera", "timer", "a", true },
		{ "timerb", "timer", "a", false },
		{ "dcache", "cache", "data", false },
		{ "dcache", "instruction", "cache", false },
		{ "cache", "data", "cache", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if ((fit_two(cases[i].name, cases[i].a, cases[i].b) > 0) != cases[i].two)
			fail_msg("%s of %s %s", cases[i].name, cases[i].a, cases[i].b);
	}
}

/* Whether all letters of a part match the word. */
static unsigned whole(const char *part, size_t n, const char *word)
{
	unsigned char covered[GRAPH_FIT_NAME] = { 0 };
	struct graph_name name;
	struct graph_word w;
	unsigned how;

	graph_name_read(&name, (struct slice){ part, n });
	graph_word_read(&w, slice_of(word));
	how = graph_fit(&name, &w, covered);
	return memchr(covered, 0, n) ? 0 : how;
}

/* Each way to split a part. A single letter may stand beside a known word. */
static bool is_two(const char *part, const char *a, const char *b)
{
	size_t n = strlen(part);

	if (n >= 4 && part[0] == a[0] && whole(part + 1, n - 1, b) > 60)
		return true;
	for (size_t k = 2; n >= 4 && k + 2 <= n; k++)
		if (whole(part, k, a) && whole(part + k, n - k, b))
			return true;
	return false;
}

CASE(grown_words_are_found_as_by_trying_each_cut)
{
	static const char *const words[] = {
		"memory", "operations", "prefetch", "cache",  "data",	 "instruction", "double",
		"fetch",  "counter",	"cnt",	    "ptr",    "pointer", "control",	"enables",
		"rx",	  "receive",	"total",    "select", "is",	 "performance",
	};
	static const char *const pieces[] = { "mem",   "ops",
					      "pf",    "cache",
					      "d",     "data",
					      "i",     "insn",
					      "instr", "dbl",
					      "fetch", "cnt",
					      "ptr",   "ctl",
					      "en",    "enab",
					      "rx",    "sum",
					      "cs",    "perf",
					      "xq",    "prefetchprefetchprefetch" };
	unsigned seed = 11, found = 0;

	for (int round = 0; round < 20000; round++) {
		const char *word[2];
		char part[100] = "";
		bool two;

		for (size_t i = 0; i < 2; i++)
			word[i] = words[((seed = seed * 1103515245 + 12345) >> 16) % 20];
		for (size_t i = 0; i < 2 + (seed >> 9 & 3) / 3; i++)
			strcat(part, pieces[((seed = seed * 1103515245 + 12345) >> 16) % 22]);
		two = is_two(part, word[0], word[1]);
		if (two != (fit_two(part, word[0], word[1]) > 0))
			fail_msg("%s of %s %s: %s", part, word[0], word[1],
				 two ? "not found" : "found");
		found += two;
	}
	assert_true(found > 30);
}

CASE(first_letters_stand_for_words)
{
	static const char *const words[] = { "physical", "memory", "protection" };
	struct graph_word w[3];
	struct graph_name n;

	for (size_t i = 0; i < 3; i++)
		graph_word_read(&w[i], slice_of(words[i]));
	graph_name_read(&n, slice_of("core_pmp"));
	assert_true(graph_fit_initials(&n, w, 3, 0, 0, NULL) > 0);
	assert_int_equal(graph_fit_initials(&n, w, 2, 0, 1, NULL), 0);
	graph_name_read(&n, slice_of("core_pmpx"));
	assert_int_equal(graph_fit_initials(&n, w, 3, 0, 0, NULL), 0);
}

/* Any bytes, and more of them than are examined. */
CASE(nothing_is_read_past_its_end)
{
	char name[700], word[200];
	unsigned seed = 7;

	for (int round = 0; round < 3000; round++) {
		size_t n = (unsigned)round % 699, k = (unsigned)round % 199;

		for (size_t i = 0; i < n; i++)
			name[i] = "ab_C9.\x80\xff"[(seed = seed * 1103515245 + 12345) >> 16 & 7];
		for (size_t i = 0; i < k; i++)
			word[i] = "abc_9s\xc3"
				  "e"[(seed = seed * 1103515245 + 12345) >> 16 & 7];
		name[n] = word[k] = '\0';
		assert_true(fit(name, word) <= GRAPH_FIT_MAX);
	}
}

/* As houses write them: one prefix for all, grown names, folds and owners in the heads. */
static const char *const design[] = {
	"module soc_irq_regs (input clk, output reg [3:0] irq_en_q);\n"
	"  reg [3:0] irq_en_d;\n  always @(posedge clk) irq_en_q <= irq_en_d;\nendmodule\n",
	"// Copyright somebody, all rights reserved\n\n/* Instruction fetch stage */\n"
	"module soc_if (input clk, input [31:0] fetch_addr_i, output reg valid_o);\n"
	"  reg [31:0] fetch_addr_q, fetch_addr_d;\nendmodule\n",
	"module soc_load_store_unit (input clk, output reg busy_o);\n"
	"  reg [1:0] rdata_offset;\nendmodule\n",
	"//\n// Filename: soc_icontrol.v\n// {{{\n// Purpose: An interrupt controller.\n"
	"// }}}\nmodule soc_icontrol ( // {{{\n  input clk, output reg o_interrupt);\n"
	"  reg r_mie; // master\nendmodule\n",
	"module soc_skidbuffer (input clk, input interrupt_i, output [7:0] o_data);\n"
	"  reg [7:0] buffer_data;\nendmodule\n",
	"module soc_sync_reset (input clk, output reg sync_q);\n"
	"  reg wr_ptr_x;\n  always @(posedge clk) sync_q <= 1;\nendmodule\n",
	"module soc_issue (input clk, output reg load_stall, output stall);\n"
	"  reg fire_n, fire_q;\n  always @* fire_n = fire_q;\n"
	"  always @(posedge clk) fire_q <= fire_n;\n"
	"  assign stall = load_stall;\nendmodule\n",
	"module soc_strike (input clk, input load);\n  reg [7:0] strike;\n"
	"  always @(posedge clk) if (load) strike <= 0;\nendmodule\n",
	"module soc_arp #(parameter CACHE_ADDR_WIDTH = 9) (input clk);\n"
	"  reg cache_write_ip;\nendmodule\n",
	"// Filename: arp_cache.v\n// Project: buses, pages and tables\n// Purpose: Pages of "
	"names.\n"
	"\n// `define OLD\nmodule soc_arp_cache (input clk);\n  reg [8:0] wr_ptr;\n"
	"  reg [47:0] mac_addr_mem [0:511];\n  always @(posedge clk) begin\n"
	"    wr_ptr <= wr_ptr + 1;\n    mac_addr_mem[wr_ptr] <= 0;\n  end\nendmodule\n",
	"module test_soc_skid;\nendmodule\n",
	"module soc_cs_registers (input clk);\n  reg [7:0] csr_status; reg rate; reg match_q;\n"
	"  reg rise_ns_q;\nendmodule\n",
	"module soc_memops #(parameter Memops = 1) (input clk, output [7:0] mem_op);\n"
	"  reg [3:0] bitcnt; reg [3:0] rd_ptr;\nendmodule\n",
	"module soc_macstatus (input clk, output LoadStat);\n  wire m_mode; reg "
	"status_x;\nendmodule\n",
	"module soc_crc (input clk, output reg [7:0] crc_q);\nendmodule\n",
	"module soc_arith (input clk, output reg [7:0] r_mac);\n  reg eof_q;\n"
	"  always @(posedge clk) r_mac <= 1;\n  reg alu_busy;\nendmodule\n",
	"module soc_alu (input clk, output reg done_o);\n  reg req_q;\nendmodule\n",
	"module soc_rxaddrcheck (input clk);\n  reg IFGCounter;\n  reg address_x;\nendmodule\n",
	"module soc_dmmu (input clk, input [31:0] virt_addr, output hit);\nendmodule\n",
	"module soc_trap (input clk);\n  reg [31:0] csr_mepc_ff, csr_mepc_upd;\n"
	"  reg [31:0] mcycleh;\n  typedef enum logic [1:0] { WAITING, SLEEPING = 2 } wake_t;\n"
	"  wake_t wake;\nendmodule\n",
	"module soc_elastic (input clk, output is_full, output is_empty);\nendmodule\n",
	"module soc_axi2ahb (input clk);\nendmodule\n",
	"module soc_ahb2axi (input clk);\nendmodule\n",
	"module soc_expand (input clk);\n  reg [15:0] compressed;\nendmodule\n",
	"module soc_pcu (input clk);\n  reg perf_counter_sel;\nendmodule\n",
	"module soc_f2i (input clk);\nendmodule\n",
};

struct asked {
	const char *asked, *name, *module;
};

static void answers(const char *const *texts, size_t n_texts, const struct asked *cases, size_t n)
{
	struct err err;
	struct graph *g = graph_open(NULL, &err);

	assert_non_null(g);
	for (size_t i = 0; i < n_texts; i++) {
		char *path = str_fmt("rtl/f%zu.v", i);

		put_text(g, path, texts[i]);
		free(path);
	}
	for (size_t i = 0; i < n; i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct graph_hits h;

		assert_true(graph_find(g, cases[i].asked, -1, &ask, &h, &err));
		if (!h.n || strcmp(h.v[0].name, cases[i].name) != 0 ||
		    strcmp(h.v[0].module, cases[i].module) != 0)
			fail_msg("%s: %s of %s", cases[i].asked, h.n ? h.v[0].name : "nothing",
				 h.n ? h.v[0].module : "");
		assert_int_equal(ask, GRAPH_ASK_WHERE);
		graph_hits_fini(&h);
	}
	graph_close(g);
}

#define N(list) (sizeof(list) / sizeof(*(list)))

CASE(questions_in_any_words_are_answered_first)
{
	static const struct asked cases[] = {
		{ "lsu", "soc_load_store_unit", "soc_load_store_unit" },
		{ "load/store unit", "soc_load_store_unit", "soc_load_store_unit" },
		{ "fetch stage", "soc_if", "soc_if" },
		{ "interrupt controller", "soc_icontrol", "soc_icontrol" },
		{ "skid buffer", "soc_skidbuffer", "soc_skidbuffer" },
		{ "buffer data", "buffer_data", "soc_skidbuffer" },
		{ "memory operations", "soc_memops", "soc_memops" },
		{ "memops", "soc_memops", "soc_memops" },
		{ "interrupt enables", "irq_en_q", "soc_irq_regs" },
		{ "enable interrupt", "irq_en_q", "soc_irq_regs" },
		{ "addr fetch", "fetch_addr_q", "soc_if" },
		{ "bit count", "bitcnt", "soc_memops" },
		{ "read pointer", "rd_ptr", "soc_memops" },
		{ "ptr rd", "rd_ptr", "soc_memops" },
		{ "reset synchronizer", "soc_sync_reset", "soc_sync_reset" },
		{ "load stall", "load_stall", "soc_issue" },
		{ "strike load", "load", "soc_strike" },
		{ "fire flag", "fire_q", "soc_issue" },
		{ "write pointer of the arp cache", "wr_ptr", "soc_arp_cache" },
		{ "pages of names", "soc_arp_cache", "soc_arp_cache" },
		{ "skid", "soc_skidbuffer", "soc_skidbuffer" },
		{ "module with the pages of names", "soc_arp_cache", "soc_arp_cache" },
		{ "data of the skid buffer", "buffer_data", "soc_skidbuffer" },
		{ "control and status registers", "soc_cs_registers", "soc_cs_registers" },
		{ "rising nanoseconds", "rise_ns_q", "soc_cs_registers" },
		{ "offset of the load store unit", "rdata_offset", "soc_load_store_unit" },
		{ "load store unit", "soc_load_store_unit", "soc_load_store_unit" },
		{ "arithmetic logic unit", "soc_alu", "soc_alu" },
		{ "module that computes the checksum", "soc_crc", "soc_crc" },
		{ "computes a checksum", "soc_crc", "soc_crc" },
		{ "status of the mac", "soc_macstatus", "soc_macstatus" },
		{ "machine mode", "m_mode", "soc_macstatus" },
		{ "end of frame", "eof_q", "soc_arith" },
		{ "receive address checker", "soc_rxaddrcheck", "soc_rxaddrcheck" },
		{ "ifg counter", "IFGCounter", "soc_rxaddrcheck" },
		{ "output that says that the alu is done", "done_o", "soc_alu" },
		{ "address translation for data", "soc_dmmu", "soc_dmmu" },
		{ "exception program counter", "csr_mepc_ff", "soc_trap" },
		{ "upper half of the cycle counter", "mcycleh", "soc_trap" },
		{ "sleeping", "SLEEPING", "soc_trap" },
		{ "elastic queue", "soc_elastic", "soc_elastic" },
		{ "bridge from axi to ahb", "soc_axi2ahb", "soc_axi2ahb" },
		{ "bridge from ahb to axi", "soc_ahb2axi", "soc_ahb2axi" },
		{ "what expands compressed instructions", "soc_expand", "soc_expand" },
		{ "performance counters", "soc_pcu", "soc_pcu" },
		{ "converts floating point to integer", "soc_f2i", "soc_f2i" },
	};

	answers(design, N(design), cases, N(cases));
}

/* What is below a module, a letter that is a name, a name that ends in something else. */
static const char *const nested[] = {
	"module soc_timerb (input clk);\n  reg [7:0] latch_q;\nendmodule\n",
	"module soc_timera (input clk);\n  reg [7:0] latch_q;\nendmodule\n",
	"module soc_sound (input clk);\n  soc_voice u (.clk(clk));\nendmodule\n",
	("module soc_voice (input clk);\n  reg [3:0] vena; // voice enable\n"
	 "  reg [3:0] credit_fence, fence_credit;\nendmodule\n"),
};

CASE(the_subject_is_told_from_its_surroundings)
{
	static const struct asked cases[] = {
		{ "latch of timer a", "latch_q", "soc_timera" },
		{ "voice enable of soc_sound", "vena", "soc_voice" },
		{ "credit flag", "fence_credit", "soc_voice" },
	};

	answers(nested, N(nested), cases, N(cases));
}

CASE(words_that_ask_are_told_from_nouns)
{
	static const struct {
		const char *asked, *name;
		enum graph_ask ask;
	} cases[] = {
		{ "who loads stall", "stall", GRAPH_ASK_LOADS },
		{ "loads stall", "stall", GRAPH_ASK_LOADS },
		{ "where is load_stall set", "load_stall", GRAPH_ASK_DRIVEN },
		{ "where is the strike reset", "strike", GRAPH_ASK_RESET },
		{ "reset wr_ptr", "wr_ptr", GRAPH_ASK_RESET },
		{ "reset strike", "strike", GRAPH_ASK_RESET },
		{ "who writes the mac address memory of the arp cache", "mac_addr_mem",
		  GRAPH_ASK_DRIVEN },
		{ "who drives the cache address", "mac_addr_mem", GRAPH_ASK_DRIVEN },
	};
	struct err err;
	struct graph *g = graph_open(NULL, &err);

	for (size_t i = 0; i < sizeof(design) / sizeof(*design); i++) {
		char *path = str_fmt("rtl/f%zu.v", i);

		put_text(g, path, design[i]);
		free(path);
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct graph_hits h;

		assert_true(graph_find(g, cases[i].asked, -1, &ask, &h, &err));
		if (!h.n || strcmp(h.v[0].name, cases[i].name) != 0 || ask != cases[i].ask)
			fail_msg("%s: %s, %d", cases[i].asked, h.n ? h.v[0].name : "nothing", ask);
		graph_hits_fini(&h);
	}
	graph_close(g);
}

CASE(forms_are_of_one_word)
{
	static const char *const same[][2] = {
		{ "retired", "retirement" },	 { "depends", "dependency" },
		{ "predicts", "predictor" },	 { "division", "divide" },
		{ "transmit", "transmission" },	 { "align", "alignment" },
		{ "arbitrates", "arbitration" }, { "words", "word" },
	};
	static const char *const other[][2] = {
		{ "state", "status" },	  { "interrupt", "interface" },
		{ "counter", "country" }, { "register", "regis" },
		{ "read", "ready" },	  { "valid", "value" },
		{ "encode", "enable" },	  { "", "word" },
		{ "w", "word" },
	};

	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (!graph_is_form(same[i][0], strlen(same[i][0]), same[i][1]) ||
		    !graph_is_form(same[i][1], strlen(same[i][1]), same[i][0]))
			fail_msg("%s is not a form of %s", same[i][0], same[i][1]);
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++)
		if (graph_is_form(other[i][0], strlen(other[i][0]), other[i][1]))
			fail_msg("%s is a form of %s", other[i][0], other[i][1]);
	assert_int_equal(fit("rd_ready", "read"), fit("rd_valid", "read"));
	assert_true(fit("led_clr", "colour") > 0);
	/* A word in correct British spelling is not changed to American. */
	assert_true(fit("bitwise_en", "bitwise") > fit("bit_en", "bitwise"));
	assert_int_equal(fit("precise_mode", "precise"), fit("pre_mode", "pre"));
}

/* What a question wants: a module, a signal, or either. */
CASE(questions_tell_what_they_want)
{
	static const struct {
		const char *asked;
		bool module, signal, asks;
	} cases[] = {
		{ "how many packets were missed", false, true, false },
		{ "is the loop locked", false, true, false },
		{ "the queue is nearly full", false, true, false },
		{ "does the timer match its limit", false, true, false },
		{ "simulates the latency of the memory", true, false, false },
		{ "table of operands that are ready", false, false, false },
		{ "queue of loads in flight", false, false, false },
		{ "index that clears the table", false, false, false },
		{ "time at which the interrupt comes", false, false, false },
		{ "who loads stall", false, true, true },
		{ "the block that drives q", false, true, true },
		{ "where does q come from", false, true, true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct graph_question q;

		graph_question_read(&q, cases[i].asked);
		if ((q.wants_module || q.acts) != cases[i].module ||
		    q.wants_signal != cases[i].signal || q.asks != cases[i].asks)
			fail_msg("%s: module %d, signal %d, asks %d", cases[i].asked,
				 q.wants_module || q.acts, q.wants_signal, q.asks);
		graph_question_fini(&q);
	}
}

static void put_one(struct graph *g, unsigned i, const char *name, unsigned signals)
{
	struct str text = STR_INIT;
	char *path = str_fmt("rtl/n%u.v", i);

	str_addf(&text, "module %s (input clk);\n", name);
	for (unsigned k = 0; k < signals; k++)
		str_addf(&text, "  reg word_%u_%u;\n", i, k);
	str_adds(&text, "endmodule\n");
	put_text(g, path, str_cstr(&text));
	str_free(&text);
	free(path);
}

static void first_is(struct graph *g, const char *asked, const char *name)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h;
	struct err err;

	assert_true(graph_find(g, asked, GRAPH_HIT_MODULE, &ask, &h, &err));
	assert_true(h.n > 0);
	assert_string_equal(h.v[0].name, name);
	graph_hits_fini(&h);
}

/* The name that survives the vote is the last one, which no second module has: its letters
 * count against a name, as those of all others do. */
CASE(a_prefix_is_common_when_many_modules_have_it)
{
	static const char *const few[] = { "abc_one",  "def_two",	  "ghi_three",
					   "jkl_four", "longprefix_fifo", "xof_fifo" };
	static const char *const most[] = { "longprefix_one", "longprefix_two",	 "longprefix_three",
					    "other_four",     "longprefix_fifo", "xof_fifo" };
	struct err err;

	for (int common = 0; common < 2; common++) {
		struct graph *g = graph_open(NULL, &err);

		for (unsigned i = 0; i < 6; i++)
			put_one(g, i, common ? most[i] : few[i], 0);
		/* Five of ten letters with one of them, or all of four. */
		put_one(g, 6, "yquick_fifo", 0);
		first_is(g, "fifo that", common ? "longprefix_fifo" : "xof_fifo");
		graph_close(g);
	}
}

#define TWELVE(word) word word word word word word word word word word word word

CASE(omissions_are_reported)
{
	static const struct {
		const char *asked;
		unsigned cut;
	} cases[] = {
		{ "word of that", GRAPH_CUT_HITS },
		{ "clk", 0 },
		{ TWELVE("word "), GRAPH_CUT_HITS },
		{ TWELVE("word ") "word", GRAPH_CUT_HITS | GRAPH_CUT_WORDS },
		{ TWELVE("word ") TWELVE("word ") "word", GRAPH_CUT_HITS | GRAPH_CUT_WORDS },
		{ TWELVE("no ") "none", GRAPH_CUT_WORDS },
	};
	struct err err;
	struct graph *g = graph_open(NULL, &err);

	put_one(g, 1, "many", GRAPH_HITS_MAX + 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct graph_hits h;

		assert_true(graph_find(g, cases[i].asked, GRAPH_HIT_SIGNAL, &ask, &h, &err));
		if (h.cut != cases[i].cut)
			fail_msg("%s: %u", cases[i].asked, h.cut);
		graph_hits_fini(&h);
	}
	graph_close(g);
}

struct resting {
	struct graph *g;
	unsigned rests, until, put;
};

static bool rest(void *ctx, struct err *err)
{
	struct resting *r = ctx;

	if (r->put && r->rests == 1)
		put_one(r->g, 5, r->put-- ? "fresh_module" : "", 3);
	return ++r->rests < r->until || err_set(err, ERR_CANCELLED, "cancelled");
}

CASE(a_long_search_rests)
{
	static const char *const asked[] = { "word that is known", "wodr_1_1", "none_of_these" };
	struct err err;
	struct graph *g = graph_open(NULL, &err);

	put_one(g, 1, "many", 3000);
	for (size_t i = 0; i < 3; i++) {
		struct resting r = { .g = g, .until = 1000 };
		const struct graph_rest rests = { rest, &r };
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct graph_hits h;

		assert_true(graph_find_resting(g, &rests, asked[i], -1, &ask, &h, &err));
		graph_hits_fini(&h);
		assert_true(r.rests > 10);
		r = (struct resting){ .g = g, .until = 3 };
		assert_false(graph_find_resting(g, &rests, asked[i], -1, &ask, &h, &err));
		assert_int_equal(err.code, ERR_CANCELLED);
		assert_int_equal(r.rests, 3);
	}
	graph_close(g);
}

CASE(changed_files_are_searched_again)
{
	struct err err;
	struct graph *g = graph_open(NULL, &err);
	struct resting r = { .g = g, .until = 1000, .put = 1 };
	const struct graph_rest rests = { rest, &r };
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h;

	put_one(g, 1, "many", 3000);
	assert_true(graph_find_resting(g, &rests, "fresh part", -1, &ask, &h, &err));
	assert_true(h.n > 0);
	assert_string_equal(h.v[0].name, "fresh_module");
	graph_hits_fini(&h);
	graph_close(g);
}

/* The width, the place and the module of a signal say what a question may mean by it. */
CASE(a_signal_fits_what_is_asked_of_it)
{
	static const char two[] =
		"module mixer (input clk, input [7:0] a, output [7:0] limit);\n"
		"  reg clipped, early; reg [7:0] clip_total, level_q; wire [7:0] level_d;\n"
		"  assign level_d = a; assign limit = level_q;\n"
		"  always @(posedge clk) begin level_q <= level_d; clipped <= a > 9;\n"
		"    clip_total <= clip_total + 1; early <= a[0]; end\nendmodule\n"
		"module dac (input clk, input a);\n  reg early; always @(posedge clk) early <= a;\n"
		"endmodule\n";
	static const struct {
		const char *asked, *module, *name; /* NULL: the module itself */
	} cases[] = {
		{ "is the mixer clipped", "mixer", "clipped" },
		{ "number of the clips", "mixer", "clip_total" },
		{ "level", "mixer", "level_q" },
		{ "early in the dac", "dac", "early" },
		{ "early of the mixer", "mixer", "early" },
		{ "holds the level of the mixer", "mixer", NULL },
	};
	struct err err;
	struct graph *g = graph_open(NULL, &err);

	assert_non_null(g);
	put_text(g, "two.v", two);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct graph_hits h;

		assert_true(graph_find(g, cases[i].asked, -1, &ask, &h, &err));
		if (!h.n || strcmp(h.v[0].module, cases[i].module) != 0 ||
		    strcmp(h.v[0].name, cases[i].name ? cases[i].name : cases[i].module) != 0)
			fail_msg("%s: %s of %s", cases[i].asked, h.n ? h.v[0].name : "nothing",
				 h.n ? h.v[0].module : "");
		graph_hits_fini(&h);
	}
	graph_close(g);
}

CASE(a_width_is_read_from_the_type)
{
	assert_int_equal(graph_bits_of("reg"), GRAPH_BITS_ONE);
	assert_int_equal(graph_bits_of("wire signed"), GRAPH_BITS_ONE);
	assert_int_equal(graph_bits_of("logic [3:0]"), GRAPH_BITS_SEVERAL);
	assert_int_equal(graph_bits_of("state_t"), GRAPH_BITS_UNKNOWN);
	assert_int_equal(graph_bits_of("integer"), GRAPH_BITS_UNKNOWN);
}
