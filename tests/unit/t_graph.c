/* The graph of several files: its contents and edges, its cache on disk, its limits.
 * Any text can be read. */
#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/graph/graph.h"
#include "session/graph/graph_sql.h"
#include "tests/lib/graph_text.h"

static const char fifo[] = "module fifo (input clk, rst, input [7:0] din, output [7:0] dout);\n"
			   "reg [7:0] mem;\n"
			   "always @(posedge clk) if (rst) mem <= 0; else mem <= din;\n"
			   "assign dout = mem;\nendmodule\n";
static const char top[] = "module top (input clk, rst, output [7:0] y);\nwire [7:0] a, b;\n"
			  "assign a = 8'd1;\n"
			  "fifo u0 (.clk(clk), .rst(rst), .din(a), .dout(b));\n"
			  "fifo u1 (clk, rst, b, y);\nendmodule\n";
static const char stars[] = "module star (input clk, rst);\nwire [7:0] din, dout;\n"
			    "assign din = 8'd2;\nfifo u (.*);\nendmodule\n";

/* "PATH:LINE ..." of the places of one signal. */
static void sites(struct graph *g, const char *signal, enum graph_ask ask, const char *want)
{
	struct graph_hits h;
	struct graph_sites s;
	struct str out = STR_INIT;
	struct err err;

	assert_true(graph_find(g, signal, GRAPH_HIT_SIGNAL, &ask, &h, &err));
	assert_true(h.n > 0);
	assert_int_equal(h.v[0].rank, GRAPH_RANK_PATH);
	assert_true(graph_sites(g, &h.v[0], ask, &s, &err));
	for (size_t i = 0; i < s.n; i++)
		str_addf(&out, "%s%s:%d", i ? " " : "", s.v[i].path, s.v[i].line);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	graph_sites_fini(&s);
	graph_hits_fini(&h);
}

static struct graph *three_files(const char *path)
{
	struct err err;
	struct graph *g = graph_open(path, &err);

	assert_non_null(g);
	put_text(g, "fifo.v", fifo);
	put_text(g, "top.v", top);
	return g;
}

CASE(through_ports_in_both_directions)
{
	struct graph *g = three_files(NULL);

	sites(g, "top.b", GRAPH_ASK_DRIVEN, "top.v:4 fifo.v:4");
	sites(g, "top.b", GRAPH_ASK_LOADS, "top.v:5 fifo.v:3");
	sites(g, "top.u0.din", GRAPH_ASK_DRIVEN, "top.v:4 top.v:3");
	sites(g, "u1.din", GRAPH_ASK_DRIVEN, "top.v:5 top.v:4 fifo.v:4");
	sites(g, "fifo.din", GRAPH_ASK_DRIVEN, "top.v:4 top.v:5 top.v:3 top.v:4 fifo.v:4");
	sites(g, "fifo.mem", GRAPH_ASK_RESET, "fifo.v:3");
	sites(g, "top.b", GRAPH_ASK_RESET, "fifo.v:3");
	put_text(g, "copy.v",
		 "module copy (input clk, rst, d, output q, r, s);\nreg a, b;\n"
		 "always @(posedge clk) if (rst) a <= 0; else a <= d;\n"
		 "always @(posedge clk) b <= d;\n"
		 "assign q = a;\nassign r = a & b;\nwire w = q;\nassign s = ~w;\nendmodule\n");
	sites(g, "copy.q", GRAPH_ASK_RESET, "copy.v:3");
	sites(g, "copy.s", GRAPH_ASK_RESET, "copy.v:3");
	sites(g, "copy.r", GRAPH_ASK_RESET, "");
	sites(g, "copy.b", GRAPH_ASK_RESET, "");
	sites(g, "top.y", GRAPH_ASK_DRIVEN, "top.v:5 fifo.v:4");
	sites(g, "top.rst", GRAPH_ASK_DRIVEN, "");
	put_text(g, "star.v", stars);
	sites(g, "star.u.din", GRAPH_ASK_DRIVEN, "star.v:4 star.v:3");
	sites(g, "star.dout", GRAPH_ASK_DRIVEN, "star.v:4 fifo.v:4");
	graph_close(g);
}

