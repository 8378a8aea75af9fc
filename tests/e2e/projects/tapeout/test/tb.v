`timescale 1ns / 1ps
module tb;
  reg  [7:0] ui_in;
  wire [7:0] uo_out;
  integer i;
  tt_um_adder dut (.ui_in(ui_in), .uo_out(uo_out), .ena(1'b1), .clk(1'b0), .rst_n(1'b1));
  initial begin
    for (i = 0; i < 16; i = i + 1) begin
      ui_in = i[7:0];
      #1 if (uo_out !== {6'd0, ui_in[1:0]} + {6'd0, ui_in[3:2]}) $error("%0d gives %0d", i, uo_out);
    end
    $finish;
  end
endmodule
