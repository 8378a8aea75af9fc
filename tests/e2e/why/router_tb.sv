`timescale 1ns / 1ps

module router_tb;
    reg clk = 0, rst = 1;
    reg [3:0] in_valid = 0;
    reg [3:0][5:0] in = 0;
    wire [3:0] in_ready, out_valid, odd;
    wire [3:0][3:0] out;
    wire [3:0][2:0] sent;
    reg [3:0] model_full = 0;
    reg [5:0] model_held [0:3];
    reg [1:0] model_turn [0:3];
    reg [2:0] model_sent [0:3];
    reg [3:0] was;
    reg [3:0] want_valid;
    reg [3:0] want [0:3];
    reg [3:0] gone;
    reg [15:0] lfsr = 16'hbeef;
    integer n, i, k, at, failures = 0;

    router dut (.clk(clk), .rst(rst), .in_valid(in_valid), .in(in), .in_ready(in_ready),
                .out_valid(out_valid), .out(out), .odd(odd), .sent(sent));

    always #5 clk = ~clk;

    initial begin
        for (i = 0; i < 4; i = i + 1) begin
            model_turn[i] = 0;
            model_sent[i] = 0;
        end
        repeat (3) @(negedge clk);
        rst = 0;
        for (n = 0; n < 60; n = n + 1) begin
            for (i = 0; i < 4; i = i + 1) begin
                lfsr = {lfsr[14:0], lfsr[15] ^ lfsr[13] ^ lfsr[12] ^ lfsr[10]};
                in_valid[i] = lfsr[6] | lfsr[9];
                in[i] = lfsr[5:0];
            end
            #1;
            if (in_ready !== ~model_full) begin
                $error("in_ready is %b, not %b", in_ready, ~model_full);
                failures = failures + 1;
            end
            gone = 0;
            was = model_full;
            for (i = 0; i < 4; i = i + 1) begin
                want_valid[i] = 0;
                for (k = 3; k >= 0; k = k - 1) begin
                    at = (model_turn[i] + k) & 3;
                    if (was[at] && model_held[at][5:4] == i) begin
                        want_valid[i] = 1;
                        want[i] = model_held[at][3:0];
                        gone[i] = 1;
                        was[at] = 1;
                    end
                end
            end
            // Which one each took, first of its turn.
            for (i = 0; i < 4; i = i + 1)
                if (want_valid[i]) begin
                    for (k = 0; k < 4; k = k + 1) begin
                        at = (model_turn[i] + k) & 3;
                        if (gone[i] && was[at] && model_held[at][5:4] == i) begin
                            model_full[at] = 0;
                            gone[i] = 0;
                        end
                    end
                    model_turn[i] = model_turn[i] + 1;
                    model_sent[i] = model_sent[i] + 1;
                end
            for (i = 0; i < 4; i = i + 1)
                if (in_valid[i] && !was[i]) begin
                    model_full[i] = 1;
                    model_held[i] = in[i];
                end
            @(negedge clk);
            if (out_valid !== want_valid) begin
                $error("out_valid is %b, not %b", out_valid, want_valid);
                failures = failures + 1;
            end
            for (i = 0; i < 4; i = i + 1) begin
                if (want_valid[i] && out[i] !== want[i]) begin
                    $error("out[%0d] is %h, not %h", i, out[i], want[i]);
                    failures = failures + 1;
                end
                if (want_valid[i] && odd[i] !== ^want[i]) begin
                    $error("odd is %b", odd);
                    failures = failures + 1;
                end
                if (sent[i] !== model_sent[i]) begin
                    $error("sent is %h, lane %0d not %h", sent, i, model_sent[i]);
                    failures = failures + 1;
                end
            end
        end
        if (failures == 0)
            $display("PASS");
        $finish;
    end
endmodule
