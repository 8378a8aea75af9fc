`timescale 1ns / 1ps
module cordic_tb;
  logic clk = 0, rst = 1, start = 0;
  logic [15:0] phase = 0;
  logic [1:0] scale = 0;
  wire done;
  wire signed [15:0] cosine, sine;
  wire [3:0] clipped;

  cordic dut (.clk(clk), .rst(rst), .start(start), .phase(phase), .scale(scale), .done(done),
              .cosine(cosine), .sine(sine), .clipped(clipped));
  always #5 clk = ~clk;

  // The same rotation, computed in one go when it is asked for.
  integer angles [0:9];
  integer x, y, z, old, k, sent = 0, seen = 0, errors = 0, clips = 0, i;
  reg signed [15:0] want_cos [0:127], want_sin [0:127];
  reg [3:0] want_clipped [0:127];
  reg signed [15:0] expected_cos, expected_sin;
  reg [3:0] expected_clipped;

  function integer bound(input integer v);
    bound = v > 32767 ? 32767 : v < -32768 ? -32768 : v;
  endfunction

  task predict(input [15:0] p, input [1:0] s);
    begin
      x = s == 0 ? 19898 : s == 1 ? 9949 : s == 2 ? 4974 : 19960;
      y = 0;
      z = p[13:0];
      for (k = 0; k < 10; k = k + 1) begin
        old = x;
        if (z < 0) begin x = x + (y >>> k); y = y - (old >>> k); z = z + angles[k]; end
        else       begin x = x - (y >>> k); y = y + (old >>> k); z = z - angles[k]; end
      end
      for (k = 0; k < p[15:14]; k = k + 1) begin old = x; x = -y; y = old; end
      if ((x > 32767 || y > 32767) && clips < 15) clips = clips + 1;
      want_cos[sent] = bound(x);
      want_sin[sent] = bound(y);
      want_clipped[sent] = clips;
      sent = sent + 1;
    end
  endtask

  always @(negedge clk)
    if (done) begin
      expected_cos = want_cos[seen];
      expected_sin = want_sin[seen];
      expected_clipped = want_clipped[seen];
      if (cosine !== expected_cos) begin
        $display("FAIL at %0t: cosine %0d of result %0d, expected %0d", $time, cosine, seen, expected_cos);
        errors = errors + 1;
      end
      if (sine !== expected_sin) begin
        $display("FAIL at %0t: sine %0d of result %0d, expected %0d", $time, sine, seen, expected_sin);
        errors = errors + 1;
      end
      if (clipped !== expected_clipped) begin
        $display("FAIL at %0t: clipped %0d, expected %0d", $time, clipped, expected_clipped);
        errors = errors + 1;
      end
      seen = seen + 1;
    end

  initial begin
    angles[0] = 8192; angles[1] = 4836; angles[2] = 2555; angles[3] = 1297; angles[4] = 651;
    angles[5] = 326;  angles[6] = 163;  angles[7] = 81;   angles[8] = 41;   angles[9] = 20;
    repeat (3) @(posedge clk);
    #1 rst = 0;
    for (i = 0; i < 60; i = i + 1) begin
      @(posedge clk) #1;
      start = i % 7 != 3;
      phase = i % 4 == 3 ? i / 4 * 16384 + i : i * 2731 + 500;
      scale = i < 20 ? 0 : i;
      if (start) predict(phase, scale);
    end
    @(posedge clk) #1 start = 0;
    repeat (16) @(posedge clk);
    if (seen !== sent) begin
      $display("FAIL at %0t: %0d results, expected %0d", $time, seen, sent);
      errors = errors + 1;
    end
    if (errors == 0) $display("PASS");
    $finish;
  end
endmodule
