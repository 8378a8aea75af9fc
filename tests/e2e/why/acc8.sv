// An accumulator machine with a stack pointer, in two phases.
package acc8_pkg;
  typedef enum logic [3:0] {
    NOP, LDI, LDA, STA, ADD, SUB, AND, XOR, SHR, JMP, JZ, JC, CALL, RET, INC, HLT
  } op_t;
endpackage

module acc8_alu import acc8_pkg::*; (
  input  logic [3:0] op,
  input  logic [7:0] a, b,
  input  logic       c,
  output logic [7:0] y,
  output logic       c_o, z_o
);
  logic [8:0] t;
  always_comb begin
    t = {c, a};
    case (op)
      LDI, LDA: t = {c, b};
      ADD: t = {1'b0, a} + {1'b0, b};
      SUB: t = {1'b0, a} - {1'b0, b};
      AND: t = {c, a & b};
      XOR: t = {c, a ^ b};
      SHR: t = {a[0], 1'b0, a[7:1]};
      INC: t = {c, a + 8'd1};
      default: ;
    endcase
  end
  assign y   = t[7:0];
  assign c_o = t[8];
  assign z_o = y == 8'd0;
endmodule

module acc8 import acc8_pkg::*; (
  input  logic        clk, rst,
  output logic [7:0]  iaddr,
  input  logic [11:0] idata,
  output logic [7:0]  daddr, dwdata,
  output logic        dwe,
  input  logic [7:0]  drdata,
  output logic        halted
);
  logic [7:0]  pc, acc, operand;
  logic [11:0] ir;
  logic        phase, carry, zero;
  logic [7:0]  stack [0:3];
  logic [1:0]  sp;
  logic [3:0]  op;
  logic [7:0]  y;
  logic        c_new, z_new, uses_alu, taken;

  assign op      = ir[11:8];
  assign operand = op == LDI ? ir[7:0] : drdata;
  assign iaddr   = pc;
  assign daddr   = ir[7:0];
  assign dwdata  = acc;
  assign dwe     = phase && op == STA;

  acc8_alu u_alu (.op, .a(acc), .b(operand), .c(carry), .y, .c_o(c_new), .z_o(z_new));

  always_comb
    case (op)
      LDI, LDA, ADD, SUB, AND, XOR, SHR, INC: uses_alu = 1'b1;
      default: uses_alu = 1'b0;
    endcase

  assign taken = op == JMP || op == CALL || (op == JZ && zero) || (op == JC && carry);

  always_ff @(posedge clk)
    if (rst) begin
      pc     <= 8'd0;
      acc    <= 8'd0;
      ir     <= 12'd0;
      phase  <= 1'b0;
      carry  <= 1'b0;
      zero   <= 1'b0;
      sp     <= 2'd0;
      halted <= 1'b0;
    end else if (!halted) begin
      phase <= ~phase;
      if (!phase) begin
        ir <= idata;
        pc <= pc + 8'd1;
      end else begin
        if (uses_alu) begin
          acc   <= y;
          carry <= c_new;
          zero  <= z_new;
        end
        if (taken) pc <= ir[7:0];
        if (op == CALL) begin
          stack[sp] <= pc;
          sp        <= sp + 2'd1;
        end
        if (op == RET) begin
          pc <= stack[sp - 2'd1];
          sp <= sp - 2'd1;
        end
        if (op == HLT) halted <= 1'b1;
      end
    end
endmodule
