// A synchronous FIFO: a circular buffer of DEPTH words with one clock.
// Read data appears in the cycle after rd_en, so the memory can be a block RAM.
module sync_fifo #(
    parameter int WIDTH = 8,
    parameter int DEPTH = 16
) (
    input  logic                       clk,
    input  logic                       rst,
    input  logic                       wr_en,
    input  logic [WIDTH-1:0]           wr_data,
    input  logic                       rd_en,
    output logic [WIDTH-1:0]           rd_data,
    output logic                       full,
    output logic                       empty,
    output logic [$clog2(DEPTH+1)-1:0] count
);
    localparam int ADDR_BITS = $clog2(DEPTH);
    localparam int COUNT_BITS = $clog2(DEPTH + 1);
    localparam logic [ADDR_BITS-1:0] LAST = ADDR_BITS'(DEPTH - 1);

    logic [WIDTH-1:0] mem [0:DEPTH-1];
    logic [ADDR_BITS-1:0] wr_ptr;
    logic [ADDR_BITS-1:0] rd_ptr;
    logic do_write;
    logic do_read;

    assign full = (count == COUNT_BITS'(DEPTH));
    assign empty = (count == '0);

    // A request that cannot be served is ignored, so nothing is ever overwritten.
    assign do_write = wr_en && !full;
    assign do_read = rd_en && !empty;

    // No reset for the memory: block RAM has none, and old words are never read.
    always_ff @(posedge clk) begin
        if (do_write)
            mem[wr_ptr] <= wr_data;
        if (do_read)
            rd_data <= mem[rd_ptr];
    end

    // The explicit wrap lets DEPTH be any number, not only a power of two.
    always_ff @(posedge clk) begin
        if (rst) begin
            wr_ptr <= '0;
            rd_ptr <= '0;
        end else begin
            if (do_write)
                wr_ptr <= (wr_ptr == LAST) ? '0 : wr_ptr + 1'b1;
            if (do_read)
                rd_ptr <= (rd_ptr == LAST) ? '0 : rd_ptr + 1'b1;
        end
    end

    // A read and a write in the same cycle leave the count as it is.
    always_ff @(posedge clk) begin
        if (rst)
            count <= '0;
        else if (do_write && !do_read)
            count <= count + 1'b1;
        else if (do_read && !do_write)
            count <= count - 1'b1;
    end
endmodule
