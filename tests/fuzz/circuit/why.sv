// What can become of a value: one of each, for t_why.
`timescale 1ns / 1ns

module leaf (
    input  wire       clk,
    input  wire [3:0] d,
    input  wire       open,
    output reg  [3:0] q
);
    always @(posedge clk) q <= d + {3'b0, open};
endmodule

module bench;
    reg clk = 0, rst = 1, en = 0;
    reg [3:0] in = 4'd3;

    // held and assigned, through two ports
    wire [3:0] leaf_q;
    reg  [3:0] kept;
    leaf u_leaf (.clk(clk), .d(kept), .open(), .q(leaf_q));
    always @(posedge clk)
        if (rst)
            kept <= 4'd1;
        else if (en)
            kept <= in;

    // never reset
    reg [3:0] wild;
    always @(posedge clk) wild <= wild + 4'd1;

    // two drivers, none, a latch, a loop
    wire fight;
    assign fight = rst;
    assign fight = !rst;
    wire nobody;
    reg latch;
    always @* if (en) latch = in[0];
    wire loop_a, loop_b;
    assign loop_a = loop_b | en;
    assign loop_b = loop_a & in[1];

    // a race: the second block sees what the first one has just assigned
    reg first = 0, second = 0;
    always @(posedge clk) first = !first;
    always @(posedge clk) second <= first;

    // a memory, a loop with a bound, a function, a part
    reg [7:0] mem [0:3];
    reg [1:0] at = 0;
    wire [7:0] word;
    assign word = mem[at];
    always @(posedge clk) if (en) mem[in[1:0]] <= {4'd0, twice(in)};
    function [3:0] twice(input [3:0] v);
        twice = v << 1;
    endfunction
    reg [3:0] turned;
    integer i;
    always @* for (i = 0; i < 4; i = i + 1) turned[i] = in[3 - i];
    reg [3:0] picked;
    always @* casez (in)
        4'b1???: picked = 4'd8;
        4'b01??: picked = 4'd4;
        default: picked = in;
    endcase

    always #5 clk = !clk;
    initial begin
        #12 rst = 0;
        #10 en = 1;
        #10 en = 0;
        in = 4'd6;
        #20 if (word !== 8'd7)
            $display("FAIL: word is %0d", word);
        $finish;
    end
endmodule