CASE(a_changed_file_changes_only_its_rows)
{
	struct graph *g = three_files(NULL);
	struct strv left = STRV_INIT;
	struct graph_hits h;
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct err err;

	assert_true(graph_is_current(g, "fifo.v", fifo));
	put_text(g, "fifo.v",
		 "\n\nmodule fifo (input [7:0] din, output [7:0] dout);\n"
		 "assign dout = din;\nendmodule\n");
	assert_false(graph_is_current(g, "fifo.v", fifo));
	assert_true(graph_is_current(g, "top.v", top));
	sites(g, "top.b", GRAPH_ASK_DRIVEN, "top.v:4 fifo.v:4");
	assert_true(graph_find(g, "mem", -1, &ask, &h, &err));
	assert_int_equal(h.n, 0);
	graph_hits_fini(&h);
	strv_add(&left, "fifo.v");
	assert_true(graph_keep(g, &left, &err));
	assert_true(graph_find(g, "top", -1, &ask, &h, &err));
	assert_int_equal(h.n, 0);
	graph_hits_fini(&h);
	strv_free(&left);
	graph_close(g);
}

static size_t hits(struct graph *g, const char *asked, int only)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h;
	struct err err;
	size_t n;

	assert_true(graph_find(g, asked, only, &ask, &h, &err));
	n = h.n;
	graph_hits_fini(&h);
	return n;
}

/* Row ids of tables overlap: an id of a signal used for a module gives another module. */
CASE(only_what_is_asked_for_is_found)
{
	struct graph *g = graph_open(NULL, NULL);

	put_text(g, "fifo.v", fifo);
	put_text(g, "top.v", top);
	assert_int_equal(hits(g, "fifo.mem", -1), 1);
	assert_int_equal(hits(g, "fifo.mem", GRAPH_HIT_SIGNAL), 1);
	assert_int_equal(hits(g, "fifo.mem", GRAPH_HIT_MODULE), 0);
	assert_int_equal(hits(g, "mem of fifo", GRAPH_HIT_MODULE), 0);
	assert_int_equal(hits(g, "top.u0", -1), 1);
	assert_int_equal(hits(g, "top.u0", GRAPH_HIT_MODULE), 0);
	assert_int_equal(hits(g, "top.u0", GRAPH_HIT_SIGNAL), 0);
	assert_int_equal(hits(g, "fifo", GRAPH_HIT_MODULE), 1);
	graph_close(g);
}

/* The names of modules like one, best first. */
static void alike(struct graph *g, const char *module, const char *want)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits of, h;
	struct str out = STR_INIT;
	struct err err;

	assert_true(graph_find(g, module, GRAPH_HIT_MODULE, &ask, &of, &err));
	assert_int_equal(of.n, 1);
	assert_true(graph_alike(g, of.v[0].id, 10, &h, &err));
	for (size_t i = 0; i < h.n; i++)
		str_addf(&out, "%s%s", i ? " " : "", h.v[i].name);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	graph_hits_fini(&of);
	graph_hits_fini(&h);
}

/* Also with rows cached earlier, and not once the file has become small. */
CASE(a_file_above_the_limits_is_named)
{
	struct graph *g = graph_open(NULL, NULL);
	struct str text = STR_INIT;
	struct strv cut = STRV_INIT;
	struct graph_facts f;

	for (unsigned i = 0; i < GRAPH_MODULES_MAX + 1; i++)
		str_addf(&text, "module m%u; endmodule\n", i);
	read_facts(text.data, text.len, &f);
	assert_true(graph_put(g, "large.v", "1", &f, NULL));
	read_facts("module a; endmodule\n", 20, &f);
	assert_true(graph_put(g, "small.v", "1", &f, NULL));
	assert_true(graph_cut_files(g, &cut, NULL));
	assert_int_equal(cut.n, 1);
	assert_string_equal(cut.v[0], "large.v");
	strv_free(&cut);
	read_facts("module m0; endmodule\n", 21, &f);
	assert_true(graph_put(g, "large.v", "2", &f, NULL));
	assert_true(graph_cut_files(g, &cut, NULL));
	assert_int_equal(cut.n, 0);
	graph_close(g);
	str_free(&text);
}

