// Compares every digit with division and remainder; all inputs where they are
// few, chosen and random ones where they are many.
module bin_to_bcd_tb;
    localparam int WIDTH = 8;
    localparam int DIGITS = WIDTH * 30103 / 100000 + 1;
    localparam int ALL_INPUTS = (WIDTH <= 10) ? (1 << WIDTH) : 0;
    localparam int RANDOM_INPUTS = 500;

    logic [WIDTH-1:0] bin;
    logic [4*DIGITS-1:0] bcd;

    longint power;

    int checks = 0;
    int errors = 0;

    bin_to_bcd #(
        .WIDTH(WIDTH)
    ) dut (
        .bin(bin),
        .bcd(bcd)
    );

    initial begin
        #100000;
        $fatal(1, "time limit");
    end

    task check_number(input logic [WIDTH-1:0] number);
        longint rest;
        bin = number;
        #10;
        rest = 64'(number);
        for (int digit = 0; digit < DIGITS; digit++) begin
            checks++;
            if (bcd[4*digit +: 4] !== 4'(rest % 10)) begin
                errors++;
                $error("digit %0d of %0d: expected %0d got %0d",
                       digit, number, rest % 10, bcd[4*digit +: 4]);
            end
            rest = rest / 10;
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, bin_to_bcd_tb);

        check_number('0);
        check_number('1);
        // Around the powers of ten, where digits roll over.
        power = 1;
        for (int i = 0; i < DIGITS; i++) begin
            check_number(WIDTH'(power - 1));
            check_number(WIDTH'(power));
            check_number(WIDTH'(power * 5));
            power = power * 10;
        end

        for (int i = 0; i < ALL_INPUTS && errors < 20; i++)
            check_number(WIDTH'(i));
        for (int i = 0; i < RANDOM_INPUTS && errors < 20; i++)
            check_number(WIDTH'($urandom));

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
