// Writes every word, reads every word back, then mixes both at random.
module ram_sp_tb;
    localparam WIDTH = 8;
    localparam DEPTH = 256;
    localparam ADDR_BITS = clog2(DEPTH);
    localparam RANDOM_CYCLES = 2000;

    reg clk;
    reg we;
    reg [ADDR_BITS-1:0] addr;
    reg [WIDTH-1:0] din;
    wire [WIDTH-1:0] dout;

    // The golden model. A word is compared only once it has been written.
    reg [WIDTH-1:0] model [0:DEPTH-1];
    reg written [0:DEPTH-1];
    reg [WIDTH-1:0] old_word;
    reg known;

    reg [ADDR_BITS-1:0] where;
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

    // True once in n times on average.
    function chance;
        input integer n;
        chance = ($random % n == 0);
    endfunction

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
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    task check_dout;
        input [WIDTH-1:0] expected;
        begin
            checks = checks + 1;
            if (dout !== expected) begin
                errors = errors + 1;
                $display("ERROR: dout at address %0d: expected %0h got %0h", addr, expected, dout);
            end
        end
    endtask

    // One clock cycle. Called just after a falling edge, returns after the next.
    task cycle;
        input write;
        input [ADDR_BITS-1:0] place;
        begin
            we = write;
            addr = place;
            for (bit_index = 0; bit_index < WIDTH; bit_index = bit_index + 1)
                din[bit_index] = chance(2);
            old_word = model[place];
            known = written[place];
            if (write) begin
                model[place] = din;
                written[place] = 1;
            end
            @(negedge clk);
            if (known)
                check_dout(old_word);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, ram_sp_tb);
        checks = 0;
        errors = 0;
        for (i = 0; i < DEPTH; i = i + 1)
            written[i] = 0;
        we = 0;
        addr = {ADDR_BITS{1'b0}};
        din = {WIDTH{1'b0}};
        @(negedge clk);

        // Every place keeps its own word.
        where = {ADDR_BITS{1'b0}};
        repeat (DEPTH) begin
            cycle(1, where);
            where = where + 1'b1;
        end
        repeat (DEPTH) begin
            cycle(0, where);
            where = where + 1'b1;
        end

        // Two writes to one place: the second sees the word of the first.
        where = {ADDR_BITS{1'b1}};
        cycle(1, where);
        cycle(1, where);
        cycle(0, where);

        // The output changes with the clock only, not with the address.
        addr = {ADDR_BITS{1'b0}};
        #1;
        check_dout(model[DEPTH-1]);

        for (i = 0; i < RANDOM_CYCLES && errors < 20; i = i + 1) begin
            for (bit_index = 0; bit_index < ADDR_BITS; bit_index = bit_index + 1)
                where[bit_index] = chance(2);
            cycle(chance(2), where);
        end

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
