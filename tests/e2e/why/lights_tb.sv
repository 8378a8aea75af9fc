`timescale 1ns/1ns
module lights_tb;
  reg clk = 0, reset = 1, sec = 0, car = 0, button = 0, night = 0;
  wire [2:0] main_rd, side_rd;
  wire walk, wait_lamp;
  integer errors = 0;

  lights uut (.clk(clk), .reset(reset), .sec(sec), .car(car), .button(button), .night(night),
              .main_rd(main_rd), .side_rd(side_rd), .walk(walk), .wait_lamp(wait_lamp));
  always #5 clk = ~clk;

  task second;
    begin
      @(negedge clk) sec = 1;
      @(negedge clk) sec = 0;
      @(negedge clk);
    end
  endtask

  // For n seconds the lights are these: "main side walk".
  task phase(input integer n, input [2:0] m, input [2:0] s, input w);
    integer i;
    for (i = 0; i < n; i = i + 1) begin
      if ({main_rd, side_rd, walk} !== {m, s, w}) begin
        errors = errors + 1;
        $display("Error: t=%0t lights %b %b %b, want %b %b %b", $time, main_rd, side_rd, walk, m, s, w);
      end
      second;
    end
  endtask

  task lamp(input want);
    if (wait_lamp != want) begin
      errors = errors + 1;
      $display("Error: t=%0t lamp is %b", $time, wait_lamp);
    end
  endtask

  // Never green for two.
  always @(negedge clk)
    if (!reset && main_rd[0] + side_rd[0] + walk > 1) begin
      errors = errors + 1;
      $display("Error: t=%0t two are green", $time);
    end

  initial begin
    repeat (3) @(negedge clk);
    reset = 0;
    @(negedge clk);
    phase(2, 3'b100, 3'b100, 0);
    phase(12, 3'b001, 3'b100, 0);   // nobody comes
    car = 1;
    @(negedge clk);
    phase(1, 3'b001, 3'b100, 0);
    phase(3, 3'b010, 3'b100, 0);
    phase(2, 3'b100, 3'b100, 0);
    phase(5, 3'b100, 3'b001, 0);
    car = 0;
    phase(1, 3'b100, 3'b001, 0);
    phase(3, 3'b100, 3'b010, 0);
    phase(2, 3'b100, 3'b100, 0);
    phase(4, 3'b001, 3'b100, 0);
    lamp(0);
    button = 1; @(negedge clk); button = 0;
    @(negedge clk);
    lamp(1);
    phase(4, 3'b001, 3'b100, 0);
    phase(3, 3'b010, 3'b100, 0);
    phase(2, 3'b100, 3'b100, 0);
    phase(5, 3'b100, 3'b100, 1);
    lamp(0);
    phase(2, 3'b100, 3'b100, 0);
    phase(2, 3'b001, 3'b100, 0);
    // Both: first the walkers, then the cars, of which there is only one.
    car = 1; button = 1; @(negedge clk); car = 0; button = 0;
    @(negedge clk);
    phase(6, 3'b001, 3'b100, 0);
    phase(3, 3'b010, 3'b100, 0);
    phase(2, 3'b100, 3'b100, 0);
    phase(5, 3'b100, 3'b100, 1);
    phase(2, 3'b100, 3'b100, 0);
    phase(3, 3'b100, 3'b001, 0);
    phase(3, 3'b100, 3'b010, 0);
    phase(2, 3'b100, 3'b100, 0);
    phase(9, 3'b001, 3'b100, 0);
    night = 1;
    second;
    @(negedge clk);
    button = 1; @(negedge clk); button = 0; @(negedge clk);
    lamp(0);
    if (main_rd[0] !== 0 || main_rd[2] !== 0 || walk !== 0) begin
      errors = errors + 1;
      $display("Error: t=%0t main is %b at night", $time, main_rd);
    end
    second; second;
    night = 0;
    second;
    phase(2, 3'b100, 3'b100, 0);
    phase(3, 3'b001, 3'b100, 0);
    if (errors) $display("%0d errors: FAIL", errors);
    else $display("PASS");
    $finish;
  end
endmodule
