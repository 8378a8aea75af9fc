// Moore machine that finds 1011 in a serial bit stream. Occurrences may overlap.
module seq_detector (
    input  logic clk,
    input  logic rst,
    input  logic din,
    output logic detected
);
    // Each state is named after the part of the pattern that has been seen.
    typedef enum logic [2:0] {NONE, GOT_1, GOT_10, GOT_101, GOT_1011} state_t;

    state_t state;
    state_t next_state;

    always_ff @(posedge clk) begin
        if (rst)
            state <= NONE;
        else
            state <= next_state;
    end

    // After a wrong bit, go on with the longest tail that still begins the pattern.
    always_comb begin
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
