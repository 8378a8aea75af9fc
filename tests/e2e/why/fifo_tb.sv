`timescale 1ns / 1ps

module fifo_tb;
    reg clk = 0, rst = 1, push = 0, pop = 0;
    reg [7:0] din = 0;
    wire [7:0] dout;
    wire empty, full;
    wire [3:0] count;
    reg [7:0] want [0:63];
    integer head = 0, tail = 0, i, failures = 0;
    reg [15:0] lfsr = 16'hace1;

    fifo dut (.clk(clk), .rst(rst), .push(push), .pop(pop), .din(din), .dout(dout),
              .empty(empty), .full(full), .count(count));

    always #5 clk = ~clk;

    initial begin
        repeat (3) @(negedge clk);
        rst = 0;
        for (i = 0; i < 60; i = i + 1) begin
            lfsr = {lfsr[14:0], lfsr[15] ^ lfsr[13] ^ lfsr[12] ^ lfsr[10]};
            push = i < 12 || lfsr[0];
            pop = i > 8 && lfsr[3];
            din = i * 7 + 3;
            #1;
            if (count !== head - tail) begin
                $error("count is %0d, not %0d", count, head - tail);
                failures = failures + 1;
            end
            if (empty !== (head == tail)) begin
                $error("empty is %b", empty);
                failures = failures + 1;
            end
            if (full !== (head - tail == 8)) begin
                $error("full is %b", full);
                failures = failures + 1;
            end
            if (head != tail && dout !== want[tail % 64]) begin
                $error("dout is %h, not %h", dout, want[tail % 64]);
                failures = failures + 1;
            end
            if (push && head - tail < 8) begin
                want[head % 64] = din;
                if (pop && head != tail)
                    tail = tail + 1;
                head = head + 1;
            end else if (pop && head != tail) begin
                tail = tail + 1;
            end
            @(negedge clk);
        end
        if (failures == 0)
            $display("PASS");
        $finish;
    end
endmodule
