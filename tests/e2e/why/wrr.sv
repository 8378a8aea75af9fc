// Weighted round robin among four requests, with a grant that is held until it is done, and
// a watchdog that takes it away.
module wrr (
  input  wire       clk, rst_n,
  input  wire [3:0] req,
  input  wire       done,
  input  wire       cfg_we,
  input  wire [1:0] cfg_ch,
  input  wire [2:0] cfg_weight,
  output reg  [3:0] gnt,
  output wire       busy,
  output reg        timeout,
  output reg  [7:0] served
);
  reg [2:0] weight [0:3];
  reg [2:0] credit;
  reg [1:0] cur;
  reg [3:0] wd;

  function [3:0] onehot(input [1:0] n);
    onehot = 4'b0001 << n;
  endfunction

  // The next channel after `from` that asks.
  function [2:0] pick(input [3:0] r, input [1:0] from);
    reg [1:0] k;
    integer i;
    begin
      pick = 3'd0;
      for (i = 4; i >= 1; i = i - 1) begin
        k = from + i[1:0];
        if (r[k]) pick = {1'b1, k};
      end
    end
  endfunction

  wire [2:0] found    = pick(req, cur);
  wire       stay     = req[cur] && credit != 3'd0;
  wire       expired  = wd == 4'd11;
  wire       release_ = done || expired;

  assign busy = |gnt;

  integer i;
  always @(posedge clk or negedge rst_n)
    if (!rst_n)
      for (i = 0; i < 4; i = i + 1) weight[i] <= 3'd1;
    else if (cfg_we) weight[cfg_ch] <= cfg_weight;

  always @(posedge clk or negedge rst_n)
    if (!rst_n) begin
      gnt     <= 4'd0;
      cur     <= 2'd3;
      credit  <= 3'd0;
      wd      <= 4'd0;
      timeout <= 1'b0;
      served  <= 8'd0;
    end else begin
      timeout <= 1'b0;
      if (busy) begin
        wd <= wd + 4'd1;
        if (release_) begin
          gnt     <= 4'd0;
          timeout <= expired && !done;
          if (done) served <= served + 8'd1;
        end
      end else begin
        wd <= 4'd0;
        if (stay) begin
          gnt    <= onehot(cur);
          credit <= credit - 3'd1;
        end else if (found[2]) begin
          gnt    <= onehot(found[1:0]);
          cur    <= found[1:0];
          credit <= weight[found[1:0]] - 3'd1;
        end
      end
    end
endmodule
