`timescale 1ns / 1ps

module filter_tb;
    reg clk = 0, rst_n = 0, wr = 0, in_valid = 0;
    reg [1:0] addr = 0;
    reg [7:0] wdata = 0, in = 0;
    wire [7:0] rdata, out;
    wire out_valid, above;
    integer i, failures = 0, t0 = 0, t1 = 0, t2 = 0, t3 = 0, sum;

    filter dut (.clk(clk), .rst_n(rst_n), .wr(wr), .addr(addr), .wdata(wdata), .rdata(rdata),
                .in_valid(in_valid), .in(in), .out_valid(out_valid), .out(out), .above(above));

    always #5 clk = ~clk;

    task write(input [1:0] a, input [7:0] d);
        begin
            addr = a;
            wdata = d;
            wr = 1;
            @(negedge clk);
            wr = 0;
            if (rdata !== d) begin
                $error("rdata is %h, not %h", rdata, d);
                failures = failures + 1;
            end
        end
    endtask

    initial begin
        repeat (2) @(negedge clk);
        rst_n = 1;
        #1;
        if (rdata !== 8'd100) begin
            $error("rdata is %h after reset", rdata);
            failures = failures + 1;
        end
        in = 8'd77;
        in_valid = 1;
        @(negedge clk);
        in_valid = 0;
        @(negedge clk);
        if (out_valid !== 1'b0) begin
            $error("out_valid is %b while off", out_valid);
            failures = failures + 1;
        end
        write(2, 8'h3c);
        write(0, 8'd60);
        write(1, 8'd1);
        addr = 3;
        #1;
        if (rdata !== 8'h5a) begin
            $error("rdata is %h, not 5a", rdata);
            failures = failures + 1;
        end
        for (i = 0; i < 24; i = i + 1) begin
            in = i < 12 ? i * 9 + 1 : 250 - i;
            in_valid = 1;
            t3 = t2; t2 = t1; t1 = t0; t0 = in;
            sum = (t0 + t1 + t2 + t3) / 2;
            if (sum > 255) sum = 255;
            @(negedge clk);
            in_valid = 0;
            in = 8'hxx;
            if (out_valid !== 1'b0) begin
                $error("out_valid is %b too early", out_valid);
                failures = failures + 1;
            end
            @(negedge clk);
            if (out_valid !== 1'b1) begin
                $error("out_valid is %b", out_valid);
                failures = failures + 1;
            end
            if (out !== sum) begin
                $error("out is %0d, not %0d", out, sum);
                failures = failures + 1;
            end
            if (above !== (sum >= 60)) begin
                $error("above is %b", above);
                failures = failures + 1;
            end
            @(negedge clk);
        end
        if (failures == 0)
            $display("PASS");
        $finish;
    end
endmodule
