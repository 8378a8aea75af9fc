`timescale 1ns / 1ns
module alarm_tb;
  reg clk = 0, nReset = 0, secondTick = 0, modeButton = 0, upButton = 0, stopButton = 0;
  wire bell;
  wire [6:0] segments;
  wire [3:0] select;
  integer errors = 0, i, time_now = 0, alarm_at = 0, digits [0:3];

  alarm dut(clk, nReset, secondTick, modeButton, upButton, stopButton, bell, segments, select);
  always #5 clk = ~clk;

  function [6:0] picture(input integer d);
    case (d)
      0: picture = 7'h7e; 1: picture = 7'h30; 2: picture = 7'h6d; 3: picture = 7'h79;
      4: picture = 7'h33; 5: picture = 7'h5b; 6: picture = 7'h5f; 7: picture = 7'h70;
      8: picture = 7'h7f; 9: picture = 7'h7b; default: picture = 0;
    endcase
  endfunction

  task second;
    begin
      @(negedge clk) secondTick = 1;
      @(negedge clk) secondTick = 0;
      time_now = (time_now + 1) % 3600;
    end
  endtask

  // The four digits, two of which are those of what is set.
  task display(input integer shown);
    begin
      digits[0] = shown % 10;
      digits[1] = shown / 10 % 10;
      digits[2] = time_now / 60 % 10;
      digits[3] = time_now / 600;
      if (digits[3] == 0) digits[3] = 10;
      for (i = 0; i < 4; i = i + 1) begin
        @(negedge clk);
        case (select)
          4'b0001: if (segments !== picture(digits[0])) wrong(0);
          4'b0010: if (segments !== picture(digits[1])) wrong(1);
          4'b0100: if (segments !== picture(digits[2])) wrong(2);
          4'b1000: if (segments !== picture(digits[3])) wrong(3);
          default: wrong(4);
        endcase
      end
    end
  endtask

  task wrong(input integer place);
    begin
      errors = errors + 1;
      $display("WRONG at %0t: digit %0d shows %b, should be %b", $time, place, segments,
               picture(place < 4 ? digits[place] : 10));
    end
  endtask

  task press(input integer which);
    begin
      @(negedge clk) {stopButton, upButton, modeButton} = 3'b001 << which;
      repeat (5) @(negedge clk);
      {stopButton, upButton, modeButton} = 3'b000;
      repeat (6) @(negedge clk);
    end
  endtask

  task checkBell(input wanted);
    begin
      @(negedge clk);
      @(negedge clk);
      if (bell !== wanted) begin
        errors = errors + 1;
        $display("WRONG at %0t: bell is %b, should be %b", $time, bell, wanted);
      end
    end
  endtask

  initial begin
    repeat (2) @(negedge clk);
    nReset = 1;
    display(0);
    repeat (75) second;
    display(15);
    // A bounce is no press; the time is set to 9 minutes.
    modeButton = 1; @(negedge clk); modeButton = 0; repeat (6) @(negedge clk);
    display(15);
    press(0);
    repeat (8) press(1);
    time_now = 9 * 60 + time_now % 60;
    display(9);
    press(0);
    time_now = 9 * 60;
    repeat (11) press(1);
    display(11);
    press(0);
    display(0);
    checkBell(0);
    repeat (59) second;
    display(59);
    second;
    display(0);
    repeat (59) second;
    checkBell(0);
    second;
    checkBell(1);
    repeat (9) second;
    checkBell(1);
    second;
    checkBell(0);
    display(10);
    repeat (3000) second;
    checkBell(0);
    display(time_now % 60);
    repeat (540) second;
    checkBell(0);
    repeat (50) second;
    checkBell(1);
    press(2);
    checkBell(0);
    display(time_now % 60);
    if (errors == 0) $display("all as it should be: PASS");
    else $display("%0d errors", errors);
    $finish;
  end
endmodule
