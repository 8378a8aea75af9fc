// Compares the grant with a model that walks round the requests one by one, and
// checks that nobody waits for longer than a round.
module arbiter_rr_tb;
    localparam int N = 4;
    localparam int RANDOM_CYCLES = 3000;

    logic clk;
    logic rst;
    logic [N-1:0] request;
    logic [N-1:0] grant;

    // The golden model: the number of the last winner.
    int last;
    int waiting [0:N-1];

    int checks = 0;
    int errors = 0;

    arbiter_rr #(
        .N(N)
    ) dut (
        .clk(clk),
        .rst(rst),
        .request(request),
        .grant(grant)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #100000;
        $fatal(1, "time limit");
    end

    // One clock cycle. Called just after a falling edge, returns after the next.
    task cycle(input logic [N-1:0] wanted);
        logic [N-1:0] expected;
        int winner;
        request = wanted;
        #1;

        winner = -1;
        for (int i = N; i >= 1; i--) begin
            if (wanted[(last + i) % N])
                winner = (last + i) % N;
        end
        expected = '0;
        if (winner >= 0)
            expected[winner] = 1;
        checks++;
        if (grant !== expected) begin
            errors++;
            $error("grant for request %b after number %0d: expected %b got %b",
                   wanted, last, expected, grant);
        end

        // A request that stays is served within N cycles.
        for (int i = 0; i < N; i++) begin
            if (wanted[i] && grant[i] !== 1'b1)
                waiting[i]++;
            else
                waiting[i] = 0;
            checks++;
            if (waiting[i] >= N) begin
                errors++;
                $error("cycles number %0d waits: expected %0d got %0d", i, N - 1, waiting[i]);
            end
        end

        if (winner >= 0)
            last = winner;
        @(negedge clk);
    endtask

    task reset;
        rst = 1;
        request = '0;
        @(negedge clk);
        rst = 0;
        // The first round begins with number 0.
        last = N - 1;
        for (int i = 0; i < N; i++)
            waiting[i] = 0;
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, arbiter_rr_tb);
        reset;

        // Nobody, everybody for two rounds, each alone.
        cycle('0);
        repeat (2 * N + 1) cycle('1);
        for (int i = 0; i < N; i++)
            cycle(N'(1) << i);

        // A pause must not change whose turn it is.
        cycle('1);
        repeat (3) cycle('0);
        cycle('1);

        // The reset puts number 0 first again.
        reset;
        cycle('1);

        for (int i = 0; i < RANDOM_CYCLES && errors < 20; i++) begin
            if ($urandom_range(199) == 0)
                reset;
            // Sparse and dense by turns.
            if (i % 100 < 50)
                cycle(N'($urandom) & N'($urandom));
            else
                cycle(N'($urandom) | N'($urandom));
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
