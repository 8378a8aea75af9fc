// Binary to BCD by double dabble: shift the number in bit by bit, and before each
// shift add 3 to every digit that is 5 or more. Combinational.
module bin_to_bcd #(
    parameter int WIDTH = 8
) (
    input  logic [WIDTH-1:0]                          bin,
    // Four bits for each decimal digit, the ones on the right.
    output logic [4*(WIDTH * 30103 / 100000 + 1)-1:0] bcd
);
    // A number of WIDTH bits has WIDTH * log10(2) decimal digits, rounded up.
    localparam int DIGITS = WIDTH * 30103 / 100000 + 1;

    always_comb begin
        bcd = '0;
        for (int i = WIDTH - 1; i >= 0; i--) begin
            // 5 or more would exceed 9 when doubled. Adding 3 first means 6 after
            // the shift, which takes the digit over the codes 10 to 15: a carry.
            for (int digit = 0; digit < DIGITS; digit++) begin
                if (bcd[4*digit +: 4] >= 4'd5)
                    bcd[4*digit +: 4] = bcd[4*digit +: 4] + 4'd3;
            end
            bcd = bcd << 1;
            bcd[0] = bin[i];
        end
    end
endmodule
