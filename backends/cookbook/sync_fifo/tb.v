// Compares the FIFO with a list that the testbench keeps itself.
module sync_fifo_tb;
    localparam WIDTH = 8;
    localparam DEPTH = 16;
    localparam RANDOM_CYCLES = 2000;
    localparam SLOTS = 8192;

    reg clk;
    reg rst;
    reg wr_en;
    reg [WIDTH-1:0] wr_data;
    reg rd_en;
    wire [WIDTH-1:0] rd_data;
    wire full;
    wire empty;
    wire [clog2(DEPTH+1)-1:0] count;

    // The golden model: every word ever accepted, in order.
    reg [WIDTH-1:0] words [0:SLOTS-1];
    integer head;
    integer tail;
    integer used;
    reg [WIDTH-1:0] expected_data;
    reg data_known;
    reg accept_write;
    reg accept_read;

    integer i;
    integer bit_index;
    integer checks;
    integer errors;

    function integer clog2;
        input integer value;
        begin
            clog2 = 0;
            while ((1 << clog2) < value)
                clog2 = clog2 + 1;
        end
    endfunction

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
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    task check_outputs;
        begin
            checks = checks + 3;
            used = tail - head;
            if (count !== used[clog2(DEPTH+1)-1:0]) begin
                errors = errors + 1;
                $display("ERROR: count: expected %0d got %0d", used, count);
            end
            if (empty !== (used == 0)) begin
                errors = errors + 1;
                $display("ERROR: empty: expected %0d got %0d", used == 0, empty);
            end
            if (full !== (used == DEPTH)) begin
                errors = errors + 1;
                $display("ERROR: full: expected %0d got %0d", used == DEPTH, full);
            end
            if (data_known) begin
                checks = checks + 1;
                if (rd_data !== expected_data) begin
                    errors = errors + 1;
                    $display("ERROR: rd_data: expected %0h got %0h", expected_data, rd_data);
                end
            end
        end
    endtask

    // One clock cycle. Called just after a falling edge, returns after the next.
    task cycle;
        input write;
        input read;
        begin
            wr_en = write;
            rd_en = read;
            for (bit_index = 0; bit_index < WIDTH; bit_index = bit_index + 1)
                wr_data[bit_index] = chance(2);
            accept_write = write && (tail - head < DEPTH);
            accept_read = read && (tail != head);
            if (accept_write) begin
                words[tail % SLOTS] = wr_data;
                tail = tail + 1;
            end
            if (accept_read) begin
                expected_data = words[head % SLOTS];
                data_known = 1;
                head = head + 1;
            end
            @(negedge clk);
            check_outputs;
        end
    endtask

    task reset;
        begin
            rst = 1;
            wr_en = 0;
            rd_en = 0;
            @(negedge clk);
            rst = 0;
            head = 0;
            tail = 0;
            check_outputs;
        end
    endtask

    // True once in n times on average.
    function chance;
        input integer n;
        chance = ($random % n == 0);
    endfunction

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, sync_fifo_tb);
        checks = 0;
        errors = 0;
        wr_data = {WIDTH{1'b0}};
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
        for (i = 0; i < RANDOM_CYCLES && errors < 20; i = i + 1) begin
            if (i % 200 < 100)
                cycle(!chance(4), chance(4));
            else
                cycle(chance(4), !chance(4));
        end

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
