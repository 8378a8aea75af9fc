`timescale 1ns/1ns
module i2cs_tb;
  reg clk = 0, rst = 1, scl = 1, sda_m = 1; wire low; wire [7:0] led;
  wire sda = sda_m & ~low;
  i2cs dut(.clk(clk), .rst(rst), .scl_i(scl), .sda_i(sda), .sda_low(low), .led(led));
  always #5 clk = ~clk;
  integer errors = 0; reg [7:0] model [0:15]; reg a; reg [7:0] d;
  task q; repeat (6) @(negedge clk); endtask
  task bitw(input b); begin sda_m = b; q; scl = 1; q; q; scl = 0; q; end endtask
  task bitr(output b); begin sda_m = 1; q; scl = 1; q; b = sda; q; scl = 0; q; end endtask
  task start; begin sda_m = 1; q; scl = 1; q; sda_m = 0; q; scl = 0; q; end endtask
  task stop; begin sda_m = 0; q; scl = 1; q; sda_m = 1; q; q; end endtask
  task wr(input [7:0] b, output ack); integer k; begin for (k = 7; k >= 0; k = k - 1) bitw(b[k]); bitr(ack); ack = ~ack; end endtask
  task rd(output [7:0] b, input ack); integer k; begin for (k = 7; k >= 0; k = k - 1) bitr(b[k]); bitw(~ack); end endtask
  task check(input [255:0] what, input [7:0] got, input [7:0] want);
    if (got !== want) begin errors = errors + 1; $display("ERROR at %0t: %0s is %h, expected %h", $time, what, got, want); end
  endtask
  task write_regs(input [3:0] p, input [7:0] v, input integer cnt); integer k; begin
    start; wr({7'h2a, 1'b0}, a); check("ack of the address", a, 1);
    wr({4'h0, p}, a); check("ack of the pointer", a, 1);
    for (k = 0; k < cnt; k = k + 1) begin wr(v + k * 17, a); check("ack of data", a, 1); model[(p + k) & 15] = v + k * 17; end
    stop; end endtask
  task read_regs(input [3:0] p, input integer cnt); integer k; begin
    start; wr({7'h2a, 1'b0}, a); wr({4'h0, p}, a); start; wr({7'h2a, 1'b1}, a); check("ack of the read", a, 1);
    for (k = 0; k < cnt; k = k + 1) begin rd(d, k != cnt - 1); check("register", d, model[(p + k) & 15]); end
    stop; end endtask
  initial begin
    for (integer k = 0; k < 16; k = k + 1) model[k] = 0;
    repeat (4) @(negedge clk); rst = 0; q;
    write_regs(2, 8'h81, 3); read_regs(2, 3); read_regs(0, 2);
    start; wr({7'h2b, 1'b0}, a); check("ack of another device", a, 0); stop;
    write_regs(14, 8'h5e, 4); read_regs(13, 6); check("led", led, model[0]);
    write_regs(7, 8'h0f, 1); read_regs(7, 1);
    if (errors) $display("%0d errors", errors); else $display("all good");
    $finish;
  end
endmodule
