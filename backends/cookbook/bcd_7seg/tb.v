// Tries all sixteen inputs. The model is not a table of digits but one of
// segments: for each segment, the digits that need it.
module bcd_7seg_tb;
    localparam ACTIVE_LOW = 0;
    localparam RANDOM_INPUTS = 200;

    reg [3:0] bcd;
    wire [6:0] seg;

    reg expected;
    reg [3:0] digit;
    integer i;
    integer bit_index;
    integer checks;
    integer errors;

    bcd_7seg #(
        .ACTIVE_LOW(ACTIVE_LOW)
    ) dut (
        .bcd(bcd),
        .seg(seg)
    );

    initial begin
        #10000;
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    // True once in n times on average.
    function chance;
        input integer n;
        chance = ($random % n == 0);
    endfunction

    // Bit n of a set says whether digit n needs the segment.
    task check_segment;
        input [2:0] index;
        input [15:0] digits;
        begin
            expected = digits[bcd] ^ (ACTIVE_LOW != 0);
            checks = checks + 1;
            if (seg[index] !== expected) begin
                errors = errors + 1;
                $display("ERROR: segment %0d of digit %0d: expected %0d got %0d",
                         index, bcd, expected, seg[index]);
            end
        end
    endtask

    task check_digit;
        input [3:0] value;
        begin
            bcd = value;
            #10;
            //                           9876543210
            check_segment(3'd0, 16'b0000001111101101);
            check_segment(3'd1, 16'b0000001110011111);
            check_segment(3'd2, 16'b0000001111111011);
            check_segment(3'd3, 16'b0000001101101101);
            check_segment(3'd4, 16'b0000000101000101);
            check_segment(3'd5, 16'b0000001101110001);
            check_segment(3'd6, 16'b0000001101111100);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, bcd_7seg_tb);
        checks = 0;
        errors = 0;

        digit = 4'd0;
        repeat (16) begin
            check_digit(digit);
            digit = digit + 1'b1;
        end

        // In any order: the output must not depend on what came before.
        for (i = 0; i < RANDOM_INPUTS && errors < 20; i = i + 1) begin
            for (bit_index = 0; bit_index < 4; bit_index = bit_index + 1)
                digit[bit_index] = chance(2);
            check_digit(digit);
        end

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
