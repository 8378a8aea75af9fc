// UART transmitter, 8N1: start bit, eight data bits (lowest first), stop bit.
// CLKS_PER_BIT is the clock frequency over the baud rate: 50 MHz / 115200 = 434.
module uart_tx #(
    parameter int CLKS_PER_BIT = 434
) (
    input  logic       clk,
    input  logic       rst,
    input  logic       start,
    input  logic [7:0] data,
    output logic       tx,
    output logic       busy
);
    localparam int TIMER_BITS = $clog2(CLKS_PER_BIT);
    localparam logic [TIMER_BITS-1:0] LAST_CLK = TIMER_BITS'(CLKS_PER_BIT - 1);

    typedef enum logic [1:0] {IDLE, START_BIT, DATA_BITS, STOP_BIT} state_t;

    state_t state;
    logic [TIMER_BITS-1:0] timer;
    logic [2:0] bit_index;
    logic [7:0] shift;
    logic bit_done;

    assign busy = (state != IDLE);
    assign bit_done = (timer == LAST_CLK);

    // Measures one bit time, again and again while a frame is under way.
    always_ff @(posedge clk) begin
        if (rst || state == IDLE || bit_done)
            timer <= '0;
        else
            timer <= timer + 1'b1;
    end

    // tx is a register, so the line never shows a glitch.
    always_ff @(posedge clk) begin
        if (rst) begin
            state <= IDLE;
            tx <= 1'b1;
            bit_index <= '0;
            shift <= '0;
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
                    bit_index <= '0;
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
