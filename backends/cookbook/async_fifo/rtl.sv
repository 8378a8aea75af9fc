// An asynchronous FIFO: the write side and the read side have their own clocks.
// Only the pointers cross between them, in Gray code.
module async_fifo #(
    parameter int WIDTH = 8,
    parameter int DEPTH = 16
) (
    input  logic             wr_clk,
    input  logic             wr_rst,
    input  logic             wr_en,
    input  logic [WIDTH-1:0] wr_data,
    output logic             full,

    input  logic             rd_clk,
    input  logic             rd_rst,
    input  logic             rd_en,
    output logic [WIDTH-1:0] rd_data,
    output logic             empty
);
    localparam int ADDR_BITS = $clog2(DEPTH);

    logic [WIDTH-1:0] mem [0:DEPTH-1];

    // Pointers have one bit more than an address, to tell full from empty.
    logic [ADDR_BITS:0] wr_bin;
    logic [ADDR_BITS:0] wr_bin_next;
    logic [ADDR_BITS:0] wr_gray;
    logic [ADDR_BITS:0] wr_gray_meta;
    logic [ADDR_BITS:0] wr_gray_sync;
    logic [ADDR_BITS:0] rd_bin;
    logic [ADDR_BITS:0] rd_bin_next;
    logic [ADDR_BITS:0] rd_gray;
    logic [ADDR_BITS:0] rd_gray_meta;
    logic [ADDR_BITS:0] rd_gray_sync;
    logic [ADDR_BITS:0] rd_gray_full;
    logic do_write;
    logic do_read;

    // ---- write side

    assign do_write = wr_en && !full;
    assign wr_bin_next = wr_bin + 1'b1;

    // Full: the write pointer is a whole round ahead of the read pointer. In Gray
    // code that means the upper two bits differ and all others are equal.
    assign rd_gray_full = rd_gray_sync ^ ((ADDR_BITS + 1)'(3) << (ADDR_BITS - 1));
    assign full = (wr_gray == rd_gray_full);

    always_ff @(posedge wr_clk) begin
        if (do_write)
            mem[wr_bin[ADDR_BITS-1:0]] <= wr_data;
    end

    // The Gray pointer is a register: what crosses must never glitch.
    always_ff @(posedge wr_clk) begin
        if (wr_rst) begin
            wr_bin <= '0;
            wr_gray <= '0;
        end else if (do_write) begin
            wr_bin <= wr_bin_next;
            wr_gray <= wr_bin_next ^ (wr_bin_next >> 1);
        end
    end

    always_ff @(posedge wr_clk) begin
        if (wr_rst) begin
            rd_gray_meta <= '0;
            rd_gray_sync <= '0;
        end else begin
            rd_gray_meta <= rd_gray;
            rd_gray_sync <= rd_gray_meta;
        end
    end

    // ---- read side

    assign do_read = rd_en && !empty;
    assign rd_bin_next = rd_bin + 1'b1;
    assign empty = (rd_gray == wr_gray_sync);

    always_ff @(posedge rd_clk) begin
        if (do_read)
            rd_data <= mem[rd_bin[ADDR_BITS-1:0]];
    end

    always_ff @(posedge rd_clk) begin
        if (rd_rst) begin
            rd_bin <= '0;
            rd_gray <= '0;
        end else if (do_read) begin
            rd_bin <= rd_bin_next;
            rd_gray <= rd_bin_next ^ (rd_bin_next >> 1);
        end
    end

    always_ff @(posedge rd_clk) begin
        if (rd_rst) begin
            wr_gray_meta <= '0;
            wr_gray_sync <= '0;
        end else begin
            wr_gray_meta <= wr_gray;
            wr_gray_sync <= wr_gray_meta;
        end
    end
endmodule
