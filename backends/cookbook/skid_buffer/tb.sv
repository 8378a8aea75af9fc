// Compares the buffer with a list of at most two words, in every cycle.
module skid_buffer_tb;
    localparam int WIDTH = 8;
    localparam int RANDOM_CYCLES = 3000;
    localparam int SLOTS = 4096;

    logic clk;
    logic rst;
    logic in_valid;
    logic in_ready;
    logic [WIDTH-1:0] in_data;
    logic out_valid;
    logic out_ready;
    logic [WIDTH-1:0] out_data;

    // The golden model: every word ever accepted, in order.
    logic [WIDTH-1:0] words [0:SLOTS-1];
    int head;
    int tail;

    int checks = 0;
    int errors = 0;

    skid_buffer #(
        .WIDTH(WIDTH)
    ) dut (
        .clk(clk),
        .rst(rst),
        .in_valid(in_valid),
        .in_ready(in_ready),
        .in_data(in_data),
        .out_valid(out_valid),
        .out_ready(out_ready),
        .out_data(out_data)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #100000;
        $fatal(1, "time limit");
    end

    task check_outputs;
        checks += 2;
        if (out_valid !== (tail != head)) begin
            errors++;
            $error("out_valid: expected %0d got %0d", tail != head, out_valid);
        end
        if (in_ready !== (tail - head < 2)) begin
            errors++;
            $error("in_ready: expected %0d got %0d", tail - head < 2, in_ready);
        end
        if (tail != head) begin
            checks++;
            if (out_data !== words[head % SLOTS]) begin
                errors++;
                $error("out_data: expected %0h got %0h", words[head % SLOTS], out_data);
            end
        end
    endtask

    // One clock cycle. Called just after a falling edge, returns after the next.
    task cycle(input logic offer, input logic accept);
        bit put;
        bit take;
        // A sender must not take back a word it has offered, or change it.
        if (!(in_valid && tail - head >= 2)) begin
            in_valid = offer;
            in_data = WIDTH'({$urandom, $urandom});
        end
        out_ready = accept;
        // The outputs must not follow the inputs within a cycle.
        #1;
        check_outputs;
        put = in_valid && (tail - head < 2);
        take = accept && (tail != head);
        @(negedge clk);
        if (put) begin
            words[tail % SLOTS] = in_data;
            tail++;
        end
        if (take)
            head++;
        check_outputs;
        if (put)
            in_valid = 0;
    endtask

    task reset;
        rst = 1;
        in_valid = 0;
        out_ready = 0;
        @(negedge clk);
        rst = 0;
        head = 0;
        tail = 0;
        check_outputs;
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, skid_buffer_tb);
        in_data = '0;
        reset;

        // Nothing offered; then a word in every cycle, without a gap.
        repeat (2) cycle(0, 1);
        repeat (20) cycle(1, 1);
        // The receiver stops: two words are kept, a third must wait.
        repeat (4) cycle(1, 0);
        repeat (6) cycle(1, 1);
        // It stops for single cycles.
        for (int i = 0; i < 12; i++)
            cycle(1, i % 2 == 0);
        // The sender stops, everything drains.
        repeat (5) cycle(0, 1);

        // A reset forgets what is inside.
        repeat (3) cycle(1, 0);
        reset;
        repeat (2) cycle(0, 1);

        for (int i = 0; i < RANDOM_CYCLES && errors < 20; i++)
            cycle($urandom_range(3) != 0, $urandom_range(2) != 0);

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
