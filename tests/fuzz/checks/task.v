`timescale 1ns/1ps
module a1_tb; reg [3:0] a = 0; wire [3:0] y = ~a; integer fail_cnt = 0, pass_cnt = 0;
 task check; input [3:0] exp; begin if (y === exp) begin pass_cnt = pass_cnt + 1; $display("[PASS] a=%b", a); end else begin fail_cnt = fail_cnt + 1; $display("[FAIL] a=%b y=%b exp=%b", a, y, exp); end end endtask
 initial begin repeat (16) begin #1 check(~a); a = a + 1; end $display("---- %0d passed, %0d failed ----", pass_cnt, fail_cnt); if (fail_cnt > 0) $fatal(1); $finish; end endmodule