/* Fewer places than the limit, and not all of them: the path is longer than is followed. */
CASE(a_long_way_is_cut_and_said_to_be)
{
	struct graph *g = graph_open(NULL, NULL);
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h;
	struct graph_sites s;
	struct str out = STR_INIT;
	struct err err;

	for (int i = 0; i < 30; i++) {
		char *path = str_fmt("c%d.v", i);
		char *text =
			str_fmt("module c%d (input a);\nc%d u (.a(a));\nendmodule\n", i, i + 1);

		put_text(g, path, text);
		free(text);
		free(path);
	}
	assert_true(graph_find(g, "c0.a", GRAPH_HIT_SIGNAL, &ask, &h, &err));
	assert_true(graph_sites(g, &h.v[0], GRAPH_ASK_LOADS, &s, &err));
	assert_true(s.cut);
	assert_true(s.n < 30);
	graph_tell_sites(&h.v[0], GRAPH_ASK_LOADS, &s, &out);
	assert_non_null(strstr(str_cstr(&out), "\n[cut: there may be more places]\n"));
	str_free(&out);
	graph_sites_fini(&s);
	graph_hits_fini(&h);
	graph_close(g);
}

CASE(modules_with_the_same_words_are_alike)
{
	struct graph *g = graph_open(NULL, NULL);

	put_text(g, "a.v", "module adder (input [3:0] x, y, output [4:0] total);\nendmodule\n");
	put_text(g, "b.v", "module blinker (input tact, output led);\nendmodule\n");
	put_text(g, "c.v", "module uart_tx (input clk, start, output busy, line);\nendmodule\n");
	put_text(g, "d.v", "module wheel (input spoke, output rim);\nendmodule\n");
	put_text(g, "e.v", "module uart_rx (input clk, line, output busy);\nendmodule\n");
	put_text(g, "f.v", "module modem (input carrier, output busy);\nendmodule\n");
	alike(g, "uart_rx", "uart_tx modem");
	alike(g, "uart_tx", "uart_rx modem");
	alike(g, "wheel", "");
	graph_close(g);
}

static void digest(struct graph *g, const char *module, struct str *out)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h;
	struct graph_sites s;
	struct err err;

	assert_true(graph_find(g, module, GRAPH_HIT_MODULE, &ask, &h, &err));
	if (h.n && h.v[0].rank == GRAPH_RANK_PATH)
		assert_true(graph_digest(g, h.v[0].id, 100000, out, &err));
	graph_hits_fini(&h);
	for (ask = GRAPH_ASK_DRIVEN; ask <= GRAPH_ASK_RESET; ask++) {
		enum graph_ask none = ask;

		assert_true(graph_find(g, "y", GRAPH_HIT_SIGNAL, &none, &h, &err));
		for (size_t i = 0; i < h.n && h.v[i].rank == GRAPH_RANK_PATH; i++) {
			assert_true(graph_sites(g, &h.v[i], ask, &s, &err));
			graph_tell_sites(&h.v[i], ask, &s, out);
			graph_sites_fini(&s);
		}
		graph_hits_fini(&h);
	}
}

/* One byte of the text is changed, removed or added, or a word is moved. */
static void edit(struct str *text, unsigned *seed)
{
	static const char bytes[] = " ;abyu10()<=.,\n";
	size_t at, len = text->len;

	*seed = *seed * 1103515245u + 12345u;
	at = (*seed >> 8) % len;
	if (*seed & 0x10000000u)
		text->data[at] = bytes[(*seed >> 3) % (sizeof(bytes) - 1)];
	else if (*seed & 0x20000000u)
		str_remove(text, at, 1);
	else
		str_addc(text, bytes[(*seed >> 3) % (sizeof(bytes) - 1)]);
}

