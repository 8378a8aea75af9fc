/* Facts read from one text: who writes and reads a signal, the comment that describes
 * a module, the words of a name. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/graph/graph_words.h"
#include "tests/lib/graph_text.h"

/* "signal:LINE role role, ...", as the text has them. */
static void uses(const char *text, const char *want)
{
	static const char *const roles[] = { "drive", "load",  "if",  "clock",
					     "reset", "clear", "port" };
	struct graph_facts f;
	struct str out = STR_INIT;

	read_facts(text, strlen(text), &f);
	for (size_t i = 0; i < f.n_uses; i++) {
		str_addf(&out, "%s%s:%d", i ? ", " : "", f.signals[f.uses[i].signal].name,
			 f.uses[i].line);
		for (unsigned k = 0; k < sizeof(roles) / sizeof(*roles); k++)
			if (f.uses[i].role & 1u << k)
				str_addf(&out, " %s", roles[k]);
	}
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	graph_facts_fini(&f);
}

#define M(ports, body) "module m (" ports ");\n" body "\nendmodule\n"

CASE(what_is_written_and_read)
{
	uses(M("input a, b, output y", "assign y = a & b;"), "y:2 drive, a:2 load, b:2 load");
	uses(M("input a, output y, z", "assign y = a, z = ~y;"),
	     "y:2 drive load, a:2 load, z:2 drive");
	uses(M("input [1:0] i, output [3:0] y, z", "assign {y[i], z} = 0;"),
	     "y:2 drive, i:2 load, z:2 drive");
	uses(M("input a, output y", "wire w = a;\nassign y = w;"),
	     "w:2 drive, a:2 load, y:3 drive, w:3 load");
	uses(M("input c, d, output reg q", "always @(posedge c) q <= d;"),
	     "c:2 load clock, q:2 drive, d:2 load");
	uses(M("input c, r, d, output reg q",
	       "always @(posedge c or negedge r)\nif (!r) q <= 0;\nelse q <= d;"),
	     "c:2 load clock, r:2 load reset, r:3 load if reset, q:3 drive clear, q:4 drive, d:4 "
	     "load");
	uses(M("input c, e, d, output reg q", "always @(posedge c)\nif (e) q <= d;"),
	     "c:2 load clock, e:3 load if, q:3 drive, d:3 load");
	/* A synchronous clear is a reset; loading a value is not. */
	uses(M("input c, r, d, output reg q", "always @(posedge c)\nif (r) q <= 0; else q <= d;"),
	     "c:2 load clock, r:3 load if reset, q:3 drive clear, d:3 load");
	/* An if at the end that overrides the assignment: recognised by its name alone. */
	uses(M("input c, rst, d, output reg q",
	       "always @(posedge c) begin\nq <= d;\nif (rst)\nq <= 0;\nend"),
	     "c:2 load clock, rst:4 load if reset, q:3 drive, d:3 load, q:5 drive clear");
	uses(M("input c, rst, d, output reg q",
	       "always @(posedge c or posedge rst) begin\nq <= d;\nif (rst)\nq <= 0;\nend"),
	     "c:2 load clock, rst:2 load reset, rst:4 load if reset, q:3 drive, d:3 load, "
	     "q:5 drive clear");
	uses(M("input c, go, d, output reg q",
	       "always @(posedge c) begin\nq <= d;\nif (go)\nq <= 0;\nend"),
	     "c:2 load clock, q:3 drive, d:3 load, go:4 load if, q:5 drive");
	uses(M("input c, rst, d, output reg q",
	       "always @(posedge c) begin\nq <= d;\nif (rst)\nq <= 0;\nelse\nq <= 1;\nend"),
	     "c:2 load clock, q:3 drive, d:3 load, rst:4 load if, q:5 drive, q:7 drive");
	uses(M("input s, a, output reg y",
	       "always @* case (s)\n0: y = a;\ndefault: y = 0;\nendcase"),
	     "s:2 load if, y:3 drive, a:3 load, y:4 drive");
}

CASE(names_of_other_scopes_are_not_taken)
{
	uses(M("input a, output y", "function f (input a); f = a; endfunction\nassign y = f(a);"),
	     "y:3 drive, a:3 load");
	uses(M("input [3:0] a, output reg y",
	       "always @* begin\nfor (int i = 0; i < 4; i = i + 1) y = a[i];\nend"),
	     "y:3 drive, a:3 load");
	uses(M("input p, output y", "assign y = s.p;"), "y:2 drive");
	uses(M("input p, output y", "assign y = pkg::p;"), "y:2 drive");
	uses(M("input p, output y", "`define P p\nassign y = `P;"), "y:3 drive, p:3 load");
	uses(M("input p, output y", "`ifdef NO\nassign y = p;\n`endif"), "");
}

