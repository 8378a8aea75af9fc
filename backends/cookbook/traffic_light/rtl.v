// Traffic lights of a crossing: north-south and east-west take turns.
// Each light is {red, yellow, green}, exactly one of them lit.
module traffic_light #(
    parameter GREEN_CLKS = 10,
    parameter YELLOW_CLKS = 3
) (
    input  wire       clk,
    input  wire       rst,
    output reg  [2:0] ns_light,
    output reg  [2:0] ew_light
);
    localparam [2:0] RED = 3'b100;
    localparam [2:0] YELLOW = 3'b010;
    localparam [2:0] GREEN = 3'b001;

    // The timer must hold the longer of the two times.
    localparam LONGEST = (GREEN_CLKS > YELLOW_CLKS) ? GREEN_CLKS : YELLOW_CLKS;
    localparam TIMER_BITS = clog2(LONGEST + 1);
    localparam [31:0] GREEN_TIME = GREEN_CLKS;
    localparam [31:0] YELLOW_TIME = YELLOW_CLKS;

    localparam [1:0] NS_GREEN = 2'd0;
    localparam [1:0] NS_YELLOW = 2'd1;
    localparam [1:0] EW_GREEN = 2'd2;
    localparam [1:0] EW_YELLOW = 2'd3;

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
    reg [1:0] next_state;
    reg [TIMER_BITS-1:0] timer;
    reg [TIMER_BITS-1:0] clks_in_state;
    wire state_done;

    assign state_done = (timer == clks_in_state - 1'b1);

    always @(posedge clk) begin
        if (rst) begin
            state <= NS_GREEN;
            timer <= {TIMER_BITS{1'b0}};
        end else if (state_done) begin
            state <= next_state;
            timer <= {TIMER_BITS{1'b0}};
        end else begin
            timer <= timer + 1'b1;
        end
    end

    // A Moore machine: lights, duration and successor depend on the state only.
    always @* begin
        ns_light = RED;
        ew_light = RED;
        clks_in_state = YELLOW_TIME[TIMER_BITS-1:0];
        next_state = NS_GREEN;
        case (state)
            NS_GREEN: begin
                ns_light = GREEN;
                clks_in_state = GREEN_TIME[TIMER_BITS-1:0];
                next_state = NS_YELLOW;
            end
            NS_YELLOW: begin
                ns_light = YELLOW;
                next_state = EW_GREEN;
            end
            EW_GREEN: begin
                ew_light = GREEN;
                clks_in_state = GREEN_TIME[TIMER_BITS-1:0];
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