/* After many small changes the graph equals one that is built at once. */
CASE(small_changes_come_to_the_same)
{
	struct err err;
	struct graph *g = graph_open(NULL, &err);
	struct str text = STR_INIT;
	unsigned seed = 7;

	put_text(g, "fifo.v", fifo);
	for (unsigned i = 0; i < test_rounds(600); i++) {
		struct graph *fresh = graph_open(NULL, &err);
		struct str a = STR_INIT, b = STR_INIT;

		if (i % 6 == 0) {
			str_clear(&text);
			str_adds(&text, top);
		}
		edit(&text, &seed);
		put_text(g, "top.v", str_cstr(&text));
		put_text(fresh, "fifo.v", fifo);
		put_text(fresh, "top.v", str_cstr(&text));
		digest(g, "top", &a);
		digest(fresh, "top", &b);
		assert_string_equal(str_cstr(&a), str_cstr(&b));
		str_free(&a);
		str_free(&b);
		graph_close(fresh);
	}
	str_free(&text);
	graph_close(g);
}

CASE(loops_end)
{
	struct err err;
	struct graph *g = graph_open(NULL, &err);

	put_text(g, "a.v",
		 "module a (inout p);\nwire w;\na u (.p(w)); a v (.p(p));\nassign w = p;\n"
		 "endmodule\n");
	sites(g, "a.p", GRAPH_ASK_DRIVEN, "a.v:3 a.v:3 a.v:3 a.v:4 a.v:3");
	graph_close(g);
}

/* The cache ------------------------------------------------------------------------------ */

static char *fresh_path(void)
{
	char folder[] = "/tmp/t_graph.XXXXXX";

	assert_non_null(mkdtemp(folder));
	return str_fmt("%s/g.db", folder);
}

static void drop(char *path)
{
	char *folder = path_dir(path);

	file_remove_tree(folder, NULL);
	free(folder);
	free(path);
}

static bool holds(const char *path, const char *name)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct err err;
	struct graph *g = graph_open(path, &err);
	struct graph_hits h;
	bool there;

	assert_non_null(g);
	assert_true(graph_find(g, name, -1, &ask, &h, &err));
	there = h.n > 0;
	graph_hits_fini(&h);
	graph_close(g);
	return there;
}

CASE(it_is_kept_and_damage_is_made_anew)
{
	char *path = fresh_path();
	struct str bytes = STR_INIT;
	struct err err;

	graph_close(three_files(path));
	assert_true(holds(path, "fifo"));
	assert_true(file_read(path, 0, &bytes, &err));
	/* Replaced by garbage, truncated, with zeros in the middle, of another version. */
	assert_true(
		file_save(path, "not a database, and longer than a page of one", 45, 0600, &err));
	assert_false(holds(path, "fifo"));
	assert_true(file_save(path, bytes.data, bytes.len / 2, 0600, &err));
	assert_false(holds(path, "fifo"));
	memset(bytes.data + bytes.len / 3, 0, bytes.len / 3);
	assert_true(file_save(path, bytes.data, bytes.len, 0600, &err));
	assert_false(holds(path, "fifo"));
	graph_close(three_files(path));
	assert_true(file_read(path, 0, &bytes, &err));
	bytes.data[63]++; /* user_version, as the format of the file has it */
	assert_true(file_save(path, bytes.data, bytes.len, 0600, &err));
	assert_false(holds(path, "fifo"));
	str_free(&bytes);
	drop(path);
}

/* Our own tables may contain invalid numbers. */
CASE(a_kind_that_is_none_is_a_signal)
{
	static const char *const kinds[] = { "UPDATE signals SET kind = 1000000",
					     "UPDATE signals SET kind = -1000000" };
	static const char want[] = "fifo.v:2: signal mem of fifo, reg [7:0]\n";
	struct graph *g = graph_open(NULL, NULL);

	put_text(g, "fifo.v", fifo);
	for (size_t i = 0; i < 2; i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct str out = STR_INIT;
		struct graph_hits h;
		struct err err;

		assert_true(graph_sql_do(g, kinds[i], &err));
		assert_true(graph_find(g, "mem", GRAPH_HIT_SIGNAL, &ask, &h, &err));
		assert_int_equal(h.n, 1);
		graph_tell_hits(&h, &out);
		assert_string_equal(str_cstr(&out), want);
		str_clear(&out);
		graph_json_hit(&h.v[0], &out);
		assert_non_null(strstr(str_cstr(&out), "\"kind\":\"signal\""));
		str_free(&out);
		graph_hits_fini(&h);
	}
	graph_close(g);
}

