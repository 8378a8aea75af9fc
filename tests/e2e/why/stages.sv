// A processor of five stages: forwarding, a stall behind a load, branches decided in the
// execute stage. Instruction: op[15:12] rd[11:9] ra[8:6] rb[5:3], immediate [5:0].
package stages_pkg;
  typedef enum logic [3:0] { NOP, ADD, SUB, AND_, ADDI, LW, SW, BEQ, JUMP } op_t;
  typedef struct packed {
    logic       writes;
    logic       load;
    logic       store;
    logic       branch;
    logic       jump;
    logic       immediate;
    logic [1:0] alu;
  } control_t;
endpackage

module hazard (
    input  logic [2:0] id_ra, id_rb, ex_rd, ex_ra, ex_rb, mem_rd, wb_rd,
    input  logic       ex_load, mem_writes, wb_writes, taken,
    output logic       stall, flush,
    output logic [1:0] fwd_a, fwd_b
);
  always_comb begin
    fwd_a = 2'd0;
    fwd_b = 2'd0;
    if (mem_writes && mem_rd != 0 && mem_rd == ex_ra) fwd_a = 2'd2;
    else if (wb_writes && wb_rd != 0 && wb_rd == ex_ra) fwd_a = 2'd1;
    if (mem_writes && mem_rd != 0 && mem_rd == ex_rb) fwd_b = 2'd2;
    else if (wb_writes && wb_rd != 0 && wb_rd == ex_rb) fwd_b = 2'd1;
  end
  assign stall = ex_load && (ex_rd == id_ra || ex_rd == id_rb) && !taken;
  assign flush = taken;
endmodule

module decode
  import stages_pkg::*;
(
    input  logic [15:0] ir,
    output control_t    c
);
  always_comb begin
    c = '0;
    case (ir[15:12])
      ADD:  begin c.writes = 1; c.alu = 2'd0; end
      SUB:  begin c.writes = 1; c.alu = 2'd1; end
      AND_: begin c.writes = 1; c.alu = 2'd2; end
      ADDI: begin c.writes = 1; c.immediate = 1; end
      LW:   begin c.writes = 1; c.load = 1; c.immediate = 1; end
      SW:   begin c.store = 1; c.immediate = 1; end
      BEQ:  begin c.branch = 1; c.alu = 2'd1; end
      JUMP: c.jump = 1;
      default: ;
    endcase
  end
endmodule

module stages
  import stages_pkg::*;
(
    input  logic        clk, rst,
    output logic [7:0]  fetch_pc,
    input  logic [15:0] fetch_ir,
    output logic        retire,
    output logic [2:0]  retire_rd,
    output logic [15:0] retire_data,
    output logic        store_we,
    output logic [5:0]  store_addr,
    output logic [15:0] store_data
);
  logic [15:0] regs [0:7];
  logic [15:0] dmem [0:63];
  logic [7:0]  pc, id_pc, ex_pc;
  logic [15:0] id_ir, ex_a, ex_b, ex_imm;
  logic [2:0]  ex_rd, ex_ra, ex_rb, mem_rd, wb_rd;
  control_t    id_c, ex_c, mem_c, wb_c;
  logic [15:0] mem_result, mem_store, wb_result;
  logic        stall, flush, taken;
  logic [1:0]  fwd_a, fwd_b;

  // fetch
  assign fetch_pc = pc;
  wire [7:0] target = ex_c.jump ? ex_imm[7:0] : ex_pc + ex_imm[7:0];
  always_ff @(posedge clk)
    if (rst) pc <= 8'd0;
    else if (flush) pc <= target;
    else if (!stall) pc <= pc + 8'd1;
  always_ff @(posedge clk)
    if (rst || flush) id_ir <= 16'd0;
    else if (!stall) begin
      id_ir <= fetch_ir;
      id_pc <= pc;
    end

  // decode
  decode u_decode (.ir(id_ir), .c(id_c));
  wire [2:0] id_ra = id_ir[8:6];
  wire [2:0] id_rb = id_c.store ? id_ir[11:9] : id_ir[5:3];
  wire [15:0] read_a = (wb_c.writes && wb_rd == id_ra && id_ra != 0) ? wb_result : regs[id_ra];
  wire [15:0] read_b = (wb_c.writes && wb_rd == id_rb && id_rb != 0) ? wb_result : regs[id_rb];
  wire [15:0] short_imm = {{10{id_ir[5]}}, id_ir[5:0]};
  wire [15:0] imm = id_c.branch ? {{13{id_ir[11]}}, id_ir[11:9]} : short_imm;
  always_ff @(posedge clk)
    if (rst || flush || stall) begin
      ex_c  <= '0;
      ex_rd <= 3'd0;
    end else begin
      ex_c   <= id_c;
      ex_rd  <= id_ir[11:9];
      ex_ra  <= id_ra;
      ex_rb  <= id_rb;
      ex_a   <= read_a;
      ex_b   <= read_b;
      ex_imm <= imm;
      ex_pc  <= id_pc;
    end

  // execute
  logic [15:0] a, b, operand, result;
  always_comb begin
    case (fwd_a)
      2'd2: a = mem_result;
      2'd1: a = wb_result;
      default: a = ex_a;
    endcase
    case (fwd_b)
      2'd2: b = mem_result;
      2'd1: b = wb_result;
      default: b = ex_b;
    endcase
  end
  assign operand = ex_c.immediate ? ex_imm : b;
  always_comb
    unique case (ex_c.alu)
      2'd1: result = a - operand;
      2'd2: result = a & operand;
      default: result = a + operand;
    endcase
  assign taken = ex_c.jump || (ex_c.branch && result == 0);
  always_ff @(posedge clk)
    if (rst) mem_c <= '0;
    else begin
      mem_c      <= ex_c;
      mem_rd     <= ex_rd;
      mem_result <= result;
      mem_store  <= b;
    end

  // memory
  assign store_we   = mem_c.store;
  assign store_addr = mem_result[5:0];
  assign store_data = mem_store;
  always_ff @(posedge clk) begin
    if (mem_c.store) dmem[mem_result[5:0]] <= mem_store;
    wb_c      <= rst ? '0 : mem_c;
    wb_rd     <= mem_rd;
    wb_result <= mem_c.load ? dmem[mem_result[5:0]] : mem_result;
  end

  // write back
  always_ff @(posedge clk)
    if (rst) for (int i = 0; i < 8; i++) regs[i] <= 16'd0;
    else if (wb_c.writes && wb_rd != 0) regs[wb_rd] <= wb_result;
  assign retire      = wb_c.writes;
  assign retire_rd   = wb_rd;
  assign retire_data = wb_result;

  hazard u_hazard (.id_ra, .id_rb, .ex_rd, .ex_ra, .ex_rb, .mem_rd, .wb_rd,
                   .ex_load(ex_c.load), .mem_writes(mem_c.writes), .wb_writes(wb_c.writes),
                   .taken, .stall, .flush, .fwd_a, .fwd_b);
endmodule
