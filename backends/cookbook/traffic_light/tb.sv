// Compares both lights in every cycle with a timetable, and checks that never
// both directions may drive.
module traffic_light_tb;
    localparam int GREEN_CLKS = 10;
    localparam int YELLOW_CLKS = 3;
    localparam int HALF_ROUND = GREEN_CLKS + YELLOW_CLKS;
    localparam int ROUND = 2 * HALF_ROUND;
    localparam int RANDOM_CYCLES = 1000;

    logic clk;
    logic rst;
    logic [2:0] ns_light;
    logic [2:0] ew_light;

    // The golden model: the cycle within the round of all lights.
    int phase;

    int checks = 0;
    int errors = 0;

    traffic_light #(
        .GREEN_CLKS(GREEN_CLKS),
        .YELLOW_CLKS(YELLOW_CLKS)
    ) dut (
        .clk(clk),
        .rst(rst),
        .ns_light(ns_light),
        .ew_light(ew_light)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #(10 * (4 * ROUND + RANDOM_CYCLES + 100));
        $fatal(1, "time limit");
    end

    // The light of a direction whose green begins in cycle 0 of the round.
    function automatic logic [2:0] timetable(input int cycle);
        if (cycle < GREEN_CLKS)
            timetable = 3'b001;
        else if (cycle < HALF_ROUND)
            timetable = 3'b010;
        else
            timetable = 3'b100;
    endfunction

    task check_lights;
        logic [2:0] expected_ns;
        logic [2:0] expected_ew;
        expected_ns = timetable(phase);
        expected_ew = timetable((phase + HALF_ROUND) % ROUND);
        checks += 3;
        if (ns_light !== expected_ns) begin
            errors++;
            $error("ns_light in cycle %0d: expected %b got %b", phase, expected_ns, ns_light);
        end
        if (ew_light !== expected_ew) begin
            errors++;
            $error("ew_light in cycle %0d: expected %b got %b", phase, expected_ew, ew_light);
        end
        if (ns_light !== 3'b100 && ew_light !== 3'b100) begin
            errors++;
            $error("one direction red: expected 1 got 0");
        end
    endtask

    task cycle(input logic with_reset);
        rst = with_reset;
        @(negedge clk);
        phase = with_reset ? 0 : (phase + 1) % ROUND;
        check_lights;
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, traffic_light_tb);
        phase = 0;
        cycle(1);

        // Two full rounds.
        for (int i = 0; i < 2 * ROUND && errors < 20; i++)
            cycle(0);

        // A reset while the other direction is green.
        repeat (HALF_ROUND) cycle(0);
        cycle(1);
        for (int i = 0; i < GREEN_CLKS + 1 && errors < 20; i++)
            cycle(0);

        // Resets at random moments.
        for (int i = 0; i < RANDOM_CYCLES && errors < 20; i++)
            cycle($urandom_range(49) == 0);

        if (errors == 0) begin
            $display("PASS %0d checks", checks);
            $finish;
        end else begin
            $display("FAIL %0d of %0d checks", errors, checks);
            $fatal(1);
        end
    end
endmodule
