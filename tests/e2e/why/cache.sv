// A small two-way cache in front of a slow memory: packed structs, arrays of two dimensions,
// a function and a state machine.
`timescale 1ns / 1ps

package cache_types;
    typedef struct packed {
        logic       valid;
        logic       dirty;
        logic [2:0] tag;
    } line_t;

    typedef struct packed {
        logic [2:0] tag;
        logic [1:0] index;
    } addr_t;
endpackage

module cache_ways
    import cache_types::*;
(
    input  logic       clk,
    input  logic       rst,
    input  logic       we,
    input  logic       way,
    input  logic [1:0] index,
    input  line_t      line,
    input  logic [7:0] wdata,
    input  logic       mark,
    output line_t      line0,
    output line_t      line1,
    output logic [7:0] data0,
    output logic [7:0] data1
);
    line_t tags [0:1][0:3];
    logic [7:0] data [0:1][0:3];
    integer i;

    always_ff @(posedge clk) begin
        if (rst) begin
            for (i = 0; i < 4; i = i + 1) begin
                tags[0][i] <= 5'd0;
                tags[1][i] <= 5'd0;
            end
        end else if (we) begin
            tags[way][index] <= line;
            data[way][index] <= wdata;
        end
    end

    assign line0 = tags[0][index];
    assign line1 = tags[1][index];
    assign data0 = data[0][index];
    assign data1 = data[1][index];
endmodule

module cache
    import cache_types::*;
(
    input  logic       clk,
    input  logic       rst,
    input  logic       req,
    input  logic       write,
    input  logic [4:0] address,
    input  logic [7:0] wdata,
    output logic [7:0] rdata,
    output logic       ready,
    output logic       mem_req,
    output logic       mem_write,
    output logic [4:0] mem_address,
    output logic [7:0] mem_wdata,
    input  logic       mem_ack,
    input  logic [7:0] mem_rdata
);
    localparam IDLE = 2'd0, EVICT = 2'd1, FILL = 2'd2;

    logic [1:0] state;
    logic [3:0] lru;
    addr_t a;
    line_t line0, line1, victim, next_line;
    logic [7:0] data0, data1, victim_data, next_data;
    logic hit0, hit1, hit, we, way, filled;

    function automatic logic same_tag(input line_t l, input logic [2:0] tag);
        same_tag = l.valid && l.tag == tag;
    endfunction

    assign a = address;
    assign hit0 = same_tag(line0, a.tag);
    assign hit1 = same_tag(line1, a.tag);
    assign hit = hit0 || hit1;
    assign victim = lru[a.index] ? line1 : line0;
    assign victim_data = lru[a.index] ? data1 : data0;
    assign filled = state == FILL && mem_ack;

    always_comb begin
        we = 1'b0;
        way = hit1;
        next_data = wdata;
        next_line.valid = 1'b1;
        next_line.dirty = 1'b1;
        next_line.tag = a.tag;
        if (state == IDLE && req && hit && write) begin
            we = 1'b1;
        end else if (filled) begin
            we = 1'b1;
            way = lru[a.index];
            next_line.dirty = 1'b0;
            next_data = mem_rdata;
        end
    end

    assign mem_req = state != IDLE;
    assign mem_write = state == EVICT;
    assign mem_address = state == EVICT ? {victim.tag, a.index} : address;
    assign mem_wdata = victim_data;
    assign rdata = hit1 ? data1 : data0;
    assign ready = state == IDLE && req && hit;

    always_ff @(posedge clk) begin
        if (rst) begin
            state <= IDLE;
            lru <= 4'd0;
        end else begin
            case (state)
                IDLE:
                    if (req && !hit)
                        state <= victim.valid && victim.dirty ? EVICT : FILL;
                    else if (ready)
                        lru[a.index] <= hit0;
                EVICT: if (mem_ack) state <= FILL;
                FILL:  if (mem_ack) state <= IDLE;
                default: state <= IDLE;
            endcase
        end
    end

    cache_ways u_ways (
        .clk(clk),
        .rst(rst),
        .we(we),
        .way(way),
        .index(a.index),
        .line(next_line),
        .wdata(next_data),
        .mark(1'b0),
        .line0(line0),
        .line1(line1),
        .data0(data0),
        .data1(data1)
    );
endmodule
