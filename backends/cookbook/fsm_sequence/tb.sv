// Compares the state machine with a shift register of the last four bits.
module seq_detector_tb;
    localparam int RANDOM_BITS = 2000;

    logic clk;
    logic rst;
    logic din;
    logic detected;

    // The golden model: the bits since the reset, the newest on the right.
    logic [3:0] last_bits;
    int bits_seen;

    int checks = 0;
    int errors = 0;

    seq_detector dut (
        .clk(clk),
        .rst(rst),
        .din(din),
        .detected(detected)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #100000;
        $fatal(1, "time limit");
    end

    task check_detected(input logic expected);
        checks++;
        if (detected !== expected) begin
            errors++;
            $error("detected after bits %b: expected %0d got %0d", last_bits, expected, detected);
        end
    endtask

    task send_bit(input logic value);
        logic expected;
        // A Moore output depends on the state only: the new bit must not show yet.
        expected = (bits_seen >= 4) && (last_bits == 4'b1011);
        din = value;
        #1;
        check_detected(expected);
        @(negedge clk);
        last_bits = {last_bits[2:0], value};
        bits_seen++;
        check_detected((bits_seen >= 4) && (last_bits == 4'b1011));
    endtask

    task send_bits(input logic [15:0] bits, input int length);
        for (int i = length - 1; i >= 0; i--)
            send_bit(bits[i]);
    endtask

    task reset;
        rst = 1;
        @(negedge clk);
        rst = 0;
        last_bits = '0;
        bits_seen = 0;
        check_detected(0);
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, seq_detector_tb);
        din = 0;
        reset;

        // The pattern alone, then overlapping: the last 1 begins the next one.
        send_bits(16'b0000_0000_1011_0000, 8);
        reset;
        send_bits(16'b0000_0010_1101_1011, 10);
        // Wrong turns from every state.
        reset;
        send_bits(16'b1001_1010_1011_1011, 16);
        // A reset in the middle forgets the beginning of the pattern.
        reset;
        send_bits(16'b101, 3);
        reset;
        send_bit(1);
        // After a reset no bit counts as seen.
        reset;
        send_bits(16'b011, 3);

        for (int i = 0; i < RANDOM_BITS && errors < 20; i++) begin
            if ($urandom_range(99) == 0)
                reset;
            send_bit(1'($urandom));
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
