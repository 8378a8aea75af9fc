`define W(x) x <= 1
module m #(parameter P = 1) (input c, s, input [3:0] d, output reg y, z, output [1:0] v);
reg [1:0] v;
reg mem [0:3];
integer i;
always @(posedge c) begin y <= d[0]; {z, v[0]} <= d; end
always @(posedge c) if (s) `W(y); else v[0] <= 0;
generate if (P) always @(negedge c) z <= 1; else begin : n reg t; assign v = d; end endgenerate
always @(s or d) case (s) 1'b0: y = d[1]; default: ; endcase
always @* begin for (i = 0; i < 4; i = i + 1) v[i] = d[i]; casez (d) 4'b1???: z = 1; 4'b0: if (P) z = 0; endcase end
assign y = c, z = s;
// verilator lint_off LATCH
always @* case (s) 0: y = 1; default: begin end endcase
endmodule
module tb; reg q; initial #5 $finish; always @(q) q = ~q; endmodule