/* The file says the right version, and is whole. */
CASE(other_tables_are_made_anew)
{
	char *path = fresh_path();
	struct graph other = { 0 };
	struct err err;

	graph_close(three_files(path));
	assert_true(graph_sql_open(&other, path, &err));
	assert_true(graph_sql_do(&other, "DROP TABLE uses; CREATE TABLE uses (x)", &err));
	graph_sql_close(&other);
	assert_false(holds(path, "fifo"));
	graph_close(three_files(path));
	assert_true(holds(path, "fifo"));
	drop(path);
}

/* Like a page that cannot be read. */
CASE(a_graph_that_breaks_during_a_query_is_removed)
{
	char *path = fresh_path();
	struct graph *g = three_files(path);
	struct graph_hits h;
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct err err;

	assert_true(graph_sql_do(g, "DROP TABLE modules", &err));
	assert_false(graph_find(g, "fifo", -1, &ask, &h, &err));
	graph_close(g);
	assert_int_equal(access(path, F_OK), -1);
	drop(path);
}

CASE(one_program_has_it)
{
	char *path = fresh_path();
	struct graph *g = three_files(path);
	struct err err;

	assert_null(graph_open(path, &err));
	assert_int_equal(err.code, ERR_BUSY);
	graph_close(g);
	assert_true(holds(path, "fifo"));
	drop(path);
}

/* Hostile --------------------------------------------------------------------------------- */

CASE(names_are_data)
{
	static const char *const asked[] = { "x'; DROP TABLE modules; --",
					     "\" OR \"a\" NEAR(",
					     "name:x* AND NOT",
					     "%",
					     "*",
					     "\\",
					     ".",
					     "...",
					     "a..b",
					     "[",
					     "\xff\xfe",
					     "^a",
					     "{name doc}: a",
					     "(",
					     "-" };
	struct err err;
	struct graph *g = graph_open(NULL, &err);
	struct graph_hits h;

	put_text(g, "it's.v",
		 "module \\a';DROP (input \\b\"x , output y);\nassign y = \\b\"x ;\n"
		 "endmodule\nmodule fifo; endmodule\n");
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;

		assert_true(graph_find(g, asked[i], -1, &ask, &h, &err));
		graph_hits_fini(&h);
	}
	sites(g, "y", GRAPH_ASK_DRIVEN, "it's.v:2");
	sites(g, "\\b\"x", GRAPH_ASK_LOADS, "it's.v:2");
	graph_close(g);
}

CASE(limits_hold)
{
	struct str text = STR_INIT;
	struct graph_facts f;

	str_adds(&text, "module ");
	for (int i = 0; i < 5000; i++)
		str_addc(&text, 'n');
	str_adds(&text, " (input a);\n");
	for (unsigned i = 0; i < GRAPH_SIGNALS_MAX + 10; i++)
		str_addf(&text, "wire w%u;\n", i);
	str_adds(&text, "assign w1 = a;\nendmodule\n");
	read_facts(text.data, text.len, &f);
	assert_true(f.cut);
	assert_int_equal(f.n_signals, GRAPH_SIGNALS_MAX);
	assert_int_equal(strlen(f.modules[0].name), GRAPH_NAME_MAX);
	graph_facts_fini(&f);
	str_clear(&text);
	for (unsigned i = 0; i < GRAPH_MODULES_MAX + 3; i++)
		str_addf(&text, "module m%u; endmodule\n", i);
	read_facts(text.data, text.len, &f);
	assert_true(f.cut);
	assert_int_equal(f.n_modules, GRAPH_MODULES_MAX);
	graph_facts_fini(&f);
	str_free(&text);
}

/* Text being typed: every prefix of a text, and every version with one byte missing. */
CASE(any_text_can_be_read)
{
	struct graph_facts f;
	char gone[sizeof(top)];

	for (size_t n = 0; n < sizeof(top); n++) {
		read_facts(top, n, &f);
		graph_facts_fini(&f);
		memcpy(gone, top, n);
		memcpy(gone + n, top + n + 1, sizeof(top) - n - 1);
		read_facts(gone, sizeof(top) - 2, &f);
		graph_facts_fini(&f);
	}
}
