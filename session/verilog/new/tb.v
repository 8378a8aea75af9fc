// Checks each requirement of spec.md.
`timescale 1ns / 1ps

module NAME_tb;

    localparam WIDTH = 4;

    reg clk;
    reg rst;
    reg en;
    wire [WIDTH-1:0] count;
    reg [WIDTH-1:0] expected;

    integer checks;
    integer failures;

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

    task check;
        input integer requirement;
        begin
            checks = checks + 1;
            if (count !== expected) begin
                failures = failures + 1;
                $display("FAIL: R%0d: count is %0d, not %0d, at %0t", requirement, count, expected, $time);
            end
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, NAME_tb);
        checks = 0;
        failures = 0;

        // R1: reset clears, also while enabled.
        rst = 1'b1;
        en = 1'b1;
        expected = {WIDTH{1'b0}};
        repeat (2) begin
            @(negedge clk);
            check(1);
        end

        // R2, R4: counts and wraps.
        rst = 1'b0;
        repeat (2 ** WIDTH + 2) begin
            @(negedge clk);
            expected = expected + 1'b1;
            check(2);
        end

        // R3: holds.
        en = 1'b0;
        repeat (3) begin
            @(negedge clk);
            check(3);
        end

        // R1: reset waits for the clock, and needs no enable.
        rst = 1'b1;
        #2 check(1);
        @(negedge clk);
        expected = {WIDTH{1'b0}};
        check(1);

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
