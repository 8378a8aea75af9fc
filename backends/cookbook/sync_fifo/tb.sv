// Compares the FIFO with a list that the testbench keeps itself.
module sync_fifo_tb;
    localparam int WIDTH = 8;
    localparam int DEPTH = 16;
    localparam int COUNT_BITS = $clog2(DEPTH + 1);
    localparam int RANDOM_CYCLES = 2000;
    localparam int SLOTS = 8192;

    logic clk;
    logic rst;
    logic wr_en;
    logic [WIDTH-1:0] wr_data;
    logic rd_en;
    logic [WIDTH-1:0] rd_data;
    logic full;
    logic empty;
    logic [COUNT_BITS-1:0] count;

    // The golden model: every word ever accepted, in order.
    logic [WIDTH-1:0] words [0:SLOTS-1];
    int head;
    int tail;
    logic [WIDTH-1:0] expected_data;
    bit data_known;

    int checks = 0;
    int errors = 0;

    sync_fifo #(
        .WIDTH(WIDTH),
        .DEPTH(DEPTH)
    ) dut (
        .clk(clk),
        .rst(rst),
        .wr_en(wr_en),
        .wr_data(wr_data),
        .rd_en(rd_en),
        .rd_data(rd_data),
        .full(full),
        .empty(empty),
        .count(count)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #200000;
        $fatal(1, "time limit");
    end

    task check_outputs;
        checks += 3;
        if (count !== COUNT_BITS'(tail - head)) begin
            errors++;
            $error("count: expected %0d got %0d", tail - head, count);
        end
        if (empty !== (tail == head)) begin
            errors++;
            $error("empty: expected %0d got %0d", tail == head, empty);
        end
        if (full !== (tail - head == DEPTH)) begin
            errors++;
            $error("full: expected %0d got %0d", tail - head == DEPTH, full);
        end
        if (data_known) begin
            checks++;
            if (rd_data !== expected_data) begin
                errors++;
                $error("rd_data: expected %0h got %0h", expected_data, rd_data);
            end
        end
    endtask

    // One clock cycle. Called just after a falling edge, returns after the next.
    task cycle(input logic write, input logic read);
        bit accept_write;
        bit accept_read;
        wr_en = write;
        rd_en = read;
        wr_data = WIDTH'({$urandom, $urandom});
        accept_write = write && (tail - head < DEPTH);
        accept_read = read && (tail != head);
        if (accept_write) begin
            words[tail % SLOTS] = wr_data;
            tail++;
        end
        if (accept_read) begin
            expected_data = words[head % SLOTS];
            data_known = 1;
            head++;
        end
        @(negedge clk);
        check_outputs;
    endtask

    task reset;
        rst = 1;
        wr_en = 0;
        rd_en = 0;
        @(negedge clk);
        rst = 0;
        head = 0;
        tail = 0;
        check_outputs;
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, sync_fifo_tb);
        wr_data = '0;
        data_known = 0;
        @(negedge clk);
        reset;

        // Reading an empty FIFO changes nothing.
        cycle(0, 1);
        // Fill it, and two words more that must be refused.
        repeat (DEPTH + 2) cycle(1, 0);
        // Write and read at once while full: only the read is accepted.
        cycle(1, 1);
        // Drain it, and two reads more that must be refused.
        repeat (DEPTH + 2) cycle(0, 1);
        // Write and read at once while empty: only the write is accepted.
        cycle(1, 1);
        // Both at once, often enough for the pointers to wrap.
        repeat (2 * DEPTH + 1) cycle(1, 1);

        // Reset with words inside: they are gone.
        repeat (2) cycle(1, 0);
        reset;
        cycle(0, 1);

        // Random traffic, by turns with more writes and with more reads.
        for (int i = 0; i < RANDOM_CYCLES && errors < 20; i++) begin
            if (i % 200 < 100)
                cycle($urandom_range(3) != 0, $urandom_range(3) == 0);
            else
                cycle($urandom_range(3) == 0, $urandom_range(3) != 0);
        end

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
