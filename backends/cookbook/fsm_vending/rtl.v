// A vending machine as a Mealy machine: takes nickels (5) and dimes (10), sells
// at 15, and gives 5 back when 20 were paid.
module vending_machine (
    input  wire clk,
    input  wire rst,
    input  wire nickel,
    input  wire dime,
    output reg  dispense,
    output reg  change
);
    // Each state is the money inside. 15 is no state: it is spent at once.
    localparam [1:0] PAID_0 = 2'd0;
    localparam [1:0] PAID_5 = 2'd1;
    localparam [1:0] PAID_10 = 2'd2;

    reg [1:0] state;
    reg [1:0] next_state;

    always @(posedge clk) begin
        if (rst)
            state <= PAID_0;
        else
            state <= next_state;
    end

    // The coin slot delivers one coin at a time; if both signals come, a dime counts.
    always @* begin
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
