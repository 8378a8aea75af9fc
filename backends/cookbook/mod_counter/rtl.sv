// Counts 0 to MODULO - 1 while en is 1; wrap announces the way back to 0.
module mod_counter #(
    parameter int MODULO = 10
) (
    input  logic                      clk,
    input  logic                      rst,
    input  logic                      en,
    output logic [$clog2(MODULO)-1:0] count,
    output logic                      wrap
);

  localparam int BITS = $clog2(MODULO);

  logic last;

  assign last = count == BITS'(MODULO - 1);
  assign wrap = en & last;

  always_ff @(posedge clk) begin
    if (rst) count <= '0;
    else if (en) count <= last ? '0 : count + BITS'(1);
  end

endmodule
