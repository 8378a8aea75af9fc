// out follows in after CLKS clocks without a change back. in may come from
// outside of the clock's world.
module debouncer #(
    parameter int CLKS = 16
) (
    input  logic clk,
    input  logic rst,
    input  logic in,
    output logic out
);

  localparam int BITS = $clog2(CLKS);

  logic first;   // may be metastable: nothing else reads it
  logic synced;
  logic [BITS-1:0] count;

  always_ff @(posedge clk) begin
    if (rst) {synced, first} <= 2'b00;
    else {synced, first} <= {first, in};
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      count <= '0;
      out   <= 1'b0;
    end else if (synced == out) begin
      count <= '0;
    end else if (count == BITS'(CLKS - 1)) begin
      count <= '0;
      out   <= synced;
    end else begin
      count <= count + BITS'(1);
    end
  end

endmodule
