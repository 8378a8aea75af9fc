`timescale 1ns / 1ps

module bus_tb;
    logic clk = 0, rst = 1;
    logic irq;
    logic [7:0] hits;
    bus_if b (.clk(clk), .rst(rst));
    bus dut (.b(b), .irq(irq), .hits(hits));
    integer failures = 0, k;

    always #5 clk = ~clk;

    task access(input logic write, input logic [2:0] addr, input logic [7:0] data);
        @(negedge clk);
        b.sel = 1;
        b.write = write;
        b.addr = addr;
        b.wdata = data;
        @(negedge clk);
        #1;
        if (b.ready !== 1) begin
            $display("ERROR: ready is %b, expected 1", b.ready);
            failures = failures + 1;
        end
    endtask

    task done();
        @(negedge clk);
        b.sel = 0;
        b.write = 0;
    endtask

    task check(input logic [2:0] addr, input logic [7:0] want);
        access(0, addr, 0);
        if (b.rdata !== want) begin
            $display("ERROR: rdata is %h, expected %h", b.rdata, want);
            failures = failures + 1;
        end
        done;
    endtask

    initial begin
        b.sel = 0;
        b.write = 0;
        b.addr = 0;
        b.wdata = 0;
        repeat (3) @(negedge clk);
        rst = 0;
        check(0, 8'h00);
        check(1, 8'd9);
        check(4, 8'hee);
        access(1, 1, 8'd5);
        done;
        check(1, 8'd5);
        access(1, 0, 8'h03);
        done;
        check(0, 8'h03);
        for (k = 0; k < 5; k = k + 1) @(negedge clk);
        if (irq !== 1) begin
            $display("ERROR: irq is %b, expected 1", irq);
            failures = failures + 1;
        end
        if (hits !== 1) begin
            $display("ERROR: hits is %0d, expected 1", hits);
            failures = failures + 1;
        end
        check(2, 8'd1);
        access(1, 2, 8'd0);
        done;
        if (irq !== 0) begin
            $display("ERROR: irq is %b, expected 0", irq);
            failures = failures + 1;
        end
        for (k = 0; k < 12; k = k + 1) @(negedge clk);
        if (hits !== 4) begin
            $display("ERROR: hits is %0d, expected 4", hits);
            failures = failures + 1;
        end
        access(1, 0, 8'h00);
        done;
        check(3, 8'd0);
        if (failures == 0)
            $display("PASS");
        $finish;
    end
endmodule
