// Checks that cdc_sync shows its input just STAGES edges later.
`timescale 1ns / 1ps
module cdc_sync_tb;

  localparam int STAGES = 2;

  int checks = 0;
  int errors = 0;
  logic clk = 0;
  always #5 clk = ~clk;

  logic rst = 1, in = 0, out;
  logic past[0:STAGES-1];

  cdc_sync #(
      .STAGES(STAGES)
  ) dut (.clk, .rst, .in, .out);

  initial begin
    $dumpfile("wave.vcd");
    $dumpvars(0, cdc_sync_tb);
  end

  task automatic step(input logic r, input logic v);
    @(negedge clk);
    rst = r;
    // Anywhere in the half clock, as it comes from elsewhere.
    #($urandom_range(3)) in = v;
    @(posedge clk);
    #1;
    for (int i = STAGES - 1; i > 0; i--) past[i] = r ? 1'b0 : past[i-1];
    past[0] = r ? 1'b0 : v;
    checks++;
    if (out !== past[STAGES-1]) begin
      errors++;
      $error("out: expected %b got %b", past[STAGES-1], out);
    end
  endtask

  initial begin
    step(1, 1);
    repeat (STAGES) step(1, 1);
    repeat (STAGES + 2) step(0, 1);
    repeat (STAGES + 2) step(0, 0);
    repeat (500) step($urandom % 32 == 0, $urandom % 2 == 0);
    finish_up;
  end

  task automatic finish_up;
    if (errors == 0) $display("PASS %0d checks", checks);
    else begin
      $display("FAIL %0d of %0d checks", errors, checks);
      $fatal(1, "cdc_sync is not what it should be");
    end
    $finish;
  endtask

  initial begin
    #20000000;
    $fatal(1, "time limit");
  end

endmodule
