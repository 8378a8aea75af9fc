// Compares tx and busy with the expected frame in every single clock cycle.
module uart_tx_tb;
    localparam int CLKS_PER_BIT = 434;
    localparam int FRAME_CLKS = 10 * CLKS_PER_BIT;
    // As many random bytes as take a reasonable time.
    localparam int RANDOM_BYTES = (CLKS_PER_BIT < 20) ? 100 : 1 + 4000 / CLKS_PER_BIT;

    logic clk;
    logic rst;
    logic start;
    logic [7:0] data;
    logic tx;
    logic busy;

    int checks = 0;
    int errors = 0;

    uart_tx #(
        .CLKS_PER_BIT(CLKS_PER_BIT)
    ) dut (
        .clk(clk),
        .rst(rst),
        .start(start),
        .data(data),
        .tx(tx),
        .busy(busy)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #(10 * (FRAME_CLKS + 10) * (RANDOM_BYTES + 10));
        $fatal(1, "time limit");
    end

    task check_outputs(input logic expected_tx, input logic expected_busy);
        checks += 2;
        if (tx !== expected_tx) begin
            errors++;
            $error("tx: expected %0d got %0d", expected_tx, tx);
        end
        if (busy !== expected_busy) begin
            errors++;
            $error("busy: expected %0d got %0d", expected_busy, busy);
        end
    endtask

    task idle(input int clks);
        start = 0;
        for (int i = 0; i < clks; i++) begin
            @(negedge clk);
            check_outputs(1, 0);
        end
    endtask

    // Starts a frame and watches its first clks cycles. While the transmitter
    // is busy, start and data change at random once a bit: no effect is allowed.
    task send(input logic [7:0] value, input int clks);
        logic [9:0] frame;
        frame = {1'b1, value, 1'b0};
        start = 1;
        data = value;
        for (int i = 0; i < clks && errors < 20; i++) begin
            @(negedge clk);
            check_outputs(frame[i / CLKS_PER_BIT], 1);
            if (i % CLKS_PER_BIT == 0) begin
                start = 1'($urandom);
                data = 8'($urandom);
            end
        end
        start = 0;
        if (clks == FRAME_CLKS)
            idle(1);
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, uart_tx_tb);
        rst = 1;
        start = 0;
        data = '0;
        repeat (2) @(negedge clk);
        rst = 0;
        idle(5);

        send(8'h55, FRAME_CLKS);
        send(8'h00, FRAME_CLKS);
        send(8'hff, FRAME_CLKS);
        send(8'h01, FRAME_CLKS);

        // A reset in the middle of a frame puts the line back to one.
        send(8'h00, FRAME_CLKS / 2);
        rst = 1;
        @(negedge clk);
        rst = 0;
        check_outputs(1, 0);
        idle(3);

        for (int i = 0; i < RANDOM_BYTES && errors < 20; i++) begin
            send(8'($urandom), FRAME_CLKS);
            idle($urandom_range(5));
        end

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
