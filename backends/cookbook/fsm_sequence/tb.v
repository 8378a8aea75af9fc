// Compares the state machine with a shift register of the last four bits.
module seq_detector_tb;
    localparam RANDOM_BITS = 2000;

    reg clk;
    reg rst;
    reg din;
    wire detected;

    // The golden model: the bits since the reset, the newest on the right.
    reg [3:0] last_bits;
    integer bits_seen;

    integer position;
    integer i;
    integer checks;
    integer errors;

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
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    // True once in n times on average.
    function chance;
        input integer n;
        chance = ($random % n == 0);
    endfunction

    task check_detected;
        input expected;
        begin
            checks = checks + 1;
            if (detected !== expected) begin
                errors = errors + 1;
                $display("ERROR: detected after bits %b: expected %0d got %0d",
                         last_bits, expected, detected);
            end
        end
    endtask

    task send_bit;
        input value;
        begin
            // A Moore output depends on the state only: the new bit must not show yet.
            din = value;
            #1;
            check_detected((bits_seen >= 4) && (last_bits == 4'b1011));
            @(negedge clk);
            last_bits = {last_bits[2:0], value};
            bits_seen = bits_seen + 1;
            check_detected((bits_seen >= 4) && (last_bits == 4'b1011));
        end
    endtask

    // Sends all 16 bits, the leftmost first.
    task send_bits;
        input [15:0] bits;
        for (position = 15; position >= 0; position = position - 1)
            send_bit(bits[position]);
    endtask

    task reset;
        begin
            rst = 1;
            @(negedge clk);
            rst = 0;
            last_bits = 4'b0000;
            bits_seen = 0;
            check_detected(0);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, seq_detector_tb);
        checks = 0;
        errors = 0;
        din = 0;
        reset;

        // The pattern alone, then overlapping: the last 1 begins the next one.
        send_bits(16'b0000_0000_1011_0000);
        reset;
        send_bits(16'b0000_0010_1101_1011);
        // Wrong turns from every state.
        reset;
        send_bits(16'b1001_1010_1011_1011);
        // A reset in the middle forgets the beginning of the pattern.
        reset;
        send_bits(16'b0000_0000_0000_0101);
        reset;
        send_bit(1);
        // After a reset no bit counts as seen.
        reset;
        send_bits(16'b0110_0000_0000_0000);

        for (i = 0; i < RANDOM_BITS && errors < 20; i = i + 1) begin
            if (chance(100))
                reset;
            send_bit(chance(2));
        end

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
