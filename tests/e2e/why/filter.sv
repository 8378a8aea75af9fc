// A moving sum over four samples, with saturation and a threshold; and registers to set it.
`timescale 1ns / 1ps

module setup (
    input  wire       clk,
    input  wire       rst_n,
    input  wire       wr,
    input  wire [1:0] addr,
    input  wire [7:0] wdata,
    output reg  [7:0] threshold,
    output reg        enable,
    output reg  [7:0] rdata
);
    reg [7:0] scratch;

    always @(posedge clk or negedge rst_n) begin
        if (!rst_n) begin
            threshold <= 8'd100;
            enable <= 1'b0;
            scratch <= 8'd0;
        end else if (wr) begin
            case (addr)
                2'd0: threshold <= wdata;
                2'd1: enable <= wdata[0];
                2'd2: scratch <= wdata;
                default: ;
            endcase
        end
    end

    always @* begin
        case (addr)
            2'd0: rdata = threshold;
            2'd1: rdata = {7'd0, enable};
            2'd2: rdata = scratch;
            default: rdata = 8'h5a;
        endcase
    end
endmodule

module filter (
    input  wire       clk,
    input  wire       rst_n,
    input  wire       wr,
    input  wire [1:0] addr,
    input  wire [7:0] wdata,
    output wire [7:0] rdata,
    input  wire       in_valid,
    input  wire [7:0] in,
    output reg        out_valid,
    output reg  [7:0] out,
    output wire       above
);
    wire [7:0] threshold;
    wire       enable;
    reg  [7:0] tap0, tap1, tap2, tap3;
    wire [9:0] sum = tap0 + tap1 + tap2 + tap3;
    wire [9:0] half = sum >> 1;
    wire       overflow = half > 10'd255;
    reg        stage;

    setup u_setup (
        .clk(clk),
        .rst_n(rst_n),
        .wr(wr),
        .addr(addr),
        .wdata(wdata),
        .threshold(threshold),
        .enable(enable),
        .rdata(rdata)
    );

    always @(posedge clk or negedge rst_n) begin
        if (!rst_n) begin
            tap0 <= 8'd0;
            tap1 <= 8'd0;
            tap2 <= 8'd0;
            tap3 <= 8'd0;
            stage <= 1'b0;
        end else begin
            stage <= in_valid && enable;
            if (in_valid && enable) begin
                tap0 <= in;
                tap1 <= tap0;
                tap2 <= tap1;
                tap3 <= tap2;
            end
        end
    end

    always @(posedge clk or negedge rst_n) begin
        if (!rst_n) begin
            out <= 8'd0;
            out_valid <= 1'b0;
        end else begin
            out_valid <= stage;
            if (stage) begin
                if (overflow)
                    out <= 8'hff;
                else
                    out <= half[7:0];
            end
        end
    end

    assign above = out >= threshold;
endmodule
