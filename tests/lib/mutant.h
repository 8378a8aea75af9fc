/* mutant.h - a design with a few words changed, for tests of tools' messages. */
#ifndef POSEDGE_TEST_MUTANT_H
#define POSEDGE_TEST_MUTANT_H

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"

static const char mutant_of[] =
	"`timescale 1ns/1ps\n`define WIDTH 8\n"
	"module fifo #(parameter N = 4) (input wire clk, input wire rst, input wire [`WIDTH-1:0] "
	"d, output reg [7:0] q);\n"
	"  localparam IDLE = 2'd0, FULL = 2'd1;\n  reg [7:0] mem [0:N-1];\n  reg [1:0] state, "
	"next;\n  integer i;\n"
	"  function [7:0] twice(input [7:0] x);\n    twice = x << 1;\n  endfunction\n"
	"  always @(posedge clk) begin\n    if (rst) begin\n      state <= IDLE;\n      for (i = "
	"0; i < N; i = i + 1) mem[i] <= 0;\n"
	"    end else begin\n      state <= next;\n      mem[d[1:0]] <= d;\n      q <= "
	"twice(mem[0]);\n    end\n  end\n"
	"  always @* case (state)\n    IDLE: next = FULL;\n    default: next = IDLE;\n  "
	"endcase\nendmodule\n"
	"module fifo_tb;\n  reg clk = 0, rst = 1;\n  reg [7:0] d = 3;\n  wire [7:0] q;\n"
	"  fifo #(.N(4)) dut(.clk(clk), .rst(rst), .d(d), .q(q));\n  always #5 clk = ~clk;\n"
	"  initial begin\n    repeat (4) @(posedge clk);\n    rst = 0;\n    repeat (4) @(posedge "
	"clk);\n"
	"    if (q !== 6) $error(\"q is %0d\", q);\n    $finish;\n  end\nendmodule\n";

static inline unsigned mutant_draw(unsigned *seed, size_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (unsigned)((*seed >> 8) % below);
}

/* Drops, doubles or replaces one to three words; the same seed gives the same result.
 * The caller frees it. */
static inline char *mutant(unsigned seed)
{
	static const char *const words[] = {
		"begin",      "end",	     "wire",	"logic",      "`endif\n",
		"`ifdef X\n", "(",	     ")",	"\"",	      "/*",
		"module",     "unique case", "foreach", "[3:0]",      "break",
		"0",	      "4'bx",	     "class",	"interface",  "`include \"no.vh\"\n",
		"$foo",	      "do",	     "fork",	"undeclared", "->",
		"1'b0,",      ";",	     "@*",
	};
	struct strv w = STRV_INIT;
	struct str out = STR_INIT;
	unsigned edits;

	for (const char *p = mutant_of; *p;) {
		size_t n = 1;

		while (isalnum((unsigned char)*p) && (isalnum((unsigned char)p[n]) || p[n] == '_'))
			n++;
		strv_addn(&w, p, n);
		p += n;
	}
	edits = 1 + mutant_draw(&seed, 3);
	while (edits-- > 0) {
		size_t i = mutant_draw(&seed, w.n);
		char *old = w.v[i];

		switch (mutant_draw(&seed, 3)) {
		case 0:
			w.v[i] = str_fmt(" ");
			break;
		case 1:
			w.v[i] = str_fmt("%s %s", old, old);
			break;
		default:
			w.v[i] = str_fmt("%s",
					 words[mutant_draw(&seed, sizeof(words) / sizeof(*words))]);
			break;
		}
		free(old);
	}
	for (size_t i = 0; i < w.n; i++)
		str_adds(&out, w.v[i]);
	strv_free(&w);
	return str_take(&out);
}

#endif
