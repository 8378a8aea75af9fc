// A first try. It counts, but look what lint says of it.
module counter (
    input  logic       clk,
    input  logic       rst,
    output logic [7:0] count
);

  logic [3:0] next;

  always_comb next = count + 1;

  always_ff @(posedge clk)
    if (rst) count <= 0;
    else     count <= next;

endmodule
