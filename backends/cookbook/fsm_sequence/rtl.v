// Moore machine that finds 1011 in a serial bit stream. Occurrences may overlap.
module seq_detector (
    input  wire clk,
    input  wire rst,
    input  wire din,
    output wire detected
);
    // Each state is named after the part of the pattern that has been seen.
    localparam [2:0] NONE = 3'd0;
    localparam [2:0] GOT_1 = 3'd1;
    localparam [2:0] GOT_10 = 3'd2;
    localparam [2:0] GOT_101 = 3'd3;
    localparam [2:0] GOT_1011 = 3'd4;

    reg [2:0] state;
    reg [2:0] next_state;

    always @(posedge clk) begin
        if (rst)
            state <= NONE;
        else
            state <= next_state;
    end

    // After a wrong bit, go on with the longest tail that still begins the pattern.
    always @* begin
        case (state)
            NONE: if (din) next_state = GOT_1; else next_state = NONE;
            GOT_1: if (din) next_state = GOT_1; else next_state = GOT_10;
            GOT_10: if (din) next_state = GOT_101; else next_state = NONE;
            GOT_101: if (din) next_state = GOT_1011; else next_state = GOT_10;
            GOT_1011: if (din) next_state = GOT_1; else next_state = GOT_10;
            default: next_state = NONE;
        endcase
    end

    assign detected = (state == GOT_1011);
endmodule
