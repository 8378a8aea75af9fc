// Four queues in one memory: linked lists of cells, a list of free ones, and a scheduler that
// serves the queues in turn as far as their credit goes.
module free_list #(parameter CELLS = 8, parameter W = $clog2(CELLS)) (
  input  logic         clk, rst,
  input  logic         take, give,
  input  logic [W-1:0] given,
  output logic [W-1:0] taken,
  output logic [W:0]   left
);
  logic [W-1:0] stack [0:CELLS-1];
  logic [W-1:0] top;
  assign top = left[W-1:0] - 1'b1;
  always_ff @(posedge clk)
    if (rst) begin
      for (int i = 0; i < CELLS; i++) stack[i] <= i[W-1:0];
      left <= CELLS;
    end else if (take && !give) begin
      left <= left - 1;
    end else if (give && !take) begin
      stack[left[W-1:0]] <= given;
      left <= left + 1;
    end else if (give && take) begin
      stack[top] <= given;
    end
  assign taken = stack[top];
endmodule

module credits (
  input  logic       clk, rst,
  input  logic       grant, refill,
  input  logic [1:0] which,
  output logic [3:0] any
);
  logic [2:0] credit [0:3];
  always_ff @(posedge clk)
    for (int q = 0; q < 4; q++)
      if (rst || refill) credit[q] <= q == 0 ? 3'd3 : 3'd1 + q[2:0] / 3'd2;
      else if (grant && which == q) credit[q] <= credit[q] - 1;
  always_comb
    for (int q = 0; q < 4; q++) any[q] = credit[q] != 0;
endmodule

module queues (
  input  logic       clk, rst,
  input  logic       put,
  input  logic [1:0] put_queue,
  input  logic [7:0] put_data,
  output logic       full,
  input  logic       get,
  output logic       valid,
  output logic [1:0] get_queue,
  output logic [7:0] get_data
);
  logic [7:0] data [0:7];
  logic [2:0] link [0:7];
  logic [2:0] head [0:3], tail [0:3];
  logic [3:0] waiting, may, ask;
  logic [3:0] count [0:3];
  logic [1:0] last;
  logic [2:0] cell_in, cell_out;
  logic [3:0] left;
  logic       push, pop, refill;

  assign full = left == 0;
  assign push = put && !full;
  assign pop  = get && valid;

  free_list #(.CELLS(8)) u_free (
    .clk(clk), .rst(rst), .take(push), .give(pop), .given(cell_out), .taken(cell_in), .left(left));
  credits u_credits (
    .clk(clk), .rst(rst), .grant(pop), .refill(refill), .which(get_queue), .any(may));

  always_comb
    for (int q = 0; q < 4; q++) waiting[q] = count[q] != 0;
  assign ask    = waiting & may;
  assign refill = ask == 0 && waiting != 0;
  assign valid  = ask != 0;

  // The next one that asks, after the one served last.
  always_comb begin
    get_queue = last;
    for (int k = 4; k >= 1; k--)
      if (ask[last + k[1:0]]) get_queue = last + k[1:0];
  end
  assign cell_out = head[get_queue];
  assign get_data = data[cell_out];

  always_ff @(posedge clk)
    if (rst) begin
      last <= 3;
      for (int q = 0; q < 4; q++) count[q] <= 0;
    end else begin
      if (push) begin
        data[cell_in] <= put_data;
        tail[put_queue] <= cell_in;
        if (count[put_queue] == 0 || pop && get_queue == put_queue && count[put_queue] == 1)
          head[put_queue] <= cell_in;
        else
          link[tail[put_queue]] <= cell_in;
      end
      if (pop) begin
        last <= get_queue;
        if (count[get_queue] > 1) head[get_queue] <= link[cell_out];
      end
      for (int q = 0; q < 4; q++)
        count[q] <= count[q] + 4'(push && put_queue == q) - 4'(pop && get_queue == q);
    end
endmodule
