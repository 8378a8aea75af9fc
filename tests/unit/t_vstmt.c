#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/verilog/vstmt.h"

static const char *const names[] = {
	[VSTMT_UNIT] = "unit",	    [VSTMT_INITIAL] = "initial",   [VSTMT_FINAL] = "final",
	[VSTMT_ALWAYS] = "always",  [VSTMT_FUNCTION] = "function", [VSTMT_TASK] = "task",
	[VSTMT_ASSIGN] = "assign",  [VSTMT_PROPERTY] = "property", [VSTMT_DEFINE] = "define",
	[VSTMT_ITEM] = "item",	    [VSTMT_BLOCK] = "block",	   [VSTMT_FORK] = "fork",
	[VSTMT_IF] = "if",	    [VSTMT_CASE] = "case",	   [VSTMT_CHOICE] = "choice",
	[VSTMT_LOOP] = "loop",	    [VSTMT_PREFIX] = "prefix",	   [VSTMT_BLOCKING] = "=",
	[VSTMT_NONBLOCKING] = "<=", [VSTMT_FORCE] = "force",	   [VSTMT_CALL] = "call",
	[VSTMT_SYSTEM] = "system",  [VSTMT_MACRO] = "macro",	   [VSTMT_ASSERT] = "assert",
	[VSTMT_JUMP] = "jump",	    [VSTMT_TRIGGER] = "trigger",   [VSTMT_DECL] = "decl",
	[VSTMT_NULL] = "null",	    [VSTMT_OTHER] = "other",
};

static void add_span(const struct vstmts *s, const char *what, struct vspan span, struct str *out)
{
	if (span.off < span.end)
		str_addf(out, " %s[%.*s]", what, (int)(span.end - span.off), s->text + span.off);
}

/* "if head[a] (then:call name[f] else:null)" */
static void tell(const struct vstmts *s, int from, int end, struct str *out)
{
	for (int i = from; i < end; i = s->v[i].end) {
		const struct vstmt *v = &s->v[i];

		str_addf(out, "%s%s%s", i > from ? "; " : "",
			 v->role == VROLE_THEN	 ? "then:"
			 : v->role == VROLE_ELSE ? "else:"
						 : "",
			 names[v->kind]);
		add_span(s, "", v->name, out);
		add_span(s, "head", v->head, out);
		add_span(s, "lhs", v->lhs, out);
		add_span(s, "rhs", v->rhs, out);
		if (v->end > i + 1) {
			str_adds(out, " (");
			tell(s, i + 1, v->end, out);
			str_addc(out, ')');
		}
	}
}

static void reads(const char *text, const char *want)
{
	struct vstmts s;
	struct str got = STR_INIT;

	vstmts_init(&s, text, strlen(text));
	tell(&s, 0, (int)s.n, &got);
	assert_string_equal(str_cstr(&got), want);
	str_free(&got);
	vstmts_fini(&s);
}

/* The statements of an initial block. */
static void statement(const char *text, const char *want)
{
	char *whole = str_fmt("initial %s", text), *tree = str_fmt("initial [initial] (%s)", want);

	reads(whole, tree);
	free(whole);
	free(tree);
}

CASE(an_if_has_its_condition_and_its_two_sides)
{
	statement("if (a !== b) n = n + 1; else ok(a, b);",
		  "if head[a !== b] (then:= lhs[n] rhs[n + 1]; else:call [ok] head[a, b])");
	statement("if (a) if (b) x; else y;",
		  "if head[a] (then:if head[b] (then:call [x]; else:call [y]))");
	statement("if (a) x; else if (b) y; else z;",
		  "if head[a] (then:call [x]; else:if head[b] (then:call [y]; else:call [z]))");
	statement("if (f(a, (b))) ;", "if head[f(a, (b))] (then:null)");
	statement("unique if (a) x;", "if head[a] (then:call [x])");
}

CASE(a_long_chain_of_else_if_is_read_to_its_end)
{
	struct str text = STR_INIT;
	struct vstmts s;

	str_adds(&text, "initial if (x == 0) y = 0;");
	for (int i = 1; i < 3000; i++)
		str_addf(&text, " else if (x == %d) y = %d;", i, i);
	vstmts_init(&s, text.data, text.len);
	assert_false(s.cut);
	assert_int_equal(s.n, 1 + 2 * 3000);
	assert_int_equal(s.v[1].end, s.n);
	assert_int_equal(s.v[s.n - 1].all.end, text.len);
	assert_int_equal(s.v[s.n - 2].all.end, text.len);
	vstmts_fini(&s);
	str_free(&text);
}

CASE(blocks_and_forks_hold_their_statements)
{
	statement("begin : named int i; i = 3; end : named",
		  "block [named] (decl; = lhs[i] rhs[3])");
	statement("fork a(); begin b(); end join_none", "fork (call [a]; block (call [b]))");
}

