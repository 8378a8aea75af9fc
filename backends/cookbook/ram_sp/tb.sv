// Writes every word, reads every word back, then mixes both at random.
module ram_sp_tb;
    localparam int WIDTH = 8;
    localparam int DEPTH = 256;
    localparam int ADDR_BITS = $clog2(DEPTH);
    localparam int RANDOM_CYCLES = 2000;

    logic clk;
    logic we;
    logic [ADDR_BITS-1:0] addr;
    logic [WIDTH-1:0] din;
    logic [WIDTH-1:0] dout;

    // The golden model. A word is compared only once it has been written.
    logic [WIDTH-1:0] model [0:DEPTH-1];
    bit written [0:DEPTH-1];

    int checks = 0;
    int errors = 0;

    ram_sp #(
        .WIDTH(WIDTH),
        .DEPTH(DEPTH)
    ) dut (
        .clk(clk),
        .we(we),
        .addr(addr),
        .din(din),
        .dout(dout)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #500000;
        $fatal(1, "time limit");
    end

    task check_dout(input logic [WIDTH-1:0] expected);
        checks++;
        if (dout !== expected) begin
            errors++;
            $error("dout at address %0d: expected %0h got %0h", addr, expected, dout);
        end
    endtask

    // One clock cycle. Called just after a falling edge, returns after the next.
    task cycle(input logic write, input logic [ADDR_BITS-1:0] where);
        logic [WIDTH-1:0] old_word;
        bit known;
        we = write;
        addr = where;
        din = WIDTH'({$urandom, $urandom});
        old_word = model[where];
        known = written[where];
        if (write) begin
            model[where] = din;
            written[where] = 1;
        end
        @(negedge clk);
        if (known)
            check_dout(old_word);
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, ram_sp_tb);
        for (int i = 0; i < DEPTH; i++)
            written[i] = 0;
        we = 0;
        addr = '0;
        din = '0;
        @(negedge clk);

        // Every place keeps its own word.
        for (int i = 0; i < DEPTH; i++)
            cycle(1, ADDR_BITS'(i));
        for (int i = 0; i < DEPTH && errors < 20; i++)
            cycle(0, ADDR_BITS'(i));

        // Two writes to one place: the second sees the word of the first.
        cycle(1, ADDR_BITS'(DEPTH - 1));
        cycle(1, ADDR_BITS'(DEPTH - 1));
        cycle(0, ADDR_BITS'(DEPTH - 1));

        // The output changes with the clock only, not with the address.
        addr = '0;
        #1;
        check_dout(model[DEPTH - 1]);

        for (int i = 0; i < RANDOM_CYCLES && errors < 20; i++)
            cycle($urandom_range(1) == 1, ADDR_BITS'($urandom));

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
