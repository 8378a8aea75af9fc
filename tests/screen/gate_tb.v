module gate_tb;
  reg a = 1, b = 0;
  wire y = a & b;
  initial begin
    #5 if (y !== 1) $display("y is wrong (%0d)", y);
    $finish;
  end
endmodule
