// Compares products with the simulator's own multiplication, and checks the
// handshake in every cycle.
module multiplier_tb;
    localparam WIDTH = 8;
    localparam RANDOM_PRODUCTS = 300;
    localparam [WIDTH-1:0] ZERO = {WIDTH{1'b0}};
    localparam [WIDTH-1:0] ONE = {{WIDTH-1{1'b0}}, 1'b1};
    localparam [WIDTH-1:0] LARGEST = {WIDTH{1'b1}};
    localparam [WIDTH-1:0] HIGHEST_BIT = {1'b1, {WIDTH-1{1'b0}}};

    reg clk;
    reg rst;
    reg start;
    reg [WIDTH-1:0] a;
    reg [WIDTH-1:0] b;
    wire busy;
    wire done;
    wire [2*WIDTH-1:0] product;

    reg [2*WIDTH-1:0] expected;
    reg [WIDTH-1:0] next_a;
    reg [WIDTH-1:0] next_b;
    integer i;
    integer bit_index;
    integer checks;
    integer errors;

    multiplier #(
        .WIDTH(WIDTH)
    ) dut (
        .clk(clk),
        .rst(rst),
        .start(start),
        .a(a),
        .b(b),
        .busy(busy),
        .done(done),
        .product(product)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #(10 * (WIDTH + 10) * (RANDOM_PRODUCTS + 50));
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    // True once in n times on average.
    function chance;
        input integer n;
        chance = ($random % n == 0);
    endfunction

    task random_operands;
        for (bit_index = 0; bit_index < WIDTH; bit_index = bit_index + 1) begin
            next_a[bit_index] = chance(2);
            next_b[bit_index] = chance(2);
        end
    endtask

    task check_handshake;
        input expected_busy;
        input expected_done;
        begin
            checks = checks + 2;
            if (busy !== expected_busy) begin
                errors = errors + 1;
                $display("ERROR: busy: expected %0d got %0d", expected_busy, busy);
            end
            if (done !== expected_done) begin
                errors = errors + 1;
                $display("ERROR: done: expected %0d got %0d", expected_done, done);
            end
        end
    endtask

    task check_product;
        input [WIDTH-1:0] x;
        input [WIDTH-1:0] y;
        begin
            expected = {ZERO, x} * {ZERO, y};
            checks = checks + 1;
            if (product !== expected) begin
                errors = errors + 1;
                $display("ERROR: %0d * %0d: expected %0d got %0d", x, y, expected, product);
            end
        end
    endtask

    // While the multiplier is busy, its inputs change at random and must not matter.
    task multiply;
        input [WIDTH-1:0] x;
        input [WIDTH-1:0] y;
        begin
            a = x;
            b = y;
            start = 1;
            repeat (WIDTH) begin
                @(negedge clk);
                check_handshake(1, 0);
                random_operands;
                a = next_a;
                b = next_b;
                start = chance(2);
            end
            @(negedge clk);
            start = 0;
            check_handshake(0, 1);
            check_product(x, y);
            // Sometimes the next multiplication begins at once, sometimes not.
            while (chance(2)) begin
                @(negedge clk);
                check_handshake(0, 0);
                check_product(x, y);
            end
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, multiplier_tb);
        checks = 0;
        errors = 0;
        rst = 1;
        start = 0;
        a = ZERO;
        b = ZERO;
        repeat (2) @(negedge clk);
        rst = 0;
        @(negedge clk);
        check_handshake(0, 0);

        multiply(ZERO, ZERO);
        multiply(ONE, LARGEST);
        multiply(LARGEST, ONE);
        multiply(ZERO, LARGEST);
        multiply(LARGEST, LARGEST);
        // The highest bit alone, on either side.
        multiply(HIGHEST_BIT, LARGEST);
        multiply(LARGEST, HIGHEST_BIT);

        // A reset in the middle of a multiplication ends it.
        a = LARGEST;
        b = LARGEST;
        start = 1;
        @(negedge clk);
        start = 0;
        rst = 1;
        @(negedge clk);
        rst = 0;
        check_handshake(0, 0);
        multiply(LARGEST, ONE);

        for (i = 0; i < RANDOM_PRODUCTS && errors < 20; i = i + 1) begin
            random_operands;
            multiply(next_a, next_b);
        end

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
