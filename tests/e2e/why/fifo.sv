// A synchronous FIFO with a count, and what a user sees of it.
`timescale 1ns / 1ps

module fifo_mem #(
    parameter WIDTH = 8,
    parameter DEPTH = 8
) (
    input  wire                     clk,
    input  wire                     we,
    input  wire [$clog2(DEPTH)-1:0] waddr,
    input  wire [$clog2(DEPTH)-1:0] raddr,
    input  wire [WIDTH-1:0]         wdata,
    output wire [WIDTH-1:0]         rdata
);
    reg [WIDTH-1:0] mem [0:DEPTH-1];

    assign rdata = mem[raddr];

    always @(posedge clk)
        if (we)
            mem[waddr] <= wdata;
endmodule

module fifo #(
    parameter WIDTH = 8,
    parameter DEPTH = 8
) (
    input  wire                   clk,
    input  wire                   rst,
    input  wire                   push,
    input  wire                   pop,
    input  wire [WIDTH-1:0]       din,
    output wire [WIDTH-1:0]       dout,
    output wire                   empty,
    output wire                   full,
    output reg  [$clog2(DEPTH):0] count
);
    reg [$clog2(DEPTH)-1:0] rptr;
    reg [$clog2(DEPTH)-1:0] wptr;

    wire do_push = push && !full;
    wire do_pop  = pop && !empty;

    assign empty = count == 0;
    assign full  = count == DEPTH;

    always @(posedge clk) begin
        if (rst)
            wptr <= 0;
        else if (do_push)
            wptr <= wptr + 1'b1;
    end

    always @(posedge clk) begin
        if (rst)
            rptr <= 0;
        else if (do_pop)
            rptr <= rptr + 1'b1;
    end

    always @(posedge clk) begin
        if (rst)
            count <= 0;
        else
            case ({do_push, do_pop})
                2'b10: count <= count + 1'b1;
                2'b01: count <= count - 1'b1;
                default: count <= count;
            endcase
    end

    fifo_mem #(.WIDTH(WIDTH), .DEPTH(DEPTH)) u_mem (
        .clk(clk),
        .we(do_push),
        .waddr(wptr),
        .raddr(rptr),
        .wdata(din),
        .rdata(dout)
    );
endmodule
