// Traffic lights of a crossing: north-south and east-west take turns.
// Each light is {red, yellow, green}, exactly one of them lit.
module traffic_light #(
    parameter int GREEN_CLKS = 10,
    parameter int YELLOW_CLKS = 3
) (
    input  logic       clk,
    input  logic       rst,
    output logic [2:0] ns_light,
    output logic [2:0] ew_light
);
    localparam logic [2:0] RED = 3'b100;
    localparam logic [2:0] YELLOW = 3'b010;
    localparam logic [2:0] GREEN = 3'b001;

    // The timer must hold the longer of the two times.
    localparam int LONGEST = (GREEN_CLKS > YELLOW_CLKS) ? GREEN_CLKS : YELLOW_CLKS;
    localparam int TIMER_BITS = $clog2(LONGEST + 1);

    typedef enum logic [1:0] {NS_GREEN, NS_YELLOW, EW_GREEN, EW_YELLOW} state_t;

    state_t state;
    state_t next_state;
    logic [TIMER_BITS-1:0] timer;
    logic [TIMER_BITS-1:0] clks_in_state;
    logic state_done;

    assign state_done = (timer == clks_in_state - 1'b1);

    always_ff @(posedge clk) begin
        if (rst) begin
            state <= NS_GREEN;
            timer <= '0;
        end else if (state_done) begin
            state <= next_state;
            timer <= '0;
        end else begin
            timer <= timer + 1'b1;
        end
    end

    // A Moore machine: lights, duration and successor depend on the state only.
    always_comb begin
        ns_light = RED;
        ew_light = RED;
        clks_in_state = TIMER_BITS'(YELLOW_CLKS);
        next_state = NS_GREEN;
        case (state)
            NS_GREEN: begin
                ns_light = GREEN;
                clks_in_state = TIMER_BITS'(GREEN_CLKS);
                next_state = NS_YELLOW;
            end
            NS_YELLOW: begin
                ns_light = YELLOW;
                next_state = EW_GREEN;
            end
            EW_GREEN: begin
                ew_light = GREEN;
                clks_in_state = TIMER_BITS'(GREEN_CLKS);
                next_state = EW_YELLOW;
            end
            EW_YELLOW: begin
                ew_light = YELLOW;
                next_state = NS_GREEN;
            end
            default: next_state = NS_GREEN;
        endcase
    end
endmodule
