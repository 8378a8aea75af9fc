// A UART, transmitter and receiver, with a baud tick of its own.
`timescale 1ns / 1ps

module uart_tx (
    input  wire       clk,
    input  wire       rst_n,
    input  wire       tick,
    input  wire       start,
    input  wire [7:0] data,
    output reg        txd,
    output wire       busy
);
    localparam [1:0] IDLE = 2'd0, START = 2'd1, DATA = 2'd2, STOP = 2'd3;

    reg [1:0] state;
    reg [7:0] shift;
    reg [2:0] index;

    assign busy = state != IDLE;

    always @(posedge clk or negedge rst_n) begin
        if (!rst_n) begin
            state <= IDLE;
            txd <= 1'b1;
            shift <= 8'd0;
            index <= 3'd0;
        end else begin
            case (state)
                IDLE: begin
                    txd <= 1'b1;
                    if (start) begin
                        shift <= data;
                        state <= START;
                    end
                end
                START: if (tick) begin
                    txd <= 1'b0;
                    index <= 3'd0;
                    state <= DATA;
                end
                DATA: if (tick) begin
                    txd <= shift[0];
                    shift <= {1'b0, shift[7:1]};
                    index <= index + 3'd1;
                    if (index == 3'd7)
                        state <= STOP;
                end
                STOP: if (tick) begin
                    txd <= 1'b1;
                    state <= IDLE;
                end
            endcase
        end
    end
endmodule

module uart_rx (
    input  wire       clk,
    input  wire       rst_n,
    input  wire       tick,
    input  wire       rxd,
    output reg  [7:0] data,
    output reg        valid
);
    reg       active;
    reg [3:0] bits;
    reg [7:0] shift;

    always @(posedge clk or negedge rst_n) begin
        if (!rst_n) begin
            active <= 1'b0;
            bits <= 4'd0;
            valid <= 1'b0;
            data <= 8'd0;
            shift <= 8'd0;
        end else begin
            valid <= 1'b0;
            if (tick) begin
                if (!active) begin
                    if (!rxd) begin
                        active <= 1'b1;
                        bits <= 4'd0;
                    end
                end else if (bits == 4'd8) begin
                    active <= 1'b0;
                    data <= shift;
                    valid <= rxd;
                end else begin
                    shift <= {rxd, shift[7:1]};
                    bits <= bits + 4'd1;
                end
            end
        end
    end
endmodule

module uart (
    input  wire       clk,
    input  wire       rst_n,
    input  wire       start,
    input  wire [7:0] din,
    output wire       busy,
    output wire [7:0] dout,
    output wire       valid,
    output wire       line
);
    reg [1:0] divider;
    wire tick = divider == 2'd3;

    always @(posedge clk or negedge rst_n)
        if (!rst_n)
            divider <= 2'd0;
        else
            divider <= divider + 2'd1;

    uart_tx u_tx (
        .clk(clk),
        .rst_n(rst_n),
        .tick(tick),
        .start(start),
        .data(din),
        .txd(line),
        .busy(busy)
    );

    uart_rx u_rx (
        .clk(clk),
        .rst_n(rst_n),
        .tick(tick),
        .rxd(line),
        .data(dout),
        .valid(valid)
    );
endmodule
