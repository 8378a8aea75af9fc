`timescale 1ns / 1ps

module uart_tb;
    reg clk = 0, rst_n = 0, start = 0;
    reg [7:0] din = 0;
    wire [7:0] dout;
    wire busy, valid, line;
    integer i, k, waited, failures = 0;

    uart dut (.clk(clk), .rst_n(rst_n), .start(start), .din(din), .busy(busy), .dout(dout),
              .valid(valid), .line(line));

    always #5 clk = ~clk;

    initial begin
        repeat (3) @(negedge clk);
        rst_n = 1;
        for (i = 0; i < 4; i = i + 1) begin
            @(negedge clk);
            if (line !== 1'b1) begin
                $error("the line is %b at rest", line);
                failures = failures + 1;
            end
            din = 8'ha5 + i * 8'h33;
            start = 1;
            @(negedge clk);
            start = 0;
            if (busy !== 1'b1) begin
                $error("busy is %b after start", busy);
                failures = failures + 1;
            end
            // Each bit on the line, in its middle; it lasts four clocks.
            for (k = 0; k < 8 && line !== 1'b0; k = k + 1)
                @(negedge clk);
            if (line !== 1'b0) begin
                $error("the line is %b: no start bit", line);
                failures = failures + 1;
            end
            for (k = 0; k < 8; k = k + 1) begin
                repeat (4) @(negedge clk);
                if (line !== din[k]) begin
                    $error("the line is %b in bit %0d", line, k);
                    failures = failures + 1;
                end
            end
            repeat (4) @(negedge clk);
            if (line !== 1'b1) begin
                $error("the line is %b in the stop bit", line);
                failures = failures + 1;
            end
            waited = 0;
            while (valid !== 1'b1 && waited < 8) begin
                @(negedge clk);
                waited = waited + 1;
            end
            if (valid !== 1'b1) begin
                $error("valid is %b: nothing was received", valid);
                failures = failures + 1;
            end
            if (dout !== din) begin
                $error("dout is %h, not %h", dout, din);
                failures = failures + 1;
            end
            repeat (8) @(negedge clk);
            if (busy !== 1'b0) begin
                $error("busy is %b at the end", busy);
                failures = failures + 1;
            end
        end
        if (failures == 0)
            $display("PASS");
        $finish;
    end
endmodule
