// Each way in which a register is reset, or looks as if it were.
module registers (
  input  logic clk, rst, rst_n, clear, en, a, b,
  input  logic [3:0] d,
  output logic plain, sync_if, sync_bit, sync_last, async_if, async_bit, set_bit, gated, mux, two, early, pair, other, follow, fall,
  output logic [3:0] async_word, either
);
  logic [3:0] mem [8];
  integer i;
  always_ff @(posedge clk) plain <= a;
  always_ff @(posedge clk) if (rst) sync_if <= 0; else if (en) sync_if <= a;
  always_ff @(posedge clk) if (rst) sync_bit <= 0; else sync_bit <= a;
  always_ff @(posedge clk) begin
    sync_last <= a;
    if (clear) sync_last <= 1'b0;
  end
  always_ff @(posedge clk or negedge rst_n)
    if (!rst_n) async_if <= 0;
    else if (en) begin
      async_if <= a;
      mem[d[2:0]] <= d;
    end
  always_ff @(posedge clk or negedge rst_n) if (!rst_n) async_bit <= 0; else async_bit <= a;
  always_ff @(posedge clk or posedge rst) if (rst) set_bit <= 1; else set_bit <= a;
  always_ff @(posedge clk or negedge rst_n) if (!rst_n) async_word <= 4'd3; else async_word <= async_word + 1;
  always_ff @(posedge clk) if (rst || !rst_n) either <= 0; else if (en) either <= d;
  always_ff @(posedge clk) gated <= a & b;
  always_ff @(posedge clk) mux <= en ? a : 1'b0;
  always_ff @(posedge clk) begin
    if (en) two <= a;
    if (a & b) two <= 0;
  end
  always_ff @(posedge clk) begin
    if (clear) early <= 0;
    if (a) early <= b;
  end
  always_ff @(posedge clk)
    if (en) begin
      pair <= 1;
      other <= a;
    end else begin
      pair <= 0;
      other <= b;
    end
  always_ff @(posedge clk) if (en) follow <= 1; else follow <= 0;
  always @(negedge clk) begin
    for (i = 0; i < 2; i = i + 1) fall <= d[i];
  end
endmodule
