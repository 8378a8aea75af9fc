// SPI master, mode 0: the clock rests at 0, both sides sample on its rising edge
// and change their data on its falling edge. Highest bit first.
module spi_master #(
    parameter int WIDTH = 8,
    // Clock cycles in half a period of sclk.
    parameter int HALF_CLKS = 4
) (
    input  logic             clk,
    input  logic             rst,
    input  logic             start,
    input  logic [WIDTH-1:0] tx_data,
    output logic [WIDTH-1:0] rx_data,
    output logic             busy,
    output logic             done,

    output logic             sclk,
    output logic             mosi,
    input  logic             miso,
    output logic             cs_n
);
    localparam int COUNT_BITS = $clog2(WIDTH);
    localparam int TIMER_BITS = $clog2(HALF_CLKS + 1);
    localparam logic [COUNT_BITS-1:0] LAST_BIT = COUNT_BITS'(WIDTH - 1);
    localparam logic [TIMER_BITS-1:0] LAST_CLK = TIMER_BITS'(HALF_CLKS - 1);

    typedef enum logic [1:0] {IDLE, TRANSFER, FINISH} state_t;

    state_t state;
    logic [TIMER_BITS-1:0] timer;
    logic [COUNT_BITS-1:0] bit_count;
    logic [WIDTH-1:0] tx_shift;
    logic half_done;

    assign busy = (state != IDLE);
    assign half_done = (timer == LAST_CLK);
    assign mosi = tx_shift[WIDTH-1];

    always_ff @(posedge clk) begin
        if (rst || state == IDLE || half_done)
            timer <= '0;
        else
            timer <= timer + 1'b1;
    end

    // sclk is data to this design, not a clock: everything runs on clk.
    always_ff @(posedge clk) begin
        if (rst) begin
            state <= IDLE;
            sclk <= 1'b0;
            cs_n <= 1'b1;
            done <= 1'b0;
            bit_count <= '0;
            tx_shift <= '0;
            rx_data <= '0;
        end else begin
            done <= 1'b0;
            case (state)
                IDLE: if (start) begin
                    cs_n <= 1'b0;
                    bit_count <= '0;
                    tx_shift <= tx_data;
                    state <= TRANSFER;
                end
                TRANSFER: if (half_done) begin
                    sclk <= !sclk;
                    if (!sclk) begin
                        // The rising edge: take the slave's bit.
                        rx_data <= {rx_data[WIDTH-2:0], miso};
                    end else begin
                        // The falling edge: offer the next bit.
                        tx_shift <= tx_shift << 1;
                        bit_count <= bit_count + 1'b1;
                        if (bit_count == LAST_BIT)
                            state <= FINISH;
                    end
                end
                // Half a period between the last edge and the end of the selection.
                FINISH: if (half_done) begin
                    cs_n <= 1'b1;
                    done <= 1'b1;
                    state <= IDLE;
                end
                default: state <= IDLE;
            endcase
        end
    end
endmodule
