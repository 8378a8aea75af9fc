// Compares the machine with plain arithmetic on the money paid.
module vending_machine_tb;
    localparam PRICE = 15;
    localparam RANDOM_CYCLES = 2000;

    reg clk;
    reg rst;
    reg nickel;
    reg dime;
    wire dispense;
    wire change;

    // The golden model: the money inside.
    integer paid;

    integer i;
    integer checks;
    integer errors;

    vending_machine dut (
        .clk(clk),
        .rst(rst),
        .nickel(nickel),
        .dime(dime),
        .dispense(dispense),
        .change(change)
    );

    initial begin
        clk = 0;
        forever #5 clk = !clk;
    end

    initial begin
        #100000;
        $display("ERROR: time limit");
        $display("FAIL %0d of %0d checks", errors + 1, checks + 1);
        $finish;
    end

    // True once in n times on average.
    function chance;
        input integer n;
        chance = ($random % n == 0);
    endfunction

    task check_outputs;
        input expected_dispense;
        input expected_change;
        begin
            checks = checks + 2;
            if (dispense !== expected_dispense) begin
                errors = errors + 1;
                $display("ERROR: dispense with %0d paid: expected %0d got %0d",
                         paid, expected_dispense, dispense);
            end
            if (change !== expected_change) begin
                errors = errors + 1;
                $display("ERROR: change with %0d paid: expected %0d got %0d",
                         paid, expected_change, change);
            end
        end
    endtask

    // One clock cycle. A Mealy output answers to the coin before the clock edge.
    task cycle;
        input with_nickel;
        input with_dime;
        begin
            nickel = with_nickel;
            dime = with_dime;
            if (with_dime)
                paid = paid + 10;
            else if (with_nickel)
                paid = paid + 5;
            #1;
            check_outputs(paid >= PRICE, paid > PRICE);
            @(negedge clk);
            if (paid >= PRICE)
                paid = 0;
            // Without a coin both outputs are quiet, whatever was paid.
            nickel = 0;
            dime = 0;
            #1;
            check_outputs(0, 0);
        end
    endtask

    task reset;
        begin
            rst = 1;
            nickel = 0;
            dime = 0;
            @(negedge clk);
            rst = 0;
            paid = 0;
            #1;
            check_outputs(0, 0);
        end
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, vending_machine_tb);
        checks = 0;
        errors = 0;
        paid = 0;
        reset;

        // All ways to pay: 5+5+5, 5+10, 10+5, 5+5+10, 10+10.
        repeat (3) cycle(1, 0);
        cycle(1, 0);
        cycle(0, 1);
        cycle(0, 1);
        cycle(1, 0);
        repeat (2) cycle(1, 0);
        cycle(0, 1);
        repeat (2) cycle(0, 1);

        // The money stays while nobody pays.
        cycle(0, 1);
        repeat (5) cycle(0, 0);
        cycle(1, 0);

        // Both signals at once count as a dime.
        cycle(1, 1);
        cycle(1, 1);

        // A reset forgets the money.
        cycle(0, 1);
        reset;
        cycle(1, 0);
        reset;

        for (i = 0; i < RANDOM_CYCLES && errors < 20; i = i + 1) begin
            if (chance(100))
                reset;
            cycle(chance(2), chance(2));
        end

        if (errors == 0)
            $display("PASS %0d checks", checks);
        else
            $display("FAIL %0d of %0d checks", errors, checks);
        $finish;
    end
endmodule
