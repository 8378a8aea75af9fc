module test;
  reg [7:0] a, b;
  wire [7:0] y;
  max2 dut (a, b, y);
  initial begin
    a = 3; b = 9;
    #1 if (y != 9) $display("Error at %0t: y is %0d", $time, y);
    a = 200;
    #1 if (y != 200) $display("Error at %0t: y is %0d", $time, y);
    $display("done");
    $finish;
  end
endmodule
