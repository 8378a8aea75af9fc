// Decodes one decimal digit for a seven-segment display.
// seg is {g, f, e, d, c, b, a}:
//
//      a
//    f   b
//      g
//    e   c
//      d
module bcd_7seg #(
    // 0: a segment lights with 1 (common cathode), 1: with 0 (common anode)
    parameter ACTIVE_LOW = 0
) (
    input  wire [3:0] bcd,
    output wire [6:0] seg
);
    reg [6:0] lit;

    // 10 to 15 are no decimal digits and leave the display dark.
    always @* begin
        case (bcd)
            4'd0: lit = 7'b0111111;
            4'd1: lit = 7'b0000110;
            4'd2: lit = 7'b1011011;
            4'd3: lit = 7'b1001111;
            4'd4: lit = 7'b1100110;
            4'd5: lit = 7'b1101101;
            4'd6: lit = 7'b1111101;
            4'd7: lit = 7'b0000111;
            4'd8: lit = 7'b1111111;
            4'd9: lit = 7'b1101111;
            default: lit = 7'b0000000;
        endcase
    end

    assign seg = (ACTIVE_LOW != 0) ? ~lit : lit;
endmodule
