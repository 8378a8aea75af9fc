// A vending machine as a Mealy machine: takes nickels (5) and dimes (10), sells
// at 15, and gives 5 back when 20 were paid.
module vending_machine (
    input  logic clk,
    input  logic rst,
    input  logic nickel,
    input  logic dime,
    output logic dispense,
    output logic change
);
    // Each state is the money inside. 15 is no state: it is spent at once.
    typedef enum logic [1:0] {PAID_0, PAID_5, PAID_10} state_t;

    state_t state;
    state_t next_state;

    always_ff @(posedge clk) begin
        if (rst)
            state <= PAID_0;
        else
            state <= next_state;
    end

    // The coin slot delivers one coin at a time; if both signals come, a dime counts.
    always_comb begin
        next_state = state;
        dispense = 1'b0;
        change = 1'b0;
        case (state)
            PAID_0: begin
                if (dime)
                    next_state = PAID_10;
                else if (nickel)
                    next_state = PAID_5;
            end
            PAID_5: begin
                if (dime) begin
                    dispense = 1'b1;
                    next_state = PAID_0;
                end else if (nickel) begin
                    next_state = PAID_10;
                end
            end
            PAID_10: begin
                if (dime) begin
                    dispense = 1'b1;
                    change = 1'b1;
                    next_state = PAID_0;
                end else if (nickel) begin
                    dispense = 1'b1;
                    next_state = PAID_0;
                end
            end
            default: next_state = PAID_0;
        endcase
    end
endmodule
