module parity_tb;
  reg [7:0] data;
  wire p;
  parity dut (.data(data), .p(p));
  initial begin
    data = 8'h07;
    #1 if (p !== 1'b1) $error("three ones are odd");
    data = 8'hff;
    #1 if (p !== 1'b0) $error("eight ones are even");
    $finish;
  end
endmodule
