// Sequential divider by restoring division, unsigned: one bit of quotient a cycle.
module divider #(
    parameter int WIDTH = 8
) (
    input  logic             clk,
    input  logic             rst,
    input  logic             start,
    input  logic [WIDTH-1:0] dividend,
    input  logic [WIDTH-1:0] divisor,
    output logic             busy,
    output logic             done,
    output logic             div_by_zero,
    output logic [WIDTH-1:0] quotient,
    output logic [WIDTH-1:0] remainder
);
    localparam int COUNT_BITS = $clog2(WIDTH);
    localparam logic [COUNT_BITS-1:0] LAST_STEP = COUNT_BITS'(WIDTH - 1);

    logic [WIDTH-1:0] divisor_held;
    logic [COUNT_BITS-1:0] step;
    logic [WIDTH:0] shifted;
    logic [WIDTH:0] difference;
    logic fits;

    // Bring down the next bit of the dividend, which waits at the top of quotient,
    // and try to subtract. A negative difference shows as a borrow in its top bit.
    assign shifted = {remainder, quotient[WIDTH-1]};
    assign difference = shifted - {1'b0, divisor_held};
    assign fits = !difference[WIDTH];

    always_ff @(posedge clk) begin
        if (rst) begin
            busy <= 1'b0;
            done <= 1'b0;
            div_by_zero <= 1'b0;
            step <= '0;
            divisor_held <= '0;
            quotient <= '0;
            remainder <= '0;
        end else begin
            done <= 1'b0;
            if (busy) begin
                // If the divisor does not fit, keep (restore) the old value.
                remainder <= fits ? difference[WIDTH-1:0] : shifted[WIDTH-1:0];
                quotient <= {quotient[WIDTH-2:0], fits};
                step <= step + 1'b1;
                if (step == LAST_STEP) begin
                    busy <= 1'b0;
                    done <= 1'b1;
                end
            end else if (start) begin
                busy <= 1'b1;
                step <= '0;
                divisor_held <= divisor;
                div_by_zero <= (divisor == '0);
                quotient <= dividend;
                remainder <= '0;
            end
        end
    end
endmodule
