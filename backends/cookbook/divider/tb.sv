// Compares results with the simulator's own division, and checks the handshake
// in every cycle.
module divider_tb;
    localparam int WIDTH = 8;
    localparam int RANDOM_DIVISIONS = 300;

    logic clk;
    logic rst;
    logic start;
    logic [WIDTH-1:0] dividend;
    logic [WIDTH-1:0] divisor;
    logic busy;
    logic done;
    logic div_by_zero;
    logic [WIDTH-1:0] quotient;
    logic [WIDTH-1:0] remainder;

    logic [WIDTH-1:0] largest;

    int checks = 0;
    int errors = 0;

    divider #(
        .WIDTH(WIDTH)
    ) dut (
        .clk(clk),
        .rst(rst),
        .start(start),
        .dividend(dividend),
        .divisor(divisor),
        .busy(busy),
        .done(done),
        .div_by_zero(div_by_zero),
        .quotient(quotient),
        .remainder(remainder)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #(10 * (WIDTH + 10) * (RANDOM_DIVISIONS + 50));
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

    task check_result(input logic [WIDTH-1:0] x, input logic [WIDTH-1:0] y);
        logic [WIDTH-1:0] expected_quotient;
        logic [WIDTH-1:0] expected_remainder;
        // By definition of this divider: x / 0 is all ones, and x remains.
        expected_quotient = (y == '0) ? '1 : x / y;
        expected_remainder = (y == '0) ? x : x % y;
        checks += 3;
        if (quotient !== expected_quotient) begin
            errors++;
            $error("%0d / %0d: expected %0d got %0d", x, y, expected_quotient, quotient);
        end
        if (remainder !== expected_remainder) begin
            errors++;
            $error("%0d mod %0d: expected %0d got %0d", x, y, expected_remainder, remainder);
        end
        if (div_by_zero !== (y == '0)) begin
            errors++;
            $error("div_by_zero: expected %0d got %0d", y == '0, div_by_zero);
        end
    endtask

    // While the divider is busy, its inputs change at random and must not matter.
    task divide(input logic [WIDTH-1:0] x, input logic [WIDTH-1:0] y, input int idle_after);
        dividend = x;
        divisor = y;
        start = 1;
        repeat (WIDTH) begin
            @(negedge clk);
            check_handshake(1, 0);
            dividend = WIDTH'({$urandom, $urandom});
            divisor = WIDTH'({$urandom, $urandom});
            start = 1'($urandom);
        end
        @(negedge clk);
        start = 0;
        check_handshake(0, 1);
        check_result(x, y);
        repeat (idle_after) begin
            @(negedge clk);
            check_handshake(0, 0);
            check_result(x, y);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, divider_tb);
        rst = 1;
        start = 0;
        dividend = '0;
        divisor = '0;
        largest = '1;
        repeat (2) @(negedge clk);
        rst = 0;
        @(negedge clk);
        check_handshake(0, 0);

        divide(largest, WIDTH'(1), 2);
        divide(largest, largest, 0);
        divide(largest - 1'b1, largest, 0);
        divide('0, largest, 1);
        divide(largest, WIDTH'(2), 0);
        divide(largest, WIDTH'(3), 0);
        // A divisor with its highest bit set needs the extra bit of the subtraction.
        divide(largest, largest ^ (largest >> 1), 3);
        divide(largest, '0, 1);
        divide('0, '0, 1);

        // A reset in the middle of a division ends it.
        dividend = largest;
        divisor = '0;
        start = 1;
        @(negedge clk);
        start = 0;
        rst = 1;
        @(negedge clk);
        rst = 0;
        check_handshake(0, 0);
        divide(WIDTH'(3), WIDTH'(2), 1);

        // Random divisors of all sizes, so that large quotients come up too.
        for (int i = 0; i < RANDOM_DIVISIONS && errors < 20; i++)
            divide(WIDTH'({$urandom, $urandom}),
                   WIDTH'({$urandom, $urandom}) >> $urandom_range(WIDTH - 1),
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
