// A single-port RAM: one address for reading and writing, synchronous read.
// In this form synthesis tools recognise a block RAM.
module ram_sp #(
    parameter WIDTH = 8,
    parameter DEPTH = 256
) (
    input  wire                    clk,
    input  wire                    we,
    input  wire [clog2(DEPTH)-1:0] addr,
    input  wire [WIDTH-1:0]        din,
    output reg  [WIDTH-1:0]        dout
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

    // Read first: during a write dout gets the word that was there before.
    always @(posedge clk) begin
        if (we)
            mem[addr] <= din;
        dout <= mem[addr];
    end
endmodule