CASE(a_case_has_choices)
{
	statement("casez (x) 2'b0?, 2'b10: a; default b; endcase",
		  "case [casez] head[x] (choice head[2'b0?, 2'b10] (call [a]); choice "
		  "head[default] (call [b]))");
	statement("case (1) (p ? q : r): a; S::T: begin b; end default: ; endcase",
		  "case [case] head[1] (choice head[(p ? q : r)] (call [a]); choice head[S::T] "
		  "(block (call [b])); "
		  "choice head[default] (null))");
}

CASE(loops_have_a_head_and_a_body)
{
	statement("for (int i = 0; i < 4; i++) x[i] = 0;",
		  "loop [for] head[int i = 0; i < 4; i++] (= lhs[x[i]] rhs[0])");
	statement("repeat (4) #5 c = ~c;",
		  "loop [repeat] head[4] (prefix head[#5] (= lhs[c] rhs[~c]))");
	statement("do x; while (y);", "loop [do] head[y] (call [x])");
	statement("forever @(posedge clk);", "loop [forever] (prefix head[@(posedge clk)])");
}

CASE(delays_and_events_stand_before_a_statement)
{
	statement("#(P / 2) q <= #1 d;", "prefix head[#(P / 2)] (<= lhs[q] rhs[#1 d])");
	statement("@(posedge clk, negedge rst) x;",
		  "prefix head[@(posedge clk, negedge rst)] (call [x])");
	statement("begin @* ; wait (a) b; wait fork; -> e; @u0.done; end",
		  "block (prefix head[@*]; prefix head[wait (a)] (call [b]); prefix head[wait "
		  "fork;]; trigger; "
		  "prefix head[@u0.done])");
}

CASE(assignments_have_two_sides)
{
	statement("{c, s} = a + b;", "= lhs[{c, s}] rhs[a + b]");
	statement("a.n[3] <= (x <= y);", "<= lhs[a.n[3]] rhs[(x <= y)]");
	statement("n += a !== b;", "= lhs[n] rhs[a !== b]");
	statement("begin n++; ++n; end", "block (= lhs[n]; = lhs[n])");
	statement("force u.x = 1;", "force lhs[u.x] rhs[1]");
}

CASE(assertions_of_both_kinds_are_told_apart)
{
	statement("a1: assert (q == 3) else $error(\"q\");",
		  "assert [assert] head[q == 3] (else:system [$error] head[\"q\"])");
	reads("module m; p: assert property (@(posedge c) a |-> b) else begin n++; end always_comb "
	      "assert #0 (x); "
	      "cover property (y); endmodule",
	      "unit [m] (property [assert] head[@(posedge c) a |-> b] (else:block (= lhs[n])); "
	      "always [always_comb] (assert [assert] head[x]); property [cover] head[y])");
}

CASE(items_are_found_around_their_like)
{
	reads("module m #(parameter W = 8) (input a); sub #(.W(W)) u0 (.a(a)); sub u1 (a); reg r = "
	      "1; "
	      "assign y = a ? b : c; typedef struct { int x; } t; function automatic [3:0] f "
	      "(input i); f = i; "
	      "endfunction task t; begin x; end endtask endmodule : m",
	      "unit [m] (item; item [sub]; decl lhs[reg r] rhs[1]; assign lhs[y] rhs[a ? b : c]; "
	      "item; "
	      "function [f] head[(input i)] (= lhs[f] rhs[i]); task [t] (block (call [x])))");
	reads("package p; virtual class c; virtual function void g(); h(); endfunction constraint "
	      "k { a < 3; } "
	      "virtual bus_if v; endclass endpackage",
	      "unit [p] (unit [c] (function [g] head[()] (call [h]); item; decl))");
}

CASE(packages_imported_before_the_ports_are_of_the_head)
{
	reads("module m import p::*; import q::r; #(parameter W = 1) (input a); wire b; endmodule",
	      "unit [m] (decl)");
}

CASE(a_word_of_units_without_its_end_is_a_name)
{
	reads("module m; reg class; program p(a); checker c(b); initial begin class = 9; x = 1; "
	      "end "
	      "endmodule",
	      "unit [m] (decl; item; item; initial [initial] (block (= "
	      "lhs[class] "
	      "rhs[9]; = lhs[x] rhs[1])))");
	reads("module m; program p; initial x = 1; endprogram endmodule",
	      "unit [m] (unit [p] (initial [initial] (= lhs[x] rhs[1])))");
}

CASE(a_word_that_is_declared_is_a_name)
{
	reads("module m; reg [3:0] ref, got; integer i, do; initial begin ref = i; do = 1; end "
	      "endmodule",
	      "unit [m] (decl; decl; initial [initial] (block (= lhs[ref] rhs[i]; = lhs[do] "
	      "rhs[1])))");
	reads("module m(input [3:0] bit, output reg byte); initial byte = bit; endmodule",
	      "unit [m] (initial [initial] (= lhs[byte] rhs[bit]))");
	/* a list of types declares nothing */
	reads("module m; p #(int, bit) a(x); initial do x = 1; while (y); endmodule",
	      "unit [m] (item; initial [initial] (loop [do] head[y] (= lhs[x] rhs[1])))");
}

