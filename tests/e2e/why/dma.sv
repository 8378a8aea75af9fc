// Four requesters, a tree of arbiters, a copier with a one-hot state machine, and a CRC of
// what it copied.
module arb_node (
    input  wire        clk, rst,
    input  wire        req_a, req_b, advance,
    output wire        req,
    input  wire        grant,
    output wire        grant_a, grant_b
);
  reg turn;  // 1: b goes first
  wire pick_b = req_b && (turn || !req_a);
  assign req     = req_a | req_b;
  assign grant_a = grant & ~pick_b;
  assign grant_b = grant & pick_b;
  always @(posedge clk)
    if (rst) turn <= 1'b0;
    else if (advance && grant) turn <= ~pick_b;
endmodule

module arb_tree #(parameter N = 4) (
    input  wire         clk, rst,
    input  wire [N-1:0] req,
    input  wire         enable, advance,
    output wire [N-1:0] grant,
    output wire         any
);
  // Node 1 is the root; node n has the children 2n and 2n+1; leaves are N..2N-1.
  wire [2*N-1:0] r, g;
  assign g[0] = 1'b0;
  assign r[0] = 1'b0;
  assign g[1] = enable;
  genvar i;
  generate
    for (i = 0; i < N; i = i + 1) begin : leaf
      assign r[N+i]   = req[i];
      assign grant[i] = g[N+i];
    end
    for (i = 1; i < N; i = i + 1) begin : node
      arb_node u (.clk(clk), .rst(rst), .req_a(r[2*i]), .req_b(r[2*i+1]), .advance(advance),
                  .req(r[i]), .grant(g[i] & r[i]), .grant_a(g[2*i]), .grant_b(g[2*i+1]));
    end
  endgenerate
  assign any = r[1];
endmodule

module crc8 (
    input  wire       clk, clear, take,
    input  wire [7:0] data,
    output reg  [7:0] crc
);
  function [7:0] step(input [7:0] from, input [7:0] d);
    integer k;
    begin
      step = from ^ d;
      for (k = 0; k < 8; k = k + 1)
        step = step[7] ? {step[6:0], 1'b0} ^ 8'h07 : {step[6:0], 1'b0};
    end
  endfunction
  always @(posedge clk)
    if (clear) crc <= 8'h00;
    else if (take) crc <= step(crc, data);
endmodule

module dma (
    input  wire        clk, rst,
    input  wire [3:0]  req,
    input  wire [23:0] source,   // six bits for each
    input  wire [23:0] target,
    input  wire [15:0] length,   // four bits for each
    input  wire        host_we,
    input  wire [5:0]  host_addr,
    input  wire [7:0]  host_data,
    output wire [7:0]  host_read,
    output reg  [3:0]  done,
    output wire        busy,
    output wire [7:0]  crc
);
  localparam IDLE = 0, LOAD = 1, READ = 2, WRITE = 3, DONE = 4;
  reg  [4:0] state;
  reg  [3:0] owner, left;
  reg  [5:0] from, to;
  reg  [7:0] word;
  reg  [7:0] mem [0:63];
  wire [3:0] grant;
  wire       any;

  arb_tree #(.N(4)) u_tree (.clk(clk), .rst(rst), .req(req & ~done), .enable(state[IDLE]),
                            .advance(state[IDLE] && any), .grant(grant), .any(any));
  crc8 u_crc (.clk(clk), .clear(rst || state[LOAD]), .take(state[WRITE]), .data(word), .crc(crc));

  function [5:0] of_six(input [23:0] all, input [3:0] who);
    case (1'b1)
      who[0]: of_six = all[5:0];
      who[1]: of_six = all[11:6];
      who[2]: of_six = all[17:12];
      default: of_six = all[23:18];
    endcase
  endfunction
  wire [3:0] wanted = owner[0] ? length[3:0] : owner[1] ? length[7:4]
                    : owner[2] ? length[11:8] : length[15:12];

  always @(posedge clk)
    if (rst) begin
      state <= 5'b00001;
      owner <= 4'd0;
    end else begin
      state <= 5'd0;
      case (1'b1)
        state[IDLE]: if (any) begin
          state[LOAD] <= 1'b1;
          owner <= grant;
        end else state[IDLE] <= 1'b1;
        state[LOAD]:
          if (wanted == 0) state[DONE] <= 1'b1;
          else state[READ] <= 1'b1;
        state[READ]: state[WRITE] <= 1'b1;
        state[WRITE]:
          if (left == 4'd1) state[DONE] <= 1'b1;
          else state[READ] <= 1'b1;
        state[DONE]: state[IDLE] <= 1'b1;
      endcase
    end

  always @(posedge clk) begin
    if (state[LOAD]) begin
      from <= of_six(source, owner);
      to   <= of_six(target, owner);
      left <= wanted;
    end
    if (state[READ]) begin
      word <= mem[from];
      from <= from + 6'd1;
    end
    if (state[WRITE]) begin
      to   <= to + 6'd1;
      left <= left - 4'd1;
    end
  end

  always @(posedge clk)
    if (host_we) mem[host_addr] <= host_data;
    else if (state[WRITE]) mem[to] <= word;

  always @(posedge clk)
    if (rst) done <= 4'd0;
    else if (state[DONE]) done <= done | owner;
    else done <= done & req;

  assign host_read = mem[host_addr];
  assign busy = !state[IDLE];
endmodule
