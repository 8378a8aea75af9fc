// Sequential multiplier by shifting and adding, unsigned: one bit of b a cycle.
module multiplier #(
    parameter int WIDTH = 8
) (
    input  logic               clk,
    input  logic               rst,
    input  logic               start,
    input  logic [WIDTH-1:0]   a,
    input  logic [WIDTH-1:0]   b,
    output logic               busy,
    output logic               done,
    output logic [2*WIDTH-1:0] product
);
    localparam int COUNT_BITS = $clog2(WIDTH);
    localparam logic [COUNT_BITS-1:0] LAST_STEP = COUNT_BITS'(WIDTH - 1);

    logic [WIDTH-1:0] multiplicand;
    logic [COUNT_BITS-1:0] step;
    logic [WIDTH-1:0] addend;
    logic [WIDTH:0] sum;

    // The lower half of product holds the bits of b that are still to come,
    // the lowest first. The sum has one bit more, for the carry.
    assign addend = product[0] ? multiplicand : '0;
    assign sum = {1'b0, product[2*WIDTH-1:WIDTH]} + {1'b0, addend};

    always_ff @(posedge clk) begin
        if (rst) begin
            busy <= 1'b0;
            done <= 1'b0;
            step <= '0;
            multiplicand <= '0;
            product <= '0;
        end else begin
            done <= 1'b0;
            if (busy) begin
                // Shift right: the carry moves in, the used bit of b moves out.
                product <= {sum, product[WIDTH-1:1]};
                step <= step + 1'b1;
                if (step == LAST_STEP) begin
                    busy <= 1'b0;
                    done <= 1'b1;
                end
            end else if (start) begin
                busy <= 1'b1;
                step <= '0;
                multiplicand <= a;
                product <= {{WIDTH{1'b0}}, b};
            end
        end
    end
endmodule
