// Two clocks without a common period, a writer and a reader that know nothing of
// each other, and a list of the words that must come out.
module async_fifo_tb;
    localparam int WIDTH = 8;
    localparam int DEPTH = 16;
    localparam int RANDOM_CYCLES = 1500;
    localparam int SLOTS = 8192;

    logic wr_clk;
    logic wr_rst;
    logic wr_en;
    logic [WIDTH-1:0] wr_data;
    logic full;
    logic rd_clk;
    logic rd_rst;
    logic rd_en;
    logic [WIDTH-1:0] rd_data;
    logic empty;

    // Half periods, changed during the test.
    int seen_before;
    int wr_half;
    int rd_half;

    // The golden model: all words in the order of writing. The writer owns
    // written, the reader owns taken.
    logic [WIDTH-1:0] words [0:SLOTS-1];
    int written;
    int taken;

    // What the two sides shall do: chances in eighths.
    int wr_chance;
    int rd_chance;
    int full_seen;
    int empty_seen;

    int wr_checks = 0;
    int wr_errors = 0;
    int rd_checks = 0;
    int rd_errors = 0;
    int checks = 0;
    int errors = 0;

    async_fifo #(
        .WIDTH(WIDTH),
        .DEPTH(DEPTH)
    ) dut (
        .wr_clk(wr_clk),
        .wr_rst(wr_rst),
        .wr_en(wr_en),
        .wr_data(wr_data),
        .full(full),
        .rd_clk(rd_clk),
        .rd_rst(rd_rst),
        .rd_en(rd_en),
        .rd_data(rd_data),
        .empty(empty)
    );

    initial begin
        wr_clk = 0;
        forever #(wr_half) wr_clk = !wr_clk;
    end

    // The odd start keeps the edges of the two clocks apart at first.
    initial begin
        rd_clk = 0;
        #3;
        forever #(rd_half) rd_clk = !rd_clk;
    end

    initial begin
        #3000000;
        $fatal(1, "time limit");
    end

    // The writer decides at its falling edge, when full is stable for its next edge.
    initial begin
        wr_en = 0;
        wr_data = '0;
        written = 0;
        full_seen = 0;
        forever begin
            @(negedge wr_clk);
            wr_en = !wr_rst && ($urandom_range(7) < wr_chance);
            wr_data = WIDTH'({$urandom, $urandom});
            #1;
            wr_checks++;
            // The slower side can only make full look longer, never shorter.
            if (full !== 1'b0)
                full_seen++;
            if (!wr_rst && full !== 1'b1 && written - taken >= DEPTH) begin
                wr_errors++;
                $error("full with %0d words inside: expected 1 got %0d", written - taken, full);
            end
            if (wr_en && full === 1'b0) begin
                words[written % SLOTS] = wr_data;
                written++;
            end
        end
    end

    // The reader decides at its falling edge and compares after the next rising edge.
    initial begin
        logic will_read;
        rd_en = 0;
        taken = 0;
        empty_seen = 0;
        forever begin
            @(negedge rd_clk);
            rd_en = !rd_rst && ($urandom_range(7) < rd_chance);
            #1;
            rd_checks++;
            if (empty !== 1'b0)
                empty_seen++;
            if (!rd_rst && empty !== 1'b1 && written == taken) begin
                rd_errors++;
                $error("empty with no words inside: expected 1 got %0d", empty);
            end
            will_read = rd_en && (empty === 1'b0);
            if (will_read) begin
                @(posedge rd_clk);
                #1;
                rd_checks++;
                if (rd_data !== words[taken % SLOTS]) begin
                    rd_errors++;
                    $error("word %0d: expected %0h got %0h", taken, words[taken % SLOTS], rd_data);
                end
                taken++;
            end
        end
    end

    task check_count(input int expected, input int got, input bit at_least);
        checks++;
        if (at_least ? (got < expected) : (got != expected)) begin
            errors++;
            $error("words or flags counted: expected %0d got %0d", expected, got);
        end
    endtask

    // Traffic for a while with given clocks and chances.
    task run(input int wr, input int rd, input int writes, input int reads, input int cycles);
        wr_half = wr;
        rd_half = rd;
        wr_chance = writes;
        rd_chance = reads;
        for (int i = 0; i < cycles && wr_errors + rd_errors < 20; i++)
            @(negedge wr_clk);
    endtask

    // Long enough to empty it, whatever is inside.
    task drain;
        run(7, 5, 0, 8, 2 * DEPTH + 20);
        check_count(written, taken, 0);
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, async_fifo_tb);
        wr_half = 7;
        rd_half = 5;
        wr_chance = 0;
        rd_chance = 0;
        wr_rst = 1;
        rd_rst = 1;
        repeat (4) @(negedge wr_clk);
        wr_rst = 0;
        rd_rst = 0;

        // Fill it without reading: exactly DEPTH words fit.
        run(7, 5, 0, 0, 4);
        run(7, 5, 8, 0, DEPTH + 4);
        check_count(DEPTH, written, 0);
        drain;
        check_count(DEPTH, taken, 0);

        // A fast writer, a fast reader, and clocks of nearly the same period.
        seen_before = full_seen;
        run(5, 23, 8, 8, RANDOM_CYCLES);
        check_count(seen_before + 1, full_seen, 1);
        drain;
        seen_before = empty_seen;
        run(23, 6, 8, 8, RANDOM_CYCLES);
        check_count(seen_before + 1, empty_seen, 1);
        drain;
        run(10, 11, 5, 5, RANDOM_CYCLES);
        run(11, 10, 7, 7, RANDOM_CYCLES);
        drain;

        checks += wr_checks + rd_checks;
        errors += wr_errors + rd_errors;
        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