CASE(generate_is_marked_and_processes_are_not)
{
	const char *text = "module m; generate for (genvar i = 0; i < 2; i++) begin : g if (i) "
			   "always @* y = 1; "
			   "else z u (); end endgenerate endmodule";
	struct vstmts s;

	vstmts_init(&s, text, strlen(text));
	for (size_t i = 0; i < s.n; i++) {
		bool inside = vstmts_around(&s, (int)i, VSTMT_ALWAYS) >= 0;

		assert_int_equal(s.v[i].generate, !inside && s.v[i].kind != VSTMT_UNIT);
	}
	vstmts_fini(&s);
	reads(text, "unit [m] (loop [for] head[genvar i = 0; i < 2; i++] (block [g] (if head[i] "
		    "(then:always "
		    "[always] (prefix head[@*] (= lhs[y] rhs[1])); else:item [z]))))");
}

CASE(what_follows_a_generate_block_begins_behind_it)
{
	const char *text = "module m;\ngenerate\nif (1) y u();\nendgenerate\nz u ();\nendmodule";
	struct vstmts s;

	vstmts_init(&s, text, strlen(text));
	assert_int_equal(s.v[s.n - 1].line, 5);
	assert_memory_equal(s.text + s.v[s.n - 1].all.off, "z u", 3);
	vstmts_fini(&s);
}

CASE(a_macro_is_a_statement_and_its_body_is_read)
{
	statement("begin `CHECK(a, b) `CHECK(c, d); `TOP.n = 3; end",
		  "block (macro [`CHECK] head[a, b]; macro [`CHECK] head[c, d]; = [`TOP] "
		  "lhs[`TOP.n] rhs[3])");
	reads("`define CHECK(a, b) \\\n  if (a !== b) \\\n    n = n + 1\n`define W (3)\nmodule m; "
	      "endmodule\n",
	      "unit [m]; define [CHECK] head[(a, b)] (if head[a !== b] (then:= lhs[n] rhs[n + "
	      "1])); "
	      "define [W] (other)");
}

CASE(directives_and_comments_are_no_statements)
{
	reads("`timescale 1ns/1ps // x\nmodule m; /* if (a) */ initial\n`ifdef A\n x;\n`else\n "
	      "y;\n`endif\nendmodule",
	      "unit [m] (initial [initial] (call [x]); call [y])");
}

CASE(wrong_text_costs_a_statement_and_no_more)
{
	reads("module m; initial begin a = ; b = 3 end initial c; endmodule module n; initial d; "
	      "endmodule",
	      "unit [m] (initial [initial] (block (= lhs[a]; = lhs[b] rhs[3])); initial [initial] "
	      "(call [c])); "
	      "unit [n] (initial [initial] (call [d]))");
	reads("module m; initial if (a begin b; end endmodule module n; initial d; endmodule",
	      "unit [m] (initial [initial] (if head[a] (then:block (call [b])))); unit [n] "
	      "(initial [initial] "
	      "(call [d]))");
	/* A line that is being typed, or one without its semicolon. */
	reads("fnd count module m; initial c; endmodule",
	      "decl [fnd]; unit [m] (initial [initial] (call [c]))");
	reads("parameter W = (4 module m; initial c; endmodule",
	      "decl lhs[parameter W] rhs[(4]; unit [m] (initial [initial] (call [c]))");
	reads("extern module e (input a); module m; initial c; endmodule",
	      "item; unit [m] (initial [initial] (call [c]))");
}

CASE(lines_and_ranges_are_those_of_the_text)
{
	const char *text = "module m;\n\n  initial\n    a1 : if (x)\n      y;\nendmodule\n";
	struct vstmts s;

	vstmts_init(&s, text, strlen(text));
	assert_int_equal(s.v[1].line, 3);
	assert_int_equal(s.v[2].line, 4);
	assert_int_equal(s.v[2].all.off, strstr(text, "a1") - text);
	assert_int_equal(s.v[2].all.end, strstr(text, "y;") - text + 2);
	assert_int_equal(s.v[3].line, 5);
	assert_true(vstmt_token_is(&s, &s.tokens[vstmts_token(&s, s.v[3].all.off)], "y"));
	vstmts_fini(&s);
}

CASE(depth_has_a_limit)
{
	struct str text = STR_INIT;
	struct vstmts s;

	str_adds(&text, "module m; initial ");
	for (int i = 0; i < 50000; i++)
		str_adds(&text, "begin ");
	for (int i = 0; i < 50000; i++)
		str_adds(&text, "end ");
	str_adds(&text, "initial x; endmodule");
	vstmts_init(&s, text.data, text.len);
	assert_true(s.cut);
	assert_in_range(s.n, 100, 200);
	vstmts_fini(&s);
	str_free(&text);
}
