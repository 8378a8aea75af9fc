// UART transmitter, 8N1: start bit, eight data bits (lowest first), stop bit.
// CLKS_PER_BIT is the clock frequency over the baud rate: 50 MHz / 115200 = 434.
module uart_tx #(
    parameter CLKS_PER_BIT = 434
) (
    input  wire       clk,
    input  wire       rst,
    input  wire       start,
    input  wire [7:0] data,
    output reg        tx,
    output wire       busy
);
    localparam TIMER_BITS = clog2(CLKS_PER_BIT);
    localparam [31:0] LAST_CLK = CLKS_PER_BIT - 1;

    localparam [1:0] IDLE = 2'd0;
    localparam [1:0] START_BIT = 2'd1;
    localparam [1:0] DATA_BITS = 2'd2;
    localparam [1:0] STOP_BIT = 2'd3;

    // The number of bits needed to count from 0 to value - 1.
    function integer clog2;
        input integer value;
        begin
            clog2 = 0;
            while ((1 << clog2) < value)
                clog2 = clog2 + 1;
        end
    endfunction

    reg [1:0] state;
    reg [TIMER_BITS-1:0] timer;
    reg [2:0] bit_index;
    reg [7:0] shift;
    wire bit_done;

    assign busy = (state != IDLE);
    assign bit_done = (timer == LAST_CLK[TIMER_BITS-1:0]);

    // Measures one bit time, again and again while a frame is under way.
    always @(posedge clk) begin
        if (rst || state == IDLE || bit_done)
            timer <= {TIMER_BITS{1'b0}};
        else
            timer <= timer + 1'b1;
    end

    // tx is a register, so the line never shows a glitch.
    always @(posedge clk) begin
        if (rst) begin
            state <= IDLE;
            tx <= 1'b1;
            bit_index <= 3'd0;
            shift <= 8'd0;
        end else begin
            case (state)
                IDLE: if (start) begin
                    shift <= data;
                    tx <= 1'b0;
                    state <= START_BIT;
                end
                START_BIT: if (bit_done) begin
                    tx <= shift[0];
                    shift <= shift >> 1;
                    bit_index <= 3'd0;
                    state <= DATA_BITS;
                end
                DATA_BITS: if (bit_done) begin
                    if (bit_index == 3'd7) begin
                        tx <= 1'b1;
                        state <= STOP_BIT;
                    end else begin
                        tx <= shift[0];
                        shift <= shift >> 1;
                        bit_index <= bit_index + 1'b1;
                    end
                end
                STOP_BIT: if (bit_done)
                    state <= IDLE;
                default: state <= IDLE;
            endcase
        end
    end
endmodule
