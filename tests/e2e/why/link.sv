// A request from one clock to another: handshake with toggles, a bus arbiter behind it.
`timescale 1ns / 1ps

module sync2 (
    input  wire clk,
    input  wire rst,
    input  wire d,
    output reg  q
);
    reg meta;

    always @(posedge clk) begin
        if (rst) begin
            meta <= 1'b0;
            q <= 1'b0;
        end else begin
            meta <= d;
            q <= meta;
        end
    end
endmodule

module arbiter (
    input  wire       clk,
    input  wire       rst,
    input  wire [2:0] req,
    output reg  [2:0] grant
);
    reg [1:0] last;
    reg [2:0] next;

    always @* begin
        next = 3'b000;
        case (last)
            2'd0: next = req[1] ? 3'b010 : req[2] ? 3'b100 : req[0] ? 3'b001 : 3'b000;
            2'd1: next = req[2] ? 3'b100 : req[0] ? 3'b001 : req[1] ? 3'b010 : 3'b000;
            default: next = req[0] ? 3'b001 : req[1] ? 3'b010 : req[2] ? 3'b100 : 3'b000;
        endcase
    end

    always @(posedge clk) begin
        if (rst) begin
            grant <= 3'b000;
            last <= 2'd2;
        end else begin
            grant <= next;
            if (next[0])
                last <= 2'd0;
            else if (next[1])
                last <= 2'd1;
            else if (next[2])
                last <= 2'd2;
        end
    end
endmodule

module link (
    input  wire       aclk,
    input  wire       bclk,
    input  wire       rst,
    input  wire       send,
    input  wire [7:0] adata,
    output reg  [7:0] bdata,
    output reg        bvalid,
    output wire       ready,
    input  wire [1:0] others,
    output wire [2:0] grant
);
    reg        a_toggle;
    reg  [7:0] a_hold;
    wire       b_toggle;
    reg        b_seen;
    wire       a_ack;
    wire       b_new = b_toggle ^ b_seen;

    assign ready = a_toggle == a_ack;

    always @(posedge aclk) begin
        if (rst) begin
            a_toggle <= 1'b0;
            a_hold <= 8'd0;
        end else if (send && ready) begin
            a_toggle <= ~a_toggle;
            a_hold <= adata;
        end
    end

    sync2 u_to_b (
        .clk(bclk),
        .rst(rst),
        .d(a_toggle),
        .q(b_toggle)
    );

    sync2 u_to_a (
        .clk(aclk),
        .rst(rst),
        .d(b_seen),
        .q(a_ack)
    );

    always @(posedge bclk) begin
        if (rst) begin
            b_seen <= 1'b0;
            bvalid <= 1'b0;
            bdata <= 8'd0;
        end else begin
            bvalid <= b_new;
            b_seen <= b_toggle;
            if (b_new)
                bdata <= a_hold;
        end
    end

    arbiter u_arbiter (
        .clk(bclk),
        .rst(rst),
        .req({others, bvalid}),
        .grant(grant)
    );
endmodule
