// A small RISC-V-like processor with one memory port: one large process with defaults first,
// a flag for each instruction, case (1'b1), a shifter that takes four bits at a time.
module tiny #(
	parameter [0:0] ENABLE_COUNTERS = 1,
	parameter [15:0] RESET_ADDR = 16'h0000
) (
	input             clk, resetn,
	output reg        trap,
	output reg        mem_valid,
	output reg        mem_instr,
	input             mem_ready,
	output reg [15:0] mem_addr,
	output reg [15:0] mem_wdata,
	output reg        mem_wstrb,
	input      [15:0] mem_rdata
);
	localparam cpu_state_fetch  = 7'b1000000;
	localparam cpu_state_ld_rs  = 7'b0100000;
	localparam cpu_state_exec   = 7'b0010000;
	localparam cpu_state_shift  = 7'b0001000;
	localparam cpu_state_stmem  = 7'b0000100;
	localparam cpu_state_ldmem  = 7'b0000010;
	localparam cpu_state_trap   = 7'b0000001;

	reg [6:0] cpu_state;
	reg [15:0] cpuregs [0:7];
	reg [15:0] reg_pc, reg_next_pc, reg_op1, reg_op2, reg_out, next_insn;
	reg [15:0] count_instr;
	reg [4:0] reg_sh;
	reg latched_store, latched_branch, latched_stalu;
	reg [2:0] latched_rd;
	reg [15:0] alu_out_q;

	// Decoder: op[15:12] rd[11:9] rs1[8:6] rs2[5:3] imm[5:0]
	reg instr_add, instr_sub, instr_xor, instr_slt, instr_sltu, instr_sll, instr_srl, instr_sra;
	reg instr_addi, instr_lw, instr_sw, instr_beq, instr_blt, instr_jal, instr_rdinstr;
	reg [2:0] decoded_rd, decoded_rs1, decoded_rs2;
	reg [15:0] decoded_imm, decoded_imm_j;
	wire is_shift = |{instr_sll, instr_srl, instr_sra};
	wire is_compare = |{instr_slt, instr_sltu, instr_blt, instr_beq};
	wire instr_trap = !{instr_add, instr_sub, instr_xor, instr_slt, instr_sltu, instr_sll, instr_srl,
			instr_sra, instr_addi, instr_lw, instr_sw, instr_beq, instr_blt, instr_jal,
			instr_rdinstr};

	always @* begin
		instr_add     = next_insn[15:12] == 4'd0 && next_insn[2:0] == 3'd0;
		instr_sub     = next_insn[15:12] == 4'd0 && next_insn[2:0] == 3'd1;
		instr_xor     = next_insn[15:12] == 4'd0 && next_insn[2:0] == 3'd2;
		instr_slt     = next_insn[15:12] == 4'd0 && next_insn[2:0] == 3'd3;
		instr_sltu    = next_insn[15:12] == 4'd0 && next_insn[2:0] == 3'd4;
		instr_sll     = next_insn[15:12] == 4'd1 && next_insn[2:0] == 3'd0;
		instr_srl     = next_insn[15:12] == 4'd1 && next_insn[2:0] == 3'd1;
		instr_sra     = next_insn[15:12] == 4'd1 && next_insn[2:0] == 3'd2;
		instr_rdinstr = next_insn[15:12] == 4'd1 && next_insn[2:0] == 3'd7 && ENABLE_COUNTERS;
		instr_addi    = next_insn[15:12] == 4'd2;
		instr_lw      = next_insn[15:12] == 4'd3;
		instr_sw      = next_insn[15:12] == 4'd4;
		instr_beq     = next_insn[15:12] == 4'd5;
		instr_blt     = next_insn[15:12] == 4'd6;
		instr_jal     = next_insn[15:12] == 4'd7;
		decoded_rd    = next_insn[11:9];
		decoded_rs1   = next_insn[8:6];
		decoded_rs2   = instr_sw || instr_beq || instr_blt ? next_insn[11:9] : next_insn[5:3];
		decoded_imm   = {{10{next_insn[5]}}, next_insn[5:0]};
		decoded_imm_j = {{6{next_insn[8]}}, next_insn[8:0], 1'b0};
	end

	reg [15:0] alu_out, alu_add_sub;
	reg alu_out_0, alu_eq, alu_lts, alu_ltu;

	always @* begin
		alu_add_sub = instr_sub ? reg_op1 - reg_op2 : reg_op1 + reg_op2;
		alu_eq  = reg_op1 == reg_op2;
		alu_lts = $signed(reg_op1) < $signed(reg_op2);
		alu_ltu = reg_op1 < reg_op2;

		alu_out_0 = 'bx;
		case (1'b1)
			instr_beq:              alu_out_0 = alu_eq;
			instr_slt || instr_blt: alu_out_0 = alu_lts;
			instr_sltu:             alu_out_0 = alu_ltu;
		endcase

		alu_out = 'bx;
		case (1'b1)
			instr_add || instr_sub || instr_addi: alu_out = alu_add_sub;
			instr_xor:                            alu_out = reg_op1 ^ reg_op2;
			is_compare:                           alu_out = alu_out_0;
		endcase
	end

	reg [15:0] current_pc;
	reg mem_done, mem_busy;

	always @(posedge clk) begin
		trap <= 0;
		mem_done = mem_valid && mem_ready;
		alu_out_q <= alu_out;

		if (!resetn) begin
			reg_pc <= RESET_ADDR;
			reg_next_pc <= RESET_ADDR;
			count_instr <= 0;
			latched_store <= 0;
			latched_branch <= 0;
			latched_stalu <= 0;
			mem_valid <= 0;
			mem_wstrb <= 0;
			mem_instr <= 0;
			cpuregs[0] <= 0;
			cpu_state <= cpu_state_fetch;
		end else
		case (cpu_state)
			cpu_state_trap: trap <= 1;

			cpu_state_fetch: begin
				current_pc = reg_next_pc;
				if (!mem_valid) begin
					case (1'b1)
						latched_branch:
							current_pc = latched_stalu ? alu_out_q & 16'hfffe : reg_out & 16'hfffe;
						latched_store:
							if (latched_rd != 0)
								cpuregs[latched_rd] <= latched_stalu ? alu_out_q : reg_out;
					endcase
					reg_pc <= current_pc;
					reg_next_pc <= current_pc;
					latched_store <= 0;
					latched_branch <= 0;
					latched_stalu <= 0;
					mem_valid <= 1;
					mem_instr <= 1;
					mem_addr <= current_pc;
				end else if (mem_done) begin
					mem_valid <= 0;
					mem_instr <= 0;
					next_insn <= mem_rdata;
					reg_next_pc <= reg_pc + 2;
					cpu_state <= cpu_state_ld_rs;
				end
			end

			cpu_state_ld_rs: begin
				latched_rd <= decoded_rd;
				reg_op1 <= decoded_rs1 ? cpuregs[decoded_rs1] : 0;
				reg_op2 <= decoded_rs2 ? cpuregs[decoded_rs2] : 0;
				count_instr <= count_instr + 1;
				case (1'b1)
					instr_trap: cpu_state <= cpu_state_trap;
					instr_jal: begin
						cpuregs[decoded_rd] <= decoded_rd ? reg_next_pc : 0;
						reg_out <= reg_pc + decoded_imm_j;
						latched_branch <= 1;
						cpu_state <= cpu_state_fetch;
					end
					instr_rdinstr: begin
						reg_out <= count_instr;
						latched_store <= 1;
						cpu_state <= cpu_state_fetch;
					end
					instr_lw: cpu_state <= cpu_state_ldmem;
					instr_sw: cpu_state <= cpu_state_stmem;
					is_shift: begin
						reg_sh <= decoded_rs2 ? cpuregs[decoded_rs2][4:0] : 0;
						cpu_state <= cpu_state_shift;
					end
					default: begin
						if (instr_addi)
							reg_op2 <= decoded_imm;
						cpu_state <= cpu_state_exec;
					end
				endcase
			end

			cpu_state_exec: begin
				reg_out <= reg_pc + {decoded_imm[14:0], 1'b0};
				if (instr_beq || instr_blt) begin
					latched_rd <= 0;
					latched_branch <= alu_out_0;
				end else begin
					latched_store <= 1;
					latched_stalu <= 1;
				end
				cpu_state <= cpu_state_fetch;
			end

			cpu_state_shift: begin
				latched_store <= 1;
				if (reg_sh == 0) begin
					reg_out <= reg_op1;
					cpu_state <= cpu_state_fetch;
				end else if (reg_sh >= 4) begin
					case (1'b1)
						instr_sll: reg_op1 <= reg_op1 << 4;
						instr_srl: reg_op1 <= reg_op1 >> 4;
						instr_sra: reg_op1 <= $signed(reg_op1) >>> 4;
					endcase
					reg_sh <= reg_sh - 4;
				end else begin
					case (1'b1)
						instr_sll: reg_op1 <= reg_op1 << 1;
						instr_srl: reg_op1 <= reg_op1 >> 1;
						instr_sra: reg_op1 <= $signed(reg_op1) >>> 1;
					endcase
					reg_sh <= reg_sh - 1;
				end
			end

			cpu_state_stmem: begin
				if (!mem_valid) begin
					mem_valid <= 1;
					mem_wstrb <= 1;
					mem_addr <= reg_op1 + decoded_imm;
					mem_wdata <= reg_op2;
				end else if (mem_done) begin
					mem_valid <= 0;
					mem_wstrb <= 0;
					cpu_state <= cpu_state_fetch;
				end
			end

			cpu_state_ldmem: begin
				if (!mem_valid) begin
					mem_valid <= 1;
					mem_addr <= reg_op1 + decoded_imm;
				end else if (mem_done) begin
					mem_valid <= 0;
					reg_out <= mem_rdata;
					latched_store <= 1;
					cpu_state <= cpu_state_fetch;
				end
			end
		endcase
	end
endmodule
