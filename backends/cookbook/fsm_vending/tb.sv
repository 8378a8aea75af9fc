// Compares the machine with plain arithmetic on the money paid.
module vending_machine_tb;
    localparam int PRICE = 15;
    localparam int RANDOM_CYCLES = 2000;

    logic clk;
    logic rst;
    logic nickel;
    logic dime;
    logic dispense;
    logic change;

    // The golden model: the money inside.
    int paid;

    int checks = 0;
    int errors = 0;

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
        $fatal(1, "time limit");
    end

    task check_outputs(input logic expected_dispense, input logic expected_change);
        checks += 2;
        if (dispense !== expected_dispense) begin
            errors++;
            $error("dispense with %0d paid: expected %0d got %0d",
                   paid, expected_dispense, dispense);
        end
        if (change !== expected_change) begin
            errors++;
            $error("change with %0d paid: expected %0d got %0d", paid, expected_change, change);
        end
    endtask

    // One clock cycle. A Mealy output answers to the coin before the clock edge.
    task cycle(input logic with_nickel, input logic with_dime);
        nickel = with_nickel;
        dime = with_dime;
        if (with_dime)
            paid += 10;
        else if (with_nickel)
            paid += 5;
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
    endtask

    task reset;
        rst = 1;
        nickel = 0;
        dime = 0;
        @(negedge clk);
        rst = 0;
        paid = 0;
        #1;
        check_outputs(0, 0);
    endtask

    initial begin
        $dumpfile("wave.vcd");
        $dumpvars(0, vending_machine_tb);
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

        for (int i = 0; i < RANDOM_CYCLES && errors < 20; i++) begin
            if ($urandom_range(99) == 0)
                reset;
            cycle(1'($urandom), 1'($urandom));
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
