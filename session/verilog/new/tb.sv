// Checks each requirement of spec.md.
`timescale 1ns / 1ps

module NAME_tb;

    localparam int WIDTH = 4;

    logic clk;
    logic rst;
    logic en;
    logic [WIDTH-1:0] count;
    logic [WIDTH-1:0] expected;

    int checks = 0;
    int failures = 0;

    NAME #(
        .WIDTH(WIDTH)
    ) dut (
        .clk(clk),
        .rst(rst),
        .en(en),
        .count(count)
    );

    initial begin
        clk = 1'b0;
        forever #5 clk = ~clk;
    end

    task automatic check(input string what);
        checks++;
        if (count !== expected) begin
            failures++;
            $display("FAIL: %s: count is %0d, not %0d, at %0t", what, count, expected, $time);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, NAME_tb);

        rst = 1'b1;
        en = 1'b1;
        expected = '0;
        repeat (2) begin
            @(negedge clk);
            check("R1 reset clears");
        end

        rst = 1'b0;
        repeat (2 ** WIDTH + 2) begin
            @(negedge clk);
            expected = expected + 1'b1;
            check("R2 R4 counts and wraps");
        end

        en = 1'b0;
        repeat (3) begin
            @(negedge clk);
            check("R3 holds");
        end

        rst = 1'b1;
        #2 check("R1 reset waits for the clock");
        @(negedge clk);
        expected = '0;
        check("R1 reset clears without enable");

        if (failures == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", failures, checks);
        $finish;
    end

    // Ends a test that would go on for ever.
    initial begin
        #100000;
        $display("FAIL: the time limit was reached");
        $finish;
    end

endmodule
