// Compares both lights in every cycle with a timetable, and checks that never
// both directions may drive.
module traffic_light_tb;
    localparam GREEN_CLKS = 10;
    localparam YELLOW_CLKS = 3;
    localparam HALF_ROUND = GREEN_CLKS + YELLOW_CLKS;
    localparam ROUND = 2 * HALF_ROUND;
    localparam RANDOM_CYCLES = 1000;

    reg clk;
    reg rst;
    wire [2:0] ns_light;
    wire [2:0] ew_light;

    // The golden model: the cycle within the round of all lights.
    integer phase;
    reg [2:0] expected_ns;
    reg [2:0] expected_ew;

    integer i;
    integer checks;
    integer errors;

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
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    // True once in n times on average.
    function chance;
        input integer n;
        chance = ($random % n == 0);
    endfunction

    // The light of a direction whose green begins in cycle 0 of the round.
    function [2:0] timetable;
        input integer cycle_in_round;
        begin
            if (cycle_in_round < GREEN_CLKS)
                timetable = 3'b001;
            else if (cycle_in_round < HALF_ROUND)
                timetable = 3'b010;
            else
                timetable = 3'b100;
        end
    endfunction

    task check_lights;
        begin
            expected_ns = timetable(phase);
            expected_ew = timetable((phase + HALF_ROUND) % ROUND);
            checks = checks + 3;
            if (ns_light !== expected_ns) begin
                errors = errors + 1;
                $display("ERROR: ns_light in cycle %0d: expected %b got %b",
                         phase, expected_ns, ns_light);
            end
            if (ew_light !== expected_ew) begin
                errors = errors + 1;
                $display("ERROR: ew_light in cycle %0d: expected %b got %b",
                         phase, expected_ew, ew_light);
            end
            if (ns_light !== 3'b100 && ew_light !== 3'b100) begin
                errors = errors + 1;
                $display("ERROR: one direction red: expected 1 got 0");
            end
        end
    endtask

    task cycle;
        input with_reset;
        begin
            rst = with_reset;
            @(negedge clk);
            phase = with_reset ? 0 : (phase + 1) % ROUND;
            check_lights;
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, traffic_light_tb);
        checks = 0;
        errors = 0;
        phase = 0;
        cycle(1);

        // Two full rounds.
        for (i = 0; i < 2 * ROUND && errors < 20; i = i + 1)
            cycle(0);

        // A reset while the other direction is green.
        repeat (HALF_ROUND) cycle(0);
        cycle(1);
        for (i = 0; i < GREEN_CLKS + 1 && errors < 20; i = i + 1)
            cycle(0);

        // Resets at random moments.
        for (i = 0; i < RANDOM_CYCLES && errors < 20; i = i + 1)
            cycle(chance(50));

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
