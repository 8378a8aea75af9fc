module m(input clk, input [7:0] x, input signed [7:0] s, output reg [7:0] y, inout [3:0] io, output reg [3:0] k);
  typedef struct { logic [3:0] a; logic b; } up_t;
  up_t u;
  typedef struct packed { logic [3:0] a; logic b; } pk_t;
  pk_t p; reg r;
  logic [3:0][7:0] pa;
  assign io = x[0] ? x[7:4] : 4'bz;
  always @* begin
    y = 0; p.a = x[3:0]; p.b = 1'b1;
    casez (x)
      8'b1???????: y = {2{x[3:0]}};
      8'b01xz??11, 8'h0: y = s >>> 2;
      default: y = $signed(x) < s ? x << s[1:0] : ~x;
    endcase
    if (p.a inside {[1:3], 7}) y = x * 3;
  end
  task automatic t(input [3:0] i, output [3:0] o); o = i + 1; endtask
  function [3:0] fz(input [3:0] v); integer j; begin fz = 0; for (j=0;j<4;j=j+1) if (v[j]) begin fz = j; return fz; end end endfunction
  always @(posedge clk) begin t(x[3:0], k); u.a <= x[3:0]; u.b <= &x; pa[x[1:0]] <= x; r <= x[0] && |x[3:1] || !x[4]; end
  always @(x or s) if (x[0]) r = fz(x[3:0]) === 4'bx;
  initial begin k = 0; r = 1'bx; $display("x %b", x); if (y !== x) begin $error("bad %0d", y); end forever begin @(negedge clk); if (k != 2) break; end end
  wire #2 w = x[2]; reg q2; always @(posedge clk or negedge x[0]) if (!x[0]) q2 <= 0; else begin q2 <= x[1]; pa[1][3:2] <= 2'b01; end
  wire w2; and g1(w2, x[0], x[1]); bufif1 b1(w2, x[2], x[3]);
  always_latch if (x[0]) lq = x[1]; logic lq; logic [0:7] asc; assign asc[2 +: 3] = x[2:0]; wire [8:1] nz; assign nz[8:5]=x[3:0];
  always @(posedge clk) begin : blk reg [3:0] tmp; tmp = x[3:0] + 1; k <= tmp % 3; end
endmodule
