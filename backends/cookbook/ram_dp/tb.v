// Uses both ports alone, together, and both at the same word.
module ram_dp_tb;
    localparam WIDTH = 8;
    localparam DEPTH = 256;
    localparam ADDR_BITS = clog2(DEPTH);
    localparam RANDOM_CYCLES = 2000;
    localparam [ADDR_BITS-1:0] FIRST = {ADDR_BITS{1'b0}};
    localparam [ADDR_BITS-1:0] LAST = {ADDR_BITS{1'b1}};

    reg clk;
    reg wr_en;
    reg [ADDR_BITS-1:0] wr_addr;
    reg [WIDTH-1:0] wr_data;
    reg rd_en;
    reg [ADDR_BITS-1:0] rd_addr;
    wire [WIDTH-1:0] rd_data;

    // The golden model. Its output is known once a written word was read.
    reg [WIDTH-1:0] model [0:DEPTH-1];
    reg written [0:DEPTH-1];
    reg [WIDTH-1:0] expected;
    reg known;

    reg [ADDR_BITS-1:0] place;
    reg [ADDR_BITS-1:0] other_place;
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
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    task check_rd_data;
        begin
            checks = checks + 1;
            if (rd_data !== expected) begin
                errors = errors + 1;
                $display("ERROR: rd_data: expected %0h got %0h", expected, rd_data);
            end
        end
    endtask

    // One clock cycle. Called just after a falling edge, returns after the next.
    task cycle;
        input write;
        input [ADDR_BITS-1:0] to;
        input read;
        input [ADDR_BITS-1:0] from;
        begin
            wr_en = write;
            wr_addr = to;
            for (bit_index = 0; bit_index < WIDTH; bit_index = bit_index + 1)
                wr_data[bit_index] = chance(2);
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
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, ram_dp_tb);
        checks = 0;
        errors = 0;
        for (i = 0; i < DEPTH; i = i + 1)
            written[i] = 0;
        known = 0;
        wr_en = 0;
        wr_addr = FIRST;
        wr_data = {WIDTH{1'b0}};
        rd_en = 0;
        rd_addr = FIRST;
        @(negedge clk);

        // Every place keeps its own word.
        place = FIRST;
        repeat (DEPTH) begin
            cycle(1, place, 0, FIRST);
            place = place + 1'b1;
        end
        repeat (DEPTH) begin
            cycle(0, FIRST, 1, place);
            place = place + 1'b1;
        end

        // Without rd_en the output keeps its value, whatever the address is.
        cycle(0, FIRST, 0, FIRST);
        cycle(0, FIRST, 0, LAST);
        rd_addr = FIRST;
        #1;
        check_rd_data;

        // Both ports at the same word, twice: the old word comes out.
        cycle(1, LAST, 1, LAST);
        cycle(1, LAST, 1, LAST);
        cycle(0, LAST, 1, LAST);

        for (i = 0; i < RANDOM_CYCLES && errors < 20; i = i + 1) begin
            for (bit_index = 0; bit_index < ADDR_BITS; bit_index = bit_index + 1) begin
                place[bit_index] = chance(2);
                other_place[bit_index] = chance(2);
            end
            cycle(chance(2), place, !chance(4), other_place);
        end

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
