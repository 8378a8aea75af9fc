// Uses both ports alone, together, and both at the same word.
module ram_dp_tb;
    localparam int WIDTH = 8;
    localparam int DEPTH = 256;
    localparam int ADDR_BITS = $clog2(DEPTH);
    localparam int RANDOM_CYCLES = 2000;

    logic clk;
    logic wr_en;
    logic [ADDR_BITS-1:0] wr_addr;
    logic [WIDTH-1:0] wr_data;
    logic rd_en;
    logic [ADDR_BITS-1:0] rd_addr;
    logic [WIDTH-1:0] rd_data;

    // The golden model. Its output is known once a written word was read.
    logic [WIDTH-1:0] model [0:DEPTH-1];
    bit written [0:DEPTH-1];
    logic [WIDTH-1:0] expected;
    bit known;

    int checks = 0;
    int errors = 0;

    ram_dp #(
        .WIDTH(WIDTH),
        .DEPTH(DEPTH)
    ) dut (
        .clk(clk),
        .wr_en(wr_en),
        .wr_addr(wr_addr),
        .wr_data(wr_data),
        .rd_en(rd_en),
        .rd_addr(rd_addr),
        .rd_data(rd_data)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #500000;
        $fatal(1, "time limit");
    end

    task check_rd_data;
        checks++;
        if (rd_data !== expected) begin
            errors++;
            $error("rd_data: expected %0h got %0h", expected, rd_data);
        end
    endtask

    // One clock cycle. Called just after a falling edge, returns after the next.
    task cycle(input logic write, input logic [ADDR_BITS-1:0] to,
               input logic read, input logic [ADDR_BITS-1:0] from);
        wr_en = write;
        wr_addr = to;
        wr_data = WIDTH'({$urandom, $urandom});
        rd_en = read;
        rd_addr = from;
        // The read comes first: it sees the word from before the write.
        if (read) begin
            expected = model[from];
            known = written[from];
        end
        if (write) begin
            model[to] = wr_data;
            written[to] = 1;
        end
        @(negedge clk);
        if (known)
            check_rd_data;
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, ram_dp_tb);
        for (int i = 0; i < DEPTH; i++)
            written[i] = 0;
        known = 0;
        wr_en = 0;
        wr_addr = '0;
        wr_data = '0;
        rd_en = 0;
        rd_addr = '0;
        @(negedge clk);

        // Every place keeps its own word.
        for (int i = 0; i < DEPTH; i++)
            cycle(1, ADDR_BITS'(i), 0, '0);
        for (int i = 0; i < DEPTH && errors < 20; i++)
            cycle(0, '0, 1, ADDR_BITS'(i));

        // Without rd_en the output keeps its value, whatever the address is.
        cycle(0, '0, 0, '0);
        cycle(0, '0, 0, ADDR_BITS'(1));
        rd_addr = '0;
        #1;
        check_rd_data;

        // Both ports at the same word, twice: the old word comes out.
        cycle(1, ADDR_BITS'(1), 1, ADDR_BITS'(1));
        cycle(1, ADDR_BITS'(1), 1, ADDR_BITS'(1));
        cycle(0, ADDR_BITS'(1), 1, ADDR_BITS'(1));

        for (int i = 0; i < RANDOM_CYCLES && errors < 20; i++)
            cycle($urandom_range(1) == 1, ADDR_BITS'($urandom),
                  $urandom_range(3) != 0, ADDR_BITS'($urandom));

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
