// Compares all lines with a timetable in every clock cycle, and plays a slave
// whose bit is right only around the rising edge of sclk.
module spi_master_tb;
    localparam int WIDTH = 8;
    localparam int HALF_CLKS = 4;
    localparam int BIT_CLKS = 2 * HALF_CLKS;
    localparam int TRANSFER_CLKS = WIDTH * BIT_CLKS;
    localparam int RANDOM_TRANSFERS = 2 + 10000 / (TRANSFER_CLKS + 50);

    logic clk;
    logic rst;
    logic start;
    logic [WIDTH-1:0] tx_data;
    logic [WIDTH-1:0] rx_data;
    logic busy;
    logic done;
    logic sclk;
    logic mosi;
    logic miso;
    logic cs_n;

    int checks = 0;
    int errors = 0;

    spi_master #(
        .WIDTH(WIDTH),
        .HALF_CLKS(HALF_CLKS)
    ) dut (
        .clk(clk),
        .rst(rst),
        .start(start),
        .tx_data(tx_data),
        .rx_data(rx_data),
        .busy(busy),
        .done(done),
        .sclk(sclk),
        .mosi(mosi),
        .miso(miso),
        .cs_n(cs_n)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #(10 * (TRANSFER_CLKS + HALF_CLKS + 10) * (RANDOM_TRANSFERS + 10));
        $fatal(1, "time limit");
    end

    task check_line(input string name, input logic got, input logic expected);
        checks++;
        if (got !== expected) begin
            errors++;
            $error("%0s: expected %0d got %0d", name, expected, got);
        end
    endtask

    task check_idle(input logic expected_done);
        check_line("cs_n", cs_n, 1);
        check_line("sclk", sclk, 0);
        check_line("busy", busy, 0);
        check_line("done", done, expected_done);
    endtask

    task check_rx_data(input logic [WIDTH-1:0] expected);
        checks++;
        if (rx_data !== expected) begin
            errors++;
            $error("rx_data: expected %0h got %0h", expected, rx_data);
        end
    endtask

    // One transfer. Once it has begun, start and tx_data must not matter.
    task transfer(input logic [WIDTH-1:0] to_slave, input logic [WIDTH-1:0] to_master,
                  input int idle_after);
        logic [WIDTH-1:0] sending;
        logic [WIDTH-1:0] answering;
        logic second_half;
        sending = to_slave;
        answering = to_master;
        start = 1;
        tx_data = to_slave;
        for (int i = 0; i < TRANSFER_CLKS + HALF_CLKS && errors < 20; i++) begin
            @(negedge clk);
            if (i > 0 && i % BIT_CLKS == 0) begin
                sending = sending << 1;
                answering = answering << 1;
            end
            second_half = (i % BIT_CLKS >= HALF_CLKS);
            check_line("cs_n", cs_n, 0);
            check_line("busy", busy, 1);
            check_line("done", done, 0);
            check_line("sclk", sclk, second_half && i < TRANSFER_CLKS);
            if (i < TRANSFER_CLKS)
                check_line("mosi", mosi, sending[WIDTH-1]);
            miso = second_half ? 1'($urandom) : answering[WIDTH-1];
            start = 1'($urandom);
            tx_data = WIDTH'({$urandom, $urandom});
        end
        @(negedge clk);
        start = 0;
        check_idle(1);
        check_rx_data(to_master);
        repeat (idle_after) begin
            @(negedge clk);
            check_idle(0);
            check_rx_data(to_master);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, spi_master_tb);
        rst = 1;
        start = 0;
        tx_data = '0;
        miso = 0;
        repeat (2) @(negedge clk);
        rst = 0;
        @(negedge clk);
        check_idle(0);

        transfer('1, '0, 2);
        transfer('0, '1, 0);
        // Only the first bit, only the last bit.
        transfer(WIDTH'(1), WIDTH'(1) << (WIDTH - 1), 0);
        transfer(WIDTH'(1) << (WIDTH - 1), WIDTH'(1), 3);

        // A reset in the middle of a transfer releases the slave.
        start = 1;
        @(negedge clk);
        start = 0;
        repeat (HALF_CLKS) @(negedge clk);
        rst = 1;
        @(negedge clk);
        rst = 0;
        check_idle(0);

        for (int i = 0; i < RANDOM_TRANSFERS && errors < 20; i++)
            transfer(WIDTH'({$urandom, $urandom}), WIDTH'({$urandom, $urandom}),
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