CASE(what_instances_are_connected_to)
{
	uses(M("input a, output y", "sub u (.d(a), .q(y));"), "a:2 port, y:2 port");
	uses(M("input a, output y", "sub u (a, y);"), "a:2 port, y:2 port");
	uses(M("input a, output y", "sub #(.W(3)) u (.a, .q({y, n[a]}));"),
	     "a:2 port, y:2 port, a:2 load");
	uses(M("input a", "sub u (.d(a), .q(w));\nsub v (.d(w));"), "a:2 port, w:2 port, w:3 port");
	/* what stands behind a generate block is no part of it */
	uses(M("input a, output y", "generate if (1) begin end endgenerate\nsub u (.d(a), .q(y));"),
	     "a:3 port, y:3 port");
	uses(M("input a, output y", "(* keep *) sub u (.d(a), .q(y));"), "a:2 port, y:2 port");
	uses(M("input a, b, output y", "and g (y, a, b);"), "y:2 drive, a:2 load, b:2 load");
	uses(M("input a, output y, z", "not g (y, z, a);"), "y:2 drive, z:2 drive, a:2 load");
}

static void doc(const char *text, const char *want)
{
	struct graph_facts f;

	read_facts(text, strlen(text), &f);
	assert_string_equal(f.modules[0].doc, want);
	graph_facts_fini(&f);
}

CASE(the_head_of_a_file_tells_of_its_module)
{
	doc("//////\n////  Tick timer of the core   ////\n////\n//// Author(s): me ////\n//////\n"
	    "`timescale 1ns/1ps\n\nmodule tt(input c);\nendmodule\n",
	    "Tick timer of the core");
	doc("/* Tick timer.\n * Copyright somebody */\nwire x;\nmodule tt(input c);\nendmodule\n",
	    "Tick timer.");
	doc("// Adds a crc.\n//\n// Copyright somebody\n// This program is free.\nmodule tt(input "
	    "c);\nendmodule\n",
	    "Adds a crc.");
	doc("// Adds a crc.\n// Copyright somebody\n\n`default_nettype none\n// with ports\nmodule "
	    "tt(input c);\nendmodule\n",
	    "with ports Adds a crc.");
	doc("// Copyright somebody\n\nmodule tt(input c);\nendmodule\n", "");
	doc("// A file.\n\n// Ticks.\nmodule tt(input c);\nendmodule\n", "Ticks. A file.");
	doc("// A file.\n\nmodule tt(input c);\nendmodule\nmodule b;\nendmodule\n", "");
	doc("wire x; // ticks\n\nmodule tt(input c);\nendmodule\n", "");
}

/* Words -------------------------------------------------------------------------------------- */

static void parts(const char *name, const char *want)
{
	struct str out = STR_INIT;

	graph_parts(name, &out);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
}

CASE(names_are_made_of_words)
{
	parts("wr_ptr", "wr write ptr pointer");
	parts("rdPtrNxt", "rd read ptr pointer nxt next");
	parts("FIFO_full", "fifo full");
	parts("__a__", "a");
	parts("", "");
	assert_int_equal(graph_distance("wr_ptr", "wr_prt", 2), 1);
	assert_int_equal(graph_distance("count", "count", 2), 0);
	assert_int_equal(graph_distance("count", "cnt", 2), 2);
	assert_int_equal(graph_distance("count", "fifo", 2), 3);
}

/* "NAME type" of each value of an enum. */
static void values(const char *text, const char *want)
{
	struct graph_facts f;
	struct str out = STR_INIT;

	read_facts(text, strlen(text), &f);
	for (size_t i = 0; i < f.n_signals; i++)
		if (f.signals[i].kind == GRAPH_VALUE)
			str_addf(&out, "%s%s:%d %s", out.len ? ", " : "", f.signals[i].name,
				 f.signals[i].line, f.signals[i].type);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	graph_facts_fini(&f);
}

CASE(values_of_enums_are_there)
{
	values(M("input a", "typedef enum logic [1:0] { A, B = 2'd2,\nC } t;"),
	       "A:2 t, B:2 t = 2'd2, C:3 t");
	values(M("input a", "enum { UP, DOWN } dir;\nenum int { N = f(1, 2) } n;"),
	       "UP:2 , DOWN:2 , N:3 f(1,2)");
	values("package p;\ntypedef enum { ON, OFF } e;\nendpackage\n", "ON:2 e, OFF:2 e");
	values(M("input a", "typedef struct { enum { X, Y } k; logic v; } s_t;"), "X:2 , Y:2 ");
	values(M("input a", "typedef enum { S[3], T } t;"), "T:2 t");
	values(M("input a", "typedef enum logic t; enum { , } u; enum { A"), "");
	/* A value that resets is a constant, as before. */
	uses(M("input c, r, output s", "typedef enum { I, J } t; t s;\n"
				       "always @(posedge c)\nif (r) s <= I;\nelse s <= J;"),
	     "c:3 load clock, r:4 load if reset, s:4 drive clear, I:4 load, s:5 drive, J:5 load");
}
