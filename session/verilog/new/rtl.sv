// NAME: counts up while it is enabled. What it must do is in spec.md.
`timescale 1ns / 1ps

module NAME #(
    parameter int WIDTH = 8
) (
    input  logic             clk,
    input  logic             rst,
    input  logic             en,
    output logic [WIDTH-1:0] count
);

    always_ff @(posedge clk) begin
        if (rst)
            count <= '0;            // R1
        else if (en)
            count <= count + 1'b1;  // R2, R4; else it holds, R3
    end

endmodule
