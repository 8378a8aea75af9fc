// Compares products with the simulator's own multiplication, and checks the
// handshake in every cycle.
module multiplier_tb;
    localparam int WIDTH = 8;
    localparam int RANDOM_PRODUCTS = 300;

    logic clk;
    logic rst;
    logic start;
    logic [WIDTH-1:0] a;
    logic [WIDTH-1:0] b;
    logic busy;
    logic done;
    logic [2*WIDTH-1:0] product;

    logic [WIDTH-1:0] largest;

    int checks = 0;
    int errors = 0;

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
        $fatal(1, "time limit");
    end

    task check_handshake(input logic expected_busy, input logic expected_done);
        checks += 2;
        if (busy !== expected_busy) begin
            errors++;
            $error("busy: expected %0d got %0d", expected_busy, busy);
        end
        if (done !== expected_done) begin
            errors++;
            $error("done: expected %0d got %0d", expected_done, done);
        end
    endtask

    task check_product(input logic [WIDTH-1:0] x, input logic [WIDTH-1:0] y);
        logic [2*WIDTH-1:0] expected;
        expected = (2*WIDTH)'(x) * (2*WIDTH)'(y);
        checks++;
        if (product !== expected) begin
            errors++;
            $error("%0d * %0d: expected %0d got %0d", x, y, expected, product);
        end
    endtask

    // While the multiplier is busy, its inputs change at random and must not matter.
    task multiply(input logic [WIDTH-1:0] x, input logic [WIDTH-1:0] y, input int idle_after);
        a = x;
        b = y;
        start = 1;
        repeat (WIDTH) begin
            @(negedge clk);
            check_handshake(1, 0);
            a = WIDTH'({$urandom, $urandom});
            b = WIDTH'({$urandom, $urandom});
            start = 1'($urandom);
        end
        @(negedge clk);
        start = 0;
        check_handshake(0, 1);
        check_product(x, y);
        repeat (idle_after) begin
            @(negedge clk);
            check_handshake(0, 0);
            check_product(x, y);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, multiplier_tb);
        rst = 1;
        start = 0;
        a = '0;
        b = '0;
        largest = '1;
        repeat (2) @(negedge clk);
        rst = 0;
        @(negedge clk);
        check_handshake(0, 0);

        multiply('0, '0, 2);
        multiply(WIDTH'(1), largest, 0);
        multiply(largest, WIDTH'(1), 0);
        multiply('0, largest, 1);
        multiply(largest, largest, 3);
        // The highest bit alone, on either side.
        multiply(largest ^ (largest >> 1), WIDTH'(3), 0);
        multiply(WIDTH'(3), largest ^ (largest >> 1), 0);

        // A reset in the middle of a multiplication ends it.
        a = largest;
        b = largest;
        start = 1;
        @(negedge clk);
        start = 0;
        rst = 1;
        @(negedge clk);
        rst = 0;
        check_handshake(0, 0);
        multiply(WIDTH'(2), WIDTH'(3), 1);

        for (int i = 0; i < RANDOM_PRODUCTS && errors < 20; i++)
            multiply(WIDTH'({$urandom, $urandom}), WIDTH'({$urandom, $urandom}),
                     $urandom_range(2));

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
