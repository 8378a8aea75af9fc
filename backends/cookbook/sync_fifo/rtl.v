// A synchronous FIFO: a circular buffer of DEPTH words with one clock.
// Read data appears in the cycle after rd_en, so the memory can be a block RAM.
module sync_fifo #(
    parameter WIDTH = 8,
    parameter DEPTH = 16
) (
    input  wire                      clk,
    input  wire                      rst,
    input  wire                      wr_en,
    input  wire [WIDTH-1:0]          wr_data,
    input  wire                      rd_en,
    output reg  [WIDTH-1:0]          rd_data,
    output wire                      full,
    output wire                      empty,
    output reg  [clog2(DEPTH+1)-1:0] count
);
    localparam ADDR_BITS = clog2(DEPTH);
    localparam COUNT_BITS = clog2(DEPTH + 1);
    localparam [31:0] LAST = DEPTH - 1;
    localparam [31:0] FULL = DEPTH;

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
    reg [ADDR_BITS-1:0] wr_ptr;
    reg [ADDR_BITS-1:0] rd_ptr;
    wire do_write;
    wire do_read;

    assign full = (count == FULL[COUNT_BITS-1:0]);
    assign empty = (count == {COUNT_BITS{1'b0}});

    // A request that cannot be served is ignored, so nothing is ever overwritten.
    assign do_write = wr_en && !full;
    assign do_read = rd_en && !empty;

    // No reset for the memory: block RAM has none, and old words are never read.
    always @(posedge clk) begin
        if (do_write)
            mem[wr_ptr] <= wr_data;
        if (do_read)
            rd_data <= mem[rd_ptr];
    end

    // The explicit wrap lets DEPTH be any number, not only a power of two.
    always @(posedge clk) begin
        if (rst) begin
            wr_ptr <= {ADDR_BITS{1'b0}};
            rd_ptr <= {ADDR_BITS{1'b0}};
        end else begin
            if (do_write)
                wr_ptr <= (wr_ptr == LAST[ADDR_BITS-1:0]) ? {ADDR_BITS{1'b0}} : wr_ptr + 1'b1;
            if (do_read)
                rd_ptr <= (rd_ptr == LAST[ADDR_BITS-1:0]) ? {ADDR_BITS{1'b0}} : rd_ptr + 1'b1;
        end
    end

    // A read and a write in the same cycle leave the count as it is.
    always @(posedge clk) begin
        if (rst)
            count <= {COUNT_BITS{1'b0}};
        else if (do_write && !do_read)
            count <= count + 1'b1;
        else if (do_read && !do_write)
            count <= count - 1'b1;
    end
endmodule
