// Tries all sixteen inputs. The model is not a table of digits but one of
// segments: for each segment, the digits that need it.
module bcd_7seg_tb;
    localparam int ACTIVE_LOW = 0;
    localparam int RANDOM_INPUTS = 200;

    logic [3:0] bcd;
    logic [6:0] seg;

    int checks = 0;
    int errors = 0;

    bcd_7seg #(
        .ACTIVE_LOW(ACTIVE_LOW)
    ) dut (
        .bcd(bcd),
        .seg(seg)
    );

    initial begin
        #10000;
        $fatal(1, "time limit");
    end

    // Bit n of a set says whether digit n needs the segment.
    task check_segment(input int index, input logic [15:0] digits);
        logic expected;
        expected = digits[bcd] ^ (ACTIVE_LOW != 0);
        checks++;
        if (seg[index] !== expected) begin
            errors++;
            $error("segment %0d of digit %0d: expected %0d got %0d",
                   index, bcd, expected, seg[index]);
        end
    endtask

    task check_digit(input logic [3:0] digit);
        bcd = digit;
        #10;
        //                      9876543210
        check_segment(0, 16'b0000001111101101);
        check_segment(1, 16'b0000001110011111);
        check_segment(2, 16'b0000001111111011);
        check_segment(3, 16'b0000001101101101);
        check_segment(4, 16'b0000000101000101);
        check_segment(5, 16'b0000001101110001);
        check_segment(6, 16'b0000001101111100);
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, bcd_7seg_tb);

        for (int i = 0; i < 16; i++)
            check_digit(4'(i));

        // In any order: the output must not depend on what came before.
        for (int i = 0; i < RANDOM_INPUTS && errors < 20; i++)
            check_digit(4'($urandom));

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
