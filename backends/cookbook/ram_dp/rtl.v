// A simple dual-port RAM: one port writes, the other reads, with one clock.
// In this form synthesis tools recognise a block RAM.
module ram_dp #(
    parameter WIDTH = 8,
    parameter DEPTH = 256
) (
    input  wire                    clk,
    input  wire                    wr_en,
    input  wire [clog2(DEPTH)-1:0] wr_addr,
    input  wire [WIDTH-1:0]        wr_data,
    input  wire                    rd_en,
    input  wire [clog2(DEPTH)-1:0] rd_addr,
    output reg  [WIDTH-1:0]        rd_data
);
    // The number of bits needed to count from 0 to value - 1.
    function integer clog2;
        input integer value;
        begin
            clog2 = 0;
            while ((1 << clog2) < value)
                clog2 = clog2 + 1;
        end
    endfunction

    reg [WIDTH-1:0] mem [0:DEPTH-1];

    always @(posedge clk) begin
        if (wr_en)
            mem[wr_addr] <= wr_data;
    end

    // Reading the word that is being written gives the old one.
    always @(posedge clk) begin
        if (rd_en)
            rd_data <= mem[rd_addr];
    end
endmodule
