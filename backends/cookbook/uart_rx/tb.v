// Sends frames over the line, good and bad ones, and counts what comes out.
module uart_rx_tb;
    localparam CLKS_PER_BIT = 434;
    // As many random bytes as take a reasonable time.
    localparam RANDOM_BYTES = (CLKS_PER_BIT < 20) ? 100 : 1 + 4000 / CLKS_PER_BIT;
    // A sender whose clock is 2 % off; nothing at small numbers.
    localparam DRIFT = CLKS_PER_BIT / 50;

    reg clk;
    reg rst;
    reg rx;
    wire [7:0] data;
    wire valid;
    wire frame_error;

    reg [7:0] expected_data;
    integer valid_seen;
    integer errors_seen;

    reg [7:0] next_byte;
    integer sent;
    integer bit_index;
    integer checks;
    integer errors;

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
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    // True once in n times on average.
    function chance;
        input integer n;
        chance = ($random % n == 0);
    endfunction

    // Holds the line at a level and listens meanwhile.
    task hold;
        input level;
        input integer clks;
        begin
            rx = level;
            repeat (clks) begin
                @(negedge clk);
                if (valid !== 1'b0) begin
                    valid_seen = valid_seen + 1;
                    checks = checks + 1;
                    if (data !== expected_data) begin
                        errors = errors + 1;
                        $display("ERROR: data: expected %h got %h", expected_data, data);
                    end
                end
                if (frame_error !== 1'b0)
                    errors_seen = errors_seen + 1;
            end
        end
    endtask

    // Since the last call exactly so many bytes and frame errors were reported.
    task check_counts;
        input integer expected_valid;
        input integer expected_errors;
        begin
            checks = checks + 2;
            if (valid_seen !== expected_valid) begin
                errors = errors + 1;
                $display("ERROR: cycles with valid: expected %0d got %0d",
                         expected_valid, valid_seen);
            end
            if (errors_seen !== expected_errors) begin
                errors = errors + 1;
                $display("ERROR: cycles with frame_error: expected %0d got %0d",
                         expected_errors, errors_seen);
            end
            valid_seen = 0;
            errors_seen = 0;
        end
    endtask

    // A start bit, the byte, a stop bit.
    task send_frame;
        input [7:0] value;
        input integer bit_clks;
        begin
            expected_data = value;
            hold(0, bit_clks);
            next_byte = value;
            repeat (8) begin
                hold(next_byte[0], bit_clks);
                next_byte = next_byte >> 1;
            end
            hold(1, bit_clks);
        end
    endtask

    // A frame and an idle line afterwards. The answer comes around the middle of
    // the stop bit; a few cycles later it must have come.
    task send;
        input [7:0] value;
        input integer bit_clks;
        input integer idle_clks;
        begin
            send_frame(value, bit_clks);
            hold(1, idle_clks);
            check_counts(1, 0);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, uart_rx_tb);
        checks = 0;
        errors = 0;
        valid_seen = 0;
        errors_seen = 0;
        expected_data = 8'h00;
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

        for (sent = 0; sent < RANDOM_BYTES && errors < 20; sent = sent + 1) begin
            for (bit_index = 0; bit_index < 8; bit_index = bit_index + 1)
                next_byte[bit_index] = chance(2);
            send(next_byte, CLKS_PER_BIT, 4);
        end

        // Back to back, without any idle time between the frames.
        repeat (5) send_frame(8'hc3, CLKS_PER_BIT);
        hold(1, 4);
        check_counts(5, 0);

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
