// UART receiver, 8N1: start bit, eight data bits (lowest first), stop bit.
// CLKS_PER_BIT is the clock frequency over the baud rate: 50 MHz / 115200 = 434.
module uart_rx #(
    parameter int CLKS_PER_BIT = 434
) (
    input  logic       clk,
    input  logic       rst,
    input  logic       rx,
    output logic [7:0] data,
    output logic       valid,
    output logic       frame_error
);
    localparam int TIMER_BITS = $clog2(CLKS_PER_BIT);
    localparam logic [TIMER_BITS-1:0] LAST_CLK = TIMER_BITS'(CLKS_PER_BIT - 1);
    localparam logic [TIMER_BITS-1:0] MIDDLE_CLK = TIMER_BITS'(CLKS_PER_BIT / 2 - 1);

    typedef enum logic [2:0] {IDLE, START_BIT, DATA_BITS, STOP_BIT, WAIT_HIGH} state_t;

    state_t state;
    logic rx_meta;
    logic rx_sync;
    logic [TIMER_BITS-1:0] timer;
    logic [2:0] bit_index;

    // The line belongs to no clock of ours: two registers before anyone looks at it.
    always_ff @(posedge clk) begin
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
    always_ff @(posedge clk) begin
        if (rst) begin
            state <= IDLE;
            timer <= '0;
            bit_index <= '0;
            data <= '0;
            valid <= 1'b0;
            frame_error <= 1'b0;
        end else begin
            valid <= 1'b0;
            frame_error <= 1'b0;
            timer <= timer + 1'b1;
            case (state)
                IDLE: begin
                    timer <= '0;
                    bit_index <= '0;
                    if (!rx_sync)
                        state <= START_BIT;
                end
                START_BIT: if (timer == MIDDLE_CLK) begin
                    timer <= '0;
                    // A line that is high again was a disturbance, not a start bit.
                    if (rx_sync)
                        state <= IDLE;
                    else
                        state <= DATA_BITS;
                end
                DATA_BITS: if (timer == LAST_CLK) begin
                    timer <= '0;
                    data <= {rx_sync, data[7:1]};
                    bit_index <= bit_index + 1'b1;
                    if (bit_index == 3'd7)
                        state <= STOP_BIT;
                end
                STOP_BIT: if (timer == LAST_CLK) begin
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
