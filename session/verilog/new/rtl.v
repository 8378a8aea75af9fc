// NAME: counts up while it is enabled. What it must do is in spec.md.
`timescale 1ns / 1ps

module NAME #(
    parameter WIDTH = 8
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             en,
    output reg  [WIDTH-1:0] count
);

    always @(posedge clk) begin
        if (rst)
            count <= {WIDTH{1'b0}}; // R1
        else if (en)
            count <= count + 1'b1;  // R2, R4; else it holds, R3
    end

endmodule
