// UART receiver, 8N1: start bit, eight data bits (lowest first), stop bit.
// CLKS_PER_BIT is the clock frequency over the baud rate: 50 MHz / 115200 = 434.
module uart_rx #(
    parameter CLKS_PER_BIT = 434
) (
    input  wire       clk,
    input  wire       rst,
    input  wire       rx,
    output reg  [7:0] data,
    output reg        valid,
    output reg        frame_error
);
    localparam TIMER_BITS = clog2(CLKS_PER_BIT);
    localparam [31:0] LAST_CLK = CLKS_PER_BIT - 1;
    localparam [31:0] MIDDLE_CLK = CLKS_PER_BIT / 2 - 1;

    localparam [2:0] IDLE = 3'd0;
    localparam [2:0] START_BIT = 3'd1;
    localparam [2:0] DATA_BITS = 3'd2;
    localparam [2:0] STOP_BIT = 3'd3;
    localparam [2:0] WAIT_HIGH = 3'd4;

    // The number of bits needed to count from 0 to value - 1.
    function integer clog2;
        input integer value;
        begin
            clog2 = 0;
            while ((1 << clog2) < value)
                clog2 = clog2 + 1;
        end
    endfunction

    reg [2:0] state;
    reg rx_meta;
    reg rx_sync;
    reg [TIMER_BITS-1:0] timer;
    reg [2:0] bit_index;

    // The line belongs to no clock of ours: two registers before anyone looks at it.
    always @(posedge clk) begin
        if (rst) begin
            rx_meta <= 1'b1;
            rx_sync <= 1'b1;
        end else begin
            rx_meta <= rx;
            rx_sync <= rx_meta;
        end
    end

    // Waiting for half a bit after the falling edge leads to the middle of the
    // start bit; from there on every full bit time is the middle of a bit.
    always @(posedge clk) begin
        if (rst) begin
            state <= IDLE;
            timer <= {TIMER_BITS{1'b0}};
            bit_index <= 3'd0;
            data <= 8'd0;
            valid <= 1'b0;
            frame_error <= 1'b0;
        end else begin
            valid <= 1'b0;
            frame_error <= 1'b0;
            timer <= timer + 1'b1;
            case (state)
                IDLE: begin
                    timer <= {TIMER_BITS{1'b0}};
                    bit_index <= 3'd0;
                    if (!rx_sync)
                        state <= START_BIT;
                end
                START_BIT: if (timer == MIDDLE_CLK[TIMER_BITS-1:0]) begin
                    timer <= {TIMER_BITS{1'b0}};
                    // A line that is high again was a disturbance, not a start bit.
                    if (rx_sync)
                        state <= IDLE;
                    else
                        state <= DATA_BITS;
                end
                DATA_BITS: if (timer == LAST_CLK[TIMER_BITS-1:0]) begin
                    timer <= {TIMER_BITS{1'b0}};
                    data <= {rx_sync, data[7:1]};
                    bit_index <= bit_index + 1'b1;
                    if (bit_index == 3'd7)
                        state <= STOP_BIT;
                end
                STOP_BIT: if (timer == LAST_CLK[TIMER_BITS-1:0]) begin
                    valid <= rx_sync;
                    frame_error <= !rx_sync;
                    if (rx_sync)
                        state <= IDLE;
                    else
                        state <= WAIT_HIGH;
                end
                // After a bad stop bit a low line is not yet a new start bit.
                WAIT_HIGH: if (rx_sync)
                    state <= IDLE;
                default: state <= IDLE;
            endcase
        end
    end
endmodule
