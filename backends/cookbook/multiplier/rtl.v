// Sequential multiplier by shifting and adding, unsigned: one bit of b a cycle.
module multiplier #(
    parameter WIDTH = 8
) (
    input  wire               clk,
    input  wire               rst,
    input  wire               start,
    input  wire [WIDTH-1:0]   a,
    input  wire [WIDTH-1:0]   b,
    output reg                busy,
    output reg                done,
    output reg  [2*WIDTH-1:0] product
);
    localparam COUNT_BITS = clog2(WIDTH);
    localparam [31:0] LAST_STEP = WIDTH - 1;

    // The number of bits needed to count from 0 to value - 1.
    function integer clog2;
        input integer value;
        begin
            clog2 = 0;
            while ((1 << clog2) < value)
                clog2 = clog2 + 1;
        end
    endfunction

    reg [WIDTH-1:0] multiplicand;
    reg [COUNT_BITS-1:0] step;
    wire [WIDTH-1:0] addend;
    wire [WIDTH:0] sum;

    // The lower half of product holds the bits of b that are still to come,
    // the lowest first. The sum has one bit more, for the carry.
    assign addend = product[0] ? multiplicand : {WIDTH{1'b0}};
    assign sum = {1'b0, product[2*WIDTH-1:WIDTH]} + {1'b0, addend};

    always @(posedge clk) begin
        if (rst) begin
            busy <= 1'b0;
            done <= 1'b0;
            step <= {COUNT_BITS{1'b0}};
            multiplicand <= {WIDTH{1'b0}};
            product <= {2*WIDTH{1'b0}};
        end else begin
            done <= 1'b0;
            if (busy) begin
                // Shift right: the carry moves in, the used bit of b moves out.
                product <= {sum, product[WIDTH-1:1]};
                step <= step + 1'b1;
                if (step == LAST_STEP[COUNT_BITS-1:0]) begin
                    busy <= 1'b0;
                    done <= 1'b1;
                end
            end else if (start) begin
                busy <= 1'b1;
                step <= {COUNT_BITS{1'b0}};
                multiplicand <= a;
                product <= {{WIDTH{1'b0}}, b};
            end
        end
    end
endmodule
