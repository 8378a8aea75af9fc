// Sends frames over the line, good and bad ones, and counts what comes out.
module uart_rx_tb;
    localparam int CLKS_PER_BIT = 434;
    // As many random bytes as take a reasonable time.
    localparam int RANDOM_BYTES = (CLKS_PER_BIT < 20) ? 100 : 1 + 4000 / CLKS_PER_BIT;
    // A sender whose clock is 2 % off; nothing at small numbers.
    localparam int DRIFT = CLKS_PER_BIT / 50;

    logic clk;
    logic rst;
    logic rx;
    logic [7:0] data;
    logic valid;
    logic frame_error;

    logic [7:0] expected_data;
    int valid_seen;
    int errors_seen;

    int checks = 0;
    int errors = 0;

    uart_rx #(
        .CLKS_PER_BIT(CLKS_PER_BIT)
    ) dut (
        .clk(clk),
        .rst(rst),
        .rx(rx),
        .data(data),
        .valid(valid),
        .frame_error(frame_error)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #(10 * 15 * CLKS_PER_BIT * (RANDOM_BYTES + 20));
        $fatal(1, "time limit");
    end

    // Holds the line at a level and listens meanwhile.
    task hold(input logic level, input int clks);
        rx = level;
        repeat (clks) begin
            @(negedge clk);
            if (valid !== 1'b0) begin
                valid_seen++;
                checks++;
                if (data !== expected_data) begin
                    errors++;
                    $error("data: expected %h got %h", expected_data, data);
                end
            end
            if (frame_error !== 1'b0)
                errors_seen++;
        end
    endtask

    // Since the last call exactly so many bytes and frame errors were reported.
    task check_counts(input int expected_valid, input int expected_errors);
        checks += 2;
        if (valid_seen !== expected_valid) begin
            errors++;
            $error("cycles with valid: expected %0d got %0d", expected_valid, valid_seen);
        end
        if (errors_seen !== expected_errors) begin
            errors++;
            $error("cycles with frame_error: expected %0d got %0d", expected_errors, errors_seen);
        end
        valid_seen = 0;
        errors_seen = 0;
    endtask

    // A frame and an idle line afterwards. The answer comes around the middle of
    // the stop bit; a few cycles later it must have come.
    task send(input logic [7:0] value, input int bit_clks, input int idle_clks);
        expected_data = value;
        hold(0, bit_clks);
        for (int i = 0; i < 8; i++)
            hold(value[i], bit_clks);
        check_counts(0, 0);
        hold(1, bit_clks);
        hold(1, idle_clks);
        if (idle_clks >= 4)
            check_counts(1, 0);
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, uart_rx_tb);
        valid_seen = 0;
        errors_seen = 0;
        expected_data = '0;
        rst = 1;
        rx = 1;
        repeat (2) @(negedge clk);
        rst = 0;
        hold(1, 10);
        check_counts(0, 0);

        send(8'h55, CLKS_PER_BIT, 4);
        send(8'h00, CLKS_PER_BIT, 4);
        send(8'hff, CLKS_PER_BIT, 4);
        send(8'h01, CLKS_PER_BIT, 4);

        // A sender that is a little slow or fast.
        send(8'ha5, CLKS_PER_BIT + DRIFT, 4);
        send(8'h5a, CLKS_PER_BIT - DRIFT, CLKS_PER_BIT);

        // A disturbance much shorter than a bit is no start bit.
        hold(0, 1);
        hold(1, 11 * CLKS_PER_BIT);
        check_counts(0, 0);

        // No stop bit: an error and no byte. The line stays low, which must not
        // be taken for further frames.
        hold(0, 12 * CLKS_PER_BIT);
        check_counts(0, 1);
        hold(0, 10 * CLKS_PER_BIT);
        hold(1, 5);
        check_counts(0, 0);
        send(8'h3c, CLKS_PER_BIT, 4);

        // A reset in the middle of a frame: nothing comes of it.
        hold(0, 3 * CLKS_PER_BIT);
        rst = 1;
        hold(1, 1);
        rst = 0;
        hold(1, 11 * CLKS_PER_BIT);
        check_counts(0, 0);

        for (int i = 0; i < RANDOM_BYTES && errors < 20; i++)
            send(8'($urandom), CLKS_PER_BIT, 4 + $urandom_range(4));

        // Back to back, without any idle time between the frames.
        expected_data = 8'hc3;
        repeat (5) begin
            hold(0, CLKS_PER_BIT);
            for (int i = 0; i < 8; i++)
                hold(expected_data[i], CLKS_PER_BIT);
            hold(1, CLKS_PER_BIT);
        end
        hold(1, 4);
        check_counts(5, 0);

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
