// Five-stage pipeline, 16-bit, eight registers, forwarding, load-use stall, branches in EX.
module p5 (
  input  logic clk, rst,
  output logic [7:0] iaddr, input logic [15:0] inst,
  output logic [7:0] daddr, output logic [15:0] dout, output logic dwe, input logic [15:0] din,
  output logic halted
);
  // op[15:12] rd[11:9] ra[8:6] rb[5:3]; imm6 = [5:0]
  localparam ADD = 0, SUB = 1, AND_ = 2, OR_ = 3, SLT = 4, ADDI = 5, LD = 6, ST = 7, BEQ = 8, BNE = 9, LUI = 10, JAL = 11, HLT = 15;
  logic [7:0] pc, f_pc, d_pc;
  logic [15:0] f_inst;
  logic f_valid, d_valid, x_valid, m_valid;
  logic [3:0] d_op, x_op, m_op;
  logic [2:0] d_rd, d_ra, d_rb, x_rd, m_rd;
  logic [15:0] d_a, d_b, d_imm, x_res, x_st, m_res;
  logic [15:0] rf [8];

  assign iaddr = pc;
  wire [3:0] op = f_inst[15:12];
  wire [2:0] rd = f_inst[11:9], ra = f_inst[8:6];
  wire [2:0] rb = op == ST || op == BEQ || op == BNE ? f_inst[11:9] : f_inst[5:3];
  wire uses_b = op <= SLT || op == ST || op == BEQ || op == BNE;
  wire uses_a = op != LUI && op != JAL && op != HLT;
  wire stall = f_valid && d_valid && d_op == LD &&
               ((uses_a && d_rd == ra) || (uses_b && d_rd == rb)) && d_rd != 0;

  // Write back
  wire m_writes = m_valid && m_op != ST && m_op != BEQ && m_op != BNE && m_op != HLT && m_rd != 0;
  wire x_writes = x_valid && x_op != ST && x_op != BEQ && x_op != BNE && x_op != HLT && x_rd != 0;
  always_ff @(posedge clk)
    if (m_writes) rf[m_rd] <= m_res;

  // Read with write-through
  wire [15:0] ra_val = ra == 0 ? 16'h0 : m_writes && m_rd == ra ? m_res : rf[ra];
  wire [15:0] rb_val = rb == 0 ? 16'h0 : m_writes && m_rd == rb ? m_res : rf[rb];

  // Execute, with forwarding
  wire [15:0] x_fwd = x_op == LD ? din : x_res;
  wire [15:0] a = x_writes && x_rd == d_ra ? x_fwd : m_writes && m_rd == d_ra ? m_res : d_a;
  wire [15:0] b = x_writes && x_rd == d_rb ? x_fwd : m_writes && m_rd == d_rb ? m_res : d_b;
  logic [15:0] alu;
  always_comb
    case (d_op)
      ADD: alu = a + b;
      SUB: alu = a - b;
      AND_: alu = a & b;
      OR_: alu = a | b;
      SLT: alu = {15'h0, $signed(a) < $signed(b)};
      ADDI, LD, ST: alu = a + d_imm;
      LUI: alu = {d_imm[9:0], 6'h0};
      JAL: alu = {8'h0, d_pc + 8'd1};
      default: alu = 16'h0;
    endcase
  wire eq = a == b;
  wire taken = d_valid && (d_op == BEQ && eq || d_op == BNE && !eq || d_op == JAL);
  wire [7:0] target = d_pc + d_imm[7:0];

  always_ff @(posedge clk)
    if (rst) begin
      pc <= '0; f_valid <= 1'b0; d_valid <= 1'b0; x_valid <= 1'b0; m_valid <= 1'b0; halted <= 1'b0;
    end else if (!halted) begin
      if (taken) begin
        pc <= target;
        f_valid <= 1'b0;
      end else if (!stall) begin
        pc <= pc + 1'b1;
        f_valid <= 1'b1;
        f_inst <= inst;
        f_pc <= pc;
      end
      d_valid <= f_valid && !stall && !taken;
      if (!stall) begin
        d_op <= op; d_rd <= rd; d_ra <= ra; d_rb <= rb; d_pc <= f_pc;
        d_a <= ra_val; d_b <= rb_val;
        d_imm <= op == LUI || op == JAL ? {{7{f_inst[8]}}, f_inst[8:0]} : {{10{f_inst[5]}}, f_inst[5:0]};
      end
      x_valid <= d_valid;
      x_op <= d_op; x_rd <= d_rd; x_res <= alu; x_st <= b;
      m_valid <= x_valid;
      m_op <= x_op; m_rd <= x_rd;
      m_res <= x_op == LD ? din : x_res;
      if (m_valid && m_op == HLT) halted <= 1'b1;
    end
  assign daddr = x_res[7:0];
  assign dout = x_st;
  assign dwe = x_valid && x_op == ST && !halted;
endmodule
