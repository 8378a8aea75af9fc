// Arbiter for five clients that serves the one that waited longest; grants are held until done.
module lru_arb #(parameter N = 5) (
  input  logic clk, rst,
  input  logic [N-1:0] req,
  input  logic done,
  output logic [N-1:0] gnt,
  output logic busy,
  output logic [2:0] who
);
  // older[i][j]: i was served before j
  logic [N-1:0] older [N];
  logic [N-1:0] win;
  always_comb
    for (int i = 0; i < N; i++) begin
      win[i] = req[i];
      for (int j = 0; j < N; j++)
        if (j != i && req[j] && !older[i][j]) win[i] = 1'b0;
    end
  wire take = |req && (!busy || done);
  always_ff @(posedge clk)
    if (rst) begin
      gnt <= '0;
      busy <= 1'b0;
    end else if (take) begin
      gnt <= win;
      busy <= 1'b1;
    end else if (done) begin
      gnt <= '0;
      busy <= 1'b0;
    end
  always_ff @(posedge clk)
    if (rst)
      for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) older[i][j] <= i < j;
    else if (take)
      for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
          if (win[i]) older[i][j] <= 1'b0;
          else if (win[j]) older[i][j] <= 1'b1;
  always_comb begin
    who = '0;
    for (int i = 0; i < N; i++) if (gnt[i]) who = i[2:0];
  end
endmodule
