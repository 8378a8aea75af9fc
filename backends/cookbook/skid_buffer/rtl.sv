// A skid buffer: a pipeline register for a valid/ready stream in which in_ready
// is a register too. A second place keeps the word that is already on its way
// when the receiver stops.
module skid_buffer #(
    parameter int WIDTH = 8
) (
    input  logic             clk,
    input  logic             rst,

    input  logic             in_valid,
    output logic             in_ready,
    input  logic [WIDTH-1:0] in_data,

    output logic             out_valid,
    input  logic             out_ready,
    output logic [WIDTH-1:0] out_data
);
    logic skid_valid;
    logic [WIDTH-1:0] skid_data;
    logic out_free;

    // Depends on registers only: no path leads from out_ready to in_ready.
    assign in_ready = !skid_valid;

    // The output register can take a word at the next edge.
    assign out_free = out_ready || !out_valid;

    always_ff @(posedge clk) begin
        if (rst) begin
            out_valid <= 1'b0;
            skid_valid <= 1'b0;
        end else if (out_free) begin
            // The parked word goes first, else the order would change.
            out_valid <= skid_valid || in_valid;
            skid_valid <= 1'b0;
        end else if (in_valid && in_ready) begin
            skid_valid <= 1'b1;
        end
    end

    // Data needs no reset: it means nothing unless its valid bit is set.
    always_ff @(posedge clk) begin
        if (out_free)
            out_data <= skid_valid ? skid_data : in_data;
        if (in_ready)
            skid_data <= in_data;
    end
endmodule
