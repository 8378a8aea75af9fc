// The input that sel names; 0 where sel names none.
module mux #(
    parameter int N = 4,
    parameter int WIDTH = 8
) (
    input  logic [N*WIDTH-1:0]   in,
    input  logic [$clog2(N)-1:0] sel,
    output logic [WIDTH-1:0]     out
);

  localparam int BITS = $clog2(N);

  always_comb begin
    out = '0;
    for (int i = 0; i < N; i++)
      if (sel == BITS'(i)) out = in[i*WIDTH +: WIDTH];
  end

endmodule
