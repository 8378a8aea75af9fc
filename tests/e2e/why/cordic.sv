// Sine and cosine by rotation: a pipeline of stages, each with its angle from a table, a
// correction of the quadrant before it and one after it, and a counter of what was too large.
module turn #(parameter int STAGE = 0) (
  input  logic               clk, rst, valid_in,
  input  logic signed [17:0] x_in, y_in,
  input  logic signed [16:0] z_in,
  input  logic [1:0]         quadrant_in,
  output logic               valid_out,
  output logic signed [17:0] x_out, y_out,
  output logic signed [16:0] z_out,
  output logic [1:0]         quadrant_out
);
  logic signed [16:0] angle [0:15];
  initial begin
    angle[0]  = 17'd8192; angle[1]  = 17'd4836;
    angle[2]  = 17'd2555;
    angle[3]  = 17'd1297; angle[4]  = 17'd651;
    angle[5]  = 17'd326;
    angle[6]  = 17'd163;  angle[7]  = 17'd81;
    angle[8]  = 17'd41;   angle[9]  = 17'd20;
    angle[10] = 17'd10;   angle[11] = 17'd5;
    angle[12] = 17'd3;    angle[13] = 17'd1;
    angle[14] = 17'd1;    angle[15] = 17'd0;
  end

  wire negative = z_in[16];
  wire signed [17:0] x_part = x_in >>> STAGE;
  wire signed [17:0] y_part = y_in >>> STAGE;
  wire signed [16:0] step = angle[STAGE];

  always_ff @(posedge clk)
    if (rst) begin
      valid_out <= 1'b0;
    end else begin
      valid_out    <= valid_in;
      quadrant_out <= quadrant_in;
      x_out <= negative ? x_in + y_part : x_in - y_part;
      y_out <= negative ? y_in - x_part : y_in + x_part;
      z_out <= negative ? z_in + step : z_in - step;
    end
endmodule

module unfold (
  input  logic               clk, rst, valid_in,
  input  logic signed [17:0] x, y,
  input  logic [1:0]         quadrant,
  output logic               valid_out,
  output logic signed [15:0] cosine, sine,
  output logic [3:0]         clipped
);
  function automatic signed [15:0] clip(input signed [17:0] v);
    if (v > 18'sd32767) clip = 16'sd32767;
    else if (v < -18'sd32768) clip = -16'sd32768;
    else clip = v[15:0];
  endfunction

  logic signed [17:0] c, s;
  always_comb begin
    case (quadrant)
      2'd0: begin c = x; s = y; end
      2'd1: begin c = -y; s = x; end
      2'd2: begin c = -x; s = -y; end
      default: begin c = y; s = -x; end
    endcase
  end
  wire over = c > 18'sd32767 || s > 18'sd32767;

  always_ff @(posedge clk)
    if (rst) begin
      valid_out <= 1'b0;
      clipped <= 4'd0;
    end else begin
      valid_out <= valid_in;
      if (valid_in) begin
        cosine <= clip(c);
        sine <= clip(s);
        if (over && clipped != 4'd15) clipped <= clipped + 4'd1;
      end
    end
endmodule

module cordic #(parameter int STAGES = 10) (
  input  logic               clk, rst,
  input  logic               start,
  input  logic [15:0]        phase,
  input  logic [1:0]         scale,
  output logic               done,
  output logic signed [15:0] cosine, sine,
  output logic [3:0]         clipped
);
  wire signed [17:0] x [0:STAGES], y [0:STAGES];
  wire signed [16:0] z [0:STAGES];
  wire [1:0] q [0:STAGES];
  wire [STAGES:0] v;

  logic signed [17:0] x0;
  logic signed [16:0] z0;
  logic [1:0] q0;
  logic v0;

  always_ff @(posedge clk)
    if (rst) begin
      v0 <= 1'b0;
    end else begin
      v0 <= start;
      if (start) begin
        z0 <= {3'b000, phase[13:0]};
        q0 <= phase[15:14];
        case (scale)
          2'd0: x0 <= 18'sd19898;
          2'd1: x0 <= 18'sd9949;
          2'd2: x0 <= 18'sd4974;
          default: x0 <= 18'sd19960;
        endcase
      end
    end

  assign x[0] = x0;
  assign y[0] = 18'sd0;
  assign z[0] = z0;
  assign q[0] = q0;
  assign v[0] = v0;

  genvar i;
  generate
    for (i = 0; i < STAGES; i = i + 1) begin : stage
      turn #(.STAGE(i)) u_turn (
        .clk(clk), .rst(rst), .valid_in(v[i]), .x_in(x[i]), .y_in(y[i]), .z_in(z[i]),
        .quadrant_in(q[i]), .valid_out(v[i+1]), .x_out(x[i+1]), .y_out(y[i+1]),
        .z_out(z[i+1]), .quadrant_out(q[i+1]));
    end
  endgenerate

  unfold u_unfold (
    .clk(clk), .rst(rst), .valid_in(v[STAGES]), .x(x[STAGES]), .y(y[STAGES]),
    .quadrant(q[STAGES]), .valid_out(done), .cosine(cosine), .sine(sine), .clipped(clipped));
endmodule
