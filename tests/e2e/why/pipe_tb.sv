`timescale 1ns / 1ns

// A scoreboard: a process that gives, one that takes and compares with what is due.
module pipe_tb;
  reg clk = 0, rst = 1;
  reg x_valid = 0, x_last = 0, y_ready = 0;
  reg [3:0] x_left = 0, x_right = 0;
  wire x_ready, y_valid;
  wire [15:0] y_sum;
  reg [15:0] due [0:31];
  reg [15:0] running = 0;
  reg [15:0] expected;
  integer given = 0, taken = 0, cycle = 0, wrong = 0, idle = 0;
  reg [15:0] lfsr = 16'h8e1d;

  pipe dut (.clk(clk), .rst(rst), .x_valid(x_valid), .x_ready(x_ready), .x_left(x_left),
            .x_right(x_right), .x_last(x_last), .y_valid(y_valid), .y_ready(y_ready),
            .y_sum(y_sum));

  always #5 clk = ~clk;

  initial begin
    repeat (4) @(negedge clk);
    rst = 0;
  end

  always @(negedge clk) begin
    lfsr = {lfsr[14:0], lfsr[15] ^ lfsr[13] ^ lfsr[12] ^ lfsr[10]};
    cycle = cycle + 1;
    y_ready = lfsr[2] & (lfsr[5] | lfsr[6]);
    if (!x_valid || took) begin
      x_valid = !rst && lfsr[9:8] != 0;
      x_left = lfsr[3:0];
      x_right = lfsr[7:4];
      x_last = lfsr[11:10] == 0;
    end
    if (cycle == 300) begin
      if (taken < 20) begin
        $display("ERROR: only %0d sums came, y_valid is %b", taken, y_valid);
        wrong = wrong + 1;
      end
      if (wrong == 0) $display("PASS");
      $finish;
    end
  end

  reg took = 0;
  always @(posedge clk) begin
    took <= x_valid && x_ready;
    if (x_valid && x_ready) begin
      if (x_last) begin
        due[given[4:0]] = running + x_left * x_right;
        given = given + 1;
        running = 0;
      end else
        running = running + x_left * x_right;
    end
  end

  always @(posedge clk)
    if (!rst && y_valid && y_ready) begin
      expected = due[taken[4:0]];
      if (taken >= given) begin
        $display("ERROR: y_valid is %b, nothing is due", y_valid);
        wrong = wrong + 1;
      end else if (y_sum !== expected) begin
        $display("ERROR: y_sum is %0d, expected %0d", y_sum, expected);
        wrong = wrong + 1;
      end
      taken = taken + 1;
    end

  always @(posedge clk)
    if (!rst && y_valid !== 0 && y_valid !== 1) begin
      $display("ERROR: y_valid is %b, expected 0 or 1", y_valid);
      wrong = wrong + 1;
    end
endmodule
