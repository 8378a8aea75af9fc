module three_tb;
  logic [2:0] a;
  logic [1:0] y;
  int i;
  ones3 dut(.a(a), .y(y));
  initial begin
    for (i = 0; i < 8; i = i + 1) begin
      a = i;
      #1 if (y !== a[0] + a[1] + a[2]) $display("FAIL a=%b: y is %0d", a, y);
    end
    $finish;
  end
endmodule
