// What is assigned on every way through a block, and what is not.
module latches (
  input  logic [1:0] s,
  input  logic a, b,
  output logic kept, gap, given, listed, lacking, meant, both,
  output logic [3:0] parts
);
  integer i;
  always @* if (a) kept = b;
  always_comb begin
    given = 0;
    if (a) given = b;
    for (int k = 0; k < 4; k++) parts[k] = s[0];
  end
  always_comb
    case (s)
      2'd0: listed = a;
      2'd1, 2'd2: listed = b;
      2'd3: listed = 0;
    endcase
  always @*
    case (s)
      2'd0: lacking = a;
      2'd1: lacking = b;
      2'd2: if (a) lacking = 1;
      default: lacking = 0;
    endcase
  always_comb
    case (s)
      2'd0: gap = a;
      2'd1, 2'd3: gap = b;
    endcase
  always_latch if (b) meant <= a;
  always @* begin
    if (a) begin
      for (i = 0; i < 2; i = i + 1) both = s[0];
    end else both = b;
  end
endmodule
