// Compares tx and busy with the expected frame in every single clock cycle.
module uart_tx_tb;
    localparam CLKS_PER_BIT = 434;
    localparam FRAME_CLKS = 10 * CLKS_PER_BIT;
    // As many random bytes as take a reasonable time.
    localparam RANDOM_BYTES = (CLKS_PER_BIT < 20) ? 100 : 1 + 4000 / CLKS_PER_BIT;

    reg clk;
    reg rst;
    reg start;
    reg [7:0] data;
    wire tx;
    wire busy;

    reg [9:0] frame;
    reg [7:0] next_byte;
    integer sent;
    integer i;
    integer bit_index;
    integer checks;
    integer errors;

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
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    // True once in n times on average.
    function chance;
        input integer n;
        chance = ($random % n == 0);
    endfunction

    task random_byte;
        for (bit_index = 0; bit_index < 8; bit_index = bit_index + 1)
            next_byte[bit_index] = chance(2);
    endtask

    task check_outputs;
        input expected_tx;
        input expected_busy;
        begin
            checks = checks + 2;
            if (tx !== expected_tx) begin
                errors = errors + 1;
                $display("ERROR: tx: expected %0d got %0d", expected_tx, tx);
            end
            if (busy !== expected_busy) begin
                errors = errors + 1;
                $display("ERROR: busy: expected %0d got %0d", expected_busy, busy);
            end
        end
    endtask

    task idle;
        input integer clks;
        begin
            start = 0;
            repeat (clks) begin
                @(negedge clk);
                check_outputs(1, 0);
            end
        end
    endtask

    // Starts a frame and watches its first clks cycles. While the transmitter
    // is busy, start and data change at random once a bit: no effect is allowed.
    task send;
        input [7:0] value;
        input integer clks;
        begin
            frame = {1'b1, value, 1'b0};
            start = 1;
            data = value;
            for (i = 0; i < clks && errors < 20; i = i + 1) begin
                @(negedge clk);
                // The frame moves on by one place after each bit time.
                if (i != 0 && i % CLKS_PER_BIT == 0)
                    frame = frame >> 1;
                check_outputs(frame[0], 1);
                if (i % CLKS_PER_BIT == 0) begin
                    start = chance(2);
                    random_byte;
                    data = next_byte;
                end
            end
            start = 0;
            if (clks == FRAME_CLKS)
                idle(1);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, uart_tx_tb);
        checks = 0;
        errors = 0;
        rst = 1;
        start = 0;
        data = 8'h00;
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

        for (sent = 0; sent < RANDOM_BYTES && errors < 20; sent = sent + 1) begin
            random_byte;
            send(next_byte, FRAME_CLKS);
            if (chance(2))
                idle(3);
        end

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
